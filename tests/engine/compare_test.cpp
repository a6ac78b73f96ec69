#include <attain/engine/compare.hpp>

#include "engine/lively.hpp"
#include "engine/scene.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

double residual(const node_change& of) {
  double sum = 0;
  for (const change_part& part : of.parts()) sum += part.components.sum();
  return std::abs(sum - *of.change());
}

const change_part* part_of(const node_change& of, const std::string& id) {
  for (const change_part& part : of.parts()) {
    if (part.id == id) return &part;
  }
  return nullptr;
}

// Nested projects with weights, what is said about their targets, and ways of changing both; with every aggregator, rules and weights
// from data where asked.
class random_tree {
 public:
  explicit random_tree(unsigned seed, bool all_ways = false) : random_(seed), all_ways_(all_ways) {
    scene_.spec = programme_of({}, {});
    scene_.spec.projects.clear();
    scene_.spec.roll_up = roll_up();
    for (int n = 1 + below(4); n > 0; --n) scene_.spec.projects.push_back(grown(2));
  }

  const scene& now() const { return scene_; }

  // Reports that differ; with @p plan also goals, weights, and what belongs to it.
  void change(bool plan) {
    for (observation& o : scene_.said) {
      if (below(2) == 0) o.low = o.high = below(130);
    }
    std::erase_if(scene_.said, [&](const observation&) { return below(10) == 0; });
    if (plan) change_plan(scene_.spec.projects);
  }

  void shuffle() { shuffle(scene_.spec.projects); }

 private:
  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }

  roll_up_spec roll_up() {
    roll_up_spec made{.minimum_coverage = 0};
    made.aggregator = below(4) == 0 ? "worst" : "weighted_mean";
    if (!all_ways_ || below(4) == 0) return made;
    static const std::vector<std::string> ways{"geometric_mean", "harmonic_mean", "power_mean", "greatest", "mean_min",
                                               "penalised_mean", "weighted_median", "share_met", "all_met"};
    made.aggregator = ways[static_cast<std::size_t>(below(static_cast<int>(ways.size())))];
    made.floor = 0.01;
    if (made.aggregator == "power_mean") made.exponent = below(2) == 0 ? -2 : 2.5;
    if (made.aggregator == "mean_min") made.alpha = 0.5;
    return made;
  }

  // A rule about a target of the project, and weights that other readings tell.
  void give_ways(project_spec& to) {
    if (to.targets.empty() || below(3) != 0) return;
    const std::string id = to.targets.front().id;
    switch (below(3)) {
      case 0: to.roll_up.rules = {{.effect = rule_effect::ceiling, .of = {id}, .when = rule_condition::failing, .score = 0.4}}; break;
      case 1: to.roll_up.rules = {{.effect = rule_effect::deduction, .of = {id}, .when = rule_condition::unmet, .per_unit = 0.001, .most = 0.1}}; break;
      default:
        if (!to.projects.empty()) break;
        to.roll_up.weights.by = weighting::measure;
        for (const target_spec& t : to.targets) to.roll_up.weights.measures.push_back({t.id, t.id});
    }
  }

  project_spec grown(int depth) {
    project_spec made = project("p" + std::to_string(++count_), {});
    made.weight = 1 + below(5);
    made.roll_up = roll_up();
    for (int n = depth > 0 ? below(3) : 0; n > 0; --n) made.projects.push_back(grown(depth - 1));
    for (int n = made.projects.empty() ? 1 + below(3) : below(3); n > 0; --n) made.targets.push_back(promise());
    if (all_ways_) give_ways(made);
    return made;
  }

  target_spec promise() {
    const std::string id = "t" + std::to_string(++count_);
    scene_.spec.indicators.push_back(increment("of-" + id, "元"));
    target_spec made = target(id, "of-" + id, at_least(100));
    made.weight = 1 + below(5);
    if (below(8) != 0) scene_.said.push_back(report("of-" + id, "city", "2021-01-01/2021-09-30", below(130)));
    return made;
  }

  void change_plan(std::vector<project_spec>& projects) {
    for (project_spec& p : projects) {
      if (below(4) == 0) p.weight = 1 + below(5);
      for (target_spec& t : p.targets) {
        if (below(4) == 0) t.weight = 1 + below(5);
        if (below(5) == 0) t.aim = at_least(50 + below(100));
        if (below(8) == 0) t.withdrawn = !t.withdrawn;
      }
      if (below(6) == 0) p.targets.push_back(promise());
      if (below(8) == 0 && p.targets.size() > 1) p.targets.pop_back();
      change_plan(p.projects);
    }
    if (below(6) == 0) projects.push_back(grown(0));
  }

  void shuffle(std::vector<project_spec>& projects) {
    std::shuffle(projects.begin(), projects.end(), random_);
    for (project_spec& p : projects) {
      std::shuffle(p.targets.begin(), p.targets.end(), random_);
      shuffle(p.projects);
    }
  }

  std::mt19937 random_;
  bool all_ways_;
  int count_ = 0;
  scene scene_;
};

