#pragma once

/** The result of one cell, and those of all cells in columns. */

#include <attain/core/column_memory.hpp>
#include <attain/core/config.hpp>
#include <attain/core/shared_column.hpp>
#include <attain/judge/verdict.hpp>
#include <attain/model/method.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>

namespace attain::inline v0 {

inline constexpr double complete_share = 1 - 1e-9;  ///< from here on nothing is missing (B2a)

/// What a roll-up and a reader of results need to know of a cell besides its numbers.
namespace cell_flag {
inline constexpr std::uint16_t applicable = 1u << 0;   ///< neither withdrawn nor without a goal here
inline constexpr std::uint16_t hold_stream = 1u << 1;  ///< a hold or a cap (rule U3)
inline constexpr std::uint16_t reached = 1u << 2;      ///< as the reading stands
inline constexpr std::uint16_t proven = 1u << 3;       ///< and whatever is missing cannot change that (rule R8)
inline constexpr std::uint16_t has_score = 1u << 4;
inline constexpr std::uint16_t answered = 1u << 5;  ///< rule U6
inline constexpr std::uint16_t not_due = 1u << 6;
inline constexpr std::uint16_t met = 1u << 7;
inline constexpr std::uint16_t missed = 1u << 8;
inline constexpr std::uint16_t failing = 1u << 9;      ///< missed or behind
inline constexpr std::uint16_t reversible = 1u << 10;  ///< met until the next reading says otherwise (rule S8)
inline constexpr std::uint16_t seen = 1u << 11;        ///< there is a usable entry
inline constexpr std::uint16_t covers_due = 1u << 12;  ///< the data decide the due day, if the goal can be told
inline constexpr std::uint16_t measured = 1u << 13;    ///< bands of the method decided
inline constexpr std::uint16_t scored = 1u << 14;      ///< the method gives a score
}  // namespace cell_flag

/// The flags that a state gives, by what it means.
constexpr std::uint16_t flags_of(role means) noexcept {
  using namespace cell_flag;
  constexpr std::uint16_t by_role[] = {answered | met | reversible, answered, answered, answered | failing,
                                       answered | missed | failing, not_due};
  static_assert(static_cast<std::size_t>(role::met) == 0 && static_cast<std::size_t>(role::not_due) + 1 == std::size(by_role));
  return by_role[static_cast<std::size_t>(means)];
}

struct cell_result {
  double reading = 0;
  double attainment = 0;
  double expected = 0;
  double gap = 0;
  double covered = 0;
  double score = 0;          ///< what a roll-up takes (rules U1, A5, A1a)
  double score_covered = 1;  ///< share of it that is answered (rules A7, U4a)
  std::int32_t data_day = 0;
  std::uint16_t facts = 0;
  std::uint16_t flags = 0;
  std::uint8_t reading_missing = 0;  ///< a `reason`, 0 with a value; likewise below
  std::uint8_t attainment_missing = 0;
  std::uint8_t expected_missing = 0;
  std::uint8_t gap_missing = 0;
  std::uint8_t state = no_state;
  std::uint8_t state_missing = 0;
  std::uint8_t rule = 0;  ///< of the method, which decided
  double measured = 0;    ///< the quantity that the method's bands cut
  double method_score = 0;

  friend bool operator==(const cell_result&, const cell_result&) = default;
};

/// What a method decides of a cell.
struct cell_verdict {
  std::uint16_t flags = 0;  ///< all of the cell
  std::uint8_t state = no_state;
  std::uint8_t state_missing = 0;
  std::uint8_t rule = 0;
  double measured = 0;
  double method_score = 0;

  cell_verdict() = default;
  cell_verdict(const cell_result& of) noexcept  // NOLINT: it is part of one
      : flags(of.flags),
        state(of.state),
        state_missing(of.state_missing),
        rule(of.rule),
        measured(of.measured),
        method_score(of.method_score) {}
};

/// What a roll-up takes of a cell.
struct judged_leaf {
  double score = 0;
  double score_covered = 1;
  double expected = 0;
  double method_score = 0;
  std::uint16_t facts = 0;
  std::uint16_t flags = 0;
  std::uint8_t expected_missing = 0;
  std::uint8_t state = no_state;
  std::uint8_t state_missing = 0;

  judged_leaf() = default;
  judged_leaf(const cell_result& of) noexcept  // NOLINT: it is part of one
      : score(of.score),
        score_covered(of.score_covered),
        expected(of.expected),
        method_score(of.method_score),
        facts(of.facts),
        flags(of.flags),
        expected_missing(of.expected_missing),
        state(of.state),
        state_missing(of.state_missing) {}
};

/** The results of all cells in columns, one row a cell; what leaves the library leaves from here without being copied.

  Columns that no method decides are shared by the evaluations of several methods.
*/
class cell_columns {
 public:
  template <class T>
  using own = detail::growing_column<T>;
  template <class T>
  using shared = shared_column<T, own<T>>;

