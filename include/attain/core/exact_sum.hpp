#pragma once

/** Sums of doubles that do not depend on the order of the addends (rule U7).

  `exact_sum` loses nothing: its value is the exact real sum of what was added, so order,
  grouping and partition cannot change a bit, and subtracting undoes adding. It is the
  small superaccumulator of R. M. Neal, "Fast exact summation using small and large
  superaccumulators" (2015, arXiv:1505.05571): 67 overlapping words of 32 bits with room
  for carries. An addition touches two words. Its size is 544 bytes.

  `short_sum` has the same value, and is two doubles as long as these can hold it, which they mostly can of a few reports.

  `running_sum` is for the terms of one series in their own order: two doubles, an error
  of an ulp or so instead of one that grows with the number of terms.
*/

#include <attain/core/config.hpp>

#include <array>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace attain::inline v0 {

class exact_sum {
 public:
  /// Precondition: @p x is finite.
  void add(double x) noexcept { put(x, false); }
  void subtract(double x) noexcept { put(x, true); }

  void add(const exact_sum& other) noexcept;
  void subtract(const exact_sum& other) noexcept;

  /// The sum, correctly rounded to nearest, ties to even. A sum too large for a double
  /// gives an infinity of its sign (`std::isinf`), which the caller reports as `overflow`;
  /// the accumulator itself stays exact. An empty sum and a sum of zeros are +0.
  double rounded() const noexcept;

  void clear() noexcept { *this = exact_sum{}; }

  /// Whether the exact sums are equal.
  friend bool operator==(const exact_sum& a, const exact_sum& b) noexcept { return same(a, b); }

 private:
  static constexpr std::size_t words = 67;
  // An addition puts less than 2^52 + 2^32 into a word, and 2047 of them fit into 63 bits.
  static constexpr std::int32_t capacity = 2047;

  void put(double x, bool negate) noexcept {
    const auto bits = std::bit_cast<std::uint64_t>(x);
    const unsigned biased = static_cast<unsigned>(bits >> 52) & 0x7ffu;
    assert(biased != 0x7ffu);
    const std::uint64_t hidden = std::uint64_t{biased != 0} << 52;
    const std::uint64_t mantissa = (bits & ((std::uint64_t{1} << 52) - 1)) | hidden;
    const unsigned position = biased - (biased != 0 ? 1u : 0u);  // in units of 2^-1074
    const unsigned shift = position & 31u;
    // All bits set where the part is to be subtracted: then (v ^ sign) - sign is -v, without a branch.
    const std::int64_t sign = -static_cast<std::int64_t>((bits >> 63) ^ std::uint64_t{negate});
    const auto low = static_cast<std::int64_t>((mantissa << shift) & 0xffffffffu);
    const auto high = static_cast<std::int64_t>(mantissa >> (32 - shift));
    if (room_ == 0) carry();
    --room_;
    word_[position >> 5] += (low ^ sign) - sign;
    word_[(position >> 5) + 1] += (high ^ sign) - sign;
  }

  /// Brings every word but the last into [0, 2^32).
  void carry() noexcept;
  static bool same(const exact_sum& a, const exact_sum& b) noexcept;
  void merge(const exact_sum& other, std::int64_t sign) noexcept;

  std::array<std::int64_t, words> word_{};
  std::int32_t room_ = capacity;  // additions that certainly fit before the next carry
};

/// An exact sum of which little is asked: of terms that are added, correctly rounded.
class short_sum {
 public:
  /// Precondition: @p x is finite.
  void add(double x) noexcept {
    if (exact_) return exact_->add(x);
    const double total = sum_ + x;
    const double lost = lost_by(sum_, x, total);
    const double rest = rest_ + lost;
    if (lost_by(rest_, lost, rest) == 0) {
      sum_ = total;
      rest_ = rest;
      return;
    }
    exact_.emplace();
    for (const double part : {sum_, rest_, x}) exact_->add(part);
  }

  /// As `exact_sum::rounded`.
  double rounded() const noexcept { return exact_ ? exact_->rounded() : sum_ + rest_; }

 private:
  // What an addition loses (Knuth, The Art of Computer Programming 2, 4.2.2, theorem B); not a number if it overflows.
  static double lost_by(double a, double b, double total) noexcept {
    const double added = total - a;
    return (a - (total - added)) + (b - added);
  }

  double sum_ = 0;
  double rest_ = 0;  // what the sum has lost; both together are exact
  std::optional<exact_sum> exact_;
};

/// Neumaier's compensated sum (ZAMM 54, 1974): s plus the error of each addition.
/// Precondition: finite terms. A sum beyond the range of double is infinite or NaN.
class running_sum {
 public:
  constexpr void add(double x) noexcept {
    const double total = sum_ + x;
    const bool sum_is_larger = (sum_ < 0 ? -sum_ : sum_) >= (x < 0 ? -x : x);
    lost_ += sum_is_larger ? (sum_ - total) + x : (x - total) + sum_;
    sum_ = total;
  }
  constexpr double value() const noexcept { return sum_ + lost_; }

 private:
  double sum_ = 0;
  double lost_ = 0;
};

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/core/impl/exact_sum.ipp>
#endif
