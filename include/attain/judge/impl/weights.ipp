#pragma once

#include <attain/core/exact_sum.hpp>
#include <attain/judge/impl/arguments.hpp>
#include <attain/judge/weights.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace attain::inline v0 {
namespace detail {

// 1 − e of a column.
inline answer<double> divergence_of(std::span<const double> column, entropy_transform transform) {
  if (column.size() < 2) return reason::too_few_observations;
  const auto [least, greatest] = std::minmax_element(column.begin(), column.end());
  const auto z = [&](double x) {
    if (transform == entropy_transform::shares) return x;
    const double position = (x - *least) / (*greatest - *least);
    if (transform == entropy_transform::min_max_tenth) return 0.1 + 0.9 * position;
    return transform == entropy_transform::min_max_plus_one ? 1 + position : position;
  };
  if (transform == entropy_transform::shares) {
    if (*least < 0) return reason::not_scalable;
    if (*greatest == 0) return reason::denominator_zero;
  }
  if (*least == *greatest) return 0.0;
  exact_sum all;
  for (const double x : column) all.add(z(x));
  const auto n = static_cast<double>(column.size());
  exact_sum information;  // 1 + Σ p ln p / ln n is Σ p ln(n p) / ln n, which loses less where shares are nearly even
  for (const double x : column) {
    const double p = z(x) / all.rounded();
    if (p > 0) information.add(p * std::log(n * p));
  }
  return (std::max)(0.0, information.rounded() / std::log(n));
}

}  // namespace detail

ATTAIN_INLINE answer<std::vector<double>> entropy_weights(std::span<const std::vector<double>> columns,
                                                          entropy_transform transform) {
  for (std::size_t j = 0; j < columns.size(); ++j) detail::require_finite(columns[j], detail::place_of("columns", j));
  if (columns.empty()) return reason::too_few_observations;
  std::vector<double> weights;
  exact_sum all;
  for (const std::vector<double>& column : columns) {
    const answer<double> d = detail::divergence_of(column, transform);
    if (!d.has_value()) return d.why();
    weights.push_back(*d);
    all.add(*d);
  }
  const double sum = all.rounded();
  if (sum == 0) return reason::denominator_zero;
  for (double& w : weights) w /= sum;
  return weights;
}

ATTAIN_INLINE std::vector<double> effective_weights(std::span<const std::uint32_t> parent, std::span<const double> weight) {
  detail::require_length(weight.size(), parent.size(), "weights");
  detail::require_weights(weight);
  constexpr std::uint32_t top = 0xFFFFFFFFu;
  std::vector<exact_sum> siblings(parent.size() + 1);
  const auto family = [&](std::size_t i) -> exact_sum& { return siblings[parent[i] == top ? parent.size() : parent[i]]; };
  for (std::size_t i = 0; i < parent.size(); ++i) {
    if (parent[i] != top && parent[i] >= i) {
      detail::refuse_argument(code::out_of_range, detail::place_of("parent", i), std::to_string(parent[i]),
                              "a node that comes before", "a parent does not come before its child");
    }
    family(i).add(weight[i]);
  }
  std::vector<double> effective(parent.size(), 0);
  for (std::size_t i = 0; i < parent.size(); ++i) {
    const double all = family(i).rounded();
    if (all > 0) effective[i] = (parent[i] == top ? 1 : effective[parent[i]]) * (weight[i] / all);
  }
  return effective;
}

}  // namespace attain::inline v0
