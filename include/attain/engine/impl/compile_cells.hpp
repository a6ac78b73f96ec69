#pragma once

// Layer 2 of compiling: targets at their places, with the numbers of their goals.

#include <attain/core/hash_index.hpp>
#include <attain/core/unit.hpp>
#include <attain/engine/impl/compile_readings.hpp>
#include <attain/engine/impl/missing.hpp>
#include <attain/engine/judging.hpp>
#include <attain/engine/read.hpp>
#include <attain/judge/expected.hpp>
#include <attain/judge/method.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

/// The row of a target's history that holds (rule T1).
struct terms {
  std::optional<attain::aim> aim;
  std::optional<double> baseline;
  double weight;
  period window;
  std::span<const quota_spec> quotas;
};

inline terms terms_at(const programme_target& target, std::optional<date> known_at) {
  terms present{target.aim, target.baseline, target.weight, target.window, {}};
  if (target.has_quotas) present.quotas = target.spec->quotas;
  if (!target.has_history || !known_at) return present;
  const target_spec& spec = *target.spec;
  if (!spec.recorded || *spec.recorded <= *known_at) return present;
  const target_row* row = &spec.history.front();
  for (const target_row& r : spec.history) {
    if (r.recorded && *r.recorded <= *known_at) row = &r;
  }
  if (row->aim) present.aim = row->aim;
  if (row->baseline) present.baseline = row->baseline;
  if (row->weight) present.weight = *row->weight;
  if (!row->weight && !spec.weight) present.weight = spec.belongs == belonging::none && present.aim ? 1 : 0;
  if (row->window) present.window = *row->window;
  if (row->quotas) present.quotas = *row->quotas;
  return present;
}

/// An aim that is measured from period to period has no goal of its own; its cell keeps the baseline.
inline aim period_aim(aim what) {
  what.change = change_kind::none;
  what.from_previous_period = false;
  return what;
}

inline bool is_plain(const amount& x) noexcept { return x.low == x.high && !x.low_open && !x.high_open; }

/// Whether a reading at the end of its window lacks nothing.
inline bool is_complete(const reading_key& key, const cell_reading& r) noexcept {
  return r.missing == 0 && r.covered >= complete_share && (!key.reaches_due || r.reach >= key.due);
}

/// The amount of a complete reading that is one number.
inline std::optional<double> whole_amount(const reading_key& key, const cell_reading& r) noexcept {
  return is_complete(key, r) && is_plain(r.amount) ? std::optional(r.amount.low) : std::nullopt;
}

/// Whether some amount of an interval would reach the goal.
inline bool may_be_reached(const cell_goal& goal, const amount& x) noexcept {
  switch (goal.compare) {
    case comparison::at_least:
    case comparison::above:
      return x.high_open || reached(goal, x.high);
    case comparison::at_most:
    case comparison::below:
      return x.low_open || reached(goal, x.low);
    case comparison::band:
      break;
  }
  cell_goal floor = goal;
  floor.compare = comparison::at_least;
  return (x.high_open || reached(floor, x.high)) && (x.low_open || !exceeded(goal, x));
}

/// Rule A7a for one period; the share is x/g where the period is known and scalable.
inline void put_outcome(compiled_cells& to, std::size_t at, cell_goal goal, const reading_key& key, const cell_reading& reading) {
  to.outcomes[at] = period_outcome::unknown;
  to.outcome_share[at] = -1;
  if (goal.missing == as_missing(reason::withdrawn) && !goal.unknown) goal.missing = 0;  // what it would have come to
  if (goal.missing != 0 || reading.missing != 0) return;
  const answer<bool> is_reached = reached(goal, reading.amount);
  const bool kept = is_reached.value_or(false);
  const bool too_much = exceeded(goal, reading.amount);
  const bool floor = goal.compare == comparison::at_least || goal.compare == comparison::above;
  const bool known = is_complete(key, reading) || (key.adds_up && (too_much || (kept && floor)));
  if (!known || (!is_reached.has_value() && !too_much)) return;
  to.outcomes[at] = kept                                                ? period_outcome::kept
                    : too_much || !may_be_reached(goal, reading.amount) ? period_outcome::failed
                                                                        : period_outcome::doubtful;
  goal.course = course::hold;
  // Failed for certain although an end is open, it takes the known end (rule A2b).
  const answer<double> end = unfavourable(goal, reading.amount);
  const amount known_end{.low = reading.amount.low, .high = reading.amount.low};
  to.outcome_amount[at] = end.value_or(known_end.low);
  to.outcome_share[at] = attainment_of(goal, end.has_value() ? reading.amount : known_end).value_or(-1);
}

