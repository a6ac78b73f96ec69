#pragma once

// Which entries a reading may use, and which of several about one day it does.

#include <attain/ledger/reading.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace attain::inline v0::detail {

// Whether a reading may use it: increments whose period lies inside the window (rule R4), the others by their last day (R6c).
inline bool is_usable(const entry& e, const fold_rule& rule) noexcept {
  if (e.last > rule.due) return false;
  switch (rule.kind) {
    case indicator_kind::increment:
      return e.first >= rule.start;
    case indicator_kind::level:
      return !rule.inside_only || e.last >= rule.start;
    case indicator_kind::steps:
      return e.slot != 0 && e.slot <= rule.step_weights.size();
    default:
      return e.last >= rule.start;
  }
}

// Of two entries about one last day: the one with an amount, else the reason that takes precedence; the later recorded one, where
// equally recorded ones must agree (rules R6a, R6c).
inline entry later_of(const entry& a, const entry& b) noexcept {
  if (a.missing != b.missing) return b.missing == 0 || (a.missing != 0 && b.missing < a.missing) ? b : a;
  if (a.recorded != b.recorded) return a.recorded < b.recorded ? b : a;
  entry both = b;
  both.ambiguous = a.ambiguous || b.ambiguous || !same_content(a, b);
  return both;
}

// The same entries where no two are about one last day, else @p merged, where none are.
inline std::span<const entry> one_a_day(std::span<const entry> entries, std::vector<entry>& merged) {
  const auto same_day = [](const entry& a, const entry& b) { return a.last == b.last; };
  if (std::adjacent_find(entries.begin(), entries.end(), same_day) == entries.end()) return entries;
  for (const entry& e : entries) {
    if (merged.empty() || !same_day(merged.back(), e)) {
      merged.push_back(e);
    } else {
      merged.back() = later_of(merged.back(), e);
    }
  }
  return merged;
}

// The latest of one step or author, whose entries come in the order of their last days.
inline void follow(std::optional<entry>& latest, const entry& e) noexcept {
  latest = latest && latest->last == e.last ? later_of(*latest, e) : e;
}

}  // namespace attain::inline v0::detail
