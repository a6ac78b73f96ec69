#pragma once

#include <attain/core/exact_sum.hpp>
#include <attain/ledger/plain.hpp>

#include <algorithm>
#include <cstddef>

namespace attain::inline v0 {
namespace detail {

inline void put(plain_events& events, std::int32_t day, double covered) {
  events.day.push_back(day);
  events.covered.push_back(covered);
  events.missing.push_back(0);
}

inline bool fold_plain_increments(std::span<const plain_entry> entries, const fold_rule& rule, plain_events& events) {
  running_sum sum;
  std::int64_t days = 0;
  const plain_entry* previous = nullptr;
  for (const plain_entry& e : entries) {
    if (previous != nullptr && e.first <= previous->last) return false;
    previous = &e;
    if (e.first < rule.start || e.last > rule.due) continue;
    sum.add(e.amount);
    days += e.last - e.first + 1;
    put(events, e.last, static_cast<double>(days));
    events.amount.push_back(sum.value());
  }
  return true;
}

// Levels, and totals since the start of the window: the latest stands.
inline bool fold_plain_states(std::span<const plain_entry> entries, const fold_rule& rule, plain_events& events) {
  const bool since_start = rule.kind == indicator_kind::running_total || rule.inside_only;
  const plain_entry* previous = nullptr;
  for (const plain_entry& e : entries) {
    if (previous != nullptr && e.last == previous->last) return false;
    previous = &e;
    if (e.last > rule.due || (since_start && e.last < rule.start)) continue;
    put(events, e.last, 1);
    events.amount.push_back(rule.kind == indicator_kind::running_total ? e.amount + 0.0 : e.amount);
  }
  return true;
}

// Rule R7a: periods that all members have add up; before the first of them, what some have is seen but is no reading.
inline bool fold_plain_tuples(std::span<const std::vector<plain_entry>> members, const fold_rule& rule, plain_events& events) {
  const auto is_usable = [&](const plain_entry& e) { return e.first >= rule.start && e.last <= rule.due; };
  std::vector<std::int32_t>& days = events.day;
  for (const std::vector<plain_entry>& entries : members) {
    const auto shares_days = [](const plain_entry& a, const plain_entry& b) { return b.first <= a.last; };
    if (std::adjacent_find(entries.begin(), entries.end(), shares_days) != entries.end()) return false;
    const auto first = std::find_if(entries.begin(), entries.end(), is_usable);
    if (first != entries.end()) days.push_back(first->last);
  }
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  events.covered.resize(days.size(), 0);
  events.missing.resize(days.size(), static_cast<std::uint8_t>(reason::no_observation));
  events.amount.resize(days.size() * members.size(), 0);

  const std::size_t count = members.size();
  std::vector<running_sum>& sums = events.sums;
  std::vector<std::size_t>& next = events.next;
  sums.assign(count, {});
  next.assign(count, 0);
  std::int64_t covered = 0;
  for (const plain_entry& e : members[0]) {
    if (!is_usable(e)) continue;
    bool common = true;
    for (std::size_t m = 1; m < count && common; ++m) {
      while (next[m] < members[m].size() && members[m][next[m]].last < e.last) ++next[m];
      common = next[m] < members[m].size() && members[m][next[m]].last == e.last && members[m][next[m]].first == e.first;
    }
    if (!common) continue;
    if (covered == 0) {  // what was seen on this day or later is part of a reading
      while (!days.empty() && days.back() >= e.last) {
        days.pop_back();
        events.covered.pop_back();
        events.missing.pop_back();
        events.amount.resize(events.amount.size() - count);
      }
    }
    covered += e.last - e.first + 1;
    put(events, e.last, static_cast<double>(covered));
    sums[0].add(e.amount);
    events.amount.push_back(sums[0].value());
    for (std::size_t m = 1; m < count; ++m) {
      sums[m].add(members[m][next[m]].amount);
      events.amount.push_back(sums[m].value());
    }
  }
  return true;
}

}  // namespace detail

ATTAIN_INLINE void plain_events::clear() noexcept {
  day.clear();
  covered.clear();
  missing.clear();
  amount.clear();
}

ATTAIN_INLINE bool fold_plain(std::span<const std::vector<plain_entry>> members, std::span<const fold_rule> rules,
                              plain_events& events) {
  events.clear();
  const auto is_increment = [](const fold_rule& rule) { return rule.kind == indicator_kind::increment; };
  if (members.size() > 1) {
    return std::all_of(rules.begin(), rules.end(), is_increment) && detail::fold_plain_tuples(members, rules[0], events);
  }
  if (is_increment(rules[0])) return detail::fold_plain_increments(members[0], rules[0], events);
  const bool is_state = rules[0].kind == indicator_kind::level ||
                        (rules[0].kind == indicator_kind::running_total && rules[0].counted_from == origin::window);
  return is_state && detail::fold_plain_states(members[0], rules[0], events);
}

}  // namespace attain::inline v0
