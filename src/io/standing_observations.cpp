#include "standing_observations.hpp"

#include <attain/core/sort_stably.hpp>

#include <span>
#include <tuple>
#include <utility>

namespace attain::inline v0::io::detail {

std::map<std::string, std::vector<observation>, std::less<>> standing_observations(const ledger& book) {
  const auto identity = [](const observation& o) { return std::tie(o.about, o.place, o.dimensions, o.step, o.stage, o.scope); };
  std::map<std::string, std::vector<observation>, std::less<>> all;
  book.for_each([&](const observation& o) { all[o.indicator].push_back(o); });
  for (auto& [id, entries] : all) {
    sort_stably(std::span(entries), [&](const observation& a, const observation& b) {
      return std::tuple_cat(identity(a), std::tie(b.recorded)) < std::tuple_cat(identity(b), std::tie(a.recorded));
    });
    std::vector<observation> kept;
    for (observation& o : entries) {
      if (kept.empty() || identity(kept.back()) != identity(o) || kept.back().recorded == o.recorded)
        kept.push_back(std::move(o));
    }
    entries = std::move(kept);
  }
  return all;
}

}  // namespace attain::inline v0::io::detail
