#include <attain/core/error.hpp>
#include <attain/core/period.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

using namespace attain;

static_assert(std::is_trivially_copyable_v<period>);
static_assert(sizeof(period) == 8);
static_assert(reporting_days(frequency::month) == 31 && reporting_days(frequency::quarter) == 92 &&
              reporting_days(frequency::year) == 366);  // rule D2

namespace {

constexpr frequency all_frequencies[] = {frequency::day,     frequency::week,      frequency::ten_days, frequency::month,
                                         frequency::quarter, frequency::half_year, frequency::year};

period inclusive(date first, date last) { return {first, last + 1}; }

}  // namespace

TEST_CASE("a period has its days, the end excluded", "[core][period]") {
  const period june{date{2021, 6, 1}, date{2021, 7, 1}};
  CHECK(june.days() == 30);
  CHECK(june.last() == date{2021, 6, 30});
  CHECK(june.contains(date{2021, 6, 1}));
  CHECK(june.contains(date{2021, 6, 30}));
  CHECK_FALSE(june.contains(date{2021, 7, 1}));
  CHECK_FALSE(june.contains(date{2021, 5, 31}));
}

TEST_CASE("periods that only touch do not overlap", "[core][period]") {
  const period june{date{2021, 6, 1}, date{2021, 7, 1}};
  const period july{date{2021, 7, 1}, date{2021, 8, 1}};
  const period summer{date{2021, 6, 30}, date{2021, 7, 2}};
  CHECK_FALSE(june.overlaps(july));
  CHECK_FALSE(july.overlaps(june));
  CHECK(june.overlaps(summer));
  CHECK(summer.overlaps(june));
  CHECK(june.overlaps(june));
}

TEST_CASE("a period contains itself and what lies within it", "[core][period]") {
  const period year = parse_period("2021");
  CHECK(year.contains(year));
  CHECK(year.contains(parse_period("2021Q4")));
  CHECK_FALSE(year.contains(parse_period("2021-W52")));
  CHECK_FALSE(parse_period("2021Q4").contains(year));
}

