#include <attain/core/error.hpp>
#include <attain/judge/aggregate.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

using numbers = std::vector<double>;
constexpr double infinite = std::numeric_limits<double>::infinity();

struct children {
  numbers scores;
  numbers weights;
};

// Scores within (0, 1), weights of which some are 0, never all.
children random_children(std::mt19937& random) {
  std::uniform_real_distribution<double> share(0.001, 1);
  children c;
  const auto n = 1 + random() % 9;
  for (unsigned i = 0; i < n; ++i) {
    c.scores.push_back(share(random));
    c.weights.push_back(i > 0 && random() % 5 == 0 ? 0 : share(random) * 10);
  }
  return c;
}

void reverse(children& c) {
  std::reverse(c.scores.begin(), c.scores.end());
  std::reverse(c.weights.begin(), c.weights.end());
}

const aggregation all_kinds[] = {aggregation::weighted_mean, aggregation::geometric_mean, aggregation::harmonic_mean,
                                 aggregation::power_mean, aggregation::least, aggregation::greatest, aggregation::mean_min,
                                 aggregation::penalised_mean, aggregation::weighted_median, aggregation::share_met,
                                 aggregation::all_met, aggregation::worst};

}  // namespace

TEST_CASE("means of the handbook come out as printed (U10)", "[judge][aggregate]") {
  const numbers even{1, 1, 1, 1};
  CHECK_THAT(geometric_mean(numbers{21, 1, 1, 1}, even).value(), WithinAbs(2.14, 0.005));
  CHECK_THAT(geometric_mean(numbers{6, 6, 6, 6}, even).value(), WithinRel(6.0, 1e-15));
  CHECK_THAT(geometric_mean(numbers{1, 2, 3}, numbers{1, 1, 2}).value(), WithinRel(2.0597671439071177, 1e-14));
  CHECK_THAT(harmonic_mean(numbers{1, 2, 3}, numbers{2, 1, 1}).value(), WithinRel(1.4117647058823528, 1e-14));
  CHECK_THAT(power_mean(numbers{1, 7}, numbers{1, 1}, 2).value(), WithinRel(5.0, 1e-14));
}

TEST_CASE("a power mean grows with its exponent, between the least and the greatest, and passes smoothly through 0 (U10)",
          "[judge][aggregate]") {
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    const children c = random_children(random);
    double before = least(c.scores, c.weights).value();
    for (const double p : {-infinite, -300.0, -7.0, -1.0, -1e-9, 0.0, 1e-9, 0.5, 1.0, 3.0, 300.0, infinite}) {
      const double mean = power_mean(c.scores, c.weights, p).value();
      CHECK(mean >= before * (1 - 1e-13));
      before = mean;
    }
    CHECK(before == greatest(c.scores, c.weights).value());
    const double middle = geometric_mean(c.scores, c.weights).value();
    CHECK_THAT(power_mean(c.scores, c.weights, 1e-9).value(), WithinRel(middle, 1e-8));
    CHECK_THAT(power_mean(c.scores, c.weights, 1e5).value(), WithinRel(*greatest(c.scores, c.weights), 1e-3));
  }
}

TEST_CASE("no aggregator depends on the order of children, on a common factor of their weights or on children of weight 0 (U7)",
          "[judge][aggregate]") {
  std::mt19937 random(2);
  for (int round = 0; round < 100; ++round) {
    const children c = random_children(random);
    children other = c;
    reverse(other);
    for (double& w : other.weights) w *= 8;
    other.scores.push_back(0);
    other.weights.push_back(0);
    for (const aggregation kind : all_kinds) {
      const aggregator how{.kind = kind, .exponent = 2.5, .alpha = 0.5, .beta = 0.1};
      CHECK(aggregate(how, c.scores, c.weights) == aggregate(how, other.scores, other.weights));
    }
  }
}

TEST_CASE("an aggregator of equal scores is that score, or 0 of what counts those that have come to 1 (U10)", "[judge][aggregate]") {
  for (const aggregation kind : all_kinds) {
    const bool counts = kind == aggregation::share_met || kind == aggregation::all_met;
    const aggregator how{.kind = kind, .exponent = -2, .alpha = 1, .beta = 0.5};
    CHECK_THAT(aggregate(how, numbers{0.7, 0.7, 0.7}, numbers{1, 2, 5}).value(), WithinAbs(counts ? 0 : 0.7, 1e-15));
    CHECK(aggregate(how, {}, {}) == reason::no_observation);
    CHECK(aggregate(how, numbers{1}, numbers{0}) == reason::no_observation);
  }
}

TEST_CASE("a score of 0 makes means of exponent 0 or less 0, a negative one has no mean, and a floor lifts it (U10)",
          "[judge][aggregate]") {
  const numbers even{1, 1};
  CHECK(geometric_mean(numbers{0, 1}, even) == 0.0);
  CHECK(harmonic_mean(numbers{0, 1}, even) == 0.0);
  CHECK(geometric_mean(numbers{0, 1}, numbers{0, 1}) == 1.0);
  CHECK(harmonic_mean(numbers{-1, 1}, even) == reason::not_scalable);
  CHECK(power_mean(numbers{-1, 1}, even, 0.5) == reason::not_scalable);
  CHECK(weighted_mean(numbers{-1, 1}, even) == 0.0);
  CHECK(least(numbers{-1, 1}, even) == -1.0);
  CHECK_THAT(aggregate({.kind = aggregation::geometric_mean, .floor = 0.01}, numbers{0, 1}, even).value(), WithinRel(0.1, 1e-14));
}

