#pragma once

/** Goals that moved, parts beyond their whole, and indicators that belong together: checks of a programme as a whole. */

#include <attain/ledger/impl/quality_between.hpp>
#include <attain/ledger/impl/quality_series.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

class programme_checks {
 public:
  /// @p wholes has the undivided amounts of each indicator that `is_kept`.
  programme_checks(quality_context& context, const std::vector<std::vector<placed_amount>>& wholes)
      : context_(context), wholes_(wholes) {}

  /// Indicators whose amounts are compared with those of others.
  static std::vector<char> kept(const programme& plan, const quality_options& options) {
    std::vector<char> is_kept(plan.indicators().size(), 0);
    for (const programme_target& part : plan.targets()) {
      if (part.spec->belongs != belonging::part || part.belongs_to == none) continue;
      is_kept[part.indicator] = is_kept[plan.targets()[part.belongs_to].indicator] = 1;
    }
    for (const related_indicators& pair : options.related) {
      for (const std::string& id : {pair.first, pair.second}) {
        if (const auto found = plan.find_indicator(id)) is_kept[*found] = 1;
      }
    }
    return is_kept;
  }

  void check() {
    check_parts();
    for (const related_indicators& pair : context_.options.related) {
      const auto first = context_.plan.find_indicator(pair.first), second = context_.plan.find_indicator(pair.second);
      if (first && second) check_related(pair, *first, *second);
    }
    check_goals();
  }

 private:
  // -- parts (rule U4) ---------------------------------------------------------------------------------------

  void check_parts() {
    const auto targets = context_.plan.targets();
    for (std::uint32_t t = 0; t < targets.size(); ++t) {
      const programme_target& part = targets[t];
      if (part.spec->belongs != belonging::part || part.belongs_to == none || part.has_categories) continue;
      const std::uint32_t whole = targets[part.belongs_to].indicator;
      if (part.indicator == whole) continue;  // a part by category or place is compared with its own whole
      const bool of_one_kind = context_.plan.resolved(part.indicator).kind == context_.plan.resolved(whole).kind;
      if (!of_one_kind) continue;
      for (const placed_amount& one : wholes_[part.indicator]) {
        const auto of = find_placed(wholes_[whole], one.place, one.last, one.first);
        if (of == wholes_[whole].end() || one.amount <= of->amount || !differ(one.amount, of->amount)) continue;
        quality_finding beyond{.check = quality_check::part_exceeds_whole, .indicator = part.indicator, .place = one.place};
        beyond.target = t;
        beyond.other = whole;
        beyond.first_day = one.first;
        beyond.last_day = one.last;
        beyond.value = one.amount;
        beyond.expected = of->amount;
        beyond.entry = one.where;
        context_.find(beyond);
      }
    }
  }

  // -- related indicators (WHO 2e) -----------------------------------------------------------------------------

  struct pair_of_amounts {
    std::uint32_t place = 0;
    std::int32_t first = 0;
    std::int32_t last = 0;
    double a = 0;
    double b = 0;
  };

  // Over the periods that both have; of what does not add up along time the latest of them.
  std::vector<pair_of_amounts> pairs_of(std::uint32_t first, std::uint32_t second) const {
    const bool sums = context_.plan.resolved(first).kind == indicator_kind::increment &&
                      context_.plan.resolved(second).kind == indicator_kind::increment;
    std::vector<pair_of_amounts> pairs;
    for (const placed_amount& one : wholes_[first]) {
      const auto other = find_placed(wholes_[second], one.place, one.last, one.first);
      if (other == wholes_[second].end()) continue;
      if (pairs.empty() || pairs.back().place != one.place) {
        pairs.push_back({one.place, one.first, one.last, one.amount, other->amount});
      } else if (sums) {
        pairs.back().last = one.last;
        pairs.back().a += one.amount;
        pairs.back().b += other->amount;
      } else {
        pairs.back() = {one.place, one.first, one.last, one.amount, other->amount};
      }
    }
    return pairs;
  }

