#pragma once
/** From the text of an amount to what a ledger stores (rules R11, R14; `ledger/binding.hpp` says what that means).

  With an indicator a number without a unit is in the indicator's unit, and the amount comes out as it is held: a share for `%`, 元
  for 万元. Where that is another unit the amount carries it, so that it says the same without the indicator. Without an
  indicator the amount stays as written and carries its unit; what has none is an amount as it is held.
*/
#include "observation_table.hpp"

#include <attain/core/finding.hpp>
#include <attain/core/unit.hpp>
#include <attain/model/indicator.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attain::inline v0::io::detail {

/// How the amounts of an indicator are read where the column `unit` has a certain text.
struct amount_rule {
  enum class kind { amount, share_of_goal, rating, step, as_written };

  amount_rule::kind what = kind::as_written;
  std::optional<attain::unit> read_in{};   ///< of a number without a unit; none: not known
  double multiply = 1;                     ///< from its held form to the indicator's; one of the two is 1
  double divide = 1;
  std::string unit{};                      ///< of the stored amount
  bool is_plain = false;                   ///< a bare number is the amount
  const std::vector<std::pair<std::string, double>>* scale = nullptr;  ///< of a rating
};

/// @param about  null: without an indicator. It must outlive the rule.
/// @return the rule, or why amounts in this unit cannot be amounts of the indicator
parsed<amount_rule> rule_for_amounts(const indicator_spec* about, std::string_view unit_text, bool share_of_goal);

struct read_amount_result {
  stored_amount amount;
  std::string unit{};
};

parsed<read_amount_result> read_amount(std::string_view text, const amount_rule& rule);

/// What is expected where there is an entry of an indicator that is computed from others.
std::string reported_instead_of(const indicator_spec& computed);

}  // namespace attain::inline v0::io::detail
