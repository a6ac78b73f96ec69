#pragma once

/** The number parser: every amount that people wrote is read here, and nowhere else.

  `139`, `１３９`, `1,200`, `5.85万`, `17.9亿元`, `60%`, `180余`, `97–99`, `约1.06万套`,
  `一百二十`. The rule, with a table of examples, is docs/numbers.md. Digits and scale are
  combined in decimal and rounded to a double once: `5.85万` is exactly 58500.

  Nothing is guessed: what is not understood to the last character is refused, with its
  column and what was expected. NaN and infinity are not numbers.
*/

#include <attain/core/config.hpp>
#include <attain/core/finding.hpp>

#include <string>
#include <string_view>

namespace attain::inline v0 {

/** An amount as it was written (rule R11): a number, or an interval with perhaps an open end.

  An end that is open has no number of its own and repeats the other: `180余` is
  low 180, high 180, high_open; `近200` is low 200, high 200, low_open.

  `%` and `‰` are scales, like 万: `60%` is 0.6. They are also left in `unit`, as written.
*/
struct number_text {
  double low = 0;
  double high = 0;
  bool low_open = false;
  bool high_open = false;
  bool approximate = false;  ///< 约, 左右, "about"
  std::string_view unit{};   ///< what follows the number, a view into the text; empty if nothing

  /// One exact number: neither an interval nor open nor approximate.
  constexpr bool is_plain() const noexcept { return low == high && !low_open && !high_open && !approximate; }

  friend bool operator==(const number_text&, const number_text&) = default;
};

/// Reads a number with what may surround it. Throws invalid_input.
number_text parse_number_text(std::string_view text);
parsed<number_text> try_parse_number_text(std::string_view text, std::string_view where = {});

/// Reads one plain number, scales and `%` included, without a unit. Throws invalid_input.
double parse_number(std::string_view text);
parsed<double> try_parse_number(std::string_view text, std::string_view where = {});

/** The shortest text that parse_number reads back to the same double.

  Without an exponent from 1e-6 up to 1e15, so that amounts look like amounts. Zero is "0"
  whatever its sign. Precondition: @p x is finite.
*/
std::string to_text(double x);

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/core/impl/number_text.ipp>
#endif
