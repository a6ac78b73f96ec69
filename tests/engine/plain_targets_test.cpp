#include <attain/engine/evaluate.hpp>
#include <attain/engine/impl/cell_rules.hpp>
#include <attain/engine/impl/plain_targets.hpp>
#include <attain/engine/measures.hpp>
#include <attain/engine/read.hpp>

#include "engine/bits.hpp"
#include "engine/scene.hpp"
#include "support/catch.hpp"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

/// Targets that leave nothing to look up, in all their forms, and some beside them that do; of the whole city, or with quotas.
scene random_scene(unsigned seed, bool by_place = false) {
  std::mt19937 random(seed);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  scene made{programme_of({}, {})};
  std::vector<target_spec> targets;
  constexpr int count = 60;
  for (int i = 0; i < count; ++i) {
    const std::string id = "x" + std::to_string(i);
    const int kind = below(5);
    std::vector<std::string> reported{id};
    switch (kind) {
      case 0:
        made.spec.indicators.push_back(increment(id, "元"));
        break;
      case 1:
        made.spec.indicators.push_back(running_total(id, "人"));
        break;
      case 2:
        made.spec.indicators.push_back(level(id, "%"));
        break;
      case 3:
        made.spec.indicators.push_back(level(id, "元"));
        break;
      default:
        reported = {id + "-part", id + "-all"};
        made.spec.indicators.push_back(increment(reported[0], "元"));
        made.spec.indicators.push_back(increment(reported[1], "元"));
        made.spec.indicators.push_back(ratio(id, reported[0], reported[1]));
    }
    if (below(3) == 0) made.spec.indicators.back().indivisible = true;
    const double size = kind == 2 || kind == 4 ? 0.01 : 1;
    aim asked = below(4) == 0 ? at_most((1 + below(90)) * size) : at_least((1 + below(120)) * size);
    if (below(8) == 0) asked = about((20 + below(40)) * size);
    if (below(12) == 0) asked.strict = true;
    target_spec t = target("t" + std::to_string(i), id, asked);
    if (below(2) == 0) t.baseline = below(100) * size;
    if (below(3) == 0) t.weight = below(3);
    if (below(10) == 0) t.withdrawn = true;
    if (by_place)
      t.quotas = {{.place = "east", .goal = (1 + below(60)) * size}, {.place = "west", .goal = (1 + below(60)) * size}};
    targets.push_back(t);
    for (const std::string& one : reported) {
      for (int month = 1; month <= 12; ++month) {
        if (below(5) == 0) continue;
        const std::string when = std::string("2021-") + (month < 10 ? "0" : "") + std::to_string(month);
        const double amount = below(12) == 0 ? 0 : (below(40) - (below(9) == 0 ? 20 : 0)) * size;
        const std::string where = !by_place || below(30) == 0 ? "city" : below(3) == 0 ? "west" : "east";
        made.said.push_back(report(one, where, when, amount));
        if (below(15) == 0) made.said.push_back(report(one, where, when, amount + size, "2022-01-15"));
      }
    }
  }
  made.spec.projects[0].targets = targets;
  return made;
}

const std::vector<std::string> days{"2020-12-31", "2021-01-01", "2021-02-15", "2021-06-30",
                                    "2021-12-30", "2021-12-31", "2022-03-01"};

/// A cell as the rules for any cell judge it.
cell_result judged_generally(const evaluation& e, std::uint32_t cell) {
  const compiled& from = *e.data().compiled;
  const target_plan& target = from.cells.targets[from.cells.target_of[cell]];
  reader readings(from);
  readings.read(target.key, e.as_of().days());
  const cell_reading reading = readings.at(from.cells.reading[cell]);
  cell_result judged;
  if (target.judging == judging::once) {  // as no goal, reading or target is known to be usual
    detail::cell_conditions c = detail::conditions_of_target(target, from.readings.keys[target.key]);
    detail::add_conditions_of_goal(target.is_share, from.cells.goal[cell], c);
    month_position any;
    judged = detail::judge_once(from, target, from.readings.keys[target.key].allowed_lag, target.minimum_coverage,
                                from.cells.goal[cell], reading, e.as_of().days(), c, any, detail::conclude);
  } else {
    judged = judge_cell(from, target, cell, reading, e.as_of().days());
  }
  const used_method& method = from.method(target.method, e.data().by.get());
  const cell_result numbers = judged;
  const cell_measures measures(from, target, cell, method.spec, numbers, {});
  settle(from, target, cell, method, judge(method.spec, judged.facts, measures), judged);
  if (e.data().cells.measured.empty()) judged.measured = judged.method_score = 0;  // not kept by this method
  return judged;
}

}  // namespace

