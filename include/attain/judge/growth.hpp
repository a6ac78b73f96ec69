#pragma once

/** Growth of a measured series and what it comes to by a target day: the quantities of open_sdg, unsd_2023 and germany.

  Pure functions of numbers and of dated amounts; an undefined one is a reason, never a NaN. Growth is compound growth a year,
  (to/from)^(1/years) − 1. Sources: open-sdg/sdg-build, ProgressMeasure.py of the 2.4 line; Statistics Canada, Canadian Indicator
  Framework methodology; EUSTAT's restatement of the UNSD technical note of 2023; German Sustainable Development Strategy,
  status symbols.
*/

#include <attain/core/answer.hpp>
#include <attain/core/config.hpp>

#include <cstdint>
#include <optional>
#include <span>

namespace attain::inline v0 {

/// An amount as it was at the close of a day.
struct dated_amount {
  std::int32_t day = 0;  ///< days since 1970-01-01
  double amount = 0;

  friend bool operator==(const dated_amount&, const dated_amount&) = default;
};

/// Which way is wanted.
enum class direction : std::int8_t { down = -1, up = 1 };

/// Years from one day to a later one: whole years by the calendar, and the rest as a share of the year it lies in.
double years_between(std::int32_t from, std::int32_t to);

/** Compound growth a year, positive where the amount moves as wanted; of a negative amount the growth points the other way.

  `too_few_observations` without time in between, `denominator_zero` from 0, `not_scalable` where the signs differ.
*/
answer<double> growth(double from, double to, double years, direction wanted);

/// The same, positive where the number rises or falls as wanted, whatever its sign: the algorithm of 2023.
answer<double> plain_growth(double from, double to, double years, direction wanted);

/** Growth so far over the growth that leads from the base to the goal in @p years_to_goal, by size: 1 is just enough.

  `goal_equals_baseline` where no growth is needed.
*/
answer<double> growth_ratio(double base, double latest, double years, double goal, double years_to_goal, direction wanted);

/// The same with both signs as they fall, whatever is wanted: the algorithm of 2023.
answer<double> plain_growth_ratio(double base, double latest, double years, double goal, double years_to_goal);

/** The share of a growth that can still be asked of what comes near its natural limit: 1 from twice the limit on, 0 at it.

  1 − (b/l)^exponent up to the limit and 1 − ((2l − b)/l)^exponent up to twice of it, with sizes b and l; `denominator_zero`
  for a limit of 0.
*/
answer<double> limit_factor(double base, double limit, double exponent);

/// The share of the change from base to goal that growth at the same rate gives by due: (v − base)/(goal − base) with
/// v = latest·(1 + growth)^years_left.
answer<double> change_by_due(double base, double latest, double years, double goal, double years_left);

/// Where a mean yearly change leads by due, as a share of the way from the latest amount to the goal.
answer<double> rest_by_due(double latest, double mean_change, double goal, double years_left);

/** The mean of the last @p most yearly changes that are known without a gap, in the wanted direction.

  Consecutive amounts lie a year apart, give or take half of it. `too_few_observations` for fewer than @p fewest changes.
*/
answer<double> mean_change(std::span<const dated_amount> amounts, int most, int fewest, direction wanted);

/// The change from the last amount but one, in the wanted direction.
answer<double> last_change(std::span<const dated_amount> amounts, direction wanted);

/// The first amount on @p day or later.
std::optional<dated_amount> first_from(std::span<const dated_amount> amounts, std::int32_t day);
/// The last amount on @p day or earlier.
std::optional<dated_amount> last_until(std::span<const dated_amount> amounts, std::int32_t day);

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/judge/impl/growth.ipp>
#endif
