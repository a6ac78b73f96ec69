#pragma once

// Weights that follow from data (rule U11): the readings of other targets, or the entropy of the scores over places.

#include <attain/core/exact_sum.hpp>
#include <attain/core/missing.hpp>
#include <attain/engine/roll_up.hpp>
#include <attain/judge/weights.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

// The child in the programme, whatever the place: target plan or node plan.
inline std::pair<bool, std::uint32_t> identity_of(const compiled& from, const child_ref& child) noexcept {
  return {child.is_cell, child.is_cell ? from.cells.target_of[child.index] : from.nodes.plan[child.index]};
}

inline double static_weight(const compiled& from, const child_ref& child) noexcept {
  return child.is_cell ? from.cells.weight[child.index] : from.nodes.weight[child.index];
}

// So that the largest lies in [1/2, 1), as those of the programme do; the sum goes with them.
inline void scale_weights(std::span<double> weights) noexcept {
  const double largest = weights.empty() ? 0 : *std::max_element(weights.begin(), weights.end());
  int exponent = 0;
  if (largest > 0) std::frexp(largest, &exponent);
  for (double& w : weights) w = std::ldexp(w, -exponent);
}

class weight_finder {
 public:
  weight_finder(const compiled& from, const cell_columns& cells, std::span<const node_result> nodes, data_weights& to,
                const used_method* by)
      : from_(from), n_(from.nodes), cells_(cells), nodes_(nodes), to_(to), by_(by) {}

  // All node cells of a node.
  void find(std::uint32_t plan_number) {
    const node_plan& plan = n_.plans[plan_number];
    if (plan.weights == weighting::entropy) return find_entropy(plan_number);
    for (std::uint32_t i = n_.of_node_begin[plan_number]; i < n_.of_node_begin[plan_number + 1]; ++i)
      find_measures(n_.of_node[i]);
  }

  // Each child weighs what the reading of its target says.
  void find_measures(std::uint32_t node_cell) {
    const node_plan& plan = n_.plans[n_.plan[node_cell]];
    const std::uint32_t begin = n_.child_begin[node_cell];
    const std::uint32_t end = n_.child_begin[node_cell + 1];
    std::uint8_t missing = 0;
    for (std::uint32_t c = begin; c < end; ++c) {
      to_.of_child[c] = 0;
      if (static_weight(from_, n_.children[c]) <= 0) continue;
      const auto [is_target, number] = identity_of(from_, n_.children[c]);
      for (std::uint32_t m = plan.first_measure; m < plan.first_measure + plan.measure_count; ++m) {
        const node_measure& measure = n_.measures[m];
        if (measure.is_target != is_target || measure.child != number) continue;
        const std::uint32_t cell = n_.watched[n_.watch_begin[node_cell] + measure.watched];
        missing = first_of(missing, weight_of(cell, to_.of_child[c]));
      }
    }
    settle(node_cell, missing);
  }

 private:
  std::uint8_t weight_of(std::uint32_t cell, double& weight) const noexcept {
    if (cell == none) return as_missing(reason::no_observation);
    if (cells_.reading_missing[cell] != 0) return cells_.reading_missing[cell];
    if (cells_.reading[cell] < 0) return as_missing(reason::not_scalable);
    weight = cells_.reading[cell];
    return 0;
  }

  // The same weights at all places: of the scores at the places of the sample, one column a child.
  void find_entropy(std::uint32_t plan_number) {
    std::vector<std::pair<bool, std::uint32_t>> children;
    std::vector<std::vector<double>> columns;
    std::vector<std::uint8_t> is_due;
    const node_plan& plan = n_.plans[plan_number];
    for_each_cell(plan_number, [&](std::uint32_t node_cell) {
      if (n_.in_sample[node_cell] == 0) return;
      for (std::uint32_t c = n_.child_begin[node_cell]; c < n_.child_begin[node_cell + 1]; ++c) {
        const contribution part = static_contribution(from_, n_.children[c], cells_, nodes_, plan, by_);
        if (part.weight <= 0) continue;
        const auto child = identity_of(from_, n_.children[c]);
        const auto at = static_cast<std::size_t>(std::find(children.begin(), children.end(), child) - children.begin());
        if (at == children.size()) {
          children.push_back(child);
          columns.emplace_back();
          is_due.push_back(0);
        }
        if (part.in_bounds) is_due[at] = 1;
        if (part.in_mean) columns[at].push_back(part.attainment);
      }
    });
    std::vector<std::vector<double>> used;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (is_due[i] != 0) used.push_back(columns[i]);
    }
    const answer<std::vector<double>> found = entropy_weights(used, plan.transform);
    const std::uint8_t missing = found.has_value() ? std::uint8_t{0} : as_missing(found.why());
    std::vector<double> weights(columns.size(), 0);
    for (std::size_t i = 0, k = 0; found.has_value() && i < columns.size(); ++i) {
      if (is_due[i] != 0) weights[i] = (*found)[k++];
    }
    for_each_cell(plan_number, [&](std::uint32_t node_cell) {
      for (std::uint32_t c = n_.child_begin[node_cell]; c < n_.child_begin[node_cell + 1]; ++c) {
        const auto child = identity_of(from_, n_.children[c]);
        const auto at = static_cast<std::size_t>(std::find(children.begin(), children.end(), child) - children.begin());
        to_.of_child[c] = at < weights.size() && static_weight(from_, n_.children[c]) > 0 ? weights[at] : 0;
      }
      settle(node_cell, missing);
    });
  }

  template <class Visitor>
  void for_each_cell(std::uint32_t plan_number, Visitor visit) const {
    for (std::uint32_t i = n_.of_node_begin[plan_number]; i < n_.of_node_begin[plan_number + 1]; ++i) visit(n_.of_node[i]);
  }

  // Where weights cannot be told, what is counted counts evenly and the mean has the reason.
  void settle(std::uint32_t node_cell, std::uint8_t missing) {
    const auto weights =
        std::span(to_.of_child).subspan(n_.child_begin[node_cell], n_.child_begin[node_cell + 1] - n_.child_begin[node_cell]);
    if (missing == 0 && !weights.empty() && *std::max_element(weights.begin(), weights.end()) <= 0) {
      missing = as_missing(reason::denominator_zero);
    }
    to_.missing[node_cell] = missing;
    if (missing != 0) {
      for (std::uint32_t c = n_.child_begin[node_cell]; c < n_.child_begin[node_cell + 1]; ++c) {
        to_.of_child[c] = static_weight(from_, n_.children[c]) > 0 ? 1 : 0;
      }
    }
    scale_weights(weights);
  }

  const compiled& from_;
  const compiled_nodes& n_;
  const cell_columns& cells_;
  std::span<const node_result> nodes_;
  data_weights& to_;
  const used_method* by_;
};

}  // namespace attain::inline v0::detail
