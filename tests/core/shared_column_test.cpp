#include <attain/core/shared_column.hpp>

#include "support/catch.hpp"

#include <vector>

using attain::shared_column;

TEST_CASE("copies of a column share its values until one of them is changed", "[core][shared_column]") {
  shared_column<int> a;
  a.edit() = {1, 2, 3};
  shared_column<int> b = a;
  CHECK(b.data() == a.data());
  b.edit()[0] = 9;
  CHECK(b.data() != a.data());
  CHECK(a == std::vector{1, 2, 3});
  CHECK(b == std::vector{9, 2, 3});
  CHECK_FALSE(a == b);
}

TEST_CASE("a column that nobody shares is changed where it is", "[core][shared_column]") {
  shared_column<int> a;
  a.edit() = {1, 2, 3};
  const int* const where = a.data();
  a.edit()[1] = 5;
  CHECK(a.data() == where);
  CHECK(a.front() == 1);
  CHECK(a.back() == 3);
  CHECK(a.size() == 3);
  CHECK(shared_column<int>().empty());
}
