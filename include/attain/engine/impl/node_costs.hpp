#pragma once

// Earned value and money spent of the nodes, where a method asks for the cost index: costs are the readings of targets that are
// an input in money of another one, and their goals its budget (`engine/earned_value.hpp` with these as `cost` gives the same
// index).

#include <attain/core/missing.hpp>
#include <attain/engine/roll_up.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace attain::inline v0::detail {

class node_costs {
 public:
  node_costs(const compiled& from, const cell_columns& cells) : from_(from), cells_(cells), sums_(from.nodes.plan.size()) {}

  /// Adds up a node cell; those below it come first.
  void add(std::uint32_t node_cell) {
    const compiled_nodes& n = from_.nodes;
    sums& all = sums_[node_cell];
    for (std::uint32_t c = n.child_begin[node_cell]; c < n.child_begin[node_cell + 1]; ++c) {
      const child_ref child = n.children[c];
      if (child.is_cell) {
        add_cell(child.index, n.place[node_cell], all);
      } else {
        all.add(sums_[child.index]);
      }
    }
  }

  /// EV / AC. Precondition: added.
  quantity_value index(std::uint32_t node_cell) const noexcept {
    const sums& all = sums_[node_cell];
    const node_plan& plan = from_.nodes.plans[from_.nodes.plan[node_cell]];
    std::uint8_t why = all.missing;
    if (all.costs == 0 && why == 0) why = as_missing(reason::not_applicable);
    if (why == 0 && all.due > 0 && all.answered / all.due < plan.minimum_coverage - 1e-9) why = as_missing(reason::incomplete);
    if (why == 0 && all.spent == 0) why = as_missing(reason::denominator_zero);
    if (why != 0) return {.missing = why};
    return {.value = all.earned / all.spent};
  }

  /// What the index is made of, for those who explain it.
  double earned(std::uint32_t node_cell) const noexcept { return sums_[node_cell].earned; }
  double spent(std::uint32_t node_cell) const noexcept { return sums_[node_cell].spent; }

 private:
  struct sums {
    double earned = 0;
    double spent = 0;
    double due = 0;       ///< budgets of what is due
    double answered = 0;  ///< of that, of what has an answer
    std::int32_t costs = 0;
    std::uint8_t missing = 0;

    void add(const sums& other) noexcept {
      earned += other.earned;
      spent += other.spent;
      due += other.due;
      answered += other.answered;
      costs += other.costs;
      missing = first_of(missing, other.missing);
    }
  };

  void add_cell(std::uint32_t cell, std::uint32_t place, sums& to) const {
    const target_plan& cost = from_.cells.targets[from_.cells.target_of[cell]];
    if (cost.cost_of == none) return;
    const std::uint8_t missing = cells_.reading_missing[cell];
    if (missing == as_missing(reason::not_applicable) || missing == as_missing(reason::withdrawn)) return;
    ++to.costs;
    to.missing = first_of(to.missing, missing);
    if (missing == 0) to.spent += cells_.reading[cell];
    const cell_goal& budget = from_.cells.goal[cell];
    const auto whole = from_.find_cell(cost.cost_of, place);
    if (!whole || budget.missing != 0 || cost.reading_only) return;
    const std::uint16_t flags = cells_.flags[*whole];
    const bool progresses = (flags & cell_flag::applicable) != 0 && (flags & cell_flag::hold_stream) == 0;
    if (!progresses || from_.cells.weight[*whole] <= 0 || (flags & cell_flag::not_due) != 0) return;
    to.due += budget.stated;
    if ((flags & cell_flag::answered) == 0) return;
    to.answered += budget.stated;
    to.earned += budget.stated * cells_.score[*whole];
  }

  const compiled& from_;
  const cell_columns& cells_;
  std::vector<sums> sums_;
};

/// Whether some method that judges nodes asks for their costs.
inline bool asks_for_costs(const compiled& from, const used_method* by) {
  if (by != nullptr) return by->costs.has_value();
  for (const used_method& own : from.cells.methods) {
    if (own.costs) return true;
  }
  return false;
}

/// The costs of one node after a run, if its method asks for them.
inline std::optional<node_costs> costs_of(const compiled& from, const cell_columns& cells, std::uint32_t node_cell,
                                          const used_method* by) {
  std::optional<node_costs> costs;
  if (!asks_for_costs(from, by)) return costs;
  costs.emplace(from, cells);
  for (auto at = static_cast<std::uint32_t>(from.nodes.plan.size()); at-- > node_cell;)
    costs->add(at);  // deeper levels come later
  return costs;
}

}  // namespace attain::inline v0::detail