  shared<double> reading, attainment, expected, gap, covered;
  shared<double> score, score_covered;  ///< a method's own where parts stand in for a whole
  shared<std::int32_t> data_day;
  shared<std::uint16_t> facts;
  shared<std::uint8_t> reading_missing, attainment_missing, expected_missing, gap_missing;

  own<double> measured, method_score;  ///< empty unless kept
  own<std::uint16_t> flags;
  own<std::uint8_t> state, state_missing, rule;

  /// For so many cells, all of which are to be written.
  /// @param keep_scores whether what the method measured and scored is kept too
  /// @param block       memory with `room_for` them, if they are to lie together with others
  void resize(std::size_t cells, bool keep_scores = false, const std::shared_ptr<detail::column_block>& block = {});
  /// For the cells of another method's columns, with which it shares what no method decides; @p block with `room_for_verdicts`.
  void resize_like(const cell_columns& other, bool keep_scores, const std::shared_ptr<detail::column_block>& block = {});

  static std::size_t room_for(std::size_t cells, bool keep_scores) noexcept;
  static std::size_t room_for_verdicts(std::size_t cells, bool keep_scores) noexcept;

  std::size_t size() const noexcept { return state.size(); }
  cell_result operator[](std::size_t cell) const noexcept;
  judged_leaf leaf(std::size_t cell) const noexcept;
};

/// Writes rows of `cell_columns`, whose columns are its own from then on.
class cell_writer {
 public:
  /// @param verdicts_only whether only `put_verdict` will be called: shared columns stay shared
  explicit cell_writer(cell_columns& to, bool verdicts_only = false);

  void put(std::size_t cell, const cell_result& result) const noexcept;
  /// Only what a method decides.
  void put_verdict(std::size_t cell, const cell_verdict& decided) const noexcept;
  /// Only what no method decides.
  void put_judged(std::size_t cell, const cell_result& result) const noexcept;

 private:
  double *reading_ = nullptr, *attainment_ = nullptr, *expected_ = nullptr, *gap_ = nullptr, *covered_ = nullptr;
  std::int32_t* data_day_ = nullptr;
  std::uint16_t* facts_ = nullptr;
  std::uint8_t *reading_missing_ = nullptr, *attainment_missing_ = nullptr, *expected_missing_ = nullptr, *gap_missing_ = nullptr;
  double *score_ = nullptr, *score_covered_ = nullptr;
  double *measured_, *method_score_;  ///< null unless kept
  std::uint16_t* flags_;
  std::uint8_t *state_, *state_missing_, *rule_;
};

inline cell_result cell_columns::operator[](std::size_t i) const noexcept {
  return {.reading = reading[i],
          .attainment = attainment[i],
          .expected = expected[i],
          .gap = gap[i],
          .covered = covered[i],
          .score = score[i],
          .score_covered = score_covered[i],
          .data_day = data_day[i],
          .facts = facts[i],
          .flags = flags[i],
          .reading_missing = reading_missing[i],
          .attainment_missing = attainment_missing[i],
          .expected_missing = expected_missing[i],
          .gap_missing = gap_missing[i],
          .state = state[i],
          .state_missing = state_missing[i],
          .rule = rule[i],
          .measured = measured.empty() ? 0 : measured[i],
          .method_score = method_score.empty() ? 0 : method_score[i]};
}

inline judged_leaf cell_columns::leaf(std::size_t i) const noexcept {
  judged_leaf of;
  of.score = score[i];
  of.score_covered = score_covered[i];
  of.expected = expected[i];
  of.method_score = method_score.empty() ? 0 : method_score[i];
  of.facts = facts[i];
  of.flags = flags[i];
  of.expected_missing = expected_missing[i];
  of.state = state[i];
  of.state_missing = state_missing[i];
  return of;
}

ATTAIN_HOT inline void cell_writer::put_verdict(std::size_t i, const cell_verdict& v) const noexcept {
  flags_[i] = v.flags;
  state_[i] = v.state;
  state_missing_[i] = v.state_missing;
  rule_[i] = v.rule;
  if (measured_ == nullptr) return;
  measured_[i] = v.measured;
  method_score_[i] = v.method_score;
}

ATTAIN_HOT inline void cell_writer::put_judged(std::size_t i, const cell_result& r) const noexcept {
  reading_[i] = r.reading;
  attainment_[i] = r.attainment;
  expected_[i] = r.expected;
  gap_[i] = r.gap;
  covered_[i] = r.covered;
  score_[i] = r.score;
  score_covered_[i] = r.score_covered;
  data_day_[i] = r.data_day;
  facts_[i] = r.facts;
  reading_missing_[i] = r.reading_missing;
  attainment_missing_[i] = r.attainment_missing;
  expected_missing_[i] = r.expected_missing;
  gap_missing_[i] = r.gap_missing;
}

ATTAIN_HOT inline void cell_writer::put(std::size_t i, const cell_result& r) const noexcept {
  put_judged(i, r);
  put_verdict(i, r);
}

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/engine/impl/cell_columns.ipp>
#endif
