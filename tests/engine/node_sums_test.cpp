#include <attain/engine/node_sums.hpp>

#include <attain/engine/impl/leaf_sums.hpp>
#include <attain/engine/roll_up.hpp>

#include "engine/bits.hpp"
#include "engine/scene.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

using namespace attain;
using namespace attain::test;

TEST_CASE("the sums of a node do not depend on order, and subtracting undoes adding (U7)", "[engine][node_sums][property]") {
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", 75);
  const evaluation now = of.at("2021-09-30");
  std::mt19937 random(5);
  std::uniform_real_distribution<double> share(0, 1);
  std::vector<contribution> children(500);
  for (contribution& c : children) {
    c = {.weight = share(random), .in_mean = random() % 3 != 0, .attainment = share(random), .expected = share(random),
         .answered = share(random), .due = 1, .applicable = 1, .holds = share(random), .held = share(random), .in_bounds = random() % 4 != 0,
         .lower = share(random), .upper = share(random), .failing = random() % 5 == 0, .leaves = {.all = 1, .progress = 1}};
  }
  const auto means = [&](const std::vector<contribution>& of_these, const std::vector<contribution>& not_these) {
    node_sums sums;
    for (const contribution& c : of_these) sums.add(c);
    for (const contribution& c : not_these) sums.add(c);
    for (const contribution& c : not_these) sums.subtract(c);
    return sums.means(now.data().compiled->nodes.plans[0], now.data().compiled->nodes.all_weight[0]);
  };
  const node_result expected = means(children, {});
  std::vector<contribution> others(children.begin(), children.begin() + 77);
  for (contribution& c : others) c.attainment /= 3;
  for (int i = 0; i < 50; ++i) {
    std::shuffle(children.begin(), children.end(), random);
    REQUIRE(same_bits(means(children, {}), expected));
    REQUIRE(same_bits(means(children, others), expected));
  }
}

TEST_CASE("a node over leaves alone has the means that any children give it (U7)", "[engine][node_sums][property]") {
  std::mt19937 random(6);
  const auto below = [&](unsigned n) { return static_cast<int>(random() % n); };
  scene of = with_projects(40);
  for (std::size_t project = 0; project < 40; ++project) {
    for (int i = 0, count = 1 + below(6); i < count; ++i) {
      const std::string id = std::to_string(project) + "." + std::to_string(i);
      const auto said = below(5) == 0 ? std::nullopt : std::optional<double>(below(170) / 1.3 - 10);
      target_spec& promise = add_promise(of, project, id, said, below(12) == 0 ? at_most(80) : at_least(100));
      promise.weight = i == 0 ? 1 : below(4) / 3.0;
      if (below(3) == 0) promise.window = parse_period("2021-11-01/2021-12-31");
    }
  }
  const evaluation now = of.at("2021-09-30");
  const compiled& from = *now.data().compiled;
  std::size_t compared = 0, single = 0;
  for (std::uint32_t node = 0; node < from.nodes.plan.size(); ++node) {
    const node_plan& plan = from.nodes.plans[from.nodes.plan[node]];
    detail::leaf_sums leaves;
    node_sums any;
    bool leaves_alone = true;
    for (std::uint32_t c = from.nodes.child_begin[node]; c < from.nodes.child_begin[node + 1]; ++c) {
      const child_ref child = from.nodes.children[c];
      leaves_alone = leaves_alone && child.is_cell && leaves.add(from.cells.weight[child.index], now.data().cells, child.index);
      if (leaves_alone) any.add(contribution_of(from, child.index, now.data().cells.leaf(child.index), plan));
    }
    if (!leaves_alone) continue;
    INFO("node " << node);
    CHECK(same_bits(leaves.means(plan, from.nodes.all_weight[node]), any.means(plan, from.nodes.all_weight[node])));
    CHECK(leaves.failing() == any.failing());
    if (from.nodes.child_begin[node] + 1 == from.nodes.child_begin[node + 1]) {
      const std::uint32_t leaf = from.nodes.children[from.nodes.child_begin[node]].index;
      node_result only;
      std::int32_t failing = 0;
      if (detail::mean_of_one(from.cells.weight[leaf], now.data().cells, leaf, only, failing)) {
        CHECK(same_bits(only, any.means(plan, from.nodes.all_weight[node])));
        CHECK(failing == any.failing());
        ++single;
      }
    }
    ++compared;
  }
  CHECK(compared >= 30);
  CHECK(single >= 3);
}
