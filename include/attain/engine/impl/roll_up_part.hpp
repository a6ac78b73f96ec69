#pragma once

// A part of an evaluation that the second kernel can run on alone: some node cells with what is below them, for totals that are
// worked out again and again with other weights and scores.

#include <attain/core/missing.hpp>
#include <attain/core/sort_stably.hpp>
#include <attain/engine/roll_up.hpp>
#include <attain/ledger/binding.hpp>
#include <attain/ledger/ledger.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

// What a part is taken from.
struct roll_up_source {
  const compiled& from;
  const cell_columns& cells;
  const node_results& nodes;
};

class roll_up_part {
 public:
  compiled from;       // only what the kernel reads
  cell_columns cells;  // of the leaves, of what rules name, and a copy of its own of each reading that weighs a child
  node_results nodes;
  std::vector<std::uint32_t> node_of;      // node cells of the source, those that are worked out first
  std::vector<std::uint32_t> cell_of;      // cells of the source
  std::vector<std::uint8_t> is_measure;    // of cells: a reading that weighs
  std::vector<std::uint32_t> plan_number;  // node plans of the source, ascending
  std::uint32_t live = 0;                  // so many node cells are worked out; the others keep the result that they had

  // @p live are node cells of the source, ascending; those of one level lie side by side.
  roll_up_part(const roll_up_source& source, std::span<const std::uint32_t> live_cells)
      : from{.plan = source.from.plan,
             .bound = attain::binding({}, ledger().view()),
             .known_at = {},
             .readings = {},
             .cells = {},
             .nodes = {},
             .first_target = source.from.first_target,
             .formulas = source.from.formulas,
             .custom = source.from.custom} {
    take_nodes(source, live_cells);
    take_children(source);
    take_watched(source);
    take_cells(source);
  }

  std::uint32_t node_cell(std::uint32_t of_source) const noexcept {
    const auto end = node_of.begin() + live;
    const auto found = std::lower_bound(node_of.begin(), end, of_source);
    return found == end || *found != of_source ? none : static_cast<std::uint32_t>(found - node_of.begin());
  }

  void run(std::int32_t as_of, const used_method* by) { roll_up(from, cells, as_of, nodes, weights_, by); }

 private:
  void take_nodes(const roll_up_source& source, std::span<const std::uint32_t> live_cells) {
    const compiled_nodes& s = source.from.nodes;
    live = static_cast<std::uint32_t>(live_cells.size());
    node_of.assign(live_cells.begin(), live_cells.end());
    number_of_node_.assign(s.plan.size(), none);
    for (std::uint32_t i = 0; i < live; ++i) number_of_node_[node_of[i]] = i;
    for (std::uint32_t i = 0; i < live; ++i) {
      for (std::uint32_t c = s.child_begin[node_of[i]]; c < s.child_begin[node_of[i] + 1]; ++c) {
        const child_ref child = s.children[c];
        if (child.is_cell || number_of_node_[child.index] != none) continue;
        number_of_node_[child.index] = static_cast<std::uint32_t>(node_of.size());
        node_of.push_back(child.index);
      }
    }
    compiled_nodes& n = from.nodes;
    n.rules = s.rules;
    n.watch = s.watch;
    take_plans(s);
    const auto take = [&](auto& to, const auto& column) {
      auto& values = to.edit();
      for (const std::uint32_t i : node_of) values.push_back(column[i]);
    };
    take(n.place, s.place);
    take(n.weight, s.weight);
    take(n.all_weight, s.all_weight);
    if (!s.in_sample.empty()) take(n.in_sample, s.in_sample);
    n.parent.edit().assign(node_of.size(), none);
    for (const std::uint32_t i : node_of) nodes.push_back(source.nodes[i]);

    auto& level_begin = n.level_begin.edit();
    std::size_t level = 0;
    for (std::uint32_t i = 0; i < live; ++i) {
      std::size_t of = level;
      while (of + 1 < s.level_begin.size() && s.level_begin[of + 1] <= node_of[i]) ++of;
      if (i == 0 || of != level) level_begin.push_back(i);
      level = of;
    }
    level_begin.push_back(live);

    // Live cells are in the order of levels, within a level in that of plans, within a plan in that of places.
    auto& begin = n.of_node_begin.edit();
    auto& of_node = n.of_node.edit();
    begin.assign(n.plans.size() + 1, 0);
    for (std::uint32_t i = 0; i < live; ++i) ++begin[n.plan[i] + 1];
    for (std::size_t i = 1; i < begin.size(); ++i) begin[i] += begin[i - 1];
    std::vector<std::uint32_t> next(begin.begin(), begin.end() - 1);
    of_node.resize(live);
    for (std::uint32_t i = 0; i < live; ++i) of_node[next[n.plan[i]]++] = i;
  }

