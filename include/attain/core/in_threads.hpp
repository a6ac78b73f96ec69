#pragma once

/** Work in parts, each in a thread of its own. */
#include <cstddef>
#include <exception>
#include <thread>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

/// Calls work(part) for every part below @p parts and waits; throws what the first of them to fail threw. One part needs no
/// thread.
template <class Work>
void in_threads(std::size_t parts, const Work& work) {
  if (parts <= 1) return parts == 1 ? work(std::size_t{0}) : void();
  std::vector<std::exception_ptr> failed(parts);
  const auto guarded = [&](std::size_t part) {
    try {
      work(part);
    } catch (...) {
      failed[part] = std::current_exception();
    }
  };
  std::vector<std::thread> others;
  others.reserve(parts - 1);
  for (std::size_t part = 1; part < parts; ++part) others.emplace_back(guarded, part);
  guarded(0);
  for (std::thread& other : others) other.join();
  for (const std::exception_ptr& failure : failed) {
    if (failure) std::rethrow_exception(failure);
  }
}

/// Where a part of @p size elements begins and ends.
constexpr std::pair<std::size_t, std::size_t> part_of(std::size_t size, std::size_t part, std::size_t parts) noexcept {
  return {size / parts * part + size % parts * part / parts, size / parts * (part + 1) + size % parts * (part + 1) / parts};
}

}  // namespace attain::inline v0::detail
