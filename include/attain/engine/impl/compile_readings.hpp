#pragma once

// Layer 1 of compiling: keys, their places and events.

#include <attain/engine/compiled.hpp>
#include <attain/engine/gather.hpp>
#include <attain/engine/impl/own_events.hpp>
#include <attain/engine/impl/place_index.hpp>
#include <attain/model/formula.hpp>

#include <algorithm>
#include <cstring>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

inline constexpr std::string_view custom_prefix = "custom:";

/// What an indicator comes down to: plain indicators, and what is done with their amounts (rule R7a).
struct expansion {
  std::vector<std::uint32_t> members;
  derivation derive = derivation::plain;
  formula expression{};
  std::string_view custom{};  // NAME@VERSION
};

inline expansion expand(const programme& plan, std::uint32_t indicator) {
  const indicator_spec& spec = plan.indicators()[indicator];
  if (is_reported(spec.kind)) return {.members = {indicator}};
  const auto index_of = [&](const std::string& id) { return plan.indicator_index(id); };
  if (spec.kind == indicator_kind::ratio) {
    return {.members = {index_of(spec.numerator), index_of(spec.denominator)}, .derive = derivation::ratio};
  }
  expansion result;
  if (spec.expression.starts_with(custom_prefix)) {
    result.derive = derivation::custom;
    result.custom = std::string_view(spec.expression).substr(custom_prefix.size());
    for (const std::string& id : spec.inputs) result.members.push_back(index_of(id));
    return result;
  }
  result.derive = derivation::formula;
  result.expression = attain::parse_formula(spec.expression);
  for (std::uint32_t i = 0; i < result.expression.inputs.size();) {
    const indicator_spec& input = plan.indicators()[index_of(result.expression.inputs[i])];
    if (is_reported(input.kind)) {
      ++i;
      continue;
    }
    const std::string inner = input.kind == indicator_kind::ratio
                                  ? formula_input(input.numerator) + " / " + formula_input(input.denominator)
                                  : input.expression;
    result.expression = substitute(result.expression, i, attain::parse_formula(inner));
  }
  for (const std::string& id : result.expression.inputs) result.members.push_back(index_of(id));
  return result;
}

/// Goals of places: own, quotas, and sums of quotas in between (rule R9). Sorted by place.
using place_goals = std::vector<std::pair<std::uint32_t, double>>;

inline const double* goal_at(const place_goals& goals, std::uint32_t place) noexcept {
  const auto found =
      std::lower_bound(goals.begin(), goals.end(), place, [](const auto& g, std::uint32_t p) { return g.first < p; });
  return found != goals.end() && found->first == place ? &found->second : nullptr;
}

/// What a target asks layer 1 for.
struct key_request {
  std::uint32_t indicator = 0;
  std::int32_t start = 0;
  std::int32_t due = 0;
  bool inside_only = false;  // one period of several: levels must lie in it
  bool continues = false;    // starts after the origin of a running total of the window
  std::uint32_t top = 0;     // the target's place
  std::span<const std::pair<std::string, std::string>> disaggregation{};
  const place_goals* goals = nullptr;
  bool has_quotas = false;
};

/// The categories that a target names, as the binding numbers them; those of another member of a ratio are passed over.
inline std::vector<division::item> division_of(const indicator_spec& spec,
                                               std::span<const std::pair<std::string, std::string>> disaggregation) {
  std::vector<division::item> items;
  for (const auto& [dimension, category] : disaggregation) {
    const auto d = std::ranges::find(spec.dimensions, dimension, &dimension_spec::id);
    if (d == spec.dimensions.end()) continue;
    const auto c = std::ranges::find(d->categories, category);
    items.push_back(
        {static_cast<std::uint32_t>(d - spec.dimensions.begin()), static_cast<std::uint32_t>(c - d->categories.begin())});
  }
  std::ranges::sort(items, {}, &division::item::dimension);
  return items;
}

