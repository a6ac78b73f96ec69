#pragma once

#include <attain/core/impl/chinese_numeral.hpp>
#include <attain/core/impl/number_reader.hpp>
#include <attain/core/impl/numeral_reader.hpp>
#include <attain/core/impl/refuse_bytes.hpp>
#include <attain/core/impl/refused_characters.hpp>
#include <attain/core/impl/text.hpp>
#include <attain/core/impl/unit_rows.hpp>

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace attain::inline v0::detail {

/// A recursive-descent reader of the grammar in docs/numbers.md: what may stand around numerals.
class number_reader : numeral_reader {
 public:
  number_reader(std::string_view text, std::string_view where) : numeral_reader(text, where), body_(trimmed(text)) {
    if (!body_.empty()) begin_ = static_cast<std::size_t>(body_.data() - text.data());
    strip_approximate_suffix();
    at_ = cursor(text.substr(0, begin_ + body_.size()), begin_);
  }

  parsed<written_number> read() {
    if (read_all()) return std::move(result_);
    return std::move(problem_);
  }

 private:
  void strip_approximate_suffix() {
    for (const std::string_view suffix : {"左右", "上下"}) {
      if (!body_.ends_with(suffix)) continue;
      body_ = trimmed(body_.substr(0, body_.size() - suffix.size()));
      result_.approximate = true;
      return;
    }
  }

  bool read_all() {
    if (body_.empty()) return fail(begin_, "there is no number");
    if (!refuse_hidden_characters()) return false;
    take_prefixes();
    const std::string_view currency = take_currency_sign();
    number_part first;
    if (!read_number(first, true)) return false;

    number_part second;
    const std::size_t after_first = at_.at();
    std::size_t mark_at = 0;
    const bool is_range = find_range_mark(mark_at);
    std::string_view first_unit;
    if (is_range) {
      if (!read_second(first, second, after_first, mark_at, first_unit)) return false;
    } else {
      second = first;
    }
    const number_part& last = is_range ? second : first;
    if (!read_unit(last, currency)) return false;
    if (!first_unit.empty() && first_unit != result_.unit) {
      return fail(after_first, "the two ends have different units", "one unit, such as 5–10人");
    }
    return finish(first, second, is_range);
  }

  bool refuse_hidden_characters() {
    for (cursor c(text_); !c.done(); c.next()) {
      const char32_t seen = c.peek();
      if (is_control(seen) ? !is_space(seen) : is_bidirectional(seen) || is_invisible(seen)) {
        return fail(c.at(), "the text contains " + code_point_name(seen) + ", a hidden character");
      }
    }
    return true;
  }

  void take_prefixes() {
    const auto take_any = [&](std::initializer_list<std::string_view> words) {
      for (const auto word : words) {
        if (!at_.take(word)) continue;
        at_.skip_spaces();
        return true;
      }
      return false;
    };
    if (take_any({"大约", "大概", "约", "approximately ", "about ", "around "})) result_.approximate = true;
    if (take_any({"接近", "将近", "近", "不足", "不到", "nearly ", "almost "})) {
      result_.low_open = true;
    } else if (take_any({"超过", "超", "逾", "over ", "more than "})) {
      result_.high_open = true;
    }
  }

  std::string_view take_currency_sign() {
    const std::size_t begin = at_.at();
    if (take_currency_code()) return text_.substr(begin, currency_code_size);
    at_.take("US");
    if (!at_.take(U'$') && (at_.at() != begin || !(at_.take(U'€') || at_.take(U'£') || at_.take(U'¥') || at_.take(0xffe5)))) {
      at_.move_to(begin);
      return {};
    }
    const std::string_view sign = text_.substr(begin, at_.at() - begin);
    at_.skip_spaces();
    return sign;
  }

  /// The EUR of EUR 300.
  bool take_currency_code() {
    if (!is_currency_code(at_.rest().substr(0, currency_code_size))) return false;
    cursor c = at_;
    c.move_to(at_.at() + currency_code_size);
    c.skip_spaces();
    if (!is_digit(c.peek()) && !is_sign(c.peek())) return false;
    at_ = c;
    return true;
  }

  /// The place of the mark between the two ends of an interval: it has a digit after it.
  bool find_range_mark(std::size_t& place) const {
    for (cursor c = at_; !c.done(); c.next()) {
      if (!is_range_mark(c.peek())) continue;
      cursor after = c;
      after.next();
      after.skip_spaces();
      if (!is_dash(c.peek()) && is_sign(after.peek())) after.next();
      if (!is_digit(after.peek()) && chinese_digit(after.peek()) < 0 && after.peek() != U'十') continue;
      place = c.at();
      return true;
    }
    return false;
  }

  bool read_second(number_part& first, number_part& second, std::size_t after_first, std::size_t mark_at,
                   std::string_view& first_unit) {
    if (first.open_above || result_.low_open || result_.high_open) {
      return fail(mark_at, "an interval has two known ends", "97–99 or 180余");
    }
    const std::size_t percent_end = after_first;
    first_unit = trimmed(text_.substr(percent_end, mark_at - percent_end));
    at_.move_to(mark_at);
    const bool signed_allowed = !is_dash(at_.peek());
    at_.next();
    at_.skip_spaces();
    if (!read_number(second, signed_allowed)) return false;
    if (second.open_above) return fail(mark_at, "an interval has two known ends", "97–99 or 180余");
    if (first.percent != 0 && first.percent != second.percent) {
      return fail(mark_at, "only one end has a percent sign", "97–99% or 97%–99%");
    }
    if (first.percent == 0 && second.percent != 0) {
      if (!first_unit.empty()) return fail(after_first, "the two ends have different units", "97–99%");
      first.percent = second.percent;
    }
    if (!first.has_scale && first_unit.empty() && second.shared_scale != 0) take_over_scale(first, second);
    return true;
  }

  /// 3-5万 is 30000 to 50000, but 9000-1万 is 9000 to 10000.
  static void take_over_scale(number_part& first, const number_part& second) {
    decimal scaled = first.value;
    scaled.exponent += second.shared_scale;
    if (round_decimal(scaled).value <= round_decimal(second.value).value) first.value = scaled;
  }

  bool read_number(number_part& part, bool sign_allowed) {
    const std::size_t begin = at_.at();
    bool negative = false;
    if (sign_allowed && is_sign(at_.peek())) {
      negative = at_.peek() != U'+';
      at_.next();
    }
    if (!read_numeral(part)) return false;
    if (negative && (part.open_above || result_.low_open || result_.high_open)) {
      return fail(begin, "a negative number has no open end");
    }
    part.value.negative = negative;
    const cursor before_spaces = at_;
    at_.skip_spaces();
    part.percent_at = at_.at();
    if (at_.take(U'%')) {
      part.percent = 2;
    } else if (at_.take(U'‰')) {
      part.percent = 3;
    } else {
      at_ = before_spaces;
    }
    return true;
  }

  // --- The unit --------------------------------------------------------------------

  bool read_unit(const number_part& last, std::string_view currency) {
    if (last.percent != 0) {
      at_.move_to(last.percent_at);
      result_.unit = at_.rest();
      at_.next();
      if (!refuse_bound_suffix()) return false;
      if (!at_.done() && at_.peek() != U'/') return refuse_rest("there is more after the percent sign");
      return currency.empty() || fail(at_.at(), "a currency and a percent sign exclude each other");
    }
    at_.skip_spaces();
    result_.unit = at_.rest();
    if (!refuse_bound_suffix() || !check_unit_text()) return false;
    if (currency.empty()) return true;
    if (!result_.unit.empty()) return fail(at_.at(), "there is a unit before and after the number", "one unit");
    result_.unit = currency;
    return true;
  }

  bool refuse_rest(std::string message) { return fail(at_.at(), std::move(message), "a unit, or nothing"); }

  bool refuse_bound_suffix() {
    for (const std::string_view bound : {"以上", "以下", "以内"}) {
      if (at_.rest().ends_with(bound)) return fail(at_.at(), "a bound is part of an aim, not of an amount", "the number alone");
    }
    return true;
  }

  bool check_unit_text() {
    constexpr std::u32string_view marks = U"!\"#&'()*+,-./:;<=>?@[\\]^_`{|}~。、…–—·";
    if (at_.done()) return true;
    const char32_t first = at_.peek();
    if (marks.find(first) != std::u32string_view::npos) return refuse_rest("a mark stands where the number ends");
    if (is_digit(first)) return refuse_rest("there are more digits after the number");
    if ((first == U'e' || first == U'E') && is_digit(at_.peek_second()))
      return refuse_rest("an exponent stands before the scale");
    if (first == U'几') return refuse_rest("几 names no number");
    if (chinese_scale(first) >= 4) return refuse_rest("the scales are out of order");
    char32_t previous = 0;
    for (cursor c = at_; !c.done(); c.next()) {
      const char32_t seen = c.peek();
      const bool squared = (seen == U'²' || seen == U'³') && previous != 0;
      if (const auto name = foreign_digit(seen); !name.empty() && !squared) {
        return fail(c.at(), code_point_name(seen) + " is " + std::string(name), "the digits 0 to 9");
      }
      if (is_digit(seen) && !is_ascii_letter(previous) && !is_digit(previous)) {
        return fail(c.at(), "there are digits after the unit", "one number and one unit");
      }
      previous = seen;
    }
    return true;
  }

  // --- The result ------------------------------------------------------------------

  bool finish(const number_part& first, const number_part& second, bool is_range) {
    result_.low = first.value;
    result_.high = second.value;
    result_.low.exponent -= first.percent;
    result_.high.exponent -= second.percent;
    result_.has_scale = first.has_scale || second.has_scale;
    if (first.open_above && (result_.low_open || result_.high_open)) {
      return fail(begin_, "the number is open twice", "180余 or 近200");
    }
    result_.high_open = result_.high_open || first.open_above;
    if (is_range && round_decimal(result_.low).value > round_decimal(result_.high).value) {
      return fail(begin_, "the interval ends before it begins", "the lower end first", code::out_of_range);
    }
    return true;
  }

  std::string_view body_;
  std::size_t begin_ = 0;
  written_number result_;
};

ATTAIN_INLINE parsed<written_number> read_written_number(std::string_view text, std::string_view where) {
  if (auto problem = refuse_bytes(text, where, max_number_bytes)) return *std::move(problem);
  return number_reader(text, where).read();
}

}  // namespace attain::inline v0::detail
