#pragma once

/** Random numbers by counter: the same for a seed and a position whoever asks, in whatever order, on any number of threads.

  Philox4x32-10: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011. A stream is a seed and a number;
  it gives its own sequence whatever other streams do.
*/

#include <attain/core/config.hpp>

#include <array>
#include <cmath>
#include <cstdint>

namespace attain::inline v0 {

/// Four random words for a counter and a key.
constexpr std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) noexcept {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = std::uint64_t{0xD2511F53u} * counter[0];
    const std::uint64_t b = std::uint64_t{0xCD9E8D57u} * counter[2];
    counter = {static_cast<std::uint32_t>(b >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(b),
               static_cast<std::uint32_t>(a >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(a)};
    key = {key[0] + 0x9E3779B9u, key[1] + 0xBB67AE85u};
  }
  return counter;
}

/// One stream of random numbers.
class random_stream {
 public:
  constexpr random_stream(std::uint64_t seed, std::uint64_t number) noexcept
      : key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}, number_(number) {}

  constexpr std::uint32_t word() noexcept {
    if (used_ == 4) {
      words_ = philox({static_cast<std::uint32_t>(block_), static_cast<std::uint32_t>(block_ >> 32),
                       static_cast<std::uint32_t>(number_), static_cast<std::uint32_t>(number_ >> 32)},
                      key_);
      ++block_;
      used_ = 0;
    }
    return words_[used_++];
  }

  /// In (0, 1), never an end: the middle of one of 2⁵³ parts would need 54 bits, so of 2⁵² parts.
  constexpr double uniform() noexcept {
    const std::uint64_t high = word();
    const std::uint64_t bits = (high << 20) | (word() >> 12);
    return (static_cast<double>(bits) + 0.5) * 0x1p-52;
  }

  /// Whole number below @p bound, each as likely (Lemire 2019). Precondition: bound > 0
  constexpr std::uint32_t below(std::uint32_t bound) noexcept {
    const std::uint32_t least = (0u - bound) % bound;
    for (;;) {
      const std::uint64_t product = std::uint64_t{word()} * bound;
      if (static_cast<std::uint32_t>(product) >= least) return static_cast<std::uint32_t>(product >> 32);
    }
  }

  /// Standard normal, by the polar method (Marsaglia and Bray 1964).
  double normal() noexcept {
    if (has_spare_) {
      has_spare_ = false;
      return spare_;
    }
    for (;;) {
      const double x = 2 * uniform() - 1;
      const double y = 2 * uniform() - 1;
      const double square = x * x + y * y;
      if (square >= 1 || square == 0) continue;
      const double scale = std::sqrt(-2 * std::log(square) / square);
      spare_ = y * scale;
      has_spare_ = true;
      return x * scale;
    }
  }

  /// Gamma with scale 1 (Marsaglia and Tsang 2000). Precondition: shape > 0
  double gamma(double shape) noexcept {
    if (shape == 1) return -std::log(uniform());
    if (shape < 1) {
      const double raised = gamma(shape + 1);
      return raised * std::exp(std::log(uniform()) / shape);
    }
    const double d = shape - 1.0 / 3;
    const double c = 1 / std::sqrt(9 * d);
    for (;;) {
      const double x = normal();
      const double root = 1 + c * x;
      if (root <= 0) continue;
      const double v = root * root * root;
      if (std::log(uniform()) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v;
    }
  }

 private:
  std::array<std::uint32_t, 2> key_;
  std::uint64_t number_;
  std::uint64_t block_ = 0;
  std::array<std::uint32_t, 4> words_{};
  unsigned used_ = 4;
  double spare_ = 0;
  bool has_spare_ = false;
};

}  // namespace attain::inline v0
