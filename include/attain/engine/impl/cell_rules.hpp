#pragma once

// The rules of one cell (A, F, P, S), to be compiled into the loops that judge.

#include <attain/core/config.hpp>
#include <attain/core/missing.hpp>
#include <attain/engine/cell_columns.hpp>
#include <attain/engine/compiled.hpp>
#include <attain/engine/impl/cell_conclusion.hpp>
#include <attain/engine/impl/usual_goal.hpp>
#include <attain/engine/read.hpp>
#include <attain/judge/attainment.hpp>
#include <attain/judge/attainment_rules.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>

namespace attain::inline v0::detail {

// Rules F2 and P1: the planned share, in whole units where only these exist.
template <class Target>
ATTAIN_HOT inline double expected_at(const compiled& from, const Target& target, const cell_goal& goal, std::int32_t day,
                                     month_position& last) noexcept {
  const double share = from.cells.curves[target.curve].at(day, last);
  const bool whole = target.whole_units && goal.course == course::progress && goal.compare == comparison::at_least &&
                     goal.has_baseline && goal.baseline == 0 && goal.goal > 0;
  return whole ? whole_units(share, goal.goal) : share;
}

// A reading that is there, without ends.
constexpr bool is_one_amount(const cell_reading& reading) noexcept {
  const amount& x = reading.amount;
  return reading.missing == 0 && reading.seen && x.low == x.high && !x.low_open && !x.high_open;
}

constexpr cell_reading one_amount(const cell_reading& of) noexcept {
  return {
      .amount = {of.amount.low, of.amount.low}, .covered = of.covered, .data_day = of.data_day, .reach = of.reach, .seen = true};
}

/// What of the conditions a target has at all times; @p key is what it reads.
template <class Target, class Key>
ATTAIN_HOT inline cell_conditions conditions_of_target(const Target& target, const Key& key) noexcept {
  cell_conditions c;
  c.set(cell_condition::by_due, target.by_due);
  c.set(cell_condition::without_upper_edge, target.without_upper_edge);
  c.set(cell_condition::open_ended, target.open_ended);
  c.set(cell_condition::decreasing, target.direction < 0);
  c.set(cell_condition::open_group, target.open_group);
  c.set(cell_condition::reading_only, target.reading_only);
  c.set(cell_condition::by_period, target.judging != judging::once);
  c.set(cell_condition::immediate, key.immediate);
  c.set(cell_condition::adds_up, key.adds_up);
  c.set(cell_condition::accumulates, key.accumulates);
  c.set(cell_condition::must_reach_due, key.reaches_due);
  return c;
}

/// And what of them its goal has.
ATTAIN_HOT inline void add_conditions_of_goal(bool is_share, const cell_goal& goal, cell_conditions& c) noexcept {
  c.set(cell_condition::share_at_end, is_share && goal.missing == 0 && (goal.stated == 0 || goal.stated == 1));
  c.set(cell_condition::is_floor, goal.compare == comparison::at_least || goal.compare == comparison::above);
  c.set(cell_condition::progresses, goal.course == course::progress);
  c.set(cell_condition::is_hold, goal.course == course::hold);
  c.set(cell_condition::is_cap, goal.course == course::cap);
  c.set(lack::goal, goal.missing);
}

// The rules of a cell that is judged once: its numbers, and what their conditions come down to, which conclusion_of(c) tells.
// Written once and compiled for any cell and for usual ones: what is known of their goal and reading are constants here, so that
// what cannot happen to them costs nothing.
//
// c: the conditions of its target and goal.
template <class Target, class ConclusionOf>
ATTAIN_HOT inline cell_result judge_once(const compiled& from, const Target& target, std::int32_t allowed_lag,
                                         double minimum_coverage, const cell_goal& goal, const cell_reading& reading,
                                         std::int32_t as_of, cell_conditions c, month_position& last,
                                         const ConclusionOf& conclusion_of) noexcept {
  const std::int32_t day = (std::min)(as_of, target.due);
  const bool at_due = as_of >= target.due;
  const bool readable = reading.missing == 0;
  c.set(cell_condition::before_start, as_of < target.start);
  c.set(cell_condition::at_due, at_due);
  c.set(cell_condition::seen, reading.seen);
  c.set(lack::reading, reading.missing);

  cell_result r;
  const answer<double> end = unfavourable_end(goal, reading.amount);
  r.reading = target.reading_only || !end.has_value() ? reading.amount.low : *end;
  r.data_day = reading.data_day;
  bool late = false;
  if (readable) {
    r.covered = c.has(cell_condition::immediate) ? 1 : reading.covered;
    late = day - reading.data_day > allowed_lag;
    c.set(cell_condition::open_end, !end.has_value());
    c.set(cell_condition::all_covered, reading.covered >= complete_share);
    c.set(cell_condition::too_little, r.covered < minimum_coverage - 1e-9);
    c.set(cell_condition::reaches_due, reading.reach >= target.due);
    c.set(cell_condition::late, late);
  }

  const bool decidable = readable && goal.missing == 0;
  answer<double> used = 0.0;
  if (decidable) {
    const bool is_reached = end.has_value() && reaches(goal, *end);
    answer<double> share = reason::not_applicable;
    if (!end.has_value()) {
      share = end;
    } else if (goal.course != course::unjudged) {
      share = attainment_at(goal, *end, is_reached);
    }
    c.set(cell_condition::reached, is_reached);
    c.set(cell_condition::exceeded, exceeds(goal, reading.amount));
    if (!share.has_value()) c.set(lack::share, as_missing(share.why()));
    r.attainment = share.value_or(0);
    if (goal.course == course::cap) {
      used = used_of_cap(goal, reading.amount);
      if (!used.has_value()) c.set(lack::used, as_missing(used.why()));
    }
  }

  if (goal.course != course::hold && (decidable || refusal(c).is_applicable)) {
    const bool tells = readable && !late && (end.has_value() || target.reading_only);
    const std::int32_t pace_day = tells ? (std::min)(day, reading.data_day) : day;  // t* of rule P1
    r.expected = expected_at(from, target, goal, pace_day, last);
  }
  c.set(cell_condition::none_attained, r.attainment <= 1e-9);
  c.set(cell_condition::none_expected, r.expected == 0);

  const cell_conclusion& made = conclusion_of(c);
  r.facts = made.facts;
  r.flags = made.flags;
  r.reading_missing = made.reading_missing;
  r.attainment_missing = made.attainment_missing;
  r.expected_missing = made.expected_missing;
  r.gap_missing = made.gap_missing;
  r.gap = goal.course == course::cap && made.gap_missing == 0 ? r.expected - *used : r.attainment - r.expected;
  return r;
}

ATTAIN_HOT inline std::optional<double> score_by_reading(const target_terms& terms, judging how, const cell_goal& goal,
                                                         const cell_result& r) noexcept {
  const auto clamped = [&](double a) { return std::clamp(a, 0.0, terms.score_cap); };
  if (r.attainment_missing == 0) return clamped(r.attainment);
  if ((r.flags & cell_flag::hold_stream) != 0) return std::nullopt;
  const bool proven = (r.flags & cell_flag::proven) != 0;
  if (proven && goal.has_baseline && r.attainment_missing == as_missing(reason::incomplete)) return 1;
  const bool at_due = (r.facts & static_cast<std::uint16_t>(fact::due)) != 0;
  const bool enough = proven || r.covered >= terms.minimum_coverage - 1e-9;  // R8b
  if (how != judging::once || !at_due || goal.has_baseline || goal.missing != 0 || r.reading_missing != 0 || !enough)
    return std::nullopt;
  if ((r.flags & cell_flag::reached) != 0) return 1;
  const answer<double> share = share_of_goal(goal, r.reading);
  return share.has_value() ? std::optional(clamped(*share)) : std::nullopt;
}

// The score of a cell, which no method changes.
ATTAIN_HOT inline void put_score(const target_terms& terms, judging how, const cell_goal& goal, cell_result& r) noexcept {
  const std::optional<double> score = score_by_reading(terms, how, goal, r);
  if (!score) return;
  r.score = *score;
  r.flags |= cell_flag::has_score;
}

// The flags that a state can give to a cell with a score or without.
ATTAIN_HOT inline std::uint16_t flags_within_reach(const cell_result& r) noexcept {
  std::uint16_t flags = cell_flag::not_due | cell_flag::met | cell_flag::missed | cell_flag::failing;
  const auto has = [&](fact f) { return (r.facts & static_cast<std::uint16_t>(f)) != 0; };
  if (has(fact::reached_reversibly) && !has(fact::reached_for_good) && !has(fact::due)) flags |= cell_flag::reversible;
  constexpr std::uint16_t counted = cell_flag::hold_stream | cell_flag::has_score;
  if ((r.flags & cell_flag::applicable) != 0 && (r.flags & counted) != 0) flags |= cell_flag::answered;
  return flags;
}

// Why a cell lacks what its state would follow from, 0 each where it does not.
struct missing_parts {
  std::uint8_t goal;
  std::uint8_t reading;
  std::uint8_t attainment;
  std::uint8_t gap;
};

// Why a cell has no state where its method gives no reason.
ATTAIN_HOT inline std::uint8_t reason_without_state(judging how, std::uint16_t facts, std::uint16_t flags,
                                                    const missing_parts& missing) noexcept {
  const auto has = [&](fact f) { return (facts & static_cast<std::uint16_t>(f)) != 0; };
  const bool at_due = has(fact::due);
  const bool covers_due = (flags & cell_flag::covers_due) != 0;
  const bool late = has(fact::unreadable) && missing.reading == 0 && how == judging::once;
  std::uint8_t why = first_of(first_of(missing.goal, missing.reading), missing.attainment);
  const bool decidable = at_due && covers_due;  // but for what the goal lacks
  if (late && !decidable) why = first_of(why, as_missing(reason::stale));
  if (has(fact::not_applicable) && why == 0) why = as_missing(reason::not_applicable);
  const bool lacks_data = at_due && missing.reading == 0 && !covers_due;
  if (lacks_data)
    why =
        first_of(missing.goal <= as_missing(reason::withdrawn) ? missing.goal : std::uint8_t{0}, as_missing(reason::incomplete));
  if (why == 0) why = missing.gap != 0 ? missing.gap : as_missing(reason::incomplete);
  return why;
}

// What a verdict makes of a cell with these flags, its score put; @p given are those of its state, @p within_reach those that a
// state can give it, why_none() tells why it has none.
template <class WhyNone>
ATTAIN_HOT inline cell_verdict settled(const verdict& decided, std::uint16_t flags, const std::uint16_t* given,
                                       std::uint16_t within_reach, const WhyNone& why_none) noexcept {
  cell_verdict v;
  v.flags = flags;
  v.state = decided.state;
  v.rule = decided.rule;
  if (decided.measured) {
    v.measured = decided.value;
    v.flags |= cell_flag::measured;
  }
  if (decided.scored) {
    v.method_score = decided.score;
    v.flags |= cell_flag::scored;
  }
  if (v.state != no_state) {
    v.flags = static_cast<std::uint16_t>(v.flags | (given[v.state] & within_reach));
  } else {
    v.state_missing = decided.missing != 0 ? decided.missing : why_none();
  }
  return v;
}

inline cell_verdict settled(judging how, const cell_goal& goal, const used_method& method, const verdict& decided,
                            const cell_result& r, std::uint16_t within_reach) noexcept {
  return settled(decided, r.flags, method.state_flags.data(), within_reach, [&] {
    return reason_without_state(how, r.facts, r.flags, {goal.missing, r.reading_missing, r.attainment_missing, r.gap_missing});
  });
}

ATTAIN_HOT inline void settle_cell(const target_terms& terms, judging how, const cell_goal& goal, const used_method& method,
                                   const verdict& decided, cell_result& r) noexcept {
  put_score(terms, how, goal, r);
  const cell_verdict v = settled(how, goal, method, decided, r, flags_within_reach(r));
  r.flags = v.flags;
  r.state = v.state;
  r.state_missing = v.state_missing;
  r.rule = v.rule;
  r.measured = v.measured;
  r.method_score = v.method_score;
}

}  // namespace attain::inline v0::detail
