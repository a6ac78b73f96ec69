#pragma once

// The keys of a portfolio: what readings its targets ask for, each once (rule R13).

#include <attain/core/hash_index.hpp>
#include <attain/engine/compiled.hpp>
#include <attain/engine/custom.hpp>
#include <attain/engine/impl/own_events.hpp>
#include <attain/model/formula.hpp>
#include <attain/model/words.hpp>

#include <algorithm>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

/// What a target asks for.
struct key_request {
  std::uint32_t indicator = 0;
  std::int32_t start = 0;
  std::int32_t due = 0;
  bool inside_only = false;     // one period of several: levels must lie in it
  bool continues = false;       // starts after the origin of a running total of the window
  std::uint32_t top = 0;        // the target's place
  std::uint32_t target = none;  // in its programme, if it reads only some categories
  std::span<const place_goal> goals{};
  bool has_quotas = false;
};

/// Finds or makes the keys of one programme after the other.
class key_compiler {
 public:
  /// @p by_goals keeps apart targets that differ in nothing but their goals, as shares of a goal need (rule R11b).
  key_compiler(compiled_plan& to, used_functions& used, bool by_goals, const custom_functions* custom)
      : to_(to), used_(used), by_goals_(by_goals), custom_(custom) {}

  void reserve(std::size_t targets) {
    to_.keys.reserve(targets);
    to_.sources.reserve(targets);
    to_.goals.reserve(targets);
    to_.members.edit().reserve(targets);
  }

  void enter(std::uint32_t number, const programme& plan) {
    number_ = number;
    plan_ = &plan;
    to_.first_key.push_back(static_cast<std::uint32_t>(to_.keys.size()));
  }

  std::uint32_t key(const key_request& q) {
    const std::uint32_t found =
        by_request_.find(hash_of(number_, q.indicator, q.top, q.start, q.due), [&](std::uint32_t k) { return same(k, q); });
    if (found == nowhere) return add(q);
    if (!std::ranges::equal(goals_of(found), q.goals)) to_.sources[found].goals_differ = true;
    return found;
  }

 private:
  static std::uint32_t hash_of(std::uint32_t programme, std::uint32_t indicator, std::uint32_t top, std::int32_t start,
                               std::int32_t due) noexcept {
    const auto both = [](auto a, auto b) {
      return std::uint64_t{static_cast<std::uint32_t>(a)} << 32 | static_cast<std::uint32_t>(b);
    };
    return mix(both(mix(programme, indicator), top), both(start, due));
  }

  std::span<const place_goal> goals_of(std::uint32_t k) const {
    return std::span(to_.goals).subspan(to_.sources[k].first_goal, to_.sources[k].goal_count);
  }

  bool same(std::uint32_t number, const key_request& q) const {
    const reading_key& k = to_.keys[number];
    const key_source& from = to_.sources[number];
    if (k.programme != number_ || from.indicator != q.indicator || k.start != q.start || k.due != q.due ||
        k.inside_only != q.inside_only || k.continues != q.continues || from.top != q.top || from.has_quotas != q.has_quotas ||
        !same_categories(from.target, q.target)) {
      return false;
    }
    return (!q.has_quotas && !by_goals_) || std::ranges::equal(goals_of(number), q.goals);
  }

  bool same_categories(std::uint32_t a, std::uint32_t b) const {
    if (a == b) return true;
    if (a == none || b == none) return false;
    return plan_->targets()[a].spec->disaggregation == plan_->targets()[b].spec->disaggregation;
  }

