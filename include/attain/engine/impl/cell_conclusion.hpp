#pragma once

// What the numbers of a cell come down to (rules A, F, P, S): conditions that hold or not, and reasons, in one word. The facts
// that a method judges by follow from the word alone, so they are worked out once for all cells that have the same.

#include <attain/core/config.hpp>
#include <attain/core/missing.hpp>
#include <attain/engine/cell_columns.hpp>
#include <attain/judge/cell_goal.hpp>
#include <attain/model/method.hpp>

#include <array>
#include <cstdint>

namespace attain::inline v0::detail {

/// Bits of `cell_conditions`.
namespace cell_condition {
// of a target and of what it reads
inline constexpr std::uint64_t by_due = 1u << 0;              ///< cadence `by` (rule S8)
inline constexpr std::uint64_t without_upper_edge = 1u << 1;  ///< rule S3
inline constexpr std::uint64_t open_ended = 1u << 2;          ///< its aim is a direction without a number
inline constexpr std::uint64_t decreasing = 1u << 3;          ///< less is better
inline constexpr std::uint64_t open_group = 1u << 4;          ///< rule A8
inline constexpr std::uint64_t reading_only = 1u << 5;        ///< without a goal
inline constexpr std::uint64_t by_period = 1u << 6;           ///< judged period by period
inline constexpr std::uint64_t immediate = 1u << 7;           ///< what was said last holds until something else is
inline constexpr std::uint64_t adds_up = 1u << 8;             ///< more reports never lower it
inline constexpr std::uint64_t accumulates = 1u << 9;         ///< over time
inline constexpr std::uint64_t must_reach_due = 1u << 10;     ///< only what is reported up to due decides there
// of a goal
inline constexpr std::uint64_t share_at_end = 1u << 11;  ///< a share of 0 or 1
inline constexpr std::uint64_t is_floor = 1u << 12;      ///< reached from below
inline constexpr std::uint64_t progresses = 1u << 13;    ///< `course::progress`; neither of the next two: unjudged
inline constexpr std::uint64_t is_hold = 1u << 14;
inline constexpr std::uint64_t is_cap = 1u << 15;
inline constexpr std::uint64_t of_goal = share_at_end | is_floor | progresses | is_hold | is_cap;
// of a day
inline constexpr std::uint64_t before_start = 1u << 16;
inline constexpr std::uint64_t at_due = 1u << 17;
// of a reading
inline constexpr std::uint64_t seen = 1u << 18;         ///< there is a usable entry
inline constexpr std::uint64_t open_end = 1u << 19;     ///< it has no end on the side that decides (rule R11)
inline constexpr std::uint64_t all_covered = 1u << 20;  ///< by what is reported
inline constexpr std::uint64_t too_little = 1u << 21;   ///< covered, for the method
inline constexpr std::uint64_t reaches_due = 1u << 22;  ///< it is reported up to due
inline constexpr std::uint64_t late = 1u << 23;
// of both
inline constexpr std::uint64_t reached = 1u << 24;
inline constexpr std::uint64_t exceeded = 1u << 25;  ///< the upper edge, by both ends
inline constexpr std::uint64_t none_attained = 1u << 26;
inline constexpr std::uint64_t none_expected = 1u << 27;
}  // namespace cell_condition

/// Why a cell lacks what is worked out of it.
enum class lack : unsigned {
  goal = 32,
  reading = 40,
  share = 48,  ///< of the way to the goal, where there are a goal and a reading
  used = 56,   ///< share of a cap that is used
};

struct cell_conditions {
  std::uint64_t word = 0;

  constexpr void set(std::uint64_t condition, bool holds) noexcept { word |= condition * static_cast<std::uint64_t>(holds); }
  constexpr void set(lack of, std::uint8_t why) noexcept { word |= std::uint64_t{why} << static_cast<unsigned>(of); }
  constexpr bool has(std::uint64_t condition) const noexcept { return (word & condition) != 0; }
  /// A `reason`, 0 if it is there.
  constexpr std::uint8_t why(lack of) const noexcept { return static_cast<std::uint8_t>(word >> static_cast<unsigned>(of)); }
};

/// What refuses every answer: no goal here, withdrawn, reported as not applicable, an empty open group (rule A8), before the
/// start.
struct refusal {
  std::uint8_t why = 0;  ///< a `reason`, 0 if nothing does
  bool is_empty_group = false;
  bool is_applicable = true;

  constexpr explicit refusal(const cell_conditions& c) noexcept {
    const std::uint8_t unread = c.why(lack::reading);
    is_empty_group = c.has(cell_condition::open_group) && unread == as_missing(reason::denominator_zero);
    const bool reported_so = !c.has(cell_condition::by_period) && unread == as_missing(reason::not_applicable);
    why = is_empty_group || reported_so ? as_missing(reason::not_applicable) : c.why(lack::goal);
    is_applicable = why != as_missing(reason::not_applicable) && why != as_missing(reason::withdrawn);
    if (c.has(cell_condition::before_start)) why = first_of(why, as_missing(reason::not_started));
  }
};

/// What follows from the conditions of a cell besides its state.
struct cell_conclusion {
  std::uint16_t facts = 0;
  std::uint16_t flags = 0;
  std::uint8_t reading_missing = 0;  ///< a `reason`, 0 with a value; likewise below
  std::uint8_t attainment_missing = 0;
  std::uint8_t expected_missing = 0;
  std::uint8_t gap_missing = 0;

