// Aggregators, weights, policies and rules of nodes; tests/engine/roll_up_test.cpp has means, streams, coverage and status.

#include <attain/engine/roll_up.hpp>

#include "engine/bits.hpp"
#include "engine/lively.hpp"
#include "engine/scene.hpp"
#include "support/catch.hpp"

#include <cmath>
#include <string>
#include <vector>

using namespace attain;
using namespace attain::test;

// On 30 September of 2021 three quarters are expected; `add_promise` makes goals of 100.

namespace {

/// One project with promises 1.1, 1.2, … of which so much is done; none: nothing was reported.
scene with_promises(std::vector<std::optional<double>> done) {
  scene of = with_projects(1);
  for (std::size_t i = 0; i < done.size(); ++i) add_promise(of, 0, "1." + std::to_string(i + 1), done[i]);
  return of;
}

roll_up_spec& of_project(scene& of) { return of.spec.projects[0].roll_up; }

/// A reading that is asked for nothing, to weigh with.
void add_reading(scene& of, const std::string& id, std::optional<double> said) {
  add_promise(of, 0, id, said).aim.reset();
}

/// Project 1 with two promises at two places, so much of 50 done at east and at west.
scene at_two_places(std::vector<std::pair<double, double>> done) {
  scene of = with_projects(1);
  for (std::size_t i = 0; i < done.size(); ++i) {
    const std::string id = "1." + std::to_string(i + 1);
    add_promise(of, 0, id, std::nullopt).quotas = {{.place = "east", .goal = 50}, {.place = "west", .goal = 50}};
    of.said.push_back(report("of-" + id, "east", "2021-01-01/2021-09-30", done[i].first));
    of.said.push_back(report("of-" + id, "west", "2021-01-01/2021-09-30", done[i].second));
  }
  return of;
}

}  // namespace

// -- U10: aggregators -------------------------------------------------------------------------------

TEST_CASE("attainment and expected go through the aggregator of the node alike (U10)", "[engine][aggregators]") {
  scene of = with_promises({64, 100});
  of_project(of) = {.aggregator = "geometric_mean", .floor = 0};
  CHECK(is_near(of.at("2021-09-30").project("1").attainment(), 0.8));
  CHECK(is_near(of.at("2021-09-30").project("1").expected(), 0.75));
  of_project(of) = {.aggregator = "least"};
  CHECK(is_near(of.at("2021-09-30").project("1").attainment(), 0.64));
  of_project(of) = {.aggregator = "mean_min", .alpha = 0.5};
  CHECK(is_near(of.at("2021-09-30").project("1").attainment(), 0.73));
  of_project(of) = {.aggregator = "share_met"};
  CHECK(is_near(of.at("2021-09-30").project("1").attainment(), 0.5));
  CHECK(is_near(of.at("2021-09-30").project("1").expected(), 0));
}

TEST_CASE("a composite such as the HDI is a programme: arithmetic inside geometric (U10)", "[engine][aggregators]") {
  scene of = with_projects(3);
  add_promise(of, 0, "health", 81);
  add_promise(of, 1, "mean-years", 50);
  add_promise(of, 1, "expected-years", 70);
  add_promise(of, 2, "income", 90);
  of.spec.roll_up = {.aggregator = "geometric_mean", .floor = 0};
  CHECK(is_near(of.at("2021-09-30").root().attainment(), std::cbrt(0.81 * 0.6 * 0.9)));
}

TEST_CASE("scores, expected and bounds below the floor count as the floor (U10b)", "[engine][aggregators]") {
  scene of = with_promises({0, 100, std::nullopt});
  of_project(of) = {.aggregator = "geometric_mean", .floor = 0.01, .minimum_coverage = 0};
  const evaluation now = of.at("2021-09-30");
  CHECK(is_near(now.project("1").attainment(), 0.1));
  CHECK(is_near(now.project("1").lower(), std::cbrt(0.01 * 0.01)));
  CHECK(is_near(now.project("1").upper(), std::cbrt(0.01)));
  of.spec.projects[0].targets[1].trajectory.kind = trajectory_kind::step;  // nothing is expected before the last day
  CHECK(is_near(of.at("2021-09-30").project("1").expected(), std::sqrt(0.75 * 0.01)));
}

