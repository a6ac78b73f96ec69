#include <attain/model/formula.hpp>
#include <attain/model/programme.hpp>

#include "support/builders.hpp"
#include "support/catch.hpp"
#include "support/small_stack.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

std::vector<std::string> ids_of(std::span<const place_spec> places) {
  std::vector<std::string> ids;
  for (const place_spec& p : places) ids.push_back(p.id);
  return ids;
}

/// "1" holds 1.1 and the nested "1.A" (with 1.A.1) and "1.B"; "2" holds 2.1.
programme_spec nested() {
  programme_spec spec = programme_of({increment("lifts"), level("people")}, {target("1.1", "lifts", at_least(1))});
  spec.projects[0].projects = {project("1.A", {target("1.A.1", "people", at_least(2))}),
                               project("1.B", {target("1.B.1", "lifts", at_least(3))})};
  spec.projects.push_back(project("2", {target("2.1", "lifts", at_least(4))}));
  return spec;
}

}  // namespace

TEST_CASE("a programme lists nodes and targets in the order of the text, parents first", "[model][programme]") {
  const programme plan(nested());
  std::vector<std::string> nodes;
  for (const programme_node& n : plan.nodes()) nodes.push_back(n.spec == nullptr ? "" : n.spec->id);
  CHECK(nodes == std::vector<std::string>{"", "1", "1.A", "1.B", "2"});
  std::vector<std::uint32_t> parents;
  for (const programme_node& n : plan.nodes()) parents.push_back(n.parent);
  CHECK(parents == std::vector<std::uint32_t>{none, 0, 1, 1, 0});
  std::vector<std::string> targets;
  std::vector<std::uint32_t> holders;
  for (const programme_target& t : plan.targets()) {
    targets.push_back(t.spec->id);
    holders.push_back(t.node);
  }
  CHECK(targets == std::vector<std::string>{"1.1", "1.A.1", "1.B.1", "2.1"});
  CHECK(holders == std::vector<std::uint32_t>{1, 2, 3, 4});
}

TEST_CASE("a programme puts places in order, the root first, siblings as listed", "[model][programme]") {
  programme_spec spec = lifts();
  spec.places = {{.id = "north", .within = "east"},
                 {.id = "west", .within = "city"},
                 {.id = "city"},
                 {.id = "east", .within = "city"},
                 {.id = "south", .within = "east"}};
  const programme plan(spec);
  CHECK(ids_of(plan.places()) == std::vector<std::string>{"city", "west", "east", "north", "south"});
  const auto parents = plan.place_parents();
  CHECK(std::vector<std::uint32_t>(parents.begin(), parents.end()) == std::vector<std::uint32_t>{none, 0, 0, 2, 2});
  CHECK(plan.find_place("east") == 2u);
}

TEST_CASE("a programme without places has the one place \"all\"", "[model][programme]") {
  programme_spec spec = lifts();
  spec.places.clear();
  spec.projects[0].targets[0].quotas.clear();
  const programme plan(spec);
  CHECK(ids_of(plan.places()) == std::vector<std::string>{"all"});
  CHECK(plan.place_parents()[0] == none);
  CHECK(plan.targets()[0].place == 0);
}

TEST_CASE("a target resolves what it names and inherits what it leaves out", "[model][programme]") {
  programme_spec spec = nested();
  spec.projects[0].window = parse_period("2022");
  spec.projects[0].projects[1].window = parse_period("2023");
  target_spec& far = spec.projects[1].targets[0];
  far.window = parse_period("2024Q1");
  far.place = "west";
  far.belongs = belonging::part;
  far.belongs_to = "1.1b";  // an alias
  spec.projects[0].targets[0].aliases = {{.id = "1.1b"}};
  const programme plan(spec);

  CHECK(to_string(plan.targets()[0].window) == "2022");  // of its project
  CHECK(to_string(plan.targets()[1].window) == "2022");  // of the project above its project
  CHECK(to_string(plan.targets()[2].window) == "2023");
  CHECK(to_string(plan.targets()[3].window) == "2024Q1");  // its own
  CHECK(plan.nodes()[0].window == parse_period("2021"));
  CHECK(plan.nodes()[4].window == parse_period("2021"));

  CHECK(plan.targets()[1].indicator == plan.find_indicator("people"));
  CHECK(plan.targets()[0].place == 0);
  CHECK(plan.targets()[3].place == plan.find_place("west"));
  CHECK(plan.targets()[3].belongs_to == 0);
  CHECK(plan.targets()[0].belongs_to == none);
}

