#pragma once

#include <attain/engine/cell_columns.hpp>

#include <type_traits>

namespace attain::inline v0 {

ATTAIN_INLINE void cell_columns::resize(std::size_t cells, bool keep_scores) {
  const auto make = [cells](auto&... columns) {
    ((columns = std::decay_t<decltype(columns)>(own<typename std::decay_t<decltype(columns)>::value_type>(cells))), ...);
  };
  make(reading, attainment, expected, gap, covered, score, score_covered, data_day, facts);
  make(reading_missing, attainment_missing, expected_missing, gap_missing);
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
    score = other.score;
    score_covered = other.score_covered;
    data_day = other.data_day;
    facts = other.facts;
    reading_missing = other.reading_missing;
    attainment_missing = other.attainment_missing;
    expected_missing = other.expected_missing;
    gap_missing = other.gap_missing;
  }
  for (auto* column : {&measured, &method_score}) column->resize(keep_scores ? cells : 0);
  flags.resize(cells);
  for (auto* column : {&state, &state_missing, &rule}) column->resize(cells);
}

ATTAIN_INLINE cell_writer::cell_writer(cell_columns& to, bool verdicts_only)
    : measured_(to.measured.empty() ? nullptr : to.measured.data()),
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
  score_ = to.score.edit().data();
  score_covered_ = to.score_covered.edit().data();
  data_day_ = to.data_day.edit().data();
  facts_ = to.facts.edit().data();
  reading_missing_ = to.reading_missing.edit().data();
  attainment_missing_ = to.attainment_missing.edit().data();
  expected_missing_ = to.expected_missing.edit().data();
  gap_missing_ = to.gap_missing.edit().data();
}

}  // namespace attain::inline v0
