/** Every file of the folders here is refused, or warned about, with exactly the findings of the `.expected` beside it: one a
   line, in order, as `code where message`, where the message may be the beginning of the real one. A line `…` stands for any
   number of findings. tests/python/test_bad_input.py asks the same of the package.

    json      texts that are no programme, refused
    programme programmes that break a rule: what they are refused for, else what there is to warn about
    csv       observations of csv/programme.json, refused
    method    method files, refused
    table     observations as a table whose columns are told in JSON, with csv/programme.json or without a programme, refused
    iati      files of IATI activities: what they are refused for, else what there is to say about them
    dhis2     data value sets of DHIS2 with csv/programme.json, refused
    number, date, period   one text each, refused
*/
#include "support/catch.hpp"
#include "support/paths.hpp"

#include <attain/core/date.hpp>
#include <attain/core/error.hpp>
#include <attain/core/id.hpp>
#include <attain/core/number_text.hpp>
#include <attain/core/period.hpp>
#include <attain/io/csv.hpp>
#include <attain/io/dhis2.hpp>
#include <attain/io/iati.hpp>
#include <attain/io/json.hpp>
#include <attain/io/table.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

namespace fs = std::filesystem;
using namespace attain;

fs::path folder() { return test::source_dir() / "tests" / "bad_input"; }

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  REQUIRE(in);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<fs::path> inputs(std::string_view kind) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(folder() / kind)) {
    if (fs::exists(fs::path(entry.path()).replace_extension(".expected")) && entry.path().extension() != ".expected") {
      found.push_back(entry.path());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<std::string> expected_beside(fs::path input) {
  std::ifstream in(input.replace_extension(".expected"));
  REQUIRE(in);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string line_of(const finding& f) {
  return std::string(to_string(f.code)) + " " + (f.where.empty() ? "-" : f.where) + " " + f.message;
}

/// Whether the findings are those expected, from the first on.
void check_findings(const std::vector<finding>& findings, const std::vector<std::string>& expected) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (expected[i] == "…") {
      const std::size_t rest = expected.size() - i - 1;
      REQUIRE(findings.size() >= at + rest);
      at = findings.size() - rest;
      continue;
    }
    REQUIRE(at < findings.size());
    CHECK_THAT(line_of(findings[at]), test::StartsWith(expected[i]));
    ++at;
  }
  CHECK(at == findings.size());
}

/// What every finding promises: text that can be shown anywhere, and not much of it; and of an error, what would have been right.
void check_manners(const finding& f) {
  INFO(to_string(f));
  CHECK_FALSE(f.message.empty());
  CHECK((f.severity != severity::error || f.code == code::too_large || !f.expected.empty()));
  for (const std::string& text : {f.text, f.where, f.expected, f.message}) {
    CHECK_FALSE(find_invalid_utf8(text));
    CHECK(std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; }));
  }
  CHECK((f.code == code::malformed_formula || f.code == code::too_deep || f.message.find('\n') == std::string::npos));
  const auto characters =
      std::count_if(f.text.begin(), f.text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0u) != 0x80u; });
  CHECK(characters <= 81);
}

template <class Read>
std::vector<finding> refused_by(Read&& read) {
  try {
    read();
  } catch (const error& refused) {
    return refused.findings();
  }
  return {};
}

template <class FindingsOf>
void check_folder(std::string_view kind, std::size_t at_least, FindingsOf&& findings_of) {
  const std::vector<fs::path> files = inputs(kind);
  CHECK(files.size() >= at_least);
  for (const fs::path& file : files) {
    INFO(std::string(kind) + "/" + file.filename().string());
    const std::vector<finding> findings = findings_of(bytes_of(file));
    CHECK_FALSE(findings.empty());
    check_findings(findings, expected_beside(file));
    for (const finding& f : findings) check_manners(f);
  }
}

