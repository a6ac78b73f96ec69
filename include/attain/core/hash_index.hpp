#pragma once

/** An open-addressing index: from a hash to the position of something that is kept elsewhere.

  Four bytes a slot, at most five of eight slots taken, linear probing. Whoever uses it compares what is found.
*/
#include <attain/core/column.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace attain::inline v0::detail {

inline constexpr std::uint32_t nowhere = 0xFFFFFFFFu;

constexpr std::uint32_t mix(std::uint64_t a, std::uint64_t b) noexcept {
  std::uint64_t h = (a ^ 0x9E3779B97F4A7C15u) * 0xD6E8FEB86659FD93u;
  h ^= h >> 32;
  h = (h + b) * 0xD6E8FEB86659FD93u;
  h ^= h >> 32;
  return static_cast<std::uint32_t>(h * 0xD6E8FEB86659FD93u >> 32);
}

class hash_index {
 public:
  /// The position for which `same(position)` holds among those with this hash, or `nowhere`.
  template <class Same>
  std::uint32_t find(std::uint32_t hash, Same&& same) const {
    if (slots_.empty()) return nowhere;
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t slot = hash & mask; slots_[slot] != 0; slot = (slot + 1) & mask) {
      if (const std::uint32_t position = slots_[slot] - 1; same(position)) return position;
    }
    return nowhere;
  }

  /// Makes room for @p count positions; `hash_of(position)` is asked for those below @p present, which are inside.
  template <class HashOf>
  void reserve(std::size_t count, std::uint32_t present, HashOf&& hash_of) {
    if (count * 8 <= slots_.size() * 5) return;
    std::size_t size = 16;
    while (count * 8 > size * 5) size *= 2;
    growing_column<std::uint32_t>(size, 0u).swap(slots_);
    insert_all(present, hash_of);
  }

  /// As `find`, but if there is none @p position is inserted and returned. Precondition: there is room.
  template <class Same>
  std::uint32_t find_or_insert(std::uint32_t hash, std::uint32_t position, Same&& same) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = hash & mask;
    for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
      if (const std::uint32_t other = slots_[slot] - 1; same(other)) return other;
    }
    slots_[slot] = position + 1;
    return position;
  }

  std::size_t memory_bytes() const noexcept { return slots_.capacity() * sizeof(std::uint32_t); }

 private:
  void insert(std::uint32_t hash, std::uint32_t position) noexcept {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = hash & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = position + 1;
  }

  /// Many are first dealt out to neighbouring slots: each slot on its own would miss the cache and the address translation.
  template <class HashOf>
  void insert_all(std::uint32_t count, HashOf&& hash_of) {
    constexpr std::size_t parts = 256;
    if (count < parts * parts) {
      for (std::uint32_t position = 0; position < count; ++position) insert(hash_of(position), position);
      return;
    }
    struct entry {
      std::uint32_t hash;
      std::uint32_t position;
    };
    const std::size_t mask = slots_.size() - 1;
    const std::size_t slots_of_a_part = slots_.size() / parts;
    std::vector<std::uint32_t> next(parts + 1, 0u);
    for (std::uint32_t position = 0; position < count; ++position) ++next[(hash_of(position) & mask) / slots_of_a_part + 1];
    for (std::size_t part = 1; part < parts; ++part) next[part] += next[part - 1];
    column<entry> dealt(count);
    for (std::uint32_t position = 0; position < count; ++position) {
      const std::uint32_t hash = hash_of(position);
      dealt[next[(hash & mask) / slots_of_a_part]++] = {hash, position};
    }
    for (const entry& e : dealt) insert(e.hash, e.position);
  }

  growing_column<std::uint32_t> slots_;  ///< position + 1; 0 is empty
};

}  // namespace attain::inline v0::detail
