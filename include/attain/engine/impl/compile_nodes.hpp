#pragma once

// Layer 3 of compiling: the programme tree at every place.

#include <attain/engine/compiled.hpp>
#include <attain/engine/impl/compile_cells.hpp>
#include <attain/model/comparisons.hpp>
#include <attain/model/portfolio.hpp>
#include <attain/model/words.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

class node_compiler {
 public:
  node_compiler(compiled_plan& to, const portfolio& plan, std::vector<double> target_weights)
      : to_(to), n_(to.nodes), plan_(plan), target_weights_(std::move(target_weights)) {}

  void add_programme(std::uint32_t number, std::uint32_t method, const auto& custom_aggregator) {
    const programme& p = plan_.programmes()[number];
    n_.first_plan.edit().push_back(static_cast<std::uint32_t>(n_.plans.size()));
    for (const programme_node& node : p.nodes()) {
      const roll_up_spec& roll_up = node.spec == nullptr ? p.spec().roll_up : node.spec->roll_up;
      node_plan plan;
      plan.method = method;
      plan.minimum_coverage = roll_up.minimum_coverage.value_or(p.spec().defaults.minimum_coverage_of_node);
      plan.count_not_due = roll_up.not_due == not_due_policy::count_as_zero;
      plan.is_project = node.spec != nullptr && !node.spec->group;
      if (node.spec != nullptr && node.spec->due) plan.declared_due = node.spec->due->days();
      plan.count_missing = roll_up.missing == missing_policy::count_as_zero;
      plan.refuse_missing = roll_up.missing == missing_policy::refuse;
      if (plan.refuse_missing) plan.minimum_coverage = 1;
      plan.aggregate = aggregator::of(roll_up);
      plan.weights = roll_up.weights.by;
      plan.transform = roll_up.weights.transform;
      plan.is_additive = plan.aggregate.kind == aggregation::weighted_mean && !plan.has_data_weights();
      if (is_custom(roll_up.aggregator))
        plan.custom = custom_aggregator(std::string_view(roll_up.aggregator).substr(custom_prefix.size()));
      add_watched(number, roll_up, plan);
      n_.plans.edit().push_back(std::move(plan));
    }
  }

  void finish() {
    n_.first_plan.edit().push_back(static_cast<std::uint32_t>(n_.plans.size()));
    collect_places();
    weigh_children();
    number_cells();
    link_children();
    link_watched();
    find_samples();
  }

 private:
  struct position {
    std::uint32_t programme;
    std::uint32_t node;
  };

  std::uint32_t plan_of(std::uint32_t programme, std::uint32_t node) const { return n_.first_plan[programme] + node; }

  std::uint32_t watch(std::uint32_t number, const std::string& target, node_plan& by) {
    n_.watch.edit().push_back(to_.first_target[number] + plan_.programmes()[number].target_index(target));
    return by.watch_count++;
  }

  // The targets that measures and rules name.
  void add_watched(std::uint32_t number, const roll_up_spec& roll_up, node_plan& to) {
    to.first_watch = static_cast<std::uint32_t>(n_.watch.size());
    to.first_measure = static_cast<std::uint32_t>(n_.measures.size());
    to.first_rule = static_cast<std::uint32_t>(n_.rules.size());
    if (roll_up.weights.by == weighting::measure) {
      for (const auto& [child, target] : roll_up.weights.measures) {
        const programme& p = plan_.programmes()[number];
        const auto as_target = p.find_target(child);
        const std::uint32_t index = as_target ? to_.first_target[number] + *as_target : plan_of(number, p.project_index(child));
        n_.measures.edit().push_back({index, as_target.has_value(), watch(number, target, to)});
        ++to.measure_count;
      }
    }
    for (const rule_spec& spec : roll_up.rules) {
      node_rule rule{.spec = spec, .grade = parse_word<role>(spec.grade).value_or(role::met), .first = to.watch_count};
      for (const std::string& target : spec.of) watch(number, target, to);
      rule.count = static_cast<std::uint32_t>(spec.of.size());
      n_.rules.edit().push_back(std::move(rule));
      ++to.rule_count;
    }
  }

