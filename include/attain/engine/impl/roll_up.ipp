#pragma once

#include <attain/core/in_threads.hpp>
#include <attain/engine/custom.hpp>
#include <attain/engine/impl/leaf_sums.hpp>
#include <attain/engine/impl/missing.hpp>
#include <attain/engine/impl/node_costs.hpp>
#include <attain/engine/impl/node_rules.hpp>
#include <attain/engine/impl/node_weights.hpp>
#include <attain/engine/roll_up.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace attain::inline v0 {
namespace detail {

// What of a cell decides about its contribution to means.
inline constexpr std::uint16_t decisive_flags = cell_flag::applicable | cell_flag::hold_stream | cell_flag::reached |
                                                cell_flag::has_score | cell_flag::answered | cell_flag::not_due;

// Whether the means of a node are sums, which come to the same of children that contribute the same.
inline bool has_plain_means(const node_plan& plan) noexcept {
  return plan.is_additive && !plan.count_not_due && plan.rule_count == 0;  // rules ask what methods decide
}

// Whether the children of a node contribute the same to its means under two methods. Only of weighted means, whose sums are
// exact.
inline bool contributes_alike(const compiled& from, std::uint32_t node_cell, const cell_columns& a, const cell_columns& b,
                              std::span<const std::uint8_t> same_nodes) noexcept {
  const compiled_nodes& n = from.nodes;
  if (!has_plain_means(n.plans[n.plan[node_cell]])) return false;
  for (std::uint32_t c = n.child_begin[node_cell]; c < n.child_begin[node_cell + 1]; ++c) {
    const std::uint32_t i = n.children[c].index;
    if (!n.children[c].is_cell) {
      if (same_nodes[i] == 0) return false;
      continue;
    }
    const bool alike = ((a.flags[i] ^ b.flags[i]) & decisive_flags) == 0 && a.score[i] == b.score[i] &&
                       a.score_covered[i] == b.score_covered[i] &&
                       ((a.flags[i] & cell_flag::applicable) != 0 || a.state_missing[i] == b.state_missing[i]);
    if (!alike) return false;
  }
  return true;
}

// As `node_adder::add_like` of a usual node, where no score differs and the method gives none of its own: then only verdicts are
// left to be counted. False, and nothing done, if its children do not contribute alike.
inline bool count_like(const compiled& from, std::uint32_t node_cell, const cell_columns& cells, const rolled_up& like,
                       std::span<const std::uint8_t> same_nodes, const used_method* by, node_results& nodes,
                       std::int32_t& failing) noexcept {
  const compiled_nodes& n = from.nodes;
  const std::uint16_t *const flags = cells.flags.data(), *const others = like.cells->flags.data();
  std::uint16_t differs = 0;
  std::int32_t states = 0, met = 0, missed = 0, fail = 0;
  leaf_counts below;
  for (std::uint32_t c = n.child_begin[node_cell]; c < n.child_begin[node_cell + 1]; ++c) {
    const child_ref child = n.children[c];
    if (child.is_cell) {
      differs |= flags[child.index] ^ others[child.index];
      states += cells.state[child.index] != no_state;
      met += (flags[child.index] & cell_flag::met) != 0;
      missed += (flags[child.index] & cell_flag::missed) != 0;
      fail += (flags[child.index] & cell_flag::failing) != 0;
      continue;
    }
    if (same_nodes[child.index] == 0) return false;
    const node_result& r = nodes[child.index];
    below.judged += r.leaves.judged;
    below.met += r.leaves.met;
    below.missed += r.leaves.missed;
    below.not_due += r.leaves.not_due;
    if (r.state == no_state) continue;
    const role means = from.method(n.plans[n.plan[child.index]].method, by).spec.states[r.state].role;
    fail += means == role::missed || means == role::behind;
  }
  if ((differs & decisive_flags) != 0) return false;
  node_result& to = nodes[node_cell];
  to = (*like.nodes)[node_cell];
  to.leaves.judged = below.judged + states - (to.leaves.not_due - below.not_due);
  to.leaves.met = below.met + met;
  to.leaves.missed = below.missed + missed;
  failing = fail;
  to.state = no_state;
  to.state_missing = 0;
  to.capped = to.scored = false;
  to.method_score = 0;
  return true;
}

// Columns of the children of one node for aggregators that need all of them; the memory is kept from node to node.
class child_scores {
 public:
  void gather(const compiled& from, std::uint32_t node_cell, const cell_columns& cells, std::span<const node_result> nodes,
              const data_weights& weights, const used_method* by) {
    for (auto* column : {&attainment, &expected, &weight, &lower, &upper, &bounds_weight}) column->clear();
    for_each_contribution(
        from, node_cell, cells, nodes, weights,
        [&](std::uint32_t, const contribution& child) {
          if (child.weight <= 0) return;
          if (child.in_mean) {
            attainment.push_back(child.attainment);
            expected.push_back(child.expected);
            weight.push_back(child.weight);
          }
          if (child.in_bounds) {
            lower.push_back(child.lower);
            upper.push_back(child.upper);
            bounds_weight.push_back(child.weight);
          }
        },
        by);
  }

