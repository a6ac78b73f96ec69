#pragma once

#include <attain/ledger/impl/event_list.hpp>
#include <attain/ledger/impl/usable_entries.hpp>
#include <attain/ledger/reading_together.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>

namespace attain::inline v0 {
namespace detail {

// Keeps the entries with amounts for which every other member has one of the same last day, or of the same period; those without
// amounts; and those before @p from.
inline void keep_common(std::span<std::vector<entry>> members, std::int32_t from, bool same_period) {
  const auto has_partner = [&](const std::vector<entry>& others, const entry& e) {
    auto o =
        std::lower_bound(others.begin(), others.end(), e.last, [](const entry& x, std::int32_t day) { return x.last < day; });
    while (o != others.end() && o->last == e.last && (o->missing != 0 || (same_period && o->first != e.first))) ++o;
    return o != others.end() && o->last == e.last;
  };
  std::vector<std::vector<entry>> kept(members.size());
  for (std::size_t m = 0; m < members.size(); ++m) {
    for (const entry& e : members[m]) {
      bool common = true;
      const bool needs_partner = e.missing == 0 && e.last >= from && !(same_period && e.ambiguous);  // R1a: any within the window
      for (std::size_t o = 0; o < members.size() && common && needs_partner; ++o) {
        if (o != m) common = has_partner(members[o], e);
      }
      if (common) kept[m].push_back(e);
    }
  }
  std::move(kept.begin(), kept.end(), members.begin());
}

// One of several indicators that are read together.
struct tuple_member {
  const fold_rule* rule = nullptr;
  std::vector<event> alone{};                                              // its own readings, from the entries that count
  std::int32_t first_amount = (std::numeric_limits<std::int32_t>::max)();  // the day of the first usable one, if not yet of all

  const event* at(std::int32_t day) const noexcept { return event_at(alone, day); }

  // The last day on which what an event says is not stale.
  std::int32_t fresh_until(const event& e) const noexcept {
    constexpr std::int64_t ever = (std::numeric_limits<std::int32_t>::max)();
    if (rule->kind != indicator_kind::level) return static_cast<std::int32_t>(ever);
    return static_cast<std::int32_t>((std::min)(std::int64_t{e.data_day} + rule->maximum_age, ever));
  }

  // The share of the days up to @p day that reports cover.
  double share_covered(const event& e, std::int32_t day) const noexcept {
    return rule->kind == indicator_kind::increment ? e.covered / (day - rule->start + 1) : e.covered;
  }

  // The last day without a gap before it, or the eve.
  std::int32_t reach(const event& e) const noexcept {
    return share_covered(e, e.data_day) >= 1 - 1e-9 ? e.data_day : rule->start - 1;
  }
};

// Members fold alone first; on each day on which something changes, their events make one.
class tuple_fold {
 public:
  tuple_fold(std::span<std::vector<entry>> members, std::span<const fold_rule> rules, reading_notes* notes)
      : kind_(rules[0].kind),
        is_of_one_kind_(std::all_of(rules.begin(), rules.end(), [&](const fold_rule& r) { return r.kind == kind_; })),
        members_(members.size()),
        used_(members.size()) {
    for (std::size_t m = 0; m < members.size(); ++m) {
      members_[m].rule = &rules[m];
      find_first_amount(members[m], members_[m]);
    }
    if (is_of_one_kind_) {
      const std::int32_t from = kind_ == indicator_kind::level ? (std::numeric_limits<std::int32_t>::min)() : rules[0].start;
      keep_common(members, from, kind_ == indicator_kind::increment);
    }
    for (std::size_t m = 0; m < members.size(); ++m) {
      fold(members[m], rules[m], members_[m].alone, notes);
      add_days_of(members_[m]);
    }
    std::sort(days_.begin(), days_.end());
    days_.erase(std::unique(days_.begin(), days_.end()), days_.end());
  }

  void write(std::vector<event>& events, std::vector<std::pair<double, double>>& amounts) {
    for (const std::int32_t day : days_) {
      events.push_back(joint_event(day));
      for (const event* e : used_) amounts.emplace_back(e == nullptr ? 0 : e->low, e == nullptr ? 0 : e->high);
    }
  }

