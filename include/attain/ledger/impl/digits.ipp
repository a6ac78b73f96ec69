#pragma once

#include <attain/core/arguments.hpp>
#include <attain/ledger/digits.hpp>

#include <algorithm>
#include <cmath>

namespace attain::inline v0 {
namespace detail {

// The first digit in decimal. A power of ten from pow may be off by a bit: the quotient is set right afterwards.
inline int first_digit(double x) {
  const double size = std::fabs(x);
  double scaled = size / std::pow(10.0, std::floor(std::log10(size)));
  if (scaled < 1) scaled *= 10;
  return (std::clamp)(static_cast<int>(scaled + 1e-9), 1, 9);
}

}  // namespace detail

ATTAIN_INLINE answer<last_digits> last_digits_of(std::span<const double> values) {
  detail::require_finite(values, "values");
  last_digits found;
  for (const double x : values) {
    const double size = std::fabs(x);
    if (size < 100 || size != std::floor(size) || size >= 0x1p53) continue;
    ++found.n;
    ++found.counts[static_cast<std::size_t>(std::fmod(size, 10.0))];
  }
  if (found.n < 50) return reason::too_few_observations;
  const double even = static_cast<double>(found.n) / 10;
  for (const int count : found.counts) found.chi_square += (count - even) * (count - even) / even;
  found.whipple = 500.0 * (found.counts[0] + found.counts[5]) / static_cast<double>(found.n);
  return found;
}

ATTAIN_INLINE std::string_view to_string(benford_fit fit) noexcept {
  constexpr std::string_view words[] = {"close", "acceptable", "marginal", "poor"};
  return words[static_cast<std::size_t>(fit)];
}

ATTAIN_INLINE answer<first_digits> first_digits_of(std::span<const double> values) {
  detail::require_finite(values, "values");
  first_digits found;
  double least = 0, greatest = 0;
  for (const double x : values) {
    const double size = std::fabs(x);
    if (size == 0) continue;
    least = found.n == 0 ? size : (std::min)(least, size);
    greatest = (std::max)(greatest, size);
    ++found.n;
    ++found.counts[static_cast<std::size_t>(detail::first_digit(size) - 1)];
  }
  if (found.n < 500 || greatest / least < 1000) return reason::too_few_observations;
  for (std::size_t d = 0; d < 9; ++d) {
    const double share = found.counts[d] / static_cast<double>(found.n);
    found.mean_deviation += std::fabs(share - std::log10(1 + 1 / static_cast<double>(d + 1))) / 9;
  }
  found.fit = found.mean_deviation < 0.006   ? benford_fit::close
              : found.mean_deviation < 0.012 ? benford_fit::acceptable
              : found.mean_deviation < 0.015 ? benford_fit::marginal
                                             : benford_fit::poor;
  return found;
}

}  // namespace attain::inline v0