  std::vector<double> attainment, expected, weight, lower, upper, bounds_weight;
};

// The child that has come least far; of several the one that was to be furthest (rule U2b).
inline void take_worst(const child_scores& of, node_result& result) noexcept {
  std::size_t worst = 0;
  for (std::size_t i = 1; i < of.attainment.size(); ++i) {
    const bool further = of.attainment[i] == of.attainment[worst] && of.expected[i] > of.expected[worst];
    if (of.attainment[i] < of.attainment[worst] || further) worst = i;
  }
  if (of.attainment.empty()) return;
  result.attainment = of.attainment[worst];
  result.expected = of.expected[worst];
}

inline void put_answer(const answer<double>& found, double& value, std::uint8_t& missing) noexcept {
  if (found.has_value()) {
    value = *found;
  } else if (missing == 0) {
    missing = as_missing(found.why());
  }
}

// What an aggregator other than the weighted mean makes of the children (rule U10).
inline void aggregate_children(const node_plan& plan, const child_scores& of, node_result& result) {
  aggregator how = plan.aggregate;
  how.floor.reset();  // contributions are raised already
  if (how.kind == aggregation::worst) {
    take_worst(of, result);
  } else if (result.attainment_missing == 0) {
    put_answer(aggregate(how, of.attainment, of.weight), result.attainment, result.attainment_missing);
    put_answer(aggregate(how, of.expected, of.weight), result.expected, result.attainment_missing);
  }
  if (result.bounds_missing != 0) return;
  put_answer(aggregate(how, of.lower, of.bounds_weight), result.lower, result.bounds_missing);
  put_answer(aggregate(how, of.upper, of.bounds_weight), result.upper, result.bounds_missing);
  if (result.lower > result.upper) std::swap(result.lower, result.upper);  // a penalty may grow with the score
}

// Rule U11: without weights there is no mean.
inline void refuse_without_weights(std::uint8_t missing, node_result& result) noexcept {
  if (missing == 0) return;
  if (result.attainment_missing == 0) result.attainment_missing = missing;
  if (result.bounds_missing == 0) result.bounds_missing = missing;
}

// A node without the state, and how many of its direct children fail.
class node_adder {
 public:
  node_adder(const compiled& from, const cell_columns& cells, std::span<const node_result> nodes, const data_weights& weights,
             const used_method* by)
      : from_(from), cells_(cells), nodes_(nodes), weights_(weights), by_(by) {}

