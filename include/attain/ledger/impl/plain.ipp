#pragma once

#include <attain/core/exact_sum.hpp>
#include <attain/ledger/plain.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>

namespace attain::inline v0 {
namespace detail {

inline bool fold_plain_increments(std::span<const plain_entry> entries, const fold_rule& rule, plain_events& events) {
  running_sum sum;
  std::int64_t days = 0;
  std::int32_t after = (std::numeric_limits<std::int32_t>::min)();  // last day of the entry before
  events.resize(entries.size(), 1);
  std::size_t count = 0;
  for (const plain_entry& e : entries) {
    if (e.first <= after) return false;
    after = e.last;
    if (e.first < rule.start || e.last > rule.due) continue;
    sum.add(e.amount);
    days += e.last - e.first + 1;
    events.day[count] = e.last;
    events.covered[count] = static_cast<double>(days);
    events.amount[count] = sum.value();
    ++count;
  }
  events.resize(count, 1);
  return true;
}

// Levels, and totals since the start of the window: the latest stands.
inline bool fold_plain_states(std::span<const plain_entry> entries, const fold_rule& rule, plain_events& events) {
  const bool is_total = rule.kind == indicator_kind::running_total;
  const bool since_start = is_total || rule.inside_only;
  std::int32_t before = (std::numeric_limits<std::int32_t>::min)();
  events.resize(entries.size(), 1);
  std::size_t count = 0;
  for (const plain_entry& e : entries) {
    if (e.last == before) return false;
    before = e.last;
    if (e.last > rule.due || (since_start && e.last < rule.start)) continue;
    events.day[count] = e.last;
    events.covered[count] = 1;
    events.amount[count] = is_total ? e.amount + 0.0 : e.amount;
    ++count;
  }
  events.resize(count, 1);
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
  const std::size_t count = members.size();
  const std::size_t seen = days.size();
  events.resize(seen + members[0].size(), count);
  for (std::size_t e = 0; e < seen; ++e) {
    events.covered[e] = 0;
    events.missing[e] = static_cast<std::uint8_t>(reason::no_observation);
    for (std::size_t m = 0; m < count; ++m) events.amount[e * count + m] = 0;
  }

  events.sums.assign(count, {});
  events.next.assign(count, 0);
  std::size_t at = seen;
  std::int64_t covered = 0;
  for (const plain_entry& e : members[0]) {
    if (!is_usable(e)) continue;
    bool common = true;
    for (std::size_t m = 1; m < count && common; ++m) {
      std::size_t& next = events.next[m];
      while (next < members[m].size() && members[m][next].last < e.last) ++next;
      common = next < members[m].size() && members[m][next].last == e.last && members[m][next].first == e.first;
    }
    if (!common) continue;
    while (covered == 0 && at != 0 && days[at - 1] >= e.last) --at;  // what was seen on this day or later is part of a reading
    covered += e.last - e.first + 1;
    days[at] = e.last;
    events.covered[at] = static_cast<double>(covered);
    events.missing[at] = 0;
    for (std::size_t m = 0; m < count; ++m) {
      events.sums[m].add(m == 0 ? e.amount : members[m][events.next[m]].amount);
      events.amount[at * count + m] = events.sums[m].value();
    }
    ++at;
  }
  events.resize(at, count);
  return true;
}

}  // namespace detail

ATTAIN_INLINE void plain_events::resize(std::size_t events, std::size_t members) {
  day.resize(events);
  covered.resize(events);
  missing.resize(events);
  amount.resize(events * members);
}

ATTAIN_INLINE bool fold_plain(std::span<const std::vector<plain_entry>> members, std::span<const fold_rule> rules,
                              plain_events& events) {
  events.resize(0, members.size());
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
