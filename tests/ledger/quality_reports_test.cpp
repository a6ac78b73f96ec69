#include <attain/ledger/quality.hpp>

#include "ledger/quality_scene.hpp"
#include "support/catch.hpp"

using namespace attain;
using namespace attain::test;

TEST_CASE("completeness is the share of due reports that came, missing with reason included", "[ledger][quality]") {
  quality_scene of;
  of.months("east", ordinary_year()).months("west", ordinary_year());
  of.entries.erase(of.entries.begin() + 2, of.entries.begin() + 5);  // March to May in the east
  of.entries.push_back(without_amount("lifts", "east", "2021-04", reason::withheld, "2021-05-02"));
  of.options.as_of = date(2022, 3, 31);
  CHECK(of.scored(quality_measure::completeness).count == 22);
  CHECK(of.scored(quality_measure::completeness).of == 24);
  CHECK(of.scored(quality_measure::data_completeness).count == 21);
  CHECK(of.scored(quality_measure::completeness).share == 22.0 / 24);
  CHECK(of.scored(quality_measure::completeness).divergent == 1);  // 10 of 12 in the east

  const auto gaps = of.found(quality_check::missing_report);
  REQUIRE(gaps.size() == 2);  // March and May, around what was withheld
  CHECK(gaps[0].first_day == date(2021, 3, 1).days());
  CHECK(gaps[0].last_day == date(2021, 3, 31).days());
}

TEST_CASE("a report says how long after its period a report is due (D2)", "[ledger][quality]") {
  quality_scene of;
  CHECK(of.report_now().days_to_report(0, 0) == 62);
  of.indicator().allowed_lag = 20;
  CHECK(of.report_now().days_to_report(0, 0) == 20);
  of.options.days_to_report = 15;
  CHECK(of.report_now().days_to_report(0, 0) == 15);
  of.indicator().period.reset();
  CHECK(of.report_now().days_to_report(0, 0) == std::nullopt);
}

TEST_CASE("a gap is one finding with what it would add at the median", "[ledger][quality]") {
  quality_scene of;
  of.months("east", ordinary_year());
  of.entries.erase(of.entries.begin() + 2, of.entries.begin() + 5);
  of.options.as_of = date(2022, 3, 31);
  const auto gaps = of.found(quality_check::missing_report);
  REQUIRE(gaps.size() == 1);
  CHECK(gaps[0].n == 3);
  CHECK(gaps[0].expected == 98.0);  // the median of the nine that came
  CHECK(gaps[0].effect == 294.0);
}

TEST_CASE("a place with a quota that never reported misses everything, one without neither quota nor entry nothing",
          "[ledger][quality]") {
  quality_scene of;
  of.promise().quotas = {{.place = "east", .goal = 500}, {.place = "west", .goal = 500}};
  of.months("east", ordinary_year());
  of.options.as_of = date(2022, 3, 31);
  CHECK(of.scored(quality_measure::completeness).of == 24);
  CHECK(of.scored(quality_measure::completeness).count == 12);
  of.promise().quotas.clear();
  CHECK(of.scored(quality_measure::completeness).of == 12);
}

TEST_CASE("where some targets have quotas their places report, not the place above them", "[ledger][quality]") {
  quality_scene of;
  of.spec.projects[0].targets.push_back(target("1.2", "lifts", at_least(9)));
  of.spec.projects[0].targets[1].quotas = {{.place = "east", .goal = 9}};
  of.options.as_of = date(2022, 3, 31);
  CHECK(of.scored(quality_measure::completeness).of == 12);
  const auto gaps = of.found(quality_check::missing_report);
  REQUIRE(gaps.size() == 1);
  CHECK(of.report_now().place_id(gaps[0]) == "east");
}

