#pragma once

#include <attain/model/impl/check_aim.hpp>

#include <attain/model/words.hpp>

#include <algorithm>
#include <cmath>
#include <string>

namespace attain::inline v0::detail {

/// Whether the aim has no number that stands for itself.
inline bool is_change(const aim& a) noexcept {
  return a.change != change_kind::none || a.kind == aim_kind::rises || a.kind == aim_kind::falls;
}

ATTAIN_INLINE std::optional<double> goal_number(const aim& a, const aim_context& context) {
  const std::optional<double>& from = context.declared_baseline;
  if (a.from_previous_period || a.kind == aim_kind::rises || a.kind == aim_kind::falls) return std::nullopt;
  if (a.change == change_kind::none) return finite(a.goal);
  if (!from) return std::nullopt;
  return finite(a.change == change_kind::amount ? *from + a.goal : *from * (1 + a.goal / 100));
}

ATTAIN_INLINE std::optional<aim_edges> edges_of(const aim& a, const aim_context& context) {
  const std::optional<double>& from = context.declared_baseline;
  if (a.from_previous_period) return std::nullopt;
  if (a.kind == aim_kind::rises && from) return aim_edges{.lower = *from, .strict = true};
  if (a.kind == aim_kind::falls && from) return aim_edges{.upper = *from, .strict = true};
  const std::optional<double> goal = goal_number(a, context);
  if (!goal) return std::nullopt;
  switch (a.kind) {
    case aim_kind::at_least: return aim_edges{.lower = *goal, .strict = a.strict};
    case aim_kind::at_most: return aim_edges{.upper = *goal, .strict = a.strict};
    case aim_kind::about: {
      const double width = a.tolerance_is_amount ? a.tolerance : a.tolerance * std::fabs(*goal);
      if (!finite(width)) return std::nullopt;
      if (is_accumulator(context.indicator.spec->kind)) return aim_edges{.lower = *goal - width};  // rule A6
      return aim_edges{.lower = *goal - width, .upper = *goal + width};
    }
    case aim_kind::between:
      if (!finite(a.upper)) return std::nullopt;
      return aim_edges{.lower = a.goal, .upper = a.upper};
    case aim_kind::rises:
    case aim_kind::falls: break;
  }
  return std::nullopt;
}

ATTAIN_INLINE double tolerance_of(double edge, std::optional<double> baseline) {
  return 1e-9 * (std::max)(std::fabs(edge), baseline ? std::fabs(edge - *baseline) : 0.0);
}

ATTAIN_INLINE bool agree(const aim& a, const aim& b, const aim_context& context) {
  const auto x = edges_of(a, context);
  const auto y = edges_of(b, context);
  if (!x || !y) return true;
  const auto same = [&](const std::optional<double>& p, const std::optional<double>& q) {
    return p.has_value() == q.has_value() && (!p || std::fabs(*p - *q) <= tolerance_of(*p, context.baseline()));
  };
  // A goal beyond the baseline says how far to rise or fall, which contradicts neither.
  if (b.kind == aim_kind::rises || b.kind == aim_kind::falls) {
    if (a.kind != b.kind) return agree(b, a, context);
  } else if (a.kind == aim_kind::rises) {
    return y->lower && *y->lower > *x->lower;
  } else if (a.kind == aim_kind::falls) {
    return y->upper && *y->upper < *x->upper;
  }
  return same(x->lower, y->lower) && same(x->upper, y->upper);
}

ATTAIN_INLINE path field_of(const aim& a, const path& aim_field) { return {&aim_field, to_string(a.kind)}; }

/// 92 in place of 92 %, 12 in place of 12 ‰; not where the programme shows that so much is meant.
inline void ask_for_the_scale(const aim& a, const path& field, const aim_context& context, finding_list& found) {
  const indicator_spec& indicator = *context.indicator.spec;
  const bool is_percent = indicator.unit == "%";
  if (!is_percent && indicator.unit != "‰") return;
  const double whole = is_percent ? 100 : 1000;
  const double much = is_percent ? 5 : 1;
  const std::optional<double>& from = context.declared_baseline;
  const bool is_meant = from && *from >= much / 5 && *from < much;  // 250 % is no slip of that kind
  if (a.goal < much || is_meant) return;
  found.warning(code::doubtful_amount, field, shown(a.goal),
                shown(a.goal / whole) + " or \"" + shown(a.goal) + indicator.unit + "\"",
                "a number without quotes is the share itself, so the goal is " + shown(a.goal * whole) + indicator.unit);
}

ATTAIN_INLINE void check_aim(const aim& a, const path& where, const aim_context& context, finding_list& found) {
  const bool has_number = a.kind != aim_kind::rises && a.kind != aim_kind::falls;
  const bool is_band = a.kind == aim_kind::between;
  const path field = field_of(a, where);
  bool finite = true;
  if (has_number) finite = found.check_finite({&where, field.field, is_band ? 0 : path::no_index}, a.goal, "goal");
  if (is_band) {
    finite = found.check_finite({&where, field.field, 1}, a.upper, "upper edge") && finite;
    if (finite && a.goal >= a.upper)
      found.error(code::edges_out_of_order, field, shown(a.goal), "less than " + shown(a.upper),
                  "the band from " + shown(a.goal) + " to " + shown(a.upper) + " has no inside");
  }
  if (a.kind == aim_kind::about) {
    const path width{&where, a.tolerance_is_amount ? "tolerance_amount" : "tolerance"};
    if (found.check_finite(width, a.tolerance, "tolerance") && a.tolerance < 0)
      found.error(code::out_of_range, width, shown(a.tolerance), "0 or more", "the tolerance is " + shown(a.tolerance));
  }
  found.check_unused(a.strict && a.kind != aim_kind::at_least && a.kind != aim_kind::at_most, {&where, "strict"},
                     to_string(a.kind));

  if (a.change != change_kind::none && (is_band || !has_number))
    found.error(code::impossible_change, {&where, "change"}, to_string(a.change), "at_least, at_most or about",
                std::string(to_string(a.kind)) + " cannot be a change by an " +
                    (a.change == change_kind::amount ? "amount" : "amount in percent"));
  if (a.from_previous_period && context.cadence != cadence_kind::every)
    found.error(code::impossible_change, {&where, "from"}, "previous_period", "the cadence every",
                "without periods there is no previous one");
  else if (a.from_previous_period && !is_change(a))
    found.error(code::impossible_change, {&where, "from"}, "previous_period", "a change",
                "what is not a change is not measured from a previous period");

  const indicator_kind kind = context.indicator.spec->kind;
  const bool is_share = kind == indicator_kind::steps || kind == indicator_kind::rating;
  if (finite && is_share && a.change == change_kind::none && has_number && a.goal > 1)
    found.error(code::out_of_range, field, shown(a.goal), "0 to 1",
                "the goal " + shown(a.goal) + " is out of reach: " + std::string(to_string(kind)) + " end at 1");

  if (finite && has_number && a.change == change_kind::none) ask_for_the_scale(a, field, context, found);
}

ATTAIN_INLINE void check_has_baseline(const aim& a, const path& where, const aim_context& context, finding_list& found) {
  if (!is_change(a) || a.from_previous_period || context.declared_baseline || context.indicator.finds_baseline) return;
  found.error(code::no_baseline, field_of(a, where), "", "a declared baseline",
              "a change of " + escaped_excerpt(context.indicator.spec->id) +
                  " has nothing to be measured from: its readings give no baseline");
}

ATTAIN_INLINE void check_not_yet_reached(const aim& a, const path& where, const aim_context& context, finding_list& found) {
  const std::optional<double> b = context.baseline();
  const std::optional<aim_edges> edges = edges_of(a, context);
  const bool is_cap = a.kind == aim_kind::at_most && is_accumulator(context.indicator.spec->kind);  // rule A3 comes first
  const bool is_hold_by_design = a.change != change_kind::none && a.goal == 0;                      // not below last year
  if (context.cadence != cadence_kind::by || !b || !edges || is_cap || is_hold_by_design) return;
  const auto inside = [&](const std::optional<double>& edge, double sign) {  // sign·(b − edge) is positive inside
    if (!edge) return true;
    const double tolerance = tolerance_of(*edge, b);
    return edges->strict ? sign * (*b - *edge) > tolerance : sign * (*b - *edge) >= -tolerance;
  };
  if (!inside(edges->lower, 1) || !inside(edges->upper, -1)) return;
  const std::string goal = edges->lower && edges->upper ? shown(*edges->lower) + " to " + shown(*edges->upper)
                                                        : shown(edges->lower ? *edges->lower : *edges->upper);
  found.warning(code::goal_reached_at_baseline, field_of(a, where), shown(a.goal), "a goal beyond " + shown(*b),
                "the baseline " + shown(*b) + " already reaches the goal " + goal + ", so it is judged as a hold");
}

}  // namespace attain::inline v0::detail
