#pragma once

#include <attain/model/impl/check_target.hpp>

#include <attain/core/error.hpp>
#include <attain/core/id.hpp>
#include <attain/model/impl/check_aim.hpp>
#include <attain/model/impl/check_quotas.hpp>
#include <attain/model/impl/check_trajectory.hpp>
#include <attain/model/words.hpp>

#include <algorithm>
#include <cstddef>
#include <string>

namespace attain::inline v0::detail {

ATTAIN_INLINE cadence cadence_of(const target_spec& target, const checked_indicator& indicator) {
  if (target.cadence) return *target.cadence;
  const bool absolute = target.aim && target.aim->change == change_kind::none && target.aim->kind != aim_kind::rises &&
                        target.aim->kind != aim_kind::falls;
  return {absolute && indicator.of_accumulators ? cadence_kind::throughout : cadence_kind::by};
}

ATTAIN_INLINE double weight_of(const target_spec& target) noexcept {
  return target.weight.value_or(target.belongs != belonging::none || !target.aim ? 0 : 1);
}

ATTAIN_INLINE bool has_whole_period(frequency f, const period& window) {
  try {
    period first = period_containing(f, window.start);
    if (first.start < window.start) first = next(f, first);
    return first.end <= window.end;
  } catch (const invalid_input&) {  // the calendar ends before the period does
    return false;
  }
}

/** A row of a target, the present one or one of its history (rule T1).

  What a row of the history leaves out, the present row says; it is checked there, but together with what the row does say.
*/
struct promise {
  const path& where;
  bool is_present;
  const std::string& author;
  const std::string& reason;
  const std::optional<attain::aim>& aim;
  const std::optional<double>& baseline;
  const std::optional<double>& weight;
  const std::optional<period>& window;
  const std::vector<quota_spec>* quotas;  // null: left out

  promise(const path& at, const target_spec& t)
      : where(at),
        is_present(true),
        author(t.author),
        reason(t.reason),
        aim(t.aim),
        baseline(t.baseline),
        weight(t.weight),
        window(t.window),
        quotas(&t.quotas) {}
  promise(const path& at, const target_row& r)
      : where(at),
        is_present(false),
        author(r.author),
        reason(r.reason),
        aim(r.aim),
        baseline(r.baseline),
        weight(r.weight),
        window(r.window),
        quotas(r.quotas ? &*r.quotas : nullptr) {}

  bool says(bool field) const noexcept { return is_present || field; }
};

class target_check {
 public:
  target_check(const target_spec& target, const path& where, const target_context& context, finding_list& found)
      : target_(target), where_(where), context_(context), found_(found) {}

  void run() {
    found_.check_name(field("name"), target_.name);
    found_.check_text(field("text"), target_.text);
    found_.check_text(field("note"), target_.note);
    found_.check_text(field("source"), target_.source);
    found_.check_count(field("allowed_failed_periods"), target_.allowed_failed_periods, 0, "number of periods that may fail");
    if (!target_.place.empty()) {
      place_ = context_.places.ids.resolve(target_.place, field("place"), found_);
      place_id_ = target_.place;
    } else {
      place_ = context_.places.root;
      place_id_ = context_.programme.places.empty() ? std::string_view("all") : context_.programme.places[*place_].id;
    }
    const auto indicator = context_.indicators.ids.resolve(target_.indicator, field("indicator"), found_);
    if (!target_.window && !context_.project_window)
      found_.error(code::missing_window, field("window"), "", "a window here, of the project or of the programme",
                   "the target " + escaped_excerpt(target_.id) + " has no window");
    check_withdrawal();
    if (!indicator) return;

    indicator_ = &context_.indicators.all[*indicator];
    cadence_ = cadence_of(target_, *indicator_);
    check_disaggregation();
    check_judging();
    check_present_row();
    check_history();
    check_aliases();
  }

 private:
  path field(std::string_view name) const { return {&where_, name}; }

  void check_withdrawal() {
    const path withdrawn = field("withdrawn");
    found_.check_text({&withdrawn, "reason"}, target_.withdrawn_reason);
    found_.check_unused(!target_.withdrawn && (target_.withdrawn_on || !target_.withdrawn_reason.empty()), withdrawn,
                        "a target that is not withdrawn");
  }

