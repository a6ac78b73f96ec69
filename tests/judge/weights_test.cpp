#include <attain/core/error.hpp>
#include <attain/judge/weights.hpp>

#include "support/catch.hpp"

#include <cmath>
#include <numeric>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

using numbers = std::vector<double>;
constexpr std::uint32_t top = 0xFFFFFFFFu;

// J. Xu (2004), as quoted by pymcdm's tests.
const std::vector<numbers> four_plans{{30, 19, 19, 68}, {30, 54, 15, 70}, {38, 86, 85, 60}, {29, 29, 28.9, 29}};

}  // namespace

TEST_CASE("entropy weights come out as published, and depend on the named transform (U11)", "[judge][weights]") {
  const numbers w = entropy_weights(four_plans, entropy_transform::shares).value();
  const numbers published{0.4630, 0.3992, 0.1378, 0.0000};
  for (std::size_t j = 0; j < 4; ++j) CHECK_THAT(w[j], WithinAbs(published[j], 6e-5));
  const double other = entropy_weights(four_plans, entropy_transform::min_max_plus_one).value()[0];
  CHECK(std::fabs(other - w[0]) > 0.01);
}

TEST_CASE("entropy weights add up to 1; a constant column has none, a zero in a column counts as 0 ln 0 = 0 (U11)",
          "[judge][weights]") {
  const numbers w = entropy_weights(std::vector<numbers>{{0, 1, 2}, {5, 5, 5}, {1, 2, 1}}, entropy_transform::shares).value();
  CHECK_THAT(std::accumulate(w.begin(), w.end(), 0.0), WithinAbs(1, 1e-15));
  CHECK(w[0] > w[2]);
  CHECK(w[1] == 0);
}

TEST_CASE("entropy weights are none where nothing differs, shares are negative, or a column has one unit (U11)", "[judge][weights]") {
  const auto why = [](const std::vector<numbers>& columns, entropy_transform transform = entropy_transform::shares) {
    return entropy_weights(columns, transform).why();
  };
  CHECK(why({{2, 2}, {3, 3}}) == reason::denominator_zero);
  CHECK(why({{0, 0}, {1, 3}}) == reason::denominator_zero);
  CHECK(why({{-1, 2}}) == reason::not_scalable);
  CHECK(why({{1}, {1, 2}}, entropy_transform::min_max) == reason::too_few_observations);
  CHECK(why({}) == reason::too_few_observations);
  CHECK(entropy_weights(std::vector<numbers>{{-1, 2}}, entropy_transform::min_max) == numbers{1});
}

TEST_CASE("an effective weight is the product of the normalised weights on its path (U6a)", "[judge][weights]") {
  const std::vector<std::uint32_t> parent{top, 0, 0, 1, 1, 2};
  const numbers effective = effective_weights(parent, numbers{1, 3, 1, 1, 1, 7});
  CHECK(effective == numbers{1, 0.75, 0.25, 0.375, 0.375, 0.25});
  CHECK(effective_weights(parent, numbers{1, 0, 0, 1, 1, 1}) == numbers{1, 0, 0, 0, 0, 0});
  CHECK_THROWS_AS(effective_weights(std::vector<std::uint32_t>{1, top}, numbers{1, 1}), invalid_option);
}
