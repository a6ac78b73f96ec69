#include <attain/judge/expected.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <string_view>
#include <utility>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

std::int32_t day(std::string_view text) { return parse_date(text).days(); }

expected_curve straight(std::string_view window) { return expected_curve::straight(parse_period(window)); }

expected_curve curve(const trajectory& shape, std::string_view window) { return expected_curve::of(shape, parse_period(window)); }

trajectory joined(std::vector<checkpoint> points) {
  return {.kind = trajectory_kind::checkpoints, .checkpoints = std::move(points)};
}

trajectory stepped(std::vector<checkpoint> points) {
  return {.kind = trajectory_kind::checkpoints, .checkpoints = std::move(points), .joined_by_lines = false};
}

trajectory logistic(double midpoint, double steepness) {
  return {.kind = trajectory_kind::logistic, .midpoint = midpoint, .steepness = steepness};
}

trajectory seasonal(std::vector<double> weights) { return {.kind = trajectory_kind::seasonal, .seasonal = std::move(weights)}; }

trajectory step_on(date on) { return {.kind = trajectory_kind::step, .step_day = on}; }

/// `when`, as days after 1 January 2021 whose close is day 1.
std::pair<double, double> days_of_2021(const expected_curve& c, double share) {
  const auto [first, last] = c.when(share);
  return {first - day("2021-01-01") + 1, last - day("2021-01-01") + 1};
}

using interval = std::pair<double, double>;

}  // namespace

// -- F1: the straight line --------------------------------------------------------------------------

TEST_CASE("in a year, full months are twelfths: 91.67 % and 50 %, as Minqing publishes (F1)", "[judge][expected]") {
  const expected_curve f = straight("2023");
  CHECK(f.at(day("2023-11-30")) == 11.0 / 12);
  CHECK(f.at(day("2023-06-30")) == 6.0 / 12);
  CHECK(std::round(f.at(day("2023-11-30")) * 10000) == 9167);
  for (unsigned m = 1; m <= 12; ++m) CHECK(f.at(date{2023, m, 1}.last_of_month().days()) == m / 12.0);
  CHECK(straight("2024").at(day("2024-02-29")) == 2.0 / 12);
}

TEST_CASE("within a month the day counts as day / days in month (F1)", "[judge][expected]") {
  CHECK_THAT(straight("2023").at(day("2023-02-14")), WithinAbs((1 + 14.0 / 28) / 12, 1e-15));
  CHECK_THAT(straight("2024").at(day("2024-02-14")), WithinAbs((1 + 14.0 / 29) / 12, 1e-15));
  CHECK_THAT(straight("2023").at(day("2023-01-01")), WithinAbs(1.0 / 31 / 12, 1e-15));
  CHECK_THAT(straight("2023").at(day("2023-12-30")), WithinAbs((11 + 30.0 / 31) / 12, 1e-15));
}

TEST_CASE("any window of whole months counts months, however many years it spans (F1)", "[judge][expected]") {
  CHECK(straight("2020-04-01/2023-03-31").at(day("2021-03-31")) == 12.0 / 36);
  CHECK(straight("2020-04-01/2023-03-31").at(day("2022-12-31")) == 33.0 / 36);
  CHECK(straight("2021Q1").at(day("2021-02-28")) == 2.0 / 3);  // 59 of 90 days
  CHECK_THAT(straight("2021-02").at(day("2021-02-07")), WithinAbs(0.25, 1e-15));
}

TEST_CASE("any other window counts days: (days elapsed + 1) / days (F1)", "[judge][expected]") {
  const expected_curve f = straight("2021-03-15/2021-09-30");  // 200 days
  CHECK(f.at(day("2021-03-15")) == 1.0 / 200);
  CHECK(f.at(day("2021-03-31")) == 17.0 / 200);
  CHECK(f.at(day("2021-06-22")) == 100.0 / 200);
  CHECK(straight("2021-01-01/2021-06-15").at(day("2021-01-31")) == 31.0 / 166);
  CHECK(straight("2021-01-15/2021-06-30").at(day("2021-01-31")) == 17.0 / 167);
  CHECK(straight("2021-W05").at(day("2021-02-03")) == 3.0 / 7);
}

