#pragma once

#include <attain/core/date.hpp>
#include <attain/core/error.hpp>
#include <attain/core/impl/refuse_bytes.hpp>
#include <attain/core/impl/text.hpp>

namespace attain::inline v0 {

namespace detail {

inline constexpr std::size_t max_date_bytes = 200;

ATTAIN_INLINE void append_number(std::string& to, unsigned value, std::size_t width) {
  const std::string digits = std::to_string(value);
  if (digits.size() < width) to.append(width - digits.size(), '0');
  to += digits;
}

ATTAIN_INLINE finding no_such_date(std::string_view text, std::string_view where) {
  return {severity::error,       code::out_of_range,         std::string(where),
          escaped_excerpt(text), "a day of the calendar from 0001-01-01 to 9999-12-31", "there is no such day"};
}

ATTAIN_INLINE void throw_no_such_date(std::int64_t year, unsigned month, unsigned day) {
  throw invalid_input(no_such_date(std::to_string(year) + "-" + std::to_string(month) + "-" + std::to_string(day), {}));
}

ATTAIN_INLINE void throw_date_out_of_range(std::int64_t days) {
  throw invalid_input(no_such_date("day " + std::to_string(days) + " after 1970-01-01", {}));
}

/// Up to @p most digits; their count tells whether there were any.
struct digits_read {
  unsigned value = 0;
  std::size_t count = 0;
};

ATTAIN_INLINE digits_read read_digits(cursor& at, std::size_t most) {
  digits_read read;
  while (read.count < most && is_digit(at.peek())) {
    read.value = read.value * 10 + static_cast<unsigned>(at.peek() - U'0');
    ++read.count;
    at.next();
  }
  return read;
}

ATTAIN_INLINE finding malformed_date(std::string_view text, std::string_view where, const cursor& at, std::string message) {
  return {severity::error,
          code::malformed_date,
          at_column(where, column_of(text, at.at())),
          escaped_excerpt(text),
          "a date such as 2026-01-01, 20260101, 2026/1/1, 2026.1.1 or 2026年1月1日",
          std::move(message)};
}

/// What to say of five digits by which Excel counts a day of this century; nothing of any other text.
ATTAIN_INLINE std::string said_of_excel_day(std::string_view text) {
  constexpr std::int32_t excel_epoch = 25569;  // counts 1970-01-01
  const std::string_view written = trimmed(text);
  cursor at(written);
  const auto count = read_digits(at, 5);
  if (count.count != 5 || !at.done() || count.value < 36'526 || count.value > 73'050) return {};
  const auto days = static_cast<std::int32_t>(count.value) - excel_epoch;
  return "this is the number by which Excel counts " + to_string(date::from_days(days));
}

}  // namespace detail

ATTAIN_INLINE parsed<date> try_parse_date(std::string_view text, std::string_view where) {
  if (auto problem = detail::refuse_bytes(text, where, detail::max_date_bytes)) return *std::move(problem);
  detail::cursor at(text);
  at.skip_spaces();
  const auto refuse = [&](std::string message) { return detail::malformed_date(text, where, at, std::move(message)); };

  const auto year = detail::read_digits(at, 4);
  if (year.count != 4) return refuse("the year needs four digits");
  detail::digits_read month;
  detail::digits_read day;
  if (detail::is_digit(at.peek())) {
    month = detail::read_digits(at, 2);
    day = detail::read_digits(at, 2);
    if (month.count != 2 || day.count != 2) {
      const std::string excel = detail::said_of_excel_day(text);
      return refuse(excel.empty() ? "a date written without marks needs eight digits" : excel);
    }
  } else {
    const char32_t mark = at.peek();
    if (mark != U'-' && mark != U'/' && mark != U'.' && mark != U'年') return refuse("a mark is missing after the year");
    at.next();
    month = detail::read_digits(at, 2);
    if (month.count == 0) return refuse("the month is missing");
    if (!at.take(mark == U'年' ? U'月' : mark)) return refuse("a mark is missing after the month");
    day = detail::read_digits(at, 2);
    if (day.count == 0) return refuse("the day is missing");
    if (mark == U'年' && !at.take(U'日')) return refuse("日 is missing after the day");
  }
  at.skip_spaces();
  if (!at.done()) return refuse("there is more after the date");
  if (!detail::is_civil_date(year.value, month.value, day.value)) return detail::no_such_date(text, where);
  return date(static_cast<int>(year.value), month.value, day.value);
}

ATTAIN_INLINE date parse_date(std::string_view text) {
  auto result = try_parse_date(text);
  if (!result) throw invalid_input(result.problem());
  return *result;
}

ATTAIN_INLINE std::string to_string(date d) {
  const auto c = detail::civil_from_days(d.days());
  std::string text;
  detail::append_number(text, static_cast<unsigned>(c.year), 4);
  text += '-';
  detail::append_number(text, c.month, 2);
  text += '-';
  detail::append_number(text, c.day, 2);
  return text;
}

}  // namespace attain::inline v0
