#pragma once

// From the children of a node to its means, by the node's aggregator (rule U10).

#include <attain/core/missing.hpp>
#include <attain/engine/custom.hpp>
#include <attain/engine/impl/leaf_sums.hpp>
#include <attain/engine/impl/node_weights.hpp>
#include <attain/engine/roll_up.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

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

  /// Into @p to and @p failing, which are new.
  void add(std::uint32_t node_cell, node_result& to, std::int32_t& failing) {
    const compiled_nodes& n = from_.nodes;
    const node_plan& plan = n.plans[n.plan[node_cell]];
    if (!plan.is_additive || plan.count_not_due || plan.count_missing || plan.aggregate.floor) {
      node_sums sums;
      for_each_contribution(
          from_, node_cell, cells_, nodes_, weights_, [&](std::uint32_t, const contribution& child) { sums.add(child); }, by_);
      failing = sums.failing();
      to = finish(node_cell, sums);
      return;
    }
    std::uint32_t c = n.child_begin[node_cell];
    const std::uint32_t end = n.child_begin[node_cell + 1];
    if (end == c + 1 && n.children[c].is_cell && !plan.refuse_missing) {
      const std::uint32_t cell = n.children[c].index;
      const double weight = from_.cells.weight[cell];
      if (weight == n.all_weight[node_cell] && mean_of_one(weight, cells_, cell, to, failing)) return;
    }
    leaf_sums usual;
    const auto is_usual = [&](child_ref child) {
      return child.is_cell && usual.add(from_.cells.weight[child.index], cells_, child.index);
    };
    while (c < end && is_usual(n.children[c])) ++c;
    if (c == end) {
      failing = usual.failing();
      to = usual.means(plan, n.all_weight[node_cell]);
      return;
    }
    node_sums sums;
    for (; c < end; ++c) {
      const child_ref child = n.children[c];
      if (!child.is_cell) {
        const node_result& node = nodes_[child.index];
        sums.add(n.weight[child.index], node, has_flag(from_, child.index, node, by_, cell_flag::failing));
      } else if (!is_usual(child)) {
        sums.add(contribution_of(from_, child.index, cells_.leaf(child.index), plan));
      }
    }
    sums.add(usual);
    failing = sums.failing();
    to = sums.means(plan, n.all_weight[node_cell]);
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

}  // namespace attain::inline v0::detail
