#pragma once

#include <attain/core/error.hpp>
#include <attain/core/number_text.hpp>
#include <attain/judge/progress_rules.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

namespace attain::inline v0 {
namespace detail {

[[noreturn]] inline void refuse_milestones(std::string text, std::string expected, std::string message) {
  throw invalid_option(finding{.severity = severity::error,
                               .code = code::invalid_option,
                               .where = "weights",
                               .text = std::move(text),
                               .expected = std::move(expected),
                               .message = std::move(message)});
}

}  // namespace detail

ATTAIN_INLINE double fixed_formula(double at_start, const task_progress& of) noexcept {
  if (of.finished) return 1;
  return of.started ? at_start : 0;
}

ATTAIN_INLINE double gated_progress(double reported, std::span<const progress_gate> gates) noexcept {
  const auto shut = std::find_if(gates.begin(), gates.end(), [](const progress_gate& g) { return !g.passed; });
  return std::clamp(reported, 0.0, shut == gates.end() ? 1.0 : shut->share);
}

ATTAIN_INLINE answer<double> weighted_milestones(std::span<const double> weights, std::span<const double> done,
                                                 milestone_total total) {
  if (weights.empty()) detail::refuse_milestones("", "at least one milestone", "there are no milestones");
  if (weights.size() != done.size()) {
    detail::refuse_milestones(std::to_string(weights.size()), "one for each milestone, " + std::to_string(done.size()),
                              "weights do not match the milestones");
  }
  double all = 0;
  double earned = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (!(weights[i] >= 0) || !std::isfinite(weights[i])) {
      detail::refuse_milestones(to_text(weights[i]), "0 or more", "a weight of a milestone is negative or no number");
    }
    all += weights[i];
    earned += weights[i] * done[i];
  }
  if (total == milestone_total::one && std::abs(all - 1) > 1e-9) {
    detail::refuse_milestones(to_text(all), "1", "the weights of the milestones do not add up to 1");
  }
  if (all == 0) return reason::denominator_zero;
  return earned / all;
}

ATTAIN_INLINE answer<double> units_complete(double done, double planned) {
  if (planned == 0) return reason::denominator_zero;
  return done / planned;
}

ATTAIN_INLINE answer<double> level_of_effort(double planned, double budget) { return units_complete(planned, budget); }

ATTAIN_INLINE double apportioned(double factor, double earned_of_base) noexcept { return factor * earned_of_base; }

}  // namespace attain::inline v0
