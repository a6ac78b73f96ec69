#include "csv_observations.hpp"

#include <attain/core/in_threads.hpp>
#include <attain/io/csv.hpp>

#include <algorithm>
#include <deque>

namespace attain::inline v0::io::detail {

namespace {

/// Less is read sooner than a thread is started.
constexpr std::size_t least_part_bytes = std::size_t{1} << 16;

/// The offset behind the first end of a line that is outside quotes.
std::size_t find_next_line(std::string_view text, std::size_t at, bool in_quotes) {
  for (; at < text.size(); ++at) {
    if (text[at] == '"') in_quotes = !in_quotes;
    if (text[at] == '\n' && !in_quotes) return at + 1;
  }
  return text.size();
}

/// Where @p parts parts of a text begin, and its end.
std::vector<std::size_t> cut_at_lines(std::string_view text, std::size_t parts) {
  std::vector<std::size_t> quotes(parts);
  attain::detail::in_threads(parts, [&](std::size_t part) {
    const auto [begin, end] = attain::detail::part_of(text.size(), part, parts);
    quotes[part] = static_cast<std::size_t>(
        std::count(text.begin() + static_cast<std::ptrdiff_t>(begin), text.begin() + static_cast<std::ptrdiff_t>(end), '"'));
  });
  std::vector<std::size_t> cuts{0};
  std::size_t before = 0;
  for (std::size_t part = 1; part < parts; ++part) {
    before += quotes[part - 1];
    cuts.push_back(find_next_line(text, attain::detail::part_of(text.size(), part, parts).first, before % 2 != 0));
  }
  cuts.push_back(text.size());
  return cuts;
}

}  // namespace

csv_observations::csv_observations(std::string_view csv, char delimiter, const programme* plan, std::size_t threads,
                                   problem_list& problems, const progress_function& progress)
    : csv_(csv), delimiter_(delimiter), plan_(plan) {
  attain::detail::phase_watch reading(progress, phase::reading, csv.size());
  if (!read_in_parts(threads, reading)) read_as_one(problems, reading);
  reading.finish();
}

bool csv_observations::read_in_parts(std::size_t threads, attain::detail::phase_watch& reading) {
  const std::size_t parts = std::min(threads, csv_.size() / least_part_bytes);
  if (parts < 2 || csv_.size() > max_observations_bytes) return false;
  const std::vector<std::size_t> cuts = cut_at_lines(csv_, parts);
  std::vector<char> is_sound(parts);
  attain::detail::in_threads(
      parts, [&](std::size_t part) { is_sound[part] = is_text(csv_.substr(cuts[part], cuts[part + 1] - cuts[part])); });
  if (std::find(is_sound.begin(), is_sound.end(), false) != is_sound.end()) return false;

  std::deque<problem_list> problems;
  for (std::size_t part = 0; part < parts; ++part) {
    const std::string_view to_its_end = csv_.substr(0, cuts[part + 1]);
    problems.emplace_back(to_its_end, std::string_view{});
    const std::size_t from = part == 0 ? skip_byte_order_mark(csv_) : cuts[part];
    readers_.push_back(std::make_unique<observation_reader>(to_its_end, from, delimiter_, plan_, problems.back()));
  }
  bool is_good = readers_.front()->read_header() && problems.front().empty();
  if (is_good) {
    const observation_header header = readers_.front()->header();
    attain::detail::in_threads(parts, [&](std::size_t part) {
      // The first table is to hold them all.
      readers_[part]->read_rows(header, cuts[part == 0 ? parts : part + 1], reading, part == 0);
    });
    is_good = std::all_of(problems.begin(), problems.end(), [](const problem_list& list) { return list.empty(); });
  }
  if (!is_good) {
    readers_.clear();
    return false;
  }
  std::vector<observation_table*> following;
  for (std::size_t part = 1; part < parts; ++part) following.push_back(&readers_[part]->table());
  readers_.front()->table().take(following, parts);
  return true;
}

void csv_observations::read_as_one(problem_list& problems, attain::detail::phase_watch& reading) {
  if (!check_text(csv_, max_observations_bytes, problems)) return;
  readers_.push_back(std::make_unique<observation_reader>(csv_, skip_byte_order_mark(csv_), delimiter_, plan_, problems));
  if (readers_.front()->read_header()) readers_.front()->read_rows(readers_.front()->header(), csv_.size(), reading);
}

std::size_t csv_observations::find_cell(std::size_t row, std::string_view column) const {
  const std::size_t row_at = table().at(row);
  const auto name = parse_csv_column(column);
  problem_list ignored(csv_, {});
  csv_scanner scanner(csv_, row_at, delimiter_, max_cell_bytes, ignored);
  std::vector<csv_cell> cells;
  if (!name || !scanner.next(cells)) return row_at;
  return readers_.front()->header().cell(cells, *name).at;
}

}  // namespace attain::inline v0::io::detail
