#include <attain/core/statistics.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

using sample = std::vector<double>;

}  // namespace

TEST_CASE("a large common part costs the variance no digit", "[core][statistics]") {
  const sample values{1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16};
  CHECK(mean(values) == 1e9 + 10);
  CHECK_THAT(standard_deviation(values).value(), WithinULP(std::sqrt(30.0), 1));
  CHECK_THAT(standard_deviation(values, divisor::n).value(), WithinULP(std::sqrt(22.5), 1));
}

TEST_CASE("the median is the middle value, or the mean of the two in the middle", "[core][statistics]") {
  CHECK(median(sample{3, 1, 2}) == 2.0);
  CHECK(median(sample{4, 1, 3, 2}) == 2.5);
  CHECK(median(sample{7}) == 7.0);
  CHECK(median(sample{-1e308, 1e308, 1.5e308, 1.7e308}) == 1.25e308);
}

TEST_CASE("the median leaves the values in their order", "[core][statistics]") {
  const sample values{5, 3, 9, 1};
  sample given = values;
  CHECK(median(given) == 4.0);
  CHECK(median_deviation(given, 4) == 2.0);
  CHECK(given == values);
}

TEST_CASE("deviations are measured from the center that is given", "[core][statistics]") {
  const sample values{1, 2, 4, 9};
  CHECK(mean_deviation(values, 4) == 2.5);
  CHECK(median_deviation(values, 4) == 2.5);
  CHECK(median_deviation(sample{0, 0, 0, 40}, 0) == 0.0);
  CHECK(mean_deviation(sample{0, 0, 0, 40}, 0) == 10.0);
}

TEST_CASE("statistics of too few values are no number", "[core][statistics]") {
  CHECK(mean(sample{}) == reason::too_few_observations);
  CHECK(median(sample{}) == reason::too_few_observations);
  CHECK(mean_deviation(sample{}, 0) == reason::too_few_observations);
  CHECK(median_deviation(sample{}, 0) == reason::too_few_observations);
  CHECK(standard_deviation(sample{5}) == reason::too_few_observations);
  CHECK(standard_deviation(sample{5}, divisor::n) == 0.0);
}

TEST_CASE("a spread beyond the range of double is an overflow, not infinite", "[core][statistics]") {
  const double huge = (std::numeric_limits<double>::max)();
  CHECK(standard_deviation(sample{-huge, huge}) == reason::overflow);
  CHECK(mean(sample{huge, huge}) == reason::overflow);
  CHECK(mean_deviation(sample{-huge, huge}, 0) == reason::overflow);
}

TEST_CASE("the order of the values changes no bit of mean, deviation and median", "[core][statistics]") {
  std::mt19937 random(7);
  sample values;
  for (int i = 0; i < 60; ++i) values.push_back(std::ldexp(static_cast<double>(random()), static_cast<int>(random() % 60) - 30));
  const auto spread = standard_deviation(values);
  const auto center = mean(values), middle = median(values);
  for (int shuffle = 0; shuffle < 50; ++shuffle) {
    std::shuffle(values.begin(), values.end(), random);
    REQUIRE(standard_deviation(values) == spread);
    REQUIRE(mean(values) == center);
    REQUIRE(median(values) == middle);
  }
}
