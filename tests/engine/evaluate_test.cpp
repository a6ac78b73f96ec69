#include <attain/engine/evaluate.hpp>
#include <attain/engine/tracker.hpp>

#include "engine/bits.hpp"
#include "engine/lively.hpp"
#include "engine/scene.hpp"
#include "support/catch.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace attain;
using namespace attain::test;

// -- S: statuses of a target ------------------------------------------------------------------------

TEST_CASE("a withdrawn target and a place without a goal have no answer (S1)", "[engine][evaluate]") {
  scene of = one(increment("x", "元"), target("1.1", "x", at_least(100)), {report("x", "city", until_september, 100)});
  CHECK(status_of(of.at("2021-09-30").target("1.1")) == "met");
  of.spec.projects[0].targets[0].withdrawn = true;
  of.spec.projects[0].targets[0].withdrawn_on = date(2021, 8, 1);
  CHECK(of.at("2021-09-30").target("1.1").status() == reason::withdrawn);
  CHECK(of.at("2021-09-30").target("1.1").expected() == reason::withdrawn);
  of.said.push_back(without_amount("x", "city", "2021-09", reason::not_applicable));
  of.said.erase(of.said.begin());
  CHECK(of.at("2021-09-30").target("1.1").status() == reason::not_applicable);  // in this order (S1a)
  CHECK(of.at("2021-09-30").target("1.1").expected() == reason::not_applicable);
  CHECK(status_of(of.at("2021-09-30", "2021-07-31").target("1.1")) == "no_observation");  // not yet withdrawn, and not yet reported
}

TEST_CASE("a withdrawn target keeps what it asked for, of a band both edges (S1)", "[engine][evaluate]") {
  scene of = one(level("x"), target("1.1", "x", between(5, 10)));
  of.spec.projects[0].targets[0].withdrawn = true;
  const target_result now = of.at("2021-09-30").target("1.1");
  CHECK(now.goal() == 5.0);
  CHECK(now.upper_goal() == 10.0);
}

TEST_CASE("before its start a target is not due, whatever was reported (S2)", "[engine][evaluate]") {
  scene of = one(increment("x", "元"), target("1.1", "x", at_least(100)));
  const target_result now = of.at("2020-12-31").target("1.1");
  CHECK(status_of(now) == "not_due");
  CHECK(now.attainment() == reason::not_started);
  CHECK(now.pace() == reason::not_started);
}

TEST_CASE("what piles up is met as soon as it is reached, for good (S3)", "[engine][evaluate]") {
  scene of = one(increment("x", "元"), target("1.1", "x", at_least(100)), {report("x", "city", "2021-03", 100)});
  const target_result now = of.at("2021-12-31").target("1.1");
  CHECK(status_of(now) == "met");
  CHECK_FALSE(now.is_reversible());
  CHECK(now.attainment() == reason::incomplete);  // one month of twelve is known: a bound, and it is enough (R8)
}

TEST_CASE("a cap that is exceeded is missed before its day, and a cap within is never met before (S4, A3)", "[engine][evaluate]") {
  scene of = one(increment("x", "元"), target("1.1", "x", at_most(100)), {report("x", "city", until_september, 60)});
  CHECK(status_of(of.at("2021-09-30").target("1.1")) == "on_track");
  CHECK(of.at("2021-09-30").target("1.1").attainment() == 1.0);
  CHECK(is_near(of.at("2021-09-30").target("1.1").gap(), 0.15));  // F − x/g
  of.said.push_back(report("x", "city", "2021-10", 41));
  CHECK(status_of(of.at("2021-10-31").target("1.1")) == "missed");
  CHECK(is_near(of.at("2021-10-31").target("1.1").attainment(), 100.0 / 101));
}

TEST_CASE("at due a target is met or missed, and without data that cover the day it has no answer (S5)", "[engine][evaluate]") {
  scene of = one(increment("x", "元"), target("1.1", "x", at_least(100)), {report("x", "city", until_september, 60)});
  CHECK(status_of(of.at("2021-12-31").target("1.1")) == "incomplete");
  of.said.push_back(report("x", "city", "2021Q4", 39));
  CHECK(status_of(of.at("2021-12-31").target("1.1")) == "missed");
  of.said.back().low = of.said.back().high = 40;
  CHECK(status_of(of.at("2021-12-31").target("1.1")) == "met");
  of.said.clear();
  CHECK(status_of(of.at("2021-12-31").target("1.1")) == "no_observation");
  CHECK(status_of(of.at("2022-06-30").target("1.1")) == "no_observation");
}

TEST_CASE("a level that is stale on due does not cover due (S5)", "[engine][evaluate]") {
  scene of = one(level("x"), with_baseline(target("1.1", "x", at_least(100)), 50), {report("x", "city", "2021-12-15", 100)});
  CHECK(status_of(of.at("2022-01-10").target("1.1")) == "met");
  of.said[0] = report("x", "city", "2021-10-15", 100);
  CHECK(status_of(of.at("2021-12-16").target("1.1")) == "met");
  CHECK(status_of(of.at("2021-12-17").target("1.1")) == "stale");  // 63 days are more than two months (D2)
  CHECK(status_of(of.at("2021-12-31").target("1.1")) == "stale");
}

