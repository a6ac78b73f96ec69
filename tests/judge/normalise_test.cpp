#include <attain/core/error.hpp>
#include <attain/judge/normalise.hpp>

#include "support/catch.hpp"

#include <cmath>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

using numbers = std::vector<double>;

sample_options falling() { return {.larger_is_better = false}; }

}  // namespace

TEST_CASE("goalposts score the share of the way, whichever way they stand, and clamp each end unless told not to",
          "[judge][normalise]") {
  CHECK(goalpost_score(52.5, {.worst = 20, .best = 85}) == 0.5);
  CHECK(goalpost_score(90, {.worst = 20, .best = 85}) == 1.0);
  CHECK(goalpost_score(1, {.worst = 10, .best = 0}) == 0.9);
  CHECK(goalpost_score(11, {.worst = 10, .best = 0, .clamp_low = false}).value() < 0);
  CHECK(goalpost_score(-5, {.worst = 10, .best = 0, .clamp_high = false}) == 1.5);
  CHECK_THAT(goalpost_score(std::sqrt(100.0 * 75000), {.worst = 100, .best = 75000, .logarithmic = true}).value(),
             WithinAbs(0.5, 1e-15));
}

TEST_CASE("goalposts have no score between equal posts and for logarithms of nothing", "[judge][normalise]") {
  CHECK(goalpost_score(1, {.worst = 2, .best = 2}) == reason::goal_equals_baseline);
  CHECK(goalpost_score(1, {.worst = 0, .best = 2, .logarithmic = true}) == reason::not_scalable);
  CHECK(goalpost_score(0, {.worst = 1, .best = 2, .logarithmic = true}) == 0.0);
  CHECK(goalpost_score(0, {.worst = 2, .best = 1, .logarithmic = true}) == 1.0);
  CHECK(goalpost_score(0, {.worst = 1, .best = 2, .logarithmic = true, .clamp_low = false}) == reason::not_scalable);
}

TEST_CASE("efficacy coefficients and intervals come out as Chinese practice publishes them", "[judge][normalise]") {
  CHECK_THAT(efficacy_score(5.81, 6, 12).value(), WithinAbs(58.73, 0.005));
  CHECK_THAT(interval_score(35.2, 36, 37, 1.4).value(), WithinAbs(0.4286, 5e-5));
  CHECK(interval_score(36.6, 36, 37, 1.4) == 1.0);
  CHECK_THAT(interval_score(38.4, 36, 37, 1.4).value(), WithinAbs(0, 1e-12));
  CHECK(interval_score(38, 36, 37, 0) == reason::denominator_zero);
}

TEST_CASE("references and steps", "[judge][normalise]") {
  CHECK(ratio_to_reference(3, 2) == 1.5);
  CHECK(distance_to_reference(-1, -2) == 0.5);
  CHECK(ratio_to_reference(3, 0) == reason::denominator_zero);
  CHECK(stepped_score(85, numbers{95, 85, 65}, numbers{100, 80, 60}, 0) == 60);
  CHECK(stepped_score(96, numbers{95, 85, 65}, numbers{100, 80, 60}, 0) == 100);
  CHECK_THROWS_AS(stepped_score(1, numbers{1, 2}, numbers{1, 2}, 0), invalid_option);
}

TEST_CASE("a sample's scores turn with the direction, and a higher score is the better one", "[judge][normalise]") {
  const numbers x{66, 61, 95};
  CHECK(sample_scores(x, sample_scale::min_max).value()[1] == 0);
  CHECK(sample_scores(x, sample_scale::min_max, falling()).value()[1] == 1);
  CHECK(sample_scores(x, sample_scale::rank) == numbers{2, 1, 3});
  CHECK(sample_scores(x, sample_scale::rank, falling()) == numbers{2, 3, 1});
  CHECK_THAT(sample_scores(x, sample_scale::ratio_to_best, falling()).value()[0], WithinAbs(61.0 / 66, 1e-15));
  CHECK_THAT(sample_scores(x, sample_scale::share_of_sum).value()[2], WithinAbs(95.0 / 222, 1e-15));
  CHECK_THAT(sample_scores(x, sample_scale::nonlinear, falling()).value()[2], WithinAbs(std::pow(61.0 / 95, 3), 1e-15));
}

