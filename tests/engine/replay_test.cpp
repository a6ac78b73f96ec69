// Laws of explanations: from the steps alone every answer can be recomputed.

#include <attain/engine/earned_value.hpp>
#include <attain/engine/evaluate.hpp>
#include <attain/engine/explain.hpp>
#include <attain/model/built_in_methods.hpp>

#include "engine/lively.hpp"
#include "engine/replay.hpp"
#include "engine/scene.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

/// How many steps of which kind were recomputed.
struct replayed {
  std::map<std::string, std::size_t> recomputed;
  std::size_t given_answers = 0;
};

/// The last step of the text; what a hold cannot have is in the data alone.
const explanation_step* last_of(const explanation& why, step_kind kind) {
  const auto found = std::find_if(why.steps.rbegin(), why.steps.rend(),
                                  [&](const explanation_step& s) { return s.kind == kind && (!s.aside || s.missing); });
  return found == why.steps.rend() ? nullptr : &*found;
}

void follows(const explanation& why, replayed& count) {
  const std::vector<std::string> wrong = what_does_not_follow(why);
  INFO(why.text());
  CHECK(wrong == std::vector<std::string>{});
  for (const explanation_step& s : why.steps) {
    if (s.value && recompute(s)) ++count.recomputed[std::string(to_string(s.kind))];
  }
}

void says(const explanation& why, step_kind kind, const answer<double>& value) {
  const explanation_step* step = last_of(why, kind);
  INFO(why.text());
  REQUIRE(step != nullptr);
  if (value.has_value()) {
    CHECK(step->value == *value);
  } else {
    CHECK(step->missing == value.why());
  }
}

void says_status(const explanation& why, const answer<status>& value) {
  const explanation_step* step = last_of(why, step_kind::status);
  REQUIRE(step != nullptr);
  CHECK(step->state == (value.has_value() ? std::string(value->name()) : std::string()));
}

void explain_all(const evaluation& now, replayed& count) {
  const compiled& from = *now.data().compiled;
  for (const target_result& t : now.targets(true)) {
    const explanation why = t.explain();
    follows(why, count);
    const target_plan& plan = from.cells.targets[from.cells.target_of[t.cell()]];
    if (plan.reading_only) continue;
    says(why, step_kind::attainment, t.attainment());
    says(why, step_kind::expected, t.expected());
    says(why, step_kind::gap, t.gap());
    if (plan.judging == judging::once) says(why, step_kind::reading, t.reading());
    says_status(why, t.status());
    // What is neither given nor judged by a function of the user has inputs.
    const bool by_function = from.method(plan.method, now.data().by.get()).function != nullptr;
    const explanation_step& decided = *last_of(why, step_kind::status);
    CHECK((by_function || decided.operation == step_operation::first));
    if (last_of(why, step_kind::attainment)->operation == step_operation::given && t.attainment().has_value())
      ++count.given_answers;
  }
  for (std::uint32_t node = 0; node < from.nodes.plan.size(); ++node) {
    const project_result p(now.share(), node);
    const explanation why = p.explain();
    follows(why, count);
    says(why, step_kind::expected, p.expected());
    says_status(why, p.status());
  }
}

std::vector<observation> random_reports(unsigned seed, std::size_t count) {
  reports of(seed);
  std::vector<observation> entries;
  for (std::size_t i = 0; i < count; ++i) entries.push_back(of.next());
  return entries;
}

/// 100 to be trained, and among them 100 founders, who stand in for all where these have no answer.
scene whole_and_part(observation of_whole, observation of_part) {
  scene made = one(increment("trained"), target("1.1", "", at_least(100)), {std::move(of_whole), std::move(of_part)});
  made.spec.projects[0].targets[0].partition = true;
  made.spec.indicators.push_back(increment("founders"));
  target_spec part = target("1.2", "founders", at_least(100));
  part.belongs = belonging::part;
  part.belongs_to = "1.1";
  made.spec.projects[0].targets.push_back(part);
  return made;
}

/// Half of the part is attained.
void is_scored_by_parts(const target_result& whole) {
  replayed count;
  const explanation why = whole.explain();
  follows(why, count);
  const explanation_step* score = last_of(why, step_kind::score);
  REQUIRE(score != nullptr);
  CHECK(score->rule == "U4a");
  CHECK(score->value == 0.5);
}

}  // namespace

TEST_CASE("every step of an explanation follows from the steps before it", "[engine][explain][property]") {
  replayed count;
  for (unsigned seed = 0; seed < 6; ++seed) {
    INFO("seed " << seed);
    const ledger book(random_reports(seed, 700));
    for (const programme_spec& spec : {lively(), lively_roll_ups(false), lively_roll_ups(true)}) {
      const programme plan(spec);
      for (const date day : {date(2021, 3, 17), date(2021, 9, 30), date(2021, 12, 31)}) {
        explain_all(evaluate(plan, book, {.as_of = day, .custom = functions_of_the_user()}), count);
      }
    }
  }
  CHECK(count.given_answers == 0);
  for (const char* kind : {"entry", "reading", "formula", "attainment", "trajectory", "expected", "gap", "score", "coverage",
                           "period", "fact", "rule", "band", "roll_up", "ceiling"}) {
    INFO(kind);
    CHECK(count.recomputed[kind] > 0);
  }
}

