#include <attain/judge/decomposition.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <span>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

constexpr double absent = std::numeric_limits<double>::infinity();

double mean_of(double exponent, std::span<const child_change> children, bool after) {
  double all = 0;
  double sum = 0;
  for (const child_change& c : children) {
    const double w = after ? c.weight_after : c.weight_before;
    all += w;
    if (w > 0) sum += w * power_transform(exponent, after ? c.score_after : c.score_before);
  }
  return exponent == 0 ? std::exp(sum / all) : std::pow(sum / all, 1 / exponent);
}

double least_of(const std::vector<double>& before, const std::vector<double>& after, std::span<const std::uint8_t> changed) {
  double least = absent;
  for (std::size_t i = 0; i < changed.size(); ++i) least = (std::min)(least, changed[i] != 0 ? after[i] : before[i]);
  return least;
}

double total(const std::vector<double>& parts) { return std::accumulate(parts.begin(), parts.end(), 0.0); }

}  // namespace

TEST_CASE("parts of a mean are its change, for any exponent and any change of weights", "[judge][decomposition]") {
  random_stream random(1, 0);
  for (int trial = 0; trial < 2000; ++trial) {
    const double exponent = std::vector<double>{1, 0, -1, 2, 0.5, -3}[static_cast<std::size_t>(trial) % 6];
    std::vector<child_change> children(2 + random.below(7));
    for (child_change& c : children) {
      c = {.score_before = 0.05 + random.uniform(), .score_after = 0.05 + random.uniform(),
           .weight_before = random.below(5) == 0 ? 0 : random.uniform(), .weight_after = random.below(5) == 0 ? 0 : random.uniform()};
      if (random.below(4) == 0) c.score_after = c.score_before * (1 + 1e-9 * random.uniform());
    }
    children[0].weight_before = children[1].weight_after = 1;
    const double change = mean_of(exponent, children, true) - mean_of(exponent, children, false);
    double parts = 0;
    for (const child_part& p : split_mean(exponent, children)) parts += p.by_score + p.by_weight;
    CHECK_THAT(parts, WithinAbs(change, 1e-13));
  }
}

TEST_CASE("parts do not depend on the order of the children", "[judge][decomposition]") {
  std::vector<child_change> children{{0.2, 0.5, 1, 3}, {0.7, 0.4, 2, 2}, {0.9, 0.9, 0.1, 0}, {0.3, 0.31, 5, 1}};
  const auto straight = split_mean(0, children);
  std::reverse(children.begin(), children.end());
  const auto reversed = split_mean(0, children);
  for (std::size_t i = 0; i < children.size(); ++i) {
    CHECK(straight[i].by_score == reversed[children.size() - 1 - i].by_score);
    CHECK(straight[i].by_weight == reversed[children.size() - 1 - i].by_weight);
  }
}

TEST_CASE("going back undoes every part", "[judge][decomposition]") {
  const std::vector<child_change> there{{0.2, 0.5, 1, 3}, {0.7, 0.4, 2, 2}};
  const std::vector<child_change> back{{0.5, 0.2, 3, 1}, {0.4, 0.7, 2, 2}};
  const auto a = split_mean(0, there);
  const auto b = split_mean(0, back);
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK_THAT(a[i].by_score, WithinAbs(-b[i].by_score, 1e-13));
    CHECK_THAT(a[i].by_weight, WithinAbs(-b[i].by_weight, 1e-13));
  }
}

TEST_CASE("weight that moves to a child above the mean counts as a gain", "[judge][decomposition]") {
  const std::vector<child_change> children{{0.9, 0.9, 1, 2}, {0.3, 0.3, 2, 1}};
  for (const double exponent : {1.0, 0.0, -1.0}) {
    const auto parts = split_mean(exponent, children);
    CHECK(parts[0].by_weight > 0);
    CHECK(parts[1].by_weight > 0);
    CHECK(parts[0].by_score == 0);
  }
}

TEST_CASE("a child that appears is presence, not performance", "[judge][decomposition]") {
  const std::vector<child_change> children{{0.5, 0.5, 1, 1}, {0, 0.9, 0, 1}};
  const auto parts = split_mean(1, children);
  CHECK(parts[1].by_score == 0);
  CHECK_THAT(parts[0].by_weight + parts[1].by_weight, WithinAbs(0.2, 1e-15));
}

TEST_CASE("a child that stays at 0 contributes nothing, whatever the exponent", "[judge][decomposition]") {
  for (const double exponent : {0.5, 1.0, 3.0}) {
    const auto some = split_mean(exponent, std::vector<child_change>{{0, 0, 1, 1}, {0.5, 0.7, 1, 1}});
    CHECK(some[0].by_score + some[0].by_weight == 0);
    CHECK(std::isfinite(some[0].carry));
    for (const child_part& p : split_mean(exponent, std::vector<child_change>{{0, 0, 1, 3}, {0, 0, 2, 2}})) {
      CHECK(p.by_score + p.by_weight == 0);
      CHECK(std::isfinite(p.carry));
    }
  }
}

