#pragma once

/** Judges a portfolio by what a ledger says, as of a day.

  A pure function: equal arguments give equal results, to the last bit, on any number of threads. Nothing reads the clock.
*/

#include <attain/core/config.hpp>
#include <attain/core/progress.hpp>
#include <attain/engine/compile.hpp>
#include <attain/engine/evaluation.hpp>
#include <attain/model/built_in_methods.hpp>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace attain::inline v0 {

struct custom_functions;  // engine/custom.hpp

/// A method to judge by: the name of a built-in one, of one that the programme carries, or `custom:NAME@VERSION`; or all of it.
struct method_choice {
  method_choice(std::string reference) : name(std::move(reference)) {}
  method_choice(const char* reference) : name(reference) {}
  method_choice(method_spec whole) : name(reference_to(whole)), spec(std::move(whole)) {}

  std::string name;
  std::optional<method_spec> spec{};
};

struct evaluate_options {
  date as_of;                                        ///< what had happened, at the close of this day
  std::optional<date> known_at{};                    ///< what had been reported; none: everything recorded
  std::shared_ptr<const custom_functions> custom{};  ///< what `custom:` names mean
  int threads = 1;
  std::vector<method_choice> methods{};  ///< side by side, the first in front; none: the method of each programme
  progress_function progress{};          ///< is told how far the work has come, and may throw to stop it; a tracker does not tell
};

/** Evaluates. Throws `invalid_option` for a method that is unknown, wrong, or needs what a programme lacks, for a custom name that
    is not supplied and for fewer than one thread; missing data never throws.

  Readings and the answers that no method decides are worked out once, however many methods judge.

  The compiled form of a programme with a ledger is remembered, so that another as-of day costs little (see
  `engine/compiled.hpp`).
*/
evaluation evaluate(const portfolio& plan, const ledger& book, const evaluate_options& options);

/// The same for several as-of days in one pass; @p options.as_of is not used. Days may be in any order.
std::vector<evaluation> history(const portfolio& plan, const ledger& book, std::span<const date> days,
                                const evaluate_options& options);

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/engine/impl/evaluate.ipp>
#endif
