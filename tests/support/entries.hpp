#pragma once

/** Short ways to an entry of the ledger, so that a test says the one thing that it is about. */

#include <attain/core/answer.hpp>
#include <attain/core/date.hpp>
#include <attain/core/period.hpp>
#include <attain/ledger/entry.hpp>

#include <cstdint>
#include <string_view>

namespace attain::test {

inline std::int32_t day(std::string_view text) { return parse_date(text).days(); }

/// An entry about a period, recorded on its last day unless told otherwise.
inline entry amount_of(std::string_view about, double low, std::string_view recorded = {}) {
  const period days = parse_period(about);
  entry e{.first = days.start.days(), .last = days.last().days(), .low = low, .high = low};
  e.recorded = recorded.empty() ? e.last : day(recorded);
  return e;
}

/// "97–99"
inline entry interval_of(std::string_view about, double low, double high, std::string_view recorded = {}) {
  entry e = amount_of(about, low, recorded);
  e.high = high;
  return e;
}

/// "180余": the high end is open and repeats the low one.
inline entry upward_of(std::string_view about, double low, std::string_view recorded = {}) {
  entry e = amount_of(about, low, recorded);
  e.high_open = true;
  return e;
}

inline entry missing_in(std::string_view about, reason why, std::string_view recorded = {}) {
  entry e = amount_of(about, 0, recorded);
  e.missing = static_cast<std::uint8_t>(why);
  return e;
}

inline entry withdrawn_in(std::string_view about, std::string_view recorded = {}) {
  entry e = amount_of(about, 0, recorded);
  e.withdrawn = true;
  return e;
}

/// Two entries of one identity, recorded on one day, that differ (rule R1a): what `standing` makes of them.
inline entry ambiguous_in(std::string_view about, std::string_view recorded = {}) {
  entry e = amount_of(about, 0, recorded);
  e.ambiguous = true;
  return e;
}

/// Of a category, step or author.
inline entry in_slot(std::uint32_t slot, entry e) {
  e.slot = slot;
  return e;
}

}  // namespace attain::test
