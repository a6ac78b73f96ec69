#pragma once

#include <attain/engine/measures.hpp>

#include <attain/core/missing.hpp>
#include <attain/judge/attainment_rules.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace attain::inline v0 {

ATTAIN_INLINE void series_reader::read(std::uint32_t key, std::int32_t day) {
  const compiled_readings& r = from_->readings;
  const reading_key& k = r.keys[key];
  first_cell_ = k.first_cell;
  const std::int32_t until = (std::min)(day, k.due);
  days_.clear();
  for (std::uint32_t i = 0; i < k.cell_count; ++i) {
    for (const std::int32_t on : r.event_days(k, k.first_cell + i)) {
      if (on <= until) days_.push_back(on);
    }
  }
  std::sort(days_.begin(), days_.end());
  days_.erase(std::unique(days_.begin(), days_.end()), days_.end());
  if (readings_.size() < k.cell_count) readings_.resize(k.cell_count);
  for (auto& of_cell : readings_) of_cell.clear();
  for (const std::int32_t on : days_) {
    reader_.read(key, on);
    for (std::uint32_t i = 0; i < k.cell_count; ++i) {
      const cell_reading reading = reader_.at(k.first_cell + i);
      const amount& x = reading.amount;
      const bool is_new = reading.missing == 0 && reading.data_day == on;
      if (is_new && x.low == x.high && !x.low_open && !x.high_open) readings_[i].push_back({on, x.low});
    }
  }
}

ATTAIN_INLINE std::span<const dated_amount> series_reader::at(std::uint32_t reading_cell) const noexcept {
  return readings_[reading_cell - first_cell_];
}

ATTAIN_INLINE quantity_value cell_measures::operator()(quantity what) const {
  if (is_of_growth(what)) return grown(what);
  const answer<double> value = what == quantity::chance ? chance() : judged_quantity(what, target_, target_.judging, goal_, result_);
  if (!value.has_value()) return {.missing = detail::as_missing(value.why())};
  return {.value = *value};
}

namespace detail {

template <class Distribution>
double chance_within(const Distribution& of, const asked_edges& asked) {
  const double reached = asked.least ? of.chance_of_at_least(*asked.least) : 1;
  const double kept = asked.most ? of.chance_of_at_most(*asked.most) : 1;
  return (std::max)(0.0, reached + kept - 1);
}

}  // namespace detail

ATTAIN_INLINE asked_edges edges_of(const cell_goal& goal, double taken) noexcept {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  const double g = goal.goal - taken;
  switch (goal.compare) {
    case comparison::at_most: return {{}, goal.strict ? std::nextafter(g, -infinite) : g};
    case comparison::below: return {{}, std::nextafter(g, -infinite)};
    case comparison::above: return {std::nextafter(g, infinite), {}};
    case comparison::band: return {g, goal.inside_is_one ? std::nullopt : std::optional(goal.upper - taken)};
    case comparison::at_least: break;
  }
  return {goal.strict ? std::nextafter(g, infinite) : g, {}};
}

ATTAIN_INLINE double cell_measures::without_zero(double amount) const noexcept {
  return amount == 0 ? method_.zero_stands_as.value_or(0) : amount;
}

ATTAIN_INLINE answer<dated_amount> cell_measures::base() const {
  if (!grows_) return reason::not_comparable;
  const std::int32_t eve = target_.start - 1;
  std::optional<dated_amount> found;
  switch (method_.base) {
    case base_rule::baseline:
      if (!goal_.has_baseline) return reason::baseline_missing;
      found = dated_amount{eve, goal_.baseline};
      break;
    case base_rule::eve:
      found = first_from(series_, eve);
      if (found && found->day != eve) found.reset();
      break;
    case base_rule::eve_or_later:
      found = first_from(series_, eve);
      break;
    case base_rule::eve_or_nearest:
      found = first_from(series_, eve);
      if (!found || found->day == series_.back().day) {
        if (const auto earlier = last_until(series_, found ? found->day - 1 : eve)) found = earlier;
      }
      break;
  }
  if (!found) return reason::baseline_missing;
  found->amount = without_zero(found->amount);
  return *found;
}

