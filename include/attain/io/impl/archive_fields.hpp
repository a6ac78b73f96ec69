#pragma once

/** What goes through snapshots, and the memory that it goes to and comes from.

  What a type consists of is written once, as `fields_of(fields, value)`, which says `fields("name", value.name)` for each field.
  `archive_writer` and `archive_reader` are the two kinds of `fields`. Only values go through them: numbers, texts, words of
  closed sets, days, optional ones, lists and columns. A pointer does not compile.
*/
#include <attain/io/archive.hpp>
#include <attain/io/impl/archive_envelope.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <streambuf>
#include <type_traits>
#include <utility>

namespace attain::inline v0::io::detail {

// -- streams over memory -------------------------------------------------------------------------

class body_sink : public std::streambuf {
 public:
  explicit body_sink(growing_body& to) : to_(to) {}

 protected:
  std::streamsize xsputn(const char* from, std::streamsize count) override {
    to_.append(from, static_cast<std::size_t>(count));
    return count;
  }
  int_type overflow(int_type c) override {
    if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
    const char byte = traits_type::to_char_type(c);
    to_.append(&byte, 1);
    return c;
  }

 private:
  growing_body& to_;
};

class body_source : public std::streambuf {
 public:
  explicit body_source(std::string_view from) {
    char* const begin = const_cast<char*>(from.data());  // a get area is never written to
    setg(begin, begin, begin + from.size());
  }
  std::size_t left() const noexcept { return static_cast<std::size_t>(egptr() - gptr()); }

  const char* next() const noexcept { return gptr(); }
  /// Goes on at a byte that is left.
  void move_to(const char* at) noexcept { setg(eback(), const_cast<char*>(at), egptr()); }

  /// The next bytes, which are taken. Precondition: so many are left.
  std::string_view take(std::size_t count) noexcept {
    const std::string_view next(gptr(), count);
    setg(eback(), gptr() + count, egptr());
    return next;
  }

 protected:
  std::streamsize xsgetn(char* to, std::streamsize count) override {
    const std::string_view next = take((std::min)(static_cast<std::size_t>(count), left()));
    std::memcpy(to, next.data(), next.size());
    return static_cast<std::streamsize>(next.size());
  }
};

// -- words of closed sets ------------------------------------------------------------------------

inline constexpr std::array<std::string_view, 3> outcome_words{"state", "no_answer", "bands"};

template <class Enum>
std::string_view word_of(Enum value) noexcept {
  if constexpr (std::is_same_v<Enum, outcome>) {
    return outcome_words[static_cast<std::size_t>(value)];
  } else {
    return to_string(value);
  }
}

template <class Enum>
std::optional<Enum> value_of_word(std::string_view word) noexcept {
  if constexpr (std::is_same_v<Enum, outcome>) {
    const auto found = find_word(outcome_words, word);
    return found ? std::optional(static_cast<outcome>(*found)) : std::nullopt;
  } else if constexpr (std::is_same_v<Enum, frequency>) {
    return parse_frequency(word);
  } else {
    return parse_word<Enum>(word);
  }
}

template <class T>
concept Number = std::is_arithmetic_v<T> && !std::is_same_v<T, bool> && !std::is_same_v<T, char>;

/// A contiguous column of numbers: whole arrays in a binary archive.
template <class T>
concept NumberColumn = requires(const T& c) {
  { *c.data() } -> std::convertible_to<double>;
  c.size();
}
&&Number<std::remove_cvref_t<decltype(*std::declval<const T&>().data())>>;

/// Calls visit(stretch) for one part of a column after the other, each small enough to lie at hand while it is looked at and
/// copied.
template <class T, class Visitor>
void for_each_stretch(std::span<T> column, Visitor visit) {
  constexpr std::size_t stretch = (std::size_t{32} << 10) / sizeof(T);
  for (; column.size() > stretch; column = column.subspan(stretch)) visit(column.first(stretch));
  if (!column.empty()) visit(column);
}

/// The type of the values that `fields_of` is given: to be changed by a reader only.
template <class Fields, class T>
using field_value = std::conditional_t<Fields::reads, T, const T>;

}  // namespace attain::inline v0::io::detail
