#pragma once

#include <attain/model/formula.hpp>

#include <attain/core/error.hpp>
#include <attain/core/exact_sum.hpp>
#include <attain/core/number_text.hpp>
#include <attain/model/impl/formula_parser.hpp>

#include <array>
#include <cassert>
#include <cmath>
#include <utility>

namespace attain::inline v0 {

namespace detail {

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
  const double a = top->amount;
  const double b = node.operands > 1 ? (top - 1)->amount : 0;
  switch (node.what) {
    case operation::add: return formula_value::of(a + b);
    case operation::subtract: return formula_value::of(a - b);
    case operation::multiply: return formula_value::of(a * b);
    case operation::divide: return b == 0 ? formula_value::without(reason::denominator_zero) : formula_value::of(a / b);
    case operation::power: return power_of(a, b);
    case operation::negate: return formula_value::of(-a);
    case operation::less: return formula_value::of(a < b);
    case operation::less_equal: return formula_value::of(a <= b);
    case operation::greater: return formula_value::of(a > b);
    case operation::greater_equal: return formula_value::of(a >= b);
    case operation::equal: return formula_value::of(a == b);
    case operation::not_equal: return formula_value::of(a != b);
    case operation::logical_and: return formula_value::of(a != 0 && b != 0);
    case operation::logical_or: return formula_value::of(a != 0 || b != 0);
    case operation::logical_not: return formula_value::of(a == 0);
    case operation::absolute: return formula_value::of(std::fabs(a));
    case operation::square_root: return a < 0 ? formula_value::without(reason::not_scalable) : formula_value::of(std::sqrt(a));
    case operation::natural_logarithm:
      return a <= 0 ? formula_value::without(reason::not_scalable) : formula_value::of(std::log(a));
    case operation::exponential: return formula_value::of(std::exp(a));
    case operation::sum: return sum_of(top, node.operands);
    case operation::mean: {
      const formula_value total = sum_of(top, node.operands);
      return total.missing ? total : formula_value::of(total.amount / node.operands);
    }
    case operation::minimum:
    case operation::maximum: {
      double best = a;
      for (std::uint32_t i = 1; i < node.operands; ++i) {
        const double next = (top - i)->amount;
        if (node.what == operation::minimum ? next < best : next > best) best = next;
      }
      return formula_value::of(best);
    }
    case operation::number:
    case operation::input:
    case operation::choose:
    case operation::coalesce:
    case operation::is_missing: break;  // not reached: `value_of` has dealt with them
  }
  return formula_value::without(reason::not_scalable);
}

/// The value of an operation whose operands may be missing; the rules of docs/formula.md.
ATTAIN_INLINE formula_value value_of(const formula_node& node, const formula_value* top) noexcept {
  switch (node.what) {
    case operation::is_missing: return formula_value::of(top->missing);
    case operation::choose: return top->missing ? *top : *(top - (top->amount != 0 ? 1 : 2));
    case operation::coalesce:
      for (std::uint32_t i = 0; i < node.operands; ++i)
        if (!(top - i)->missing) return *(top - i);
      break;
    case operation::logical_and:
      if (top->is(0) || (top - 1)->is(0)) return formula_value::of(false);
      break;
    case operation::logical_or:
      if ((!top->missing && top->amount != 0) || (!(top - 1)->missing && (top - 1)->amount != 0)) return formula_value::of(true);
      break;
    default: break;
  }
  const formula_value* first_missing = nullptr;
  for (std::uint32_t i = 0; i < node.operands; ++i) {
    const formula_value* operand = top - i;
    if (operand->missing && (first_missing == nullptr || operand->why < first_missing->why)) first_missing = operand;
  }
  return first_missing != nullptr ? *first_missing : apply(node, top);
}

}  // namespace detail

// From the last node to the first: what a node needs is then on the stack, its first operand on top. Both sides of an `if` are
// computed, which is harmless, since a value is never more than a reason.
ATTAIN_INLINE answer<double> formula::operator()(std::span<const answer<double>> amounts) const {
  assert(!nodes.empty() && amounts.size() == inputs.size());
  std::array<detail::formula_value, 64> on_stack;
  std::vector<detail::formula_value> on_heap;
  if (nodes.size() > on_stack.size()) on_heap.resize(nodes.size());
  detail::formula_value* const stack = on_heap.empty() ? on_stack.data() : on_heap.data();
  std::size_t height = 0;
  for (std::size_t i = nodes.size(); i-- > 0;) {
    const formula_node& node = nodes[i];
    if (node.what == detail::operation::number) {
      stack[height++] = {node.number, {}, false};
    } else if (node.what == detail::operation::input) {
      const answer<double>& amount = amounts[node.input];
      stack[height++] =
          amount.has_value() ? detail::formula_value{*amount, {}, false} : detail::formula_value::without(amount.why());
    } else {
      const detail::formula_value value = detail::value_of(node, &stack[height - 1]);
      height -= node.operands;
      stack[height++] = value;
    }
  }
  if (stack[0].missing) return stack[0].why;
  return stack[0].amount;
}