  // Those that the node cells have, so that what is taken does not grow with the rest of a portfolio.
  void take_plans(const compiled_nodes& s) {
    for (const std::uint32_t i : node_of) plan_number.push_back(s.plan[i]);
    std::sort(plan_number.begin(), plan_number.end());
    plan_number.erase(std::unique(plan_number.begin(), plan_number.end()), plan_number.end());
    const auto number_of = [&](std::uint32_t plan) {
      const auto found = std::lower_bound(plan_number.begin(), plan_number.end(), plan);
      return found == plan_number.end() || *found != plan ? none : static_cast<std::uint32_t>(found - plan_number.begin());
    };
    compiled_nodes& n = from.nodes;
    for (const std::uint32_t i : node_of) n.plan.edit().push_back(number_of(s.plan[i]));
    for (const std::uint32_t number : plan_number) {
      node_plan& plan = n.plans.edit().emplace_back(s.plans[number]);
      const std::uint32_t first = plan.first_measure;
      plan.first_measure = static_cast<std::uint32_t>(n.measures.size());
      for (std::uint32_t m = first; m < first + plan.measure_count; ++m) {
        node_measure measure = s.measures[m];
        if (!measure.is_target) measure.child = number_of(measure.child);
        n.measures.edit().push_back(measure);
      }
    }
  }

  std::uint32_t take_cell(std::uint32_t cell, std::uint8_t weighs) {
    cell_of.push_back(cell);
    is_measure.push_back(weighs);
    return static_cast<std::uint32_t>(cell_of.size() - 1);
  }

  std::uint32_t number_of_cell(std::uint32_t cell, std::size_t cells_of_source) {
    if (number_of_cell_.empty()) number_of_cell_.assign(cells_of_source, none);
    std::uint32_t& number = number_of_cell_[cell];
    if (number == none) number = take_cell(cell, 0);
    return number;
  }

  void take_children(const roll_up_source& source) {
    const compiled_nodes& s = source.from.nodes;
    auto& begin = from.nodes.child_begin.edit();
    auto& children = from.nodes.children.edit();
    begin.push_back(0);
    for (std::uint32_t i = 0; i < node_of.size(); ++i) {
      for (std::uint32_t c = s.child_begin[node_of[i]]; i < live && c < s.child_begin[node_of[i] + 1]; ++c) {
        child_ref child = s.children[c];
        child.index = child.is_cell ? number_of_cell(child.index, source.cells.size()) : number_of_node_[child.index];
        children.push_back(child);
      }
      begin.push_back(static_cast<std::uint32_t>(children.size()));
    }
  }

  void take_watched(const roll_up_source& source) {
    const compiled_nodes& s = source.from.nodes;
    if (s.watch_begin.empty()) return;
    auto& begin = from.nodes.watch_begin.edit();
    auto& watched = from.nodes.watched.edit();
    for (std::uint32_t i = 0; i < node_of.size(); ++i) {
      begin.push_back(static_cast<std::uint32_t>(watched.size()));
      if (i >= live) continue;
      const node_plan& plan = s.plans[s.plan[node_of[i]]];
      for (std::uint32_t w = 0; w < plan.watch_count; ++w) {
        const std::uint32_t cell = s.watched[s.watch_begin[node_of[i]] + w];
        const bool weighs =
            std::any_of(s.measures.begin() + plan.first_measure, s.measures.begin() + plan.first_measure + plan.measure_count,
                        [&](const node_measure& m) { return m.watched == w; });
        watched.push_back(cell == none ? none : weighs ? take_cell(cell, 1) : number_of_cell(cell, source.cells.size()));
      }
    }
  }

  void take_cells(const roll_up_source& source) {
    const compiled_cells& s = source.from.cells;
    compiled_cells& c = from.cells;
    c.targets = s.targets;
    c.methods = s.methods;
    const auto take = [&](auto& to, const auto& column) {
      auto& values = to.edit();
      for (const std::uint32_t i : cell_of) values.push_back(column[i]);
    };
    take(c.target_of, s.target_of);
    take(c.place, s.place);
    take(c.weight, s.weight);
    take(c.goal, s.goal);
    cells.resize(cell_of.size(), !source.cells.method_score.empty());
    const cell_writer write(cells);
    for (std::size_t i = 0; i < cell_of.size(); ++i) write.put(i, source.cells[cell_of[i]]);
  }

