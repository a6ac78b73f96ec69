#include <attain/judge/earned_value.hpp>

#include <attain/core/error.hpp>

#include "support/catch.hpp"

#include <vector>

using namespace attain;
using attain::test::WithinRel;

namespace {

earned_amounts amounts(double budget, double planned, double earned, double cost) {
  return {.budget = budget, .planned = planned, .earned = earned, .cost = cost};
}

}  // namespace

TEST_CASE("figures of earned value are differences and quotients of the amounts", "[judge][earned_value]") {
  const earned_amounts of = amounts(1000, 300, 270, 260);
  CHECK(*schedule_variance(of) == -30);
  CHECK(*cost_variance(of) == 10);
  CHECK_THAT(*relative_schedule_variance(of), WithinRel(-0.1, 1e-12));
  CHECK_THAT(*relative_cost_variance(of), WithinRel(10.0 / 270, 1e-12));
  CHECK_THAT(*schedule_index(of), WithinRel(0.9, 1e-12));
  CHECK_THAT(*combined_index(of), WithinRel(0.9 * 270 / 260, 1e-12));
  CHECK(*share_complete(of) == 0.27);
  CHECK(*share_planned(of) == 0.3);
  CHECK(*share_spent(of) == 0.26);
}

TEST_CASE("an undefined figure is a reason, never 0 and never infinite", "[judge][earned_value]") {
  CHECK(schedule_index(amounts(100, 0, 20, 15)) == reason::denominator_zero);
  CHECK(cost_index(amounts(100, 10, 4, 0)) == reason::denominator_zero);
  CHECK(*cost_index(amounts(100, 50, 0, 30)) == 0);
  CHECK(estimate_at_completion(amounts(100, 50, 0, 30), 0.0) == reason::denominator_zero);
  CHECK(cost_index(amounts(100, 50, 10, 5e-324)) == reason::overflow);
  CHECK(combined_index(amounts(1e300, 1e-100, 1e200, 1e-100)) == reason::overflow);
  CHECK(cost_index({.budget = 100.0, .planned = 50.0, .earned = 40.0}) == reason::not_applicable);
  CHECK(cost_variance({.earned = reason::incomplete, .cost = reason::no_observation}) == reason::no_observation);
}

TEST_CASE("once all is earned the estimate is the cost, whatever the factor", "[judge][earned_value]") {
  const earned_amounts done = amounts(100, 80, 100, 130);
  CHECK(*estimate_at_completion(done, reason::denominator_zero) == 130);
  CHECK(*to_complete_index(done, done.budget) == 0);
  for (const double factor : {0.0, 0.5, 1.0}) CHECK(*estimate_at_completion(amounts(100, 80, 120, 130), factor) == 130);
}

TEST_CASE("with the factor CPI the estimate is BAC / CPI", "[judge][earned_value]") {
  const earned_amounts of = amounts(1000, 300, 270, 260);
  const auto estimate = estimate_at_completion(of, factor_of(performance_factor::cost, of));
  CHECK_THAT(*estimate, WithinRel(1000 * 260.0 / 270, 1e-12));
  CHECK_THAT(*estimate_to_complete(of, estimate) + *of.cost, WithinRel(*estimate, 1e-12));
  CHECK_THAT(*variance_at_completion(of, estimate), WithinRel(1000 - *estimate, 1e-9));
  CHECK_THAT(*to_complete_index(of, estimate), WithinRel(*cost_index(of), 1e-9));
}

TEST_CASE("a weighted factor is four fifths CPI and one fifth SPI", "[judge][earned_value]") {
  const earned_amounts of = amounts(1000, 300, 270, 260);
  CHECK_THAT(*factor_of(performance_factor::weighted, of), WithinRel(0.8 * 270 / 260 + 0.2 * 0.9, 1e-12));
  CHECK_THAT(*factor_of(performance_factor::weighted_time, of, 0.5), WithinRel(0.8 * 270 / 260 + 0.1, 1e-12));
  CHECK(factor_of(performance_factor::combined_time, of) == reason::not_applicable);
}

TEST_CASE("work left without money or time is infeasible", "[judge][earned_value]") {
  CHECK(to_complete_index(amounts(100, 50, 35, 120), 100.0) == reason::infeasible);
  CHECK(to_complete_time_index({.duration = 9.0, .earned = 8.0, .actual = 12.0}, 9.0) == reason::infeasible);
  CHECK(*to_complete_time_index({.duration = 9.0, .earned = 9.0, .actual = 12.0}, 9.0) == 0);
}

TEST_CASE("earned schedule is a line between the ends of periods", "[judge][earned_value]") {
  const std::vector<double> planned{10, 30, 60};
  CHECK(*earned_schedule(planned, 5, 3) == 0.5);
  CHECK(*earned_schedule(planned, 10, 3) == 1);
  CHECK_THAT(*earned_schedule(planned, 45, 3), WithinRel(2.5, 1e-12));
  CHECK(*earned_schedule(planned, 60, 9) == 3);
  CHECK(*earned_schedule(planned, 75, 9) == 3);
  CHECK(*earned_schedule(planned, -1, 2) == 0);
  CHECK(earned_schedule({}, 1, 1) == reason::too_few_observations);
}

TEST_CASE("on a plateau of the plan earned schedule is as near to now as the plan allows", "[judge][earned_value]") {
  const std::vector<double> planned{0, 10, 10, 10, 40, 40};
  CHECK(*earned_schedule(planned, 10, 3.5) == 3.5);
  CHECK(*earned_schedule(planned, 10, 1) == 2);
  CHECK(*earned_schedule(planned, 10, 9) == 4);
  CHECK(*earned_schedule(planned, 0, 0.5) == 0.5);
  CHECK(*earned_schedule(planned, 40, 9) == 5);  // the first time that all is planned
}

TEST_CASE("planned values that fall are refused", "[judge][earned_value]") {
  const std::vector<double> planned{10, 9};
  CHECK_THROWS_AS(earned_schedule(planned, 5, 1), invalid_option);
}

TEST_CASE("what earned schedule inverts is the plan", "[judge][earned_value]") {
  const std::vector<double> planned{3, 8, 21, 22, 40};
  for (int i = 1; i < 500; ++i) {
    const double earned = 40.0 * i / 500;
    const double t = *earned_schedule(planned, earned, 2);
    const auto period = static_cast<std::size_t>(t);
    const double from = period == 0 ? 0 : planned[period - 1];
    const double to = planned[period < planned.size() ? period : period - 1];
    CHECK_THAT(from + (to - from) * (t - static_cast<double>(period)), WithinRel(earned, 1e-9));
  }
}

TEST_CASE("after the planned end the earned-duration forecast does not fall into the past", "[judge][earned_value]") {
  const earned_amounts of = amounts(100, 100, 80, 90);
  const earned_time late{.duration = 9.0, .earned = 7.0, .actual = 12.0};
  CHECK(*duration_at_completion(duration_method::earned_duration, duration_factor::one, of, late) > 12);
}

TEST_CASE("PD / SPI(t) is the earned-schedule forecast with the factor SPI(t)", "[judge][earned_value]") {
  const earned_time in_time{.duration = 9.0, .earned = 3.5, .actual = 5.0};
  const auto forecast =
      duration_at_completion(duration_method::earned_schedule, duration_factor::schedule, amounts(100, 50, 40, 30), in_time);
  CHECK_THAT(*forecast, WithinRel(9.0 / *time_index(in_time), 1e-12));
}
