#pragma once

#include <attain/judge/growth.hpp>

#include <attain/core/date.hpp>

#include <algorithm>
#include <cmath>

namespace attain::inline v0 {
namespace detail {

inline answer<double> finite_or_overflow(double x) noexcept {
  return std::isfinite(x) ? answer<double>(x) : answer<double>(reason::overflow);
}

// (to/from)^(1/years) − 1, with the sign of the base left out.
inline answer<double> compound_rate(double from, double to, double years) noexcept {
  if (!(years > 0)) return reason::too_few_observations;
  if (from == 0) return reason::denominator_zero;
  const double ratio = to / from;
  if (ratio < 0) return reason::not_scalable;
  return finite_or_overflow(std::pow(ratio, 1 / years) - 1);
}

// The anniversary of a day so many years later; of 29 February the last day of February.
inline std::int32_t anniversary(const civil& of, int years) noexcept {
  const int year = of.year + years;
  return days_from_civil(year, of.month, (std::min)(of.day, days_in_month(year, of.month)));
}

}  // namespace detail

ATTAIN_INLINE double years_between(std::int32_t from, std::int32_t to) {
  const detail::civil first = detail::civil_from_days(from);
  int whole = detail::civil_from_days(to).year - first.year;
  if (detail::anniversary(first, whole) > to) --whole;
  const std::int32_t begin = detail::anniversary(first, whole);
  if (begin == to) return whole;
  const std::int32_t end = detail::anniversary(first, whole + 1);
  return whole + static_cast<double>(to - begin) / (end - begin);
}

ATTAIN_INLINE answer<double> growth(double from, double to, double years, direction wanted) {
  const double sign = static_cast<double>(wanted) * (from < 0 ? -1 : 1);
  return detail::compound_rate(from, to, years).transform([sign](double rate) { return sign * rate; });
}

ATTAIN_INLINE answer<double> plain_growth(double from, double to, double years, direction wanted) {
  return detail::compound_rate(from, to, years).transform([wanted](double rate) { return static_cast<double>(wanted) * rate; });
}

ATTAIN_INLINE answer<double> growth_ratio(double base, double latest, double years, double goal, double years_to_goal,
                                          direction wanted) {
  const answer<double> actual = growth(base, latest, years, wanted);
  if (!actual.has_value()) return actual;
  const answer<double> required = detail::compound_rate(base, goal, years_to_goal);
  if (!required.has_value()) return required;
  if (*required == 0) return reason::goal_equals_baseline;
  return detail::finite_or_overflow(*actual / std::abs(*required));
}

ATTAIN_INLINE answer<double> plain_growth_ratio(double base, double latest, double years, double goal, double years_to_goal) {
  const answer<double> actual = detail::compound_rate(base, latest, years);
  if (!actual.has_value()) return actual;
  const answer<double> required = detail::compound_rate(base, goal, years_to_goal);
  if (!required.has_value()) return required;
  if (*required == 0) return reason::goal_equals_baseline;
  return detail::finite_or_overflow(*actual / *required);
}

ATTAIN_INLINE answer<double> limit_factor(double base, double limit, double exponent) {
  const double b = std::abs(base);
  const double l = std::abs(limit);
  if (l == 0) return reason::denominator_zero;
  if (b >= 2 * l) return 1.0;
  return 1 - std::pow(b <= l ? b / l : (2 * l - b) / l, exponent);
}

ATTAIN_INLINE answer<double> change_by_due(double base, double latest, double years, double goal, double years_left) {
  if (goal == base) return reason::goal_equals_baseline;
  const answer<double> rate = detail::compound_rate(base, latest, years);
  if (!rate.has_value()) return rate;
  return detail::finite_or_overflow((latest * std::pow(1 + *rate, years_left) - base) / (goal - base));
}

ATTAIN_INLINE answer<double> rest_by_due(double latest, double mean_change, double goal, double years_left) {
  if (goal == latest) return reason::goal_equals_baseline;
  return detail::finite_or_overflow(mean_change * years_left / (goal - latest));
}

ATTAIN_INLINE answer<double> mean_change(std::span<const dated_amount> amounts, int most, int fewest, direction wanted) {
  int changes = 0;
  std::size_t first = amounts.empty() ? 0 : amounts.size() - 1;
  for (; first > 0 && changes < most; --first, ++changes) {
    const double years = years_between(amounts[first - 1].day, amounts[first].day);
    if (years < 0.5 || years > 1.5) break;
  }
  if (changes == 0 || changes < fewest) return reason::too_few_observations;
  const double change = amounts.back().amount - amounts[first].amount;
  return detail::finite_or_overflow(static_cast<double>(wanted) * change / changes);
}

ATTAIN_INLINE answer<double> last_change(std::span<const dated_amount> amounts, direction wanted) {
  if (amounts.size() < 2) return reason::too_few_observations;
  return detail::finite_or_overflow(static_cast<double>(wanted) *
                                    (amounts[amounts.size() - 1].amount - amounts[amounts.size() - 2].amount));
}

ATTAIN_INLINE std::optional<dated_amount> first_from(std::span<const dated_amount> amounts, std::int32_t day) {
  const auto found = std::ranges::lower_bound(amounts, day, {}, &dated_amount::day);
  return found == amounts.end() ? std::nullopt : std::optional(*found);
}

ATTAIN_INLINE std::optional<dated_amount> last_until(std::span<const dated_amount> amounts, std::int32_t day) {
  const auto after = std::ranges::upper_bound(amounts, day, {}, &dated_amount::day);
  return after == amounts.begin() ? std::nullopt : std::optional(*(after - 1));
}

}  // namespace attain::inline v0
