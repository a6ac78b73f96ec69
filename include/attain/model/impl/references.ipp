#pragma once

#include <attain/model/impl/references.hpp>

#include <algorithm>
#include <cstddef>

namespace attain::inline v0::detail {

ATTAIN_INLINE resolved_order resolve_order(const references& from) {
  enum class state : std::uint8_t { new_, open, done };
  struct step {
    std::uint32_t at;
    std::size_t next;  // reference to follow
  };
  resolved_order result;
  std::vector<state> states(from.size(), state::new_);
  std::vector<step> way;
  for (std::uint32_t start = 0; start < from.size(); ++start) {
    if (states[start] != state::new_) continue;
    states[start] = state::open;
    way.push_back({start, 0});
    while (!way.empty()) {
      step& top = way.back();
      if (top.next == from[top.at].size()) {
        states[top.at] = state::done;
        result.order.push_back(top.at);
        way.pop_back();
        continue;
      }
      const std::uint32_t to = from[top.at][top.next++];
      if (states[to] == state::new_) {
        states[to] = state::open;
        way.push_back({to, 0});
      } else if (states[to] == state::open && result.cycles.size() < max_cycles) {
        const auto first = std::find_if(way.begin(), way.end(), [to](const step& s) { return s.at == to; });
        std::vector<std::uint32_t>& cycle = result.cycles.emplace_back();
        for (auto s = first; s != way.end(); ++s) cycle.push_back(s->at);
      }
    }
  }
  return result;
}

}  // namespace attain::inline v0::detail
