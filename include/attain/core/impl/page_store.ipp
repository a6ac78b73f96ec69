#pragma once

#include <attain/core/page_store.hpp>

#include <atomic>
#include <bit>
#include <cstdint>
#include <limits>
#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

#if defined(__has_feature)
#define ATTAIN_UNDER_ADDRESS_SANITIZER __has_feature(address_sanitizer)
#elif defined(__SANITIZE_ADDRESS__)
#define ATTAIN_UNDER_ADDRESS_SANITIZER 1
#else
#define ATTAIN_UNDER_ADDRESS_SANITIZER 0
#endif

namespace attain::inline v0::detail {

ATTAIN_INLINE void* free_pages::take(std::size_t bytes) noexcept {
  std::size_t best = count_;
  for (std::size_t i = 0; i < count_; ++i) {
    if (stretches_[i].bytes >= bytes && (best == count_ || stretches_[i].bytes < stretches_[best].bytes)) best = i;
  }
  if (best == count_) return nullptr;
  stretch& found = stretches_[best];
  std::byte* const begin = found.begin;
  found.begin += bytes;
  found.bytes -= bytes;
  if (found.bytes == 0) leave_out(best);
  bytes_ -= bytes;
  return begin;
}

ATTAIN_INLINE bool free_pages::give(void* begin, std::size_t bytes) noexcept {
  stretch given{static_cast<std::byte*>(begin), bytes};
  for (std::size_t i = 0; i < count_;) {  // one may touch it on either side
    const stretch& known = stretches_[i];
    const bool is_before = known.begin + known.bytes == given.begin;
    if (!is_before && given.begin + given.bytes != known.begin) {
      ++i;
      continue;
    }
    given = {is_before ? known.begin : given.begin, known.bytes + given.bytes};
    leave_out(i);
  }
  if (count_ == stretches_.size()) return false;
  stretches_[count_++] = given;
  bytes_ += bytes;
  return true;
}

#if defined(MADV_HUGEPAGE) && !ATTAIN_UNDER_ADDRESS_SANITIZER

/// The pages that the process keeps. Nobody waits for them: who finds them in use goes to the system.
class kept_pages {
 public:
  void* take(std::size_t bytes) noexcept {
    if (in_use_.test_and_set(std::memory_order_acquire)) return nullptr;
    void* const memory = free_.take(bytes);
    in_use_.clear(std::memory_order_release);
    return memory;
  }
  bool give(void* memory, std::size_t bytes) noexcept {
    if (bytes > most_kept || in_use_.test_and_set(std::memory_order_acquire)) return false;
    const bool is_kept = free_.bytes() + bytes <= most_kept && free_.give(memory, bytes);
    in_use_.clear(std::memory_order_release);
    return is_kept;
  }

 private:
  std::atomic_flag in_use_{};
  free_pages free_;
};

inline constinit kept_pages kept_by_process{};

inline std::size_t whole_pages(std::size_t bytes) noexcept { return (bytes + large_page - 1) / large_page * large_page; }

ATTAIN_INLINE void* take_pages(std::size_t bytes) {
  if (bytes > (std::numeric_limits<std::size_t>::max)() - 2 * large_page) throw std::bad_alloc();
  const std::size_t pages = whole_pages(bytes);
  if (void* const kept = kept_by_process.take(pages)) return kept;
  void* const mapped = ::mmap(nullptr, pages + large_page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) throw std::bad_alloc();
  std::byte* const begin = static_cast<std::byte*>(mapped);
  const std::size_t before = (large_page - std::bit_cast<std::uintptr_t>(begin) % large_page) % large_page;
  if (before != 0) ::munmap(begin, before);
  if (before != large_page) ::munmap(begin + before + pages, large_page - before);
  ::madvise(begin + before, pages, MADV_HUGEPAGE);  // if the system refuses, only time is lost
  return begin + before;
}

ATTAIN_INLINE void give_pages(void* memory, std::size_t bytes) noexcept {
  const std::size_t pages = whole_pages(bytes);
  if (!kept_by_process.give(memory, pages)) ::munmap(memory, pages);
}

#else

ATTAIN_INLINE void* take_pages(std::size_t bytes) { return ::operator new(bytes); }
ATTAIN_INLINE void give_pages(void* memory, std::size_t) noexcept { ::operator delete(memory); }

#endif

ATTAIN_INLINE void ask_for_large_pages([[maybe_unused]] void* memory, [[maybe_unused]] std::size_t bytes) noexcept {
#if defined(MADV_HUGEPAGE)
  if (bytes < 2 * large_page) return;
  const std::size_t before = (large_page - std::bit_cast<std::uintptr_t>(memory) % large_page) % large_page;
  const std::size_t pages = (bytes - before) / large_page;
  ::madvise(static_cast<std::byte*>(memory) + before, pages * large_page, MADV_HUGEPAGE);
#endif
}

}  // namespace attain::inline v0::detail

#undef ATTAIN_UNDER_ADDRESS_SANITIZER
