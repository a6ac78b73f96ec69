#pragma once
/** Results and observations as tables: named columns of numbers, counts, days, flags and words.

  A table is what Arrow streams, NumPy arrays and data frames are made of. Numbers that an evaluation holds are not copied: their
  columns point into it, and keep it. Copying a table copies no column. A value that is missing is so for a reason, and is never
  NaN.

  Columns of results are named after the answers (`reading`, `attainment`, …), those of observations as in observations.csv.
*/
#include <attain/core/answer.hpp>
#include <attain/engine/compare.hpp>
#include <attain/engine/earned_value.hpp>
#include <attain/engine/evaluation.hpp>
#include <attain/engine/explain.hpp>
#include <attain/ledger/ledger.hpp>
#include <attain/ledger/quality.hpp>
#include <attain/model/programme.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0::io {

enum class column_kind : std::uint8_t { number, count, day, flag, word };

std::string_view to_string(column_kind kind) noexcept;

/// The spans live as long as what is in `owners`.
struct column {
  /// Marks a value that is missing without a reason.
  static constexpr std::uint8_t unexplained = 0xFF;

  std::string name{};
  column_kind kind = column_kind::number;
  std::span<const double> numbers{};          ///< 0 where missing, as in the next two
  std::span<const std::int32_t> integers{};   ///< counts; days since 1970-01-01; of words their positions in `words`
  std::span<const std::uint8_t> flags{};      ///< 0 or 1
  std::span<const std::string_view> words{};  ///< each once
  std::span<const std::uint8_t> missing{};    ///< a `reason` or `unexplained`, 0 where there is a value; empty: none is missing
  std::vector<std::shared_ptr<const void>> owners{};

  std::size_t size() const noexcept;
  bool is_missing(std::size_t row) const noexcept { return !missing.empty() && missing[row] != 0; }
  /// Why the value of a row is missing, if it is and there is a reason.
  std::optional<reason> why(std::size_t row) const noexcept;
  /// The word of a row that has one.
  std::string_view word(std::size_t row) const noexcept { return words[static_cast<std::size_t>(integers[row])]; }
};

struct table {
  std::size_t rows = 0;
  std::vector<column> columns{};

  const column* find(std::string_view name) const noexcept;
  /// Throws `unknown_id` with the nearest names.
  const column& at(std::string_view name) const;
  /// The named columns in the given order. Throws `unknown_id`.
  table select(std::span<const std::string> names) const;
  /// At most @p count rows from number @p begin on; fewer where the table ends.
  table slice(std::size_t begin, std::size_t count) const;
};

/// In which unit a target's reading, baseline and goal are: the indicator's without scale, `share` for ratios, steps and ratings,
/// and of a recurring target its period ("month"), of which it counts those kept.
std::string unit_of_reading(const target_spec& target, const indicator_spec& about);

/// Which places the rows of a table of results are about.
enum class result_places : std::uint8_t { own, every };

/** One row a target, at its own place or at every place that it has a cell at.

  `programme`, `project`, `target`, `name`, `place`, `indicator`, `unit`; `reading`, `baseline`, `goal`, `upper_goal` in that unit
  without scale (shares for %, 元 for 万元); `attainment`, `expected`, `gap`, `pace` and `coverage` as shares; `days_ahead` in
  days; `data_day`; `status`, and where there is none its `reason`; `is_hold`. Only the columns named in @p only, if any are.
  Throws `unknown_id` for other names.
*/
table target_table(const evaluation& from, result_places where = result_places::own, std::span<const std::string> only = {});
/// The same for the targets that have a cell at one place. Throws `unknown_id`.
table target_table_at(const evaluation& from, std::string_view place, std::span<const std::string> only = {});

