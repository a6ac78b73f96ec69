#pragma once

// What a person should look at about a cell.

#include <attain/engine/impl/explain_entries.hpp>
#include <attain/engine/impl/own_events.hpp>
#include <attain/judge/attainment.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

class cell_checks {
 public:
  cell_checks(const explained_cell& of, const entry_explainer& entries, std::vector<finding>& to)
      : of_(of), entries_(entries), to_(to) {}

  void run() {
    notes();
    if (of_.reading.missing == 0 && !of_.key.immediate && of_.reading.covered < 1 - 1e-9 && !of_.target.reading_only) {
      const bool places = of_.readings.columns().own[of_.reading_cell() - of_.key.first_cell] == 0;
      find(severity::note, places ? code::gap_in_places : code::gap_in_time,
           "reports cover " + percent(of_.reading.covered) + (places ? " of the places and time" : of_the_time()));
    }
    own_against_children();
    missed_checkpoints();
    moved_goal();
  }

 private:
  void find(severity level, code what, std::string message) {
    to_.push_back({level, what, of_.spec.id + " at " + of_.place_name(of_.place()), {}, {}, std::move(message)});
  }

  /// ` of the time; none for 2021-03, 2021-05/2021-07`: with the closed periods about which nothing stands.
  std::string of_the_time() const {
    const std::vector<period> periods = of_.target.judging == judging::once ? silent_periods() : periods_without_outcome();
    if (periods.empty()) return " of the time";
    std::string text = " of the time; none for ";
    std::size_t told = 0;
    for (std::size_t i = 0; i < periods.size();) {
      std::size_t last = i;
      while (last + 1 < periods.size() && periods[last + 1].start == periods[last].end) ++last;
      if (++told > most_told) return text + ", …";
      text += (told == 1 ? "" : ", ") + to_string(periods[i]);
      if (last > i) text += "/" + to_string(periods[last]);
      i = last + 1;
    }
    return text;
  }

  /// The closed periods of a target that is judged in each of them which have no outcome (rule A7).
  std::vector<period> periods_without_outcome() const {
    const compiled_cells& c = of_.from.cells;
    const std::uint64_t first =
        of_.target.first_outcome + std::uint64_t{of_.cell - of_.target.first_cell} * of_.target.period_count;
    std::vector<period> found;
    for (std::uint32_t i = 0; i < of_.target.period_count; ++i) {
      const std::int32_t end = c.period_end[of_.target.first_period + i];
      if (end > of_.day) break;
      if (c.outcomes[first + i] != period_outcome::unknown) continue;
      const reading_key& key = of_.from.readings.keys[c.period_keys[of_.target.first_period_key + i]];
      found.push_back({date::from_days(key.start), date::from_days(end) + 1});
    }
    return found;
  }

  /// The reporting periods of an increment within the window that have ended and about which nothing stands.
  std::vector<period> silent_periods() const {
    if (of_.key.member_count != 1) return {};
    const indicator_spec& spec = of_.plan.indicators()[only_member()];
    if (spec.kind != indicator_kind::increment || !spec.period) return {};
    const std::vector<entry> entries = entries_.standing_of(only_member(), of_.place(), of_.known());
    std::vector<period> found = whole_periods(*spec.period, {date::from_days(of_.key.start), date::from_days(of_.day) + 1});
    std::erase_if(found, [&](const period& p) {
      return std::any_of(entries.begin(), entries.end(),
                         [&](const entry& e) { return e.has_amount() && e.first < p.end.days() && e.last >= p.start.days(); });
    });
    return found;
  }

  std::uint32_t only_member() const noexcept { return of_.from.readings.members[of_.key.first_member].indicator; }

