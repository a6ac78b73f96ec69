#pragma once
/** The nested projects and the listed places of a specification as flat arrays, made without recursion.

  Private to floor 1: a programme is built from it and `validate` walks it, so that both see the same tree in the same order.
*/
#include <attain/core/config.hpp>
#include <attain/model/programme_spec.hpp>

#include <cstdint>
#include <vector>

namespace attain::inline v0::detail {

struct flat_project {
  const project_spec* spec = nullptr;
  std::uint32_t parent = none;  ///< index in the flat list; none under the root
  std::uint32_t position = 0;   ///< among the parent's projects
  std::uint32_t depth = 1;
};

/// Every project in the order of the text, parents first. One deeper than `max_depth` is listed; what is below it is not.
std::vector<flat_project> flatten(const std::vector<project_spec>& projects);

/// Indices of places so that parents come before children and siblings stay as listed.
struct place_order {
  std::vector<std::uint32_t> order;    ///< index into the given list
  std::vector<std::uint32_t> parents;  ///< index into `order`; none for a root
};

/// @param parents for each place the index of its parent, or none. Places that no root reaches (a cycle) are left out.
place_order order_places(const std::vector<std::uint32_t>& parents);

}  // namespace attain::inline v0::detail

#ifndef ATTAIN_COMPILED
#include <attain/model/impl/flat_tree.ipp>
#endif
