#pragma once

/** What one operation of a formula comes to: the step that a formula takes at each of its nodes, and `explain` shows. */

#include <attain/core/answer.hpp>
#include <attain/core/config.hpp>
#include <attain/model/formula_node.hpp>

#include <cmath>

namespace attain::inline v0 {

/// An amount or a reason, laid out for a stack that is not initialised.
struct formula_value {
  double amount;
  reason why;
  bool missing;

  static formula_value of(double amount) noexcept {
    if (!std::isfinite(amount)) return without(reason::overflow);
    return {amount, {}, false};
  }
  static formula_value of(bool truth) noexcept { return {truth ? 1.0 : 0.0, {}, false}; }
  static formula_value without(reason why) noexcept { return {0, why, true}; }

  bool is(double x) const noexcept { return !missing && amount == x; }
};

/// The value of an operation, by the rules of docs/formula.md. Its first operand is at @p top, the next one below it.
formula_value value_of(const formula_node& node, const formula_value* top) noexcept;

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/model/impl/formula_value.ipp>
#endif
