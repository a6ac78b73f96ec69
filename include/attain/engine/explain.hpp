#pragma once

/** How an answer came about, as steps: data first, text second (docs/explaining.md).

  `target_result::explain` and `project_result::explain` rerun one path and record it: the entries used, superseded and left out,
  reading, baseline, goal, trajectory, facts and the rule of the method that decided; for a node its children with weights.

  A step is recomputed from its own operation and inputs alone; an input that is what an earlier step came to says which. So the
  answer follows from the explanation without the programme and the ledger.
*/

#include <attain/core/answer.hpp>
#include <attain/core/config.hpp>
#include <attain/core/finding.hpp>
#include <attain/model/method.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0 {

/// What an explanation step is about.
enum class step_kind : std::uint8_t {
  entry,
  reading,
  formula,
  baseline,
  goal,
  attainment,
  trajectory,
  expected,
  gap,
  score,
  coverage,
  period,
  fact,
  quantity,
  rule,
  band,
  status,
  child,
  roll_up,
  ceiling
};

/** What a step does with its inputs; docs/explaining.md defines each.

  Truths are 1 and 0. Inputs with a weight are what a mean is taken of; the others are told apart by their order or their names.
*/
enum class step_operation : std::uint8_t {
  given,     ///< nothing: the number comes from the programme, the ledger, or another explanation
  function,  ///< a function of the user was called
  take,      ///< the one input

  // arithmetic
  sum,
  weighted_sum,  ///< Σ w x
  difference,
  product,
  quotient,
  complement,  ///< 1 − a/b
  power,
  absolute,
  square_root,
  logarithm,
  exponential,
  round_half_up,  ///< to so many decimals

  // means, and what stands for several
  least,
  greatest,
  weighted_mean,
  power_mean,
  mean_min,
  penalised_mean,
  weighted_median,
  share_met,
  all_met,

  // shares of a way
  share_of_way,  ///< (x − from)/(to − from)
  line,          ///< between two points
  logistic,
  whole_units,
  clamp,
  growth_rate,   ///< (to/from)^(1/years) − 1
  compound,      ///< x (1 + rate)^times
  limit_factor,  ///< what may still be asked near a natural limit
  level_chance,  ///< of a level to be `at_least` and `at_most` as asked after so many `periods`, from the amounts
  count_chance,  ///< likewise of what is still to be counted

  // comparisons
  at_least,
  above,
  at_most,
  below,
  inside,
  equal,
  different,
  all,
  any,

  // roll-up rules and states
  deduct,
  add_up_to,
  worst,  ///< the state of the greatest input
  first,  ///< the state of the first input that is 1
};

/// What became of an entry (rules R1, R2, R4, R6, R12).
enum class entry_fate : std::uint8_t {
  used,
  not_read,  ///< it stands, but no reading takes it
  superseded,
  withdraws,  ///< what was reported before
  without_amount,
  not_yet_known,
  after_due,
  after_as_of,
  not_comparable,  ///< of another stage or scope
  before_window,
  straddles_window,
};

/// A named number that went into a step.
struct step_input {
  std::string name;
  double value = 0;
  std::optional<double> weight{};     ///< in a mean or a weighted sum
  std::optional<std::size_t> step{};  ///< the earlier step that came to this value

  friend bool operator==(const step_input&, const step_input&) = default;
};

struct explanation_step {
  step_kind kind = step_kind::reading;
  std::string rule{};               ///< of the semantics, or of the method: "R5", "S3"
  std::string text{};               ///< one line for people
  std::optional<double> value{};    ///< what the step came to, if a number
  std::optional<reason> missing{};  ///< or why it came to none
  step_operation operation = step_operation::given;
  std::vector<step_input> inputs{};
  std::string state{};               ///< of a rule, band or ceiling the state that it gives; of a status the state
  bool aside = false;                ///< in the data only, not in the text
  std::optional<entry_fate> fate{};  ///< of an entry what became of it
};

class explanation {
 public:
  std::string subject;  ///< "22.1 at east as of 2021-09-30"
  std::vector<explanation_step> steps;
  std::vector<finding> findings;
  std::shared_ptr<const method_spec> method{};  ///< that judged; none of an earned value

  /// One line a step, indented under the subject; without those that are aside.
  std::string text() const;
};

std::string_view to_string(step_kind kind) noexcept;
std::string_view to_string(step_operation what) noexcept;
std::string_view to_string(entry_fate fate) noexcept;

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/engine/impl/explain.ipp>
#endif