TEST_CASE("F is 0 before the start day and 1 at the close of due (F1)", "[judge][expected]") {
  for (const std::string_view window : {"2021", "2021-03-15/2021-09-30", "2021-02", "2021-07-01"}) {
    const period days = parse_period(window);
    const expected_curve f = expected_curve::straight(days);
    CHECK(f.at(days.start.days() - 1) == 0);
    CHECK(f.at(days.start.days() - 400) == 0);
    CHECK(f.at(days.start.days()) > 0);
    CHECK(f.at(days.last().days()) == 1);
    CHECK(f.at(days.last().days() + 400) == 1);
    CHECK((days.days() == 1 || f.at(days.last().days() - 1) < 1));
  }
}

TEST_CASE("every target without a trajectory of its own has the straight line (F3)", "[judge][expected]") {
  CHECK(curve({}, "2021") == straight("2021"));
  CHECK(curve({.kind = trajectory_kind::straight}, "2021") == straight("2021"));
}

// -- F2: whole units --------------------------------------------------------------------------------

TEST_CASE("whole units round the planned number down: F* = floor(g·F + 1e-9)/g (F2)", "[judge][expected]") {
  CHECK(whole_units(0.5, 139) == 69.0 / 139);
  CHECK(whole_units(11.0 / 12, 3) == 2.0 / 3);
  CHECK(whole_units(0.99, 1) == 0);
  CHECK(whole_units(1, 139) == 1);
  CHECK(whole_units(0, 139) == 0);
  CHECK(whole_units(7.0 / 12, 12) == 7.0 / 12);  // 12·(7/12) is 7, whatever doubles make of it
  CHECK(whole_units(0.3, 10) == 0.3);
  CHECK(whole_units(0.3 - 2e-10, 10) == 0.2);    // 2.999999998 is not 3
  CHECK(whole_units(0.3 - 0.5e-10, 10) == 0.3);  // 2.9999999995 is
}

TEST_CASE("whole units never plan more than the line, nor less by a unit (F2)", "[judge][expected]") {
  const expected_curve f = straight("2021");
  for (std::int32_t d = day("2021-01-01"); d <= day("2021-12-31"); ++d) {
    for (const double goal : {1.0, 7.0, 45.0, 139.0, 10600.0}) {
      const double whole = whole_units(f.at(d), goal);
      CHECK(whole <= f.at(d) + 1e-9);
      CHECK(whole > f.at(d) - 1 / goal);
      CHECK_THAT(whole * goal, WithinAbs(std::round(whole * goal), 1e-9));
    }
  }
}

// -- F3: steps --------------------------------------------------------------------------------------

TEST_CASE("a step is 0, then 1 from the close of its day on, of the due day unless told otherwise (F3)", "[judge][expected]") {
  const expected_curve june = curve(step_on({2021, 6, 30}), "2021");
  CHECK(june.at(day("2021-06-29")) == 0);
  CHECK(june.at(day("2021-06-30")) == 1);
  CHECK(june.at(day("2021-12-31")) == 1);
  const expected_curve due = curve({.kind = trajectory_kind::step}, "2021");
  CHECK(due.at(day("2021-12-30")) == 0);
  CHECK(due.at(day("2021-12-31")) == 1);
  const expected_curve start = curve(step_on({2021, 1, 1}), "2021");
  CHECK(start.at(day("2020-12-31")) == 0);
  CHECK(start.at(day("2021-01-01")) == 1);
}

TEST_CASE("steps plan the weights that are due (F3, A9a)", "[judge][expected]") {
  const std::vector<expected_curve::point> rises{{double(day("2021-09-30")), 5},
                                                 {double(day("2021-03-31")), 1},
                                                 {double(day("2021-06-30")), 1},
                                                 {double(day("2021-06-30")), 1}};
  const expected_curve f = expected_curve::steps(parse_period("2021"), rises);
  CHECK(f.at(day("2021-03-30")) == 0);
  CHECK(f.at(day("2021-03-31")) == 0.125);
  CHECK(f.at(day("2021-06-29")) == 0.125);
  CHECK(f.at(day("2021-06-30")) == 0.375);
  CHECK(f.at(day("2021-09-29")) == 0.375);
  CHECK(f.at(day("2021-09-30")) == 1);
  CHECK(f.at(day("2021-12-31")) == 1);
}

