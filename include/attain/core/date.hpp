#pragma once

/** A civil date: four bytes, no clock, no zone, no locale.

  Every date from 0001-01-01 to 9999-12-31 and nothing else. There is no default date: a
  forgotten as-of day does not compile. Making or reaching a date outside the range, or
  one that does not exist (2021-02-29), throws invalid_input.

  Days from a date are counted as in Howard Hinnant's "chrono-Compatible Low-Level Date
  Algorithms" (days_from_civil, public domain). `<chrono>` doubles the time to compile a
  file; conversions to it are in core/date_chrono.hpp.
*/

#include <attain/core/config.hpp>
#include <attain/core/finding.hpp>

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace attain::inline v0 {

namespace detail {

[[noreturn]] void throw_no_such_date(std::int64_t year, unsigned month, unsigned day);
[[noreturn]] void throw_date_out_of_range(std::int64_t days);

struct civil {
  int year;
  unsigned month;
  unsigned day;
};

constexpr bool is_leap_year(int year) noexcept { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

constexpr unsigned days_in_month(int year, unsigned month) noexcept {
  constexpr unsigned char lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap_year(year) ? 29u : lengths[month - 1];
}

constexpr bool is_civil_date(std::int64_t year, unsigned month, unsigned day) noexcept {
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
         day <= days_in_month(static_cast<int>(year), month);
}

// Years begin in March, so that a leap day is the last of its year; 719468 days lie
// between 0000-03-01 and 1970-01-01. The years here are positive.
constexpr std::int32_t days_from_civil(int year, unsigned month, unsigned day) noexcept {
  const int y = year - (month <= 2 ? 1 : 0);
  const int era = y / 400;
  const unsigned year_of_era = static_cast<unsigned>(y - era * 400);
  const unsigned day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const unsigned day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + static_cast<std::int32_t>(day_of_era) - 719468;
}

// Neri and Schneider, "Euclidean affine functions and their application to calendar algorithms", Software: Practice and
// Experience 53 (2023), figure 12: a year begins in March, and multiplying replaces most of the divisions.
constexpr civil civil_from_days(std::int32_t days) noexcept {
  const auto n = static_cast<std::uint32_t>(days + 719468);  // days since 0000-03-01
  const std::uint32_t n1 = 4 * n + 3;
  const std::uint32_t century = n1 / 146097;
  const std::uint32_t n2 = 4 * (n1 % 146097 / 4) + 3;
  const std::uint64_t p2 = std::uint64_t{2939745} * n2;
  const auto year_of_century = static_cast<std::uint32_t>(p2 >> 32);
  const std::uint32_t day_of_year = static_cast<std::uint32_t>(p2) / 2939745 / 4;
  const std::uint32_t n3 = 2141 * day_of_year + 197913;
  const bool next_year = day_of_year >= 306;  // January and February
  const auto year = static_cast<int>(100 * century + year_of_century) + (next_year ? 1 : 0);
  const std::uint32_t month = n3 >> 16;
  return {year, next_year ? month - 12 : month, (n3 & 0xffffu) / 2141 + 1};
}

inline constexpr std::int32_t first_day = days_from_civil(1, 1, 1);
inline constexpr std::int32_t last_day = days_from_civil(9999, 12, 31);

}  // namespace detail

class date {
 public:
  /// Throws invalid_input if there is no such day.
  constexpr date(int year, unsigned month, unsigned day) : days_(checked(year, month, day)) {}

  /// The day @p days after 1970-01-01. Throws invalid_input outside the range of dates.
  static constexpr date from_days(std::int32_t days) { return date(known{}, checked(days)); }

  // In parentheses, as <windows.h> defines min and max.
  static constexpr date(min)() noexcept { return date(known{}, detail::first_day); }
  static constexpr date(max)() noexcept { return date(known{}, detail::last_day); }

  /// Days since 1970-01-01, negative before.
  constexpr std::int32_t days() const noexcept { return days_; }

  constexpr int year() const noexcept { return detail::civil_from_days(days_).year; }
  constexpr unsigned month() const noexcept { return detail::civil_from_days(days_).month; }
  constexpr unsigned day() const noexcept { return detail::civil_from_days(days_).day; }

  /// 1 is Monday, 7 is Sunday (ISO 8601).
  constexpr unsigned iso_weekday() const noexcept {
    // 0001-01-01 was a Monday in the proleptic Gregorian calendar
    return static_cast<unsigned>((days_ - detail::first_day) % 7) + 1;
  }

  constexpr unsigned days_in_month() const noexcept {
    const auto c = detail::civil_from_days(days_);
    return detail::days_in_month(c.year, c.month);
  }
  constexpr date first_of_month() const noexcept { return date(known{}, days_ - static_cast<std::int32_t>(day()) + 1); }
  constexpr date last_of_month() const noexcept {
    return date(known{}, days_ + static_cast<std::int32_t>(days_in_month()) - static_cast<std::int32_t>(day()));
  }
  constexpr bool is_last_of_month() const noexcept { return *this == last_of_month(); }

  constexpr date& operator++() { return *this = *this + 1; }
  constexpr date& operator--() { return *this = *this - 1; }

  friend constexpr date operator+(date d, int n) { return date(known{}, checked(std::int64_t{d.days_} + n)); }
  friend constexpr date operator-(date d, int n) { return date(known{}, checked(std::int64_t{d.days_} - n)); }
  /// Days from @p b to @p a.
  friend constexpr int operator-(date a, date b) noexcept { return a.days_ - b.days_; }

  friend constexpr auto operator<=>(date, date) noexcept = default;

 private:
  struct known {};
  constexpr date(known, std::int32_t days) noexcept : days_(days) {}

  static constexpr std::int32_t checked(int year, unsigned month, unsigned day) {
    if (!detail::is_civil_date(year, month, day)) detail::throw_no_such_date(year, month, day);
    return detail::days_from_civil(year, month, day);
  }
  static constexpr std::int32_t checked(std::int64_t days) {
    if (days < detail::first_day || days > detail::last_day) detail::throw_date_out_of_range(days);
    return static_cast<std::int32_t>(days);
  }

  std::int32_t days_;
};

/** The same day of the month @p months later (earlier if negative).

  The one rule: where that month is too short, its last day. 31 January + 1 month is 28 or
  29 February; 29 February + 12 months is 28 February. So adding is not reversible at
  month ends. Throws invalid_input outside the range of dates.
*/
constexpr date add_months(date from, int months) {
  const auto c = detail::civil_from_days(from.days());
  const std::int64_t index = std::int64_t{c.year} * 12 + static_cast<std::int64_t>(c.month) - 1 + months;
  if (index < 12 || index >= 120000) detail::throw_no_such_date(index / 12, c.month, c.day);
  const int year = static_cast<int>(index / 12);
  const unsigned month = static_cast<unsigned>(index % 12) + 1;
  const unsigned length = detail::days_in_month(year, month);
  return date(year, month, c.day < length ? c.day : length);
}

/** Reads `2026-01-01`, `20260101`, `2026/1/1`, `2026.1.1` or `2026年1月1日`, with half- or full-width digits.

  Spaces at the edges are ignored. The year has four digits, always: `26-1-1` is refused.
  Throws invalid_input (`malformed_date`; `out_of_range` for a day that does not exist).
*/
date parse_date(std::string_view text);

/// The same without throwing; the finding's `where` begins with @p where.
parsed<date> try_parse_date(std::string_view text, std::string_view where = {});

/// ISO 8601: "2026-01-01"
std::string to_string(date d);

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/core/impl/date.ipp>
#endif
