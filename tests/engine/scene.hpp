#pragma once

/** A programme and what was reported about it, evaluated anew each time; and results in words. */

#include <attain/core/answer.hpp>
#include <attain/engine/evaluate.hpp>
#include <attain/model/programme_spec.hpp>

#include "support/builders.hpp"
#include "support/observations.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attain::test {

struct scene {
  programme_spec spec{};
  std::vector<observation> said{};

  evaluation at(std::string_view day) const {
    return evaluate(programme(spec), ledger(said), {.as_of = parse_date(day)});
  }
  evaluation at(std::string_view day, std::string_view known_at) const {
    return evaluate(programme(spec), ledger(said), {.as_of = parse_date(day), .known_at = parse_date(known_at)});
  }
};

/// Of projects without targets yet, beside "1".
inline scene with_projects(std::size_t count) {
  scene made{programme_of({}, {})};
  for (std::size_t i = 1; i < count; ++i) made.spec.projects.push_back(project(std::to_string(i + 1), {}));
  return made;
}

/** Adds to a project (counted from 0) a promise of 100 元 in the year, with an indicator of its own.

  What is said covers January to September whole, so that on 30 September an amount of 75 is as expected.
*/
inline target_spec& add_promise(scene& to, std::size_t project, const std::string& id, std::optional<double> said, aim asked = at_least(100)) {
  to.spec.indicators.push_back(increment("of-" + id, "元"));
  to.spec.projects[project].targets.push_back(target(id, "of-" + id, asked));
  if (said) to.said.push_back(report("of-" + id, "city", "2021-01-01/2021-09-30", *said));
  return to.spec.projects[project].targets.back();
}

/// "met", or "incomplete" where there is no answer.
inline std::string word(const answer<status>& judged) {
  return std::string(judged.has_value() ? judged->name() : to_string(judged.why()));
}
template <class Result>
std::string status_of(const Result& result) {
  return word(result.status());
}

/// Whether an answer is this number, up to rounding.
inline bool is_near(const answer<double>& a, double expected) {
  return a.has_value() && (*a == expected || std::abs(*a - expected) <= 1e-12 * std::max(1.0, std::abs(expected)));
}

/// One target of an indicator of the year, and nothing else.
inline scene one(indicator_spec indicator, target_spec asked, std::vector<observation> said = {}) {
  asked.indicator = indicator.id;
  return {programme_of({std::move(indicator)}, {std::move(asked)}), std::move(said)};
}

/// 139 lifts: 80 in the east, 59 in the west.
inline scene lifts_of(std::vector<observation> said) { return {lifts(), std::move(said)}; }

inline constexpr const char* until_september = "2021-01-01/2021-09-30";

}  // namespace attain::test
