#pragma once

#include <attain/judge/attainment.hpp>

#include <algorithm>
#include <cmath>

namespace attain::inline v0 {
namespace detail {

// Rule B2: 1e-9·max(|g|, |g − b|), without a baseline 1e-9·|g|.
inline double tolerance(const cell_goal& goal, double edge) noexcept {
  const double size = goal.has_baseline ? std::max(std::abs(edge), std::abs(edge - goal.baseline)) : std::abs(edge);
  return 1e-9 * size;
}

// The edge of a band that is met first when coming from the baseline.
inline double near_edge(const cell_goal& goal) noexcept {
  return goal.baseline > goal.upper ? goal.upper : goal.goal;
}

inline answer<double> quotient(double a, double b) noexcept {
  const double q = a / b;
  return std::isfinite(q) ? answer<double>(q) : answer<double>(reason::overflow);
}

}  // namespace detail

ATTAIN_INLINE cell_goal goal_of(const aim& what, const goal_context& context, std::optional<double> own_goal) {
  const bool accumulates = is_accumulator(context.kind);
  cell_goal result;
  result.strict = what.strict;
  const auto refuse = [&](reason why) {
    result.course = course::unjudged;
    result.missing = static_cast<std::uint8_t>(why);
    return result;
  };

  // Rule B1: increments, running totals, steps and ratings start from 0; a declared baseline of theirs only makes the goal.
  const bool from_zero = accumulates || context.kind == indicator_kind::steps || context.kind == indicator_kind::rating;
  result.has_baseline = from_zero || context.baseline.has_value();
  result.baseline = from_zero ? 0 : context.baseline.value_or(0);

  double g = own_goal.value_or(what.goal);
  const bool changes = what.change != change_kind::none || what.kind == aim_kind::rises || what.kind == aim_kind::falls;
  if (changes && !context.baseline) return refuse(reason::baseline_missing);
  if (what.change == change_kind::amount) g = *context.baseline + g;
  if (what.change == change_kind::percent) g = *context.baseline * (1 + g / 100);
  const bool no_change = changes && g == context.baseline;

  result.goal = g;
  switch (what.kind) {
    case aim_kind::at_least: result.compare = comparison::at_least; break;
    case aim_kind::at_most: result.compare = comparison::at_most; break;
    case aim_kind::rises:
    case aim_kind::falls:
      result.compare = what.kind == aim_kind::rises ? comparison::above : comparison::below;
      result.goal = *context.baseline;
      break;
    case aim_kind::about: {
      if (no_change) return refuse(reason::goal_equals_baseline);  // rule B4
      const double width = what.tolerance_is_amount ? what.tolerance : what.tolerance * std::abs(g);
      result.goal = g - width;
      result.upper = g + width;
      result.compare = accumulates ? comparison::at_least : comparison::band;  // rule A6: no upper edge
      break;
    }
    case aim_kind::between:
      result.upper = what.upper;
      result.compare = comparison::band;
      break;
  }
  if (!std::isfinite(result.goal) || !std::isfinite(result.upper)) return refuse(reason::overflow);

  if (context.declared_hold) {
    result.course = course::hold;
  } else if (accumulates && what.kind == aim_kind::at_most) {
    result.course = course::cap;  // rule A3, before B3
  } else if (result.compare == comparison::above || result.compare == comparison::below) {
    result.course = course::progress;
  } else if (!accumulates && no_change) {
    result.course = course::hold;  // rule B3: not below last year
  } else if (accumulates && no_change) {
    result.course = course::progress;
  } else if (result.has_baseline && reached(result, result.baseline)) {
    result.course = course::hold;  // rule B3
  } else {
    result.course = course::progress;
  }
  return result;
}

ATTAIN_INLINE bool reached(const cell_goal& goal, double x) noexcept {
  const double tol = detail::tolerance(goal, goal.goal);
  switch (goal.compare) {
    case comparison::at_least: return goal.strict ? x > goal.goal + tol : x >= goal.goal - tol;
    case comparison::at_most: return goal.strict ? x < goal.goal - tol : x <= goal.goal + tol;
    case comparison::above: return x > goal.goal + tol;
    case comparison::below: return x < goal.goal - tol;
    case comparison::band: return x >= goal.goal - tol && x <= goal.upper + detail::tolerance(goal, goal.upper);
  }
  return false;
}

ATTAIN_INLINE answer<double> unfavourable(const cell_goal& goal, const amount& x) noexcept {
  switch (goal.compare) {
    case comparison::at_least:
    case comparison::above:
      if (x.low_open) return reason::not_comparable;
      return x.low;
    case comparison::at_most:
    case comparison::below:
      if (x.high_open) return reason::not_comparable;
      return x.high;
    case comparison::band: break;
  }
  if (x.low_open || x.high_open) return reason::not_comparable;
  if (x.low == x.high) return x.low;
  // The end that is further outside, else the one that has come less far.
  const double outside_low = goal.goal - x.low;
  const double outside_high = x.high - goal.upper;
  if (outside_low <= 0 && outside_high <= 0) return x.low;
  return outside_high > outside_low ? x.high : x.low;
}

ATTAIN_INLINE answer<bool> reached(const cell_goal& goal, const amount& x) noexcept {
  if (goal.compare == comparison::band) {
    if (x.low_open || x.high_open) return reason::not_comparable;
    return reached(goal, x.low) && reached(goal, x.high);
  }
  return unfavourable(goal, x).transform([&](double end) { return reached(goal, end); });
}

ATTAIN_INLINE bool exceeded(const cell_goal& goal, const amount& x) noexcept {
  if (x.low_open) return false;
  const double edge = goal.compare == comparison::band ? goal.upper : goal.goal;
  const double tol = detail::tolerance(goal, edge);
  if (goal.compare == comparison::band) return x.low > edge + tol;
  if (goal.compare == comparison::at_most) return goal.strict ? x.low >= edge - tol : x.low > edge + tol;
  return false;
}

ATTAIN_INLINE answer<double> share_of_goal(const cell_goal& goal, double x) noexcept {
  switch (goal.compare) {
    case comparison::at_least:
    case comparison::above:
      if (goal.goal <= 0 || x < 0) return reason::not_scalable;
      return detail::quotient(x, goal.goal);
    case comparison::at_most:
    case comparison::below:
      if (goal.goal <= 0 || x <= 0) return reason::not_scalable;
      return detail::quotient(goal.goal, x);
    case comparison::band: break;
  }
  if (x < goal.goal) {
    if (goal.goal <= 0 || x < 0) return reason::not_scalable;
    return detail::quotient(x, goal.goal);
  }
  if (x > goal.upper) {
    if (goal.upper <= 0 || x <= 0) return reason::not_scalable;
    return detail::quotient(goal.upper, x);
  }
  return 1.0;
}

ATTAIN_INLINE answer<double> used_of_cap(const cell_goal& goal, const amount& x) noexcept {
  if (x.high_open) return reason::not_comparable;
  if (goal.goal == 0 && reached(goal, x.high)) return 0.0;  // rule A3: a cap of 0 has the gap F while within
  if (goal.goal <= 0) return reason::not_scalable;
  return detail::quotient(x.high, goal.goal);
}

ATTAIN_INLINE answer<double> attainment_of(const cell_goal& goal, const amount& x) noexcept {
  if (goal.course == course::unjudged) {
    return goal.missing == 0 ? reason::not_applicable : static_cast<reason>(goal.missing);
  }
  const answer<bool> is_reached = reached(goal, x);
  if (!is_reached.has_value()) return is_reached.why();

  if (goal.course != course::progress) {
    if (*is_reached) return 1.0;
    if (goal.course == course::cap && goal.goal == 0) return reason::not_scalable;
    return unfavourable(goal, x).has_value() ? share_of_goal(goal, *unfavourable(goal, x)) : reason::not_comparable;
  }
  if (goal.compare == comparison::above || goal.compare == comparison::below) return *is_reached ? 1.0 : 0.0;  // rule A10
  if (!goal.has_baseline) return reason::baseline_missing;  // rule A5

  if (goal.compare == comparison::band) {
    if (*is_reached) return 1.0;
    const double edge = detail::near_edge(goal);
    const bool upwards = edge == goal.goal;
    const auto at = [&](double end) -> answer<double> {
      const double far = upwards ? end - goal.upper : goal.goal - end;
      if (far > 0) return detail::quotient(std::abs(edge - goal.baseline) - far, std::abs(edge - goal.baseline));
      if (reached(goal, end)) return 1.0;
      return detail::quotient(end - goal.baseline, edge - goal.baseline);
    };
    const answer<double> low = at(x.low);
    const answer<double> high = at(x.high);
    if (!low.has_value()) return low.why();
    if (!high.has_value()) return high.why();
    return std::min(*low, *high);
  }
  const double end = *unfavourable(goal, x);
  if (goal.goal == goal.baseline) return reason::goal_equals_baseline;
  const answer<double> share = detail::quotient(end - goal.baseline, goal.goal - goal.baseline);
  if (!share.has_value()) return share;
  return *is_reached ? std::max(*share, 1.0) : *share;
}

}  // namespace attain::inline v0
