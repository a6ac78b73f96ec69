#include <attain/engine/compile.hpp>

#include "engine/lively.hpp"
#include "engine/scene.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

std::shared_ptr<const compiled> compiled_from(const programme_spec& spec, const std::vector<observation>& said = {}) {
  return compile(programme(spec), ledger(said), std::nullopt, functions_of_the_user().get());
}

}  // namespace

TEST_CASE("targets of one indicator, window and place share a reading, however many there are (R13)", "[engine][compile]") {
  scene of{programme_of({increment("x", "元"), increment("y", "元")},
                        {target("1.1", "x", at_least(100)), target("1.2", "x", at_most(200)), target("1.3", "y", at_least(1)),
                         target("1.4", "x", about(50))})};
  of.spec.projects[0].targets[3].window = parse_period("2021H1");
  const auto from = compiled_from(of.spec);
  const auto key = [&](std::size_t t) { return from->cells.targets[t].key; };
  CHECK(key(0) == key(1));
  CHECK(key(0) != key(2));
  CHECK(key(0) != key(3));
  CHECK(from->readings.keys.size() == 3);
}

TEST_CASE("each key is judged in one go, and all targets once", "[engine][compile]") {
  const auto from = compiled_from(lively());
  std::set<std::uint32_t> targets;
  std::set<std::uint32_t> done;
  std::uint32_t key = none;
  for (const std::uint32_t t : from->cells.by_key) {
    targets.insert(t);
    if (from->cells.targets[t].key == key) continue;
    key = from->cells.targets[t].key;
    CHECK(done.insert(key).second);
  }
  CHECK(targets.size() == from->cells.targets.size());
}

TEST_CASE("cells exist where a goal or quota applies and in between, and nowhere else", "[engine][compile]") {
  programme_spec spec = lifts();
  spec.places.push_back({.id = "south", .within = "east"});
  spec.places.push_back({.id = "north", .within = "east"});
  spec.projects[0].targets[0].quotas = {{.place = "south", .goal = 80}, {.place = "west", .goal = 59}};
  const auto from = compiled_from(spec, {report("lifts", "north", "2021-01", 1)});
  const programme plan(spec);
  std::vector<std::string> places;
  for (const std::uint32_t p : from->cells.place) places.push_back(plan.places()[p].id);
  CHECK(std::set<std::string>(places.begin(), places.end()) == std::set<std::string>{"city", "east", "west", "south"});
  CHECK(places.size() == 4);
  CHECK(from->find_cell(0, plan.place_index("east")).has_value());
  CHECK_FALSE(from->find_cell(0, plan.place_index("north")).has_value());
  CHECK_FALSE(from->find_node_cell(0, 1, plan.place_index("north")).has_value());
  CHECK(from->find_node_cell(0, 1, plan.place_index("south")).has_value());
}

TEST_CASE("indices point within the arrays, parents come before children", "[engine][compile]") {
  reports random(11);
  std::vector<observation> said;
  for (int i = 0; i < 800; ++i) said.push_back(random.next());
  const auto from = compiled_from(lively(), said);
  const compiled_readings& r = from->readings;
  REQUIRE(r.event_begin.size() == r.place.size() + 1);
  for (const reading_key& key : r.keys) {
    for (std::uint32_t c = key.first_cell; c < key.first_cell + key.cell_count; ++c) {
      REQUIRE(r.event_begin[c] <= r.event_begin[c + 1]);
      if (r.child_count[c] == 0) continue;
      REQUIRE(r.child_begin[c] > c);
      REQUIRE(r.child_begin[c] + r.child_count[c] <= key.first_cell + key.cell_count);
    }
  }
  for (std::size_t c = 0; c < r.place.size(); ++c) {
    for (auto e = r.event_begin[c]; e + 1 < r.event_begin[c + 1]; ++e) REQUIRE(r.event_day[e] < r.event_day[e + 1]);
  }
  const compiled_nodes& n = from->nodes;
  for (std::size_t i = 0; i < n.plan.size(); ++i) {
    REQUIRE((n.parent[i] == none || n.parent[i] < i));
    for (std::uint32_t c = n.child_begin[i]; c < n.child_begin[i + 1]; ++c) {
      REQUIRE(n.children[c].index < (n.children[c].is_cell ? from->cells.place.size() : n.plan.size()));
    }
  }
  CHECK(n.level_begin.front() == 0);
  CHECK(n.level_begin.back() == n.plan.size());
}

TEST_CASE("weights of siblings are scaled by a power of two to at most one", "[engine][compile]") {
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", 1).weight = 12;
  add_promise(of, 0, "1.2", 1).weight = 3;
  const auto from = compiled_from(of.spec, of.said);
  CHECK(from->cells.weight == std::vector{0.75, 0.1875});
}

TEST_CASE("what is compiled belongs to its known-at day (T1, R2)", "[engine][compile]") {
  programme_spec spec = lifts();
  spec.projects[0].targets[0].quotas.clear();
  spec.projects[0].targets[0].recorded = date(2021, 7, 15);
  spec.projects[0].targets[0].history = {{.recorded = date(2021, 1, 10), .aim = at_least(100)}};
  const ledger book(std::vector{report("lifts", "city", "2021-05", 5, "2021-06-05"), report("lifts", "city", "2021-06", 5, "2021-08-05")});
  const auto then = compile(programme(spec), book, date(2021, 7, 1));
  const auto now = compile(programme(spec), book);
  CHECK(then->known_at == date(2021, 7, 1));
  CHECK(then->cells.goal[0].goal == 100);
  CHECK(then->readings.event_day.size() == 1);
  CHECK(now->cells.goal[0].goal == 139);
  CHECK(now->readings.event_day.size() == 2);
}

TEST_CASE("a formula, a method and an aggregator of the user are refused unless supplied", "[engine][compile]") {
  CHECK_THROWS_AS(compile(programme(lively("custom:halfway@1")), ledger()), invalid_option);
  CHECK_NOTHROW(compile(programme(lively("custom:halfway@1")), ledger(), std::nullopt, functions_of_the_user().get()));
}
