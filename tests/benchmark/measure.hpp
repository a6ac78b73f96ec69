#pragma once

/** Times of a piece of work, told as one line of JSON: median, least and most in seconds, and the memory of the process. */

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace benchmark {

template <class Work>
double seconds(Work&& work) {
  const auto before = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
}

template <class Work>
std::vector<double> repeated(std::size_t times, Work&& work) {
  std::vector<double> all;
  for (std::size_t i = 0; i < times; ++i) all.push_back(seconds(work));
  return all;
}

/// Memory of this process in bytes by its name in /proc/self/status: "VmHWM" at its peak, "VmRSS" now.
inline std::uint64_t process_memory(std::string_view name) {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    if (word.size() == name.size() + 1 && word.starts_with(name)) {
      std::uint64_t kibibytes = 0;
      status >> kibibytes;
      return kibibytes * 1024;
    }
  }
  return 0;
}

/// Lets the peak begin anew, where the system allows it.
inline void forget_peak() { std::ofstream("/proc/self/clear_refs") << 5; }

using figures = std::vector<std::pair<const char*, double>>;

inline void tell(const char* work, const figures& all) {
  std::printf("{\"work\": \"%s\"", work);
  for (const auto& [name, value] : all) std::printf(", \"%s\": %.9g", name, value);
  std::printf("}\n");
  std::fflush(stdout);
}

inline void tell(const char* work, std::vector<double> times, figures more = {}) {
  std::sort(times.begin(), times.end());
  more.insert(more.begin(), {{"median", times[times.size() / 2]}, {"least", times.front()}, {"most", times.back()}});
  more.emplace_back("peak_bytes", static_cast<double>(process_memory("VmHWM")));
  tell(work, more);
}

}  // namespace benchmark