class cell_compiler {
 public:
  cell_compiler(compiled& to, reading_compiler& readings) : to_(to), c_(to.cells), readings_(readings), reader_(to) {}

  /// For at least as many cells as targets.
  void reserve(std::size_t targets) {
    c_.targets.reserve(targets);
    for (auto* column : {&c_.place, &c_.reading, &c_.target_of}) column->reserve(targets);
    c_.goal.reserve(targets);
  }

  void enter(std::uint32_t number, const programme& plan, const place_index& places, std::uint32_t method) {
    number_ = number;
    plan_ = &plan;
    places_ = &places;
    method_ = method;
  }

  void compile_target(std::uint32_t index) {
    const programme_target& target = plan_->targets()[index];
    const terms now = terms_at(target, to_.known_at);
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
    t.withdrawn = target.may_be_withdrawn && is_withdrawn(*target.spec);
    t.open_group = target.open_group;
    t.reading_only = !now.aim;

    const cadence when = cadence_at(target, now);
    const bool declared_hold = when.kind == cadence_kind::throughout;
    t.by_due = when.kind == cadence_kind::by;
    if (when.kind == cadence_kind::every) t.judging = judging::recurring;
    if (declared_hold && target.each_period) t.judging = judging::each_period;

    find_quotas(now);
    find_goals(target, now);
    key_request request{.indicator = target.indicator,
                        .start = t.start,
                        .due = t.due,
                        .top = target.place,
                        .goals = &goals_,
                        .has_quotas = !now.quotas.empty()};
    if (target.has_categories) request.disaggregation = target.spec->disaggregation;
    t.key = readings_.key(request);
    t.curve = curve(target, now);

    // Cells: the target's place, those with quotas, and those in between.
    std::vector<std::uint32_t>& places = cell_places_;
    places.assign(1, target.place);
    if (now.aim) {
      for (const placed_quota& q : quotas_) places.push_back(q.place);
    }
    places_->close_under(target.place, places);
    std::sort(places.begin(), places.end());
    t.first_cell = static_cast<std::uint32_t>(c_.place.size());
    t.cell_count = static_cast<std::uint32_t>(places.size());

    if (now.aim) {
      const bool accumulates = is_accumulator(indicator.kind);
      const bool floor =
          now.aim->kind == aim_kind::at_least || now.aim->kind == aim_kind::about || now.aim->kind == aim_kind::rises;
      t.without_upper_edge = (accumulates && floor) || indicator.kind == indicator_kind::steps;
      t.whole_units = now.aim->kind == aim_kind::at_least && indicator.is_indivisible;
      if (t.judging != judging::once) add_periods(t, request, when, now);
    }
    t.reads_eve = add_goals(t, request, now, places, declared_hold);
    if (now.aim && t.judging != judging::once) add_outcomes(t, now, places, indicator.kind);
    c_.targets.push_back(t);
  }

 private:
  bool is_withdrawn(const target_spec& spec) const {
    return spec.withdrawn && (!spec.withdrawn_on || !to_.known_at || *spec.withdrawn_on <= *to_.known_at);
  }

  cadence cadence_at(const programme_target& target, const terms& now) const {
    const bool declared = !target.has_history || target.spec->cadence.has_value();
    return declared ? target.cadence : plan_->default_cadence(target.indicator, now.aim);
  }

