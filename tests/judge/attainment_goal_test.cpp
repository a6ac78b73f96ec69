#include <attain/judge/attainment.hpp>

#include "judge/goals.hpp"
#include "support/catch.hpp"

#include <limits>

using namespace attain;
using namespace attain::test;

namespace {

reason why_none(const cell_goal& goal) { return static_cast<reason>(goal.missing); }

constexpr indicator_kind from_zero[] = {indicator_kind::increment, indicator_kind::running_total, indicator_kind::steps,
                                        indicator_kind::rating};
constexpr indicator_kind from_baseline[] = {indicator_kind::level, indicator_kind::ratio, indicator_kind::formula};

}  // namespace

// -- B1: the baseline -------------------------------------------------------------------------------

TEST_CASE("increments, running totals, steps and ratings are measured from 0 (B1)", "[judge][attainment]") {
  for (const indicator_kind kind : from_zero) {
    for (const std::optional<double> declared : {std::optional<double>(), std::optional(0.5)}) {
      const cell_goal goal = goal_of(at_least(0.8), {.kind = kind, .baseline = declared});
      CHECK(goal.has_baseline);
      CHECK(goal.baseline == 0);
      CHECK(goal.goal == 0.8);
      CHECK(goal.course == course::progress);
    }
  }
}

TEST_CASE("levels, ratios and formulas are measured from their baseline, and have none unless told (B1, B1a)",
          "[judge][attainment]") {
  for (const indicator_kind kind : from_baseline) {
    CHECK_FALSE(goal_of(at_least(206), {.kind = kind}).has_baseline);
    const cell_goal goal = goal_of(at_least(206), {.kind = kind, .baseline = 200.0});
    CHECK(goal.has_baseline);
    CHECK(goal.baseline == 200);
    CHECK(goal.course == course::progress);
  }
}

TEST_CASE("for an accumulator with a change the declared baseline only makes g; a is measured from 0 (B1)",
          "[judge][attainment]") {
  const cell_goal goal = of_sum(changed_by_percent(at_least(10)), 200);  // 同比增长10%
  CHECK_THAT(goal.goal, WithinRel(220.0, 1e-15));
  CHECK(goal.baseline == 0);
  CHECK_THAT(*attainment_of(goal, exactly(110)), WithinAbs(0.5, 1e-15));
}

TEST_CASE("a change is an amount or a percentage of the baseline", "[judge][attainment]") {
  CHECK(of_level(changed_by(at_least(5)), 110).goal == 115);
  CHECK(of_level(changed_by(at_most(-5)), 110).goal == 105);
  CHECK_THAT(of_level(changed_by_percent(at_least(4.5)), 110).goal, WithinRel(114.95, 1e-15));
  CHECK_THAT(of_level(changed_by_percent(at_most(-20)), 50).goal, WithinRel(40.0, 1e-15));
}

TEST_CASE("a change without a baseline has no goal (B1, A5)", "[judge][attainment]") {
  for (const aim& what : {changed_by(at_least(5)), changed_by_percent(at_most(-5)), changed_by(about(5)), rises(), falls()}) {
    const cell_goal goal = of_level(what);
    CHECK(why_none(goal) == reason::baseline_missing);
    CHECK(attainment_of(goal, exactly(5)) == reason::baseline_missing);
  }
  CHECK(why_none(of_sum(changed_by_percent(at_least(10)))) == reason::baseline_missing);
}

TEST_CASE("a goal beyond the range of numbers is an overflow (N)", "[judge][attainment]") {
  CHECK(why_none(of_level(changed_by(at_least(1.7e308)), 1.7e308)) == reason::overflow);
  CHECK(why_none(of_level(about(1.7e308, 0.5), 0)) == reason::overflow);
}

TEST_CASE("a goal of one's own replaces the number of the aim (R9b)", "[judge][attainment]") {
  const goal_context sum{.kind = indicator_kind::increment};
  CHECK(goal_of(at_least(139), sum, 80).goal == 80);
  CHECK(goal_of(at_most(139), sum, 80).goal == 80);
  CHECK(goal_of(about(100), {.kind = indicator_kind::level, .baseline = 0.0}, 40).goal == 38);
  CHECK(goal_of(about(100), {.kind = indicator_kind::level, .baseline = 0.0}, 40).upper == 42);
}

// -- B3, B4: holds ----------------------------------------------------------------------------------

TEST_CASE("a baseline that already reaches the goal makes a hold (B3)", "[judge][attainment]") {
  CHECK(of_level(at_least(95), 96).course == course::hold);
  CHECK(of_level(at_least(95), 95).course == course::hold);
  CHECK(of_level(at_least(95), 94).course == course::progress);
  CHECK(of_level(at_most(5), 4).course == course::hold);
  CHECK(of_level(at_most(5), 6).course == course::progress);
  CHECK(of_level(strictly(at_least(95)), 95).course == course::progress);
  CHECK(of_level(between(95, 97), 96).course == course::hold);
  CHECK(of_level(about(100), 104).course == course::hold);  // A6: b inside the band
  CHECK(of_level(about(100), 106).course == course::progress);
  CHECK(of_level(at_least(95)).course == course::progress);
  CHECK(of_sum(at_least(0)).course == course::hold);
  CHECK(attainment_of(of_level(at_least(95), 96), exactly(95.5)) == 1.0);  // not (x − b)/(g − b) = 0.5
}

