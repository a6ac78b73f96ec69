#pragma once

#include <attain/model/programme.hpp>

#include <attain/core/id.hpp>
#include <attain/core/text_index.hpp>
#include <attain/core/unit.hpp>
#include <attain/model/formula.hpp>
#include <attain/model/impl/flat_tree.hpp>
#include <attain/model/validate.hpp>
#include <attain/model/words.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace attain::inline v0 {

struct programme::data {
  programme_spec spec;
  std::vector<programme_node> nodes;
  std::vector<programme_target> targets;
  std::vector<programme_indicator> indicators;
  std::vector<std::uint32_t> members;
  std::vector<std::unique_ptr<const formula>> formulas;
  std::vector<place_spec> places;
  std::vector<std::uint32_t> place_parents;
  detail::text_index target_ids;  // texts of ids live in spec and places
  detail::text_index project_ids;
  detail::text_index indicator_ids;
  detail::text_index place_ids;
  std::vector<finding> warnings;
  mutable memo compiled_form;
  mutable memo compiled_plan;

  /// @param found what `validate` says about @p valid, warnings only
  data(programme_spec valid, std::vector<finding> found) : spec(std::move(valid)), warnings(std::move(found)) {
    list_places();
    indicator_ids.reserve(spec.indicators.size());
    for (const indicator_spec& i : spec.indicators) number(indicator_ids, i.id);
    resolve_indicators();
    list_tree();
    for (programme_target& t : targets)
      if (!t.spec->belongs_to.empty()) t.belongs_to = target_ids.find(t.spec->belongs_to);
  }

  static void number(detail::text_index& ids, std::string_view id) { ids.add(id, static_cast<std::uint32_t>(ids.size())); }

  static std::optional<std::uint32_t> find(const detail::text_index& ids, std::string_view id) noexcept {
    const std::uint32_t found = ids.find(id);
    if (found == detail::nowhere) return std::nullopt;
    return found;
  }

  void list_places() {
    if (spec.places.empty()) {
      places.push_back({.id = "all"});
      place_parents.push_back(none);
    } else {
      detail::text_index listed;
      listed.reserve(spec.places.size());
      for (const place_spec& p : spec.places) number(listed, p.id);
      std::vector<std::uint32_t> parents;
      parents.reserve(spec.places.size());
      for (const place_spec& p : spec.places) parents.push_back(p.within.empty() ? none : listed.find(p.within));
      detail::place_order ordered = detail::order_places(parents);
      places.reserve(ordered.order.size());
      for (const std::uint32_t i : ordered.order) places.push_back(spec.places[i]);
      place_parents = std::move(ordered.parents);
    }
    place_ids.reserve(places.size());
    for (const place_spec& p : places) number(place_ids, p.id);
  }

  void resolve_indicators() {
    detail::text_index unit_texts;
    std::vector<bool> indivisible;  // by the number of a text
    const auto is_indivisible = [&](std::string_view text) {
      const auto next = static_cast<std::uint32_t>(indivisible.size());
      const std::uint32_t known = unit_texts.add(text, next);
      if (known == next) indivisible.push_back((text.empty() ? unit() : parse_unit(text)).is_indivisible());
      return indivisible[known];
    };
    indicators.reserve(spec.indicators.size());
    members.reserve(spec.indicators.size());
    for (const indicator_spec& i : spec.indicators) {
      programme_indicator resolved{.kind = i.kind,
                                   .across = is_accumulator(i.kind)            ? combination::sum
                                             : i.kind == indicator_kind::level ? i.across_places
                                                                               : combination::none,
                                   .counted_from = i.counted_from,
                                   .is_share = i.unit == "%",
                                   .reporting_days = i.period_days ? *i.period_days
                                                     : i.period    ? reporting_days(*i.period)
                                                                   : 0,
                                   .maximum_age = i.maximum_age,
                                   .allowed_lag = i.allowed_lag,
                                   .eve_amount = i.eve_amount,
                                   .natural_limit = i.natural_limit,
                                   .authors = static_cast<std::uint32_t>(i.authors.size()),
                                   .first_member = static_cast<std::uint32_t>(members.size())};
      resolved.is_indivisible = i.indivisible ? *i.indivisible : is_indivisible(i.unit);
      if (!i.weighted_by.empty()) resolved.weighted_by = indicator_ids.find(i.weighted_by);
      if (is_reported(i.kind)) {
        members.push_back(static_cast<std::uint32_t>(indicators.size()));
      } else if (i.kind == indicator_kind::ratio) {
        resolved.derive = derivation::ratio;
        members.push_back(indicator_ids.find(i.numerator));
        members.push_back(indicator_ids.find(i.denominator));
      } else if (is_custom(i.expression)) {
        resolved.derive = derivation::custom;
        for (const std::string& id : i.inputs) members.push_back(indicator_ids.find(id));
      } else {
        resolved.derive = derivation::formula;
        resolved.expression =
            formulas.emplace_back(std::make_unique<const formula>(expanded(attain::parse_formula(i.expression)))).get();
        for (const std::string& id : resolved.expression->inputs) members.push_back(indicator_ids.find(id));
      }
      resolved.member_count = static_cast<std::uint32_t>(members.size()) - resolved.first_member;
      indicators.push_back(resolved);
    }
  }

