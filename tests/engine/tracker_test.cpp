#include <attain/engine/tracker.hpp>

#include "engine/bits.hpp"
#include "engine/lively.hpp"
#include "support/builders.hpp"
#include "support/catch.hpp"
#include "support/observations.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <numeric>
#include <optional>
#include <random>
#include <string>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

/// Where the tracker and a full run over its ledger differ, or nothing.
std::string differs_from_full_run(const tracker& now, const portfolio& plan, const evaluate_options& options) {
  const evaluation full = evaluate(plan, now.book(), options);
  const std::string cells = difference(now.cells(), full.data().cells);
  return cells.empty() ? difference(now.nodes(), full.data().nodes) : cells;
}

/// A tracker's results at one time.
struct results {
  cell_columns cells;
  node_results nodes;

  explicit results(const tracker& now) : cells(now.cells()), nodes(now.nodes().begin(), now.nodes().end()) {}
};

/// The positions whose bits differ between two times.
tracked_changes changes_between(const results& before, const results& after) {
  tracked_changes changes;
  for (std::uint32_t i = 0; i < after.cells.size(); ++i) {
    if (!same_bits(before.cells[i], after.cells[i])) changes.cells.push_back(i);
  }
  for (std::uint32_t i = 0; i < after.nodes.size(); ++i) {
    if (!same_bits(before.nodes[i], after.nodes[i])) changes.nodes.push_back(i);
  }
  return changes;
}

std::vector<std::uint32_t> sorted(std::vector<std::uint32_t> positions) {
  std::ranges::sort(positions);
  return positions;
}

/// Whether a call went through everything again, and so reports everything.
bool reports_all(const tracker& now, const tracked_changes& changes) {
  return changes.cells.size() == now.cells().size() && changes.nodes.size() == now.nodes().size();
}

/// A report about every series that `reports` makes, so that later ones find their places known.
ledger a_report_of_each() {
  reports random(7);
  std::vector<observation> entries;
  for (int i = 0; i < 2500; ++i) {
    observation o = random.next();
    if (o.form == amount_form::share_of_goal || !o.dimensions.empty()) continue;
    entries.push_back(std::move(o));
  }
  return ledger(entries);
}

std::string describe(const observation& o) {
  return o.indicator + " at " + o.place + " about " + to_string(o.about) + ": " + std::to_string(o.low) + ", recorded " +
         to_string(*o.recorded);
}

/// Applies reports at random and compares with a full run after each.
int apply_at_random(unsigned seed, int count, ledger start, const programme_spec& spec, evaluate_options options) {
  options.custom = functions_of_the_user();
  const portfolio plan = programme(spec);
  tracker now(plan, std::move(start), options);
  reports random(seed);
  int full_runs = 0;
  for (int i = 0; i < count; ++i) {
    const observation o = random.next();
    const results before(now);
    const tracked_changes& told = now.apply(o);
    INFO("seed " << seed << ", report " << i << ", " << describe(o));
    REQUIRE(differs_from_full_run(now, plan, options) == "");
    if (reports_all(now, told)) {
      ++full_runs;
      continue;
    }
    const tracked_changes really = changes_between(before, results(now));
    REQUIRE(sorted(told.cells) == really.cells);
    REQUIRE(sorted(told.nodes) == really.nodes);
  }
  return full_runs;
}

}  // namespace

TEST_CASE("a tracker of a ledger without reports equals a full run after each report, new places included (U7)",
          "[engine][tracker]") {
  apply_at_random(1, 120, ledger(), lively(), {.as_of = date(2021, 9, 30)});
}

TEST_CASE("a tracker equals a full run to the last bit over hundreds of reports, and tells what changed (U7)",
          "[engine][tracker]") {
  const date as_of = GENERATE(date(2021, 9, 30), date(2021, 12, 31), date(2021, 2, 10));
  const int full_runs =
      apply_at_random(static_cast<unsigned>(as_of.days()), 150, a_report_of_each(), lively(), {.as_of = as_of});
  CHECK(full_runs < 75);
}

TEST_CASE("a tracker rolls up by every aggregator, weight, policy and rule as a full run does (U7, U9 to U12)", "[engine][tracker]") {
  const bool other = GENERATE(false, true);
  const date as_of = GENERATE(date(2021, 9, 30), date(2021, 12, 31));
  const int full_runs = apply_at_random(other ? 41 : 42, 100, a_report_of_each(), lively_roll_ups(other), {.as_of = as_of});
  CHECK(full_runs < 50);
}

