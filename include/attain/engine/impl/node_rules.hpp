#pragma once

// The status of a node (section S, nodes), and what its rules do to its score and its status (rule U12).

#include <attain/core/missing.hpp>
#include <attain/engine/roll_up.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

// What the bands of a node cut.
inline quantity_value measure_of(const node_result& r, quantity what, const quantity_value& cost) noexcept {
  if (what == quantity::cpi) return cost;
  if (what == quantity::score) {
    return r.scored ? quantity_value{.value = r.method_score} : quantity_value{.missing = as_missing(reason::incomplete)};
  }
  if (r.attainment_missing != 0) return {.missing = r.attainment_missing};
  if (what == quantity::gap) return {.value = r.attainment - r.expected};
  if (what == quantity::attainment) return {.value = r.attainment};
  if (r.expected > 0) return {.value = r.attainment / r.expected};
  return {.missing = as_missing(reason::too_early)};
}

// A failing child caps a project, an unmet hold any node.
inline void apply_ceiling(const node_plan& plan, const method_spec& method, std::int32_t failing_children,
                          node_result& r) noexcept {
  const bool ceiling = (plan.is_project && failing_children > 0) || r.leaves.unmet_holds > 0;
  if (!ceiling || !method.ceiling || r.state == no_state) return;
  if (method.states[r.state].role >= method.states[*method.ceiling].role) return;
  r.state = static_cast<std::uint8_t>(*method.ceiling);
  r.capped = true;
}

// Section S, nodes.
inline void judge_node(const compiled& from, const node_plan& plan, std::int32_t failing_children, std::int32_t as_of,
                       node_result& r, const used_method* by, const quantity_value& cost) noexcept {
  const used_method& judge = from.method(plan.method, by);
  const method_spec& method = judge.spec;
  const auto state_of = [&](role means) {
    for (std::size_t s = 0; s < method.states.size(); ++s) {
      if (method.states[s].role == means) return static_cast<std::uint8_t>(s);
    }
    return no_state;
  };
  const auto refuse = [&](reason why) {
    r.state = no_state;
    r.state_missing = as_missing(why);
  };
  // By one band list, or the worse of two.
  const auto cut_bands = [&] {
    const auto cut = [&](std::size_t list) {
      return judge.rules.cut(method, list, measure_of(r, method.band_lists[list].quantity, cost));
    };
    verdict decided = cut(method.node_bands);
    if (judge.costs && *judge.costs != method.node_bands && decided.state != no_state) {
      const verdict other = cut(*judge.costs);
      if (other.state == no_state || method.states[other.state].role > method.states[decided.state].role) decided = other;
    }
    r.state = decided.state;
    if (r.state == no_state) r.state_missing = decided.missing;
  };
  const leaf_counts& n = r.leaves;
  if (n.all == 0) return refuse(n.why_none());
  if (!method.deadlines) {
    if (method.all_met && n.judged > 0 && n.met == n.judged) {
      r.state = static_cast<std::uint8_t>(*method.all_met);
    } else {
      cut_bands();
    }
    return apply_ceiling(plan, method, failing_children, r);
  }
  if (n.not_due == n.all) {
    r.state = state_of(role::not_due);
    return;
  }
  if (r.coverage < plan.minimum_coverage - 1e-9) return refuse(reason::incomplete);
  if (n.met == n.all) {
    r.state = state_of(role::met);
    return;
  }
  if (plan.declared_due ? as_of >= *plan.declared_due : n.running == 0) {
    if (n.missed == 0) return refuse(reason::incomplete);
    r.state = state_of(role::missed);
    return;
  }
  if (r.attainment_missing == 0) {
    cut_bands();
  } else {
    r.state = n.unmet_holds == 0 || !method.ceiling ? state_of(role::on_track) : static_cast<std::uint8_t>(*method.ceiling);
  }
  apply_ceiling(plan, method, failing_children, r);
}

// A state that means this, else the next worse one that the method has, else its worst: of several the last (rule U12d).
inline std::uint8_t state_at_or_below(const method_spec& method, role means) noexcept {
  for (auto r = static_cast<int>(means); r <= static_cast<int>(role::missed); ++r) {
    for (std::size_t s = 0; s < method.states.size(); ++s) {
      if (method.states[s].role == static_cast<role>(r)) return static_cast<std::uint8_t>(s);
    }
  }
  std::uint8_t worst = no_state;
  for (std::size_t s = 0; s < method.states.size(); ++s) {
    const role r = method.states[s].role;
    if (r != role::not_due && (worst == no_state || r >= method.states[worst].role)) worst = static_cast<std::uint8_t>(s);
  }
  return worst;
}

class node_rules {
 public:
  node_rules(const compiled& from, std::uint32_t node_cell, const cell_columns& cells, const used_method* by)
      : from_(from), plan_(from.nodes.plans[from.nodes.plan[node_cell]]), method_(from.method(plan_.method, by).spec), cells_(cells) {
    if (plan_.rule_count > 0) {
      watched_ = std::span(from.nodes.watched).subspan(from.nodes.watch_begin[node_cell], plan_.watch_count);
    }
  }

  const node_rule& rule(std::uint32_t number) const noexcept { return from_.nodes.rules[plan_.first_rule + number]; }
  std::uint32_t count() const noexcept { return plan_.rule_count; }