TEST_CASE("every written form of a period is read", "[core][period]") {
  struct row {
    std::string_view text;
    period expected;
  };
  const row rows[] = {
      {"2021", inclusive({2021, 1, 1}, {2021, 12, 31})},
      {"２０２１", inclusive({2021, 1, 1}, {2021, 12, 31})},
      {" 2021 ", inclusive({2021, 1, 1}, {2021, 12, 31})},
      {"2021年", inclusive({2021, 1, 1}, {2021, 12, 31})},
      {"2021H1", inclusive({2021, 1, 1}, {2021, 6, 30})},
      {"2021H2", inclusive({2021, 7, 1}, {2021, 12, 31})},
      {"2021h2", inclusive({2021, 7, 1}, {2021, 12, 31})},
      {"2021-H2", inclusive({2021, 7, 1}, {2021, 12, 31})},
      {"2021年上半年", inclusive({2021, 1, 1}, {2021, 6, 30})},
      {"2021年下半年", inclusive({2021, 7, 1}, {2021, 12, 31})},
      {"2021Q1", inclusive({2021, 1, 1}, {2021, 3, 31})},
      {"2021Q2", inclusive({2021, 4, 1}, {2021, 6, 30})},
      {"2021-Q3", inclusive({2021, 7, 1}, {2021, 9, 30})},
      {"2021q4", inclusive({2021, 10, 1}, {2021, 12, 31})},
      {"2021年第一季度", inclusive({2021, 1, 1}, {2021, 3, 31})},
      {"2021年第4季度", inclusive({2021, 10, 1}, {2021, 12, 31})},
      {"2021年二季度", inclusive({2021, 4, 1}, {2021, 6, 30})},
      {"2021-06", inclusive({2021, 6, 1}, {2021, 6, 30})},
      {"2021-6", inclusive({2021, 6, 1}, {2021, 6, 30})},
      {"2024-02", inclusive({2024, 2, 1}, {2024, 2, 29})},
      {"2021年6月", inclusive({2021, 6, 1}, {2021, 6, 30})},
      {"2021年12月", inclusive({2021, 12, 1}, {2021, 12, 31})},
      {"2021-06上旬", inclusive({2021, 6, 1}, {2021, 6, 10})},
      {"2021-06中旬", inclusive({2021, 6, 11}, {2021, 6, 20})},
      {"2021-06下旬", inclusive({2021, 6, 21}, {2021, 6, 30})},
      {"2021-02下旬", inclusive({2021, 2, 21}, {2021, 2, 28})},
      {"2021年7月下旬", inclusive({2021, 7, 21}, {2021, 7, 31})},
      {"2021-W05", inclusive({2021, 2, 1}, {2021, 2, 7})},
      {"2021W05", inclusive({2021, 2, 1}, {2021, 2, 7})},
      {"2021-w01", inclusive({2021, 1, 4}, {2021, 1, 10})},
      {"2020-W53", inclusive({2020, 12, 28}, {2021, 1, 3})},
      {"2020-W01", inclusive({2019, 12, 30}, {2020, 1, 5})},
      {"2021-06-30", inclusive({2021, 6, 30}, {2021, 6, 30})},
      {"20210630", inclusive({2021, 6, 30}, {2021, 6, 30})},
      {"2021/6/30", inclusive({2021, 6, 30}, {2021, 6, 30})},
      {"2021年6月30日", inclusive({2021, 6, 30}, {2021, 6, 30})},
      {"2021-01-01/2021-06-30", inclusive({2021, 1, 1}, {2021, 6, 30})},
      {"2021-01-01／2021-06-30", inclusive({2021, 1, 1}, {2021, 6, 30})},
      {"2021/1/1/2021/6/30", inclusive({2021, 1, 1}, {2021, 6, 30})},
      {"2021-01-01/2021/6/30", inclusive({2021, 1, 1}, {2021, 6, 30})},
      {"2021-01/2021-06", inclusive({2021, 1, 1}, {2021, 6, 30})},
      {"2021/2025", inclusive({2021, 1, 1}, {2025, 12, 31})},
      {"2021年1月1日至2021年6月30日", inclusive({2021, 1, 1}, {2021, 6, 30})},
      {"2021-06-30/2021-06-30", inclusive({2021, 6, 30}, {2021, 6, 30})},
  };
  for (const auto& [text, expected] : rows) {
    CAPTURE(text);
    const auto read = try_parse_period(text);
    REQUIRE(read.has_value());
    CHECK(to_string(read->start) == to_string(expected.start));
    CHECK(to_string(read->last()) == to_string(expected.last()));
  }
}

TEST_CASE("what is not a period is refused", "[core][period]") {
  for (const auto text : {"",
                          "21",
                          "202",
                          "20211",
                          "202106",
                          "2021-",
                          "2021Q",
                          "2021Q5",
                          "2021Q0",
                          "2021Q11",
                          "2021H3",
                          "2021H0",
                          "2021-W5",
                          "2021-W",
                          "2021W055",
                          "2021/6",
                          "2021/06",
                          "2021.6",
                          "2021-06旬",
                          "2021-06上",
                          "2021年第季度",
                          "2021年第五季度",
                          "2021年6",
                          "2021年6月上",
                          "2021上半年",
                          "Q2 2021",
                          "2021-2022",
                          "2021 Q2",
                          "上半年",
                          "2021/",
                          "/2021",
                          "2021/22",
                          "2021-01-01/",
                          "2021-01-01//2021-06-30",
                          "2021/2022/2023"}) {
    CAPTURE(text);
    const auto read = try_parse_period(text);
    REQUIRE_FALSE(read.has_value());
    CHECK(read.problem().code == code::malformed_period);
  }
}

TEST_CASE("a well-written period that does not exist is out of range", "[core][period]") {
  for (const auto text : {"0000", "2021-13", "2021-00", "2021年13月", "2021-02-29", "2021-W00", "2021-W53", "2020-W54",
                          "2021-06-30/2021-01-01", "2022/2021", "2021-02-30/2021-06-30", "2021-01-01/2021-06-31"}) {
    CAPTURE(text);
    const auto read = try_parse_period(text);
    REQUIRE_FALSE(read.has_value());
    CHECK(read.problem().code == code::out_of_range);
  }
}

