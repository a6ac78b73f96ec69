#pragma once

/** Fields out of a Boost archive, without trust: a count is compared with the bytes left before memory is taken, memory grows
  with what was read, and every field that cannot be is refused by its name.
*/
#include <attain/core/config.hpp>
#include <attain/core/finite.hpp>
#include <attain/io/impl/archive_fields.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace attain::inline v0::io::detail {

/// A value to be read into, made where it stays; also of types without one by default.
template <class T>
struct blank {
  operator T() const {  // NOLINT: whoever makes a value of it asks for that
    if constexpr (std::is_same_v<T, date>) {
      return (date::min)();
    } else if constexpr (std::is_same_v<T, period>) {
      return {(date::min)(), (date::max)()};
    } else if constexpr (std::is_same_v<T, checkpoint>) {
      return {.day = (date::min)()};
    } else {
      return T{};
    }
  }
};

template <class Archive>
class archive_reader {
 public:
  static constexpr bool reads = true;
  static constexpr bool is_text = std::is_same_v<Archive, boost::archive::text_iarchive>;

  archive_reader(Archive& from, body_source& bytes)
      : from_(from), bytes_(bytes), next_(bytes.next()), end_(next_ + bytes.left()) {}

  template <class T>
  ATTAIN_HOT void operator()(const char* name, T& value) {
    path_[depth_++] = {name, none};
    read(name, value);
    --depth_;
  }

  /// A count of things of so many values each, which take at least so many bytes in a binary archive and two each in a text.
  ATTAIN_HOT std::size_t count(std::size_t bytes_each = 1, std::size_t values_each = 1) {
    const auto found = number<std::uint64_t>();
    if (found == 0) return 0;
    const std::size_t most = left() / (is_text ? 2 * values_each : bytes_each);
    if (found > most) refuse_count(found, most);
    return static_cast<std::size_t>(found);
  }

  [[noreturn]] void refuse(code what, std::string_view found, std::string expected, std::string message) const {
    refuse_snapshot(what, where(), found, std::move(expected), std::move(message));
  }

  /// Where in a list the elements that are being read are.
  void set_index(std::size_t index) { path_[depth_ - 1].index = index; }

  /// "projects/3/targets/0/weight", counted from 0
  std::string where() const {
    std::string text;
    for (const step& s : std::span(path_).first(depth_)) {
      if (!text.empty()) text += '/';
      text += s.name;
      if (s.index != none) text.append("/").append(std::to_string(s.index));
    }
    return text.empty() ? path_[0].name : text;
  }

  /// Refuses bytes that no field has taken; a text archive ends with a line break.
  void finish() {
    path_[0].name = "body";
    if (is_text && left() == 1 && bytes_.sgetc() == '\n') return;
    if (left() != 0) {
      refuse(code::malformed, std::to_string(left()) + " bytes", "nothing behind the last field", "the snapshot goes on");
    }
  }

 private:
  struct step {
    const char* name;
    std::size_t index;
  };
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  static constexpr std::size_t most_steps = 32;  // fields within fields, which types nest

  template <class T>
  ATTAIN_HOT void read(const char* name, T& value) {
    if constexpr (std::is_pointer_v<T>) {
      static_assert(!std::is_pointer_v<T>, "snapshots hold values, never pointers");
    } else if constexpr (std::is_same_v<T, bool>) {
      value = flag();
    } else if constexpr (Number<T>) {
      value = number<T>();
    } else if constexpr (std::is_enum_v<T>) {
      const std::string_view word = text();
      if (word == word_of(value)) return;  // as most that are made anew
      const auto known = value_of_word<T>(word);
      if (!known) refuse(code::out_of_range, word, "a word that this version knows", "there is no such word");
      value = *known;
    } else if constexpr (std::is_same_v<T, std::string>) {
      if (const std::string_view found = text(); found.empty()) {  // as most are
        value.clear();
      } else {
        value = found;
      }
    } else if constexpr (std::is_same_v<T, date>) {
      value = day();
    } else {
      whole(name, value);
    }
  }

  template <class T>
  void whole(const char*, T& value) {
    fields_of(*this, value);
  }
  template <class A, class B>
  void whole(const char* name, std::pair<A, B>& value) {
    read(name, value.first);
    read(name, value.second);
  }
  template <class T>
  ATTAIN_HOT void whole(const char* name, std::optional<T>& value) {
    if (flag()) {
      read(name, value.emplace(blank<T>{}));
    } else {
      value.reset();
    }
  }
  template <class T>
  ATTAIN_HOT void whole(const char* name, std::vector<T>& list) {
    if constexpr (Number<T>) {
      const std::size_t size = count(sizeof(T));
      list.resize(size);
      numbers(std::span(list));
    } else {
      list.clear();
      if (const std::size_t size = count(); size != 0) elements(name, list, size);
    }
  }
  template <NumberColumn Column>
  void whole(const char*, Column& column) {
    const std::size_t size = count(sizeof(*column.data()));
    column = Column(size);
    numbers(std::span(column.data(), size));
  }

