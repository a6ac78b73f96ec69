#pragma once

#include <attain/core/date.hpp>
#include <attain/core/exact_sum.hpp>
#include <attain/core/missing.hpp>
#include <attain/ledger/reading.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace attain::inline v0 {
namespace detail {

inline void note(reading_notes* notes, code what, const entry& about) {
  if (notes != nullptr) notes->note(what, about);
}

inline event without_amount(std::int32_t day, std::uint8_t why) noexcept {
  return {.day = day, .data_day = day, .reach = day, .missing = why};
}

inline event with_amount(const entry& e, double covered) noexcept {
  return {.day = e.last,
          .data_day = e.last,
          .reach = e.last,
          .low = e.low,
          .high = e.high,
          .covered = covered,
          .low_open = e.low_open,
          .high_open = e.high_open};
}

// One event a day: a later one of the same day replaces an earlier one. What no number holds has no amount.
inline void put(std::vector<event>& events, event e) {
  if (!std::isfinite(e.low) || !std::isfinite(e.high)) e = without_amount(e.day, as_missing(reason::overflow));
  if (!events.empty() && events.back().day == e.day) {
    events.back() = e;
  } else {
    events.push_back(e);
  }
}

// Whether a reading may use it: increments whose period lies inside the window (rule R4), the others by their last day (R6c).
inline bool is_usable(const entry& e, const fold_rule& rule) noexcept {
  if (e.last > rule.due) return false;
  switch (rule.kind) {
    case indicator_kind::increment:
      return e.first >= rule.start;
    case indicator_kind::level:
      return !rule.inside_only || e.last >= rule.start;
    case indicator_kind::steps:
      return e.slot != 0 && e.slot <= rule.step_weights.size();
    default:
      return e.last >= rule.start;
  }
}

// Of two entries about one last day: the one with an amount, else the reason that takes precedence; the later recorded one, where
// equally recorded ones must agree (rules R6a, R6c).
inline entry later_of(const entry& a, const entry& b) noexcept {
  if (a.missing != b.missing) return b.missing == 0 || (a.missing != 0 && b.missing < a.missing) ? b : a;
  if (a.recorded != b.recorded) return a.recorded < b.recorded ? b : a;
  entry both = b;
  both.ambiguous = a.ambiguous || b.ambiguous || !same_content(a, b);
  return both;
}

// The same entries where no two are about one last day, else @p merged, where none are.
inline std::span<const entry> one_a_day(std::span<const entry> entries, std::vector<entry>& merged) {
  const auto same_day = [](const entry& a, const entry& b) { return a.last == b.last; };
  if (std::adjacent_find(entries.begin(), entries.end(), same_day) == entries.end()) return entries;
  for (const entry& e : entries) {
    if (merged.empty() || !same_day(merged.back(), e)) {
      merged.push_back(e);
    } else {
      merged.back() = later_of(merged.back(), e);
    }
  }
  return merged;
}

// The latest of one step or author, whose entries come in the order of their last days.
inline void follow(std::optional<entry>& latest, const entry& e) noexcept {
  latest = latest && latest->last == e.last ? later_of(*latest, e) : e;
}

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

// Rule R4: the periods inside the window add up. An entry that shares days with earlier ones is resolved with these alone.
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
    } else {
      pieces.clear();
      for (std::size_t k = begin; k <= i; ++k) {
        if (is_usable(entries[k], rule) && entries[k].has_amount()) pieces.push_back(entries[k]);
      }
      if (without_overlaps(pieces)) {
        for (const entry& piece : pieces) sum.add(piece);
      } else {
        note(notes, code::partial_overlap, e);
        sum.make_ambiguous();
      }
    }
    put(events, sum.as_of(e.last));
  }
}

// What an entry of a running total says about its own year, or about all the time since the start.
struct part_of_total {
  double low = 0;
  double high = 0;
  double days = 0;
  bool low_open = false;
  bool high_open = false;
  std::uint8_t missing = 0;

  void add(const part_of_total& other) noexcept {
    low += other.low;
    high += other.high;
    days += other.days;
    low_open |= other.low_open;
    high_open |= other.high_open;
    missing = first_of(missing, other.missing);
  }
};

