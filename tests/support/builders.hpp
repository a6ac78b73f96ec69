#pragma once

/** Short ways to a valid programme, so that a test changes the one thing that it is about. */

#include <attain/core/period.hpp>
#include <attain/model/programme_spec.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace attain::test {

inline indicator_spec increment(std::string id, std::string unit = "台") {
  return {.id = std::move(id), .unit = std::move(unit), .kind = indicator_kind::increment, .period = frequency::month};
}

inline indicator_spec running_total(std::string id, std::string unit = "台") {
  return {.id = std::move(id), .unit = std::move(unit), .kind = indicator_kind::running_total, .period = frequency::month};
}

inline indicator_spec level(std::string id, std::string unit = "人", combination across = combination::sum) {
  return {.id = std::move(id),
          .unit = std::move(unit),
          .kind = indicator_kind::level,
          .period = frequency::month,
          .across_places = across};
}

inline indicator_spec ratio(std::string id, std::string numerator, std::string denominator) {
  return {.id = std::move(id),
          .unit = "%",
          .kind = indicator_kind::ratio,
          .numerator = std::move(numerator),
          .denominator = std::move(denominator)};
}

inline indicator_spec formula_of(std::string id, std::string unit, std::string expression) {
  return {.id = std::move(id), .unit = std::move(unit), .kind = indicator_kind::formula, .expression = std::move(expression)};
}

inline indicator_spec steps(std::string id, std::vector<step_spec> list) {
  return {.id = std::move(id), .kind = indicator_kind::steps, .steps = std::move(list)};
}

inline indicator_spec rating(std::string id) { return {.id = std::move(id), .kind = indicator_kind::rating}; }

inline target_spec target(std::string id, std::string indicator, aim asked) {
  return {.id = std::move(id), .indicator = std::move(indicator), .aim = asked};
}

inline project_spec project(std::string id, std::vector<target_spec> targets) {
  return {.id = std::move(id), .targets = std::move(targets)};
}

/// Of the year 2021, in a city with the counties east and west, with the one project "1".
inline programme_spec programme_of(std::vector<indicator_spec> indicators, std::vector<target_spec> targets) {
  return {.id = "lesson",
          .window = parse_period("2021"),
          .places = {{.id = "city"}, {.id = "east", .within = "city"}, {.id = "west", .within = "city"}},
          .indicators = std::move(indicators),
          .projects = {project("1", std::move(targets))}};
}

/// The programme that opens docs/programme-format.md: 139 lifts, 80 of them in the east.
inline programme_spec lifts() {
  target_spec promise = target("1.1", "lifts", at_least(139));
  promise.quotas = {{.place = "east", .goal = 80}, {.place = "west", .goal = 59}};
  return programme_of({increment("lifts")}, {std::move(promise)});
}

/// A change from the baseline.
inline aim change(double goal, change_kind by = change_kind::amount, aim_kind kind = aim_kind::at_least) {
  return {.kind = kind, .goal = goal, .change = by};
}

/// Where the indicators of `city()` lie.
namespace in_city {
enum : std::size_t { lifts, insured, residents, price, loans, small_loans, share, total, building, mood, score };
}

/// A programme with something of every kind and nothing wrong.
inline programme_spec city() {
  programme_spec spec = programme_of({}, {});
  spec.places.push_back({.id = "south", .within = "east"});

  spec.indicators = {
      increment("lifts"),
      running_total("insured", "人"),
      level("residents"),
      level("price", "元", combination::weighted_mean),
      increment("loans", "元"),
      increment("small-loans", "万元"),
      ratio("share", "small-loans", "loans"),
      formula_of("total", "人", "[residents] + [insured] * 60%"),
      steps("building", {{.id = "design", .weight = 0.2, .due = date(2021, 3, 31)}, {.id = "build", .weight = 0.8}}),
      rating("mood"),
      formula_of("score", "分", "custom:score@1")};
  spec.indicators[in_city::insured].counted_from = origin::year;
  spec.indicators[in_city::residents].dimensions = {{.id = "sex", .categories = {"f", "m"}, .complete = true}};
  spec.indicators[in_city::price].weighted_by = "residents";
  spec.indicators[in_city::mood].scale = {{"good", 1}, {"fair", 0.6}};
  spec.indicators[in_city::mood].authors = {"council", "press"};
  spec.indicators[in_city::score].inputs = {"lifts", "residents"};

  target_spec whole = target("1.1", "lifts", at_least(139));
  whole.quotas = {{.place = "south", .goal = 80}, {.place = "west", .goal = 59, .baseline = 0}};
  target_spec part = target("1.2", "lifts", at_least(39));
  part.belongs = belonging::part;
  part.belongs_to = "1.1";
  part.place = "east";

  target_spec insured = target("2.1", "residents", at_least(2060));
  insured.baseline = 2000;
  insured.aliases = {{.id = "2.1b", .aim = aim{.goal = 60, .change = change_kind::amount}}};
  insured.recorded = date(2021, 6, 1);
  insured.history = {{.recorded = date(2021, 1, 10), .aim = at_least(2100)}, {.recorded = date(2021, 3, 1), .weight = 2}};
  target_spec women{.id = "2.2", .indicator = "residents", .disaggregation = {{"sex", "f"}}};
  target_spec price = target("2.3", "price", about(7000));

  target_spec monthly = target("4.1", "lifts", at_least(1));
  monthly.cadence = cadence{cadence_kind::every, frequency::month};

  spec.projects = {project("1", {whole, part}), project("2", {insured, women, price}),
                   project("3", {target("3.1", "share", at_least(0.6)), target("3.2", "building", at_least(1)),
                                 target("3.3", "mood", at_least(0.6)), target("3.4", "score", between(1, 2))}),
                   project("4", {})};
  spec.projects[3].projects = {project("4.a", {monthly})};
  return spec;
}

inline target_spec& target_of(programme_spec& spec, std::size_t project, std::size_t index) {
  return spec.projects[project].targets[index];
}
inline target_spec& lift_target(programme_spec& spec) { return target_of(spec, 0, 0); }
inline target_spec& level_target(programme_spec& spec) { return target_of(spec, 1, 0); }
inline target_spec& monthly_target(programme_spec& spec) { return spec.projects[3].projects[0].targets[0]; }

}  // namespace attain::test
