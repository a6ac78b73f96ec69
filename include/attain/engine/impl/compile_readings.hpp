#pragma once

// Layer 1 of compiling: keys, their places and events.

#include <attain/engine/compiled.hpp>
#include <attain/engine/custom.hpp>
#include <attain/engine/gather.hpp>
#include <attain/engine/impl/own_events.hpp>
#include <attain/engine/impl/place_index.hpp>
#include <attain/model/formula.hpp>
#include <attain/model/words.hpp>

#include <algorithm>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

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
    const auto d = std::find_if(spec.dimensions.begin(), spec.dimensions.end(),
                                [&](const dimension_spec& known) { return known.id == dimension; });
    if (d == spec.dimensions.end()) continue;
    const auto c = std::find(d->categories.begin(), d->categories.end(), category);
    items.push_back(
        {static_cast<std::uint32_t>(d - spec.dimensions.begin()), static_cast<std::uint32_t>(c - d->categories.begin())});
  }
  std::sort(items.begin(), items.end(),
            [](const division::item& a, const division::item& b) { return a.dimension < b.dimension; });
  return items;
}

/// Compiles the keys of one programme after the other.
class reading_compiler {
 public:
  reading_compiler(compiled& to, used_functions& used, const attain::binding& bound, const ledger_view& ledger,
                   std::int32_t known_at, const custom_functions* custom)
      : to_(to), r_(to.readings), used_(used), bound_(bound), own_(gatherer(bound, ledger, known_at)), custom_(custom) {
    r_.event_begin.push_back(0);
  }

  /// For at least as many keys as targets, and an event an entry where most of the ledger is read.
  void reserve(std::size_t targets) {
    r_.keys.reserve(targets);
    r_.members.reserve(targets);
    for (auto* column : {&r_.place, &r_.child_begin, &r_.child_count}) column->reserve(targets);
    r_.lacks_children.reserve(targets);
    r_.share.reserve(targets);
    r_.event_begin.reserve(targets + 1);
    const ledger_view& ledger = bound_.ledger();
    if (2 * bound_.parts().size() < ledger.series_count()) return;
    r_.event_day.reserve(ledger.size());
    r_.event_covered.reserve(ledger.size());
    r_.event_missing.reserve(ledger.size());
    r_.event_open.reserve(ledger.size());
    r_.event_low.reserve(ledger.size());
  }

  void enter(std::uint32_t number, const programme& plan, const place_index& places) {
    number_ = number;
    plan_ = &plan;
    places_ = &places;
    known_.clear();
    first_known_.assign(plan.indicators().size(), none);
  }

  /// The key that answers the request, compiled if it is new (rule R13).
  std::uint32_t key(const key_request& request) {
    for (std::uint32_t k = first_known_[request.indicator]; k != none; k = known_[k].next) {
      if (same(known_[k], request)) return known_[k].key;
    }
    const bool uses_goals = compile_key(request);
    const auto number = static_cast<std::uint32_t>(r_.keys.size() - 1);
    std::uint32_t& first = first_known_[request.indicator];
    known_.push_back({.request = request, .uses_goals = uses_goals, .key = number, .next = first});
    if (uses_goals || request.has_quotas) known_.back().goals = *request.goals;
    first = static_cast<std::uint32_t>(known_.size() - 1);
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
    place_goals goals{};  // where the key depends on them
    bool uses_goals = false;
    std::uint32_t key = 0;
    std::uint32_t next = none;  // of the same indicator
  };

  static bool same(const known_key& known, const key_request& q) {
    const key_request& k = known.request;
    if (k.indicator != q.indicator || k.start != q.start || k.due != q.due || k.inside_only != q.inside_only ||
        k.continues != q.continues || k.top != q.top || k.has_quotas != q.has_quotas) {
      return false;
    }
    if (!std::equal(k.disaggregation.begin(), k.disaggregation.end(), q.disaggregation.begin(), q.disaggregation.end())) {
      return false;
    }
    if (known.uses_goals || q.has_quotas) return known.goals == *q.goals;
    return true;
  }

