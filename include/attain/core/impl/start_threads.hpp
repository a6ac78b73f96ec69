#pragma once

/** Starting threads, with a door for tests: start(work, part) makes each. */

#include <attain/core/part_work.hpp>

#include <cstddef>
#include <exception>
#include <thread>
#include <vector>

namespace attain::inline v0::detail {

template <class Start>
void share_out(std::size_t parts, const part_work& work, const Start& start) {
  std::vector<std::exception_ptr> failed(parts);
  const auto guarded = [&](std::size_t part) {
    try {
      work(part);
    } catch (...) {
      failed[part] = std::current_exception();
    }
  };
  std::vector<std::thread> others;
  std::size_t started = 1;
  try {
    others.reserve(parts);
    for (; started < parts; ++started) others.push_back(start(guarded, started));
  } catch (const std::exception&) {  // no thread, or no memory for one
  }
  if (parts != 0) guarded(0);
  for (std::size_t part = started; part < parts; ++part) guarded(part);
  for (std::thread& other : others) other.join();
  for (const std::exception_ptr& failure : failed) {
    if (failure) std::rethrow_exception(failure);
  }
}

}  // namespace attain::inline v0::detail
