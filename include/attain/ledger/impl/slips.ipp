#pragma once

#include <attain/core/arguments.hpp>
#include <attain/core/statistics.hpp>
#include <attain/ledger/slips.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace attain::inline v0 {
namespace detail {

// The power of ten that a value is off by, if it is near one.
inline std::optional<magnitude_slip> slip_from(double value, double expected, double tolerance) {
  if (value == 0 || expected == 0) return std::nullopt;
  const double exponent = std::log10(std::fabs(value / expected));
  for (const int power : {1, 2, 3, 4, 8}) {
    if (std::fabs(std::fabs(exponent) - power) <= tolerance) {
      return magnitude_slip{exponent < 0 ? -power : power, exponent, expected};
    }
  }
  return std::nullopt;
}

}  // namespace detail

ATTAIN_INLINE std::optional<magnitude_slip> find_slip(std::span<const double> values, std::size_t at, const slip_rule& rule) {
  detail::require_finite(values, "values");
  const auto wanted = static_cast<std::size_t>((std::max)(rule.neighbours, 0));
  if (values[at] == 0) return std::nullopt;

  std::vector<double> near_it;
  near_it.reserve(wanted);
  for (std::size_t i = at; i > 0 && near_it.size() < wanted; --i) {
    if (values[i - 1] != 0) near_it.push_back(std::fabs(values[i - 1]));
  }
  for (std::size_t i = at + 1; i < values.size() && near_it.size() < wanted; ++i) {
    if (values[i] != 0) near_it.push_back(std::fabs(values[i]));
  }
  if (near_it.size() < static_cast<std::size_t>((std::max)(rule.least_neighbours, 1))) return std::nullopt;

  const answer<double> expected = median(near_it);
  if (!expected.has_value()) return std::nullopt;
  const auto slip = detail::slip_from(values[at], *expected, rule.tolerance);
  if (!slip) return std::nullopt;

  // The spread of the neighbours; the farthest of them may itself have slipped.
  std::vector<double> spread;
  spread.reserve(near_it.size());
  for (const double x : near_it) spread.push_back(std::fabs(std::log10(x / *expected)));
  std::sort(spread.begin(), spread.end());
  const double own = spread.size() > 3 ? spread[spread.size() - 2] : spread.back();
  if (std::fabs(slip->exponent) <= 2 * own) return std::nullopt;
  return slip;
}

ATTAIN_INLINE std::optional<magnitude_slip> find_slip_of_total(std::span<const double> totals, std::size_t at,
                                                               const slip_rule& rule) {
  detail::require_finite(totals, "totals");
  if (totals.size() < static_cast<std::size_t>((std::max)(rule.least_neighbours, 1)) + 1) return std::nullopt;
  const double value = totals[at];
  const bool is_first = at == 0, is_last = at + 1 == totals.size();
  if (!is_first && !is_last) {
    const double before = totals[at - 1], after = totals[at + 1];
    if (value >= before && value <= after) return std::nullopt;
    return detail::slip_from(value, before / 2 + after / 2, rule.tolerance);
  }

  // At an end: one median step from the neighbour.
  const auto neighbours = static_cast<std::size_t>((std::max)(rule.neighbours, 0));
  const std::size_t first = is_first ? 1 : at - 1 - (std::min)(at - 1, neighbours);
  const std::size_t last = is_first ? (std::min)(totals.size() - 1, 1 + neighbours) : at - 1;
  std::vector<double> steps;
  for (std::size_t i = first; i < last; ++i) steps.push_back(totals[i + 1] - totals[i]);
  const answer<double> step = median(steps);
  if (!step.has_value()) return std::nullopt;
  const double expected = is_first ? totals[1] - *step : totals[at - 1] + *step;
  if (expected <= 0) return std::nullopt;
  if (is_first ? value <= totals[1] : value >= totals[at - 1]) {
    const double largest = *std::max_element(steps.begin(), steps.end());
    if (is_first || value - totals[at - 1] <= 3 * largest) return std::nullopt;
  }
  return detail::slip_from(value, expected, rule.tolerance);
}

}  // namespace attain::inline v0