/// Compiles the keys of one programme after the other.
class reading_compiler {
 public:
  reading_compiler(compiled& to, const attain::binding& bound, const ledger_view& ledger, std::int32_t known_at,
                   const custom_functions* custom)
      : to_(to), r_(to.readings), bound_(bound), own_(gatherer(bound, ledger, known_at)), custom_(custom) {
    r_.event_begin.push_back(0);
  }

  void enter(std::uint32_t number, const programme& plan, const place_index& places) {
    number_ = number;
    plan_ = &plan;
    places_ = &places;
    known_.clear();
    expansions_.assign(plan.indicators().size(), std::nullopt);
  }

  const expansion& expanded(std::uint32_t indicator) {
    auto& e = expansions_[indicator];
    if (!e) e = expand(*plan_, indicator);
    return *e;
  }

  /// The key that answers the request, compiled if it is new (rule R13).
  std::uint32_t key(const key_request& request) {
    const std::uint64_t hash = hash_of(request);
    const auto [first, last] = known_.equal_range(hash);
    for (auto k = first; k != last; ++k) {
      if (same(k->second, request)) return k->second.key;
    }
    const bool uses_goals = compile_key(request);
    const auto number = static_cast<std::uint32_t>(r_.keys.size() - 1);
    known_.emplace(hash, known_key{request, *request.goals, uses_goals, number});
    return number;
  }

  /// The reading cell of a place of a key.
  std::uint32_t cell_at(std::uint32_t key, std::uint32_t place) const {
    const reading_key& k = r_.keys[key];
    const auto first = r_.place.begin() + k.first_cell;
    const auto found = std::lower_bound(first, first + k.cell_count, place,
                                        [&](std::uint32_t a, std::uint32_t b) { return places_->rank[a] < places_->rank[b]; });
    if (found == first + k.cell_count || *found != place) return none;
    return static_cast<std::uint32_t>(found - r_.place.begin());
  }

 private:
  struct known_key {
    key_request request;
    place_goals goals;
    bool uses_goals;
    std::uint32_t key;
  };

  static std::uint64_t hash_of(const key_request& q) {
    std::uint64_t h = q.indicator;
    for (const std::uint64_t part : {static_cast<std::uint64_t>(static_cast<std::uint32_t>(q.start)),
                                     static_cast<std::uint64_t>(static_cast<std::uint32_t>(q.due)),
                                     static_cast<std::uint64_t>(q.top), static_cast<std::uint64_t>(q.disaggregation.size())}) {
      h = (h ^ part) * 0x9E3779B97F4A7C15ull;
      h ^= h >> 29;
    }
    return h;
  }

  static bool same(const known_key& known, const key_request& q) {
    const key_request& k = known.request;
    if (k.indicator != q.indicator || k.start != q.start || k.due != q.due || k.inside_only != q.inside_only ||
        k.continues != q.continues || k.top != q.top || k.has_quotas != q.has_quotas) {
      return false;
    }
    if (!std::ranges::equal(k.disaggregation, q.disaggregation)) return false;
    if (known.uses_goals || q.has_quotas) return known.goals == *q.goals;
    return true;
  }