  node_result add(std::uint32_t node_cell, std::int32_t& failing) {
    const compiled_nodes& n = from_.nodes;
    const node_plan& plan = n.plans[n.plan[node_cell]];
    if (!plan.is_additive || plan.count_not_due || plan.count_missing || plan.aggregate.floor) {
      node_sums sums;
      for_each_contribution(
          from_, node_cell, cells_, nodes_, weights_, [&](std::uint32_t, const contribution& child) { sums.add(child); }, by_);
      failing = sums.failing();
      return finish(node_cell, sums);
    }
    leaf_sums usual;
    const auto is_usual = [&](child_ref child) {
      return child.is_cell && usual.add(from_.cells.weight[child.index], cells_, child.index);
    };
    std::uint32_t c = n.child_begin[node_cell];
    const std::uint32_t end = n.child_begin[node_cell + 1];
    while (c < end && is_usual(n.children[c])) ++c;
    if (c == end) {
      failing = usual.failing();
      return usual.means(plan, n.all_weight[node_cell]);
    }
    node_sums sums;
    for (; c < end; ++c) {
      if (!is_usual(n.children[c])) sums.add(static_contribution(from_, n.children[c], cells_, nodes_, plan, by_));
    }
    sums.add(usual);
    failing = sums.failing();
    return sums.means(plan, n.all_weight[node_cell]);
  }

  // Of children that contribute to the means as those of @p other do.
  node_result add_like(std::uint32_t node_cell, const node_result& other, std::int32_t& failing) const {
    const compiled_nodes& n = from_.nodes;
    const node_plan& plan = n.plans[n.plan[node_cell]];
    node_sums sums;
    leaf_sums usual;
    for (std::uint32_t c = n.child_begin[node_cell]; c < n.child_begin[node_cell + 1]; ++c) {
      const child_ref child = n.children[c];
      if (child.is_cell && usual.add_verdict(from_.cells.weight[child.index], cells_, child.index)) continue;
      sums.add_verdict(static_contribution(from_, child, cells_, nodes_, plan, by_));
    }
    sums.add(usual);
    failing = sums.failing();
    return sums.means_like(other);
  }

  // From the weighted mean to that of the node's aggregator.
  node_result finish(std::uint32_t node_cell, const node_sums& sums) {
    const compiled_nodes& n = from_.nodes;
    const node_plan& plan = n.plans[n.plan[node_cell]];
    if (plan.is_additive) return sums.means(plan, n.all_weight[node_cell]);
    node_result result = sums.means(plan, plan.has_data_weights() ? sum_of_weights(node_cell) : n.all_weight[node_cell]);
    if (plan.has_data_weights()) refuse_without_weights(weights_.missing[node_cell], result);
    if (plan.aggregate.kind == aggregation::weighted_mean || plan.aggregate.kind == aggregation::custom) return result;
    scores_.gather(from_, node_cell, cells_, nodes_, weights_, by_);
    aggregate_children(plan, scores_, result);
    return result;
  }

 private:
  double sum_of_weights(std::uint32_t node_cell) const noexcept {
    bounded_sum all;
    for (std::uint32_t c = from_.nodes.child_begin[node_cell]; c < from_.nodes.child_begin[node_cell + 1]; ++c) {
      all.add(weights_.of_child[c]);
    }
    return all.rounded();
  }