TEST_CASE("9999-12-31 lies in no period, as the day after it is no date", "[core][period]") {
  for (const auto text : {"9999", "9999H2", "9999Q4", "9999-12", "9999-12下旬", "9999-12-31", "9999-W52"}) {
    CAPTURE(text);
    REQUIRE_FALSE(try_parse_period(text).has_value());
    CHECK(try_parse_period(text).problem().code == code::out_of_range);
  }
  CHECK(parse_period("9999-12-30").end == date::max());
  CHECK(parse_period("9999H1").last() == date{9999, 6, 30});
  CHECK(parse_period("0001").start == date::min());
  CHECK_THROWS_AS(period_containing(frequency::day, date::max()), invalid_input);
  CHECK(whole_periods(frequency::year, {date{9997, 1, 1}, date::max()}).size() == 2);
  CHECK(whole_periods(frequency::day, {date{9999, 12, 30}, date::max()}).size() == 1);
}

TEST_CASE("the number by which Excel counts a day is told as such in place of a period", "[core][period]") {
  CHECK(try_parse_period("46053").problem().message == "this is the number by which Excel counts 2026-01-31");
  CHECK(try_parse_period("20211").problem().message == "this is not a period");
  CHECK(try_parse_period("202106").problem().message == "this is not a period");
}

TEST_CASE("a refused period says where and what was expected", "[core][period]") {
  const auto read = try_parse_period("2021-Q5", "data.csv:3:1");
  REQUIRE_FALSE(read.has_value());
  CHECK(read.problem().where == "data.csv:3:1");
  CHECK(read.problem().text == "2021-Q5");
  CHECK_THAT(read.problem().expected, test::ContainsSubstring("2021Q2"));
  CHECK_THROWS_MATCHES(parse_period("x"), invalid_input, test::MessageContains("malformed_period"));
  CHECK(try_parse_period("2021\xff").problem().code == code::bad_encoding);
  CHECK(try_parse_period(std::string(5000, '/')).problem().code == code::too_large);
}

TEST_CASE("a period is written in its shortest form", "[core][period]") {
  const auto written = [](date first, date last) { return to_string(inclusive(first, last)); };
  CHECK(written({2021, 1, 1}, {2021, 12, 31}) == "2021");
  CHECK(written({2021, 1, 1}, {2021, 6, 30}) == "2021H1");
  CHECK(written({2021, 7, 1}, {2021, 12, 31}) == "2021H2");
  CHECK(written({2021, 4, 1}, {2021, 6, 30}) == "2021Q2");
  CHECK(written({2021, 6, 1}, {2021, 6, 30}) == "2021-06");
  CHECK(written({2021, 6, 1}, {2021, 6, 10}) == "2021-06上旬");
  CHECK(written({2021, 6, 11}, {2021, 6, 20}) == "2021-06中旬");
  CHECK(written({2021, 6, 21}, {2021, 6, 30}) == "2021-06下旬");
  CHECK(written({2021, 2, 1}, {2021, 2, 7}) == "2021-W05");
  CHECK(written({2020, 12, 28}, {2021, 1, 3}) == "2020-W53");
  CHECK(written({2019, 12, 30}, {2020, 1, 5}) == "2020-W01");
  CHECK(written({2021, 6, 30}, {2021, 6, 30}) == "2021-06-30");
  CHECK(written({2021, 1, 1}, {2021, 6, 29}) == "2021-01-01/2021-06-29");
  CHECK(written({2021, 1, 1}, {2022, 12, 31}) == "2021-01-01/2022-12-31");
  CHECK(written({1, 1, 1}, {1, 12, 31}) == "0001");
}

TEST_CASE("any period written is the same when read", "[core][period]") {
  std::mt19937_64 random(7);
  std::uniform_int_distribution<std::int32_t> any(date::min().days(), date::max().days() - 1);
  for (int i = 0; i < 20000; ++i) {
    const date start = date::from_days(any(random));
    const int longest = date::max() - start;
    const int length = 1 + static_cast<int>(random() % (i % 2 == 0 ? 400 : 100000));
    const period p{start, start + (length < longest ? length : longest)};
    REQUIRE(parse_period(to_string(p)) == p);
  }
}

TEST_CASE("calendar periods of 1900 to 2200 have no gap and no overlap, and hold every one of their days", "[core][period]") {
  const period span{date{1900, 1, 1}, date{2201, 1, 1}};
  for (const auto f : all_frequencies) {
    CAPTURE(to_string(f));
    std::int64_t wrong = 0;
    period current = period_containing(f, span.start);
    for (date d = span.start; d < span.end; ++d) {
      if (d == current.end) {
        const period after = next(f, current);
        wrong += after.start != current.end;
        current = after;
        wrong += current.days() > reporting_days(f);
        wrong += parse_period(to_string(current)) != current;
      }
      wrong += period_containing(f, d) != current || !current.contains(d);
    }
    CHECK(wrong == 0);
  }
}