TEST_CASE("a tracker judges with a method of the user as a full run does (U7)", "[engine][tracker]") {
  apply_at_random(31, 150, a_report_of_each(), lively("custom:halfway@1"), {.as_of = date(2021, 9, 30)});
}

TEST_CASE("a tracker with a known-at day knows nothing that was recorded later (R2, U7)", "[engine][tracker]") {
  apply_at_random(41, 150, a_report_of_each(), lively(), {.as_of = date(2021, 9, 30), .known_at = date(2021, 10, 15)});
}

TEST_CASE("a place with many children that overflows, and no longer does, is as in a full run (U7)", "[engine][tracker]") {
  const portfolio plan = programme(lively());
  const evaluate_options options{.as_of = date(2021, 9, 30), .custom = functions_of_the_user()};
  std::vector<observation> entries;
  for (int v = 0; v < villages; ++v) entries.push_back(report("lifts", "village-" + std::to_string(v), "2021-01", 1));
  tracker now(plan, ledger(entries), options);
  const std::uint32_t cell = evaluate(plan, now.book(), options).target("many.1").cell();
  const auto apply = [&](const char* place, double amount, const char* recorded) {
    now.apply(report("lifts", place, "2021-01", amount, recorded));
    CHECK(differs_from_full_run(now, plan, options) == "");
  };
  apply("village-1", 1.5e308, "2021-02-01");
  CHECK(now.cells().reading_missing[cell] == 0);
  apply("village-2", 1.5e308, "2021-02-01");
  CHECK(now.cells().reading_missing[cell] != 0);
  apply("village-1", 4, "2021-02-02");
  apply("village-2", 5, "2021-02-02");
  CHECK(now.cells().reading[cell] == 47);
}

TEST_CASE("a report on the eve that weights a baseline moves the baseline (B1)", "[engine][tracker]") {
  const portfolio plan = programme(lively());
  const evaluate_options options{.as_of = date(2021, 9, 30), .custom = functions_of_the_user()};
  tracker now(plan,
              ledger(std::vector{report("price", "village-1", "2020-12", 10), report("price", "village-2", "2020-12", 20),
                                 report("residents", "village-1", "2020-12", 1), report("residents", "village-2", "2020-12", 1),
                                 report("price", "west", "2021-09", 40)}),
              options);
  now.apply(report("residents", "village-2", "2020-12", 3, "2021-05-01"));
  CHECK(differs_from_full_run(now, plan, options) == "");
}

TEST_CASE("a method of the user judges each month again when a back-dated report changes one (A7)", "[engine][tracker]") {
  const portfolio plan = programme(lively("custom:halfway@1"));
  const evaluate_options options{.as_of = date(2021, 9, 30), .custom = functions_of_the_user()};
  tracker now(plan, ledger(std::vector{report("buses", "city", "2021-01", 0.5), report("buses", "city", "2021-09", 0.9)}),
              options);
  now.apply(report("buses", "city", "2021-03", 0.95));
  CHECK(differs_from_full_run(now, plan, options) == "");
}

TEST_CASE("an observation that says nothing new changes nothing", "[engine][tracker]") {
  const portfolio plan = programme(lively());
  tracker now(plan, ledger(std::vector{report("lifts", "south", "2021-01", 5)}),
              {.as_of = date(2021, 9, 30), .custom = functions_of_the_user()});

  CHECK(now.apply(report("lifts", "south", "2021-01", 5, "2021-03-01")).empty());  // the same amount, confirmed
  CHECK(now.apply(report("lifts", "south", "2022-02", 7)).empty());                // after the window
  observation keyed = report("lifts", "south", "2021-02", 3);
  keyed.key = "a";
  CHECK_FALSE(now.apply(keyed).empty());
  CHECK(now.apply(keyed).empty());  // the same entry under the same key
}

