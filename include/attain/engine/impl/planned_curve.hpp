#pragma once

// What is planned of several targets together by the close of a day, and the time by which so much was planned.

#include <attain/engine/compiled.hpp>
#include <attain/engine/impl/judging.ipp>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace attain::inline v0::detail {

class planned_curve {
 public:
  explicit planned_curve(const compiled& from) noexcept : from_(&from) {}

  void add(std::uint32_t cell, double budget) {
    const target_plan& target = from_->cells.targets[from_->cells.target_of[cell]];
    start_ = parts_.empty() ? target.start : (std::min)(start_, target.start);
    due_ = parts_.empty() ? target.due : (std::max)(due_, target.due);
    parts_.push_back({cell, budget});
    budget_ += budget;
  }

  bool empty() const noexcept { return parts_.empty(); }
  std::int32_t start() const noexcept { return start_; }
  std::int32_t due() const noexcept { return due_; }
  double budget() const noexcept { return budget_; }

  double at(std::int32_t day) const noexcept {
    double planned = 0;
    for (const part& p : parts_) planned += p.budget * share_at(p.cell, day);
    return planned;
  }

  // The time, in days since the eve of the start, by which @p earned was planned: linear between closes, and on a plateau as near
  // to @p now as the plan allows (rule P3).
  double when(double earned, double now) const noexcept {
    const double hair = 1e-9 * budget_;
    const std::int32_t eve = start_ - 1;
    const std::int32_t first = first_day([&](double planned) { return planned >= earned - hair; });
    if (earned >= budget_ - hair) return (std::min)(first, due_) - eve;
    const std::int32_t last = first_day([&](double planned) { return planned > earned + hair; }) - 1;
    if (first <= last) return std::clamp(now, static_cast<double>(first - eve), static_cast<double>(last - eve));
    if (first == eve) return 0;
    const double before = at(first - 1);
    return first - 1 - eve + (earned - before) / (at(first) - before);
  }

 private:
  struct part {
    std::uint32_t cell;
    double budget;
  };

  double share_at(std::uint32_t cell, std::int32_t day) const noexcept {
    const target_plan& target = from_->cells.targets[from_->cells.target_of[cell]];
    month_position any;
    if (target.judging == judging::once) return expected_at(*from_, target, from_->cells.goal[cell], day, any);
    std::uint32_t closed = 0;
    while (closed < target.period_count && from_->cells.period_end[target.first_period + closed] <= day) ++closed;
    return target.period_count == 0 ? 0 : static_cast<double>(closed) / target.period_count;
  }

  template <class Holds>
  std::int32_t first_day(Holds holds) const noexcept {  // from the eve on, else the day after due
    std::int32_t from = start_ - 1;
    std::int32_t to = due_ + 1;
    while (from < to) {
      const std::int32_t middle = from + (to - from) / 2;
      if (holds(at(middle))) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return from;
  }

  const compiled* from_;
  std::vector<part> parts_;
  std::int32_t start_ = 0;
  std::int32_t due_ = 0;
  double budget_ = 0;
};

}  // namespace attain::inline v0::detail
