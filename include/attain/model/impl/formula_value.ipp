#pragma once

#include <attain/core/exact_sum.hpp>
#include <attain/model/formula_value.hpp>

#include <cmath>
#include <cstdint>

namespace attain::inline v0 {

namespace detail {

ATTAIN_INLINE formula_value power_of(double base, double exponent) noexcept {
  if (base == 0 && exponent < 0) return formula_value::without(reason::denominator_zero);
  if (base < 0 && exponent != std::trunc(exponent)) return formula_value::without(reason::not_scalable);
  return formula_value::of(std::pow(base, exponent));
}

ATTAIN_INLINE formula_value sum_of(const formula_value* top, std::uint32_t operands) noexcept {
  running_sum total;
  for (std::uint32_t i = 0; i < operands; ++i) total.add((top - i)->amount);
  return formula_value::of(total.value());
}

/// The value of an operation whose operands all have amounts. The first is at @p top, the next one below it.
ATTAIN_INLINE formula_value apply(const formula_node& node, const formula_value* top) noexcept {
  using kind = formula_node::kind;
  const double a = top->amount;
  const double b = node.operands > 1 ? (top - 1)->amount : 0;
  switch (node.what) {
    case kind::add: return formula_value::of(a + b);
    case kind::subtract: return formula_value::of(a - b);
    case kind::multiply: return formula_value::of(a * b);
    case kind::divide: return b == 0 ? formula_value::without(reason::denominator_zero) : formula_value::of(a / b);
    case kind::power: return power_of(a, b);
    case kind::negate: return formula_value::of(-a);
    case kind::less: return formula_value::of(a < b);
    case kind::less_equal: return formula_value::of(a <= b);
    case kind::greater: return formula_value::of(a > b);
    case kind::greater_equal: return formula_value::of(a >= b);
    case kind::equal: return formula_value::of(a == b);
    case kind::not_equal: return formula_value::of(a != b);
    case kind::logical_and: return formula_value::of(a != 0 && b != 0);
    case kind::logical_or: return formula_value::of(a != 0 || b != 0);
    case kind::logical_not: return formula_value::of(a == 0);
    case kind::absolute: return formula_value::of(std::fabs(a));
    case kind::square_root: return a < 0 ? formula_value::without(reason::not_scalable) : formula_value::of(std::sqrt(a));
    case kind::natural_logarithm:
      return a <= 0 ? formula_value::without(reason::not_scalable) : formula_value::of(std::log(a));
    case kind::exponential: return formula_value::of(std::exp(a));
    case kind::sum: return sum_of(top, node.operands);
    case kind::mean: {
      const formula_value total = sum_of(top, node.operands);
      return total.missing ? total : formula_value::of(total.amount / node.operands);
    }
    case kind::minimum:
    case kind::maximum: {
      double best = a;
      for (std::uint32_t i = 1; i < node.operands; ++i) {
        const double next = (top - i)->amount;
        if (node.what == kind::minimum ? next < best : next > best) best = next;
      }
      return formula_value::of(best);
    }
    case kind::number:
    case kind::input:
    case kind::choose:
    case kind::coalesce:
    case kind::is_missing: break;  // not reached: `value_of` has dealt with them
  }
  return formula_value::without(reason::not_scalable);
}

}  // namespace detail

ATTAIN_INLINE formula_value value_of(const formula_node& node, const formula_value* top) noexcept {
  using kind = formula_node::kind;
  switch (node.what) {
    case kind::is_missing: return formula_value::of(top->missing);
    case kind::choose: return top->missing ? *top : *(top - (top->amount != 0 ? 1 : 2));
    case kind::coalesce:
      for (std::uint32_t i = 0; i < node.operands; ++i)
        if (!(top - i)->missing) return *(top - i);
      break;
    case kind::logical_and:
      if (top->is(0) || (top - 1)->is(0)) return formula_value::of(false);
      break;
    case kind::logical_or:
      if ((!top->missing && top->amount != 0) || (!(top - 1)->missing && (top - 1)->amount != 0)) return formula_value::of(true);
      break;
    default: break;
  }
  const formula_value* first_missing = nullptr;
  for (std::uint32_t i = 0; i < node.operands; ++i) {
    const formula_value* operand = top - i;
    if (operand->missing && (first_missing == nullptr || operand->why < first_missing->why)) first_missing = operand;
  }
  return first_missing != nullptr ? *first_missing : detail::apply(node, top);
}

}  // namespace attain::inline v0