  template <class T>
  void elements(const char* name, std::vector<T>& list, std::size_t size) {
    list.reserve((std::min)(size, left() / sizeof(T)));
    for (std::size_t i = 0; i < size; ++i) {
      set_index(i);
      read(name, list.emplace_back(blank<T>{}));
    }
  }

  template <class T>
  void numbers(std::span<T> column) {
    if constexpr (!is_text) bytes_.move_to(next_);
    for_each_stretch(column, [&](std::span<T> stretch) {
      if constexpr (is_text) {
        for (T& value : stretch) value = number<T>();
        return;
      } else {
        auto array = boost::serialization::make_array(stretch.data(), stretch.size());
        from_ >> array;
      }
      if constexpr (std::is_floating_point_v<T>) {
        if (!attain::detail::are_finite(stretch))
          refuse(code::not_finite, "", "finite numbers", "a column holds what is not a finite number");
      }
    });
    if constexpr (!is_text) next_ = bytes_.next();
  }

  ATTAIN_HOT bool flag() {
    const auto found = number<std::uint8_t>();
    if (found > 1) refuse_flag(found);
    return found == 1;
  }

  date day() {
    const auto days = number<std::int32_t>();
    if (days < (date::min)().days() || days > (date::max)().days()) {
      refuse(code::out_of_range, std::to_string(days), "a day from 0001-01-01 to 9999-12-31", "no such day");
    }
    return date::from_days(days);
  }

  template <class N>
  ATTAIN_HOT N number() {
    if constexpr (is_text && std::is_integral_v<N>) {
      std::conditional_t<std::is_signed_v<N>, std::int64_t, std::uint64_t> wide{};
      from_ >> wide;
      if (!std::in_range<N>(wide))
        refuse(code::out_of_range, std::to_string(wide), "a smaller number", "a number is out of range");
      return static_cast<N>(wide);
    } else {
      N value{};
      if constexpr (is_text) {
        from_ >> value;
      } else {
        std::memcpy(&value, take(sizeof(value)), sizeof(value));
      }
      if constexpr (std::is_floating_point_v<N>) {
        if (!std::isfinite(value)) refuse(code::not_finite, "", "a finite number", "a field is not a finite number");
      }
      return value;
    }
  }

  /// Valid until the next read.
  ATTAIN_HOT std::string_view text() {
    const auto length = number<std::uint32_t>();
    if constexpr (is_text) {
      if (bytes_.sbumpc() != ' ') refuse(code::malformed, "", "a space", "a text is not where it should be");
    }
    if (length > left()) refuse_text(length);
    if constexpr (is_text) {
      return bytes_.take(length);
    } else {
      return {take(length), length};
    }
  }

  std::size_t left() const noexcept { return is_text ? bytes_.left() : static_cast<std::size_t>(end_ - next_); }

  /// Single values of the binary form are taken where they lie: each by itself would take longer on its way than to read.
  ATTAIN_HOT const char* take(std::size_t size) {
    if (size > left()) throw_end();
    return std::exchange(next_, next_ + size);
  }

  // What is never to be: apart from what is to be fast.
  [[noreturn]] static void throw_end() {
    throw boost::archive::archive_exception(boost::archive::archive_exception::input_stream_error);
  }
  [[noreturn]] void refuse_flag(unsigned found) const {
    refuse(code::out_of_range, std::to_string(found), "0 or 1", "a flag is neither 0 nor 1");
  }
  [[noreturn]] void refuse_count(std::uint64_t found, std::size_t most) const {
    refuse(code::too_large, std::to_string(found), "at most " + std::to_string(most) + ", for the bytes that are left",
           "a count is larger than the snapshot");
  }
  [[noreturn]] void refuse_text(std::uint32_t length) const {
    refuse(code::too_large, std::to_string(length), "at most " + std::to_string(left()) + " bytes",
           "a text is longer than the snapshot");
  }

  Archive& from_;
  body_source& bytes_;
  const char* next_;  // of the binary form: what is left, from here
  const char* end_;   // to here
  std::array<step, most_steps> path_{step{"body", none}};
  std::size_t depth_ = 0;
};

}  // namespace attain::inline v0::io::detail