TEST_CASE("steps of adjoining days and of weight 0 stay in order (F3)", "[judge][expected]") {
  const double d = day("2021-06-30");
  const std::vector<expected_curve::point> rises{{d, 1}, {d + 1, 2}, {d + 2, 0}, {d + 9, 1}, {d + 20, 0}};
  const expected_curve f = expected_curve::steps(parse_period("2021"), rises);
  CHECK(f.at(day("2021-06-29")) == 0);
  CHECK(f.at(day("2021-06-30")) == 0.25);
  CHECK(f.at(day("2021-07-01")) == 0.75);
  CHECK(f.at(day("2021-07-08")) == 0.75);
  CHECK(f.at(day("2021-07-09")) == 1);
}

TEST_CASE("whatever its steps say, all is due at the close of due (F3, F3a)", "[judge][expected]") {
  const std::vector<expected_curve::point> rises{{double(day("2021-06-30")), 1}, {double(day("2022-06-30")), 1}};
  const expected_curve f = expected_curve::steps(parse_period("2021"), rises);
  CHECK(f.at(day("2021-12-30")) == 0.5);
  CHECK(f.at(day("2021-12-31")) == 1);
}

TEST_CASE("a step that is due before the window counts from its first day (F3a)", "[judge][expected]") {
  const std::vector<expected_curve::point> rises{
      {double(day("2020-06-30")), 1}, {double(day("2020-12-31")), 1}, {double(day("2021-06-30")), 2}};
  const expected_curve f = expected_curve::steps(parse_period("2021"), rises);
  CHECK(f.at(day("2020-12-31")) == 0);
  CHECK(f.at(day("2021-01-01")) == 0.5);
  CHECK(f.at(day("2021-06-29")) == 0.5);
  CHECK(f.at(day("2021-06-30")) == 1);
}

// -- F4: other shapes -------------------------------------------------------------------------------

TEST_CASE("checkpoints are joined by lines, straight in days, from 0 at the close of the eve (F4)", "[judge][expected]") {
  const expected_curve f = curve(joined({{{2021, 1, 10}, 0.2}, {{2021, 1, 30}, 0.8}}), "2021-01-01/2021-02-09");
  CHECK(f.at(day("2020-12-31")) == 0);
  CHECK_THAT(f.at(day("2021-01-01")), WithinAbs(0.02, 1e-15));
  CHECK(f.at(day("2021-01-10")) == 0.2);
  CHECK_THAT(f.at(day("2021-01-20")), WithinAbs(0.5, 1e-15));
  CHECK(f.at(day("2021-01-30")) == 0.8);
  CHECK_THAT(f.at(day("2021-02-04")), WithinAbs(0.9, 1e-15));
  CHECK(f.at(day("2021-02-09")) == 1);
}

TEST_CASE("a checkpoint on the due day ends the line (F4)", "[judge][expected]") {
  const expected_curve f = curve(joined({{{2021, 6, 30}, 0.25}, {{2021, 12, 31}, 1}}), "2021");
  CHECK(f.at(day("2021-06-30")) == 0.25);
  CHECK(f.at(day("2021-12-31")) == 1);
}

TEST_CASE("stepped checkpoints hold their share, to the last bit, until the next (F4)", "[judge][expected]") {
  const expected_curve f = curve(stepped({{{2021, 3, 31}, 0.1}, {{2021, 6, 30}, 0.3}, {{2021, 9, 30}, 0.7}}), "2021");
  CHECK(f.at(day("2021-03-30")) == 0);
  CHECK(f.at(day("2021-03-31")) == 0.1);
  CHECK(f.at(day("2021-06-29")) == 0.1);
  CHECK(f.at(day("2021-06-30")) == 0.3);
  CHECK(f.at(day("2021-09-29")) == 0.3);
  CHECK(f.at(day("2021-09-30")) == 0.7);
  CHECK(f.at(day("2021-12-30")) == 0.7);
  CHECK(f.at(day("2021-12-31")) == 1);
}

