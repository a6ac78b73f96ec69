#include <attain/engine/roll_up.hpp>

#include <attain/engine/impl/alike_nodes.hpp>

#include "engine/bits.hpp"
#include "engine/scene.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

using namespace attain;
using namespace attain::test;

// On 30 September of 2021 three quarters are expected; `add_promise` makes goals of 100.

// -- U1, U2: means ----------------------------------------------------------------------------------

TEST_CASE("141 % of one thing does not hide 42 % of another (U1)", "[engine][roll_up]") {
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", 141);
  add_promise(of, 0, "1.2", 42);
  const evaluation now = of.at("2021-09-30");
  CHECK(is_near(now.target("1.1").attainment(), 1.41));
  CHECK(is_near(now.project("1").attainment(), 0.71));
  CHECK(is_near(now.project("1").expected(), 0.75));
}

TEST_CASE("a negative attainment is 0 in a mean (U1)", "[engine][roll_up]") {
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", -50);
  add_promise(of, 0, "1.2", 80);
  const evaluation now = of.at("2021-09-30");
  CHECK(is_near(now.target("1.1").attainment(), -0.5));
  CHECK(is_near(now.project("1").attainment(), 0.4));
}

TEST_CASE("another cap of scores is declared by the programme (U1)", "[engine][roll_up]") {
  scene of = with_projects(1);
  of.spec.defaults.score_cap = 1.2;
  add_promise(of, 0, "1.1", 141);
  add_promise(of, 0, "1.2", 40);
  CHECK(is_near(of.at("2021-09-30").project("1").attainment(), 0.8));
}

TEST_CASE("weights count relative to those of the siblings", "[engine][roll_up]") {
  scene of = with_projects(2);
  add_promise(of, 0, "1.1", 100).weight = 3;
  add_promise(of, 0, "1.2", 42).weight = 1;
  add_promise(of, 1, "2.1", 60);
  of.spec.projects[0].weight = 2;
  of.spec.projects[1].weight = 6;
  const evaluation now = of.at("2021-09-30");
  CHECK(is_near(now.project("1").attainment(), 0.855));
  CHECK(is_near(now.root().attainment(), (2 * 0.855 + 6 * 0.6) / 8));
}

TEST_CASE("attainment and expected leave out the same children, so that their ratio stays sound (U2)", "[engine][roll_up]") {
  scene of = with_projects(1);
  of.spec.roll_up.minimum_coverage = 0;
  of.spec.projects[0].roll_up.minimum_coverage = 0;
  add_promise(of, 0, "1.1", 60);
  target_spec& early = add_promise(of, 0, "1.2", std::nullopt);
  early.window = parse_period("2021-07/2021-12");
  const evaluation now = of.at("2021-09-30");
  CHECK(status_of(now.target("1.2")) == "no_observation");
  CHECK(is_near(now.project("1").attainment(), 0.6));
  CHECK(is_near(now.project("1").expected(), 0.75));
  CHECK(is_near(now.project("1").pace(), 0.8));
  CHECK(is_near(now.project("1").gap(), -0.15));
}

// -- U3: two streams --------------------------------------------------------------------------------

TEST_CASE("holds and caps have a share of their own and are no part of the mean (U3)", "[engine][roll_up]") {
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", 75);
  add_promise(of, 0, "1.2", 90, at_most(100));
  add_promise(of, 0, "1.3", 110, at_most(100)).weight = 3;
  const evaluation now = of.at("2021-09-30");
  CHECK(is_near(now.project("1").attainment(), 0.75));
  CHECK(is_near(now.project("1").hold_share(), 0.25));
  CHECK(now.project("1").leaves().progress == 1);
  CHECK(now.project("1").leaves().unmet_holds == 1);
}

TEST_CASE("the share of holds is weighted by the whole tree (U3a)", "[engine][roll_up]") {
  scene of = with_projects(2);
  add_promise(of, 0, "1.1", 90, at_most(100));
  add_promise(of, 0, "1.2", 75);
  add_promise(of, 1, "2.1", 110, at_most(100));
  of.spec.projects[0].weight = 3;
  // 3/4 · 1/2 of the weight holds, 1/4 does not.
  CHECK(is_near(of.at("2021-09-30").root().hold_share(), 0.375 / 0.625));
}

