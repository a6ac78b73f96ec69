#pragma once

/** From the reading of a cell to its five answers (rules A, F, P, S): what lies between the two kernels.

  `judge_cell` is pure; the full run, the tracker and explain all call it. The state itself comes from the method (`settle`), so
  that a method of the user can judge a whole column first.
*/

#include <attain/core/config.hpp>
#include <attain/engine/cell_columns.hpp>
#include <attain/engine/compiled.hpp>
#include <attain/engine/read.hpp>
#include <attain/judge/method.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>

namespace attain::inline v0 {

/// The closed periods of a recurring target or each-period hold, counted (rule A7).
struct period_count {
  std::int32_t all = 0;
  std::int32_t closed = 0;
  std::int32_t kept = 0;
  std::int32_t failed = 0;         ///< by the unfavourable end
  std::int32_t surely_failed = 0;  ///< by both ends (rule S4 needs the favourable one)
  std::int32_t last_known = 0;     ///< last day of the last closed known period
  double least_share = 0;          ///< of the closed known periods
  double least_amount = 0;         ///< the amount that gave it
  bool scalable = true;

  std::int32_t unreported() const noexcept { return closed - kept - failed; }
};

period_count count_periods(const compiled& from, const target_plan& target, std::uint32_t cell, std::int32_t day) noexcept;

/// Numbers, reasons and facts of a cell as of a day; the state is still open.
cell_result judge_cell(const compiled& from, const target_plan& target, std::uint32_t cell, const cell_reading& reading,
                       std::int32_t as_of) noexcept;

/// The score of a cell by its own reading (rules U1, A1a, A5); none where nothing or its parts must stand in.
std::optional<double> own_score(const compiled& from, const target_plan& target, std::uint32_t cell,
                                const cell_result& result) noexcept;

/// Fills in the state that @p method @p decided, and the flags that follow from it.
void settle(const compiled& from, const target_plan& target, std::uint32_t cell, const used_method& method,
            const verdict& decided, cell_result& result) noexcept;

/// The score of a partition without an answer of its own, from its parts at the same place (rules U4, U4a).
void stand_in(const compiled& from, const target_plan& whole, std::uint32_t place, const cell_columns& cells,
              cell_result& result);

/// Rule P2: so little is expected yet that a ratio to it says nothing.
constexpr bool is_too_early(double expected, double below) noexcept { return expected < below * (1 - 1e-9); }

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/engine/impl/judging.ipp>
#endif
