/** Numbers, dates, periods and units as text. Oracles: plain ASCII numerals and ISO dates against readings of their own, and what
   is read against what is written of it. */
#include "fuzz.hpp"

#include <attain/core/date.hpp>
#include <attain/core/error.hpp>
#include <attain/core/number_text.hpp>
#include <attain/core/period.hpp>
#include <attain/core/unit.hpp>

#include <charconv>
#include <cmath>
#include <optional>

using namespace attain;

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// `-12.5`: the numerals on whose value everybody agrees, read by the standard library.
std::optional<double> plain_number(std::string_view text) {
  std::string_view rest = text;
  if (rest.starts_with('-')) rest.remove_prefix(1);
  const auto digits = [&rest] {
    std::size_t count = 0;
    while (count < rest.size() && is_digit(rest[count])) ++count;
    rest.remove_prefix(count);
    return count;
  };
  if (digits() == 0) return std::nullopt;
  if (rest.starts_with('.')) {
    rest.remove_prefix(1);
    if (digits() == 0) return std::nullopt;
  }
  if (!rest.empty()) return std::nullopt;
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value + 0.0;
}

/// Days of the month by the rhyme.
unsigned length_of_month(unsigned year, unsigned month) {
  constexpr unsigned lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leaps = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leaps ? 29 : lengths[month - 1];
}

/// `2021-02-28` read by itself: whether there is such a day, none if the text is not of this form.
std::optional<bool> iso_day_exists(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  for (const std::size_t i : {0u, 1u, 2u, 3u, 5u, 6u, 8u, 9u}) {
    if (!is_digit(text[i])) return std::nullopt;
  }
  const auto number = [&](std::size_t at, std::size_t size) {
    unsigned value = 0;
    for (std::size_t i = at; i < at + size; ++i) value = value * 10 + static_cast<unsigned>(text[i] - '0');
    return value;
  };
  const unsigned year = number(0, 4), month = number(5, 2), day = number(8, 2);
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= length_of_month(year, month);
}

void try_number(std::string_view text) {
  const auto read = try_parse_number(text);
  if (const auto plain = plain_number(text);
      plain && text.size() < 1000 && (*plain != 0 || text.find_first_of("123456789") == text.npos)) {
    fuzz::require(read.has_value(), "a plain number was refused");
    fuzz::require(*read == *plain, "a plain number was read as another one");
  }
  if (read) {
    fuzz::require(std::isfinite(*read), "a number that is not finite was read");
    const auto again = try_parse_number(to_text(*read));
    fuzz::require(again && *again == *read, "a number is not read back from its own text");
  }
  const auto whole = try_parse_number_text(text);
  if (read) fuzz::require(whole && whole->is_plain() && whole->low == *read, "a plain number is none where a unit may follow");
  if (whole) fuzz::require(whole->low <= whole->high, "an interval ends before it begins");
}

void try_days(std::string_view text) {
  const auto day = try_parse_date(text);
  if (const auto exists = iso_day_exists(text))
    fuzz::require(*exists == day.has_value(), "a day was refused that exists, or the other way round");
  if (day) {
    fuzz::require(parse_date(to_string(*day)) == *day, "a date is not read back from its own text");
    fuzz::require(date(day->year(), day->month(), day->day()) == *day, "the parts of a date make another one");
  }
  if (const auto about = try_parse_period(text)) {
    fuzz::require(about->start < about->end, "a period without a day");
    fuzz::require(parse_period(to_string(*about)) == *about, "a period is not read back from its own text");
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try_number(text);
  try_days(text);
  static_cast<void>(try_parse_unit(text, ""));
  return 0;
}
