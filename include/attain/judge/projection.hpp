#pragma once

/** Where an amount will stand after some more periods, and how likely it is to have reached a goal by then.

  Levels: anchored at the last amount, with a shrunken slope and a Student t distribution; of five and more amounts the mean of
  simple exponential smoothing, the theta method and a damped trend. Counts: a negative binomial distribution of what is still to
  come, from the counts of the periods so far. The formulas, with what they were chosen by, are in docs/methods/likelihood.md.

  Amounts are equally spaced in time, the last one first known `periods` before the day that is asked about; a part of a period is
  one too. A chance is that of standing there on the day, not of having come there some day before. Throws `invalid_option` for
  what is not finite, for no period left and for negative counts. Sources: E. S. Gardner, Int. J. Forecasting 22 (2006) 637–666
  (damped trend); R. J. Hyndman, B. Billah, Int. J. Forecasting 19 (2003) 287–290 (theta); the combination, its scale and the
  counts are the project's own.
*/

#include <attain/core/answer.hpp>
#include <attain/core/config.hpp>

#include <cstddef>
#include <span>

namespace attain::inline v0 {

/// A Student t distribution about a mean.
struct projection {
  double mean = 0;
  double scale = 0;  ///< 0: nothing has ever moved
  int freedom = 1;   ///< degrees of freedom
  std::size_t amounts = 0;

  double chance_of_at_least(double amount) const;
  double chance_of_at_most(double amount) const;
  /// The amount that is not exceeded with this chance. Precondition: 0 < chance < 1
  double quantile(double chance) const;
};

/// `too_few_observations` of fewer than 3 amounts.
answer<projection> projection_of(std::span<const double> amounts, double periods);

/// A negative binomial distribution of what is still to come.
struct projected_count {
  double mean = 0;
  double variance = 0;  ///< above the mean
  std::size_t counts = 0;

  double chance_of_at_least(double more) const;
  double chance_of_at_most(double more) const;
};

/// Of the counts of each period, whole and 0 or more. `too_few_observations` without any; `not_comparable` if one is not whole.
answer<projected_count> projected_count_of(std::span<const double> counts, double periods);

/// P(T ≤ t) of Student's t distribution.
double student_probability(double t, double freedom);
/// I_x(a, b), the regularised incomplete beta function. Precondition: a, b > 0, 0 ≤ x ≤ 1
double incomplete_beta(double a, double b, double x);

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/judge/impl/projection.ipp>
#endif
