#pragma once

/** A reference to what is to be done for each part of some work: threads are started by the same code for every work. */

#include <cstddef>

namespace attain::inline v0::detail {

class part_work {
 public:
  template <class Work>
  explicit part_work(const Work& work) noexcept
      : work_(&work), call_([](const void* of, std::size_t part) { (*static_cast<const Work*>(of))(part); }) {}

  void operator()(std::size_t part) const { call_(work_, part); }

 private:
  const void* work_;
  void (*call_)(const void*, std::size_t);
};

}  // namespace attain::inline v0::detail