TEST_CASE("a node without holds has no share of them, and one without progress no mean (U3, U2a)", "[engine][roll_up]") {
  scene of = with_projects(2);
  add_promise(of, 0, "1.1", 75);
  add_promise(of, 1, "2.1", 90, at_most(100));
  const evaluation now = of.at("2021-09-30");
  CHECK(now.project("1").hold_share() == reason::not_applicable);
  CHECK(now.project("2").attainment() == reason::not_applicable);
  CHECK(now.project("2").lower() == reason::not_applicable);
  CHECK(is_near(now.root().attainment(), 0.75));
}

// -- U4: parts --------------------------------------------------------------------------------------

TEST_CASE("a part has weight 0 unless given one, and is judged all the same (U4)", "[engine][roll_up]") {
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", 75);
  add_promise(of, 0, "1.2", 10, at_least(40));
  target_spec& part = of.spec.projects[0].targets[1];
  part.belongs = belonging::part;
  part.belongs_to = "1.1";
  CHECK(status_of(of.at("2021-09-30").target("1.2")) == "behind");
  CHECK(is_near(of.at("2021-09-30").project("1").attainment(), 0.75));
  CHECK(status_of(of.at("2021-09-30").project("1")) == "on_track");

  part.weight = 1;
  CHECK(is_near(of.at("2021-09-30").project("1").attainment(), 0.5));
  CHECK(status_of(of.at("2021-09-30").project("1")) == "behind");
}

namespace {

scene partitioned(std::optional<double> whole, std::optional<double> first, std::optional<double> second) {
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", whole).partition = true;
  add_promise(of, 0, "1.2", first, at_least(20));
  add_promise(of, 0, "1.3", second, at_least(80));
  for (const std::size_t part : {1u, 2u}) {
    of.spec.projects[0].targets[part].belongs = belonging::part;
    of.spec.projects[0].targets[part].belongs_to = "1.1";
  }
  return of;
}

}  // namespace

TEST_CASE("a partition is its whole if that has an answer (U4)", "[engine][roll_up]") {
  CHECK(is_near(partitioned(50, 20, 80).at("2021-09-30").project("1").attainment(), 0.5));
}

TEST_CASE("a partition without an answer of its own is its parts in proportion to their goals (U4, U4a)", "[engine][roll_up]") {
  // 20 of 20 and more is 1, 40 of 80 is 0.5: (20 · 1 + 80 · 0.5) / 100
  const evaluation now = partitioned(std::nullopt, 30, 40).at("2021-09-30");
  CHECK(status_of(now.target("1.1")) == "no_observation");
  CHECK(is_near(now.project("1").attainment(), 0.6));
  CHECK(is_near(now.project("1").coverage(), 1));
}

TEST_CASE("a partition within a partition stands in for it before the outer one is settled, in any order of the list (U4)", "[engine][roll_up]") {
  scene of = with_projects(1);
  const auto add = [&](const char* id, double goal, const char* whole, bool partition) {
    target_spec& t = add_promise(of, 0, id, std::string_view(id) == "1.3" ? std::optional(30.0) : std::nullopt, at_least(goal));
    t.partition = partition;
    if (whole != nullptr) {
      t.belongs = belonging::part;
      t.belongs_to = whole;
    }
  };
  add("1.1", 100, nullptr, true);
  add("1.2", 60, "1.1", true);
  add("1.3", 60, "1.2", false);
  add("1.4", 40, "1.1", false);
  const project_result project = of.at("2021-09-30").project("1");
  CHECK(is_near(project.attainment(), 0.5));   // 30 of the 60 that 1.3, and so 1.2, is to bring
  CHECK(is_near(project.coverage(), 0.6));     // 60 of 100
}

TEST_CASE("a partition is answered in the share of the goals of its answered parts (U4a)", "[engine][roll_up]") {
  const evaluation now = partitioned(std::nullopt, std::nullopt, 40).at("2021-09-30");
  CHECK(is_near(now.project("1").attainment(), 0.5));
  CHECK(is_near(now.project("1").coverage(), 0.8));
  CHECK(is_near(now.project("1").lower(), 0.4));
  CHECK(is_near(now.project("1").upper(), 0.6));
}

