#include <attain/ledger/quality.hpp>

#include <attain/core/error.hpp>

#include "ledger/quality_scene.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <string_view>

using namespace attain;
using namespace attain::test;

TEST_CASE("a year is compared with the mean or the line of the years before", "[ledger][quality]") {
  quality_scene of;
  of.spec.window = parse_period("2018/2021");
  for (int year = 2018; year <= 2021; ++year) of.months("east", std::vector<double>(12, 100.0 + 50 * (year - 2018)), year);
  const auto changed = of.found(quality_check::changed_over_time);
  REQUIRE(changed.size() == 1);
  CHECK(changed[0].value == 3000.0);
  CHECK(changed[0].expected == 1800.0);
  CHECK(changed[0].n == 3);
  CHECK(changed[0].variant == "constant");
  of.options.trend = expected_trend::linear;
  CHECK(of.found(quality_check::changed_over_time).empty());
  CHECK(of.scored(quality_measure::over_time).count == 1);
}

TEST_CASE("a forecast never falls below 0, and nothing is compared with 0", "[ledger][quality]") {
  quality_scene of;
  of.spec.window = parse_period("2019/2021");
  of.options.trend = expected_trend::linear;
  of.months("east", std::vector<double>(12, 100.0), 2019).months("east", std::vector<double>(12, 20.0), 2020);
  of.months("east", std::vector<double>(12, 30.0), 2021);
  CHECK(of.found(quality_check::changed_over_time).empty());
  CHECK(of.scored(quality_measure::over_time).of == 0);
  CHECK(of.scored(quality_measure::over_time).not_calculable == 1);
}

TEST_CASE("completeness is compared with the years before as share with share", "[ledger][quality]") {
  quality_scene of;
  of.spec.window = parse_period("2020/2021");
  of.options.as_of = date(2022, 3, 31);
  of.months("east", ordinary_year(), 2020).months("east", {100, 101, 99, 98, 97, 103}, 2021);
  const auto changed = of.found(quality_check::completeness_changed);
  REQUIRE(changed.size() == 1);
  CHECK(changed[0].value == 0.5);
  CHECK(changed[0].expected == 1.0);
  CHECK(changed[0].score == 0.5);
  of.months("east", {100, 101, 99, 98, 97, 103, 95, 96, 104}, 2021);
  of.entries.erase(of.entries.begin() + 12, of.entries.begin() + 18);
  CHECK(of.found(quality_check::completeness_changed).empty());  // 75 % lies within 33 %
}

TEST_CASE("a goal that moved after its result was known is found, one that moved before is not (T1)", "[ledger][quality]") {
  quality_scene of;
  of.months("east", ordinary_year());
  of.promise().history = {{.recorded = date(2021, 1, 5), .aim = at_least(1500)}};
  of.promise().recorded = date(2022, 1, 20);
  const auto moved = of.found(quality_check::goal_moved);
  REQUIRE(moved.size() == 1);
  CHECK(moved[0].value == 1000.0);
  CHECK(moved[0].expected == 1500.0);
  CHECK(moved[0].score == 20.0);  // days after the due day, by which all but December had been reported
  of.promise().recorded = date(2021, 12, 31);
  CHECK(of.found(quality_check::goal_moved).empty());
  of.promise().recorded = date(2022, 1, 20);
  of.options.known_at = date(2022, 1, 19);
  CHECK(of.found(quality_check::goal_moved).empty());
}



TEST_CASE("an ordinary year in time and whole has nothing to ask but what cannot be detected", "[ledger][quality]") {
  quality_scene of;
  of.options.as_of = date(2022, 3, 31);
  of.months("east", ordinary_year());
  for (const quality_finding& f : of.report_now().findings()) {
    FAIL(to_string(f.check));
  }
  const quality_report made = of.report_now();
  for (const quality_score& s : made.scores()) {
    if (s.share.has_value()) CHECK((s.share.value() >= 0 && s.share.value() <= 1));
    CHECK(s.divergent == 0);
  }
  CHECK(of.scored(quality_measure::internal_consistency).share == 1.0);
}

