#pragma once

/** Whether all numbers of a column are finite. */
#include <bit>
#include <cstdint>
#include <limits>
#include <span>

namespace attain::inline v0::detail {

/// An exponent of ones, and no other, carries into the sign. Without a way out, so that one instruction looks at several.
inline bool are_finite(std::span<const double> column) noexcept {
  static_assert(std::numeric_limits<double>::is_iec559);
  constexpr std::uint64_t exponent = 0x7FF0000000000000u, lowest_of_exponent = 0x0010000000000000u;
  std::uint64_t carried = 0;
  for (const double value : column) carried |= (std::bit_cast<std::uint64_t>(value) & exponent) + lowest_of_exponent;
  return carried >> 63 == 0;
}

}  // namespace attain::inline v0::detail
