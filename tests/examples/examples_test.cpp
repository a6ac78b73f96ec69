#include <attain/engine/evaluate.hpp>
#include <attain/io/csv.hpp>
#include <attain/io/json.hpp>

#include "engine/scene.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

std::string file_of(const std::string& example, const std::string& name) { return (source_dir() / "examples" / example / name).string(); }

struct example {
  programme plan;
  ledger book;

  explicit example(const std::string& name)
      : plan(io::read_programme(file_of(name, "programme.json"))), book(io::read_observations(file_of(name, "observations.csv"), plan)) {}

  evaluation at(std::string_view day, std::optional<date> known_at = std::nullopt) const {
    return evaluate(plan, book, {.as_of = parse_date(day), .known_at = known_at});
  }
};

/// The rows of an official.csv, which has no quoted cells.
std::vector<std::map<std::string, std::string>> official(const std::string& name) {
  std::ifstream file(file_of(name, "official.csv"));
  REQUIRE(file.is_open());
  const auto cells_of = [](const std::string& line) {
    std::vector<std::string> cells(1);
    for (const char c : line) {
      if (c == ',') {
        cells.emplace_back();
      } else if (c != '\r') {
        cells.back() += c;
      }
    }
    return cells;
  };
  std::string line;
  std::getline(file, line);
  const std::vector<std::string> names = cells_of(line);
  std::vector<std::map<std::string, std::string>> rows;
  while (std::getline(file, line)) {
    const std::vector<std::string> cells = cells_of(line);
    REQUIRE(cells.size() == names.size());
    auto& row = rows.emplace_back();
    for (std::size_t i = 0; i < names.size(); ++i) row[names[i]] = cells[i];
  }
  return rows;
}

/// Rounded as in a table of a README.
std::string rounded(const answer<double>& a, int places) {
  if (!a.has_value()) return std::string(to_string(a.why()));
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", places, *a);
  return text;
}

}  // namespace

// -- us-goals-fy2022 --------------------------------------------------------------------------------

TEST_CASE("us-goals-fy2022: 234 of the 237 computable percentages are the published ones, the other three are of a hold", "[examples]") {
  const example us("us-goals-fy2022");
  CHECK(us.plan.spec().projects.size() == 31);
  CHECK(us.plan.targets().size() == 98);
  std::map<std::string, evaluation> quarters;
  for (const char* day : {"2021-12-31", "2022-03-31", "2022-06-30", "2022-09-30"}) quarters.emplace(day, us.at(day));

  const auto rows = official("us-goals-fy2022");
  CHECK(rows.size() == 332);
  int computable = 0;
  int same = 0;
  std::vector<std::string> different;
  for (const auto& row : rows) {
    if (row.at("value_start").empty() || row.at("value_target").empty() || row.at("value_current").empty()) continue;
    ++computable;
    const target_result ours = quarters.at(row.at("day")).target(row.at("target"));
    const double printed = std::stod(row.at("progress_pct"));
    if (ours.attainment().has_value() && std::abs(*ours.attainment() - printed) <= 1e-6) {
      ++same;
    } else {
      different.push_back(row.at("target") + " on " + row.at("day"));
    }
  }
  CHECK(computable == 237);
  CHECK(same == 234);
  CHECK(different == std::vector<std::string>{"006APG2203.2 on 2021-12-31", "006APG2203.2 on 2022-03-31", "006APG2203.2 on 2022-09-30"});
}

TEST_CASE("us-goals-fy2022: a threshold to keep is a hold that holds, which the published percentage cannot say", "[examples]") {
  const target_result share = example("us-goals-fy2022").at("2022-09-30").target("006APG2203.2");
  CHECK(share.is_hold());
  CHECK(share.is_reached());
  CHECK(share.attainment() == 1.0);
  CHECK(status_of(share) == "on_track");
}

TEST_CASE("us-goals-fy2022: below its start a series has a negative share, and 0 in a roll-up", "[examples]") {
  const evaluation now = example("us-goals-fy2022").at("2022-09-30");
  const target_result days = now.target("010APG2202.1");
  CHECK(days.baseline() == 985.0);
  CHECK(days.goal() == 365.0);
  CHECK(rounded(days.attainment(), 3) == "-0.168");
  CHECK(now.data().cells.score[days.cell()] == 0);
}

// -- guangzhou-2017 ---------------------------------------------------------------------------------

TEST_CASE("guangzhou-2017: the printed percentages are reproduced", "[examples]") {
  const example guangzhou("guangzhou-2017");
  const evaluation now = guangzhou.at("2017-12-31");
  int printed = 0;
  for (const auto& row : official("guangzhou-2017")) {
    const std::string& percent = row.at("percent");
    if (percent.empty()) continue;
    ++printed;
    const auto point = percent.find('.');
    const double unit = point == std::string::npos ? 1 : std::pow(10, -static_cast<double>(percent.size() - point - 1));
    INFO(row.at("target") << ": " << percent);
    const answer<double> ours = now.target(row.at("target")).attainment();
    REQUIRE(ours.has_value());
    CHECK_THAT(100 * *ours, WithinAbs(std::stod(percent), unit / 2));
  }
  CHECK(printed == 7);
  CHECK(rounded(now.target("2.3").attainment(), 4) == "1.0372");
}