TEST_CASE("bounds of a penalised mean are its two values, the smaller first (U10a)", "[engine][aggregators]") {
  scene of = with_promises({10, 10, 10, 10, 10, 10, 10, 10, 10, std::nullopt});
  of_project(of) = {.aggregator = "penalised_mean"};
  const project_result now = of.at("2021-09-30").project("1");
  CHECK(is_near(now.attainment(), 0.1));
  CHECK(is_near(now.lower(), 0.19 - 0.0729 / 0.19));  // with the missing at 1
  CHECK(is_near(now.upper(), 0.09 - 0.0009 / 0.09));  // and at 0
}

// -- U9: what is missing ----------------------------------------------------------------------------

TEST_CASE("what is missing is left out, counts as zero with its own expected, or refuses the node (U9)", "[engine][aggregators]") {
  scene of = with_promises({60, 60, std::nullopt});
  CHECK(is_near(of.at("2021-09-30").project("1").attainment(), 0.6));
  of_project(of).missing = missing_policy::count_as_zero;
  const project_result zero = of.at("2021-09-30").project("1");
  CHECK(is_near(zero.attainment(), 0.4));
  CHECK(is_near(zero.expected(), 0.75));
  CHECK(zero.coverage() == 2.0 / 3);
  of_project(of).missing = missing_policy::refuse;
  const project_result refused = of.at("2021-09-30").project("1");
  CHECK(refused.attainment() == reason::incomplete);
  CHECK(status_of(refused) == "incomplete");
  CHECK(is_near(refused.upper(), 2.2 / 3));
}

TEST_CASE("a child node without a mean is left out where missing leaves count as zero (U9a)", "[engine][aggregators]") {
  scene of = with_projects(2);
  add_promise(of, 0, "1.1", 60);
  add_promise(of, 1, "2.1", std::nullopt);
  of.spec.roll_up.missing = missing_policy::count_as_zero;
  CHECK(is_near(of.at("2021-09-30").root().attainment(), 0.6));
  of.spec.projects[1].roll_up.missing = missing_policy::count_as_zero;
  CHECK(is_near(of.at("2021-09-30").root().attainment(), 0.3));
}

// -- U11: weights -----------------------------------------------------------------------------------

TEST_CASE("weights are equal, by leaves or by comparisons, and the result keeps them (U11)", "[engine][aggregators]") {
  scene of = with_projects(2);
  add_promise(of, 0, "1.1", 20);
  add_promise(of, 0, "1.2", 20);
  add_promise(of, 0, "1.3", 20);
  add_promise(of, 0, "1.4", 90).weight = 0;
  add_promise(of, 1, "2.1", 100);
  of.spec.projects[0].weight = 5;
  of.spec.roll_up.weights.by = weighting::equal;
  CHECK(is_near(of.at("2021-09-30").root().attainment(), 0.6));
  of.spec.roll_up.weights.by = weighting::leaf_count;
  CHECK(is_near(of.at("2021-09-30").root().attainment(), 0.4));
  of.spec.roll_up.weights = {.by = weighting::comparisons, .comparisons = {{"1", "2", 3}}};
  const project_result root = of.at("2021-09-30").root();
  CHECK(is_near(root.attainment(), 0.4));
  CHECK(root.weights_by() == weighting::comparisons);
  REQUIRE(root.weights().size() == 2);
  CHECK(root.weights()[0].id == "1");
  CHECK(is_near(root.weights()[0].weight, 0.75));
  CHECK(root.consistency_ratio() == 0.0);
}

