#pragma once

/** Plain statistics of a sample: mean and median, and how far values spread around them.

  Sums are exact and rounded once, and deviations are taken from the mean, never from sums of squares, so that neither order nor a
  large common part costs digits: 1e9 + {4, 7, 13, 16} has the variance 30. Nothing sorts or changes the values it is given. An
  empty sample has `too_few_observations`, a result beyond the range of double `overflow`. Precondition: finite values.
*/

#include <attain/core/answer.hpp>
#include <attain/core/config.hpp>

#include <cstdint>
#include <span>

namespace attain::inline v0 {

/// What a sum of squares is divided by: n, for a population, or n − 1, for a sample of one.
enum class divisor : std::uint8_t { n, n_minus_1 };

answer<double> mean(std::span<const double> values);

/// √(Σ (x − mean)² / n), or over n − 1, which needs two values.
answer<double> standard_deviation(std::span<const double> values, divisor over = divisor::n_minus_1);

/// The middle value; of an even number the mean of the two in the middle.
answer<double> median(std::span<const double> values);

/// MAD: the median of |x − center|.
answer<double> median_deviation(std::span<const double> values, double center);

/// The mean of |x − center|.
answer<double> mean_deviation(std::span<const double> values, double center);

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/core/impl/statistics.ipp>
#endif
