#pragma once

#include <attain/core/impl/refused_characters.hpp>
#include <attain/core/impl/text.hpp>

namespace attain::inline v0::detail {

ATTAIN_INLINE std::string_view refusal_in_id(char32_t c) noexcept {
  if (is_control(c)) return "a control character";
  if (is_bidirectional(c)) return "a bidirectional control";
  if (is_invisible(c)) return "an invisible character";
  if (c == U'/') return "a slash, which joins a programme and its target";
  if (is_space(c) && c != U' ' && c != 0x3000) return "an unusual space";
  if (c >= 0x300 && c <= 0x36f) return "a combining mark (write the composed letter)";
  if (c >= 0x1100 && c <= 0x11ff) return "a conjoining letter (write the composed syllable)";
  if ((c >= 0xe000 && c <= 0xf8ff) || c >= 0xf0000) return "a private character";
  if ((c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe) return "not a character";
  if (c == 0xfffd) return "a replacement character, left by a failed decoding";
  return {};
}

ATTAIN_INLINE std::string_view foreign_digit(char32_t c) noexcept {
  struct run {
    char32_t first;
    char32_t last;
    std::string_view name;
  };
  // clang-format off
  constexpr run runs[] = {
      {0x00b2, 0x00b3, "a superscript"},             {0x00b9, 0x00b9, "a superscript"},
      {0x00bc, 0x00be, "a fraction"},                {0x0660, 0x0669, "an Arabic-Indic digit"},
      {0x06f0, 0x06f9, "an Arabic-Indic digit"},     {0x07c0, 0x07c9, "an N'Ko digit"},
      {0x0966, 0x096f, "a Devanagari digit"},        {0x09e6, 0x09ef, "a Bengali digit"},
      {0x0a66, 0x0a6f, "a Gurmukhi digit"},          {0x0ae6, 0x0aef, "a Gujarati digit"},
      {0x0b66, 0x0b6f, "an Oriya digit"},            {0x0be6, 0x0bef, "a Tamil digit"},
      {0x0c66, 0x0c6f, "a Telugu digit"},            {0x0ce6, 0x0cef, "a Kannada digit"},
      {0x0d66, 0x0d6f, "a Malayalam digit"},         {0x0e50, 0x0e59, "a Thai digit"},
      {0x0ed0, 0x0ed9, "a Lao digit"},               {0x0f20, 0x0f29, "a Tibetan digit"},
      {0x1040, 0x1049, "a Myanmar digit"},           {0x17e0, 0x17e9, "a Khmer digit"},
      {0x1810, 0x1819, "a Mongolian digit"},         {0x2070, 0x2079, "a superscript"},
      {0x2080, 0x2089, "a subscript"},               {0x2150, 0x215f, "a fraction"},
      {0x2160, 0x2188, "a Roman numeral"},           {0x2460, 0x249b, "a circled digit"},
      {0x24ea, 0x24ff, "a circled digit"},           {0x2776, 0x2793, "a circled digit"},
      {0x3021, 0x3029, "a Suzhou numeral"},          {0x3220, 0x3229, "a circled digit"},
      {0x3280, 0x3289, "a circled digit"},           {0x1d7ce, 0x1d7ff, "a mathematical digit"},
  };
  // clang-format on
  for (const auto& r : runs) {
    if (c >= r.first && c <= r.last) return r.name;
  }
  return {};
}

}  // namespace attain::inline v0::detail