  bool compile_key(const key_request& q) {
    const expansion& e = expanded(q.indicator);
    const indicator_spec& own = plan_->indicators()[q.indicator];
    const auto count = static_cast<std::uint32_t>(e.members.size());

    // Weighting keys come first.
    std::vector<key_member> members;
    bool weighted = false;
    for (const std::uint32_t m : e.members) {
      const indicator_spec& spec = plan_->indicators()[m];
      key_member member{.indicator = m, .across = is_accumulator(spec.kind) ? combination::sum : spec.across_places};
      if (spec.kind == indicator_kind::steps || spec.kind == indicator_kind::rating) member.across = combination::none;
      if (member.across == combination::weighted_mean) {
        static const place_goals no_goals;
        key_request weights{.indicator = plan_->indicator_index(spec.weighted_by),
                            .start = q.start,
                            .due = q.due,
                            .inside_only = q.inside_only,
                            .continues = q.continues,
                            .top = q.top,
                            .goals = &no_goals};
        member.weight_key = key(weights);
        weighted = true;
      }
      members.push_back(member);
    }

    reading_key k;
    k.programme = number_;
    k.first_member = static_cast<std::uint32_t>(r_.members.size());
    k.member_count = count;
    k.derive = e.derive;
    k.start = q.start;
    k.due = q.due;
    k.joint = count > 1;
    k.inside_only = q.inside_only;
    k.continues = q.continues;
    k.divided = !q.disaggregation.empty();
    r_.members.insert(r_.members.end(), members.begin(), members.end());
    if (e.derive == derivation::formula) {
      k.formula = static_cast<std::uint32_t>(to_.formulas.size());
      to_.formulas.push_back(e.expression);
    } else if (e.derive == derivation::custom) {
      k.formula = static_cast<std::uint32_t>(to_.custom_formulas.size());
      to_.custom_formulas.push_back(custom_->formulas.find(e.custom)->second);
    }

    const int window_days = q.due - q.start + 1;
    bool all_increments = true;
    bool all_levels = true;
    bool any_accumulator = false;
    int longest = 0;
    for (const std::uint32_t m : e.members) {
      const indicator_spec& spec = plan_->indicators()[m];
      all_increments = all_increments && spec.kind == indicator_kind::increment;
      all_levels = all_levels && spec.kind == indicator_kind::level;
      any_accumulator = any_accumulator || is_accumulator(spec.kind);
      const int days = reporting_days_of(spec, window_days);
      longest = (std::max)(longest, days);
      if (spec.kind == indicator_kind::level && count == 1) k.maximum_age = maximum_age_of(spec, window_days);
    }
    const bool has_period = own.period || own.period_days;
    k.allowed_lag = own.allowed_lag.value_or(2 * (has_period ? reporting_days_of(own, window_days) : longest));
    k.covered_in_days = all_increments;
    k.immediate = own.kind == indicator_kind::steps || own.kind == indicator_kind::rating;
    k.accumulates = is_accumulator(own.kind);
    k.adds_up =
        e.derive == derivation::plain && (members[0].across == combination::sum || members[0].across == combination::none);
    k.reaches_due = any_accumulator && !all_increments;

    // Places: where something was reported, where a goal applies, and those in between.
    std::vector<std::uint32_t> places{q.top};
    for (const auto& goal : *q.goals) places.push_back(goal.first);
    for (const std::uint32_t m : e.members) {
      for (const strand& s : bound_.strands(number_, m)) {
        if (places.back() != s.place) places.push_back(s.place);
      }
    }
    places_->close_under(q.top, places);
    k.first_cell = static_cast<std::uint32_t>(r_.place.size());
    k.cell_count = static_cast<std::uint32_t>(places.size());
    k.first_event = r_.event_day.size();
    k.first_amount = r_.event_low.size();
    k.first_joint = r_.event_data_day.size();
    r_.place.insert(r_.place.end(), places.begin(), places.end());
    r_.child_begin.resize(r_.place.size(), 0);
    r_.child_count.resize(r_.place.size(), 0);
    r_.share.resize(r_.place.size(), 1);
    r_.lacks_children.resize(r_.place.size(), 0);
    link_children(k, q);

    divisions_.clear();
    for (const std::uint32_t m : e.members) {
      if (q.disaggregation.empty()) break;
      divisions_.push_back(division_of(plan_->indicators()[m], q.disaggregation));
    }
    for (std::uint32_t i = 0; i < k.cell_count; ++i) k.uses_goals |= compile_events(k, q, places[i]);

    if (weighted) link_weights(k);
    r_.keys.push_back(k);
    return k.uses_goals;
  }

  // What a place weighs among its siblings: its goal or quota, else the sum of those below it (rule R8a).
  void sum_quotas(const reading_key& k, const key_request& q) {
    quota_weight_.assign(k.cell_count, 0);
    for (std::uint32_t i = k.cell_count; q.has_quotas && i-- > 1;) {
      const std::uint32_t place = r_.place[k.first_cell + i];
      if (const double* g = goal_at(*q.goals, place)) quota_weight_[i] = *g;
      if (quota_weight_[i] != 0) quota_weight_[rank_position(k, places_->parent[place]) - k.first_cell] += quota_weight_[i];
    }
  }