TEST_CASE("a report is due when its due day has passed, and counts from then on only (D2)", "[ledger][quality]") {
  quality_scene of;
  of.months("east", {100});
  of.options.as_of = date(2021, 4, 3);  // the allowed lag of two months of 31 days after 31 January ends on 3 April
  CHECK(of.scored(quality_measure::completeness).of == 1);
  of.options.as_of = date(2021, 4, 2);
  CHECK(of.scored(quality_measure::completeness).of == 0);
  CHECK(of.scored(quality_measure::completeness).share == reason::too_few_observations);
  CHECK(of.scored(quality_measure::completeness).not_calculable == 1);
  of.options.days_to_report = 15;
  CHECK(of.scored(quality_measure::completeness).of == 2);  // January and, by 15 March, February
}

TEST_CASE("timeliness counts what was first recorded by the due day, corrections do not make it late", "[ledger][quality]") {
  quality_scene of;
  of.options.days_to_report = 15;
  of.options.as_of = date(2021, 4, 30);
  of.add("lifts", "east", "2021-01", 100, 15);
  of.add("lifts", "east", "2021-02", 101, 16);
  of.add("lifts", "east", "2021-03", 102, 10);
  of.add("lifts", "east", "2021-03", 103, 25);
  CHECK(of.scored(quality_measure::timeliness).count == 2);
  CHECK(of.scored(quality_measure::timeliness).of == 3);
  CHECK(of.scored(quality_measure::timeliness).divergent == 1);  // 67 % < 75 %
  const auto late = of.found(quality_check::late_report);
  REQUIRE(late.size() == 1);
  CHECK(late[0].score == 1.0);
  CHECK(late[0].first_day == date(2021, 2, 1).days());
}

TEST_CASE("a late correction says from what to what", "[ledger][quality]") {
  quality_scene of;
  of.options.days_to_report = 15;
  of.add("lifts", "east", "2021-01", 100, 10);
  of.add("lifts", "east", "2021-01", 130, 12);  // in time
  of.add("lifts", "west", "2021-01", 100, 10);
  of.add("lifts", "west", "2021-01", 130, 40);
  const auto late = of.found(quality_check::late_correction);
  REQUIRE(late.size() == 1);
  CHECK(late[0].value == 130.0);
  CHECK(late[0].expected == 100.0);
  CHECK(late[0].score == 25.0);
}

TEST_CASE("a report entered after a later period had been is back-dated", "[ledger][quality]") {
  quality_scene of;
  of.add("lifts", "east", "2021-01", 100, 10);
  of.add("lifts", "east", "2021-02", 100, 90);
  of.add("lifts", "east", "2021-03", 101, 10);
  of.add("lifts", "east", "2021-04", 102, 10);
  const auto back = of.found(quality_check::back_dated);
  REQUIRE(back.size() == 1);
  CHECK(back[0].first_day == date(2021, 2, 1).days());
  CHECK(back[0].n == 2);
}

TEST_CASE("a correction of an old period is not back-dated", "[ledger][quality]") {
  quality_scene of;
  of.months("east", ordinary_year());
  of.add("lifts", "east", "2021-02", 97, 200);
  CHECK(of.found(quality_check::back_dated).empty());
}

TEST_CASE("reports about what has not happened, or not ended, are found", "[ledger][quality]") {
  quality_scene of;
  of.options.as_of = date(2021, 6, 30);
  of.months("east", {100, 101, 102, 103, 104, 105});
  of.add("lifts", "east", "2021-07", 99, -40);
  of.add("lifts", "west", "2021-06", 99, -5);
  CHECK(of.found(quality_check::future_day).size() == 1);
  const auto early = of.found(quality_check::early_report);
  REQUIRE(early.size() == 2);
  CHECK(early[1].score == 5.0);
}

TEST_CASE("amounts after the last due day are outside every window, the eve of the first is not", "[ledger][quality]") {
  quality_scene of;
  of.options.as_of = date(2022, 6, 30);
  of.months("east", ordinary_year());
  of.add("lifts", "east", "2020-12", 99);
  of.add("lifts", "east", "2022-01", 99);
  const auto outside = of.found(quality_check::outside_window);
  REQUIRE(outside.size() == 1);
  CHECK(outside[0].first_day == date(2022, 1, 1).days());
}