// -- U5: not due ------------------------------------------------------------------------------------

TEST_CASE("what has not started leaves mean, expected and coverage (U5)", "[engine][roll_up]") {
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", 60);
  add_promise(of, 0, "1.2", std::nullopt).window = parse_period("2021Q4");
  const evaluation now = of.at("2021-09-30");
  CHECK(status_of(now.target("1.2")) == "not_due");
  CHECK(is_near(now.project("1").attainment(), 0.6));
  CHECK(is_near(now.project("1").coverage(), 1));
  CHECK(now.project("1").leaves().not_due == 1);
}

TEST_CASE("counted as zero, what has not started leaves the pace as it is (U5)", "[engine][roll_up]") {
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", 60);
  add_promise(of, 0, "1.2", std::nullopt).window = parse_period("2021Q4");
  of.spec.projects[0].roll_up.not_due = not_due_policy::count_as_zero;
  const evaluation now = of.at("2021-09-30");
  CHECK(is_near(now.project("1").attainment(), 0.3));
  CHECK(is_near(now.project("1").expected(), 0.375));
  CHECK(is_near(now.project("1").pace(), 0.8));
  CHECK(is_near(now.project("1").coverage(), 1));
}

TEST_CASE("a project that is not due counts as zero above, too (U5)", "[engine][roll_up]") {
  scene of = with_projects(2);
  add_promise(of, 0, "1.1", 60);
  add_promise(of, 1, "2.1", std::nullopt).window = parse_period("2021Q4");
  CHECK(is_near(of.at("2021-09-30").root().attainment(), 0.6));
  of.spec.roll_up.not_due = not_due_policy::count_as_zero;
  CHECK(is_near(of.at("2021-09-30").root().attainment(), 0.3));
  CHECK(is_near(of.at("2021-09-30").root().pace(), 0.8));
}

TEST_CASE("counted as zero, a cap that is not due stays out all the same (U5a)", "[engine][roll_up]") {
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", 60);
  add_promise(of, 0, "1.2", std::nullopt, at_most(10)).window = parse_period("2021Q4");
  of.spec.projects[0].roll_up.not_due = not_due_policy::count_as_zero;
  const evaluation now = of.at("2021-09-30");
  CHECK(is_near(now.project("1").attainment(), 0.6));
  CHECK(is_near(now.project("1").coverage(), 1));
  CHECK(now.project("1").hold_share() == reason::not_applicable);
}

// -- U6: coverage and bounds ------------------------------------------------------------------------

TEST_CASE("coverage is the answered share of the effective weight, through the whole tree (U6, U6a)", "[engine][roll_up]") {
  scene of = with_projects(2);
  add_promise(of, 0, "1.1", 60);
  add_promise(of, 0, "1.2", std::nullopt);
  add_promise(of, 1, "2.1", 75);
  of.spec.projects[0].weight = 3;
  const evaluation now = of.at("2021-09-30");
  CHECK(is_near(now.project("1").coverage(), 0.5));
  CHECK(is_near(now.root().coverage(), 0.75 * 0.5 + 0.25));
}

TEST_CASE("the bounds set what is missing to 0 and to 1 (U6)", "[engine][roll_up]") {
  scene of = with_projects(2);
  add_promise(of, 0, "1.1", 60);
  add_promise(of, 0, "1.2", std::nullopt);
  add_promise(of, 1, "2.1", 141);
  const evaluation now = of.at("2021-09-30");
  CHECK(is_near(now.project("1").lower(), 0.3));
  CHECK(is_near(now.project("1").upper(), 0.8));
  CHECK(is_near(now.root().lower(), 0.65));
  CHECK(is_near(now.root().upper(), 0.9));
}

TEST_CASE("a project under the minimum coverage has no status, and its parent still takes its mean (D3)", "[engine][roll_up]") {
  scene of = with_projects(2);
  add_promise(of, 0, "1.1", 60);
  add_promise(of, 0, "1.2", std::nullopt);
  add_promise(of, 1, "2.1", 90);
  const evaluation now = of.at("2021-09-30");
  CHECK(status_of(now.project("1")) == "incomplete");
  CHECK(is_near(now.project("1").attainment(), 0.6));
  CHECK(status_of(now.root()) == "on_track");
  CHECK(is_near(now.root().attainment(), 0.75));
}

