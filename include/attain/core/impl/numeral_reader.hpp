#pragma once

/** Numerals with their scales, in Arabic digits and in Chinese: the inner half of the grammar in docs/numbers.md. Private. */

#include <attain/core/finding.hpp>
#include <attain/core/impl/chinese_numeral.hpp>
#include <attain/core/impl/decimal.hpp>
#include <attain/core/impl/refused_characters.hpp>
#include <attain/core/impl/scale_words.hpp>
#include <attain/core/impl/text.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace attain::inline v0::detail {

/// One number, before its unit.
struct number_part {
  decimal value;
  bool open_above = false;  // 余, 多
  bool has_scale = false;
  std::int64_t shared_scale = 0;  // what a number before the range mark takes over
  int percent = 0;                // 2 for %, 3 for ‰
  std::size_t percent_at = 0;
};

/// Each `read_…` either moves forward and returns true, or notes the problem and returns false.
class numeral_reader {
 protected:
  static constexpr std::string_view expectation_ = "a number such as 139, 1,200, 5.85万, 60%, 180余 or 97–99";

  numeral_reader(std::string_view text, std::string_view where) : text_(text), where_(where), at_(text) {}

  bool fail(std::size_t at, std::string message, std::string_view expected = expectation_,
            attain::code what = code::malformed_number) {
    problem_ = {severity::error,   what, at_column(where_, column_of(text_, at)), escaped_excerpt(text_), std::string(expected),
                std::move(message)};
    return false;
  }

  static bool is_dash(char32_t c) noexcept { return c == U'-' || c == 0x2013 || c == 0x2014; }
  static bool is_range_mark(char32_t c) noexcept { return is_dash(c) || c == U'~' || c == 0x301c || c == U'至' || c == U'到'; }
  static bool is_sign(char32_t c) noexcept { return c == U'+' || c == U'-' || c == 0x2212; }

  bool read_numeral(number_part& part) {
    if (is_digit(at_.peek())) return read_arabic(part);
    if (chinese_digit(at_.peek()) >= 0 || chinese_scale(at_.peek()) == 1) return read_chinese(part);
    return refuse_start();
  }

  std::string_view text_;
  std::string_view where_;
  cursor at_;
  finding problem_;

 private:
  bool refuse_start() {
    const std::size_t at = at_.at();
    const char32_t c = at_.peek();
    std::string lower;
    for (const char letter : at_.rest().substr(0, 3)) {
      lower += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter;
    }
    if (lower.starts_with("nan") || lower.starts_with("inf") || c == U'∞') {
      return fail(at, "this is not a finite number", expectation_, code::not_finite);
    }
    if (const auto name = foreign_digit(character_at(text_, at).value); !name.empty()) {
      return fail(at, code_point_name(c) + " is " + std::string(name), "the digits 0 to 9");
    }
    for (const std::string_view bound :
         {"至少", "至多", "不少于", "不低于", "不超过", "不高于", "at least", "at most", "≥", "≤", ">", "<"}) {
      if (at_.rest().starts_with(bound)) return fail(at, "a bound is part of an aim, not of an amount", "the number alone");
    }
    if (c == U'.') return fail(at, "a digit is missing before the point", "0.5");
    if (chinese_scale(c) > 0) return fail(at, "a digit is missing before the scale", "1万, 一百");
    return fail(at, at_.done() ? "there is no number" : "a digit was expected");
  }

  // --- Arabic digits ---------------------------------------------------------------

  bool read_arabic(number_part& part) {
    decimal& value = part.value;
    if (!read_whole(value.digits)) return false;
    if (!refuse_prefix_notation(value.digits)) return false;
    if (!read_fraction(value)) return false;
    if (!read_exponent(value)) return false;
    part.open_above = take_more();
    std::int64_t scale = read_scales();
    if (scale == 0) scale = read_scale_word();
    value.exponent += scale;
    part.has_scale = scale != 0;
    part.shared_scale = scale;
    while (scale != 0 && !part.open_above && is_digit(at_.peek())) {
      if (!read_next_part(value, scale)) return false;
      part.shared_scale = 0;
    }
    if (scale != 0 && !part.open_above) part.open_above = take_more();
    return true;
  }

  /// Digits, with thousands marks if they stand where they should.
  bool read_whole(std::string& digits) {
    bool marked = false;
    std::size_t group = 0;
    for (;; at_.next()) {
      const char32_t c = at_.peek();
      if (is_digit(c)) {
        digits += static_cast<char>(c);
        ++group;
        continue;
      }
      if (c == U',' && is_digit(at_.peek_second())) {
        const bool fits = marked ? group == 3 : group <= 3 && digits.front() != '0';
        if (!fits) return refuse_comma();
        marked = true;
        group = 0;
        continue;
      }
      if (marked && group != 3) return refuse_comma();
      return true;
    }
  }

  bool refuse_comma() {
    return fail(at_.at(), "the comma does not separate groups of three digits", "1,200 for thousands; a point for decimals, 1.2");
  }

  bool refuse_prefix_notation(std::string_view digits) {
    const char32_t c = at_.peek();
    const char32_t after = at_.peek_second();
    const bool hex =
        (c == U'x' || c == U'X') && (is_digit(after) || (after >= U'a' && after <= U'f') || (after >= U'A' && after <= U'F'));
    const bool other = (c == U'b' || c == U'B' || c == U'o' || c == U'O') && is_digit(after);
    if (digits == "0" && (hex || other)) return fail(at_.at(), "only decimal numbers are read", "the digits 0 to 9");
    if (c == U'_') return fail(at_.at(), "underscores do not separate digits", "1,200 or 1200");
    return true;
  }

