#pragma once

// The rules of one cell (A, F, P, S), to be compiled into the loops that judge.

#include <attain/core/config.hpp>
#include <attain/engine/cell_columns.hpp>
#include <attain/engine/compiled.hpp>
#include <attain/engine/impl/missing.hpp>
#include <attain/engine/impl/usual_goal.hpp>
#include <attain/engine/read.hpp>
#include <attain/judge/attainment_rules.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <type_traits>

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

/// Rules A7 and A2b, of a target that is judged period by period.
void judge_periods(const compiled& from, const target_plan& target, std::uint32_t cell, std::int32_t day, std::uint8_t refused,
                   cell_result& r) noexcept;  // impl/judging.ipp

// A reading that is there, without ends.
constexpr bool is_one_amount(const cell_reading& reading) noexcept {
  const amount& x = reading.amount;
  return reading.missing == 0 && reading.seen && x.low == x.high && !x.low_open && !x.high_open;
}

constexpr cell_reading one_amount(const cell_reading& of) noexcept {
  return {
      .amount = {of.amount.low, of.amount.low}, .covered = of.covered, .data_day = of.data_day, .reach = of.reach, .seen = true};
}

// The rules, written once and compiled for any cell, and for usual ones: what is known of their goal, reading and target are
// constants here, so that what cannot happen to them costs nothing.
//
// Usual: the window has begun, there is a reading without ends, and the goal is a usual one.
template <bool Usual, class Target, class Key>
ATTAIN_HOT inline cell_result judge_as(const compiled& from, const Target& target, const Key& key, const target_terms& terms,
                                       const cell_goal& goal, std::uint32_t cell, const cell_reading& reading, std::int32_t as_of,
                                       month_position& last) noexcept {
  const bool once = Usual || target.judging == judging::once;
  const std::int32_t day = (std::min)(as_of, target.due);
  const bool before_start = !Usual && as_of < target.start;
  const bool at_due = as_of >= target.due;
  const auto is = [](bool condition, reason why) { return condition ? as_missing(why) : std::uint8_t{0}; };

  cell_result r;
  const auto set = [&](bool condition, fact f) {
    if (condition) r.facts = static_cast<std::uint16_t>(r.facts | static_cast<std::uint16_t>(f));
  };
  set(before_start, fact::before_start);
  set(at_due, fact::due);
  set(target.open_ended, fact::open_ended);
  set(target.direction < 0, fact::decreasing);
  set(target.is_share && goal.missing == 0 && (goal.stated == 0 || goal.stated == 1), fact::share_at_end);
  if (reading.seen) r.flags |= cell_flag::seen;

  // What refuses every answer: no goal here, withdrawn, reported as not applicable, an empty open group (rule A8), before the
  // start.
  std::uint8_t refused = goal.missing;
  const bool empty_group = target.open_group && reading.missing == as_missing(reason::denominator_zero);
  const bool reported_so = once && reading.missing == as_missing(reason::not_applicable);
  if (empty_group || reported_so) refused = as_missing(reason::not_applicable);
  const bool applicable = refused != as_missing(reason::not_applicable) && refused != as_missing(reason::withdrawn);
  set(!applicable, fact::not_applicable);
  if (applicable) r.flags |= cell_flag::applicable;
  refused = first_of(refused, is(before_start, reason::not_started));

  if constexpr (!Usual && std::is_same_v<Target, target_plan>) {
    if (!once) {
      judge_periods(from, target, cell, day, refused, r);
      if (target.judging == judging::each_period) {
        r.expected_missing = r.gap_missing = as_missing(reason::not_applicable);
      } else if (!applicable) {
        r.expected_missing = r.gap_missing = refused;
      }
      set(r.attainment_missing != 0, fact::without_attainment);
      return r;
    }
  }

  // The reading, and what it proves (rule R8).
  const bool readable = reading.missing == 0;
  const answer<double> end = unfavourable_end(goal, reading.amount);
  r.reading_missing =
      readable ? (target.reading_only || end.has_value() ? std::uint8_t{0} : as_missing(end.why())) : reading.missing;
  if (empty_group) r.reading_missing = as_missing(reason::not_applicable);
  r.reading = target.reading_only || !end.has_value() ? reading.amount.low : *end;
  r.data_day = reading.data_day;
  r.covered = !readable ? 0 : key.immediate ? 1 : reading.covered;
  const bool decidable = readable && goal.missing == 0;
  const bool complete = r.covered >= complete_share;
  const bool comparable = decidable && end.has_value();
  const bool is_reached = comparable && reaches(goal, *end);
  const bool is_floor = goal.compare == comparison::at_least || goal.compare == comparison::above;
  const bool proven_reached = is_reached && (complete || (key.adds_up && is_floor));
  const bool proven_exceeded = decidable && exceeds(goal, reading.amount) && (complete || key.adds_up);
  const bool too_little = readable && r.covered < terms.minimum_coverage - 1e-9;
  if (is_reached) r.flags |= cell_flag::reached;
  if (proven_reached) r.flags |= cell_flag::proven;

  const std::int32_t lag = day - reading.data_day;
  const bool late = readable && lag > key.allowed_lag;
  const std::int32_t pace_day = r.reading_missing == 0 && !late ? (std::min)(day, reading.data_day) : day;  // t* of rule P1

  // Attainment.
  answer<double> share = reason::not_applicable;
  if (comparable && goal.course != course::unjudged) share = attainment_at(goal, *end, is_reached);
  if (decidable && !end.has_value()) share = end;
  std::uint8_t why = first_of(refused, reading.missing);
  if (decidable && !share.has_value()) why = first_of(why, as_missing(share.why()));
  why = first_of(why, is(too_little, reason::incomplete));
  r.attainment = share.value_or(0);

  // Expected; holds have none.
  const bool is_hold = goal.course == course::hold;
  if (is_hold || !applicable) {
    r.expected_missing = is_hold ? as_missing(reason::not_applicable) : refused;
  } else {
    r.expected = expected_at(from, target, goal, pace_day, last);
  }
  const bool nothing_expected =
      r.expected_missing == 0 && r.expected == 0 && (!reading.seen || (why == 0 && r.attainment <= 1e-9));
  const bool is_not_due = nothing_expected && !reading.seen && !at_due;
  if (is_not_due && why == as_missing(reason::no_observation)) why = as_missing(reason::not_due);  // N1
  r.attainment_missing = why;

  // Gap.
  std::uint8_t gap_why = r.expected_missing != 0 ? r.expected_missing : first_of(why, is(late, reason::stale));
  if (goal.course == course::cap && gap_why == 0) {
    const answer<double> used = used_of_cap(goal, reading.amount);
    if (used.has_value()) {
      r.gap = r.expected - *used;
    } else {
      gap_why = as_missing(used.why());
    }
  } else {
    r.gap = r.attainment - r.expected;
  }
  r.gap_missing = gap_why;

  // Facts (section S).
  const bool progresses = goal.course == course::progress;
  const bool decided_steps = !key.immediate || reading.covered >= complete_share;
  const bool reported_to_due = !key.reaches_due || reading.reach >= target.due;
  set(proven_reached && target.by_due && target.without_upper_edge && goal.course != course::cap, fact::reached_for_good);
  set(proven_exceeded && (goal.course == course::cap || (key.accumulates && progresses)), fact::out_of_reach);
  const bool bound_decides = key.adds_up && ((is_reached && is_floor) || proven_exceeded);  // S5a
  const bool covers_due = readable && (bound_decides || (complete && reported_to_due && decided_steps));
  if (covers_due) r.flags |= cell_flag::covers_due;
  set(comparable && covers_due, fact::covers_due);
  set(is_reached, fact::reached);
  set(nothing_expected, fact::nothing_expected);
  set(!readable || late, fact::unreadable);
  set(target.by_due && progresses && proven_reached, fact::reached_reversibly);
  set(is_hold && comparable && (!too_little || proven_reached), fact::hold);
  set(why != 0 || (gap_why != 0 && !is_hold), fact::without_attainment);
  if (is_hold || goal.course == course::cap) r.flags |= cell_flag::hold_stream;
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
