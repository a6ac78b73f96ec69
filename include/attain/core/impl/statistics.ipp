#pragma once

#include <attain/core/exact_sum.hpp>
#include <attain/core/statistics.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace attain::inline v0 {
namespace detail {

// The sum of f(x), or `overflow`.
template <class Of>
answer<double> sum_of(std::span<const double> values, Of f) {
  exact_sum sum;
  for (const double x : values) {
    const double term = f(x);
    if (!std::isfinite(term)) return reason::overflow;
    sum.add(term);
  }
  const double total = sum.rounded();
  if (!std::isfinite(total)) return reason::overflow;
  return total;
}

// The power of two of the greatest distance from @p center, or 1: squares of distances over it neither overflow nor vanish, and
// dividing by it costs no digits. Infinite where a distance is.
inline double unit_of_distance(std::span<const double> values, double center) noexcept {
  double greatest = 0;
  for (const double x : values) greatest = (std::max)(greatest, std::fabs(x - center));
  if (greatest == 0 || std::isinf(greatest)) return greatest == 0 ? 1 : greatest;
  return std::ldexp(1.0, std::ilogb(greatest));
}

template <class Of>
answer<double> median_of(std::span<const double> values, Of f) {
  if (values.empty()) return reason::too_few_observations;
  std::vector<double> some;
  some.reserve(values.size());
  for (const double x : values) {
    some.push_back(f(x));
    if (!std::isfinite(some.back())) return reason::overflow;
  }
  const auto middle = some.begin() + static_cast<std::ptrdiff_t>(some.size() / 2);
  std::nth_element(some.begin(), middle, some.end());
  if (some.size() % 2 == 1) return *middle;
  const double below = *std::max_element(some.begin(), middle);
  return below / 2 + *middle / 2;  // halves first: the sum of two large values may overflow
}

}  // namespace detail

ATTAIN_INLINE answer<double> mean(std::span<const double> values) {
  if (values.empty()) return reason::too_few_observations;
  return detail::sum_of(values, [](double x) { return x; }).transform([&](double sum) {
    return sum / static_cast<double>(values.size());
  });
}

ATTAIN_INLINE answer<double> standard_deviation(std::span<const double> values, divisor over) {
  const std::size_t least = over == divisor::n ? 1 : 2;
  if (values.size() < least) return reason::too_few_observations;
  const auto degrees = static_cast<double>(values.size() - (least - 1));
  const answer<double> center = mean(values);
  if (!center.has_value()) return center;
  const double unit = detail::unit_of_distance(values, *center);
  if (std::isinf(unit)) return reason::overflow;
  const auto squares = detail::sum_of(values, [&](double x) { return (x - *center) / unit * ((x - *center) / unit); });
  if (!squares.has_value()) return squares;
  const double spread = unit * std::sqrt(*squares / degrees);
  if (std::isinf(spread)) return reason::overflow;
  return spread;
}

ATTAIN_INLINE answer<double> median(std::span<const double> values) {
  return detail::median_of(values, [](double x) { return x; });
}

ATTAIN_INLINE answer<double> median_deviation(std::span<const double> values, double center) {
  return detail::median_of(values, [center](double x) { return std::fabs(x - center); });
}

ATTAIN_INLINE answer<double> mean_deviation(std::span<const double> values, double center) {
  if (values.empty()) return reason::too_few_observations;
  return detail::sum_of(values, [center](double x) { return std::fabs(x - center); }).transform([&](double sum) {
    return sum / static_cast<double>(values.size());
  });
}

}  // namespace attain::inline v0