std::map<std::string, double> sums(const node_change& of) {
  std::map<std::string, double> by_id;
  for (const change_part& part : of.parts()) by_id[part.id] += part.components.sum();
  return by_id;
}

}  // namespace

TEST_CASE("of 1,000 random trees the parts are the change, at every node (U8)", "[engine][compare]") {
  int compared = 0;
  for (unsigned seed = 0; seed < 1000; ++seed) {
    random_tree tree(seed);
    const evaluation before = tree.now().at("2021-09-30");
    tree.change(seed % 2 == 1);
    const evaluation after = tree.now().at("2021-09-30");
    const evaluation_comparison both = compare(before, after);
    for (const project_spec& project : tree.now().spec.projects) {
      const node_change of = both.change(project.id);
      if (!of.change().has_value()) continue;
      CHECK(residual(of) <= 1e-12);
      CHECK(std::abs(of.components().sum() - *of.change()) <= 1e-12);
    }
    const node_change whole = both.change();
    if (!whole.change().has_value()) continue;
    ++compared;
    CHECK(residual(whole) <= 1e-12);
    CHECK(std::abs(whole.components().sum() - *whole.change()) <= 1e-12);
    if (seed % 2 == 0) CHECK(whole.components().plan == 0);
  }
  CHECK(compared > 900);
}

TEST_CASE("so they are, relative to scores and parts, with every aggregator, with rules and with weights from data (U8)", "[engine][compare]") {
  int compared = 0;
  int with_rules = 0;
  for (unsigned seed = 0; seed < 1000; ++seed) {
    random_tree tree(seed, true);
    const evaluation before = tree.now().at("2021-09-30");
    tree.change(false);
    const evaluation after = tree.now().at("2021-09-30");
    const node_change whole = compare(before, after).change();
    if (!whole.change().has_value()) continue;
    ++compared;
    if (whole.components().rules != 0) ++with_rules;
    INFO("seed " << seed);
    double size = std::max(std::abs(*whole.before()), std::abs(*whole.after()));
    for (const change_part& part : whole.parts()) size = std::max(size, std::abs(part.components.sum()));
    CHECK(residual(whole) <= 1e-12 * size);
    CHECK(std::abs(whole.components().sum() - *whole.change()) <= 1e-12 * size);
  }
  CHECK(compared > 900);
  CHECK(with_rules > 50);
}

