#pragma once

/** Many scores to one: the aggregators of a node as pure functions of scores and weights (rule U10).

  Children with weight 0 take no part, and order never changes a bit (rule U7). No child: `no_observation`. Throws
  `invalid_option` for lengths that differ, for what is not finite, and for a negative weight.
  Sources: OECD/JRC, Handbook on Constructing Composite Indicators (2008), section 6.11; Hardy, Littlewood, Pólya, Inequalities,
  chapter II (power means and their limits); Casadio Tarabusi, Guarini (2013) for the mean-min function; Mazziotta, Pareto (2016)
  for the penalised mean (adjusted MPI).
*/

#include <attain/core/answer.hpp>
#include <attain/core/config.hpp>
#include <attain/model/roll_up.hpp>

#include <optional>
#include <span>

namespace attain::inline v0 {

/// Σ w s / Σ w
answer<double> weighted_mean(std::span<const double> scores, std::span<const double> weights);

/** (Σ w sᵖ / Σ w)^(1/p), with its limits: p = 0 geometric, p = ∞ the greatest, p = −∞ the least.

  A score of 0 makes a mean with p ≤ 0 zero, which is its limit; a negative one is `not_scalable` unless p is 1 or infinite.
  Throws `invalid_option` if p is a NaN.
*/
answer<double> power_mean(std::span<const double> scores, std::span<const double> weights, double exponent);

answer<double> geometric_mean(std::span<const double> scores, std::span<const double> weights);
answer<double> harmonic_mean(std::span<const double> scores, std::span<const double> weights);
answer<double> least(std::span<const double> scores, std::span<const double> weights);
answer<double> greatest(std::span<const double> scores, std::span<const double> weights);

/// M − α(√((M − min)² + β²) − β): the mean for α = 0, the least for α = 1 and β = 0. Throws unless 0 ≤ α ≤ 1 and β ≥ 0.
answer<double> mean_min(std::span<const double> scores, std::span<const double> weights, double alpha, double beta);

/// Which way a penalised mean goes: down where more is better, up where less is.
enum class penalty : std::uint8_t { down, up };

/** M ∓ S²/M, M the mean and S² = Σ w (s − M)² / Σ w, times n/(n − 1) for `n_minus_1`.

  `not_scalable` for a mean of 0 of scores that differ, `too_few_observations` for `n_minus_1` of one child.
*/
answer<double> penalised_mean(std::span<const double> scores, std::span<const double> weights, divisor spread = divisor::n,
                              penalty direction = penalty::down);

/// The score at which half of the weight is reached from below; the mean of two where it is reached exactly between them.
answer<double> weighted_median(std::span<const double> scores, std::span<const double> weights);

/// Share of the weight whose score has come to 1, within 1e-9.
answer<double> share_met(std::span<const double> scores, std::span<const double> weights);
/// 1 if every score has come to 1, else 0.
answer<double> all_met(std::span<const double> scores, std::span<const double> weights);

/// An aggregator with its parameters, as a node has it; `worst` and `custom` are no functions of the scores alone.
struct aggregator {
  aggregation kind = aggregation::weighted_mean;
  double exponent = 1;  ///< of a power mean
  double alpha = 1;
  double beta = 0;
  divisor spread = divisor::n;
  std::optional<double> floor{};  ///< smaller scores count as this

  /// With what the specification leaves out filled in.
  static aggregator of(const roll_up_spec& spec);
};

/// The exponent if the aggregator is a power mean, which is one f⁻¹(Σ w f(s) / Σ w) with smooth f; none otherwise.
std::optional<double> exponent_of(const aggregator& how) noexcept;

/// `worst` as the least; precondition: not `custom`.
answer<double> aggregate(const aggregator& how, std::span<const double> scores, std::span<const double> weights);

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/judge/impl/aggregate.ipp>
#endif
