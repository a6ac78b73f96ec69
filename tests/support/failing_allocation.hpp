#pragma once

/** Lets the n-th allocation fail (G6). Replaces the allocation of the whole test binary: include it in one file of a suite only. */

#include <cstddef>
#include <cstdlib>
#include <new>
#include <optional>

namespace attain::test {

inline thread_local std::optional<std::size_t> allocations_left;

inline void* try_to_allocate(std::size_t size) noexcept {
  if (allocations_left && (*allocations_left)-- == 0) {
    allocations_left.reset();
    return nullptr;
  }
  return std::malloc(size == 0 ? 1 : size);
}

inline void* allocate(std::size_t size) {
  if (void* const memory = try_to_allocate(size)) return memory;
  throw std::bad_alloc();
}

/// Runs @p work with the first, second, … allocation failing, and @p check after each, until it succeeds; gives how often it failed.
template <class Work, class Check>
std::size_t failures_of(Work&& work, Check&& check) {
  for (std::size_t n = 0;; ++n) {
    allocations_left = n;
    try {
      work();
      allocations_left.reset();
      return n;
    } catch (const std::bad_alloc&) {
      allocations_left.reset();
      check();
    }
  }
}

}  // namespace attain::test

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"  // inlined, they look like malloc and free without a new
#endif

void* operator new(std::size_t size) { return attain::test::allocate(size); }
void* operator new[](std::size_t size) { return attain::test::allocate(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return attain::test::try_to_allocate(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return attain::test::try_to_allocate(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
