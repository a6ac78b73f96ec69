#pragma once

#include <attain/judge/rules_by_facts.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

namespace attain::inline v0 {
namespace detail {

// The least value that is past an edge once it is rounded, +∞ if there is none. Rounding keeps the order of values.
ATTAIN_INLINE double first_past(double edge, bool closed, std::optional<int> decimals) noexcept {
  const double tolerance = 1e-9 * (edge < 0 ? -edge : edge);
  constexpr double infinite = std::numeric_limits<double>::infinity();
  if (!decimals) return closed ? edge - tolerance : std::nextafter(edge + tolerance, infinite);
  // Doubles of either sign in their order, as whole numbers.
  constexpr std::int64_t lowest = (std::numeric_limits<std::int64_t>::min)();
  const auto value_at = [](std::int64_t position) { return std::bit_cast<double>(position < 0 ? lowest - position : position); };
  const auto passes = [&](std::int64_t position) { return is_past(rounded(value_at(position), *decimals), edge, closed); };
  std::int64_t past = std::bit_cast<std::int64_t>((std::numeric_limits<double>::max)());
  std::int64_t before = -past - 1;
  if (!passes(past)) return infinite;
  while (past != before + 1) {
    const std::int64_t middle = std::midpoint(before, past);
    (passes(middle) ? past : before) = middle;
  }
  return value_at(past);
}

}  // namespace detail

ATTAIN_INLINE rules_by_facts::rules_by_facts(const method_spec& method) {
  for (const method_rule& rule : method.rules) {
    ready_rule ready{.first_condition = static_cast<std::uint32_t>(conditions_.size()),
                     .conditions = static_cast<std::uint32_t>(rule.where.size()),
                     .list = no_list,
                     .state = no_state,
                     .scored = false,
                     .score = 0};
    if (rule.outcome == outcome::bands) {
      ready.list = static_cast<std::uint32_t>(rule.index);
    } else if (rule.outcome == outcome::state) {
      ready.state = static_cast<std::uint8_t>(rule.index);
      ready.scored = rule.score.has_value();
      ready.score = rule.score.value_or(0);
    }
    rules_.push_back(ready);
    for (const condition& c : rule.where) conditions_.push_back({c.quantity, detail::first_past(c.edge, c.closed, {})});
  }
  for (const band_list& list : method.band_lists) {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    lists_.push_back({.first_four = static_cast<std::uint32_t>(edges_.size()),
                      .fours = static_cast<std::uint32_t>((list.bands.size() + 3) / 4),
                      .first_state = static_cast<std::uint32_t>(states_.size()),
                      .quantity = list.quantity,
                      .scores = !list.score.empty()});
    double above = infinite;
    for (std::size_t i = 0; i < list.bands.size(); ++i) {
      const band_spec& band = list.bands[i];
      above = (std::min)(above, detail::first_past(band.edge, band.closed, list.decimals));
      if (i % 4 == 0) edges_.push_back({-infinite, -infinite, -infinite, -infinite});
      edges_.back()[i % 4] = above;
      states_.push_back(static_cast<std::uint8_t>(band.state));
    }
    states_.push_back(static_cast<std::uint8_t>(list.below));
  }
  for_each_quantity(method, [&](quantity what) { asked_ |= std::uint32_t{1} << static_cast<unsigned>(what); });
  const std::size_t count = (std::min)(method.rules.size(), most);
  std::array<std::uint64_t, 16> asking{};
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t bit = 0; bit < asking.size(); ++bit) {
      if ((method.rules[i].facts >> bit & 1u) != 0) asking[bit] |= std::uint64_t{1} << i;
    }
  }
  const std::uint64_t none_there = count == most ? 0 : ~std::uint64_t{0} << count;
  const auto fill = [&](std::array<std::uint64_t, 256>& table, std::size_t first_bit) {
    table[0] = none_there;
    for (unsigned set = 1; set < table.size(); ++set) {
      table[set] = table[set & (set - 1)] | asking[first_bit + static_cast<std::size_t>(std::countr_zero(set))];
    }
  };
  fill(without_low_, 0);
  fill(without_high_, 8);
}

}  // namespace attain::inline v0
