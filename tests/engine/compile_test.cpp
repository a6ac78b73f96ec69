#include <attain/engine/compile.hpp>

#include "engine/lively.hpp"
#include "engine/scene.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <utility>
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

TEST_CASE("twice the periods and reports are twice the keys and events, since no period reads those of another (A7)", "[engine][compile]") {
  const auto counted = [](int days) {
    programme_spec spec = programme_of({increment("x", "元")}, {target("1.1", "x", at_least(1))});
    target_spec& daily = spec.projects[0].targets[0];
    daily.window = period{date(2021, 1, 1), date(2021, 1, 1) + days};
    daily.cadence = cadence{cadence_kind::every, frequency::day};
    std::vector<observation> said;
    for (int i = 0; i < days; ++i) said.push_back(report("x", "city", to_string(date(2021, 1, 1) + i), 1));
    const auto from = compiled_from(spec, said);
    std::size_t events = 0;
    for (const std::uint32_t n : from->readings.event_count) events += n;
    return std::pair(from->readings.keys.size(), events);
  };
  const auto [keys, events] = counted(1000);
  CHECK(keys <= 1001);
  CHECK(events <= 2000);
  CHECK(counted(2000).first == keys + 1000);
  CHECK(counted(2000).second == 2 * events);
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
  REQUIRE(r.event_begin.size() == r.place.size());
  REQUIRE(r.event_count.size() == r.place.size());
  for (const reading_key& key : r.keys) {
    for (std::uint32_t c = key.first_cell; c < key.first_cell + key.cell_count; ++c) {
      const auto days = r.event_days(key, c);
      REQUIRE(std::is_sorted(days.begin(), days.end(), std::less_equal<>()));
      if (r.child_count[c] == 0) continue;
      REQUIRE(r.child_begin[c] > c);
      REQUIRE(r.child_begin[c] + r.child_count[c] <= key.first_cell + key.cell_count);
    }
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

TEST_CASE("what is compiled is the same for any number of threads (D5)", "[engine][compile]") {
  reports random(12);
  std::vector<observation> said;
  for (int i = 0; i < 400; ++i) said.push_back(random.next());
  const auto functions = functions_of_the_user();
  std::vector<programme> all;
  for (int i = 0; i < 7; ++i) {
    programme_spec spec = lively();
    spec.id = "programme " + std::to_string(i);
    all.emplace_back(std::move(spec));
  }
  const portfolio plan(all);
  const ledger book(said);
  const auto alone = compile(plan, book, std::nullopt, functions.get());
  const auto in_three = compile(plan, book, std::nullopt, functions.get(), 3);
  CHECK(in_three->readings.blocks.size() == 3);
  CHECK(in_three->readings.place == alone->readings.place);
  CHECK(in_three->readings.child_begin == alone->readings.child_begin);
  CHECK(in_three->readings.weight_cell == alone->readings.weight_cell);
  CHECK(in_three->readings.event_count == alone->readings.event_count);
  CHECK(in_three->cells.reading == alone->cells.reading);
  CHECK(in_three->cells.goal == alone->cells.goal);
  CHECK(in_three->cells.outcome_amount == alone->cells.outcome_amount);
}

TEST_CASE("keys are shared unless a share of the goal tells their targets apart (R13, R11b)", "[engine][compile]") {
  scene of{programme_of({increment("x", "元")}, {target("1.1", "x", at_least(100)), target("1.2", "x", at_least(200))})};
  CHECK(compiled_from(of.spec)->readings.keys.size() == 1);
  observation half = report("x", "", "2021-03", 0.5);
  half.form = amount_form::share_of_goal;
  const auto apart = compiled_from(of.spec, {half});
  CHECK(apart->readings.keys.size() == 2);
  CHECK(apart->readings.keys[0].uses_goals);
}

TEST_CASE("what no ledger changes is compiled once a portfolio", "[engine][compile]") {
  const portfolio plan(programme{lifts()});
  const auto before = compile(plan, ledger());
  const auto after = compile(plan, ledger(std::vector{report("lifts", "east", "2021-06", 5)}));
  CHECK(before->plan == after->plan);
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
  CHECK(then->readings.event_count == std::vector{1u});
  CHECK(now->cells.goal[0].goal == 139);
  CHECK(now->readings.event_count == std::vector{2u});
}

TEST_CASE("a formula, a method and an aggregator of the user are refused unless supplied", "[engine][compile]") {
  CHECK_THROWS_AS(compile(programme(lively("custom:halfway@1")), ledger()), invalid_option);
  CHECK_NOTHROW(compile(programme(lively("custom:halfway@1")), ledger(), std::nullopt, functions_of_the_user().get()));
}
