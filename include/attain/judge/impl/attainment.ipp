#pragma once

#include <attain/judge/attainment.hpp>

#include <algorithm>
#include <cmath>

namespace attain::inline v0 {
namespace detail {

// Rule B2: 1e-9·max(|g|, |g − b|), without a baseline 1e-9·|g|.
inline double tolerance(const cell_goal& goal, double edge) noexcept {
  const double size = goal.has_baseline ? (std::max)(std::abs(edge), std::abs(edge - goal.baseline)) : std::abs(edge);
  return 1e-9 * size;
}

inline answer<double> quotient(double a, double b) noexcept {
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
inline answer<double> attainment_at(const cell_goal& goal, double x) noexcept {
  const bool is_reached = reached(goal, x);
  if (goal.compare == comparison::above || goal.compare == comparison::below) return is_reached ? 1.0 : 0.0;  // rule A10
  if (goal.course != course::progress) return is_reached ? 1.0 : share_of_goal(goal, x);
  if (!goal.has_baseline) return reason::baseline_missing;  // rule A5
  if (goal.no_way) return reason::goal_equals_baseline;     // rule B4
  if (goal.compare == comparison::band) return is_reached ? 1.0 : way_to_band(goal, x);
  if (goal.goal == goal.baseline) return reason::goal_equals_baseline;
  const answer<double> share = quotient(x - goal.baseline, goal.goal - goal.baseline);
  if (!is_reached) return share;
  return goal.inside_is_one ? answer<double>(1.0) : share.transform([](double a) { return (std::max)(a, 1.0); });
}

// What orders the ends of an interval around a band, where a may have no answer.
inline double worth(const cell_goal& goal, double x) noexcept {
  const answer<double> a = attainment_at(goal, x);
  if (a.has_value()) return *a;
  return reached(goal, x) ? 1 : share_of_goal(goal, x).value_or(0);
}

}  // namespace detail

ATTAIN_INLINE cell_goal goal_of(const aim& what, const goal_context& context, std::optional<double> own_goal) {
  const bool accumulates = is_accumulator(context.kind);
  cell_goal result;
  result.strict = what.strict;
  // A cap comes before a hold (rule A3); which of them it is does not hang on the numbers.
  const bool caps = accumulates && what.kind == aim_kind::at_most;
  result.course = caps ? course::cap : context.declared_hold ? course::hold : course::progress;
  const auto refuse = [&](reason why) {
    result.unknown = true;
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

  result.stated = result.goal = g;
  switch (what.kind) {
    case aim_kind::at_least:
      result.compare = comparison::at_least;
      break;
    case aim_kind::at_most:
      result.compare = comparison::at_most;
      break;
    case aim_kind::rises:
    case aim_kind::falls:
      result.compare = what.kind == aim_kind::rises ? comparison::above : comparison::below;
      result.stated = result.goal = *context.baseline;
      break;
    case aim_kind::about: {
      result.no_way = no_change && result.has_baseline && g == result.baseline;  // rule B4; an accumulator begins at 0
      const double width = what.tolerance_is_amount ? what.tolerance : what.tolerance * std::abs(g);
      result.goal = g - width;
      result.upper = g + width;
      result.compare = accumulates ? comparison::at_least : comparison::band;  // rule A6: no upper edge
      result.inside_is_one = accumulates;
      break;
    }
    case aim_kind::between:
      result.upper = what.upper;
      result.compare = comparison::band;
      break;
  }
  if (!std::isfinite(result.goal) || !std::isfinite(result.upper)) return refuse(reason::overflow);

  const bool one_sided = result.compare == comparison::at_least || result.compare == comparison::at_most;
  const bool has_edge = one_sided || result.compare == comparison::band;
  if (result.course != course::progress || !has_edge || result.no_way) return result;
  if (no_change) {
    if (!accumulates) result.course = course::hold;  // rule B3: not below last year
  } else if (result.has_baseline && reached(result, result.baseline)) {
    result.course = course::hold;  // rule B3
  }
  return result;
}

ATTAIN_INLINE bool reached(const cell_goal& goal, double x) noexcept {
  const double tol = detail::tolerance(goal, goal.goal);
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
      return x >= goal.goal - tol && x <= goal.upper + detail::tolerance(goal, goal.upper);
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
    case comparison::band:
      break;
  }
  if (x.low_open || x.high_open) return reason::not_comparable;
  if (x.low == x.high) return x.low;
  return detail::worth(goal, x.high) < detail::worth(goal, x.low) ? x.high : x.low;
}

ATTAIN_INLINE answer<bool> reached(const cell_goal& goal, const amount& x) noexcept {
  return unfavourable(goal, x).transform([&](double end) { return reached(goal, end); });
}

ATTAIN_INLINE bool exceeded(const cell_goal& goal, const amount& x) noexcept {
  if (x.low_open) return false;
  switch (goal.compare) {
    case comparison::at_least:
    case comparison::above:
      return false;
    case comparison::at_most:
    case comparison::below:
      return !reached(goal, x.low);
    case comparison::band:
      return x.low > goal.upper + detail::tolerance(goal, goal.upper);
  }
  return false;
}

ATTAIN_INLINE answer<double> share_of_goal(const cell_goal& goal, double x) noexcept {
  switch (goal.compare) {
    case comparison::at_least:
      if (goal.goal <= 0 || x < 0) return reason::not_scalable;
      return detail::quotient(x, goal.goal);
    case comparison::at_most:
      if (goal.goal <= 0 || x <= 0) return reason::not_scalable;
      return detail::quotient(goal.goal, x);
    case comparison::above:
    case comparison::below:
      return reason::not_scalable;
    case comparison::band:
      break;
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
  if (goal.goal == 0 && reached(goal, x.high)) return 0.0;        // rule A3: a cap of 0 has the gap F while within
  if (goal.goal <= 0 || x.high < 0) return reason::not_scalable;  // rule A4
  return detail::quotient(x.high, goal.goal);
}

ATTAIN_INLINE answer<double> attainment_of(const cell_goal& goal, double x) noexcept {
  if (goal.missing != 0) return static_cast<reason>(goal.missing);
  if (goal.course == course::unjudged) return reason::not_applicable;
  return detail::attainment_at(goal, x);
}

ATTAIN_INLINE answer<double> attainment_of(const cell_goal& goal, const amount& x) noexcept {
  const answer<double> end = unfavourable(goal, x);
  return end.has_value() || goal.missing != 0 || goal.course == course::unjudged ? attainment_of(goal, end.value_or(0)) : end;
}

}  // namespace attain::inline v0
