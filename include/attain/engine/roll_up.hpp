#pragma once

/** The second kernel: judgements averaged up the programme tree, place by place (rules U).

  A node adds up what its children contribute; sums do not depend on order, so that a full run, threads and the tracker give the
  same bits (rule U7). Attainment and expected use the same children and weights (rule U2). Two streams are kept: progress, and
  the share of holds and caps that hold (rule U3). A weighted mean is additive: its sums can be kept up to date. Other
  aggregators (rule U10) see all children of the node; weights by entropy (rule U11) see all its places. Rules come last (U12).
*/

#include <attain/core/bounded_sum.hpp>
#include <attain/core/column_memory.hpp>
#include <attain/core/config.hpp>
#include <attain/engine/compiled.hpp>
#include <attain/engine/judging.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace attain::inline v0 {

namespace detail {
class leaf_sums;
class node_costs;
}  // namespace detail

/// Leaves with weight below a node, by what became of them.
struct leaf_counts {
  std::int32_t withdrawn = 0;       ///< left out of everything else
  std::int32_t not_applicable = 0;  ///< likewise
  std::int32_t all = 0;             ///< applicable
  std::int32_t not_due = 0;
  std::int32_t met = 0;
  std::int32_t missed = 0;
  std::int32_t unmet_holds = 0;
  std::int32_t progress = 0;
  std::int32_t running = 0;  ///< due after the as-of day
  std::int32_t judged = 0;   ///< with a state other than not due

  void add(const leaf_counts& other) noexcept;
  void subtract(const leaf_counts& other) noexcept;
  friend bool operator==(const leaf_counts&, const leaf_counts&) = default;
};

/// What a child adds to the node above it.
struct contribution {
  double weight = 0;
  bool in_mean = false;  ///< has an attainment and an expected share
  double attainment = 0;
  double expected = 0;
  double answered = 0;  ///< shares of the child's effective weight (rule U6)
  double due = 0;
  double applicable = 0;
  double holds = 0;  ///< answered holds and caps (rule U3)
  double held = 0;
  bool in_bounds = false;
  double lower = 0;
  double upper = 0;
  bool failing = false;  ///< missed or behind
  bool scored = false;   ///< by the method
  double method_score = 0;
  leaf_counts leaves;
};

struct node_result {
  double attainment = 0;
  double expected = 0;
  double hold_share = 0;
  double coverage = 0;
  double lower = 0;  ///< with every missing leaf at 0 and at 1, before rules
  double upper = 0;
  double before_rules = 0;  ///< the attainment that rules changed
  double answered = 0;      ///< share of the node's effective weight
  double due = 0;
  double applicable = 0;
  double holds = 0;
  double held = 0;
  leaf_counts leaves;
  std::uint8_t attainment_missing = 0;  ///< a `reason`, 0 with a value; the same for expected
  std::uint8_t hold_missing = 0;
  std::uint8_t bounds_missing = 0;
  std::uint8_t state = no_state;
  std::uint8_t state_missing = 0;
  std::uint32_t fired = 0;  ///< one bit a rule of the node (rule U12)
  bool capped = false;      ///< a failing child or an unmet hold set the ceiling
  bool scored = false;
  double method_score = 0;  ///< weighted mean of the scores below; a group counts once

  friend bool operator==(const node_result&, const node_result&) = default;
};

/// Those of all node cells.
using node_results = detail::growing_column<node_result>;

/// Weights of children that follow from data (rule U11); both columns are empty if no node has such.
struct data_weights {
  std::vector<double> of_child;       ///< by position in `compiled_nodes::children`, where its node has them
  std::vector<std::uint8_t> missing;  ///< by node cell: the `reason` why they cannot be told, 0 otherwise

  friend bool operator==(const data_weights&, const data_weights&) = default;
};

/// The running sums of a node: what its children contribute, less what they no longer do.
class node_sums {
 public:
  void add(const detail::leaf_sums& leaves) noexcept;
  void add(const contribution& child) noexcept;
  void subtract(const contribution& child) noexcept;

  /// Weighted means, coverage, bounds and counts; the state is still open. @p all is the weight of all children.
  node_result means(const node_plan& plan, double all) const noexcept;

  /// Adds only what a method decides: counts and scores. `means_like` takes the rest from elsewhere.
  void add_verdict(const contribution& child) noexcept;
  /// The means of @p other, whose children contributed the same, with the counts and scores of these.
  node_result means_like(const node_result& other) const noexcept;

  std::int32_t failing() const noexcept { return failing_; }

 private:
  template <class Put>
  void put(const contribution& child, const Put& put_in) noexcept;

  bounded_sum weight_, attainment_, expected_;
  bounded_sum answered_, due_, applicable_, holds_, held_;
  bounded_sum bounds_weight_, lower_, upper_;
  bounded_sum scored_weight_, method_score_;
  leaf_counts leaves_;
  std::int32_t failing_ = 0;
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

/// The cells and nodes of the same day, judged by another method.
struct rolled_up {
  const cell_columns* cells = nullptr;
  const node_results* nodes = nullptr;
  std::span<const std::uint8_t> usual{};  ///< of node cells, as `detail::usual_nodes` finds them; empty: none
};

/** All node cells, the deepest level first.

  Where the children of a node contribute the same to the means as in @p like, its means are taken from there: sums are exact, so
  they would come out to the same bits.
*/
void roll_up(const compiled& from, const cell_columns& cells, std::int32_t as_of, node_results& nodes,
             data_weights& weights, const used_method* by = nullptr, const rolled_up& like = {}, int threads = 1);

namespace detail {

/// The node cells whose means are sums and whose children all have weight; those that are leaves go the usual way of `leaf_sums`.
std::vector<std::uint8_t> usual_nodes(const compiled& from, const cell_columns& cells);

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
