#pragma once

#include <attain/core/sort_stably.hpp>
#include <attain/judge/expected.hpp>

#include <algorithm>
#include <cmath>

namespace attain::inline v0 {
namespace detail {

struct logistic_shape {
  double midpoint;
  double steepness;

  double raw(double u) const noexcept { return 1 / (1 + std::exp(-steepness * (u - midpoint))); }
  double at(double u) const noexcept { return (raw(u) - raw(0)) / (raw(1) - raw(0)); }
};

// Number of calendar months that the window consists of, 0 if it is not made of whole ones.
constexpr int whole_months(const period& window) {
  const date last = window.last();
  if (window.start.day() != 1 || !last.is_last_of_month()) return 0;
  return (last.year() - window.start.year()) * 12 + static_cast<int>(last.month()) - static_cast<int>(window.start.month()) + 1;
}

constexpr int months_before(date day) noexcept { return day.year() * 12 + static_cast<int>(day.month()) - 1; }

constexpr double close_of(date day) noexcept { return day.days(); }

}  // namespace detail

ATTAIN_INLINE expected_curve expected_curve::straight(const period& window) {
  expected_curve curve;
  curve.eve_ = detail::close_of(window.start) - 1;
  curve.end_ = detail::close_of(window.last());
  curve.months_ = detail::whole_months(window);
  curve.first_month_ = detail::months_before(window.start);
  return curve;
}

ATTAIN_INLINE expected_curve expected_curve::steps(const period& window, std::span<const point> rises) {
  std::vector<point> sorted(rises.begin(), rises.end());
  for (point& rise : sorted) rise.day = (std::max)(rise.day, detail::close_of(window.start));  // F3a
  sort_stably(std::span(sorted), [](const point& a, const point& b) { return a.day < b.day; });
  double whole = 0;
  for (const point& rise : sorted) whole += rise.share;

  expected_curve curve;
  curve.points_.push_back({detail::close_of(window.start) - 1, 0});
  double risen = 0;
  for (const point& rise : sorted) {
    risen += rise.share;
    curve.step_up(std::clamp(rise.day, detail::close_of(window.start), detail::close_of(window.last())), risen / whole);
  }
  curve.find_ends();
  return curve;
}

ATTAIN_INLINE void expected_curve::step_up(double day, double share) {
  if (points_.back().day < day - 1) points_.push_back({day - 1, points_.back().share});
  if (points_.back().day < day) points_.push_back({day, share});
  points_.back().share = share;
}

ATTAIN_INLINE void expected_curve::find_ends() noexcept {
  eve_ = points_.front().day;
  end_ = points_.back().day;
}

ATTAIN_INLINE expected_curve expected_curve::of(const trajectory& shape, const period& window) {
  switch (shape.kind) {
    case trajectory_kind::step: {
      const point rise{detail::close_of(shape.step_day.value_or(window.last())), 1};
      return steps(window, std::span(&rise, 1));
    }
    case trajectory_kind::checkpoints: {
      expected_curve curve;
      curve.points_.push_back({detail::close_of(window.start) - 1, 0});
      for (const checkpoint& c : shape.checkpoints) {
        const double share = std::clamp(c.share, curve.points_.back().share, 1.0);  // out of order by no more than a rounding
        if (shape.joined_by_lines) {
          curve.points_.push_back({detail::close_of(c.day), share});
        } else {
          curve.step_up(detail::close_of(c.day), share);
        }
      }
      if (!shape.joined_by_lines) {
        curve.step_up(detail::close_of(window.last()), 1);
      } else if (curve.points_.back().day < detail::close_of(window.last())) {
        curve.points_.push_back({detail::close_of(window.last()), 1});
      }
      curve.find_ends();
      return curve;
    }
    case trajectory_kind::logistic: {
      expected_curve curve;
      curve.eve_ = detail::close_of(window.start) - 1;
      curve.end_ = detail::close_of(window.last());
      curve.midpoint_ = shape.midpoint;
      curve.steepness_ = shape.steepness;
      return curve;
    }
    case trajectory_kind::seasonal: {
      const auto parts = shape.seasonal.size();
      double whole = 0;
      for (const double w : shape.seasonal) whole += w;
      const bool calendar = detail::whole_months(window) == static_cast<int>(parts);
      expected_curve curve;
      const double eve = detail::close_of(window.start) - 1;
      curve.points_.push_back({eve, 0});
      double risen = 0;
      for (std::size_t i = 0; i < parts; ++i) {
        risen += shape.seasonal[i];
        const double day = calendar ? detail::close_of(add_months(window.start, static_cast<int>(i) + 1)) - 1
                                    : eve + window.days() * static_cast<double>(i + 1) / static_cast<double>(parts);
        curve.points_.push_back(i + 1 == parts ? point{detail::close_of(window.last()), 1} : point{day, risen / whole});
      }
      curve.find_ends();
      return curve;
    }
    case trajectory_kind::by_default:
    case trajectory_kind::straight:
      break;
  }
  return straight(window);
}

ATTAIN_INLINE month_position month_position::of(std::int32_t day) noexcept {
  const detail::civil on = detail::civil_from_days(day);
  return {.day = day,
          .month = on.year * 12 + static_cast<int>(on.month) - 1,
          .part = static_cast<double>(on.day) / detail::days_in_month(on.year, on.month)};
}

ATTAIN_INLINE double expected_curve::at(std::int32_t day) const noexcept {
  month_position any;
  return at(day, any);
}

ATTAIN_INLINE double expected_curve::at(std::int32_t day, month_position& last) const noexcept {
  const double t = day;
  if (t <= eve_) return 0;
  if (t >= end_) return 1;
  if (months_ > 0) {
    if (last.day != day) last = month_position::of(day);
    return (last.month - first_month_ + last.part) / months_;
  }
  if (points_.empty()) {
    const double u = (t - eve_) / (end_ - eve_);
    return steepness_ == 0 ? u : detail::logistic_shape{midpoint_, steepness_}.at(u);
  }
  const auto next = std::lower_bound(points_.begin(), points_.end(), t, [](const point& p, double d) { return p.day < d; });
  if (next->day == t) return next->share;
  const auto& from = *(next - 1);
  return from.share + (next->share - from.share) * (t - from.day) / (next->day - from.day);
}

ATTAIN_INLINE expected_curve::working expected_curve::working_at(std::int32_t day) const noexcept {
  const double t = day;
  working made;
  if (t <= eve_ || t >= end_) return made;
  if (months_ > 0) {
    const month_position on = month_position::of(day);
    made.what = working::form::months;
    made.passed = on.month - first_month_ + on.part;
    made.all = months_;
    return made;
  }
  if (!points_.empty()) {
    const auto next = std::lower_bound(points_.begin(), points_.end(), t, [](const point& p, double d) { return p.day < d; });
    made.what = working::form::line;
    made.from = *(next - 1);
    made.to = *next;
    return made;
  }
  made.what = steepness_ == 0 ? working::form::line : working::form::logistic;
  made.passed = (t - eve_) / (end_ - eve_);
  made.from = {eve_, 0};
  made.to = {end_, 1};
  made.midpoint = midpoint_;
  made.steepness = steepness_;
  return made;
}

ATTAIN_INLINE std::pair<double, double> expected_curve::when(double share) const noexcept {
  constexpr double hair = 1e-9;
  const double s = (std::max)(share, 0.0);
  const auto eve = static_cast<std::int32_t>(eve_);
  const auto due = static_cast<std::int32_t>(end_);
  const auto first_day = [&](auto holds) {  // from the eve on, else the day after due
    std::int32_t from = eve;
    std::int32_t to = due + 1;
    while (from < to) {
      const std::int32_t middle = from + (to - from) / 2;
      if (holds(at(middle))) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return from;
  };
  const std::int32_t first = first_day([&](double f) { return f >= s - hair; });
  const std::int32_t last = first_day([&](double f) { return f > s + hair; }) - 1;
  if (first < last) return {first, last};

  const std::int32_t next = first_day([&](double f) { return f >= s; });
  if (next == eve) return {eve, eve};
  const double before = at(next - 1);
  const double day = next - 1 + (s - before) / (at(next) - before);
  return {day, day};
}

ATTAIN_INLINE double whole_units(double share, double goal) noexcept {
  return std::floor(goal * share + 1e-9) / goal;  // rule F2
}

}  // namespace attain::inline v0
