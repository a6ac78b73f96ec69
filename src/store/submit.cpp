#include "entry_row.hpp"
#include "implementation.hpp"
#include "stored_entries.hpp"

#include <attain/core/number_text.hpp>

#include <cstddef>
#include <utility>

namespace attain::inline v0::io {

using namespace detail;

namespace {

/// "age=15-24;sex=f": a ledger gives them sorted.
std::string text_of(const std::vector<std::pair<std::string, std::string>>& dimensions) {
  std::string text;
  for (const auto& [dimension, category] : dimensions) {
    if (!text.empty()) text += ';';
    text.append(dimension).append("=").append(category);
  }
  return text;
}

/// The numbers of texts and series in the file, which get a record when they are first named.
class named_records {
 public:
  named_records(const connection& in, record_writer& to, known_names& known)
      : to_(to),
        known_(known),
        find_text_(in, "SELECT seq FROM text WHERE text = ?1"),
        find_series_(in,
                     "SELECT seq FROM series WHERE indicator = ?1 AND place IS ?2 AND dimensions IS ?3 AND step IS ?4 AND "
                     "stage IS ?5 AND scope IS ?6 AND unit IS ?7") {}

  /// 0 for the empty text.
  std::int64_t text(const std::string& text) {
    if (text.empty()) return 0;
    const auto [place, is_new] = known_.texts.try_emplace(text, 0);
    if (!is_new) return place->second;
    find_text_.bind(1, std::string_view(text));
    const std::int64_t found = found_by(find_text_);
    if (found != 0) return place->second = found;
    to_.begin(record_kind::text);
    to_.add(std::string_view(text));
    return place->second = to_.finish();
  }

  std::int64_t series(const observation& o) {
    const std::string dimensions = text_of(o.dimensions);
    const series_of_texts ids{text(o.indicator), text(o.place), text(dimensions), text(o.step),
                              text(o.stage),     text(o.scope), text(o.unit)};
    const auto [place, is_new] = known_.series.try_emplace(ids, 0);
    if (!is_new) return place->second;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const int at = static_cast<int>(i) + 1;
      ids[i] == 0 ? find_series_.bind_null(at) : find_series_.bind(at, ids[i]);
    }
    const std::int64_t found = found_by(find_series_);
    if (found != 0) return place->second = found;
    to_.begin(record_kind::series);
    for (const std::int64_t id : ids) to_.add_unless_zero(id);
    return place->second = to_.finish();
  }

 private:
  static std::int64_t found_by(statement& find) {
    const std::int64_t number = find.step() ? find.integer(0) : 0;
    find.reset();
    return number;
  }

