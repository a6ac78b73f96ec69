#include <attain/judge/attainment.hpp>

#include "judge/goals.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

using namespace attain;
using namespace attain::test;

// -- B2: reached ------------------------------------------------------------------------------------

TEST_CASE("0.7 + 0.1 reaches 0.8 (B2)", "[judge][attainment]") {
  CHECK(0.7 + 0.1 < 0.8);
  CHECK(reached(held(at_least(0.8)), 0.7 + 0.1));
  CHECK(reached(held(at_most(0.3)), 0.1 + 0.2));
  CHECK_FALSE(reached(held(strictly(at_least(0.8))), 0.8));
  CHECK_FALSE(reached(held(strictly(at_most(0.8))), 0.8));
}

TEST_CASE("without a baseline the tolerance is 1e-9·|g| (B2)", "[judge][attainment]") {
  for (const double g : {200.0, -200.0, 1e-6, 1e12}) {
    const double tol = 1e-9 * std::abs(g);
    CAPTURE(g);
    CHECK(reached(of_level(at_least(g)), g - 0.999 * tol));
    CHECK_FALSE(reached(of_level(at_least(g)), g - 1.001 * tol));
    CHECK(reached(of_level(at_most(g)), g + 0.999 * tol));
    CHECK_FALSE(reached(of_level(at_most(g)), g + 1.001 * tol));
    CHECK_FALSE(reached(of_level(strictly(at_least(g))), g + 0.999 * tol));
    CHECK(reached(of_level(strictly(at_least(g))), g + 1.001 * tol));
    CHECK_FALSE(reached(of_level(strictly(at_most(g))), g - 0.999 * tol));
    CHECK(reached(of_level(strictly(at_most(g))), g - 1.001 * tol));
  }
}

TEST_CASE("with a baseline the tolerance is 1e-9·max(|g|, |g − b|) (B2)", "[judge][attainment]") {
  // From 1000 down to 1: the way of 999 is what counts.
  CHECK(reached(of_level(at_most(1), 1000), 1 + 0.999e-9 * 999));
  CHECK_FALSE(reached(of_level(at_most(1), 1000), 1 + 1.001e-9 * 999));
  // From 999 to 1000: the goal is what counts.
  CHECK(reached(of_level(at_least(1000), 999), 1000 - 0.999e-6));
  CHECK_FALSE(reached(of_level(at_least(1000), 999), 1000 - 1.001e-6));
  // To 0, without a way there, nothing is near.
  CHECK_FALSE(reached(of_level(at_most(0)), 1e-300));
  CHECK(reached(of_level(at_most(0), 100), 0.999e-7));
}

TEST_CASE("one ulp on either side of a goal is the goal, unless it is strict (B2)", "[judge][attainment]") {
  const double above = std::nextafter(95.0, 100.0);
  const double below = std::nextafter(95.0, 0.0);
  for (const double x : {below, 95.0, above}) {
    CHECK(reached(held(at_least(95)), x));
    CHECK(reached(held(at_most(95)), x));
    CHECK_FALSE(reached(held(strictly(at_least(95))), x));
    CHECK_FALSE(reached(held(strictly(at_most(95))), x));
    CHECK_FALSE(reached(of_level(rises(), 95), x));
    CHECK_FALSE(reached(of_level(falls(), 95), x));
  }
}

TEST_CASE("a band is reached from its lower to its upper edge, each with its tolerance (B2, A6)", "[judge][attainment]") {
  const cell_goal band = of_level(between(97, 99), 90);
  CHECK(reached(band, 97 - 0.9e-9 * 97));
  CHECK_FALSE(reached(band, 97 - 1.1e-9 * 97));
  CHECK(reached(band, 99 + 0.9e-9 * 99));
  CHECK_FALSE(reached(band, 99 + 1.1e-9 * 99));
  CHECK(reached(band, 98));
}

// -- A1: progress -----------------------------------------------------------------------------------

