#pragma once

/** A set of small numbers that says how many of its members are smaller than a given one. A quarter of a byte a number. */
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace attain::inline v0::detail {

class number_set {
 public:
  /// For numbers below @p bound.
  explicit number_set(std::size_t bound) : words_(bound / 64 + 1) {}

  void insert(std::size_t number) noexcept { words_[number / 64].members |= std::uint64_t{1} << (number % 64); }

  /// Takes the members of another set with the same bound.
  void merge(const number_set& other) noexcept {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i].members |= other.words_[i].members;
  }

  /// All members in ascending order. Must be called after the last insert and before `rank`.
  std::vector<std::size_t> members() {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      words_[i].before = static_cast<std::uint32_t>(found.size());
      for (std::uint64_t rest = words_[i].members; rest != 0; rest &= rest - 1) {
        found.push_back(i * 64 + static_cast<std::size_t>(std::countr_zero(rest)));
      }
    }
    return found;
  }

  /// How many members are smaller.
  std::uint32_t rank(std::size_t number) const noexcept {
    const word& w = words_[number / 64];
    return w.before + count_bits(w.members & ((std::uint64_t{1} << (number % 64)) - 1));
  }

 private:
  struct word {
    std::uint64_t members = 0;
    std::uint32_t before = 0;
  };

  /// std::popcount is a call where the processor is not known to have the instruction.
  static std::uint32_t count_bits(std::uint64_t x) noexcept {
    x -= (x >> 1) & 0x5555555555555555u;
    x = (x & 0x3333333333333333u) + ((x >> 2) & 0x3333333333333333u);
    x = (x + (x >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
    return static_cast<std::uint32_t>((x * 0x0101010101010101u) >> 56);
  }

  std::vector<word> words_;
};

}  // namespace attain::inline v0::detail
