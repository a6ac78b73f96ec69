#pragma once

// The goals of one target at its places (rules R9, B1).

#include <attain/core/missing.hpp>
#include <attain/engine/compiled.hpp>
#include <attain/engine/impl/place_index.hpp>
#include <attain/engine/impl/terms.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace attain::inline v0::detail {

inline const double* goal_at(std::span<const place_goal> goals, std::uint32_t place) noexcept {
  const auto found =
      std::lower_bound(goals.begin(), goals.end(), place, [](const place_goal& g, std::uint32_t p) { return g.first < p; });
  return found != goals.end() && found->first == place ? &found->second : nullptr;
}

class cell_goals {
 public:
  void enter(const programme& plan, const place_index& places) {
    plan_ = &plan;
    places_ = &places;
  }

  void find(const programme_target& target, const terms& now, bool declared_hold, bool withdrawn) {
    target_ = &target;
    terms_ = &now;
    declared_hold_ = declared_hold;
    withdrawn_ = withdrawn;
    kind_ = plan_->resolved(target.indicator).kind;
    find_quotas();
    find_goals();
  }

  /// Own goals, quotas, and sums of quotas in between (rule R9). By place.
  std::span<const place_goal> all() const noexcept { return goals_; }

  /// Appends the places with quotas.
  void append_quota_places(std::vector<std::uint32_t>& places) const {
    for (const placed_quota& q : quotas_) places.push_back(q.place);
  }

  std::optional<double> declared_baseline(std::uint32_t place) const {
    if (const quota_spec* quota = quota_at(place); quota != nullptr && quota->baseline) return quota->baseline;
    return place == target_->place ? terms_->baseline : std::nullopt;
  }

  /// The goal of a place; @p baseline is what the ledger says where none is declared.
  cell_goal at(std::uint32_t place, std::optional<double> baseline) const {
    goal_context context{.kind = kind_, .declared_hold = declared_hold_, .baseline = declared_baseline(place)};
    if (!context.baseline) context.baseline = baseline;
    cell_goal goal;
    const double* own = goal_at(goals_, place);
    if (terms_->aim && place == target_->place) {
      goal = goal_of(terms_->aim->from_previous_period ? period_aim(*terms_->aim) : *terms_->aim, context);
    } else if (terms_->aim && own != nullptr) {
      goal = goal_of(*terms_->aim, context, *own);
    } else {
      goal.missing = as_missing(reason::not_applicable);
    }
    if (withdrawn_ && goal.missing != as_missing(reason::not_applicable)) goal.missing = as_missing(reason::withdrawn);
    return goal;
  }

 private:
  struct placed_quota {
    std::uint32_t place = 0;
    const quota_spec* spec = nullptr;
  };

  void find_quotas() {
    quotas_.clear();
    for (const quota_spec& q : terms_->quotas) quotas_.push_back({plan_->place_index(q.place), &q});
    std::ranges::sort(quotas_, {}, &placed_quota::place);
  }

  const quota_spec* quota_at(std::uint32_t place) const {
    const auto found = std::ranges::lower_bound(quotas_, place, {}, &placed_quota::place);
    return found != quotas_.end() && found->place == place ? found->spec : nullptr;
  }

  void find_goals() {
    goals_.clear();
    const std::optional<aim>& asked = terms_->aim;
    if (!asked) return;
    const bool stated = asked->change == change_kind::none && asked->kind != aim_kind::between;
    const std::uint32_t top = target_->place;
    if (quotas_.empty()) {
      if (stated) goals_.emplace_back(top, asked->goal);
      return;
    }
    std::vector<std::uint32_t> places{top};
    append_quota_places(places);
    places_->close_under(top, places);  // parents before children
    const bool adds_up = plan_->resolved(target_->indicator).across == combination::sum;
    std::vector<std::optional<double>> goals(places.size());
    for (std::size_t i = places.size(); i-- > 0;) {
      const quota_spec* quota = quota_at(places[i]);
      if (places[i] == top && stated) {
        goals[i] = asked->goal;
      } else if (quota != nullptr) {
        goals[i] = quota->goal;
      } else if (!adds_up) {
        goals[i].reset();
      }
      if (!goals[i]) continue;
      goals_.emplace_back(places[i], *goals[i]);
      if (places[i] == top) continue;
      const auto above = std::ranges::lower_bound(places, places_->rank[places_->parent[places[i]]], {},
                                                  [&](std::uint32_t p) { return places_->rank[p]; });
      auto& sum = goals[static_cast<std::size_t>(above - places.begin())];
      sum = sum.value_or(0) + *goals[i];
    }
    std::ranges::sort(goals_);
  }

  const programme* plan_ = nullptr;
  const place_index* places_ = nullptr;
  const programme_target* target_ = nullptr;
  const terms* terms_ = nullptr;
  indicator_kind kind_ = indicator_kind::increment;
  bool declared_hold_ = false;
  bool withdrawn_ = false;
  std::vector<placed_quota> quotas_;
  std::vector<place_goal> goals_;
};

}  // namespace attain::inline v0::detail
