#pragma once

#include <attain/engine/custom.hpp>
#include <attain/engine/impl/missing.hpp>
#include <attain/engine/roll_up.hpp>

#include <algorithm>
#include <cmath>
#include <span>

namespace attain::inline v0 {
namespace detail {

// Values of the children of one node, for aggregators that need all of them.
template <class Visitor>
void for_each_contribution(const compiled& from, std::uint32_t node_cell, const cell_columns& cells,
                           std::span<const node_result> nodes, Visitor visit, const used_method* by = nullptr) {
  const compiled_nodes& n = from.nodes;
  const node_plan& plan = n.plans[n.plan[node_cell]];
  for (std::uint32_t c = n.child_begin[node_cell]; c < n.child_begin[node_cell + 1]; ++c) {
    const child_ref child = n.children[c];
    visit(child.is_cell ? contribution_of(from, child.index, cells[child.index], plan)
                        : contribution_of(from, child.index, nodes[child.index], plan, by));
  }
}

// Whether the children of a node contribute the same to its means under two methods. Only of weighted means, whose sums are
// exact.
inline bool contributes_alike(const compiled& from, std::uint32_t node_cell, const cell_columns& a, const cell_columns& b,
                              std::span<const std::uint8_t> same_nodes) noexcept {
  constexpr std::uint16_t decisive = cell_flag::applicable | cell_flag::hold_stream | cell_flag::reached | cell_flag::has_score |
                                     cell_flag::answered | cell_flag::not_due;
  const compiled_nodes& n = from.nodes;
  const node_plan& plan = n.plans[n.plan[node_cell]];
  if (plan.aggregate != aggregation::weighted_mean || plan.count_not_due) return false;
  for (std::uint32_t c = n.child_begin[node_cell]; c < n.child_begin[node_cell + 1]; ++c) {
    const std::uint32_t i = n.children[c].index;
    if (!n.children[c].is_cell) {
      if (same_nodes[i] == 0) return false;
      continue;
    }
    const bool alike = ((a.flags[i] ^ b.flags[i]) & decisive) == 0 && a.score[i] == b.score[i] &&
                       a.score_covered[i] == b.score_covered[i] &&
                       ((a.flags[i] & cell_flag::applicable) != 0 || a.state_missing[i] == b.state_missing[i]);
    if (!alike) return false;
  }
  return true;
}

// The child that has come least far; of several the one that was to be furthest.
inline void take_worst(const compiled& from, std::uint32_t node_cell, const cell_columns& cells,
                       std::span<const node_result> nodes, node_result& result) {
  bool any = false;
  bool bounded = false;
  for_each_contribution(from, node_cell, cells, nodes, [&](const contribution& child) {
    if (child.in_bounds && child.weight > 0) {
      result.lower = bounded ? (std::min)(result.lower, child.lower) : child.lower;
      result.upper = bounded ? (std::min)(result.upper, child.upper) : child.upper;
      bounded = true;
    }
    if (!child.in_mean || child.weight <= 0) return;
    const bool worse =
        child.attainment < result.attainment || (child.attainment == result.attainment && child.expected > result.expected);
    if (any && !worse) return;
    result.attainment = child.attainment;
    result.expected = child.expected;
    any = true;
  });
}

// One call of the user's function for the nodes of a level that name it.
inline void call_aggregator(const compiled& from, std::uint32_t custom, std::span<const std::uint32_t> node_cells,
                            const cell_columns& cells, std::span<node_result> nodes) {
  std::vector<std::uint32_t> begin{0};
  std::vector<double> attainment;
  std::vector<double> expected;
  std::vector<double> weight;
  for (const std::uint32_t node_cell : node_cells) {
    for_each_contribution(from, node_cell, cells, nodes, [&](const contribution& child) {
      if (!child.in_mean || child.weight <= 0) return;
      attainment.push_back(child.attainment);
      expected.push_back(child.expected);
      weight.push_back(child.weight);
    });
    begin.push_back(static_cast<std::uint32_t>(weight.size()));
  }
  std::vector<double> out_attainment(node_cells.size(), 0);
  std::vector<double> out_expected(node_cells.size(), 0);
  const aggregator_function& aggregate = from.custom->aggregators[custom];
  aggregate({begin, attainment, weight}, out_attainment);
  aggregate({begin, expected, weight}, out_expected);
  for (std::size_t i = 0; i < node_cells.size(); ++i) {
    node_result& r = nodes[node_cells[i]];
    if (r.attainment_missing != 0) continue;
    r.attainment = out_attainment[i];
    r.expected = out_expected[i];
    if (!std::isfinite(r.attainment) || !std::isfinite(r.expected)) r.attainment_missing = as_missing(reason::overflow);
  }
}

}  // namespace detail

ATTAIN_INLINE void leaf_counts::add(const leaf_counts& other, int sign) noexcept {
  withdrawn += sign * other.withdrawn;
  not_applicable += sign * other.not_applicable;
  all += sign * other.all;
  not_due += sign * other.not_due;
  met += sign * other.met;
  missed += sign * other.missed;
  unmet_holds += sign * other.unmet_holds;
  progress += sign * other.progress;
  running += sign * other.running;
  judged += sign * other.judged;
}

ATTAIN_INLINE void node_sums::put(const contribution& child, int sign) noexcept {
  if (child.weight <= 0) return;
  const double w = child.weight;
  const bounded_sum whole(w);
  const bounded_sum attained(child.in_mean ? w * child.attainment : 0);
  const auto put_in = [&](bounded_sum& sum, const bounded_sum& x) { sign > 0 ? sum.add(x) : sum.subtract(x); };
  const auto put_share = [&](bounded_sum& sum, double share) {  // mostly 0 or 1
    if (share != 0) put_in(sum, share == 1 ? whole : bounded_sum(w * share));
  };
  const auto put_score = [&](bounded_sum& sum, double score) {  // mostly the attainment, or 0 or 1
    if (child.in_mean && score == child.attainment) return put_in(sum, attained);
    put_share(sum, score);
  };
  if (child.in_mean) {
    put_in(weight_, whole);
    put_in(attainment_, attained);
    put_share(expected_, child.expected);
  }
  put_share(answered_, child.answered);
  put_share(due_, child.due);
  put_share(applicable_, child.applicable);
  put_share(holds_, child.holds);
  put_share(held_, child.held);
  if (child.in_bounds) {
    put_in(bounds_weight_, whole);
    put_score(lower_, child.lower);
    put_score(upper_, child.upper);
  }
  if (child.scored) {
    put_in(scored_weight_, whole);
    put_share(method_score_, child.method_score);
  }
  leaves_.add(child.leaves, sign);
  failing_ += child.failing ? sign : 0;
}

namespace detail {

// Why a node without applicable leaves has no answer.
inline reason left_out(const leaf_counts& leaves) noexcept {
  return leaves.not_applicable == 0 && leaves.withdrawn > 0 ? reason::withdrawn : reason::not_applicable;
}

// What the bands of a node cut.
inline quantity_value measure_of(const node_result& r, quantity what) noexcept {
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

}  // namespace detail

ATTAIN_INLINE void node_sums::add_verdict(const contribution& child) noexcept {
  if (child.weight <= 0) return;
  if (child.scored) {
    scored_weight_.add(child.weight);
    method_score_.add(child.weight * child.method_score);
  }
  leaves_.add(child.leaves, 1);
  failing_ += child.failing ? 1 : 0;
}

ATTAIN_INLINE void node_sums::put_score(node_result& to) const noexcept {
  to.scored = !scored_weight_.is_zero();
  to.method_score = to.scored ? method_score_.rounded() / scored_weight_.rounded() : 0;
}

ATTAIN_INLINE node_result node_sums::means_like(const node_result& other) const noexcept {
  node_result r = other;
  r.leaves = leaves_;
  r.state = no_state;
  r.state_missing = 0;
  r.capped = false;
  put_score(r);
  return r;
}

ATTAIN_INLINE node_result node_sums::means(const compiled& from, std::uint32_t node_cell) const noexcept {
  using detail::as_missing;
  node_result r;
  r.leaves = leaves_;
  const double all = from.nodes.all_weight[node_cell];
  if (all > 0) {
    r.answered = answered_.rounded() / all;
    r.due = due_.rounded() / all;
    r.applicable = applicable_.rounded() / all;
    r.holds = holds_.rounded() / all;
    r.held = held_.rounded() / all;
  }
  const reason why = leaves_.all == 0                 ? detail::left_out(leaves_)
                     : leaves_.not_due == leaves_.all ? reason::not_due
                     : leaves_.progress == 0          ? reason::not_applicable
                                                      : reason::incomplete;
  if (!weight_.is_zero()) {
    const double weight = weight_.rounded();
    r.attainment = attainment_.rounded() / weight;
    r.expected = expected_.rounded() / weight;
  } else {
    r.attainment_missing = as_missing(why);
  }
  if (!bounds_weight_.is_zero()) {
    const double weight = bounds_weight_.rounded();
    r.lower = lower_.rounded() / weight;
    r.upper = upper_.rounded() / weight;
  } else {
    r.bounds_missing = as_missing(why);
  }
  put_score(r);
  if (r.holds > 0) {
    r.hold_share = r.held / r.holds;
  } else {
    r.hold_missing = as_missing(reason::not_applicable);
  }
  r.coverage = r.due > 0 ? r.answered / r.due : 0;
  return r;
}

ATTAIN_INLINE contribution contribution_of(const compiled& from, std::uint32_t cell, const cell_result& r,
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
  c.in_mean = answered;
  c.attainment = r.score;
  c.expected = r.expected;
  c.in_bounds = true;
  const double known = answered ? r.score * r.score_covered : 0;
  c.lower = known;
  c.upper = known + (answered ? 1 - r.score_covered : 1);
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
  if (r.state != no_state) {
    const node_plan& plan = from.nodes.plans[from.nodes.plan[node_cell]];
    const role means = from.method(plan.method, by).spec.states[r.state].role;
    c.failing = means == role::missed || means == role::behind;
    if (means == role::not_due && above.count_not_due && r.leaves.progress > 0) {  // rule U5: as zero
      c.answered = c.due = r.applicable;
      c.in_mean = c.in_bounds = true;
    }
  }
  return c;
}

ATTAIN_INLINE void settle(const compiled& from, std::uint32_t node_cell, std::int32_t failing_children, std::int32_t as_of,
                          node_result& r, const used_method* by) noexcept {
  using detail::as_missing;
  const node_plan& plan = from.nodes.plans[from.nodes.plan[node_cell]];
  const method_spec& method = from.method(plan.method, by).spec;
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
  const leaf_counts& n = r.leaves;
  if (n.all == 0) return refuse(detail::left_out(n));
  if (!method.deadlines) {
    if (method.all_met && n.judged > 0 && n.met == n.judged) {
      r.state = static_cast<std::uint8_t>(*method.all_met);
    } else {
      const band_list& bands = method.band_lists[method.node_bands];
      const verdict decided = cut(bands, detail::measure_of(r, bands.quantity));
      r.state = decided.state;
      if (r.state == no_state) r.state_missing = decided.missing;
    }
    return detail::apply_ceiling(plan, method, failing_children, r);
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
    const band_list& bands = method.band_lists[method.node_bands];
    const verdict decided = cut(bands, detail::measure_of(r, bands.quantity));
    r.state = decided.state;
    if (r.state == no_state) r.state_missing = decided.missing;
  } else {
    r.state = n.unmet_holds == 0 || !method.ceiling ? state_of(role::on_track) : static_cast<std::uint8_t>(*method.ceiling);
  }
  detail::apply_ceiling(plan, method, failing_children, r);
}

ATTAIN_INLINE void roll_up(const compiled& from, const cell_columns& cells, std::int32_t as_of, std::vector<node_result>& nodes,
                           const used_method* by, const rolled_up& like) {
  const compiled_nodes& n = from.nodes;
  nodes.resize(n.plan.size());
  std::vector<std::uint8_t> same(like.cells == nullptr ? 0 : n.plan.size(), 0);  // as in `like`
  std::vector<std::int32_t> failing;
  for (std::size_t level = n.level_begin.size() - 1; level-- > 0;) {
    const std::uint32_t begin = n.level_begin[level];
    const std::uint32_t end = n.level_begin[level + 1];
    failing.assign(end - begin, 0);
    for (std::uint32_t i = begin; i < end; ++i) {
      node_sums sums;
      const bool alike = like.cells != nullptr && detail::contributes_alike(from, i, cells, *like.cells, same);
      detail::for_each_contribution(
          from, i, cells, nodes, [&](const contribution& child) { alike ? sums.add_verdict(child) : sums.add(child); }, by);
      nodes[i] = alike ? sums.means_like((*like.nodes)[i]) : sums.means(from, i);
      if (alike) same[i] = 1;
      failing[i - begin] = sums.failing();
      if (n.plans[n.plan[i]].aggregate == aggregation::worst) {
        detail::take_worst(from, i, cells, nodes, nodes[i]);
      }
    }
    for (std::uint32_t custom = 0; custom < from.custom->aggregators.size(); ++custom) {
      std::vector<std::uint32_t> named;
      for (std::uint32_t i = begin; i < end; ++i) {
        const node_plan& plan = n.plans[n.plan[i]];
        if (plan.aggregate == aggregation::custom && plan.custom == custom) named.push_back(i);
      }
      if (!named.empty()) detail::call_aggregator(from, custom, named, cells, nodes);
    }
    for (std::uint32_t i = begin; i < end; ++i) settle(from, i, failing[i - begin], as_of, nodes[i], by);
  }
}

}  // namespace attain::inline v0
