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

ATTAIN_INLINE std::vector<std::string_view> split(std::string_view text, std::string_view mark) {
  std::vector<std::string_view> parts;
  if (text.empty()) return parts;
  for (std::size_t begin = 0;;) {
    const std::size_t end = text.find(mark, begin);
    parts.push_back(text.substr(begin, end - begin));
    if (end == std::string_view::npos) return parts;
    begin = end + mark.size();
  }
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

}  // namespace attain::inline v0::detail
