#pragma once

/** Reading UTF-8 one character at a time, for the parsers and checks of core/. Private. */

#include <attain/core/config.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0::detail {

struct character {
  char32_t value;    // 0 at the end of the text and for a byte that is not UTF-8
  std::size_t size;  // bytes; 0 at the end of the text
  bool valid;
};

/// The character that begins at byte @p at (RFC 3629).
constexpr character character_at(std::string_view text, std::size_t at) noexcept {
  if (at >= text.size()) return {0, 0, false};
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t size = lead >= 0xc2 && lead <= 0xdf ? 2 : (lead & 0xf0) == 0xe0 ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  if (size == 0 || text.size() - at < size) return {0, 1, false};
  char32_t value = lead & (0x7fu >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return {0, 1, false};
    value = (value << 6) | (byte(i) & 0x3fu);
  }
  const bool overlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
  const bool surrogate = value >= 0xd800 && value <= 0xdfff;
  if (overlong || surrogate || value > 0x10ffff) return {0, 1, false};
  return {value, size, true};
}

/// The ASCII twin of a full-width character, otherwise the character itself.
constexpr char32_t half_width(char32_t c) noexcept { return c >= 0xff01 && c <= 0xff5e ? c - 0xfee0 : c; }

constexpr bool is_digit(char32_t c) noexcept { return c >= U'0' && c <= U'9'; }
constexpr bool is_ascii_letter(char32_t c) noexcept { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }

constexpr bool is_space(char32_t c) noexcept {
  return c == U' ' || c == U'\t' || c == 0xa0 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f || c == 0x205f || c == 0x3000;
}

constexpr bool is_control(char32_t c) noexcept { return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x2028 || c == 0x2029; }

/// Bidirectional controls: marks, embeddings, overrides, isolates.
constexpr bool is_bidirectional(char32_t c) noexcept {
  return c == 0x61c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/// Characters that leave no mark: zero width, soft hyphen, fillers, variation selectors, tags.
constexpr bool is_invisible(char32_t c) noexcept {
  return c == 0xad || c == 0x34f || c == 0x115f || c == 0x1160 || c == 0x17b4 || c == 0x17b5 || (c >= 0x180b && c <= 0x180f) ||
         (c >= 0x200b && c <= 0x200d) || (c >= 0x2060 && c <= 0x2065) || (c >= 0x206a && c <= 0x206f) || c == 0x3164 ||
         (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff || c == 0xffa0 || (c >= 0xfff0 && c <= 0xfffb) ||
         (c >= 0xe0000 && c <= 0xe0fff);
}

/// "U+202E"
std::string code_point_name(char32_t c);

/// Appends @p c as UTF-8.
void append_utf8(std::string& to, char32_t c);

/// Without the spaces at its edges.
std::string_view trimmed(std::string_view text) noexcept;

/// The parts between the marks; none if @p text is empty.
std::vector<std::string_view> split(std::string_view text, std::string_view mark);

/// Characters (not bytes) before byte @p at, plus one.
std::size_t column_of(std::string_view text, std::size_t at) noexcept;

/// "column 3", or "file:12:5, column 3"
std::string at_column(std::string_view where, std::size_t column);

/// A place in a text, moving forward. Full-width characters are seen as their ASCII twins.
class cursor {
 public:
  constexpr explicit cursor(std::string_view text, std::size_t at = 0) noexcept : text_(text), at_(at) {}

  constexpr bool done() const noexcept { return at_ >= text_.size(); }
  constexpr std::size_t at() const noexcept { return at_; }
  constexpr std::string_view rest() const noexcept { return text_.substr(at_); }
  constexpr char32_t peek() const noexcept { return half_width(character_at(text_, at_).value); }
  constexpr char32_t peek_second() const noexcept {
    return half_width(character_at(text_, at_ + character_at(text_, at_).size).value);
  }
  constexpr void next() noexcept { at_ += character_at(text_, at_).size; }
  constexpr void move_to(std::size_t at) noexcept { at_ = at; }

  constexpr bool take(char32_t c) noexcept {
    if (done() || peek() != c) return false;
    next();
    return true;
  }
  constexpr bool take(std::string_view word) noexcept {
    if (!rest().starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  constexpr void skip_spaces() noexcept {
    while (!done() && is_space(peek())) next();
  }

 private:
  std::string_view text_;
  std::size_t at_;
};

}  // namespace attain::inline v0::detail

#ifndef ATTAIN_COMPILED
#include <attain/core/impl/text.ipp>
#endif
