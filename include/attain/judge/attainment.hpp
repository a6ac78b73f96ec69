#pragma once

/** Goal, *reached* and attainment of one cell (rules B and A).

  `goal_of` turns an aim into numbers once the baseline is known; `reached` is the only place that decides whether a goal is
  reached; `attainment_of` is the share of the way. All are pure functions of numbers: they know no ledger and no clock.
*/

#include <attain/core/answer.hpp>
#include <attain/core/config.hpp>
#include <attain/judge/cell_goal.hpp>
#include <attain/model/aim.hpp>
#include <attain/model/indicator.hpp>

#include <cstdint>
#include <optional>

namespace attain::inline v0 {

/// What decides the course besides the aim.
struct goal_context {
  indicator_kind kind = indicator_kind::increment;
  bool declared_hold = false;        ///< cadence `throughout`
  std::optional<double> baseline{};  ///< declared, else found; for accumulators declared only
};

/** The goal that @p what asks for (rules B1, B3, B4, A3, A6, A10).

  @p own_goal replaces the number of the aim, as quotas do. A change without a baseline has a reason.
*/
cell_goal goal_of(const aim& what, const goal_context& context, std::optional<double> own_goal = std::nullopt);

/// Rule B2, for an amount without ends.
bool reached(const cell_goal& goal, double x) noexcept;

/// Rule B2 for an amount with ends: the unfavourable one decides (rule R11).
answer<bool> reached(const cell_goal& goal, const amount& x) noexcept;

/// Whether an upper limit is exceeded for certain: a cap, what must fall, or the upper edge of a band (rules A3, A6, A10, R8).
bool exceeded(const cell_goal& goal, const amount& x) noexcept;

/// The end of an amount that is unfavourable for the goal, of a band the one with the smaller a (rule R11c); `not_comparable` if
/// it is open.
answer<double> unfavourable(const cell_goal& goal, const amount& x) noexcept;

/// Rules A1 to A6 and A10: the share of the way, unclamped; of an amount with ends that of the unfavourable one.
answer<double> attainment_of(const cell_goal& goal, double x) noexcept;
answer<double> attainment_of(const cell_goal& goal, const amount& x) noexcept;

/// x/g, or g/x for at most (rules A2, A4, A5).
answer<double> share_of_goal(const cell_goal& goal, double x) noexcept;

/// What a cap used of its goal, x/g (rule A3).
answer<double> used_of_cap(const cell_goal& goal, const amount& x) noexcept;

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/judge/impl/attainment.ipp>
#endif
