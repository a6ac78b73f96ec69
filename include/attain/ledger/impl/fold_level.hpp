#pragma once

// Readings of levels: the latest state (rule R6).

#include <attain/ledger/impl/event_list.hpp>
#include <attain/ledger/impl/usable_entries.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace attain::inline v0::detail {

// Where the state must lie in the window, its last day does (rule R6c).
inline void fold_level(std::span<const entry> reported, const fold_rule& rule, std::vector<event>& events, reading_notes* notes) {
  std::vector<entry> merged;
  std::uint8_t missing = 0;
  bool any = false;
  for (const entry& e : one_a_day(reported, merged)) {
    if (!is_usable(e, rule)) continue;
    if (e.missing != 0) {
      missing = first_of(missing, e.missing);
      if (!any) put(events, without_amount(e.last, missing));
      continue;
    }
    any = true;
    if (e.ambiguous) {
      note(notes, code::equal_recorded_differs, e);
      put(events, without_amount(e.last, as_missing(reason::ambiguous)));
    } else {
      put(events, with_amount(e, e.covered));
    }
  }
}

}  // namespace attain::inline v0::detail
