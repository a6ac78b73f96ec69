#pragma once

/** How many bytes fields take in a binary archive. Of columns that is told by their sizes, without a look at what they hold. */

#include <attain/io/impl/archive_fields.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace attain::inline v0::io::detail {

class archive_counter {
 public:
  static constexpr bool reads = false;

  template <class T>
  void operator()(const char* name, const T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      bytes_ += 1;
    } else if constexpr (Number<T>) {
      bytes_ += sizeof(value);
    } else if constexpr (std::is_enum_v<T>) {
      bytes_ += of_length + word_of(value).size();
    } else if constexpr (std::is_same_v<T, std::string>) {
      bytes_ += of_length + value.size();
    } else if constexpr (std::is_same_v<T, date>) {
      bytes_ += sizeof(value.days());
    } else {
      whole(name, value);
    }
  }

  /// A column of so many values of so many bytes each.
  void column(std::size_t values, std::size_t bytes_each) noexcept { bytes_ += of_count + values * bytes_each; }

  std::size_t bytes() const noexcept { return bytes_; }

 private:
  static constexpr std::size_t of_length = sizeof(std::uint32_t), of_count = sizeof(std::uint64_t);

  template <class T>
  void whole(const char*, const T& value) {
    fields_of(*this, value);
  }
  template <class A, class B>
  void whole(const char* name, const std::pair<A, B>& value) {
    (*this)(name, value.first);
    (*this)(name, value.second);
  }
  template <class T>
  void whole(const char* name, const std::optional<T>& value) {
    bytes_ += 1;
    if (value) (*this)(name, *value);
  }
  template <class T>
  void whole(const char* name, const std::vector<T>& list) {
    if constexpr (Number<T>) {
      column(list.size(), sizeof(T));
    } else {
      bytes_ += of_count;
      for (const T& value : list) (*this)(name, value);
    }
  }
  template <NumberColumn Column>
  void whole(const char*, const Column& values) {
    column(values.size(), sizeof(*values.data()));
  }

  std::size_t bytes_ = 0;
};

/// The bytes of a value in the binary form.
template <class T>
std::size_t bytes_of(const T& value) {
  archive_counter counter;
  fields_of(counter, value);
  return counter.bytes();
}

}  // namespace attain::inline v0::io::detail
