#pragma once

/** Earned value of a programme: the same judgements as the roll-up, added up as money (docs/earned-value.md).

  The budget of a target, spread by weight or declared, is earned in the share that it has attained and planned in the share that
  was expected; budgets, planned values, earned values and costs add up over the tree, and ratios come last. So the schedule index is
  the pace of a node wherever every target below it has an answer. What has no answer earns nothing and is left out of the plan as
  well (rule U2); what is not due is budget only; withdrawn and inapplicable targets, holds and caps have no budget.

  Earned schedule reads the planned curve of the same targets, in days from the start of the first window.
*/

#include <attain/core/config.hpp>
#include <attain/core/date.hpp>
#include <attain/engine/evaluation.hpp>
#include <attain/engine/explain.hpp>
#include <attain/judge/earned_value.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attain::inline v0 {

struct earned_value_options {
  /// Indicators of money spent. A target that reads one, such as an input of another target, is a cost of that target, or of its
  /// project; its goal is the budget, unless `budget` names indicators.
  std::vector<std::string> cost{};
  /// Indicators of money to be spent, read by targets in the same way.
  std::vector<std::string> budget{};
  /// Where no budget is declared: what the whole programme is worth, spread by weight.
  double total = 1;
};

/// The earned value of one node at one place.
class earned_value {
 public:
  /// A target with a budget below the node.
  struct part {
    std::uint32_t cell = 0;
    double budget = 0;
    double attained = 0;  ///< share, capped as in the roll-up
    double expected = 0;
    bool answered = false;
    bool not_due = false;
  };

  const project_result& node() const noexcept { return node_; }
  const earned_amounts& amounts() const noexcept { return amounts_; }
  /// In days from the start: the planned duration, the earned schedule, the time passed (once all is earned, until it was).
  const earned_time& time() const noexcept { return time_; }
  answer<date> start() const noexcept { return start_; }
  /// Share of the due budget that has an answer.
  double coverage() const noexcept { return coverage_; }
  const std::vector<part>& parts() const noexcept { return parts_; }
  /// The sums from their parts, and the figures from the sums.
  explanation explain() const;

 private:
  friend class earned_value_reader;
  explicit earned_value(project_result node) : node_(std::move(node)) {}

  project_result node_;
  std::shared_ptr<const evaluation_data> data_{};
  earned_amounts amounts_{};
  earned_time time_{};
  answer<date> start_ = reason::not_applicable;
  double coverage_ = 0;
  std::vector<part> parts_{};
  std::vector<std::pair<std::string, double>> costs_{};
};

/// Of one project, or of the whole if @p project is "". Throws `unknown_id` for ids that are none, `invalid_option` for a total that
/// is not positive.
earned_value earned_value_of(const evaluation& from, std::string_view project = {}, const earned_value_options& options = {},
                             std::optional<std::string_view> place = {});

/// Of every node that has results at the place (of its programme's root if none is given), by programme in tree order.
std::vector<earned_value> earned_values(const evaluation& from, const earned_value_options& options = {},
                                        std::optional<std::string_view> place = {});

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/engine/impl/earned_value.ipp>
#endif
