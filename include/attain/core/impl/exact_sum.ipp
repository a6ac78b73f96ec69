#pragma once

#include <attain/core/exact_sum.hpp>

#include <cmath>
#include <limits>

namespace attain::inline v0 {

ATTAIN_INLINE void exact_sum::carry() noexcept {
  for (std::size_t i = 0; i + 1 < words; ++i) {
    word_[i + 1] += word_[i] >> 32;  // rounds down, also for negative words
    word_[i] &= 0xffffffff;
  }
  room_ = capacity;
}

ATTAIN_INLINE void exact_sum::merge(const exact_sum& other, std::int64_t sign) noexcept {
  exact_sum carried = other;
  carried.carry();
  carry();  // both below 2^32 in every word, so that a full round of additions still fits
  for (std::size_t i = 0; i < words; ++i) word_[i] += sign * carried.word_[i];
}

ATTAIN_INLINE void exact_sum::add(const exact_sum& other) noexcept { merge(other, 1); }
ATTAIN_INLINE void exact_sum::subtract(const exact_sum& other) noexcept { merge(other, -1); }

ATTAIN_INLINE bool exact_sum::same(const exact_sum& a, const exact_sum& b) noexcept {
  exact_sum first = a;
  exact_sum second = b;
  first.carry();
  second.carry();
  return first.word_ == second.word_;
}

ATTAIN_INLINE double exact_sum::rounded() const noexcept {
  exact_sum magnitude = *this;
  magnitude.carry();
  const bool negative = magnitude.word_[words - 1] < 0;
  if (negative) {
    for (auto& word : magnitude.word_) word = -word;
    magnitude.carry();
  }
  std::size_t top = words - 1;
  while (top > 0 && magnitude.word_[top] == 0) --top;
  // The last word is the only one that may exceed 32 bits, and only far beyond 2^1024.
  const auto leading = static_cast<std::uint64_t>(magnitude.word_[top]);
  const int length = static_cast<int>(top) * 32 + (64 - std::countl_zero(leading));  // in bits of 2^-1074
  const double sign = negative ? -1.0 : 1.0;
  if (length == 0) return 0.0;
  if (length > 2098) return sign * std::numeric_limits<double>::infinity();

  // The 53 leading bits, then the half bit and whether anything lies below it.
  const int lowest = length > 53 ? length - 53 : 0;
  const auto bit_range = [&](int from, int count) {
    std::uint64_t bits = 0;
    for (int filled = 0; filled < count;) {
      const int at = from + filled;
      const int offset = at & 31;
      const auto word = static_cast<std::uint64_t>(magnitude.word_[static_cast<std::size_t>(at) >> 5]);
      bits |= (word >> offset) << filled;
      filled += 32 - offset;
    }
    return bits & ((std::uint64_t{1} << count) - 1);
  };
  std::uint64_t significand = bit_range(lowest, length - lowest);
  if (lowest > 0) {
    const bool half = bit_range(lowest - 1, 1) != 0;
    const int below = lowest - 1;
    bool rest = (below & 31) != 0 && bit_range(below & ~31, below & 31) != 0;
    for (std::size_t i = 0; !rest && i < static_cast<std::size_t>(below) >> 5; ++i) rest = magnitude.word_[i] != 0;
    if (half && (rest || (significand & 1) != 0)) ++significand;
  }
  return sign * std::ldexp(static_cast<double>(significand), lowest - 1074);
}

}  // namespace attain::inline v0
