#pragma once

/** Whether amounts that are reported for periods look like totals so far (docs/data-quality.md, "Totals so far").

  Totals never fall, begin with what is about one step of theirs, and added up once more they come to far more than was asked.
*/

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace attain::inline v0::detail {

/// Amounts in a row that do not fall, and of which most are more than the one before.
struct rising_run {
  std::size_t begin = 0;
  std::size_t end = 0;  ///< behind the last
  std::size_t rises = 0;
  double sum = 0;
};

/// The longest run from @p begin on.
inline rising_run rising_from(std::span<const double> amounts, std::size_t begin) noexcept {
  rising_run run{.begin = begin, .end = begin + 1, .sum = amounts[begin]};
  while (run.end < amounts.size() && amounts[run.end] >= amounts[run.end - 1]) {
    run.rises += amounts[run.end] > amounts[run.end - 1];
    run.sum += amounts[run.end++];
  }
  return run;
}

/** @p goal is what is asked of their sum, none if nobody says.

  n amounts in random order rise throughout in one of n! cases: six are enough beside a goal that their sum passes while the last
  of them does not by far, eight without one.
*/
inline bool are_totals_so_far(std::span<const double> amounts, const rising_run& run, std::optional<double> goal) noexcept {
  const double first = amounts[run.begin];
  const double last = amounts[run.end - 1];
  const std::size_t different = run.rises + 1;
  if (first < 0 || different < 6 || first * static_cast<double>(run.end - run.begin - 1) > 2 * (last - first)) return false;
  if (!goal) return different >= 8;
  return run.sum > *goal && last <= 2 * *goal;
}

/// What is asked of the sum of the amounts of one place from one day to another.
struct asked_of_place {
  std::uint32_t place = 0;
  std::int32_t start = 0;
  std::int32_t due = 0;
  double goal = 0;
};

/// The largest that is asked of a place for a time that @p first to @p last lie in.
inline std::optional<double> asked_of(std::span<const asked_of_place> asked, std::uint32_t place, std::int32_t first,
                                      std::int32_t last) noexcept {
  std::optional<double> most;
  for (const asked_of_place& one : asked) {
    if (one.place == place && one.start <= first && last <= one.due && (!most || one.goal > *most)) most = one.goal;
  }
  return most;
}

}  // namespace attain::inline v0::detail
