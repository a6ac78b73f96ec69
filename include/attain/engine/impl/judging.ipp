#pragma once

#include <attain/core/exact_sum.hpp>
#include <attain/engine/impl/cell_rules.hpp>
#include <attain/engine/impl/missing.hpp>
#include <attain/engine/impl/usual_goal.hpp>
#include <attain/engine/judging.hpp>

#include <algorithm>

namespace attain::inline v0 {
ATTAIN_INLINE void cell_columns::resize(std::size_t cells, bool keep_scores) {
  for (auto* column : {&reading, &attainment, &expected, &gap, &covered}) *column = shared_column(std::vector<double>(cells));
  data_day = shared_column(std::vector<std::int32_t>(cells));
  facts = shared_column(std::vector<std::uint16_t>(cells));
  for (auto* column : {&reading_missing, &attainment_missing, &expected_missing, &gap_missing}) {
    *column = shared_column(std::vector<std::uint8_t>(cells));
  }
  resize_like(*this, keep_scores);
}

ATTAIN_INLINE void cell_columns::resize_like(const cell_columns& other, bool keep_scores) {
  const std::size_t cells = other.reading.size();
  if (this != &other) {
    reading = other.reading;
    attainment = other.attainment;
    expected = other.expected;
    gap = other.gap;
    covered = other.covered;
    data_day = other.data_day;
    facts = other.facts;
    reading_missing = other.reading_missing;
    attainment_missing = other.attainment_missing;
    expected_missing = other.expected_missing;
    gap_missing = other.gap_missing;
  }
  for (auto* column : {&score, &score_covered}) column->resize(cells);
  for (auto* column : {&measured, &method_score}) column->resize(keep_scores ? cells : 0);
  flags.resize(cells);
  for (auto* column : {&state, &state_missing, &rule}) column->resize(cells);
}

ATTAIN_INLINE cell_writer::cell_writer(cell_columns& to, bool verdicts_only)
    : score_(to.score.data()),
      score_covered_(to.score_covered.data()),
      measured_(to.measured.empty() ? nullptr : to.measured.data()),
      method_score_(to.method_score.empty() ? nullptr : to.method_score.data()),
      flags_(to.flags.data()),
      state_(to.state.data()),
      state_missing_(to.state_missing.data()),
      rule_(to.rule.data()) {
  if (verdicts_only) return;
  reading_ = to.reading.edit().data();
  attainment_ = to.attainment.edit().data();
  expected_ = to.expected.edit().data();
  gap_ = to.gap.edit().data();
  covered_ = to.covered.edit().data();
  data_day_ = to.data_day.edit().data();
  facts_ = to.facts.edit().data();
  reading_missing_ = to.reading_missing.edit().data();
  attainment_missing_ = to.attainment_missing.edit().data();
  expected_missing_ = to.expected_missing.edit().data();
  gap_missing_ = to.gap_missing.edit().data();
}

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

ATTAIN_INLINE void settle(const compiled& from, const target_plan& target, std::uint32_t cell, const method_spec& method,
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
