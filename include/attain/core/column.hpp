#pragma once

/** Memory of a fixed number of trivial values that are all about to be written: like a vector that does not clear it first. */
#include <cstddef>
#include <memory>
#include <type_traits>

namespace attain::inline v0::detail {

template <class T>
class column {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  column() = default;
  explicit column(std::size_t size) : values_(size != 0 ? std::make_unique_for_overwrite<T[]>(size) : nullptr), size_(size) {}

  std::size_t size() const noexcept { return size_; }
  T* data() noexcept { return values_.get(); }
  const T* data() const noexcept { return values_.get(); }
  T& operator[](std::size_t i) noexcept { return values_[i]; }
  const T& operator[](std::size_t i) const noexcept { return values_[i]; }
  T* begin() noexcept { return data(); }
  T* end() noexcept { return data() + size_; }
  const T* begin() const noexcept { return data(); }
  const T* end() const noexcept { return data() + size_; }

 private:
  std::unique_ptr<T[]> values_;
  std::size_t size_ = 0;
};

}  // namespace attain::inline v0::detail
