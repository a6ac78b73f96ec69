#include <attain/judge/firmness.hpp>

#include <attain/core/error.hpp>
#include <attain/core/random.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

// Two groups, of two leaves and of one.
const score_tree tree{.parent = {0, 0, 0, 1, 1, 2}, .weight = {0, 3, 1, 1, 1, 1}};

score_sheet sheet(std::vector<double> score) { return {.units = score.size() / 3, .score = std::move(score)}; }

score_tree wide(std::uint32_t leaves) {
  score_tree made{.parent = {0}, .weight = {0}};
  for (std::uint32_t group = 0; group < 8; ++group) {
    made.parent.push_back(0);
    made.weight.push_back(1);
  }
  for (std::uint32_t leaf = 0; leaf < leaves; ++leaf) {
    made.parent.push_back(1 + leaf % 8);
    made.weight.push_back(1 + leaf % 3);
  }
  return made;
}

score_sheet random_sheet(std::size_t units, std::size_t leaves) {
  random_stream random(4, 0);
  score_sheet made{.units = units, .score = std::vector<double>(units * leaves)};
  for (double& score : made.score) score = random.uniform();
  return made;
}

}  // namespace

TEST_CASE("a score is the mean of means, and equal scores share the best rank", "[judge][firmness]") {
  const auto scores = scores_of(tree, sheet({0.2, 0.4, 0.8, 0.9, 0.5, 0.1, 0.2, 0.4, 0.8}));
  CHECK_THAT(*scores[0], WithinRel(0.75 * 0.3 + 0.25 * 0.8, 1e-12));
  CHECK_THAT(*scores[1], WithinRel(0.75 * 0.7 + 0.25 * 0.1, 1e-12));
  CHECK(ranks_by_score(scores) == std::vector<std::int32_t>{2, 1, 2});
}

TEST_CASE("a missing leaf leaves its weight to its siblings", "[judge][firmness]") {
  score_sheet some = sheet({0.2, 0.4, 0.8, 0.9, 0.5, 0.1});
  some.missing = {0, 1, 0, 1, 1, 1};
  const auto scores = scores_of(tree, some);
  CHECK_THAT(*scores[0], WithinRel(0.75 * 0.2 + 0.25 * 0.8, 1e-12));
  CHECK(scores[1] == reason::no_observation);
  CHECK(ranks_by_score(scores) == std::vector<std::int32_t>{1, 0});
}

TEST_CASE("leaving a node out is giving it no weight", "[judge][firmness]") {
  const score_sheet some = sheet({0.2, 0.4, 0.8, 0.9, 0.5, 0.1});
  const auto all = leave_one_out(tree, some);
  REQUIRE(all.size() == 5);
  CHECK(all[0].node == 1);
  CHECK(*all[0].scores[0] == 0.8);
  CHECK(all[0].ranks == std::vector<std::int32_t>{1, 2});
  CHECK(all[0].mean_rank_shift == 1);
  CHECK_THAT(*all[3].scores[1], WithinRel(0.75 * 0.9 + 0.25 * 0.1, 1e-12));
}

TEST_CASE("the shift of ranks is a mean over the units that have one both times", "[judge][firmness]") {
  without_node one{.node = 1, .scores = {0.5, 0.75, reason::no_observation, 0.25}, .ranks = {}};
  rank_without(std::vector<std::int32_t>{1, 2, 3, 0}, one);
  CHECK(one.ranks == std::vector<std::int32_t>{2, 1, 0, 3});
  CHECK(one.mean_rank_shift == 1);
}

TEST_CASE("within its range a weight keeps all ranks, beyond it does not", "[judge][firmness]") {
  const score_tree big = wide(20);
  const score_sheet some = random_sheet(6, 20);
  const auto ranks = ranks_by_score(scores_of(big, some));
  const auto ranges = *stable_weights(big, some);
  for (std::uint32_t node = 1; node < big.size(); ++node) {
    double others = 0;
    for (std::uint32_t i = 1; i < big.size(); ++i) others += big.parent[i] == big.parent[node] && i != node ? big.weight[i] : 0;
    const auto ranks_at = [&](double share) {
      score_tree moved = big;
      moved.weight[node] = others * share / (1 - share);
      return ranks_by_score(scores_of(moved, some));
    };
    const weight_range& r = ranges[node];
    CHECK_THAT(r.share, WithinRel(big.weight[node] / (big.weight[node] + others), 1e-12));
    CHECK(ranks_at(r.share) == ranks);
    if (r.least > 1e-6) {
      CHECK(ranks_at(r.least + 1e-7) == ranks);
      CHECK(ranks_at(r.least - 1e-7) != ranks);
    }
    if (r.most < 1 - 1e-6) {
      CHECK(ranks_at(r.most - 1e-7) == ranks);
      CHECK(ranks_at(r.most + 1e-7) != ranks);
    }
  }
}

