#pragma once

/** Readings of entries that leave nothing to resolve: plain amounts of one series, no two of which share days.

  Most entries are such. They fold to the same events as in `reading.hpp`, bit for bit, at a fraction of the cost; whatever is not
  plain is refused and goes the general way.
*/

#include <attain/core/column_memory.hpp>
#include <attain/core/config.hpp>
#include <attain/core/exact_sum.hpp>
#include <attain/ledger/reading.hpp>
#include <attain/ledger/rows.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace attain::inline v0 {

/// A standing entry with one number.
struct plain_entry {
  std::int32_t first = 0;
  std::int32_t last = 0;
  double amount = 0;
};

/// The standing entries of rows that have neither ties nor anything but amounts, where all that was recorded is known.
class standing_rows {
 public:
  standing_rows() = default;
  standing_rows(const row_slice& rows, unit_scale scale) noexcept : rows_(rows), scale_(scale) {}

  class iterator {
   public:
    iterator() = default;
    iterator(const standing_rows& of, std::size_t at) noexcept : of_(&of), at_(at) { pass_by_followed(); }
    plain_entry operator*() const noexcept {
      return {of_->rows_.first_day(at_), of_->rows_.last_day[at_], of_->scale_(of_->rows_.amount[at_])};
    }
    iterator& operator++() noexcept {
      ++at_;
      pass_by_followed();
      return *this;
    }
    friend bool operator==(const iterator& a, const iterator& b) noexcept { return a.at_ == b.at_; }

   private:
    void pass_by_followed() noexcept {
      while (at_ < of_->rows_.size && (of_->rows_.length_and_flags[at_] & row_flag::followed) != 0) ++at_;
    }
    const standing_rows* of_ = nullptr;
    std::size_t at_ = 0;
  };

  iterator begin() const noexcept { return {*this, 0}; }
  iterator end() const noexcept { return {*this, rows_.size}; }
  std::size_t size() const noexcept { return rows_.size; }  ///< at most so many

 private:
  row_slice rows_;
  unit_scale scale_;
};

/// Events as columns; the data day of each is its day, and both ends of an amount are one.
struct plain_events {
  detail::growing_column<std::int32_t> day;
  detail::growing_column<std::int32_t>
      covered;                            ///< days, of what does not add up 1; 0: something was seen, but nothing that all have
  detail::growing_column<double> amount;  ///< one a member and event

  /// What it adds is to be written.
  void resize(std::size_t events, std::size_t amounts) {
    day.resize(events);
    covered.resize(events);
    amount.resize(amounts);
  }
};

/// What plain entries are folded to.
enum class plain_fold : std::uint8_t {
  general,        ///< they go the general way
  increments,     ///< sums (rule R4)
  totals,         ///< the latest since the start of the window (rule R5)
  levels,         ///< the latest, wherever it lies (rule R6)
  levels_inside,  ///< the latest in the window
  tuples,         ///< sums over periods that all members have (rule R7a)
};

inline constexpr std::size_t most_plain_members = 8;

/// How the members of a key fold, if their entries are plain.
plain_fold plain_fold_of(std::span<const fold_rule> rules) noexcept;

/** Folds the entries of each member, in the order of their days, to events that are appended.

  Returns false, with @p events as they were, if plain folding is not all there is to it.

  @tparam Entries  a range of `plain_entry` with a size that is not too small
*/
template <class Entries>
bool fold_plain(std::span<const Entries> members, plain_fold how, std::int32_t start, std::int32_t due, plain_events& events);