  record_writer& to_;
  known_names& known_;
  statement find_text_;
  statement find_series_;
};

/// What an entry refers to, by the numbers of their records.
struct references {
  std::int64_t series, author, source, evidence, note, key;
};

std::int64_t flags_of(const observation& o) noexcept {
  return (o.low_open ? entry_flag::low_open : 0) | (o.high_open ? entry_flag::high_open : 0) |
         (o.form == amount_form::share_of_goal ? entry_flag::share_of_goal : 0) | (o.withdrawn ? entry_flag::withdrawn : 0);
}

void record_batch(record_writer& to, const submission& how, std::size_t entries) {
  to.begin(record_kind::batch);
  to.add(how.at.microseconds());
  to.add(std::int64_t{how.at.offset_minutes()});
  to.add(std::string_view(how.author));
  to.add_unless_empty(how.key);
  to.add_unless_empty(how.evidence.uri);
  to.add_unless_empty(how.evidence.sha256);
  to.add_unless_empty(how.evidence.page);
  to.add_unless_empty(how.note);
  to.add(static_cast<std::int64_t>(entries));
  to.finish();
}

void record_entry(record_writer& to, batch_number batch, const observation& o, const references& refers, date batch_day) {
  const bool has_amount = !o.missing && !o.withdrawn;
  to.begin(record_kind::entry);
  to.add(batch);
  to.add(refers.series);
  to.add(std::int64_t{o.about.start.days()});
  to.add(std::int64_t{o.about.end.days()} - 1);
  has_amount ? to.add(o.low) : to.add_null();
  has_amount&& o.high != o.low ? to.add(o.high) : to.add_null();
  to.add(flags_of(o));
  o.missing ? to.add(to_string(*o.missing)) : to.add_null();
  *o.recorded == batch_day ? to.add_null() : to.add(std::int64_t{o.recorded->days()});
  for (const std::int64_t id : {refers.author, refers.source, refers.evidence, refers.note, refers.key}) to.add_unless_zero(id);
  to.finish();
}

finding key_conflict(std::string where, const std::string& key, std::string message) {
  return {.code = code::key_conflict,
          .where = std::move(where),
          .text = escaped_excerpt(key),
          .expected = "one content for each key",
          .message = std::move(message)};
}

/** Entries whose keys had an entry before: who repeats one without a recorded day, on a later day, means the day it was recorded
  then.

  Throws `ledger_conflict` with every key that had another entry.
*/
attain::ledger with_earlier_days(const connection& in, const attain::ledger& entries, date batch_day) {
  constexpr std::size_t most = 1000;
  std::vector<observation> dated;
  std::vector<finding> conflicts;
  bool has_earlier = false;
  stored_entries read(in);
  entries.for_each([&](observation o) {
    if (!o.key.empty()) {
      read.of_key(o.key, [&](std::int64_t number, batch_number, const observation& earlier) {
        has_earlier = true;
        observation same = o;
        if (*o.recorded == batch_day) same.recorded = earlier.recorded;
        if (earlier == same) {
          o = same;
        } else if (conflicts.size() < most) {
          conflicts.push_back(key_conflict("entry about " + o.indicator + (o.place.empty() ? "" : " at " + o.place), o.key,
                                           "the key has another entry, record " + std::to_string(number) + ": " +
                                               to_text(earlier.low) + ", recorded " + to_string(*earlier.recorded)));
        }
      });
      dated.push_back(std::move(o));
    }
  });
  if (!conflicts.empty()) throw ledger_conflict(std::move(conflicts));
  if (!has_earlier) return entries;
  entries.for_each([&](const observation& o) {
    if (o.key.empty()) dated.push_back(o);
  });
  return attain::ledger(dated);
}

/// Whether an earlier batch with the key says the same.
bool is_repeated(const connection& in, const stored_batch& earlier, const attain::ledger& entries, const submission& how) {
  if (earlier.entries != entries.size() || earlier.handed_in.author != how.author || earlier.handed_in.note != how.note ||
      earlier.handed_in.evidence != how.evidence) {
    return false;
  }
  // An entry that names no recorded day is recorded on the day of its batch, then as now.
  const date then = earlier.handed_in.at.day();
  std::vector<observation> before;
  stored_entries read(in);
  read.of_batch(earlier.number, [&](std::int64_t, batch_number, observation o) {
    if (*o.recorded == then && o.key.empty()) o.recorded = how.at.day();
    before.push_back(std::move(o));
  });
  return attain::ledger(before) == entries;
}

}  // namespace

stored_batch ledger_store::submit(const attain::ledger& said, const submission& how) {
  check(how);
  if (said.empty()) {
    throw invalid_input(finding{.code = code::missing_field,
                                .where = "entries",
                                .expected = "at least one entry",
                                .message = "a batch without entries says nothing"});
  }
  implementation::writing change(*inside_);
  const connection& file = inside_->db();
  const attain::ledger entries = with_earlier_days(file, said, how.at.day());
  if (!how.key.empty()) {
    if (const auto number = detail::find_batch(file, how.key)) {
      stored_batch earlier = *read_batch(file, *number);
      if (is_repeated(file, earlier, entries, how)) return earlier;
      throw ledger_conflict(key_conflict("batch", how.key,
                                         "the key has another batch, record " + std::to_string(*number) + ", handed in by " +
                                             earlier.handed_in.author + ", " + to_string(earlier.handed_in.at)));
    }
  }

  record_writer& to = change.records();
  const date day = how.at.day();
  std::vector<references> refers;
  refers.reserve(entries.size());
  change.names().stay_small();
  named_records named(file, to, change.names());
  entries.for_each([&](const observation& o) {
    refers.push_back({named.series(o), named.text(o.author), named.text(o.source), named.text(o.evidence), named.text(o.note),
                      named.text(o.key)});
  });
  record_batch(to, how, entries.size());
  const batch_number number = to.last().number;
  std::size_t at = 0;
  entries.for_each([&](const observation& o) { record_entry(to, number, o, refers[at++], day); });
  change.commit();
  return {.number = number, .handed_in = how, .entries = entries.size()};
}

stored_batch ledger_store::submit(std::span<const observation> entries, const submission& how) {
  std::vector<observation> dated(entries.begin(), entries.end());
  for (observation& o : dated) {
    if (!o.recorded) o.recorded = how.at.day();
  }
  return submit(attain::ledger(dated), how);
}

stored_batch ledger_store::submit(const observation_columns& entries, const submission& how) {
  observation_columns dated = entries;
  std::vector<std::int32_t> recorded;
  if (dated.recorded.empty()) {
    recorded.assign(dated.size, how.at.day().days());
    dated.recorded = recorded;
  }
  attain::ledger book;
  book.append_columns(dated);
  return submit(book, how);
}

}  // namespace attain::inline v0::io
