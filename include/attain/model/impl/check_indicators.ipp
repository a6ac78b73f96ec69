#pragma once

#include <attain/model/impl/check_indicators.hpp>

#include <attain/core/text_index.hpp>
#include <attain/model/formula.hpp>
#include <attain/model/impl/check_units.hpp>
#include <attain/model/impl/references.hpp>
#include <attain/model/words.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace attain::inline v0::detail {

/// The checks of one list of indicators. Each fills in what the next one needs.
class indicator_check {
 public:
  indicator_check(const programme_spec& spec, finding_list& found)
      : indicators_(spec.indicators), found_(found), inputs_(indicators_.size()) {}

  checked_indicators run() {
    checked_.all.reserve(indicators_.size());
    checked_.ids.reserve(indicators_.size());
    for (std::uint32_t i = 0; i < indicators_.size(); ++i) check_alone(i);
    for (std::uint32_t i = 0; i < indicators_.size(); ++i) check_references(i);
    check_order();
    return std::move(checked_);
  }

 private:
  path where(std::size_t i) const { return {&root_, "indicators", i}; }

  void check_alone(std::uint32_t i) {
    const indicator_spec& indicator = indicators_[i];
    const path here = where(i);
    checked_.ids.add(indicator.id, i, root_, {&here, "id"}, found_, indicator.name);
    found_.check_name({&here, "name"}, indicator.name);
    checked_.all.push_back({.spec = &indicator, .measured_in = unit_of(indicator, here)});
    check_period(indicator, here);
    check_fields(indicator, here);
    check_steps(indicator, here);
    check_rating(indicator, here);
    check_dimensions(indicator, here);
    found_.check_name({&here, "stage"}, indicator.stage);
    found_.check_name({&here, "scope"}, indicator.scope);
    found_.check_text({&here, "note"}, indicator.note);
    found_.check_text({&here, "source"}, indicator.source);
  }

  std::optional<unit> unit_of(const indicator_spec& indicator, const path& here) {
    const bool is_share = indicator.kind == indicator_kind::steps || indicator.kind == indicator_kind::rating;
    const path field{&here, "unit"};
    if (indicator.unit.empty()) {
      if (is_share) return unit();
      found_.error(code::missing_field, field, "", "a unit, such as 台 or %",
                   "the indicator " + escaped_excerpt(indicator.id) + " has no unit");
      return std::nullopt;
    }
    const unit* const read = known_unit(indicator.unit);
    if (read == nullptr) {
      found_.add(try_parse_unit(indicator.unit, field.text()).problem());
      return std::nullopt;
    }
    if (is_share && !same_measure(*read, unit()))
      found_.error(code::unit_mismatch, field, indicator.unit, "share, or no unit",
                   std::string(indicator.kind == indicator_kind::steps ? "steps" : "ratings") + " are shares of a whole, not " +
                       escaped_excerpt(indicator.unit));
    return *read;
  }

  /// Null if it cannot be read.
  const unit* known_unit(std::string_view text) {
    if (const std::uint32_t known = unit_texts_.find(text); known != nowhere) return &units_[known];
    const auto parsed_unit = try_parse_unit(text);
    if (!parsed_unit) return nullptr;
    unit_texts_.add(text, static_cast<std::uint32_t>(units_.size()));
    return &units_.emplace_back(*parsed_unit);
  }

  void check_period(const indicator_spec& indicator, const path& here) {
    if (indicator.period && indicator.period_days)
      found_.error(code::conflicting_fields, {&here, "period"}, std::to_string(*indicator.period_days),
                   "a calendar period or a number of days",
                   "the reporting period is both a " + std::string(to_string(*indicator.period)) + " and " +
                       std::to_string(*indicator.period_days) + " days");
    found_.check_count({&here, "period"}, indicator.period_days, 1, "number of days of a period");
    found_.check_count({&here, "maximum_age"}, indicator.maximum_age, 0, "maximum age");
    if (indicator.natural_limit) found_.check_finite({&here, "natural_limit"}, *indicator.natural_limit, "natural limit");
    found_.check_count({&here, "allowed_lag"}, indicator.allowed_lag, 0, "allowed lag");
    if (indicator.eve_amount) found_.check_finite({&here, "eve_amount"}, *indicator.eve_amount, "amount on the eve");
  }