TEST_CASE("a z-score names its divisor", "[judge][normalise]") {
  const numbers x{1, 3};
  CHECK_THAT(sample_scores(x, sample_scale::z_score).value()[1], WithinAbs(std::sqrt(0.5), 1e-15));
  CHECK(sample_scores(x, sample_scale::z_score, {.spread = divisor::n}).value()[1] == 1);
  CHECK(sample_scores(numbers{1}, sample_scale::z_score) == reason::too_few_observations);
}

TEST_CASE("equal values share a rank as named, best or worst alike", "[judge][normalise]") {
  const numbers x{5, 7, 7, 9};
  const auto ranks = [&](ties how, bool up = true) {
    return sample_scores(x, sample_scale::rank, {.larger_is_better = up, .ties = how}).value();
  };
  CHECK(ranks(ties::least) == numbers{1, 2, 2, 4});
  CHECK(ranks(ties::average) == numbers{1, 2.5, 2.5, 4});
  CHECK(ranks(ties::dense) == numbers{1, 2, 2, 3});
  CHECK(ranks(ties::greatest) == numbers{1, 3, 3, 4});
  CHECK(ranks(ties::least, false) == numbers{4, 2, 2, 1});
  CHECK(ranks(ties::dense, false) == numbers{3, 2, 2, 1});
}

TEST_CASE("a sample that a scale cannot take has a reason, never a NaN", "[judge][normalise]") {
  CHECK(sample_scores(numbers{3, 3}, sample_scale::min_max) == reason::denominator_zero);
  CHECK(sample_scores(numbers{3, 3}, sample_scale::z_score) == reason::denominator_zero);
  CHECK(sample_scores({}, sample_scale::rank) == reason::too_few_observations);
  for (const auto scale : {sample_scale::share_of_greatest, sample_scale::ratio_to_best, sample_scale::zavadskas_turskis,
                           sample_scale::logarithmic, sample_scale::share_of_sum, sample_scale::nonlinear}) {
    CHECK(sample_scores(numbers{-2, -1}, scale) == reason::not_scalable);
  }
}

TEST_CASE("the distance to a target begins at the worst of the sample, which must not have reached it", "[judge][normalise]") {
  CHECK(distance_to_target(numbers{0, 5, 11}, 10) == numbers{0, 0.5, 1.1});
  CHECK(distance_to_target(numbers{0, 5, 11}, 10, true, true) == numbers{0, 0.5, 1});
  CHECK(distance_to_target(numbers{-1, 1, 10}, 0, false) == numbers{1.1, 0.9, 0});
  CHECK(distance_to_target(numbers{1, 2, 3}, 0.5) == reason::not_scalable);
  CHECK(around_mean(numbers{1, 2, 3}, 0.2) == numbers{-1, 0, 1});
  CHECK(around_mean(numbers{-1, 1}, 0.2) == reason::not_scalable);
}

TEST_CASE("z-scores and shares of the length do not depend on how large or small the unit is", "[judge][normalise]") {
  for (const double unit : {1e-300, 1e-170, 1e170, 1e300}) {
    const std::vector<double> x{0, 3 * unit, 6 * unit};
    const auto z = sample_scores(x, sample_scale::z_score).value();
    CHECK_THAT(z.front(), WithinAbs(-1, 1e-12));
    CHECK_THAT(z.back(), WithinAbs(1, 1e-12));
    CHECK_THAT(sample_scores(std::vector<double>{3 * unit, 4 * unit}, sample_scale::share_of_length).value().back(), WithinAbs(0.8, 1e-12));
  }
}