  // By place.
  void find_quotas(const terms& now) {
    quotas_.clear();
    for (const quota_spec& q : now.quotas) quotas_.push_back({plan_->place_index(q.place), &q});
    std::ranges::sort(quotas_, {}, &placed_quota::place);
  }

  const quota_spec* quota_at(std::uint32_t place) const {
    const auto found = std::ranges::lower_bound(quotas_, place, {}, &placed_quota::place);
    return found != quotas_.end() && found->place == place ? found->spec : nullptr;
  }

  // Rule R9: own goals, quotas, and sums of quotas in between.
  void find_goals(const programme_target& target, const terms& now) {
    goals_.clear();
    if (!now.aim) return;
    const bool stated = now.aim->change == change_kind::none && now.aim->kind != aim_kind::between;
    if (quotas_.empty()) {
      if (stated) goals_.emplace_back(target.place, now.aim->goal);
      return;
    }
    std::vector<std::uint32_t> places{target.place};
    for (const placed_quota& q : quotas_) places.push_back(q.place);
    places_->close_under(target.place, places);  // parents before children
    const bool adds_up = plan_->resolved(target.indicator).across == combination::sum;
    std::vector<std::optional<double>> goals(places.size());
    for (std::size_t i = places.size(); i-- > 0;) {
      const quota_spec* quota = quota_at(places[i]);
      if (places[i] == target.place && stated) {
        goals[i] = now.aim->goal;
      } else if (quota != nullptr) {
        goals[i] = quota->goal;
      } else if (!adds_up) {
        goals[i].reset();
      }
      if (!goals[i]) continue;
      goals_.emplace_back(places[i], *goals[i]);
      if (places[i] == target.place) continue;
      const auto above = std::ranges::lower_bound(places, places_->rank[places_->parent[places[i]]], {},
                                                  [&](std::uint32_t p) { return places_->rank[p]; });
      auto& sum = goals[static_cast<std::size_t>(above - places.begin())];
      sum = sum.value_or(0) + *goals[i];
    }
    std::ranges::sort(goals_);
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
    c_.curves.push_back(std::move(made));
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
    c_.curves.push_back(expected_curve::straight(window));
    return straight_.back().curve;
  }

