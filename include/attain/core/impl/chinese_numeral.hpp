#pragma once

/** Chinese numerals: their characters and their value. Private. */

#include <attain/core/config.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace attain::inline v0::detail {

/// The value of Chinese numerals such as 一百二十, 两万三, 二〇二一, up to 9999万亿, or why it has none.
struct chinese_value {
  std::optional<std::uint64_t> value;
  std::string_view problem;
};
chinese_value read_chinese_numerals(std::u32string_view numerals) noexcept;

/// 0 to 9 for a Chinese digit, -1 for any other character.
int chinese_digit(char32_t c) noexcept;

/// The power of ten of 十, 百, 千, 万, 亿 (and 拾, 佰, 仟, 萬, 億), or 0.
int chinese_scale(char32_t c) noexcept;

}  // namespace attain::inline v0::detail

#ifndef ATTAIN_COMPILED
#include <attain/core/impl/chinese_numeral.ipp>
#endif