TEST_CASE("a rule sees a target of weight 0 move at a place below the target's own (U7, U12b)", "[engine][tracker]") {
  programme_spec spec = lifts();
  spec.indicators.push_back(increment("trees"));
  target_spec& watched = lift_target(spec);
  watched.weight = 0;
  target_spec trees = target("1.2", "trees", at_least(10));
  trees.quotas = {{.place = "east", .goal = 10}};
  spec.projects[0].targets.push_back(trees);
  project_spec group = project("group", {});
  group.projects = {spec.projects[0]};
  group.roll_up.rules = {{.effect = rule_effect::fail, .of = {"1.1"}, .when = rule_condition::unmet}};
  spec.projects = {group};
  const portfolio plan = programme(spec);
  const evaluate_options options{.as_of = date(2021, 6, 30)};
  tracker now(plan, ledger(std::vector{report("lifts", "east", "2021H1", 1), report("trees", "east", "2021H1", 9)}), options);
  const project_result in_east = evaluate(plan, now.book(), options).project("group", "east");
  const std::uint32_t east = in_east.node_cell();
  const node_result failed = now.nodes()[east];
  CHECK(in_east.status()->name() == "missed");

  now.apply(report("lifts", "east", "2021H1", 80, "2021-08-01"));
  CHECK(differs_from_full_run(now, plan, options) == "");
  CHECK_FALSE(now.nodes()[east] == failed);
}

TEST_CASE("what apply reports are the cells and nodes above the observation, in order and once", "[engine][tracker]") {
  programme_spec spec = lifts();
  spec.projects.push_back(project("2", {target("2.1", "lifts", at_least(10))}));
  spec.indicators.push_back(increment("trees"));
  spec.projects.push_back(project("3", {target("3.1", "trees", at_least(10))}));
  const portfolio plan = programme(spec);
  tracker now(plan,
              ledger(std::vector{report("lifts", "east", "2021-01-01/2021-05-31", 1), report("lifts", "west", "2021H1", 2),
                                 report("trees", "city", "2021H1", 1)}),
              {.as_of = date(2021, 6, 30)});
  const evaluation all = now.snapshot();
  const tracked_changes changes = now.apply(report("lifts", "east", "2021-06", 4));

  CHECK(changes.cells == sorted({all.target("1.1").cell(), all.target("1.1", "east").cell(), all.target("2.1").cell()}));
  CHECK(changes.nodes == sorted({all.root().node_cell(), all.project("1").node_cell(), all.project("2").node_cell(),
                                 all.project("1", "east").node_cell(), all.project("", "east").node_cell()}));
  CHECK(now.cells().reading[all.target("1.1").cell()] == 7);
}

TEST_CASE("rows by handle change what observations change", "[engine][tracker]") {
  const portfolio plan = programme(lifts());
  const evaluate_options options{.as_of = date(2021, 9, 30)};
  tracker now(plan, ledger(std::vector{report("lifts", "east", "2021-01", 1)}), options);
  const period february = parse_period("2021-02");
  const ledger_row row{.series = now.series_for(report("lifts", "east", "2021-02", 0)),
                       .batch = now.batch_for(date(2021, 3, 5)),
                       .last_day = february.last().days(),
                       .length_and_flags = static_cast<std::uint32_t>(february.days()),
                       .amount = 12,
                       .high = 12};
  CHECK_FALSE(now.apply(row).empty());
  CHECK(differs_from_full_run(now, plan, options) == "");
  CHECK(now.book() ==
        ledger(std::vector{report("lifts", "east", "2021-01", 1), report("lifts", "east", "2021-02", 12, "2021-03-05")}));
}

TEST_CASE("plain reports keep their places current: corrections, late and contradicting ones, withdrawals, overlaps (R1, R4, U7)",
          "[engine][tracker]") {
  target_spec share = target("1.4", "share", at_least(0.9));
  share.baseline = 0.1;
  target_spec people = target("1.3", "people", at_least(500));
  people.baseline = 100;
  const portfolio plan = programme(programme_of(
      {increment("done"), increment("asked"), level("people"), running_total("spent", "元"), ratio("share", "done", "asked")},
      {target("1.1", "done", at_least(600)), target("1.2", "spent", at_least(100)), people, share}));
  for (const std::optional<date> known_at : {std::optional<date>(), std::optional(date(2022, 1, 10))}) {
    const evaluate_options options{.as_of = date(2021, 9, 30), .known_at = known_at};
    std::vector<observation> first;
    for (const char* indicator : {"done", "asked", "people", "spent"}) first.push_back(report(indicator, "city", "2021-01", 50));
    tracker now(plan, ledger(first), options);
    std::mt19937 random(3);
    for (int i = 0; i < 400; ++i) {
      const char* indicator = std::array{"done", "asked", "people", "spent"}[random() % 4];
      const date month = add_months(date(2020, 12, 1), static_cast<int>(random() % 12));
      observation o = report(indicator, "city", "2021-01", static_cast<double>(random() % 1000) / 10);
      o.about = {month, i % 97 == 96 ? add_months(month, 2) : add_months(month, 1)};
      o.recorded = date(2022, 1, 1) + static_cast<int>(i / 25) + static_cast<int>(random() % 5);
      o.withdrawn = i % 89 == 88;
      now.apply(o);
      INFO(i << ": " << describe(o));
      REQUIRE(differs_from_full_run(now, plan, options) == "");
    }
  }
}