  // The places of a node are those of the cells below it; a target counts at all places above its own (rule R9c).
  void collect_places() {
    places_.resize(n_.plans.size());
    depth_.resize(n_.plans.size(), 0);
    where_.resize(n_.plans.size());
    for (std::uint32_t k = 0; k < plan_.programmes().size(); ++k) {
      const programme& p = plan_.programmes()[k];
      const auto parents = p.place_parents();
      for (std::uint32_t t = to_.first_target[k]; t < to_.first_target[k + 1]; ++t) {
        const target_plan& target = to_.cells.targets[t];
        const programme_target& spec = p.targets()[target.target];
        auto& places = places_[plan_of(k, spec.node)];
        for (std::uint32_t c = 0; c < target.cell_count; ++c) places.push_back(to_.cells.place[target.first_cell + c]);
        for (std::uint32_t up = parents[spec.place]; up != none; up = parents[up]) places.push_back(up);
      }
      const auto nodes = p.nodes();
      for (std::uint32_t i = static_cast<std::uint32_t>(nodes.size()); i-- > 0;) {
        auto& places = places_[plan_of(k, i)];
        std::sort(places.begin(), places.end());
        places.erase(std::unique(places.begin(), places.end()), places.end());
        if (places.empty()) places.push_back(0);  // nothing is promised here, and the root place says so
        if (nodes[i].parent == none) continue;
        auto& above = places_[plan_of(k, nodes[i].parent)];
        above.insert(above.end(), places.begin(), places.end());
      }
      for (std::uint32_t i = 0; i < nodes.size(); ++i) {
        where_[plan_of(k, i)] = {k, i};
        if (nodes[i].parent != none) depth_[plan_of(k, i)] = depth_[plan_of(k, nodes[i].parent)] + 1;
      }
    }
  }

  void number_cells() {
    const std::uint32_t depths = depth_.empty() ? 0 : *std::max_element(depth_.begin(), depth_.end()) + 1;
    std::vector<std::vector<std::uint32_t>> by_depth(depths);
    for (std::uint32_t i = 0; i < n_.plans.size(); ++i) by_depth[depth_[i]].push_back(i);
    first_cell_.resize(n_.plans.size());
    for (const auto& level : by_depth) {
      n_.level_begin.edit().push_back(static_cast<std::uint32_t>(n_.plan.size()));
      for (const std::uint32_t i : level) {
        first_cell_[i] = static_cast<std::uint32_t>(n_.plan.size());
        for (const std::uint32_t place : places_[i]) {
          n_.plan.edit().push_back(i);
          n_.place.edit().push_back(place);
        }
      }
    }
    n_.level_begin.edit().push_back(static_cast<std::uint32_t>(n_.plan.size()));
    n_.of_node_begin.edit().push_back(0);
    for (std::uint32_t i = 0; i < n_.plans.size(); ++i) {
      for (std::uint32_t k = 0; k < places_[i].size(); ++k) n_.of_node.edit().push_back(first_cell_[i] + k);
      n_.of_node_begin.edit().push_back(static_cast<std::uint32_t>(n_.of_node.size()));
    }
  }

  std::uint32_t cell_of(std::uint32_t plan, std::uint32_t place) const {
    const auto& places = places_[plan];
    const auto found = std::lower_bound(places.begin(), places.end(), place);
    return first_cell_[plan] + static_cast<std::uint32_t>(found - places.begin());
  }

  // Calls visit(node cell, child) for every child of every node cell, in the order of the tree.
  template <class Visitor>
  void for_each_child(Visitor visit) const {
    for (std::uint32_t k = 0; k < plan_.programmes().size(); ++k) {
      const programme& p = plan_.programmes()[k];
      const auto parents = p.place_parents();
      for (std::uint32_t t = to_.first_target[k]; t < to_.first_target[k + 1]; ++t) {
        const target_plan& target = to_.cells.targets[t];
        const programme_target& spec = p.targets()[target.target];
        const std::uint32_t above = plan_of(k, spec.node);
        for (std::uint32_t c = target.first_cell; c < target.first_cell + target.cell_count; ++c) {
          const std::uint32_t place = to_.cells.place[c];
          visit(cell_of(above, place), child_ref{c, true}, t);
          if (place != spec.place) continue;
          for (std::uint32_t up = parents[place]; up != none; up = parents[up]) {
            visit(cell_of(above, up), child_ref{c, true}, t);
          }
        }
      }
      for (std::uint32_t i = 1; i < p.nodes().size(); ++i) {
        const std::uint32_t plan = plan_of(k, i);
        for (std::uint32_t s = 0; s < places_[plan].size(); ++s) {
          visit(cell_of(plan_of(k, p.nodes()[i].parent), places_[plan][s]), child_ref{first_cell_[plan] + s, false}, none);
        }
      }
    }
  }

