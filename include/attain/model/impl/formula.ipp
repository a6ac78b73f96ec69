#pragma once

#include <attain/model/formula.hpp>

#include <attain/core/error.hpp>
#include <attain/core/number_text.hpp>
#include <attain/model/formula_value.hpp>
#include <attain/model/impl/formula_parser.hpp>
#include <attain/model/impl/formula_syntax.hpp>

#include <array>
#include <cassert>
#include <utility>

namespace attain::inline v0 {

// From the last node to the first: what a node needs is then on the stack, its first operand on top. Both sides of an `if` are
// computed, which is harmless, since a value is never more than a reason.
ATTAIN_INLINE answer<double> formula::operator()(std::span<const answer<double>> amounts) const {
  assert(!nodes.empty() && amounts.size() == inputs.size());
  std::array<formula_value, 64> on_stack;
  std::vector<formula_value> on_heap;
  if (nodes.size() > on_stack.size()) on_heap.resize(nodes.size());
  formula_value* const stack = on_heap.empty() ? on_stack.data() : on_heap.data();
  std::size_t height = 0;
  for (std::size_t i = nodes.size(); i-- > 0;) {
    const formula_node& node = nodes[i];
    if (node.what == detail::operation::number) {
      stack[height++] = {node.number, {}, false};
    } else if (node.what == detail::operation::input) {
      const answer<double>& amount = amounts[node.input];
      stack[height++] = amount.has_value() ? formula_value{*amount, {}, false} : formula_value::without(amount.why());
    } else {
      const formula_value value = value_of(node, &stack[height - 1]);
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

ATTAIN_INLINE std::string_view spelling_of(formula_node::kind what) noexcept {
  if (what == detail::operation::negate) return "-";
  if (what == detail::operation::logical_not) return "not";
  if (const detail::formula_operator* binary = detail::operator_of(what)) return binary->symbol;
  if (const detail::formula_function* function = detail::function_of(what)) return function->name;
  return {};
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