TEST_CASE("attainment is the share of the way, in every order of baseline, amount and goal (A1)", "[judge][attainment]") {
  struct row {
    aim what;
    double b, x, a;
    bool is_reached;
  };
  const row rows[] = {
      // upwards from 100 to 200
      {at_least(200), 100, 150, 0.5, false},
      {at_least(200), 100, 100, 0, false},
      {at_least(200), 100, 50, -0.5, false},
      {at_least(200), 100, 200, 1, true},
      {at_least(200), 100, 300, 2, true},
      // downwards from 200 to 100
      {at_most(100), 200, 150, 0.5, false},
      {at_most(100), 200, 200, 0, false},
      {at_most(100), 200, 250, -0.5, false},
      {at_most(100), 200, 100, 1, true},
      {at_most(100), 200, 0, 2, true},
      // through 0 and below it
      {at_least(50), -50, 0, 0.5, false},
      {at_least(0), -50, -25, 0.5, false},
      {at_least(-10), -50, -30, 0.5, false},
      {at_most(-50), -10, -30, 0.5, false},
      {at_most(0), 50, 25, 0.5, false},
      {at_most(-50), 50, 0, 0.5, false},
  };
  for (const row& r : rows) {
    const cell_goal goal = of_level(r.what, r.b);
    CAPTURE(r.b, r.x, r.what.goal);
    CHECK(goal.course == course::progress);
    CHECK(attainment_of(goal, exactly(r.x)) == r.a);
    CHECK(reached(goal, r.x) == r.is_reached);
  }
}

TEST_CASE("being on the right side of the baseline already is a hold in every order (B3)", "[judge][attainment]") {
  struct row {
    aim what;
    double b, x;
    answer<double> a;
  };
  const row rows[] = {
      {at_least(100), 200, 150, 1.0},
      {at_least(100), 200, 250, 1.0},
      {at_least(100), 200, 80, 0.8},
      {at_most(200), 100, 150, 1.0},
      {at_most(200), 100, 50, 1.0},
      {at_most(200), 100, 250, 0.8},
      {at_least(-100), -50, -80, 1.0},
      {at_least(-100), -50, -120, reason::not_scalable},
      {at_most(-50), -100, -25, reason::not_scalable},
  };
  for (const row& r : rows) {
    const cell_goal goal = of_level(r.what, r.b);
    CAPTURE(r.b, r.x, r.what.goal);
    CHECK(goal.course == course::hold);
    CHECK(attainment_of(goal, exactly(r.x)) == r.a);
  }
}

TEST_CASE("reached implies that a counts as at least 1 (A1)", "[judge][attainment]") {
  const cell_goal goal = of_sum(at_least(0.8));
  CHECK(attainment_of(goal, exactly(0.7 + 0.1)) == 1.0);
  CHECK(attainment_of(goal, exactly(0.8 - 0.79e-9)) == 1.0);
  CHECK(*attainment_of(goal, exactly(0.8 - 0.81e-9)) < 1);
}

TEST_CASE("attainment is not clamped (A1)", "[judge][attainment]") {
  CHECK(attainment_of(of_sum(at_least(100)), exactly(141)) == 1.41);
  CHECK(attainment_of(of_sum(at_least(100)), exactly(-20)) == -0.2);
  CHECK(attainment_of(of_sum(strictly(at_least(100))), exactly(100)) == 1.0);  // not more than 100, but all the way there
}

TEST_CASE("published baselines, goals and values have their published progress (A1)", "[judge][attainment]") {
  // EC OPSYS, "Reporting on the progress of an intervention": baseline 2505, next target 15000, current value 12980
  CHECK_THAT(*attainment_of(of_level(at_least(15000), 2505), exactly(12980)), WithinAbs(0.838335334133653, 1e-15));
  // Nanchang 2021, item 30: from 550 to 610 yuan; item 27: by 5 yuan to 115
  CHECK_THAT(*attainment_of(of_level(at_least(610), 550), exactly(580)), WithinAbs(0.5, 1e-15));
  CHECK(of_level(changed_by(at_least(5)), 110).goal == of_level(at_least(115), 110).goal);
}

TEST_CASE("a quotient beyond the range of numbers is an overflow (N)", "[judge][attainment]") {
  CHECK(attainment_of(of_level(at_least(1e-300), 0), exactly(1e300)) == reason::overflow);
  CHECK(attainment_of(held(at_least(1e300)), exactly(1e-300)) == 0.0);
}

// -- A2, A4: holds ----------------------------------------------------------------------------------