TEST_CASE("a child weighs what the reading of its target says; without one the node has no mean (U11a, U11c)",
          "[engine][aggregators]") {
  scene of = with_promises({20, 100});
  add_reading(of, "budget-1", 300);
  add_reading(of, "budget-2", 100);
  of_project(of).weights = {.by = weighting::measure, .measures = {{"1.1", "budget-1"}, {"1.2", "budget-2"}}};
  const project_result weighed = of.at("2021-09-30").project("1");
  CHECK(is_near(weighed.attainment(), 0.4));
  CHECK(is_near(weighed.weights()[0].weight, 0.75));
  of.said.pop_back();
  const project_result without = of.at("2021-09-30").project("1");
  CHECK(without.attainment() == reason::no_observation);
  CHECK(without.lower() == reason::no_observation);
  CHECK(without.weights().empty());
  CHECK(without.coverage() == 1);
  of.said.push_back(report("of-budget-2", "city", "2021-01-01/2021-09-30", -1));
  CHECK(of.at("2021-09-30").project("1").attainment() == reason::not_scalable);
}

TEST_CASE("entropy weights compare the places without places below, and hold at all of them (U11b)", "[engine][aggregators]") {
  scene of = at_two_places({{10, 40}, {25, 25}});
  of_project(of).weights.by = weighting::entropy;
  const evaluation now = of.at("2021-09-30");
  CHECK(is_near(now.project("1").weights()[0].weight, 1));  // 1.2 is the same everywhere
  CHECK(is_near(now.project("1").attainment(), 0.5));
  CHECK(is_near(now.project("1", "east").attainment(), 0.2));
  of = at_two_places({{25, 25}, {25, 25}});
  of_project(of).weights.by = weighting::entropy;
  CHECK(of.at("2021-09-30").project("1").attainment() == reason::denominator_zero);
  of.said.pop_back();
  CHECK(of.at("2021-09-30").project("1").attainment() == reason::too_few_observations);
}

// -- U12: rules -------------------------------------------------------------------------------------

TEST_CASE("rules change the score in their order, then the status follows from it, then they change the status (U12)",
          "[engine][aggregators]") {
  scene of = with_promises({90, 10});
  of_project(of).rules = {
      {.name = "late", .effect = rule_effect::ceiling, .of = {"1.2"}, .when = rule_condition::failing, .score = 0.4},
      {.effect = rule_effect::deduction, .of = {"1.2"}, .when = rule_condition::below, .below = 0.5, .points = 0.1},
      {.effect = rule_effect::bonus, .of = {"1.1"}, .when = rule_condition::met, .points = 0.3},
      {.effect = rule_effect::grade_ceiling, .of = {"1.2"}, .when = rule_condition::unmet, .grade = "behind"}};
  const project_result now = of.at("2021-09-30").project("1");
  CHECK(is_near(now.attainment_before_rules(), 0.5));
  CHECK(is_near(now.attainment(), 0.3));
  CHECK(status_of(now) == "behind");
  const std::vector<fired_rule> fired = now.rules();
  REQUIRE(fired.size() == 3);
  CHECK(fired[0].rule->name == "late");
  CHECK(is_near(fired[0].score_before, 0.5));
  CHECK(is_near(fired[0].score_after, 0.4));
  CHECK(is_near(fired[1].score_after, 0.3));
  CHECK(is_near(of.at("2021-09-30").root().attainment(), 0.3));
}

TEST_CASE("a rule counts the targets that are as asked, and none that has no answer (U12a)", "[engine][aggregators]") {
  scene of = with_promises({10, 90, std::nullopt});
  of_project(of).minimum_coverage = 0;
  rule_spec rule{.effect = rule_effect::fail, .of = {"1.1", "1.2", "1.3"}, .when = rule_condition::failing, .count = 2};
  of_project(of).rules = {rule};
  CHECK(status_of(of.at("2021-09-30").project("1")) != "missed");
  of.said[1].low = of.said[1].high = 10;
  CHECK(status_of(of.at("2021-09-30").project("1")) == "missed");
}

