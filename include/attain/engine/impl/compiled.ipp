#pragma once

#include <attain/engine/compiled.hpp>

#include <algorithm>

namespace attain::inline v0 {

ATTAIN_INLINE std::optional<std::uint32_t> compiled::find_cell(std::uint32_t target_plan, std::uint32_t place) const noexcept {
  const auto& target = cells.targets[target_plan];
  const auto first = cells.place.begin() + target.first_cell;
  const auto last = first + target.cell_count;
  const auto found = std::lower_bound(first, last, place);
  if (found == last || *found != place) return std::nullopt;
  return static_cast<std::uint32_t>(found - cells.place.begin());
}

ATTAIN_INLINE std::optional<std::uint32_t> compiled::find_node_cell(std::uint32_t programme, std::uint32_t node,
                                                                    std::uint32_t place) const noexcept {
  const std::uint32_t at = nodes.first_plan[programme] + node;
  const auto first = nodes.of_node.begin() + nodes.of_node_begin[at];
  const auto last = nodes.of_node.begin() + nodes.of_node_begin[at + 1];
  const auto found =
      std::lower_bound(first, last, place, [&](std::uint32_t cell, std::uint32_t p) { return nodes.place[cell] < p; });
  if (found == last || nodes.place[*found] != place) return std::nullopt;
  return *found;
}

ATTAIN_INLINE std::uint32_t compiled::programme_of(std::uint32_t node_cell) const noexcept {
  const auto after = std::upper_bound(nodes.first_plan.begin(), nodes.first_plan.end(), nodes.plan[node_cell]);
  return static_cast<std::uint32_t>(after - nodes.first_plan.begin()) - 1;
}

}  // namespace attain::inline v0
