#include <attain/core/date_chrono.hpp>
#include <attain/core/error.hpp>

#include "support/catch.hpp"

#include <cstdint>

using namespace attain;
using namespace std::chrono_literals;

static_assert(to_date(2021y / std::chrono::September / 30d) == date{2021, 9, 30});

TEST_CASE("every day from 0001 to 9999 converts to <chrono> and back", "[core][date_chrono]") {
  using namespace std::chrono;
  std::int64_t differing = 0;
  for (date d = date::min(); d < date::max(); ++d) {
    const year_month_day there = to_year_month_day(d);
    differing += !there.ok() || static_cast<int>(there.year()) != d.year() || static_cast<unsigned>(there.month()) != d.month() ||
                 static_cast<unsigned>(there.day()) != d.day() || to_date(there) != d || to_date(to_sys_days(d)) != d ||
                 weekday{to_sys_days(d)}.iso_encoding() != d.iso_weekday();
  }
  CHECK(differing == 0);
}

TEST_CASE("a chrono date that is not ok or out of range is refused", "[core][date_chrono]") {
  using namespace std::chrono;
  CHECK_THROWS_AS(to_date(2021y / February / 29d), invalid_input);
  CHECK_THROWS_AS(to_date(2024y / January / 31d + months{1}), invalid_input);
  CHECK_THROWS_AS(to_date(year{0} / January / 1d), invalid_input);
  CHECK_THROWS_AS(to_date(year{10000} / January / 1d), invalid_input);
  CHECK_THROWS_AS(to_date(sys_days{year{-1} / January / 1d}), invalid_input);
  CHECK_THROWS_AS(to_date(sys_days{days{std::int64_t{1} << 32}}), invalid_input);
}
