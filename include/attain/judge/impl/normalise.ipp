#pragma once

#include <attain/core/exact_sum.hpp>
#include <attain/core/statistics.hpp>
#include <attain/judge/impl/arguments.hpp>
#include <attain/judge/normalise.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace attain::inline v0 {
namespace detail {

inline double require_number(double x, std::string_view name) {
  require(std::isfinite(x), name, x, "a finite number");
  return x;
}

template <class Of>
double exact_total(std::span<const double> values, Of f) {
  exact_sum sum;
  for (const double x : values) sum.add(f(x));
  return sum.rounded();
}

template <class Of>
std::vector<double> each(std::span<const double> values, Of f) {
  std::vector<double> scores;
  scores.reserve(values.size());
  for (const double x : values) scores.push_back(f(x));
  return scores;
}

// 1 for the worst.
inline std::vector<double> ranks_of(std::span<const double> values, const sample_options& options) {
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  std::vector<double> distinct = sorted;
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  const auto below = [](const std::vector<double>& in, double x) {
    return static_cast<double>(std::lower_bound(in.begin(), in.end(), x) - in.begin());
  };
  const auto up_to = [](const std::vector<double>& in, double x) {
    return static_cast<double>(std::upper_bound(in.begin(), in.end(), x) - in.begin());
  };
  const auto n = static_cast<double>(values.size());
  return each(values, [&](double x) {
    double least = below(sorted, x) + 1;
    double greatest = up_to(sorted, x);
    double dense = below(distinct, x) + 1;
    if (!options.larger_is_better) {
      std::swap(least, greatest);
      least = n + 1 - least;
      greatest = n + 1 - greatest;
      dense = static_cast<double>(distinct.size()) + 1 - dense;
    }
    switch (options.ties) {
      case ties::average: return (least + greatest) / 2;
      case ties::dense: return dense;
      case ties::greatest: return greatest;
      case ties::least: break;
    }
    return least;
  });
}

}  // namespace detail

// -- fixed references -------------------------------------------------------------------------------

ATTAIN_INLINE answer<double> goalpost_score(double x, const goalposts& between) {
  detail::require_number(x, "x");
  detail::require_number(between.worst, "worst");
  detail::require_number(between.best, "best");
  if (between.worst == between.best) return reason::goal_equals_baseline;
  double score = 0;
  if (between.logarithmic) {
    if (between.worst <= 0 || between.best <= 0) return reason::not_scalable;
    const bool low_end = between.worst < between.best;
    if (x <= 0) {
      if (low_end ? !between.clamp_low : !between.clamp_high) return reason::not_scalable;
      return low_end ? 0.0 : 1.0;
    }
    score = std::log(x / between.worst) / std::log(between.best / between.worst);
  } else {
    score = (x - between.worst) / (between.best - between.worst);
  }
  if (between.clamp_low) score = (std::max)(score, 0.0);
  if (between.clamp_high) score = (std::min)(score, 1.0);
  if (!std::isfinite(score)) return reason::overflow;
  return score;
}

ATTAIN_INLINE answer<double> efficacy_score(double x, double not_allowed, double satisfactory, double span, double base) {
  const goalposts between{.worst = not_allowed, .best = satisfactory, .clamp_low = false, .clamp_high = false};
  return goalpost_score(x, between).transform([&](double share) { return base + span * share; });
}

ATTAIN_INLINE answer<double> interval_score(double x, double low, double high, double reach) {
  detail::require_number(x, "x");
  detail::require(std::isfinite(low) && std::isfinite(high) && low <= high, "low", low, "at most high");
  detail::require(reach >= 0 && std::isfinite(reach), "reach", reach, "0 or more");
  if (x >= low && x <= high) return 1.0;
  if (reach == 0) return reason::denominator_zero;
  return 1 - (x < low ? low - x : x - high) / reach;
}

ATTAIN_INLINE answer<double> ratio_to_reference(double x, double reference) {
  detail::require_number(x, "x");
  if (detail::require_number(reference, "reference") == 0) return reason::denominator_zero;
  return x / reference;
}

ATTAIN_INLINE answer<double> distance_to_reference(double x, double reference) {
  detail::require_number(x, "x");
  if (detail::require_number(reference, "reference") == 0) return reason::denominator_zero;
  return (x - reference) / std::fabs(reference);
}

ATTAIN_INLINE double stepped_score(double x, std::span<const double> edges, std::span<const double> scores, double below) {
  detail::require_number(x, "x");
  detail::require_length(scores.size(), edges.size(), "scores");
  detail::require_finite(edges, "edges");
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (i > 0) detail::require(edges[i] < edges[i - 1], detail::place_of("edges", i), edges[i], "edges that descend");
  }
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (x > edges[i]) return scores[i];
  }
  return below;
}

// -- a sample ---------------------------------------------------------------------------------------