  void notes() {
    if (of_.key.member_count != 1) return;
    if (of_.indicator.kind == indicator_kind::steps || of_.indicator.kind == indicator_kind::rating) return;
    std::vector<entry> entries = entries_.standing_of(only_member(), of_.place(), of_.known());
    std::erase_if(entries, [&](const entry& e) { return e.last > of_.day; });
    const bool at_root = of_.plan.place_parents()[of_.place()] == none;
    std::vector<event> events;
    reading_notes remarks;
    fold(entries, fold_rule_of(of_.plan.resolved(of_.plan.targets()[of_.target.target].indicator), of_.key, at_root), events,
         &remarks);
    for (const auto& remark : remarks.remarks()) {
      const period about{date::from_days(remark.first), date::from_days(remark.last) + 1};
      find(severity::warning, remark.code, told(remark.code, to_string(about)));
    }
  }

  /// What is to be said of a period.
  static std::string told(code what, const std::string& about) {
    switch (what) {
      case code::straddles_window:
        return "the period " + about + " straddles the window and is left out";
      case code::equal_recorded_differs:
        return "reports of " + about + " that were recorded on one day contradict each other";
      case code::partial_overlap:
        return "the period " + about + " overlaps others in part";
      default:
        return "the running total falls at " + about;
    }
  }

  void own_against_children() {
    const std::uint32_t cell = of_.reading_cell();
    const std::size_t row = cell - of_.key.first_cell;
    member_columns columns = of_.readings.columns();
    if (columns.own[row] == 0 || columns.missing[row] != 0 || of_.from.readings.child_count[cell] == 0 || !of_.key.adds_up)
      return;
    const double own = columns.low[row];
    columns.own[row] = 0;
    columns.missing[row] = as_missing(reason::no_observation);
    combine_children(of_.from, of_.key, cell, columns, {});
    if (columns.missing[row] != 0 || std::abs(own - columns.low[row]) <= 1e-9 * std::abs(own)) return;
    find(severity::warning, code::own_differs_from_children,
         "own report " + of_.amount(own) + ", sum of the places within " + of_.amount(columns.low[row]));
  }

  void missed_checkpoints() {
    if (of_.spec.trajectory.kind != trajectory_kind::checkpoints || of_.target.judging != judging::once) return;
    reader at_checkpoint(of_.from);
    for (const checkpoint& c : of_.spec.trajectory.checkpoints) {
      if (c.day.days() > of_.day) continue;
      at_checkpoint.read(of_.target.key, c.day.days());
      const cell_reading then = at_checkpoint.at(of_.reading_cell());
      if (then.missing != 0) continue;
      const answer<double> share = attainment_of(of_.goal(), then.amount);
      const double planned = of_.from.cells.curves[of_.target.curve].at(c.day.days());
      if (share.has_value() && *share < planned - 1e-9) {
        find(severity::warning, code::checkpoint_missed,
             "checkpoint of " + to_string(c.day) + ": " + percent(*share) + " of the way, planned " + percent(planned));
      }
    }
  }

  // Rule T1: a goal that moved after the result was known.
  void moved_goal() {
    if (of_.spec.history.empty() || !of_.spec.recorded) return;
    if (of_.spec.recorded->days() > of_.known()) return;
    const target_row& before = of_.spec.history.back();
    if (!before.aim || !of_.spec.aim || *before.aim == *of_.spec.aim) return;
    const bool result_known =
        !entries_.empty() && (of_.spec.recorded->days() > of_.target.due || result_before(*of_.spec.recorded));
    if (!result_known) return;
    find(severity::warning, code::goal_moved_after_result,
         "the goal moved from " + of_.amount(before.aim->goal) + " to " + of_.amount(of_.spec.aim->goal) + " on " +
             to_string(*of_.spec.recorded) + ", after the result was known");
  }

  bool result_before(date moved) const {
    const std::vector<entry> entries = entries_.standing_of(only_member(), of_.place(), moved.days());
    return std::any_of(entries.begin(), entries.end(),
                       [&](const entry& e) { return e.has_amount() && e.last >= of_.target.due; });
  }

  static constexpr std::size_t most_told = 12;

  const explained_cell& of_;
  const entry_explainer& entries_;
  std::vector<finding>& to_;
};

}  // namespace attain::inline v0::detail
