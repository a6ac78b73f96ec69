#pragma once

/** Short ways to a valid programme, so that a test changes the one thing that it is about. */

#include <attain/core/period.hpp>
#include <attain/model/programme_spec.hpp>

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

}  // namespace attain::test
