#pragma once

// Layer 2 of compiling: targets at their places, with the numbers of their goals.

#include <attain/core/hash_index.hpp>
#include <attain/engine/impl/cell_goals.hpp>
#include <attain/engine/impl/compile_keys.hpp>
#include <attain/judge/expected.hpp>
#include <attain/judge/method.hpp>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

/// Which way an aim wants its amount to go, 0 for a band.
inline std::int8_t direction_of(aim_kind kind) noexcept {
  if (kind == aim_kind::at_least || kind == aim_kind::rises) return 1;
  return kind == aim_kind::at_most || kind == aim_kind::falls ? -1 : 0;
}

class cell_compiler {
 public:
  cell_compiler(compiled_plan& to, key_compiler& keys, std::optional<date> known_at)
      : to_(to), c_(to.cells), keys_(keys), known_at_(known_at) {}

  /// For at least as many cells as targets.
  void reserve(std::size_t targets) {
    c_.targets.edit().reserve(targets);
    for (auto* column : {&c_.place, &c_.target_of}) column->edit().reserve(targets);
    c_.goal.edit().reserve(targets);
  }

  void enter(std::uint32_t number, const programme& plan, const place_index& places, std::uint32_t method) {
    number_ = number;
    plan_ = &plan;
    places_ = &places;
    method_ = method;
    goals_.enter(plan, places);
  }

  void compile_target(std::uint32_t index) {
    const programme_target& target = plan_->targets()[index];
    const terms now = terms_at(target, known_at_);
    const programme_indicator& indicator = plan_->resolved(target.indicator);
    const defaults_spec& defaults = plan_->spec().defaults;

    target_plan t;
    t.programme = number_;
    t.target = index;
    t.method = method_;
    t.start = now.window.start.days();
    t.due = now.window.last().days();
    t.minimum_coverage = defaults.minimum_coverage_of_reading;
    t.score_cap = defaults.score_cap;
    t.too_early_below = defaults.too_early_below;
    t.allowed_failed = target.allowed_failed_periods;
    t.withdrawn = target.may_be_withdrawn && is_withdrawn(*target.spec, known_at_);
    t.open_group = target.open_group;
    t.reading_only = !now.aim;
    if (target.belongs_to != none && target.spec->belongs == belonging::input &&
        is_money(plan_->indicators()[target.indicator].unit)) {
      t.cost_of = static_cast<std::uint32_t>(c_.targets.size()) - index + target.belongs_to;
    }

    const cadence when = cadence_at(*plan_, target, now);
    const bool declared_hold = when.kind == cadence_kind::throughout;
    t.by_due = when.kind == cadence_kind::by;
    if (when.kind == cadence_kind::every) t.judging = judging::recurring;
    if (declared_hold && target.each_period) t.judging = judging::each_period;

    goals_.find(target, now, declared_hold, t.withdrawn);
    const key_request request{.indicator = target.indicator,
                              .start = t.start,
                              .due = t.due,
                              .top = target.place,
                              .target = target.has_categories ? index : none,
                              .goals = goals_.all(),
                              .has_quotas = !now.quotas.empty()};
    t.key = keys_.key(request);
    t.curve = curve(target, now);
    if (now.aim) {
      const bool accumulates = is_accumulator(indicator.kind);
      const bool floor =
          now.aim->kind == aim_kind::at_least || now.aim->kind == aim_kind::about || now.aim->kind == aim_kind::rises;
      t.without_upper_edge = (accumulates && floor) || indicator.kind == indicator_kind::steps;
      t.whole_units = now.aim->kind == aim_kind::at_least && indicator.is_indivisible;
      t.open_ended = now.aim->kind == aim_kind::rises || now.aim->kind == aim_kind::falls;
      t.direction = direction_of(now.aim->kind);
      t.is_share = indicator.is_share;
      t.natural_limit = indicator.natural_limit;
      if (t.judging != judging::once) add_periods(t, request, when, now);
    }
    add_cells(t, target, now);

    const auto number = static_cast<std::uint32_t>(c_.targets.size());
    if (t.reads_eve) to_.eve_targets.push_back(number);
    if (t.period_count != 0) {
      t.first_outcome = outcomes_;
      outcomes_ += std::uint64_t{t.cell_count} * t.period_count;
      to_.period_targets.push_back(number);
    }
    c_.targets.edit().push_back(t);
  }

 private:
  // The target's place, those with quotas, and those in between.
  void add_cells(target_plan& t, const programme_target& target, const terms& now) {
    places_of_target_.assign(1, target.place);
    if (now.aim) goals_.append_quota_places(places_of_target_);
    places_->close_under(target.place, places_of_target_);
    std::sort(places_of_target_.begin(), places_of_target_.end());
    t.first_cell = static_cast<std::uint32_t>(c_.place.size());
    t.cell_count = static_cast<std::uint32_t>(places_of_target_.size());

    bool finds_baseline = now.aim.has_value();
    for (const std::uint32_t m : plan_->members(target.indicator)) {
      finds_baseline = finds_baseline && plan_->resolved(m).kind == indicator_kind::level;
    }
    const auto number = static_cast<std::uint32_t>(c_.targets.size());
    for (const std::uint32_t place : places_of_target_) {
      if (finds_baseline && !goals_.declared_baseline(place)) t.reads_eve = true;
      c_.place.edit().push_back(place);
      c_.target_of.edit().push_back(number);
      c_.goal.edit().push_back(goals_.at(place, std::nullopt));
    }
  }

