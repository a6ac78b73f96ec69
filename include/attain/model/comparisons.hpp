#pragma once
/** Weights from comparisons in pairs (AHP), and how consistent these are.

  T. L. Saaty, The Analytic Hierarchy Process (1980); OECD/JRC Handbook (2008), section 6.7. The matrix A says by a_ij how many
  times as important i is as j. Priority methods and random indices differ, so both are named. Nothing is rounded on the way.
  Throws `invalid_option` unless the matrix is square and its entries are positive and finite.

  Not every pair must be compared: what is missing is what makes the greatest eigenvalue least, which is unique if the comparisons
  connect all elements (S. Bozóki, J. Fülöp, L. Rónyai, On optimal completion of incomplete pairwise comparison matrices, Mathematical
  and Computer Modelling 52 (2010) 318–333). The random indices are those of complete matrices, so that of an incomplete one the ratio
  flatters.
*/
#include <attain/core/answer.hpp>
#include <attain/core/config.hpp>
#include <attain/model/roll_up.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace attain::inline v0 {

struct priorities {
  std::vector<double> weights{};           ///< they add up to 1
  double lambda_max = 0;                   ///< mean of (A w)_i / w_i: of the eigenvector its eigenvalue
  double consistency_index = 0;            ///< (λ − n)/(n − 1); 0 for fewer than 3
  answer<double> consistency_ratio = 0.0;  ///< relative to the random index, `not_applicable` beyond its table of 15
};

/// A ratio from here on is commonly taken for inconsistent.
inline constexpr double inconsistent_from = 0.1;

/// @param matrix row by row, n × n
priorities priorities_of(std::span<const double> matrix, std::size_t n, priority_method how = priority_method::eigenvector,
                         random_index index = random_index::saaty_1980);

/// Mean consistency index of random reciprocal matrices of n elements; `not_applicable` unless 3 ≤ n ≤ 15.
answer<double> random_consistency(random_index index, std::size_t n) noexcept;

/** The reciprocal matrix with its missing entries, NaN, filled in. Throws `invalid_option` also if an entry is missing without its
    reciprocal, or if the comparisons leave some element apart from the others. */
std::vector<double> completed_comparisons(std::span<const double> matrix, std::size_t n);

/// Whether these comparisons connect all children, by however many steps.
bool are_connected(std::span<const comparison_spec> comparisons, std::span<const std::string> children);

/// The reciprocal matrix of comparisons between these children, with what is missing filled in. Throws `invalid_option` unless they
/// are connected.
std::vector<double> comparison_matrix(std::span<const comparison_spec> comparisons, std::span<const std::string> children);

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/model/impl/comparisons.ipp>
#endif
