#pragma once

/** How the change of a combined score splits among what it is made of, exactly.

  A weighted quasi-arithmetic mean y = f⁻¹(Σ ŵ f(s)), f a power or the logarithm, has a closed form without rest: with the secant
  slope σ(a, b) = (f(b) − f(a)) / (b − a), a child contributes ŵ·(f(s₁) − f(s₀)) / σ(y₀, y₁), and what is below it the same shares of
  ŵ·σ(s₀, s₁) / σ(y₀, y₁). For f = ln this is LMDI-I (Ang, Energy Policy 33 (2005) 867–871), for f = s it is ŵ·Δs. Changes of weights
  enter by midpoints (Bennet, J. Royal Statistical Society 83 (1920) 455–462), relative to the mean, so that weight that moves to a better child
  counts as a gain wherever f has its origin.

  What is not such a mean gets Shapley values (Shapley 1953; in a tree of nodes they are Owen's, 1977): the average of what a child
  changes over all orders in which the children could change.
*/

#include <attain/core/config.hpp>
#include <attain/core/random.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace attain::inline v0 {

// -- means ------------------------------------------------------------------------------------------

/// The f of a power mean: s^exponent, of exponent 0 ln s. Scores are positive unless the exponent is positive.
double power_transform(double exponent, double score) noexcept;

/// (f(b) − f(a)) / (b − a), f′(a) where they are equal; with exponent 0 one over the logarithmic mean L(a, b).
double secant_slope(double exponent, double a, double b) noexcept;

/// What a change by 1 below a child with a normalised weight counts for in a mean whose secant slope is @p mean_slope. 0 of a child that
/// stays at 0 but for exponent 1: the slope is 0 or infinite there.
double carry_in_mean(double exponent, double weight, double score_before, double score_after, double mean_slope) noexcept;

/// L(a, b) = (a − b) / ln(a/b), L(a, a) = a, and 0 if one of them is 0. Both not negative.
double logarithmic_mean(double a, double b) noexcept;

/// A child before and after. One that is absent on one side has weight 0 there, and the score that it has on the other.
struct child_change {
  double score_before = 0;
  double score_after = 0;
  double weight_before = 0;
  double weight_after = 0;
};

/// What a child contributes to the change of the mean above it.
struct child_part {
  double by_score = 0;   ///< its own change
  double by_weight = 0;  ///< that its weight, or its presence, changed
  double carry = 0;      ///< what a change below it by 1 counts for above it
};

/** The parts of all children, in their order; together they are the change of the mean.

  Weights are normalised here; on each side some weight is positive. Means from 0 with exponent 0 or less do not change smoothly:
  precondition: scores are positive there.
*/
std::vector<child_part> split_mean(double exponent, std::span<const child_change> children);

// -- anything else ----------------------------------------------------------------------------------

struct shapley_parts {
  std::vector<double> parts;     ///< together: all changed minus none changed
  std::vector<double> errors{};  ///< standard errors, where orders were sampled
};

inline constexpr std::size_t most_exact_parts = 12;  ///< up to here all 2ⁿ coalitions are asked, each once

/** Over all orders if there are at most twelve parts, else over @p orders that the seed gives, in pairs of an order and its reverse.

  @p value gives the value of the whole in which exactly those parts have changed whose mark, of `std::span<const std::uint8_t>`,
  is 1.
*/
template <class Value>
shapley_parts shapley(std::size_t parts, const Value& value, std::uint64_t seed = 0, std::size_t orders = 2000);

/** Shapley values of the least of several scores, exactly and for any number: by thresholds, each crossed by some from below and by
  some from above. A child that is absent on one side has an infinite score there.

  Precondition: on each side some score is finite.
*/
std::vector<double> split_least(std::span<const double> before, std::span<const double> after);

// -- products ---------------------------------------------------------------------------------------

