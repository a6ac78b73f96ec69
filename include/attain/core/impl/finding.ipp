#pragma once

#include <attain/core/finding.hpp>
#include <attain/core/impl/text.hpp>

namespace attain::inline v0 {

ATTAIN_INLINE std::string_view to_string(severity level) noexcept {
  constexpr std::string_view words[] = {"note", "warning", "error"};
  assert(static_cast<std::size_t>(level) < std::size(words));
  return words[static_cast<std::size_t>(level)];
}

ATTAIN_INLINE std::string_view to_string(code what) noexcept {
  constexpr std::string_view words[] = {
#define ATTAIN_CODE(word) #word,
      ATTAIN_CODES(ATTAIN_CODE)
#undef ATTAIN_CODE
  };
  assert(static_cast<std::size_t>(what) < std::size(words));
  return words[static_cast<std::size_t>(what)];
}

ATTAIN_INLINE std::string to_string(const finding& f) {
  std::string line(to_string(f.severity));
  line.append(" ").append(to_string(f.code));
  if (!f.where.empty()) line.append(" at ").append(f.where);
  if (!f.message.empty()) line.append(": ").append(f.message);
  if (f.text.empty() && f.expected.empty()) return line;
  line += " (";
  if (!f.text.empty()) line.append("found \"").append(f.text).append("\"");
  if (!f.text.empty() && !f.expected.empty()) line += "; ";
  if (!f.expected.empty()) line.append("expected ").append(f.expected);
  return line += ")";
}

ATTAIN_INLINE std::string escaped_excerpt(std::string_view text, std::size_t limit) {
  constexpr char hex[] = "0123456789abcdef";
  const auto escape = [&](char kind, char32_t value) {
    std::string digits;
    for (; value != 0 || digits.size() < 2; value >>= 4) digits.insert(digits.begin(), hex[value & 0xf]);
    return std::string("\\") + kind + "{" + digits + "}";
  };
  std::string shown;
  std::size_t length = 0;
  for (std::size_t at = 0; at < text.size();) {
    const detail::character c = detail::character_at(text, at);
    std::string piece(text.substr(at, c.size));
    std::size_t width = 1;
    if (!c.valid) {
      piece = escape('x', static_cast<unsigned char>(text[at]));
      width = piece.size();
    } else if (detail::is_control(c.value) || detail::is_bidirectional(c.value) || detail::is_invisible(c.value)) {
      piece = escape('u', c.value);
      width = piece.size();
    }
    if (length + width > limit) return shown += "…";
    shown += piece;
    length += width;
    at += c.size;
  }
  return shown;
}

}  // namespace attain::inline v0