TEST_CASE("a hold is 1 if reached, else x/g, or g/x for at most (A2)", "[judge][attainment]") {
  CHECK(attainment_of(held(at_least(0.95)), exactly(0.97)) == 1.0);
  CHECK(attainment_of(held(at_least(0.95)), exactly(0.95)) == 1.0);
  CHECK(attainment_of(held(at_least(0.95)), exactly(0.76)) == 0.76 / 0.95);
  CHECK(attainment_of(held(at_least(0.95)), exactly(0)) == 0.0);
  CHECK(attainment_of(held(at_most(0.05)), exactly(0.04)) == 1.0);
  CHECK(attainment_of(held(at_most(0.05)), exactly(0)) == 1.0);
  CHECK(attainment_of(held(at_most(0.05)), exactly(0.08)) == 0.05 / 0.08);
  CHECK(attainment_of(held(strictly(at_least(0.95))), exactly(0.95)) == 1.0);  // x/g, though it is not reached
}

TEST_CASE("x/g needs g > 0 and x ≥ 0; a hold that is reached is 1 anyway (A4)", "[judge][attainment]") {
  CHECK(attainment_of(held(at_least(100)), exactly(-1)) == reason::not_scalable);
  CHECK(attainment_of(held(at_least(0)), exactly(-1)) == reason::not_scalable);
  CHECK(attainment_of(held(at_least(-10)), exactly(-11)) == reason::not_scalable);
  CHECK(attainment_of(held(at_least(-10)), exactly(-9)) == 1.0);
  CHECK(attainment_of(held(at_least(0)), exactly(0)) == 1.0);
  CHECK(attainment_of(held(at_most(0)), exactly(1)) == reason::not_scalable);
  CHECK(attainment_of(held(at_most(-10)), exactly(-9)) == reason::not_scalable);
  CHECK(attainment_of(held(at_most(-10)), exactly(-11)) == 1.0);
}

// -- A3: caps ---------------------------------------------------------------------------------------

TEST_CASE("the a of a cap is 1 within it, else g/x (A3)", "[judge][attainment]") {
  const cell_goal cap = of_sum(at_most(100));
  CHECK(attainment_of(cap, exactly(0)) == 1.0);
  CHECK(attainment_of(cap, exactly(99)) == 1.0);
  CHECK(attainment_of(cap, exactly(100)) == 1.0);
  CHECK(attainment_of(cap, exactly(125)) == 0.8);
  CHECK(attainment_of(of_sum(at_most(0)), exactly(0)) == 1.0);
  CHECK(attainment_of(of_sum(at_most(0)), exactly(1)) == reason::not_scalable);
}

TEST_CASE("a cap used x/g of its goal, a cap of 0 nothing while within (A3)", "[judge][attainment]") {
  CHECK(used_of_cap(of_sum(at_most(100)), exactly(30)) == 0.3);
  CHECK(used_of_cap(of_sum(at_most(100)), exactly(130)) == 1.3);
  CHECK(used_of_cap(of_sum(at_most(100)), from_to(30, 40)) == 0.4);
  CHECK(used_of_cap(of_sum(at_most(100)), upward(30)) == reason::not_comparable);
  CHECK(used_of_cap(of_sum(at_most(0)), exactly(0)) == 0.0);
  CHECK(used_of_cap(of_sum(at_most(0)), exactly(1)) == reason::not_scalable);
  CHECK(used_of_cap(of_sum(at_most(-5)), exactly(-6)) == reason::not_scalable);
}

TEST_CASE("a cap is exceeded beyond its tolerance, a strict one from it on (A3, B2)", "[judge][attainment]") {
  const cell_goal cap = of_sum(at_most(100));
  CHECK_FALSE(exceeded(cap, exactly(100)));
  CHECK_FALSE(exceeded(cap, exactly(100 + 0.99e-7)));
  CHECK(exceeded(cap, exactly(100 + 1.01e-7)));
  const cell_goal strict = of_sum(strictly(at_most(100)));
  CHECK(exceeded(strict, exactly(100)));
  CHECK(exceeded(strict, exactly(100 - 0.99e-7)));
  CHECK_FALSE(exceeded(strict, exactly(100 - 1.01e-7)));
}