// Rule R5: the latest total in the window, less what was there before it; a yearly origin adds the closed years (R5a).
inline void fold_running_total(std::span<const entry> reported, const fold_rule& rule, std::vector<event>& events,
                               reading_notes* notes) {
  std::vector<entry> merged;
  const std::span<const entry> entries = one_a_day(reported, merged);
  const std::int32_t eve = rule.start - 1;
  const date start = date::from_days(rule.start);
  const auto year_of = [](const entry& e) { return date::from_days(e.last).year(); };
  const bool yearly = rule.counted_from == origin::year;
  const bool starts_a_year = start.month() == 1 && start.day() == 1;

  // The total on the eve, which the entries of the window's first year still contain.
  const bool subtracts = rule.counted_from == origin::ever || (yearly && !starts_a_year);
  entry declared{.first = eve, .last = eve};
  const entry* before = nullptr;
  if (subtracts && rule.eve_amount) {
    declared.low = declared.high = *rule.eve_amount;
    before = &declared;
  } else if (subtracts) {
    const auto on_eve =
        std::find_if(entries.begin(), entries.end(), [&](const entry& e) { return e.last == eve && e.missing == 0; });
    if (on_eve != entries.end()) before = &*on_eve;
  }

  const auto falls = [](const entry& from, const entry& to) {
    return !from.ambiguous && !to.ambiguous && to.low < from.low && to.high < from.high;
  };
  const auto part_of = [&](const entry& e) {
    part_of_total p{.low = e.low, .high = e.high, .low_open = e.low_open, .high_open = e.high_open};
    const std::int32_t since = yearly ? (std::max)(rule.start, date(year_of(e), 1, 1).days()) : rule.start;
    p.days = e.covered * (e.last - since + 1);
    if (e.ambiguous) p.missing = as_missing(reason::ambiguous);
    if (!subtracts || (yearly && year_of(e) != start.year())) return p;
    if (before == nullptr || before->ambiguous) {
      const reason why = before == nullptr ? reason::baseline_missing : reason::ambiguous;
      p.missing = first_of(p.missing, as_missing(why));
      return p;
    }
    p.low -= before->high;
    p.high -= before->low;
    p.low_open |= before->high_open;
    p.high_open |= before->low_open;
    return p;
  };

  part_of_total closed;
  const entry* previous = before;
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
    const bool new_year = yearly && previous != nullptr && year_of(*previous) != year_of(e);
    if (any && new_year) closed.add(part_of(*previous));
    if (previous != nullptr && !new_year && falls(*previous, e)) note(notes, code::running_total_falls, e);
    part_of_total now = part_of(e);
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

// Rule R6: the latest state; where it must lie in the window, its last day does (R6c).
inline void fold_level(std::span<const entry> reported, const fold_rule& rule, std::vector<event>& events, reading_notes* notes) {
  std::vector<entry> merged;
  std::uint8_t missing = 0;
  bool any = false;
  for (const entry& e : one_a_day(reported, merged)) {
    if (!is_usable(e, rule)) continue;
    if (e.missing != 0) {
      missing = first_of(missing, e.missing);
      if (!any) put(events, without_amount(e.last, missing));
      continue;
    }
    any = true;
    if (e.ambiguous) {
      note(notes, code::equal_recorded_differs, e);
      put(events, without_amount(e.last, as_missing(reason::ambiguous)));
    } else {
      put(events, with_amount(e, e.covered));
    }
  }
}

// Rules R6b, A9: the weights of the steps done. `covered` is the weight that is decided: done, or reported open when due.
inline void fold_steps(std::span<const entry> entries, const fold_rule& rule, std::vector<event>& events) {
  const std::size_t count = rule.step_weights.size();
  double whole = 0;
  for (const double w : rule.step_weights) whole += w;
  std::vector<std::optional<entry>> latest(count);
  std::uint8_t missing = 0;
  bool any = false;
  for (const entry& e : entries) {
    if (!is_usable(e, rule)) continue;
    missing = first_of(missing, e.missing);
    if (e.missing != 0) {
      if (!any) put(events, without_amount(e.last, missing));
      continue;
    }
    any = true;
    follow(latest[e.slot - 1], e);
    double done = 0;
    double decided = 0;
    bool ambiguous = false;
    for (std::size_t s = 0; s < count; ++s) {
      if (!latest[s]) continue;
      ambiguous |= latest[s]->ambiguous;
      const bool is_done = latest[s]->low >= 1 - 1e-9;
      if (is_done) done += rule.step_weights[s];
      if (is_done || latest[s]->last >= rule.step_days[s]) decided += rule.step_weights[s];
    }
    event now = without_amount(e.last, ambiguous ? as_missing(reason::ambiguous) : std::uint8_t{0});
    now.low = now.high = done / whole;
    now.covered = decided / whole;
    put(events, now);
  }
}

// Rule R14: the latest of each author inside the window, the highest ranked author first.
inline void fold_rating(std::span<const entry> entries, const fold_rule& rule, std::vector<event>& events) {
  std::vector<std::optional<entry>> latest;  // one an author
  std::uint8_t missing = 0;
  for (const entry& e : entries) {
    if (!is_usable(e, rule)) continue;
    missing = first_of(missing, e.missing);
    if (e.missing != 0) {
      if (latest.empty()) put(events, without_amount(e.last, missing));
      continue;
    }
    const auto same = std::find_if(latest.begin(), latest.end(), [&](const auto& l) { return l->slot == e.slot; });
    follow(same == latest.end() ? latest.emplace_back() : *same, e);

    const auto rank = [&](const auto& l) { return (std::min)(l->slot, rule.ranked_authors + 1); };
    const auto first =
        std::min_element(latest.begin(), latest.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
    const bool ambiguous = std::any_of(latest.begin(), latest.end(), [&](const auto& l) {
      return rank(l) == rank(*first) && (l->ambiguous || !same_content(*l, **first));
    });
    event now = ambiguous ? without_amount(e.last, as_missing(reason::ambiguous)) : with_amount(**first, 1);
    now.day = now.data_day = now.reach = e.last;
    put(events, now);
  }
}

// Keeps the entries with amounts for which every other member has one of the same last day, or of the same period; those without
// amounts; and those before @p from.
inline void keep_common(std::span<std::vector<entry>> members, std::int32_t from, bool same_period) {
  const auto has_partner = [&](const std::vector<entry>& others, const entry& e) {
    auto o =
        std::lower_bound(others.begin(), others.end(), e.last, [](const entry& x, std::int32_t day) { return x.last < day; });
    while (o != others.end() && o->last == e.last && (o->missing != 0 || (same_period && o->first != e.first))) ++o;
    return o != others.end() && o->last == e.last;
  };
  std::vector<std::vector<entry>> kept(members.size());
  for (std::size_t m = 0; m < members.size(); ++m) {
    for (const entry& e : members[m]) {
      bool common = true;
      const bool needs_partner = e.missing == 0 && e.last >= from && !(same_period && e.ambiguous);  // R1a: any within the window
      for (std::size_t o = 0; o < members.size() && common && needs_partner; ++o) {
        if (o != m) common = has_partner(members[o], e);
      }
      if (common) kept[m].push_back(e);
    }
  }
  std::move(kept.begin(), kept.end(), members.begin());
}

}  // namespace detail

ATTAIN_INLINE void reading_notes::note(code what, const entry& about) { remarks_.push_back({what, about.first, about.last}); }

ATTAIN_INLINE const event* event_at(std::span<const event> events, std::int32_t day) noexcept {
  const auto after =
      std::upper_bound(events.begin(), events.end(), day, [](std::int32_t d, const event& e) { return d < e.day; });
  return after == events.begin() ? nullptr : &*(after - 1);
}

ATTAIN_INLINE void fold(std::span<const entry> entries, const fold_rule& rule, std::vector<event>& events, reading_notes* notes) {
  switch (rule.kind) {
    case indicator_kind::increment:
      return detail::fold_increments(entries, rule, events, notes);
    case indicator_kind::running_total:
      return detail::fold_running_total(entries, rule, events, notes);
    case indicator_kind::level:
      return detail::fold_level(entries, rule, events, notes);
    case indicator_kind::steps:
      return detail::fold_steps(entries, rule, events);
    case indicator_kind::rating:
      return detail::fold_rating(entries, rule, events);
    case indicator_kind::ratio:
    case indicator_kind::formula:
      return;  // computed from others
  }
}

ATTAIN_INLINE void fold_together(std::span<std::vector<entry>> members, std::span<const fold_rule> rules,
                                 std::vector<event>& events, std::vector<std::pair<double, double>>& amounts,
                                 reading_notes* notes) {
  const indicator_kind kind = rules[0].kind;
  const bool one_kind = std::all_of(rules.begin(), rules.end(), [&](const fold_rule& r) { return r.kind == kind; });
  std::vector<std::int32_t> days;
  std::vector<std::int32_t> first_amount(members.size(), (std::numeric_limits<std::int32_t>::max)());
  for (std::size_t m = 0; m < members.size(); ++m) {  // reported, if not yet by all
    const auto amount = std::find_if(members[m].begin(), members[m].end(),
                                     [&](const entry& e) { return e.missing == 0 && detail::is_usable(e, rules[m]); });
    if (amount != members[m].end()) {
      first_amount[m] = amount->last;
      days.push_back(amount->last);
    }
  }
  if (one_kind) {
    const std::int32_t from = kind == indicator_kind::level ? (std::numeric_limits<std::int32_t>::min)() : rules[0].start;
    detail::keep_common(members, from, kind == indicator_kind::increment);
  }

  std::vector<std::vector<event>> alone(members.size());
  const auto fresh_until = [&](std::size_t m, const event& e) {
    constexpr std::int64_t ever = (std::numeric_limits<std::int32_t>::max)();
    if (rules[m].kind != indicator_kind::level) return static_cast<std::int32_t>(ever);
    return static_cast<std::int32_t>((std::min)(std::int64_t{e.data_day} + rules[m].maximum_age, ever));
  };
  for (std::size_t m = 0; m < members.size(); ++m) {
    fold(members[m], rules[m], alone[m], notes);
    for (const event& e : alone[m]) {
      days.push_back(e.day);
      if (!one_kind && fresh_until(m, e) < rules[m].due) days.push_back(fresh_until(m, e) + 1);
    }
  }
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());

  std::vector<const event*> at(members.size());
  for (const std::int32_t day : days) {
    event joint = detail::without_amount(day, 0);
    joint.data_day = day;
    for (std::size_t m = 0; m < members.size(); ++m) {
      at[m] = event_at(alone[m], day);
      if (at[m] != nullptr) joint.data_day = (std::min)(joint.data_day, at[m]->data_day);
    }
    if (!one_kind) {
      for (std::size_t m = 0; m < members.size(); ++m) {  // a member without an amount of its own has no data day (rule R7b)
        std::uint8_t why = at[m] == nullptr ? detail::as_missing(reason::no_observation) : at[m]->missing;
        if (why == 0 && fresh_until(m, *at[m]) < day) why = detail::as_missing(reason::stale);
        joint.missing = detail::first_of(joint.missing, why);
      }
      if (joint.missing != 0) {
        events.push_back(joint);
        amounts.resize(amounts.size() + members.size());
        continue;
      }
      for (std::size_t m = 0; m < members.size(); ++m) at[m] = event_at(alone[m], joint.data_day);
    }
    joint.covered = (std::numeric_limits<double>::max)();
    for (std::size_t m = 0; m < members.size(); ++m) {
      const event* e = at[m];
      std::uint8_t why = e == nullptr ? detail::as_missing(reason::no_observation) : e->missing;
      // A reason is given only while there is no amount (rule R6), be it one that the others do not share.
      const bool says_why = why == detail::as_missing(reason::ambiguous) ||
                            why == detail::as_missing(reason::baseline_missing) ||
                            why == detail::as_missing(reason::overflow);
      if (one_kind && why != 0 && !says_why && day >= first_amount[m]) why = detail::as_missing(reason::no_observation);
      if (e != nullptr && why == 0 && rules[m].kind == indicator_kind::level) {  // not stale then, and not now (rules R6, R7a)
        if (fresh_until(m, *e) < joint.data_day) why = detail::as_missing(reason::stale);
        joint.fresh_until = (std::min)(joint.fresh_until, fresh_until(m, *event_at(alone[m], day)));
      }
      joint.missing = detail::first_of(joint.missing, why);
      if (e == nullptr) continue;
      double covered = e->covered;
      if (!one_kind) {
        if (rules[m].kind == indicator_kind::increment) covered /= joint.data_day - rules[m].start + 1;
        if (is_accumulator(rules[m].kind)) {
          const event* latest = event_at(alone[m], day);
          double whole = latest->covered;
          if (rules[m].kind == indicator_kind::increment) whole /= latest->data_day - rules[m].start + 1;
          const bool gapless = whole >= 1 - 1e-9;
          joint.reach = (std::min)(joint.reach, gapless ? latest->data_day : rules[m].start - 1);
        }
      }
      joint.covered = (std::min)(joint.covered, covered);
      joint.low_open |= e->low_open;
      joint.high_open |= e->high_open;
    }
    if (joint.missing != 0) joint.covered = 0;
    events.push_back(joint);
    for (std::size_t m = 0; m < members.size(); ++m) {
      amounts.emplace_back(at[m] == nullptr ? 0 : at[m]->low, at[m] == nullptr ? 0 : at[m]->high);
    }
  }
}

}  // namespace attain::inline v0
