#include "table_reader.hpp"

#include <attain/core/date.hpp>

#include <algorithm>

namespace attain::inline v0::io {

namespace {

using namespace detail;

std::string text_at(const coded_column& column, std::size_t row) {
  return column.codes.empty() ? std::string{} : std::string(column.dictionary[column.codes[row]]);
}

/// A row of columns as an observation.
observation observation_at(const observation_columns& columns, std::size_t row) {
  const auto is_set = [row](std::span<const std::uint8_t> flags) { return !flags.empty() && flags[row] != 0; };
  const std::int32_t last = columns.last_day[row];
  const std::int32_t first = columns.first_day.empty() ? last : columns.first_day[row];
  observation made{.about = {date::from_days(first), date::from_days(last) + 1}};
  made.indicator = text_at(columns.indicator, row);
  made.place = text_at(columns.place, row);
  made.low = columns.low[row];
  made.high = columns.high.empty() ? made.low : columns.high[row];
  made.low_open = is_set(columns.low_open);
  made.high_open = is_set(columns.high_open);
  made.form = is_set(columns.share_of_goal) ? amount_form::share_of_goal : amount_form::amount;
  if (is_set(columns.missing)) made.missing = static_cast<reason>(columns.missing[row]);
  made.withdrawn = is_set(columns.withdrawn);
  const std::string dimensions = text_at(columns.dimensions, row);
  for (const auto& [dimension, category] : pairs_of(dimensions)) made.dimensions.emplace_back(dimension, category);
  made.step = text_at(columns.step, row);
  made.stage = text_at(columns.stage, row);
  made.scope = text_at(columns.scope, row);
  made.unit = text_at(columns.unit, row);
  if (!columns.recorded.empty()) made.recorded = date::from_days(columns.recorded[row]);
  made.author = text_at(columns.author, row);
  made.source = text_at(columns.source, row);
  made.evidence = text_at(columns.evidence, row);
  made.note = text_at(columns.note, row);
  made.key = text_at(columns.key, row);
  return made;
}

/// Whether every day of the columns is one; if not, `append_columns` says which row.
bool are_days(const observation_columns& columns) {
  const auto within = [](std::span<const std::int32_t> days, date last) {
    return std::all_of(days.begin(), days.end(), [last](std::int32_t d) { return date::min().days() <= d && d <= last.days(); });
  };
  return within(columns.first_day, date::max() - 1) && within(columns.last_day, date::max() - 1) &&
         within(columns.recorded, date::max());
}

}  // namespace

void append_table(ledger& to, const table& from, const programme* plan, int threads) {
  // Few rows go to the tail of a ledger, many become a run of their own.
  constexpr std::size_t few = 32;

  table_reader reader(from, plan);
  const observation_columns columns = reader.read();
  if (from.rows == 0) return;
  if (from.rows > few || !are_days(columns)) return to.append_columns(columns, threads);
  std::vector<observation> entries;
  for (std::size_t row = 0; row < from.rows; ++row) entries.push_back(observation_at(columns, row));
  to.append(entries);
}

}  // namespace attain::inline v0::io
