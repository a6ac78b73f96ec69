#pragma once

#include <attain/engine/explain.hpp>

namespace attain::inline v0 {

ATTAIN_INLINE std::string_view to_string(step_kind kind) noexcept {
  static constexpr std::string_view words[] = {"entry",      "reading",  "baseline", "goal",     "attainment",
                                               "trajectory", "expected", "gap",      "coverage", "period",
                                               "rule",       "status",   "child",    "roll_up",  "ceiling"};
  return words[static_cast<std::size_t>(kind)];
}

ATTAIN_INLINE std::string explanation::text() const {
  std::string all = subject + "\n";
  for (const explanation_step& step : steps) {
    const std::string rule = step.rule.empty() ? std::string() : step.rule;
    all += "  " + rule + std::string(rule.size() < 5 ? 5 - rule.size() : 1, ' ') + step.text + "\n";
  }
  for (const finding& f : findings) all += "  ! " + to_string(f) + "\n";
  return all;
}

}  // namespace attain::inline v0