// -- A5: levels without a baseline ------------------------------------------------------------------

TEST_CASE("a level without a baseline is reached or not, and has of_goal instead of a (A5)", "[judge][attainment]") {
  const cell_goal floor = of_level(at_least(206));
  CHECK(attainment_of(floor, exactly(103)) == reason::baseline_missing);
  CHECK(attainment_of(floor, exactly(210)) == reason::baseline_missing);
  CHECK(reached(floor, 210));
  CHECK_FALSE(reached(floor, 205));
  CHECK(share_of_goal(floor, 103) == 0.5);
  CHECK(share_of_goal(floor, 309) == 1.5);
  CHECK(share_of_goal(of_level(at_least(-10)), 5) == reason::not_scalable);
  CHECK(share_of_goal(of_level(at_least(0)), 5) == reason::not_scalable);
  const cell_goal ceiling = of_level(at_most(50));
  CHECK(share_of_goal(ceiling, 100) == 0.5);
  CHECK(share_of_goal(ceiling, 25) == 2.0);
  CHECK(share_of_goal(ceiling, 0) == reason::not_scalable);
  CHECK(attainment_of(of_level(between(97, 99)), exactly(98)) == reason::baseline_missing);
}

// -- A6: bands --------------------------------------------------------------------------------------

TEST_CASE("a band from below: the share of the way to its near edge, 1 inside, less beyond (A6)", "[judge][attainment]") {
  const cell_goal band = of_level(between(100, 110), 80);
  CHECK(attainment_of(band, exactly(80)) == 0.0);
  CHECK(attainment_of(band, exactly(70)) == -0.5);
  CHECK(attainment_of(band, exactly(90)) == 0.5);
  CHECK(attainment_of(band, exactly(100)) == 1.0);
  CHECK(attainment_of(band, exactly(105)) == 1.0);
  CHECK(attainment_of(band, exactly(110)) == 1.0);
  CHECK(attainment_of(band, exactly(115)) == 0.75);
  CHECK(attainment_of(band, exactly(130)) == 0.0);
  CHECK(attainment_of(band, exactly(140)) == -0.5);
}

TEST_CASE("a band from above mirrors it (A6)", "[judge][attainment]") {
  const cell_goal band = of_level(between(100, 110), 130);
  CHECK(attainment_of(band, exactly(130)) == 0.0);
  CHECK(attainment_of(band, exactly(120)) == 0.5);
  CHECK(attainment_of(band, exactly(110)) == 1.0);
  CHECK(attainment_of(band, exactly(100)) == 1.0);
  CHECK(attainment_of(band, exactly(95)) == 0.75);
  CHECK(attainment_of(band, exactly(140)) == -0.5);
}

TEST_CASE("a band without width is met at its only point, from either side (A6)", "[judge][attainment]") {
  for (const double side : {-1.0, 1.0}) {
    const cell_goal point = of_level(about(50, 0), 50 + side * 50);
    CAPTURE(side);
    CHECK(attainment_of(point, exactly(50)) == 1.0);
    CHECK(attainment_of(point, exactly(50 + side * 20)) == 0.6);
    CHECK(attainment_of(point, exactly(50 - side * 20)) == 0.6);
    CHECK(attainment_of(point, exactly(50 - side * 60)) == -0.2);
  }
}

TEST_CASE("a band on an accumulator starts from 0 and has its upper edge if it says between (A6, S4)", "[judge][attainment]") {
  const cell_goal band = of_sum(between(100, 110));
  CHECK(band.course == course::progress);
  CHECK(attainment_of(band, exactly(50)) == 0.5);
  CHECK(attainment_of(band, exactly(120)) == 0.9);
  CHECK_FALSE(exceeded(band, exactly(110 + 1.0e-7)));
  CHECK(exceeded(band, exactly(110 + 1.2e-7)));
}

