#pragma once

/** Large pieces of memory, page by page: what is given back is kept for the next, so that it need not come from the system again.

  Pages that come from the system cost more time than writing what they hold. At most `most_kept` bytes are kept, and count as in
  use by the process. Other systems than Linux, and the address sanitizer, are asked by `operator new`, and nothing is kept. Safe
  to use from many threads.
*/
#include <attain/core/config.hpp>

#include <array>
#include <cstddef>
#include <span>

namespace attain::inline v0::detail {

inline constexpr std::size_t large_page = std::size_t{2} << 20;
inline constexpr std::size_t most_kept = std::size_t{128} << 20;

/// Stretches of addresses that are free, none of which touches another.
class free_pages {
 public:
  struct stretch {
    std::byte* begin = nullptr;
    std::size_t bytes = 0;
  };

  /// The smallest stretch that is large enough, or the beginning of it; null if there is none. It is free no more.
  void* take(std::size_t bytes) noexcept;
  /// False if there is no room left for it.
  bool give(void* begin, std::size_t bytes) noexcept;

  std::size_t bytes() const noexcept { return bytes_; }
  std::span<const stretch> stretches() const noexcept { return {stretches_.data(), count_}; }

 private:
  void leave_out(std::size_t at) noexcept { stretches_[at] = stretches_[--count_]; }

  std::array<stretch, 64> stretches_{};
  std::size_t count_ = 0;
  std::size_t bytes_ = 0;
};

/// At least so many bytes, which are not cleared. Throws `std::bad_alloc` if there is no memory.
void* take_pages(std::size_t bytes);
/// Gives back what `take_pages` gave for as many bytes.
void give_pages(void* memory, std::size_t bytes) noexcept;

/// Asks for large pages where they fit into memory from elsewhere that is about to be written.
void ask_for_large_pages(void* memory, std::size_t bytes) noexcept;

}  // namespace attain::inline v0::detail

#ifndef ATTAIN_COMPILED
#include <attain/core/impl/page_store.ipp>
#endif
