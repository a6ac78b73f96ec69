#pragma once

#include <attain/model/words.hpp>

#include <algorithm>

namespace attain::inline v0 {

ATTAIN_INLINE std::string one_of(std::span<const std::string_view> words) {
  std::string list;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) list += i + 1 == words.size() ? " or " : ", ";
    list += words[i];
  }
  return list;
}

ATTAIN_INLINE std::optional<custom_name> parse_custom_name(std::string_view text) noexcept {
  if (!is_custom(text)) return std::nullopt;
  text.remove_prefix(custom_prefix.size());
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos) return std::nullopt;
  const custom_name parts{text.substr(0, at), text.substr(at + 1)};
  const auto is_word = [](std::string_view part) {
    return !part.empty() && std::all_of(part.begin(), part.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '+' ||
             c == '-';
    });
  };
  if (!is_word(parts.name) || !is_word(parts.version)) return std::nullopt;
  return parts;
}

}  // namespace attain::inline v0
