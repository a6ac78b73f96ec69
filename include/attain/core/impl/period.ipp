#pragma once

#include <attain/core/error.hpp>
#include <attain/core/impl/date.ipp>
#include <attain/core/impl/refuse_bytes.hpp>
#include <attain/core/impl/text.hpp>
#include <attain/core/period.hpp>

#include <cassert>
#include <iterator>

namespace attain::inline v0 {

namespace detail {

inline constexpr std::string_view ten_days_words[] = {"上旬", "中旬", "下旬"};

/// Days since 1970-01-01, half-open; unlike a period it may reach beyond the range of dates.
struct day_range {
  std::int32_t start;
  std::int32_t end;
};

ATTAIN_INLINE day_range months_from(int year, unsigned month, unsigned count) noexcept {
  const unsigned after = month - 1 + count;
  return {days_from_civil(year, month, 1), days_from_civil(year + static_cast<int>(after / 12), after % 12 + 1, 1)};
}

/// The first, second or last part (0, 1, 2) of a month: 上旬, 中旬, 下旬.
ATTAIN_INLINE day_range ten_days_of(int year, unsigned month, unsigned part) noexcept {
  const auto whole = months_from(year, month, 1);
  const auto start = whole.start + static_cast<std::int32_t>(part) * 10;
  return {start, part == 2 ? whole.end : start + 10};
}

/// ISO 8601: week 1 is the one with 4 January.
ATTAIN_INLINE std::int32_t first_iso_monday(int year) noexcept {
  const std::int32_t fourth = days_from_civil(year, 1, 4);
  return fourth - (fourth - first_day) % 7;
}

ATTAIN_INLINE int iso_year_of_monday(std::int32_t monday) noexcept { return civil_from_days(monday + 3).year; }

ATTAIN_INLINE day_range range_containing(frequency f, std::int32_t day) noexcept {
  const auto c = civil_from_days(day);
  switch (f) {
    case frequency::day:
      return {day, day + 1};
    case frequency::week: {
      const std::int32_t monday = day - (day - first_day) % 7;
      return {monday, monday + 7};
    }
    case frequency::ten_days:
      return ten_days_of(c.year, c.month, c.day <= 10 ? 0 : c.day <= 20 ? 1 : 2);
    case frequency::month:
      return months_from(c.year, c.month, 1);
    case frequency::quarter:
      return months_from(c.year, (c.month - 1) / 3 * 3 + 1, 3);
    case frequency::half_year:
      return months_from(c.year, (c.month - 1) / 6 * 6 + 1, 6);
    case frequency::year:
      break;
  }
  return months_from(c.year, 1, 12);
}

ATTAIN_INLINE finding no_such_period(std::string_view text, std::string_view where) {
  return {severity::error,
          code::out_of_range,
          std::string(where),
          escaped_excerpt(text),
          "a month from 01 to 12, a week that the year has, a day up to 9999-12-30",
          "there is no such period"};
}

ATTAIN_INLINE finding malformed_period(std::string_view text, std::string_view where) {
  const std::string excel = said_of_excel_day(text);
  return {severity::error,
          code::malformed_period,
          std::string(where),
          escaped_excerpt(text),
          "a period such as 2021, 2021H1, 2021Q2, 2021-06, 2021-06上旬, 2021-W05, 2021-06-30 or 2021-01-01/2021-06-30",
          excel.empty() ? "this is not a period" : excel};
}

ATTAIN_INLINE period period_of(day_range range) {
  if (range.end > last_day) throw invalid_input(no_such_period(to_string(date::from_days(range.start)), {}));
  return {date::from_days(range.start), date::from_days(range.end)};
}

ATTAIN_INLINE parsed<period> checked_period(day_range range, std::string_view text, std::string_view where) {
  if (range.start < first_day || range.end > last_day || range.start >= range.end) return no_such_period(text, where);
  return period_of(range);
}

/// 1 to 4, also as 一 to 四; 0 for anything else.
ATTAIN_INLINE unsigned read_quarter(cursor& at) {
  constexpr std::u32string_view arabic = U"1234";
  constexpr std::u32string_view chinese = U"一二三四";
  for (const auto digits : {arabic, chinese}) {
    const auto found = digits.find(at.peek());
    if (found != std::u32string_view::npos) {
      at.next();
      return static_cast<unsigned>(found) + 1;
    }
  }
  return 0;
}

/// What follows a month: nothing, or a third of it.
ATTAIN_INLINE parsed<period> rest_of_month(int year, unsigned month, std::string_view rest, std::string_view text,
                                           std::string_view where) {
  unsigned part = 0;
  while (part < std::size(ten_days_words) && rest != ten_days_words[part]) ++part;
  if (!rest.empty() && part == std::size(ten_days_words)) return malformed_period(text, where);
  if (month < 1 || month > 12) return no_such_period(text, where);
  return checked_period(rest.empty() ? months_from(year, month, 1) : ten_days_of(year, month, part), text, where);
}

/// A period that is not written as two.
ATTAIN_INLINE parsed<period> single_period(std::string_view text, std::string_view where) {
  const auto day = try_parse_date(text, where);
  if (day) return checked_period({day->days(), day->days() + 1}, text, where);
  if (day.problem().code == code::out_of_range) return day.problem();

  const std::string_view written = trimmed(text);
  cursor at(written);
  const auto year_read = read_digits(at, 4);
  if (year_read.count != 4) return malformed_period(text, where);
  const int year = static_cast<int>(year_read.value);
  if (year == 0) return no_such_period(text, where);
  if (at.done()) return checked_period(months_from(year, 1, 12), text, where);

  if (at.take(U'年')) {
    if (at.done()) return checked_period(months_from(year, 1, 12), text, where);
    if (at.rest() == "上半年") return checked_period(months_from(year, 1, 6), text, where);
    if (at.rest() == "下半年") return checked_period(months_from(year, 7, 6), text, where);
    const auto month = read_digits(at, 2);
    if (month.count > 0 && at.take(U'月')) return rest_of_month(year, month.value, at.rest(), text, where);
    at = cursor(written, written.find("年") + std::string_view("年").size());
    at.take(U'第');
    const unsigned quarter = read_quarter(at);
    if (quarter == 0 || (at.rest() != "季度" && at.rest() != "季")) return malformed_period(text, where);
    return checked_period(months_from(year, quarter * 3 - 2, 3), text, where);
  }

  const bool dash = at.take(U'-');
  const auto taken = [&](char32_t upper) { return at.take(upper) || at.take(upper + (U'a' - U'A')); };
  if (taken(U'Q')) {
    const unsigned quarter = is_digit(at.peek()) ? read_quarter(at) : 0;
    if (!at.done() || quarter == 0) return malformed_period(text, where);
    return checked_period(months_from(year, quarter * 3 - 2, 3), text, where);
  }
  if (taken(U'H')) {
    const auto half = read_digits(at, 1);
    if (!at.done() || half.value < 1 || half.value > 2) return malformed_period(text, where);
    return checked_period(months_from(year, half.value * 6 - 5, 6), text, where);
  }
  if (taken(U'W')) {
    const auto week = read_digits(at, 2);
    if (!at.done() || week.count != 2) return malformed_period(text, where);
    const std::int32_t monday = first_iso_monday(year) + 7 * (static_cast<std::int32_t>(week.value) - 1);
    if (iso_year_of_monday(monday) != year) return no_such_period(text, where);
    return checked_period({monday, monday + 7}, text, where);
  }
  const auto month = read_digits(at, 2);
  if (!dash || month.count == 0) return malformed_period(text, where);
  return rest_of_month(year, month.value, at.rest(), text, where);
}

}  // namespace detail

ATTAIN_INLINE parsed<period> try_parse_period(std::string_view text, std::string_view where) {
  if (auto problem = detail::refuse_bytes(text, where, detail::max_date_bytes)) return *std::move(problem);
  const auto whole = detail::single_period(text, where);
  if (whole || whole.problem().code == code::out_of_range) return whole;

  // A slash may also stand inside a date, so every place is tried.
  for (std::size_t i = 0; i < text.size(); i += detail::character_at(text, i).size) {
    const detail::character mark = detail::character_at(text, i);
    const char32_t c = detail::half_width(mark.value);
    if (c != U'/' && c != U'至') continue;
    const auto first = detail::single_period(text.substr(0, i), where);
    const auto second = detail::single_period(text.substr(i + mark.size), where);
    if (first && second && second->end <= first->start) {
      return finding{severity::error,
                     code::out_of_range,
                     std::string(where),
                     escaped_excerpt(text),
                     "a first day at or before the last",
                     "the period ends before it begins"};
    }
    if (first && second) return detail::checked_period({first->start.days(), second->end.days()}, text, where);
    const auto impossible = [](const parsed<period>& p) { return !p && p.problem().code == code::out_of_range; };
    if ((first || impossible(first)) && (second || impossible(second))) return impossible(first) ? first : second;
  }
  return whole;
}

ATTAIN_INLINE period parse_period(std::string_view text) {
  auto result = try_parse_period(text);
  if (!result) throw invalid_input(result.problem());
  return *result;
}

ATTAIN_INLINE std::string to_string(const period& p) {
  assert(p.start < p.end);
  const auto is = [&](frequency f) {
    const auto range = detail::range_containing(f, p.start.days());
    return range.start == p.start.days() && range.end == p.end.days();
  };
  const auto c = detail::civil_from_days(p.start.days());
  std::string text;
  const auto number = [&](unsigned value, std::size_t width) { detail::append_number(text, value, width); };
  if (is(frequency::week)) {
    const int year = detail::iso_year_of_monday(p.start.days());
    number(static_cast<unsigned>(year), 4);
    text += "-W";
    number(static_cast<unsigned>((p.start.days() - detail::first_iso_monday(year)) / 7 + 1), 2);
    return text;
  }
  number(static_cast<unsigned>(c.year), 4);
  if (is(frequency::year)) return text;
  if (is(frequency::half_year)) return text += c.month == 1 ? "H1" : "H2";
  if (is(frequency::quarter)) {
    text += 'Q';
    number((c.month + 2) / 3, 1);
    return text;
  }
  text += '-';
  number(c.month, 2);
  if (is(frequency::month)) return text;
  if (is(frequency::ten_days)) return text += detail::ten_days_words[c.day / 10];
  text = to_string(p.start);
  if (p.days() > 1) text.append("/").append(to_string(p.last()));
  return text;
}

namespace detail {

struct frequency_words {
  std::string_view word;
  std::string_view chinese;
};
inline constexpr frequency_words frequency_table[] = {{"day", "日"},   {"week", "周"},      {"ten_days", "旬"},
                                                      {"month", "月"}, {"quarter", "季度"}, {"half_year", "半年"},
                                                      {"year", "年"}};

}  // namespace detail

ATTAIN_INLINE std::string_view to_string(frequency f) noexcept {
  assert(static_cast<std::size_t>(f) < std::size(detail::frequency_table));
  return detail::frequency_table[static_cast<std::size_t>(f)].word;
}

ATTAIN_INLINE std::optional<frequency> parse_frequency(std::string_view word) noexcept {
  for (std::size_t i = 0; i < std::size(detail::frequency_table); ++i) {
    if (word == detail::frequency_table[i].word || word == detail::frequency_table[i].chinese) {
      return static_cast<frequency>(i);
    }
  }
  return std::nullopt;
}

ATTAIN_INLINE period period_containing(frequency f, date d) { return detail::period_of(detail::range_containing(f, d.days())); }

ATTAIN_INLINE period next(frequency f, const period& p) { return period_containing(f, p.end); }

ATTAIN_INLINE std::vector<period> whole_periods(frequency f, const period& window) {
  std::vector<period> periods;
  auto range = detail::range_containing(f, window.start.days());
  if (range.start < window.start.days()) range = detail::range_containing(f, range.end);
  for (; range.end <= window.end.days(); range = detail::range_containing(f, range.end)) {
    periods.push_back(detail::period_of(range));
  }
  return periods;
}

}  // namespace attain::inline v0
