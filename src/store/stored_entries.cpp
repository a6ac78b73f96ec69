#include "stored_entries.hpp"

#include "implementation.hpp"

#include <array>
#include <string>

#define ATTAIN_ENTRY_COLUMNS                                                                                                   \
  "entry.seq, entry.batch, entry.series, first_day, last_day, low, high, flags, missing, recorded, author, source, evidence, " \
  "note, key"

namespace attain::inline v0::io::detail {

namespace {

[[noreturn]] void refuse(std::int64_t record, const char* message) {
  throw_store(code::broken_chain, "record " + std::to_string(record), message, "the records that were appended, unchanged");
}

/// The pairs of "age=15-24;sex=f".
std::vector<std::pair<std::string, std::string>> dimensions_in(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> pairs;
  while (!text.empty()) {
    const std::string_view pair = text.substr(0, text.find(';'));
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos) break;
    pairs.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
    text.remove_prefix(pair.size() == text.size() ? pair.size() : pair.size() + 1);
  }
  return pairs;
}

}  // namespace

stored_entries::stored_entries(const connection& in)
    : of_batch_(in, "SELECT " ATTAIN_ENTRY_COLUMNS " FROM entry WHERE seq > ?1 AND seq <= ?2 ORDER BY seq"),
      of_key_(in, "SELECT " ATTAIN_ENTRY_COLUMNS
                  " FROM entry WHERE key = (SELECT seq FROM text WHERE text = ?1) AND key IS NOT NULL ORDER BY seq"),
      about_(in, "SELECT " ATTAIN_ENTRY_COLUMNS
                 " FROM entry WHERE series IN (SELECT seq FROM series WHERE indicator = (SELECT seq FROM text WHERE text = ?1) "
                 "AND place IS (SELECT seq FROM text WHERE text = ?2) AND (place IS NULL) = (?2 IS NULL)) ORDER BY seq"),
      batch_(in, "SELECT at, utc_offset, entries FROM batch WHERE seq = ?1"),
      series_(in, "SELECT indicator, place, dimensions, step, stage, scope, unit FROM series WHERE seq = ?1"),
      text_(in, "SELECT text FROM text WHERE seq = ?1") {}

std::int64_t stored_entries::count_of(batch_number batch) {
  batch_.bind(1, batch);
  const std::int64_t count = batch_.step() ? batch_.integer(2) : 0;
  batch_.reset();
  return count;
}

observation stored_entries::observation_at(const statement& row) {
  const std::int64_t number = row.integer(entry_column::seq);
  batch_.bind(1, row.integer(entry_column::batch));
  if (!batch_.step()) refuse(number, "the entry belongs to no batch");
  const date batch_day = moment_at(batch_, 0).day();
  batch_.reset();

  entry_numbers read;
  if (const char* problem = read_numbers(row, batch_day.days(), read)) refuse(number, problem);
  if (read.first_day > read.last_day || read.last_day >= attain::detail::last_day) refuse(number, "the period is none");
  observation made{.about = {date::from_days(read.first_day), date::from_days(read.last_day) + 1}};
  made.low = read.low;
  made.high = read.high;
  made.low_open = (read.flags & entry_flag::low_open) != 0;
  made.high_open = (read.flags & entry_flag::high_open) != 0;
  if ((read.flags & entry_flag::share_of_goal) != 0) made.form = amount_form::share_of_goal;
  made.withdrawn = (read.flags & entry_flag::withdrawn) != 0;
  if (read.missing != 0) made.missing = static_cast<reason>(read.missing);
  made.recorded = date::from_days(read.recorded);

  series_.bind(1, row.integer(entry_column::series));
  if (!series_.step()) refuse(number, "the entry belongs to no series");
  std::array<std::int64_t, series_texts> parts{};
  for (int i = 0; i < series_texts; ++i) parts[static_cast<std::size_t>(i)] = series_.integer(i);
  series_.reset();
  made.indicator = text(parts[0]);
  made.place = text(parts[1]);
  made.dimensions = dimensions_in(text(parts[2]));
  made.step = text(parts[3]);
  made.stage = text(parts[4]);
  made.scope = text(parts[5]);
  made.unit = text(parts[6]);
  made.author = text(row.integer(entry_column::author));
  made.source = text(row.integer(entry_column::source));
  made.evidence = text(row.integer(entry_column::evidence));
  made.note = text(row.integer(entry_column::note));
  made.key = text(row.integer(entry_column::key));
  return made;
}

std::string stored_entries::text(std::int64_t number) {
  if (number == 0) return {};
  text_.bind(1, number);
  if (!text_.step()) refuse(number, "the text is missing");
  std::string found(text_.text(0));
  text_.reset();
  return found;
}

}  // namespace attain::inline v0::io::detail