TEST_CASE("parts that are sampled are the same in any order of children, and have a standard error", "[engine][compare]") {
  scene of = with_projects(2);
  of.spec.projects[0].roll_up.aggregator = "weighted_median";
  of.spec.projects[0].roll_up.minimum_coverage = 0;
  std::mt19937 random(7);
  for (int i = 0; i < 20; ++i) add_promise(of, 0, "1." + std::to_string(i), 5.0 * i).weight = 1 + i % 3;
  add_promise(of, 1, "2.1", 50);
  scene shuffled = of;
  std::shuffle(shuffled.spec.projects[0].targets.begin(), shuffled.spec.projects[0].targets.end(), random);
  const evaluation before = of.at("2021-09-30");
  const evaluation before_shuffled = shuffled.at("2021-09-30");
  for (std::size_t i = 0; i < 20; ++i) of.said[i].low = of.said[i].high = static_cast<double>((37 * i) % 100);
  shuffled.said = of.said;
  const node_change straight = compare(before, of.at("2021-09-30")).change();
  const node_change other = compare(before_shuffled, shuffled.at("2021-09-30")).change();
  REQUIRE(straight.parts().size() == other.parts().size());
  bool any_error = false;
  for (const change_part& part : straight.parts()) {
    const change_part* same = part_of(other, part.id);
    REQUIRE(same != nullptr);
    CHECK(same->components == part.components);
    CHECK(same->standard_error == part.standard_error);
    any_error = any_error || part.standard_error > 0;
  }
  CHECK(any_error);
  CHECK(residual(straight) <= 1e-12);
}

TEST_CASE("parts do not depend on the order of children", "[engine][compare]") {
  for (unsigned seed = 0; seed < 60; ++seed) {
    random_tree tree(seed, seed % 2 == 1);
    random_tree other = tree;
    other.shuffle();
    const evaluation before = tree.now().at("2021-09-30");
    const evaluation before_shuffled = other.now().at("2021-09-30");
    const node_change self = compare(before, before_shuffled).change();
    CHECK(self.parts().empty());
    tree.change(false);
    const evaluation after = tree.now().at("2021-09-30");
    const node_change straight = compare(before, after).change();
    const node_change shuffled = compare(before_shuffled, after).change();
    if (!straight.change().has_value()) continue;
    const auto a = sums(straight);
    const auto b = sums(shuffled);
    REQUIRE(a.size() == b.size());
    for (const auto& [id, sum] : a) CHECK_THAT(b.at(id), WithinAbs(sum, 1e-13));
  }
}

TEST_CASE("comparing the other way round turns every sign", "[engine][compare]") {
  for (unsigned seed = 0; seed < 60; ++seed) {
    random_tree tree(seed);
    const evaluation before = tree.now().at("2021-09-30");
    tree.change(true);
    const evaluation after = tree.now().at("2021-09-30");
    const auto there = sums(compare(before, after).change());
    const auto back = sums(compare(after, before).change());
    for (const auto& [id, sum] : there) {
      const auto found = back.find(id);
      CHECK_THAT(found == back.end() ? 0 : found->second, WithinAbs(-sum, 1e-12));
    }
  }
}

TEST_CASE("in a tree of means a target contributes its weight times its change", "[engine][compare]") {
  scene of = with_projects(2);
  add_promise(of, 0, "1.1", 40).weight = 3;
  add_promise(of, 0, "1.2", 60).weight = 1;
  add_promise(of, 1, "2.1", 50);
  of.spec.projects[1].weight = 3;
  const evaluation before = of.at("2021-09-30");
  of.said[0].low = of.said[0].high = 80;
  of.said[2].low = of.said[2].high = 44;
  const node_change whole = compare(before, of.at("2021-09-30")).change();
  CHECK(is_near(whole.change(), 0.25 * 0.75 * 0.4 - 0.75 * 0.06));
  CHECK_THAT(part_of(whole, "1.1")->components.performance, WithinAbs(0.25 * 0.75 * 0.4, 1e-15));
  CHECK_THAT(part_of(whole, "2.1")->components.performance, WithinAbs(-0.75 * 0.06, 1e-15));
  CHECK(part_of(whole, "1.2") == nullptr);
  CHECK(whole.sentence() == "lesson: 51.8%, up 3 points: 7.5 from 1.1, −4.5 from 2.1.");
}

