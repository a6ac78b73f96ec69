#pragma once

#include <attain/core/date.hpp>
#include <attain/core/exact_sum.hpp>
#include <attain/ledger/reading.hpp>

#include <algorithm>
#include <limits>

namespace attain::inline v0 {
namespace detail {

constexpr std::uint8_t missing_because(reason why) noexcept { return static_cast<std::uint8_t>(why); }

inline void note(reading_notes* notes, code what, const entry& about) {
  if (notes != nullptr) notes->note(what, about);
}

// The reason that entries without amounts give, while there is no other (rule R6).
inline std::uint8_t first_missing(std::uint8_t so_far, const entry& e) noexcept {
  if (e.missing == 0) return so_far;
  return so_far == 0 ? e.missing : std::min(so_far, e.missing);
}

inline event without_amount(std::int32_t day, std::uint8_t why) noexcept {
  return {.day = day, .data_day = day, .reach = day, .missing = why};
}

inline event with_amount(const entry& e, double covered) noexcept {
  return {.day = e.last, .data_day = e.last, .reach = e.last, .low = e.low, .high = e.high, .covered = covered,
          .low_open = e.low_open, .high_open = e.high_open};
}

// One event a day: a later one of the same day replaces an earlier one.
inline void put(std::vector<event>& events, const event& e) {
  if (!events.empty() && events.back().day == e.day) {
    events.back() = e;
  } else {
    events.push_back(e);
  }
}

inline event sum_of(std::span<const entry> pieces, std::int32_t day) noexcept {
  running_sum low;
  running_sum high;
  running_sum covered;
  event sum = without_amount(day, 0);
  for (const entry& e : pieces) {
    low.add(e.low);
    high.add(e.high);
    covered.add(e.days() * e.covered);
    sum.low_open |= e.low_open;
    sum.high_open |= e.high_open;
  }
  sum.low = low.value();
  sum.high = high.value();
  sum.covered = covered.value();
  return sum;
}

// Rule R4: the periods inside the window add up.
inline void fold_increments(std::span<const entry> entries, const fold_rule& rule, std::vector<event>& events,
                            reading_notes* notes) {
  running_sum low;
  running_sum high;
  running_sum covered;
  bool low_open = false;
  bool high_open = false;
  bool any = false;
  bool ambiguous = false;
  std::uint8_t missing = 0;
  std::int32_t end = std::numeric_limits<std::int32_t>::min();
  std::vector<entry> overlapping;  // all amounts so far, once two periods share a day

  const auto inside = [&](const entry& e) { return e.first >= rule.start && e.last <= rule.due; };
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const entry& e = entries[i];
    if (e.last < rule.start || e.first > rule.due) continue;
    if (!inside(e)) {
      note(notes, code::straddles_window, e);
      continue;
    }
    if (e.ambiguous || ambiguous) {
      if (e.ambiguous) note(notes, code::equal_recorded_differs, e);
      ambiguous = true;
      put(events, without_amount(e.last, missing_because(reason::ambiguous)));
      continue;
    }
    if (!e.has_amount()) {
      missing = first_missing(missing, e);
      if (!any) put(events, without_amount(e.last, missing));
      continue;
    }
    any = true;
    if (overlapping.empty() && e.first > end) {
      low.add(e.low);
      high.add(e.high);
      covered.add(e.days() * e.covered);
      low_open |= e.low_open;
      high_open |= e.high_open;
      end = e.last;
      put(events, {.day = e.last, .data_day = e.last, .reach = e.last, .low = low.value(), .high = high.value(),
                   .covered = covered.value(), .low_open = low_open, .high_open = high_open});
      continue;
    }
    overlapping.clear();
    for (std::size_t k = 0; k <= i; ++k) {
      if (entries[k].has_amount() && inside(entries[k])) overlapping.push_back(entries[k]);
    }
    std::vector<entry> pieces = overlapping;
    if (without_overlaps(pieces)) {
      put(events, sum_of(pieces, e.last));
    } else {
      note(notes, code::partial_overlap, e);
      put(events, without_amount(e.last, missing_because(reason::ambiguous)));
    }
  }
}

// Rule R5: the latest total in the window, less what was there before it; a yearly origin adds the closed years (R5a).
inline void fold_running_total(std::span<const entry> entries, const fold_rule& rule, std::vector<event>& events,
                               reading_notes* notes) {
  const std::int32_t eve = rule.start - 1;
  const date start = date::from_days(rule.start);
  const auto year_of = [](const entry& e) { return date::from_days(e.last).year(); };
  const bool yearly = rule.counted_from == origin::year;
  const bool starts_a_year = start.month() == 1 && start.day() == 1;

  // The total on the eve, which the entries of the window's first year still contain.
  entry before{.first = eve, .last = eve};
  const bool subtracts = rule.counted_from == origin::ever || (yearly && !starts_a_year);
  bool has_eve = !subtracts;
  if (subtracts && rule.eve_amount) {
    before.low = before.high = *rule.eve_amount;
    has_eve = true;
  } else if (subtracts) {
    for (const entry& e : entries) {
      if (e.last != eve || e.missing != 0) continue;
      if (!has_eve || e.recorded >= before.recorded) before = e;
      has_eve = true;
    }
  }

  // What an entry says about its own year, or about all the time since the start.
  struct part {
    double low = 0;
    double high = 0;
    std::int32_t days = 0;
    bool low_open = false;
    bool high_open = false;
    std::uint8_t missing = 0;

    void add(const part& other) {
      low += other.low;
      high += other.high;
      days += other.days;
      low_open |= other.low_open;
      high_open |= other.high_open;
      if (other.missing != 0) missing = missing == 0 ? other.missing : std::min(missing, other.missing);
    }
  };
  const auto part_of = [&](const entry& e) {
    part p{.low = e.low, .high = e.high, .low_open = e.low_open, .high_open = e.high_open};
    const bool has_earlier = subtracts && (!yearly || year_of(e) == start.year());
    if (has_earlier) {
      p.low -= before.high;
      p.high -= before.low;
      p.low_open |= before.high_open;
      p.high_open |= before.low_open;
    }
    const std::int32_t since = yearly ? std::max(rule.start, date(year_of(e), 1, 1).days()) : rule.start;
    p.days = e.last - since + 1;
    if (e.ambiguous || (has_earlier && before.ambiguous)) {
      p.missing = missing_because(reason::ambiguous);
    } else if (has_earlier && !has_eve) {
      p.missing = missing_because(reason::baseline_missing);
    }
    return p;
  };

  part closed;
  const entry* previous = nullptr;
  std::uint8_t missing = 0;
  for (const entry& e : entries) {
    if (e.last < rule.start || e.last > rule.due) continue;
    if (e.missing != 0) {
      missing = first_missing(missing, e);
      if (previous == nullptr) put(events, without_amount(e.last, missing));
      continue;
    }
    if (e.ambiguous) note(notes, code::equal_recorded_differs, e);
    if (previous != nullptr) {
      if (yearly && year_of(*previous) != year_of(e)) {
        closed.add(part_of(*previous));
      } else if (e.low < previous->low && e.high < previous->high) {
        note(notes, code::running_total_falls, e);
      }
    }
    part now = part_of(e);
    now.add(closed);
    if (now.missing != 0) {
      put(events, without_amount(e.last, now.missing));
    } else {
      put(events, {.day = e.last, .data_day = e.last, .reach = e.last, .low = now.low, .high = now.high,
                   .covered = static_cast<double>(now.days) / (e.last - rule.start + 1), .low_open = now.low_open,
                   .high_open = now.high_open});
    }
    previous = &e;
  }
}

// Rule R6: the latest state. Of entries with one last day the later recorded stands (R6a).
inline void fold_level(std::span<const entry> entries, const fold_rule& rule, std::vector<event>& events,
                       reading_notes* notes) {
  std::uint8_t missing = 0;
  bool any = false;
  const entry* previous = nullptr;
  for (const entry& e : entries) {
    if (e.last > rule.due || (rule.inside_only && e.first < rule.start)) continue;
    if (e.missing != 0) {
      missing = first_missing(missing, e);
      if (!any) put(events, without_amount(e.last, missing));
      continue;
    }
    any = true;
    if (previous != nullptr && previous->last == e.last) {
      if (previous->recorded > e.recorded) continue;
      if (previous->recorded == e.recorded && !same_content(*previous, e)) {
        note(notes, code::equal_recorded_differs, e);
        put(events, without_amount(e.last, missing_because(reason::ambiguous)));
        continue;
      }
    }
    if (e.ambiguous) {
      note(notes, code::equal_recorded_differs, e);
      put(events, without_amount(e.last, missing_because(reason::ambiguous)));
    } else {
      put(events, with_amount(e, e.covered));
    }
    previous = &e;
  }
}

// Rules R6b, A9: the weights of the steps done. `covered` is the weight that is decided: done, or reported open when due.
inline void fold_steps(std::span<const entry> entries, const fold_rule& rule, std::vector<event>& events) {
  const std::size_t count = rule.step_weights.size();
  double whole = 0;
  for (const double w : rule.step_weights) whole += w;
  std::vector<const entry*> latest(count, nullptr);
  std::uint8_t missing = 0;
  bool any = false;
  for (std::size_t i = 0; i < entries.size();) {
    const std::int32_t day = entries[i].last;
    for (; i < entries.size() && entries[i].last == day; ++i) {
      const entry& e = entries[i];
      if (e.last > rule.due || e.slot == 0 || e.slot > count) continue;
      missing = first_missing(missing, e);
      if (e.missing != 0) continue;
      any = true;
      const entry*& so_far = latest[e.slot - 1];
      if (so_far == nullptr || so_far->last < e.last || so_far->recorded <= e.recorded) so_far = &e;
    }
    if (day > rule.due) break;
    if (!any) {
      if (missing != 0) put(events, without_amount(day, missing));
      continue;
    }
    double done = 0;
    double decided = 0;
    bool ambiguous = false;
    for (std::size_t s = 0; s < count; ++s) {
      if (latest[s] == nullptr) continue;
      ambiguous |= latest[s]->ambiguous;
      const bool is_done = latest[s]->low >= 1 - 1e-9;
      if (is_done) done += rule.step_weights[s];
      if (is_done || latest[s]->last >= rule.step_days[s]) decided += rule.step_weights[s];
    }
    event now = without_amount(day, ambiguous ? missing_because(reason::ambiguous) : std::uint8_t{0});
    now.low = now.high = done / whole;
    now.covered = decided / whole;
    put(events, now);
  }
}

// Rule R14: the latest of each author inside the window, the highest ranked author first.
inline void fold_rating(std::span<const entry> entries, const fold_rule& rule, std::vector<event>& events) {
  std::vector<const entry*> latest;  // one an author
  std::uint8_t missing = 0;
  for (std::size_t i = 0; i < entries.size();) {
    const std::int32_t day = entries[i].last;
    bool changed = false;
    for (; i < entries.size() && entries[i].last == day; ++i) {
      const entry& e = entries[i];
      if (e.last > rule.due || e.first < rule.start) continue;
      changed = true;
      missing = first_missing(missing, e);
      if (e.missing != 0) continue;
      const auto same = std::find_if(latest.begin(), latest.end(), [&](const entry* l) { return l->slot == e.slot; });
      if (same == latest.end()) {
        latest.push_back(&e);
      } else if ((*same)->last < e.last || (*same)->recorded <= e.recorded) {
        *same = &e;
      }
    }
    if (!changed) continue;
    if (latest.empty()) {
      put(events, without_amount(day, missing));
      continue;
    }
    const auto rank = [&](const entry* e) { return e->slot <= rule.ranked_authors ? e->slot : rule.ranked_authors + 1; };
    const entry* first = *std::min_element(latest.begin(), latest.end(),
                                           [&](const entry* a, const entry* b) { return rank(a) < rank(b); });
    bool ambiguous = first->ambiguous;
    for (const entry* e : latest) {
      if (rank(e) == rank(first) && (e->ambiguous || e->low != first->low || e->high != first->high)) ambiguous = true;
    }
    if (ambiguous) {
      put(events, without_amount(day, missing_because(reason::ambiguous)));
    } else {
      event now = with_amount(*first, 1);
      now.day = now.data_day = now.reach = day;
      put(events, now);
    }
  }
}

// Keeps the entries with amounts for which every other member has a partner, those without, and those before @p from.
template <class Same>
void keep_common(std::span<std::vector<entry>> members, std::int32_t from, Same same) {
  const auto has_partner = [&](const std::vector<entry>& others, const entry& e) {
    return std::any_of(others.begin(), others.end(), [&](const entry& o) { return o.missing == 0 && same(o, e); });
  };
  std::vector<std::vector<entry>> kept(members.size());
  for (std::size_t m = 0; m < members.size(); ++m) {
    for (const entry& e : members[m]) {
      bool common = true;
      for (std::size_t o = 0; o < members.size() && common; ++o) {
        if (o != m && e.missing == 0 && e.last >= from) common = has_partner(members[o], e);
      }
      if (common) kept[m].push_back(e);
    }
  }
  std::move(kept.begin(), kept.end(), members.begin());
}

}  // namespace detail

