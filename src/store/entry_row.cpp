#include "entry_row.hpp"

#include <attain/core/date.hpp>

namespace attain::inline v0::io::detail {

namespace {

bool read_day(const statement& row, int column, std::int32_t& to) {
  const std::int64_t day = row.integer(column);
  to = static_cast<std::int32_t>(day);
  return day >= attain::detail::first_day && day <= attain::detail::last_day;
}

}  // namespace

const char* read_numbers(const statement& row, std::int32_t batch_day, entry_numbers& to) {
  if (!read_day(row, entry_column::first_day, to.first_day) || !read_day(row, entry_column::last_day, to.last_day)) {
    return "the entry is about a day that does not exist";
  }
  to.recorded = batch_day;
  if (!row.is_null(entry_column::recorded) && !read_day(row, entry_column::recorded, to.recorded)) {
    return "the entry was recorded on a day that does not exist";
  }
  const std::int64_t flags = row.integer(entry_column::flags);
  if ((flags & ~entry_flag::all) != 0) return "the entry has flags that mean nothing";
  to.flags = static_cast<std::uint8_t>(flags);
  to.missing = 0;
  if (!row.is_null(entry_column::missing)) {
    const std::optional<reason> why = parse_reason(row.text(entry_column::missing));
    if (!why) return "the entry is missing for a reason that does not exist";
    to.missing = static_cast<std::uint8_t>(*why);
  }
  to.low = row.real(entry_column::low);
  to.high = row.is_null(entry_column::high) ? to.low : row.real(entry_column::high);
  return nullptr;
}

}  // namespace attain::inline v0::io::detail
