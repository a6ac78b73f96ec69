#pragma once

/** Digits of many amounts: how often they end in each digit, and how often they begin with each.

  People who estimate like round numbers, and amounts that grow over orders of magnitude begin with small digits (Benford).
  Neither is evidence of anything: it is a question to ask. So both tests answer only where the numbers are enough:
  `too_few_observations` otherwise. Throws `invalid_option` for values that are not finite.

  Sources: the Whipple index of the UN Demographic Yearbook, here over last digits; M. Nigrini, Benford's Law (2012), chapter 7.
*/

#include <attain/core/answer.hpp>
#include <attain/core/config.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace attain::inline v0 {

struct last_digits {
  std::size_t n = 0;             ///< whole amounts of at least 100
  std::array<int, 10> counts{};  ///< of the digits 0 to 9
  double whipple = 0;            ///< 500 · share that ends in 0 or 5: 100 where digits are even, 500 where all are round
  double chi_square = 0;         ///< against equal shares, 9 degrees of freedom
  /// Beyond the 99.9 % quantile of chi square.
  bool are_uneven() const noexcept { return chi_square > 27.877; }
};

/// Of the whole amounts of at least 100, positive or negative, of which there must be 50.
answer<last_digits> last_digits_of(std::span<const double> values);

/// Nigrini's bands of the mean absolute deviation of first digits: < 0.006, < 0.012, < 0.015.
enum class benford_fit : std::uint8_t { close, acceptable, marginal, poor };

std::string_view to_string(benford_fit fit) noexcept;

struct first_digits {
  std::size_t n = 0;            ///< values that are not 0
  std::array<int, 9> counts{};  ///< of the digits 1 to 9
  double mean_deviation = 0;    ///< of the shares from log₁₀(1 + 1/d)
  benford_fit fit = benford_fit::close;
};

/// Of the values that are not 0, of which there must be 500 that span three orders of magnitude.
answer<first_digits> first_digits_of(std::span<const double> values);

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/ledger/impl/digits.ipp>
#endif