namespace detail {

ATTAIN_INLINE formula parse_formula(std::string_view text, std::string_view where) {
  formula result;
  formula_parser(text, where).parse(result.nodes, result.inputs);
  result.text = std::string(text);
  return result;
}

}  // namespace detail

ATTAIN_INLINE formula parse_formula(std::string_view text) { return detail::parse_formula(text, {}); }

ATTAIN_INLINE formula try_parse_formula(std::string_view text, std::string_view where, std::vector<finding>& problems) {
  try {
    return detail::parse_formula(text, where);
  } catch (const invalid_input& refused) {
    problems.insert(problems.end(), refused.findings().begin(), refused.findings().end());
    return {};
  }
}

ATTAIN_INLINE std::string formula_input(std::string_view id) {
  std::string text = "[";
  for (const char c : id) text.append(c == ']' ? 2 : 1, c);
  return text += ']';
}

ATTAIN_INLINE std::string to_string(const formula& f) {
  struct piece {
    std::string text;
    detail::precedence level;
  };
  std::vector<piece> stack;  // the first operand of the next node is on top
  const auto take = [&stack](detail::precedence needed) {
    piece taken = std::move(stack.back());
    stack.pop_back();
    return taken.level < needed ? "(" + std::move(taken.text) + ")" : std::move(taken.text);
  };
  for (std::size_t i = f.nodes.size(); i-- > 0;) {
    const formula_node& node = f.nodes[i];
    if (node.what == detail::operation::number) {
      stack.push_back({to_text(node.number), detail::precedence::atom});
    } else if (node.what == detail::operation::input) {
      stack.push_back({formula_input(f.inputs[node.input]), detail::precedence::atom});
    } else if (node.what == detail::operation::negate) {
      stack.push_back({"-" + take(detail::precedence::sign), detail::precedence::sign});
    } else if (node.what == detail::operation::logical_not) {
      stack.push_back({"not " + take(detail::precedence::negation), detail::precedence::negation});
    } else if (const detail::formula_operator* binary = detail::operator_of(node.what)) {
      const bool from_the_right = binary->level == detail::precedence::power;
      const bool chains = binary->level != detail::precedence::comparison && !from_the_right;
      std::string text = take(chains ? binary->level : detail::tighter(binary->level));
      text += ' ';
      text += binary->symbol;
      text += ' ';
      text += take(from_the_right ? detail::precedence::sign : detail::tighter(binary->level));
      stack.push_back({std::move(text), binary->level});
    } else {
      std::string text(detail::function_of(node.what)->name);
      for (std::uint32_t operand = 0; operand < node.operands; ++operand) {
        text += operand == 0 ? "(" : ", ";
        text += take(detail::precedence::disjunction);
      }
      stack.push_back({text + ")", detail::precedence::atom});
    }
  }
  return stack.empty() ? std::string() : std::move(stack.front().text);
}

ATTAIN_INLINE formula substitute(const formula& outer, std::uint32_t input, const formula& inner) {
  std::size_t count = 0;
  for (const formula_node& node : outer.nodes)
    count += node.what == detail::operation::input && node.input == input ? inner.nodes.size() : 1;
  if (count > max_formula_nodes)
    throw invalid_input(finding{severity::error, code::too_large, "", escaped_excerpt(outer.text),
                                "at most " + std::to_string(max_formula_nodes) + " nodes",
                                "the formula has " + std::to_string(count) + " nodes once [" +
                                    escaped_excerpt(outer.inputs[input]) + "] is put in its place"});
  formula result;
  result.nodes.reserve(count);
  detail::input_list inputs(result.inputs);
  const auto append = [&](const formula_node& node, const formula& from) {
    result.nodes.push_back(node);
    if (node.what == detail::operation::input) result.nodes.back().input = inputs.index_of(from.inputs[node.input]);
  };
  for (const formula_node& node : outer.nodes) {
    if (node.what == detail::operation::input && node.input == input) {
      for (const formula_node& replacement : inner.nodes) append(replacement, inner);
    } else {
      append(node, outer);
    }
  }
  detail::set_ends(result.nodes);
  result.text = to_string(result);
  return result;
}

}  // namespace attain::inline v0