TEST_CASE("a rule sees a target of weight 0, at the place of the node or the target's own (U12b)", "[engine][aggregators]") {
  scene of = with_promises({75});
  target_spec& safety = add_promise(of, 0, "1.2", std::nullopt);
  safety.weight = 0;
  safety.place = "east";
  of.said.push_back(report("of-1.2", "east", "2021-01-01/2021-09-30", 10));
  of_project(of).rules = {{.effect = rule_effect::grade_ceiling, .of = {"1.2"}, .when = rule_condition::failing, .grade = "at_risk"}};
  CHECK(status_of(of.at("2021-09-30").project("1")) == "at_risk");
}

TEST_CASE("a deduction counts units short of the goal down to a floor, a bonus units beyond it up to a cap (U12c)",
          "[engine][aggregators]") {
  scene of = with_promises({50, 110});
  rule_spec less{.effect = rule_effect::deduction, .of = {"1.1"}, .when = rule_condition::unmet, .per_unit = 0.005};
  of_project(of).rules = {less};
  CHECK(is_near(of.at("2021-09-30").project("1").attainment(), 0.75 - 0.25));
  of_project(of).rules[0].most = 0.1;
  CHECK(is_near(of.at("2021-09-30").project("1").attainment(), 0.65));
  of_project(of).rules[0] = less;
  of_project(of).rules[0].score = 0.7;
  CHECK(is_near(of.at("2021-09-30").project("1").attainment(), 0.7));
  of_project(of).rules[0].score = 0.9;
  CHECK(is_near(of.at("2021-09-30").project("1").attainment(), 0.75));
  of_project(of).rules = {{.effect = rule_effect::bonus, .of = {"1.2"}, .when = rule_condition::met, .per_unit = 0.01}};
  CHECK(is_near(of.at("2021-09-30").project("1").attainment(), 0.85));
  of_project(of).rules[0].score = 0.8;
  CHECK(is_near(of.at("2021-09-30").project("1").attainment(), 0.8));
}

TEST_CASE("a veto sets score and status; it and a failure give a status even where there is none (U12d)", "[engine][aggregators]") {
  scene of = with_promises({10, std::nullopt, std::nullopt});
  CHECK(status_of(of.at("2021-09-30").project("1")) == "incomplete");
  of_project(of).rules = {{.effect = rule_effect::veto, .of = {"1.1"}, .when = rule_condition::failing}};
  const project_result vetoed = of.at("2021-09-30").project("1");
  CHECK(vetoed.attainment() == 0.0);
  CHECK(status_of(vetoed) == "missed");
  of_project(of).rules = {
      {.effect = rule_effect::grade_ceiling, .of = {"1.1"}, .when = rule_condition::failing, .grade = "missed"}};
  CHECK(status_of(of.at("2021-09-30").project("1")) == "incomplete");
}

TEST_CASE("where no leaf applies no rule fires (U12d)", "[engine][aggregators]") {
  scene of = with_promises({10});
  of.spec.projects[0].targets[0].withdrawn = true;
  add_promise(of, 0, "1.2", 10).weight = 0;
  of_project(of).rules = {{.effect = rule_effect::veto, .of = {"1.2"}, .when = rule_condition::failing}};
  const project_result now = of.at("2021-09-30").project("1");
  CHECK(now.status() == reason::withdrawn);
  CHECK(now.rules().empty());
}