  // Rule R7a: ratios and formulas among the inputs are replaced by what they are computed from.
  formula expanded(formula outer) const {
    for (std::uint32_t i = 0; i < outer.inputs.size();) {
      const indicator_spec& input = spec.indicators[indicator_ids.find(outer.inputs[i])];
      if (is_reported(input.kind)) {
        ++i;
        continue;
      }
      const std::string inner = input.kind == indicator_kind::ratio
                                    ? formula_input(input.numerator) + " / " + formula_input(input.denominator)
                                    : input.expression;
      outer = substitute(outer, i, attain::parse_formula(inner));
    }
    return outer;
  }

  // A ratio of accumulators is to hold, unless a change is asked of it.
  cadence default_cadence(std::uint32_t indicator, const std::optional<aim>& asked) const noexcept {
    const programme_indicator& i = indicators[indicator];
    if (i.derive != derivation::ratio || !asked || asked->change != change_kind::none) return {};
    const auto accumulates = [&](std::uint32_t offset) {
      return is_accumulator(indicators[members[i.first_member + offset]].kind);
    };
    return accumulates(0) && accumulates(1) ? cadence{cadence_kind::throughout} : cadence{};
  }

  void list_tree() {
    const std::vector<detail::flat_project> projects = detail::flatten(spec.projects);
    std::size_t count = 0;
    for (const detail::flat_project& p : projects) count += p.spec->targets.size();
    nodes.reserve(1 + projects.size());
    project_ids.reserve(projects.size());
    targets.reserve(count);
    target_ids.reserve(count);
    nodes.push_back({.spec = nullptr, .parent = none, .window = spec.window});
    for (const detail::flat_project& p : projects) {
      const auto node = static_cast<std::uint32_t>(nodes.size());
      const std::uint32_t parent = p.parent == none ? 0 : p.parent + 1;
      nodes.push_back({.spec = p.spec, .parent = parent, .window = p.spec->window ? p.spec->window : nodes[parent].window});
      project_ids.add(p.spec->id, node);
      for (const target_spec& t : p.spec->targets) {
        const auto target = static_cast<std::uint32_t>(targets.size());
        const std::uint32_t indicator = indicator_ids.find(t.indicator);
        const bool counts = t.belongs == belonging::none && t.aim;
        targets.push_back({.spec = &t,
                           .node = node,
                           .indicator = indicator,
                           .place = t.place.empty() ? 0 : place_ids.find(t.place),
                           .window = t.window ? *t.window : nodes[node].window.value(),
                           .aim = t.aim,
                           .baseline = t.baseline,
                           .weight = t.weight.value_or(counts ? 1 : 0),
                           .cadence = t.cadence.value_or(default_cadence(indicator, t.aim)),
                           .allowed_failed_periods = t.allowed_failed_periods.value_or(spec.defaults.allowed_failed_periods),
                           .each_period = t.judged == hold_judging::each_period,
                           .standard = t.standard,
                           .open_group = t.open_group,
                           .straight_by_default = t.trajectory.kind == trajectory_kind::by_default,
                           .has_quotas = !t.quotas.empty(),
                           .has_categories = !t.disaggregation.empty(),
                           .has_history = !t.history.empty(),
                           .may_be_withdrawn = t.withdrawn,
                           .is_partition = t.partition});
        target_ids.add(t.id, target);
        for (const alias_spec& alias : t.aliases) target_ids.add(alias.id, target);
      }
    }
  }

