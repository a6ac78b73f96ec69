#pragma once

#include <attain/core/error.hpp>
#include <attain/model/comparisons.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <utility>

namespace attain::inline v0 {
namespace detail {

inline void require_comparisons(std::span<const double> matrix, std::size_t n) {
  const bool is_square = n > 0 && matrix.size() == n * n;
  const auto bad = std::find_if(matrix.begin(), matrix.end(), [](double a) { return !std::isfinite(a) || a <= 0; });
  if (is_square && bad == matrix.end()) return;
  const auto at = static_cast<std::size_t>(bad - matrix.begin());
  throw invalid_option(finding{
      .code = code::out_of_range,
      .where = is_square ? "matrix[" + std::to_string(at / n) + "][" + std::to_string(at % n) + "]" : "matrix",
      .expected = is_square ? "a positive number" : "as many rows as columns",
      .message = is_square ? "a comparison is not positive" : "the matrix of comparisons is not square",
  });
}

inline void scale_to_one(std::vector<double>& weights) {
  const double all = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (double& w : weights) w /= all;
}

inline std::vector<double> product(std::span<const double> matrix, const std::vector<double>& x) {
  const std::size_t n = x.size();
  std::vector<double> y(n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) y[i] += matrix[i * n + j] * x[j];
  }
  return y;
}

// The Perron vector: positive matrices have one, and repeated multiplication comes to it.
inline std::vector<double> perron(std::span<const double> matrix, std::size_t n) {
  constexpr int most = 100000;
  std::vector<double> w(n, 1.0 / static_cast<double>(n));
  for (int i = 0; i < most; ++i) {
    std::vector<double> next = product(matrix, w);
    scale_to_one(next);
    double moved = 0;
    for (std::size_t k = 0; k < n; ++k) moved = (std::max)(moved, std::fabs(next[k] - w[k]) / next[k]);
    w = std::move(next);
    if (moved < 4e-16) break;
  }
  return w;
}

inline std::vector<double> row_means(std::span<const double> matrix, std::size_t n) {
  std::vector<double> w(n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) w[i] += std::log(matrix[i * n + j]) / static_cast<double>(n);
  }
  const double largest = *std::max_element(w.begin(), w.end());
  for (double& x : w) x = std::exp(x - largest);
  scale_to_one(w);
  return w;
}

inline std::vector<double> column_means(std::span<const double> matrix, std::size_t n) {
  std::vector<double> w(n, 0);
  for (std::size_t j = 0; j < n; ++j) {
    double column = 0;
    for (std::size_t i = 0; i < n; ++i) column += matrix[i * n + j];
    for (std::size_t i = 0; i < n; ++i) w[i] += matrix[i * n + j] / column;
  }
  scale_to_one(w);
  return w;
}

inline std::vector<double> transposed(std::span<const double> matrix, std::size_t n) {
  std::vector<double> turned(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) turned[j * n + i] = matrix[i * n + j];
  }
  return turned;
}

// Whether all elements can be reached from the first one.
template <class IsCompared>
bool reaches_all(std::size_t n, const IsCompared& is_compared) {
  std::vector<std::uint8_t> seen(n, 0);
  std::vector<std::size_t> open;
  const auto visit = [&](std::size_t i) {
    seen[i] = 1;
    open.push_back(i);
  };
  if (n > 0) visit(0);
  while (!open.empty()) {
    const std::size_t i = open.back();
    open.pop_back();
    for (std::size_t j = 0; j < n; ++j) {
      if (seen[j] == 0 && is_compared(i, j)) visit(j);
    }
  }
  return std::find(seen.begin(), seen.end(), std::uint8_t{0}) == seen.end();
}

}  // namespace detail

ATTAIN_INLINE priorities priorities_of(std::span<const double> matrix, std::size_t n, priority_method how, random_index index) {
  detail::require_comparisons(matrix, n);
  priorities p;
  p.weights = how == priority_method::eigenvector          ? detail::perron(matrix, n)
              : how == priority_method::row_geometric_mean ? detail::row_means(matrix, n)
                                                           : detail::column_means(matrix, n);
  const std::vector<double> image = detail::product(matrix, p.weights);
  const auto count = static_cast<double>(n);
  for (std::size_t i = 0; i < n; ++i) p.lambda_max += image[i] / p.weights[i] / count;
  if (n < 3) return p;
  p.consistency_index = (p.lambda_max - count) / (count - 1);
  p.consistency_ratio = random_consistency(index, n).transform([&](double random) { return p.consistency_index / random; });
  return p;
}