  bool read_fraction(decimal& value) {
    if (at_.peek() != U'.') return true;
    if (!is_digit(at_.peek_second())) return fail(at_.at(), "a digit is missing after the point", "0.5");
    at_.next();
    for (; is_digit(at_.peek()); at_.next()) {
      value.digits += static_cast<char>(at_.peek());
      --value.exponent;
    }
    if (at_.peek() == U'.') return fail(at_.at(), "there are two decimal points");
    if (at_.peek() == U',' && is_digit(at_.peek_second())) return refuse_comma();
    if (at_.peek() == U'_') return fail(at_.at(), "underscores do not separate digits", "1,200 or 1200");
    return true;
  }

  bool read_exponent(decimal& value) {
    if (at_.peek() != U'e' && at_.peek() != U'E') return true;
    cursor c = at_;
    c.next();
    const bool negative = c.peek() == U'-' || c.peek() == 0x2212;
    if (is_sign(c.peek())) c.next();
    if (!is_digit(c.peek())) return true;  // a unit that begins with e
    std::int64_t exponent = 0;
    for (; is_digit(c.peek()); c.next()) {
      if (exponent < 1000000) exponent = exponent * 10 + static_cast<std::int64_t>(c.peek() - U'0');
    }
    at_ = c;
    value.exponent += negative ? -exponent : exponent;
    return true;
  }

  bool take_more() { return at_.take(U'余') || at_.take(U'多'); }

  /// [十百千] [万] [亿]: the power of ten, or 0. 百 in 百分点 is no scale.
  std::int64_t read_scales() {
    const cursor begin = at_;
    at_.skip_spaces();
    std::int64_t total = 0;
    int widest = 0;
    for (int scale = chinese_scale(at_.peek()); scale > widest; scale = chinese_scale(at_.peek())) {
      if (scale < 4 && widest != 0) break;
      if (at_.peek() == U'百' && at_.peek_second() == U'分') break;
      total += scale;
      widest = scale < 4 ? 3 : scale;
      at_.next();
    }
    if (total == 0) at_ = begin;
    return total;
  }

  /// The million of 1.2 million, where nothing follows: the power of ten, or 0. With something counted behind it is part of the
  /// unit.
  std::int64_t read_scale_word() {
    cursor c = at_;
    c.skip_spaces();
    std::string word;
    for (; is_ascii_letter(c.peek()) && word.size() < 9; c.next()) word += static_cast<char>(c.peek() | 0x20);
    c.skip_spaces();
    cursor after = c;
    if (is_range_mark(c.peek())) after.next();
    after.skip_spaces();
    if (!c.done() && !(after.at() > c.at() && is_digit(after.peek()))) return 0;
    for (const scale_word& scale : scale_words) {
      if (word != scale.word) continue;
      at_ = c;
      return scale.power;
    }
    return 0;
  }

  /// The 2000万 of 1亿2000万: it fits below the scale before it and has a scale of its own.
  bool read_next_part(decimal& value, std::int64_t& scale) {
    const std::size_t begin = at_.at();
    if (value.exponent != scale) return fail(begin, "only the last part may have decimals", "1.2亿");
    decimal part;
    if (!read_whole(part.digits)) return false;
    const auto whole = static_cast<std::int64_t>(part.digits.size());
    if (!read_fraction(part)) return false;
    const std::int64_t part_scale = read_scales();
    if (part_scale == 0) return fail(begin, "digits after a scale need a scale of their own", "3.5万 or 35000");
    if (whole + part_scale > scale) return fail(begin, "the parts are not in falling order", "1亿2000万");
    value.digits.append(static_cast<std::size_t>(scale - part_scale - whole), '0');
    value.digits += part.digits;
    value.exponent = part_scale + part.exponent;
    scale = part_scale;
    return true;
  }

  // --- Chinese numerals ------------------------------------------------------------

  bool read_chinese(number_part& part) {
    const std::size_t begin = at_.at();
    const std::u32string numerals = take_numerals();
    const chinese_value whole = read_chinese_numerals(numerals);
    if (!whole.value) return fail(begin, std::string(whole.problem), "numerals such as 一百二十, 两万三 or 二〇二一");
    part.value.digits = std::to_string(*whole.value);
    for (const char32_t c : numerals) part.has_scale = part.has_scale || chinese_scale(c) > 0;
    if (at_.peek() == U'点' && chinese_digit(at_.peek_second()) >= 0) {
      at_.next();
      for (; chinese_digit(at_.peek()) >= 0; at_.next()) {
        part.value.digits += static_cast<char>('0' + chinese_digit(at_.peek()));
        --part.value.exponent;
      }
    } else {
      part.shared_scale = trailing_scale(numerals);
    }
    part.open_above = take_more();
    if (const std::int64_t scale = read_scales(); scale != 0) {
      part.value.exponent += scale;
      part.has_scale = true;
      part.shared_scale = scale;
      if (!part.open_above) part.open_above = take_more();
    }
    return true;
  }

  std::u32string take_numerals() {
    std::u32string numerals;
    for (char32_t c = at_.peek(); chinese_digit(c) >= 0 || chinese_scale(c) > 0; c = at_.peek()) {
      if (c == U'百' && at_.peek_second() == U'分') break;
      numerals += c;
      at_.next();
    }
    return numerals;
  }

  /// The scale at the end of 五万 or 二百万; 0 unless it reaches 万.
  static std::int64_t trailing_scale(const std::u32string& numerals) {
    std::int64_t scale = 0;
    std::int64_t widest = 0;
    for (std::size_t i = numerals.size(); i-- > 0 && chinese_scale(numerals[i]) > 0;) {
      scale += chinese_scale(numerals[i]);
      widest = widest > chinese_scale(numerals[i]) ? widest : chinese_scale(numerals[i]);
    }
    return widest >= 4 ? scale : 0;
  }
};

}  // namespace attain::inline v0::detail