ATTAIN_INLINE answer<projected_series> cell_measures::projected() const {
  if ((result_.flags & cell_flag::applicable) == 0 || goal_.course == course::hold) return reason::not_applicable;
  if (target_.judging != judging::once || target_.open_ended || !is_measured_) return reason::not_comparable;
  if (goal_.missing != 0 && goal_.unknown) return static_cast<reason>(goal_.missing);
  if (series_.empty()) return reason::no_observation;
  std::vector<dated_amount> points;
  if (accumulates_) points.push_back({target_.start - 1, 0});
  points.insert(points.end(), series_.begin(), series_.end());
  if (points.size() < 2) return reason::too_few_observations;
  std::vector<std::int32_t> gaps;
  for (std::size_t i = 1; i < points.size(); ++i) gaps.push_back(points[i].day - points[i - 1].day);
  std::vector<std::int32_t> sorted = gaps;
  std::sort(sorted.begin(), sorted.end());
  const double period = sorted[sorted.size() / 2];
  // A longer or shorter gap begins the series anew.
  std::size_t first = points.size() - 1;
  while (first > 0 && gaps[first - 1] > period / 2 && gaps[first - 1] < period * 3 / 2) --first;
  projected_series made{.counts = accumulates_,
                        .amounts = {},
                        .periods = (target_.due - points.back().day) / period,
                        .asked = edges_of(goal_, accumulates_ ? points.back().amount : 0)};
  if (made.periods <= 0) return reason::not_applicable;  // nothing is left to be projected
  if (!accumulates_) made.amounts.push_back(points[first].amount);
  for (std::size_t i = first + 1; i < points.size(); ++i) {
    made.amounts.push_back(accumulates_ ? points[i].amount - points[i - 1].amount : points[i].amount);
  }
  const auto is_count = [](double x) { return x >= 0 && x == std::floor(x); };
  if (accumulates_ && !std::all_of(made.amounts.begin(), made.amounts.end(), is_count)) return reason::not_comparable;
  if (made.amounts.size() < (accumulates_ ? 1 : 3)) return reason::too_few_observations;
  return made;
}

ATTAIN_INLINE answer<double> cell_measures::chance() const {
  const answer<projected_series> found = projected();
  if (!found.has_value()) return found.why();
  const auto chance_of = [&](const auto& of) { return detail::chance_within(of, found->asked); };
  return found->counts ? projected_count_of(found->amounts, found->periods).transform(chance_of)
                       : projection_of(found->amounts, found->periods).transform(chance_of);
}

ATTAIN_INLINE double lead_at_goal(const cell_goal& goal, double edge) noexcept {
  const bool is_passed = goal.strict || goal.compare == comparison::above || goal.compare == comparison::below;
  return is_passed ? -(std::max)(detail::tolerance(goal, edge), (std::numeric_limits<double>::min)()) : 0;
}

ATTAIN_INLINE quantity_value cell_measures::grown(quantity what) const {
  const auto given = [](const answer<double>& value, double scale = 1) {
    if (!value.has_value()) return quantity_value{.missing = detail::as_missing(value.why())};
    return quantity_value{.value = *value, .scale = scale};
  };
  const auto refused = [&](reason why) { return given(answer<double>(why)); };
  if ((result_.flags & cell_flag::applicable) == 0) return refused(reason::not_applicable);
  if (!grows_ || target_.judging != judging::once || target_.direction == 0) return refused(reason::not_comparable);
  if (series_.empty()) return refused(reason::no_observation);
  const direction wanted = target_.direction > 0 ? direction::up : direction::down;
  if (what == quantity::mean_change) return given(mean_change(series_, method_.changes, method_.fewest_changes, wanted));
  if (what == quantity::last_change) return given(last_change(series_, wanted));

  const dated_amount& latest = series_.back();
  const bool has_goal = !target_.open_ended && !goal_.unknown;
  if (what != quantity::growth && what != quantity::plain_growth && !has_goal) return refused(reason::not_applicable);
  const double goal = without_zero(goal_.stated);
  if (what == quantity::lead) {
    const double ahead = latest.amount - goal;
    const bool is_there = std::abs(ahead) <= detail::tolerance(goal_, goal);
    return given(is_there ? lead_at_goal(goal_, goal) : static_cast<double>(wanted) * ahead);
  }
  const double years_left = years_between(latest.day, target_.due);
  if (what == quantity::rest_by_due) {
    if (goal_.course == course::hold) {  // no way is left to go, only a state to be kept
      const bool decided = result_.attainment_missing == 0;
      return refused(decided ? reason::not_applicable : static_cast<reason>(result_.attainment_missing));
    }
    const answer<double> change = mean_change(series_, method_.changes, method_.fewest_changes, direction::up);
    if (!change.has_value()) return given(change);
    return given(rest_by_due(latest.amount, *change, goal_.stated, years_left));
  }

  const answer<dated_amount> from = base();
  if (!from.has_value()) return refused(latest.day < target_.start - 1 ? reason::too_few_observations : from.why());
  const double years = years_between(from->day, latest.day);
  const double years_to_goal = years_between(from->day, target_.due);
  switch (what) {
    case quantity::growth: {
      const answer<double> rate = growth(from->amount, latest.amount, years, wanted);
      if (!rate.has_value() || !target_.natural_limit || method_.limit_exponent == 0) return given(rate);
      const answer<double> factor = limit_factor(from->amount, *target_.natural_limit, method_.limit_exponent);
      return factor.has_value() ? given(rate, *factor) : given(factor);
    }
    case quantity::plain_growth:
      return given(plain_growth(from->amount, latest.amount, years, wanted));
    case quantity::growth_ratio:
      return given(growth_ratio(from->amount, latest.amount, years, goal, years_to_goal, wanted));
    case quantity::plain_growth_ratio:
      return given(plain_growth_ratio(from->amount, latest.amount, years, goal, years_to_goal));
    case quantity::change_by_due:
      return given(change_by_due(from->amount, latest.amount, years, goal, years_left));
    default:
      return refused(reason::not_applicable);
  }
}

}  // namespace attain::inline v0
