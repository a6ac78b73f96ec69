#pragma once

/** Reading a number with what surrounds it: the common ground of the number parser and of units. Private. */

#include <attain/core/finding.hpp>
#include <attain/core/impl/decimal.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace attain::inline v0 {

struct number_text;

namespace detail {

inline constexpr std::size_t max_number_bytes = 4096;

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
