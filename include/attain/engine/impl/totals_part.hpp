#pragma once

// What totals are worked out again from: the units that are ranked, and the part of the roll-up behind them.

#include <attain/engine/impl/roll_up_part.hpp>
#include <attain/engine/roll_up.hpp>
#include <attain/engine/uncertainty.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0::detail {

// Node cells of a node at those of its places that none of its places lies within.
inline std::vector<std::uint32_t> cells_at_lowest_places(const compiled& from, const programme& plan,
                                                         std::uint32_t node_plan_index) {
  const compiled_nodes& n = from.nodes;
  std::vector<std::uint32_t> cells(n.of_node.begin() + n.of_node_begin[node_plan_index],
                                   n.of_node.begin() + n.of_node_begin[node_plan_index + 1]);
  std::vector<std::uint8_t> has_below(plan.places().size(), 0);
  for (const std::uint32_t cell : cells) {
    for (std::uint32_t up = plan.place_parents()[n.place[cell]]; up != none; up = plan.place_parents()[up]) has_below[up] = 1;
  }
  std::erase_if(cells, [&](std::uint32_t cell) { return has_below[n.place[cell]] != 0; });
  return cells;
}

// The node cells whose totals are ranked.
inline std::vector<std::uint32_t> units_among(const compiled& from, const programme& plan, std::uint32_t top, ranked among) {
  const compiled_nodes& n = from.nodes;
  switch (among) {
    case ranked::places:
      return cells_at_lowest_places(from, plan, n.plan[top]);
    case ranked::itself:
      return {top};
    case ranked::projects:
      break;
  }
  std::vector<std::uint32_t> cells;
  for (std::uint32_t i = n.child_begin[top]; i < n.child_begin[top + 1]; ++i) {
    if (!n.children[i].is_cell) cells.push_back(n.children[i].index);
  }
  return cells;
}

// The node cells that the results of @p units follow from: those below, and where scores make weights the other places of the
// node.
inline std::vector<std::uint32_t> cells_behind(const compiled& from, std::span<const std::uint32_t> units) {
  const compiled_nodes& n = from.nodes;
  std::vector<std::uint8_t> seen(n.plan.size(), 0);
  std::vector<std::uint32_t> all;
  std::vector<std::uint32_t> open;
  const auto visit = [&](std::uint32_t at) {
    if (seen[at] != 0) return;
    seen[at] = 1;
    all.push_back(at);
    open.push_back(at);
  };
  for (const std::uint32_t unit : units) visit(unit);
  while (!open.empty()) {
    const std::uint32_t at = open.back();
    open.pop_back();
    const std::uint32_t plan = n.plan[at];
    if (n.plans[plan].weights == weighting::entropy) {
      for (std::uint32_t i = n.of_node_begin[plan]; i < n.of_node_begin[plan + 1]; ++i) {
        if (n.in_sample[n.of_node[i]] != 0) visit(n.of_node[i]);
      }
    }
    for (std::uint32_t c = n.child_begin[at]; c < n.child_begin[at + 1]; ++c) {
      if (!n.children[c].is_cell) visit(n.children[c].index);
    }
  }
  std::sort(all.begin(), all.end());
  return all;
}

inline answer<double> mean_of_node(const node_result& of) {
  return of.attainment_missing != 0 ? answer<double>(static_cast<reason>(of.attainment_missing)) : answer<double>(of.attainment);
}

inline std::vector<double> weights_of(const family& of) {
  std::vector<double> weights;
  for (const family_member& child : of.children) weights.push_back(child.weight);
  return weights;
}

// Of children that enter a mean; 0 of the others.
inline std::vector<double> weights_in_mean(const family& of) {
  std::vector<double> weights;
  for (const family_member& child : of.children) weights.push_back(child.in_mean ? child.weight : 0);
  return weights;
}

// An error of the data moves the attainment of this cell.
inline bool has_error(const cell_columns& cells, std::size_t cell) {
  constexpr std::uint16_t asked = cell_flag::applicable | cell_flag::has_score | cell_flag::answered;
  return (cells.flags[cell] & (asked | cell_flag::hold_stream | cell_flag::not_due)) == asked;
}

// What a score was before it was brought within 0 and its cap.
inline double score_before_cap(const cell_columns& cells, std::size_t cell, double cap) {
  const double attained = cells.attainment[cell];
  const bool is_cut = cells.attainment_missing[cell] == 0 && std::clamp(attained, 0.0, cap) == cells.score[cell];
  return is_cut ? attained : cells.score[cell];
}

struct totals_part {
  // A child with weight, by its family and its number there.
  struct weighed_child {
    std::uint32_t family = 0;
    std::uint32_t child = 0;
  };

