#include <attain/engine/evaluate.hpp>

#include "engine/lively.hpp"
#include "engine/scene.hpp"
#include "support/catch.hpp"

#include <string>
#include <utility>
#include <vector>

using namespace attain;
using namespace attain::test;

// The defaults of docs/semantics.md, and decisions of its last section that no single part of the engine makes.

namespace {

constexpr const char* until_june = "2021-01-01/2021-06-30";
}  // namespace

// -- D: defaults ------------------------------------------------------------------------------------

TEST_CASE("allowed lag and minimum coverage are what the programme declares (D1)", "[engine][evaluate]") {
  scene of = one(increment("x", "元"), target("1.1", "x", at_least(100)), {report("x", "city", until_june, 50)});
  CHECK(of.at("2021-12-30").target("1.1").attainment() == reason::incomplete);  // 181 of 364 days
  of.spec.defaults.minimum_coverage_of_reading = 0.4;
  CHECK(of.at("2021-12-30").target("1.1").attainment() == 0.5);
  CHECK(of.at("2021-12-30").target("1.1").status() == reason::stale);
  of.spec.indicators[0].allowed_lag = 183;
  CHECK(status_of(of.at("2021-12-30").target("1.1")) == "on_track");
}

TEST_CASE("a ratio without a period has the longest of those it reads (D2a)", "[engine][evaluate]") {
  scene of{programme_of({increment("a", "人"), increment("b", "人"), ratio("share", "a", "b")}, {target("1.1", "share", at_least(0.5))}),
           {report("a", "city", until_june, 60), report("b", "city", until_june, 100)}};
  of.spec.defaults.minimum_coverage_of_reading = 0.4;
  CHECK(of.at("2021-12-30").target("1.1").status() == reason::stale);  // 183 days late, and 62 allowed
  of.spec.indicators[1].period = frequency::quarter;
  CHECK(status_of(of.at("2021-12-30").target("1.1")) == "on_track");  // 184 allowed
  of.spec.indicators[2].period = frequency::month;
  CHECK(of.at("2021-12-30").target("1.1").status() == reason::stale);
}

// -- B: baseline ------------------------------------------------------------------------------------

TEST_CASE("what is half covered or an interval on the eve is no baseline (B1b)", "[engine][evaluate]") {
  scene of{programme_of({level("x")}, {target("1.1", "x", at_least(200))}), {report("x", "east", "2020-12", 60)}};
  CHECK(of.at("2021-01-31").target("1.1").baseline() == reason::baseline_missing);
  of.said.push_back(report("x", "west", "2020-12", 40));
  CHECK(of.at("2021-01-31").target("1.1").baseline() == 100.0);
  of.said[1] = interval("x", "west", "2020-12", 40, 41);
  CHECK(of.at("2021-01-31").target("1.1").baseline() == reason::baseline_missing);
}

TEST_CASE("a minimum coverage is reached within rounding, and so is all (B2a)", "[engine][evaluate]") {
  scene of = one(increment("x", "元"), target("1.1", "x", at_least(100)), {report("x", "city", "2021-01-01/2021-01-03", 50)});
  of.spec.defaults.minimum_coverage_of_reading = 3 * 0.2;  // a little more than 0.6
  CHECK(of.at("2021-01-05").target("1.1").attainment() == 0.5);
  of.spec.defaults.minimum_coverage_of_reading = 0.61;
  CHECK(of.at("2021-01-05").target("1.1").attainment() == reason::incomplete);

  of = {programme_of({increment("x", "元")}, {target("1.1", "x", at_least(0.6))}),
        {report("x", "east", "2021", 0.05), report("x", "west", "2021", 0.1), report("x", "south", "2021", 0.2)}};
  of.spec.places.push_back({.id = "south", .within = "city"});
  of.spec.projects[0].targets[0].quotas = {{.place = "east", .goal = 0.1}, {.place = "west", .goal = 0.2}, {.place = "south", .goal = 0.3}};
  CHECK(status_of(of.at("2021-12-31").target("1.1")) == "missed");
}

// -- A: attainment ----------------------------------------------------------------------------------