/// A text of one line.
std::string line_in(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

programme plan_of_observations() { return io::read_programme((folder() / "csv" / "programme.json").string()); }

/// The columns that a file of table/ tells of, and the memory that they lie in.
class told_table {
 public:
  explicit told_table(const nlohmann::json& columns) {
    for (const auto& told : columns) {
      const auto& values = told.at("values");
      made_.rows = values.size();
      made_.columns.push_back(column_of(told, told.at("kind").get<std::string>(), values));
    }
  }

  const io::table& table() const noexcept { return made_; }

 private:
  template <class T>
  std::span<const T> keep(io::column& by, std::vector<T> values) {
    auto kept = std::make_shared<const std::vector<T>>(std::move(values));
    by.owners.push_back(kept);
    return *kept;
  }

  io::column column_of(const nlohmann::json& told, const std::string& kind, const nlohmann::json& values) {
    io::column made{.name = told.at("name").get<std::string>()};
    std::vector<std::uint8_t> missing, flags;
    std::vector<double> numbers;
    std::vector<std::int32_t> integers;
    std::vector<std::string_view> words;
    for (const auto& value : values) {
      missing.push_back(value.is_null() ? io::column::unexplained : std::uint8_t{0});
      if (kind == "number") {
        numbers.push_back(value.is_null() ? 0 : value.get<double>());
      } else if (kind == "flag") {
        flags.push_back(!value.is_null() && value.get<bool>() ? 1 : 0);
      } else if (kind == "count") {
        integers.push_back(value.is_null() ? 0 : value.get<std::int32_t>());
      } else if (kind == "day") {
        integers.push_back(value.is_null() ? 0 : parse_date(value.get<std::string>()).days());
      } else {
        const std::string_view word = value.is_null() ? std::string_view() : value.get_ref<const std::string&>();
        const auto known = std::find(words.begin(), words.end(), word);
        integers.push_back(value.is_null() ? 0 : static_cast<std::int32_t>(known - words.begin()));
        if (!value.is_null() && known == words.end()) words.push_back(word);
      }
    }
    made.kind = kind == "number" ? io::column_kind::number
                : kind == "flag" ? io::column_kind::flag
                : kind == "day"  ? io::column_kind::day
                                 : (kind == "count" ? io::column_kind::count : io::column_kind::word);
    if (made.kind == io::column_kind::number) made.numbers = keep(made, std::move(numbers));
    if (made.kind == io::column_kind::flag) made.flags = keep(made, std::move(flags));
    if (!integers.empty()) made.integers = keep(made, std::move(integers));
    if (made.kind == io::column_kind::word) made.words = keep(made, std::move(words));
    const bool any = std::any_of(missing.begin(), missing.end(), [](std::uint8_t m) { return m != 0; });
    if (any) made.missing = keep(made, std::move(missing));
    return made;
  }

  io::table made_;
};

/// Codes that no file can bring about: what programs ask for, what evaluations find, and what the reading of files cannot meet.
const std::set<code>& codes_of_calls() {
  static const std::set<code> all{
      // of options and look-ups of programs, and of methods made in code
      code::invalid_option, code::unsupplied_custom, code::places_disagree, code::unreadable_file, code::unknown_state,
      // of snapshots, and of writing
      code::damaged, code::newer_version, code::unwritable_file,
      // of ledgers in files
      code::already_decided, code::broken_chain, code::changed_elsewhere, code::disk_full, code::forked, code::four_eyes,
      code::in_use, code::io_failure, code::not_a_ledger, code::older_copy, code::outcome_unknown, code::read_only,
      code::sqlite_version,
      // of explanations, which say them of a reading
      code::checkpoint_missed, code::equal_recorded_differs, code::future_observation, code::gap_in_places, code::gap_in_time,
      code::goal_moved_after_result, code::own_differs_from_children, code::partial_overlap, code::running_total_falls,
      code::straddles_window};
  return all;
}

}  // namespace

