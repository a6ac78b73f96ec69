#pragma once

// Readings of running totals (rules R5, R5a).

#include <attain/core/date.hpp>
#include <attain/ledger/impl/event_list.hpp>
#include <attain/ledger/impl/usable_entries.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace attain::inline v0::detail {

// From when on a running total counts (rule R5).
class total_origin {
 public:
  explicit total_origin(const fold_rule& rule)
      : rule_(rule), start_(date::from_days(rule.start)), is_yearly_(rule.counted_from == origin::year) {
    const bool starts_a_year = start_.month() == 1 && start_.day() == 1;
    contains_eve_ = rule.counted_from == origin::ever || (is_yearly_ && !starts_a_year);
  }

  // Whether two totals were counted from different New Years (rule R5a).
  bool parts(const entry& a, const entry& b) const { return is_yearly_ && year_of(a) != year_of(b); }

  // Whether a total contains what was there before the window: one of the first year, if it is counted by the year.
  bool contains_eve(const entry& e) const { return contains_eve_ && (!is_yearly_ || year_of(e) == start_.year()); }

  // What was there on the eve: as the programme declares it, else as it was reported.
  std::optional<entry> on_eve(std::span<const entry> one_a_day) const {
    if (!contains_eve_) return std::nullopt;
    const std::int32_t eve = rule_.start - 1;
    if (rule_.eve_amount) return entry{.first = eve, .last = eve, .low = *rule_.eve_amount, .high = *rule_.eve_amount};
    const auto reported =
        std::find_if(one_a_day.begin(), one_a_day.end(), [&](const entry& e) { return e.last == eve && e.missing == 0; });
    return reported == one_a_day.end() ? std::nullopt : std::optional(*reported);
  }

  // Days of the window for which a total counts.
  std::int32_t days_counted(const entry& e) const {
    const std::int32_t since = is_yearly_ ? (std::max)(rule_.start, date(year_of(e), 1, 1).days()) : rule_.start;
    return e.last - since + 1;
  }

 private:
  static int year_of(const entry& e) { return date::from_days(e.last).year(); }

  const fold_rule& rule_;
  date start_;
  bool is_yearly_;
  bool contains_eve_;
};

// What an entry of a running total says about its own year, or about all the time since the start.
struct part_of_total {
  double low = 0;
  double high = 0;
  double days = 0;
  bool low_open = false;
  bool high_open = false;
  std::uint8_t missing = 0;

  static part_of_total of(const entry& e, const total_origin& counted, const std::optional<entry>& eve) {
    part_of_total made{.low = e.low, .high = e.high, .low_open = e.low_open, .high_open = e.high_open};
    made.days = e.covered * counted.days_counted(e);
    if (e.ambiguous) made.missing = as_missing(reason::ambiguous);
    if (counted.contains_eve(e)) made.take_away(eve);
    return made;
  }

  void add(const part_of_total& other) noexcept {
    low += other.low;
    high += other.high;
    days += other.days;
    low_open |= other.low_open;
    high_open |= other.high_open;
    missing = first_of(missing, other.missing);
  }

 private:
  void take_away(const std::optional<entry>& eve) noexcept {
    if (!eve || eve->ambiguous) {
      missing = first_of(missing, as_missing(eve ? reason::ambiguous : reason::baseline_missing));
      return;
    }
    low -= eve->high;
    high -= eve->low;
    low_open |= eve->high_open;
    high_open |= eve->low_open;
  }
};

inline bool falls_below(const entry& later, const entry& earlier) noexcept {
  return !earlier.ambiguous && !later.ambiguous && later.low < earlier.low && later.high < earlier.high;
}

// Rule R5: the latest total in the window, less what was there before it; a yearly origin adds the closed years (R5a).
inline void fold_running_total(std::span<const entry> reported, const fold_rule& rule, std::vector<event>& events,
                               reading_notes* notes) {
  std::vector<entry> merged;
  const std::span<const entry> entries = one_a_day(reported, merged);
  const total_origin counted(rule);
  const std::optional<entry> eve = counted.on_eve(entries);
  part_of_total closed;
  const entry* previous = eve ? &*eve : nullptr;
  std::uint8_t missing = 0;
  bool any = false;
  for (const entry& e : entries) {
    if (!is_usable(e, rule)) continue;
    if (e.missing != 0) {
      missing = first_of(missing, e.missing);
      if (!any) put(events, without_amount(e.last, missing));
      continue;
    }
    if (e.ambiguous) note(notes, code::equal_recorded_differs, e);
    const bool is_new_year = previous != nullptr && counted.parts(*previous, e);
    if (any && is_new_year) closed.add(part_of_total::of(*previous, counted, eve));
    if (previous != nullptr && !is_new_year && falls_below(e, *previous)) note(notes, code::running_total_falls, e);
    part_of_total now = part_of_total::of(e, counted, eve);
    now.add(closed);
    if (now.missing != 0) {
      put(events, without_amount(e.last, now.missing));
    } else {
      put(events, {.day = e.last,
                   .data_day = e.last,
                   .reach = e.last,
                   .low = now.low,
                   .high = now.high,
                   .covered = now.days / (e.last - rule.start + 1),
                   .low_open = now.low_open,
                   .high_open = now.high_open});
    }
    previous = &e;
    any = true;
  }
}

}  // namespace attain::inline v0::detail
