#pragma once

// The last step of compiling: targets that leave nothing to look up are written out side by side.

#include <attain/core/in_threads.hpp>
#include <attain/engine/compiled.hpp>
#include <attain/engine/impl/cell_rules.hpp>
#include <attain/engine/impl/usual_goal.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace attain::inline v0::detail {

/// How many amounts an event of a plain key has that can be read without working anything out, 0 if it cannot.
inline std::uint32_t plain_amounts(const reading_key& key) noexcept {
  if (!key.plain || key.first_weight != none) return 0;
  if (key.derive == derivation::plain && key.member_count == 1) return 1;
  return key.derive == derivation::ratio && key.member_count == 2 ? 2 : 0;
}

/// What the plain cells of a target have in common, if it can have any; which cell and what terms is still to be told.
inline std::optional<plain_target> plain_form(const compiled& from, std::uint32_t number) noexcept {
  const target_plan& t = from.cells.targets[number];
  const reading_key& key = from.readings.keys[t.key];
  const std::uint32_t amounts = plain_amounts(key);
  const bool own_window = key.start == t.start && key.due == t.due;
  if (t.judging != judging::once || t.reading_only || t.direction == 0 || amounts == 0 || !own_window) return std::nullopt;
  plain_target target{};
  target.block = key.block;
  target.number = number;
  target.curve = t.curve;
  target.start = t.start;
  target.due = t.due;
  target.maximum_age = key.maximum_age;
  target.allowed_lag = key.allowed_lag;
  target.conditions = static_cast<std::uint32_t>(conditions_of_target(t, key).word);
  target.direction = t.direction;
  target.is_ratio = amounts == 2;
  target.covered_in_days = key.covered_in_days;
  target.immediate = key.immediate;
  target.whole_units = t.whole_units;
  return target;
}

/// Tells of which cell @p target is, if that is a plain one: with a usual goal, and nothing read within its place.
inline bool place_at(const compiled& from, const reading_key& key, std::uint32_t cell, plain_target& target) noexcept {
  const compiled_readings& r = from.readings;
  const std::uint32_t place = from.cells.reading[cell];
  const cell_goal& goal = from.cells.goal[cell];
  const bool usual = target.direction > 0 ? is_usual<comparison::at_least>(goal) : is_usual<comparison::at_most>(goal);
  if (!usual || r.child_count[place] != 0) return false;
  cell_conditions conditions{target.conditions & ~cell_condition::of_goal};
  add_conditions_of_goal(from.cells.targets[target.number].is_share, goal, conditions);
  target.conditions = static_cast<std::uint32_t>(conditions.word);
  target.goal = goal.goal;
  target.baseline = goal.baseline;
  target.cell = cell;
  target.first_event = r.event_begin[place];
  target.first_amount = key.first_amount + (target.first_event - key.first_event) * key.member_count;
  target.event_count = r.event_count[place];
  return true;
}

/// The target as a plain one, if it is; its terms are still to be told.
inline std::optional<plain_target> as_plain(const compiled& from, std::uint32_t number) noexcept {
  const target_plan& t = from.cells.targets[number];
  const reading_key& key = from.readings.keys[t.key];
  if (t.cell_count != 1 || key.cell_count != 1) return std::nullopt;
  std::optional<plain_target> target = plain_form(from, number);
  if (target && !place_at(from, key, t.first_cell, *target)) target.reset();
  return target;
}

/// How many threads so many targets are worth.
inline std::size_t parts_of_targets(std::size_t targets, int threads) noexcept {
  constexpr std::size_t worth_a_thread = 10'000;
  return (std::max)(std::size_t{1}, (std::min)(static_cast<std::size_t>(threads), targets / worth_a_thread));
}

/// Parts of the targets are sorted out side by side, each into its stretch of the column, and moved together.
inline void sort_out_plain(compiled& to, int threads) {
  struct part {
    std::size_t first = 0;
    std::size_t count = 0;
    std::vector<attain::plain_terms> terms;
    std::vector<std::uint32_t> others;
  };
  const std::span<const std::uint32_t> order(to.cells.by_key);
  std::vector<part> parts(parts_of_targets(order.size(), threads));
  compiled_cells& c = to.cells;
  c.plain.resize(order.size());
  in_threads(parts.size(), [&](std::size_t number) {
    part& mine = parts[number];
    const auto [begin, end] = part_of(order.size(), number, parts.size());
    mine.first = begin;
    for (const std::uint32_t i : order.subspan(begin, end - begin)) {
      std::optional<plain_target> target = as_plain(to, i);
      if (!target) {
        mine.others.push_back(i);
        continue;
      }
      const target_plan& t = to.cells.targets[i];
      const attain::plain_terms terms{{t}, t.method};
      if (mine.terms.empty() || !(mine.terms.back() == terms)) mine.terms.push_back(terms);
      target->terms = static_cast<std::uint32_t>(mine.terms.size() - 1);
      c.plain[begin + mine.count++] = *target;
    }
  });
  std::size_t count = 0;
  for (const part& more : parts) {
    const auto mine = std::span(c.plain).subspan(more.first, more.count);
    const auto terms = static_cast<std::uint32_t>(c.plain_terms.size());
    if (terms != 0) {
      for (plain_target& t : mine) t.terms += terms;
    }
    if (count != more.first) std::copy(mine.begin(), mine.end(), c.plain.begin() + static_cast<std::ptrdiff_t>(count));
    count += more.count;
    c.plain_terms.insert(c.plain_terms.end(), more.terms.begin(), more.terms.end());
    c.others.insert(c.others.end(), more.others.begin(), more.others.end());
  }
  c.plain.resize(count);
}

}  // namespace attain::inline v0::detail
