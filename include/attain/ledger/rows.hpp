#pragma once

/** How a ledger lays out its entries, for those who read them in bulk: ids, flags and slices of columns.

  Entries lie in *runs*: columns sorted by series, then last day, first day and recorded day of the entry, then content. A slice
  is the part of a run that belongs to one series. An *identity* (rule R1) is a series and a period; its entries lie side by
  side, and the last of them that was recorded in time is the one that stands.

  Everybody else uses `ledger` and `observation`.
*/
#include <attain/core/answer.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace attain::inline v0 {

using text_id = std::uint32_t;    ///< of a text in a ledger; 0 is the empty text
using series_id = std::uint32_t;  ///< dense from 0
using batch_id = std::uint32_t;   ///< dense from 0

/// What the entries of a series have in common. All are texts of the ledger.
struct series_key {
  text_id indicator = 0;
  text_id place = 0;
  text_id dimensions = 0;  ///< see `ledger_view::dimensions`
  text_id step = 0;
  text_id stage = 0;
  text_id scope = 0;
  text_id unit = 0;

  friend bool operator==(const series_key&, const series_key&) = default;
};

/// When, by whom and from which source entries were recorded.
struct batch_key {
  std::int32_t recorded = 0;  ///< days since 1970-01-01
  text_id author = 0;
  text_id source = 0;

  friend bool operator==(const batch_key&, const batch_key&) = default;
};

/// The upper bits of `length_and_flags`; the lower twenty are the days of the period.
namespace row_flag {
inline constexpr std::uint32_t length = (1u << 20) - 1;
inline constexpr std::uint32_t missing = 1u << 20;        ///< the amount is the number of its `reason`
inline constexpr std::uint32_t withdrawn = 1u << 21;      ///< from `recorded` on the identity has no entry
inline constexpr std::uint32_t share_of_goal = 1u << 22;  ///< rule R11
inline constexpr std::uint32_t interval = 1u << 23;       ///< the amount is the low end; `high()` gives the other
inline constexpr std::uint32_t low_open = 1u << 24;
inline constexpr std::uint32_t high_open = 1u << 25;
inline constexpr std::uint32_t followed = 1u << 26;       ///< the next row of the slice has the same identity
/// The entries of this identity with this recorded day disagree, up to this row (rule R1a). Set on the last of them in any
/// case. Authors are not told apart: of ratings, compare per author instead.
inline constexpr std::uint32_t tie = 1u << 27;
inline constexpr std::uint32_t without_amount = missing | withdrawn;
inline constexpr std::uint32_t content = missing | withdrawn | share_of_goal | interval | low_open | high_open;
}  // namespace row_flag

/// Where an entry lies.
struct row_position {
  series_id series = 0;
  std::uint32_t run = 0;
  std::uint32_t row = 0;

  friend bool operator==(const row_position&, const row_position&) = default;
};

/// Consecutive entries, sorted. Points into a ledger's state or into a `row_buffer` and lives as long as that.
struct row_slice {
  const std::int32_t* last_day = nullptr;
  const std::uint32_t* length_and_flags = nullptr;
  const batch_id* batch = nullptr;
  const double* amount = nullptr;
  const double* high = nullptr;            ///< of a merged slice; else null: ask `ledger_view::high`
  const row_position* position = nullptr;  ///< of a merged slice; else null: the rows follow `first`
  row_position first;
  std::size_t size = 0;

  std::int32_t first_day(std::size_t i) const noexcept {
    return last_day[i] - static_cast<std::int32_t>(length_and_flags[i] & row_flag::length) + 1;
  }
  row_position at(std::size_t i) const noexcept {
    return position != nullptr ? position[i] : row_position{first.series, first.run, first.row + static_cast<std::uint32_t>(i)};
  }
};

/// How amounts of one unit become amounts of another: times a factor, or divided by one, so that they are rounded once.
class unit_scale {
 public:
  constexpr unit_scale() = default;
  static constexpr unit_scale times(double factor) noexcept { return unit_scale(factor); }
  static constexpr unit_scale divided_by(double factor) noexcept { return unit_scale(-factor); }

  constexpr double operator()(double amount) const noexcept { return factor_ > 0 ? amount * factor_ : amount / -factor_; }
  constexpr bool is_identity() const noexcept { return factor_ == 1; }
  friend constexpr bool operator==(unit_scale, unit_scale) = default;

 private:
  explicit constexpr unit_scale(double factor) noexcept : factor_(factor) {}
  double factor_ = 1;  ///< negative: divides
};

/// One of the series that hold the entries of an identity, and how its amounts are converted.
struct series_part {
  series_id series = 0;
  unit_scale scale;
};

/// Memory for merged slices, to be used again and again. Its contents are the ledger's business.
struct row_buffer {
  struct source {
    row_slice rows;
    unit_scale scale;
    std::size_t next = 0;
  };
  std::vector<source> sources;
  std::vector<std::int32_t> last_day;
  std::vector<std::uint32_t> length_and_flags;
  std::vector<batch_id> batch;
  std::vector<double> amount;
  std::vector<double> high;
  std::vector<row_position> position;
};

/// An entry by ids, for appending without looking texts up. The series and the batch must be of the ledger it is appended to.
struct ledger_row {
  series_id series = 0;
  batch_id batch = 0;
  std::int32_t last_day = 0;
  std::uint32_t length_and_flags = 1;  ///< `followed` and `tie` are ignored, `interval` follows from the ends
  double amount = 0;
  double high = 0;                     ///< equal to the amount unless it is an interval
};

}  // namespace attain::inline v0
