#pragma once

#include <attain/model/impl/flat_tree.hpp>

#include <cstddef>

namespace attain::inline v0::detail {

ATTAIN_INLINE std::vector<flat_project> flatten(const std::vector<project_spec>& projects) {
  std::vector<flat_project> flat;
  std::vector<flat_project> waiting;
  const auto wait = [&waiting](const std::vector<project_spec>& children, std::uint32_t parent, std::uint32_t depth) {
    for (std::size_t i = children.size(); i-- > 0;)
      waiting.push_back({&children[i], parent, static_cast<std::uint32_t>(i), depth});
  };
  wait(projects, none, 1);
  while (!waiting.empty()) {
    const flat_project next = waiting.back();
    waiting.pop_back();
    flat.push_back(next);
    if (next.depth <= max_depth) wait(next.spec->projects, static_cast<std::uint32_t>(flat.size() - 1), next.depth + 1);
  }
  return flat;
}

ATTAIN_INLINE place_order order_places(const std::vector<std::uint32_t>& parents) {
  const std::size_t count = parents.size();
  std::vector<std::uint32_t> first_child(count, none);
  std::vector<std::uint32_t> next_sibling(count, none);
  std::uint32_t first_root = none;
  for (std::size_t i = count; i-- > 0;) {
    std::uint32_t& first = parents[i] == none ? first_root : first_child[parents[i]];
    next_sibling[i] = first;
    first = static_cast<std::uint32_t>(i);
  }

  place_order result;
  result.order.reserve(count);
  result.parents.reserve(count);
  struct level {
    std::uint32_t place;   // the next to visit
    std::uint32_t parent;  // in the new order
  };
  std::vector<level> open{{first_root, none}};
  while (!open.empty()) {
    level& top = open.back();
    if (top.place == none) {
      open.pop_back();
      continue;
    }
    const std::uint32_t place = top.place;
    const auto index = static_cast<std::uint32_t>(result.order.size());
    result.order.push_back(place);
    result.parents.push_back(top.parent);
    top.place = next_sibling[place];
    open.push_back({first_child[place], index});
  }
  return result;
}

}  // namespace attain::inline v0::detail
