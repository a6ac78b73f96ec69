#include <attain/io/dhis2.hpp>

#include <attain/core/error.hpp>
#include <attain/core/id.hpp>

#include "dhis2_reader.hpp"

#include <charconv>
#include <utility>

namespace attain::inline v0::io {

namespace {

using namespace detail;

constexpr std::size_t deepest = 8;

/// Categories that cannot be, which is a mistake of the caller.
void check_ids(const dhis2_ids& ids) {
  std::vector<finding> wrong;
  for (const auto& [combination, text] : ids.categories) {
    for (const auto& [name, category] : pairs_of(text)) {
      if (!text.empty() && (check_id(name, {}) || check_id(category, {}))) {
        wrong.push_back({severity::error, code::invalid_option, "categories of " + escaped_excerpt(combination),
                         escaped_excerpt(text), "sex=f, sex=f;age=15-24 or nothing", "these are no categories"});
        break;
      }
    }
  }
  if (!wrong.empty()) throw invalid_option(std::move(wrong));
}

/// The findings of a ledger, whose `where` is "row 3, …", at their data values.
std::vector<finding> placed(const std::vector<finding>& findings, const dhis2_reader& reader, const json_document& document,
                            problem_list& problems) {
  constexpr std::string_view row_word = "row ";
  for (const finding& f : findings) {
    std::size_t row = 0;
    if (f.where.starts_with(row_word)) std::from_chars(f.where.data() + row_word.size(), f.where.data() + f.where.size(), row);
    const bool is_row = row > 0 && row <= reader.observations().size();
    const std::uint32_t node = is_row ? reader.node_of(row - 1) : 0;
    problems.add(f, document[node].at, document.pointer(node));
  }
  return problems.findings();
}

dhis2_results results_in(std::string_view json, const programme* plan, const dhis2_ids& ids, std::string_view file) {
  check_ids(ids);
  problem_list problems(json, file);
  const auto document = json_document::parse(json, {max_dhis2_bytes, deepest, max_dhis2_values}, problems);
  if (!document) throw invalid_input(problems.findings());
  json_values values(*document, problems);
  dhis2_reader reader(values, plan, ids);
  reader.read();
  if (!problems.empty()) throw invalid_input(problems.findings());

  dhis2_results results;
  results.findings = reader.warnings();
  try {
    results.book = ledger(reader.observations());
  } catch (const invalid_input& refused) {
    throw invalid_input(placed(refused.findings(), reader, *document, problems));
  }
  if (reader.passed_over() > 0) {
    results.findings.push_back({severity::note,
                                code::unused_field,
                                escaped_excerpt(file, 400),
                                {},
                                {},
                                "data values passed over, as their ids are in no map: " + std::to_string(reader.passed_over())});
  }
  return results;
}

}  // namespace

dhis2_results dhis2_from_json(std::string_view json, const programme& plan, const dhis2_ids& ids, std::string_view file) {
  return results_in(json, &plan, ids, file);
}

dhis2_results dhis2_from_json(std::string_view json, const dhis2_ids& ids, std::string_view file) {
  return results_in(json, nullptr, ids, file);
}

dhis2_results read_dhis2(const std::string& path, const programme& plan, const dhis2_ids& ids) {
  return results_in(read_file(path, max_dhis2_bytes), &plan, ids, path);
}

dhis2_results read_dhis2(const std::string& path, const dhis2_ids& ids) {
  return results_in(read_file(path, max_dhis2_bytes), nullptr, ids, path);
}

}  // namespace attain::inline v0::io
