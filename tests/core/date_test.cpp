#include <attain/core/date.hpp>
#include <attain/core/error.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <type_traits>

using namespace attain;

static_assert(sizeof(date) == 4);
static_assert(std::is_trivially_copyable_v<date>);
static_assert(!std::is_default_constructible_v<date>);
static_assert(!std::is_convertible_v<int, date>);
static_assert(date{1970, 1, 1}.days() == 0);
static_assert(date{2000, 3, 1}.days() == 11017);
static_assert(date{2021, 12, 31} - date{2021, 1, 1} == 364);
static_assert(add_months(date{2021, 1, 31}, 1) == date{2021, 2, 28});

namespace {

// The Gregorian rules again, one day at a time, so that the arithmetic has something to be checked against.
struct calendar {
  int year;
  unsigned month;
  unsigned day;

  unsigned length() const {
    if (month == 2) return year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }
  void advance() {
    if (++day <= length()) return;
    day = 1;
    if (++month <= 12) return;
    month = 1;
    ++year;
  }
};

}  // namespace

TEST_CASE("every day from 0001 to 9999 follows the day before", "[core][date]") {
  calendar expected{1, 1, 1};
  date d = date::min();
  std::int64_t differing = 0;
  for (std::int32_t days = date::min().days();; ++days) {
    const bool same = d.days() == days && d.year() == expected.year && d.month() == expected.month && d.day() == expected.day &&
                      d.days_in_month() == expected.length() && date{expected.year, expected.month, expected.day} == d;
    differing += !same;
    if (d == date::max()) break;
    ++d;
    expected.advance();
  }
  CHECK(differing == 0);
  CHECK(expected.year == 9999);
  CHECK(date::min().days() == -719162);
  CHECK(date::max().days() == 2932896);
}

TEST_CASE("known days have their weekday", "[core][date]") {
  CHECK(date{1970, 1, 1}.iso_weekday() == 4);
  CHECK(date{2021, 9, 30}.iso_weekday() == 4);
  CHECK(date{2000, 1, 1}.iso_weekday() == 6);
  CHECK(date{1, 1, 1}.iso_weekday() == 1);
  CHECK(date{1900, 1, 1}.iso_weekday() == 1);
  CHECK(date{9999, 12, 31}.iso_weekday() == 5);
}

TEST_CASE("days that do not exist are refused", "[core][date]") {
  CHECK_THROWS_AS((date{2021, 2, 29}), invalid_input);
  CHECK_THROWS_AS((date{1900, 2, 29}), invalid_input);
  CHECK_THROWS_AS((date{2021, 4, 31}), invalid_input);
  CHECK_THROWS_AS((date{2021, 0, 1}), invalid_input);
  CHECK_THROWS_AS((date{2021, 13, 1}), invalid_input);
  CHECK_THROWS_AS((date{2021, 1, 0}), invalid_input);
  CHECK_THROWS_AS((date{2021, 1, 32}), invalid_input);
  CHECK_THROWS_MATCHES((date{2021, 2, 29}), invalid_input, test::MessageContains("2021-2-29"));
  CHECK(date{2000, 2, 29}.day() == 29);
}

TEST_CASE("dates outside 0001 to 9999 are refused, however they are reached", "[core][date]") {
  CHECK_THROWS_AS((date{0, 12, 31}), invalid_input);
  CHECK_THROWS_AS((date{10000, 1, 1}), invalid_input);
  CHECK_THROWS_AS((date{-1, 1, 1}), invalid_input);
  CHECK_THROWS_AS(date::from_days(date::max().days() + 1), invalid_input);
  CHECK_THROWS_AS(date::from_days(date::min().days() - 1), invalid_input);
  CHECK_THROWS_AS(date::from_days(INT32_MAX), invalid_input);
  CHECK_THROWS_AS(date::from_days(INT32_MIN), invalid_input);
  CHECK_THROWS_AS(date::max() + 1, invalid_input);
  CHECK_THROWS_AS(date::min() - 1, invalid_input);
  CHECK_THROWS_AS(date::max() + INT32_MAX, invalid_input);
  CHECK_THROWS_AS(date::min() - INT32_MIN, invalid_input);
  CHECK_THROWS_AS(date::max() - INT32_MIN, invalid_input);
  CHECK_THROWS_AS(add_months(date::max(), 1), invalid_input);
  CHECK_THROWS_AS(add_months(date::min(), -1), invalid_input);
  CHECK_THROWS_AS(add_months(date{2021, 1, 1}, INT32_MAX), invalid_input);
  CHECK_THROWS_AS(add_months(date{2021, 1, 1}, INT32_MIN), invalid_input);
  date last = date::max();
  CHECK_THROWS_AS(++last, invalid_input);
  CHECK(last == date::max());
}