TEST_CASE("an ISO week has seven days, begins on Monday and belongs to the year of its Thursday", "[core][period]") {
  std::int64_t wrong = 0;
  int weeks_of_53 = 0;
  for (date d{1900, 1, 1}; d < date{2201, 1, 1}; d = d + 7) {
    const period week = period_containing(frequency::week, d);
    const std::string text = to_string(week);
    wrong += week.days() != 7 || week.start.iso_weekday() != 1;
    wrong += std::stoi(text.substr(0, 4)) != (week.start + 3).year();
    weeks_of_53 += text.ends_with("W53");
  }
  CHECK(wrong == 0);
  CHECK(weeks_of_53 == 53);  // long years from 1900 to 2200, counted with Python's date.isocalendar
}

TEST_CASE("the longest period of each frequency is its reporting period (rule D2)", "[core][period]") {
  for (const auto f : all_frequencies) {
    CAPTURE(to_string(f));
    int longest = 0;
    for (date d{2000, 1, 1}; d < date{2005, 1, 1}; ++d) {
      const int days = period_containing(f, d).days();
      longest = days > longest ? days : longest;
    }
    CHECK(longest == reporting_days(f));
  }
}

TEST_CASE("only whole periods of a window are listed (rule A7)", "[core][period]") {
  const period window = parse_period("2021-01-02/2021-12-30");
  CHECK(whole_periods(frequency::month, window).size() == 10);
  CHECK(whole_periods(frequency::month, window).front() == parse_period("2021-02"));
  CHECK(whole_periods(frequency::month, window).back() == parse_period("2021-11"));
  CHECK(whole_periods(frequency::quarter, window).size() == 2);
  CHECK(whole_periods(frequency::half_year, window).empty());
  CHECK(whole_periods(frequency::year, window).empty());
  CHECK(whole_periods(frequency::year, parse_period("2021")).size() == 1);
  CHECK(whole_periods(frequency::month, parse_period("2021")).size() == 12);
  CHECK(whole_periods(frequency::ten_days, parse_period("2021")).size() == 36);
  CHECK(whole_periods(frequency::week, parse_period("2021")).size() == 51);
  CHECK(whole_periods(frequency::day, parse_period("2024")).size() == 366);
  CHECK(whole_periods(frequency::week, parse_period("2021-02-02/2021-02-13")).empty());
}

TEST_CASE("whole periods of any window are those within it, each following the last", "[core][period]") {
  std::mt19937_64 random(11);
  for (int i = 0; i < 3000; ++i) {
    const date start = date{1990, 1, 1} + static_cast<int>(random() % 10000);
    const period window{start, start + 1 + static_cast<int>(random() % 900)};
    for (const auto f : all_frequencies) {
      const auto periods = whole_periods(f, window);
      for (std::size_t k = 0; k < periods.size(); ++k) {
        REQUIRE(window.contains(periods[k]));
        REQUIRE(period_containing(f, periods[k].start) == periods[k]);
        if (k > 0) REQUIRE(periods[k].start == periods[k - 1].end);
      }
      const date before = periods.empty() ? window.start : periods.front().start;
      if (before > window.start) REQUIRE(period_containing(f, window.start).start < window.start);
      const date after = periods.empty() ? period_containing(f, window.start).end : periods.back().end;
      if (after < window.end) REQUIRE(next(f, {after - 1, after}).end > window.end);
    }
  }
}

TEST_CASE("a frequency is a word, in Chinese too", "[core][period]") {
  for (const auto f : all_frequencies) CHECK(parse_frequency(to_string(f)) == f);
  CHECK(to_string(frequency::ten_days) == "ten_days");
  CHECK(to_string(frequency::half_year) == "half_year");
  CHECK(parse_frequency("旬") == frequency::ten_days);
  CHECK(parse_frequency("季度") == frequency::quarter);
  CHECK(parse_frequency("半年") == frequency::half_year);
  CHECK_FALSE(parse_frequency("").has_value());
  CHECK_FALSE(parse_frequency("Month").has_value());
  CHECK_FALSE(parse_frequency("fortnight").has_value());
}