  void check_related(const related_indicators& asked, std::uint32_t first, std::uint32_t second) {
    const auto pairs = pairs_of(first, second);
    double all_a = 0, all_b = 0;
    for (const pair_of_amounts& pair : pairs) {
      all_a += pair.a;
      all_b += pair.b;
    }
    quality_score score{.measure = quality_measure::related, .indicator = first};
    score.threshold = asked.tolerance;
    score.variant = to_string(asked.relation);
    for (const pair_of_amounts& pair : pairs) {
      const answer<double> found = relation_of(asked.relation, pair, all_b == 0 ? 0 : all_a / all_b);
      if (!found.has_value()) {
        ++score.not_calculable;
        continue;
      }
      ++score.of;
      if (agrees(asked, *found)) {
        ++score.count;
        continue;
      }
      ++score.divergent;
      quality_finding differs{.check = quality_check::related_differ, .indicator = first, .place = pair.place};
      differs.other = second;
      differs.first_day = pair.first;
      differs.last_day = pair.last;
      differs.value = pair.a;
      differs.expected = pair.b;
      differs.score = *found;
      differs.threshold = asked.tolerance;
      differs.variant = to_string(asked.relation);
      context_.find(differs);
    }
    context_.score(score);
  }

  static answer<double> relation_of(indicator_relation relation, const pair_of_amounts& pair, double everywhere) {
    if (relation == indicator_relation::dropout) {
      if (pair.a == pair.b) return 0.0;
      if (pair.a == 0) return reason::denominator_zero;
      return (pair.a - pair.b) / pair.a;
    }
    if (pair.b == 0) return reason::denominator_zero;
    if (relation != indicator_relation::level) return pair.a / pair.b;
    if (everywhere == 0) return reason::denominator_zero;
    return pair.a / pair.b / everywhere;
  }

  static bool agrees(const related_indicators& asked, double found) {
    switch (asked.relation) {
      case indicator_relation::at_least:
        return found >= 1 - asked.tolerance - 1e-9;
      case indicator_relation::dropout:
        return found >= -1e-9;
      default:
        return std::fabs(found - 1) <= asked.tolerance + 1e-9;
    }
  }

  // -- goals (rule T1) -----------------------------------------------------------------------------------------

  void check_goals() {
    const auto targets = context_.plan.targets();
    for (std::uint32_t t = 0; t < targets.size(); ++t) {
      if (targets[t].has_history) check_goal(t, targets[t]);
    }
  }

  void check_goal(std::uint32_t number, const programme_target& target) {
    const target_spec& spec = *target.spec;
    std::vector<const target_row*> rows;
    for (const target_row& row : spec.history) rows.push_back(&row);
    const target_row present{.recorded = spec.recorded, .aim = spec.aim, .baseline = spec.baseline};
    rows.push_back(&present);
    const std::optional<std::int32_t> result = result_known(target);
    std::optional<aim> before;
    for (const target_row* row : rows) {
      const std::optional<aim> now = row->aim ? row->aim : spec.aim;
      const std::optional<aim> was = std::exchange(before, now);
      if (!was || !now || *was == *now || !row->recorded || row->recorded->days() > context_.known) continue;
      if (!result || row->recorded->days() <= *result) continue;
      quality_finding moved{.check = quality_check::goal_moved, .indicator = target.indicator, .place = target.place};
      moved.target = number;
      moved.first_day = target.window.start.days();
      moved.last_day = target.window.last().days();
      moved.value = now->goal;
      moved.expected = was->goal;
      moved.score = static_cast<double>(row->recorded->days() - *result);
      context_.find(moved);
    }
  }

  /// The first day on which an entry about the due day of a target, or a later one, had been recorded; at the latest the due day
  /// itself, once anything has been.
  std::optional<std::int32_t> result_known(const programme_target& target) {
    const std::int32_t due = target.window.last().days();
    std::optional<std::int32_t> known;
    row_buffer buffer;
    std::vector<reported_value> values;
    for (const std::uint32_t member : context_.plan.members(target.indicator)) {
      for (const strand& of : context_.bound.strands(context_.number, member)) {
        read_series(context_.bound.ledger(), context_.bound.rows(of, buffer), context_.known, values);
        for (const reported_value& value : values) {
          if (!value.is_received) continue;
          const std::int32_t day = value.last >= due ? value.first_recorded : (std::max)(value.first_recorded, due);
          known = known ? (std::min)(*known, day) : day;
        }
      }
    }
    return known;
  }

  quality_context& context_;
  const std::vector<std::vector<placed_amount>>& wholes_;
};

}  // namespace attain::inline v0::detail