TEST_CASE("the parts of a sentence add up as they are rounded", "[engine][compare]") {
  scene of = with_projects(1);
  for (const char* id : {"1.1", "1.2", "1.3"}) add_promise(of, 0, id, 40);
  const evaluation before = of.at("2021-09-30");
  for (observation& o : of.said) o.low = o.high = 41;
  CHECK(compare(before, of.at("2021-09-30")).change().sentence() ==
        "lesson: 41%, up 1 point: 0.4 from 1.1, 0.3 from 1.2, 0.3 from 1.3.");
  add_promise(of, 0, "1.4", 40);
  add_promise(of, 0, "1.5", 40);
  add_promise(of, 0, "1.6", 40);
  const evaluation more = of.at("2021-09-30");
  for (observation& o : of.said) o.low = o.high = 42;
  const std::string six = compare(more, of.at("2021-09-30")).change().sentence();
  CHECK_THAT(six, EndsWith("up 1.5 points: 0.3 from 1.4, 0.3 from 1.5, 0.3 from 1.6, 0.6 from 3 others."));
}

TEST_CASE("a single part beyond those of a sentence is named, too", "[engine][compare]") {
  scene of = with_projects(1);
  for (const char* id : {"1.1", "1.2", "1.3", "1.4"}) add_promise(of, 0, id, 40);
  const evaluation before = of.at("2021-09-30");
  for (observation& o : of.said) o.low = o.high = 44;
  CHECK_THAT(compare(before, of.at("2021-09-30")).change().sentence(),
             EndsWith("up 4 points: 1 from 1.1, 1 from 1.2, 1 from 1.3, 1 from 1.4."));
}

TEST_CASE("a report that comes to be missing is coverage, not performance (U8)", "[engine][compare]") {
  scene of = with_projects(1);
  of.spec.projects[0].roll_up.minimum_coverage = of.spec.roll_up.minimum_coverage = 0;
  add_promise(of, 0, "1.1", 40);
  add_promise(of, 0, "1.2", 60);
  const evaluation before = of.at("2021-09-30");
  of.said.pop_back();
  const node_change whole = compare(before, of.at("2021-09-30")).change();
  CHECK(is_near(whole.change(), -0.1));
  CHECK_THAT(whole.components().coverage, WithinAbs(-0.1, 1e-15));
  CHECK(whole.components().performance == 0);
}

TEST_CASE("what counted as zero until it was due or reported is coverage then (U5, U8b, U9)", "[engine][compare]") {
  scene of = with_projects(2);
  of.spec.roll_up.not_due = not_due_policy::count_as_zero;
  of.spec.projects[0].roll_up.missing = missing_policy::count_as_zero;
  add_promise(of, 0, "1.1", 60);
  add_promise(of, 0, "1.2", std::nullopt);
  add_promise(of, 1, "2.1", std::nullopt).window = parse_period("2021-11/2021-12");
  const evaluation before = of.at("2021-09-30");
  CHECK(before.project("2").attainment() == reason::not_due);
  of.said.push_back(report("of-1.2", "city", "2021-01-01/2021-09-30", 40));
  of.said.push_back(report("of-2.1", "city", "2021-11-01/2021-11-30", 80));
  const node_change whole = compare(before, of.at("2021-11-30")).change();
  CHECK_THAT(*whole.change(), WithinAbs(0.5, 1e-15));
  CHECK_THAT(whole.components().coverage, WithinAbs(0.5, 1e-15));
  CHECK(residual(whole) < 1e-15);
  CHECK_THAT(part_of(whole, "1.2")->components.coverage, WithinAbs(0.1, 1e-15));
  CHECK_THAT(part_of(whole, "2")->components.coverage, WithinAbs(0.4, 1e-15));
}

TEST_CASE("a goal that moved is plan, what was done is performance (U8, U8a)", "[engine][compare]") {
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", 40);
  const evaluation before = of.at("2021-09-30");
  of.spec.projects[0].targets[0].aim = at_least(200);
  const node_change moved = compare(before, of.at("2021-09-30")).change();
  CHECK(is_near(moved.change(), -0.2));
  CHECK_THAT(moved.components().plan, WithinAbs(-0.2, 1e-15));
  of.said[0].low = of.said[0].high = 80;
  const node_change both = compare(before, of.at("2021-09-30")).change();
  CHECK(is_near(both.change(), 0));
  CHECK_THAT(both.components().plan, WithinAbs(-0.3, 1e-15));  // of the mean of what was done
  CHECK_THAT(both.components().performance, WithinAbs(0.3, 1e-15));
}

