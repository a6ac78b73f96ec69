#pragma once

// Nodes whose children contribute the same to their means under several methods: sums are exact, so the means are the same.

#include <attain/core/config.hpp>
#include <attain/engine/roll_up.hpp>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
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

// Of each node cell whether its means are sums and its children all have weight and, where they are leaves, go the usual way of
// `leaf_sums`.
inline std::vector<children_form> forms_of_children(const compiled& from, const cell_columns& cells) {
  const compiled_nodes& n = from.nodes;
  constexpr std::uint16_t form = cell_flag::applicable | cell_flag::hold_stream;
  const auto is_usual = [&](const child_ref& child) {
    if (!child.is_cell) return n.weight[child.index] > 0;
    return from.cells.weight[child.index] > 0 && cells.score_covered[child.index] == 1 &&
           (cells.flags[child.index] & form) == cell_flag::applicable;
  };
  std::vector<children_form> forms(n.plan.size(), children_form::any);
  for (std::uint32_t i = 0; i < forms.size(); ++i) {
    const auto children = std::span(n.children.values()).subspan(n.child_begin[i], n.child_begin[i + 1] - n.child_begin[i]);
    if (!has_plain_means(n.plans[n.plan[i]]) || !std::all_of(children.begin(), children.end(), is_usual)) continue;
    std::uint32_t next = children.empty() ? 0 : children[0].index;
    const auto is_next = [&](const child_ref& child) { return child.is_cell && child.index == next++; };
    forms[i] = std::all_of(children.begin(), children.end(), is_next) ? children_form::usual_row : children_form::usual;
  }
  return forms;
}

// What verdicts on leaves come to, and whether anything differs that decides about means.
class verdict_counts {
 public:
  std::uint64_t states = 0, met = 0, missed = 0, failing = 0;

  bool differs() const noexcept { return (differs_ & decisive_flags) != 0; }

  ATTAIN_HOT inline void add(std::uint16_t flags, std::uint16_t other_flags, std::uint8_t state) noexcept {
    differs_ |= flags ^ other_flags;
    states += state != no_state;
    met += (flags & cell_flag::met) != 0;
    missed += (flags & cell_flag::missed) != 0;
    failing += (flags & cell_flag::failing) != 0;
  }

  // Cells side by side: their flags four by four, in lanes of 16 bits.
  ATTAIN_HOT inline void add_row(const std::uint16_t* flags, const std::uint16_t* other_flags, const std::uint8_t* state,
                                 std::uint32_t count) noexcept {
    while (count >= 4) {
      const std::uint32_t fours = (std::min)(count / 4, std::uint32_t{0xFFFF});
      std::uint64_t difference = 0, lanes_met = 0, lanes_missed = 0, lanes_failing = 0;
      for (std::uint32_t i = 0; i < fours; ++i) {
        const std::uint64_t four = load_four(flags + 4 * i);
        difference |= four ^ load_four(other_flags + 4 * i);
        lanes_met += of_each(four, cell_flag::met);
        lanes_missed += of_each(four, cell_flag::missed);
        lanes_failing += of_each(four, cell_flag::failing);
        for (std::uint32_t k = 0; k < 4; ++k) states += state[4 * i + k] != no_state;
      }
      differs_ |= static_cast<std::uint16_t>(difference | difference >> 16 | difference >> 32 | difference >> 48);
      met += sum_of_lanes(lanes_met);
      missed += sum_of_lanes(lanes_missed);
      failing += sum_of_lanes(lanes_failing);
      flags += 4 * fours;
      other_flags += 4 * fours;
      state += 4 * fours;
      count -= 4 * fours;
    }
    for (std::uint32_t i = 0; i < count; ++i) add(flags[i], other_flags[i], state[i]);
  }

 private:
  static std::uint64_t load_four(const std::uint16_t* from) noexcept {
    std::uint64_t four;
    std::memcpy(&four, from, sizeof four);
    return four;
  }
  static constexpr std::uint64_t of_each(std::uint64_t four, std::uint16_t flag) noexcept {
    return four >> std::countr_zero(flag) & 0x0001'0001'0001'0001u;
  }
  static constexpr std::uint64_t sum_of_lanes(std::uint64_t lanes) noexcept {
    return (lanes & 0xFFFF) + (lanes >> 16 & 0xFFFF) + (lanes >> 32 & 0xFFFF) + (lanes >> 48);
  }

  std::uint16_t differs_ = 0;
};

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
  const std::uint32_t begin = n.child_begin[node_cell];
  const std::uint32_t count = n.child_begin[node_cell + 1] - begin;
  verdict_counts leaves;
  leaf_counts below;
  std::int32_t failing_nodes = 0;
  if (like.children[node_cell] == children_form::usual_row) {
    const std::uint32_t first = count == 0 ? 0 : n.children[begin].index;
    leaves.add_row(flags + first, others + first, cells.state.data() + first, count);
  } else {
    for (std::uint32_t c = begin; c < begin + count; ++c) {
      const child_ref child = n.children[c];
      if (child.is_cell) {
        leaves.add(flags[child.index], others[child.index], cells.state[child.index]);
        continue;
      }
      if (same_nodes[child.index] == 0) return false;
      const node_result& r = nodes[child.index];
      below.judged += r.leaves.judged;
      below.met += r.leaves.met;
      below.missed += r.leaves.missed;
      below.not_due += r.leaves.not_due;
      failing_nodes += has_flag(from, child.index, r, by, cell_flag::failing);
    }
  }
  if (leaves.differs()) return false;
  node_result& to = nodes[node_cell];
  to = (*like.nodes)[node_cell];
  to.leaves.judged = below.judged + static_cast<std::int32_t>(leaves.states) - (to.leaves.not_due - below.not_due);
  to.leaves.met = below.met + static_cast<std::int32_t>(leaves.met);
  to.leaves.missed = below.missed + static_cast<std::int32_t>(leaves.missed);
  failing = failing_nodes + static_cast<std::int32_t>(leaves.failing);
  to.state = no_state;
  to.state_missing = 0;
  to.capped = to.scored = false;
  to.method_score = 0;
  return true;
}

}  // namespace attain::inline v0::detail
