#pragma once

/** Values and their dense ids, in a table that never changes: adding gives a new table that shares almost everything.

  A table is a list of immutable layers with consecutive ids, each with its own index. A new layer swallows those before it that
  are not at least four times its size, so there are few layers and an id costs a constant number of copies on average.

  A store keeps values in order: `size`, `operator[]`, `push_back`, `append`, `reserve`, `shrink`, `memory_bytes`, and `hash(value)`.
*/
#include <attain/core/hash_index.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

/// How many of the trailing members of a list a new one of size @p added is to be merged with.
template <class Sizes>
std::size_t to_swallow(const Sizes& list, std::size_t added) {
  std::size_t count = 0;
  while (count < list.size() && list[list.size() - 1 - count]->size() < 4 * added) {
    added += list[list.size() - 1 - count]->size();
    ++count;
  }
  return count;
}

template <class Store>
class interned {
 public:
  using value_type = typename Store::value_type;

  struct layer {
    std::uint32_t first = 0;
    Store store;
    hash_index index;

    std::size_t size() const noexcept { return store.size(); }

    std::uint32_t find(std::uint32_t hash, const value_type& value) const {
      const std::uint32_t local = index.find(hash, [&](std::uint32_t position) { return store[position] == value; });
      return local == nowhere ? nowhere : first + local;
    }
    void reserve_index(std::size_t count) {
      index.reserve(count, static_cast<std::uint32_t>(store.size()),
                    [this](std::uint32_t position) { return Store::hash(store[position]); });
    }
    std::uint32_t find_or_add(std::uint32_t hash, const value_type& value) {
      const auto next = static_cast<std::uint32_t>(store.size());
      reserve_index(next + std::size_t{1});
      const auto local = index.find_or_insert(hash, next, [&](std::uint32_t position) { return store[position] == value; });
      if (local == next) store.push_back(value);
      return first + local;
    }
  };

  std::uint32_t size() const noexcept {
    return layers_.empty() ? 0 : layers_.back()->first + static_cast<std::uint32_t>(layers_.back()->size());
  }

  /// Precondition: id < size()
  value_type operator[](std::uint32_t id) const noexcept {
    std::size_t i = 0;
    while (id - layers_[i]->first >= layers_[i]->size()) ++i;
    return layers_[i]->store[id - layers_[i]->first];
  }

  /// The id of a value, or `nowhere`.
  std::uint32_t find(const value_type& value) const { return find(Store::hash(value), value, layers_.size()); }

  std::size_t memory_bytes() const noexcept {
    std::size_t bytes = 0;
    for (const auto& l : layers_) bytes += sizeof(layer) + l->store.memory_bytes() + l->index.memory_bytes();
    return bytes;
  }

  const std::vector<std::shared_ptr<const layer>>& layers() const noexcept { return layers_; }

 private:
  template <class>
  friend class interner;

  std::uint32_t find(std::uint32_t hash, const value_type& value, std::size_t layers) const {
    for (std::size_t i = 0; i < layers; ++i) {
      if (const std::uint32_t id = layers_[i]->find(hash, value); id != nowhere) return id;
    }
    return nowhere;
  }

  std::vector<std::shared_ptr<const layer>> layers_;
};

/** Adds to a table, aside: the table is what it was until `finish` gives the next one. */
template <class Store>
class interner {
 public:
  using value_type = typename Store::value_type;

  /// The table must outlive this.
  explicit interner(const interned<Store>& table) noexcept : table_(&table), kept_(table.layers_.size()) {}

  std::uint32_t find(const value_type& value) const { return find(Store::hash(value), value); }

  std::uint32_t find_or_add(const value_type& value) { return find_or_add(Store::hash(value), value); }

  /** The ids of values that differ from each other: take(id), in order.

    The index of a table that was empty is made at once, which is much faster than one by one.
  */
  template <class ValueOf, class Take>
  void find_or_add_all(std::size_t count, ValueOf&& value_of, Take&& take) {
    if (size() != 0) {
      for (std::size_t i = 0; i < count; ++i) take(find_or_add(value_of(i)));
      return;
    }
    layer& own = writable();
    own.store.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      own.store.push_back(value_of(i));
      take(static_cast<std::uint32_t>(i));
    }
    own.reserve_index(count);
  }

  /// Makes room for so many more, so that the index is made once.
  void reserve(std::size_t count) {
    layer& own = writable();
    own.store.reserve(own.size() + count);
    own.reserve_index(own.size() + count);
  }

  value_type operator[](std::uint32_t id) const noexcept {
    return own_ != nullptr && id >= own_->first ? own_->store[id - own_->first] : (*table_)[id];
  }

  std::uint32_t size() const noexcept {
    return own_ != nullptr ? own_->first + static_cast<std::uint32_t>(own_->size()) : table_->size();
  }

  bool changed() const noexcept { return own_ != nullptr && size() != table_->size(); }

  /// The table with what was added. Nothing more may be added.
  interned<Store> finish() {
    interned<Store> result;
    result.layers_.assign(table_->layers_.begin(), table_->layers_.begin() + static_cast<std::ptrdiff_t>(kept_));
    if (own_ == nullptr || own_->size() == 0) return result;
    if (const std::size_t swallowed = to_swallow(result.layers_, own_->size()); swallowed != 0) {
      auto merged = std::make_shared<layer>();
      const std::size_t begin = kept_ - swallowed;
      merged->first = result.layers_[begin]->first;
      for (std::size_t i = begin; i < kept_; ++i) merged->store.append(result.layers_[i]->store);
      merged->store.append(own_->store);
      merged->reserve_index(merged->size());
      result.layers_.resize(begin);
      own_ = std::move(merged);
    }
    own_->store.shrink();
    result.layers_.push_back(std::move(own_));
    return result;
  }

 private:
  using layer = typename interned<Store>::layer;
  static constexpr std::size_t copied_anyway = 64;

  std::uint32_t find_or_add(std::uint32_t hash, const value_type& value) {
    const std::uint32_t id = table_->find(hash, value, kept_);
    return id != nowhere ? id : writable().find_or_add(hash, value);
  }

  std::uint32_t find(std::uint32_t hash, const value_type& value) const {
    const std::uint32_t id = table_->find(hash, value, kept_);
    return id != nowhere || own_ == nullptr ? id : own_->find(hash, value);
  }

  layer& writable() {
    if (own_ == nullptr) {
      // A short last layer is copied at once rather than merged in the end.
      if (kept_ != 0 && table_->layers_[kept_ - 1]->size() <= copied_anyway) {
        own_ = std::make_shared<layer>(*table_->layers_[kept_ - 1]);
        --kept_;
      } else {
        own_ = std::make_shared<layer>();
        own_->first = table_->size();
      }
    }
    return *own_;
  }

  const interned<Store>* table_;
  std::size_t kept_;              ///< layers of the table that stay as they are
  std::shared_ptr<layer> own_;
};

}  // namespace attain::inline v0::detail