/** One row a node of the programme tree, the root first, at the root place or at every place that it has results at.

  `programme`, `project`, `name`, `within`, `place`; `attainment`, `expected`, `gap`, `pace`, `hold_share`, `lower`, `upper` and
  `coverage` as shares; `due`; `status`, and where there is none its `reason`; `targets`, `targets_met`, `targets_missed`,
  `targets_not_due`, counted over applicable targets with weight.
*/
table project_table(const evaluation& from, result_places where = result_places::own);
table project_table_at(const evaluation& from, std::string_view place);

/** One row a target whose status differs between the methods that judged it, by what the states mean (`role`).

  `programme`, `project`, `target`, `place`; then a column a method, named `name@version`, with its status, missing where it
  gave none. No rows where one method judged.
*/
table disagreement_table(const evaluation& from, result_places where = result_places::own);

/** One row a node of the programme tree, at one place, of its programme's root if none is given.

  `project`, `name`, `place`; `budget`, `planned`, `earned` and `cost`; `coverage`; variances, indices and the estimate with the
  factor CPI; `start`, and in days from it `duration`, `earned_schedule`, `actual_time`, `time_variance`, `duration_at_completion`.
  Throws as `earned_values` does.
*/
table earned_value_table(const evaluation& from, const earned_value_options& options = {},
                         std::optional<std::string_view> place = {});

/** One row a target or node that contributed to a change, the largest first: `target` or `project`, `name`, `place`, its own
  attainment `before` and `after`, its `contribution`, and of that `performance`, `coverage`, `rules` and `plan`, as shares;
  `standard_error` of the contribution, 0 where it is exact.
*/
table change_table(const node_change& from);
/// One row a node of the later programme, at its root place: `project`, `name`, `place`, `before`, `after`, `change` and components.
table comparison_table(const evaluation_comparison& from);

/** One row a finding, in the order of the report.

  `check`, `severity`; `programme`, `indicator`, `target`, `place`, and the indicator, place or dimension that it is compared with
  as `other`; `start` and `end`, both inclusive; `value`, `expected`, `score`, `threshold`, `effect`, which docs/data-quality.md
  explains check by check; the word of the formula as `variant`; `n`; of the entry that it is about `recorded`, `author`, `source`,
  `evidence` and `key`; `sentence` and `sentence_chinese`.
*/
table quality_table(const quality_report& from);

/** One row a score, that of a whole programme before those of its indicators.

  `measure`, `programme`, `indicator` (missing for the whole), `share`, `count`, `of`, `not_calculable`, `divergent`, `threshold` and
  `variant`.
*/
table quality_score_table(const quality_report& from);

/** One row a step of an explanation: `step` (its number from 0), `kind`, `rule`, `text`, `operation`, `value`, `state`, and `reason` where
  it came to nothing; `aside` for what the text leaves out.
*/
table step_table(const explanation& from);
/// One row an input of a step: `step`, `name`, `value`, `weight`, and `from_step` where an earlier step came to it.
table step_input_table(const explanation& from);

/** One row an entry, in canonical order.

  Always `indicator`, `place`, `start`, `end`, `amount` and `recorded`; of the others those that are in use: the columns of
  observations.csv, and for intervals `amount_high`, `low_open` and `high_open`. `amount` is missing with the reason that was
  reported, or without one where an entry was withdrawn.
*/
table ledger_table(const ledger& from);

/** Appends the rows of a table to a ledger, all or nothing.

  Columns are those of `ledger_table` or of observations.csv, in any order: ids and other texts are words; `day`, `start`, `end`
  and `recorded` are days, or words with a date; `period` is words; `withdrawn` is flags or words. `amount` is numbers, held as in
  the ledger (of % a share, of 万元 元), or words with text of the one number parser; it may be there twice, once as each. With a
  programme, indicators, places, steps and units are checked.

  Throws `invalid_input` or `ledger_conflict` with every problem (`where` is "row 3, amount", counted from 1), and the ledger is
  as it was.
*/
void append_table(ledger& to, const table& from, const programme* plan = nullptr, int threads = 1);

}  // namespace attain::inline v0::io