  static std::uint32_t index_of(const detail::text_index& ids, const char* kind, std::string_view id, std::string_view rather = {}) {
    if (const auto found = find(ids, id)) return *found;
    std::vector<std::string> all;
    all.reserve(ids.size());
    for (const auto& entry : ids.entries()) all.emplace_back(entry.text);
    std::sort(all.begin(), all.end());
    throw unknown_id(kind, std::string(id), nearest_ids(id, all), rather);
  }
};

ATTAIN_INLINE programme::programme(programme_spec spec) {
  std::vector<finding> errors;
  std::vector<finding> warnings;
  for (finding& f : validate(spec)) (f.severity == severity::error ? errors : warnings).push_back(std::move(f));
  if (!errors.empty()) throw invalid_programme(std::move(errors));
  data_ = std::make_shared<const data>(std::move(spec), std::move(warnings));
}

ATTAIN_INLINE const programme_spec& programme::spec() const noexcept { return data_->spec; }

ATTAIN_INLINE std::span<const programme_node> programme::nodes() const noexcept { return data_->nodes; }

ATTAIN_INLINE std::span<const programme_target> programme::targets() const noexcept { return data_->targets; }

ATTAIN_INLINE std::span<const indicator_spec> programme::indicators() const noexcept { return data_->spec.indicators; }

ATTAIN_INLINE const programme_indicator& programme::resolved(std::uint32_t indicator) const noexcept {
  return data_->indicators[indicator];
}

ATTAIN_INLINE std::span<const std::uint32_t> programme::members(std::uint32_t indicator) const noexcept {
  const programme_indicator& resolved = data_->indicators[indicator];
  return std::span(data_->members).subspan(resolved.first_member, resolved.member_count);
}

ATTAIN_INLINE cadence programme::default_cadence(std::uint32_t indicator, const std::optional<aim>& asked) const noexcept {
  return data_->default_cadence(indicator, asked);
}

ATTAIN_INLINE std::span<const place_spec> programme::places() const noexcept { return data_->places; }

ATTAIN_INLINE std::span<const std::uint32_t> programme::place_parents() const noexcept { return data_->place_parents; }

ATTAIN_INLINE std::optional<std::uint32_t> programme::find_target(std::string_view id) const noexcept {
  return data::find(data_->target_ids, id);
}

ATTAIN_INLINE std::optional<std::uint32_t> programme::find_project(std::string_view id) const noexcept {
  if (id.empty()) return 0;
  return data::find(data_->project_ids, id);
}

ATTAIN_INLINE std::optional<std::uint32_t> programme::find_indicator(std::string_view id) const noexcept {
  return data::find(data_->indicator_ids, id);
}

ATTAIN_INLINE std::optional<std::uint32_t> programme::find_place(std::string_view id) const noexcept {
  return data::find(data_->place_ids, id);
}

ATTAIN_INLINE std::uint32_t programme::target_index(std::string_view id) const {
  return data::index_of(data_->target_ids, "target", id, find_project(id) ? "it is a project" : "");
}

ATTAIN_INLINE std::uint32_t programme::project_index(std::string_view id) const {
  return id.empty() ? 0 : data::index_of(data_->project_ids, "project", id, find_target(id) ? "it is a target" : "");
}

ATTAIN_INLINE std::uint32_t programme::indicator_index(std::string_view id) const {
  return data::index_of(data_->indicator_ids, "indicator", id);
}

ATTAIN_INLINE std::uint32_t programme::place_index(std::string_view id) const {
  return data::index_of(data_->place_ids, "place", id);
}

ATTAIN_INLINE bool programme::same(const programme& a, const programme& b) noexcept { return a.spec() == b.spec(); }

ATTAIN_INLINE std::span<const finding> programme::warnings() const noexcept { return data_->warnings; }

ATTAIN_INLINE memo& programme::compiled_form() const noexcept { return data_->compiled_form; }
ATTAIN_INLINE memo& programme::compiled_plan() const noexcept { return data_->compiled_plan; }

}  // namespace attain::inline v0
