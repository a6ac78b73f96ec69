#pragma once

// What a ledger says of targets apart from their readings: baselines on the eve, and what closed periods came to.

#include <attain/core/missing.hpp>
#include <attain/engine/compiled.hpp>
#include <attain/engine/impl/cell_goals.hpp>
#include <attain/engine/judging.hpp>
#include <attain/engine/read.hpp>
#include <attain/model/portfolio.hpp>

#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

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

// A partly covered or doubtful reading is no baseline (rule B1b).
inline std::optional<double> baseline_on_eve(const target_plan& t, const cell_reading& eve) noexcept {
  const bool enough = eve.missing == 0 && eve.covered >= t.minimum_coverage - 1e-9;
  return enough && is_plain(eve.amount) ? std::optional(eve.amount.low) : std::nullopt;
}

class outcome_compiler {
 public:
  outcome_compiler(compiled& to, const portfolio& plan) : to_(to), c_(to.cells), plan_(plan), reader_(to) {}

  void find_baselines() {
    cell_goals goals;
    for (const std::uint32_t number : to_.plan->eve_targets) {
      const target_plan& t = c_.targets[number];
      const programme& p = enter(t.programme);
      goals.enter(p, *places_);
      const programme_target& target = p.targets()[t.target];
      const terms now = terms_at(target, to_.known_at);
      goals.find(target, now, cadence_at(p, target, now).kind == cadence_kind::throughout, t.withdrawn);
      reader_.read(t.key, t.start - 1);
      auto& goal = c_.goal.edit();
      for (std::uint32_t c = t.first_cell; c < t.first_cell + t.cell_count; ++c) {
        goal[c] = goals.at(c_.place[c], baseline_on_eve(t, reader_.at(c_.reading[c])));
      }
    }
  }

  /// Rules A2, A7. It does not change with the as-of day.
  void find_outcomes() {
    std::uint64_t outcomes = 0;
    for (const std::uint32_t number : to_.plan->period_targets) {
      const target_plan& t = c_.targets[number];
      outcomes += std::uint64_t{t.cell_count} * t.period_count;
    }
    c_.outcomes.assign(outcomes, period_outcome::unknown);
    c_.outcome_amount.assign(outcomes, 0);
    c_.outcome_share.assign(outcomes, -1);
    for (const std::uint32_t number : to_.plan->period_targets) find_outcomes_of(c_.targets[number]);
  }

 private:
  const programme& enter(std::uint32_t number) {
    const programme& p = plan_.programmes()[number];
    if (entered_ != number) places_.emplace(p);
    entered_ = number;
    return p;
  }

  void find_outcomes_of(const target_plan& t) {
    const programme& p = enter(t.programme);
    const programme_target& target = p.targets()[t.target];
    const indicator_kind kind = p.resolved(target.indicator).kind;
    const terms now = terms_at(target, to_.known_at);
    previous_.assign(t.cell_count, cell_reading{.missing = as_missing(reason::no_observation)});
    current_.resize(t.cell_count);
    if (t.previous_key != none) read(t, t.previous_key, to_.readings.keys[t.previous_key].due, previous_);
    std::uint32_t previous_key = t.previous_key;
    for (std::uint32_t i = 0; i < t.period_count; ++i) {
      const std::uint32_t key = c_.period_keys[t.first_period_key + i];
      read(t, key, c_.period_end[t.first_period + i], current_);
      for (std::size_t cell = 0; cell < t.cell_count; ++cell) {
        cell_goal goal = c_.goal[t.first_cell + cell];
        if (now.aim->from_previous_period) {
          goal_context context{.kind = kind};
          if (previous_key != none) context.baseline = whole_amount(to_.readings.keys[previous_key], previous_[cell]);
          goal = goal_of(*now.aim, context);
        }
        put_outcome(c_, t.first_outcome + cell * t.period_count + i, goal, to_.readings.keys[key], current_[cell]);
      }
      std::swap(previous_, current_);
      previous_key = key;
    }
  }

  void read(const target_plan& t, std::uint32_t key, std::int32_t day, std::vector<cell_reading>& to) {
    reader_.read(key, day);
    const reading_key& k = to_.readings.keys[key];
    const auto here = std::span(to_.readings.place).subspan(k.first_cell, k.cell_count);
    for (std::uint32_t i = 0; i < t.cell_count; ++i) {
      const std::uint32_t at = places_->position(here, c_.place[t.first_cell + i]);
      to[i] = at == none ? cell_reading{.missing = as_missing(reason::no_observation)} : reader_.at(k.first_cell + at);
    }
  }

  compiled& to_;
  compiled_cells& c_;
  const portfolio& plan_;
  reader reader_;
  std::uint32_t entered_ = none;
  std::optional<place_index> places_;  ///< of the programme at hand
  std::vector<cell_reading> previous_;
  std::vector<cell_reading> current_;
};

}  // namespace attain::inline v0::detail