TEST_CASE("at due a late level that is fresh enough lacks only what its goal lacks (S5b)", "[engine][evaluate]") {
  indicator_spec prices = level("x", "元");
  prices.allowed_lag = 10;
  scene of = one(prices, target("1.1", "x", change(5)), {report("x", "city", "2021-12-15", 100)});
  CHECK(of.at("2021-12-30").target("1.1").status() == reason::stale);
  CHECK(of.at("2021-12-31").target("1.1").status() == reason::baseline_missing);
}

TEST_CASE("while nothing is expected, nothing done is not due (S6, N1)", "[engine][evaluate]") {
  target_spec standard = with_baseline(target("1.1", "x", at_least(610)), 550);
  standard.standard = true;
  scene of = one(level("x"), standard);
  CHECK(status_of(of.at("2021-06-30").target("1.1")) == "not_due");
  CHECK(of.at("2021-06-30").target("1.1").attainment() == reason::not_due);  // N1
  CHECK(of.at("2021-06-30").target("1.1").reading() == reason::no_observation);
  of.said = {report("x", "city", "2021-06", 550)};
  CHECK(status_of(of.at("2021-06-30").target("1.1")) == "not_due");
  of.said = {report("x", "city", "2021-06", 580)};
  CHECK(status_of(of.at("2021-06-30").target("1.1")) == "on_track");
}

TEST_CASE("a level that is reached is met, until the next reading says otherwise (S8)", "[engine][evaluate]") {
  scene of = one(level("x"), with_baseline(target("1.1", "x", at_least(100)), 50),
                 {report("x", "city", "2021-05", 101), report("x", "city", "2021-06", 90)});
  CHECK(status_of(of.at("2021-05-31").target("1.1")) == "met");
  CHECK(of.at("2021-05-31").target("1.1").is_reversible());
  CHECK(status_of(of.at("2021-06-30").target("1.1")) == "on_track");
}

TEST_CASE("a hold is on track, at risk within five percent, else behind (S9)", "[engine][evaluate]") {
  const auto held_at = [](double x) {
    return status_of(one(level("x", "%"), throughout(target("1.1", "x", at_least(0.8))), {report("x", "city", "2021-09", x)}).at("2021-09-30").target("1.1"));
  };
  CHECK(held_at(0.8) == "on_track");
  CHECK(held_at(0.77) == "at_risk");
  CHECK(held_at(0.76) == "at_risk");
  CHECK(held_at(0.75) == "behind");
}

TEST_CASE("an answer needs an attainment (S10, A5)", "[engine][evaluate]") {
  const scene of = one(level("x"), target("1.1", "x", at_least(100)), {report("x", "city", "2021-09", 80)});
  const target_result now = of.at("2021-09-30").target("1.1");
  CHECK(now.status() == reason::baseline_missing);
  CHECK(now.attainment() == reason::baseline_missing);
  CHECK(now.baseline() == reason::baseline_missing);
  CHECK(is_near(now.of_goal(), 0.8));
  CHECK(of.at("2021-09-30").project("1").attainment() == reason::incomplete);
}

TEST_CASE("a level without a baseline scores its share of the goal once it is due (A5)", "[engine][evaluate]") {
  const scene of = one(level("x"), target("1.1", "x", at_least(100)), {report("x", "city", "2021-12", 80)});
  CHECK(status_of(of.at("2021-12-31").target("1.1")) == "missed");
  CHECK(is_near(of.at("2021-12-31").project("1").attainment(), 0.8));
}

TEST_CASE("the gap decides: −0.05 is on track, −0.15 at risk, less is behind (S11)", "[engine][evaluate]") {
  const auto with = [](double x) {
    return status_of(one(increment("x", "元"), target("1.1", "x", at_least(100)), {report("x", "city", until_september, x)}).at("2021-09-30").target("1.1"));
  };
  CHECK(with(99) == "on_track");
  CHECK(with(70) == "on_track");
  CHECK(with(69.9) == "at_risk");
  CHECK(with(60) == "at_risk");
  CHECK(with(59.9) == "behind");
}

// -- R8: gaps; D3 -----------------------------------------------------------------------------------

TEST_CASE("a sum with gaps is a bound; under the minimum coverage it has no attainment (R8, D3)", "[engine][evaluate]") {
  // East and west reported until 30 June of 30 September: 181 of 273 days.
  scene of = lifts_of({report("lifts", "east", "2021H1", 40), report("lifts", "west", "2021H1", 20)});
  CHECK(of.at("2021-09-30").target("1.1").reading() == 60.0);
  CHECK(is_near(of.at("2021-09-30").target("1.1").coverage(), 181.0 / 273));
  CHECK(is_near(of.at("2021-09-30").target("1.1").attainment(), 60.0 / 139));
  CHECK(of.at("2021-10-31").target("1.1").attainment() == reason::incomplete);  // 181 of 304 days are less than 0.6
  of.spec.defaults.minimum_coverage_of_reading = 0.5;
  CHECK(is_near(of.at("2021-10-31").target("1.1").attainment(), 60.0 / 139));
}