// Saaty (1980); Saaty (2005); Donegan, Dodd (1991); Tummala, Ling (1998): of 3 to 15 elements.
ATTAIN_INLINE answer<double> random_consistency(random_index index, std::size_t n) noexcept {
  constexpr std::size_t first = 3;
  constexpr std::size_t last = 15;
  static constexpr double tables[][last - first + 1] = {
      {0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59},
      {0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59},
      {0.4914, 0.8286, 1.0591, 1.1797, 1.2519, 1.3171, 1.3733, 1.4055, 1.4213, 1.4497, 1.4643, 1.4822, 1.4969},
      {0.5799, 0.8921, 1.1159, 1.2358, 1.3322, 1.3952, 1.4537, 1.4882, 1.5117, 1.5356, 1.5571, 1.5714, 1.5831}};
  if (n < first || n > last) return reason::not_applicable;
  return tables[static_cast<std::size_t>(index)][n - first];
}

// Where λ is least, its derivative by the logarithm of a missing a_ij, v_i a_ij w_j − v_j a_ji w_i with the eigenvectors w and v
// of both sides, is 0; and λ is convex in these logarithms.
ATTAIN_INLINE std::vector<double> completed_comparisons(std::span<const double> matrix, std::size_t n) {
  std::vector<double> made(matrix.begin(), matrix.end());
  std::vector<std::pair<std::size_t, std::size_t>> missing;
  if (matrix.size() == n * n) {
    const auto is_known = [&](std::size_t i, std::size_t j) { return !std::isnan(matrix[i * n + j]); };
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = i + 1; j < n; ++j) {
        if (is_known(i, j) || is_known(j, i)) continue;
        missing.emplace_back(i, j);
        made[i * n + j] = made[j * n + i] = 1;
      }
    }
    if (!detail::reaches_all(n, is_known)) {
      throw invalid_option(finding{.code = code::weights_do_not_match,
                                   .where = "matrix",
                                   .expected = "comparisons that connect all elements",
                                   .message = "some element is compared with none of the others"});
    }
  }
  detail::require_comparisons(made, n);
  constexpr int most = 10000;
  for (int round = 0; !missing.empty() && round < most; ++round) {
    const std::vector<double> right = detail::perron(made, n);
    const std::vector<double> left = detail::perron(detail::transposed(made, n), n);
    double moved = 0;
    for (const auto& [i, j] : missing) {
      const double better = std::sqrt(right[i] * left[j] / (right[j] * left[i]));
      moved = (std::max)(moved, std::fabs(std::log(better / made[i * n + j])));
      made[i * n + j] = better;
      made[j * n + i] = 1 / better;
    }
    if (moved < 1e-13) break;
  }
  return made;
}

ATTAIN_INLINE bool are_connected(std::span<const comparison_spec> comparisons, std::span<const std::string> children) {
  return detail::reaches_all(children.size(), [&](std::size_t i, std::size_t j) {
    return std::any_of(comparisons.begin(), comparisons.end(), [&](const comparison_spec& c) {
      return (c.child == children[i] && c.over == children[j]) || (c.child == children[j] && c.over == children[i]);
    });
  });
}

ATTAIN_INLINE std::vector<double> comparison_matrix(std::span<const comparison_spec> comparisons,
                                                    std::span<const std::string> children) {
  const std::size_t n = children.size();
  std::vector<double> matrix(n * n, std::numeric_limits<double>::quiet_NaN());
  for (std::size_t i = 0; i < n; ++i) matrix[i * n + i] = 1;
  const auto index = [&](const std::string& id) {
    return static_cast<std::size_t>(std::find(children.begin(), children.end(), id) - children.begin());
  };
  for (const comparison_spec& c : comparisons) {
    const std::size_t i = index(c.child);
    const std::size_t j = index(c.over);
    if (i == n || j == n) continue;
    matrix[i * n + j] = c.times;
    matrix[j * n + i] = 1 / c.times;
  }
  return completed_comparisons(matrix, n);
}

}  // namespace attain::inline v0