TEST_CASE("a target that joins is plan (U8, U8b)", "[engine][compare]") {
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", 40);
  const evaluation before = of.at("2021-09-30");
  add_promise(of, 0, "1.2", 60);
  const node_change whole = compare(before, of.at("2021-09-30")).change();
  CHECK(is_near(whole.change(), 0.1));
  CHECK_THAT(whole.components().plan, WithinAbs(0.1, 1e-15));
}

TEST_CASE("a floor that is set is plan, of targets and of the nodes below (U8, U10)", "[engine][compare]") {
  scene of = with_projects(2);
  add_promise(of, 0, "1.1", 10);
  add_promise(of, 1, "2.1", 90);
  for (const bool at_root : {true, false}) {
    scene with_floor = of;
    (at_root ? with_floor.spec.roll_up : with_floor.spec.projects[0].roll_up).floor = 0.5;
    const evaluation_comparison moved = compare(of.at("2021-09-30"), with_floor.at("2021-09-30"));
    const node_change whole = moved.change();
    CHECK_THAT(*whole.change(), WithinAbs(0.2, 1e-15));
    CHECK_THAT(whole.components().plan, WithinAbs(0.2, 1e-15));
    CHECK(whole.components().performance == 0);
    CHECK(residual(whole) < 1e-15);
    const node_change back = compare(with_floor.at("2021-09-30"), of.at("2021-09-30")).change();
    CHECK_THAT(back.components().plan, WithinAbs(-0.2, 1e-15));
  }
}

TEST_CASE("what stays at 0 contributes nothing to any power mean (U8)", "[engine][compare]") {
  for (const double exponent : {0.5, 2.0}) {
    scene of = with_projects(2);
    of.spec.roll_up.aggregator = of.spec.projects[0].roll_up.aggregator = "power_mean";
    of.spec.roll_up.exponent = of.spec.projects[0].roll_up.exponent = exponent;
    add_promise(of, 0, "1.1", 0);
    add_promise(of, 1, "2.1", 40);
    const evaluation before = of.at("2021-09-30");
    of.said[1].low = of.said[1].high = 80;
    const node_change whole = compare(before, of.at("2021-09-30")).change();
    CHECK(residual(whole) < 1e-15);
    CHECK_THAT(whole.components().performance, WithinAbs(*whole.change(), 1e-15));
    CHECK(part_of(whole, "1.1") == nullptr);

    of.said[1].low = of.said[1].high = 0;
    const evaluation nothing = of.at("2021-09-30");
    of.spec.projects[0].weight = 3;
    CHECK(compare(nothing, of.at("2021-09-30")).change().parts().empty());
  }
}

TEST_CASE("an aggregator of the user splits by Owen values", "[engine][compare]") {
  scene of = with_projects(1);
  of.spec.projects[0].roll_up.aggregator = "custom:median@1";
  add_promise(of, 0, "1.1", 40);
  add_promise(of, 0, "1.2", 60);
  add_promise(of, 0, "1.3", 90);
  const auto at = [&] {
    return evaluate(programme(of.spec), ledger(of.said), {.as_of = parse_date("2021-09-30"), .custom = functions_of_the_user()});
  };
  const evaluation before = at();
  of.said[0].low = of.said[0].high = 80;
  of.said[2].low = of.said[2].high = 70;
  const node_change whole = compare(before, at()).change();
  CHECK(is_near(whole.change(), 0.1));
  CHECK(residual(whole) <= 1e-12);
  // 60 → 80 by the first alone, no change by the last alone, 70 with both: (0.2 + 0.1)/2 and (0 − 0.1)/2.
  CHECK_THAT(part_of(whole, "1.1")->components.performance, WithinAbs(0.15, 1e-12));
  CHECK_THAT(part_of(whole, "1.3")->components.performance, WithinAbs(-0.05, 1e-12));
}

