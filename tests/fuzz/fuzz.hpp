#pragma once

/** What the fuzz targets share: bytes taken apart, and a way to say that an oracle disagrees.

  A target is one file with `LLVMFuzzerTestOneInput`. Errors of the library are expected and caught; anything else that is thrown,
  a finding of a sanitizer, or an oracle that disagrees stops the program.
*/

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

namespace fuzz {

/// The oracle: stops the program unless what has to hold does.
inline void require(bool holds, std::string_view what) {
  if (holds) return;
  std::fprintf(stderr, "the oracle disagrees: %.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
}

/// Takes values off the front of an input; zeros when it is used up.
class input {
 public:
  input(const std::uint8_t* data, std::size_t size) : rest_(reinterpret_cast<const char*>(data), size) {}

  bool empty() const noexcept { return rest_.empty(); }
  std::string_view rest() const noexcept { return rest_; }

  template <class T>
  T take() noexcept {
    T value{};
    const std::size_t size = rest_.size() < sizeof(T) ? rest_.size() : sizeof(T);
    std::memcpy(&value, rest_.data(), size);
    rest_.remove_prefix(size);
    return value;
  }
  std::uint8_t byte() noexcept { return take<std::uint8_t>(); }
  /// A number below @p n.
  std::size_t below(std::size_t n) noexcept { return n == 0 ? 0 : byte() % n; }
  bool flip() noexcept { return (byte() & 1u) != 0; }
  std::string_view text(std::size_t longest) noexcept {
    const std::size_t wanted = below(longest + 1);
    const std::size_t size = rest_.size() < wanted ? rest_.size() : wanted;
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

 private:
  std::string_view rest_;
};

}  // namespace fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
