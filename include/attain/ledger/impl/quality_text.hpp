#pragma once

// Sentences of findings: numbers as people read them, put into the places of a template.

#include <attain/core/number_text.hpp>

#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>

namespace attain::inline v0::detail {

/// × 10000 (万), ÷ 100
inline std::string factor_text(double power) {
  const int exponent = static_cast<int>(std::fabs(power));
  std::string text = power < 0 ? "÷ 1" : "× 1";
  text.append(static_cast<std::size_t>(exponent), '0');
  return text + (exponent == 4 ? " (万)" : exponent == 8 ? " (亿)" : "");
}

/// Four significant digits of what is computed, all of what was reported.
inline std::string rounded_text(double x) {
  if (x == 0 || !std::isfinite(x)) return x == 0 ? "0" : "∞";
  const double unit = std::pow(10.0, 3 - std::floor(std::log10(std::fabs(x))));
  const double shown = std::fabs(x) >= 1000 ? std::round(x * 100) / 100 : std::round(x * unit) / unit;
  return to_text(shown);
}

/// Fills the places of a sentence; a place without text drops the `[…]` around it.
template <class TextOf>
std::string fill_sentence(std::string_view from, const TextOf& text_of) {
  std::string filled, part;
  bool in_part = false, is_whole = true;
  for (std::size_t i = 0; i < from.size(); ++i) {
    std::string& to = in_part ? part : filled;
    if (from[i] == '[') {
      in_part = is_whole = true;
      part.clear();
    } else if (from[i] == ']') {
      if (is_whole) filled += part;
      in_part = false;
    } else if (from[i] == '{') {
      const std::size_t end = from.find('}', i);
      const std::string text = text_of(from.substr(i + 1, end - i - 1));
      is_whole = is_whole && !text.empty();
      to += text;
      i = end;
    } else {
      to += from[i];
    }
  }
  return filled;
}

}  // namespace attain::inline v0::detail