  // One bit a rule.
  std::uint32_t fired() const noexcept {
    std::uint32_t bits = 0;
    for (std::uint32_t i = 0; i < count(); ++i) {
      const node_rule& r = rule(i);
      int holds = 0;
      for (const std::uint32_t cell : targets_of(r)) holds += is_as_asked(r.spec, cell) ? 1 : 0;
      if (holds >= r.spec.count) bits |= 1u << i;
    }
    return bits;
  }

  // The score after a rule that fired.
  double score_after(const node_rule& r, double score) const noexcept {
    switch (r.spec.effect) {
      case rule_effect::veto: return r.spec.score.value_or(0);
      case rule_effect::ceiling: return (std::min)(score, *r.spec.score);
      case rule_effect::deduction: return (std::max)(score - size_of(r), (std::min)(score, r.spec.score.value_or(0)));
      case rule_effect::bonus: {
        const double more = score + size_of(r);
        return r.spec.score ? (std::min)(more, (std::max)(score, *r.spec.score)) : more;
      }
      case rule_effect::grade_ceiling:
      case rule_effect::fail:
      case rule_effect::worst_status: break;
    }
    return score;
  }

  // The state after a rule that fired; a missing one is decided by vetoes and failures only.
  std::uint8_t state_after(const node_rule& r, std::uint8_t state) const noexcept {
    if (r.spec.effect == rule_effect::worst_status) {
      const std::uint8_t worst = worst_of(r);
      return worst == no_state ? state : worst;
    }
    if (r.spec.effect == rule_effect::veto || r.spec.effect == rule_effect::fail) {
      return state_at_or_below(method_, role::missed);
    }
    if (r.spec.effect != rule_effect::grade_ceiling || state == no_state) return state;
    const role means = method_.states[state].role;
    if (means == role::not_due || means >= r.grade) return state;
    return state_at_or_below(method_, r.grade);
  }

  // What a deduction takes or a bonus gives.
  double size_of(const node_rule& r) const noexcept {
    double size = r.spec.points.value_or(0);
    if (r.spec.per_unit) {
      double units = 0;
      for (const std::uint32_t cell : targets_of(r)) units += units_of(r, cell);
      size = *r.spec.per_unit * units;
    }
    return r.spec.most ? (std::min)(size, *r.spec.most) : size;
  }

  // The units that a rule per unit counts, of each of its targets.
  std::vector<double> units_of(const node_rule& r) const {
    std::vector<double> units;
    for (const std::uint32_t cell : targets_of(r)) units.push_back(units_of(r, cell));
    return units;
  }

 private:
  // Of states that mean the same the later one of the method.
  std::uint8_t worst_of(const node_rule& r) const noexcept {
    std::uint8_t worst = no_state;
    for (const std::uint32_t cell : targets_of(r)) {
      if (!is_as_asked(r.spec, cell) || cells_.state[cell] == no_state) continue;
      const std::uint8_t state = cells_.state[cell];
      const auto rank = [&](std::uint8_t s) { return std::pair(method_.states[s].role, s); };
      if (worst == no_state || rank(state) > rank(worst)) worst = state;
    }
    return worst;
  }

  std::span<const std::uint32_t> targets_of(const node_rule& r) const noexcept { return watched_.subspan(r.first, r.count); }

  bool is_as_asked(const rule_spec& asked, std::uint32_t cell) const noexcept {
    if (cell == none) return false;
    const std::uint16_t flags = cells_.flags[cell];
    const std::uint8_t state = cells_.state[cell];
    switch (asked.when) {
      case rule_condition::missed: return (flags & cell_flag::missed) != 0;
      case rule_condition::failing: return (flags & cell_flag::failing) != 0;
      case rule_condition::met: return (flags & cell_flag::met) != 0;
      case rule_condition::unmet: return state != no_state && (flags & (cell_flag::met | cell_flag::not_due)) == 0;
      case rule_condition::judged: return state != no_state && (flags & cell_flag::not_due) == 0;
      case rule_condition::below: break;
    }
    constexpr std::uint16_t scored = cell_flag::has_score | cell_flag::answered;
    return (flags & scored) == scored && cells_.score[cell] < asked.below - 1e-9;
  }

  double units_of(const node_rule& r, std::uint32_t cell) const noexcept {
    return is_as_asked(r.spec, cell) ? distance_of(cell, r.spec.effect == rule_effect::bonus) : 0;
  }

  // Units short of the goal, or beyond it.
  double distance_of(std::uint32_t cell, bool beyond) const noexcept {
    const cell_goal& goal = from_.cells.goal[cell];
    if (cells_.reading_missing[cell] != 0 || goal.missing != 0) return 0;
    const double ahead =
        goal.compare == comparison::at_most || goal.compare == comparison::below ? goal.goal - cells_.reading[cell]
                                                                                 : cells_.reading[cell] - goal.goal;
    return (std::max)(beyond ? ahead : -ahead, 0.0);
  }

  const compiled& from_;
  const node_plan& plan_;
  const method_spec& method_;
  const cell_columns& cells_;
  std::span<const std::uint32_t> watched_{};
};

}  // namespace attain::inline v0::detail
