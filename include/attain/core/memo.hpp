#pragma once

/** Remembers the last value that was made for a key, so that asking again costs nothing.

  For values that are determined by their key and expensive to make. Safe to use from many threads; two that ask for a new key
  at once may both make the value. Holds one value, and what it refers to, until another replaces it.
*/

#include <cstdint>
#include <memory>
#include <utility>

namespace attain::inline v0 {

class memo {
 public:
  struct key {
    std::uint64_t state = 0;
    std::int64_t known_at = 0;

    friend bool operator==(const key&, const key&) = default;
  };

  /// The value for @p of: the remembered one, else what @p make returns (a `shared_ptr<const T>`).
  template <class T, class Make>
  std::shared_ptr<const T> get(const key& of, Make&& make) {
    if (const auto last = last_.load(); last != nullptr && last->of == of) return std::static_pointer_cast<const T>(last->value);
    std::shared_ptr<const T> made = std::forward<Make>(make)();
    last_.store(std::make_shared<const item>(item{of, made}));
    return made;
  }

 private:
  struct item {
    key of;
    std::shared_ptr<const void> value;
  };
  std::atomic<std::shared_ptr<const item>> last_;
};

}  // namespace attain::inline v0