TEST_CASE("places are covered in the share of their quotas (R8a)", "[engine][evaluate]") {
  const scene of = lifts_of({report("lifts", "east", until_september, 60)});
  CHECK(is_near(of.at("2021-09-30").target("1.1").coverage(), 80.0 / 139));
  CHECK(of.at("2021-09-30").target("1.1").attainment() == reason::incomplete);
  CHECK(is_near(of.at("2021-09-30").target("1.1", "east").attainment(), 0.75));
  CHECK(of.at("2021-09-30").target("1.1", "west").status() == reason::no_observation);
}

TEST_CASE("without quotas places are covered by their declared weights (R8a)", "[engine][evaluate]") {
  scene of = one(increment("x", "元"), target("1.1", "x", at_least(100)), {report("x", "east", until_september, 60)});
  of.spec.places[1].weight = 3;
  CHECK(is_near(of.at("2021-09-30").target("1.1").coverage(), 0.75));
}

TEST_CASE("a bound proves a floor reached, although too little is known for a share (R8, A1a)", "[engine][evaluate]") {
  const scene of = lifts_of({report("lifts", "east", "2021-03", 150)});
  const evaluation now = of.at("2021-09-30");
  CHECK(status_of(now.target("1.1")) == "met");
  CHECK(now.target("1.1").attainment() == reason::incomplete);
  CHECK(is_near(now.project("1").attainment(), 1));
}

// -- R9: places -------------------------------------------------------------------------------------

TEST_CASE("a place's own report beats the sum of its children, and falls back to them without an amount (R9)", "[engine][evaluate]") {
  scene of = lifts_of({report("lifts", "east", until_september, 60), report("lifts", "west", until_september, 40),
                       report("lifts", "city", until_september, 95)});
  CHECK(of.at("2021-09-30").target("1.1").reading() == 95.0);
  of.said[2] = without_amount("lifts", "city", until_september, reason::withheld);
  CHECK(of.at("2021-09-30").target("1.1").reading() == 100.0);
  of.said[2] = report("lifts", "city", until_september, 95, "2021-10-01");
  of.said.push_back(report("lifts", "city", until_september, 96, "2021-10-01"));
  CHECK(of.at("2021-09-30").target("1.1").reading() == reason::ambiguous);
}

TEST_CASE("a child without an amount passes its reason on where none has one (R9a)", "[engine][evaluate]") {
  scene of = lifts_of({without_amount("lifts", "east", until_september, reason::withheld)});
  CHECK(of.at("2021-09-30").target("1.1").reading() == reason::withheld);
  of.said.push_back(report("lifts", "west", until_september, 40));
  CHECK(of.at("2021-09-30").target("1.1").reading() == 40.0);
}

TEST_CASE("a goal is the place's own, else its quota, else the sum of the quotas below (R9)", "[engine][evaluate]") {
  scene of = lifts_of({report("lifts", "south", until_september, 15)});
  of.spec.places.push_back({.id = "south", .within = "east"});
  of.spec.places.push_back({.id = "north", .within = "east"});
  target_spec& promise = of.spec.projects[0].targets[0];
  promise.aim = at_least(140);
  promise.quotas = {{.place = "south", .goal = 20}, {.place = "north", .goal = 61}, {.place = "west", .goal = 59}};
  const evaluation now = of.at("2021-09-30");
  CHECK(now.target("1.1").goal() == 140.0);
  CHECK(now.target("1.1", "east").goal() == 81.0);
  CHECK(now.target("1.1", "south").goal() == 20.0);
  CHECK(now.target("1.1", "east").reading() == 15.0);
  CHECK(is_near(now.target("1.1", "east").coverage(), 20.0 / 81));
}

TEST_CASE("what a place without a quota reports counts in the sum (R9)", "[engine][evaluate]") {
  scene of = lifts_of({report("lifts", "east", until_september, 60), report("lifts", "west", until_september, 40),
                       report("lifts", "north", until_september, 5)});
  of.spec.places.push_back({.id = "north", .within = "city"});
  CHECK(of.at("2021-09-30").target("1.1").reading() == 105.0);
  CHECK(is_near(of.at("2021-09-30").target("1.1").coverage(), 1));
  CHECK_THROWS_AS(of.at("2021-09-30").target("1.1", "north"), unknown_id);
}

TEST_CASE("levels combine across places by weighted mean, least, greatest, or not at all (R9)", "[engine][evaluate]") {
  scene of{programme_of({level("residents"), level("price", "元", combination::weighted_mean)}, {target("1.1", "price", at_least(50))}),
           {report("price", "east", "2021-09", 30), report("price", "west", "2021-09", 60), report("residents", "east", "2021-09", 100),
            report("residents", "west", "2021-09", 300)}};
  of.spec.indicators[1].weighted_by = "residents";
  CHECK(of.at("2021-09-30").target("1.1").reading() == 52.5);
  of.spec.indicators[1].weighted_by.clear();
  const auto combined = [&](combination how) {
    of.spec.indicators[1].across_places = how;
    return of.at("2021-09-30").target("1.1").reading();
  };
  CHECK(combined(combination::least) == 30.0);
  CHECK(combined(combination::greatest) == 60.0);
  CHECK(combined(combination::sum) == 90.0);
  CHECK_FALSE(combined(combination::none).has_value());
}

