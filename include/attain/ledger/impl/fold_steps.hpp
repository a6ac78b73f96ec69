#pragma once

// Readings of steps: the weights of those that are done (rules R6b, A9).

#include <attain/ledger/impl/event_list.hpp>
#include <attain/ledger/impl/usable_entries.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace attain::inline v0::detail {

inline bool is_done(const entry& step) noexcept { return step.low >= 1 - 1e-9; }

inline double sum_of_weights(const fold_rule& rule) noexcept {
  double whole = 0;
  for (const double w : rule.step_weights) whole += w;
  return whole;
}

// `covered` is the weight that is decided: done, or reported open when due.
inline void fold_steps(std::span<const entry> entries, const fold_rule& rule, std::vector<event>& events) {
  const std::size_t count = rule.step_weights.size();
  const double whole = sum_of_weights(rule);
  std::vector<std::optional<entry>> latest(count);
  std::uint8_t missing = 0;
  bool any = false;
  for (const entry& e : entries) {
    if (!is_usable(e, rule)) continue;
    missing = first_of(missing, e.missing);
    if (e.missing != 0) {
      if (!any) put(events, without_amount(e.last, missing));
      continue;
    }
    any = true;
    follow(latest[e.slot - 1], e);
    double done = 0;
    double decided = 0;
    bool ambiguous = false;
    for (std::size_t s = 0; s < count; ++s) {
      if (!latest[s]) continue;
      ambiguous |= latest[s]->ambiguous;
      if (is_done(*latest[s])) done += rule.step_weights[s];
      if (is_done(*latest[s]) || latest[s]->last >= rule.step_days[s]) decided += rule.step_weights[s];
    }
    event now = without_amount(e.last, ambiguous ? as_missing(reason::ambiguous) : std::uint8_t{0});
    now.low = now.high = done / whole;
    now.covered = decided / whole;
    put(events, now);
  }
}

}  // namespace attain::inline v0::detail
