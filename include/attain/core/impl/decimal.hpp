#pragma once

/** Numbers as written, still in decimal: they are multiplied by their scales and units before anything is rounded. Private. */

#include <attain/core/config.hpp>

#include <cstdint>
#include <string>

namespace attain::inline v0::detail {

/// ± digits × 10^exponent; no digits is zero.
struct decimal {
  bool negative = false;
  std::string digits;
  std::int64_t exponent = 0;
};

/// A factor of 10^exponent × numerator / denominator.
struct exact_factor {
  std::int64_t exponent = 0;
  std::int64_t numerator = 1;
  std::int64_t denominator = 1;

  friend bool operator==(const exact_factor&, const exact_factor&) = default;
};

enum class rounding_range { representable, too_large, too_small };

struct rounded_decimal {
  double value = 0;
  rounding_range range = rounding_range::representable;
};

/// Correctly rounded for factors that are powers of ten; never -0.
rounded_decimal round_decimal(const decimal& written, const exact_factor& factor = {});

}  // namespace attain::inline v0::detail

#ifndef ATTAIN_COMPILED
#include <attain/core/impl/decimal.ipp>
#endif