TEST_CASE("results of draws do not depend on the number of threads", "[judge][firmness]") {
  const score_tree big = wide(20);
  const score_sheet some = random_sheet(9, 20);
  firmness_options options{.seed = 3, .draws = 5000, .data_error = 0.05};
  const firmness one = firmness_of(big, some, options);
  options.threads = 3;
  const firmness three = firmness_of(big, some, options);
  CHECK(one.mean == three.mean);
  CHECK(one.deviation == three.deviation);
  CHECK(one.rank_share == three.rank_share);
  options.seed = 4;
  CHECK(firmness_of(big, some, options).mean != one.mean);
}

TEST_CASE("beside scores that were worked out elsewhere the same is drawn, and they are the ones given", "[judge][firmness]") {
  const score_tree big = wide(20);
  const score_sheet some = random_sheet(9, 20);
  const firmness_options options{.seed = 3, .draws = 500};
  const std::vector<answer<double>> own = scores_of(big, some);
  CHECK(firmness_of(big, some, own, options).deviation == firmness_of(big, some, options).deviation);
  std::vector<answer<double>> last_bit = own;
  last_bit[0] = std::nextafter(*own[0], 1.0);
  const firmness beside = firmness_of(big, some, last_bit, options);
  CHECK(beside.scores == last_bit);
  CHECK(beside.rank_share == firmness_of(big, some, options).rank_share);
  CHECK_THROWS_AS(firmness_of(big, some, {own[0]}, options), invalid_option);
}

TEST_CASE("shares of ranks add up, and draws spread as their distributions do", "[judge][firmness]") {
  const score_tree flat{.parent = {0, 0, 0}, .weight = {0, 1, 3}};
  const score_sheet two{.units = 2, .score = {1, 0, 0, 1}};
  // The share of the first leaf has a Beta(1, 3) distribution.
  const firmness by_weight = firmness_of(flat, two, {.draws = 40000, .amount = 4});
  CHECK_THAT(by_weight.mean[0], WithinAbs(0.25, 0.005));
  CHECK_THAT(by_weight.deviation[0], WithinAbs(std::sqrt(0.25 * 0.75 / 5), 0.005));
  CHECK_THAT(by_weight.rank_share[0], WithinAbs(0.125, 0.01));  // P(share > 1/2) = 1/8
  CHECK_THAT(by_weight.rank_share[0] + by_weight.rank_share[1], WithinAbs(1, 1e-12));

  const firmness by_data = firmness_of(flat, two, {.draws = 40000, .weights = weight_noise::fixed, .data_error = 0.2});
  CHECK_THAT(by_data.deviation[0], WithinAbs(0.2 * std::sqrt(0.25 * 0.25 + 0.75 * 0.75), 0.003));
  score_sheet with_gap = two;  // an absent third unit goes the way of missing scores
  with_gap.units = 3;
  with_gap.score.insert(with_gap.score.end(), {0, 0});
  with_gap.missing = {0, 0, 0, 0, 1, 1};
  const firmness gap = firmness_of(flat, with_gap, {.draws = 40000, .weights = weight_noise::fixed, .data_error = 0.2});
  CHECK_THAT(gap.deviation[0], WithinAbs(by_data.deviation[0], 0.003));
  CHECK(gap.ranks[2] == 0);
  CHECK(gap.mean_rank[2] == 0);
}

TEST_CASE("what cannot be is refused, with its place", "[judge][firmness]") {
  const score_sheet some = sheet({0.2, 0.4, 0.8});
  CHECK_THROWS_AS(scores_of({.parent = {0, 2, 0}, .weight = {0, 1, 1}}, some), invalid_option);
  CHECK_THROWS_AS(scores_of({.parent = {0, 0}, .weight = {0, -1}}, some), invalid_option);
  CHECK_THROWS_AS(scores_of(tree, sheet({0.2, 0.4, 0.8, 0.9, 0.5, 0.1, 0.2})), invalid_option);
  CHECK_THROWS_AS(firmness_of(tree, some, {.draws = 0}), invalid_option);
  CHECK_THROWS_AS(firmness_of(tree, some, {.weights = weight_noise::relative, .amount = 2}), invalid_option);
}
