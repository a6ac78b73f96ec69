#include <attain/core/column.hpp>

#include <cstdint>
#include <numeric>

#include "support/catch.hpp"

using attain::detail::column;

TEST_CASE("a column holds as many values as it was made for", "[core][column]") {
  column<std::int32_t> days(3);
  CHECK(days.size() == 3);
  std::iota(days.data(), days.data() + days.size(), 10);
  CHECK(days.data()[0] == 10);
  CHECK(days.data()[2] == 12);
}

TEST_CASE("a column of nothing has no memory", "[core][column]") {
  CHECK(column<double>().size() == 0);
  CHECK(column<double>(0).data() == nullptr);
}