  /// What belongs to one kind only has no meaning for the others.
  void check_fields(const indicator_spec& indicator, const path& here) {
    using kind = indicator_kind;
    const auto unused_unless = [&](kind of, bool given, std::string_view field) {
      if (given) found_.check_unused(indicator.kind != of, {&here, field}, to_string(indicator.kind));
    };
    unused_unless(kind::running_total, indicator.counted_from != origin::window, "origin");
    unused_unless(kind::running_total, indicator.eve_amount.has_value(), "eve_amount");
    found_.check_unused(indicator.kind == kind::running_total && indicator.counted_from == origin::window && indicator.eve_amount,
                        {&here, "eve_amount"}, "a total that begins with the window");
    unused_unless(kind::level, indicator.across_places != combination::none, "across_places");
    found_.check_unused(!indicator.weighted_by.empty() && indicator.across_places != combination::weighted_mean,
                        {&here, "weighted_by"}, "anything but a weighted mean");
    unused_unless(kind::ratio, !indicator.numerator.empty(), "numerator");
    unused_unless(kind::ratio, !indicator.denominator.empty(), "denominator");
    unused_unless(kind::formula, !indicator.expression.empty(), "expression");
    found_.check_unused(!indicator.inputs.empty() && !is_custom(indicator.expression), {&here, "inputs"},
                        "anything but a custom formula");
    unused_unless(kind::steps, !indicator.steps.empty(), "steps");
    unused_unless(kind::rating, !indicator.scale.empty(), "scale");
    unused_unless(kind::rating, !indicator.authors.empty(), "authors");
  }

  void check_steps(const indicator_spec& indicator, const path& here) {
    if (indicator.kind != indicator_kind::steps) return;
    const path list{&here, "steps"};
    if (indicator.steps.empty()) {
      found_.error(code::missing_field, list, "", "at least one step",
                   "the indicator " + escaped_excerpt(indicator.id) + " has no steps");
      return;
    }
    id_space ids("step");
    double weight = 0;
    const step_spec* latest = nullptr;
    for (std::uint32_t i = 0; i < indicator.steps.size(); ++i) {
      const step_spec& step = indicator.steps[i];
      const path at{&here, "steps", i};
      ids.add(step.id, i, here, {&at, "id"}, found_);
      found_.check_name({&at, "name"}, step.name);
      if (found_.check_weight({&at, "weight"}, step.weight)) weight += step.weight;
      if (!step.due) continue;
      if (latest != nullptr && *step.due < *latest->due)
        found_.error(
            code::steps_out_of_order, {&at, "due"}, to_string(*step.due), to_string(*latest->due) + " or later",
            "the step " + escaped_excerpt(step.id) + " is due before " + escaped_excerpt(latest->id) + ", listed above it");
      else
        latest = &step;
    }
    if (weight == 0)
      found_.error(code::steps_without_weight, list, "0", "a positive weight somewhere",
                   "no step of " + escaped_excerpt(indicator.id) + " has a weight");
  }

  void check_rating(const indicator_spec& indicator, const path& here) {
    if (indicator.scale.empty() && indicator.authors.empty()) return;
    const path scale{&here, "scale"};
    id_space names("grade");
    for (std::uint32_t i = 0; i < indicator.scale.size(); ++i) {
      const auto& [name, amount] = indicator.scale[i];
      const path at{&scale, name};
      names.add(name, i, here, at, found_);
      found_.check_share(at, amount, "amount of a grade");
    }
    id_space authors("author");
    for (std::uint32_t i = 0; i < indicator.authors.size(); ++i)
      authors.add(indicator.authors[i], i, here, {&here, "authors", i}, found_);
  }

  void check_dimensions(const indicator_spec& indicator, const path& here) {
    if (indicator.dimensions.empty()) return;
    id_space ids("dimension");
    for (std::uint32_t i = 0; i < indicator.dimensions.size(); ++i) {
      const dimension_spec& dimension = indicator.dimensions[i];
      const path at{&here, "dimensions", i};
      ids.add(dimension.id, i, here, {&at, "id"}, found_);
      if (dimension.categories.empty())
        found_.error(code::missing_field, {&at, "categories"}, "", "at least one category",
                     "the dimension " + escaped_excerpt(dimension.id) + " has no categories");
      id_space categories("category");
      for (std::uint32_t j = 0; j < dimension.categories.size(); ++j)
        categories.add(dimension.categories[j], j, at, {&at, "categories", j}, found_);
    }
  }

