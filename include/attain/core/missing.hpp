#pragma once

/** Reasons in columns: a byte beside the value, 0 where there is one. */

#include <attain/core/answer.hpp>

#include <cstdint>

namespace attain::inline v0::detail {

constexpr std::uint8_t as_missing(reason why) noexcept { return static_cast<std::uint8_t>(why); }

/// The reason that takes precedence (rules N); 0 is none.
constexpr std::uint8_t first_of(std::uint8_t a, std::uint8_t b) noexcept {
  if (a == 0 || b == 0) return a == 0 ? b : a;
  return a < b ? a : b;
}

}  // namespace attain::inline v0::detail
