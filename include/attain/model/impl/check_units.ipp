#pragma once

#include <attain/model/impl/check_units.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace attain::inline v0::detail {

ATTAIN_INLINE bool same_measure(const unit& a, const unit& b) {
  return addable(a, b) && conversion_factor(a.plain(), b.plain()) == 1;
}

/// What the value of a part of a formula is measured in: nothing, one unit, or a compound that is not followed further.
struct measure {
  std::optional<unit> in{};
  bool is_compound = false;

  bool is_plain() const noexcept { return !in && !is_compound; }
  bool is_share() const noexcept { return in && in->dimension() == unit().dimension(); }
};

inline constexpr bool compound = true;

ATTAIN_INLINE measure product_of(const measure& a, const measure& b) {
  if (a.is_plain() || a.is_share()) return b.is_plain() ? a : b;
  if (b.is_plain() || b.is_share()) return a;
  return {std::nullopt, compound};
}

ATTAIN_INLINE measure quotient_of(const measure& a, const measure& b) {
  if (b.is_plain() || b.is_share()) return a;
  if (a.in && b.in && same_measure(*a.in, *b.in)) return {unit()};
  return {std::nullopt, compound};
}

/// The measure of values that are added, compared or chosen between; reports the first that does not add to the others.
class alike {
 public:
  explicit alike(const path& where, finding_list& found) : where_(where), found_(found) {}

  void take(const measure& next) {
    if (next.is_compound) common_ = {std::nullopt, compound};
    if (common_.is_compound || next.is_plain()) return;
    if (!common_.in) {
      common_ = next;
    } else if (!same_measure(*common_.in, *next.in)) {
      const std::string a(common_.in->symbol());
      const std::string b(next.in->symbol());
      found_.error(code::unit_mismatch, where_, b, a,
                   "the formula adds or compares " + escaped_excerpt(a) + " and " + escaped_excerpt(b));
      common_ = {std::nullopt, compound};
    }
  }
  const measure& common() const noexcept { return common_; }

 private:
  const path& where_;
  finding_list& found_;
  measure common_;
};

/// @param first of the operands, the next one before it
ATTAIN_INLINE measure measure_of(const formula_node& node, const measure* first, const path& where, finding_list& found) {
  using kind = formula_node::kind;
  const auto common = [&](std::uint32_t from) {
    alike operands(where, found);
    for (std::uint32_t i = from; i < node.operands; ++i) operands.take(*(first - i));
    return operands.common();
  };
  switch (node.what) {
    case kind::multiply: return product_of(*first, *(first - 1));
    case kind::divide: return quotient_of(*first, *(first - 1));
    case kind::negate:
    case kind::absolute: return *first;
    case kind::add:
    case kind::subtract:
    case kind::minimum:
    case kind::maximum:
    case kind::sum:
    case kind::mean:
    case kind::coalesce: return common(0);
    case kind::choose: return common(1);
    case kind::power:
    case kind::square_root:
    case kind::natural_logarithm:
    case kind::exponential: return first->is_plain() ? measure{} : measure{std::nullopt, compound};
    case kind::less:
    case kind::less_equal:
    case kind::greater:
    case kind::greater_equal:
    case kind::equal:
    case kind::not_equal: common(0); return {};
    default: return {};  // truth values
  }
}

ATTAIN_INLINE std::optional<unit> check_units(const formula& f, const std::vector<std::optional<unit>>& units, const path& where,
                                              finding_list& found) {
  std::vector<measure> stack;
  for (std::size_t i = f.nodes.size(); i-- > 0;) {
    const formula_node& node = f.nodes[i];
    measure here;
    if (node.what == formula_node::kind::input) {
      here = units[node.input] ? measure{units[node.input]} : measure{std::nullopt, compound};
    } else if (node.what != formula_node::kind::number) {
      here = measure_of(node, &stack.back(), where, found);
      stack.resize(stack.size() - node.operands);
    }
    stack.push_back(std::move(here));
  }
  return stack.front().in;
}

}  // namespace attain::inline v0::detail