TEST_CASE("a band that is held has x/lo below it and hi/x above it (A6a)", "[judge][attainment]") {
  const cell_goal band = held(between(100, 110));
  CHECK(attainment_of(band, exactly(100)) == 1.0);
  CHECK(attainment_of(band, exactly(100 - 0.9e-7)) == 1.0);
  CHECK(attainment_of(band, exactly(110 + 0.9e-7)) == 1.0);
  CHECK(attainment_of(band, exactly(80)) == 0.8);
  CHECK(attainment_of(band, exactly(137.5)) == 0.8);
  CHECK(attainment_of(band, exactly(-1)) == reason::not_scalable);
  CHECK(attainment_of(held(between(-20, -10)), exactly(-25)) == reason::not_scalable);
  CHECK(attainment_of(held(between(-20, -10)), exactly(5)) == reason::not_scalable);
  CHECK(attainment_of(held(between(-20, 10)), exactly(20)) == 0.5);
}

// -- A10: rises and falls ---------------------------------------------------------------------------

TEST_CASE("rises and falls are strictly beyond b, 0 or 1 (A10)", "[judge][attainment]") {
  const cell_goal up = of_level(rises(), 550);
  CHECK(attainment_of(up, exactly(550)) == 0.0);
  CHECK(attainment_of(up, exactly(550 + 0.9 * 550e-9)) == 0.0);
  CHECK(attainment_of(up, exactly(550 + 1.1 * 550e-9)) == 1.0);
  CHECK(attainment_of(up, exactly(9999)) == 1.0);
  CHECK(attainment_of(up, exactly(500)) == 0.0);
  const cell_goal down = of_level(falls(), 550);
  CHECK(attainment_of(down, exactly(549)) == 1.0);
  CHECK(attainment_of(down, exactly(550)) == 0.0);
  CHECK(attainment_of(down, exactly(551)) == 0.0);
  cell_goal kept = up;  // as `every` judges its periods
  kept.course = course::hold;
  CHECK(attainment_of(kept, exactly(549)) == 0.0);
  CHECK(attainment_of(kept, exactly(551)) == 1.0);
  CHECK(share_of_goal(up, 549) == reason::not_scalable);
}

TEST_CASE("what must fall is exceeded once an accumulator is no longer below b (A10, S4a)", "[judge][attainment]") {
  const cell_goal fewer = of_sum(falls(), 40);
  CHECK_FALSE(exceeded(fewer, exactly(39)));
  CHECK(exceeded(fewer, exactly(40)));
  CHECK(exceeded(fewer, from_to(40, 45)));
  CHECK_FALSE(exceeded(fewer, from_to(39, 45)));
  CHECK_FALSE(exceeded(of_sum(rises(), 40), exactly(50)));
}

// -- R11: amounts with two ends ---------------------------------------------------------------------

TEST_CASE("the unfavourable end of an interval decides (R11, R11a)", "[judge][attainment]") {
  const amount x = from_to(97, 99);
  CHECK(unfavourable(of_sum(at_least(100)), x) == 97.0);
  CHECK(unfavourable(of_level(at_most(100), 200), x) == 99.0);
  CHECK(unfavourable(of_level(rises(), 98), x) == 97.0);
  CHECK(unfavourable(of_level(falls(), 98), x) == 99.0);
  CHECK(attainment_of(of_sum(at_least(100)), x) == 0.97);
  CHECK(attainment_of(of_level(at_most(90), 100), x) == 0.1);
  CHECK(reached(of_sum(at_least(98)), x) == false);
  CHECK(reached(of_sum(at_least(97)), x) == true);
  CHECK(reached(of_level(at_most(98), 200), x) == false);
  CHECK(reached(of_level(at_most(99), 200), x) == true);
  CHECK(attainment_of(held(at_most(98)), x) == 98.0 / 99);
}

TEST_CASE("an open unfavourable end is not comparable, an open favourable one does not matter (R11)", "[judge][attainment]") {
  CHECK(reached(of_sum(at_least(180)), upward(180)) == true);
  CHECK(attainment_of(of_sum(at_least(200)), upward(180)) == 0.9);
  CHECK(attainment_of(of_sum(at_least(200)), downward(180)) == reason::not_comparable);
  CHECK(reached(of_sum(at_least(200)), downward(180)) == reason::not_comparable);
  CHECK(reached(of_sum(at_most(200)), upward(180)) == reason::not_comparable);
  CHECK(attainment_of(of_sum(at_most(200)), upward(180)) == reason::not_comparable);
  CHECK(reached(of_sum(at_most(200)), downward(180)) == true);
  CHECK(reached(of_level(rises(), 170), upward(180)) == true);
  CHECK(reached(of_level(falls(), 190), upward(180)) == reason::not_comparable);
}