TEST_CASE("a ratio adds up both sides over the places and divides last (R7)", "[engine][evaluate]") {
  const scene of{programme_of({increment("placed", "人次"), increment("trained", "人次"), ratio("share", "placed", "trained")},
                              {target("1.1", "share", at_least(0.6))}),
                 {report("placed", "east", until_september, 90), report("trained", "east", until_september, 100),
                  report("placed", "west", until_september, 30), report("trained", "west", until_september, 300)}};
  CHECK(of.at("2021-09-30").target("1.1").reading() == 0.3);
  CHECK(of.at("2021-09-30").target("1.1").is_hold());  // of two accumulators, by default (A2)
}

// -- R11: forms of an amount ------------------------------------------------------------------------

TEST_CASE("a share of the goal takes the goal of the place that reports (R11b)", "[engine][evaluate]") {
  scene of = lifts_of({report("lifts", "east", until_september, 0.5), report("lifts", "west", until_september, 1)});
  for (observation& o : of.said) o.form = amount_form::share_of_goal;
  const evaluation now = of.at("2021-09-30");
  CHECK(now.target("1.1", "east").reading() == 40.0);
  CHECK(now.target("1.1", "west").reading() == 59.0);
  CHECK(now.target("1.1").reading() == 99.0);
  CHECK(status_of(now.target("1.1", "west")) == "met");
}

TEST_CASE("the unfavourable end of an interval gives reached and attainment, the favourable one proves a cap broken (R11)", "[engine][evaluate]") {
  scene floor = one(increment("x", "元"), target("1.1", "x", at_least(98)), {interval("x", "city", until_september, 97, 99)});
  CHECK(is_near(floor.at("2021-09-30").target("1.1").attainment(), 97.0 / 98));
  CHECK_FALSE(floor.at("2021-09-30").target("1.1").is_reached());

  scene cap = one(increment("x", "元"), target("1.1", "x", at_most(98)), {interval("x", "city", until_september, 97, 99)});
  CHECK(status_of(cap.at("2021-09-30").target("1.1")) != "missed");
  cap.said[0].low = 98.5;
  CHECK(status_of(cap.at("2021-09-30").target("1.1")) == "missed");
}

TEST_CASE("180余 is enough for a floor of 180 and says nothing about a cap (R11)", "[engine][evaluate]") {
  scene of = one(increment("x", "元"), target("1.1", "x", at_least(180)), {report("x", "city", until_september, 180)});
  of.said[0].high_open = true;
  CHECK(status_of(of.at("2021-09-30").target("1.1")) == "met");
  of.spec.projects[0].targets[0].aim = at_most(200);
  CHECK(of.at("2021-09-30").target("1.1").status() == reason::not_comparable);
}

// -- A2, A7: periods --------------------------------------------------------------------------------

TEST_CASE("of twelve months eight are kept and one is unreported: 8 of 11, and 8 of 11 expected (A7)", "[engine][evaluate]") {
  scene of = one(increment("x", "次"), every_month(target("1.1", "x", at_least(1))));
  for (const char* month : {"2021-01", "2021-02", "2021-03", "2021-04", "2021-06", "2021-07", "2021-08", "2021-09"}) {
    of.said.push_back(report("x", "city", month, month == std::string("2021-06") ? 2 : 1));
  }
  const target_result now = of.at("2021-09-30").target("1.1");
  CHECK(now.reading() == 8.0);
  CHECK(now.goal() == 12.0);
  CHECK(is_near(now.attainment(), 8.0 / 11));
  CHECK(is_near(now.expected(), 8.0 / 11));
  CHECK(is_near(now.gap(), 0));
  CHECK(is_near(now.coverage(), 8.0 / 9));
  CHECK(status_of(now) == "on_track");
  CHECK(now.days_ahead() == reason::not_applicable);
}

TEST_CASE("extra in one month offsets no other, and one failed month more than allowed misses the target (A7, S4)", "[engine][evaluate]") {
  scene of = one(increment("x", "次"), every_month(target("1.1", "x", at_least(1))),
                 {report("x", "city", "2021-01", 5), report("x", "city", "2021-02", 0)});
  CHECK(status_of(of.at("2021-02-28").target("1.1")) == "missed");
  of.spec.projects[0].targets[0].allowed_failed_periods = 1;
  CHECK(status_of(of.at("2021-02-28").target("1.1")) == "at_risk");  // 1/12 of 2/12
  of.said.push_back(report("x", "city", "2021-03", 0));
  CHECK(status_of(of.at("2021-03-30").target("1.1")) == "at_risk");  // March closes on its last day
  CHECK(status_of(of.at("2021-03-31").target("1.1")) == "missed");
}

