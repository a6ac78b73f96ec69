#pragma once

#include <attain/core/impl/text.hpp>

namespace attain::inline v0::detail {

ATTAIN_INLINE std::string code_point_name(char32_t c) {
  constexpr char hex[] = "0123456789ABCDEF";
  std::string name = "U+";
  const int digits = c > 0xfffff ? 6 : c > 0xffff ? 5 : 4;
  for (int i = digits - 1; i >= 0; --i) name += hex[(c >> (4 * i)) & 0xf];
  return name;
}

ATTAIN_INLINE void append_utf8(std::string& to, char32_t c) {
  const auto byte = [&](char32_t bits) { to += static_cast<char>(static_cast<unsigned char>(bits)); };
  if (c < 0x80) {
    byte(c);
  } else if (c < 0x800) {
    byte(0xc0 | (c >> 6));
    byte(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    byte(0xe0 | (c >> 12));
    byte(0x80 | ((c >> 6) & 0x3f));
    byte(0x80 | (c & 0x3f));
  } else {
    byte(0xf0 | (c >> 18));
    byte(0x80 | ((c >> 12) & 0x3f));
    byte(0x80 | ((c >> 6) & 0x3f));
    byte(0x80 | (c & 0x3f));
  }
}

ATTAIN_INLINE std::string_view trimmed(std::string_view text) noexcept {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool seen = false;
  for (std::size_t at = 0; at < text.size();) {
    const character c = character_at(text, at);
    if (!c.valid || !is_space(c.value)) {
      if (!seen) begin = at;
      seen = true;
      end = at + c.size;
    }
    at += c.size;
  }
  return text.substr(begin, end - begin);
}

ATTAIN_INLINE std::size_t column_of(std::string_view text, std::size_t at) noexcept {
  std::size_t column = 1;
  for (std::size_t i = 0; i < at && i < text.size(); i += character_at(text, i).size) ++column;
  return column;
}

ATTAIN_INLINE std::string at_column(std::string_view where, std::size_t column) {
  std::string place(where);
  if (!place.empty()) place += ", ";
  return place += "column " + std::to_string(column);
}

ATTAIN_INLINE std::optional<finding> refuse_bytes(std::string_view text, std::string_view where, std::size_t max_bytes) {
  if (text.size() > max_bytes) {
    return finding{severity::error, code::too_large, std::string(where), escaped_excerpt(text),
                   "at most " + std::to_string(max_bytes) + " bytes", "the text is too long"};
  }
  for (std::size_t at = 0; at < text.size();) {
    const character c = character_at(text, at);
    if (!c.valid) {
      return finding{severity::error, code::bad_encoding, at_column(where, column_of(text, at)), escaped_excerpt(text),
                     "UTF-8", "byte " + std::to_string(at + 1) + " is not UTF-8"};
    }
    at += c.size;
  }
  return std::nullopt;
}

}  // namespace attain::inline v0::detail