TEST_CASE("an exceeded cap is proven by the low end (R11a)", "[judge][attainment]") {
  CHECK(exceeded(of_sum(at_most(100)), from_to(101, 105)));
  CHECK_FALSE(exceeded(of_sum(at_most(100)), from_to(99, 105)));
  CHECK(exceeded(of_sum(at_most(100)), upward(101)));
  CHECK_FALSE(exceeded(of_sum(at_most(100)), downward(120)));
  CHECK(exceeded(of_sum(between(90, 100)), from_to(101, 105)));
  CHECK_FALSE(exceeded(of_sum(between(90, 100)), from_to(99, 105)));
  CHECK_FALSE(exceeded(of_sum(at_least(100)), exactly(500)));
}

TEST_CASE("a band is reached if both ends are inside, and takes the smaller a (R11c)", "[judge][attainment]") {
  const cell_goal band = of_level(between(100, 110), 80);
  CHECK(reached(band, from_to(101, 109)) == true);
  CHECK(reached(band, from_to(99, 109)) == false);
  CHECK(reached(band, from_to(101, 111)) == false);
  CHECK(reached(band, from_to(99, 111)) == false);
  CHECK(attainment_of(band, from_to(101, 109)) == 1.0);
  CHECK(attainment_of(band, from_to(90, 105)) == 0.5);
  CHECK(attainment_of(band, from_to(105, 120)) == 0.5);
  CHECK(attainment_of(band, from_to(95, 120)) == 0.5);   // 0.75 and 0.5
  CHECK(attainment_of(band, from_to(85, 111)) == 0.25);  // 0.25 and 0.95
  CHECK(unfavourable(band, from_to(95, 120)) == 120.0);
  CHECK(unfavourable(band, from_to(85, 111)) == 85.0);
  CHECK(reached(band, upward(105)) == reason::not_comparable);
  CHECK(attainment_of(band, downward(105)) == reason::not_comparable);
}

TEST_CASE("a held band takes the smaller of x/lo and hi/x, not the end that is further away (A6a, R11c)", "[judge][attainment]") {
  const cell_goal band = held(between(10, 100));
  CHECK(attainment_of(band, from_to(5, 130)) == 0.5);  // 5 below and 30 above: 0.5 and 0.77
  CHECK(attainment_of(band, from_to(9, 200)) == 0.5);
  CHECK(attainment_of(band, from_to(-1, 50)) == reason::not_scalable);
}

// -- laws -------------------------------------------------------------------------------------------

namespace {

struct any_case {
  aim what;
  goal_context context;
};

any_case any(std::mt19937_64& random) {
  const auto number = [&] { return static_cast<double>(static_cast<std::int64_t>(random() % 2001) - 1000) / 8; };
  any_case c;
  const double g = number();
  switch (random() % 6) {
    case 0:
      c.what = at_least(g);
      break;
    case 1:
      c.what = at_most(g);
      break;
    case 2:
      c.what = about_by(g, std::abs(number()));
      break;
    case 3:
      c.what = between(g, g + 1 + std::abs(number()));
      break;
    case 4:
      c.what = rises();
      break;
    default:
      c.what = falls();
  }
  c.what.strict = c.what.kind <= aim_kind::at_most && random() % 3 == 0;
  if (c.what.kind <= aim_kind::about && random() % 3 == 0) c.what.change = change_kind::amount;
  constexpr indicator_kind kinds[] = {indicator_kind::increment, indicator_kind::level, indicator_kind::ratio,
                                      indicator_kind::running_total};
  c.context.kind = kinds[random() % 4];
  c.context.declared_hold = random() % 4 == 0;
  if (random() % 4 != 0) c.context.baseline = number();
  return c;
}

}  // namespace