  /// Every dimension is declared by an indicator that is read, and has the category in all that declare it (rule R10a).
  void check_disaggregation() {
    const path list = field("disaggregation");
    const auto& given = target_.disaggregation;
    for (auto item = given.begin(); item != given.end(); ++item) {
      const path here{&list, item->first};
      if (std::any_of(given.begin(), item, [&](const auto& other) { return other.first == item->first; }))
        found_.error(code::duplicate_id, here, item->first, "one category of a dimension",
                     "the dimension " + escaped_excerpt(item->first) + " is given twice");
      check_category(item->first, item->second, here);
    }
  }

  void check_category(const std::string& dimension, const std::string& category, const path& here) {
    if (indicator_->reported().empty()) return;  // on a cycle
    std::vector<std::string> dimensions;
    bool is_declared = false;
    for (const std::uint32_t member : indicator_->reported()) {
      for (const dimension_spec& d : context_.indicators.all[member].spec->dimensions) {
        dimensions.push_back(d.id);
        if (d.id != dimension) continue;
        is_declared = true;
        if (std::find(d.categories.begin(), d.categories.end(), category) == d.categories.end())
          refuse_category(here, category,
                          "the dimension " + escaped_excerpt(dimension) + " has no category " + escaped_excerpt(category),
                          d.categories);
      }
    }
    if (!is_declared) refuse_category(here, dimension, "there is no dimension " + escaped_excerpt(dimension), dimensions);
  }

  void refuse_category(const path& here, std::string_view id, std::string message, const std::vector<std::string>& names) {
    std::string expected = "what the indicator " + escaped_excerpt(indicator_->spec->id) + " declares";
    for (const std::string& nearest : nearest_ids(id, names, 1)) expected += ", perhaps " + escaped_excerpt(nearest);
    found_.error(code::dangling_id, here, id, std::move(expected), std::move(message));
  }

  void check_judging() {
    const indicator_spec& indicator = *indicator_->spec;
    if (target_.judged == hold_judging::each_period && !indicator.period)
      found_.error(code::no_calendar_period, field("judged"), to_string(hold_judging::each_period),
                   "a calendar period of the indicator " + escaped_excerpt(indicator.id),
                   "the reports of " + escaped_excerpt(indicator.id) + " have no calendar period to be judged by");
    if (indicator.kind != indicator_kind::steps || !window()) return;
    for (const step_spec& step : indicator.steps)
      if (step.due && *step.due >= window()->end)
        found_.error(code::outside_window, field("indicator"), to_string(*step.due), to_string(window()->last()) + " or earlier",
                     "the step " + escaped_excerpt(step.id) + " is due after the target " + escaped_excerpt(target_.id));
  }

  /// The present window, own or inherited, if there is one.
  std::optional<period> window() const {
    const std::optional<period>& given = target_.window ? target_.window : context_.project_window;
    return given && given->start < given->end ? given : std::nullopt;
  }

  void check_present_row() {
    check_promise({where_, target_});
    if (window())
      check_trajectory(target_, *window(), field("trajectory"), {*indicator_, cadence_.kind, finite(target_.baseline)}, found_);
  }

  void check_history() {
    const std::vector<target_row>& rows = target_.history;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const path here{&where_, "history", i};
      check_promise({here, rows[i]});
      check_recorded(rows[i].recorded, {&here, "recorded"}, i == 0 ? std::nullopt : rows[i - 1].recorded);
    }
    if (!rows.empty()) check_recorded(target_.recorded, field("recorded"), rows.back().recorded);
  }

  void check_recorded(const std::optional<date>& recorded, const path& here, const std::optional<date>& before) {
    if (!recorded)
      found_.error(code::missing_field, here, "", "the day it was recorded",
                   "a row of the history of " + escaped_excerpt(target_.id) + " has no recorded day");
    else if (before && *recorded <= *before)
      found_.error(code::history_out_of_order, here, to_string(*recorded), "after " + to_string(*before),
                   "a row recorded on " + to_string(*recorded) + " follows one of " + to_string(*before));
  }

