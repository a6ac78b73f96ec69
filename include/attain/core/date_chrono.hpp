#pragma once

/** Explicit conversions between `date` and `<chrono>`. Opt-in: `<chrono>` is slow to compile. */

#include <attain/core/date.hpp>

#include <chrono>
#include <cstdint>

namespace attain::inline v0 {

constexpr std::chrono::sys_days to_sys_days(date d) noexcept { return std::chrono::sys_days{std::chrono::days{d.days()}}; }

constexpr std::chrono::year_month_day to_year_month_day(date d) noexcept { return std::chrono::year_month_day{to_sys_days(d)}; }

/// Throws invalid_input outside the range of dates.
constexpr date to_date(std::chrono::sys_days day) {
  const std::int64_t days = day.time_since_epoch().count();
  if (days < detail::first_day || days > detail::last_day) detail::throw_date_out_of_range(days);
  return date::from_days(static_cast<std::int32_t>(days));
}

/// Throws invalid_input if @p day is not ok() or outside the range of dates.
constexpr date to_date(std::chrono::year_month_day day) {
  return date(static_cast<int>(day.year()), static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

}  // namespace attain::inline v0