TEST_CASE("the minimum coverage of a node is 0.6 unless the node or the programme declares another (D3)", "[engine][roll_up]") {
  scene of = with_projects(1);
  for (const char* id : {"1.1", "1.2", "1.3"}) add_promise(of, 0, id, 75);
  for (const char* id : {"1.4", "1.5"}) add_promise(of, 0, id, std::nullopt);
  CHECK(status_of(of.at("2021-09-30").project("1")) == "on_track");  // 0.6 is enough
  of.spec.defaults.minimum_coverage_of_node = 0.61;
  CHECK(status_of(of.at("2021-09-30").project("1")) == "incomplete");
  of.spec.projects[0].roll_up.minimum_coverage = 0.5;
  CHECK(status_of(of.at("2021-09-30").project("1")) == "on_track");
  CHECK(status_of(of.at("2021-09-30").root()) == "incomplete");
}

// -- Nodes, section S -------------------------------------------------------------------------------

TEST_CASE("a node whose leaves are all not due is not due (S)", "[engine][roll_up]") {
  scene of = with_projects(1);
  for (const char* id : {"1.1", "1.2"}) add_promise(of, 0, id, std::nullopt).window = parse_period("2021Q4");
  const evaluation now = of.at("2021-09-30");
  CHECK(status_of(now.project("1")) == "not_due");
  CHECK(now.project("1").attainment() == reason::not_due);
  CHECK(status_of(now.root()) == "not_due");
}

TEST_CASE("a node is met when all its weighted leaves are met, and not before (S)", "[engine][roll_up]") {
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", 100);
  add_promise(of, 0, "1.2", 130);
  add_promise(of, 0, "1.3", 1).weight = 0;
  CHECK(status_of(of.at("2021-09-30").project("1")) == "met");
  CHECK(status_of(of.at("2021-09-30").root()) == "met");
  add_promise(of, 0, "1.4", 99);
  CHECK(status_of(of.at("2021-09-30").project("1")) == "on_track");
}

TEST_CASE("at due any missed leaf makes a node missed, and without one it has no answer (S)", "[engine][roll_up]") {
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", 100);
  add_promise(of, 0, "1.2", 120);
  add_promise(of, 0, "1.3", std::nullopt);
  of.said.push_back(report("of-1.1", "city", "2021Q4", 1));
  CHECK(status_of(of.at("2021-12-31").target("1.3")) == "no_observation");
  CHECK(status_of(of.at("2021-12-31").project("1")) == "incomplete");
  of.said.push_back(report("of-1.3", "city", "2021", 50));
  CHECK(status_of(of.at("2021-12-31").target("1.3")) == "missed");
  CHECK(status_of(of.at("2021-12-31").project("1")) == "missed");
  CHECK(status_of(of.at("2021-12-31").root()) == "missed");
}

TEST_CASE("a node is due on its declared day, else with the latest of its applicable leaves (S)", "[engine][roll_up]") {
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", 20).window = parse_period("2021H1");
  add_promise(of, 0, "1.2", 75);
  add_promise(of, 0, "1.3", std::nullopt).window = parse_period("2022");
  of.spec.projects[0].targets[2].withdrawn = true;
  CHECK(of.at("2021-09-30").project("1").due() == date(2021, 12, 31));
  of.spec.projects[0].due = date(2021, 8, 31);
  CHECK(of.at("2021-09-30").project("1").due() == date(2021, 8, 31));
  CHECK(of.at("2021-09-30").root().due() == date(2021, 12, 31));
}

TEST_CASE("a leaf that was reported as not applicable does not put off the due of a node (S, S1a)", "[engine][roll_up]") {
  scene of = with_projects(2);
  add_promise(of, 0, "1.1", 20).window = parse_period("2021-01-01/2021-09-30");
  add_promise(of, 1, "2.1", std::nullopt);
  CHECK(of.at("2021-09-30").root().due() == date(2021, 12, 31));
  CHECK(status_of(of.at("2021-09-30").root()) == "incomplete");
  of.said.push_back(without_amount("of-2.1", "city", "2021-09", reason::not_applicable));
  CHECK(of.at("2021-09-30").root().due() == date(2021, 9, 30));
  CHECK(status_of(of.at("2021-09-30").project("2")) == "not_applicable");
  CHECK(of.at("2021-09-30").project("2").due() == reason::not_applicable);
  CHECK(status_of(of.at("2021-09-30").root()) == "missed");
}

