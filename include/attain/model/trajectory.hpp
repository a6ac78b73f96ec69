#pragma once
/** The share of the way that is planned by a day, as data (rules F1 to F4).

  `judge/expected.hpp` turns it into F(t): monotone, 0 before the window and 1 at the close of its due day.
*/
#include <attain/core/date.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace attain::inline v0 {

enum class trajectory_kind : std::uint8_t {
  by_default,   ///< straight; a step for steps, ratings and standards (rule F3)
  straight,     ///< 序时进度 (rule F1)
  step,         ///< 0, then 1 at the close of `step_day`, or of the due day
  checkpoints,  ///< given points, joined by lines or steps
  logistic,     ///< normalised S-curve over the window
  seasonal,     ///< weights of the equal parts of the window
};

struct checkpoint {
  date day;
  double share = 0;               ///< of the way, or with `is_amount` an amount of the indicator
  bool is_amount = false;

  friend bool operator==(const checkpoint&, const checkpoint&) = default;
};

struct trajectory {
  trajectory_kind kind = trajectory_kind::by_default;
  std::optional<date> step_day{};
  std::vector<checkpoint> checkpoints{};
  bool joined_by_lines = true;
  double midpoint = 0.5;          ///< of the logistic: share of the window
  double steepness = 10;
  std::vector<double> seasonal{};

  friend bool operator==(const trajectory&, const trajectory&) = default;
};

}  // namespace attain::inline v0