  void link_children(const reading_key& k, const key_request& q) {
    sum_quotas(k, q);
    for (std::uint32_t i = 1; i < k.cell_count;) {
      const std::uint32_t parent_place = places_->parent[r_.place[k.first_cell + i]];
      std::uint32_t end = i;
      double quotas = 0;
      while (end < k.cell_count && places_->parent[r_.place[k.first_cell + end]] == parent_place) {
        quotas += quota_weight_[end];
        ++end;
      }
      for (std::uint32_t c = k.first_cell + i; c < k.first_cell + end; ++c) {
        const std::uint32_t place = r_.place[c];
        r_.share[c] = quotas > 0 ? quota_weight_[c - k.first_cell] / quotas
                                 : places_->specs[place].weight / places_->children_weight[parent_place];
      }
      const std::uint32_t parent = rank_position(k, parent_place);
      r_.child_begin[parent] = k.first_cell + i;
      r_.child_count[parent] = end - i;
      r_.lacks_children[parent] = end - i < places_->children[parent_place] ? 1 : 0;
      i = end;
    }
  }

  std::uint32_t rank_position(const reading_key& k, std::uint32_t place) const {
    const auto first = r_.place.begin() + k.first_cell;
    const auto found = std::lower_bound(first, first + k.cell_count, place,
                                        [&](std::uint32_t a, std::uint32_t b) { return places_->rank[a] < places_->rank[b]; });
    return static_cast<std::uint32_t>(found - r_.place.begin());
  }

  void link_weights(reading_key& k) {
    k.first_weight = static_cast<std::uint32_t>(r_.weight_cell.size());
    for (std::uint32_t c = k.first_cell; c < k.first_cell + k.cell_count; ++c) {
      for (std::uint32_t m = 0; m < k.member_count; ++m) {
        const std::uint32_t weight_key = r_.members[k.first_member + m].weight_key;
        r_.weight_cell.push_back(weight_key == none ? none : cell_at(weight_key, r_.place[c]));
      }
    }
  }

  bool compile_events(const reading_key& k, const key_request& q, std::uint32_t place) {
    own_events::place_of_key request{.plan = plan_,
                                     .key = &k,
                                     .members = std::span(r_.members).subspan(k.first_member, k.member_count),
                                     .divisions = divisions_,
                                     .place = place,
                                     .at_root = places_->parent[place] == none};
    if (const double* g = goal_at(*q.goals, place)) request.goal = *g;
    const bool uses_goal = own_.make(request);
    for (const event& v : own_.events) {
      r_.event_day.push_back(v.day);
      r_.event_covered.push_back(v.covered);
      r_.event_missing.push_back(v.missing);
      r_.event_open.push_back(static_cast<std::uint8_t>((v.low_open ? 1 : 0) | (v.high_open ? 2 : 0)));
      if (k.joint) {
        r_.event_data_day.push_back(v.data_day);
        r_.event_reach.push_back(v.reach);
        r_.event_fresh_until.push_back(v.fresh_until);
      }
    }
    for (const auto& [low, high] : own_.amounts) {
      if (low != high && !has_intervals_) {
        r_.event_high = r_.event_low;
        has_intervals_ = true;
      }
      r_.event_low.push_back(low);
      if (has_intervals_) r_.event_high.push_back(high);
    }
    r_.event_begin.push_back(r_.event_day.size());
    return uses_goal;
  }

  compiled& to_;
  compiled_readings& r_;
  const attain::binding& bound_;
  own_events own_;
  const custom_functions* custom_;
  std::uint32_t number_ = 0;
  const programme* plan_ = nullptr;
  const place_index* places_ = nullptr;
  std::unordered_multimap<std::uint64_t, known_key> known_;
  std::vector<std::optional<expansion>> expansions_;
  bool has_intervals_ = false;
  std::vector<double> quota_weight_;
  std::vector<std::vector<division::item>> divisions_;
};

}  // namespace attain::inline v0::detail
