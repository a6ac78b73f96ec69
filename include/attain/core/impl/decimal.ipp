#pragma once

#include <attain/core/impl/decimal.hpp>

#include <charconv>
#include <cmath>
#include <system_error>

namespace attain::inline v0::detail {

ATTAIN_INLINE rounded_decimal round_decimal(const decimal& written, const exact_factor& factor) {
  const std::size_t first = written.digits.find_first_not_of('0');
  if (first == std::string::npos) return {};
  const std::string text = written.digits.substr(first) + "e" + std::to_string(written.exponent + factor.exponent);
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool out_of_range = read.ec == std::errc::result_out_of_range;
  if (!out_of_range) {
    value = value * static_cast<double>(factor.numerator) / static_cast<double>(factor.denominator);
  }
  const auto places = static_cast<std::int64_t>(written.digits.size() - first) + written.exponent + factor.exponent;
  if (std::isinf(value) || (out_of_range && places > 0)) return {0, rounding_range::too_large};
  if (value == 0 || out_of_range) return {0, rounding_range::too_small};
  return {written.negative ? -value : value, rounding_range::representable};
}

}  // namespace attain::inline v0::detail