TEST_CASE("a programme finds by id, and an unknown id is answered with the nearest", "[model][programme]") {
  programme_spec spec = nested();
  spec.projects[0].targets[0].aliases = {{.id = "one-bis"}};
  const programme plan(spec);
  CHECK(plan.find_target("1.A.1") == 1u);
  CHECK(plan.find_target("one-bis") == 0u);
  CHECK(plan.target_index("one-bis") == 0u);
  CHECK(!plan.find_target("1.A"));  // a project
  CHECK(plan.find_project("1.A") == 2u);
  CHECK(plan.find_project("") == 0u);
  CHECK(plan.project_index("") == 0u);
  CHECK(plan.project_index("2") == 4u);
  CHECK(!plan.find_project("1.1"));
  CHECK(plan.indicator_index("people") == 1u);
  CHECK(plan.place_index("west") == 2u);
  CHECK(!plan.find_indicator("lift"));
  CHECK(!plan.find_place(""));

  const auto nearest_of = [](auto look_up) {
    try {
      look_up();
    } catch (const unknown_id& e) {
      return e.kind() + ": " + (e.nearest().empty() ? "" : e.nearest().front());
    }
    return std::string("found");
  };
  CHECK(nearest_of([&] { plan.target_index("1.A.2"); }) == "target: 1.A.1");
  CHECK(nearest_of([&] { plan.project_index("1.C"); }) == "project: 1.A");
  CHECK(nearest_of([&] { plan.indicator_index("lift"); }) == "indicator: lifts");
  CHECK(nearest_of([&] { plan.place_index("eest"); }) == "place: east");
}

TEST_CASE("a project that is looked for among the targets is said to be one, and the other way round", "[model][programme]") {
  const programme plan(nested());
  const auto said_of = [](auto look_up) {
    try {
      look_up();
    } catch (const unknown_id& e) {
      return e.findings().front().message;
    }
    return std::string("found");
  };
  CHECK(said_of([&] { plan.target_index("1.A"); }) == "there is no such target; it is a project");
  CHECK(said_of([&] { plan.project_index("1.A.1"); }) == "there is no such project; it is a target");
  CHECK(said_of([&] { plan.target_index("7"); }) == "there is no such target");
}

TEST_CASE("a wrong specification throws every error, and no warning, and makes nothing", "[model][programme]") {
  programme_spec spec = lifts();
  spec.projects[0].weight = -1;
  spec.projects[0].targets[0].quotas[0].goal = 81;  // a warning
  spec.indicators[0].unit.clear();
  try {
    programme plan(spec);
    FAIL("accepted");
  } catch (const invalid_programme& refused) {
    REQUIRE(refused.findings().size() == 2);
    CHECK(refused.findings()[0].code == code::missing_field);
    CHECK(refused.findings()[1].code == code::negative_weight);
    CHECK_THAT(refused.what(), ContainsSubstring("/projects/0/weight"));
  }
}

TEST_CASE("a programme keeps its warnings", "[model][programme]") {
  CHECK(programme(lifts()).warnings().empty());
  programme_spec spec = lifts();
  spec.projects[0].targets[0].quotas[0].goal = 81;
  const programme plan(spec);
  REQUIRE(plan.warnings().size() == 1);
  CHECK(plan.warnings()[0].code == code::quotas_differ_from_goal);
}

TEST_CASE("a programme is changed by making another one; copies and moves share", "[model][programme]") {
  const programme plan(lifts());
  const programme copy = plan;
  CHECK(copy.same_as(plan));
  CHECK(copy == plan);

  programme_spec edited = plan.spec();
  CHECK(edited == lifts());
  const programme equal(edited);
  CHECK(equal == plan);
  CHECK(!equal.same_as(plan));
  edited.projects[0].targets[0].aim->goal = 140;
  edited.projects[0].targets[0].quotas.clear();
  CHECK(!(programme(edited) == plan));
  CHECK(plan.spec() == lifts());
}