  // Rule U11, as far as weights do not follow from data: of those that do it is 1. A given weight of 0 stays.
  void weigh_children() {
    node_weights_.assign(n_.plans.size(), 0);
    std::vector<double> leaves(n_.plans.size(), 0);
    for (std::uint32_t k = 0; k < plan_.programmes().size(); ++k) {
      const programme& p = plan_.programmes()[k];
      for (std::uint32_t t = to_.first_target[k]; t < to_.first_target[k + 1]; ++t) {
        const std::uint32_t above = plan_of(k, p.targets()[to_.cells.targets[t].target].node);
        if (target_weights_[t] <= 0) continue;
        leaves[above] += 1;
        if (n_.plans[above].weights != weighting::given) target_weights_[t] = 1;
      }
      for (std::uint32_t i = static_cast<std::uint32_t>(p.nodes().size()); i-- > 1;) {
        const std::uint32_t above = plan_of(k, p.nodes()[i].parent);
        const double given = p.nodes()[i].spec->weight;
        double& weight = node_weights_[plan_of(k, i)];
        weight = given;
        if (given <= 0) continue;
        const double below = leaves[plan_of(k, i)];
        leaves[above] += below;
        if (n_.plans[above].weights == weighting::leaf_count) {
          weight = below;
        } else if (n_.plans[above].weights != weighting::given) {
          weight = 1;
        }
      }
      for (std::uint32_t i = 0; i < p.nodes().size(); ++i) {
        const project_spec* spec = p.nodes()[i].spec;
        compare_children(k, plan_of(k, i), spec == nullptr ? p.spec().roll_up.weights : spec->roll_up.weights);
      }
    }
  }

  void compare_children(std::uint32_t number, std::uint32_t at, const weights_spec& weights) {
    if (weights.by != weighting::comparisons || weights.comparisons.empty()) return;
    std::vector<std::string> children;
    for (const comparison_spec& c : weights.comparisons) {
      for (const std::string* id : {&c.child, &c.over}) {
        if (std::find(children.begin(), children.end(), *id) == children.end()) children.push_back(*id);
      }
    }
    const priorities found =
        priorities_of(comparison_matrix(weights.comparisons, children), children.size(), weights.priority, weights.index);
    n_.plans.edit()[at].consistency = found.consistency_ratio;
    const programme& p = plan_.programmes()[number];
    for (std::size_t i = 0; i < children.size(); ++i) {
      const auto target = p.find_target(children[i]);
      double& weight = target ? target_weights_[to_.first_target[number] + *target]
                              : node_weights_[plan_of(number, p.project_index(children[i]))];
      if (weight > 0) weight = found.weights[i];
    }
  }

  // The cells that a node reads besides its children: at its place, or the target's own below it (rule R9c).
  void link_watched() {
    if (n_.watch.empty()) return;
    auto& begin = n_.watch_begin.edit();
    auto& watched = n_.watched.edit();
    for (std::uint32_t at = 0; at < n_.plan.size(); ++at) {
      begin.push_back(static_cast<std::uint32_t>(watched.size()));
      const node_plan& plan = n_.plans[n_.plan[at]];
      for (std::uint32_t w = 0; w < plan.watch_count; ++w) {
        watched.push_back(cell_seen_from(n_.watch[plan.first_watch + w], n_.place[at]));
      }
    }
  }

  std::uint32_t cell_seen_from(std::uint32_t number, std::uint32_t place) const {
    const target_plan& target = to_.cells.targets[number];
    const programme& p = plan_.programmes()[target.programme];
    std::uint32_t sought = place;
    const std::uint32_t own = p.targets()[target.target].place;
    for (std::uint32_t up = p.place_parents()[own]; up != none; up = p.place_parents()[up]) {
      if (up == place) sought = own;
    }
    for (std::uint32_t c = target.first_cell; c < target.first_cell + target.cell_count; ++c) {
      if (to_.cells.place[c] == sought) return c;
    }
    return none;
  }

