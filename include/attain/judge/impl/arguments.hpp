#pragma once

/** What functions of scores and weights refuse, beyond what all functions over columns do (core/arguments.hpp). */

#include <attain/core/arguments.hpp>

#include <cstddef>
#include <span>

namespace attain::inline v0::detail {

/// Finite, and at least 0.
inline void require_weights(std::span<const double> weights) {
  require_finite(weights, "weights");
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] < 0) {
      refuse_argument(code::negative_weight, place_of("weights", i), to_text(weights[i]), "0 or more", "a weight is negative");
    }
  }
}

}  // namespace attain::inline v0::detail
