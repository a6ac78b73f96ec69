#include <attain/io/dhis2.hpp>

#include <array>
#include <charconv>
#include <string>
#include <utility>

namespace attain::inline v0::io {

namespace {

struct week_start {
  std::string_view mark;  ///< before the W
  unsigned weekday;       ///< 1 is Monday
};
constexpr std::array<week_start, 5> week_starts{{{"", 1}, {"Wed", 3}, {"Thu", 4}, {"Sat", 6}, {"Sun", 7}}};

struct year_start {
  std::string_view mark;
  unsigned month;
};
constexpr std::array<year_start, 3> year_starts{{{"April", 4}, {"July", 7}, {"Oct", 10}}};

constexpr std::string_view known_forms =
    "20180115, 2018W3 (also WedW, ThuW, SatW, SunW), 2018BiW2, 201801, 201801B, 2018Q1, 2018S1, 2018AprilS1, 2018, or 2018April "
    "(July, Oct)";

finding refused(attain::code what, std::string_view text, std::string message) {
  return {severity::error, what, {}, escaped_excerpt(text), std::string(known_forms), std::move(message)};
}

/// A number of at most so many digits, and nothing else.
std::optional<unsigned> digits(std::string_view text, std::size_t least, std::size_t most) {
  if (text.size() < least || text.size() > most) return std::nullopt;
  unsigned value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// So many months from the first of one.
period months_from(int year, unsigned month, int count) {
  const date start{year, month, 1};
  return {start, add_months(start, count)};
}

/// The Thursday of the ISO week of a day, which is in the year that the week belongs to.
date thursday_of(date day) { return day - static_cast<int>(day.iso_weekday()) + 4; }

int iso_week(date day) {
  const date thursday = thursday_of(day);
  return (thursday - date{thursday.year(), 1, 1}) / 7 + 1;
}

/** The first day of week 1 of a year, of weeks that begin on this day, as the parser of DHIS2 finds it: the week of 1 January,
    or the next one if that begins in the last ISO week of the year before. Weeks from Monday are ISO weeks. */
date first_week(int year, unsigned weekday) {
  const date new_year{year, 1, 1};
  const date begins = new_year - static_cast<int>((new_year.iso_weekday() + 7 - weekday) % 7);
  const int last = iso_week(date{thursday_of(new_year).year(), 12, 28});  // 28 December is always in the last ISO week
  return iso_week(begins) == last ? begins + 7 : begins;
}

int weeks_in(int year, unsigned weekday) { return (first_week(year + 1, weekday) - first_week(year, weekday)) / 7; }

/// What follows the year: nothing where there is no such form, a period, or none where it does not exist.
std::optional<std::optional<period>> read_rest(int year, std::string_view rest) {
  using found = std::optional<std::optional<period>>;
  const auto numbered = [&](std::string_view mark, unsigned most, auto&& make) -> found {
    if (!rest.starts_with(mark)) return std::nullopt;
    const auto number = digits(rest.substr(mark.size()), 1, 2);
    if (!number) return std::nullopt;
    if (*number < 1 || *number > most) return std::optional<period>{};
    return std::optional(make(*number));
  };
  if (rest.empty()) return std::optional(months_from(year, 1, 12));
  for (const auto& [mark, month] : year_starts) {
    if (rest == mark) return std::optional(months_from(year, month, 12));
  }
  for (const auto& [mark, weekday] : week_starts) {
    const date first = first_week(year, weekday);
    const auto week = numbered(std::string(mark) + "W", static_cast<unsigned>(weeks_in(year, weekday)), [&](unsigned n) {
      return period{first + 7 * static_cast<int>(n - 1), first + 7 * static_cast<int>(n)};
    });
    if (week) return week;
  }
  const date first = first_week(year, 1);
  if (const auto fortnight = numbered("BiW", static_cast<unsigned>((weeks_in(year, 1) + 1) / 2), [&](unsigned n) {
        return period{first + 14 * static_cast<int>(n - 1), first + 14 * static_cast<int>(n)};
      })) {
    return fortnight;
  }
  if (const auto quarter = numbered("Q", 4, [&](unsigned n) { return months_from(year, 3 * n - 2, 3); })) return quarter;
  if (const auto half = numbered("S", 2, [&](unsigned n) { return months_from(year, 6 * n - 5, 6); })) return half;
  if (const auto half =
          numbered("AprilS", 2, [&](unsigned n) { return n == 1 ? months_from(year, 4, 6) : months_from(year, 10, 6); }))
    return half;
  if (rest.size() == 3 && rest[2] == 'B') {
    const auto pair = digits(rest.substr(0, 2), 2, 2);
    if (!pair) return std::nullopt;
    return *pair >= 1 && *pair <= 6 ? std::optional(months_from(year, 2 * *pair - 1, 2)) : std::optional<period>{};
  }

  // 201801, 2018-01, 20180115, 2018-01-15
  std::string plain(rest);
  if (rest.starts_with('-')) {
    const bool is_iso = rest.size() == 3 || (rest.size() == 6 && rest[3] == '-');
    if (!is_iso) return std::nullopt;
    std::erase(plain, '-');
  }
  const auto month = digits(std::string_view(plain).substr(0, 2), 2, 2);
  if (!month) return std::nullopt;
  const bool is_month = *month >= 1 && *month <= 12;
  if (plain.size() == 2) return is_month ? std::optional(months_from(year, *month, 1)) : std::optional<period>{};
  const auto day = digits(std::string_view(plain).substr(2), 2, 2);
  if (!day) return std::nullopt;
  if (!detail::is_civil_date(year, *month, *day)) return std::optional<period>{};
  const date only{year, *month, *day};
  return std::optional(period{only, only + 1});
}

}  // namespace

parsed<period> parse_dhis2_period(std::string_view text) {
  const auto year = text.size() < 4 ? std::nullopt : digits(text.substr(0, 4), 4, 4);
  if (!year) return refused(code::malformed_period, text, "the period cannot be read");
  if (*year < 2 || *year > 9997) return refused(code::out_of_range, text, "there is no such period");
  const auto read = read_rest(static_cast<int>(*year), text.substr(4));
  if (!read) return refused(code::malformed_period, text, "the period cannot be read");
  if (!*read) return refused(code::out_of_range, text, "there is no such period");
  return **read;
}

std::optional<std::string> to_dhis2_period(const period& p) {
  // a few forms can be it: those whose number fits are made, and the one that reads back is it
  const int year = p.start.year();
  const unsigned month = p.start.month();
  const auto two = [](unsigned n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  const std::string years = std::string(year < 1000 ? 4 - std::to_string(year).size() : 0, '0') + std::to_string(year);
  const auto is = [&](const std::string& text) {
    const auto read = parse_dhis2_period(text);
    return read && *read == p;
  };
  std::vector<std::string> forms{years, years + 'S' + std::to_string((month + 5) / 6),
                                 years + 'Q' + std::to_string((month + 2) / 3)};
  for (const auto& start : year_starts) forms.push_back(years + std::string(start.mark));
  forms.push_back(years + "AprilS1");
  forms.push_back(years + "AprilS2");
  forms.push_back(years + two((month + 1) / 2) + 'B');
  forms.push_back(years + two(month));
  forms.push_back(years + two(month) + two(p.start.day()));
  for (const auto& [mark, weekday] : week_starts) {
    for (const int of : {year - 1, year, year + 1}) {
      if (of < 2 || of > 9997) continue;
      const int number = (p.start - first_week(of, weekday)) / 7 + 1;
      forms.push_back(std::to_string(of) + std::string(mark) + 'W' + std::to_string(number));
      if (mark.empty()) forms.push_back(std::to_string(of) + "BiW" + std::to_string((number + 1) / 2));
    }
  }
  for (std::string& form : forms) {
    if (is(form)) return std::move(form);
  }
  return std::nullopt;
}

}  // namespace attain::inline v0::io
