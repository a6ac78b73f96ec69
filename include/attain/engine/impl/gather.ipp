#pragma once

#include <attain/core/missing.hpp>
#include <attain/core/sort_stably.hpp>
#include <attain/engine/gather.hpp>

#include <algorithm>

namespace attain::inline v0 {

ATTAIN_INLINE std::uint32_t gatherer::author_slot(const indicator_spec& spec, text_id author) {
  const std::string_view name = ledger_.text(author);
  const auto ranked = std::find(spec.authors.begin(), spec.authors.end(), name);
  if (ranked != spec.authors.end()) return static_cast<std::uint32_t>(ranked - spec.authors.begin()) + 1;
  const auto known = std::find(authors_.begin(), authors_.end(), author);
  const auto position = static_cast<std::uint32_t>(known - authors_.begin());
  if (known == authors_.end()) authors_.push_back(author);
  return static_cast<std::uint32_t>(spec.authors.size()) + 1 + position;
}

ATTAIN_INLINE void gatherer::append(const strand& from, std::uint32_t slot, const request& of, std::vector<entry>& to,
                                    bool& used_goal) {
  const std::span<const series_part> parts = bound_->parts(from);
  const bool one = parts.size() == 1;  // rows of several parts come merged and converted
  const row_slice rows = one ? ledger_.rows(parts[0].series, buffer_) : ledger_.rows(parts, buffer_);
  const unit_scale scale = one ? parts[0].scale : unit_scale{};
  to.reserve(to.size() + rows.size);
  for (std::size_t i = 0; i < rows.size; ++i) {
    const std::int32_t recorded = ledger_.recorded(rows.batch[i]);
    if (recorded > known_at_) continue;
    const std::uint32_t flags = rows.length_and_flags[i];
    entry& e = to.emplace_back();
    e.last = rows.last_day[i];
    e.first = rows.first_day(i);
    e.recorded = recorded;
    e.slot = of.spec->kind == indicator_kind::rating ? author_slot(*of.spec, ledger_.author(rows.batch[i])) : slot;
    if ((flags & row_flag::content) == 0) {
      e.low = e.high = scale(rows.amount[i]);
      continue;
    }
    e.withdrawn = (flags & row_flag::withdrawn) != 0;
    if ((flags & row_flag::missing) != 0) {
      e.missing = static_cast<std::uint8_t>(rows.amount[i]);
      continue;
    }
    if (e.withdrawn) continue;
    double high = ledger_.high(rows, i);
    double low = rows.amount[i];
    if ((flags & row_flag::share_of_goal) != 0) {
      used_goal = true;
      if (!of.goal) {
        e.missing = detail::as_missing(reason::not_comparable);
        continue;
      }
      const double a = low * *of.goal;
      const double b = high * *of.goal;
      e.low = (std::min)(a, b);
      e.high = (std::max)(a, b);
    } else {
      e.low = scale(low);
      e.high = scale(high);
    }
    e.low_open = (flags & row_flag::low_open) != 0;
    e.high_open = (flags & row_flag::high_open) != 0;
  }
}

ATTAIN_INLINE gatherer::plain_series gatherer::find_plain(std::size_t scope, std::size_t indicator, std::uint32_t place,
                                                          row_buffer& buffer) {
  const std::span<const strand> strands = bound_->strands_at(scope, indicator, place);
  if (strands.empty()) return {.found = true, .rows = {}, .scale = {}};
  const strand& only = strands[0];
  if (strands.size() > 1 || only.part_count > 1 || only.comparable == 0 || only.division != strand::undivided) return {};
  const series_part& part = bound_->parts(only)[0];
  constexpr std::size_t ahead = 12;  // what follows is mostly read next
  if (const auto all = bound_->parts(); only.first_part + ahead < all.size())
    ledger_.prefetch(all[only.first_part + ahead].series);
  const row_slice rows = ledger_.rows(part.series, buffer);
  std::uint32_t flags = 0;
  for (std::size_t i = 0; i < rows.size; ++i) flags |= rows.length_and_flags[i];
  return {.found = (flags & (row_flag::content | row_flag::tie)) == 0, .rows = rows, .scale = part.scale};
}

ATTAIN_INLINE bool gatherer::plain_rows(std::size_t scope, std::size_t indicator, std::uint32_t place, std::size_t member,
                                        standing_rows& rows) {
  const plain_series series = find_plain(scope, indicator, place, member_buffers_[member]);
  rows = standing_rows(series.rows, series.scale);
  return series.found;
}

ATTAIN_INLINE bool gatherer::plain(std::size_t scope, std::size_t indicator, std::uint32_t place,
                                   std::vector<plain_entry>& entries, std::vector<std::int32_t>* recorded) {
  entries.clear();
  if (recorded != nullptr) recorded->clear();
  const auto [found, rows, scale] = find_plain(scope, indicator, place, buffer_);
  if (!found) return false;
  for (std::size_t i = 0; i < rows.size;) {  // of an identity the last row that is known stands
    std::size_t stands = rows.size;
    bool followed = true;
    for (; followed; ++i) {
      if (ledger_.recorded(rows.batch[i]) <= known_at_) stands = i;
      followed = (rows.length_and_flags[i] & row_flag::followed) != 0;
    }
    if (stands == rows.size) continue;
    entries.push_back({rows.first_day(stands), rows.last_day[stands], scale(rows.amount[stands])});
    if (recorded != nullptr) recorded->push_back(ledger_.recorded(rows.batch[stands]));
  }
  return true;
}

ATTAIN_INLINE bool gatherer::operator()(const request& of, std::vector<entry>& entries) {
  entries.clear();
  other_scope_.clear();
  authors_.clear();
  const indicator_spec& spec = *of.spec;
  const bool keeps_slots = spec.kind == indicator_kind::steps || spec.kind == indicator_kind::rating;
  const bool divides =
      is_accumulator(spec.kind) || (spec.kind == indicator_kind::level && spec.across_places == combination::sum);

  dimensions_.clear();
  std::uint32_t slots = 1;
  for (const dimension_spec& d : spec.dimensions) {
    const auto count = static_cast<std::uint32_t>(d.categories.size());
    dimensions_.push_back({slots, count, d.complete});
    slots += count;
  }

  bool used_goal = false;
  const std::span<const division> divisions = bound_->divisions(of.scope, of.indicator);
  for (const strand& s : bound_->strands_at(of.scope, of.indicator, of.place)) {
    std::uint32_t slot = 0;
    if (s.step != strand::undivided) {
      slot = s.step + 1;
    } else if (!of.about.empty()) {
      if (s.division == strand::undivided ||
          !std::equal(divisions[s.division].items.begin(), divisions[s.division].items.end(), of.about.begin(), of.about.end())) {
        continue;
      }
    } else if (s.division != strand::undivided) {
      const division& d = divisions[s.division];
      if (!divides || d.items.size() != 1) continue;  // rule R10: never across dimensions
      slot = dimensions_[d.items[0].dimension].first_slot + d.items[0].category;
    }
    append(s, slot, of, s.comparable ? entries : other_scope_, used_goal);
  }
  standing(entries);
  if (!keeps_slots) undivided(entries, dimensions_);
  if (!other_scope_.empty()) {  // rule R12: reported, but not comparable
    standing(other_scope_);
    for (entry& e : other_scope_) {
      e = {.first = e.first,
           .last = e.last,
           .recorded = e.recorded,
           .slot = e.slot,
           .missing = detail::as_missing(reason::not_comparable)};
      entries.push_back(e);
    }
    sort_stably(std::span(entries),
                [](const entry& a, const entry& b) { return a.last != b.last ? a.last < b.last : a.first < b.first; });
  }
  return used_goal;
}

}  // namespace attain::inline v0
