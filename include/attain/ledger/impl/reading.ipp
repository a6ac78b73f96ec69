#pragma once

#include <attain/ledger/impl/fold_increments.hpp>
#include <attain/ledger/impl/fold_level.hpp>
#include <attain/ledger/impl/fold_rating.hpp>
#include <attain/ledger/impl/fold_running_total.hpp>
#include <attain/ledger/impl/fold_steps.hpp>
#include <attain/ledger/reading.hpp>

#include <algorithm>

namespace attain::inline v0 {

ATTAIN_INLINE void reading_notes::note(code what, const entry& about) { remarks_.push_back({what, about.first, about.last}); }

ATTAIN_INLINE const event* event_at(std::span<const event> events, std::int32_t day) noexcept {
  const auto after =
      std::upper_bound(events.begin(), events.end(), day, [](std::int32_t d, const event& e) { return d < e.day; });
  return after == events.begin() ? nullptr : &*(after - 1);
}

ATTAIN_INLINE void fold(std::span<const entry> entries, const fold_rule& rule, std::vector<event>& events, reading_notes* notes) {
  switch (rule.kind) {
    case indicator_kind::increment:
      return detail::fold_increments(entries, rule, events, notes);
    case indicator_kind::running_total:
      return detail::fold_running_total(entries, rule, events, notes);
    case indicator_kind::level:
      return detail::fold_level(entries, rule, events, notes);
    case indicator_kind::steps:
      return detail::fold_steps(entries, rule, events);
    case indicator_kind::rating:
      return detail::fold_rating(entries, rule, events);
    case indicator_kind::ratio:
    case indicator_kind::formula:
      return;  // computed from others
  }
}

}  // namespace attain::inline v0
