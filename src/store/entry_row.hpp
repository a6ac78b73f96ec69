#pragma once
/** A row of the table `entry`: where its columns are, and what of it is an observation. Private. */
#include "sqlite.hpp"

#include <attain/ledger/observation.hpp>

#include <cstdint>

namespace attain::inline v0::io::detail {

/// The columns of `entry`, in the order of the table.
namespace entry_column {
enum : int { seq, batch, series, first_day, last_day, low, high, flags, missing, recorded, author, source, evidence, note, key };
}

/// The columns of `series` behind `seq`, in the order of the table.
inline constexpr int series_texts = 7;

/// The bits of the column `flags`.
namespace entry_flag {
inline constexpr std::int64_t low_open = 1;
inline constexpr std::int64_t high_open = 2;
inline constexpr std::int64_t share_of_goal = 4;
inline constexpr std::int64_t withdrawn = 8;
inline constexpr std::int64_t all = 15;
}  // namespace entry_flag

/// The days and amounts of a row.
struct entry_numbers {
  std::int32_t first_day = 0;
  std::int32_t last_day = 0;
  double low = 0;
  double high = 0;
  std::uint8_t flags = 0;
  std::uint8_t missing = 0;  ///< number of the `reason`, 0 for an amount
  std::int32_t recorded = 0;
};

/** Reads them from a row of the table.

  Returns what is wrong with the row, or null. Whether the amounts can be is for the ledger to say.

  @param batch_day  what an empty column `recorded` stands for
*/
const char* read_numbers(const statement& row, std::int32_t batch_day, entry_numbers& to);

}  // namespace attain::inline v0::io::detail