  std::uint32_t add(const key_request& q) {
    const programme_indicator& own = plan_->resolved(q.indicator);
    const std::span<const std::uint32_t> reads = plan_->members(q.indicator);

    // Weighting keys come first.
    std::vector<std::uint32_t> weight_keys;
    for (std::size_t m = 0; m < reads.size(); ++m) {
      if (plan_->resolved(reads[m]).across != combination::weighted_mean) continue;
      weight_keys.resize(reads.size(), none);
      weight_keys[m] = key({.indicator = plan_->resolved(reads[m]).weighted_by,
                            .start = q.start,
                            .due = q.due,
                            .inside_only = q.inside_only,
                            .continues = q.continues,
                            .top = q.top});
    }

    reading_key k;
    k.programme = number_;
    k.first_member = static_cast<std::uint32_t>(to_.members.size());
    k.member_count = static_cast<std::uint32_t>(reads.size());
    k.derive = own.derive;
    k.start = q.start;
    k.due = q.due;
    k.joint = reads.size() > 1;
    k.inside_only = q.inside_only;
    k.continues = q.continues;
    k.divided = q.target != none;
    auto& members = to_.members.edit();
    for (std::size_t m = 0; m < reads.size(); ++m) {
      members.push_back({reads[m], plan_->resolved(reads[m]).across, weight_keys.empty() ? none : weight_keys[m]});
    }
    if (k.derive == derivation::formula) {
      k.formula = static_cast<std::uint32_t>(to_.formulas.size());
      to_.formulas.edit().push_back(*own.expression);
    } else if (k.derive == derivation::custom) {
      const std::string& name = plan_->indicators()[q.indicator].expression;
      k.formula = static_cast<std::uint32_t>(used_.formulas.size());
      used_.formulas.push_back(custom_->formulas.find(name.substr(custom_prefix.size()))->second);
    }

    const int window_days = q.due - q.start + 1;
    bool all_increments = true;
    bool any_accumulator = false;
    k.grows = true;
    int longest = 0;
    rules_.clear();
    for (const std::uint32_t m : reads) {
      const programme_indicator& member = plan_->resolved(m);
      all_increments = all_increments && member.kind == indicator_kind::increment;
      any_accumulator = any_accumulator || is_accumulator(member.kind);
      k.grows = k.grows && member.kind == indicator_kind::level;
      const int days = reporting_days_of(member, window_days);
      longest = (std::max)(longest, days);
      if (member.kind == indicator_kind::level && reads.size() == 1) k.maximum_age = maximum_age_of(member, window_days);
      rules_.push_back(fold_rule_of(member, k, false));
    }
    k.fold = k.divided ? plain_fold::general : plain_fold_of(rules_);
    const bool has_period = own.reporting_days != 0;
    k.allowed_lag = own.allowed_lag.value_or(2 * (has_period ? reporting_days_of(own, window_days) : longest));
    k.covered_in_days = all_increments;
    k.immediate = own.kind == indicator_kind::steps || own.kind == indicator_kind::rating;
    k.accumulates = is_accumulator(own.kind);
    k.adds_up = k.derive == derivation::plain && (own.across == combination::sum || own.across == combination::none);
    k.reaches_due = any_accumulator && !all_increments;

    const auto number = static_cast<std::uint32_t>(to_.keys.size());
    to_.keys.push_back(k);
    to_.sources.push_back({.indicator = q.indicator,
                           .top = q.top,
                           .target = q.target,
                           .first_goal = static_cast<std::uint32_t>(to_.goals.size()),
                           .goal_count = static_cast<std::uint32_t>(q.goals.size()),
                           .has_quotas = q.has_quotas});
    to_.goals.insert(to_.goals.end(), q.goals.begin(), q.goals.end());
    by_request_.reserve(to_.keys.size(), number, [&](std::uint32_t one) {
      const reading_key& present = to_.keys[one];
      return hash_of(present.programme, to_.sources[one].indicator, to_.sources[one].top, present.start, present.due);
    });
    return by_request_.find_or_insert(hash_of(number_, q.indicator, q.top, q.start, q.due), number,
                                      [](std::uint32_t) { return false; });
  }

  compiled_plan& to_;
  used_functions& used_;
  bool by_goals_;
  const custom_functions* custom_;
  std::uint32_t number_ = 0;
  const programme* plan_ = nullptr;
  hash_index by_request_;
  std::vector<fold_rule> rules_;
};

}  // namespace attain::inline v0::detail
