#pragma once

/** From texts, which are kept elsewhere and stay where they are, to numbers. */

#include <attain/core/hash_index.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace attain::inline v0::detail {

inline std::uint32_t hash_of_text(std::string_view text) noexcept { return mix(std::hash<std::string_view>()(text), text.size()); }

class text_index {
 public:
  struct entry {
    std::string_view text;
    std::uint32_t number;
    std::uint32_t hash;
  };

  void reserve(std::size_t count) {
    entries_.reserve(count);
    make_room(count);
  }

  /// Gives the text a number, unless it has one; the number that it then has.
  std::uint32_t add(std::string_view text, std::uint32_t number) {
    const std::uint32_t hash = hash_of_text(text);
    const auto position = static_cast<std::uint32_t>(entries_.size());
    make_room(entries_.size() + 1);
    const std::uint32_t found = positions_.find_or_insert(hash, position, [&](std::uint32_t i) { return is(i, hash, text); });
    if (found != position) return entries_[found].number;
    entries_.push_back({text, number, hash});
    return number;
  }

  /// Its number, or `nowhere`.
  std::uint32_t find(std::string_view text) const noexcept {
    const std::uint32_t hash = hash_of_text(text);
    const std::uint32_t found = positions_.find(hash, [&](std::uint32_t i) { return is(i, hash, text); });
    return found == nowhere ? nowhere : entries_[found].number;
  }

  std::size_t size() const noexcept { return entries_.size(); }
  /// In the order in which they came.
  const std::vector<entry>& entries() const noexcept { return entries_; }

 private:
  bool is(std::uint32_t position, std::uint32_t hash, std::string_view text) const noexcept {
    return entries_[position].hash == hash && entries_[position].text == text;
  }

  void make_room(std::size_t count) {
    positions_.reserve(count, static_cast<std::uint32_t>(entries_.size()), [this](std::uint32_t i) { return entries_[i].hash; });
  }

  std::vector<entry> entries_;
  hash_index positions_;
};

}  // namespace attain::inline v0::detail
