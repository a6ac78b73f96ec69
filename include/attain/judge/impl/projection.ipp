#pragma once

#include <attain/judge/impl/arguments.hpp>
#include <attain/judge/projection.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace attain::inline v0 {
namespace detail {

// The continued fraction of DLMF 8.17.22, by Lentz's method.
inline double beta_fraction(double a, double b, double x) noexcept {
  constexpr double tiny = 1e-300;
  constexpr int most = 100000;
  const auto away_from_zero = [](double v) { return std::fabs(v) < tiny ? tiny : v; };
  double c = 1;
  double d = 1 / away_from_zero(1 - (a + b) * x / (a + 1));
  double fraction = d;
  for (int m = 1; m < most; ++m) {
    for (const double term :
         {m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))}) {
      d = 1 / away_from_zero(1 + term * d);
      c = away_from_zero(1 + term / c);
      fraction *= d * c;
    }
    if (std::fabs(d * c - 1) < 1e-16) break;
  }
  return fraction;
}

inline double sum_of_squared_changes(std::span<const double> y) noexcept {
  double sum = 0;
  for (std::size_t i = 1; i < y.size(); ++i) sum += (y[i] - y[i - 1]) * (y[i] - y[i - 1]);
  return sum;
}

// The first of several fits stands unless a later one is better by more than rounding.
struct best_fit {
  double slack = 0;
  double error = std::numeric_limits<double>::infinity();

  bool takes(double candidate) noexcept {
    if (!(candidate < error - slack)) return false;
    error = candidate;
    return true;
  }
};

struct smoothed_level {
  double level = 0;
  double alpha = 1;
  double squares = 0;  ///< of the errors
};

inline smoothed_level smooth(std::span<const double> y, double slack) noexcept {
  smoothed_level best;
  best_fit fit{slack};
  for (int step = 1; step <= 20; ++step) {
    const double alpha = step / 20.0;
    double level = y[0];
    double squares = 0;
    for (std::size_t t = 1; t < y.size(); ++t) {
      const double error = y[t] - level;
      squares += error * error;
      level += alpha * error;
    }
    if (fit.takes(squares)) best = {level, alpha, squares};
  }
  return best;
}

inline double damped_forecast(std::span<const double> y, double periods, double slack) noexcept {
  const std::size_t k = (std::min)(y.size() - 1, std::size_t{5});
  const double first_slope = (y[k] - y[0]) / static_cast<double>(k);
  double forecast = y.back();
  best_fit fit{slack};
  for (const double phi : {0.8, 0.9, 0.98}) {
    for (int step = 1; step <= 10; ++step) {
      const double a = step / 10.0;
      for (const double beta : {0.0, 0.05, 0.1, 0.2, 0.4, 0.7}) {
        double level = y[0];
        double slope = first_slope;
        double squares = 0;
        for (std::size_t t = 1; t < y.size(); ++t) {
          const double ahead = level + phi * slope;
          const double error = y[t] - ahead;
          squares += error * error;
          level = ahead + a * error;
          slope = phi * slope + a * beta * error;
        }
        if (fit.takes(squares)) forecast = level + slope * phi * (1 - std::pow(phi, periods)) / (1 - phi);
      }
    }
  }
  return forecast;
}

// The least-squares slope of the amounts by their numbers.
inline double slope_of(std::span<const double> y) noexcept {
  const auto n = static_cast<double>(y.size());
  double mean = 0;
  for (const double v : y) mean += v / n;
  double sum = 0;
  for (std::size_t t = 0; t < y.size(); ++t) sum += (static_cast<double>(t) - (n - 1) / 2) * (y[t] - mean);
  return sum / (n * (n * n - 1) / 12);
}

inline void require_periods(double periods) { require(periods > 0 && std::isfinite(periods), "periods", periods, "more than 0"); }

}  // namespace detail

ATTAIN_INLINE double incomplete_beta(double a, double b, double x) {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  const double front = std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) + b * std::log1p(-x));
  if (x < (a + 1) / (a + b + 2)) return front * detail::beta_fraction(a, b, x) / a;
  return 1 - front * detail::beta_fraction(b, a, 1 - x) / b;
}

ATTAIN_INLINE double student_probability(double t, double freedom) {
  const double tail = incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t)) / 2;
  return t > 0 ? 1 - tail : tail;
}

ATTAIN_INLINE double projection::chance_of_at_least(double amount) const {
  if (scale == 0) return mean >= amount ? 1 : 0;
  return student_probability((mean - amount) / scale, freedom);
}