  const compiled& from_;
  const cell_columns& cells_;
  std::span<const node_result> nodes_;
  const data_weights& weights_;
  const used_method* by_;
  child_scores scores_;
};

// Calls of the user's function for the nodes of a level that name it: for attainment, expected and both bounds.
inline void call_aggregator(const compiled& from, std::uint32_t custom, std::span<const std::uint32_t> node_cells,
                            const cell_columns& cells, std::span<node_result> nodes, const data_weights& weights,
                            const used_method* by) {
  child_scores of;
  std::vector<std::uint32_t> begin{0};
  std::vector<std::uint32_t> bounds_begin{0};
  child_scores all;
  for (const std::uint32_t node_cell : node_cells) {
    of.gather(from, node_cell, cells, nodes, weights, by);
    const auto append = [](std::vector<double>& to, const std::vector<double>& more) {
      to.insert(to.end(), more.begin(), more.end());
    };
    append(all.attainment, of.attainment);
    append(all.expected, of.expected);
    append(all.weight, of.weight);
    append(all.lower, of.lower);
    append(all.upper, of.upper);
    append(all.bounds_weight, of.bounds_weight);
    begin.push_back(static_cast<std::uint32_t>(all.weight.size()));
    bounds_begin.push_back(static_cast<std::uint32_t>(all.bounds_weight.size()));
  }
  const auto call = [&](const std::vector<std::uint32_t>& first, const std::vector<double>& values,
                        const std::vector<double>& weight) {
    std::vector<double> out(node_cells.size(), 0);
    from.custom->aggregators[custom]({first, values, weight}, out);
    return out;
  };
  const std::vector<double> attainment = call(begin, all.attainment, all.weight);
  const std::vector<double> expected = call(begin, all.expected, all.weight);
  const std::vector<double> lower = call(bounds_begin, all.lower, all.bounds_weight);
  const std::vector<double> upper = call(bounds_begin, all.upper, all.bounds_weight);
  for (std::size_t i = 0; i < node_cells.size(); ++i) {
    node_result& r = nodes[node_cells[i]];
    if (r.attainment_missing == 0) {
      r.attainment = attainment[i];
      r.expected = expected[i];
      if (!std::isfinite(r.attainment) || !std::isfinite(r.expected)) r.attainment_missing = as_missing(reason::overflow);
    }
    if (r.bounds_missing == 0) {
      r.lower = (std::min)(lower[i], upper[i]);
      r.upper = (std::max)(lower[i], upper[i]);
      if (!std::isfinite(lower[i]) || !std::isfinite(upper[i])) r.bounds_missing = as_missing(reason::overflow);
    }
  }
}

}  // namespace detail

namespace detail {

template <class Put>
void put_counts(leaf_counts& to, const leaf_counts& from, const Put& put) noexcept {
  put(to.withdrawn, from.withdrawn);
  put(to.not_applicable, from.not_applicable);
  put(to.all, from.all);
  put(to.not_due, from.not_due);
  put(to.met, from.met);
  put(to.missed, from.missed);
  put(to.unmet_holds, from.unmet_holds);
  put(to.progress, from.progress);
  put(to.running, from.running);
  put(to.judged, from.judged);
}

}  // namespace detail

ATTAIN_INLINE void leaf_counts::add(const leaf_counts& other) noexcept {
  detail::put_counts(*this, other, [](std::int32_t& to, std::int32_t count) { to += count; });
}

ATTAIN_INLINE void leaf_counts::subtract(const leaf_counts& other) noexcept {
  detail::put_counts(*this, other, [](std::int32_t& to, std::int32_t count) { to -= count; });
}

ATTAIN_INLINE void node_sums::add(const detail::leaf_sums& leaves) noexcept {
  weight_.add(leaves.answered_);
  attainment_.add(leaves.attainment_);
  expected_.add(leaves.expected_);
  answered_.add(leaves.answered_);
  due_.add(leaves.due_);
  applicable_.add(leaves.applicable_);
  bounds_weight_.add(leaves.due_);
  lower_.add(leaves.attainment_);
  upper_.add(leaves.attainment_);  // and 1 of what has no answer
  upper_.add(leaves.due_);
  upper_.subtract(leaves.answered_);
  scored_weight_.add(leaves.scored_weight_);
  method_score_.add(leaves.method_score_);
  leaves_.add(leaves.leaves_);
  failing_ += leaves.failing_;
}

// put_in(sum, what) adds it or takes it away again.
template <class Put>
ATTAIN_HOT inline void node_sums::put(const contribution& child, const Put& put_in) noexcept {
  const double w = child.weight;
  const bounded_sum whole(w);
  const auto put_share = [&](bounded_sum& sum, double share) {  // mostly 0 or 1
    if (share != 0) put_in(sum, share == 1 ? whole : bounded_sum(w * share));
  };
  bounded_sum attained;
  if (child.in_mean) {
    attained.add(w * child.attainment);
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
    const auto put_bound = [&](bounded_sum& sum, double bound) {  // mostly the attainment, or 0 or 1
      if (child.in_mean && bound == child.attainment) return put_in(sum, attained);
      put_share(sum, bound);
    };
    put_in(bounds_weight_, whole);
    put_bound(lower_, child.lower);
    put_bound(upper_, child.upper);
  }
  if (child.scored) {
    put_in(scored_weight_, whole);
    put_share(method_score_, child.method_score);
  }
}

