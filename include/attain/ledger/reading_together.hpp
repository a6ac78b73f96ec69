#pragma once

/** Readings of several indicators of one place as of the same days: the two sides of a ratio, the inputs of a formula. */

#include <attain/core/config.hpp>
#include <attain/ledger/entry.hpp>
#include <attain/ledger/reading.hpp>

#include <span>
#include <utility>
#include <vector>

namespace attain::inline v0 {

/** Folds several indicators together (rules R7, R7a): increments over periods that all have, running totals or levels over days
  that all have, different kinds as of the earliest of their data days.

  @p amounts gets one (low, high) pair a member and event. The events' own amounts are unused.
*/
void fold_together(std::span<std::vector<entry>> members, std::span<const fold_rule> rules, std::vector<event>& events,
                   std::vector<std::pair<double, double>>& amounts, reading_notes* notes = nullptr);

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/ledger/impl/reading_together.ipp>
#endif