  void check_references(std::uint32_t i) {
    const indicator_spec& indicator = indicators_[i];
    const path here = where(i);
    switch (indicator.kind) {
      case indicator_kind::ratio:
        refer_to_side(i, indicator.numerator, {&here, "numerator"});
        refer_to_side(i, indicator.denominator, {&here, "denominator"});
        break;
      case indicator_kind::formula:
        check_expression(i, here);
        break;
      case indicator_kind::level:
        if (indicator.across_places != combination::weighted_mean) break;
        if (const auto weights = checked_.ids.resolve(indicator.weighted_by, {&here, "weighted_by"}, found_)) {
          weighted_by_.emplace_back(i, *weights);
          check_kind(*weights, {&here, "weighted_by"}, "what weights a mean");
        }
        break;
      default:
        break;
    }
  }

  void refer_to_side(std::uint32_t i, const std::string& id, const path& field) {
    if (id.empty()) {
      found_.error(code::ratio_without_parts, field, "", "the id of an indicator",
                   "the ratio " + escaped_excerpt(indicators_[i].id) + " has no " + std::string(field.field));
      return;
    }
    if (const auto side = checked_.ids.resolve(id, field, found_)) {
      inputs_[i].push_back(*side);
      check_kind(*side, field, "the side of a ratio");
    }
  }

  void check_kind(std::uint32_t used, const path& field, std::string_view role) {
    const indicator_kind kind = indicators_[used].kind;
    if (is_accumulator(kind) || kind == indicator_kind::level) return;
    found_.error(
        code::wrong_kind, field, indicators_[used].id, "an increment, a running_total or a level",
        std::string(role) + ", " + escaped_excerpt(indicators_[used].id) + ", is of kind " + std::string(to_string(kind)));
  }

  void check_expression(std::uint32_t i, const path& here) {
    const indicator_spec& indicator = indicators_[i];
    const path field{&here, "expression"};
    if (indicator.expression.empty()) {
      found_.error(code::missing_field, field, "", "a formula, or custom:NAME@VERSION with inputs",
                   "the formula " + escaped_excerpt(indicator.id) + " has no expression");
      return;
    }
    if (is_custom(indicator.expression)) {
      found_.check_callable(field, indicator.expression, code::malformed_custom, "formula", {});
      if (indicator.inputs.empty())
        found_.error(code::missing_field, {&here, "inputs"}, "", "the ids of indicators",
                     "the custom formula " + escaped_excerpt(indicator.id) + " has no inputs");
      for (std::size_t k = 0; k < indicator.inputs.size(); ++k) refer_to_reported(i, indicator.inputs[k], {&here, "inputs", k});
      return;
    }
    const std::size_t before = found_.size();
    std::vector<finding> problems;
    const formula& read = formulas_[i] = try_parse_formula(indicator.expression, field.text(), problems);
    for (finding& problem : problems) found_.add(std::move(problem));
    if (found_.size() != before) return;
    if (read.inputs.empty())
      found_.error(code::malformed_formula, field, indicator.expression, "[indicator id] in it",
                   "the formula " + escaped_excerpt(indicator.id) + " computes from no indicator");
    std::vector<std::optional<unit>> units;
    for (const std::string& id : read.inputs) {
      refer_to_input(i, id, field);
      const auto input = checked_.ids.find(id);
      units.push_back(input ? checked_.all[*input].measured_in : std::nullopt);
    }
    const std::optional<unit> value = check_units(read, units, field, found_);
    const std::optional<unit>& declared = checked_.all[i].measured_in;
    // A difference of shares is often declared in percentage points; every other unit must be the one that the formula gives.
    if (value && declared && !same_measure(*value, *declared) && declared->dimension() != "percentage_point")
      found_.error(code::unit_mismatch, {&here, "unit"}, indicator.unit, std::string(value->symbol()),
                   "the formula " + escaped_excerpt(indicator.id) + " gives " + escaped_excerpt(value->symbol()) + ", not " +
                       escaped_excerpt(indicator.unit));
  }

  void refer_to_input(std::uint32_t i, const std::string& id, const path& field) {
    const auto input = checked_.ids.resolve(id, field, found_);
    if (!input) return;
    inputs_[i].push_back(*input);
    if (indicators_[*input].kind == indicator_kind::formula && is_custom(indicators_[*input].expression))
      found_.error(code::wrong_kind, field, id, "anything but a custom formula",
                   "the custom formula " + escaped_excerpt(id) + " cannot be put into another one");
  }

