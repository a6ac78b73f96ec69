#pragma once

// The events that folding writes, one a day.

#include <attain/core/missing.hpp>
#include <attain/ledger/reading.hpp>

#include <cmath>
#include <cstdint>
#include <vector>

namespace attain::inline v0::detail {

inline void note(reading_notes* notes, code what, const entry& about) {
  if (notes != nullptr) notes->note(what, about);
}

inline event without_amount(std::int32_t day, std::uint8_t why) noexcept {
  return {.day = day, .data_day = day, .reach = day, .missing = why};
}

inline event with_amount(const entry& e, double covered) noexcept {
  return {.day = e.last,
          .data_day = e.last,
          .reach = e.last,
          .low = e.low,
          .high = e.high,
          .covered = covered,
          .low_open = e.low_open,
          .high_open = e.high_open};
}

// One event a day: a later one of the same day replaces an earlier one. What no number holds has no amount.
inline void put(std::vector<event>& events, const event& e) {
  if (events.empty() || events.back().day != e.day) events.emplace_back();
  if (std::isfinite(e.low) && std::isfinite(e.high)) {
    events.back() = e;
  } else {
    events.back() = without_amount(e.day, as_missing(reason::overflow));
  }
}

}  // namespace attain::inline v0::detail