TEST_CASE("guangzhou-2017: at most, from–to, all of a group, about and an interval", "[examples]") {
  const evaluation now = example("guangzhou-2017").at("2017-12-31");
  CHECK(now.plan().programmes()[0].targets().size() == 41);
  CHECK(status_of(now.target("2.5")) == "met");                           // unemployment: lower is better
  CHECK(is_near(now.target("3.1").reading(), 4191.0 / 5375));
  CHECK(rounded(now.target("3.1").attainment(), 3) == "1.797");
  CHECK(now.target("4.3").reading() == 389.0);                             // 100 % is a share of the goal
  CHECK(status_of(now.target("4.3")) == "met");
  CHECK(now.target("4.4").baseline() == 50.0);
  CHECK(now.target("6.5").is_reached());
  CHECK(now.target("6.6").reading() == 0.97);
  CHECK(now.target("6.6").is_reached());
  CHECK(now.target("8.1").reading() == reason::not_comparable);
  CHECK(rounded(now.target("10.7").reading(), 4) == "0.9143");
}

// -- nanchang-2021 ----------------------------------------------------------------------------------

TEST_CASE("nanchang-2021: 45 projects, what was reported is judged and what was not has no observation", "[examples]") {
  const example nanchang("nanchang-2021");
  const evaluation now = nanchang.at("2021-12-31");
  CHECK(now.root().projects().size() == 45);

  CHECK(now.target("44.1").reading() == 72.0);  // 264 − 192
  CHECK(status_of(now.target("44.1")) == "met");
  CHECK(now.target("9.1").reading() == 340.0);  // 906 − 566
  CHECK(status_of(now.target("9.1")) == "met");
  for (const char* id : {"21.1", "45.1", "26.4", "26.5"}) {
    INFO(id);
    CHECK(status_of(now.target(id)) == "met");
  }
  for (const char* id : {"2.1", "4.1", "18.1"}) {
    INFO(id);
    CHECK(now.target(id).status() == reason::not_comparable);
  }
  CHECK(now.target("26.4").attainment() == reason::baseline_missing);
  CHECK(now.target("27.2").id() == "27.1");

  std::set<std::string> reported;
  nanchang.book.for_each([&](const observation& o) { reported.insert(o.indicator); });
  int unreported = 0;
  for (const target_result& target : now.targets()) {
    if (reported.contains(target.indicator().id)) continue;
    INFO(target.id());
    CHECK(target.status() == reason::no_observation);
    ++unreported;
  }
  CHECK(unreported == 62);
  CHECK(now.root().status() == reason::incomplete);
}

TEST_CASE("nanchang-2021: what was published in January was not known at the end of the year (R2)", "[examples]") {
  const example nanchang("nanchang-2021");
  const evaluation then = nanchang.at("2021-12-31", date(2021, 12, 31));
  for (const char* id : {"21.1", "45.1"}) {
    INFO(id);
    CHECK(then.target(id).status() == reason::no_observation);
  }
  CHECK(then.target("44.1").reading() == 33.0);  // 225 − 192
}

// -- counties-lesson --------------------------------------------------------------------------------

TEST_CASE("counties-lesson: the table of its README", "[examples]") {
  const evaluation now = example("counties-lesson").at("2021-09-30");
  struct line {
    const char *id, *reading, *goal, *attainment, *expected, *status;
  };
  for (const line& l : std::vector<line>{{"1.1", "101.00", "160.00", "0.631", "0.750", "at_risk"},
                                         {"1.2", "20.00", "30.00", "0.667", "0.750", "at_risk"},
                                         {"12.1", "8.00", "12.00", "0.727", "0.727", "on_track"},
                                         {"12.2", "0.88", "0.90", "0.978", "not_applicable", "on_track"},
                                         {"12.3", "3050000.00", "3000000.00", "0.984", "0.750", "missed"},
                                         {"22.1", "5000.00", "7000.00", "0.714", "0.750", "on_track"},
                                         {"22.2", "1510.00", "1500.00", "1.007", "0.750", "met"},
                                         {"22.3", "0.61", "0.60", "1.000", "not_applicable", "on_track"},
                                         {"26.1", "202000.00", "206000.00", "0.750", "0.750", "on_track"},
                                         {"26.2", "0.25", "1.00", "0.250", "0.375", "at_risk"}}) {
    INFO(l.id);
    const target_result target = now.target(l.id);
    CHECK(rounded(target.reading(), 2) == l.reading);
    CHECK(rounded(target.goal(), 2) == l.goal);
    CHECK(rounded(target.attainment(), 3) == l.attainment);
    CHECK(rounded(target.expected(), 3) == l.expected);
    CHECK(status_of(target) == l.status);
  }
  CHECK(status_of(now.project("22")) == "on_track");
  for (const char* id : {"1", "12", "26", ""}) {
    INFO("project " << id);
    CHECK(status_of(now.project(id)) == "at_risk");
  }
}

TEST_CASE("counties-lesson: corrections, withdrawals, silence and a goal that moved", "[examples]") {
  const example lesson("counties-lesson");
  const evaluation now = lesson.at("2021-09-30");
  CHECK(now.target("1.1", "north").reading() == 20.0);
  CHECK(now.target("1.1", "north").coverage() < 1);
  CHECK(now.target("1.1", "lake").status() == reason::no_observation);
  CHECK(now.target("22.1", "hill").status() == reason::no_observation);
  CHECK(status_of(now.target("22.1", "north")) == "on_track");
  CHECK(now.target("26.1").coverage() < 1);  // Hill County withholds its own

  CHECK(lesson.at("2021-06-30", date(2021, 7, 10)).target("1.1", "west").reading() == 20.0);
  CHECK(status_of(lesson.at("2021-06-30", date(2021, 7, 10)).target("1.1", "west")) == "on_track");
  CHECK(lesson.at("2021-06-30").target("1.1", "west").reading() == 14.0);

  CHECK(lesson.at("2021-06-30", date(2021, 7, 14)).target("1.2").goal() == 24.0);
  CHECK(lesson.at("2021-06-30", date(2021, 7, 15)).target("1.2").goal() == 30.0);
}
