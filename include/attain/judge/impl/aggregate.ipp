#pragma once

#include <attain/core/exact_sum.hpp>
#include <attain/judge/aggregate.hpp>
#include <attain/judge/impl/arguments.hpp>
#include <attain/model/words.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

namespace attain::inline v0 {
namespace detail {

inline void require_scores(std::span<const double> scores, std::span<const double> weights) {
  require_length(weights.size(), scores.size(), "weights");
  require_finite(scores, "scores");
  require_weights(weights);
}

// Σ w f(s) / Σ w over the children that have a weight; none if there is no such child.
template <class Of>
std::optional<double> mean_of(std::span<const double> scores, std::span<const double> weights, Of f) {
  exact_sum sum;
  exact_sum weight;
  bool any = false;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (weights[i] <= 0) continue;
    const double term = weights[i] * f(scores[i]);
    if (!std::isfinite(term)) return term;  // no sum takes it: answer_of makes it an overflow
    sum.add(term);
    weight.add(weights[i]);
    any = true;
  }
  if (!any) return std::nullopt;
  return sum.rounded() / weight.rounded();
}

inline answer<double> answer_of(std::optional<double> value) {
  if (!value) return reason::no_observation;
  if (!std::isfinite(*value)) return reason::overflow;
  return *value;
}

struct extremes {
  double least = std::numeric_limits<double>::infinity();
  double greatest = -std::numeric_limits<double>::infinity();
  bool any = false;
};

inline extremes extremes_of(std::span<const double> scores, std::span<const double> weights) noexcept {
  extremes e;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (weights[i] <= 0) continue;
    e.least = (std::min)(e.least, scores[i]);
    e.greatest = (std::max)(e.greatest, scores[i]);
    e.any = true;
  }
  return e;
}

// ln(s / unit), where the quotient is beyond the range of double as well.
inline double log_ratio(double s, double unit) noexcept {
  const double ratio = s / unit;
  return std::isnormal(ratio) ? std::log(ratio) : std::log(s) - std::log(unit);
}

// Of positive scores, relative to @p unit, which keeps every term within [0, 1].
inline double power_mean_of(std::span<const double> scores, std::span<const double> weights, double p, double unit) {
  if (p == 0) {
    const double log = *mean_of(scores, weights, [&](double s) { return log_ratio(s, unit); });
    const double ratio = std::exp(log);
    return std::isnormal(ratio) ? unit * ratio : unit * std::exp(log / 2) * std::exp(log / 2);
  }
  const double less_one = *mean_of(scores, weights, [&](double s) { return std::expm1(p * std::log(s / unit)); });
  if (less_one > -0.5) return unit * std::exp(std::log1p(less_one) / p);
  return unit * std::pow(*mean_of(scores, weights, [&](double s) { return std::pow(s / unit, p); }), 1 / p);
}

inline double one_if_met(double score) noexcept { return score >= 1 - 1e-9 ? 1 : 0; }

}  // namespace detail

ATTAIN_INLINE answer<double> weighted_mean(std::span<const double> scores, std::span<const double> weights) {
  detail::require_scores(scores, weights);
  return detail::answer_of(detail::mean_of(scores, weights, [](double s) { return s; }));
}

ATTAIN_INLINE answer<double> power_mean(std::span<const double> scores, std::span<const double> weights, double exponent) {
  detail::require_scores(scores, weights);
  detail::require(!std::isnan(exponent), "exponent", exponent, "a number");
  if (exponent == 1) return weighted_mean(scores, weights);
  const detail::extremes e = detail::extremes_of(scores, weights);
  if (!e.any) return reason::no_observation;
  if (std::isinf(exponent)) return exponent > 0 ? e.greatest : e.least;
  if (e.least < 0) return reason::not_scalable;
  if (e.greatest == 0 || (e.least == 0 && exponent <= 0)) return 0.0;
  return detail::answer_of(detail::power_mean_of(scores, weights, exponent, exponent < 0 ? e.least : e.greatest));
}

ATTAIN_INLINE answer<double> geometric_mean(std::span<const double> scores, std::span<const double> weights) {
  return power_mean(scores, weights, 0);
}

ATTAIN_INLINE answer<double> harmonic_mean(std::span<const double> scores, std::span<const double> weights) {
  return power_mean(scores, weights, -1);
}

ATTAIN_INLINE answer<double> least(std::span<const double> scores, std::span<const double> weights) {
  return power_mean(scores, weights, -std::numeric_limits<double>::infinity());
}

ATTAIN_INLINE answer<double> greatest(std::span<const double> scores, std::span<const double> weights) {
  return power_mean(scores, weights, std::numeric_limits<double>::infinity());
}

