#pragma once

#include <attain/core/exact_sum.hpp>
#include <attain/engine/impl/cell_rules.hpp>
#include <attain/engine/impl/missing.hpp>
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

ATTAIN_INLINE void detail::judge_periods(const compiled& from, const target_plan& target, std::uint32_t cell, std::int32_t day,
                                         std::uint8_t refused, cell_result& r) noexcept {
  const period_count n = count_periods(from, target, cell, day);
  const std::int32_t known = n.closed - n.unreported();
  const bool none_known = n.closed > 0 && known == 0;
  r.data_day = n.last_known;
  r.covered = n.closed == 0 ? 1 : static_cast<double>(known) / n.closed;

  std::uint8_t why = refused;
  if (none_known) why = first_of(why, as_missing(reason::no_observation));
  if (n.closed == 0) r.facts |= static_cast<std::uint16_t>(fact::nothing_expected);
  if (none_known) r.facts |= static_cast<std::uint16_t>(fact::unreadable);
  if (n.surely_failed > target.allowed_failed) r.facts |= static_cast<std::uint16_t>(fact::out_of_reach);
  if (n.closed == n.all && n.unreported() == 0) {
    r.facts |= static_cast<std::uint16_t>(fact::covers_due);
    r.flags |= cell_flag::covers_due;
  }
  const bool holds = n.failed <= target.allowed_failed && known > 0;
  if (holds) {
    r.facts |= static_cast<std::uint16_t>(fact::reached);
    r.flags |= cell_flag::reached;
  }
  const bool too_little = r.covered < target.minimum_coverage - 1e-9;

  r.reading_missing = known == 0 ? as_missing(reason::no_observation) : std::uint8_t{0};
  if (target.judging == judging::recurring) {
    const std::int32_t countable = n.all - n.unreported();
    r.reading = n.kept;
    if (n.closed == 0) why = first_of(why, as_missing(reason::not_due));
    if (too_little) why = first_of(why, as_missing(reason::incomplete));
    r.attainment = countable == 0 ? 0 : static_cast<double>(n.kept) / countable;
    r.expected = countable == 0 ? 0 : static_cast<double>(known) / countable;
    r.expected_missing = countable == 0 ? as_missing(reason::no_observation) : std::uint8_t{0};
    r.attainment_missing = r.gap_missing = why;
    r.gap = r.attainment - r.expected;
    return;
  }
  if (n.closed == 0) why = first_of(why, as_missing(reason::not_due));
  if (too_little) why = first_of(why, as_missing(reason::incomplete));
  if (!n.scalable) why = first_of(why, as_missing(reason::not_scalable));
  r.reading = n.least_amount;
  r.attainment = n.least_share;
  r.attainment_missing = why;
  r.flags |= cell_flag::hold_stream;
  if (known > 0 && !too_little) r.facts |= static_cast<std::uint16_t>(fact::hold);
}

ATTAIN_INLINE cell_result judge_cell(const compiled& from, const target_plan& target, std::uint32_t cell,
                                     const cell_reading& reading, std::int32_t as_of) noexcept {
  const reading_key& key = from.readings.keys[target.key];
  const cell_goal& goal = from.cells.goal[cell];
  month_position any;
  const auto usual = [&](const cell_goal& known) {
    return detail::judge_as<true>(from, target, key, target, known, cell, detail::one_amount(reading), as_of, any);
  };
  if (target.judging == judging::once && as_of >= target.start && !target.reading_only && detail::is_one_amount(reading)) {
    if (detail::is_usual<comparison::at_least>(goal))
      return usual(detail::usual_goal<comparison::at_least>(goal.goal, goal.baseline));
    if (detail::is_usual<comparison::at_most>(goal))
      return usual(detail::usual_goal<comparison::at_most>(goal.goal, goal.baseline));
  }
  return detail::judge_as<false>(from, target, key, target, goal, cell, reading, as_of, any);
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
