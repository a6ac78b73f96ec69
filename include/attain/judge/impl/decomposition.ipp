#pragma once

#include <attain/core/exact_sum.hpp>
#include <attain/judge/decomposition.hpp>

#include <algorithm>
#include <limits>

namespace attain::inline v0 {

ATTAIN_INLINE double power_transform(double exponent, double score) noexcept {
  if (exponent == 1) return score;
  return exponent == 0 ? std::log(score) : std::pow(score, exponent);
}

ATTAIN_INLINE double logarithmic_mean(double a, double b) noexcept {
  if (a <= 0 || b <= 0) return 0;
  const double middle = a / 2 + b / 2;  // halves first: the sum of two large amounts may overflow
  const double h = (a - b) / 2 / middle;
  // Near the middle the quotient cancels: ln(a/b) = 2 artanh h.
  if (std::abs(h) < 1e-3) return middle / (1 + h * h / 3 + h * h * h * h / 5);
  const double ratio = a / b;
  return (a - b) / (std::isnormal(ratio) ? std::log(ratio) : std::log(a) - std::log(b));
}

ATTAIN_INLINE double secant_slope(double exponent, double a, double b) noexcept {
  if (exponent == 1) return 1;
  if (exponent == 0) return 1 / logarithmic_mean(a, b);
  const double middle = (a + b) / 2;
  const double h = (b - a) / 2;
  // Where a and b are close the difference of powers cancels; its expansion about the middle does not.
  if (std::abs(h) < 1e-3 * std::abs(middle)) {
    const double r = h / middle;
    const double p = exponent;
    const double third = (p - 1) * (p - 2) / 6 * r * r;
    return p * std::pow(middle, p - 1) * (1 + third + (p - 1) * (p - 2) * (p - 3) * (p - 4) / 120 * r * r * r * r);
  }
  if (a == b) return exponent > 1 ? 0 : std::numeric_limits<double>::infinity();  // at 0
  return (std::pow(b, exponent) - std::pow(a, exponent)) / (b - a);
}

ATTAIN_INLINE double carry_in_mean(double exponent, double weight, double score_before, double score_after,
                                   double mean_slope) noexcept {
  if (exponent == 1) return weight;
  if (score_before == 0 && score_after == 0) return 0;
  return weight * secant_slope(exponent, score_before, score_after) / mean_slope;
}

ATTAIN_INLINE std::vector<child_part> split_mean(double exponent, std::span<const child_change> children) {
  exact_sum sum_before;
  exact_sum sum_after;
  for (const child_change& c : children) {
    sum_before.add(c.weight_before);
    sum_after.add(c.weight_after);
  }
  const double all_before = sum_before.rounded();
  const double all_after = sum_after.rounded();
  exact_sum mean_before;  // of f
  exact_sum mean_after;
  for (const child_change& c : children) {
    if (c.weight_before > 0) mean_before.add(c.weight_before / all_before * power_transform(exponent, c.score_before));
    if (c.weight_after > 0) mean_after.add(c.weight_after / all_after * power_transform(exponent, c.score_after));
  }
  const double f_before = mean_before.rounded();
  const double f_after = mean_after.rounded();
  const auto inverse = [&](double f) {
    return exponent == 1 ? f : exponent == 0 ? std::exp(f) : std::pow(f, 1 / exponent);
  };
  const double slope = secant_slope(exponent, inverse(f_before), inverse(f_after));
  std::vector<child_part> parts;
  parts.reserve(children.size());
  for (const child_change& c : children) {
    const double w0 = c.weight_before / all_before;
    const double w1 = c.weight_after / all_after;
    if (w0 <= 0 && w1 <= 0) {
      parts.emplace_back();
      continue;
    }
    const double s0 = w0 > 0 ? c.score_before : c.score_after;
    const double s1 = w1 > 0 ? c.score_after : c.score_before;
    child_part part;
    part.carry = carry_in_mean(exponent, (w0 + w1) / 2, s0, s1, slope);
    part.by_score = s0 == s1 ? 0 : part.carry * (s1 - s0);
    const double above_mean = (power_transform(exponent, s0) + power_transform(exponent, s1)) / 2 - (f_before + f_after) / 2;
    part.by_weight = w0 == w1 || above_mean == 0 ? 0 : (w1 - w0) * above_mean / slope;
    parts.push_back(part);
  }
  return parts;
}

namespace detail {

// Weight of one of n in n!·m!/(n + m)!·(1/n): the chance to come last of n, all of them before the first of m others.
inline double threshold_share(std::size_t n, std::size_t m) noexcept {
  double chance = 1;  // 1 / binomial(n + m, n)
  for (std::size_t i = 0; i < n; ++i) chance *= static_cast<double>(i + 1) / static_cast<double>(m + i + 1);
  return chance / static_cast<double>(n);
}

}  // namespace detail

ATTAIN_INLINE std::vector<double> split_least(std::span<const double> before, std::span<const double> after) {
  std::vector<double> thresholds;
  for (std::size_t i = 0; i < before.size(); ++i) {
    for (const double x : {before[i], after[i]}) {
      if (std::isfinite(x)) thresholds.push_back(x);
    }
  }
  std::sort(thresholds.begin(), thresholds.end());
  thresholds.erase(std::unique(thresholds.begin(), thresholds.end()), thresholds.end());
  std::vector<exact_sum> sums(before.size());
  // Between two thresholds the least is above if every score that rises through has risen and none that falls through has fallen.
  for (std::size_t t = 0; t + 1 < thresholds.size(); ++t) {
    const double step = thresholds[t + 1] - thresholds[t];
    const auto above = [&](double score) { return score > thresholds[t]; };
    std::size_t rising = 0;
    std::size_t falling = 0;
    bool never = false;
    for (std::size_t i = 0; i < before.size(); ++i) {
      never = never || (!above(before[i]) && !above(after[i]));
      rising += !above(before[i]) && above(after[i]) ? 1 : 0;
      falling += above(before[i]) && !above(after[i]) ? 1 : 0;
    }
    if (never) break;
    if (rising + falling == 0) continue;
    const double up = rising > 0 ? detail::threshold_share(rising, falling) : 0;
    const double down = falling > 0 ? detail::threshold_share(falling, rising) : 0;
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (!above(before[i]) && above(after[i])) sums[i].add(step * up);
      if (above(before[i]) && !above(after[i])) sums[i].add(-step * down);
    }
  }
  std::vector<double> parts;
  parts.reserve(sums.size());
  for (const exact_sum& sum : sums) parts.push_back(sum.rounded());
  return parts;
}

ATTAIN_INLINE std::vector<double> split_product(double value_before, double value_after, std::span<const double> factors_before,
                                                std::span<const double> factors_after) {
  const double mean = logarithmic_mean(value_after, value_before);
  std::vector<double> parts;
  parts.reserve(factors_before.size());
  for (std::size_t i = 0; i < factors_before.size(); ++i) parts.push_back(mean * std::log(factors_after[i] / factors_before[i]));
  return parts;
}

}  // namespace attain::inline v0