 private:
  void find_first_amount(std::span<const entry> entries, tuple_member& of) {
    const auto amount =
        std::find_if(entries.begin(), entries.end(), [&](const entry& e) { return e.missing == 0 && is_usable(e, *of.rule); });
    if (amount == entries.end()) return;
    of.first_amount = amount->last;
    days_.push_back(amount->last);
  }

  void add_days_of(const tuple_member& of) {
    for (const event& e : of.alone) {
      days_.push_back(e.day);
      if (!is_of_one_kind_ && of.fresh_until(e) < of.rule->due) days_.push_back(of.fresh_until(e) + 1);
    }
  }

  // Leaves in used_ the events whose amounts are the members'.
  event joint_event(std::int32_t day) {
    event joint = without_amount(day, 0);
    for (std::size_t m = 0; m < members_.size(); ++m) {
      used_[m] = members_[m].at(day);
      if (used_[m] != nullptr) joint.data_day = (std::min)(joint.data_day, used_[m]->data_day);
    }
    if (!is_of_one_kind_) {
      joint.missing = why_no_data_day(day);
      if (joint.missing != 0) {
        std::fill(used_.begin(), used_.end(), nullptr);
        return joint;
      }
      for (std::size_t m = 0; m < members_.size(); ++m) used_[m] = members_[m].at(joint.data_day);
    }
    joint.covered = (std::numeric_limits<double>::max)();
    for (std::size_t m = 0; m < members_.size(); ++m) join(members_[m], used_[m], joint);
    if (joint.missing != 0) joint.covered = 0;
    return joint;
  }

  // A member without an amount of its own has no data day (rule R7b).
  std::uint8_t why_no_data_day(std::int32_t day) const noexcept {
    std::uint8_t first = 0;
    for (std::size_t m = 0; m < members_.size(); ++m) {
      std::uint8_t why = used_[m] == nullptr ? as_missing(reason::no_observation) : used_[m]->missing;
      if (why == 0 && members_[m].fresh_until(*used_[m]) < day) why = as_missing(reason::stale);
      first = first_of(first, why);
    }
    return first;
  }

  void join(const tuple_member& member, const event* used, event& joint) const noexcept {
    std::uint8_t why = why_missing(member, used, joint.day);
    if (why == 0 && member.rule->kind == indicator_kind::level) {  // not stale on the data day, and not now (rules R6, R7a)
      if (member.fresh_until(*used) < joint.data_day) why = as_missing(reason::stale);
      joint.fresh_until = (std::min)(joint.fresh_until, member.fresh_until(*member.at(joint.day)));
    }
    joint.missing = first_of(joint.missing, why);
    if (used == nullptr) return;
    joint.low_open |= used->low_open;
    joint.high_open |= used->high_open;
    if (is_of_one_kind_) {
      joint.covered = (std::min)(joint.covered, used->covered);
      return;
    }
    joint.covered = (std::min)(joint.covered, member.share_covered(*used, joint.data_day));
    if (is_accumulator(member.rule->kind)) joint.reach = (std::min)(joint.reach, member.reach(*member.at(joint.day)));
  }

  // A reason is given only while there is no amount (rule R6), be it one that the others do not share.
  std::uint8_t why_missing(const tuple_member& member, const event* used, std::int32_t day) const noexcept {
    const std::uint8_t why = used == nullptr ? as_missing(reason::no_observation) : used->missing;
    const bool says_why = why == as_missing(reason::ambiguous) || why == as_missing(reason::baseline_missing) ||
                          why == as_missing(reason::overflow);
    const bool had_amount = is_of_one_kind_ && day >= member.first_amount;
    return why != 0 && had_amount && !says_why ? as_missing(reason::no_observation) : why;
  }

  indicator_kind kind_;
  bool is_of_one_kind_;
  std::vector<tuple_member> members_;
  std::vector<std::int32_t> days_;
  std::vector<const event*> used_;
};

}  // namespace detail

ATTAIN_INLINE void fold_together(std::span<std::vector<entry>> members, std::span<const fold_rule> rules,
                                 std::vector<event>& events, std::vector<std::pair<double, double>>& amounts,
                                 reading_notes* notes) {
  detail::tuple_fold(members, rules, notes).write(events, amounts);
}

}  // namespace attain::inline v0
