#include <attain/model/formula_value.hpp>

#include "support/catch.hpp"

#include <array>
#include <limits>

using namespace attain;
using kind = formula_node::kind;

namespace {

formula_node operation_of(kind what, std::uint32_t operands) {
  formula_node node;
  node.what = what;
  node.operands = operands;
  return node;
}

}  // namespace

TEST_CASE("an amount that is not finite is an overflow", "[model][formula_value]") {
  CHECK(formula_value::of(6.0).is(6));
  CHECK(formula_value::of(true).is(1));
  const formula_value infinite = formula_value::of(std::numeric_limits<double>::infinity());
  CHECK(infinite.missing);
  CHECK(infinite.why == reason::overflow);
}

TEST_CASE("the first operand of an operation is on top of the stack", "[model][formula_value]") {
  const std::array stack{formula_value::of(4.0), formula_value::of(6.0)};
  CHECK(value_of(operation_of(kind::subtract, 2), &stack.back()).is(2));
  CHECK(value_of(operation_of(kind::divide, 2), &stack.back()).is(1.5));
}

TEST_CASE("of operands that are missing the reason that takes precedence is the operation's", "[model][formula_value]") {
  const auto stale = formula_value::without(reason::stale);
  const auto unreported = formula_value::without(reason::no_observation);
  const reason first = reason::stale < reason::no_observation ? reason::stale : reason::no_observation;
  const std::array stack{stale, unreported};
  const formula_value sum = value_of(operation_of(kind::add, 2), &stack.back());
  CHECK(sum.missing);
  CHECK(sum.why == first);
}

TEST_CASE("coalesce, is_missing and a side that decides do without an operand", "[model][formula_value]") {
  const std::array stack{formula_value::of(0.0), formula_value::without(reason::stale)};
  CHECK(value_of(operation_of(kind::coalesce, 2), &stack.back()).is(0));
  CHECK(value_of(operation_of(kind::is_missing, 1), &stack.back()).is(1));
  CHECK(value_of(operation_of(kind::logical_and, 2), &stack.back()).is(0));
}