  std::uint32_t curve(const programme_target& target, const terms& now) {
    const indicator_kind kind = plan_->resolved(target.indicator).kind;
    const bool is_step = kind == indicator_kind::rating || target.standard;
    if (target.straight_by_default && !is_step && kind != indicator_kind::steps) return straight(now.window);
    trajectory shape = target.spec->trajectory;
    expected_curve made;
    if (shape.kind == trajectory_kind::by_default && kind == indicator_kind::steps) {
      std::vector<expected_curve::point> rises;
      for (const step_spec& s : plan_->indicators()[target.indicator].steps) {
        rises.push_back({static_cast<double>((s.due ? *s.due : now.window.last()).days()), s.weight});
      }
      made = expected_curve::steps(now.window, rises);
    } else {
      if (shape.kind == trajectory_kind::by_default && is_step) shape.kind = trajectory_kind::step;
      const double baseline = is_accumulator(kind) ? 0 : now.baseline.value_or(0);
      for (checkpoint& c : shape.checkpoints) {
        if (!c.is_amount) continue;
        c.share = now.aim ? (c.share - baseline) / (now.aim->goal - baseline) : 0;
        c.is_amount = false;
      }
      made = expected_curve::of(shape, now.window);
    }
    c_.curves.edit().push_back(std::move(made));
    return static_cast<std::uint32_t>(c_.curves.size() - 1);
  }

  // Most targets rise straight over one of a few windows.
  std::uint32_t straight(const period& window) {
    const auto hash_of = [](const period& p) {
      return mix(static_cast<std::uint32_t>(p.start.days()), static_cast<std::uint32_t>(p.end.days()));
    };
    const auto count = static_cast<std::uint32_t>(straight_.size());
    by_window_.reserve(count + std::size_t{1}, count, [&](std::uint32_t i) { return hash_of(straight_[i].window); });
    const std::uint32_t found =
        by_window_.find_or_insert(hash_of(window), count, [&](std::uint32_t i) { return straight_[i].window == window; });
    if (found != count) return straight_[found].curve;
    straight_.push_back({window, static_cast<std::uint32_t>(c_.curves.size())});
    c_.curves.edit().push_back(expected_curve::straight(window));
    return straight_.back().curve;
  }

  void add_periods(target_plan& t, const key_request& request, const cadence& when, const terms& now) {
    const indicator_spec& indicator = plan_->indicators()[request.indicator];
    frequency every = when.every;
    if (t.judging == judging::each_period) {
      if (indicator.period) every = *indicator.period;
      for (const std::uint32_t m : plan_->members(request.indicator)) {
        if (!indicator.period && plan_->indicators()[m].period) every = *plan_->indicators()[m].period;
      }
    }
    const auto periods = whole_periods(every, now.window);
    t.first_period = static_cast<std::uint32_t>(c_.period_end.size());
    t.period_count = static_cast<std::uint32_t>(periods.size());
    period_keys_.clear();
    const auto key_of = [&](const period& p) {
      key_request q = request;
      q.start = p.start.days();
      q.due = p.last().days();
      q.inside_only = true;
      q.continues = q.start != request.start;
      return keys_.key(q);
    };
    for (const period& p : periods) {
      c_.period_end.edit().push_back(p.last().days());
      period_keys_.push_back(key_of(p));
    }
    t.first_period_key = static_cast<std::uint32_t>(c_.period_keys.size());
    auto& keys = c_.period_keys.edit();
    keys.insert(keys.end(), period_keys_.begin(), period_keys_.end());
    // A running total says nothing about the time before its origin (rule A10).
    const bool looks_back = indicator.kind != indicator_kind::running_total || indicator.counted_from != origin::window;
    const bool has_previous = !periods.empty() && periods.front().start.days() > first_day;  // no day precedes the calendar
    if (now.aim->from_previous_period && looks_back && has_previous) {
      t.previous_key = key_of(period_containing(every, periods.front().start - 1));
    }
  }

  compiled_plan& to_;
  compiled_cells& c_;
  key_compiler& keys_;
  std::optional<date> known_at_;
  std::uint32_t number_ = 0;
  const programme* plan_ = nullptr;
  const place_index* places_ = nullptr;
  std::uint32_t method_ = 0;
  cell_goals goals_;
  struct known_curve {
    period window;
    std::uint32_t curve = 0;
  };
  std::vector<known_curve> straight_;
  hash_index by_window_;
  std::uint64_t outcomes_ = 0;
  std::vector<std::uint32_t> places_of_target_;
  std::vector<std::uint32_t> period_keys_;
};

}  // namespace attain::inline v0::detail