TEST_CASE("an aggregator of the user that gives no number half-way leaves finite parts that add up", "[engine][compare]") {
  scene of = with_projects(1);
  of.spec.projects[0].roll_up.aggregator = "custom:even@1";
  add_promise(of, 0, "1.1", 40);
  add_promise(of, 0, "1.2", 40);
  auto own = std::make_shared<custom_functions>();
  own->aggregators["even@1"] = [](const child_columns& children, std::span<double> out) {
    for (std::size_t i = 0; i < out.size(); ++i) {
      const std::size_t first = children.begin[i];
      const bool even = children.begin[i + 1] - first == 2 && children.value[first] == children.value[first + 1];
      out[i] = even ? children.value[first] : std::nan("");
    }
  };
  const auto at = [&] {
    return evaluate(programme(of.spec), ledger(of.said), {.as_of = parse_date("2021-09-30"), .custom = own});
  };
  const evaluation before = at();
  for (observation& o : of.said) o.low = o.high = 80;
  const node_change whole = compare(before, at()).change();
  CHECK(is_near(whole.change(), 0.4));
  CHECK(residual(whole) <= 1e-12);
}

TEST_CASE("a change of rank is one's own and that of the others", "[engine][compare]") {
  scene of = with_projects(3);
  add_promise(of, 0, "1.1", 40);
  add_promise(of, 1, "2.1", 50);
  add_promise(of, 2, "3.1", 60);
  const evaluation before = of.at("2021-09-30");
  of.said[0].low = of.said[0].high = 55;
  of.said[2].low = of.said[2].high = 45;
  const auto ranks = compare(before, of.at("2021-09-30")).ranks_of_projects();
  REQUIRE(ranks.size() == 3);
  CHECK(ranks[0].rank_before == 3);
  CHECK(ranks[0].rank_after == 1);
  CHECK(ranks[0].own == 1);
  CHECK(ranks[0].others == 1);
  CHECK(ranks[1].own == 0);
  CHECK(ranks[1].others == 0);
}

TEST_CASE("without an answer on one side there is no change, and the sentence says why", "[engine][compare]") {
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", {});
  const evaluation before = of.at("2021-09-30");
  of.said.push_back(report("of-1.1", "city", "2021-01-01/2021-09-30", 40));
  const node_change whole = compare(before, of.at("2021-09-30")).change();
  CHECK_FALSE(whole.change().has_value());
  CHECK(whole.parts().empty());
  CHECK(whole.sentence().find("no change can be told") != std::string::npos);
}

TEST_CASE("what another method judged compares by that method", "[engine][compare]") {
  scene of = with_projects(2);
  of.spec.projects[0].roll_up.not_due = of.spec.projects[1].roll_up.not_due = not_due_policy::count_as_zero;
  of.spec.roll_up.not_due = not_due_policy::count_as_zero;
  add_promise(of, 0, "1.1", 40);
  add_promise(of, 1, "2.1", 60);
  const programme plan(of.spec);
  const evaluate_options options{.as_of = date(2021, 9, 30), .methods = {"global_fund"}};
  const evaluation before = evaluate(plan, ledger(of.said), options);
  of.said[0].low = of.said[0].high = 80;
  const evaluation after = evaluate(plan, ledger(of.said), options);
  REQUIRE(after.root().status().has_value());
  const node_change whole = compare(before, after).change();
  CHECK(is_near(whole.change(), 0.2));
  CHECK_THAT(whole.components().performance, WithinAbs(0.2, 1e-15));
}

TEST_CASE("an evaluation compares with itself to nothing", "[engine][compare]") {
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", 40);
  const evaluation now = of.at("2021-09-30");
  const node_change whole = compare(now, now).change();
  CHECK(whole.parts().empty());
  CHECK(whole.sentence() == "lesson: 40%, unchanged.");
  CHECK(whole.sentence(language::chinese).find("持平") != std::string::npos);
}
