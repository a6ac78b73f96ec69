#pragma once
/** What a formula is made of: a syntax tree laid out flat, in prefix order. */
#include <cstddef>
#include <cstdint>

namespace attain::inline v0 {

/// One node of the syntax tree, in prefix order: its operands follow it.
struct formula_node {
  enum class kind : std::uint8_t {
    number, input, add, subtract, multiply, divide, power, negate,
    less, less_equal, greater, greater_equal, equal, not_equal, logical_and, logical_or, logical_not,
    minimum, maximum, sum, mean, absolute, square_root, natural_logarithm, exponential, choose, coalesce, is_missing,
  };
  formula_node::kind what = kind::number;
  std::uint32_t operands = 0;     ///< how many
  std::uint32_t end = 0;          ///< index behind the node's last operand
  std::uint32_t input = 0;        ///< index into `formula::inputs`
  double number = 0;
};

/// Limits of a formula; `max_formula_nodes` also holds after `substitute`.
inline constexpr std::size_t max_formula_bytes = 16 * 1024;
inline constexpr std::size_t max_formula_depth = 64;
inline constexpr std::size_t max_formula_nodes = 4096;

}  // namespace attain::inline v0