ATTAIN_INLINE answer<double> mean_min(std::span<const double> scores, std::span<const double> weights, double alpha, double beta) {
  detail::require(alpha >= 0 && alpha <= 1, "alpha", alpha, "a share from 0 to 1");
  detail::require(beta >= 0 && std::isfinite(beta), "beta", beta, "0 or more");
  const answer<double> mean = weighted_mean(scores, weights);
  if (!mean.has_value()) return mean;
  const double above = *mean - detail::extremes_of(scores, weights).least;
  return *mean - alpha * (std::hypot(above, beta) - beta);
}

ATTAIN_INLINE answer<double> penalised_mean(std::span<const double> scores, std::span<const double> weights, divisor spread,
                                            penalty direction) {
  const answer<double> mean = weighted_mean(scores, weights);
  if (!mean.has_value()) return mean;
  double square = *detail::mean_of(scores, weights, [&](double s) { return (s - *mean) * (s - *mean); });
  if (spread == divisor::n_minus_1) {
    const auto n = static_cast<double>(std::count_if(weights.begin(), weights.end(), [](double w) { return w > 0; }));
    if (n < 2) return reason::too_few_observations;
    square *= n / (n - 1);
  }
  if (*mean == 0) return square == 0 ? mean : reason::not_scalable;
  const double off = square / *mean;
  return detail::answer_of(direction == penalty::down ? *mean - off : *mean + off);
}

ATTAIN_INLINE answer<double> weighted_median(std::span<const double> scores, std::span<const double> weights) {
  detail::require_scores(scores, weights);
  std::vector<std::pair<double, double>> sorted;
  exact_sum all;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (weights[i] <= 0) continue;
    sorted.emplace_back(scores[i], weights[i]);
    all.add(weights[i]);
  }
  if (sorted.empty()) return reason::no_observation;
  std::sort(sorted.begin(), sorted.end());
  const double half = all.rounded() / 2;
  exact_sum below;
  for (std::size_t i = 0; i + 1 < sorted.size(); ++i) {
    below.add(sorted[i].second);
    const double reached = below.rounded() - half;
    if (std::fabs(reached) <= 1e-12 * half) return (sorted[i].first + sorted[i + 1].first) / 2;
    if (reached > 0) return sorted[i].first;
  }
  return sorted.back().first;
}

ATTAIN_INLINE answer<double> share_met(std::span<const double> scores, std::span<const double> weights) {
  detail::require_scores(scores, weights);
  return detail::answer_of(detail::mean_of(scores, weights, &detail::one_if_met));
}

ATTAIN_INLINE answer<double> all_met(std::span<const double> scores, std::span<const double> weights) {
  return least(scores, weights).transform(&detail::one_if_met);
}

ATTAIN_INLINE aggregator aggregator::of(const roll_up_spec& spec) {
  aggregator made;
  const auto words = aggregator_words;
  const auto found = std::find(words.begin(), words.end(), spec.aggregator);
  made.kind = found == words.end() ? aggregation::custom : static_cast<aggregation>(found - words.begin());
  made.exponent = spec.exponent.value_or(1);
  made.alpha = spec.alpha.value_or(1);
  made.beta = spec.beta.value_or(0);
  made.spread = spec.divisor;
  made.floor = spec.floor;
  return made;
}

ATTAIN_INLINE std::optional<double> exponent_of(const aggregator& how) noexcept {
  switch (how.kind) {
    case aggregation::weighted_mean: return 1;
    case aggregation::geometric_mean: return 0;
    case aggregation::harmonic_mean: return -1;
    case aggregation::power_mean: return how.exponent;
    default: return std::nullopt;
  }
}

ATTAIN_INLINE answer<double> aggregate(const aggregator& how, std::span<const double> scores, std::span<const double> weights) {
  if (how.floor) {
    std::vector<double> raised(scores.begin(), scores.end());
    for (double& s : raised) s = (std::max)(s, *how.floor);
    aggregator bare = how;
    bare.floor.reset();
    return aggregate(bare, raised, weights);
  }
  switch (how.kind) {
    case aggregation::weighted_mean: return weighted_mean(scores, weights);
    case aggregation::geometric_mean: return geometric_mean(scores, weights);
    case aggregation::harmonic_mean: return harmonic_mean(scores, weights);
    case aggregation::power_mean: return power_mean(scores, weights, how.exponent);
    case aggregation::greatest: return greatest(scores, weights);
    case aggregation::mean_min: return mean_min(scores, weights, how.alpha, how.beta);
    case aggregation::penalised_mean: return penalised_mean(scores, weights, how.spread);
    case aggregation::weighted_median: return weighted_median(scores, weights);
    case aggregation::share_met: return share_met(scores, weights);
    case aggregation::all_met: return all_met(scores, weights);
    case aggregation::least:
    case aggregation::worst:
    case aggregation::custom: break;
  }
  return least(scores, weights);
}

}  // namespace attain::inline v0