  constexpr void set(bool holds, fact f) noexcept {
    if (holds) facts = static_cast<std::uint16_t>(facts | static_cast<std::uint16_t>(f));
  }
  constexpr void set_flag(bool holds, std::uint16_t flag) noexcept {
    if (holds) flags = static_cast<std::uint16_t>(flags | flag);
  }
};

/// What is concluded of any cell, judged once or period by period.
constexpr cell_conclusion conclude_of_any(const cell_conditions& c, const refusal& refused) noexcept {
  cell_conclusion made;
  made.set(c.has(cell_condition::before_start), fact::before_start);
  made.set(c.has(cell_condition::at_due), fact::due);
  made.set(c.has(cell_condition::open_ended), fact::open_ended);
  made.set(c.has(cell_condition::decreasing), fact::decreasing);
  made.set(c.has(cell_condition::share_at_end), fact::share_at_end);
  made.set(!refused.is_applicable, fact::not_applicable);
  made.set_flag(refused.is_applicable, cell_flag::applicable);
  made.set_flag(c.has(cell_condition::seen), cell_flag::seen);
  return made;
}

/// What is concluded of a cell that is judged once.
constexpr cell_conclusion conclude(const cell_conditions& c) noexcept {
  const auto is = [&](std::uint64_t condition) { return c.has(condition); };
  const auto missing_if = [](bool holds, reason why) { return holds ? as_missing(why) : std::uint8_t{0}; };
  const refusal refused(c);
  cell_conclusion made = conclude_of_any(c, refused);

  // The reading, and what it proves (rule R8).
  const bool readable = c.why(lack::reading) == 0;
  const bool is_open = is(cell_condition::open_end);
  made.reading_missing = c.why(lack::reading);
  if (readable) made.reading_missing = missing_if(is_open && !is(cell_condition::reading_only), reason::not_comparable);
  if (refused.is_empty_group) made.reading_missing = as_missing(reason::not_applicable);
  const bool decidable = readable && c.why(lack::goal) == 0;
  const bool comparable = decidable && !is_open;
  const bool complete = readable && (is(cell_condition::immediate) || is(cell_condition::all_covered));
  const bool adds_up = is(cell_condition::adds_up);
  const bool reached = is(cell_condition::reached);
  const bool reached_floor = reached && is(cell_condition::is_floor);
  const bool proven_reached = reached && (complete || (adds_up && is(cell_condition::is_floor)));
  const bool proven_exceeded = is(cell_condition::exceeded) && (complete || adds_up);
  made.set_flag(reached, cell_flag::reached);
  made.set_flag(proven_reached, cell_flag::proven);

  // Attainment and expected; holds have none expected.
  const bool is_hold = is(cell_condition::is_hold);
  const bool is_cap = is(cell_condition::is_cap);
  std::uint8_t why = first_of(first_of(refused.why, c.why(lack::reading)), c.why(lack::share));
  why = first_of(why, missing_if(is(cell_condition::too_little), reason::incomplete));
  if (is_hold) {
    made.expected_missing = as_missing(reason::not_applicable);
  } else if (!refused.is_applicable) {
    made.expected_missing = refused.why;
  }
  const bool none_attained = why == 0 && is(cell_condition::none_attained);
  const bool nothing_expected =
      made.expected_missing == 0 && is(cell_condition::none_expected) && (!is(cell_condition::seen) || none_attained);
  const bool is_not_due = nothing_expected && !is(cell_condition::seen) && !is(cell_condition::at_due);
  if (is_not_due && why == as_missing(reason::no_observation)) why = as_missing(reason::not_due);  // N1
  made.attainment_missing = why;

  // Gap.
  made.gap_missing = made.expected_missing;
  if (made.gap_missing == 0) made.gap_missing = first_of(why, missing_if(is(cell_condition::late), reason::stale));
  if (is_cap && made.gap_missing == 0) made.gap_missing = c.why(lack::used);

  // Facts (section S).
  const bool progresses = is(cell_condition::progresses);
  const bool by_due = is(cell_condition::by_due);
  const bool decided_steps = !is(cell_condition::immediate) || is(cell_condition::all_covered);
  const bool reported_to_due = !is(cell_condition::must_reach_due) || is(cell_condition::reaches_due);
  const bool bound_decides = adds_up && (reached_floor || proven_exceeded);  // S5a
  const bool covers_due = readable && (bound_decides || (complete && reported_to_due && decided_steps));
  made.set_flag(covers_due, cell_flag::covers_due);
  made.set_flag(is_hold || is_cap, cell_flag::hold_stream);
  made.set(proven_reached && by_due && is(cell_condition::without_upper_edge) && !is_cap, fact::reached_for_good);
  made.set(proven_exceeded && (is_cap || (is(cell_condition::accumulates) && progresses)), fact::out_of_reach);
  made.set(comparable && covers_due, fact::covers_due);
  made.set(reached, fact::reached);
  made.set(nothing_expected, fact::nothing_expected);
  made.set(!readable || is(cell_condition::late), fact::unreadable);
  made.set(by_due && progresses && proven_reached, fact::reached_reversibly);
  made.set(is_hold && comparable && (!is(cell_condition::too_little) || proven_reached), fact::hold);
  made.set(why != 0 || (made.gap_missing != 0 && !is_hold), fact::without_attainment);
  return made;
}

/// Conclusions from conditions that many cells have: most have one of a few dozen words.
class known_conclusions {
 public:
  ATTAIN_HOT inline const cell_conclusion& of(const cell_conditions& c) noexcept {
    entry& known = entries_[(c.word * 0x9E3779B97F4A7C15u) >> 56];
    if (known.from.word != c.word) known = {c, conclude(c)};
    return known.conclusion;
  }

 private:
  struct entry {
    cell_conditions from{~std::uint64_t{0}};  // of no cell
    cell_conclusion conclusion{};
  };
  std::array<entry, 256> entries_{};
};

}  // namespace attain::inline v0::detail
