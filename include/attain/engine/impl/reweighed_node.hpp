#pragma once

// Totals with other weights at one node, as a programme with these would have them.

#include <attain/engine/impl/totals_part.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

// A node, and those from it to the units, with other weights; the rest is as it was.
class reweighed_node {
 public:
  reweighed_node(const totals_part& of, std::uint32_t family_number)
      : of_(of), part_({of.part.from, of.part.cells, of.part.nodes}, cells_of(of, family_number)) {
    families_ = families_of(part_, of.by.get());
    family_of_.assign(of.family_of.size(), none);
    for (std::uint32_t f = 0; f < families_.size(); ++f) family_of_[node_of(families_[f].plan)] = f;
    own_ = family_of_[of.node_in_part(of.families[family_number].plan)];
  }

  const family& own() const noexcept { return families_[own_]; }

  // The totals with these weights at the node; those above it that count leaves have @p fewer of them.
  std::vector<answer<double>> totals_with(std::vector<double> weights, double fewer = 0) {
    weigh(part_, own(), weights);
    std::vector<std::uint32_t> counted;
    if (fewer > 0) counted = count_fewer(fewer);
    part_.run(of_.as_of, of_.by.get());
    for (const std::uint32_t f : counted) {
      std::vector<double> as_before = weights_of(families_[f]);
      weigh(part_, families_[f], as_before);
    }
    std::vector<answer<double>> totals = of_.scores;
    for (std::size_t u = 0; u < totals.size(); ++u) {
      const std::uint32_t at = part_.node_cell(of_.unit[u]);
      if (at != none) totals[u] = mean_of_node(part_.nodes[at]);
    }
    return totals;
  }

 private:
  static std::vector<std::uint32_t> cells_of(const totals_part& of, std::uint32_t family_number) {
    std::vector<std::uint32_t> cells;
    for (std::uint32_t f = family_number; f != none; f = of.family_above(f)) {
      cells.insert(cells.end(), of.families[f].node_cells.begin(), of.families[f].node_cells.end());
    }
    std::sort(cells.begin(), cells.end());
    return cells;
  }

  // The node of the programme that a node plan of this part stands for.
  std::uint32_t node_of(std::uint32_t plan) const { return of_.node_in_part(part_.plan_number[plan]); }

  // Families that weigh by leaves, from the one above the node on.
  std::vector<std::uint32_t> count_fewer(double fewer) {
    std::vector<std::uint32_t> changed;
    std::uint32_t below = node_of(own().plan);
    for (std::uint32_t at = of_.node_above(below); at != none && family_of_[at] != none; at = of_.node_above(at)) {
      const family& f = families_[family_of_[at]];
      if (part_.from.nodes.plans[f.plan].weights == weighting::leaf_count) {
        std::vector<double> weights;
        for (const family_member& child : f.children) {
          const std::uint32_t node = child.is_target ? none : node_of(child.number);
          const double count = child.is_target ? 1 : of_.leaves[node] - (node == below ? fewer : 0);
          weights.push_back(child.weight > 0 ? count : 0);
        }
        weigh(part_, f, weights);
        changed.push_back(family_of_[at]);
      }
      below = at;
    }
    return changed;
  }

  const totals_part& of_;
  roll_up_part part_;
  std::vector<family> families_;
  std::vector<std::uint32_t> family_of_;
  std::uint32_t own_ = 0;
};

// The parts one after the other, each with the node above it: parts of one family come together.
class reweighed_nodes {
 public:
  explicit reweighed_nodes(const totals_part& of) : of_(of) {}

  reweighed_node& above(const totals_part::weighed_child& child) {
    if (!node_ || family_ != child.family) node_.emplace(of_, family_ = child.family);
    return *node_;
  }

 private:
  const totals_part& of_;
  std::uint32_t family_ = 0;
  std::optional<reweighed_node> node_;
};

inline std::vector<without_node> totals_without_each(const totals_part& of) {
  std::vector<without_node> all;
  reweighed_nodes nodes(of);
  for (std::uint32_t i = 0; i < of.parts.size(); ++i) {
    const family_member& child = of.member(of.parts[i]);
    std::vector<double> weights = weights_of(of.family_of_child(of.parts[i]));
    weights[of.parts[i].child] = 0;
    const double leaves_less = of.leaves.empty() ? 0 : child.is_target ? 1 : of.leaves[of.node_in_part(child.number)];
    without_node one{.node = i, .scores = nodes.above(of.parts[i]).totals_with(std::move(weights), leaves_less), .ranks = {}};
    rank_without(of.ranks, one);
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace attain::inline v0::detail