TEST_CASE("what a programme points to outlives the handle it was asked of", "[model][programme]") {
  programme_spec spec = lifts();
  spec.id = std::string(100, 'x');  // on the heap
  std::span<const programme_target> targets;
  programme kept = [&] {
    const programme first(spec);
    targets = first.targets();
    return first;
  }();
  CHECK(targets[0].spec->id == "1.1");
  CHECK(kept.id() == spec.id);
}

TEST_CASE("64 levels of projects and places are a programme, 65 are refused (G2)", "[model][programme]") {
  const auto deep = [](int levels) {
    programme_spec spec = lifts();
    project_spec inner = project("p" + std::to_string(levels), spec.projects[0].targets);
    for (int i = levels - 1; i > 0; --i) {
      project_spec outer = project("p" + std::to_string(i), {});
      outer.projects.push_back(std::move(inner));
      inner = std::move(outer);
    }
    spec.projects = {std::move(inner)};
    spec.places = {{.id = "east", .within = "l1"}, {.id = "west", .within = "l1"}};
    for (int i = levels; i > 0; --i)
      spec.places.push_back({.id = "l" + std::to_string(i), .within = i == 1 ? "" : "l" + std::to_string(i - 1)});
    return spec;
  };
  const programme_spec deepest = deep(64);
  std::optional<programme> made;
  run_on_stack(256 * 1024, [&] { made.emplace(deepest); });
  const programme& plan = *made;
  CHECK(plan.nodes().size() == 65);
  CHECK(plan.places().size() == 66);
  try {
    programme refused(deep(65));
    FAIL("accepted");
  } catch (const invalid_programme& refused) {
    REQUIRE(refused.findings().size() == 2);
    CHECK(refused.findings()[0].code == code::too_deep);
    CHECK_THAT(refused.findings()[0].where, StartsWith("/places/"));
    CHECK(refused.findings()[1].code == code::too_deep);
    CHECK_THAT(refused.findings()[1].where, EndsWith("/projects/0"));
  }
}

TEST_CASE("a programme can be read from many threads at once", "[model][programme]") {
  const programme plan(nested());
  std::vector<std::thread> readers;
  std::vector<int> found(4, 0);
  for (std::size_t i = 0; i < found.size(); ++i)
    readers.emplace_back([&plan, &found, i] {
      const programme own = plan;
      for (int k = 0; k < 1000; ++k) found[i] += own.find_target("2.1") == 3u ? 1 : 0;
    });
  for (std::thread& reader : readers) reader.join();
  CHECK(found == std::vector<int>(4, 1000));
}

TEST_CASE("a programme knows what reported indicators each one comes down to (R7a)", "[model][programme]") {
  programme_spec spec = programme_of({increment("paid"), increment("due"), level("people")}, {});
  spec.indicators[0].unit = "台";
  spec.indicators.push_back({.id = "rate", .unit = "%", .kind = indicator_kind::ratio, .numerator = "paid", .denominator = "due"});
  spec.indicators.push_back({.id = "index", .unit = "人", .kind = indicator_kind::formula, .expression = "[people] * [rate]"});
  const programme plan(spec);
  const auto members = [&](std::uint32_t i) { return std::vector(plan.members(i).begin(), plan.members(i).end()); };
  CHECK(members(0) == std::vector<std::uint32_t>{0});
  CHECK(plan.resolved(0).is_indivisible);
  CHECK(plan.resolved(0).derive == derivation::plain);
  CHECK(members(3) == std::vector<std::uint32_t>{0, 1});
  CHECK(plan.resolved(3).derive == derivation::ratio);
  CHECK_FALSE(plan.resolved(3).is_indivisible);
  CHECK(members(4) == std::vector<std::uint32_t>{2, 0, 1});
  REQUIRE(plan.resolved(4).derive == derivation::formula);
  CHECK(to_string(*plan.resolved(4).expression) == "[people] * ([paid] / [due])");
}

TEST_CASE("a weighting that nothing asks for may name what is not there, and is a warning only", "[model][programme]") {
  programme_spec spec = city();
  spec.indicators[0].weighted_by = "no such";
  const programme plan(spec);
  CHECK(plan.resolved(0).weighted_by == none);
  CHECK(std::ranges::any_of(plan.warnings(), [](const finding& f) { return f.code == code::unused_field; }));
}
