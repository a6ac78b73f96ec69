#pragma once

#include <attain/engine/explain.hpp>

namespace attain::inline v0 {

ATTAIN_INLINE std::string_view to_string(step_kind kind) noexcept {
  static constexpr std::string_view words[] = {
      "entry",    "reading", "formula", "baseline", "goal", "attainment", "trajectory", "expected", "gap",     "score",
      "coverage", "period",  "fact",    "quantity", "rule", "band",       "status",     "child",    "roll_up", "ceiling"};
  return words[static_cast<std::size_t>(kind)];
}

ATTAIN_INLINE std::string_view to_string(entry_fate fate) noexcept {
  static constexpr std::string_view words[] = {"used",           "not_read",      "superseded",      "withdraws",
                                               "without_amount", "not_yet_known", "after_due",       "after_as_of",
                                               "not_comparable", "before_window", "straddles_window"};
  return words[static_cast<std::size_t>(fate)];
}

ATTAIN_INLINE std::string_view to_string(step_operation what) noexcept {
  static constexpr std::string_view words[] = {
      "given",           "function",    "take",     "sum",           "weighted_sum", "difference", "product",
      "quotient",        "complement",  "power",    "absolute",      "square_root",  "logarithm",  "exponential",
      "round_half_up",   "least",       "greatest", "weighted_mean", "power_mean",   "mean_min",   "penalised_mean",
      "weighted_median", "share_met",   "all_met",  "share_of_way",  "line",         "logistic",   "whole_units",
      "clamp",           "growth_rate", "compound", "limit_factor",  "level_chance", "count_chance",  "at_least",     "above",      "at_most",
      "below",           "inside",      "equal",    "different",     "all",          "any",        "deduct",
      "add_up_to",       "worst",       "first"};
  return words[static_cast<std::size_t>(what)];
}

ATTAIN_INLINE std::string explanation::text() const {
  std::string all = subject + "\n";
  for (const explanation_step& step : steps) {
    if (step.aside) continue;
    const std::string rule = step.rule.empty() ? std::string() : step.rule;
    all += "  " + rule + std::string(rule.size() < 5 ? 5 - rule.size() : 1, ' ') + step.text + "\n";
  }
  for (const finding& f : findings) all += "  ! " + std::string(to_string(f.severity)) + " at " + f.where + ": " + f.message + "\n";
  return all;
}

}  // namespace attain::inline v0
