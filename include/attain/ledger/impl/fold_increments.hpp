#pragma once

// Readings of increments: sums of the periods inside the window (rule R4).

#include <attain/core/exact_sum.hpp>
#include <attain/ledger/impl/event_list.hpp>
#include <attain/ledger/impl/usable_entries.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace attain::inline v0::detail {

// What increments add up to.
class increment_sum {
 public:
  void add(const entry& e) noexcept {
    low_.add(e.low);
    high_.add(e.high);
    covered_.add(e.days() * e.covered);
    low_open_ |= e.low_open;
    high_open_ |= e.high_open;
  }
  void make_ambiguous() noexcept { ambiguous_ = true; }

  event as_of(std::int32_t day) const noexcept {
    if (ambiguous_) return without_amount(day, as_missing(reason::ambiguous));
    return {.day = day,
            .data_day = day,
            .reach = day,
            .low = low_.value(),
            .high = high_.value(),
            .covered = covered_.value(),
            .low_open = low_open_,
            .high_open = high_open_};
  }

 private:
  running_sum low_;
  running_sum high_;
  running_sum covered_;
  bool low_open_ = false;
  bool high_open_ = false;
  bool ambiguous_ = false;
};

// Entries linked by days that they share, and the sum of what lies before them.
struct cluster {
  std::int32_t last = 0;
  std::size_t begin = 0;
  increment_sum before{};
};

// Adds entries linked by days that they share; false if they contradict each other. @p pieces is room to work in.
inline bool add_resolved(std::span<const entry> linked, const fold_rule& rule, std::vector<entry>& pieces, increment_sum& to) {
  pieces.clear();
  for (const entry& e : linked) {
    if (is_usable(e, rule) && e.has_amount()) pieces.push_back(e);
  }
  if (!without_overlaps(pieces)) return false;
  for (const entry& piece : pieces) to.add(piece);
  return true;
}

// An entry that shares days with earlier ones is resolved with these alone.
inline void fold_increments(std::span<const entry> entries, const fold_rule& rule, std::vector<event>& events,
                            reading_notes* notes) {
  const auto shares_days = [](const entry& a, const entry& b) { return b.first <= a.last; };
  const bool looks_back = std::adjacent_find(entries.begin(), entries.end(), shares_days) != entries.end();
  std::vector<cluster> clusters;
  std::vector<entry> pieces;
  increment_sum sum;
  std::uint8_t missing = 0;
  bool any = false;
  bool ambiguous = false;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const entry& e = entries[i];
    if (!is_usable(e, rule)) {
      if (e.first <= rule.due && e.last >= rule.start) note(notes, code::straddles_window, e);
      continue;
    }
    if (e.ambiguous) {
      note(notes, code::equal_recorded_differs, e);
      ambiguous = true;
    }
    if (ambiguous) {
      put(events, without_amount(e.last, as_missing(reason::ambiguous)));
      continue;
    }
    if (e.missing != 0) {
      missing = first_of(missing, e.missing);
      if (!any) put(events, without_amount(e.last, missing));
      continue;
    }
    any = true;
    std::size_t begin = i;
    for (; !clusters.empty() && clusters.back().last >= e.first; clusters.pop_back()) {
      begin = clusters.back().begin;
      sum = clusters.back().before;
    }
    if (looks_back) clusters.push_back({.last = e.last, .begin = begin, .before = sum});
    if (begin == i) {
      sum.add(e);
    } else if (!add_resolved(entries.subspan(begin, i + 1 - begin), rule, pieces, sum)) {
      note(notes, code::partial_overlap, e);
      sum.make_ambiguous();
    }
    put(events, sum.as_of(e.last));
  }
}

}  // namespace attain::inline v0::detail
