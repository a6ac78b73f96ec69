#include <attain/io/csv.hpp>

#include <attain/core/error.hpp>

#include "csv_observations.hpp"
#include "gb18030.hpp"

#include <charconv>
#include <string>
#include <utility>

namespace attain::inline v0::io {

namespace {

using namespace detail;

void refuse_option(std::string where, std::string text, std::string expected, std::string message) {
  throw invalid_option(
      finding{severity::error, code::invalid_option, std::move(where), std::move(text), std::move(expected), std::move(message)});
}

void check_options(const csv_options& options) {
  if (std::string_view(",;\t|").find(options.delimiter) == std::string_view::npos) {
    refuse_option("delimiter", escaped_excerpt({&options.delimiter, 1}), "a comma, a semicolon, a tab or a bar",
                  "columns cannot be separated by this");
  }
  if (options.threads < 1) {
    const std::string given = std::to_string(options.threads);
    refuse_option("threads", given, "at least 1", "threads is " + given);
  }
}

/// Calls `f(observations, problems)` with what the text says, or throws what is wrong with it.
template <class F>
auto with_observations(std::string_view csv, const programme* plan, std::string_view file, const csv_options& options, F&& f) {
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
  const csv_observations read(csv, options.delimiter, plan, static_cast<std::size_t>(options.threads), problems,
                              options.progress);
  if (!problems.empty()) throw invalid_input(problems.findings());
  return f(read, problems);
}

std::vector<observation> observations_in(std::string_view csv, const programme* plan, std::string_view file,
                                         const csv_options& options) {
  return with_observations(csv, plan, file, options, [](const csv_observations& read, const problem_list&) {
    std::vector<observation> entries;
    entries.reserve(read.table().size());
    for (std::size_t i = 0; i < read.table().size(); ++i) entries.push_back(read.table().row(i));
    return entries;
  });
}

/// The findings of a ledger, whose `where` is "row 3, key", at their cells.
std::vector<finding> placed(const std::vector<finding>& findings, const csv_observations& read, problem_list& problems) {
  constexpr std::string_view row_word = "row ";
  for (const finding& f : findings) {
    std::string_view where = f.where;
    std::size_t row = 0;
    std::size_t at = 0;
    if (where.starts_with(row_word)) {
      where.remove_prefix(row_word.size());
      const auto number = std::from_chars(where.data(), where.data() + where.size(), row);
      where.remove_prefix(static_cast<std::size_t>(number.ptr - where.data()));
      if (where.starts_with(", ")) where.remove_prefix(2);
    }
    if (row > 0 && row <= read.table().size()) at = read.find_cell(row - 1, where.substr(0, where.find(',')));
    problems.add(f, at);
  }
  return problems.findings();
}

ledger ledger_in(std::string_view csv, const programme* plan, std::string_view file, const csv_options& options) {
  return with_observations(csv, plan, file, options, [&](const csv_observations& read, problem_list& problems) {
    attain::detail::phase_watch indexing(options.progress, phase::indexing, 1);
    ledger book;
    try {
      book.append_columns(read.table().columns(), options.threads);
    } catch (const ledger_conflict& conflict) {
      throw ledger_conflict(placed(conflict.findings(), read, problems));
    } catch (const invalid_input& refused) {
      throw invalid_input(placed(refused.findings(), read, problems));
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
