#pragma once

// The goal that most cells have: known, in one direction, and approached from a baseline.

#include <attain/judge/cell_goal.hpp>

#include <array>
#include <bit>
#include <cstdint>

namespace attain::inline v0::detail {

/// Everything about a goal but its numbers.
constexpr std::uint64_t form_of(const cell_goal& goal) noexcept {
  struct parts {
    std::array<double, 4> numbers;
    std::uint64_t form;
  };
  return std::bit_cast<parts>(goal).form;
}

template <comparison Compare>
constexpr cell_goal usual_goal(double goal, double baseline) noexcept {
  return {
      .stated = goal, .goal = goal, .baseline = baseline, .has_baseline = true, .course = course::progress, .compare = Compare};
}

template <comparison Compare>
constexpr bool is_usual(const cell_goal& goal) noexcept {
  return form_of(goal) == form_of(usual_goal<Compare>(0, 0)) && goal.stated == goal.goal;
}

}  // namespace attain::inline v0::detail
