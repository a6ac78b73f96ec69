#pragma once

#include <attain/core/impl/chinese_numeral.hpp>

namespace attain::inline v0::detail {

ATTAIN_INLINE int chinese_digit(char32_t c) noexcept {
  constexpr std::u32string_view rows[] = {U"零一二三四五六七八九", U"〇壹贰叁肆伍陆柒捌玖"};
  for (const auto row : rows) {
    const auto at = row.find(c);
    if (at != std::u32string_view::npos) return static_cast<int>(at);
  }
  return c == U'两' ? 2 : -1;
}

ATTAIN_INLINE int chinese_scale(char32_t c) noexcept {
  switch (c) {
    case U'十':
    case U'拾':
      return 1;
    case U'百':
    case U'佰':
      return 2;
    case U'千':
    case U'仟':
      return 3;
    case U'万':
    case U'萬':
      return 4;
    case U'亿':
    case U'億':
      return 8;
    default:
      return 0;
  }
}

// The number is built as ((high × 亿) + middle × 万) + section, a section being up to 9999.
ATTAIN_INLINE chinese_value read_chinese_numerals(std::u32string_view numerals) noexcept {
  constexpr std::uint64_t wan = 10000;
  constexpr std::uint64_t yi = 100000000;
  bool any_scale = false;
  bool any_zero = false;
  for (const char32_t c : numerals) {
    any_scale = any_scale || chinese_scale(c) > 0;
    any_zero = any_zero || chinese_digit(c) == 0;
  }
  if (!any_scale) {
    // 二〇二一 is read digit by digit; 三五 may mean "three to five".
    if (numerals.size() == 2 && !any_zero) return {{}, "two digits without 十 may mean a range"};
    if (numerals.size() > 18) return {{}, "there are too many digits"};
    std::uint64_t value = 0;
    for (const char32_t c : numerals) value = value * 10 + static_cast<std::uint64_t>(chinese_digit(c));
    return {value, {}};
  }

  std::uint64_t total = 0;
  std::uint64_t section = 0;
  int digit = -1;
  int previous_scale = 0;  // of the character just before the digit; 0 after 零 or at the start
  int least_scale = 4;     // within the section
  bool seen_wan = false;
  bool seen_yi = false;
  for (std::size_t i = 0; i < numerals.size(); ++i) {
    const int scale = chinese_scale(numerals[i]);
    if (scale == 0) {
      const int value = chinese_digit(numerals[i]);
      if (digit >= 0) return {{}, "two digits stand side by side"};
      if (value == 0) {
        if (i == 0 || i + 1 == numerals.size()) return {{}, "零 stands at the edge"};
        previous_scale = 0;
      } else {
        digit = value;
      }
      continue;
    }
    if (scale < 4) {
      if (digit < 0 && i == 0 && scale == 1) digit = 1;  // 十五 is 15
      if (digit < 0) return {{}, "a digit is missing before 十, 百 or 千"};
      if (scale >= least_scale) return {{}, "十, 百 and 千 are out of order"};
      std::uint64_t unit = 1;
      for (int n = 0; n < scale; ++n) unit *= 10;
      section += static_cast<std::uint64_t>(digit) * unit;
      least_scale = scale;
    } else {
      if (digit >= 0) section += static_cast<std::uint64_t>(digit);
      if (scale == 4) {
        if (section == 0 || seen_wan) return {{}, "万 is out of place"};
        total += section * wan;
        seen_wan = true;
      } else {
        if (total + section == 0 || seen_yi) return {{}, "亿 is out of place"};
        total = (total + section) * yi;
        seen_yi = true;
        seen_wan = false;
      }
      section = 0;
      least_scale = 4;
    }
    digit = -1;
    previous_scale = scale;
  }
  if (digit >= 0) {
    // 两万三 is 23000: a last digit right after 百, 千, 万 or 亿 counts the next lower place.
    std::uint64_t place = 1;
    for (int n = 1; n < previous_scale; ++n) place *= 10;
    section += static_cast<std::uint64_t>(digit) * place;
  }
  return {total + section, {}};
}

}  // namespace attain::inline v0::detail
