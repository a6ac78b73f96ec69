#include <attain/core/finite.hpp>

#include <limits>
#include <vector>

#include "support/catch.hpp"

using attain::detail::are_finite;

TEST_CASE("a column is finite if each of its numbers is, however large or small", "[core][finite]") {
  using of = std::numeric_limits<double>;
  CHECK(are_finite({}));
  for (const double value : {0.0, -0.0, 1.0, -1.0, of::denorm_min(), -of::denorm_min(), (of::max)(), of::lowest()}) {
    CHECK(are_finite(std::vector<double>(5, value)));
  }
}

TEST_CASE("one number that is infinite or none shows wherever it stands", "[core][finite]") {
  using of = std::numeric_limits<double>;
  for (const double value : {of::infinity(), -of::infinity(), of::quiet_NaN(), -of::quiet_NaN(), of::signaling_NaN()}) {
    for (std::size_t at = 0; at < 5; ++at) {
      std::vector<double> column(5, 1.0);
      column[at] = value;
      CHECK_FALSE(are_finite(column));
    }
  }
}
