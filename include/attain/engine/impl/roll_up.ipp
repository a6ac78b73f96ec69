#pragma once

#include <attain/core/in_threads.hpp>
#include <attain/core/missing.hpp>
#include <attain/engine/impl/alike_nodes.hpp>
#include <attain/engine/impl/node_adder.hpp>
#include <attain/engine/impl/node_costs.hpp>
#include <attain/engine/impl/node_rules.hpp>
#include <attain/engine/roll_up.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace attain::inline v0 {
namespace detail {

// Smaller scores count as the floor (rule U10).
inline void raise(contribution& c, double floor) noexcept {
  for (double* score : {&c.attainment, &c.expected, &c.lower, &c.upper}) *score = (std::max)(*score, floor);
}

}  // namespace detail

ATTAIN_INLINE contribution contribution_of(const compiled& from, std::uint32_t cell, const judged_leaf& r,
                                           const node_plan& above) noexcept {
  contribution c;
  const bool applicable = (r.flags & cell_flag::applicable) != 0;
  c.weight = from.cells.weight[cell];
  if (c.weight <= 0) return {};
  if (!applicable) {
    const bool withdrawn = r.state_missing == detail::as_missing(reason::withdrawn);
    ++(withdrawn ? c.leaves.withdrawn : c.leaves.not_applicable);
    return c;
  }
  c.applicable = 1;
  c.scored = (r.flags & cell_flag::scored) != 0;
  c.method_score = r.method_score;
  c.leaves.judged = r.state != no_state && (r.flags & cell_flag::not_due) == 0 ? 1 : 0;
  const bool holds = (r.flags & cell_flag::hold_stream) != 0;
  const bool answered = (r.flags & cell_flag::answered) != 0;
  c.leaves.all = 1;
  c.leaves.progress = holds ? 0 : 1;
  c.leaves.running = (r.facts & static_cast<std::uint16_t>(fact::due)) != 0 ? 0 : 1;
  if ((r.flags & cell_flag::not_due) != 0) {
    c.leaves.not_due = 1;
    if (above.count_not_due && !holds) {  // rule U5: as zero
      c.in_mean = c.in_bounds = true;
      c.answered = c.due = 1;
      if (above.aggregate.floor) detail::raise(c, *above.aggregate.floor);
    }
    return c;
  }
  c.due = 1;
  c.answered = answered ? r.score_covered : 0;
  c.failing = (r.flags & cell_flag::failing) != 0;
  c.leaves.met = (r.flags & cell_flag::met) != 0 ? 1 : 0;
  c.leaves.missed = (r.flags & cell_flag::missed) != 0 ? 1 : 0;
  if (holds) {
    const bool held = (r.flags & cell_flag::reached) != 0;
    c.holds = answered ? 1 : 0;
    c.held = answered && held ? 1 : 0;
    c.leaves.unmet_holds = answered && !held ? 1 : 0;
    return c;
  }
  c.in_mean = answered || (above.count_missing && r.expected_missing == 0);  // rule U9: as zero
  c.attainment = answered ? r.score : 0;
  c.expected = r.expected;
  c.in_bounds = true;
  const double known = answered ? r.score * r.score_covered : 0;
  c.lower = known;
  c.upper = known + (answered ? 1 - r.score_covered : 1);
  if (above.aggregate.floor) detail::raise(c, *above.aggregate.floor);
  return c;
}

ATTAIN_INLINE contribution contribution_of(const compiled& from, std::uint32_t node_cell, const node_result& r,
                                           const node_plan& above, const used_method* by) noexcept {
  contribution c;
  c.weight = from.nodes.weight[node_cell];
  if (c.weight <= 0) return {};
  c.in_mean = r.attainment_missing == 0;
  c.attainment = r.attainment;
  c.expected = r.expected;
  c.answered = r.answered;
  c.due = r.due;
  c.applicable = r.applicable;
  c.holds = r.holds;
  c.held = r.held;
  c.in_bounds = r.bounds_missing == 0;
  c.lower = r.lower;
  c.upper = r.upper;
  c.leaves = r.leaves;
  c.scored = r.scored;
  c.method_score = r.method_score;
  c.failing = detail::has_flag(from, node_cell, r, by, cell_flag::failing);
  const bool is_not_due = detail::has_flag(from, node_cell, r, by, cell_flag::not_due);
  if (is_not_due && above.count_not_due && r.leaves.progress > 0) {  // rule U5: as zero
    c.answered = c.due = r.applicable;
    c.in_mean = c.in_bounds = true;
  }
  if (above.aggregate.floor) detail::raise(c, *above.aggregate.floor);
  return c;
}

ATTAIN_INLINE contribution detail::static_contribution(const compiled& from, const child_ref& child, const cell_columns& cells,
                                                       std::span<const node_result> nodes, const node_plan& above,
                                                       const used_method* by) noexcept {
  return child.is_cell ? contribution_of(from, child.index, cells.leaf(child.index), above)
                       : contribution_of(from, child.index, nodes[child.index], above, by);
}

