#pragma once

/** A number as written, still in decimal: the common ground of the number parser and of
    units, which multiply by a scale before anything is rounded. Private. */

#include <attain/core/finding.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace attain::inline v0 {

struct number_text;

namespace detail {

inline constexpr std::size_t max_number_bytes = 4096;

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

/// English words that multiply, and the power of ten.
struct scale_word {
  std::string_view word;
  std::int64_t power;
};
inline constexpr scale_word scale_words[] = {{"thousand", 3}, {"million", 6}, {"billion", 9}, {"trillion", 12}};

/// What number_text says, before rounding.
struct written_number {
  decimal low;
  decimal high;
  bool low_open = false;
  bool high_open = false;
  bool approximate = false;
  bool has_scale = false;  // 万, 亿, … in the number itself
  std::string_view unit;
};

enum class rounding_range { representable, too_large, too_small };

struct rounded_decimal {
  double value = 0;
  rounding_range range = rounding_range::representable;
};

/// Correctly rounded for factors that are powers of ten; never -0.
rounded_decimal round_decimal(const decimal& written, const exact_factor& factor = {});

/// The value of -139 or 12.5 and the like, which most amounts are; anything else is for read_written_number.
std::optional<double> read_simple_number(std::string_view text) noexcept;

parsed<written_number> read_written_number(std::string_view text, std::string_view where);

parsed<number_text> rounded_number(const written_number& written, const exact_factor& factor, std::string_view text,
                                   std::string_view where);

}  // namespace detail

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/core/impl/number_reader.ipp>
#endif
