#pragma once

#include <attain/ledger/detail/columns_intake.hpp>
#include <attain/ledger/detail/intake.hpp>
#include <attain/ledger/detail/keys.hpp>
#include <attain/ledger/detail/ledger_state.hpp>
#include <attain/ledger/detail/run_builder.hpp>
#include <attain/ledger/ledger.hpp>

#include <algorithm>
#include <tuple>
#include <utility>

namespace attain::inline v0 {

ATTAIN_INLINE ledger::ledger() : state_(detail::empty_ledger_state()) {}

ATTAIN_INLINE ledger::ledger(std::span<const observation> entries) : ledger() { append(entries); }

ATTAIN_INLINE void ledger::append(const observation& entry) {
  detail::ledger_draft draft(*state_);
  draft.make_room(1);
  detail::problem_list problems;
  const detail::keyed_entry taken = detail::take(draft, entry, {}, problems);
  problems.throw_if_any<invalid_input>();
  bool is_new = true;
  if (taken.fields.key != 0) {
    detail::settle_keys(
        draft, {{taken.fields.key, 0}}, [&](std::uint32_t) { return taken; }, [](std::uint32_t) { return detail::entry_place{}; },
        [&](std::uint32_t) { is_new = false; }, problems);
    problems.throw_if_any<ledger_conflict>();
  }
  if (!is_new) return;
  draft.add(taken.series, taken.fields);
  state_ = draft.finish();
}

ATTAIN_INLINE void ledger::append(std::span<const observation> entries) {
  if (entries.empty()) return;
  detail::ledger_draft draft(*state_);
  draft.make_room(entries.size());
  detail::problem_list problems;
  const auto place_of = [](std::size_t row) { return detail::entry_place{row + 1}; };

  detail::column<series_id> series(entries.size());
  std::vector<detail::row_fields> fields(entries.size());
  std::vector<std::pair<text_id, std::uint32_t>> keyed;
  std::int32_t latest = detail::first_day;
  bool has_extras = false;
  for (std::size_t row = 0; row < entries.size(); ++row) {
    const detail::keyed_entry taken = detail::take(draft, entries[row], place_of(row), problems);
    series[row] = taken.series;
    fields[row] = taken.fields;
    has_extras = has_extras || taken.fields.has_extras();
    if (taken.fields.key != 0) keyed.emplace_back(taken.fields.key, static_cast<std::uint32_t>(row));
    if (problems.empty()) latest = (std::max)(latest, draft.batches[taken.fields.batch].recorded);
  }
  problems.throw_if_any<invalid_input>();
  if (!keyed.empty()) {
    const auto entry_at = [&](std::uint32_t row) { return detail::keyed_entry{series[row], fields[row]}; };
    detail::settle_keys(draft, std::move(keyed), entry_at, place_of, [&](std::uint32_t row) { series[row] = detail::nowhere; },
                        problems);
    problems.throw_if_any<ledger_conflict>();
  }

  if (entries.size() <= detail::tail::capacity) {
    for (std::size_t row = 0; row < entries.size(); ++row) {
      if (series[row] != detail::nowhere) draft.add(series[row], fields[row]);
    }
  } else {
    struct rows {
      const std::vector<detail::row_fields>& fields;
      auto plain() const noexcept {
        return [all = fields.data()](std::size_t row) noexcept { return all[row]; };
      }
      const detail::row_fields& whole(std::size_t row) const noexcept { return fields[row]; }
    };
    const rows all{fields};
    detail::run_builder builder(std::move(series), all, has_extras, draft.series.size());
    draft.add(builder.build(draft.texts, draft.batches), latest);
  }
  state_ = draft.finish();
}

ATTAIN_INLINE void ledger::append_columns(const observation_columns& columns, int threads) {
  if (columns.size == 0) return;
  detail::ledger_draft draft(*state_);
  draft.make_room(columns.size);
  detail::columns_intake intake(columns, draft, static_cast<std::size_t>((std::max)(1, threads)));
  if (intake.has_keys()) {
    std::vector<std::pair<text_id, std::uint32_t>> keyed;
    for (std::uint32_t row = 0; row < intake.size(); ++row) {
      if (const text_id key = intake.key_of(row); key != 0) keyed.emplace_back(key, row);
    }
    detail::problem_list conflicts;
    const auto entry_at = [&](std::uint32_t row) { return detail::keyed_entry{intake.series[row], intake.whole(row)}; };
    const auto place_of = [](std::size_t row) { return detail::entry_place{row + 1}; };
    std::vector<std::uint32_t> dropped;
    detail::settle_keys(draft, std::move(keyed), entry_at, place_of, [&](std::uint32_t row) { dropped.push_back(row); }, conflicts);
    conflicts.throw_if_any<ledger_conflict>();
    for (const std::uint32_t row : dropped) intake.series[row] = detail::nowhere;
  }
  const std::int32_t latest = intake.latest_recorded();
  detail::run_builder builder(std::move(intake.series), intake, intake.has_extras(), draft.series.size(), intake.parts());
  draft.add(builder.build(draft.texts, draft.batches), latest);
  state_ = draft.finish();
}

ATTAIN_INLINE series_id ledger::series_for(const observation& like) {
  detail::ledger_draft draft(*state_);
  detail::problem_list problems;
  const series_id id = detail::take_series(draft, like, {}, problems);
  problems.throw_if_any<invalid_input>();
  if (draft.series.changed()) state_ = draft.finish();
  return id;
}

ATTAIN_INLINE batch_id ledger::batch_for(date recorded, std::string_view author, std::string_view source) {
  detail::ledger_draft draft(*state_);
  detail::problem_list problems;
  const batch_id id = detail::take_batch(draft, recorded.days(), author, source, {}, problems);
  problems.throw_if_any<invalid_input>();
  if (draft.batches.changed()) state_ = draft.finish();
  return id;
}

ATTAIN_INLINE void ledger::append_row(const ledger_row& row) {
  detail::problem_list problems;
  detail::entry_checker check({}, problems);
  const std::uint32_t flags = row.length_and_flags;
  const std::uint32_t length = flags & row_flag::length;
  const auto has = [flags](std::uint32_t flag) { return (flags & flag) != 0; };
  const bool is_withdrawn = has(row_flag::withdrawn), is_missing = has(row_flag::missing);
  const bool is_number_of_reason = row.amount > 0 && row.amount < 256;
  const auto missing = static_cast<std::uint8_t>(is_missing && is_number_of_reason ? row.amount : 0);
  check.days(std::int64_t{row.last_day} - length + 1, row.last_day);
  if (is_missing) {
    check.missing(static_cast<reason>(missing), is_withdrawn);
  } else if (!is_withdrawn) {
    check.ends(row.amount, row.high);
  }
  problems.throw_if_any<invalid_input>();

  detail::row_fields fields;
  fields.last_day = row.last_day;
  fields.batch = row.batch;
  detail::set_content(fields, length, missing, is_withdrawn, has(row_flag::share_of_goal), row.amount, row.high,
                      has(row_flag::low_open), has(row_flag::high_open));
  detail::ledger_draft draft(*state_);
  draft.make_room(1);
  draft.add(row.series, fields);
  state_ = draft.finish();
}

ATTAIN_INLINE std::size_t ledger::size() const noexcept { return state_->size; }

ATTAIN_INLINE std::size_t ledger::memory_bytes() const noexcept {
  const detail::ledger_base& base = *state_->base;
  std::size_t bytes = sizeof(detail::ledger_state) + sizeof(detail::ledger_base) + base.texts.memory_bytes() +
                      base.aspects.memory_bytes() + base.series.memory_bytes() + base.batches.memory_bytes();
  for (const auto& run : base.runs) bytes += run->memory_bytes();
  return bytes;
}

ATTAIN_INLINE std::optional<date> ledger::last_recorded() const noexcept {
  return empty() ? std::nullopt : std::optional(date::from_days(state_->max_recorded));
}

ATTAIN_INLINE std::vector<observation> ledger::observations() const {
  std::vector<observation> all;
  all.reserve(size());
  for_each([&](observation o) { all.push_back(std::move(o)); });
  return all;
}

ATTAIN_INLINE std::vector<observation> ledger::entries(std::string_view indicator, std::string_view place) const {
  const ledger_view seen = view();
  const auto indicator_text = seen.find_text(indicator), place_text = seen.find_text(place);
  if (!indicator_text || !place_text) return {};
  std::vector<series_id> series = seen.series_at(*indicator_text, *place_text);
  put_in_order(series);
  std::vector<observation> found;
  row_buffer buffer;
  for (const series_id s : series) {
    const row_slice slice = seen.rows(s, buffer);
    for (std::size_t i = 0; i < slice.size; ++i) found.push_back(seen.entry(slice.at(i)));
  }
  return found;
}

ATTAIN_INLINE std::vector<series_id> ledger::series_in_order() const {
  std::vector<series_id> series(state_->base->series.size());
  for (series_id s = 0; s < series.size(); ++s) series[s] = s;
  put_in_order(series);
  return series;
}

ATTAIN_INLINE void ledger::put_in_order(std::vector<series_id>& series) const {
  const ledger_view seen = view();
  std::sort(series.begin(), series.end(), [&seen](series_id a, series_id b) {
    const series_key x = seen.key(a), y = seen.key(b);
    const auto by_text = [&seen](text_id s, text_id t) { return s == t ? 0 : seen.text(s).compare(seen.text(t)); };
    for (const auto part : {&series_key::indicator, &series_key::place, &series_key::dimensions, &series_key::step,
                            &series_key::stage, &series_key::scope, &series_key::unit}) {
      if (const int c = by_text(x.*part, y.*part); c != 0) return c < 0;
    }
    return false;
  });
}

ATTAIN_INLINE bool ledger::equal(const ledger& a, const ledger& b) {
  if (a.size() != b.size()) return false;
  const ledger_view seen_a = a.view(), seen_b = b.view();
  // A series without entries does not count.
  const auto next_entries = [](const ledger_view& seen, const std::vector<series_id>& series, std::size_t& next, row_buffer& buffer) {
    row_slice slice;
    while (next < series.size() && slice.size == 0) slice = seen.rows(series[next++], buffer);
    return slice;
  };
  const std::vector<series_id> series_a = a.series_in_order(), series_b = b.series_in_order();
  row_buffer buffer_a, buffer_b;
  for (std::size_t next_a = 0, next_b = 0;;) {
    const row_slice rows_a = next_entries(seen_a, series_a, next_a, buffer_a);
    const row_slice rows_b = next_entries(seen_b, series_b, next_b, buffer_b);
    if (rows_a.size != rows_b.size) return false;
    if (rows_a.size == 0) return true;
    for (std::size_t i = 0; i < rows_a.size; ++i) {
      if (rows_a.last_day[i] != rows_b.last_day[i] || rows_a.amount[i] != rows_b.amount[i] ||
          seen_a.entry(rows_a.at(i)) != seen_b.entry(rows_b.at(i))) {
        return false;
      }
    }
  }
}

}  // namespace attain::inline v0