TEST_CASE("a bad programme.json is refused with every problem at its place", "[bad_input][json]") {
  check_folder("json", 100, [](const std::string& text) { return refused_by([&] { io::programme_from_json(text); }); });
}

TEST_CASE("a programme that breaks a rule is refused at the place in its text, a doubtful one warned about",
          "[bad_input][programme]") {
  check_folder("programme", 180, [](const std::string& text) {
    const std::vector<finding> refused = refused_by([&] { io::programme_from_json(text); });
    return refused.empty() ? io::check_programme(text) : refused;
  });
}

TEST_CASE("a bad observations.csv is refused with every problem at its place", "[bad_input][csv]") {
  const programme plan = plan_of_observations();
  check_folder("csv", 90, [&](const std::string& text) { return refused_by([&] { io::ledger_from_csv(text, plan); }); });
}

TEST_CASE("a bad method file is refused with every problem at its place", "[bad_input][method]") {
  check_folder("method", 55, [](const std::string& text) { return refused_by([&] { io::method_from_json(text); }); });
}

TEST_CASE("a bad table is refused with every problem at its row and column", "[bad_input][table]") {
  const programme plan = plan_of_observations();
  check_folder("table", 45, [&](const std::string& text) {
    const nlohmann::json told = nlohmann::json::parse(text);
    const told_table from(told.at("columns"));
    ledger book;
    const std::vector<finding> refused =
        refused_by([&] { io::append_table(book, from.table(), told.at("with_programme").get<bool>() ? &plan : nullptr); });
    CHECK(book.empty());
    return refused;
  });
}

TEST_CASE("a bad file of IATI activities is refused with every problem at its place, a doubtful one warned about",
          "[bad_input][iati]") {
  check_folder("iati", 55, [](const std::string& text) {
    std::vector<finding> found;
    const std::vector<finding> refused = refused_by([&] { found = io::iati_from_xml(text).findings; });
    return refused.empty() ? found : refused;
  });
}

TEST_CASE("a bad data value set is refused with every problem at its place", "[bad_input][dhis2]") {
  const programme plan = plan_of_observations();
  check_folder("dhis2", 30, [&](const std::string& text) { return refused_by([&] { io::dhis2_from_json(text, plan); }); });
}

TEST_CASE("a text that is no number, date or period is refused", "[bad_input][text]") {
  check_folder("number", 50, [](const std::string& text) { return refused_by([&] { parse_number(line_in(text)); }); });
  check_folder("date", 25, [](const std::string& text) { return refused_by([&] { parse_date(line_in(text)); }); });
  check_folder("period", 20, [](const std::string& text) { return refused_by([&] { parse_period(line_in(text)); }); });
}

TEST_CASE("every code is brought about by a file here, but those that only calls and evaluations give", "[bad_input]") {
  std::map<std::string, int> seen;
  std::size_t files = 0;
  for (const std::string_view kind :
       {"json", "programme", "csv", "method", "table", "iati", "dhis2", "number", "date", "period"}) {
    for (const fs::path& file : inputs(kind)) {
      ++files;
      for (const std::string& line : expected_beside(file)) ++seen[line.substr(0, line.find(' '))];
    }
  }
  CHECK(files >= 500);
#define ATTAIN_CODE(word) \
  INFO("code " #word);    \
  CHECK((seen[#word] != 0) != (codes_of_calls().contains(code::word)));
  ATTAIN_CODES(ATTAIN_CODE)
#undef ATTAIN_CODE
}

TEST_CASE("observations as structs are refused for the same as observations in a ledger", "[bad_input][csv]") {
  const programme plan = plan_of_observations();
  for (const fs::path& file : inputs("csv")) {
    INFO(file.filename().string());
    if (file.stem() == "key_with_two_contents") continue;  // only a ledger knows
    check_findings(refused_by([&] { io::parse_observations(bytes_of(file), plan); }), expected_beside(file));
  }
}