ATTAIN_INLINE void reading_notes::note(code what, const entry& about) {
  remarks_.push_back({what, about.first, about.last});
}

ATTAIN_INLINE const event* event_at(std::span<const event> events, std::int32_t day) noexcept {
  const auto after = std::upper_bound(events.begin(), events.end(), day,
                                      [](std::int32_t d, const event& e) { return d < e.day; });
  return after == events.begin() ? nullptr : &*(after - 1);
}

ATTAIN_INLINE void fold(std::span<const entry> entries, const fold_rule& rule, std::vector<event>& events,
                        reading_notes* notes) {
  switch (rule.kind) {
    case indicator_kind::increment: return detail::fold_increments(entries, rule, events, notes);
    case indicator_kind::running_total: return detail::fold_running_total(entries, rule, events, notes);
    case indicator_kind::level: return detail::fold_level(entries, rule, events, notes);
    case indicator_kind::steps: return detail::fold_steps(entries, rule, events);
    case indicator_kind::rating: return detail::fold_rating(entries, rule, events);
    case indicator_kind::ratio:
    case indicator_kind::formula: return;  // computed from others
  }
}

ATTAIN_INLINE void fold_together(std::span<std::vector<entry>> members, std::span<const fold_rule> rules,
                                 std::vector<event>& events, std::vector<std::pair<double, double>>& amounts,
                                 reading_notes* notes) {
  const indicator_kind kind = rules[0].kind;
  const bool one_kind = std::all_of(rules.begin(), rules.end(), [&](const fold_rule& r) { return r.kind == kind; });
  if (one_kind && kind == indicator_kind::increment) {
    detail::keep_common(members, rules[0].start,
                        [](const entry& a, const entry& b) { return a.first == b.first && a.last == b.last; });
  } else if (one_kind) {
    const std::int32_t from = kind == indicator_kind::level ? std::numeric_limits<std::int32_t>::min() : rules[0].start;
    detail::keep_common(members, from, [](const entry& a, const entry& b) { return a.last == b.last; });
  }

  std::vector<std::vector<event>> alone(members.size());
  std::vector<std::int32_t> days;
  for (std::size_t m = 0; m < members.size(); ++m) {
    fold(members[m], rules[m], alone[m], notes);
    for (const event& e : alone[m]) days.push_back(e.day);
  }
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());

  std::vector<const event*> at(members.size());
  for (const std::int32_t day : days) {
    event joint = detail::without_amount(day, 0);
    joint.data_day = day;
    for (std::size_t m = 0; m < members.size(); ++m) {
      at[m] = event_at(alone[m], day);
      if (at[m] != nullptr) joint.data_day = std::min(joint.data_day, at[m]->data_day);
    }
    if (!one_kind) {  // every member as of the earliest of their data days
      for (std::size_t m = 0; m < members.size(); ++m) at[m] = event_at(alone[m], joint.data_day);
    }
    joint.covered = std::numeric_limits<double>::max();
    for (std::size_t m = 0; m < members.size(); ++m) {
      const event* e = at[m];
      const std::uint8_t why = e == nullptr ? detail::missing_because(reason::no_observation) : e->missing;
      if (why != 0 && (joint.missing == 0 || why < joint.missing)) joint.missing = why;
      if (e == nullptr) continue;
      double covered = e->covered;
      if (!one_kind) {
        if (rules[m].kind == indicator_kind::increment) covered /= joint.data_day - rules[m].start + 1;
        if (is_accumulator(rules[m].kind)) {
          const event* latest = event_at(alone[m], day);
          double whole = latest->covered;
          if (rules[m].kind == indicator_kind::increment) whole /= latest->data_day - rules[m].start + 1;
          const bool gapless = whole >= 1 - 1e-9;
          joint.reach = std::min(joint.reach, gapless ? latest->data_day : rules[m].start - 1);
        }
      }
      joint.covered = std::min(joint.covered, covered);
      joint.low_open |= e->low_open;
      joint.high_open |= e->high_open;
    }
    events.push_back(joint);
    for (std::size_t m = 0; m < members.size(); ++m) {
      amounts.emplace_back(at[m] == nullptr ? 0 : at[m]->low, at[m] == nullptr ? 0 : at[m]->high);
    }
  }
}

}  // namespace attain::inline v0
