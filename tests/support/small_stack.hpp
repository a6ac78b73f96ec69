#pragma once

/** Runs a function in a thread of its own with a stack of a given size, so that recursion over user data does not survive. */

#include <pthread.h>

#include <cstddef>
#include <exception>
#include <stdexcept>

namespace attain::test {

/// @param bytes with a sanitizer, of which the frames are larger, four times as many
template <class F>
void run_on_stack(std::size_t bytes, F&& f) {
#if defined(__SANITIZE_ADDRESS__)
  bytes *= 4;
#endif
  struct job {
    F& f;
    std::exception_ptr thrown;
  } work{f, nullptr};
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, bytes);
  pthread_t thread;
  const int failed = pthread_create(
      &thread, &attributes,
      [](void* p) -> void* {
        auto& own = *static_cast<job*>(p);
        try {
          own.f();
        } catch (...) {
          own.thrown = std::current_exception();
        }
        return nullptr;
      },
      &work);
  pthread_attr_destroy(&attributes);
  if (failed != 0) throw std::runtime_error("no thread with a small stack");
  pthread_join(thread, nullptr);
  if (work.thrown) std::rethrow_exception(work.thrown);
}

}  // namespace attain::test