namespace detail {

template <class Entries>
bool fold_plain_increments(const Entries& entries, std::int32_t start, std::int32_t due, plain_events& events) {
  const std::size_t first = events.day.size();
  const std::size_t first_amount = events.amount.size();
  events.resize(first + entries.size(), first_amount + entries.size());
  running_sum sum;
  std::int32_t days = 0;
  std::int32_t after = (std::numeric_limits<std::int32_t>::min)();  // last day of the entry before
  std::size_t count = 0;
  for (const plain_entry e : entries) {
    if (e.first <= after) {
      events.resize(first, first_amount);
      return false;
    }
    after = e.last;
    if (e.first < start || e.last > due) continue;
    sum.add(e.amount);
    days += e.last - e.first + 1;
    events.day[first + count] = e.last;
    events.covered[first + count] = days;
    events.amount[first_amount + count] = sum.value();
    ++count;
  }
  if (!std::isfinite(sum.value())) count = 0;  // an overflow, which has a reason
  events.resize(first + count, first_amount + count);
  return std::isfinite(sum.value());
}

template <class Entries>
bool fold_plain_states(const Entries& entries, bool total, std::int32_t not_before, std::int32_t due, plain_events& events) {
  const std::size_t first = events.day.size();
  const std::size_t first_amount = events.amount.size();
  events.resize(first + entries.size(), first_amount + entries.size());
  std::int32_t before = (std::numeric_limits<std::int32_t>::min)();
  std::size_t count = 0;
  for (const plain_entry e : entries) {
    if (e.last == before) {
      events.resize(first, first_amount);
      return false;
    }
    before = e.last;
    if (e.last > due || e.last < not_before) continue;
    events.day[first + count] = e.last;
    events.covered[first + count] = 1;
    events.amount[first_amount + count] = total ? e.amount + 0.0 : e.amount;  // −0 as the general way has it
    ++count;
  }
  events.resize(first + count, first_amount + count);
  return true;
}

// Before the first period that all members have, what some have is seen but is no reading.
template <class Entries>
bool fold_plain_tuples(std::span<const Entries> members, std::int32_t start, std::int32_t due, plain_events& events) {
  using iterator = decltype(members[0].begin());
  const std::size_t count = members.size();
  const std::size_t first = events.day.size();
  const std::size_t first_amount = events.amount.size();
  const auto is_usable = [&](const plain_entry& e) { return e.first >= start && e.last <= due; };

  std::array<std::int32_t, most_plain_members> seen{};  // the first day of each member, in order
  std::size_t seen_count = 0;
  for (const Entries& entries : members) {
    std::int32_t after = (std::numeric_limits<std::int32_t>::min)();
    bool found = false;
    for (const plain_entry e : entries) {
      if (e.first <= after) return false;
      after = e.last;
      if (found || !is_usable(e)) continue;
      found = true;
      std::size_t at = seen_count++;
      for (; at != 0 && seen[at - 1] > e.last; --at) seen[at] = seen[at - 1];
      seen[at] = e.last;
    }
  }
  seen_count = static_cast<std::size_t>(std::unique(seen.begin(), seen.begin() + seen_count) - seen.begin());
  const std::size_t most = seen_count + members[0].size();
  events.resize(first + most, first_amount + most * count);
  for (std::size_t e = 0; e < seen_count; ++e) {
    events.day[first + e] = seen[e];
    events.covered[first + e] = 0;
    std::fill_n(events.amount.begin() + static_cast<std::ptrdiff_t>(first_amount + e * count), count, 0.0);
  }

  std::array<running_sum, most_plain_members> sums{};
  std::array<iterator, most_plain_members> next{};
  for (std::size_t m = 0; m < count; ++m) next[m] = members[m].begin();
  const auto come_to = [&](std::size_t m, const plain_entry& e) {  // whether the member has the same period
    while (next[m] != members[m].end() && (*next[m]).last < e.last) ++next[m];
    if (next[m] == members[m].end()) return false;
    const plain_entry own = *next[m];
    return own.last == e.last && own.first == e.first;
  };
  std::size_t at = seen_count;
  std::int32_t covered = 0;
  for (const plain_entry e : members[0]) {
    if (!is_usable(e)) continue;
    bool common = true;
    for (std::size_t m = 1; m < count && common; ++m) common = come_to(m, e);
    if (!common) continue;
    while (covered == 0 && at != 0 && seen[at - 1] >= e.last) --at;  // what was seen on this day or later is part of a reading
    covered += e.last - e.first + 1;
    events.day[first + at] = e.last;
    events.covered[first + at] = covered;
    for (std::size_t m = 0; m < count; ++m) {
      sums[m].add(m == 0 ? e.amount : (*next[m]).amount);
      events.amount[first_amount + at * count + m] = sums[m].value();
    }
    ++at;
  }
  const bool holds = std::all_of(sums.begin(), sums.end(), [](const running_sum& s) { return std::isfinite(s.value()); });
  if (!holds) at = 0;
  events.resize(first + at, first_amount + at * count);
  return holds;
}

}  // namespace detail

template <class Entries>
bool fold_plain(std::span<const Entries> members, plain_fold how, std::int32_t start, std::int32_t due, plain_events& events) {
  constexpr std::int32_t always = (std::numeric_limits<std::int32_t>::min)();
  switch (how) {
    case plain_fold::general:
      return false;
    case plain_fold::increments:
      return detail::fold_plain_increments(members[0], start, due, events);
    case plain_fold::totals:
      return detail::fold_plain_states(members[0], true, start, due, events);
    case plain_fold::levels:
      return detail::fold_plain_states(members[0], false, always, due, events);
    case plain_fold::levels_inside:
      return detail::fold_plain_states(members[0], false, start, due, events);
    case plain_fold::tuples:
      return detail::fold_plain_tuples(members, start, due, events);
  }
  return false;
}

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/ledger/impl/plain.ipp>
#endif