TEST_CASE("mean-min goes from the mean to the least (U10)", "[judge][aggregate]") {
  const numbers scores{0.2, 0.4, 0.9};
  const numbers weights{1, 1, 1};
  CHECK_THAT(mean_min(scores, weights, 0, 0).value(), WithinAbs(0.5, 1e-15));
  CHECK_THAT(mean_min(scores, weights, 1, 0).value(), WithinAbs(0.2, 1e-15));
  CHECK_THAT(mean_min(scores, weights, 0.5, 0.4).value(), WithinAbs(0.45, 1e-15));  // √(0.3² + 0.4²) = 0.5
}

TEST_CASE("a penalised mean loses the square of its spread over the mean, either way (U10)", "[judge][aggregate]") {
  const numbers scores{0.4, 0.6};
  const numbers weights{1, 1};
  CHECK_THAT(penalised_mean(scores, weights).value(), WithinAbs(0.48, 1e-15));  // 0.5 − 0.01/0.5
  CHECK_THAT(penalised_mean(scores, weights, divisor::n_minus_1).value(), WithinAbs(0.46, 1e-15));
  CHECK_THAT(penalised_mean(scores, weights, divisor::n, penalty::up).value(), WithinAbs(0.52, 1e-15));
  CHECK(penalised_mean(numbers{0.5}, numbers{1}, divisor::n_minus_1) == reason::too_few_observations);
  CHECK(penalised_mean(numbers{0, 0}, weights) == 0.0);
  CHECK(penalised_mean(numbers{-1, 1}, weights) == reason::not_scalable);
}

TEST_CASE("a weighted median is the ordinary one for equal weights and lies between two where half the weight ends there (U10)",
          "[judge][aggregate]") {
  CHECK(weighted_median(numbers{3, 1, 2}, numbers{1, 1, 1}) == 2.0);
  CHECK(weighted_median(numbers{4, 1, 2, 3}, numbers{1, 1, 1, 1}) == 2.5);
  CHECK(weighted_median(numbers{4, 1, 2}, numbers{0.1, 0.1, 5}) == 2.0);
  CHECK(weighted_median(numbers{1, 2}, numbers{0.3, 0.1}) == 1.0);
}

TEST_CASE("share met and all met see a score of 1 within 1e-9 (U10)", "[judge][aggregate]") {
  const numbers scores{1 - 1e-10, 0.999, 1.2};
  CHECK(share_met(scores, numbers{1, 2, 1}) == 0.5);
  CHECK(all_met(scores, numbers{1, 2, 1}) == 0.0);
  CHECK(all_met(scores, numbers{1, 0, 1}) == 1.0);
}

TEST_CASE("aggregators refuse what is no column of scores and weights, with the place", "[judge][aggregate]") {
  const double not_a_number = std::numeric_limits<double>::quiet_NaN();
  const auto refused = [](auto call) -> std::string {
    try {
      call();
    } catch (const invalid_option& e) {
      return std::string(to_string(e.code())) + " " + e.findings()[0].where;
    }
    return "";
  };
  CHECK(refused([&] { weighted_mean(numbers{1, not_a_number}, numbers{1, 1}); }) == "not_finite scores[1]");
  CHECK(refused([&] { weighted_mean(numbers{1, 2}, numbers{-1, 2}); }) == "negative_weight weights[0]");
  CHECK(refused([&] { least(numbers{1, 2}, numbers{1}); }) == "out_of_range weights");
  CHECK(refused([&] { power_mean(numbers{1}, numbers{1}, not_a_number); }) == "out_of_range exponent");
  CHECK(refused([&] { mean_min(numbers{1}, numbers{1}, 2, 0); }) == "out_of_range alpha");
}

TEST_CASE("an aggregator of a specification has its parameters, and an exponent if it is a power mean", "[judge][aggregate]") {
  roll_up_spec spec;
  CHECK(exponent_of(aggregator::of(spec)) == 1);
  spec.aggregator = "harmonic_mean";
  spec.floor = 0.1;
  CHECK(exponent_of(aggregator::of(spec)) == -1);
  CHECK(aggregator::of(spec).floor == 0.1);
  spec.aggregator = "power_mean";
  spec.exponent = 3;
  CHECK(exponent_of(aggregator::of(spec)) == 3);
  spec.aggregator = "mean_min";
  CHECK_FALSE(exponent_of(aggregator::of(spec)));
  spec.aggregator = "custom:median@1";
  CHECK(aggregator::of(spec).kind == aggregation::custom);
}

TEST_CASE("a geometric mean of positive scores is not 0, however far apart they are", "[judge][aggregate]") {
  CHECK_THAT(geometric_mean(std::vector<double>{1e300, 1e-300}, std::vector<double>{1, 1}).value(), WithinAbs(1, 1e-12));
  CHECK(geometric_mean(std::vector<double>{1e300, 1e-300}, std::vector<double>{1, 1e6}).value() > 0);
}

TEST_CASE("a mean whose terms are beyond the range of double is an overflow, and ends no program", "[judge][aggregate]") {
  CHECK(weighted_mean(std::vector<double>{1e300, 1}, std::vector<double>{1e9, 1}) == reason::overflow);
  CHECK(penalised_mean(std::vector<double>{1e200, 2e200}, std::vector<double>{1, 1}) == reason::overflow);
}
