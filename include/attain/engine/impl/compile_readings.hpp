#pragma once

// Layer 1 of compiling: the places of keys, and their events.

#include <attain/engine/compiled.hpp>
#include <attain/engine/gather.hpp>
#include <attain/engine/impl/cell_goals.hpp>
#include <attain/engine/impl/own_events.hpp>
#include <attain/engine/impl/place_index.hpp>

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

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

/** Compiles the keys of some programmes, one programme after the other.

  Several work side by side, each on programmes of its own. A key's cells are numbered from the first of the compiler until
  `append_to` puts them behind those of others; its events stay in the compiler's block.
*/
class reading_compiler {
 public:
  reading_compiler(const compiled_plan& plan, const attain::binding& bound, std::int32_t known_at, std::uint32_t block)
      : plan_(plan), bound_(bound), own_(gatherer(bound, bound.ledger(), known_at)), block_(block) {}

  /// For so many keys, and as many events as there will be if entries are dealt out evenly.
  void reserve(std::size_t keys) {
    for (auto* column : {&r_.place, &r_.child_begin, &r_.child_count, &r_.event_count}) column->reserve(keys);
    r_.lacks_children.reserve(keys);
    r_.share.reserve(keys);
    r_.event_begin.reserve(keys);
    const ledger_view& ledger = bound_.ledger();
    if (2 * bound_.parts().size() < ledger.series_count() || plan_.keys.empty()) return;
    const auto share = static_cast<double>(keys) / static_cast<double>(plan_.keys.size());
    const auto events = static_cast<std::size_t>(static_cast<double>(ledger.size()) * share);
    events_.plain.day.reserve(events);
    events_.plain.covered.reserve(events);
    events_.plain.amount.reserve(events);
  }

  void compile(std::uint32_t number, const programme& spec, std::span<reading_key> keys) {
    const place_index places(spec);
    programme_ = &spec;
    places_ = &places;
    number_ = number;
    const std::uint32_t first = plan_.first_key[number];
    for (std::uint32_t i = first; i < plan_.first_key[number + 1]; ++i) {
      const key_source& from = plan_.sources[i];
      goals_ = std::span(plan_.goals).subspan(from.first_goal, from.goal_count);
      compile_places(keys[i], from);
      compile_events(keys[i], from);
      link_weights(keys[i], keys);
    }
  }

  /// Puts the cells behind those that are there.
  void append_to(compiled_readings& to, std::span<reading_key> keys) {
    const auto cells = static_cast<std::uint32_t>(to.place.size());
    const auto weights = static_cast<std::uint32_t>(to.weight_cell.size());
    for (reading_key& k : keys) {
      k.first_cell += cells;
      if (k.first_weight != none) k.first_weight += weights;
    }
    for (std::size_t c = 0; c < r_.place.size(); ++c) {
      if (r_.child_count[c] != 0) r_.child_begin[c] += cells;
    }
    for (std::uint32_t& cell : r_.weight_cell) {
      if (cell != none) cell += cells;
    }
    const auto append = [cells](auto& column, auto& more) {
      if (cells == 0) {
        column = std::move(more);
      } else {
        column.insert(column.end(), more.begin(), more.end());
      }
    };
    append(to.place, r_.place);
    append(to.child_begin, r_.child_begin);
    append(to.child_count, r_.child_count);
    append(to.lacks_children, r_.lacks_children);
    append(to.share, r_.share);
    append(to.weight_cell, r_.weight_cell);
    append(to.event_begin, r_.event_begin);
    append(to.event_count, r_.event_count);
    to.blocks.push_back(std::move(events_));
  }

 private:
  std::span<const key_member> members(const reading_key& k) const {
    return std::span(plan_.members).subspan(k.first_member, k.member_count);
  }

  // -- places -------------------------------------------------------------------------------------

  // Where something was reported, where a goal applies, and those in between.
  void compile_places(reading_key& k, const key_source& from) {
    std::vector<std::uint32_t>& places = key_places_;
    places.assign(1, from.top);
    if (places_->children[from.top] != 0) {
      for (const place_goal& goal : goals_) places.push_back(goal.first);
      for (const key_member& m : members(k)) {
        for (const strand& s : bound_.strands(number_, m.indicator)) {
          if (places.back() != s.place) places.push_back(s.place);
        }
      }
      places_->close_under(from.top, places);
    }
    k.first_cell = static_cast<std::uint32_t>(r_.place.size());
    k.cell_count = static_cast<std::uint32_t>(places.size());
    r_.place.insert(r_.place.end(), places.begin(), places.end());
    r_.child_begin.resize(r_.place.size(), 0);
    r_.child_count.resize(r_.place.size(), 0);
    r_.share.resize(r_.place.size(), 1);
    r_.lacks_children.resize(r_.place.size(), 0);
    if (k.cell_count > 1) link_children(k, from);
  }

  // What a place weighs among its siblings: its goal or quota, else the sum of those below it (rule R8a).
  void sum_quotas(const reading_key& k, const key_source& from) {
    quota_weight_.assign(k.cell_count, 0);
    for (std::uint32_t i = k.cell_count; from.has_quotas && i-- > 1;) {
      const std::uint32_t place = r_.place[k.first_cell + i];
      if (const double* g = goal_at(goals_, place)) quota_weight_[i] = *g;
      if (quota_weight_[i] != 0) quota_weight_[position(k, places_->parent[place])] += quota_weight_[i];
    }
  }