TEST_CASE("a day before the window is outside it only if nothing of it is read (R6, R6b, B1, S11a)", "[ledger][quality]") {
  quality_scene of;
  of.spec.indicators[0] = level("lifts");
  of.indicator().period = frequency::month;
  of.add("lifts", "east", "2020-12-15", 40);  // the baseline
  of.add("lifts", "east", "2020-10-30", 41);  // 62 days before the eve: it would still be one
  of.add("lifts", "east", "2020-10-29", 42);
  of.add("lifts", "east", "2021-03-31", 60);
  const auto outside = of.found(quality_check::outside_window);
  REQUIRE(outside.size() == 1);
  CHECK(outside[0].first_day == date(2020, 10, 29).days());
  of.indicator().maximum_age = 63;
  CHECK(of.found(quality_check::outside_window).empty());
  of.indicator().maximum_age = 0;
  CHECK(of.found(quality_check::outside_window).size() == 3);
  of.spec.method = "open_sdg";  // growth is measured on every dated reading
  CHECK(of.found(quality_check::outside_window).empty());

  quality_scene built;
  built.spec.indicators[0] = steps("lifts", {{.id = "plan"}, {.id = "build"}});
  built.promise().aim = at_least(1);
  built.add("lifts", "east", "2020-11-15", 1).step = "plan";
  CHECK(built.found(quality_check::outside_window).empty());
}

TEST_CASE("what another programme of the portfolio reads is outside no window", "[ledger][quality]") {
  quality_scene of;
  of.options.as_of = date(2022, 12, 31);
  of.months("east", ordinary_year());
  of.months("east", ordinary_year(), 2022);
  of.add("lifts", "east", "2019-05", 99);
  programme_spec next = of.spec;
  next.id = "next";
  next.window = parse_period("2022");
  const auto outside = [&](const portfolio& plan) {
    const quality_report made = quality(plan, ledger(of.entries), of.options);
    return std::count_if(made.findings().begin(), made.findings().end(),
                         [](const quality_finding& f) { return f.check == quality_check::outside_window; });
  };
  CHECK(outside(programme(of.spec)) == 13);
  CHECK(outside(programme(next)) == 12);  // the last month of 2021 ends on its eve
  CHECK(outside(portfolio({programme(of.spec), programme(next)})) == 2);  // May 2019, as either programme sees it
}

TEST_CASE("what was recorded later is not known yet (R2)", "[ledger][quality]") {
  quality_scene of;
  of.months("east", ordinary_year());
  of.add("lifts", "east", "2021-01", 1010, 300);
  of.options.known_at = date(2021, 11, 1);
  CHECK(of.found(quality_check::magnitude_slip).empty());
  of.options.known_at = date(2021, 12, 31);
  CHECK(of.found(quality_check::magnitude_slip).size() == 1);
}

TEST_CASE("a withdrawn report is not received (R1)", "[ledger][quality]") {
  quality_scene of;
  of.options.as_of = date(2022, 3, 31);
  of.months("east", ordinary_year());
  of.entries.push_back(withdrawal("lifts", "east", "2021-05", "2021-12-01"));
  CHECK(of.scored(quality_measure::completeness).count == 11);
  of.options.known_at = date(2021, 11, 30);
  CHECK(of.scored(quality_measure::completeness).of == 8);  // September is due two months of 31 days later, on 1 December
  CHECK(of.scored(quality_measure::completeness).count == 8);
}

TEST_CASE("equal days of recording with different amounts contradict each other (R1a)", "[ledger][quality]") {
  quality_scene of;
  of.months("east", ordinary_year());
  of.add("lifts", "east", "2021-03", 77);
  const auto doubtful = of.found(quality_check::contradiction);
  REQUIRE(doubtful.size() == 1);
  CHECK(doubtful[0].severity == severity::warning);
  CHECK(of.scored(quality_measure::internal_consistency).divergent == 1);
}
