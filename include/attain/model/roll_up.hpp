#pragma once
/** How the judgements of children combine at a node, as data (rules U). */
#include <cstdint>
#include <optional>
#include <string>

namespace attain::inline v0 {

/// What children that have not started or are not due contribute (rule U5).
enum class not_due_policy : std::uint8_t { leave_out, count_as_zero };

struct roll_up_spec {
  std::string aggregator = "weighted_mean";        ///< or worst, or custom:NAME@VERSION
  std::optional<double> minimum_coverage{};        ///< else the programme's (rule D3)
  not_due_policy not_due = not_due_policy::leave_out;

  friend bool operator==(const roll_up_spec&, const roll_up_spec&) = default;
};

}  // namespace attain::inline v0
