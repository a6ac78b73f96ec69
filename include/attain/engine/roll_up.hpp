#pragma once

/** The second kernel: judgements averaged up the programme tree, place by place (rules U).

  A node adds up what its children contribute; sums do not depend on order, so that a full run, threads and the tracker give the
  same bits (rule U7). Attainment and expected use the same children and weights (rule U2). Two streams are kept: progress, and
  the share of holds and caps that hold (rule U3). A weighted mean is additive: its sums can be kept up to date. Other
  aggregators (rule U10) see all children of the node; weights by entropy (rule U11) see all its places. Rules come last (U12).
*/

#include <attain/core/config.hpp>
#include <attain/engine/cell_columns.hpp>
#include <attain/engine/compiled.hpp>
#include <attain/engine/node_sums.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace attain::inline v0 {

namespace detail {
class node_costs;
}  // namespace detail

/// Weights of children that follow from data (rule U11); both columns are empty if no node has such.
struct data_weights {
  std::vector<double> of_child;       ///< by position in `compiled_nodes::children`, where its node has them
  std::vector<std::uint8_t> missing;  ///< by node cell: the `reason` why they cannot be told, 0 otherwise

  friend bool operator==(const data_weights&, const data_weights&) = default;
};

contribution contribution_of(const compiled& from, std::uint32_t cell, const judged_leaf& result,
                             const node_plan& above) noexcept;
contribution contribution_of(const compiled& from, std::uint32_t node_cell, const node_result& result, const node_plan& above,
                             const used_method* by = nullptr) noexcept;

/// Rules on the score, the state of the node from its means and counts (section S, nodes), and rules on the state,
/// judged by @p by or the method of its programme. @p costs gives the cost index to a method that asks for it.
void settle(const compiled& from, std::uint32_t node_cell, const cell_columns& cells, std::int32_t failing_children,
            std::int32_t as_of, node_result& result, const used_method* by = nullptr,
            const detail::node_costs* costs = nullptr) noexcept;

/// Whether the children of a node go the usual way (impl/alike_nodes.hpp), and are cells side by side then.
enum class children_form : std::uint8_t { any, usual, usual_row };

/// The cells and nodes of the same day, judged by another method.
struct rolled_up {
  const cell_columns* cells = nullptr;
  const node_results* nodes = nullptr;
  std::span<const children_form> children{};  ///< of node cells; empty: any
};

/** All node cells, the deepest level first.

  Where the children of a node contribute the same to the means as in @p like, its means are taken from there: sums are exact, so
  they would come out to the same bits.
*/
void roll_up(const compiled& from, const cell_columns& cells, std::int32_t as_of, node_results& nodes, data_weights& weights,
             const used_method* by = nullptr, const rolled_up& like = {}, int threads = 1);

namespace detail {

/// Whether the state of a node gives a flag, as it would to a cell.
inline bool has_flag(const compiled& from, std::uint32_t node_cell, const node_result& r, const used_method* by,
                     std::uint16_t flag) noexcept {
  if (r.state == no_state) return false;
  const used_method& method = from.method(from.nodes.plans[from.nodes.plan[node_cell]].method, by);
  return (method.state_flags[r.state] & flag) != 0;
}

/// What a child contributes by the weight that it has in the programme.
contribution static_contribution(const compiled& from, const child_ref& child, const cell_columns& cells,
                                 std::span<const node_result> nodes, const node_plan& above, const used_method* by) noexcept;

/// Calls visit(position in `compiled_nodes::children`, contribution) for each child of a node cell, with its weight in force.
template <class Visitor>
void for_each_contribution(const compiled& from, std::uint32_t node_cell, const cell_columns& cells,
                           std::span<const node_result> nodes, const data_weights& weights, Visitor visit,
                           const used_method* by = nullptr) {
  const compiled_nodes& n = from.nodes;
  const node_plan& plan = n.plans[n.plan[node_cell]];
  const bool from_data = plan.has_data_weights();
  for (std::uint32_t c = n.child_begin[node_cell]; c < n.child_begin[node_cell + 1]; ++c) {
    contribution part = static_contribution(from, n.children[c], cells, nodes, plan, by);
    if (from_data && part.weight > 0) {
      part.weight = weights.of_child[c];
      if (part.weight <= 0) part = {};
    }
    visit(c, part);
  }
}

}  // namespace detail

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/engine/impl/roll_up.ipp>
#endif
