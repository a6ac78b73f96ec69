/** Published files and rows: the standard's own cases, real files, and 44,595 real rows. */
#include <attain/core/error.hpp>
#include <attain/io/iati.hpp>

#include "support/catch.hpp"
#include "support/paths.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace attain;

namespace {

std::string text_of_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  REQUIRE(in);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::filesystem::path iati_folder() { return test::shared_dir() / "data" / "iati"; }

std::vector<finding> errors_in(std::string_view xml) {
  try {
    io::iati_from_xml(xml);
  } catch (const invalid_input& refused) {
    return refused.findings();
  }
  return {};
}

/// All findings of all activities, whether or not they are refused.
std::vector<finding> findings_in(std::string_view xml) {
  std::vector<finding> all;
  std::istringstream stream{std::string(xml)};
  io::visit_iati(stream, {}, [&](io::iati_activity&& activity) {
    all.insert(all.end(), activity.findings.begin(), activity.findings.end());
  });
  return all;
}

bool names_rule(const std::vector<finding>& findings, std::string_view rule) {
  return std::any_of(findings.begin(), findings.end(), [&](const finding& f) {
    return f.message.find("IATI rule " + std::string(rule) + ")") != std::string::npos;
  });
}

}  // namespace

// -- real files ------------------------------------------------------------------------------------

TEST_CASE("the real files and the standard's own example are read", "[io][iati][shared]") {
  const auto counts = [](const char* name) {
    const io::iati_results read = io::read_iati((iati_folder() / name).string());
    return std::vector<std::size_t>{read.plan.nodes().size() - 1, read.plan.targets().size(), read.book.size(), read.refused};
  };
  CHECK(counts("real/afdb_ag_activities.xml") == std::vector<std::size_t>{36, 58, 29, 0});
  CHECK(counts("real/datastore-single_activity-globalfund.xml") == std::vector<std::size_t>{11, 10, 10, 0});
  CHECK(counts("standard/activity-standard-example-annotated.xml") == std::vector<std::size_t>{2, 1, 1, 0});
  for (const auto& file : std::filesystem::directory_iterator(iati_folder() / "fixtures")) {
    CAPTURE(file.path());
    CHECK(io::read_iati(file.path().string()).refused == 0);
  }
}

TEST_CASE("the schema's own cases pass and fail as it says", "[io][iati][shared]") {
  const auto with_identifier = [](const std::filesystem::path& path) {
    std::string xml = text_of_file(path);
    const std::string empty = "<iati-identifier></iati-identifier>";
    for (std::size_t at = xml.find(empty), n = 1; at != std::string::npos; at = xml.find(empty, at), ++n) {
      xml.replace(at, empty.size(), "<iati-identifier>A" + std::to_string(n) + "</iati-identifier>");
    }
    return xml;
  };
  CHECK(errors_in(with_identifier(iati_folder() / "standard" / "should-pass-24-results.xml")).empty());
  std::size_t failing = 0;
  for (const auto& file : std::filesystem::directory_iterator(iati_folder() / "standard" / "should-fail")) {
    CAPTURE(file.path());
    CHECK_FALSE(errors_in(with_identifier(file.path())).empty());
    ++failing;
  }
  CHECK(failing == 38);
}

TEST_CASE("the rules of the standard's rule set are named where they are broken and nowhere else", "[io][iati][shared]") {
  const auto breaks = [](const std::string& file, std::string_view rule) {
    return names_rule(findings_in(text_of_file(iati_folder() / "rules" / (file + ".xml"))), rule);
  };
  for (const auto& [file, rule] :
       std::vector<std::pair<std::string, std::string>>{{"results_indicator_baseline_value", "8.8.1"},
                                                        {"results_indicator_period_target_value", "8.9.1"},
                                                        {"results_indicator_period_actual_value", "8.10.1"},
                                                        {"results_refs", "8.11.1"}}) {
    CAPTURE(file);
    CHECK(breaks(file + "_bad", rule));
    CHECK_FALSE(breaks(file + "_good", rule));
    if (file != "results_refs") CHECK_FALSE(breaks(file + "_not_relevant", rule));
  }
}

// -- 44,595 real rows ------------------------------------------------------------------------------

namespace {

using csv_rows = std::vector<std::vector<std::string>>;

/// The rows behind the header.
csv_rows rows_of(const std::filesystem::path& path) {
  const std::string text = text_of_file(path);
  csv_rows rows(1, {""});
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      rows.back().emplace_back();
    } else if (c == '\n' && !quoted) {
      rows.push_back({""});
    } else if (c != '\r') {
      rows.back().back() += c;
    }
  }
  if (rows.back().size() == 1) rows.pop_back();
  rows.erase(rows.begin());
  return rows;
}

std::string attribute(std::string_view name, const std::string& value) {
  if (value.empty()) return {};
  std::string text = " " + std::string(name) + "=\"";
  for (const char c : value) text += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '"' ? "&quot;" : std::string(1, c);
  return text + '"';
}

/// What a row says; empty where it says nothing.
struct real_row {
  std::string measure, ascending, baseline_year, baseline, start, end, target, actual;
};

