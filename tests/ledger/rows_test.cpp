#include <attain/ledger/rows.hpp>

#include "support/catch.hpp"

#include <bit>
#include <type_traits>

using namespace attain;

static_assert(std::is_trivially_copyable_v<row_slice>);
static_assert(sizeof(series_part) == 16);

TEST_CASE("flags and length share a word without overlapping", "[ledger][rows]") {
  using namespace row_flag;
  constexpr std::uint32_t flags[] = {missing, withdrawn, share_of_goal, row_flag::interval, low_open, high_open, followed, tie};
  std::uint32_t all = length;
  for (const std::uint32_t flag : flags) {
    CHECK(std::popcount(flag) == 1);
    CHECK((all & flag) == 0);
    all |= flag;
  }
  CHECK(length == 1048575);
  CHECK((content & (length | followed | tie)) == 0);
}

TEST_CASE("the first day of a row follows from its last day and length", "[ledger][rows]") {
  const std::int32_t last_day[] = {0, 30};
  const std::uint32_t length_and_flags[] = {1, 31 | row_flag::missing | row_flag::tie};
  row_slice rows;
  rows.last_day = last_day;
  rows.length_and_flags = length_and_flags;
  rows.size = 2;
  CHECK(rows.first_day(0) == 0);
  CHECK(rows.first_day(1) == 0);
}

TEST_CASE("a row is found by its slice, or by its own position in a merged one", "[ledger][rows]") {
  row_slice rows;
  rows.first = {7, 1, 40};
  rows.size = 2;
  CHECK(rows.at(1) == row_position{7, 1, 41});
  const row_position merged[] = {{7, 0, 3}, {8, 2, 5}};
  rows.position = merged;
  CHECK(rows.at(1) == row_position{8, 2, 5});
}