TEST_CASE("a late child keeps a project at risk, however far the others are, but not a group or the root (S)", "[engine][roll_up]") {
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", 100);
  add_promise(of, 0, "1.2", 50);
  const evaluation now = of.at("2021-09-30");
  CHECK(status_of(now.target("1.2")) == "behind");
  CHECK(is_near(now.project("1").gap(), 0));
  CHECK(status_of(now.project("1")) == "at_risk");
  CHECK(status_of(now.root()) == "on_track");
  of.spec.projects[0].group = true;
  CHECK(status_of(of.at("2021-09-30").project("1")) == "on_track");
}

TEST_CASE("a late child of weight 0 sets no ceiling, and only children count, not their children (S)", "[engine][roll_up]") {
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", 100);
  add_promise(of, 0, "1.2", 50).weight = 0;
  CHECK(status_of(of.at("2021-09-30").project("1")) == "met");
  add_promise(of, 0, "1.3", 70);
  CHECK(status_of(of.at("2021-09-30").project("1")) == "on_track");

  scene nested = with_projects(1);
  nested.spec.projects[0].projects = {project("1.a", {})};
  nested.spec.indicators = {increment("late", "元"), increment("good", "元")};
  nested.spec.projects[0].projects[0].targets = {target("a", "late", at_least(100)), target("b", "good", at_least(100))};
  nested.said = {report("late", "city", "2021-01-01/2021-09-30", 50), report("good", "city", "2021-01-01/2021-09-30", 100)};
  CHECK(status_of(nested.at("2021-09-30").project("1.a")) == "at_risk");
  CHECK(status_of(nested.at("2021-09-30").project("1")) == "on_track");
}

TEST_CASE("the ceiling lowers a status and never raises one (S)", "[engine][roll_up]") {
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", 50);
  add_promise(of, 0, "1.2", 55);
  CHECK(status_of(of.at("2021-09-30").project("1")) == "behind");
}

TEST_CASE("a weighted hold that does not hold keeps every node above it at risk (S)", "[engine][roll_up]") {
  scene of = with_projects(1);
  of.spec.indicators.push_back(level("buses", "%"));
  target_spec punctual = target("1.9", "buses", at_least(0.9));
  punctual.cadence = cadence{cadence_kind::throughout};
  add_promise(of, 0, "1.1", 100);
  add_promise(of, 0, "1.2", 75);
  of.spec.projects[0].targets.push_back(punctual);
  of.said.push_back(report("buses", "city", "2021-09", 0.88));
  CHECK(status_of(of.at("2021-09-30").target("1.9")) == "at_risk");
  CHECK(status_of(of.at("2021-09-30").project("1")) == "at_risk");
  CHECK(status_of(of.at("2021-09-30").root()) == "at_risk");

  of.spec.projects[0].targets.back().weight = 0;
  CHECK(status_of(of.at("2021-09-30").root()) == "on_track");
}

TEST_CASE("without a progress leaf a node is on track if all holds hold, else at risk (S)", "[engine][roll_up]") {
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", 60, at_most(100));
  add_promise(of, 0, "1.2", 75, at_most(100));
  CHECK(status_of(of.at("2021-09-30").project("1")) == "on_track");
  of.said.push_back(report("of-1.2", "city", "2021-01-01/2021-09-30", 101, "2021-10-01"));
  CHECK(status_of(of.at("2021-09-30").target("1.2")) == "missed");
  CHECK(status_of(of.at("2021-09-30").project("1")) == "at_risk");
}

TEST_CASE("withdrawn leaves are left out, and a node of nothing else says so (S)", "[engine][roll_up]") {
  scene of = with_projects(2);
  add_promise(of, 0, "1.1", 75);
  add_promise(of, 0, "1.2", std::nullopt).withdrawn = true;
  add_promise(of, 1, "2.1", 10).withdrawn = true;
  const evaluation now = of.at("2021-09-30");
  CHECK(is_near(now.project("1").coverage(), 1));
  CHECK(status_of(now.project("1")) == "on_track");
  CHECK(status_of(now.project("2")) == "withdrawn");
  CHECK(now.project("2").due() == reason::not_applicable);
  CHECK(status_of(now.root()) == "on_track");
}