/// Additive LMDI-I of one product V = Π x: what each factor contributes to V₁ − V₀. All amounts positive.
std::vector<double> split_product(double value_before, double value_after, std::span<const double> factors_before,
                                  std::span<const double> factors_after);

// -- bodies of templates ---------------------------------------------------------------------------

namespace detail {

// n!·(the weight of a coalition of s among n parts) without the factorials: 1 / (n · binomial(n − 1, s)).
inline double coalition_weight(std::size_t parts, std::size_t in_it) noexcept {
  double choices = 1;
  for (std::size_t i = 0; i < in_it; ++i) {
    choices *= static_cast<double>(parts - 1 - i) / static_cast<double>(i + 1);
  }
  return 1 / (static_cast<double>(parts) * choices);
}

template <class Value>
std::vector<double> exact_shapley(std::size_t parts, const Value& value) {
  std::vector<std::uint8_t> changed(parts);
  std::vector<double> values(std::size_t{1} << parts);
  std::vector<std::size_t> sizes(values.size());
  for (std::size_t set = 0; set < values.size(); ++set) {
    for (std::size_t i = 0; i < parts; ++i) {
      changed[i] = static_cast<std::uint8_t>(set >> i & 1);
      sizes[set] += changed[i];
    }
    values[set] = value(std::span<const std::uint8_t>(changed));
  }
  std::vector<double> found(parts, 0);
  for (std::size_t set = 0; set < values.size(); ++set) {
    for (std::size_t i = 0; i < parts; ++i) {
      const std::size_t with = set | std::size_t{1} << i;
      if (with != set) found[i] += coalition_weight(parts, sizes[set]) * (values[with] - values[set]);
    }
  }
  return found;
}

template <class Value>
shapley_parts sampled_shapley(std::size_t parts, const Value& value, std::uint64_t seed, std::size_t orders) {
  std::vector<std::uint8_t> changed(parts);
  std::vector<std::size_t> order(parts);
  for (std::size_t i = 0; i < parts; ++i) order[i] = i;
  std::vector<double> sum(parts, 0), squares(parts, 0), pair(parts, 0);
  const std::size_t pairs = orders < 4 ? 2 : orders / 2;
  const auto walk = [&](auto at) {  // adds what each part changes when parts change in this order
    changed.assign(parts, 0);
    double before = value(std::span<const std::uint8_t>(changed));
    for (std::size_t i = 0; i < parts; ++i) {
      changed[at(i)] = 1;
      const double after = value(std::span<const std::uint8_t>(changed));
      pair[at(i)] += (after - before) / 2;
      before = after;
    }
  };
  for (std::size_t p = 0; p < pairs; ++p) {
    random_stream random(seed, p);
    for (std::size_t i = parts; i > 1; --i) std::swap(order[i - 1], order[random.below(static_cast<std::uint32_t>(i))]);
    pair.assign(parts, 0);
    walk([&](std::size_t i) { return order[i]; });
    walk([&](std::size_t i) { return order[parts - 1 - i]; });
    for (std::size_t i = 0; i < parts; ++i) {
      sum[i] += pair[i];
      squares[i] += pair[i] * pair[i];
    }
  }
  const auto n = static_cast<double>(pairs);
  shapley_parts found{.parts = std::vector<double>(parts), .errors = std::vector<double>(parts)};
  for (std::size_t i = 0; i < parts; ++i) {
    const double mean = sum[i] / n;
    const double spread = squares[i] / n - mean * mean;
    found.parts[i] = mean;
    found.errors[i] = spread > 0 ? std::sqrt(spread / (n - 1)) : 0;
  }
  return found;
}

}  // namespace detail

template <class Value>
shapley_parts shapley(std::size_t parts, const Value& value, std::uint64_t seed, std::size_t orders) {
  if (parts <= most_exact_parts) return {.parts = detail::exact_shapley(parts, value)};
  return detail::sampled_shapley(parts, value, seed, orders);
}

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/judge/impl/decomposition.ipp>
#endif