TEST_CASE("targets that leave nothing to look up are judged as all others are, to the last bit",
          "[engine][plain_targets][property]") {
  for (unsigned seed = 0; seed < 20; ++seed) {
    const scene of = random_scene(seed);
    const programme plan(of.spec);
    const ledger book(of.said);
    for (const std::string& day : days) {
      INFO("seed " << seed << ", " << day);
      const evaluation e = evaluate(plan, book, {.as_of = parse_date(day)});
      const compiled& from = *e.data().compiled;
      REQUIRE(from.cells.plain.size() > 10);
      REQUIRE_FALSE(from.cells.others.empty());
      CHECK(from.cells.plain.size() + from.cells.others.size() == from.cells.targets.size());
      for (const plain_target& target : from.cells.plain) {
        INFO(plan.targets()[from.cells.targets[target.number].target].spec->id);
        CHECK(same_bits(e.data().cells[target.cell], judged_generally(e, target.cell)));
      }
    }
  }
}

TEST_CASE("so are they by any method, and by several at once", "[engine][plain_targets][property]") {
  std::vector<method_choice> several;
  for (const method_spec& method : built_in_methods()) {
    if (!needs_series(method) && !cost_bands(method)) several.push_back({reference_to(method)});
  }
  REQUIRE(several.size() >= 7);
  for (unsigned seed = 20; seed < 26; ++seed) {
    const scene of = random_scene(seed, seed % 2 == 0);
    const programme plan(of.spec);
    const ledger book(of.said);
    for (const std::string& day : days) {
      const evaluation all = evaluate(plan, book, {.as_of = parse_date(day), .methods = several});
      for (const method_choice& method : several) {
        const evaluation e = all.by(method.name);
        for (std::uint32_t cell = 0; cell < e.data().cells.size(); ++cell) {
          INFO("seed " << seed << ", " << day << ", " << method.name << ", cell " << cell);
          CHECK(same_bits(e.data().cells[cell], judged_generally(e, cell)));
        }
      }
    }
  }
}

TEST_CASE("so are those that leave nothing to look up at some of their places", "[engine][plain_targets][property]") {
  std::size_t plain_cells = 0;
  for (unsigned seed = 0; seed < 10; ++seed) {
    const scene of = random_scene(seed, true);
    const programme plan(of.spec);
    const ledger book(of.said);
    for (const std::string& day : days) {
      const evaluation e = evaluate(plan, book, {.as_of = parse_date(day)});
      const compiled& from = *e.data().compiled;
      for (std::uint32_t cell = 0; cell < from.cells.place.size(); ++cell) {
        const std::uint32_t number = from.cells.target_of[cell];
        const target_plan& target = from.cells.targets[number];
        INFO("seed " << seed << ", " << day << ", " << plan.targets()[target.target].spec->id << ", cell " << cell);
        auto form = detail::plain_form(from, number);
        plain_cells += form && detail::place_at(from, from.readings.keys[target.key], cell, *form) ? 1 : 0;
        CHECK(same_bits(e.data().cells[cell], judged_generally(e, cell)));
      }
    }
  }
  CHECK(plain_cells > 1000);
}

TEST_CASE("a run of several days and methods gives what each of them gives alone, to the last bit",
          "[engine][plain_targets][property]") {
  const std::vector<method_choice> several{{"toladata"}, {"time_proportional"}, {"global_fund"}, {"earned_value"}};
  for (unsigned seed = 0; seed < 6; ++seed) {
    const scene of = random_scene(seed);
    const programme plan(of.spec);
    const ledger book(of.said);
    std::vector<date> all;
    for (const std::string& day : days) all.push_back(parse_date(day));
    const std::vector<evaluation> run = history(plan, book, all, {.as_of = all[0], .threads = 2, .methods = several});
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (const method_choice& method : several) {
        INFO("seed " << seed << ", " << days[i] << ", " << method.name);
        const evaluation alone = evaluate(plan, book, {.as_of = all[i], .methods = {method}});
        CHECK(difference(run[i].by(method.name), alone) == "");
      }
    }
  }
}
