#pragma once
/** The formula language of docs/formula.md: text to a flat programme, and its value for a row of inputs.

  Parsing checks everything that does not need other indicators; the value is total: a missing input, a division by zero or an
  overflow is a reason, never an exception. Cost is linear in the number of operations.
*/
#include <attain/core/answer.hpp>
#include <attain/core/config.hpp>
#include <attain/core/finding.hpp>
#include <attain/model/formula_node.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0 {

struct formula {
  std::string text{};
  std::vector<formula_node> nodes{};
  std::vector<std::string> inputs{};  ///< indicator ids in order of first use

  /// The value for one amount or reason per input. Precondition: as many as `inputs`, and finite.
  answer<double> operator()(std::span<const answer<double>> amounts) const;
};

/** Throws `invalid_input` if the text is not a formula: malformed_formula, or too_deep or too_large beyond the limits.

  `where` is the character column, and the message shows the text with a caret under it.
*/
formula parse_formula(std::string_view text);

/// Parses, or appends what is wrong to @p problems under @p where and returns an empty formula.
formula try_parse_formula(std::string_view text, std::string_view where, std::vector<finding>& problems);

/// How a formula names an indicator: `[id]`, with a closing bracket inside the id doubled.
std::string formula_input(std::string_view id);

/// What an operation is called in a formula: its operator, or the name of its function. Empty for a number and an input.
std::string_view spelling_of(formula_node::kind what) noexcept;

/// The text in one spelling, with no more parentheses than needed; parsing it gives the same nodes.
std::string to_string(const formula& f);

/** Replaces input number @p input by the formula @p inner (rule R7a: derived indicators are expanded).

  Throws `invalid_input` (too_large) if the result has more than `max_formula_nodes`.
*/
formula substitute(const formula& outer, std::uint32_t input, const formula& inner);

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/model/impl/formula.ipp>
#endif