std::string xml_of(const std::vector<real_row>& rows) {
  std::string xml = "<iati-activities version=\"2.03\">";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const real_row& row = rows[i];
    xml += "<iati-activity><iati-identifier>row-" + std::to_string(i) +
           "</iati-identifier><result type=\"1\"><title><narrative>R</narrative></title><indicator" +
           attribute("measure", row.measure) + attribute("ascending", row.ascending) + "><title><narrative>I</narrative></title>";
    if (!row.baseline.empty() || !row.baseline_year.empty())
      xml += "<baseline" + attribute("year", row.baseline_year) + attribute("value", row.baseline) + "/>";
    xml += "<period><period-start" + attribute("iso-date", row.start) + "/><period-end" + attribute("iso-date", row.end) + "/>";
    if (!row.target.empty()) xml += "<target" + attribute("value", row.target) + "/>";
    if (!row.actual.empty()) xml += "<actual" + attribute("value", row.actual) + "/>";
    xml += "</period></indicator></result></iati-activity>";
  }
  return xml + "</iati-activities>";
}

/// By another way than the reader: blanks cut, then all of it by strtod, without what only strtod takes for a number.
std::optional<double> number_in(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \n\t\r");
  if (first == std::string::npos) return std::nullopt;
  const std::string cut = text.substr(first, text.find_last_not_of(" \n\t\r") - first + 1);
  if (cut.find_first_not_of("+-.0123456789") != std::string::npos) return std::nullopt;
  char* end = nullptr;
  const double value = std::strtod(cut.c_str(), &end);
  return end == cut.c_str() + cut.size() ? std::optional(value) : std::nullopt;
}

struct tally {
  std::size_t read = 0, refused = 0, empty = 0, numbers = 0, texts = 0, contradictions = 0;
  std::vector<std::size_t> all() const { return {read, refused, empty, numbers, texts, contradictions}; }
};

/// Every row is read as what it says, refused for a reason, or says nothing of its period.
tally check_rows(const std::vector<real_row>& rows) {
  tally count;
  std::vector<bool> seen(rows.size(), false);
  std::istringstream stream(xml_of(rows));
  io::visit_iati(stream, {}, [&](io::iati_activity&& activity) {
    const std::size_t i = std::stoul(activity.project.id.substr(4));
    const real_row& row = rows.at(i);
    CAPTURE(i, row.baseline, row.target, row.actual);
    seen[i] = true;
    for (const finding& f : activity.findings) count.contradictions += f.code == code::direction_contradicts ? 1 : 0;
    if (activity.is_refused()) {
      ++count.refused;
      CHECK((row.start.empty() || row.end.empty() || row.measure.empty() || row.baseline_year.empty() || row.start > row.end));
      return;
    }
    if (activity.indicators.empty()) {
      ++count.empty;
      CHECK((row.target.empty() && row.actual.empty()));
      return;
    }
    ++count.read;
    const double scale = row.measure == "2" ? 100 : 1;
    const target_spec& target = activity.project.projects.at(0).targets.at(0);
    const auto is = [&](const std::string& text, std::optional<double> held, const std::string& note, const std::string& key) {
      const auto number = number_in(text);
      const bool is_kept_as_text = note.find("iati " + key + ": ") != std::string::npos;
      if (!number) {
        const bool is_blank = text.find_first_not_of(" \n\t\r") == std::string::npos;
        count.texts += is_blank ? 0 : 1;
        CHECK_FALSE(held);
        CHECK(is_kept_as_text == !is_blank);
        return;
      }
      ++count.numbers;
      // a target is kept as text where nobody says whether more is better
      if (held) {
        CHECK(std::abs(*held * scale - *number) <= 1e-12 * std::abs(*number));
      } else {
        CHECK(is_kept_as_text);
      }
    };
    is(row.baseline, target.baseline, target.note, "baseline");
    is(row.target, target.aim ? std::optional(target.aim->goal) : std::nullopt, target.note, "value");
    CHECK(activity.observations.size() == (row.actual.empty() ? 0 : 1));
    if (!row.actual.empty()) {
      const observation& entry = activity.observations.at(0);
      is(row.actual, entry.missing ? std::nullopt : std::optional(entry.low), entry.note, "value");
    }
  });
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!seen[i]) FAIL("row " << i << " was passed over");
  }
  return count;
}

}  // namespace

TEST_CASE("28,847 rows of UNHCR and 15,748 of AidStream are read without a guess", "[io][iati][shared]") {
  std::vector<real_row> unhcr;
  for (const auto& row : rows_of(iati_folder() / "extracts" / "unhcr_values_all.csv")) {
    unhcr.push_back(
        {row.at(3), row.at(4), row.at(1), row.at(5), row.at(1) + "-01-01", row.at(1) + "-12-31", row.at(6), row.at(7)});
  }
  std::vector<real_row> aidstream;
  for (const auto& row : rows_of(iati_folder() / "extracts" / "aidstream_nl_values.csv")) {
    aidstream.push_back({row.at(4), row.at(5), row.at(6), row.at(7), row.at(9), row.at(10), row.at(11), row.at(12)});
  }
  REQUIRE(unhcr.size() + aidstream.size() == 44'595);
  const tally first = check_rows(unhcr);
  const tally second = check_rows(aidstream);
  // read, refused (no date, or an undated baseline), nothing said; numbers, texts, flags that contradict values: counted by
  // another program too
  CHECK(first.all() == std::vector<std::size_t>{28'803, 0, 44, 71'097, 0, 103});
  CHECK(second.all() == std::vector<std::size_t>{12'972, 459, 2'317, 26'617, 767, 799});
}
