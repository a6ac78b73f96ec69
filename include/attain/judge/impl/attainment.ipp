#pragma once

#include <attain/core/missing.hpp>
#include <attain/judge/attainment.hpp>
#include <attain/judge/attainment_rules.hpp>

#include <cmath>

namespace attain::inline v0 {
ATTAIN_INLINE cell_goal goal_of(const aim& what, const goal_context& context, std::optional<double> own_goal) {
  const bool accumulates = is_accumulator(context.kind);
  cell_goal result;
  result.strict = what.strict;
  // A cap comes before a hold (rule A3); which of them it is does not hang on the numbers.
  const bool caps = accumulates && what.kind == aim_kind::at_most;
  result.course = caps ? course::cap : context.declared_hold ? course::hold : course::progress;
  const auto refuse = [&](reason why) {
    result.unknown = true;
    result.missing = detail::as_missing(why);
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

ATTAIN_INLINE bool reached(const cell_goal& goal, double x) noexcept { return detail::reaches(goal, x); }

ATTAIN_INLINE answer<double> unfavourable(const cell_goal& goal, const amount& x) noexcept {
  return detail::unfavourable_end(goal, x);
}

ATTAIN_INLINE answer<bool> reached(const cell_goal& goal, const amount& x) noexcept {
  return unfavourable(goal, x).transform([&](double end) { return reached(goal, end); });
}

ATTAIN_INLINE bool exceeded(const cell_goal& goal, const amount& x) noexcept { return detail::exceeds(goal, x); }

ATTAIN_INLINE answer<double> share_of_goal(const cell_goal& goal, double x) noexcept { return detail::share_of(goal, x); }

ATTAIN_INLINE answer<double> used_of_cap(const cell_goal& goal, const amount& x) noexcept {
  if (x.high_open) return reason::not_comparable;
  if (goal.goal == 0 && reached(goal, x.high)) return 0.0;        // rule A3: a cap of 0 has the gap F while within
  if (goal.goal <= 0 || x.high < 0) return reason::not_scalable;  // rule A4
  return detail::quotient(x.high, goal.goal);
}

ATTAIN_INLINE answer<double> attainment_of(const cell_goal& goal, double x) noexcept {
  if (goal.missing != 0) return static_cast<reason>(goal.missing);
  if (goal.course == course::unjudged) return reason::not_applicable;
  return detail::attainment_at(goal, x, detail::reaches(goal, x));
}

ATTAIN_INLINE answer<double> attainment_of(const cell_goal& goal, const amount& x) noexcept {
  const answer<double> end = unfavourable(goal, x);
  return end.has_value() || goal.missing != 0 || goal.course == course::unjudged ? attainment_of(goal, end.value_or(0)) : end;
}

}  // namespace attain::inline v0
