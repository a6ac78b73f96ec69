#pragma once
/** A moment, and the clock on the wall where it was written down: what a record of a ledger store carries.

  The library never reads a clock. Whoever records something says when it is, with the offset of the office's clock from UTC, so
  that the day of the record is the office's day: 2026-10-01T07:00+08:00 is 1 October, although it is 30 September in Greenwich.

  Bodies are in attain::store.
*/
#include <attain/core/date.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace attain::inline v0::io {

class moment {
 public:
  /// @param microseconds    since 1970-01-01T00:00:00Z, without leap seconds
  /// @param offset_minutes  of the clock from UTC, positive to the east; at most 18 hours
  /// Throws `invalid_input` (`out_of_range`) for what lies outside the days of `date`.
  explicit moment(std::int64_t microseconds, int offset_minutes = 0);

  std::int64_t microseconds() const noexcept { return microseconds_; }
  int offset_minutes() const noexcept { return offset_minutes_; }
  /// The day on the clock.
  date day() const;

  friend bool operator==(const moment&, const moment&) = default;

 private:
  std::int64_t microseconds_;
  int offset_minutes_;
};

/// "2026-09-30T15:04:05.250000+08:00"; without a fraction where it is zero, with "Z" for no offset.
std::string to_string(const moment& m);

/// Reads what `to_string` writes, with one to six digits of a fraction; a zone is required. Throws `invalid_input`
/// (`malformed_date`).
moment parse_moment(std::string_view text);

}  // namespace attain::inline v0::io
