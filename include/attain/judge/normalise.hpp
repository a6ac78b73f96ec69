#pragma once

/** Values to scores, as pure functions: against fixed references by default, against a sample only where a name asks for it.

  Direction lives in one place: in the order of goalposts, or in `sample_options::larger_is_better`. A higher score is always the
  better one. Scores from a sample change when a unit joins or leaves it (rank reversal); goalposts do not.
  Throws `invalid_option` for what is not finite. Sources: OECD/JRC Handbook (2008), section 5; UNDP, technical notes of the HDI;
  for the MCDM scales A. Jahan, K. L. Edwards (2015).
*/

#include <attain/core/answer.hpp>
#include <attain/core/config.hpp>
#include <attain/model/roll_up.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace attain::inline v0 {

// -- fixed references -------------------------------------------------------------------------------

/// What scores 0 and what scores 1, in either order; each end clamps unless told not to.
struct goalposts {
  double worst = 0;
  double best = 1;
  bool logarithmic = false;
  bool clamp_low = true;
  bool clamp_high = true;

  friend bool operator==(const goalposts&, const goalposts&) = default;
};

/// (x − worst)/(best − worst), of logarithms if so asked; `goal_equals_baseline` between equal posts, `not_scalable` for the
/// logarithm of 0 or less (a value at or below 0 that clamps at the low end is just the low end).
answer<double> goalpost_score(double x, const goalposts& between);

/// 功效系数: base + span · (x − not_allowed)/(satisfactory − not_allowed), unclamped.
answer<double> efficacy_score(double x, double not_allowed, double satisfactory, double span = 40, double base = 60);

/// 区间型: 1 inside [low, high], outside 1 − distance/reach, unclamped. Throws unless low ≤ high; `denominator_zero` for a reach
/// of 0.
answer<double> interval_score(double x, double low, double high, double reach);

/// x/reference; `denominator_zero` for 0.
answer<double> ratio_to_reference(double x, double reference);
/// (x − reference)/|reference|
answer<double> distance_to_reference(double x, double reference);

/// The score of the first edge, from the top down, that x lies above; @p below under all. Throws unless edges descend and match
/// scores.
double stepped_score(double x, std::span<const double> edges, std::span<const double> scores, double below);

// -- a sample ---------------------------------------------------------------------------------------

enum class sample_scale : std::uint8_t {
  min_max,            ///< (x − min)/(max − min)
  z_score,            ///< (x − mean)/s
  rank,               ///< 1 for the worst, see `ties`
  rank_share,         ///< rank/n
  rank_position,      ///< (rank − 1)/(n − 1)
  share_of_greatest,  ///< x/max; of what should be small 1 − x/max
  share_of_sum,       ///< x/Σx; 1/x over their sum
  share_of_length,    ///< x/√Σx²; 1 − that (vector)
  ratio_to_best,      ///< x/max; min/x (linear)
  nonlinear,          ///< (x/max)²; (min/x)³
  enhanced_accuracy,  ///< 1 − (max − x)/Σ(max − x); 1 − (x − min)/Σ(x − min)
  zavadskas_turskis,  ///< 1 − |max − x|/max; 1 − |min − x|/min
  logarithmic         ///< ln x/Σ ln x; (1 − that)/(n − 1)
};

/// The rank that equal values share.
enum class ties : std::uint8_t { least, average, dense, greatest };

struct sample_options {
  bool larger_is_better = true;
  divisor spread = divisor::n_minus_1;  ///< of the standard deviation
  attain::ties ties = ties::least;
};

/// One score a value. `too_few_observations` for an empty sample or too few for the spread, `denominator_zero` where all values
/// are equal and the scale needs them to differ, `not_scalable` for signs that the scale cannot take.
answer<std::vector<double>> sample_scores(std::span<const double> values, sample_scale scale, const sample_options& options = {});

/** (x − min)/(target − min), of what should be small (max − x)/(max − target); @p cap holds it at 1.

  `not_scalable` for a target that the worst of the sample has reached.
*/
answer<std::vector<double>> distance_to_target(std::span<const double> values, double target, bool larger_is_better = true,
                                               bool cap = false);

/// 1 above (1 + margin) · mean, −1 below (1 − margin) · mean, else 0; `not_scalable` unless the mean is positive.
answer<std::vector<double>> around_mean(std::span<const double> values, double margin);

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/judge/impl/normalise.ipp>
#endif