  bool compile_key(const key_request& q) {
    const programme_indicator& own = plan_->resolved(q.indicator);
    const std::span<const std::uint32_t> reads = plan_->members(q.indicator);

    // Weighting keys come first.
    std::vector<std::uint32_t> weight_keys;
    for (std::size_t m = 0; m < reads.size(); ++m) {
      if (plan_->resolved(reads[m]).across != combination::weighted_mean) continue;
      static const place_goals no_goals;
      weight_keys.resize(reads.size(), none);
      weight_keys[m] = key({.indicator = plan_->resolved(reads[m]).weighted_by,
                            .start = q.start,
                            .due = q.due,
                            .inside_only = q.inside_only,
                            .continues = q.continues,
                            .top = q.top,
                            .goals = &no_goals});
    }

    reading_key k;
    k.programme = number_;
    k.first_member = static_cast<std::uint32_t>(r_.members.size());
    k.member_count = static_cast<std::uint32_t>(reads.size());
    k.derive = own.derive;
    k.start = q.start;
    k.due = q.due;
    k.joint = reads.size() > 1;
    k.inside_only = q.inside_only;
    k.continues = q.continues;
    k.divided = !q.disaggregation.empty();
    for (std::size_t m = 0; m < reads.size(); ++m) {
      r_.members.push_back({reads[m], plan_->resolved(reads[m]).across, weight_keys.empty() ? none : weight_keys[m]});
    }
    if (k.derive == derivation::formula) {
      k.formula = static_cast<std::uint32_t>(to_.formulas.size());
      to_.formulas.push_back(*own.expression);
    } else if (k.derive == derivation::custom) {
      const std::string& name = plan_->indicators()[q.indicator].expression;
      k.formula = static_cast<std::uint32_t>(used_.formulas.size());
      used_.formulas.push_back(custom_->formulas.find(name.substr(custom_prefix.size()))->second);
    }

    const int window_days = q.due - q.start + 1;
    bool all_increments = true;
    bool any_accumulator = false;
    int longest = 0;
    for (const std::uint32_t m : reads) {
      const programme_indicator& member = plan_->resolved(m);
      all_increments = all_increments && member.kind == indicator_kind::increment;
      any_accumulator = any_accumulator || is_accumulator(member.kind);
      const int days = reporting_days_of(member, window_days);
      longest = (std::max)(longest, days);
      if (member.kind == indicator_kind::level && reads.size() == 1) k.maximum_age = maximum_age_of(member, window_days);
    }
    const bool has_period = own.reporting_days != 0;
    k.allowed_lag = own.allowed_lag.value_or(2 * (has_period ? reporting_days_of(own, window_days) : longest));
    k.covered_in_days = all_increments;
    k.immediate = own.kind == indicator_kind::steps || own.kind == indicator_kind::rating;
    k.accumulates = is_accumulator(own.kind);
    k.adds_up = k.derive == derivation::plain && (own.across == combination::sum || own.across == combination::none);
    k.reaches_due = any_accumulator && !all_increments;

    // Places: where something was reported, where a goal applies, and those in between.
    std::vector<std::uint32_t>& places = key_places_;
    places.assign(1, q.top);
    for (const auto& goal : *q.goals) places.push_back(goal.first);
    for (const std::uint32_t m : reads) {
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
    for (const std::uint32_t m : reads) {
      if (q.disaggregation.empty()) break;
      divisions_.push_back(division_of(plan_->indicators()[m], q.disaggregation));
    }
    for (std::uint32_t i = 0; i < k.cell_count; ++i) k.uses_goals |= compile_events(k, q, places[i]);

    if (!weight_keys.empty()) link_weights(k);
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
    if (own_.make_plain(request)) {
      append_plain(k, own_.plain);
      return false;
    }
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

  void append_plain(const reading_key& k, const plain_events& events) {
    const std::size_t count = events.day.size();
    const auto append = [](auto& column, const auto& values) { column.insert(column.end(), values.begin(), values.end()); };
    append(r_.event_day, events.day);
    append(r_.event_covered, events.covered);
    append(r_.event_missing, events.missing);
    append(r_.event_low, events.amount);
    r_.event_open.resize(r_.event_day.size(), 0);
    if (has_intervals_) append(r_.event_high, events.amount);
    if (k.joint) {
      append(r_.event_data_day, events.day);
      append(r_.event_reach, events.day);
      r_.event_fresh_until.resize(r_.event_fresh_until.size() + count, (std::numeric_limits<std::int32_t>::max)());
    }
    r_.event_begin.push_back(r_.event_day.size());
  }

  compiled& to_;
  compiled_readings& r_;
  used_functions& used_;
  const attain::binding& bound_;
  own_events own_;
  const custom_functions* custom_;
  std::uint32_t number_ = 0;
  const programme* plan_ = nullptr;
  const place_index* places_ = nullptr;
  std::vector<known_key> known_;
  std::vector<std::uint32_t> first_known_;  // of each indicator
  std::vector<std::uint32_t> key_places_;
  bool has_intervals_ = false;
  std::vector<double> quota_weight_;
  std::vector<std::vector<division::item>> divisions_;
};

}  // namespace attain::inline v0::detail