  evaluation from;
  std::uint32_t top;  // node cell of the evaluation
  std::uint32_t programme_number;
  std::int32_t as_of;
  std::shared_ptr<const used_method> by;
  std::vector<std::uint32_t> chosen;  // the units, as node cells of the evaluation
  roll_up_part part;
  names_of_totals names{};
  std::vector<std::uint32_t> unit{};  // the same, as node cells of the part
  std::vector<answer<double>> scores{};
  std::vector<std::int32_t> ranks{};
  std::vector<family> families{};
  std::vector<std::uint32_t> family_of{};  // node of the programme → family, none without one
  std::vector<weighed_child> parts{};
  std::vector<double> leaves{};  // targets with weight below a node of the programme, where some weights are their number

  totals_part(const evaluation& of, std::string_view project, ranked among)
      : from(of),
        top(of.project(project).node_cell()),
        programme_number(whole().programme_of(top)),
        as_of(of.data().as_of.days()),
        by(without_costs(of.data().by)),
        chosen(units_among(whole(), plan(), top, among)),
        part({whole(), of.data().cells, of.data().nodes}, cells_behind(whole(), chosen)) {
    drop_costs(part.from);
    take_units(among);
    take_families();
    count_leaves();
  }

  const compiled& whole() const noexcept { return *from.data().compiled; }
  const programme& plan() const noexcept { return from.plan().programmes()[programme_number]; }
  const node_plan& plan_of(const family& f) const noexcept { return part.from.nodes.plans[f.plan]; }
  const family& family_of_child(const weighed_child& c) const noexcept { return families[c.family]; }
  const family_member& member(const weighed_child& c) const noexcept { return families[c.family].children[c.child]; }

  // The node of the programme that a node plan of the part, or of the whole, stands for.
  std::uint32_t node_in_part(std::uint32_t plan_of_part) const { return node_of_plan(part.plan_number[plan_of_part]); }
  std::uint32_t node_of_plan(std::uint32_t number) const { return number - whole().nodes.first_plan[programme_number]; }
  std::uint32_t node_above(std::uint32_t node) const { return plan().nodes()[node].parent; }
  std::uint32_t family_above(std::uint32_t family_number) const {
    const std::uint32_t above = node_above(node_in_part(families[family_number].plan));
    return above == none ? none : family_of[above];
  }

  const std::string& id_of_node(std::uint32_t node) const { return node == 0 ? plan().id() : plan().nodes()[node].spec->id; }
  const std::string& id_of_target(std::uint32_t number) const {
    return plan().targets()[whole().cells.targets[number].target].spec->id;
  }

 private:
  void take_units(ranked among) {
    const compiled_nodes& n = whole().nodes;
    names.among = among;
    for (const std::uint32_t cell : chosen) {
      unit.push_back(part.node_cell(cell));
      scores.push_back(mean_of_node(from.data().nodes[cell]));
      names.units.push_back(among == ranked::places ? plan().places()[n.place[cell]].id : id_of_node(node_of_plan(n.plan[cell])));
    }
    ranks = ranks_by_score(scores);
  }

  void take_families() {
    families = families_of(part, by.get());
    family_of.assign(plan().nodes().size(), none);
    for (std::uint32_t f = 0; f < families.size(); ++f) {
      family_of[node_in_part(families[f].plan)] = f;
      for (std::uint32_t k = 0; k < families[f].children.size(); ++k) {
        const family_member& child = families[f].children[k];
        if (child.weight <= 0) continue;
        parts.push_back({f, k});
        names.parts.push_back(child.is_target ? id_of_target(child.number) : id_of_node(node_in_part(child.number)));
      }
    }
  }

  // Rule U11, as when compiling.
  void count_leaves() {
    const auto counts = [&](const family& f) { return plan_of(f).weights == weighting::leaf_count; };
    if (std::none_of(families.begin(), families.end(), counts)) return;
    const compiled& c = whole();
    leaves.assign(plan().nodes().size(), 0);
    for (std::uint32_t t = c.first_target[programme_number]; t < c.first_target[programme_number + 1]; ++t) {
      const target_plan& target = c.cells.targets[t];
      if (target.cell_count == 0 || c.cells.weight[target.first_cell] <= 0) continue;
      leaves[plan().targets()[target.target].node] += 1;
    }
    for (auto i = static_cast<std::uint32_t>(plan().nodes().size()); i-- > 1;) {
      if (plan().nodes()[i].spec->weight > 0) leaves[plan().nodes()[i].parent] += leaves[i];
    }
  }
};

}  // namespace attain::inline v0::detail