ATTAIN_INLINE void settle(const compiled& from, std::uint32_t node_cell, const cell_columns& cells, std::int32_t failing_children,
                          std::int32_t as_of, node_result& r, const used_method* by, const detail::node_costs* costs) noexcept {
  const node_plan& plan = from.nodes.plans[from.nodes.plan[node_cell]];
  const quantity_value cost =
      costs != nullptr ? costs->index(node_cell) : quantity_value{.missing = detail::as_missing(reason::not_applicable)};
  if (plan.rule_count == 0) return detail::judge_node(from, plan, failing_children, as_of, r, by, cost);
  const detail::node_rules rules(from, node_cell, cells, by);
  r.before_rules = r.attainment;
  r.fired = r.leaves.all > 0 ? rules.fired() : 0;  // U12d
  const auto each_fired = [&](auto apply) {
    for (std::uint32_t i = 0; i < rules.count(); ++i) {
      if ((r.fired >> i & 1u) != 0) apply(rules.rule(i));
    }
  };
  if (r.attainment_missing == 0) each_fired([&](const node_rule& rule) { r.attainment = rules.score_after(rule, r.attainment); });
  detail::judge_node(from, plan, failing_children, as_of, r, by, cost);
  each_fired([&](const node_rule& rule) { r.state = rules.state_after(rule, r.state); });
  if (r.state != no_state) r.state_missing = 0;
}

ATTAIN_INLINE void roll_up(const compiled& from, const cell_columns& cells, std::int32_t as_of, node_results& nodes,
                           data_weights& weights, const used_method* by, const rolled_up& like, int threads) {
  const compiled_nodes& n = from.nodes;
  const std::size_t known = nodes.size();  // of nodes that stand as they are, and of some that are worked out anew
  nodes.resize(n.plan.size());
  const auto has_data_weights = [](const node_plan& plan) { return plan.has_data_weights(); };
  const bool finds_weights = std::any_of(n.plans.begin(), n.plans.end(), has_data_weights);
  if (finds_weights) {
    weights.of_child.assign(n.children.size(), 0);
    weights.missing.assign(n.plan.size(), 0);
  }
  std::vector<std::uint8_t> same(like.cells == nullptr ? 0 : n.plan.size(), 0);  // as in `like`
  const bool counts_only = !like.children.empty() && cells.method_score.empty() &&
                           cells.score.data() == like.cells->score.data() &&
                           cells.score_covered.data() == like.cells->score_covered.data();
  std::optional<detail::node_costs> costs;
  if (detail::asks_for_costs(from, by)) costs.emplace(from, cells);
  std::vector<std::int32_t> failing;
  const bool calls_user = !from.custom->aggregators.empty();  // which are called for all nodes of a level, before they are settled
  for (std::size_t level = n.level_begin.size() - 1; level-- > 0;) {
    const std::uint32_t begin = n.level_begin[level];
    const std::uint32_t end = n.level_begin[level + 1];
    failing.assign(end - begin, 0);
    const auto settle_node = [&](std::uint32_t i) {
      if (costs) costs->add(i);
      settle(from, i, cells, failing[i - begin], as_of, nodes[i], by, costs ? &*costs : nullptr);
    };
    // A thread is worth starting for many children only; weights from data are found for all places of a node at once.
    constexpr std::size_t worth_a_thread = 8192;
    const std::size_t most = finds_weights ? 1 : (n.child_begin[end] - n.child_begin[begin]) / worth_a_thread + 1;
    const std::size_t parts = (std::min)({static_cast<std::size_t>(threads), most, std::size_t{end - begin}});
    detail::in_threads(parts, [&](std::size_t part) {
      const auto [first, last] = detail::part_of(end - begin, part, parts);
      detail::node_adder adder(from, cells, nodes, weights, by);
      for (std::uint32_t i = begin + static_cast<std::uint32_t>(first); i < begin + last; ++i) {
        const bool is_first = i == begin || n.plan[i] != n.plan[i - 1];
        if (is_first && n.plans[n.plan[i]].has_data_weights())
          detail::weight_finder(from, cells, nodes, weights, by).find(n.plan[i]);
        if (counts_only && like.children[i] != children_form::any &&
            detail::count_like(from, i, cells, like, same, by, nodes, failing[i - begin])) {
          same[i] = 1;
        } else if (like.cells != nullptr && detail::contributes_alike(from, i, cells, *like.cells, same)) {
          same[i] = 1;
          nodes[i] = adder.add_like(i, (*like.nodes)[i], failing[i - begin]);
        } else {
          if (i < known) nodes[i] = node_result();
          adder.add(i, nodes[i], failing[i - begin]);
        }
        if (!calls_user) settle_node(i);
      }
    });
    if (!calls_user) continue;
    for (std::uint32_t custom = 0; custom < from.custom->aggregators.size(); ++custom) {
      std::vector<std::uint32_t> named;
      for (std::uint32_t i = begin; i < end; ++i) {
        const node_plan& plan = n.plans[n.plan[i]];
        if (plan.aggregate.kind == aggregation::custom && plan.custom == custom) named.push_back(i);
      }
      if (!named.empty()) detail::call_aggregator(from, custom, named, cells, nodes, weights, by);
    }
    for (std::uint32_t i = begin; i < end; ++i) settle_node(i);
  }
}

}  // namespace attain::inline v0
