#pragma once

// The reading of a plain target, straight from the events of its key.

#include <attain/core/config.hpp>
#include <attain/core/missing.hpp>
#include <attain/engine/read.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace attain::inline v0::detail {

/// How many of @p count days, which rise, are not after @p until: without branches, as nobody can foresee where the day lies.
ATTAIN_HOT inline std::uint32_t count_until(const std::int32_t* days, std::uint32_t count, std::int32_t until) noexcept {
  const std::int32_t* from = days;
  while (count > 1) {
    const std::uint32_t half = count / 2;
    from += from[half - 1] <= until ? half : 0;
    count -= half;
  }
  return static_cast<std::uint32_t>(from - days) + (count == 1 && *from <= until ? 1 : 0);
}

/// The same where @p known of them are not: of a history the month before, so that there are often as many, or one more.
ATTAIN_HOT inline std::uint32_t count_until(const std::int32_t* days, std::uint32_t known, std::uint32_t count,
                                            std::int32_t until) noexcept {
  for (int more = 0; more < 2; ++more) {
    if (known == count || days[known] > until) return known;
    ++known;
  }
  return known + count_until(days + known, count - known, until);
}

/// As of @p day, cut to the due day: what `reader` reads of its key.
///
/// @param passed  so many events are not after that day, or more; all of them on return
ATTAIN_HOT inline cell_reading read_plain(const plain_events& events, const plain_target& target, std::int32_t day,
                                          std::uint32_t& passed) noexcept {
  const std::int32_t until = (std::min)(day, target.due);
  const std::int32_t* const days = events.day.data() + target.first_event;
  std::uint32_t count = target.event_count;
  if (count != 0 && days[count - 1] > until) count = count_until(days, passed, count, until);
  passed = count;
  cell_reading result;
  result.missing = as_missing(reason::no_observation);
  if (count == 0) return result;
  result.seen = true;
  const std::uint32_t at = count - 1;
  const std::int32_t covered = events.covered[target.first_event + at];
  if (covered == 0) return result;
  result.missing = as_missing(reason::stale);
  if (until - days[at] > target.maximum_age) return result;
  double value = 0;
  if (target.is_ratio) {
    const double* amount = events.amount.data() + target.first_amount + std::size_t{at} * 2;
    result.missing = as_missing(reason::denominator_zero);
    if (amount[1] == 0) return result;
    value = amount[0] / amount[1];
    result.missing = as_missing(reason::overflow);
    if (!std::isfinite(value)) return result;
  } else {
    value = events.amount[target.first_amount + at];
  }
  result.missing = 0;
  result.amount = {value, value};
  result.covered = target.covered_in_days ? static_cast<double>(covered) / (until - target.start + 1) : covered;
  result.data_day = result.reach = target.immediate ? until : days[at];
  return result;
}

}  // namespace attain::inline v0::detail
