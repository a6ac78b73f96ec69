#pragma once

/** Memory for columns: not cleared before it is written, and from some megabytes on from a store of large pages.

  Memory that a process has never touched comes page by page, each by a fault, and so many small pages are more than a processor
  remembers the places of. Large pages, where the system gives them, take a third of the time to get and are missed less often;
  those that were used before take none. Columns that are used together can share one block, which is worth large pages sooner
  than each of them.
*/
#include <attain/core/page_store.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

inline constexpr std::size_t worth_large_pages = 2 * large_page;

/// Throws `std::bad_alloc` if there is no memory.
inline void* take_column_memory(std::size_t bytes) {
  return bytes < worth_large_pages ? ::operator new(bytes) : take_pages(bytes);
}

/// Of as many bytes as were taken.
inline void return_column_memory(void* memory, std::size_t bytes) noexcept {
  if (bytes < worth_large_pages) return ::operator delete(memory);
  give_pages(memory, bytes);
}

/// One piece of memory for several columns, so that together they are worth large pages. It is there as long as one of them.
class column_block {
 public:
  /// What a column of so many bytes takes of a block.
  static constexpr std::size_t room_for(std::size_t bytes) noexcept { return (bytes + line - 1) / line * line; }

  explicit column_block(std::size_t bytes) : memory_(static_cast<std::byte*>(take_column_memory(bytes))), bytes_(bytes) {}
  ~column_block() { return_column_memory(memory_, bytes_); }
  column_block(const column_block&) = delete;
  column_block& operator=(const column_block&) = delete;

  /// Null if that much is not left.
  void* take(std::size_t bytes) noexcept {
    if (room_for(bytes) > bytes_ - taken_) return nullptr;
    return memory_ + std::exchange(taken_, taken_ + room_for(bytes));
  }
  bool holds(const void* memory) const noexcept {
    return !std::less<>()(memory, memory_) && std::less<>()(memory, memory_ + bytes_);
  }

 private:
  static constexpr std::size_t line = 64;  // of the cache

  std::byte* memory_;
  std::size_t bytes_;
  std::size_t taken_ = 0;
};

/// For vectors that are columns. Resizing one does not clear what it adds.
template <class T>
struct column_allocator {
  using value_type = T;
  using propagate_on_container_move_assignment = std::true_type;
  using propagate_on_container_swap = std::true_type;

  column_allocator() = default;
  /// Takes from @p from what it has room for.
  explicit column_allocator(std::shared_ptr<column_block> from) noexcept : block(std::move(from)) {}
  template <class U>
  column_allocator(const column_allocator<U>& other) noexcept : block(other.block) {}  // NOLINT: allocators convert

  column_allocator select_on_container_copy_construction() const { return {}; }

  T* allocate(std::size_t count) {
    if (count > static_cast<std::size_t>(-1) / sizeof(T)) throw std::bad_array_new_length();
    void* const of_block = block == nullptr ? nullptr : block->take(count * sizeof(T));
    return static_cast<T*>(of_block != nullptr ? of_block : take_column_memory(count * sizeof(T)));
  }
  void deallocate(T* memory, std::size_t count) noexcept {
    if (block == nullptr || !block->holds(memory)) return_column_memory(memory, count * sizeof(T));
  }

  template <class U, class... Arguments>
  void construct(U* at, Arguments&&... arguments) {
    if constexpr (sizeof...(Arguments) == 0 && std::is_trivially_default_constructible_v<U>) {
      ::new (static_cast<void*>(at)) U;
    } else {
      std::construct_at(at, std::forward<Arguments>(arguments)...);
    }
  }

  friend bool operator==(const column_allocator& a, const column_allocator& b) noexcept { return a.block == b.block; }

  std::shared_ptr<column_block> block{};
};

/// A column that grows.
template <class T>
using growing_column = std::vector<T, column_allocator<T>>;

}  // namespace attain::inline v0::detail
