#pragma once

/** Standing entries: what of an indicator at a place counts after corrections and withdrawals (rules R1, R4, R10).

  A raw entry is a row of the ledger in the indicator's unit. `standing` leaves one entry an identity, the latest recorded;
  `undivided` replaces categories by one entry a period; `without_overlaps` chooses between containers and tiles.
*/

#include <attain/core/answer.hpp>
#include <attain/core/config.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace attain::inline v0 {

struct entry {
  std::int32_t first = 0;  ///< days since 1970-01-01, both inclusive
  std::int32_t last = 0;
  std::int32_t recorded = 0;
  std::uint32_t slot = 0;  ///< 0 undivided; else the category, step or author, counted from 1
  double low = 0;
  double high = 0;
  double covered = 1;  ///< share of its categories (rule R10)
  bool low_open = false;
  bool high_open = false;
  bool withdrawn = false;
  bool ambiguous = false;    ///< equal `recorded` with different content (rule R1a)
  std::uint8_t missing = 0;  ///< a `reason`, 0 with an amount

  bool has_amount() const noexcept { return missing == 0 && !withdrawn && !ambiguous; }
  std::int32_t days() const noexcept { return last - first + 1; }
};

/// Whether two entries say the same.
bool same_content(const entry& a, const entry& b) noexcept;

/** Leaves the latest recorded entry of each (slot, period) and drops withdrawn ones (rule R1).

  Sorts by last day, then first day, then slot.
*/
void standing(std::vector<entry>& entries);

/// The categories of one declared dimension, as slots.
struct dimension_slots {
  std::uint32_t first_slot = 1;
  std::uint32_t count = 0;
  bool complete = false;
};

/** Replaces the entries of categories by one entry a period (rule R10): the undivided one where it has an amount, else the first
    complete dimension with every category, else the first with some, counted as uncovered for the rest.

  Precondition: @p entries are standing; each slot is 0 or belongs to a dimension. Postcondition: every slot is 0.
*/
void undivided(std::vector<entry>& entries, std::span<const dimension_slots> dimensions);

/** Of entries with amounts that contain one another, keeps those that stand, in the order of their days (rules R4, R4a, R4b).

  @return false if they are ambiguous; then the entries are left in some order.
*/
bool without_overlaps(std::vector<entry>& entries);

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/ledger/impl/entry.ipp>
#endif
