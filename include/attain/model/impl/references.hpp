#pragma once
/** Who refers to whom, to find the cycles; without recursion. */
#include <attain/core/config.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace attain::inline v0::detail {

/// For each of some numbered things, the ones it refers to.
using references = std::vector<std::vector<std::uint32_t>>;

struct resolved_order {
  std::vector<std::uint32_t> order;                ///< all, each after what it refers to unless on a cycle
  std::vector<std::vector<std::uint32_t>> cycles;  ///< each once around, its first element not repeated
};

/// Where things refer to one another, at least one cycle is found, and at most `max_cycles` in all.
inline constexpr std::size_t max_cycles = 100;
resolved_order resolve_order(const references& from);

}  // namespace attain::inline v0::detail

#ifndef ATTAIN_COMPILED
#include <attain/model/impl/references.ipp>
#endif
