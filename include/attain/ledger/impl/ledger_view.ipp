#pragma once

#include <attain/ledger/detail/intake.hpp>
#include <attain/ledger/detail/ledger_state.hpp>
#include <attain/ledger/ledger_view.hpp>

#include <algorithm>

namespace attain::inline v0 {

ATTAIN_INLINE std::uint64_t ledger_view::state_id() const noexcept { return state_->id; }
ATTAIN_INLINE std::size_t ledger_view::size() const noexcept { return state_->size; }
ATTAIN_INLINE std::int32_t ledger_view::max_recorded() const noexcept { return state_->max_recorded; }

ATTAIN_INLINE std::uint32_t ledger_view::text_count() const noexcept { return state_->base->texts.size(); }
ATTAIN_INLINE std::string_view ledger_view::text(text_id id) const noexcept { return state_->base->texts[id]; }
ATTAIN_INLINE std::optional<text_id> ledger_view::find_text(std::string_view text) const noexcept {
  const text_id id = state_->base->texts.find(text);
  return id != detail::nowhere ? std::optional(id) : std::nullopt;
}
ATTAIN_INLINE std::vector<std::pair<std::string_view, std::string_view>> ledger_view::dimensions(text_id id) const {
  return detail::split_dimensions(text(id));
}

ATTAIN_INLINE std::uint32_t ledger_view::series_count() const noexcept { return state_->base->series.size(); }

ATTAIN_INLINE series_key ledger_view::key(series_id id) const noexcept {
  const detail::packed_series series = state_->base->series[id];
  const detail::aspect_key aspect = series.aspect == 0 ? detail::aspect_key{} : state_->base->aspects[series.aspect];
  return {series.indicator, series.place, aspect.dimensions, aspect.step, aspect.stage, aspect.scope, aspect.unit};
}

ATTAIN_INLINE std::optional<series_id> ledger_view::find_series(const series_key& key) const noexcept {
  const std::uint32_t aspect = state_->base->aspects.find({key.dimensions, key.step, key.stage, key.scope, key.unit});
  if (aspect == detail::nowhere) return std::nullopt;
  const series_id id = state_->base->series.find({key.indicator, key.place, aspect});
  return id != detail::nowhere ? std::optional(id) : std::nullopt;
}

ATTAIN_INLINE std::vector<series_id> ledger_view::series_at(text_id indicator, text_id place) const {
  std::vector<series_id> found;
  for (const auto& layer : state_->base->series.layers()) {
    layer->store.each_at(indicator, place, [&](std::uint32_t i) { found.push_back(layer->first + i); });
  }
  return found;
}

ATTAIN_INLINE std::uint32_t ledger_view::batch_count() const noexcept { return state_->base->batches.size(); }
ATTAIN_INLINE batch_key ledger_view::batch(batch_id id) const noexcept { return state_->base->batches[id]; }
ATTAIN_INLINE std::int32_t ledger_view::recorded(batch_id id) const noexcept { return state_->base->batches[id].recorded; }
ATTAIN_INLINE text_id ledger_view::author(batch_id id) const noexcept { return state_->base->batches[id].author; }

ATTAIN_INLINE std::uint32_t ledger_view::run_count() const noexcept { return state_->run_count(); }

ATTAIN_INLINE row_slice ledger_view::rows(std::uint32_t run, series_id series) const noexcept {
  const auto slice = [&](const auto& columns, detail::row_range range) {
    row_slice s;
    s.last_day = &columns.last_day[0] + range.begin;
    s.length_and_flags = &columns.length_and_flags[0] + range.begin;
    s.batch = &columns.batch[0] + range.begin;
    s.amount = &columns.amount[0] + range.begin;
    s.first = {series, run, range.begin};
    s.size = range.end - range.begin;
    return s;
  };
  if (state_->is_tail(run)) return slice(state_->recent, state_->recent.find(series));
  const detail::run& from = *state_->base->runs[run];
  return slice(from, from.directory.find(series));
}

ATTAIN_INLINE void ledger_view::prefetch(series_id series) const noexcept {
  if (!state_->base->runs.empty()) state_->base->runs.front()->prefetch(series);  // the others are small
}

ATTAIN_INLINE row_slice ledger_view::rows(series_id series, row_buffer& buffer) const {
  if (run_count() == 1) return rows(std::uint32_t{0}, series);
  const series_part only{series, {}};
  return rows(std::span(&only, 1), buffer);
}

ATTAIN_INLINE row_slice ledger_view::rows(std::span<const series_part> parts, row_buffer& buffer) const {
  const std::uint32_t runs = run_count();
  buffer.sources.clear();
  for (const series_part& part : parts) {
    for (std::uint32_t run = 0; run < runs; ++run) {
      if (const row_slice slice = rows(run, part.series); slice.size != 0) buffer.sources.push_back({slice, part.scale, 0});
    }
  }
  if (buffer.sources.empty()) return {};
  if (buffer.sources.size() == 1 && buffer.sources[0].scale.is_identity()) return buffer.sources[0].rows;
  return merge(buffer);
}

ATTAIN_INLINE row_slice ledger_view::merge(row_buffer& buffer) const {
  std::size_t size = 0;
  for (const auto& source : buffer.sources) size += source.rows.size;
  buffer.last_day.resize(size);
  buffer.length_and_flags.resize(size);
  buffer.batch.resize(size);
  buffer.amount.resize(size);
  buffer.high.resize(size);
  buffer.position.resize(size);

  const auto fields = [this](const row_buffer::source& source, std::size_t i) {
    detail::row_fields f = fields_at(source.rows.at(i));
    if ((f.length_and_flags & (row_flag::without_amount | row_flag::share_of_goal)) == 0) {
      f.amount = source.scale(f.amount);
      f.high = source.scale(f.high);
    }
    return f;
  };
  const auto before = [&](const row_buffer::source& a, const row_buffer::source& b) {
    const auto identity_a = detail::identity_of(a.rows.last_day[a.next], a.rows.length_and_flags[a.next]);
    const auto identity_b = detail::identity_of(b.rows.last_day[b.next], b.rows.length_and_flags[b.next]);
    if (identity_a != identity_b) return identity_a < identity_b;
    return detail::compare_within_identity(fields(a, a.next), fields(b, b.next), state_->base->texts, state_->base->batches) < 0;
  };

  for (std::size_t row = 0; row < size; ++row) {
    row_buffer::source* first = nullptr;
    for (auto& source : buffer.sources) {
      if (source.next != source.rows.size && (first == nullptr || before(source, *first))) first = &source;
    }
    const detail::row_fields f = fields(*first, first->next);
    buffer.last_day[row] = f.last_day;
    buffer.length_and_flags[row] = f.length_and_flags;
    buffer.batch[row] = f.batch;
    buffer.amount[row] = f.amount;
    buffer.high[row] = f.high;
    buffer.position[row] = first->rows.at(first->next++);
  }
  detail::mark_identities(buffer.last_day.data(), buffer.length_and_flags.data(), buffer.batch.data(), buffer.amount.data(), 0,
                          size, [&](std::size_t i) { return buffer.high[i]; }, [this](batch_id id) { return recorded(id); });

  row_slice merged;
  merged.last_day = buffer.last_day.data();
  merged.length_and_flags = buffer.length_and_flags.data();
  merged.batch = buffer.batch.data();
  merged.amount = buffer.amount.data();
  merged.high = buffer.high.data();
  merged.position = buffer.position.data();
  merged.first = buffer.position.front();
  merged.size = size;
  return merged;
}

ATTAIN_INLINE detail::row_fields ledger_view::fields_at(row_position where) const noexcept {
  return state_->is_tail(where.run) ? state_->recent.fields(where.row) : state_->base->runs[where.run]->fields(where.row);
}

ATTAIN_INLINE double ledger_view::high(const row_slice& slice, std::size_t i) const noexcept {
  if (slice.high != nullptr) return slice.high[i];
  if ((slice.length_and_flags[i] & row_flag::interval) == 0) return slice.amount[i];
  return fields_at(slice.at(i)).high;
}

ATTAIN_INLINE bool ledger_view::has_evidence() const noexcept {
  const auto& runs = state_->base->runs;
  const bool in_runs = std::any_of(runs.begin(), runs.end(), [](const auto& run) { return !run->evidence.rows.empty(); });
  const detail::tail& tail = state_->recent;
  return in_runs || std::any_of(tail.evidence, tail.evidence + tail.size, [](text_id text) { return text != 0; });
}

ATTAIN_INLINE text_id ledger_view::evidence(row_position where) const noexcept {
  return state_->is_tail(where.run) ? state_->recent.evidence[where.row] : state_->base->runs[where.run]->evidence.at(where.row, 0);
}

ATTAIN_INLINE observation ledger_view::entry(row_position where) const {
  const series_key series = key(where.series);
  const detail::row_fields f = fields_at(where);
  const batch_key recorded_in = batch(f.batch);
  const auto string_of = [this](text_id id) { return std::string(text(id)); };
  const auto has = [&f](std::uint32_t flag) { return (f.length_and_flags & flag) != 0; };

  const date end = date::from_days(f.last_day + 1);
  observation o{.indicator = string_of(series.indicator),
                .place = string_of(series.place),
                .about = {end - static_cast<int>(f.length_and_flags & row_flag::length), end}};
  if (has(row_flag::missing)) {
    o.missing = static_cast<reason>(static_cast<int>(f.amount));
  } else {
    o.low = f.amount;
    o.high = f.high;
  }
  o.low_open = has(row_flag::low_open);
  o.high_open = has(row_flag::high_open);
  o.form = has(row_flag::share_of_goal) ? amount_form::share_of_goal : amount_form::amount;
  o.withdrawn = has(row_flag::withdrawn);
  for (const auto& [dimension, category] : dimensions(series.dimensions)) o.dimensions.emplace_back(dimension, category);
  o.step = string_of(series.step);
  o.stage = string_of(series.stage);
  o.scope = string_of(series.scope);
  o.unit = string_of(series.unit);
  o.recorded = date::from_days(recorded_in.recorded);
  o.author = string_of(recorded_in.author);
  o.source = string_of(recorded_in.source);
  o.evidence = string_of(f.evidence);
  o.note = string_of(f.note);
  o.key = string_of(f.key);
  return o;
}

}  // namespace attain::inline v0
