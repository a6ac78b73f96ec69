#pragma once

/** A vector that copies share until one of them is changed. Reading is that of a vector; `edit()` is the way to change it.

  @tparam Vector  what holds the values
*/
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace attain::inline v0 {

template <class T, class Vector = std::vector<T>>
class shared_column {
 public:
  using value_type = T;

  shared_column() : shared_column(Vector()) {}
  explicit shared_column(Vector values) : values_(new Vector(std::move(values))) {}

  const T& operator[](std::size_t i) const noexcept { return (*values_)[i]; }
  const T& front() const noexcept { return values_->front(); }
  const T& back() const noexcept { return values_->back(); }
  const T* data() const noexcept { return values_->data(); }
  std::size_t size() const noexcept { return values_->size(); }
  bool empty() const noexcept { return values_->empty(); }
  auto begin() const noexcept { return std::as_const(*values_).begin(); }
  auto end() const noexcept { return std::as_const(*values_).end(); }

  const Vector& values() const noexcept { return *values_; }

  /// The values to be changed: those of this copy alone from now on.
  Vector& edit() {
    if (values_.use_count() != 1) *this = shared_column(Vector(*values_));
    return *values_;
  }

  friend bool operator==(const shared_column& a, const shared_column& b) {
    return a.values_ == b.values_ || *a.values_ == *b.values_;
  }
  friend bool operator==(const shared_column& a, const Vector& b) { return *a.values_ == b; }

 private:
  std::shared_ptr<Vector> values_;
};

}  // namespace attain::inline v0
