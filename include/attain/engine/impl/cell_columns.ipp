#pragma once

#include <attain/engine/cell_columns.hpp>

#include <tuple>

namespace attain::inline v0 {

namespace detail {

inline constexpr std::tuple columns_of_judgement{
    &cell_columns::reading,          &cell_columns::attainment, &cell_columns::expected,      &cell_columns::gap,
    &cell_columns::covered,          &cell_columns::score,      &cell_columns::score_covered, &cell_columns::data_day,
    &cell_columns::facts,            &cell_columns::reading_missing, &cell_columns::attainment_missing,
    &cell_columns::expected_missing, &cell_columns::gap_missing};
inline constexpr std::tuple columns_of_verdict{&cell_columns::flags, &cell_columns::state, &cell_columns::state_missing,
                                               &cell_columns::rule};
inline constexpr std::tuple columns_of_scores{&cell_columns::measured, &cell_columns::method_score};

constexpr std::size_t room_of(const auto& columns, std::size_t cells) noexcept {
  const auto room = [cells]<class Column>(Column cell_columns::*) {
    return column_block::room_for(cells * sizeof(typename Column::value_type));
  };
  return std::apply([&](auto... column) { return (room(column) + ...); }, columns);
}

inline void make(cell_columns& of, const auto& columns, std::size_t cells, const std::shared_ptr<column_block>& block) {
  const auto make_one = [&]<class Column>(Column cell_columns::*column) {
    using T = typename Column::value_type;
    of.*column = Column(cell_columns::own<T>(cells, column_allocator<T>(block)));
  };
  std::apply([&](auto... column) { (make_one(column), ...); }, columns);
}

}  // namespace detail

ATTAIN_INLINE std::size_t cell_columns::room_for(std::size_t cells, bool keep_scores) noexcept {
  return detail::room_of(detail::columns_of_judgement, cells) + room_for_verdicts(cells, keep_scores);
}

ATTAIN_INLINE std::size_t cell_columns::room_for_verdicts(std::size_t cells, bool keep_scores) noexcept {
  return detail::room_of(detail::columns_of_verdict, cells) +
         detail::room_of(detail::columns_of_scores, keep_scores ? cells : 0);
}

ATTAIN_INLINE void cell_columns::resize(std::size_t cells, bool keep_scores,
                                        const std::shared_ptr<detail::column_block>& block) {
  detail::make(*this, detail::columns_of_judgement, cells, block);
  detail::make(*this, detail::columns_of_verdict, cells, block);
  detail::make(*this, detail::columns_of_scores, keep_scores ? cells : 0, block);
}

ATTAIN_INLINE void cell_columns::resize_like(const cell_columns& other, bool keep_scores,
                                             const std::shared_ptr<detail::column_block>& block) {
  const auto share = [&](auto... column) { ((this->*column = other.*column), ...); };
  std::apply(share, detail::columns_of_judgement);
  detail::make(*this, detail::columns_of_verdict, other.size(), block);
  detail::make(*this, detail::columns_of_scores, keep_scores ? other.size() : 0, block);
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