ATTAIN_INLINE void node_sums::add(const contribution& child) noexcept {
  if (child.weight <= 0) return;
  put(child, [](bounded_sum& sum, const bounded_sum& x) { sum.add(x); });
  leaves_.add(child.leaves);
  failing_ += child.failing;
}

ATTAIN_INLINE void node_sums::subtract(const contribution& child) noexcept {
  if (child.weight <= 0) return;
  put(child, [](bounded_sum& sum, const bounded_sum& x) { sum.subtract(x); });
  leaves_.subtract(child.leaves);
  failing_ -= child.failing;
}

ATTAIN_INLINE void node_sums::add_verdict(const contribution& child) noexcept {
  if (child.weight <= 0) return;
  if (child.scored) {
    scored_weight_.add(child.weight);
    method_score_.add(child.weight * child.method_score);
  }
  leaves_.add(child.leaves);
  failing_ += child.failing ? 1 : 0;
}

namespace detail {

// Sums as doubles, where most are nothing or equal to the one before.
class doubles_of_sums {
 public:
  double operator()(const bounded_sum& sum) noexcept {
    if (sum.is_zero()) return 0;
    if (sum == last_) return value_;
    last_ = sum;
    return value_ = sum.rounded();
  }

 private:
  bounded_sum last_;
  double value_ = 0;
};

// The sums of a node, rounded.
struct node_totals {
  double weight = 0, attainment = 0, expected = 0;
  double answered = 0, due = 0, applicable = 0, holds = 0, held = 0;
  double bounds_weight = 0, lower = 0, upper = 0;
  double scored_weight = 0, method_score = 0;
};

ATTAIN_HOT inline void put_method_score(const node_totals& totals, node_result& to) noexcept {
  to.scored = totals.scored_weight != 0;
  to.method_score = to.scored ? totals.method_score / totals.scored_weight : 0;
}

// Weighted means, coverage and bounds; @p all is the weight of all children.
ATTAIN_HOT inline node_result means_of(const node_totals& totals, const leaf_counts& leaves, const node_plan& plan,
                                       double all) noexcept {
  node_result r;
  r.leaves = leaves;
  if (all > 0) {
    r.answered = totals.answered / all;
    r.due = totals.due / all;
    r.applicable = totals.applicable / all;
    r.holds = totals.holds / all;
    r.held = totals.held / all;
  }
  const reason why = leaves.all == 0                ? left_out(leaves)
                     : leaves.not_due == leaves.all ? reason::not_due
                     : leaves.progress == 0         ? reason::not_applicable
                                                    : reason::incomplete;
  if (totals.weight != 0) {
    r.attainment = totals.attainment / totals.weight;
    r.expected = totals.expected / totals.weight;
  } else {
    r.attainment_missing = as_missing(why);
  }
  if (totals.bounds_weight != 0) {
    r.lower = totals.lower / totals.bounds_weight;
    r.upper = totals.upper / totals.bounds_weight;
  } else {
    r.bounds_missing = as_missing(why);
  }
  put_method_score(totals, r);
  if (r.holds > 0) {
    r.hold_share = r.held / r.holds;
  } else {
    r.hold_missing = as_missing(reason::not_applicable);
  }
  r.coverage = r.due > 0 ? r.answered / r.due : 0;
  if (plan.refuse_missing && r.coverage < complete_share && r.attainment_missing == 0)
    r.attainment_missing = as_missing(reason::incomplete);  // rule U9
  return r;
}

// What has no answer counts as 0 in the lower bound, as 1 in the upper one.
ATTAIN_HOT inline node_result leaf_sums::means(const node_plan& plan, double all) const noexcept {
  doubles_of_sums as_double;
  bounded_sum upper = attainment_;
  upper.add(due_);
  upper.subtract(answered_);
  node_totals totals;
  totals.applicable = as_double(applicable_);
  totals.due = totals.bounds_weight = as_double(due_);
  totals.answered = totals.weight = as_double(answered_);
  totals.expected = as_double(expected_);
  totals.attainment = totals.lower = as_double(attainment_);
  totals.upper = as_double(upper);
  totals.scored_weight = as_double(scored_weight_);
  totals.method_score = as_double(method_score_);
  return means_of(totals, leaves_, plan, all);
}

}  // namespace detail

