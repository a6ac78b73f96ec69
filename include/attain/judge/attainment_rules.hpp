#pragma once

/** Rules A and B2 for one number, to be compiled into the loops that ask for them (`judge/attainment.hpp` is for everybody else).
 */

#include <attain/core/answer.hpp>
#include <attain/core/config.hpp>
#include <attain/judge/cell_goal.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace attain::inline v0 {

answer<double> share_of_goal(const cell_goal& goal, double x) noexcept;  // judge/attainment.hpp

namespace detail {

// Rule B2: 1e-9·max(|g|, |g − b|), without a baseline 1e-9·|g|.
ATTAIN_HOT inline double tolerance(const cell_goal& goal, double edge) noexcept {
  const double size = goal.has_baseline ? (std::max)(std::abs(edge), std::abs(edge - goal.baseline)) : std::abs(edge);
  return 1e-9 * size;
}

ATTAIN_HOT inline bool reaches(const cell_goal& goal, double x) noexcept {
  const double tol = tolerance(goal, goal.goal);
  switch (goal.compare) {
    case comparison::at_least:
      return goal.strict ? x > goal.goal + tol : x >= goal.goal - tol;
    case comparison::at_most:
      return goal.strict ? x < goal.goal - tol : x <= goal.goal + tol;
    case comparison::above:
      return x > goal.goal + tol;
    case comparison::below:
      return x < goal.goal - tol;
    case comparison::band:
      return x >= goal.goal - tol && x <= goal.upper + tolerance(goal, goal.upper);
  }
  return false;
}

ATTAIN_HOT inline answer<double> quotient(double a, double b) noexcept {
  const double q = a / b;
  return std::isfinite(q) ? answer<double>(q) : answer<double>(reason::overflow);
}

// Rule A6: from the baseline to the near edge of a band, and back as far as the far one is exceeded.
inline answer<double> way_to_band(const cell_goal& goal, double x) noexcept {
  const bool from_above = goal.baseline > goal.upper;
  const double edge = from_above ? goal.upper : goal.goal;
  const double way = std::abs(edge - goal.baseline);
  const double beyond = from_above ? goal.goal - x : x - goal.upper;
  return beyond > 0 ? quotient(way - beyond, way) : quotient(x - goal.baseline, edge - goal.baseline);
}

// Rules A1 to A6 and A10 for an amount without ends.
ATTAIN_HOT inline answer<double> attainment_at(const cell_goal& goal, double x, bool is_reached) noexcept {
  if (goal.compare == comparison::above || goal.compare == comparison::below) return is_reached ? 1.0 : 0.0;  // rule A10
  if (goal.course != course::progress) return is_reached ? 1.0 : share_of_goal(goal, x);
  if (!goal.has_baseline) return reason::baseline_missing;  // rule A5
  if (goal.no_way) return reason::goal_equals_baseline;     // rule B4
  if (goal.compare == comparison::band) return is_reached ? 1.0 : way_to_band(goal, x);
  if (goal.goal == goal.baseline) return reason::goal_equals_baseline;
  const answer<double> share = quotient(x - goal.baseline, goal.goal - goal.baseline);
  if (goal.inside_is_one && is_reached) return 1.0;
  if (!share.has_value()) return share;
  constexpr double least[] = {-std::numeric_limits<double>::infinity(), 1};  // looked up: nobody foresees what is reached
  return (std::max)(*share, least[is_reached ? 1 : 0]);
}

// What orders the ends of an interval around a band, where a may have no answer.
inline double worth(const cell_goal& goal, double x) noexcept {
  const bool is_reached = reaches(goal, x);
  const answer<double> a = attainment_at(goal, x, is_reached);
  if (a.has_value()) return *a;
  return is_reached ? 1 : share_of_goal(goal, x).value_or(0);
}

ATTAIN_HOT inline answer<double> unfavourable_end(const cell_goal& goal, const amount& x) noexcept {
  switch (goal.compare) {
    case comparison::at_least:
    case comparison::above:
      if (x.low_open) return reason::not_comparable;
      return x.low;
    case comparison::at_most:
    case comparison::below:
      if (x.high_open) return reason::not_comparable;
      return x.high;
    case comparison::band:
      break;
  }
  if (x.low_open || x.high_open) return reason::not_comparable;
  if (x.low == x.high) return x.low;
  return worth(goal, x.high) < worth(goal, x.low) ? x.high : x.low;
}

ATTAIN_HOT inline bool exceeds(const cell_goal& goal, const amount& x) noexcept {
  if (x.low_open) return false;
  switch (goal.compare) {
    case comparison::at_least:
    case comparison::above:
      return false;
    case comparison::at_most:
    case comparison::below:
      return !reaches(goal, x.low);
    case comparison::band:
      return x.low > goal.upper + tolerance(goal, goal.upper);
  }
  return false;
}

// `share_of_goal`.
ATTAIN_HOT inline answer<double> share_of(const cell_goal& goal, double x) noexcept {
  switch (goal.compare) {
    case comparison::at_least:
      if (goal.goal <= 0 || x < 0) return reason::not_scalable;
      return quotient(x, goal.goal);
    case comparison::at_most:
      if (goal.goal <= 0 || x <= 0) return reason::not_scalable;
      return quotient(goal.goal, x);
    case comparison::above:
    case comparison::below:
      return reason::not_scalable;
    case comparison::band:
      break;
  }
  if (x < goal.goal) {
    if (goal.goal <= 0 || x < 0) return reason::not_scalable;
    return quotient(x, goal.goal);
  }
  if (x > goal.upper) {
    if (goal.upper <= 0 || x <= 0) return reason::not_scalable;
    return quotient(goal.upper, x);
  }
  return 1.0;
}

}  // namespace detail

}  // namespace attain::inline v0