  void add_periods(target_plan& t, key_request request, const cadence& when, const terms& now) {
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
      return readings_.key(q);
    };
    for (const period& p : periods) {
      c_.period_end.push_back(p.last().days());
      period_keys_.push_back(key_of(p));
    }
    t.first_period_key = static_cast<std::uint32_t>(c_.period_keys.size());
    c_.period_keys.insert(c_.period_keys.end(), period_keys_.begin(), period_keys_.end());
    // A running total says nothing about the time before its origin (rule A10).
    const bool looks_back = indicator.kind != indicator_kind::running_total || indicator.counted_from != origin::window;
    if (now.aim->from_previous_period && looks_back && !periods.empty()) {
      t.previous_key = key_of(period_containing(every, periods.front().start - 1));
    }
  }

  // True if a baseline was looked for on the eve.
  bool add_goals(const target_plan& t, const key_request& request, const terms& now, const std::vector<std::uint32_t>& places,
                 bool declared_hold) {
    const indicator_kind kind = plan_->resolved(request.indicator).kind;
    bool finds_baseline = now.aim.has_value();
    for (const std::uint32_t m : plan_->members(request.indicator)) {
      finds_baseline = finds_baseline && plan_->resolved(m).kind == indicator_kind::level;
    }
    const auto declared_at = [&](std::uint32_t place) -> std::optional<double> {
      if (const quota_spec* quota = quota_at(place); quota != nullptr && quota->baseline) return quota->baseline;
      return place == request.top ? now.baseline : std::nullopt;
    };
    bool reads_eve = false;
    for (const std::uint32_t p : places) reads_eve = reads_eve || !declared_at(p);
    reads_eve = reads_eve && finds_baseline;
    if (reads_eve) reader_.read(t.key, t.start - 1);

    for (const std::uint32_t p : places) {
      const std::uint32_t cell = readings_.cell_at(t.key, p);
      goal_context context{.kind = kind, .declared_hold = declared_hold, .baseline = declared_at(p)};
      if (!context.baseline && reads_eve) {
        const cell_reading eve = reader_.at(cell);
        const bool enough = eve.missing == 0 && eve.covered >= t.minimum_coverage - 1e-9;
        if (enough && is_plain(eve.amount)) context.baseline = eve.amount.low;
      }
      cell_goal goal;
      if (now.aim) {
        const double* own = goal_at(goals_, p);
        if (p == request.top) {
          goal = goal_of(now.aim->from_previous_period ? period_aim(*now.aim) : *now.aim, context);
        } else if (own != nullptr) {
          goal = goal_of(*now.aim, context, *own);
        } else {
          goal.missing = as_missing(reason::not_applicable);
        }
      } else {
        goal.missing = as_missing(reason::not_applicable);
      }
      if (t.withdrawn && goal.missing != as_missing(reason::not_applicable)) goal.missing = as_missing(reason::withdrawn);
      c_.place.push_back(p);
      c_.target_of.push_back(static_cast<std::uint32_t>(c_.targets.size()));
      c_.reading.push_back(cell);
      c_.goal.push_back(goal);
    }
    return reads_eve;
  }

  // Rules A2, A7: what each closed period came to. It does not change with the as-of day.
  void add_outcomes(target_plan& t, const terms& now, const std::vector<std::uint32_t>& places, indicator_kind kind) {
    t.first_outcome = c_.outcomes.size();
    c_.outcomes.resize(c_.outcomes.size() + places.size() * t.period_count, period_outcome::unknown);
    c_.outcome_amount.resize(c_.outcomes.size(), 0);
    c_.outcome_share.resize(c_.outcomes.size(), -1);
    std::vector<cell_reading> previous(places.size(), cell_reading{.missing = as_missing(reason::no_observation)});
    const auto read_at = [&](std::uint32_t key, std::int32_t day, std::vector<cell_reading>& to) {
      reader_.read(key, day);
      for (std::size_t i = 0; i < places.size(); ++i) {
        const std::uint32_t cell = readings_.cell_at(key, places[i]);
        to[i] = cell == none ? cell_reading{.missing = as_missing(reason::no_observation)} : reader_.at(cell);
      }
    };
    if (t.previous_key != none) read_at(t.previous_key, to_.readings.keys[t.previous_key].due, previous);
    std::uint32_t previous_key = t.previous_key;
    std::vector<cell_reading> current(places.size());
    for (std::uint32_t i = 0; i < t.period_count; ++i) {
      const std::uint32_t key = c_.period_keys[t.first_period_key + i];
      read_at(key, c_.period_end[t.first_period + i], current);
      for (std::size_t p = 0; p < places.size(); ++p) {
        cell_goal goal = c_.goal[t.first_cell + p];
        if (now.aim->from_previous_period) {
          goal_context context{.kind = kind};
          if (previous_key != none) context.baseline = whole_amount(to_.readings.keys[previous_key], previous[p]);
          goal = goal_of(*now.aim, context);
        }
        const std::size_t at = t.first_outcome + p * t.period_count + i;
        put_outcome(c_, at, goal, to_.readings.keys[key], current[p]);
      }
      std::swap(previous, current);
      previous_key = key;
    }
  }

  compiled& to_;
  compiled_cells& c_;
  reading_compiler& readings_;
  reader reader_;
  std::uint32_t number_ = 0;
  const programme* plan_ = nullptr;
  const place_index* places_ = nullptr;
  std::uint32_t method_ = 0;
  struct known_curve {
    period window;
    std::uint32_t curve = 0;
  };
  std::vector<known_curve> straight_;
  hash_index by_window_;

  struct placed_quota {
    std::uint32_t place = 0;
    const quota_spec* spec = nullptr;
  };
  std::vector<placed_quota> quotas_;
  place_goals goals_;
  std::vector<std::uint32_t> cell_places_;
  std::vector<std::uint32_t> period_keys_;
};

}  // namespace attain::inline v0::detail
