#pragma once

// The events of one place of a key, from the entries of its members. Compiling and the tracker make them alike.

#include <attain/engine/compiled.hpp>
#include <attain/engine/gather.hpp>
#include <attain/ledger/plain.hpp>
#include <attain/ledger/reading.hpp>
#include <attain/ledger/reading_together.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

/// Days between the reports of an indicator (rule D2).
inline int reporting_days_of(const programme_indicator& i, int window_days) noexcept {
  return i.reporting_days != 0 ? i.reporting_days : window_days;
}

/// Days after which a level is stale (rule D2).
inline std::int32_t maximum_age_of(const programme_indicator& i, int window_days) noexcept {
  return i.maximum_age.value_or(2 * reporting_days_of(i, window_days));
}

inline fold_rule fold_rule_of(const programme_indicator& i, const reading_key& key, bool at_root) {
  fold_rule rule{.kind = i.kind,
                 .start = key.start,
                 .due = key.due,
                 .counted_from = i.counted_from,
                 .inside_only = key.inside_only,
                 .ranked_authors = i.authors};
  if (i.kind == indicator_kind::level) rule.maximum_age = maximum_age_of(i, key.due - key.start + 1);
  if (key.continues && rule.counted_from == origin::window) rule.counted_from = origin::ever;
  if (at_root && !key.continues) rule.eve_amount = i.eve_amount;
  return rule;
}

class own_events {
 public:
  explicit own_events(gatherer gather) : gather_(std::move(gather)) {}

  gatherer& gather() noexcept { return gather_; }

  struct place_of_key {
    const programme* plan = nullptr;
    const reading_key* key = nullptr;
    std::span<const key_member> members;
    std::span<const std::vector<division::item>> divisions{};  ///< one a member, if the key reads only some categories
    std::uint32_t place = 0;
    bool at_root = false;
    std::optional<double> goal{};
  };

  /// Appends to @p events if there is nothing to resolve, else false.
  bool make_plain(const place_of_key& of, plain_events& to) {
    if (of.key->fold == plain_fold::general) return false;
    if (!gather_.knows_all()) {
      return gather_plain(of, plain_entries_) &&
             fold_plain(std::span<const std::vector<plain_entry>>(plain_entries_).first(of.members.size()), of.key->fold,
                        of.key->start, of.key->due, to);
    }
    std::array<standing_rows, most_plain_members> rows;
    for (std::size_t m = 0; m < of.members.size(); ++m) {
      if (!gather_.plain_rows(of.key->programme, of.members[m].indicator, of.place, m, rows[m])) return false;
    }
    return fold_plain(std::span<const standing_rows>(rows).first(of.members.size()), of.key->fold, of.key->start, of.key->due,
                      to);
  }

  /// The entries of each member, and the days on which they were recorded; false if there is something to resolve.
  bool gather_plain(const place_of_key& of, std::vector<std::vector<plain_entry>>& members,
                    std::vector<std::vector<std::int32_t>>* recorded = nullptr) {
    if (of.key->fold == plain_fold::general) return false;
    const std::size_t count = of.members.size();
    if (members.size() < count) members.resize(count);
    if (recorded != nullptr) recorded->resize(count);
    for (std::size_t m = 0; m < count; ++m) {
      const std::uint32_t indicator = of.members[m].indicator;
      if (!gather_.plain(of.key->programme, indicator, of.place, members[m], recorded == nullptr ? nullptr : &(*recorded)[m])) {
        return false;
      }
    }
    return true;
  }

  /// Fills `plain` from entries that were gathered, if they leave nothing to resolve, else false.
  bool fold_plain_entries(const place_of_key& of, std::span<const std::vector<plain_entry>> members) {
    plain.resize(0, 0);
    return fold_plain(members, of.key->fold, of.key->start, of.key->due, plain);
  }

  /// Fills `events` and `amounts`. True if a share of the goal was read.
  bool make(const place_of_key& of) {
    bool used_goal = false;
    const std::size_t count = of.members.size();
    entries_.resize((std::max)(entries_.size(), count));
    rules_.clear();
    for (std::size_t m = 0; m < count; ++m) {
      const std::uint32_t indicator = of.members[m].indicator;
      const indicator_spec& spec = of.plan->indicators()[indicator];
      rules_.push_back(fold_rule_of(of.plan->resolved(indicator), *of.key, of.at_root));
      if (spec.kind == indicator_kind::steps) add_steps(spec, *of.key, rules_.back());
      gatherer::request request{
          .scope = of.key->programme, .indicator = indicator, .spec = &spec, .place = of.place, .goal = of.goal};
      if (!of.divisions.empty()) request.about = of.divisions[m];
      used_goal |= gather_(request, entries_[m]);
    }
    events.clear();
    amounts.clear();
    if (count == 1) {
      fold(entries_[0], rules_[0], events);
      for (const event& e : events) amounts.emplace_back(e.low, e.high);
    } else {
      fold_together(std::span(entries_).first(count), rules_, events, amounts);
    }
    return used_goal;
  }

  plain_events plain;
  std::vector<event> events;
  std::vector<std::pair<double, double>> amounts;  ///< one a member and event

 private:
  void add_steps(const indicator_spec& spec, const reading_key& key, fold_rule& rule) {
    step_weights_.clear();
    step_days_.clear();
    for (const step_spec& s : spec.steps) {
      step_weights_.push_back(s.weight);
      step_days_.push_back(s.due ? s.due->days() : key.due);
    }
    rule.step_weights = step_weights_;
    rule.step_days = step_days_;
  }

  gatherer gather_;
  std::vector<std::vector<plain_entry>> plain_entries_;
  std::vector<std::vector<entry>> entries_;
  std::vector<fold_rule> rules_;
  std::vector<double> step_weights_;
  std::vector<std::int32_t> step_days_;
};

}  // namespace attain::inline v0::detail
