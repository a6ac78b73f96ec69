#include <attain/io/moment.hpp>

#include <attain/core/error.hpp>

#include "support/catch.hpp"

using namespace attain;
using io::moment;

TEST_CASE("the day of a moment is the office's day", "[moment]") {
  CHECK(io::parse_moment("2026-10-01T07:00:00+08:00").day() == date(2026, 10, 1));
  CHECK(io::parse_moment("2026-10-01T07:00:00+08:00").microseconds() == io::parse_moment("2026-09-30T23:00:00Z").microseconds());
  CHECK(io::parse_moment("1969-12-31T23:59:59.999999Z").day() == date(1969, 12, 31));
  CHECK(io::parse_moment("1969-12-31T23:59:59.999999Z").microseconds() == -1);
}

TEST_CASE("a moment is written as it is read", "[moment]") {
  for (const char* text : {"2026-09-30T15:04:05+08:00", "2026-09-30T15:04:05.250000+08:00", "1600-02-29T00:00:00Z",
                           "2026-01-01T00:00:00-03:30", "9999-12-29T23:59:59.000001Z"}) {
    CHECK(to_string(io::parse_moment(text)) == text);
  }
  CHECK(io::parse_moment("2026-09-30T15:04:05.25Z") == io::parse_moment("2026-09-30T15:04:05.250000Z"));
}

TEST_CASE("what is no moment is refused", "[moment]") {
  for (const char* text :
       {"", "2026-09-30", "2026-09-30T15:04:05", "2026-09-30 15:04:05Z", "2026-02-29T00:00:00Z", "2026-09-30T24:00:00Z",
        "2026-09-30T15:60:00Z", "2026-09-30T15:04:05.Z", "2026-09-30T15:04:05.1234567Z", "2026-09-30T15:04:05+08:60",
        "2026-09-30T15:04:05+0800", "2026-09-30T15:04:05+19:00", "2026-09-30T15:04:05Zx"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(io::parse_moment(text), invalid_input);
  }
  CHECK_THROWS_AS(moment(0, 18 * 60 + 1), invalid_input);
  CHECK_THROWS_AS(moment(INT64_MAX), invalid_input);
  CHECK_THROWS_AS(moment(INT64_MIN, -1080), invalid_input);
}
