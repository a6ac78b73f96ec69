#pragma once

/** Readings of entries that leave nothing to resolve: plain amounts of one series, no two of which share days.

  Most entries are such. They fold to the same events as in `reading.hpp`, bit for bit, at a fraction of the cost; whatever is not
  plain is refused and goes the general way.
*/

#include <attain/core/config.hpp>
#include <attain/core/exact_sum.hpp>
#include <attain/ledger/reading.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace attain::inline v0 {

/// A standing entry with one number.
struct plain_entry {
  std::int32_t first = 0;
  std::int32_t last = 0;
  double amount = 0;
};

/// Events as columns; the data day of each is its day, and both ends of an amount are one.
struct plain_events {
  std::vector<std::int32_t> day;
  std::vector<double> covered;
  std::vector<std::uint8_t> missing;  ///< a `reason`, 0 with amounts
  std::vector<double> amount;         ///< one a member and event

  void resize(std::size_t events, std::size_t members);

  std::vector<running_sum> sums;  ///< memory for folding
  std::vector<std::size_t> next;
};

/** Folds increments, levels or running totals of the window of one member, or increments of several together (rules R4 to R7a).

  @p members have their entries in the order of their days. Returns false, with @p events in some state, if that is not all there
  is to it.
*/
bool fold_plain(std::span<const std::vector<plain_entry>> members, std::span<const fold_rule> rules, plain_events& events);

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/ledger/impl/plain.ipp>
#endif
