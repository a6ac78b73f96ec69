#pragma once

/** Memory of a fixed number of trivial values that are all about to be written: like a vector that does not clear it first. */
#include <attain/core/column_memory.hpp>

#include <cstddef>
#include <memory>
#include <type_traits>

namespace attain::inline v0::detail {

template <class T>
class column {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  column() = default;
  explicit column(std::size_t size) : values_(size == 0 ? nullptr : column_allocator<T>().allocate(size), given_back{size}) {}
  column(column&&) noexcept = default;
  column& operator=(column&&) noexcept = default;

  std::size_t size() const noexcept { return values_ == nullptr ? 0 : values_.get_deleter().size; }
  T* data() noexcept { return values_.get(); }
  const T* data() const noexcept { return values_.get(); }
  T& operator[](std::size_t i) noexcept { return values_[i]; }
  const T& operator[](std::size_t i) const noexcept { return values_[i]; }
  T* begin() noexcept { return data(); }
  T* end() noexcept { return data() + size(); }
  const T* begin() const noexcept { return data(); }
  const T* end() const noexcept { return data() + size(); }

 private:
  struct given_back {
    std::size_t size = 0;
    void operator()(T* values) const noexcept { column_allocator<T>().deallocate(values, size); }
  };

  std::unique_ptr<T[], given_back> values_;
};

}  // namespace attain::inline v0::detail