ATTAIN_INLINE node_result node_sums::means_like(const node_result& other) const noexcept {
  node_result r = other;
  r.leaves = leaves_;
  r.state = no_state;
  r.state_missing = 0;
  r.capped = false;
  detail::node_totals totals;
  totals.scored_weight = scored_weight_.rounded();
  totals.method_score = method_score_.rounded();
  detail::put_method_score(totals, r);
  return r;
}

ATTAIN_INLINE node_result node_sums::means(const node_plan& plan, double all) const noexcept {
  detail::doubles_of_sums as_double;
  detail::node_totals totals;
  totals.applicable = as_double(applicable_);
  totals.due = as_double(due_);
  totals.bounds_weight = as_double(bounds_weight_);
  totals.answered = as_double(answered_);
  totals.weight = as_double(weight_);
  totals.holds = as_double(holds_);
  totals.held = as_double(held_);
  totals.expected = as_double(expected_);
  totals.attainment = as_double(attainment_);
  totals.lower = as_double(lower_);
  totals.upper = as_double(upper_);
  totals.scored_weight = as_double(scored_weight_);
  totals.method_score = as_double(method_score_);
  return detail::means_of(totals, leaves_, plan, all);
}

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
  if (r.state != no_state) {
    const node_plan& plan = from.nodes.plans[from.nodes.plan[node_cell]];
    const role means = from.method(plan.method, by).spec.states[r.state].role;
    c.failing = means == role::missed || means == role::behind;
    if (means == role::not_due && above.count_not_due && r.leaves.progress > 0) {  // rule U5: as zero
      c.answered = c.due = r.applicable;
      c.in_mean = c.in_bounds = true;
    }
  }
  if (above.aggregate.floor) detail::raise(c, *above.aggregate.floor);
  return c;
}

ATTAIN_INLINE std::vector<std::uint8_t> detail::usual_nodes(const compiled& from, const cell_columns& cells) {
  const compiled_nodes& n = from.nodes;
  constexpr std::uint16_t form = cell_flag::applicable | cell_flag::hold_stream;
  std::vector<std::uint8_t> usual(n.plan.size(), 0);
  for (std::uint32_t i = 0; i < usual.size(); ++i) {
    const auto children = std::span(n.children.values()).subspan(n.child_begin[i], n.child_begin[i + 1] - n.child_begin[i]);
    usual[i] = has_plain_means(n.plans[n.plan[i]]) && std::all_of(children.begin(), children.end(), [&](const child_ref& child) {
                 if (!child.is_cell) return n.weight[child.index] > 0;
                 return from.cells.weight[child.index] > 0 && cells.score_covered[child.index] == 1 &&
                        (cells.flags[child.index] & form) == cell_flag::applicable;
               });
  }
  return usual;
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
  r.fired = rules.fired();
  const auto each_fired = [&](auto apply) {
    for (std::uint32_t i = 0; i < rules.count(); ++i) {
      if ((r.fired >> i & 1u) != 0) apply(rules.rule(i));
    }
  };
  if (r.attainment_missing == 0) each_fired([&](const node_rule& rule) { r.attainment = rules.score_after(rule, r.attainment); });
  detail::judge_node(from, plan, failing_children, as_of, r, by, cost);
  if (r.leaves.all == 0) return;
  each_fired([&](const node_rule& rule) { r.state = rules.state_after(rule, r.state); });
  if (r.state != no_state) r.state_missing = 0;
}