TEST_CASE("goals that are a change follow from their baseline (B1)", "[engine][explain]") {
  for (const change_kind by : {change_kind::amount, change_kind::percent}) {
    scene of = one(level("insured"), target("1.1", "", change(10, by)),
                   {report("insured", "city", "2020-12-31", 50), report("insured", "city", "2021-06-30", 54)});
    replayed count;
    const target_result result = of.at("2021-06-30").target("1.1");
    const explanation why = result.explain();
    follows(why, count);
    CHECK(count.recomputed["goal"] == 1);
    says(why, step_kind::goal, result.goal());
  }
}

TEST_CASE("so do those of every built-in method", "[engine][explain][property]") {
  replayed count;
  const ledger book(random_reports(11, 900));
  const programme plan(lively());
  for (const method_spec& method : built_in_methods()) {
    INFO(method.name);
    try {
      const evaluation now =
          evaluate(plan, book, {.as_of = date(2021, 10, 15), .custom = functions_of_the_user(), .methods = {method.name}});
      explain_all(now, count);
    } catch (const invalid_option&) {
      continue;  // it needs what the programme lacks
    }
  }
  CHECK(count.recomputed["quantity"] > 0);
}

TEST_CASE("so do those of the worse of two indices", "[engine][explain]") {
  replayed count;
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", 70);
  of.spec.indicators.push_back(increment("money", "万元"));
  target_spec cost = target("1.2", "money", at_most(1000000));
  cost.belongs = belonging::input;
  cost.belongs_to = "1.1";
  of.spec.projects[0].targets.push_back(cost);
  of.said.push_back(report("money", "city", until_september, 650000));
  const evaluate_options options{.as_of = date(2021, 9, 30), .methods = {"fema_cpi_spi"}};
  const evaluation now = evaluate(programme(of.spec), ledger(of.said), options);
  explain_all(now, count);
  CHECK(count.recomputed["band"] > 0);
}

TEST_CASE("so do those of earned value", "[engine][explain][earned_value][property]") {
  replayed count;
  const ledger book(random_reports(3, 700));
  const evaluation now = evaluate(programme(lively()), book, {.as_of = date(2021, 9, 30), .custom = functions_of_the_user()});
  for (const earned_value& of : earned_values(now, {.cost = {"overtime"}})) follows(of.explain(), count);
  CHECK(count.recomputed["roll_up"] > 0);
}

TEST_CASE("so does a month that begins with the other end of the amount that the month before ended with (R11, A7)",
          "[engine][explain]") {
  scene of = one(running_total("lifts"), target("1.1", "", at_least(10)),
                 {report("lifts", "city", "2021-01-31", 5), interval("lifts", "city", "2021-02-28", 30, 34),
                  report("lifts", "city", "2021-03-31", 60)});
  of.spec.projects[0].targets[0].cadence = cadence{cadence_kind::every, frequency::month};
  replayed count;
  const explanation why = of.at("2021-03-31").target("1.1").explain();
  follows(why, count);
  const auto came_to = [&](double amount) {
    return std::any_of(why.steps.begin(), why.steps.end(),
                       [&](const explanation_step& s) { return s.text == "amount of the period" && s.value == amount; });
  };
  CHECK(came_to(25));  // 30 − 5
  CHECK(came_to(26));  // 60 − 34
}

TEST_CASE("so does the score of a whole that a method has a state for, although its parts stand in for it (U4, U4a)",
          "[engine][explain]") {
  const scene of = whole_and_part(report("trained", "city", "2021-09", 4), report("founders", "city", until_september, 50));
  const evaluation now = evaluate(programme(of.spec), ledger(of.said), {.as_of = date(2021, 9, 30), .methods = {"global_fund"}});
  const target_result whole = now.target("1.1");
  INFO(whole.explain().text());
  REQUIRE(whole.status().has_value());
  REQUIRE(whole.attainment() == reason::incomplete);
  is_scored_by_parts(whole);
}

TEST_CASE("so does the score of a whole with an attainment but no answer at due, for which its parts stand in (S5, U4a)",
          "[engine][explain]") {
  const scene of = whole_and_part(report("trained", "city", until_september, 78), report("founders", "city", "2021", 50));
  const evaluation now = of.at("2021-12-31");
  const target_result whole = now.target("1.1");
  REQUIRE(whole.status() == reason::incomplete);
  REQUIRE(is_near(whole.attainment(), 0.78));
  is_scored_by_parts(whole);
}
