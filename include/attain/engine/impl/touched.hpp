#pragma once

// Values of some of many elements, found by their number without hashing. The tracker keeps so what it knows of what was touched.

#include <attain/engine/compiled.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

template <class T>
class touched {
 public:
  /// Forgets all; numbers are below @p count from now on.
  void start(std::size_t count) {
    at_.assign(count, none);
    values_.clear();
  }

  /// Null if the element has none.
  T* find(std::uint32_t number) noexcept { return at_[number] == none ? nullptr : &values_[at_[number]]; }

  /// The value of an element, made if there is none, and whether it was made now. It stays where it is.
  std::pair<T&, bool> get(std::uint32_t number) {
    if (T* const known = find(number)) return {*known, false};
    values_.emplace_back();
    at_[number] = static_cast<std::uint32_t>(values_.size() - 1);
    return {values_.back(), true};
  }

 private:
  std::vector<std::uint32_t> at_;
  std::deque<T> values_;
};

}  // namespace attain::inline v0::detail
