#include <attain/io/csv.hpp>

#include <attain/core/error.hpp>

#include "gb18030.hpp"
#include "observation_reader.hpp"

#include <charconv>
#include <utility>

namespace attain::inline v0::io {

namespace {

using namespace detail;

void throw_if_any(const problem_list& problems) {
  if (!problems.empty()) throw invalid_input(problems.findings());
}

void check_options(const csv_options& options) {
  if (std::string_view(",;\t|").find(options.delimiter) == std::string_view::npos) {
    throw invalid_option(finding{severity::error, code::invalid_option, "delimiter", escaped_excerpt({&options.delimiter, 1}),
                                 "a comma, a semicolon, a tab or a bar", "columns cannot be separated by this"});
  }
}

/// Calls `f(text, problems)` with the text in UTF-8, or throws what is wrong with it.
template <class F>
auto with_text(std::string_view csv, std::string_view file, const csv_options& options, F&& f) {
  check_options(options);
  std::string converted;
  if (options.encoding == text_encoding::gb18030) {
    if (csv.size() > max_observations_bytes) {
      problem_list problems({}, file);
      check_text(csv, max_observations_bytes, problems);
      throw invalid_input(problems.findings());
    }
    converted = from_gb18030(csv, file);
    csv = converted;
  }
  problem_list problems(csv, file);
  if (!check_text(csv, max_observations_bytes, problems)) throw invalid_input(problems.findings());
  return f(csv, problems);
}

std::vector<observation> observations_in(std::string_view csv, const programme* plan, std::string_view file,
                                         const csv_options& options) {
  return with_text(csv, file, options, [&](std::string_view text, problem_list& problems) {
    observation_reader reader(text, options.delimiter, plan, problems);
    reader.read(options.progress);
    throw_if_any(problems);
    std::vector<observation> entries;
    entries.reserve(reader.table().size());
    for (std::size_t i = 0; i < reader.table().size(); ++i) entries.push_back(reader.table().row(i));
    return entries;
  });
}

/// The findings of a ledger, whose `where` is "row 3, key", at their cells.
std::vector<finding> placed(const std::vector<finding>& findings, const observation_reader& reader, problem_list& problems) {
  constexpr std::string_view row_word = "row ";
  for (const finding& f : findings) {
    std::string_view where = f.where;
    std::size_t row = 0;
    std::size_t at = 0;
    if (where.starts_with(row_word)) {
      where.remove_prefix(row_word.size());
      const auto read = std::from_chars(where.data(), where.data() + where.size(), row);
      where.remove_prefix(static_cast<std::size_t>(read.ptr - where.data()));
      if (where.starts_with(", ")) where.remove_prefix(2);
    }
    if (row > 0 && row <= reader.table().size())
      at = reader.find_cell(reader.table().at(row - 1), where.substr(0, where.find(',')));
    problems.add(f, at);
  }
  return problems.findings();
}

ledger ledger_in(std::string_view csv, const programme* plan, std::string_view file, const csv_options& options) {
  return with_text(csv, file, options, [&](std::string_view text, problem_list& problems) {
    observation_reader reader(text, options.delimiter, plan, problems);
    reader.read(options.progress);
    throw_if_any(problems);
    attain::detail::phase_watch indexing(options.progress, phase::indexing, 1);
    ledger book;
    try {
      book.append_columns(reader.table().columns());
    } catch (const ledger_conflict& conflict) {
      throw ledger_conflict(placed(conflict.findings(), reader, problems));
    } catch (const invalid_input& refused) {
      throw invalid_input(placed(refused.findings(), reader, problems));
    }
    indexing.finish();
    return book;
  });
}

}  // namespace

std::vector<observation> parse_observations(std::string_view csv, const programme& plan, std::string_view file,
                                            const csv_options& options) {
  return observations_in(csv, &plan, file, options);
}

std::vector<observation> parse_observations(std::string_view csv, std::string_view file, const csv_options& options) {
  return observations_in(csv, nullptr, file, options);
}

ledger ledger_from_csv(std::string_view csv, const programme& plan, std::string_view file, const csv_options& options) {
  return ledger_in(csv, &plan, file, options);
}

ledger ledger_from_csv(std::string_view csv, std::string_view file, const csv_options& options) {
  return ledger_in(csv, nullptr, file, options);
}

ledger read_observations(const std::string& path, const programme& plan, const csv_options& options) {
  return ledger_in(read_file(path, max_observations_bytes), &plan, path, options);
}

ledger read_observations(const std::string& path, const csv_options& options) {
  return ledger_in(read_file(path, max_observations_bytes), nullptr, path, options);
}

}  // namespace attain::inline v0::io
