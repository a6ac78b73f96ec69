#pragma once
/** How the judgements of children combine at a node, as data (rules U): aggregator, weights, what is missing, and rules.

  `judge/aggregate.hpp` has the formulas, `engine/roll_up.hpp` applies them. Children are named by their ids.
*/
#include <attain/core/statistics.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace attain::inline v0 {

/// What children that have not started or are not due contribute (rule U5).
enum class not_due_policy : std::uint8_t { leave_out, count_as_zero };

/// What due children without an answer contribute (rule U9).
enum class missing_policy : std::uint8_t { leave_out, count_as_zero, refuse };

/// How the children of a node are combined; of `custom` the options of the evaluation have the function (rule U10).
enum class aggregation : std::uint8_t {
  weighted_mean,
  geometric_mean,
  harmonic_mean,
  power_mean,
  least,
  greatest,
  mean_min,
  penalised_mean,
  weighted_median,
  share_met,
  all_met,
  worst,
  custom
};

// -- weights ----------------------------------------------------------------------------------------

/// Where the weights of children come from (rule U11); a child with weight 0 stays out of all of them.
enum class weighting : std::uint8_t { given, equal, leaf_count, measure, comparisons, entropy };

/// A child matters so many times as much as another one.
struct comparison_spec {
  std::string child{};
  std::string over{};
  double times = 1;

  friend bool operator==(const comparison_spec&, const comparison_spec&) = default;
};

/// How weights follow from comparisons in pairs; they differ where these are inconsistent.
enum class priority_method : std::uint8_t { eigenvector, row_geometric_mean, column_mean };

/// Whose mean consistency index of random comparisons a consistency ratio is relative to.
enum class random_index : std::uint8_t { saaty_1980, saaty_2005, donegan_dodd_1991, tummala_ling_1998 };

/// What is made of a column before its shares are taken for the entropy; weights depend on it.
enum class entropy_transform : std::uint8_t {
  shares,           ///< the values as they are
  min_max,          ///< z = (x − min)/(max − min)
  min_max_tenth,    ///< 0.1 + 0.9 z
  min_max_plus_one  ///< 1 + z
};

struct weights_spec {
  weighting by = weighting::given;
  std::vector<std::pair<std::string, std::string>> measures{};  ///< child and the target whose reading is its weight
  std::vector<comparison_spec> comparisons{};                   ///< each pair of children once
  priority_method priority = priority_method::eigenvector;
  random_index index = random_index::saaty_1980;
  entropy_transform transform = entropy_transform::shares;

  friend bool operator==(const weights_spec&, const weights_spec&) = default;
};

// -- rules ------------------------------------------------------------------------------------------

/// What a rule does to the score of a node, which is its attainment, and to its status (rule U12).
enum class rule_effect : std::uint8_t {
  veto,           ///< the score becomes `score`, the status the worst of the method
  ceiling,        ///< the score is at most `score`
  grade_ceiling,  ///< the status is at most `grade`
  deduction,      ///< the score less `points`, or `per_unit` for each unit short of the goal; at most `most`, not below `score`
  bonus,          ///< the score and `points`, or `per_unit` for each unit beyond the goal; at most `most`, not above `score`
  fail,           ///< the status is missed
  worst_status    ///< the status is the worst of those of the targets that it names, whatever the score
};

/// What is asked of a target that a rule names.
enum class rule_condition : std::uint8_t {
  missed,   ///< its status means missed
  failing,  ///< missed or behind
  unmet,    ///< it has a status, and that does not mean met
  met,      ///< its status means met
  below,    ///< its score is below `below`
  judged    ///< it has a status other than not due
};

inline constexpr std::size_t max_rules = 32;  ///< of one node

/** Fires if at least `count` of the targets `of` are as `when` says; rules apply in their order.

  Points and scores are shares, as an attainment is: half a point of 100 is 0.005.
*/
struct rule_spec {
  std::string name{};
  rule_effect effect = rule_effect::ceiling;
  std::vector<std::string> of{};  ///< targets below the node, of any weight
  rule_condition when = rule_condition::missed;
  double below = 0;
  int count = 1;
  std::optional<double> score{};  ///< veto: else 0; deduction: else 0; bonus: else no limit
  std::string grade{};            ///< a role: met, on_track, at_risk, behind, missed
  std::optional<double> points{};
  std::optional<double> per_unit{};  ///< a unit of the target's indicator
  std::optional<double> most{};

  friend bool operator==(const rule_spec&, const rule_spec&) = default;
};

// -- all --------------------------------------------------------------------------------------------

struct roll_up_spec {
  std::string aggregator = "weighted_mean";      ///< a word of `aggregator_words`, or `custom:NAME@VERSION`
  std::optional<double> exponent{};              ///< of a power mean
  std::optional<double> floor{};                 ///< smaller scores count as this; means of exponent 0 or less need one
  std::optional<double> alpha{};                 ///< mean_min: from 0, the mean, to 1, the least; else 1
  std::optional<double> beta{};                  ///< mean_min: how gradual it is; else 0
  attain::divisor divisor = attain::divisor::n;  ///< penalised_mean
  weights_spec weights{};
  std::optional<double> minimum_coverage{};  ///< else the programme's (rule D3)
  not_due_policy not_due = not_due_policy::leave_out;
  missing_policy missing = missing_policy::leave_out;
  std::vector<rule_spec> rules{};

  friend bool operator==(const roll_up_spec&, const roll_up_spec&) = default;
};

}  // namespace attain::inline v0