ATTAIN_INLINE double projection::chance_of_at_most(double amount) const {
  if (scale == 0) return mean <= amount ? 1 : 0;
  return student_probability((amount - mean) / scale, freedom);
}

ATTAIN_INLINE double projection::quantile(double chance) const {
  if (chance == 0.5 || scale == 0) return mean;
  double low = -1;
  double high = 1;
  while (student_probability(low, freedom) > chance) low *= 2;
  while (student_probability(high, freedom) < chance) high *= 2;
  for (int i = 0; i < 200 && high - low > 1e-14 * (std::max)(1.0, std::fabs(low)); ++i) {
    const double middle = low + (high - low) / 2;
    (student_probability(middle, freedom) < chance ? low : high) = middle;
  }
  return mean + scale * (low + (high - low) / 2);
}

ATTAIN_INLINE answer<projection> projection_of(std::span<const double> y, double periods) {
  detail::require_finite(y, "amounts");
  detail::require_periods(periods);
  if (y.size() < 3) return reason::too_few_observations;
  const auto n = static_cast<double>(y.size());
  const double h = periods;
  const double changes = detail::sum_of_squared_changes(y);
  const double step = changes / (n - 1);  // mean squared change, about 0
  projection made{.freedom = static_cast<int>(y.size()) - 1, .amounts = y.size()};
  if (y.size() < 5) {
    const double w = (n - 1) / (2 * (n + 1));
    made.mean = y.back() + w * ((y.back() - y.front()) / (n - 1)) * h;
    made.scale = std::sqrt(step * h * (1 + w * w * h / (n - 1)));
  } else {
    const double slack = 1e-12 * changes;
    const detail::smoothed_level ses = detail::smooth(y, slack);
    const double drift = detail::slope_of(y) / 2;
    const double theta = ses.level + drift * (h - 1 + (1 - std::pow(1 - ses.alpha, n)) / ses.alpha);
    made.mean = (ses.level + theta + detail::damped_forecast(y, h, slack)) / 3;
    const double smoothed =
        ses.squares / (n - 1) * (1 + (std::max)(h - 1, 0.0) * ses.alpha * ses.alpha) + h * h * step / (4 * (n - 1));
    made.scale = std::sqrt((smoothed + step * h * (1 + h / (4 * (n - 1)))) / 2);
  }
  if (!std::isfinite(made.mean) || !std::isfinite(made.scale)) return reason::overflow;
  return made;
}

// A negative binomial of size r and probability p counts failures before the r-th success; P(S ≤ k) = I_p(r, k + 1).
ATTAIN_INLINE double projected_count::chance_of_at_most(double more) const {
  const double k = std::floor(more);
  if (k < 0) return 0;
  return incomplete_beta(mean * mean / (variance - mean), k + 1, mean / variance);
}

ATTAIN_INLINE double projected_count::chance_of_at_least(double more) const {
  const double k = std::ceil(more);
  if (k <= 0) return 1;
  return incomplete_beta(k, mean * mean / (variance - mean), 1 - mean / variance);
}

ATTAIN_INLINE answer<projected_count> projected_count_of(std::span<const double> x, double periods) {
  detail::require_finite(x, "counts");
  detail::require_periods(periods);
  if (x.empty()) return reason::too_few_observations;
  const auto n = static_cast<double>(x.size());
  double mean = 0;
  double recent = 0;
  double weights = 0;
  for (std::size_t t = 0; t < x.size(); ++t) {
    detail::require(x[t] >= 0, "counts", x[t], "0 or more");
    if (x[t] != std::floor(x[t])) return reason::not_comparable;
    const double weight = std::pow(0.7, n - 1 - static_cast<double>(t));
    mean += x[t] / n;
    recent += weight * x[t];
    weights += weight;
  }
  double spread = 1;  // variance over mean
  if (x.size() > 1 && mean > 0) {
    double squares = 0;
    for (const double v : x) squares += (v - mean) * (v - mean);
    spread = squares / (n - 1) / mean;
  }
  projected_count made{.counts = x.size()};
  made.mean = periods * ((mean + recent / weights) / 2 + 0.5 / n);
  const double dispersion = ((n - 1) * (std::max)(1.0, spread) + 2) / (n + 1);
  made.variance = dispersion * made.mean * (1 + periods / (std::min)(n, 17.0 / 3));
  if (!std::isfinite(made.mean) || !std::isfinite(made.variance)) return reason::overflow;
  return made;
}

}  // namespace attain::inline v0