TEST_CASE("what is to rise is judged against its baseline alone: 0 or 1 (A10a)", "[engine][evaluate]") {
  scene of = one(level("x"), with_baseline(target("1.1", "x", rises()), 50), {report("x", "city", "2021-06", 49)});
  CHECK(of.at("2021-06-30").target("1.1").goal() == 50.0);
  CHECK(of.at("2021-06-30").target("1.1").attainment() == 0.0);
  of.said[0] = report("x", "city", "2021-06", 51);
  CHECK(of.at("2021-06-30").target("1.1").attainment() == 1.0);

  aim from_previous = rises();
  from_previous.from_previous_period = true;
  of = one(increment("x", "元"), every_month(target("1.1", "x", from_previous)),
           {report("x", "city", "2021-01", 10), report("x", "city", "2021-02", 20)});
  CHECK(of.at("2021-02-28").target("1.1").reading() == 1.0);
  of.said[0] = interval("x", "city", "2021-01", 10, 12);
  CHECK(of.at("2021-02-28").target("1.1").reading() == reason::no_observation);
}

// -- P: pace ----------------------------------------------------------------------------------------

TEST_CASE("expected is that of the day compared, and of as-of where there is no reading (P1a)", "[engine][evaluate]") {
  scene of = one(increment("x", "元"), target("1.1", "x", at_least(100)));
  CHECK(is_near(of.at("2021-08-31").target("1.1").expected(), 8.0 / 12));
  of.said = {report("x", "city", until_june, 60)};
  CHECK(is_near(of.at("2021-08-31").target("1.1").expected(), 0.5));
}

TEST_CASE("a cap has its pace even where its gap does not scale (P2a)", "[engine][evaluate]") {
  const scene of = one(increment("x", "元"), target("1.1", "x", at_most(100)), {report("x", "city", until_september, -5)});
  CHECK(of.at("2021-09-30").target("1.1").gap() == reason::not_scalable);
  CHECK(is_near(of.at("2021-09-30").target("1.1").pace(), 1 / 0.75));
}

TEST_CASE("before due the days ahead have the sign of the gap; a cap and a recurring target have none (P3a)", "[engine][evaluate]") {
  scene of = one(increment("x", "元"), target("1.1", "x", at_least(120)), {report("x", "city", until_june, 60)});
  CHECK(is_near(of.at("2021-08-31").target("1.1").days_ahead(), 0));  // half is done, as was expected on the day it was reported of
  of.spec.projects[0].targets[0].aim = at_most(120);
  CHECK(of.at("2021-08-31").target("1.1").days_ahead() == reason::not_applicable);
  of.spec.projects[0].targets[0] = every_month(target("1.1", "x", at_least(1)));
  CHECK(of.at("2021-08-31").target("1.1").days_ahead() == reason::not_applicable);
}

// -- S: statuses ------------------------------------------------------------------------------------

TEST_CASE("an attainment of nothing but rounding is no beginning (S6c)", "[engine][evaluate]") {
  target_spec standard = with_baseline(target("1.1", "x", at_least(1)), 0.3);
  standard.standard = true;
  const scene of = one(level("x"), standard, {report("x", "east", "2021-06", 0.1), report("x", "west", "2021-06", 0.1 + 0.2 - 0.1)});
  CHECK(status_of(of.at("2021-06-30").target("1.1")) == "not_due");
}

TEST_CASE("at due nothing is undue any more, even if no whole unit was ever expected (N1)", "[engine][evaluate]") {
  scene of = one(increment("x"), target("1.1", "x", at_least(0.8)));
  CHECK(of.at("2021-12-30").target("1.1").attainment() == reason::not_due);
  CHECK(of.at("2021-12-31").target("1.1").attainment() == reason::no_observation);
}

TEST_CASE("a hold of what piles up is met as soon as it is reached (S3a)", "[engine][evaluate]") {
  const scene of = one(increment("x", "元"), target("1.1", "x", at_least(0)), {report("x", "city", until_september, 5)});
  CHECK(of.at("2021-09-30").target("1.1").is_hold());
  CHECK(status_of(of.at("2021-09-30").target("1.1")) == "met");
}

TEST_CASE("a cap is broken when no end of the interval is within it (S4b)", "[engine][evaluate]") {
  scene of = one(increment("x", "元"), target("1.1", "x", at_most(100)), {interval("x", "city", until_september, 90, 110)});
  CHECK(status_of(of.at("2021-09-30").target("1.1")) == "behind");
  of.said[0] = interval("x", "city", until_september, 101, 110);
  CHECK(status_of(of.at("2021-09-30").target("1.1")) == "missed");
}

TEST_CASE("a hold whose attainment does not scale is behind (S9a)", "[engine][evaluate]") {
  const scene of = one(level("x"), throughout(target("1.1", "x", at_least(0.5))), {report("x", "city", "2021-09", -1)});
  CHECK(of.at("2021-09-30").target("1.1").attainment() == reason::not_scalable);
  CHECK(status_of(of.at("2021-09-30").target("1.1")) == "behind");
}
