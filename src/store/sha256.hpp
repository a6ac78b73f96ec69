#pragma once
/** SHA-256, by OpenSSL. Private. */
#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace attain::inline v0::io::detail {

using digest = std::array<unsigned char, 32>;

/// Hashes one text after another; making one is dear, using it is not.
class sha256 {
 public:
  sha256();
  digest of(std::string_view bytes);

 private:
  struct context;
  struct closer {
    void operator()(context* one) const noexcept;
  };
  std::unique_ptr<context, closer> context_;
};

/// 64 digits in lower case, and whether a text is such.
std::string hexadecimal(const digest& of);
bool is_sha256(std::string_view text) noexcept;

inline std::string_view bytes_of(const digest& one) noexcept { return {reinterpret_cast<const char*>(one.data()), one.size()}; }

}  // namespace attain::inline v0::io::detail
