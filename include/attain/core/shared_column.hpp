#pragma once

/** A vector that copies share until one of them is changed. Reading is that of a vector; `edit()` is the way to change it. */
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace attain::inline v0 {

template <class T>
class shared_column {
 public:
  using value_type = T;

  shared_column() : values_(std::make_shared<std::vector<T>>()) {}
  explicit shared_column(std::vector<T> values) : values_(std::make_shared<std::vector<T>>(std::move(values))) {}

  const T& operator[](std::size_t i) const noexcept { return (*values_)[i]; }
  const T& front() const noexcept { return values_->front(); }
  const T& back() const noexcept { return values_->back(); }
  const T* data() const noexcept { return values_->data(); }
  std::size_t size() const noexcept { return values_->size(); }
  bool empty() const noexcept { return values_->empty(); }
  auto begin() const noexcept { return std::as_const(*values_).begin(); }
  auto end() const noexcept { return std::as_const(*values_).end(); }

  const std::vector<T>& values() const noexcept { return *values_; }

  /// The values to be changed: those of this copy alone from now on.
  std::vector<T>& edit() {
    if (values_.use_count() != 1) values_ = std::make_shared<std::vector<T>>(*values_);
    return *values_;
  }

  friend bool operator==(const shared_column& a, const shared_column& b) {
    return a.values_ == b.values_ || *a.values_ == *b.values_;
  }
  friend bool operator==(const shared_column& a, const std::vector<T>& b) { return *a.values_ == b; }

 private:
  std::shared_ptr<std::vector<T>> values_;
};

}  // namespace attain::inline v0
