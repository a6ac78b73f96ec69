#include <attain/judge/growth.hpp>

#include <attain/core/date.hpp>

#include "support/catch.hpp"

#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

std::int32_t day(int year, unsigned month = 12, unsigned of_month = 31) { return date(year, month, of_month).days(); }

std::vector<dated_amount> yearly(const std::vector<double>& amounts, int first = 2015) {
  std::vector<dated_amount> made;
  for (double x : amounts) made.push_back({day(first++), x});
  return made;
}

}  // namespace

TEST_CASE("years are whole by the calendar, and the rest a share of the year it lies in", "[judge][growth]") {
  CHECK(years_between(day(2015), day(2030)) == 15);
  CHECK(years_between(day(2016, 2, 29), day(2017, 2, 28)) == 1);
  CHECK(years_between(day(2015), day(2015)) == 0);
  CHECK(years_between(day(2015), day(2016, 7, 1)) == 183.0 / 366);
  CHECK(years_between(day(2016), day(2015)) == -1);
}

TEST_CASE("growth is compound, a year, and positive the wanted way", "[judge][growth]") {
  CHECK_THAT(growth(100, 121, 2, direction::up).value(), WithinAbs(0.1, 1e-15));
  CHECK_THAT(growth(100, 121, 2, direction::down).value(), WithinAbs(-0.1, 1e-15));
  CHECK_THAT(growth(-100, -121, 2, direction::up).value(), WithinAbs(-0.1, 1e-15));  // it has become more negative
  CHECK(growth(0, 1, 2, direction::up) == reason::denominator_zero);
  CHECK(growth(1, -1, 2, direction::up) == reason::not_scalable);
  CHECK(growth(1, 2, 0, direction::up) == reason::too_few_observations);
}

TEST_CASE("a ratio of growth is 1 on the way that leads to the goal, either way", "[judge][growth]") {
  CHECK_THAT(growth_ratio(100, 150, 5, 100 * 1.5 * 1.5 * 1.5, 15, direction::up).value(), WithinAbs(1, 1e-12));
  CHECK_THAT(growth_ratio(100, 50, 5, 12.5, 15, direction::down).value(), WithinAbs(1, 1e-12));
  CHECK(growth_ratio(100, 90, 5, 50, 15, direction::up).value() < 0);
  CHECK(growth_ratio(100, 90, 5, 100, 15, direction::up) == reason::goal_equals_baseline);
}

TEST_CASE("the poverty rate of Canada from 14.5 to 10.2 has the published ratio", "[judge][growth]") {
  CHECK_THAT(growth_ratio(14.5, 10.2, 8, 7.25, 15, direction::down).value(), WithinAbs(0.9525901792032172, 1e-12));
}

TEST_CASE("a natural limit asks for less the nearer the base is to it", "[judge][growth]") {
  CHECK(limit_factor(200, 100, 4.44) == 1.0);
  CHECK(limit_factor(100, 100, 4.44) == 0.0);
  CHECK_THAT(limit_factor(90, 100, 4.44).value(), WithinAbs(0.374, 5e-4));  // the example of the methodology
  CHECK(limit_factor(110, 100, 4.44) == limit_factor(90, 100, 4.44).value());
  CHECK(limit_factor(90, 0, 4.44) == reason::denominator_zero);
}

TEST_CASE("the share of the change by due is 1 where the growth leads to the goal", "[judge][growth]") {
  CHECK_THAT(change_by_due(100, 150, 5, 225, 5).value(), WithinAbs(1, 1e-12));
  CHECK_THAT(change_by_due(100, 100, 5, 225, 5).value(), WithinAbs(0, 1e-12));
  CHECK(change_by_due(100, 150, 5, 100, 5) == reason::goal_equals_baseline);
}

TEST_CASE("a mean change takes the last yearly changes without a gap, and no fewer than it needs", "[judge][growth]") {
  CHECK(mean_change(yearly({0, 100, 2, 4, 6, 8, 10}), 5, 3, direction::up) == -18.0);
  CHECK(mean_change(yearly({2, 4, 6, 8}), 5, 3, direction::down) == -2.0);
  CHECK(mean_change(yearly({4, 6, 8}), 5, 3, direction::up) == reason::too_few_observations);
  auto gap = yearly({1, 2, 3, 4, 5});
  gap[1].day = day(2014, 6, 30);
  gap[0].day = day(2012);
  CHECK(mean_change(gap, 5, 3, direction::up) == reason::too_few_observations);
  CHECK(last_change(yearly({4, 3}), direction::down) == 1.0);
  CHECK(last_change(yearly({4}), direction::down) == reason::too_few_observations);
}

TEST_CASE("what remains by due is the mean change over the way from the latest amount", "[judge][growth]") {
  CHECK(rest_by_due(50, 5, 100, 10) == 1.0);
  CHECK(rest_by_due(50, -5, 0, 5) == 0.5);
  CHECK(rest_by_due(50, -5, 50, 5) == reason::goal_equals_baseline);
}

TEST_CASE("amounts are found from a day on and until one", "[judge][growth]") {
  const auto amounts = yearly({1, 2, 3});
  CHECK(first_from(amounts, day(2016))->amount == 2);
  CHECK(first_from(amounts, day(2015) + 1)->amount == 2);
  CHECK_FALSE(first_from(amounts, day(2018)).has_value());
  CHECK(last_until(amounts, day(2016))->amount == 2);
  CHECK_FALSE(last_until(amounts, day(2014)).has_value());
}
