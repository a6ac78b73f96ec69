#pragma once

#include <attain/core/exact_sum.hpp>
#include <attain/core/statistics.hpp>
#include <attain/judge/impl/arguments.hpp>
#include <attain/judge/treatment.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace attain::inline v0 {
namespace detail {

struct central_moments {
  double second = 0;
  double third = 0;
  double fourth = 0;
};

// Sums of powers of the distances from the mean, over a unit that cancels in what is formed of them.
inline central_moments moments_of(std::span<const double> values, double center, double unit) {
  exact_sum second, third, fourth;
  for (const double x : values) {
    const double d = (x - center) / unit;
    second.add(d * d);
    third.add(d * d * d);
    fourth.add(d * d * d * d);
  }
  return {second.rounded(), third.rounded(), fourth.rounded()};
}

}  // namespace detail

ATTAIN_INLINE answer<double> skewness(std::span<const double> values) {
  detail::require_finite(values, "values");
  if (values.size() < 3) return reason::too_few_observations;
  const auto n = static_cast<double>(values.size());
  const answer<double> center = mean(values);
  if (!center.has_value()) return center;
  const double unit = detail::unit_of_distance(values, *center);
  if (std::isinf(unit)) return reason::overflow;
  const detail::central_moments m = detail::moments_of(values, *center, unit);
  if (m.second == 0) return reason::denominator_zero;
  return std::sqrt(n) * m.third / std::pow(m.second, 1.5) * std::sqrt(n * (n - 1)) / (n - 2);
}

ATTAIN_INLINE answer<double> excess_kurtosis(std::span<const double> values) {
  detail::require_finite(values, "values");
  if (values.size() < 4) return reason::too_few_observations;
  const auto n = static_cast<double>(values.size());
  const answer<double> center = mean(values);
  if (!center.has_value()) return center;
  const double unit = detail::unit_of_distance(values, *center);
  if (std::isinf(unit)) return reason::overflow;
  const detail::central_moments m = detail::moments_of(values, *center, unit);
  if (m.second == 0) return reason::denominator_zero;
  return ((n + 1) * (n * m.fourth / (m.second * m.second) - 3) + 6) * (n - 1) / ((n - 2) * (n - 3));
}

ATTAIN_INLINE bool outlier_rule::passes(double skew, double kurt) const noexcept {
  return std::fabs(skew) < skewness || kurt < kurtosis;
}

ATTAIN_INLINE winsorised winsorise(std::span<const double> values, const outlier_rule& rule) {
  winsorised result{.values = {values.begin(), values.end()}};
  std::vector<bool> touched(values.size(), false);
  for (;;) {
    const answer<double> skew = skewness(result.values);
    const answer<double> kurt = excess_kurtosis(result.values);
    if (!skew.has_value() || !kurt.has_value()) return result;
    result.passes = rule.passes(*skew, *kurt);
    if (result.passes || result.replaced >= rule.most_points) return result;
    const bool high = *skew >= 0;
    const auto [least, greatest] = std::minmax_element(result.values.begin(), result.values.end());
    const double extreme = high ? *greatest : *least;
    double next = high ? *least : *greatest;
    for (const double x : result.values) {
      if (x != extreme) next = high ? (std::max)(next, x) : (std::min)(next, x);
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (result.values[i] != extreme) continue;
      result.values[i] = next;
      if (!touched[i]) ++result.replaced;
      touched[i] = true;
    }
  }
}

}  // namespace attain::inline v0
