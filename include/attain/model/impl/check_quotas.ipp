#pragma once

#include <attain/model/impl/check_quotas.hpp>

#include <attain/core/exact_sum.hpp>
#include <attain/model/words.hpp>

#include <cmath>
#include <cstddef>
#include <string>
#include <unordered_map>

namespace attain::inline v0::detail {

/// Whether goals of places add up to the goal of the place above them.
ATTAIN_INLINE bool adds_up(const indicator_spec& indicator) noexcept {
  return is_accumulator(indicator.kind) ||
         (indicator.kind == indicator_kind::level && indicator.across_places == combination::sum);
}

ATTAIN_INLINE void check_quotas(const std::vector<quota_spec>& quotas, const path& where, const quota_context& context,
                                const aim_context& judged, checked_places& places, finding_list& found) {
  if (quotas.empty()) return;
  const aim* asked = context.asked;
  if (asked == nullptr || asked->change != change_kind::none ||
      (asked->kind != aim_kind::at_least && asked->kind != aim_kind::at_most && asked->kind != aim_kind::about))
    found.error(code::quotas_not_allowed, where, asked == nullptr ? "" : to_string(asked->kind),
                "at_least, at_most or about with an amount",
                asked == nullptr ? "a reading without an aim has no goals to give to places"
                                 : "a change or a band cannot be split into quotas (rule R9b)");

  std::unordered_map<std::uint32_t, std::size_t> quota_of;  // by place
  bool sound = places.is_tree && context.place.has_value();
  for (std::size_t i = 0; i < quotas.size(); ++i) {
    const quota_spec& quota = quotas[i];
    const path here{&where, quota.place};
    sound = found.check_finite(here, quota.goal, "quota") && sound;
    if (quota.baseline) found.check_finite({&here, "baseline"}, *quota.baseline, "baseline");
    const auto place = places.ids.resolve(quota.place, here, found);
    if (!place) {
      sound = false;
    } else if (!quota_of.emplace(*place, i).second) {
      found.error(code::duplicate_id, here, quota.place, "one quota for a place",
                  "the place " + escaped_excerpt(quota.place) + " has two quotas");
      sound = false;
    }
  }
  if (!sound) return;

  // Climb from every quota to the next one above it, or to the place of the target.
  std::vector<exact_sum> below(quotas.size() + 1);  // the last one: of the target's place
  std::vector<bool> has_below(quotas.size() + 1, false);
  for (std::size_t i = 0; i < quotas.size(); ++i) {
    const std::uint32_t place = *places.ids.find(quotas[i].place);
    std::uint32_t above = places.parents[place];
    auto next = quota_of.find(above);
    while (above != none && above != *context.place && next == quota_of.end()) {
      above = places.parents[above];
      next = quota_of.find(above);
    }
    if (place == *context.place || above == none) {
      found.error(code::quota_outside_place, {&where, quotas[i].place}, quotas[i].place,
                  "a place below " + escaped_excerpt(context.place_id),
                  "the place " + escaped_excerpt(quotas[i].place) + " does not lie below the place of the target (rule R9c)");
      sound = false;
      continue;
    }
    const std::size_t holder = above == *context.place ? quotas.size() : next->second;
    below[holder].add(quotas[i].goal);
    has_below[holder] = true;
  }
  if (!sound || asked == nullptr || !std::isfinite(asked->goal) || !adds_up(*judged.indicator.spec)) return;

  for (std::size_t i = 0; i <= quotas.size(); ++i) {
    const bool own = i == quotas.size();
    const double goal = own ? asked->goal : quotas[i].goal;
    const double sum = below[i].rounded();
    if (!has_below[i] || std::fabs(sum - goal) <= tolerance_of(goal, judged.baseline())) continue;
    const path quota{&where, own ? std::string_view() : quotas[i].place};
    found.warning(code::quotas_differ_from_goal, own ? where : quota, shown(sum), shown(goal),
                  "the quotas below " + escaped_excerpt(own ? context.place_id : quotas[i].place) + " add up to " + shown(sum) +
                      ", its goal is " + shown(goal));
  }
}

}  // namespace attain::inline v0::detail