TEST_CASE("a node whose leaves are all left out has the first of their reasons (U6b)", "[engine][roll_up]") {
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", 75).withdrawn = true;
  CHECK(status_of(of.at("2021-09-30").project("1")) == "withdrawn");
  add_promise(of, 0, "1.2", std::nullopt);
  of.said.push_back(without_amount("of-1.2", "city", "2021-09", reason::not_applicable));
  CHECK(status_of(of.at("2021-09-30").project("1")) == "not_applicable");
}

// -- Aggregators ------------------------------------------------------------------------------------

TEST_CASE("the worst child stands for a node, with its own expected share", "[engine][roll_up]") {
  scene of = with_projects(1);
  of.spec.projects[0].roll_up.aggregator = "worst";
  add_promise(of, 0, "1.1", 90);
  add_promise(of, 0, "1.2", 30);
  add_promise(of, 0, "1.3", 5).weight = 0;
  add_promise(of, 0, "1.4", std::nullopt).window = parse_period("2021Q4");
  const evaluation now = of.at("2021-09-30");
  CHECK(is_near(now.project("1").attainment(), 0.3));
  CHECK(is_near(now.project("1").expected(), 0.75));
  CHECK(status_of(now.project("1")) == "behind");
}

// -- R9c: places ------------------------------------------------------------------------------------

TEST_CASE("nodes exist at every place with a goal, and what a county promised counts at the city with its own cell (R9c)", "[engine][roll_up]") {
  scene of = with_projects(1);
  of.spec.indicators = {increment("lifts", "元"), increment("trees", "元")};
  target_spec by_county = target("1.1", "lifts", at_least(100));
  by_county.quotas = {{.place = "east", .goal = 60}, {.place = "west", .goal = 40}};
  target_spec trees = target("1.2", "trees", at_least(10));
  trees.place = "east";
  of.spec.projects[0].targets = {by_county, trees};
  of.said = {report("lifts", "east", until_september, 45), report("lifts", "west", until_september, 10), report("trees", "east", until_september, 9)};
  const evaluation now = of.at("2021-09-30");
  CHECK(is_near(now.project("1").attainment(), (0.55 + 0.9) / 2));
  CHECK(is_near(now.project("1", "east").attainment(), (0.75 + 0.9) / 2));
  CHECK(is_near(now.project("1", "west").attainment(), 0.25));
  CHECK(is_near(now.project("", "west").attainment(), 0.25));
  CHECK(now.project("1", "east").place() == "east");
  CHECK(now.project("1", "east").targets().size() == 2);
  CHECK(now.project("1").targets()[1].place() == "east");
}

TEST_CASE("verdicts of leaves side by side are counted as those of single ones, however many there are",
          "[engine][roll_up][property]") {
  std::mt19937 random(7);
  std::vector<std::size_t> sizes{300'000};  // more than lanes of 16 bits can count
  for (std::size_t size = 0; size < 40; ++size) sizes.push_back(size);
  for (const std::size_t size : sizes) {
    std::vector<std::uint16_t> flags(size), others(size);
    std::vector<std::uint8_t> state(size);
    const bool all_alike = size > 1000 || size % 3 == 0;
    for (std::size_t i = 0; i < size; ++i) {
      flags[i] = static_cast<std::uint16_t>(size > 1000 ? 0x7fff : random() & 0x7fff);
      others[i] = static_cast<std::uint16_t>(all_alike || random() % 20 != 0 ? flags[i] : random() & 0x7fff);
      state[i] = random() % 4 == 0 ? no_state : std::uint8_t{2};
    }
    detail::verdict_counts row, single;
    row.add_row(flags.data(), others.data(), state.data(), static_cast<std::uint32_t>(size));
    for (std::size_t i = 0; i < size; ++i) single.add(flags[i], others[i], state[i]);
    INFO("size " << size);
    CHECK(row.states == single.states);
    CHECK(row.met == single.met);
    CHECK(row.missed == single.missed);
    CHECK(row.failing == single.failing);
    CHECK(row.differs() == single.differs());
  }
}
