#pragma once

/** Outliers of a sample before it is normalised: what makes it skewed, and winsorising until it is not.

  W. Becker's COINr, after OECD/JRC Handbook (2008), section 5; estimators of skewness and kurtosis of type 2 (Joanes, Gill 1998).
  Against fixed goalposts none of this is needed: clamp there. Throws `invalid_option` for what is not finite.
*/

#include <attain/core/answer.hpp>
#include <attain/core/config.hpp>

#include <span>
#include <vector>

namespace attain::inline v0 {

/// √n m₃/m₂^1.5 · √(n(n − 1))/(n − 2), m_k = Σ (x − mean)^k; `too_few_observations` under 3, `denominator_zero` if constant.
answer<double> skewness(std::span<const double> values);

/// ((n + 1)(n m₄/m₂² − 3) + 6)(n − 1)/((n − 2)(n − 3)): 0 for a normal sample; `too_few_observations` under 4.
answer<double> excess_kurtosis(std::span<const double> values);

struct outlier_rule {
  double skewness = 2;    ///< a sample with less, either way, passes
  double kurtosis = 3.5;  ///< so does one with less of this
  int most_points = 5;    ///< values that may be replaced

  bool passes(double skew, double kurt) const noexcept;
};

struct winsorised {
  std::vector<double> values;
  int replaced = 0;
  bool passes = false;  ///< the rule holds at the end
};

/** Replaces the most extreme values on the side of the skew by the next one, until the sample passes or the points are used up.

  Equal extremes are replaced together and counted each. A sample too small or constant has nothing to treat and does not pass.
*/
winsorised winsorise(std::span<const double> values, const outlier_rule& rule = {});

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/judge/impl/treatment.ipp>
#endif