TEST_CASE("a recurring target is met when all months are known and kept (A7)", "[engine][evaluate]") {
  scene of = one(increment("x", "次"), every_month(target("1.1", "x", at_least(1))));
  for (int month = 1; month <= 11; ++month) {
    of.said.push_back(report("x", "city", (month < 10 ? "2021-0" : "2021-") + std::to_string(month), 1));
  }
  CHECK(status_of(of.at("2021-12-31").target("1.1")) == "incomplete");
  of.said.push_back(report("x", "city", "2021-12", 1));
  CHECK(status_of(of.at("2021-12-30").target("1.1")) == "on_track");
  CHECK(status_of(of.at("2021-12-31").target("1.1")) == "met");
}

TEST_CASE("before a month has closed a recurring target is not due (S6b)", "[engine][evaluate]") {
  const scene of = one(increment("x", "次"), every_month(target("1.1", "x", at_least(1))));
  CHECK(status_of(of.at("2021-01-30").target("1.1")) == "not_due");
  CHECK(status_of(of.at("2021-01-31").target("1.1")) == "no_observation");
  scene reported = of;
  reported.said = {report("x", "city", "2021-01-01/2021-01-10", 3)};
  CHECK(reported.at("2021-01-30").target("1.1").attainment() == reason::not_due);  // N1
}

TEST_CASE("a hold in each period has the least share of its closed known periods (A2)", "[engine][evaluate]") {
  scene of = one(level("x", "%"), throughout(target("1.1", "x", at_least(0.9)), hold_judging::each_period),
                 {report("x", "city", "2021-01", 0.95), report("x", "city", "2021-02", 0.88), report("x", "city", "2021-03", 0.99)});
  of.spec.projects[0].targets[0].allowed_failed_periods = 1;
  const target_result now = of.at("2021-03-31").target("1.1");
  CHECK(now.reading() == 0.88);
  CHECK(is_near(now.attainment(), 0.88 / 0.9));
  CHECK(status_of(now) == "on_track");  // one weak month is allowed
  CHECK(now.expected() == reason::not_applicable);
  of.spec.projects[0].targets[0].allowed_failed_periods = 0;
  CHECK(status_of(of.at("2021-03-31").target("1.1")) == "missed");
}

TEST_CASE("a period that has failed for certain, although an end is open, takes its known end (A2b)", "[engine][evaluate]") {
  scene of = one(level("x", "元"), throughout(target("1.1", "x", at_most(2)), hold_judging::each_period),
                 {report("x", "city", "2021-01", 2), interval("x", "city", "2021-02", 3, 3)});
  of.said[1].high_open = true;
  CHECK(of.at("2021-02-28").target("1.1").reading() == 3.0);
  CHECK(is_near(of.at("2021-02-28").target("1.1").attainment(), 2.0 / 3));
}

TEST_CASE("a change from the previous month is judged month by month (A10)", "[engine][evaluate]") {
  aim rising = rises();
  rising.from_previous_period = true;
  scene of = one(increment("x", "元"), every_month(target("1.1", "x", rising)),
                 {report("x", "city", "2020-12", 4), report("x", "city", "2021-01", 5), report("x", "city", "2021-02", 5),
                  report("x", "city", "2021-03", 6)});
  of.spec.projects[0].targets[0].allowed_failed_periods = 2;
  CHECK(of.at("2021-01-31").target("1.1").reading() == 1.0);
  CHECK(of.at("2021-02-28").target("1.1").reading() == 1.0);
  CHECK(of.at("2021-03-31").target("1.1").reading() == 2.0);
}

TEST_CASE("before the first day of the calendar there is no previous month (A10)", "[engine][evaluate]") {
  aim rising = rises();
  rising.from_previous_period = true;
  scene of = one(increment("x", "元"), every_month(target("1.1", "x", rising)),
                 {report("x", "city", "0001-01", 5), report("x", "city", "0001-02", 6)});
  of.spec.projects[0].targets[0].window = parse_period("0001");
  of.spec.projects[0].targets[0].allowed_failed_periods = 1;
  CHECK(status_of(of.at("0001-01-31").target("1.1")) == "no_observation");
  CHECK(of.at("0001-02-28").target("1.1").reading() == 1.0);
}

// -- B1: baselines ----------------------------------------------------------------------------------

TEST_CASE("a level's baseline is found on the eve of its window, if fresh enough (B1)", "[engine][evaluate]") {
  scene of = one(level("x"), target("1.1", "x", at_least(100)), {report("x", "city", "2020-12", 60), report("x", "city", "2021-09", 90)});
  CHECK(of.at("2021-09-30").target("1.1").baseline() == 60.0);
  CHECK(is_near(of.at("2021-09-30").target("1.1").attainment(), 0.75));
  of.said[0] = report("x", "city", "2020-10-30", 60);  // 62 days before the eve
  CHECK(of.at("2021-09-30").target("1.1").baseline() == 60.0);
  of.said[0] = report("x", "city", "2020-10-29", 60);
  CHECK(of.at("2021-09-30").target("1.1").baseline() == reason::baseline_missing);
}

