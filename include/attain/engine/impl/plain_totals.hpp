#pragma once

// Totals whose nodes are all plain weighted means, as a tree for `judge/firmness.hpp`, where draws are plain sums.

#include <attain/engine/impl/totals_part.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

inline bool is_plain_mean(const node_plan& p) noexcept {
  return p.aggregate.kind == aggregation::weighted_mean && !p.has_data_weights() && p.rule_count == 0 && !p.aggregate.floor &&
         !p.count_not_due && !p.count_missing && !p.refuse_missing;
}

// The tree, and where the parts are in it.
struct plain_totals {
  scores_of_places scores;
  std::vector<std::uint32_t> node_of_part;  // none for what is not in it
};

class plain_totals_maker {
 public:
  explicit plain_totals_maker(const totals_part& of) : of_(of) {}

  // None if some node is no plain mean, or nothing has a score.
  std::optional<plain_totals> make() {
    const auto is_plain = [&](const family& f) { return is_plain_mean(of_.plan_of(f)); };
    if (!std::all_of(of_.families.begin(), of_.families.end(), is_plain)) return std::nullopt;
    make_tree();
    if (leaf_parts_.empty()) return std::nullopt;
    fill_sheet();
    made_.scores.places = of_.names.units;
    return std::move(made_);
  }

 private:
  void make_tree() {
    const compiled_nodes& n = of_.part.from.nodes;
    std::vector<std::uint32_t> in_tree(n.plans.size(), none);
    const std::uint32_t top = n.plan[of_.unit.front()];
    in_tree[top] = add(0, 1, of_.id_of_node(of_.node_in_part(top)));
    made_.node_of_part.assign(of_.parts.size(), none);
    for (const bool of_targets : {false, true}) {  // leaves come last, in the order of the programme
      for (std::uint32_t i = 0; i < of_.parts.size(); ++i) {
        const std::uint32_t above = in_tree[of_.family_of_child(of_.parts[i]).plan];
        const family_member& child = of_.member(of_.parts[i]);
        if (child.is_target != of_targets || !child.in_mean || above == none) continue;
        made_.node_of_part[i] = add(above, child.weight, of_.names.parts[i]);
        if (of_targets) {
          leaf_parts_.push_back(i);
        } else {
          in_tree[child.number] = made_.node_of_part[i];
        }
      }
    }
  }

  std::uint32_t add(std::uint32_t parent, double weight, const std::string& id) {
    made_.scores.tree.parent.push_back(parent);
    made_.scores.tree.weight.push_back(weight);
    made_.scores.nodes.push_back(id);
    return static_cast<std::uint32_t>(made_.scores.tree.size() - 1);
  }

  void fill_sheet() {
    const compiled_nodes& n = of_.part.from.nodes;
    score_sheet& sheet = made_.scores.sheet;
    const std::size_t width = leaf_parts_.size();
    sheet.units = of_.unit.size();
    sheet.score.assign(sheet.units * width, 0);
    sheet.missing.assign(sheet.units * width, 1);
    std::vector<std::uint32_t> unit_at(of_.plan().places().size(), none);
    for (std::uint32_t u = 0; u < of_.unit.size(); ++u) unit_at[n.place[of_.unit[u]]] = u;
    for (std::size_t l = 0; l < width; ++l) {
      const totals_part::weighed_child leaf = of_.parts[leaf_parts_[l]];
      const std::uint32_t target = of_.member(leaf).number;
      sheet.cap.push_back(of_.part.from.cells.targets[target].score_cap);
      for (const std::uint32_t node_cell : of_.family_of_child(leaf).node_cells) {
        fill_place(node_cell, target, unit_at[n.place[node_cell]] * width + l, sheet.cap.back());
      }
    }
    if (std::none_of(sheet.missing.begin(), sheet.missing.end(), [](std::uint8_t m) { return m != 0; })) sheet.missing.clear();
  }

  // The score of a target at the place of the node above it.
  void fill_place(std::uint32_t node_cell, std::uint32_t target, std::size_t at, double cap) {
    const roll_up_part& part = of_.part;
    const compiled_nodes& n = part.from.nodes;
    score_sheet& sheet = made_.scores.sheet;
    for (std::uint32_t c = n.child_begin[node_cell]; c < n.child_begin[node_cell + 1]; ++c) {
      const std::uint32_t cell = n.children[c].index;
      const bool is_this = n.children[c].is_cell && part.from.cells.target_of[cell] == target;
      if (!is_this || !has_error(part.cells, cell)) continue;
      sheet.score[at] = score_before_cap(part.cells, cell, cap);
      sheet.missing[at] = 0;
    }
  }

  const totals_part& of_;
  plain_totals made_;
  std::vector<std::uint32_t> leaf_parts_;  // parts that are leaves, in the order of the tree
};

}  // namespace attain::inline v0::detail
