#include <attain/engine/earned_value.hpp>
#include <attain/engine/tracker.hpp>

#include "engine/scene.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <string>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

// Two projects as of 30 September 2021, when three quarters are expected.
scene two_projects() {
  scene of = with_projects(2);
  add_promise(of, 0, "1.1", 60).weight = 3;
  add_promise(of, 0, "1.2", 90).weight = 1;
  add_promise(of, 1, "2.1", 30);
  of.spec.projects[0].weight = 2;
  return of;
}

// Adds the money of a target: a cap that reads what was spent.
void add_cost(scene& to, std::size_t project, const std::string& id, const std::string& of, double spent, double budget) {
  target_spec& cost = add_promise(to, project, id, spent, at_most(budget));
  cost.belongs = belonging::input;
  cost.belongs_to = of;
}

}  // namespace

TEST_CASE("weighted attainment is earned value, weighted expected is planned value (U8c)", "[engine][earned_value]") {
  const evaluation now = two_projects().at("2021-09-30");
  const earned_value whole = earned_value_of(now, "", {.total = 300});
  CHECK(is_near(whole.amounts().budget, 300));
  CHECK(is_near(whole.amounts().earned, 300 * *now.root().attainment()));
  CHECK(is_near(whole.amounts().planned, 300 * *now.root().expected()));
  CHECK(is_near(schedule_index(whole.amounts()), *now.root().pace()));
  CHECK(whole.amounts().cost == reason::not_applicable);
  CHECK(whole.coverage() == 1);

  const earned_value first = earned_value_of(now, "1", {.total = 300});
  CHECK(is_near(first.amounts().budget, 200));
  CHECK(is_near(first.amounts().earned, 200 * *now.project("1").attainment()));
}

TEST_CASE("a hold has no budget, and takes none from its siblings (U3)", "[engine][earned_value]") {
  scene of = two_projects();
  add_promise(of, 0, "1.3", 100).cadence = cadence{cadence_kind::throughout};
  const evaluation now = of.at("2021-09-30");
  const earned_value whole = earned_value_of(now, "", {.total = 300});
  CHECK(is_near(whole.amounts().budget, 300));
  CHECK(is_near(schedule_index(whole.amounts()), *now.root().pace()));
}

TEST_CASE("amounts add up over the nodes", "[engine][earned_value]") {
  const evaluation now = two_projects().at("2021-09-30");
  const auto all = earned_values(now, {.total = 7});
  REQUIRE(all.size() == 3);
  CHECK(is_near(all[0].amounts().earned, *all[1].amounts().earned + *all[2].amounts().earned));
  CHECK(is_near(all[0].amounts().planned, *all[1].amounts().planned + *all[2].amounts().planned));
}

TEST_CASE("costs are what their targets read, budgets their goals", "[engine][earned_value]") {
  scene of = two_projects();
  add_cost(of, 0, "c1", "1.1", 500, 1000);
  add_cost(of, 0, "c2", "1.2", 200, 100);
  add_cost(of, 1, "c3", "", 80, 400);
  of.spec.projects[1].targets.back().belongs = belonging::none;
  of.spec.projects[1].targets.back().weight = 0;
  const evaluation now = of.at("2021-09-30");
  const earned_value_options money{.cost = {"of-c1", "of-c2", "of-c3"}};
  const earned_value whole = earned_value_of(now, "", money);
  CHECK(is_near(whole.amounts().budget, 1500));
  CHECK(is_near(whole.amounts().earned, 1000 * 0.6 + 100 * 0.9 + 400 * 0.3));
  CHECK(is_near(whole.amounts().planned, 1500 * 0.75));
  CHECK(is_near(whole.amounts().cost, 780));
  CHECK(is_near(earned_value_of(now, "2", money).amounts().cost, 80));

  const earned_value without = earned_value_of(now, "", {.cost = {"of-c1"}, .budget = {"of-c2"}});
  CHECK(is_near(without.amounts().budget, 200));  // what the budget indicator says, for 1.2 alone
  CHECK(is_near(without.amounts().earned, 200 * 0.9));
}

TEST_CASE("a cost that was not reported leaves no cost", "[engine][earned_value]") {
  scene of = two_projects();
  add_cost(of, 0, "c1", "1.1", 500, 1000);
  add_cost(of, 0, "c2", "1.2", 200, 100);
  of.said.pop_back();
  const earned_value whole = earned_value_of(of.at("2021-09-30"), "", {.cost = {"of-c1", "of-c2"}});
  CHECK(whole.amounts().cost == reason::no_observation);
  CHECK(whole.amounts().earned.has_value());
}

TEST_CASE("what has no answer earns nothing and is not planned either (U2)", "[engine][earned_value]") {
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", 60).weight = 3;
  add_promise(of, 0, "1.2", {}).weight = 1;
  const earned_value whole = earned_value_of(of.at("2021-09-30"), "", {.total = 4});
  CHECK(is_near(whole.amounts().budget, 4));
  CHECK(is_near(whole.amounts().planned, 3 * 0.75));
  CHECK(is_near(schedule_index(whole.amounts()), 0.6 / 0.75));
  CHECK(is_near(whole.coverage(), 0.75));
}

TEST_CASE("below the minimum coverage there is a budget and nothing else", "[engine][earned_value]") {
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", 60);
  add_promise(of, 0, "1.2", {});
  const earned_value whole = earned_value_of(of.at("2021-09-30"));
  CHECK(whole.amounts().budget.has_value());
  CHECK(whole.amounts().earned == reason::incomplete);
  CHECK(time_index(whole.time()) == reason::incomplete);
}