ATTAIN_INLINE answer<std::vector<double>> sample_scores(std::span<const double> values, sample_scale scale,
                                                        const sample_options& options) {
  detail::require_finite(values, "values");
  if (values.empty()) return reason::too_few_observations;
  const bool up = options.larger_is_better;
  const auto n = static_cast<double>(values.size());
  const double min = *std::min_element(values.begin(), values.end());
  const double max = *std::max_element(values.begin(), values.end());
  const double shift = up ? -min : -max;
  const double sign = up ? 1 : -1;
  switch (scale) {
    case sample_scale::min_max:
      if (min == max) return reason::denominator_zero;
      return detail::each(values, [&](double x) { return sign * (x + shift) / (max - min); });
    case sample_scale::z_score: {
      const answer<double> center = mean(values);
      const answer<double> s = standard_deviation(values, options.spread);
      if (!s.has_value()) return s.why();
      if (min == max) return reason::denominator_zero;
      return detail::each(values, [&](double x) { return sign * (x - *center) / *s; });
    }
    case sample_scale::rank: return detail::ranks_of(values, options);
    case sample_scale::rank_share: return detail::each(detail::ranks_of(values, options), [&](double r) { return r / n; });
    case sample_scale::rank_position:
      if (n < 2) return reason::too_few_observations;
      return detail::each(detail::ranks_of(values, options), [&](double r) { return (r - 1) / (n - 1); });
    case sample_scale::share_of_greatest:
      if (max <= 0) return reason::not_scalable;
      return detail::each(values, [&](double x) { return up ? x / max : 1 - x / max; });
    case sample_scale::share_of_sum: {
      if (up ? min < 0 : min <= 0) return reason::not_scalable;
      const auto part = [&](double x) { return up ? x : 1 / x; };
      const double all = detail::exact_total(values, part);
      if (all == 0) return reason::denominator_zero;
      return detail::each(values, [&](double x) { return part(x) / all; });
    }
    case sample_scale::share_of_length: {
      const double unit = detail::unit_of_distance(values, 0);
      const double length = std::sqrt(detail::exact_total(values, [&](double x) { return x / unit * (x / unit); }));
      if (length == 0) return reason::denominator_zero;
      return detail::each(values, [&](double x) { return up ? x / unit / length : 1 - x / unit / length; });
    }
    case sample_scale::ratio_to_best:
      if (up ? max <= 0 : min <= 0) return reason::not_scalable;
      return detail::each(values, [&](double x) { return up ? x / max : min / x; });
    case sample_scale::nonlinear:
      if (up ? min < 0 || max <= 0 : min <= 0) return reason::not_scalable;
      return detail::each(values, [&](double x) { return up ? (x / max) * (x / max) : (min / x) * (min / x) * (min / x); });
    case sample_scale::enhanced_accuracy: {
      const auto off = [&](double x) { return up ? max - x : x - min; };
      const double all = detail::exact_total(values, off);
      if (all == 0) return reason::denominator_zero;
      return detail::each(values, [&](double x) { return 1 - off(x) / all; });
    }
    case sample_scale::zavadskas_turskis: {
      const double best = up ? max : min;
      if (best <= 0) return reason::not_scalable;
      return detail::each(values, [&](double x) { return 1 - std::fabs(best - x) / best; });
    }
    case sample_scale::logarithmic: break;
  }
  if (min <= 0) return reason::not_scalable;
  const double all = detail::exact_total(values, [](double x) { return std::log(x); });
  if (all == 0) return reason::denominator_zero;
  if (!up && n < 2) return reason::too_few_observations;
  return detail::each(values, [&](double x) { return up ? std::log(x) / all : (1 - std::log(x) / all) / (n - 1); });
}

ATTAIN_INLINE answer<std::vector<double>> distance_to_target(std::span<const double> values, double target, bool larger_is_better,
                                                             bool cap) {
  detail::require_finite(values, "values");
  detail::require_number(target, "target");
  if (values.empty()) return reason::too_few_observations;
  const double worst =
      larger_is_better ? *std::min_element(values.begin(), values.end()) : *std::max_element(values.begin(), values.end());
  const double way = larger_is_better ? target - worst : worst - target;
  if (way <= 0) return reason::not_scalable;
  return detail::each(values, [&](double x) {
    const double come = (larger_is_better ? x - worst : worst - x) / way;
    return cap ? (std::min)(come, 1.0) : come;
  });
}

ATTAIN_INLINE answer<std::vector<double>> around_mean(std::span<const double> values, double margin) {
  detail::require_finite(values, "values");
  detail::require(margin >= 0 && std::isfinite(margin), "margin", margin, "0 or more");
  if (values.empty()) return reason::too_few_observations;
  const answer<double> center = mean(values);
  if (!center.has_value()) return center.why();
  if (*center <= 0) return reason::not_scalable;
  return detail::each(values, [&](double x) { return x / *center > 1 + margin ? 1.0 : x / *center < 1 - margin ? -1.0 : 0.0; });
}

}  // namespace attain::inline v0