  void link_children(const reading_key& k, const key_source& from) {
    sum_quotas(k, from);
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
      const std::uint32_t parent = k.first_cell + position(k, parent_place);
      r_.child_begin[parent] = k.first_cell + i;
      r_.child_count[parent] = end - i;
      r_.lacks_children[parent] = end - i < places_->children[parent_place] ? 1 : 0;
      i = end;
    }
  }

  std::uint32_t position(const reading_key& k, std::uint32_t place) const {
    return places_->position(std::span(r_.place).subspan(k.first_cell, k.cell_count), place);
  }

  // The cells of the weighting keys, which come before.
  void link_weights(reading_key& k, std::span<const reading_key> keys) {
    const auto is_weighted = [](const key_member& m) { return m.weight_key != none; };
    if (std::none_of(members(k).begin(), members(k).end(), is_weighted)) return;
    k.first_weight = static_cast<std::uint32_t>(r_.weight_cell.size());
    for (std::uint32_t c = k.first_cell; c < k.first_cell + k.cell_count; ++c) {
      for (const key_member& m : members(k)) {
        const std::uint32_t at = m.weight_key == none ? none : position(keys[m.weight_key], r_.place[c]);
        r_.weight_cell.push_back(at == none ? none : keys[m.weight_key].first_cell + at);
      }
    }
  }

  // -- events -------------------------------------------------------------------------------------

  void compile_events(reading_key& k, const key_source& from) {
    divisions_.clear();
    if (from.target != none) {
      const auto& categories = programme_->targets()[from.target].spec->disaggregation;
      for (const key_member& m : members(k)) {
        divisions_.push_back(division_of(programme_->indicators()[m.indicator], categories));
      }
    }
    k.block = block_;
    k.plain = compile_plain(k);
    if (k.plain) return;
    k.first_event = events_.day.size();
    k.first_amount = events_.low.size();
    k.first_joint = events_.data_day.size();
    for (std::uint32_t c = k.first_cell; c < k.first_cell + k.cell_count; ++c) {
      if (compile_any(k, r_.place[c])) k.uses_goals = true;
    }
  }

  own_events::place_of_key request(const reading_key& k, std::uint32_t place) const {
    return {.plan = programme_,
            .key = &k,
            .members = members(k),
            .divisions = divisions_,
            .place = place,
            .at_root = places_->parent[place] == none};
  }

  // False, and nothing done, if anything at any place of the key is not plain.
  bool compile_plain(reading_key& k) {
    if (k.fold == plain_fold::general) return false;
    plain_events& to = events_.plain;
    k.first_event = to.day.size();
    k.first_amount = to.amount.size();
    const std::size_t cells = r_.event_begin.size();
    for (std::uint32_t c = k.first_cell; c < k.first_cell + k.cell_count; ++c) {
      const std::size_t begin = to.day.size();
      if (!own_.make_plain(request(k, r_.place[c]), to)) {
        to.resize(k.first_event, k.first_amount);
        r_.event_begin.resize(cells);
        r_.event_count.resize(cells);
        return false;
      }
      put_events(begin, to.day.size());
    }
    return true;
  }

  // True if a share of the goal was read.
  bool compile_any(const reading_key& k, std::uint32_t place) {
    own_events::place_of_key of = request(k, place);
    if (const double* g = goal_at(goals_, place)) of.goal = *g;
    const bool uses_goal = own_.make(of);
    const std::size_t begin = events_.day.size();
    for (const event& v : own_.events) {
      events_.day.push_back(v.day);
      events_.covered.push_back(v.covered);
      events_.missing.push_back(v.missing);
      events_.open.push_back(static_cast<std::uint8_t>((v.low_open ? 1 : 0) | (v.high_open ? 2 : 0)));
      if (k.joint) {
        events_.data_day.push_back(v.data_day);
        events_.reach.push_back(v.reach);
        events_.fresh_until.push_back(v.fresh_until);
      }
    }
    for (const auto& [low, high] : own_.amounts) {
      events_.low.push_back(low);
      events_.high.push_back(high);
    }
    put_events(begin, events_.day.size());
    return uses_goal;
  }

  void put_events(std::size_t begin, std::size_t end) {
    r_.event_begin.push_back(begin);
    r_.event_count.push_back(static_cast<std::uint32_t>(end - begin));
  }

  const compiled_plan& plan_;
  const attain::binding& bound_;
  own_events own_;
  std::uint32_t block_;
  compiled_readings r_;  // of the cells compiled here
  event_block events_;
  std::uint32_t number_ = 0;  // of the programme at hand, as are the next two
  const programme* programme_ = nullptr;
  const place_index* places_ = nullptr;
  std::span<const place_goal> goals_;  // of the key at hand
  std::vector<std::uint32_t> key_places_;
  std::vector<double> quota_weight_;
  std::vector<std::vector<division::item>> divisions_;
};

}  // namespace attain::inline v0::detail
