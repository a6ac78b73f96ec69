#pragma once
/** The formula language of docs/formula.md: text to a flat programme, and its value for a row of inputs.

  Parsing checks everything that does not need other indicators; the value is total: a missing input, a division by zero or an
  overflow is a reason, never an exception. Cost is linear in the number of operations.
*/
#include <attain/core/answer.hpp>
#include <attain/core/config.hpp>
#include <attain/core/finding.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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

struct formula {
  std::string text;
  std::vector<formula_node> nodes;
  std::vector<std::string> inputs;  ///< indicator ids in order of first use

  /// The value for one amount or reason per input.
  answer<double> operator()(std::span<const answer<double>> amounts) const;
};

/// Throws `invalid_input` (code malformed_formula; where is the character column) if the text is not a formula.
formula parse_formula(std::string_view text);

/// Parses, or appends what is wrong to @p problems under @p where and returns an empty formula.
formula try_parse_formula(std::string_view text, std::string_view where, std::vector<finding>& problems);

/// Replaces input number @p input by the formula @p inner (rule R7a: derived indicators are expanded).
formula substitute(const formula& outer, std::uint32_t input, const formula& inner);

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/model/impl/formula.ipp>
#endif