TEST_CASE("earned schedule is the day on which so much was planned", "[engine][earned_value]") {
  const evaluation now = two_projects().at("2021-09-30");
  const earned_value whole = earned_value_of(now);
  CHECK(to_string(*whole.start()) == "2021-01-01");
  CHECK(is_near(whole.time().duration, 365));
  CHECK(is_near(whole.time().actual, 273));
  // One window: the share earned is planned by the same day as that of a target with this attainment.
  const auto curve = expected_curve::straight(parse_period("2021"));
  const double day = curve.when(*now.root().attainment()).first - (date(2021, 1, 1).days() - 1);
  REQUIRE(whole.time().earned.has_value());
  CHECK_THAT(*whole.time().earned, WithinAbs(day, 1e-6));
}

TEST_CASE("work on plan is on time", "[engine][earned_value]") {
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", 75);
  const earned_value whole = earned_value_of(of.at("2021-09-30"));
  CHECK(is_near(time_variance(whole.time()), 0));
  CHECK(is_near(time_index(whole.time()), 1));
}

TEST_CASE("once all is earned, time stands at the day on which it was", "[engine][earned_value]") {
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", 100);
  const earned_value late = earned_value_of(of.at("2021-12-31"));
  CHECK(is_near(late.time().earned, 365));
  CHECK(is_near(late.time().actual, 273));
  CHECK(*time_index(late.time()) > 1);
}

TEST_CASE("an explanation of earned value adds up to it", "[engine][earned_value]") {
  const earned_value whole = earned_value_of(two_projects().at("2021-09-30"), "", {.total = 100});
  double earned = 0;
  for (const explanation_step& step : whole.explain().steps) {
    if (step.kind == step_kind::child) earned += *step.value;
    if (step.rule == "EV" && step.kind == step_kind::roll_up) CHECK_THAT(*step.value, WithinRel(earned, 1e-12));
  }
  CHECK(earned > 0);
}

TEST_CASE("an indicator or a total that cannot be is refused", "[engine][earned_value]") {
  const evaluation now = two_projects().at("2021-09-30");
  CHECK_THROWS_AS(earned_value_of(now, "", {.cost = {"of-1.l"}}), unknown_id);
  CHECK_THROWS_AS(earned_value_of(now, "", {.total = 0}), invalid_option);
  CHECK_THROWS_AS(earned_value_of(now, "3"), unknown_id);
}

TEST_CASE("a method that asks for the cost index has that of earned value, and the worse of both colours (S11f)", "[engine][earned_value]") {
  scene of = two_projects();
  of.said[0].low = of.said[0].high = 64;  // SPI 0.94 of "1", 0.4 of "2"
  add_cost(of, 0, "1.3", "1.1", 500, 800);
  add_cost(of, 0, "1.4", "1.2", 190, 200);
  add_cost(of, 1, "2.2", "2.1", 30, 100);
  const programme plan(of.spec);
  const evaluate_options options{.as_of = date(2021, 9, 30), .methods = {"fema_cpi_spi"}};
  for (const double spent : {500.0, 620.0, 700.0}) {
    of.said[3].low = of.said[3].high = spent;
    const evaluation now = evaluate(plan, ledger(of.said), options);
    const earned_value first = earned_value_of(now, "1", {.cost = {"of-1.3", "of-1.4"}});
    const double index = *cost_index(first.amounts());
    CHECK(is_near(cost_index(first.amounts()), (800 * 0.64 + 200 * 0.9) / (spent + 190)));
    const explanation why = now.project("1").explain();
    const auto shown = std::ranges::find(why.steps, std::string("cost index"), &explanation_step::text);
    REQUIRE(shown != why.steps.end());
    CHECK(is_near(*shown->value, index));
    const auto rank = [](double x) { return x > 1.1 || x < 0.9 ? 2 : x > 1.05 || x < 0.95 ? 1 : 0; };
    const char* colours[] = {"green", "yellow", "red"};
    const int worse = std::max(rank(index), rank(*now.project("1").pace()));
    CHECK(status_of(now.project("1")) == colours[worse]);
    CHECK(status_of(now.project("2")) == "red");
  }
}

TEST_CASE("without money spent there is no cost index, and a programme without inputs in money is refused", "[engine][earned_value]") {
  scene of = two_projects();
  const evaluate_options options{.as_of = date(2021, 9, 30), .methods = {"fema_cpi_spi"}};
  try {
    evaluate(programme(of.spec), ledger(of.said), options);
    FAIL("not refused");
  } catch (const invalid_option& refused) {
    CHECK(refused.code() == code::method_needs_more);
  }
  add_cost(of, 0, "1.3", "1.1", 0, 800);
  const evaluation now = evaluate(programme(of.spec), ledger(of.said), options);
  CHECK(status_of(now.project("1")) == "denominator_zero");
  CHECK(status_of(now.project("2")) == "not_applicable");  // nothing is spent on it
  CHECK(status_of(now.target("2.1")) == "red");
}

TEST_CASE("the tracker judges by the cost index as a full run does", "[engine][earned_value][tracker]") {
  scene of = two_projects();
  add_cost(of, 0, "1.3", "1.1", 500, 800);
  const evaluate_options options{.as_of = date(2021, 9, 30), .methods = {"fema_cpi_spi"}};
  const observation last = of.said.back();
  of.said.pop_back();
  tracker kept(programme(of.spec), ledger(of.said), options);
  kept.apply(last);
  of.said.push_back(last);
  CHECK(std::ranges::equal(kept.nodes(), evaluate(programme(of.spec), ledger(of.said), options).data().nodes));
}
