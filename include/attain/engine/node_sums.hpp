#pragma once

/** The sums of a node: what its children contribute (rules U), from which its means follow.

  Sums do not depend on order and undo what was added, so they can be kept up to date.
*/

#include <attain/core/bounded_sum.hpp>
#include <attain/core/column_memory.hpp>
#include <attain/core/config.hpp>
#include <attain/engine/compiled.hpp>
#include <attain/judge/verdict.hpp>

#include <cstdint>

namespace attain::inline v0 {

namespace detail {
class leaf_sums;
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
  /// Where none is applicable.
  reason why_none() const noexcept;
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

/// The running sums of a node: what its children contribute, less what they no longer do.
class node_sums {
 public:
  void add(const detail::leaf_sums& leaves) noexcept;
  void add(const contribution& child) noexcept;
  /// A node as it stands, without floors and leaves that count as zero.
  void add(double weight, const node_result& child, bool failing) noexcept;
  void subtract(const contribution& child) noexcept;

  /// Weighted means, coverage, bounds and counts; the state is still open. @p all is the weight of all children.
  node_result means(const node_plan& plan, double all) const noexcept;

  /// Adds only what a method decides: counts and scores. `means_like` takes the rest from elsewhere.
  void add_verdict(const contribution& child) noexcept;
  /// The means of @p other, whose children contributed the same, with the counts and scores of these.
  node_result means_like(const node_result& other) const noexcept;

  std::int32_t failing() const noexcept { return failing_; }

 private:
  template <class Child, class Put>
  void put(double weight, const Child& child, bool in_mean, bool in_bounds, const Put& put_in) noexcept;

  bounded_sum weight_, attainment_, expected_;
  bounded_sum answered_, due_, applicable_, holds_, held_;
  bounded_sum bounds_weight_, lower_, upper_;
  bounded_sum scored_weight_, method_score_;
  leaf_counts leaves_;
  std::int32_t failing_ = 0;
};

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/engine/impl/node_sums.ipp>
#endif