TEST_CASE("days are added and subtracted", "[core][date]") {
  const date d{2021, 12, 31};
  CHECK(d + 1 == date{2022, 1, 1});
  CHECK(d - 365 == date{2020, 12, 31});
  CHECK(d + (-1) == date{2021, 12, 30});
  CHECK(date::max() - date::min() == 3652058);
  date next = d;
  CHECK(++next == date{2022, 1, 1});
  CHECK(--next == d);
}

TEST_CASE("dates are ordered by time", "[core][date]") {
  CHECK(date{2020, 12, 31} < date{2021, 1, 1});
  CHECK(date{1969, 12, 31} < date{1970, 1, 1});
  CHECK(date{2021, 1, 1} == date{2021, 1, 1});
}

TEST_CASE("a date knows the first and last day of its month", "[core][date]") {
  const date d{2024, 2, 15};
  CHECK(d.first_of_month() == date{2024, 2, 1});
  CHECK(d.last_of_month() == date{2024, 2, 29});
  CHECK_FALSE(d.is_last_of_month());
  CHECK(date{2023, 2, 28}.is_last_of_month());
  CHECK_FALSE(date{2024, 2, 28}.is_last_of_month());
  CHECK(date::max().last_of_month() == date::max());
}

TEST_CASE("adding months keeps the day of the month or takes the month's last", "[core][date]") {
  CHECK(add_months(date{2024, 1, 31}, 1) == date{2024, 2, 29});
  CHECK(add_months(date{2024, 2, 29}, 12) == date{2025, 2, 28});
  CHECK(add_months(date{2024, 2, 29}, 48) == date{2028, 2, 29});
  CHECK(add_months(date{2021, 3, 31}, -1) == date{2021, 2, 28});
  CHECK(add_months(date{2021, 8, 31}, 1) == date{2021, 9, 30});
  CHECK(add_months(date{2021, 1, 15}, -1) == date{2020, 12, 15});
  CHECK(add_months(date{2021, 12, 15}, 1) == date{2022, 1, 15});
  CHECK(add_months(date{2021, 6, 30}, 0) == date{2021, 6, 30});
}

