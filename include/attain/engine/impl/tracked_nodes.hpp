#pragma once

// The nodes of a tracked evaluation: brought up to date from the cell that changed to the root.

#include <attain/core/sort_stably.hpp>
#include <attain/engine/impl/node_weights.hpp>
#include <attain/engine/impl/touched.hpp>
#include <attain/engine/roll_up.hpp>
#include <attain/model/portfolio.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

/// Of what was touched, with what it was at first: what is not as it was, ascending and each once.
template <class Result, class Now>
void list_changed(std::vector<std::pair<std::uint32_t, Result>>& touched, const Now& now, std::vector<std::uint32_t>& changed) {
  changed.clear();
  sort_stably(std::span(touched), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 0; i < touched.size(); ++i) {
    const auto& [at, was] = touched[i];
    const bool is_first = i == 0 || touched[i - 1].first != at;
    if (is_first && !(was == now[at])) changed.push_back(at);
  }
}

class tracked_nodes {
 public:
  std::vector<std::pair<std::uint32_t, node_result>> before{};  ///< those that changed since it was cleared, with what they were

  /// As after a full run. @p cells is kept, and always as it is now; so are the others.
  void start(const compiled& from, const portfolio& plan, const cell_columns& cells, std::int32_t as_of, const used_method* by,
             node_results results, data_weights weights) {
    from_ = &from;
    plan_ = &plan;
    cells_ = &cells;
    as_of_ = as_of;
    by_ = by;
    results_ = std::move(results);
    weights_ = std::move(weights);
    sums_.start(results_.size());
    before.clear();
    watched_by_.clear();
    const compiled_nodes& n = from.nodes;
    for (std::uint32_t at = 0; at < results_.size(); ++at) {
      for (std::uint32_t w = 0; w < n.plans[n.plan[at]].watch_count; ++w) {
        const std::uint32_t cell = n.watched[n.watch_begin[at] + w];
        if (cell != none) watched_by_[cell].push_back(at);
      }
    }
  }

  const node_results& results() const noexcept { return results_; }

  /// The nodes above a cell that was judged again, at its place and, for the target's own, at those above it (rule R9c); and the
  /// nodes that name it.
  void cell_changed(std::uint32_t target_number, std::uint32_t cell, const cell_result& was, const cell_result& is) {
    const target_plan& target = from_->cells.targets[target_number];
    const programme& p = plan_->programmes()[target.programme];
    const programme_target& spec = p.targets()[target.target];
    const std::uint32_t place = from_->cells.place[cell];
    child_changed(from_->cells.node[cell], cell, was, is);
    if (place == spec.place) {
      for (std::uint32_t up = p.place_parents()[place]; up != none; up = p.place_parents()[up]) {
        child_changed(*from_->find_node_cell(target.programme, spec.node, up), cell, was, is);
      }
    }
    if (watched_by_.empty()) return;
    const auto watching = watched_by_.find(cell);
    if (watching == watched_by_.end()) return;
    for (const std::uint32_t node_cell : watching->second) update(node_cell, nullptr);
  }

 private:
  static constexpr std::uint32_t many_children = 4;  ///< from here on sums of children are kept instead of added up again

  /// What a child of a node contributed, and what it does now.
  struct change {
    contribution before;
    contribution after;
  };

  const node_plan& plan_at(std::uint32_t node_cell) const { return from_->nodes.plans[from_->nodes.plan[node_cell]]; }

  void child_changed(std::uint32_t node_cell, std::uint32_t cell, const cell_result& was, const cell_result& is) {
    const node_plan& above = plan_at(node_cell);
    const change of_child{contribution_of(*from_, cell, was, above), contribution_of(*from_, cell, is, above)};
    update(node_cell, &of_child);
  }

  // The node and those above it, as long as anything changes; without a change what it watches did.
  void update(std::uint32_t node_cell, const change* of_child) {
    change next;
    for (std::uint32_t at = node_cell; at != none; at = from_->nodes.parent[at]) {
      const node_result was = results_[at];
      results_[at] = again(at, of_child);
      if (was == results_[at]) break;
      before.emplace_back(at, was);
      const std::uint32_t parent = from_->nodes.parent[at];
      if (parent == none) break;
      const node_plan& above = plan_at(parent);
      next = {contribution_of(*from_, at, was, above, by_), contribution_of(*from_, at, results_[at], above, by_)};
      of_child = &next;
    }
    while (!reweighed_.empty()) {
      const std::uint32_t other = reweighed_.back();
      reweighed_.pop_back();
      update(other, nullptr);
    }
  }

  // Weights that follow from data; the other places of a node with entropy weights have new ones, too (rule U11).
  void weigh_again(std::uint32_t at) {
    const std::uint32_t number = from_->nodes.plan[at];
    weight_finder finder(*from_, *cells_, results_, weights_, by_);
    if (from_->nodes.plans[number].weights == weighting::measure) return finder.find_measures(at);
    const data_weights known = weights_;
    finder.find(number);
    if (known == weights_) return;
    for (std::uint32_t i = from_->nodes.of_node_begin[number]; i < from_->nodes.of_node_begin[number + 1]; ++i) {
      if (from_->nodes.of_node[i] != at) reweighed_.push_back(from_->nodes.of_node[i]);
    }
  }

  node_result again(std::uint32_t at, const change* of_child) {
    const compiled_nodes& n = from_->nodes;
    const node_plan& here = plan_at(at);
    if (here.has_data_weights()) weigh_again(at);
    node_adder adder(*from_, *cells_, results_, weights_, by_);
    node_result result;
    std::int32_t failing = 0;
    if (here.has_data_weights() || n.child_begin[at + 1] - n.child_begin[at] < many_children) {
      adder.add(at, result, failing);
    } else {
      const auto [sums, is_new] = sums_.get(at);
      if (is_new) {
        node_sums& kept = sums;
        for_each_contribution(
            *from_, at, *cells_, results_, weights_, [&](std::uint32_t, const contribution& child) { kept.add(child); }, by_);
      } else if (of_child != nullptr) {
        sums.subtract(of_child->before);
        sums.add(of_child->after);
      }
      result = adder.finish(at, sums);
      failing = sums.failing();
    }
    if (here.aggregate.kind == aggregation::custom) {
      const std::uint32_t only[] = {at};
      results_[at] = result;
      call_aggregator(*from_, here.custom, only, *cells_, results_, weights_, by_);
      result = results_[at];
    }
    settle(*from_, at, *cells_, failing, as_of_, result, by_);
    return result;
  }

  const compiled* from_ = nullptr;
  const portfolio* plan_ = nullptr;
  const cell_columns* cells_ = nullptr;
  std::int32_t as_of_ = 0;
  const used_method* by_ = nullptr;
  node_results results_;
  data_weights weights_;
  touched<node_sums> sums_;                                                   ///< of the children of node cells
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> watched_by_;  ///< cell → node cells that read it by name
  std::vector<std::uint32_t> reweighed_;                                      ///< node cells whose weights changed
};

}  // namespace attain::inline v0::detail
