#pragma once

#include <attain/engine/roll_up.hpp>
#include <attain/engine/uncertainty.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace attain::inline v0 {
namespace detail {

// A target below a node of the programme, its scores by unit.
struct scored_target {
  std::uint32_t target = 0;  ///< target plan
  std::uint32_t parent = 0;  ///< in the tree
  double weight = 0;
  std::vector<answer<double>> scores;
};

// Places of a node that none of its places lies within.
inline std::vector<std::uint32_t> lowest_places(const compiled& from, const programme& plan, std::uint32_t node_plan_index) {
  const compiled_nodes& n = from.nodes;
  std::vector<std::uint32_t> places;
  for (std::uint32_t i = n.of_node_begin[node_plan_index]; i < n.of_node_begin[node_plan_index + 1]; ++i) {
    places.push_back(n.place[n.of_node[i]]);
  }
  std::vector<std::uint8_t> has_below(plan.places().size(), 0);
  for (const std::uint32_t place : places) {
    for (std::uint32_t up = plan.place_parents()[place]; up != none; up = plan.place_parents()[up]) has_below[up] = 1;
  }
  std::erase_if(places, [&](std::uint32_t place) { return has_below[place] != 0; });
  return places;
}

}  // namespace detail

ATTAIN_INLINE answer<scores_of_places> scores_at_places(const evaluation& from, std::string_view project) {
  const evaluation_data& data = from.data();
  const compiled& c = *data.compiled;
  const std::uint32_t top = c.nodes.plan[from.project(project).node_cell()];
  const std::uint32_t number = c.programme_of(from.project(project).node_cell());
  const programme& plan = from.plan().programmes()[number];
  const std::uint32_t first_plan = c.nodes.first_plan[number];
  const std::vector<std::uint32_t> places = detail::lowest_places(c, plan, top);

  scores_of_places made;
  for (const std::uint32_t place : places) made.places.push_back(plan.places()[place].id);
  std::vector<std::uint32_t> in_tree(plan.nodes().size(), none);  // nodes come after their parents
  for (std::uint32_t node = 0; node < plan.nodes().size(); ++node) {
    const std::uint32_t parent = plan.nodes()[node].parent;
    const bool is_top = first_plan + node == top;
    if (!is_top && (parent == none || in_tree[parent] == none)) continue;
    const node_plan& roll_up = c.nodes.plans[first_plan + node];
    if (roll_up.aggregate.kind != aggregation::weighted_mean || roll_up.has_data_weights()) return reason::not_comparable;
    in_tree[node] = static_cast<std::uint32_t>(made.tree.size());
    const std::uint32_t cell = c.nodes.of_node[c.nodes.of_node_begin[first_plan + node]];
    made.tree.parent.push_back(is_top ? 0 : in_tree[parent]);
    made.tree.weight.push_back(is_top ? 1 : c.nodes.weight[cell]);
    made.nodes.push_back(node == 0 ? plan.id() : plan.nodes()[node].spec->id);
  }

  std::vector<detail::scored_target> targets;
  for (std::uint32_t t = c.first_target[number]; t < c.first_target[number + 1]; ++t) {
    const target_plan& target = c.cells.targets[t];
    const std::uint32_t home = plan.targets()[target.target].node;
    if (in_tree[home] == none || target.cell_count == 0 || c.cells.weight[target.first_cell] <= 0) continue;
    detail::scored_target one{.target = target.target,
                              .parent = in_tree[home],
                              .weight = c.cells.weight[target.first_cell],
                              .scores = {}};
    for (const std::uint32_t place : places) {
      const auto cell = c.find_cell(t, place);
      const contribution part =
          cell ? contribution_of(c, *cell, data.cells.leaf(*cell), c.nodes.plans[first_plan + home]) : contribution{};
      one.scores.push_back(part.in_mean ? answer<double>(part.attainment) : reason::no_observation);
    }
    const bool any = std::any_of(one.scores.begin(), one.scores.end(), [](const answer<double>& s) { return s.has_value(); });
    if (any) targets.push_back(std::move(one));
  }
  if (targets.empty()) return reason::no_observation;
  // Childless nodes are leaves of the tree without a score; they come first, as nodes do.
  std::vector<std::uint8_t> has_children(made.tree.size(), 0);
  for (std::size_t i = 1; i < made.tree.size(); ++i) has_children[made.tree.parent[i]] = 1;
  for (const detail::scored_target& one : targets) has_children[one.parent] = 1;
  const auto childless = static_cast<std::size_t>(std::count(has_children.begin(), has_children.end(), std::uint8_t{0}));
  for (const detail::scored_target& one : targets) {
    made.tree.parent.push_back(one.parent);
    made.tree.weight.push_back(one.weight);
    made.nodes.push_back(plan.targets()[one.target].spec->id);
  }
  made.sheet.units = places.size();
  for (std::size_t u = 0; u < places.size(); ++u) {
    made.sheet.score.insert(made.sheet.score.end(), childless, 0);
    made.sheet.missing.insert(made.sheet.missing.end(), childless, 1);
    for (const detail::scored_target& one : targets) {
      made.sheet.score.push_back(one.scores[u].value_or(0));
      made.sheet.missing.push_back(one.scores[u].has_value() ? std::uint8_t{0} : std::uint8_t{1});
    }
  }
  return made;
}

}  // namespace attain::inline v0