TEST_CASE("adding months to any day of 1900 to 2200 lands in that month, on that day or its last", "[core][date]") {
  std::int64_t wrong = 0;
  for (date d{1900, 1, 1}; d < date{2201, 1, 1}; ++d) {
    for (int months = -48; months <= 48; ++months) {
      const date moved = add_months(d, months);
      const int from = d.year() * 12 + static_cast<int>(d.month());
      const int to = moved.year() * 12 + static_cast<int>(moved.month());
      const bool kept = moved.day() == d.day() || (moved.day() < d.day() && moved.is_last_of_month());
      wrong += to - from != months || !kept;
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("the five ways of writing a date are read", "[core][date]") {
  const date expected{2026, 1, 1};
  for (const auto text :
       {"2026-01-01", "2026-1-1", "20260101", "2026/01/01", "2026/1/1", "2026.01.01", "2026.1.1", "２０２６．１．１",
        "2026年1月1日", "2026年01月01日", " 2026-01-01 ", "２０２６-０１-０１", "２０２６－０１－０１", "２０２６年１月１日",
        "２０２６／１／１", "２０２６０１０１", "　2026-01-01　"}) {
    CAPTURE(text);
    CHECK(parse_date(text) == expected);
  }
  CHECK(parse_date("0001-01-01") == date::min());
  CHECK(parse_date("9999-12-31") == date::max());
  CHECK(parse_date("2024-02-29") == date{2024, 2, 29});
}

TEST_CASE("what is not a date is refused", "[core][date]") {
  for (const auto text : {"",
                          "26-01-01",
                          "26/1/1",
                          "260101",
                          "2026",
                          "2026-01",
                          "2026-1",
                          "2026-01-1x",
                          "2026-01-011",
                          "2026-001-1",
                          "2026-01/01",
                          "2026/01-01",
                          "2026年1月1",
                          "2026年1-1",
                          "2026-1月1日",
                          "2026.1",
                          "2026.1.1.",
                          "2026.1/1",
                          "1.1.2026",
                          "01/02/2026",
                          "1-1-2026",
                          "2026-01-01T00:00:00",
                          "2026-01-01Z",
                          "2026 01 01",
                          "+2026-01-01",
                          "-2026-01-01",
                          "2026--01-01",
                          "2026-01-",
                          "202601011",
                          "2026010",
                          "12026-01-01",
                          "二〇二六年一月一日",
                          "٢٠٢٦-٠١-٠١",
                          "today",
                          "2026‐01‐01"}) {
    CAPTURE(text);
    const auto read = try_parse_date(text);
    REQUIRE_FALSE(read.has_value());
    CHECK(read.problem().code == code::malformed_date);
  }
}

TEST_CASE("the number by which Excel counts a day is told as such", "[core][date]") {
  CHECK(try_parse_date("44201").problem().message == "this is the number by which Excel counts 2021-01-05");
  CHECK(try_parse_date(" ４６０５３ ").problem().message == "this is the number by which Excel counts 2026-01-31");
  CHECK(try_parse_date("12021").problem().message == "a date written without marks needs eight digits");
}

TEST_CASE("a well-written day that does not exist is out of range", "[core][date]") {
  for (const auto text : {"2021-02-29", "2021-13-01", "2021-00-10", "2021-01-32", "20210431", "0000-01-01", "2021年2月30日"}) {
    CAPTURE(text);
    const auto read = try_parse_date(text);
    REQUIRE_FALSE(read.has_value());
    CHECK(read.problem().code == code::out_of_range);
  }
}

TEST_CASE("a refused date says where and what was expected", "[core][date]") {
  const auto read = try_parse_date("2026-0x-01", "data.csv:12:5");
  REQUIRE_FALSE(read.has_value());
  CHECK(read.problem().where == "data.csv:12:5, column 7");
  CHECK(read.problem().text == "2026-0x-01");
  CHECK_THAT(read.problem().expected, test::ContainsSubstring("2026-01-01"));
  CHECK_THROWS_MATCHES(parse_date("26-1-1"), invalid_input, test::MessageContains("four digits"));
}

TEST_CASE("a date in bytes that are not UTF-8 or in oversized text is refused before reading", "[core][date]") {
  CHECK(try_parse_date("2026-01-0\xff").problem().code == code::bad_encoding);
  CHECK(try_parse_date(std::string(1000, '1')).problem().code == code::too_large);
}

TEST_CASE("a date is written as ISO 8601", "[core][date]") {
  CHECK(to_string(date{2026, 1, 1}) == "2026-01-01");
  CHECK(to_string(date::min()) == "0001-01-01");
  CHECK(to_string(date::max()) == "9999-12-31");
}

TEST_CASE("what is written is read back, in every form", "[core][date]") {
  std::mt19937_64 random(20210101);
  std::uniform_int_distribution<std::int32_t> any(date::min().days(), date::max().days());
  for (int i = 0; i < 20000; ++i) {
    const date d = date::from_days(any(random));
    const std::string iso = to_string(d);
    REQUIRE(parse_date(iso) == d);
    REQUIRE(parse_date(iso.substr(0, 4) + iso.substr(5, 2) + iso.substr(8)) == d);
    REQUIRE(parse_date(iso.substr(0, 4) + "/" + std::to_string(d.month()) + "/" + std::to_string(d.day())) == d);
    REQUIRE(parse_date(iso.substr(0, 4) + "年" + std::to_string(d.month()) + "月" + std::to_string(d.day()) + "日") == d);
  }
}
