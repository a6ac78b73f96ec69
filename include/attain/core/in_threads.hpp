#pragma once

/** Work in parts, each in a thread of its own. */
#include <cstddef>
#include <exception>
#include <thread>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

struct start_thread {
  template <class Work>
  std::thread operator()(const Work& work, std::size_t part) const {
    return std::thread(work, part);
  }
};

/** Calls work(part) for every part below @p parts and waits; throws what the first of them to fail threw.

  One part needs no thread, and what the system has no thread for is done in this one.
*/
template <class Work, class Start = start_thread>
void in_threads(std::size_t parts, const Work& work, const Start& start = {}) {
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
  std::size_t started = 1;
  try {
    for (; started < parts; ++started) others.push_back(start(guarded, started));
  } catch (const std::exception&) {  // no thread, or no memory for one
  }
  guarded(0);
  for (std::size_t part = started; part < parts; ++part) guarded(part);
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