  /// A custom formula is given amounts, so nothing computed can be put in its place.
  void refer_to_reported(std::uint32_t i, const std::string& id, const path& field) {
    const auto input = checked_.ids.resolve(id, field, found_);
    if (!input) return;
    inputs_[i].push_back(*input);
    const indicator_kind kind = indicators_[*input].kind;
    if (!is_reported(kind))
      found_.error(code::wrong_kind, field, id, "an indicator that is reported",
                   "the custom formula " + escaped_excerpt(indicators_[i].id) + " computes from " + escaped_excerpt(id) +
                       ", which is a " + std::string(to_string(kind)));
  }

  /// Cycles; and in dependency order, what derived indicators inherit from what they are computed from.
  void check_order() {
    const resolved_order resolved = order_of_references();
    for (const std::vector<std::uint32_t>& cycle : resolved.cycles) {
      std::vector<std::string_view> ids;
      for (const std::uint32_t i : cycle) ids.push_back(indicators_[i].id);
      ids.push_back(ids.front());
      found_.error(code::cycle, where(cycle.front()), ids.front(), "an indicator that is not computed from itself",
                   "indicators are computed from one another: " + joined_by_arrows(ids));
    }
    if (!resolved.cycles.empty()) return;

    std::vector<double> sizes(indicators_.size(), 1);
    for (const std::uint32_t i : resolved.order) {
      checked_indicator& checked = checked_.all[i];
      const std::vector<std::uint32_t>& inputs = inputs_[i];
      const auto all_of_inputs = [&](auto holds) { return !inputs.empty() && std::all_of(inputs.begin(), inputs.end(), holds); };
      checked.finds_baseline = indicators_[i].kind == indicator_kind::level ||
                               all_of_inputs([&](std::uint32_t k) { return checked_.all[k].finds_baseline; });
      checked.of_accumulators = indicators_[i].kind == indicator_kind::ratio &&
                                all_of_inputs([&](std::uint32_t k) { return is_accumulator(indicators_[k].kind); });
      if (is_reported(indicators_[i].kind)) {
        checked.own = i;
        continue;
      }
      for (const std::uint32_t k : inputs) {
        const auto reported = checked_.all[k].reported();
        checked.parts.insert(checked.parts.end(), reported.begin(), reported.end());
      }
      std::sort(checked.parts.begin(), checked.parts.end());
      checked.parts.erase(std::unique(checked.parts.begin(), checked.parts.end()), checked.parts.end());
      sizes[i] = expanded_size(i, sizes);
      if (sizes[i] <= static_cast<double>(max_formula_nodes)) continue;
      const path here = where(i);
      found_.error(
          code::too_large, {&here, "expression"}, indicators_[i].expression,
          "at most " + std::to_string(max_formula_nodes) + " nodes",
          "the formula " + escaped_excerpt(indicators_[i].id) + " is too large once the formulas in it are put in their place");
      sizes[i] = 1;  // reported once, not again by everything computed from it
    }
  }

  resolved_order order_of_references() const {
    if (weighted_by_.empty()) return resolve_order(inputs_);
    references all = inputs_;
    for (const auto& [level, weights] : weighted_by_) all[level].push_back(weights);
    return resolve_order(all);
  }

  /// Nodes of an indicator once everything derived in it is put in its place (rule R7a).
  double expanded_size(std::uint32_t i, const std::vector<double>& sizes) const {
    if (indicators_[i].kind == indicator_kind::ratio) return 3;
    const auto found = formulas_.find(i);
    if (found == formulas_.end() || found->second.nodes.empty()) return 1;
    const formula& read = found->second;
    double size = 0;
    for (const formula_node& node : read.nodes) {
      const auto input = node.what == formula_node::kind::input ? checked_.ids.find(read.inputs[node.input]) : std::nullopt;
      size += input ? sizes[*input] : 1;
    }
    return size;
  }

  const path root_{};
  const std::vector<indicator_spec>& indicators_;
  finding_list& found_;
  text_index unit_texts_;                                             // as written
  std::vector<unit> units_;                                           // likewise
  references inputs_;                                                 // of ratios and formulas
  std::vector<std::pair<std::uint32_t, std::uint32_t>> weighted_by_;  // a level, and what weights its mean
  std::map<std::uint32_t, formula> formulas_;                         // by indicator
  checked_indicators checked_;
};

ATTAIN_INLINE checked_indicators check_indicators(const programme_spec& spec, finding_list& found) {
  return indicator_check(spec, found).run();
}

}  // namespace attain::inline v0::detail