TEST_CASE("scaling amount, goal and baseline by a power of two changes nothing (law)", "[judge][attainment]") {
  std::mt19937_64 random(11);
  for (int round = 0; round < 20000; ++round) {
    const any_case plain = any(random);
    const double by = std::ldexp(1.0, static_cast<int>(random() % 41) - 20);
    any_case scaled = plain;
    scaled.what.goal *= by;
    scaled.what.upper *= by;
    if (plain.what.tolerance_is_amount) scaled.what.tolerance *= by;
    if (scaled.context.baseline) *scaled.context.baseline *= by;
    const double x = static_cast<double>(static_cast<std::int64_t>(random() % 3001) - 1500) / 8;
    const cell_goal a = goal_of(plain.what, plain.context);
    const cell_goal b = goal_of(scaled.what, scaled.context);
    REQUIRE(a.course == b.course);
    REQUIRE(a.missing == b.missing);
    CHECK(attainment_of(a, exactly(x)) == attainment_of(b, exactly(x * by)));
    CHECK(reached(a, x) == reached(b, x * by));
    CHECK(exceeded(a, exactly(x)) == exceeded(b, exactly(x * by)));
  }
}

TEST_CASE("moving the amount toward the goal never lowers attainment (law)", "[judge][attainment]") {
  std::mt19937_64 random(12);
  int compared = 0;
  for (int round = 0; round < 4000; ++round) {
    const any_case c = any(random);
    const cell_goal goal = goal_of(c.what, c.context);
    // Where the amount is moved to: the middle of a band, else far beyond the goal.
    double towards = 1e4;
    if (goal.compare == comparison::band) towards = (goal.goal + goal.upper) / 2;
    if (goal.compare == comparison::at_most || goal.compare == comparison::below) towards = -1e4;
    const double from = static_cast<double>(static_cast<std::int64_t>(random() % 3001) - 1500) / 8;
    std::vector<double> path;
    for (int i = 0; i <= 64; ++i) path.push_back(from + (towards - from) * i / 64);
    if (goal.missing == 0) {  // across the edge, closely
      for (const double nearly : {-1.1e-9, -0.9e-9, 0.0, 0.9e-9, 1.1e-9})
        path.push_back(goal.goal + nearly * std::abs(goal.goal));
    }
    std::sort(path.begin(), path.end());
    if (from > towards) std::reverse(path.begin(), path.end());
    std::optional<double> before;
    for (const double x : path) {
      if ((x - from) * (x - towards) > 0) continue;
      const answer<double> a = attainment_of(goal, exactly(x));
      if (!a.has_value()) continue;
      if (before) CHECK(*a >= *before - 2e-9);  // a strict hold is 1 from its tolerance on, and x/g up to it
      before = *a;
      ++compared;
    }
  }
  CHECK(compared > 50000);
}

TEST_CASE("an interval never does better than either of its ends (R11, law)", "[judge][attainment]") {
  std::mt19937_64 random(13);
  for (int round = 0; round < 20000; ++round) {
    const any_case c = any(random);
    const cell_goal goal = goal_of(c.what, c.context);
    const double low = static_cast<double>(static_cast<std::int64_t>(random() % 3001) - 1500) / 8;
    const double high = low + static_cast<double>(random() % 800) / 8;
    const answer<double> both = attainment_of(goal, from_to(low, high));
    const answer<double> at_low = attainment_of(goal, exactly(low));
    const answer<double> at_high = attainment_of(goal, exactly(high));
    if (both.has_value() && at_low.has_value() && at_high.has_value()) CHECK(*both == std::min(*at_low, *at_high));
    CHECK(*reached(goal, from_to(low, high)) == (reached(goal, low) && reached(goal, high)));
    CHECK(exceeded(goal, from_to(low, high)) == (exceeded(goal, exactly(low)) && exceeded(goal, exactly(high))));
  }
}

TEST_CASE("reached is a of at least 1 where there is an a, except where strict (A1, law)", "[judge][attainment]") {
  std::mt19937_64 random(14);
  for (int round = 0; round < 20000; ++round) {
    const any_case c = any(random);
    const cell_goal goal = goal_of(c.what, c.context);
    const double x = static_cast<double>(static_cast<std::int64_t>(random() % 3001) - 1500) / 8;
    const answer<double> a = attainment_of(goal, exactly(x));
    if (!a.has_value() || goal.strict) continue;
    CHECK((*a >= 1) == reached(goal, x));
  }
}
