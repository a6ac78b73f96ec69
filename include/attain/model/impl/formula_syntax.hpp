#pragma once

/** The words of the formula language and how tightly they bind: what reading and writing a formula share. Private. */

#include <attain/model/formula_node.hpp>

#include <cstdint>
#include <string_view>

namespace attain::inline v0::detail {

using operation = formula_node::kind;

struct formula_function {
  std::string_view name;
  operation what;
  std::uint32_t operands;
  bool or_more;
};

inline constexpr formula_function formula_functions[] = {
    {"min", operation::minimum, 1, true},
    {"max", operation::maximum, 1, true},
    {"sum", operation::sum, 1, true},
    {"mean", operation::mean, 1, true},
    {"abs", operation::absolute, 1, false},
    {"sqrt", operation::square_root, 1, false},
    {"ln", operation::natural_logarithm, 1, false},
    {"exp", operation::exponential, 1, false},
    {"if", operation::choose, 3, false},
    {"coalesce", operation::coalesce, 1, true},
    {"is_missing", operation::is_missing, 1, false},
};

/// How tightly things bind, loosest first: the rules of the grammar from the top down.
enum class precedence : std::uint8_t { disjunction, conjunction, negation, comparison, sum, product, sign, power, atom };

constexpr precedence tighter(precedence p) noexcept { return static_cast<precedence>(static_cast<std::uint8_t>(p) + 1); }

struct formula_operator {
  std::string_view symbol;
  operation what;
  precedence level;
};

// Of two symbols that begin alike the longer comes first.
inline constexpr formula_operator formula_operators[] = {
    {"or", operation::logical_or, precedence::disjunction},
    {"and", operation::logical_and, precedence::conjunction},
    {"<=", operation::less_equal, precedence::comparison},
    {"<", operation::less, precedence::comparison},
    {">=", operation::greater_equal, precedence::comparison},
    {">", operation::greater, precedence::comparison},
    {"=", operation::equal, precedence::comparison},
    {"!=", operation::not_equal, precedence::comparison},
    {"+", operation::add, precedence::sum},
    {"-", operation::subtract, precedence::sum},
    {"*", operation::multiply, precedence::product},
    {"/", operation::divide, precedence::product},
    {"^", operation::power, precedence::power},
};

/// The row of an operation, or null if it is no binary operator.
constexpr const formula_operator* operator_of(operation what) noexcept {
  for (const formula_operator& row : formula_operators)
    if (row.what == what) return &row;
  return nullptr;
}

/// The row of an operation, or null if it is no function.
constexpr const formula_function* function_of(operation what) noexcept {
  for (const formula_function& row : formula_functions)
    if (row.what == what) return &row;
  return nullptr;
}

}  // namespace attain::inline v0::detail