TEST_CASE("a change of 0 at least or at most is a hold for levels and ratios (B3)", "[judge][attainment]") {
  for (const indicator_kind kind : from_baseline) {
    for (const aim& what :
         {changed_by(at_least(0)), changed_by(at_most(0)), changed_by_percent(at_least(0)), strictly(changed_by(at_least(0)))}) {
      const cell_goal goal = goal_of(what, {.kind = kind, .baseline = 60.0});
      CHECK(goal.course == course::hold);
      CHECK(goal.goal == 60);
    }
  }
  CHECK(attainment_of(of_level(changed_by(at_least(0)), 60), exactly(57)) == 57.0 / 60);
}

TEST_CASE("on an accumulator a change of 0 is a delivery of g from 0 (B3, B4a)", "[judge][attainment]") {
  const cell_goal goal = of_sum(changed_by_percent(at_least(0)), 200);
  CHECK(goal.course == course::progress);
  CHECK(attainment_of(goal, exactly(50)) == 0.25);
  const cell_goal like_last_year = of_sum(changed_by(about(0)), 200);  // 190 or more
  CHECK(like_last_year.course == course::progress);
  CHECK(attainment_of(like_last_year, exactly(95)) == 0.5);
}

TEST_CASE("about as a change of 0 has no way to go, yet is reached or not (B4, B4a)", "[judge][attainment]") {
  const cell_goal goal = of_level(changed_by(about(0)), 200);
  CHECK(goal.missing == 0);
  CHECK(attainment_of(goal, exactly(200)) == reason::goal_equals_baseline);
  CHECK(attainment_of(goal, exactly(150)) == reason::goal_equals_baseline);
  CHECK(reached(goal, 191));
  CHECK_FALSE(reached(goal, 189));
  CHECK_FALSE(reached(goal, 211));
}

TEST_CASE("a goal that equals the baseline without reaching it has no share of the way (B4)", "[judge][attainment]") {
  CHECK(attainment_of(of_level(strictly(at_least(95)), 95), exactly(96)) == reason::goal_equals_baseline);
  CHECK(attainment_of(of_sum(strictly(at_least(0))), exactly(96)) == reason::goal_equals_baseline);
}

TEST_CASE("the cadence throughout declares a hold, with a baseline or without (A2, A2a)", "[judge][attainment]") {
  CHECK(held(at_least(60)).course == course::hold);
  CHECK(goal_of(at_least(60), {.kind = indicator_kind::level, .declared_hold = true, .baseline = 20.0}).course == course::hold);
  CHECK(goal_of(about(60), {.kind = indicator_kind::level, .declared_hold = true}).course == course::hold);
}

// -- A3: caps ---------------------------------------------------------------------------------------

TEST_CASE("at most on an accumulator is a cap, before a hold (A3, A3a, B3)", "[judge][attainment]") {
  for (const indicator_kind kind : {indicator_kind::increment, indicator_kind::running_total}) {
    CHECK(goal_of(at_most(100), {.kind = kind}).course == course::cap);
    CHECK(goal_of(at_most(0), {.kind = kind}).course == course::cap);
    CHECK(goal_of(changed_by_percent(at_most(0)), {.kind = kind, .baseline = 100.0}).course == course::cap);
    CHECK(goal_of(at_most(100), {.kind = kind, .declared_hold = true}).course == course::cap);
  }
  CHECK(of_level(at_most(100), 50).course == course::hold);
}

// -- A6, A10: bands, rises, falls -------------------------------------------------------------------

TEST_CASE("about(g, p) is g − p|g| to g + p|g|, 5 % unless told otherwise (A6)", "[judge][attainment]") {
  CHECK(of_level(about(100), 0).goal == 95);
  CHECK(of_level(about(100), 0).upper == 105);
  CHECK(of_level(about(100), 0).stated == 100);
  CHECK(of_level(about(-100), 0).goal == -105);
  CHECK(of_level(about(-100), 0).upper == -95);
  CHECK(of_level(about(10600, 0.1), 0).goal == 9540);
  CHECK(of_level(about_by(100, 2), 0).goal == 98);
  CHECK(of_level(about_by(100, 2), 0).upper == 102);
  CHECK(of_level(changed_by(about(40)), 60).goal == 95);
}

TEST_CASE("about on an accumulator has no upper edge (A6)", "[judge][attainment]") {
  const cell_goal goal = of_sum(about(10600));  // 约1.06万套
  CHECK(goal.compare == comparison::at_least);
  CHECK(reached(goal, 10070));
  CHECK_FALSE(reached(goal, 10069));
  CHECK(reached(goal, 20000));
  CHECK_FALSE(exceeded(goal, exactly(20000)));
  CHECK(attainment_of(goal, exactly(5035)) == 0.5);
  CHECK(attainment_of(goal, exactly(10100)) == 1.0);  // inside the band
}

TEST_CASE("rises and falls compare with the baseline itself (A10)", "[judge][attainment]") {
  const cell_goal up = of_level(rises(), 550);
  CHECK(up.goal == 550);
  CHECK(up.compare == comparison::above);
  CHECK(up.course == course::progress);
  CHECK(of_level(falls(), 550).compare == comparison::below);
  CHECK(of_level(rises(), 0).course == course::progress);
  CHECK(of_sum(rises(), 550).goal == 550);
}
