#pragma once

#include <attain/core/arguments.hpp>
#include <attain/core/statistics.hpp>
#include <attain/ledger/outliers.hpp>

#include <cmath>
#include <limits>

namespace attain::inline v0 {
namespace detail {

inline constexpr double normal_quartile = 0.67448975019608171;  // Φ⁻¹(3/4)
inline constexpr double half_circle_root = 1.253314;            // √(π/2), with the digits of the published formula

inline bool is_modified(outlier_variant variant) noexcept {
  return variant == outlier_variant::modified_z || variant == outlier_variant::modified_z_1486 ||
         variant == outlier_variant::modified_z_exact;
}

// d of a modified score, divided by MAD.
inline double modified(outlier_variant variant, double deviations) noexcept {
  switch (variant) {
    case outlier_variant::modified_z_1486:
      return deviations / 1.486;
    case outlier_variant::modified_z_exact:
      return deviations * normal_quartile;
    default:
      return deviations * 0.6745;
  }
}

}  // namespace detail

ATTAIN_INLINE bool outlier_test::stands_out(double score) const noexcept {
  const double size = std::fabs(score);
  return at_threshold ? size >= threshold : size > threshold;
}

ATTAIN_INLINE double greatest_score(outlier_variant variant, std::size_t n) noexcept {
  const auto count = static_cast<double>(n);
  if (n < 2) return 0;
  switch (variant) {
    case outlier_variant::z_sample:
      return (count - 1) / std::sqrt(count);
    case outlier_variant::z_population:
      return std::sqrt(count - 1);
    case outlier_variant::mean_deviation_z:
      return count / detail::half_circle_root;
    default:
      return n > 2 ? std::numeric_limits<double>::infinity() : detail::modified(variant, 1);
  }
}

ATTAIN_INLINE bool can_detect(const outlier_test& test, outlier_variant used, std::size_t n) noexcept {
  return n > 1 && test.stands_out(greatest_score(used, n));
}

ATTAIN_INLINE answer<outlier_scores> score_outliers(std::span<const double> values, const outlier_test& test) {
  detail::require_finite(values, "values");
  detail::require(test.threshold >= 0 && std::isfinite(test.threshold), "threshold", test.threshold, "0 or more");
  if (!can_detect(test, test.variant, values.size())) return reason::too_few_observations;

  const bool around_mean = test.variant == outlier_variant::z_sample || test.variant == outlier_variant::z_population;
  const answer<double> center = around_mean ? mean(values) : median(values);
  if (!center.has_value()) return center.why();
  outlier_scores result{test.variant, *center, {}};

  answer<double> spread = 0.0;
  if (around_mean) {
    spread = standard_deviation(values, test.variant == outlier_variant::z_sample ? divisor::n_minus_1 : divisor::n);
  } else if (detail::is_modified(test.variant)) {
    spread = median_deviation(values, *center);
  } else {
    spread = mean_deviation(values, *center);
  }
  if (spread == 0.0 && test.falls_back && detail::is_modified(test.variant)) {
    result.used = outlier_variant::mean_deviation_z;
    spread = mean_deviation(values, *center);
    if (spread.has_value() && *spread > 0 && !can_detect(test, result.used, values.size())) return reason::too_few_observations;
  }
  if (!spread.has_value()) return spread.why();
  if (*spread == 0) {
    if (!test.constant_scores_zero) return reason::denominator_zero;
    result.scores.assign(values.size(), 0.0);
    return result;
  }

  result.scores.reserve(values.size());
  for (const double x : values) {
    const double deviations = (x - *center) / *spread;
    if (detail::is_modified(result.used)) {
      result.scores.push_back(detail::modified(result.used, deviations));
    } else if (result.used == outlier_variant::mean_deviation_z) {
      result.scores.push_back(deviations / detail::half_circle_root);
    } else {
      result.scores.push_back(deviations);
    }
  }
  return result;
}

}  // namespace attain::inline v0
