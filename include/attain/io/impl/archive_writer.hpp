#pragma once

/** Fields into a Boost archive. */
#include <attain/core/config.hpp>
#include <attain/core/finite.hpp>
#include <attain/io/impl/archive_fields.hpp>

#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>
#include <ostream>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace attain::inline v0::io::detail {

template <class Archive>
class archive_writer {
 public:
  static constexpr bool reads = false;
  static constexpr bool is_text = std::is_same_v<Archive, boost::archive::text_oarchive>;

  archive_writer(Archive& to, std::ostream& stream, growing_body& body) : to_(to), stream_(stream), body_(body) {}

  /// Of the binary form: so many bytes are still to come.
  void ends_after(std::size_t bytes) {
    if constexpr (!is_text) {
      pass_on();
      body_.ends_after(bytes);
    }
  }

  /// To be called behind the last field.
  void finish() { pass_on(); }

  template <class T>
  ATTAIN_HOT void operator()(const char* name, const T& value) {
    if constexpr (std::is_pointer_v<T>) {
      static_assert(!std::is_pointer_v<T>, "snapshots hold values, never pointers");
    } else if constexpr (std::is_same_v<T, bool>) {
      put(std::uint8_t{value});
    } else if constexpr (std::is_floating_point_v<T>) {
      put(finite(name, value));
    } else if constexpr (Number<T>) {
      put(value);
    } else if constexpr (std::is_enum_v<T>) {
      text(word_of(value));
    } else if constexpr (std::is_same_v<T, std::string>) {
      text(value);
    } else if constexpr (std::is_same_v<T, date>) {
      put(value.days());
    } else {
      whole(name, value);
    }
  }

 private:
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
  ATTAIN_HOT void whole(const char* name, const std::optional<T>& value) {
    put(std::uint8_t{value.has_value()});
    if (value) (*this)(name, *value);
  }
  template <class T>
  void whole(const char* name, const std::vector<T>& list) {
    if constexpr (Number<T>) {
      numbers(name, std::span(list));
    } else {
      count(list.size());
      for (const T& value : list) (*this)(name, value);
    }
  }
  template <NumberColumn Column>
  void whole(const char* name, const Column& column) {
    numbers(name, std::span(column.data(), column.size()));
  }

  template <class T>
  void numbers(const char* name, std::span<const T> column) {
    count(column.size());
    pass_on();
    for_each_stretch(column, [&](std::span<const T> stretch) {
      if constexpr (std::is_floating_point_v<T>) {
        if (!attain::detail::are_finite(stretch)) refuse_not_finite(name);
      }
      if constexpr (is_text) {
        for (const T value : stretch) put(value);
      } else {
        to_ << boost::serialization::make_array(stretch.data(), stretch.size());
      }
    });
  }

  ATTAIN_HOT void count(std::size_t number) { put(std::uint64_t{number}); }

  /// As Boost writes a string, but for the width of its length and without a limit on what comes back.
  ATTAIN_HOT void text(std::string_view value) {
    if (!is_text && value.empty()) {  // as most are
      put(std::uint32_t{0});
    } else {
      some_text(value);
    }
  }
  void some_text(std::string_view value) {
    if (value.size() > (std::numeric_limits<std::uint32_t>::max)()) {
      refuse_snapshot(code::too_large, "", std::to_string(value.size()) + " bytes", "texts below 4 GiB",
                      "texts are longer than a snapshot can hold");
    }
    put(static_cast<std::uint32_t>(value.size()));
    if constexpr (is_text) {
      stream_.put(' ');
      stream_.write(value.data(), static_cast<std::streamsize>(value.size()));
    } else {
      gather(value);
    }
  }

  template <class N>
  ATTAIN_HOT void put(N number) {
    if constexpr (is_text && std::is_integral_v<N>) {
      const std::conditional_t<std::is_signed_v<N>, std::int64_t, std::uint64_t> wide = number;
      to_ << wide;
    } else if constexpr (is_text) {
      to_ << number;
    } else {
      if (sizeof(number) > waiting_.size() - waits_) pass_on();
      std::memcpy(waiting_.data() + waits_, &number, sizeof(number));
      waits_ += sizeof(number);
    }
  }

  /// Single values of the binary form are handed on many at a time: each by itself would take longer on its way than to write.
  void gather(std::string_view bytes) {
    if (bytes.size() > waiting_.size() - waits_) {
      pass_on();
      if (bytes.size() > waiting_.size()) return to_.save_binary(bytes.data(), bytes.size());
    }
    std::memcpy(waiting_.data() + waits_, bytes.data(), bytes.size());
    waits_ += bytes.size();
  }
  void pass_on() {
    if constexpr (!is_text) to_.save_binary(waiting_.data(), waits_);
    waits_ = 0;
  }

  static double finite(const char* name, double value) {
    if (!std::isfinite(value)) refuse_not_finite(name);
    return value;
  }
  [[noreturn]] static void refuse_not_finite(const char* name) {
    refuse_snapshot(code::not_finite, name, "", "a finite number", "no snapshot holds what is not a finite number");
  }

  Archive& to_;
  std::ostream& stream_;
  growing_body& body_;
  std::array<char, is_text ? 1 : 4096> waiting_;
  std::size_t waits_ = 0;  // bytes
};

}  // namespace attain::inline v0::io::detail
