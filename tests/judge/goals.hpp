#pragma once

/** Short ways to a goal in numbers, for the tests of attainment. */

#include <attain/judge/attainment.hpp>

#include <optional>

namespace attain::test {

inline amount exactly(double x) { return {.low = x, .high = x}; }
inline amount from_to(double low, double high) { return {.low = low, .high = high}; }
/// "180余"
inline amount upward(double low) { return {.low = low, .high = low, .high_open = true}; }
/// "近200"
inline amount downward(double high) { return {.low = high, .high = high, .low_open = true}; }

inline aim strictly(aim what) {
  what.strict = true;
  return what;
}
/// The number of the aim is a change from the baseline.
inline aim changed_by(aim what) {
  what.change = change_kind::amount;
  return what;
}
inline aim changed_by_percent(aim what) {
  what.change = change_kind::percent;
  return what;
}
inline aim about_by(double goal, double width) {
  aim what = about(goal, width);
  what.tolerance_is_amount = true;
  return what;
}

/// The goal of a level, with a baseline or without.
inline cell_goal of_level(const aim& what, std::optional<double> baseline = std::nullopt) {
  return goal_of(what, {.kind = indicator_kind::level, .baseline = baseline});
}

/// The goal of an increment.
inline cell_goal of_sum(const aim& what, std::optional<double> baseline = std::nullopt) {
  return goal_of(what, {.kind = indicator_kind::increment, .baseline = baseline});
}

/// The goal of a ratio held throughout.
inline cell_goal held(const aim& what) { return goal_of(what, {.kind = indicator_kind::ratio, .declared_hold = true}); }

}  // namespace attain::test