TEST_CASE("a declared baseline beats one that is found (B1)", "[engine][evaluate]") {
  const scene of = one(level("x"), with_baseline(target("1.1", "x", at_least(100)), 50),
                       {report("x", "city", "2020-12", 60), report("x", "city", "2021-09", 90)});
  CHECK(of.at("2021-09-30").target("1.1").baseline() == 50.0);
  CHECK(is_near(of.at("2021-09-30").target("1.1").attainment(), 0.8));
}

TEST_CASE("a baseline across places is found like a reading (B1, R9)", "[engine][evaluate]") {
  scene of{programme_of({level("x")}, {target("1.1", "x", at_least(200))}),
           {report("x", "east", "2020-12", 60), report("x", "west", "2020-12", 40), report("x", "east", "2021-09", 90),
            report("x", "west", "2021-09", 60)}};
  CHECK(of.at("2021-09-30").target("1.1").baseline() == 100.0);
  CHECK(is_near(of.at("2021-09-30").target("1.1").attainment(), 0.5));
}

TEST_CASE("a ratio of levels takes its baseline from the eve, a ratio of sums has none (B1)", "[engine][evaluate]") {
  scene of{programme_of({level("beds"), level("people"), ratio("share", "beds", "people")}, {target("1.1", "share", at_least(0.8))}),
           {report("beds", "city", "2020-12", 50), report("people", "city", "2020-12", 100), report("beds", "city", "2021-09", 60),
            report("people", "city", "2021-09", 100)}};
  CHECK(is_near(of.at("2021-09-30").target("1.1").baseline(), 0.5));
  CHECK(is_near(of.at("2021-09-30").target("1.1").attainment(), 1.0 / 3));
  for (std::size_t i : {0u, 1u}) of.spec.indicators[i] = increment(of.spec.indicators[i].id, "人");
  CHECK(of.at("2021-09-30").target("1.1").baseline() == reason::baseline_missing);
}

TEST_CASE("a running total since ever subtracts its eve: 192 → 264 is 72 new (R5)", "[engine][evaluate]") {
  scene of = one(running_total("x", "个"), target("1.1", "x", at_least(72)), {report("x", "city", "2020-12-31", 192), report("x", "city", "2021-12-31", 264)});
  of.spec.indicators[0].counted_from = origin::ever;
  CHECK(of.at("2021-12-31").target("1.1").reading() == 72.0);
  CHECK(of.at("2021-12-31").target("1.1").baseline() == 0.0);
  CHECK(status_of(of.at("2021-12-31").target("1.1")) == "met");
  of.said.erase(of.said.begin());
  CHECK(of.at("2021-12-31").target("1.1").reading() == reason::baseline_missing);
}

// -- P: pace ----------------------------------------------------------------------------------------

TEST_CASE("a late report is judged on what was expected on its data day, within the allowed lag (P1, S7)", "[engine][evaluate]") {
  const scene of = one(increment("x", "元"), target("1.1", "x", at_least(100)), {report("x", "city", "2021-01-01/2021-09-30", 75)});
  CHECK(is_near(of.at("2021-11-30").target("1.1").expected(), 0.75));
  CHECK(is_near(of.at("2021-11-30").target("1.1").gap(), 0));
  CHECK(is_near(of.at("2021-12-01").target("1.1").gap(), 0));  // 62 days: two reporting periods
  CHECK(of.at("2021-12-02").target("1.1").gap() == reason::stale);
  CHECK(of.at("2021-12-02").target("1.1").status() == reason::stale);
  CHECK(of.at("2021-12-02").target("1.1").attainment().has_value());
}

TEST_CASE("the pace is attainment over expected, from five percent on (P2)", "[engine][evaluate]") {
  scene of = one(increment("x", "元"), target("1.1", "x", at_least(100)), {report("x", "city", "2021-01-01/2021-01-15", 10)});
  CHECK(of.at("2021-01-15").target("1.1").pace() == reason::too_early);  // 15/31 of a twelfth
  CHECK(is_near(of.at("2021-01-20").target("1.1").gap(), 0.1 - 15.0 / 31 / 12));
  of.said[0] = report("x", "city", until_september, 60);
  CHECK(is_near(of.at("2021-09-30").target("1.1").pace(), 0.8));
}

TEST_CASE("days ahead are counted from the day on which so much is expected (P3)", "[engine][evaluate]") {
  scene of = one(increment("x", "元"), target("1.1", "x", at_least(120)), {report("x", "city", until_september, 100)});
  CHECK(is_near(of.at("2021-09-30").target("1.1").days_ahead(), 31));  // ten twelfths are expected on 31 October
  of.said[0].low = of.said[0].high = 80;
  CHECK(is_near(of.at("2021-09-30").target("1.1").days_ahead(), -30));  // eight twelfths on 31 August
  of.said[0].low = of.said[0].high = 90;
  CHECK(is_near(of.at("2021-09-30").target("1.1").days_ahead(), 0));
}