TEST_CASE("checkpoints that a rounding put out of order do not make the curve fall (F4)", "[judge][expected]") {
  for (const bool lines : {true, false}) {
    trajectory shape =
        joined({{{2021, 3, 31}, -1e-10}, {{2021, 6, 30}, 0.5}, {{2021, 9, 30}, 0.5 - 1e-10}, {{2021, 12, 31}, 1 + 1e-10}});
    shape.joined_by_lines = lines;
    const expected_curve f = curve(shape, "2021");
    CHECK(f.at(day("2021-03-31")) == 0);
    CHECK(f.at(day("2021-09-30")) == 0.5);
    CHECK(f.at(day("2021-12-31")) == 1);
  }
}

TEST_CASE("the logistic is normalised over the share of days that have closed (F4, F4a)", "[judge][expected]") {
  const auto raw = [](double u) { return 1 / (1 + std::exp(-10 * (u - 0.5))); };
  const expected_curve f = curve(logistic(0.5, 10), "2021-03-15/2021-09-30");  // 200 days
  CHECK(f.at(day("2021-03-14")) == 0);
  CHECK_THAT(f.at(day("2021-06-22")), WithinAbs(0.5, 1e-15));
  CHECK_THAT(f.at(day("2021-05-03")), WithinAbs((raw(0.25) - raw(0)) / (raw(1) - raw(0)), 1e-15));
  CHECK(f.at(day("2021-09-30")) == 1);
  // the curve of a late start: slower than the line before its middle
  CHECK_THAT(curve(logistic(0.8, 5), "2021").at(day("2021-06-30")), WithinAbs(0.22633696521103431, 1e-15));
}

TEST_CASE("the logistic counts days also in a window of whole months (F4a)", "[judge][expected]") {
  CHECK_THAT(curve(logistic(0.5, 0.001), "2021").at(day("2021-02-28")), WithinAbs(59.0 / 365, 1e-6));
}

TEST_CASE("seasonal weights of calendar months add up by months (F4, F4a)", "[judge][expected]") {
  const expected_curve f = curve(seasonal({0, 1, 1, 2, 2, 2, 2, 2, 2, 1, 1, 0}), "2021");
  CHECK(f.at(day("2021-01-31")) == 0);
  CHECK(f.at(day("2021-02-28")) == 1.0 / 16);
  CHECK_THAT(f.at(day("2021-04-15")), WithinAbs(3.0 / 16, 1e-15));
  CHECK(f.at(day("2021-11-29")) < 1);
  CHECK(f.at(day("2021-11-30")) == 1);
}

TEST_CASE("seasonal weights of other parts are for equal lengths in days, fractions included (F4a)", "[judge][expected]") {
  const expected_curve quarters = curve(seasonal({1, 2, 3, 4}), "2021");  // 91.25 days each
  CHECK_THAT(quarters.at(day("2021-01-01") + 90), WithinAbs(0.1 * 91 / 91.25, 1e-15));
  CHECK_THAT(quarters.at(day("2021-01-01") + 91), WithinAbs(0.1 + 0.2 * 0.75 / 91.25, 1e-15));
  CHECK(curve(seasonal({1, 1, 1}), "2021-02-01/2021-02-21").at(day("2021-02-07")) == 1.0 / 3);
  CHECK(curve(seasonal({5}), "2021-02-01/2021-02-20").at(day("2021-02-10")) == 0.5);
}

// -- P3: the day on which a share was planned --------------------------------------------------------

TEST_CASE("the inverse of the line is a double, linear between closes (P3)", "[judge][expected]") {
  const expected_curve f = straight("2021");
  CHECK(days_of_2021(f, 6.0 / 12) == interval{181, 181});
  CHECK(days_of_2021(f, 0) == interval{0, 0});
  CHECK(days_of_2021(f, -0.3) == interval{0, 0});
  const auto [half_of_february, same] = days_of_2021(f, 1.5 / 12);
  CHECK(half_of_february == same);
  CHECK_THAT(half_of_february, WithinAbs(31 + 14, 1e-9));
  CHECK_THAT(days_of_2021(f, (1 + 0.25 / 28) / 12).first, WithinAbs(31.25, 1e-9));
  CHECK_THAT(days_of_2021(f, 1 - 1e-12).first, WithinAbs(365, 1e-6));
}