  data_weights weights_;
  std::vector<std::uint32_t> number_of_node_;
  std::vector<std::uint32_t> number_of_cell_;
};

// The children of a node of the programme, with the places where they and the node have cells in a part.
struct family_member {
  bool is_target = false;
  std::uint32_t number = 0;          // target plan, or node plan of the part
  double weight = 0;                 // as compiled
  bool in_mean = false;              // of some node cell here
  std::vector<std::uint32_t> where;  // cells or node cells of the part
};

struct family {
  std::uint32_t plan = 0;                   // node plan of the part
  std::vector<family_member> children;      // in the order of the programme: nodes, then targets
  std::vector<std::uint32_t> node_cells{};  // of the part
};

/// Of all nodes that are worked out in a part, by node plan.
inline std::vector<family> families_of(const roll_up_part& part, const used_method* by) {
  const compiled& from = part.from;
  const compiled_nodes& n = from.nodes;
  std::vector<family> all;
  for (std::uint32_t plan = 0; plan < n.plans.size(); ++plan) {
    if (n.of_node_begin[plan] == n.of_node_begin[plan + 1]) continue;
    family made{.plan = plan, .children = {}};
    struct member {
      bool is_target;
      std::uint32_t number;
      std::uint32_t index;
      bool in_mean;
    };
    std::vector<member> members;
    for (std::uint32_t i = n.of_node_begin[plan]; i < n.of_node_begin[plan + 1]; ++i) {
      const std::uint32_t at = n.of_node[i];
      made.node_cells.push_back(at);
      for (std::uint32_t c = n.child_begin[at]; c < n.child_begin[at + 1]; ++c) {
        const child_ref child = n.children[c];
        const contribution adds = static_contribution(from, child, part.cells, part.nodes, n.plans[plan], by);
        const std::uint32_t number = child.is_cell ? from.cells.target_of[child.index] : n.plan[child.index];
        members.push_back({child.is_cell, number, child.index, adds.weight > 0 && adds.in_mean});
      }
    }
    sort_stably(std::span(members), [](const member& a, const member& b) {
      return std::pair(a.is_target, a.number) < std::pair(b.is_target, b.number);
    });
    for (const member& m : members) {
      const bool is_new =
          made.children.empty() || made.children.back().is_target != m.is_target || made.children.back().number != m.number;
      if (is_new) {
        const double weight = m.is_target ? from.cells.weight[m.index] : n.weight[m.index];
        made.children.push_back({.is_target = m.is_target, .number = m.number, .weight = weight, .in_mean = false, .where = {}});
      }
      family_member& child = made.children.back();
      child.in_mean = child.in_mean || m.in_mean;
      if (child.where.empty() || child.where.back() != m.index) child.where.push_back(m.index);
    }
    all.push_back(std::move(made));
  }
  return all;
}

/// Gives the children of a family weights in any scale, as a programme with these would have them. @p weights is changed.
inline void weigh(roll_up_part& part, const family& of, std::span<double> weights) {
  scale_weights(weights);
  double all = 0;
  for (std::size_t k = 0; k < of.children.size(); ++k) {
    all += weights[k];
    auto& column = of.children[k].is_target ? part.from.cells.weight.edit() : part.from.nodes.weight.edit();
    for (const std::uint32_t at : of.children[k].where) column[at] = weights[k];
  }
  auto& sums = part.from.nodes.all_weight.edit();
  for (const std::uint32_t at : of.node_cells) sums[at] = all;
}

/// The method that judges in a part, where only scores matter: without the costs of nodes, which are not taken along.
inline method_spec without_costs(method_spec spec) {
  for (band_list& list : spec.band_lists) {
    if (list.quantity == quantity::cpi) list.quantity = quantity::attainment;
  }
  return spec;
}

inline std::shared_ptr<const used_method> without_costs(const std::shared_ptr<const used_method>& method) {
  if (method == nullptr || !method->costs) return method;
  return std::make_shared<const used_method>(without_costs(method->spec), method->function);
}

inline void drop_costs(compiled& from) {
  const auto has = [](const used_method& m) { return m.costs.has_value(); };
  if (std::none_of(from.cells.methods.begin(), from.cells.methods.end(), has)) return;
  for (used_method& method : from.cells.methods.edit()) method = used_method(without_costs(method.spec), method.function);
}

}  // namespace attain::inline v0::detail
