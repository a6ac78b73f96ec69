#pragma once

/** How much of a piece of work counts as earned: the progress-measurement rules of earned value, as shares of its budget.

  UN/CEFACT D07A, code list EarnedValueCalculationMethod, names them; DCMA's guide describes them. A rule applies to the plan as it
  does to what was done: with 0/100 a task that was to be half done has a planned value of 0, so its SPI is undefined, not 0. Steps,
  amounts and ratings of a programme are rules of this kind already (docs/earned-value.md says which); these are the pure formulas.
*/

#include <attain/core/answer.hpp>
#include <attain/core/config.hpp>

#include <cstdint>
#include <span>

namespace attain::inline v0 {

/// What is known of a task. That it started is a fact, not a share above 0.
struct task_progress {
  bool started = false;
  bool finished = false;
};

/// x/y (50/50, 20/80): x once started, all of it at the end. 0 is "0/100", 1 is "100/0". @p at_start lies in 0…1.
double fixed_formula(double at_start, const task_progress& of) noexcept;

/// A point that reported progress cannot pass before it is signed off.
struct progress_gate {
  double share = 0;
  bool passed = false;
};

/// Percent complete: the reported share, within 0…1, up to the first gate that is not passed. Gates in ascending order.
double gated_progress(double reported, std::span<const progress_gate> gates = {}) noexcept;

/// What weights of milestones must add up to.
enum class milestone_total : std::uint8_t { any, one };

/** Weighted milestones: Σ w·done / Σ w, where a share of a milestone is partial credit.

  Throws `invalid_option` for no milestones, weights that do not match, a negative weight, or, if asked, a sum other than 1. A sum
  of 0 is `denominator_zero`.
*/
answer<double> weighted_milestones(std::span<const double> weights, std::span<const double> done,
                                   milestone_total total = milestone_total::any);

/// Completed or equivalent units, earned standards: done / planned.
answer<double> units_complete(double done, double planned);

/// Level of effort: what was planned is earned, PV / BAC, whatever is reported; SV is 0 by construction.
answer<double> level_of_effort(double planned, double budget);

/// Apportioned: a share of what another piece of work has earned, in its unit.
double apportioned(double factor, double earned_of_base) noexcept;

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/judge/impl/progress_rules.ipp>
#endif
