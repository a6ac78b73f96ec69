#pragma once

#include <attain/model/impl/check_trajectory.hpp>

#include <attain/model/words.hpp>

#include <cmath>
#include <cstddef>
#include <optional>
#include <string>

namespace attain::inline v0::detail {

ATTAIN_INLINE void check_day_in_window(date day, const period& window, const path& where, finding_list& found) {
  if (window.contains(day)) return;
  found.error(code::outside_window, where, to_string(day), to_string(window.start) + " to " + to_string(window.last()),
              "the day " + to_string(day) + " lies outside the window");
}

/// The share of the way that an amount is, if baseline and goal are declared and differ.
ATTAIN_INLINE std::optional<double> share_of_way(double amount, const target_spec& target, const aim_context& context) {
  if (!target.aim || !context.baseline()) return std::nullopt;
  const double baseline = *context.baseline();
  std::optional<double> goal = goal_number(*target.aim, context);
  if (target.aim->kind == aim_kind::between && baseline > target.aim->upper) goal = target.aim->upper;
  if (!goal) return std::nullopt;
  const double share = (amount - baseline) / (*goal - baseline);
  if (!std::isfinite(share)) return std::nullopt;
  return share;
}

ATTAIN_INLINE void check_checkpoints(const target_spec& target, const period& window, const path& where,
                                     const aim_context& context, finding_list& found) {
  const std::vector<checkpoint>& points = target.trajectory.checkpoints;
  if (points.empty()) {
    found.error(code::missing_field, {&where, "checkpoints"}, "", "at least one checkpoint", "the trajectory has no checkpoints");
    return;
  }
  double share_before = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const checkpoint& point = points[i];
    const path here{&where, "checkpoints", i};
    const path day{&here, "day"};
    check_day_in_window(point.day, window, day, found);
    if (i > 0 && point.day <= points[i - 1].day)
      found.error(code::checkpoints_out_of_order, day, to_string(point.day), "after " + to_string(points[i - 1].day),
                  "the checkpoint of " + to_string(point.day) + " does not follow the one of " + to_string(points[i - 1].day));

    const path number{&here, point.is_amount ? "amount" : "share"};
    if (!found.check_finite(number, point.share, number.field)) continue;
    if (point.is_amount && !context.baseline()) {
      found.error(code::no_baseline, number, shown(point.share), "a declared baseline, or shares",
                  "the amount " + shown(point.share) + " of a checkpoint has no baseline to be measured from");
      continue;
    }
    const std::optional<double> share = point.is_amount ? share_of_way(point.share, target, context) : point.share;
    if (!share) continue;
    const double tolerance = point.is_amount ? 1e-9 : 0;  // of the division
    if (*share < -tolerance || *share > 1 + tolerance) {
      found.error(code::out_of_range, number, shown(point.share), "from the baseline to the goal, a share of 0 to 1",
                  "the checkpoint of " + to_string(point.day) + " is " + shown(*share) + " of the way");
      continue;
    }
    if (*share < share_before - tolerance)
      found.error(code::checkpoints_out_of_order, number, shown(point.share), shown(share_before) + " of the way or more",
                  "the checkpoint of " + to_string(point.day) + " is " + shown(*share) + " of the way, less than the one before");
    else if (point.day == window.last() && *share < 1 - tolerance)
      found.error(code::checkpoints_out_of_order, number, shown(point.share), "1 on the due day, or no checkpoint there",
                  "the trajectory ends at " + shown(*share) + " of the way");
    share_before = *share;
  }
}

ATTAIN_INLINE void check_logistic(const trajectory& shape, const path& where, finding_list& found) {
  const path logistic{&where, "logistic"};
  found.check_share({&logistic, "midpoint"}, shape.midpoint, "midpoint");
  // Flatter or steeper, the curve is a straight line or a step, and its normalisation loses its digits.
  constexpr double least = 0.001;
  constexpr double most = 1000;
  const path steepness{&logistic, "steepness"};
  if (found.check_finite(steepness, shape.steepness, "steepness") && (shape.steepness < least || shape.steepness > most))
    found.error(code::out_of_range, steepness, shown(shape.steepness), shown(least) + " to " + shown(most),
                "the steepness is " + shown(shape.steepness));
}

ATTAIN_INLINE void check_seasonal(const trajectory& shape, const period& window, const path& where, finding_list& found) {
  const path list{&where, "seasonal"};
  if (shape.seasonal.empty()) {
    found.error(code::missing_field, list, "", "a weight for each part of the window", "the trajectory has no weights");
    return;
  }
  if (shape.seasonal.size() > static_cast<std::size_t>(window.days()))
    found.error(
        code::out_of_range, list, std::to_string(shape.seasonal.size()), "at most " + std::to_string(window.days()) + " parts",
        "a window of " + std::to_string(window.days()) + " days has no " + std::to_string(shape.seasonal.size()) + " parts");
  bool weights = true;
  double total = 0;
  for (std::size_t i = 0; i < shape.seasonal.size(); ++i) {
    weights = found.check_weight({&where, "seasonal", i}, shape.seasonal[i]) && weights;
    total += shape.seasonal[i];
  }
  if (!weights) return;
  if (total == 0)
    found.error(code::weights_sum_to_zero, list, "0", "a positive weight somewhere", "no part of the window has a weight");
  else
    found.check_finite(list, total, "sum of the weights");
}

ATTAIN_INLINE void check_trajectory(const target_spec& target, const period& window, const path& where,
                                    const aim_context& context, finding_list& found) {
  const trajectory& shape = target.trajectory;
  switch (shape.kind) {
    case trajectory_kind::by_default:
    case trajectory_kind::straight: break;
    case trajectory_kind::step:
      if (shape.step_day) check_day_in_window(*shape.step_day, window, {&where, "step"}, found);
      break;
    case trajectory_kind::checkpoints: check_checkpoints(target, window, where, context, found); break;
    case trajectory_kind::logistic: check_logistic(shape, where, found); break;
    case trajectory_kind::seasonal: check_seasonal(shape, window, where, found); break;
  }
}

}  // namespace attain::inline v0::detail
