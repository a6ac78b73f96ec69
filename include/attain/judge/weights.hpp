#pragma once

/** Weights that follow from data or from a tree, as pure functions (rule U11). Comparisons in pairs: `model/comparisons.hpp`.

  Entropy weights (熵权法; C. E. Shannon 1948, M. Zeleny 1982) say where units differ, not what matters, and change with the units
  and with what was done to the columns; so the transform has a name and is part of every result.
  Throws `invalid_option` for what is not finite and for a negative weight.
*/

#include <attain/core/answer.hpp>
#include <attain/core/config.hpp>
#include <attain/model/comparisons.hpp>
#include <attain/model/roll_up.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace attain::inline v0 {

/** w_j = d_j / Σ d, d = 1 + Σ p ln p / ln n with p = z / Σ z and 0 ln 0 = 0; a column is what its n units have.

  A constant column has weight 0. `too_few_observations` for a column of fewer than 2 units or no column, `not_scalable` for a
  negative z, `denominator_zero` where a column is 0 throughout or all columns are constant.
*/
answer<std::vector<double>> entropy_weights(std::span<const std::vector<double>> columns, entropy_transform transform);

/** Of every node of a forest the product of the weights on its path, each divided by the sum of its siblings' (rule U6a).

  @param parent index of each node's parent, which comes before it; 0xFFFFFFFF on top. Throws `invalid_option` otherwise.
  Where all siblings have weight 0 they have effective weight 0.
*/
std::vector<double> effective_weights(std::span<const std::uint32_t> parent, std::span<const double> weight);

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/judge/impl/weights.ipp>
#endif