TEST_CASE("what is reached was due later by the days between due and the first day of the reached run (P3)", "[engine][evaluate]") {
  scene of = one(increment("x", "元"), target("1.1", "x", at_least(100)),
                 {report("x", "city", "2021-01-01/2021-06-30", 60), report("x", "city", "2021Q3", 40), report("x", "city", "2021Q4", 5)});
  CHECK(is_near(of.at("2021-12-31").target("1.1").days_ahead(), 92));
  CHECK(is_near(of.at("2022-06-30").target("1.1").days_ahead(), 92));
}

TEST_CASE("after due as-of keeps counting for what is not reached (P3)", "[engine][evaluate]") {
  scene of = one(increment("x", "元"), target("1.1", "x", at_least(120)), {report("x", "city", "2021", 110)});
  CHECK(is_near(of.at("2021-12-31").target("1.1").days_ahead(), -31));  // eleven twelfths on 30 November
  CHECK(is_near(of.at("2022-01-10").target("1.1").days_ahead(), -41));
}

// -- T: history -------------------------------------------------------------------------------------

TEST_CASE("a goal is the one that was known, and before the first row that row (T1, T1a)", "[engine][evaluate]") {
  scene of = one(increment("x", "元"), target("1.1", "x", at_least(30)), {report("x", "city", "2021H1", 12)});
  target_spec& moved = of.spec.projects[0].targets[0];
  moved.recorded = date(2021, 7, 15);
  moved.history = {{.recorded = date(2021, 1, 10), .aim = at_least(24)}, {.recorded = date(2021, 5, 1), .weight = 0}};
  CHECK(of.at("2021-07-31").target("1.1").goal() == 30.0);
  CHECK(of.at("2021-07-31", "2021-07-15").target("1.1").goal() == 30.0);
  CHECK(of.at("2021-07-31", "2021-07-14").target("1.1").goal() == 30.0);  // the row of May leaves the aim as it is at present
  CHECK(of.at("2021-06-30", "2021-07-14").project("1").leaves().all == 0);
  CHECK(of.at("2021-06-30", "2021-04-30").target("1.1").goal() == 24.0);
  CHECK(of.at("2021-06-30", "2021-01-05").target("1.1").goal() == 24.0);
}

TEST_CASE("known at an earlier day, a correction had not been made (R1, R2)", "[engine][evaluate]") {
  const scene of = lifts_of({report("lifts", "west", "2021-05", 9, "2021-06-05"), report("lifts", "west", "2021-05", 3, "2021-07-12"),
                             withdrawal("lifts", "west", "2021-05", "2021-09-01")});
  CHECK(of.at("2021-06-30").target("1.1", "west").reading() == reason::no_observation);
  CHECK(of.at("2021-06-30", "2021-08-31").target("1.1", "west").reading() == 3.0);
  CHECK(of.at("2021-06-30", "2021-07-11").target("1.1", "west").reading() == 9.0);
  CHECK(of.at("2021-06-30", "2021-06-04").target("1.1", "west").reading() == reason::no_observation);
}

TEST_CASE("appending later changes no evaluation (T2)", "[engine][evaluate]") {
  const programme plan(lifts());
  ledger book(std::vector{report("lifts", "east", "2021-03", 10)});
  const evaluation then = evaluate(plan, book, {.as_of = date(2021, 9, 30)});
  const cell_columns before = then.data().cells;
  book.append(report("lifts", "east", "2021-04", 20));
  const evaluation now = evaluate(plan, book, {.as_of = date(2021, 9, 30)});
  CHECK(difference(then.data().cells, before) == "");
  CHECK(then.target("1.1").reading() == 10.0);
  CHECK(then.target("1.1").explain().text().find("2021-04") == std::string::npos);
  CHECK(now.target("1.1").reading() == 30.0);
}

TEST_CASE("a result that is published late counts for its period (R2)", "[engine][evaluate]") {
  const scene of = one(increment("x", "元"), target("1.1", "x", at_least(100)), {report("x", "city", "2021", 100, "2022-01-20")});
  CHECK(status_of(of.at("2021-12-31").target("1.1")) == "met");
  CHECK(status_of(of.at("2021-12-31", "2021-12-31").target("1.1")) == "no_observation");
}

// -- The call ---------------------------------------------------------------------------------------

TEST_CASE("history gives what single evaluations give, in any order of days", "[engine][evaluate]") {
  const programme plan(lifts());
  const ledger book(std::vector{report("lifts", "east", "2021-03", 10), report("lifts", "west", "2021H1", 20)});
  const std::vector<date> days{date(2021, 9, 30), date(2021, 3, 31), date(2022, 1, 1), date(2021, 9, 30)};
  const auto all = history(plan, book, days, {.as_of = date(1999, 1, 1)});
  REQUIRE(all.size() == 4);
  for (std::size_t i = 0; i < days.size(); ++i) {
    CHECK(all[i].as_of() == days[i]);
    CHECK(difference(all[i], evaluate(plan, book, {.as_of = days[i]})) == "");
  }
  CHECK(history(plan, book, {}, {.as_of = date(2021, 1, 1)}).empty());
}

