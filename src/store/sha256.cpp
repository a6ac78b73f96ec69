#include "sha256.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <new>
#include <stdexcept>

namespace attain::inline v0::io::detail {

struct sha256::context {
  EVP_MD* algorithm = nullptr;
  EVP_MD_CTX* state = nullptr;
};

void sha256::closer::operator()(context* one) const noexcept {
  EVP_MD_CTX_free(one->state);
  EVP_MD_free(one->algorithm);
  delete one;
}

sha256::sha256() : context_(new context) {
  context_->state = EVP_MD_CTX_new();
  if (context_->state == nullptr) throw std::bad_alloc();
  context_->algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  if (context_->algorithm == nullptr) throw std::runtime_error("this OpenSSL has no SHA-256");
}

digest sha256::of(std::string_view bytes) {
  digest made{};
  const bool done = EVP_DigestInit_ex2(context_->state, context_->algorithm, nullptr) == 1 &&
                    EVP_DigestUpdate(context_->state, bytes.data(), bytes.size()) == 1 &&
                    EVP_DigestFinal_ex(context_->state, made.data(), nullptr) == 1;
  if (!done) throw std::runtime_error("OpenSSL could not compute a SHA-256");
  return made;
}

std::string hexadecimal(const digest& of) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(2 * of.size());
  for (const unsigned char byte : of) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

bool is_sha256(std::string_view text) noexcept {
  return text.size() == 64 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace attain::inline v0::io::detail