TEST_CASE("by a method without missed a failure, a veto and a grade ceiling give its worst state (U12d)", "[engine][aggregators]") {
  scene of = with_promises({90, 10});
  const std::vector<rule_spec> rules{
      {.effect = rule_effect::fail, .of = {"1.2"}, .when = rule_condition::failing},
      {.effect = rule_effect::veto, .of = {"1.2"}, .when = rule_condition::failing},
      {.effect = rule_effect::grade_ceiling, .of = {"1.2"}, .when = rule_condition::failing, .grade = "missed"}};
  for (const rule_spec& rule : rules) {
    of_project(of).rules = {rule};
    of.spec.method = "global_fund";
    CHECK(status_of(of.at("2021-09-30").project("1")) == "C");
    of.spec.method = "cn_90_80_60";
    CHECK(status_of(of.at("2021-09-30").project("1")) == "poor");
  }
}

TEST_CASE("bounds, coverage and expected are those before rules (U12e)", "[engine][aggregators]") {
  scene of = with_promises({50, 50});
  const project_result before = of.at("2021-09-30").project("1");
  of_project(of).rules = {{.effect = rule_effect::veto, .of = {"1.1"}, .when = rule_condition::failing}};
  const project_result after = of.at("2021-09-30").project("1");
  CHECK(after.attainment() == 0.0);
  CHECK(after.lower() == before.lower());
  CHECK(after.upper() == before.upper());
  CHECK(after.expected() == before.expected());
  CHECK(after.coverage() == before.coverage());
}

TEST_CASE("explaining a node names aggregator, weights and rules with the score before and after (U10 to U12)",
          "[engine][aggregators]") {
  scene of = with_promises({50, 50});
  of_project(of) = {.aggregator = "least"};
  of_project(of).weights.by = weighting::equal;
  of_project(of).rules = {{.name = "half", .effect = rule_effect::ceiling, .of = {"1.1"}, .when = rule_condition::unmet, .score = 0.4}};
  const std::string text = of.at("2021-09-30").project("1").explain().text();
  for (const char* part : {"weights by equal parts", "attainment by the least before rules: 50%",
                           "half, ceiling: score 50% to 40%", "attainment after rules: 40%"}) {
    CHECK_THAT(text, ContainsSubstring(part));
  }
}

TEST_CASE("methods side by side roll up as each would alone, whatever the aggregators and rules (S11e, U12)",
          "[engine][aggregators]") {
  const bool other = GENERATE(false, true);
  const portfolio plan = programme(lively_roll_ups(other));
  ledger book;
  reports random(3);
  for (int i = 0; i < 600; ++i) book.append(random.next());
  evaluate_options options{.as_of = date(2021, 9, 30), .custom = functions_of_the_user()};
  options.methods = {"time_proportional", "custom:halfway@1", "cn_90_80_60"};
  const evaluation together = evaluate(plan, book, options);
  REQUIRE(together.data().others.size() == 2);
  for (std::size_t i = 1; i < 3; ++i) {
    evaluate_options alone = options;
    alone.methods = {options.methods[i]};
    const evaluation one = evaluate(plan, book, alone);
    CHECK(difference(together.data().others[i - 1]->nodes, one.data().nodes) == "");
  }
}

TEST_CASE("a project can have the worst of the statuses of its targets, whatever its score (U12)", "[engine][aggregators]") {
  scene of = with_projects(1);
  of.spec.projects[0].roll_up.rules = {{.effect = rule_effect::worst_status, .of = {"1.1", "1.2", "1.3"}, .when = rule_condition::judged}};
  add_promise(of, 0, "1.1", 100).weight = 100;  // met
  add_promise(of, 0, "1.2", 65);                // at risk
  add_promise(of, 0, "1.3", {});                // without a report
  const project_result both = of.at("2021-09-30").project("1");
  CHECK(status_of(both) == "at_risk");
  CHECK(is_near(both.attainment(), (100 * 1.0 + 0.65) / 101));
  of.said[1].low = of.said[1].high = 10;
  CHECK(status_of(of.at("2021-09-30").project("1")) == "behind");
  of.said.clear();
  CHECK(status_of(of.at("2021-09-30").project("1")) == "incomplete");  // no target is judged
}