TEST_CASE("fewer than one thread is refused", "[engine][evaluate]") {
  const programme plan(lifts());
  CHECK_THROWS_AS(evaluate(plan, ledger(), {.as_of = date(2021, 9, 30), .threads = 0}), invalid_option);
  CHECK_THROWS_AS(history(plan, ledger(), {}, {.as_of = date(2021, 9, 30), .threads = -1}), invalid_option);
}

TEST_CASE("a portfolio of programmes is evaluated in one pass, each in its own tree", "[engine][evaluate]") {
  programme_spec second = lifts();
  second.id = "second";
  second.projects[0].targets[0].aim = at_least(278);
  second.projects[0].targets[0].quotas.clear();
  const portfolio both({programme(lifts()), programme(second)});
  const evaluation now = evaluate(both, ledger(std::vector{report("lifts", "city", "2021", 139)}), {.as_of = date(2021, 12, 31)});
  CHECK(status_of(now.target("lesson/1.1")) == "met");
  CHECK(status_of(now.target("second/1.1")) == "missed");
  CHECK(is_near(now.project("second").attainment(), 0.5));
  CHECK(now.root().id() == "lesson");
}

TEST_CASE("a programme without places has the place all, and without targets a root without an answer", "[engine][evaluate]") {
  programme_spec spec = lifts();
  spec.places.clear();
  spec.projects[0].targets[0].quotas.clear();
  const evaluation now = evaluate(programme(spec), ledger(std::vector{report("lifts", "", "2021", 139)}), {.as_of = date(2021, 12, 31)});
  CHECK(status_of(now.target("1.1")) == "met");
  CHECK(now.target("1.1").place() == "all");

  const evaluation nothing = evaluate(programme(programme_spec{.id = "empty"}), ledger(), {.as_of = date(2021, 12, 31)});
  CHECK(nothing.root().status() == reason::not_applicable);
  CHECK(nothing.targets().empty());
}

// -- how far the work has come --------------------------------------------------------------------

namespace {

ledger random_reports(unsigned seed, int count) {
  reports random(seed);
  std::vector<observation> said;
  for (int i = 0; i < count; ++i) said.push_back(random.next());
  return ledger(said);
}

}  // namespace

TEST_CASE("whoever asks is told how far compiling and judging have come, and the results are the same to the bit", "[engine][evaluate]") {
  const portfolio plan{programme(lively())};
  const ledger book = random_reports(7, 500);
  const std::vector<date> days{date(2021, 6, 30), date(2021, 12, 31), date(2021, 3, 31)};
  for (const int threads : {1, 3}) {
    std::vector<progress> told;
    const auto watched = history(portfolio{programme(lively())}, book, days,
                                 {.as_of = days[0],
                                  .custom = functions_of_the_user(),
                                  .threads = threads,
                                  .progress = [&](const progress& now) { told.push_back(now); }});
    const auto alone = history(plan, book, days, {.as_of = days[0], .custom = functions_of_the_user()});
    for (std::size_t i = 0; i < days.size(); ++i) CHECK(difference(watched[i], alone[i]).empty());
    REQUIRE(told.size() > 8);  // some fifty targets, of which the one that asked judges a third
    CHECK(told.front().doing == phase::compiling);
    CHECK(told.front().share == 0);
    CHECK(told.back().doing == phase::judging);
    CHECK(told.back().share == 1);
    for (std::size_t i = 1; i < told.size(); ++i) {
      const bool is_later = told[i - 1].doing == told[i].doing ? told[i - 1].share < told[i].share : told[i].share == 0;
      CHECK(is_later);
    }
  }
}

TEST_CASE("what is told may stop the work: its exception comes out, nothing is kept, and the next evaluation is whole", "[engine][evaluate]") {
  struct enough {};
  const portfolio plan{programme(lifts())};
  const ledger book(std::vector{report("lifts", "east", "2021-03", 40)});
  for (const phase stop : {phase::compiling, phase::judging}) {
    for (const int threads : {1, 2}) {
      const evaluate_options options{.as_of = date(2021, 9, 30), .threads = threads, .progress = [&](const progress& now) {
                                       if (now.doing == stop) throw enough{};
                                     }};
      CHECK_THROWS_AS(evaluate(plan, book, options), enough);
    }
  }
  int compiled = 0;
  const evaluate_options options{.as_of = date(2021, 9, 30), .progress = [&](const progress& now) {
                                   if (now.doing == phase::compiling && now.share == 0) ++compiled;
                                 }};
  const evaluation now = evaluate(plan, book, options);
  CHECK(difference(now, evaluate(portfolio{programme(lifts())}, book, {.as_of = date(2021, 9, 30)})).empty());
  CHECK(compiled == 0);  // the second of the stopped ones was compiled, and that is remembered
}

TEST_CASE("a tracker tells nothing: an observation is taken or refused, not interrupted", "[engine][evaluate]") {
  int told = 0;
  tracker now(portfolio{programme(lifts())}, ledger(), {.as_of = date(2021, 9, 30), .progress = [&](const progress&) { ++told; }});
  now.apply(report("lifts", "east", "2021-03", 40));
  CHECK(told == 0);
}
