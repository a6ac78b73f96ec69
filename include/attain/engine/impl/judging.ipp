#pragma once

#include <attain/core/exact_sum.hpp>
#include <attain/core/missing.hpp>
#include <attain/engine/impl/cell_conclusion.hpp>
#include <attain/engine/impl/cell_rules.hpp>
#include <attain/engine/impl/usual_goal.hpp>
#include <attain/engine/judging.hpp>

#include <algorithm>

namespace attain::inline v0 {
ATTAIN_INLINE period_count count_periods(const compiled& from, const target_plan& target, std::uint32_t cell,
                                         std::int32_t day) noexcept {
  period_count n;
  n.all = static_cast<std::int32_t>(target.period_count);
  const std::uint64_t first = target.first_outcome + std::uint64_t{cell - target.first_cell} * target.period_count;
  for (std::uint32_t i = 0; i < target.period_count && from.cells.period_end[target.first_period + i] <= day; ++i) {
    ++n.closed;
    const period_outcome outcome = from.cells.outcomes[first + i];
    if (outcome == period_outcome::unknown) continue;
    const double share = from.cells.outcome_share[first + i];
    const bool first_known = n.kept + n.failed == 0;
    if (n.scalable && (share < 0 || first_known || share < n.least_share)) {
      n.scalable = share >= 0;
      n.least_share = share;
      n.least_amount = from.cells.outcome_amount[first + i];
    }
    ++(outcome == period_outcome::kept ? n.kept : n.failed);
    if (outcome == period_outcome::failed) ++n.surely_failed;
    n.last_known = from.cells.period_end[target.first_period + i];
  }
  return n;
}

namespace detail {

// Rules A7 and A2b: a cell that is judged period by period.
inline cell_result judge_periods(const compiled& from, const target_plan& target, std::uint32_t cell, const cell_conditions& c,
                                 std::int32_t as_of) noexcept {
  const period_count n = count_periods(from, target, cell, (std::min)(as_of, target.due));
  const std::int32_t known = n.closed - n.unreported();
  const bool none_known = n.closed > 0 && known == 0;
  cell_result r;
  r.data_day = n.last_known;
  r.covered = n.closed == 0 ? 1 : static_cast<double>(known) / n.closed;

  const refusal refused(c);
  cell_conclusion made = conclude_of_any(c, refused);
  const bool covers_due = n.closed == n.all && n.unreported() == 0;
  const bool holds = n.failed <= target.allowed_failed && known > 0;
  made.set(n.closed == 0, fact::nothing_expected);
  made.set(none_known, fact::unreadable);
  made.set(n.surely_failed > target.allowed_failed, fact::out_of_reach);
  made.set(covers_due, fact::covers_due);
  made.set_flag(covers_due, cell_flag::covers_due);
  made.set(holds, fact::reached);
  made.set_flag(holds, cell_flag::reached);

  const auto missing_if = [](bool condition, reason why) { return condition ? as_missing(why) : std::uint8_t{0}; };
  const bool too_little = r.covered < target.minimum_coverage - 1e-9;
  std::uint8_t why = first_of(refused.why, missing_if(none_known, reason::no_observation));
  why = first_of(why, missing_if(n.closed == 0, reason::not_due));
  why = first_of(why, missing_if(too_little, reason::incomplete));
  r.reading_missing = missing_if(known == 0, reason::no_observation);
  if (target.judging == judging::recurring) {
    const std::int32_t countable = n.all - n.unreported();
    r.reading = n.kept;
    r.attainment = countable == 0 ? 0 : static_cast<double>(n.kept) / countable;
    r.expected = countable == 0 ? 0 : static_cast<double>(known) / countable;
    r.gap = r.attainment - r.expected;
    r.expected_missing = refused.is_applicable ? missing_if(countable == 0, reason::no_observation) : refused.why;
    r.gap_missing = refused.is_applicable ? why : refused.why;
  } else {
    why = first_of(why, missing_if(!n.scalable, reason::not_scalable));
    r.reading = n.least_amount;
    r.attainment = n.least_share;
    r.expected_missing = r.gap_missing = as_missing(reason::not_applicable);
    made.set_flag(true, cell_flag::hold_stream);
    made.set(known > 0 && !too_little, fact::hold);
  }
  r.attainment_missing = why;
  made.set(why != 0, fact::without_attainment);
  r.facts = made.facts;
  r.flags = made.flags;
  return r;
}

}  // namespace detail

ATTAIN_INLINE cell_result judge_cell(const compiled& from, const target_plan& target, std::uint32_t cell,
                                     const cell_reading& reading, std::int32_t as_of) noexcept {
  const reading_key& key = from.readings.keys[target.key];
  const cell_goal& goal = from.cells.goal[cell];
  detail::cell_conditions c = detail::conditions_of_target(target, key);
  detail::add_conditions_of_goal(target.is_share, goal, c);
  if (target.judging != judging::once) {
    c.set(detail::cell_condition::before_start, as_of < target.start);
    c.set(detail::cell_condition::at_due, as_of >= target.due);
    c.set(detail::cell_condition::seen, reading.seen);
    c.set(detail::lack::reading, reading.missing);
    return detail::judge_periods(from, target, cell, c, as_of);
  }
  month_position any;
  const auto judged = [&](const cell_goal& known, const cell_reading& read) {
    return detail::judge_once(from, target, key.allowed_lag, target.minimum_coverage, known, read, as_of, c, any,
                              detail::conclude);
  };
  if (!target.reading_only && detail::is_one_amount(reading)) {
    if (detail::is_usual<comparison::at_least>(goal))
      return judged(detail::usual_goal<comparison::at_least>(goal.goal, goal.baseline), detail::one_amount(reading));
    if (detail::is_usual<comparison::at_most>(goal))
      return judged(detail::usual_goal<comparison::at_most>(goal.goal, goal.baseline), detail::one_amount(reading));
  }
  return judged(goal, reading);
}

ATTAIN_INLINE std::optional<double> own_score(const compiled& from, const target_plan& target, std::uint32_t cell,
                                              const cell_result& r) noexcept {
  return detail::score_by_reading(target, target.judging, from.cells.goal[cell], r);
}

ATTAIN_INLINE void settle(const compiled& from, const target_plan& target, std::uint32_t cell, const used_method& method,
                          const verdict& decided, cell_result& r) noexcept {
  detail::settle_cell(target, target.judging, from.cells.goal[cell], method, decided, r);
}

ATTAIN_INLINE void stand_in(const compiled& from, const target_plan& whole, std::uint32_t place, const cell_columns& cells,
                            cell_result& result) {
  constexpr std::uint16_t settled = cell_flag::answered | cell_flag::not_due | cell_flag::hold_stream;
  if ((result.flags & settled) != 0 || (result.flags & cell_flag::applicable) == 0) return;
  exact_sum scores;
  exact_sum answered;
  exact_sum all;
  for (std::uint32_t p = whole.first_part; p < whole.first_part + whole.part_count; ++p) {
    const auto part = from.find_cell(from.cells.parts[p], place);
    if (!part) continue;
    constexpr std::uint16_t usable = cell_flag::has_score | cell_flag::answered;
    if ((cells.flags[*part] & cell_flag::applicable) == 0 || (cells.flags[*part] & cell_flag::not_due) != 0) continue;
    const double goal = from.cells.goal[*part].stated;
    all.add(goal);
    if ((cells.flags[*part] & usable) != usable) continue;
    scores.add(goal * cells.score[*part]);
    answered.add(goal);
  }
  if (answered.rounded() <= 0) return;
  result.score = scores.rounded() / answered.rounded();
  result.score_covered = answered.rounded() / all.rounded();
  result.flags |= cell_flag::has_score | cell_flag::answered;
}

}  // namespace attain::inline v0
