#include <attain/judge/treatment.hpp>

#include "support/catch.hpp"

#include <vector>

using namespace attain;
using namespace attain::test;
using numbers = std::vector<double>;

TEST_CASE("skewness and kurtosis come out as in COINr's vignette", "[judge][treatment]") {
  const numbers x{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30, 100};
  CHECK_THAT(skewness(x).value(), WithinAbs(3.063241, 6e-7));
  CHECK_THAT(excess_kurtosis(x).value(), WithinAbs(9.741391, 6e-7));
  CHECK(skewness(numbers{1, 2}) == reason::too_few_observations);
  CHECK(excess_kurtosis(numbers{2, 2, 2, 2}) == reason::denominator_zero);
}

TEST_CASE("winsorising brings the extreme to the next value until the sample passes, on either side", "[judge][treatment]") {
  const winsorised high = winsorise(numbers{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30, 100});
  CHECK(high.values == numbers{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30, 30});
  CHECK(high.replaced == 1);
  CHECK(high.passes);
  const winsorised low = winsorise(numbers{-100, -30, -10, -9, -8, -7, -6, -5, -4, -3, -2, -1});
  CHECK(low.values.front() == -30);
}

TEST_CASE("winsorising stops at the most points, and leaves a sample that passes or is too small", "[judge][treatment]") {
  const numbers steep{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1e3, 1e6, 1e9};
  const winsorised cut = winsorise(steep, {.most_points = 1});
  CHECK(cut.replaced == 1);
  CHECK_FALSE(cut.passes);
  CHECK(winsorise(numbers{1, 2, 3, 4}).replaced == 0);
  CHECK_FALSE(winsorise(numbers{1, 100}).passes);
}

TEST_CASE("skewness and kurtosis are of the shape alone, however large or small the unit", "[judge][treatment]") {
  for (const double unit : {1e-300, 1e-110, 1e-90, 1e90, 1e110, 1e300}) {
    const numbers x{1 * unit, 2 * unit, 3 * unit, 4 * unit, 5 * unit, 6 * unit, 7 * unit, 8 * unit, 9 * unit, 10 * unit, 30 * unit, 100 * unit};
    CHECK_THAT(skewness(x).value(), WithinAbs(3.063241, 6e-7));
    CHECK_THAT(excess_kurtosis(x).value(), WithinAbs(9.741391, 6e-7));
  }
}
