#pragma once

/** A period of whole days, and how often things are reported.

  Half-open inside, [start, end), so that adjoining periods share a boundary and lengths
  add; inclusive in text: "2021-01-01/2021-06-30". A period has at least one day:
  start < end (functions take this for granted, parsing ensures it). As `end` is a
  date, 9999-12-31 lies in no period.
*/

#include <attain/core/config.hpp>
#include <attain/core/date.hpp>
#include <attain/core/finding.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0 {

struct period {
  date start;
  date end;  ///< the day after the last

  constexpr int days() const noexcept { return end - start; }
  /// The last day that belongs to it.
  constexpr date last() const { return end - 1; }
  constexpr bool contains(date d) const noexcept { return start <= d && d < end; }
  constexpr bool contains(const period& p) const noexcept { return start <= p.start && p.end <= end; }
  /// Whether some day belongs to both.
  constexpr bool overlaps(const period& p) const noexcept { return start < p.end && p.start < end; }

  /// By start, then by end.
  friend constexpr auto operator<=>(const period&, const period&) noexcept = default;
};

/** Reads a period.

  | text | period |
  |---|---|
  | `2021`, `2021年` | the year |
  | `2021H1`, `2021年上半年` | half a year |
  | `2021Q2`, `2021年第二季度` | a quarter |
  | `2021-06`, `2021年6月` | a month |
  | `2021-06上旬`, `…中旬`, `…下旬`, `2021年6月上旬` | days 1–10, 11–20, 21 to the end |
  | `2021-W05` | an ISO week: Monday to Sunday |
  | any date of core/date.hpp | the day |
  | two of these, joined by `/` or `至` | from the first day of one to the last day of the other |

  Throws invalid_input (`malformed_period`, or `out_of_range` for one that does not exist).
*/
period parse_period(std::string_view text);

/// The same without throwing; the finding's `where` begins with @p where.
parsed<period> try_parse_period(std::string_view text, std::string_view where = {});

/// The shortest form that parse_period reads back: `2021`, `2021H1`, `2021Q2`, `2021-06`,
/// `2021-06上旬`, `2021-W05`, `2021-06-30`, else `2021-01-01/2021-06-29`.
std::string to_string(const period& p);

/// How often something happens. Ten days is the Chinese 旬, a third of a month.
enum class frequency : std::uint8_t { day, week, ten_days, month, quarter, half_year, year };

/// The enumerator's own name.
std::string_view to_string(frequency f) noexcept;

/// From the enumerator's name or 日, 周, 旬, 月, 季度, 半年, 年.
std::optional<frequency> parse_frequency(std::string_view word) noexcept;

/// The longest that a period of this frequency can be (rule D2): 1, 7, 11, 31, 92, 184, 366.
constexpr int reporting_days(frequency f) noexcept {
  constexpr int days[] = {1, 7, 11, 31, 92, 184, 366};
  return days[static_cast<std::size_t>(f)];
}

/// The calendar period of this frequency that @p d lies in. Weeks are ISO weeks.
period period_containing(frequency f, date d);

/// The calendar period of this frequency that follows @p p, that is, contains `p.end`.
period next(frequency f, const period& p);

/// The calendar periods of this frequency that lie entirely within @p window, in order.
std::vector<period> whole_periods(frequency f, const period& window);

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/core/impl/period.ipp>
#endif
