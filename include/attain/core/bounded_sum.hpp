#pragma once

/** A sum of bounded doubles that does not depend on the order of the addends (rule U7), in 16 bytes.

  Fixed point with 90 binary places: an addend is rounded to a multiple of 2⁻⁹⁰ on its own, then everything is exact, so
  grouping and partition cannot change a bit and subtracting undoes adding. For shares and weights; amounts of any
  size are for `exact_sum`. The caller keeps |addend| < 2³⁰ and adds fewer than 2⁷ · 2³⁰ / max|addend| of them.
*/

#include <attain/core/config.hpp>

#include <bit>
#include <cassert>
#include <cstdint>

namespace attain::inline v0 {

class bounded_sum {
 public:
  bounded_sum() = default;
  /// Of one addend. Precondition: |x| < 2³⁰
  explicit bounded_sum(double x) noexcept : units_(units_of(x)) {}

  /// Precondition: |x| < 2³⁰
  void add(double x) noexcept { units_ += units_of(x); }
  void subtract(double x) noexcept { units_ -= units_of(x); }
  void add(const bounded_sum& other) noexcept { units_ += other.units_; }
  void subtract(const bounded_sum& other) noexcept { units_ -= other.units_; }

  /// The sum as the nearest double.
  double rounded() const noexcept { return units_ == 0 ? 0 : static_cast<double>(units_) * 0x1p-90; }

  bool is_zero() const noexcept { return units_ == 0; }
  friend bool operator==(const bounded_sum&, const bounded_sum&) = default;

 private:
  __extension__ using integer = __int128;
  static constexpr int places = 90;

  ATTAIN_HOT static integer units_of(double x) noexcept {
    assert(-0x1p30 < x && x < 0x1p30);
    const auto bits = std::bit_cast<std::uint64_t>(x);
    const int exponent = static_cast<int>((bits >> 52) & 0x7ffu);
    if (exponent == 0) return 0;  // below 2^-1022
    const auto mantissa = static_cast<std::int64_t>((bits & ((std::uint64_t{1} << 52) - 1)) | (std::uint64_t{1} << 52));
    const int shift = exponent - 1075 + places;
    integer units = 0;
    if (shift >= 0) {
      units = static_cast<integer>(mantissa) << shift;
    } else if (shift > -55) {
      units = (mantissa + (std::int64_t{1} << (-shift - 1))) >> -shift;
    }
    return bits >> 63 != 0 ? -units : units;
  }

  integer units_ = 0;
};

}  // namespace attain::inline v0
