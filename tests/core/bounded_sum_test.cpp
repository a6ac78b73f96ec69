#include <attain/core/bounded_sum.hpp>
#include <attain/core/exact_sum.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

using namespace attain;

TEST_CASE("a bounded_sum of nothing, and of what cancels, is zero", "[core][bounded_sum]") {
  bounded_sum sum;
  CHECK(sum.rounded() == 0);
  CHECK(sum.is_zero());
  sum.add(0.1);
  sum.subtract(0.1);
  CHECK(sum.is_zero());
  CHECK(sum == bounded_sum{});
}

TEST_CASE("a bounded_sum rounds once, at the end", "[core][bounded_sum]") {
  bounded_sum tenths;
  for (int i = 0; i < 10; ++i) tenths.add(0.1);
  CHECK(tenths.rounded() == 1.0);  // adding one by one in double gives 0.9999999999999999
  bounded_sum mixed;
  for (const double x : {1e9, 0x1p-60, -1e9}) mixed.add(x);
  CHECK(mixed.rounded() == 0x1p-60);
}

TEST_CASE("addends below half of 2^-90 are nothing, negative ones mirror positive ones", "[core][bounded_sum]") {
  bounded_sum tiny;
  tiny.add(0x1p-92);
  CHECK(tiny.is_zero());
  bounded_sum up;
  bounded_sum down;
  for (const double x : {0.3, 0x1.8p-89, 123456.789}) {
    up.add(x);
    down.add(-x);
  }
  CHECK(up.rounded() == -down.rounded());
}

TEST_CASE("order, grouping and undoing never change a bit of a bounded_sum (U7)", "[core][bounded_sum]") {
  std::mt19937_64 random(20260101);
  std::uniform_real_distribution<double> share(0, 1);
  std::vector<double> values(1000);
  for (double& x : values) x = share(random) * share(random);
  bounded_sum whole;
  for (const double x : values) whole.add(x);
  for (int round = 0; round < 50; ++round) {
    std::shuffle(values.begin(), values.end(), random);
    bounded_sum left;
    bounded_sum right;
    for (std::size_t i = 0; i < values.size(); ++i) (i % 3 == 0 ? left : right).add(values[i]);
    left.add(right);
    CHECK(left == whole);
    left.subtract(values[7]);
    left.add(values[7]);
    CHECK(left.rounded() == whole.rounded());
  }
}

TEST_CASE("a bounded_sum is the nearest double of its units, as an exact sum of them is", "[core][bounded_sum]") {
  std::mt19937_64 random(7);
  for (int round = 0; round < 20000; ++round) {
    bounded_sum sum;
    exact_sum units;
    for (std::size_t i = 1 + random() % 3; i-- > 0;) {
      // Up to 53 bits anywhere between the last place and the largest addend, few of them most of the time, so that ties come up.
      const auto bits = static_cast<std::int64_t>(random() >> (11 + random() % 53));
      const double x = std::ldexp(static_cast<double>(bits), static_cast<int>(random() % 66) - 90) * (random() % 2 == 0 ? 1 : -1);
      if (std::fabs(x) >= 0x1p30) continue;
      sum.add(x);
      units.add(x);
    }
    REQUIRE(sum.rounded() == units.rounded());
  }
}