TEST_CASE("secants of close scores do not cancel", "[judge][decomposition]") {
  for (const double exponent : {0.0, -1.0, 0.5, 3.0}) {
    const double slope = exponent == 0 ? 1 / 0.7 : exponent * std::pow(0.7, exponent - 1);
    CHECK_THAT(secant_slope(exponent, 0.7, 0.7 + 1e-14), WithinRel(slope, 1e-12));
    const double near = secant_slope(exponent, 0.7, 0.7 * 1.0019);  // the expansion
    const double far = secant_slope(exponent, 0.7, 0.7 * 1.0021);   // the quotient
    CHECK_THAT(near, WithinRel(far, 5e-4));
    const double h = 0.7 * 1.0019;
    const double quotient = exponent == 0 ? std::log(h / 0.7) / (h - 0.7) : (std::pow(h, exponent) - std::pow(0.7, exponent)) / (h - 0.7);
    CHECK_THAT(near, WithinRel(quotient, 1e-11));
  }
}

TEST_CASE("the airport game has the published Shapley values", "[judge][decomposition]") {
  const std::vector<double> costs{8, 11, 13, 18};
  const auto greatest = [&](std::span<const std::uint8_t> in) {
    double most = 0;
    for (std::size_t i = 0; i < costs.size(); ++i) most = in[i] != 0 ? (std::max)(most, costs[i]) : most;
    return most;
  };
  const std::vector<double> published{2, 3, 4, 9};
  const auto found = shapley(costs.size(), greatest).parts;
  for (std::size_t i = 0; i < 4; ++i) CHECK_THAT(found[i], WithinAbs(published[i], 1e-12));
}

TEST_CASE("beyond twelve parts orders are sampled, within their errors and to the same total", "[judge][decomposition]") {
  const auto value = [](std::span<const std::uint8_t> in) {
    double sum = 0;
    double most = 0;
    for (std::size_t i = 0; i < in.size(); ++i) {
      sum += in[i] != 0 ? static_cast<double>(i) : 0;
      most = in[i] != 0 ? (std::max)(most, static_cast<double>(i)) : most;
    }
    return sum + most;
  };
  const auto found = shapley(14, value, 5, 4000);
  REQUIRE(found.errors.size() == 14);
  CHECK_THAT(total(found.parts), WithinAbs(91 + 13, 1e-9));
  double share = 0;  // of the greatest: the airport game with costs 0, 1, …, 13
  for (std::size_t i = 0; i < 14; ++i) {
    share += i == 0 ? 0 : 1.0 / static_cast<double>(14 - i);
    CHECK_THAT(found.parts[i], WithinAbs(static_cast<double>(i) + share, 5 * found.errors[i] + 1e-9));
  }
  CHECK(shapley(14, value, 5, 4000).parts == found.parts);
  CHECK(shapley(14, value, 6, 4000).parts != found.parts);
}

TEST_CASE("the least splits into its Shapley values, children that come and go included", "[judge][decomposition]") {
  random_stream random(9, 0);
  for (int trial = 0; trial < 300; ++trial) {
    const std::size_t n = 1 + random.below(6);
    std::vector<double> before(n);
    std::vector<double> after(n);
    for (std::size_t i = 0; i < n; ++i) {
      before[i] = random.below(9) * 0.125;
      after[i] = random.below(9) * 0.125;
    }
    const auto exact = shapley(n, [&](std::span<const std::uint8_t> in) { return least_of(before, after, in); }).parts;
    const auto found = split_least(before, after);
    for (std::size_t i = 0; i < n; ++i) CHECK_THAT(found[i], WithinAbs(exact[i], 1e-13));
  }
  const std::vector<double> parts = split_least(std::vector<double>{0.5, absent}, std::vector<double>{0.6, 0.2});
  CHECK_THAT(total(parts), WithinAbs(-0.3, 1e-15));
  CHECK(parts[1] < 0);
}

TEST_CASE("a product splits by the logarithmic mean (LMDI-I)", "[judge][decomposition]") {
  const auto parts = split_product(37.5, 300, std::vector<double>{100, 0.25, 1.5}, std::vector<double>{200, 0.5, 3});
  for (const double part : parts) CHECK_THAT(part, WithinRel(87.5, 1e-12));
  CHECK(logarithmic_mean(3, 3) == 3);
  CHECK(logarithmic_mean(0, 3) == 0);
}

TEST_CASE("the logarithmic mean of amounts near the ends of the range is between them", "[judge][decomposition]") {
  CHECK_THAT(logarithmic_mean(1e300, 1e-300) / 1e300, WithinAbs(1 / (600 * 2.302585092994046), 1e-12));
  CHECK_THAT(logarithmic_mean(1e308, 1.0000001e308) / 1e308, WithinAbs(1.00000005, 1e-9));
}
