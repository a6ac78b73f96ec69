#include <attain/io/moment.hpp>

#include <attain/core/error.hpp>

#include <array>
#include <cstdio>
#include <cstdlib>

namespace attain::inline v0::io {

namespace {

constexpr std::int64_t microseconds_of_minute = 60'000'000;
constexpr std::int64_t microseconds_of_day = 1440 * microseconds_of_minute;
constexpr int most_offset = 18 * 60;

std::int64_t floored(std::int64_t a, std::int64_t b) noexcept { return a / b - (a % b < 0 ? 1 : 0); }

std::int64_t on_the_clock(const moment& m) noexcept { return m.microseconds() + m.offset_minutes() * microseconds_of_minute; }

[[noreturn]] void refuse(std::string_view text, std::string message) {
  throw invalid_input(finding{.code = code::malformed_date,
                              .text = escaped_excerpt(text),
                              .expected = "a moment with its zone, such as 2026-09-30T15:04:05+08:00",
                              .message = std::move(message)});
}

/// Takes fixed numbers of digits and marks off the front of a text.
class taker {
 public:
  explicit taker(std::string_view text) : whole_(text), rest_(text) {}

  int digits(std::size_t count) {
    if (rest_.size() < count) refuse(whole_, "the moment ends too early");
    int number = 0;
    for (const char c : rest_.substr(0, count)) {
      if (c < '0' || c > '9') refuse(whole_, "a digit was expected");
      number = number * 10 + (c - '0');
    }
    rest_.remove_prefix(count);
    return number;
  }
  bool mark(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void need(char c) {
    if (!mark(c)) refuse(whole_, "the moment is not written as year-month-dayThour:minute:second and zone");
  }
  bool has_digit() const noexcept { return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; }
  bool done() const noexcept { return rest_.empty(); }

 private:
  std::string_view whole_;
  std::string_view rest_;
};

}  // namespace

moment::moment(std::int64_t microseconds, int offset_minutes) : microseconds_(microseconds), offset_minutes_(offset_minutes) {
  constexpr std::int64_t first = std::int64_t{attain::detail::first_day + 1} * microseconds_of_day;
  constexpr std::int64_t last = std::int64_t{attain::detail::last_day} * microseconds_of_day;
  if (microseconds >= first && microseconds < last && std::abs(offset_minutes) <= most_offset) return;
  throw invalid_input(
      finding{.code = code::out_of_range,
              .text = std::to_string(microseconds) + " microseconds, " + std::to_string(offset_minutes) + " minutes",
              .expected = "a moment from 0001-01-02 to 9999-12-30, at most 18 hours from UTC",
              .message = "no such moment"});
}

date moment::day() const { return date::from_days(static_cast<std::int32_t>(floored(on_the_clock(*this), microseconds_of_day))); }

std::string to_string(const moment& m) {
  const std::int64_t within = on_the_clock(m) - m.day().days() * microseconds_of_day;
  const auto seconds = static_cast<int>(within / 1'000'000);
  const auto fraction = static_cast<int>(within % 1'000'000);
  std::array<char, 32> clock{};
  std::snprintf(clock.data(), clock.size(), "T%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  std::string text = to_string(m.day()) + clock.data();
  if (fraction != 0) {
    std::snprintf(clock.data(), clock.size(), ".%06d", fraction);
    text += clock.data();
  }
  if (m.offset_minutes() == 0) return text + "Z";
  const int offset = std::abs(m.offset_minutes());
  std::snprintf(clock.data(), clock.size(), "%c%02d:%02d", m.offset_minutes() < 0 ? '-' : '+', offset / 60, offset % 60);
  return text + clock.data();
}

moment parse_moment(std::string_view text) {
  taker take(text);
  const int year = take.digits(4);
  take.need('-');
  const int month = take.digits(2);
  take.need('-');
  const int day = take.digits(2);
  take.need('T');
  const int hour = take.digits(2);
  take.need(':');
  const int minute = take.digits(2);
  take.need(':');
  const int second = take.digits(2);
  std::int64_t fraction = 0;
  if (take.mark('.')) {
    std::int64_t unit = 100'000;
    fraction = take.digits(1) * unit;
    for (unit /= 10; unit != 0 && take.has_digit(); unit /= 10) fraction += take.digits(1) * unit;
  }
  int offset = 0;
  if (!take.mark('Z')) {
    const bool west = take.mark('-');
    if (!west) take.need('+');
    offset = take.digits(2) * 60;
    take.need(':');
    const int minutes = take.digits(2);
    if (minutes > 59) refuse(text, "an hour has sixty minutes");
    offset = west ? -(offset + minutes) : offset + minutes;
  }
  if (!take.done()) refuse(text, "something follows the moment");
  if (hour > 23 || minute > 59 || second > 59) refuse(text, "there is no such time of the day");
  const std::int64_t within = ((hour * 60 + minute) * std::int64_t{60} + second) * 1'000'000 + fraction;
  const std::int64_t days = date(year, static_cast<unsigned>(month), static_cast<unsigned>(day)).days();
  return moment(days * microseconds_of_day + within - offset * microseconds_of_minute, offset);
}

}  // namespace attain::inline v0::io