TEST_CASE("on a plateau the inverse is its days, from the close that reached it to the last (P3)", "[judge][expected]") {
  const expected_curve f = curve(stepped({{{2021, 3, 31}, 0.1}, {{2021, 6, 30}, 0.3}}), "2021");
  CHECK(days_of_2021(f, 0) == interval{0, 89});
  CHECK(days_of_2021(f, 0.1) == interval{90, 180});
  CHECK(days_of_2021(f, 0.3) == interval{181, 364});
}

TEST_CASE("within a step the inverse lies between two closes (P3)", "[judge][expected]") {
  const expected_curve f = curve(stepped({{{2021, 3, 31}, 0.1}, {{2021, 6, 30}, 0.3}}), "2021");
  CHECK_THAT(days_of_2021(f, 0.2).first, WithinAbs(180.5, 1e-9));
  CHECK(days_of_2021(f, 0.2).first == days_of_2021(f, 0.2).second);
  CHECK_THAT(days_of_2021(f, 0.05).first, WithinAbs(89.5, 1e-9));
  CHECK_THAT(days_of_2021(curve(step_on({2021, 6, 30}), "2021"), 0.5).first, WithinAbs(180.5, 1e-9));
}

TEST_CASE("a share that a rounding keeps from a plateau is on it (P3b)", "[judge][expected]") {
  const std::vector<expected_curve::point> rises{
      {double(day("2021-03-31")), 0.1}, {double(day("2021-06-30")), 0.2}, {double(day("2021-09-30")), 0.7}};
  const expected_curve f = expected_curve::steps(parse_period("2021"), rises);
  CHECK(f.at(day("2021-06-30")) != 0.3);  // 0.1 + 0.2
  CHECK(days_of_2021(f, 0.3) == interval{181, 272});
  CHECK(days_of_2021(f, 0.3 + 1e-12) == interval{181, 272});
  CHECK(days_of_2021(f, 0.3 - 1e-12) == interval{181, 272});
  CHECK(days_of_2021(f, 0.3 - 1e-8).first < 181);
  CHECK(days_of_2021(f, 0.3 + 1e-8).second > 272);
}

TEST_CASE("a plateau between parts of days has the closes at which F is its share (P3)", "[judge][expected]") {
  const expected_curve f = curve(seasonal({1, 0, 1, 1, 1, 1, 1}), "2021-01-01/2021-01-30");  // parts of 4 2/7 days
  CHECK(days_of_2021(f, 1.0 / 6) == interval{5, 8});
}

TEST_CASE("the inverse of the logistic stays inside the window, however flat the curve is (P3)", "[judge][expected]") {
  for (const double steepness : {0.001, 10.0, 100.0, 1000.0}) {
    for (const double midpoint : {0.0, 0.5, 1.0}) {
      const expected_curve f = curve(logistic(midpoint, steepness), "2021");
      for (const double share : {0.0, 1e-300, 1e-12, 0.25, 0.75, 1 - 1e-12, std::nextafter(1.0, 0.0)}) {
        const auto [first, last] = days_of_2021(f, share);
        CAPTURE(steepness, midpoint, share);
        CHECK(first >= 0);
        CHECK(first <= last);
        CHECK(last <= 365);
      }
    }
  }
  CHECK_THAT(days_of_2021(curve(logistic(0.5, 10), "2021"), 0.5).first, WithinAbs(182.5, 1e-9));
  // nothing to speak of is planned in the first half of a steep curve, so being at 0 then is being on time
  CHECK(days_of_2021(curve(logistic(0.9, 100), "2021"), 0).second > 182);
}

// -- laws -------------------------------------------------------------------------------------------

