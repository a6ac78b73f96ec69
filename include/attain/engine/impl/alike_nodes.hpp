#pragma once

// Nodes whose children contribute the same to their means under several methods: sums are exact, so the means are the same.

#include <attain/engine/roll_up.hpp>

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace attain::inline v0::detail {

// What of a cell decides about its contribution to means.
inline constexpr std::uint16_t decisive_flags = cell_flag::applicable | cell_flag::hold_stream | cell_flag::reached |
                                                cell_flag::has_score | cell_flag::answered | cell_flag::not_due;

// Whether the means of a node are sums, which come to the same of children that contribute the same.
inline bool has_plain_means(const node_plan& plan) noexcept {
  return plan.is_additive && !plan.count_not_due && plan.rule_count == 0;  // rules ask what methods decide
}

// The node cells whose means are sums and whose children all have weight; those that are leaves go the usual way of `leaf_sums`.
inline std::vector<std::uint8_t> usual_nodes(const compiled& from, const cell_columns& cells) {
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

}  // namespace attain::inline v0::detail
