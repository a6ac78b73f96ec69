#pragma once
/** What a target asks of its amount, as data: direction and goal live here and nowhere else.

  An aim may be wrong (a NaN, `lo > hi`): `validate` says so. The goal is in the indicator's unit, or, with a `change`, a
  change from the baseline in that unit or in percent (10 is +10 %).
*/
#include <attain/core/period.hpp>

#include <cstdint>

namespace attain::inline v0 {

enum class aim_kind : std::uint8_t { at_least, at_most, about, between, rises, falls };

/// Whether the number of an aim is the amount itself or a change from the baseline.
enum class change_kind : std::uint8_t { none, amount, percent };

struct aim {
  aim_kind kind = aim_kind::at_least;
  double goal = 0;                        ///< of `between`: the lower edge
  double upper = 0;                       ///< of `between`: the upper edge
  double tolerance = 0.05;                ///< of `about`: a share of |goal|, or an amount (rule A6)
  bool tolerance_is_amount = false;
  bool strict = false;                    ///< "more than", "less than" (rule B2)
  change_kind change = change_kind::none;
  bool from_previous_period = false;      ///< under `every`: a change from the period before (rule A10)

  friend constexpr bool operator==(const aim&, const aim&) = default;
};

constexpr aim at_least(double goal) { return {.kind = aim_kind::at_least, .goal = goal}; }
constexpr aim at_most(double goal) { return {.kind = aim_kind::at_most, .goal = goal}; }
constexpr aim about(double goal, double tolerance = 0.05) {
  return {.kind = aim_kind::about, .goal = goal, .tolerance = tolerance};
}
constexpr aim between(double lower, double upper) {
  return {.kind = aim_kind::between, .goal = lower, .upper = upper};
}
constexpr aim rises() { return {.kind = aim_kind::rises}; }
constexpr aim falls() { return {.kind = aim_kind::falls}; }

/// When an aim has to hold: by the due day, in every period of the window, or throughout it.
enum class cadence_kind : std::uint8_t { by, every, throughout };

/// How a hold is judged (rule A2).
enum class hold_judging : std::uint8_t { window_to_date, each_period };

struct cadence {
  cadence_kind kind = cadence_kind::by;
  frequency every = frequency::month;     ///< only of `every`

  friend constexpr bool operator==(const cadence&, const cadence&) = default;
};

/// Once in every month of the window, or every other period.
constexpr cadence every(frequency period) { return {.kind = cadence_kind::every, .every = period}; }
constexpr cadence throughout() { return {.kind = cadence_kind::throughout}; }

}  // namespace attain::inline v0