namespace {

/// Any shape that `validate` accepts for the window.
trajectory any_shape(std::mt19937_64& random, const period& window) {
  const auto share = [&] { return static_cast<double>(random() % 1001) / 1000; };
  trajectory shape;
  switch (random() % 5) {
    case 0:
      break;
    case 1:
      shape = step_on(window.start + static_cast<int>(random() % static_cast<unsigned>(window.days())));
      break;
    case 2: {
      shape.kind = trajectory_kind::checkpoints;
      shape.joined_by_lines = random() % 2 == 0;
      double before = 0;
      for (date d = window.start; d < window.last(); d = d + 1 + static_cast<int>(random() % 40)) {
        before = std::max(before, share());
        shape.checkpoints.push_back({d, before});
      }
      if (shape.checkpoints.empty()) shape = {};
      break;
    }
    case 3:
      shape = logistic(share(), std::exp(std::log(1000.0) * (2 * share() - 1)));
      break;
    default: {
      std::vector<double> weights;
      const auto parts = 1 + random() % static_cast<unsigned>(std::min(window.days(), 24));
      for (std::size_t i = 0; i < parts; ++i) weights.push_back(random() % 3 == 0 ? 0 : share());
      weights[random() % parts] = 0.5;
      shape = seasonal(weights);
    }
  }
  return shape;
}

period any_window(std::mt19937_64& random) {
  const date start = date{2019, 1, 1} + static_cast<int>(random() % 800);
  if (random() % 3 == 0) return {start.first_of_month(), add_months(start.first_of_month(), 1 + static_cast<int>(random() % 30))};
  return {start, start + 1 + static_cast<int>(random() % 700)};
}

}  // namespace

TEST_CASE("every trajectory rises from 0 before its window to 1 at its due day and never falls (F4)", "[judge][expected]") {
  std::mt19937_64 random(2);
  for (int round = 0; round < 400; ++round) {
    const period window = any_window(random);
    const expected_curve f = expected_curve::of(any_shape(random, window), window);
    double before = 0;
    CHECK(f.at(window.start.days() - 1) == 0);
    CHECK(f.at(window.last().days()) == 1);
    bool monotone = true;
    for (std::int32_t d = window.start.days() - 3; d <= window.last().days() + 3; ++d) {
      monotone = monotone && f.at(d) >= before && f.at(d) <= 1;
      before = f.at(d);
    }
    CHECK(monotone);
  }
}

TEST_CASE("the inverse gives back the day, or a plateau that it lies on (P3)", "[judge][expected]") {
  std::mt19937_64 random(3);
  for (int round = 0; round < 400; ++round) {
    const period window = any_window(random);
    const expected_curve f = expected_curve::of(any_shape(random, window), window);
    for (std::int32_t d = window.start.days(); d < window.last().days(); d += 1 + static_cast<std::int32_t>(random() % 20)) {
      if (f.at(d) >= 1) break;
      const auto [first, last] = f.when(f.at(d));
      CHECK(first <= d);
      CHECK(d <= last);
    }
  }
}

TEST_CASE("F of its inverse is the share (P3)", "[judge][expected]") {
  std::mt19937_64 random(4);
  const auto between_closes = [](const expected_curve& f, double t) {
    const auto from = static_cast<std::int32_t>(std::floor(t));
    return f.at(from) + (f.at(from + 1) - f.at(from)) * (t - from);
  };
  for (int round = 0; round < 400; ++round) {
    const period window = any_window(random);
    const expected_curve f = expected_curve::of(any_shape(random, window), window);
    for (int i = 0; i < 20; ++i) {
      const double share = static_cast<double>(random() % 1000) / 1000;
      const auto [first, last] = f.when(share);
      CHECK(first >= window.start.days() - 1);
      CHECK(last <= window.last().days());
      CHECK_THAT(between_closes(f, first), WithinAbs(share, 1.1e-9));
      CHECK_THAT(between_closes(f, last), WithinAbs(share, 1.1e-9));
    }
  }
}

TEST_CASE("being further along is never having been planned earlier (P3)", "[judge][expected]") {
  std::mt19937_64 random(5);
  for (int round = 0; round < 200; ++round) {
    const period window = any_window(random);
    const expected_curve f = expected_curve::of(any_shape(random, window), window);
    auto before = f.when(0);
    for (double share = 0.001; share < 1; share += 0.001) {
      const auto now = f.when(share);
      CHECK(before.first <= now.first);
      CHECK(before.second <= now.second);
      before = now;
    }
  }
}