  // Entropy weights compare the places of a node that have none of its places below.
  void find_samples() {
    const auto is_entropy = [](const node_plan& plan) { return plan.weights == weighting::entropy; };
    if (std::none_of(n_.plans.begin(), n_.plans.end(), is_entropy)) return;
    auto& in_sample = n_.in_sample.edit();
    in_sample.assign(n_.plan.size(), 1);
    for (std::uint32_t at = 0; at < n_.plan.size(); ++at) {
      const position here = where_[n_.plan[at]];
      const auto& places = places_[n_.plan[at]];
      const std::uint32_t up = plan_.programmes()[here.programme].place_parents()[n_.place[at]];
      if (up != none && std::binary_search(places.begin(), places.end(), up)) in_sample[cell_of(n_.plan[at], up)] = 0;
    }
  }

  // Weights of siblings are scaled by a power of two, so that the largest lies in [1/2, 1): exact, and the same at every place.
  // So is their sum, absent siblings included (rule U6a).
  void scale_weights() {
    std::vector<double> largest(n_.plans.size(), 0);
    std::vector<double> sum(n_.plans.size(), 0);
    const auto weigh = [&](std::uint32_t above, double weight) {
      largest[above] = (std::max)(largest[above], weight);
      sum[above] += weight;
    };
    for (std::uint32_t k = 0; k < plan_.programmes().size(); ++k) {
      const programme& p = plan_.programmes()[k];
      for (std::uint32_t t = to_.first_target[k]; t < to_.first_target[k + 1]; ++t) {
        weigh(plan_of(k, p.targets()[to_.cells.targets[t].target].node), target_weights_[t]);
      }
      for (std::uint32_t i = 1; i < p.nodes().size(); ++i) {
        weigh(plan_of(k, p.nodes()[i].parent), node_weights_[plan_of(k, i)]);
      }
    }
    scale_.resize(largest.size(), 0);
    for (std::size_t i = 0; i < largest.size(); ++i) {
      if (largest[i] > 0) std::frexp(largest[i], &scale_[i]);
    }
    auto& all_weight = n_.all_weight.edit();
    for (std::size_t i = 0; i < n_.plan.size(); ++i) all_weight[i] = std::ldexp(sum[n_.plan[i]], -scale_[n_.plan[i]]);
  }

  void link_children() {
    const std::size_t cells = n_.plan.size();
    n_.child_begin.edit().assign(cells + 1, 0);
    n_.parent.edit().assign(cells, none);
    n_.weight.edit().assign(cells, 0);
    n_.all_weight.edit().assign(cells, 0);
    scale_weights();
    to_.cells.node.edit().assign(to_.cells.place.size(), none);
    to_.cells.weight.edit().assign(to_.cells.place.size(), 0);
    auto& child_begin = n_.child_begin.edit();
    for_each_child([&](std::uint32_t above, child_ref, std::uint32_t) { ++child_begin[above + 1]; });
    for (std::size_t i = 0; i < cells; ++i) child_begin[i + 1] += child_begin[i];
    n_.children.edit().resize(n_.child_begin[cells]);
    std::vector<std::uint32_t> next(n_.child_begin.begin(), n_.child_begin.end() - 1);
    auto& children = n_.children.edit();
    auto& parent = n_.parent.edit();
    auto& node_weight = n_.weight.edit();
    auto& cell_weight = to_.cells.weight.edit();
    auto& cell_node = to_.cells.node.edit();
    for_each_child([&](std::uint32_t above, child_ref child, std::uint32_t target) {
      children[next[above]++] = child;
      const int scale = scale_[n_.plan[above]];
      double weight = 0;
      if (child.is_cell) {
        weight = std::ldexp(target_weights_[target], -scale);
        cell_weight[child.index] = weight;
        if (to_.cells.place[child.index] == n_.place[above]) cell_node[child.index] = above;
      } else {
        weight = std::ldexp(node_weights_[n_.plan[child.index]], -scale);
        node_weight[child.index] = weight;
        parent[child.index] = above;
      }
    });
  }

  compiled_plan& to_;
  compiled_nodes& n_;
  const portfolio& plan_;
  std::vector<double> target_weights_;
  std::vector<double> node_weights_;
  std::vector<std::vector<std::uint32_t>> places_;
  std::vector<std::uint32_t> depth_;
  std::vector<position> where_;
  std::vector<std::uint32_t> first_cell_;
  std::vector<int> scale_;
};

}  // namespace attain::inline v0::detail