ATTAIN_INLINE void roll_up(const compiled& from, const cell_columns& cells, std::int32_t as_of, node_results& nodes,
                           data_weights& weights, const used_method* by, const rolled_up& like, int threads) {
  const compiled_nodes& n = from.nodes;
  nodes.resize(n.plan.size());
  const auto has_data_weights = [](const node_plan& plan) { return plan.has_data_weights(); };
  const bool finds_weights = std::any_of(n.plans.begin(), n.plans.end(), has_data_weights);
  if (finds_weights) {
    weights.of_child.assign(n.children.size(), 0);
    weights.missing.assign(n.plan.size(), 0);
  }
  std::vector<std::uint8_t> same(like.cells == nullptr ? 0 : n.plan.size(), 0);  // as in `like`
  const bool counts_only = !like.usual.empty() && cells.method_score.empty() &&
                           cells.score.data() == like.cells->score.data() &&
                           cells.score_covered.data() == like.cells->score_covered.data();
  std::optional<detail::node_costs> costs;
  if (detail::asks_for_costs(from, by)) costs.emplace(from, cells);
  std::vector<std::int32_t> failing;
  for (std::size_t level = n.level_begin.size() - 1; level-- > 0;) {
    const std::uint32_t begin = n.level_begin[level];
    const std::uint32_t end = n.level_begin[level + 1];
    failing.assign(end - begin, 0);
    // A thread is worth starting for many nodes only; weights from data are found for all places of a node at once.
    const std::size_t most = finds_weights ? 1 : (end - begin) / 4096 + 1;
    const std::size_t parts = (std::min)(static_cast<std::size_t>(threads), most);
    const auto each = [&](auto work) {  // work(node cells from, to)
      detail::in_threads(parts, [&](std::size_t part) {
        const auto [first, last] = detail::part_of(end - begin, part, parts);
        work(begin + static_cast<std::uint32_t>(first), begin + static_cast<std::uint32_t>(last));
      });
    };
    each([&](std::uint32_t first, std::uint32_t last) {
      detail::node_adder adder(from, cells, nodes, weights, by);
      for (std::uint32_t i = first; i < last; ++i) {
        const bool is_first = i == begin || n.plan[i] != n.plan[i - 1];
        if (is_first && n.plans[n.plan[i]].has_data_weights())
          detail::weight_finder(from, cells, nodes, weights, by).find(n.plan[i]);
        if (counts_only && like.usual[i] != 0 && detail::count_like(from, i, cells, like, same, by, nodes, failing[i - begin])) {
          same[i] = 1;
        } else if (like.cells != nullptr && detail::contributes_alike(from, i, cells, *like.cells, same)) {
          same[i] = 1;
          nodes[i] = adder.add_like(i, (*like.nodes)[i], failing[i - begin]);
        } else {
          nodes[i] = adder.add(i, failing[i - begin]);
        }
      }
    });
    for (std::uint32_t custom = 0; custom < from.custom->aggregators.size(); ++custom) {
      std::vector<std::uint32_t> named;
      for (std::uint32_t i = begin; i < end; ++i) {
        const node_plan& plan = n.plans[n.plan[i]];
        if (plan.aggregate.kind == aggregation::custom && plan.custom == custom) named.push_back(i);
      }
      if (!named.empty()) detail::call_aggregator(from, custom, named, cells, nodes, weights, by);
    }
    each([&](std::uint32_t first, std::uint32_t last) {
      for (std::uint32_t i = first; i < last; ++i) {
        if (costs) costs->add(i);
        settle(from, i, cells, failing[i - begin], as_of, nodes[i], by, costs ? &*costs : nullptr);
      }
    });
  }
}

}  // namespace attain::inline v0
