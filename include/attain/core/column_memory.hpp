#pragma once

/** Memory for columns: not cleared before it is written, and from some megabytes on on large pages.

  Memory that a process has never touched comes page by page, each by a fault, and so many small pages are more than a processor
  remembers the places of. Large pages, where the system gives them (Linux, `madvise`), take a third of the time to get and are
  missed less often. They are asked for, not needed: elsewhere, and where they are refused, nothing but the time is different.
*/
#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace attain::inline v0::detail {

inline constexpr std::size_t large_page = std::size_t{2} << 20;
inline constexpr std::size_t worth_large_pages = 2 * large_page;

/// Throws `std::bad_alloc` if there is no memory.
inline void* take_column_memory(std::size_t bytes) {
  if (bytes < worth_large_pages) return ::operator new(bytes);
  void* const memory = ::operator new (bytes, std::align_val_t{large_page});
#if defined(MADV_HUGEPAGE)
  static_cast<void>(::madvise(memory, bytes / large_page * large_page, MADV_HUGEPAGE));
#endif
  return memory;
}

inline void return_column_memory(void* memory, std::size_t bytes) noexcept {
  if (bytes < worth_large_pages) {
    ::operator delete(memory);
  } else {
    ::operator delete (memory, std::align_val_t{large_page});
  }
}

/// For vectors that are columns. Resizing one does not clear what it adds.
template <class T>
struct column_allocator {
  using value_type = T;

  column_allocator() = default;
  template <class U>
  column_allocator(const column_allocator<U>&) noexcept {}  // NOLINT: allocators convert

  T* allocate(std::size_t count) {
    if (count > static_cast<std::size_t>(-1) / sizeof(T)) throw std::bad_array_new_length();
    return static_cast<T*>(take_column_memory(count * sizeof(T)));
  }
  void deallocate(T* memory, std::size_t count) noexcept { return_column_memory(memory, count * sizeof(T)); }

  template <class U, class... Arguments>
  void construct(U* at, Arguments&&... arguments) {
    if constexpr (sizeof...(Arguments) == 0 && std::is_trivially_default_constructible_v<U>) {
      ::new (static_cast<void*>(at)) U;
    } else {
      std::construct_at(at, std::forward<Arguments>(arguments)...);
    }
  }

  friend bool operator==(const column_allocator&, const column_allocator&) noexcept { return true; }
};

/// A column that grows.
template <class T>
using growing_column = std::vector<T, column_allocator<T>>;

}  // namespace attain::inline v0::detail
