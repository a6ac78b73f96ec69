#pragma once

/** How an answer came about, as steps: data first, text second.

  `target_result::explain` and `project_result::explain` rerun one path and record it: the entries used, superseded and left out,
  reading, baseline, goal, trajectory, facts and the rule of the method that decided; for a node its children with weights.
*/

#include <attain/core/answer.hpp>
#include <attain/core/config.hpp>
#include <attain/core/finding.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace attain::inline v0 {

/// What an explanation step is about.
enum class step_kind : std::uint8_t {
  entry,
  reading,
  baseline,
  goal,
  attainment,
  trajectory,
  expected,
  gap,
  coverage,
  period,
  rule,
  status,
  child,
  roll_up,
  ceiling
};

struct explanation_step {
  step_kind kind = step_kind::reading;
  std::string rule;                                    ///< of the semantics, or of the method: "R5", "S3"
  std::string text;                                    ///< one line for people
  std::optional<double> value;                         ///< what the step came to, if a number
  std::optional<reason> missing;                       ///< or why it came to none
  std::vector<std::pair<std::string, double>> inputs;  ///< named numbers that went in
};

class explanation {
 public:
  std::string subject;  ///< "22.1 at east as of 2021-09-30"
  std::vector<explanation_step> steps;
  std::vector<finding> findings;

  /// One line a step, indented under the subject.
  std::string text() const;
};

std::string_view to_string(step_kind kind) noexcept;

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/engine/impl/explain.ipp>
#endif