TEST_CASE("an interval that comes after plain reports adds up to an interval, at the place and above it (R11, U7)",
          "[engine][tracker]") {
  for (const std::size_t others : {1u, 40u}) {  // few places are added up again, of many the sums are kept
    programme_spec spec = programme_of({increment("lifts")}, {target("1.1", "lifts", at_most(10))});
    for (std::size_t i = 0; i < others; ++i) spec.places.push_back({.id = "more-" + std::to_string(i), .within = "city"});
    const portfolio plan{programme(spec)};
    const evaluate_options options{.as_of = date(2021, 9, 30)};
    tracker now(plan, ledger(), options);
    std::vector<observation> said = {report("lifts", "more-0", "2021-02", 4), report("lifts", "east", "2021-06-01", 93),
                                     interval("lifts", "east", "2021-06", 2.875, 7.875), report("lifts", "more-0", "2021-03", 5)};
    for (std::size_t i = 0; i < said.size(); ++i) {
      said[i].recorded = date(2021, 8, 1) + static_cast<int>(i);
      now.apply(said[i]);
      CHECK(differs_from_full_run(now, plan, options) == "");
    }
  }
}

TEST_CASE("what cannot be appended leaves a tracker as it was", "[engine][tracker]") {
  const portfolio plan = programme(lifts());
  const evaluate_options options{.as_of = date(2021, 9, 30)};
  tracker now(plan, ledger(std::vector{report("lifts", "east", "2021-01", 1)}), options);
  const results before(now);
  observation keyed = report("lifts", "east", "2021-02", 2);
  keyed.key = "a";
  now.apply(keyed);
  const results after(now);
  keyed.low = keyed.high = 3;
  CHECK_THROWS_AS(now.apply(keyed), ledger_conflict);
  CHECK_THROWS_AS(now.apply(report("", "east", "2021-02", 2)), invalid_input);
  CHECK(now.book().size() == 2);
  CHECK(changes_between(after, results(now)).empty());
  CHECK_FALSE(changes_between(before, after).empty());
}

TEST_CASE("a snapshot is an evaluation that later reports do not change (T2)", "[engine][tracker]") {
  const portfolio plan = programme(lifts());
  tracker now(plan, ledger(std::vector{report("lifts", "east", "2021-01", 10)}), {.as_of = date(2021, 9, 30)});
  const evaluation then = now.snapshot();
  now.apply(report("lifts", "east", "2021-02", 20));
  CHECK(then.target("1.1").reading() == 10.0);
  CHECK(now.snapshot().target("1.1").reading() == 30.0);
  CHECK(then.book().size() == 1);
}

TEST_CASE("moving the as-of day is a full run at that day", "[engine][tracker]") {
  const portfolio plan = programme(lively());
  evaluate_options options{.as_of = date(2021, 3, 31), .custom = functions_of_the_user()};
  tracker now(plan, a_report_of_each(), options);
  reports random(3);
  for (const date day : {date(2021, 6, 30), date(2020, 12, 1), date(2022, 6, 1), date(2021, 9, 30)}) {
    now.move_to(options.as_of = day);
    CHECK(now.as_of() == day);
    CHECK(differs_from_full_run(now, plan, options) == "");
    for (int i = 0; i < 10; ++i) now.apply(random.next());
    CHECK(differs_from_full_run(now, plan, options) == "");
  }
}

TEST_CASE("a tracker that was moved goes on", "[engine][tracker]") {
  tracker first(programme(lifts()), ledger(std::vector{report("lifts", "east", "2021-01", 1)}), {.as_of = date(2021, 9, 30)});
  tracker second = std::move(first);
  second.apply(report("lifts", "east", "2021-02", 2));
  CHECK(second.snapshot().target("1.1").reading() == 3.0);
}
