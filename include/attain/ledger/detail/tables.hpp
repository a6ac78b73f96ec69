#pragma once

/** The tables of a ledger: its texts, its series, and the batches that entries were recorded in. */
#include <attain/core/column_memory.hpp>
#include <attain/ledger/detail/interned.hpp>
#include <attain/ledger/rows.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace attain::inline v0::detail {

template <class Vector>
void shrink_if_wasteful(Vector& v) {
  if (v.capacity() - v.size() > v.size() / 8 + 64) v.shrink_to_fit();
}

/// What most series leave empty.
struct aspect_key {
  text_id dimensions = 0;
  text_id step = 0;
  text_id stage = 0;
  text_id scope = 0;
  text_id unit = 0;

  friend bool operator==(const aspect_key&, const aspect_key&) = default;
};

/// A series in twelve bytes.
struct packed_series {
  text_id indicator = 0;
  text_id place = 0;
  std::uint32_t aspect = 0;

  friend bool operator==(const packed_series&, const packed_series&) = default;
};

inline std::uint32_t hash_of(const aspect_key& key) noexcept {
  return mix(std::uint64_t{mix(key.dimensions, key.step)} << 32 | key.stage, std::uint64_t{key.scope} << 32 | key.unit);
}
inline std::uint32_t hash_of(const packed_series& key) noexcept {
  return mix(std::uint64_t{key.indicator} << 32 | key.place, key.aspect);
}
inline std::uint32_t hash_of(const batch_key& key) noexcept {
  return mix(std::uint64_t{static_cast<std::uint32_t>(key.recorded)} << 32 | key.author, key.source);
}

template <class Key>
class key_store {
 public:
  using value_type = Key;

  static std::uint32_t hash(const Key& key) noexcept { return hash_of(key); }

  std::size_t size() const noexcept { return keys_.size(); }
  const Key& operator[](std::size_t i) const noexcept { return keys_[i]; }
  void push_back(const Key& key) { keys_.push_back(key); }
  void reserve(std::size_t count) { keys_.reserve(count); }
  void append(const key_store& other) { keys_.insert(keys_.end(), other.keys_.begin(), other.keys_.end()); }
  void shrink() { shrink_if_wasteful(keys_); }
  std::size_t memory_bytes() const noexcept { return keys_.capacity() * sizeof(Key); }

 private:
  growing_column<Key> keys_;
};

class text_store {
 public:
  using value_type = std::string_view;

  static std::uint32_t hash(std::string_view text) noexcept {
    const std::uint64_t h = std::hash<std::string_view>{}(text);
    return static_cast<std::uint32_t>(h ^ (h >> 32));
  }

  std::size_t size() const noexcept { return ends_.size(); }
  std::string_view operator[](std::size_t i) const noexcept {
    const std::uint64_t begin = i == 0 ? 0 : ends_[i - 1];
    return {bytes_.data() + begin, static_cast<std::size_t>(ends_[i] - begin)};
  }
  void push_back(std::string_view text) {
    bytes_.insert(bytes_.end(), text.begin(), text.end());
    ends_.push_back(bytes_.size());
  }
  void reserve(std::size_t count) { ends_.reserve(count); }
  void append(const text_store& other) {
    const std::uint64_t before = bytes_.size();
    bytes_.insert(bytes_.end(), other.bytes_.begin(), other.bytes_.end());
    ends_.reserve(ends_.size() + other.ends_.size());
    for (const std::uint64_t end : other.ends_) ends_.push_back(before + end);
  }
  void shrink() {
    shrink_if_wasteful(bytes_);
    shrink_if_wasteful(ends_);
  }
  std::size_t memory_bytes() const noexcept { return bytes_.capacity() + ends_.capacity() * sizeof(std::uint64_t); }

 private:
  std::vector<char> bytes_;
  std::vector<std::uint64_t> ends_;
};

/// The series of one layer. Their order by (indicator, place) is found out when first asked for, by whichever thread is first.
class series_store : public key_store<packed_series> {
 public:
  series_store() = default;
  series_store(const series_store& other) : key_store(other) {}
  series_store& operator=(const series_store&) = delete;
  ~series_store() { delete order_.load(std::memory_order_relaxed); }

  template <class Visit>
  void each_at(text_id indicator, text_id place, Visit&& visit) const {
    const std::vector<std::uint32_t>& all = order();
    const auto before = [this](std::uint32_t i, std::uint64_t pair) { return pair_of(i) < pair; };
    const std::uint64_t pair = std::uint64_t{indicator} << 32 | place;
    for (auto i = std::lower_bound(all.begin(), all.end(), pair, before); i != all.end() && pair_of(*i) == pair; ++i) visit(*i);
  }

 private:
  std::uint64_t pair_of(std::uint32_t i) const noexcept {
    return std::uint64_t{(*this)[i].indicator} << 32 | (*this)[i].place;
  }

  const std::vector<std::uint32_t>& order() const {
    if (const auto* known = order_.load(std::memory_order_acquire)) return *known;
    auto made = std::make_unique<std::vector<std::uint32_t>>(size());
    for (std::uint32_t i = 0; i < made->size(); ++i) (*made)[i] = i;
    std::sort(made->begin(), made->end(), [this](std::uint32_t a, std::uint32_t b) {
      const std::uint64_t x = pair_of(a), y = pair_of(b);
      return x != y ? x < y : a < b;
    });
    const std::vector<std::uint32_t>* other = nullptr;
    return order_.compare_exchange_strong(other, made.get(), std::memory_order_acq_rel) ? *made.release() : *other;
  }

  mutable std::atomic<const std::vector<std::uint32_t>*> order_{nullptr};
};

using text_table = interned<text_store>;
using aspect_table = interned<key_store<aspect_key>>;
using series_table = interned<series_store>;
using batch_table = interned<key_store<batch_key>>;

}  // namespace attain::inline v0::detail