  void check_promise(const promise& p) {
    found_.check_name({&p.where, "author"}, p.author);
    found_.check_text({&p.where, "reason"}, p.reason);
    if (p.baseline) found_.check_finite({&p.where, "baseline"}, *p.baseline, "baseline");
    if (p.weight) found_.check_weight({&p.where, "weight"}, *p.weight);
    if (found_.check_window({&p.where, "window"}, p.window) && p.says(p.window.has_value())) check_periods(p);

    const std::optional<aim>& asked = p.aim ? p.aim : target_.aim;
    const aim_context judged{*indicator_, cadence_.kind, finite(p.baseline ? p.baseline : target_.baseline)};
    const path& said_by = p.aim ? p.where : where_;
    const path aim_field{&said_by, "aim"};
    if (p.aim) check_aim(*p.aim, aim_field, judged, found_);
    if (asked && p.says(p.aim || p.baseline)) {
      check_has_baseline(*asked, aim_field, judged, found_);
      check_not_yet_reached(*asked, aim_field, judged, found_);
    }
    if (p.says(p.aim || p.quotas != nullptr)) {
      const path quotas_field{p.quotas != nullptr ? &p.where : &where_, "quotas"};
      check_quotas(p.quotas != nullptr ? *p.quotas : target_.quotas, quotas_field, {asked ? &*asked : nullptr, place_, place_id_},
                   judged, context_.places, found_);
    }
  }

  /// Recurring targets and each-period holds need a whole period in their window (rules A7, A2), and not too many (rule A7b).
  void check_periods(const promise& p) {
    const std::optional<period> judged_in = p.window ? p.window : window();
    const bool each_period = target_.judged == hold_judging::each_period && cadence_.kind != cadence_kind::every;
    if (!judged_in || (cadence_.kind != cadence_kind::every && !each_period)) return;
    const std::optional<frequency> every = each_period ? indicator_->spec->period : cadence_.every;
    if (!every) return;
    const path field{&p.where, p.window ? "window" : "cadence"};
    if (judged_in->days() / reporting_days(*every) > max_periods)
      found_.error(code::too_large, field, to_string(*judged_in), "at most " + std::to_string(max_periods),
                   "the window " + to_string(*judged_in) + " has too many periods to judge each " + std::string(to_string(*every)));
    if (has_whole_period(*every, *judged_in)) return;
    found_.error(code::no_whole_period, field, to_string(*judged_in),
                 "a window with a whole " + std::string(to_string(*every)),
                 "no whole " + std::string(to_string(*every)) + " lies in the window " + to_string(*judged_in));
  }

  void check_aliases() {
    const aim_context judged{*indicator_, cadence_.kind, finite(target_.baseline)};
    for (std::size_t i = 0; i < target_.aliases.size(); ++i) {
      const alias_spec& alias = target_.aliases[i];
      const path here{&where_, "aliases", i};
      const path aim_field{&here, "aim"};
      found_.check_text({&here, "text"}, alias.text);
      if (!alias.aim) continue;
      check_aim(*alias.aim, aim_field, judged, found_);
      if (!target_.aim || agree(*target_.aim, *alias.aim, judged)) continue;
      const auto asked = goal_number(*target_.aim, judged);
      const auto restated = goal_number(*alias.aim, judged);
      found_.warning(code::alias_contradicts, field_of(*alias.aim, aim_field), shown(alias.aim->goal),
                     "what " + escaped_excerpt(target_.id) + " asks: " + described(*target_.aim, asked),
                     "the alias " + escaped_excerpt(alias.id) + " asks for " + described(*alias.aim, restated) +
                         ", not what its target asks (rule U4)");
    }
  }

  static std::string described(const aim& a, const std::optional<double>& number) {
    std::string text(to_string(a.kind));
    if (number) text += ' ' + shown(*number);
    if (a.kind == aim_kind::between) text += " and " + shown(a.upper);
    return text;
  }

  const target_spec& target_;
  const path& where_;
  const target_context& context_;
  finding_list& found_;
  std::optional<std::uint32_t> place_;
  std::string_view place_id_;
  const checked_indicator* indicator_ = nullptr;
  cadence cadence_;
};

ATTAIN_INLINE void check_target(const target_spec& target, const path& where, const target_context& context,
                                finding_list& found) {
  target_check(target, where, context, found).run();
}

}  // namespace attain::inline v0::detail
