#pragma once

// Leaves that go the usual way up to their node.

#include <attain/core/bounded_sum.hpp>
#include <attain/core/config.hpp>
#include <attain/engine/cell_columns.hpp>
#include <attain/engine/node_sums.hpp>
#include <attain/model/method.hpp>

#include <cstdint>

namespace attain::inline v0::detail {

/// Counts a leaf that goes the usual way; false, and nothing counted, if it does not.
ATTAIN_HOT inline bool count_leaf(const cell_columns& cells, std::uint32_t cell, leaf_counts& leaves,
                                  std::int32_t& failing) noexcept {
  const std::uint16_t flags = cells.flags[cell];
  constexpr std::uint16_t form = cell_flag::applicable | cell_flag::hold_stream;
  if ((flags & form) != cell_flag::applicable || cells.score_covered[cell] != 1) return false;
  const auto is = [&](std::uint16_t flag) { return static_cast<std::int32_t>((flags & flag) != 0); };
  ++leaves.all;
  ++leaves.progress;
  leaves.running += (cells.facts[cell] & static_cast<std::uint16_t>(fact::due)) == 0;
  leaves.not_due += is(cell_flag::not_due);
  leaves.judged += cells.state[cell] != no_state && is(cell_flag::not_due) == 0;
  leaves.met += is(cell_flag::met);
  leaves.missed += is(cell_flag::missed);
  failing += is(cell_flag::failing);
  return true;
}

/// Puts the means of a node with this leaf alone, and @p weight that of all, into @p to, which is new; false, and nothing done,
/// where they need sums.
bool mean_of_one(double weight, const cell_columns& cells, std::uint32_t cell, node_result& to,
                 std::int32_t& failing) noexcept;  // impl/node_sums.ipp

/** What the leaves of a node add to its weighted mean that go the usual way: without holds, floors and parts that stand in.

  The same addends go into several sums of a node; here they are added once.
*/
class leaf_sums {
 public:
  /// False, and nothing added, if the cell does not go the usual way. Precondition: a weighted mean to which only answers count.
  bool add(double weight, const cell_columns& cells, std::uint32_t cell) noexcept;
  /// The same, of what a method decides alone: counts and scores.
  bool add_verdict(double weight, const cell_columns& cells, std::uint32_t cell) noexcept;

  /// As `node_sums::means`, of a node that has no other children.
  node_result means(const node_plan& plan, double all) const noexcept;  // impl/node_sums.ipp
  std::int32_t failing() const noexcept { return failing_; }

 private:
  friend class attain::v0::node_sums;

  bounded_sum applicable_, due_, answered_, attainment_, expected_, scored_weight_, method_score_;
  leaf_counts leaves_;
  std::int32_t failing_ = 0;
};

ATTAIN_HOT inline bool leaf_sums::add_verdict(double weight, const cell_columns& cells, std::uint32_t cell) noexcept {
  if (weight <= 0) return true;
  if (!count_leaf(cells, cell, leaves_, failing_)) return false;
  if ((cells.flags[cell] & cell_flag::scored) != 0) {
    scored_weight_.add(weight);
    method_score_.add(weight * cells.method_score[cell]);
  }
  return true;
}

ATTAIN_HOT inline bool leaf_sums::add(double weight, const cell_columns& cells, std::uint32_t cell) noexcept {
  if (weight <= 0) return true;
  if (!add_verdict(weight, cells, cell)) return false;
  const bounded_sum whole(weight);
  applicable_.add(whole);
  if ((cells.flags[cell] & cell_flag::not_due) != 0) return true;
  due_.add(whole);
  if ((cells.flags[cell] & cell_flag::answered) != 0) {
    answered_.add(whole);
    attainment_.add(weight * cells.score[cell]);
    expected_.add(weight * cells.expected[cell]);
  }
  return true;
}

}  // namespace attain::inline v0::detail