TEST_CASE("the order of appending changes no finding and no score", "[ledger][quality]") {
  quality_scene of;
  of.months("east", {100, 1040, 104, 104, 98, 97, 970, 101, 0, 0, 0, 102}).months("west", ordinary_year());
  of.add("lifts", "west", "2021-03", 104, 200);
  const auto text_of = [](const quality_report& made) {
    std::string text;
    for (const quality_finding& f : made.findings()) {
      text += std::string(to_string(f.check)) + " " + std::string(made.place_id(f)) + " " + made.sentence(f) + "\n";
    }
    for (const quality_score& s : made.scores()) text += std::to_string(s.count) + "/" + std::to_string(s.of) + "\n";
    return text;
  };
  const std::string before = text_of(of.report_now());
  std::mt19937 random(1);
  for (int shuffle = 0; shuffle < 5; ++shuffle) {
    std::shuffle(of.entries.begin(), of.entries.end(), random);
    CHECK(text_of(of.report_now()) == before);
  }
  const programme plan(of.spec);
  ledger grown;
  for (const observation& o : of.entries) grown.append(o);
  CHECK(text_of(quality(plan, grown, of.options)) == before);
}

TEST_CASE("only the checks asked for are made", "[ledger][quality]") {
  quality_scene of;
  of.months("east", {100, 1040, 104, 104, 104, 97});
  of.options.only = {quality_check::copied_forward};
  const quality_report made = of.report_now();
  REQUIRE(made.findings().size() == 1);
  CHECK(made.findings()[0].check == quality_check::copied_forward);
}

TEST_CASE("scores of a programme are the sums of its indicators'", "[ledger][quality]") {
  quality_scene of;
  of.options.as_of = date(2022, 3, 31);
  of.spec.indicators.push_back(increment("second"));
  of.spec.projects[0].targets.push_back(target("1.2", "second", at_least(5)));
  of.months("east", ordinary_year()).months("east", {1, 2, 3}, 2021, "second");
  CHECK(of.scored(quality_measure::completeness, {}, none).count == 15);
  CHECK(of.scored(quality_measure::completeness, {}, none).of == 24);
}

TEST_CASE("entries in other units are compared in the indicator's", "[ledger][quality]") {
  quality_scene of;
  of.spec.indicators = {increment("lifts", "元")};
  of.months("east", {10'000, 10'400, 9'700, 10'100, 9'900, 10'200});
  of.add("lifts", "east", "2021-07", 1).unit = "万元";
  CHECK(of.found(quality_check::magnitude_slip).empty());
  of.add("lifts", "east", "2021-08", 1);
  CHECK(of.found(quality_check::magnitude_slip).size() == 1);
}

TEST_CASE("options outside their range and unknown related indicators are refused", "[ledger][quality]") {
  quality_scene of;
  const auto refused = [&](auto change, std::string_view where) {
    quality_scene wrong = of;
    change(wrong.options);
    try {
      wrong.report_now();
      FAIL("accepted");
    } catch (const invalid_option& e) {
      CHECK(e.findings()[0].where == where);
      CHECK_FALSE(e.findings()[0].expected.empty());
    }
  };
  refused([](quality_options& o) { o.minimum_completeness = 1.1; }, "minimum_completeness");
  refused([](quality_options& o) { o.minimum_timeliness = -0.1; }, "minimum_timeliness");
  refused([](quality_options& o) { o.steady_within = -1; }, "steady_within");
  refused([](quality_options& o) { o.reference_years = 0; }, "reference_years");
  refused([](quality_options& o) { o.equal_in_a_row = 1; }, "equal_in_a_row");
  refused([](quality_options& o) { o.days_to_report = -1; }, "days_to_report");
  refused([](quality_options& o) { o.slips.tolerance = 0.5; }, "slips");
  refused([](quality_options& o) { o.outliers[1].threshold = -1; }, "outliers[1]");
  refused([](quality_options& o) { o.related = {{"lifts", "lift"}}; }, "related[0]");
}
