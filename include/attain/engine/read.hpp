#pragma once

/** The first kernel: amounts as of a day, folded from the ledger and added up along the place tree (rules R8, R9).

  One sweep over the places of a key, children before parents. A place's own entries beat the sum of its children.
*/

#include <attain/core/config.hpp>
#include <attain/engine/compiled.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace attain::inline v0 {

/// A reading at one place.
struct cell_reading {
  attain::amount amount{};
  double covered = 0;  ///< share of place-days (rule R8a)
  std::int32_t data_day = 0;
  std::int32_t reach = 0;    ///< earliest day up to which an accumulator is reported (rule R5a)
  std::uint8_t missing = 0;  ///< a `reason`, 0 with an amount
  bool seen = false;         ///< there is a usable entry, if only one that is missing with reason
};

/// The amounts of the members of a key at its places; memory to be used again and again.
struct member_columns {
  std::vector<double> low;  ///< `member_count` a place
  std::vector<double> high;
  std::vector<double> covered;
  std::vector<std::int32_t> data_day;
  std::vector<std::int32_t> reach;
  std::vector<std::uint8_t> missing;  ///< a `reason`, 0 with amounts
  std::vector<std::uint8_t> open;     ///< bit 0: low end, bit 1: high end
  std::vector<std::uint8_t> seen;
  std::vector<std::uint8_t> own;  ///< whether the place's own entries decide

  /// For at least so many.
  void make_room(std::size_t places, std::size_t members);
};

/// The own reading of a place: the event that holds at the close of @p day, judged for age (rule R6). Writes row @p row.
void read_own(const compiled& from, const reading_key& key, std::uint32_t reading_cell, std::int32_t day, member_columns& to,
              std::size_t row) noexcept;

/** Combines the rows of the children of a place into its row, unless its own entries decide (rule R9).

  @param weights  the columns of the weighting keys, one a member; null for a member that has none
*/
void combine_children(const compiled& from, const reading_key& key, std::uint32_t reading_cell, member_columns& columns,
                      std::span<const member_columns* const> weights);

/// The reading that the amounts of the members in a row make; of a formula of the user its first input.
cell_reading derive(const compiled& from, const reading_key& key, const member_columns& columns, std::size_t row);

/// Calls a formula of the user once for all these rows.
void derive_custom(const compiled& from, const reading_key& key, std::span<const std::uint32_t> rows,
                   const member_columns& columns, std::vector<cell_reading>& derived);

/// Reads keys at all their places as of a day.
class reader {
 public:
  explicit reader(const compiled& from) : from_(&from) {}

  /// Reads a key as of @p day, cut to its due day. The result holds until the next call.
  void read(std::uint32_t key, std::int32_t day);

  /// The reading at a place of the key that was read last.
  cell_reading at(std::uint32_t reading_cell) const;

  const member_columns& columns() const noexcept { return columns_; }
  /// What the members of the key that was read last are weighted by, one a member; empty if none is.
  std::span<const member_columns> weights() const noexcept { return weights_; }

 private:
  void sweep(const reading_key& key, std::int32_t day, member_columns& to);

  const compiled* from_;
  std::uint32_t key_ = none;
  member_columns columns_;
  std::vector<member_columns> weights_;  ///< of the weighting keys, one a member
  std::vector<cell_reading> custom_;     ///< of a formula of the user
};

/// The first day, not after @p day, of the run in which the reading of a cell has reached its goal without a break (rule P3).
/// Precondition: it is reached at @p day.
std::int32_t first_reached_day(const compiled& from, const target_plan& target, std::uint32_t cell, std::int32_t day);

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/engine/impl/read.ipp>
#endif
