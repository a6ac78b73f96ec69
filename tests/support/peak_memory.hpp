#pragma once

/** How much memory something takes, whatever the process took before. */

#include <cstddef>
#include <fstream>
#include <string>

namespace attain::test {

/// The peak of this process since `forget_peak`, in bytes.
inline std::size_t peak_bytes() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    std::size_t kibibytes = 0;
    if (word == "VmHWM:" && status >> kibibytes) return kibibytes * 1024;
  }
  return 0;
}

/// Lets the peak begin anew with what is in use now, where the system allows it.
inline void forget_peak() { std::ofstream("/proc/self/clear_refs") << 5; }

/// By how many bytes @p work raises the peak.
template <class Work>
std::size_t memory_of(Work&& work) {
  forget_peak();
  const std::size_t before = peak_bytes();
  work();
  return peak_bytes() - before;
}

/// What an input of @p size bytes may cost. The address sanitizer keeps what was freed, and marks beside what was not.
constexpr std::size_t memory_allowed(std::size_t size) {
  constexpr std::size_t own = std::size_t{64} << 20;
#if defined(__SANITIZE_ADDRESS__)
  return 4 * (own + 40 * size) + (std::size_t{256} << 20);
#else
  return own + 40 * size;
#endif
}

}  // namespace attain::test
