#pragma once

// The place tree of a programme in the orders that compiling needs.

#include <attain/core/sort_stably.hpp>
#include <attain/model/programme.hpp>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

namespace attain::inline v0::detail {

struct place_index {
  std::span<const place_spec> specs;
  std::span<const std::uint32_t> parent;
  std::vector<std::uint32_t> rank;      // breadth first: parents before children, siblings adjacent
  std::vector<double> children_weight;  // sum of the declared weights of the children
  std::vector<std::uint32_t> children;  // how many there are

  explicit place_index(const programme& plan)
      : specs(plan.places()),
        parent(plan.place_parents()),
        rank(specs.size()),
        children_weight(specs.size(), 0),
        children(specs.size(), 0) {
    std::vector<std::uint32_t> depth(specs.size(), 0);
    for (std::size_t p = 0; p < specs.size(); ++p) {
      if (parent[p] == none) continue;
      depth[p] = depth[parent[p]] + 1;
      children_weight[parent[p]] += specs[p].weight;
      ++children[parent[p]];
    }
    std::vector<std::uint32_t> order(specs.size());
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return depth[a] != depth[b] ? depth[a] < depth[b] : a < b; });
    // Within one depth, by the rank of the parent.
    for (std::size_t begin = 0; begin < order.size();) {
      std::size_t end = begin;
      while (end < order.size() && depth[order[end]] == depth[order[begin]]) ++end;
      sort_stably(std::span(order).subspan(begin, end - begin),
                  [&](std::uint32_t a, std::uint32_t b) { return parent[a] != none && rank[parent[a]] < rank[parent[b]]; });
      for (std::size_t i = begin; i < end; ++i) rank[order[i]] = static_cast<std::uint32_t>(i);
      begin = end;
    }
  }

  bool within(std::uint32_t top, std::uint32_t place) const noexcept {
    while (place != top && place != none) place = parent[place];
    return place == top;
  }

  /// The position of a place among some that are sorted by rank, or `none`.
  std::uint32_t position(std::span<const std::uint32_t> by_rank, std::uint32_t place) const noexcept {
    const auto found = std::lower_bound(by_rank.begin(), by_rank.end(), place,
                                        [&](std::uint32_t a, std::uint32_t b) { return rank[a] < rank[b]; });
    return found != by_rank.end() && *found == place ? static_cast<std::uint32_t>(found - by_rank.begin()) : none;
  }

  /// Adds the places between those given and @p top, drops those that are not within it, and sorts by rank.
  void close_under(std::uint32_t top, std::vector<std::uint32_t>& places) const {
    if (children[top] == 0) {
      places.assign(1, top);
      return;
    }
    std::erase_if(places, [&](std::uint32_t p) { return !within(top, p); });
    const auto by_rank = [&](std::uint32_t a, std::uint32_t b) { return rank[a] < rank[b]; };
    std::sort(places.begin(), places.end(), by_rank);
    places.erase(std::unique(places.begin(), places.end()), places.end());
    const std::size_t given = places.size();
    for (std::size_t i = 0; i < given; ++i) {
      for (std::uint32_t p = places[i]; p != top; p = parent[p]) places.push_back(parent[p]);
    }
    if (places.size() != given) {
      std::sort(places.begin(), places.end(), by_rank);
      places.erase(std::unique(places.begin(), places.end()), places.end());
    }
    if (places.empty()) places.push_back(top);
  }
};

}  // namespace attain::inline v0::detail
