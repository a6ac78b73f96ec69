#pragma once

/** What programmes and methods consist of, field by field, in the order of a snapshot.

  A new field of a spec is added here and makes a new `snapshot_version`: the readers of older ones stay.
*/
#include <attain/io/impl/archive_fields.hpp>

#include <utility>
#include <vector>

namespace attain::inline v0::io::detail {

template <class F>
void fields_of(F& f, field_value<F, period>& v) {
  f("start", v.start);
  f("end", v.end);
  if constexpr (F::reads) {
    if (v.end <= v.start)
      f.refuse(code::malformed_period, to_string(v.end), "a day after the first", "a period ends before it begins");
  }
}

// -- targets -------------------------------------------------------------------------------------

template <class F>
void fields_of(F& f, field_value<F, aim>& v) {
  f("kind", v.kind);
  f("goal", v.goal);
  f("upper", v.upper);
  f("tolerance", v.tolerance);
  f("tolerance_is_amount", v.tolerance_is_amount);
  f("strict", v.strict);
  f("change", v.change);
  f("from_previous_period", v.from_previous_period);
}

template <class F>
void fields_of(F& f, field_value<F, cadence>& v) {
  f("kind", v.kind);
  f("every", v.every);
}

template <class F>
void fields_of(F& f, field_value<F, checkpoint>& v) {
  f("day", v.day);
  f("share", v.share);
  f("is_amount", v.is_amount);
}

template <class F>
void fields_of(F& f, field_value<F, trajectory>& v) {
  f("kind", v.kind);
  f("step_day", v.step_day);
  f("checkpoints", v.checkpoints);
  f("joined_by_lines", v.joined_by_lines);
  f("midpoint", v.midpoint);
  f("steepness", v.steepness);
  f("seasonal", v.seasonal);
}

template <class F>
void fields_of(F& f, field_value<F, quota_spec>& v) {
  f("place", v.place);
  f("goal", v.goal);
  f("baseline", v.baseline);
}

template <class F>
void fields_of(F& f, field_value<F, target_row>& v) {
  f("recorded", v.recorded);
  f("author", v.author);
  f("reason", v.reason);
  f("aim", v.aim);
  f("baseline", v.baseline);
  f("weight", v.weight);
  f("window", v.window);
  f("quotas", v.quotas);
}

template <class F>
void fields_of(F& f, field_value<F, alias_spec>& v) {
  f("id", v.id);
  f("aim", v.aim);
  f("text", v.text);
}

template <class F>
void fields_of(F& f, field_value<F, target_spec>& v) {
  f("id", v.id);
  f("name", v.name);
  f("indicator", v.indicator);
  f("aim", v.aim);
  f("place", v.place);
  f("quotas", v.quotas);
  f("cadence", v.cadence);
  f("judged", v.judged);
  f("allowed_failed_periods", v.allowed_failed_periods);
  f("window", v.window);
  f("baseline", v.baseline);
  f("trajectory", v.trajectory);
  f("standard", v.standard);
  f("open_group", v.open_group);
  f("weight", v.weight);
  f("belongs", v.belongs);
  f("belongs_to", v.belongs_to);
  f("partition", v.partition);
  f("aliases", v.aliases);
  f("disaggregation", v.disaggregation);
  f("withdrawn", v.withdrawn);
  f("withdrawn_on", v.withdrawn_on);
  f("withdrawn_reason", v.withdrawn_reason);
  f("recorded", v.recorded);
  f("author", v.author);
  f("reason", v.reason);
  f("history", v.history);
  f("text", v.text);
  f("note", v.note);
  f("source", v.source);
}

// -- roll-ups ------------------------------------------------------------------------------------

template <class F>
void fields_of(F& f, field_value<F, comparison_spec>& v) {
  f("child", v.child);
  f("over", v.over);
  f("times", v.times);
}

template <class F>
void fields_of(F& f, field_value<F, weights_spec>& v) {
  f("by", v.by);
  f("measures", v.measures);
  f("comparisons", v.comparisons);
  f("priority", v.priority);
  f("index", v.index);
  f("transform", v.transform);
}

template <class F>
void fields_of(F& f, field_value<F, rule_spec>& v) {
  f("name", v.name);
  f("effect", v.effect);
  f("of", v.of);
  f("when", v.when);
  f("below", v.below);
  f("count", v.count);
  f("score", v.score);
  f("grade", v.grade);
  f("points", v.points);
  f("per_unit", v.per_unit);
  f("most", v.most);
}

template <class F>
void fields_of(F& f, field_value<F, roll_up_spec>& v) {
  f("aggregator", v.aggregator);
  f("exponent", v.exponent);
  f("floor", v.floor);
  f("alpha", v.alpha);
  f("beta", v.beta);
  f("divisor", v.divisor);
  f("weights", v.weights);
  f("minimum_coverage", v.minimum_coverage);
  f("not_due", v.not_due);
  f("missing", v.missing);
  f("rules", v.rules);
}

// -- indicators and places -----------------------------------------------------------------------

template <class F>
void fields_of(F& f, field_value<F, step_spec>& v) {
  f("id", v.id);
  f("name", v.name);
  f("weight", v.weight);
  f("due", v.due);
}

template <class F>
void fields_of(F& f, field_value<F, dimension_spec>& v) {
  f("id", v.id);
  f("categories", v.categories);
  f("complete", v.complete);
}

template <class F>
void fields_of(F& f, field_value<F, indicator_spec>& v) {
  f("id", v.id);
  f("name", v.name);
  f("unit", v.unit);
  f("kind", v.kind);
  f("period", v.period);
  f("period_days", v.period_days);
  f("maximum_age", v.maximum_age);
  f("allowed_lag", v.allowed_lag);
  f("indivisible", v.indivisible);
  f("natural_limit", v.natural_limit);
  f("counted_from", v.counted_from);
  f("eve_amount", v.eve_amount);
  f("across_places", v.across_places);
  f("weighted_by", v.weighted_by);
  f("numerator", v.numerator);
  f("denominator", v.denominator);
  f("expression", v.expression);
  f("inputs", v.inputs);
  f("steps", v.steps);
  f("scale", v.scale);
  f("authors", v.authors);
  f("dimensions", v.dimensions);
  f("stage", v.stage);
  f("scope", v.scope);
  f("note", v.note);
  f("source", v.source);
}

template <class F>
void fields_of(F& f, field_value<F, place_spec>& v) {
  f("id", v.id);
  f("name", v.name);
  f("within", v.within);
  f("weight", v.weight);
}

// -- methods -------------------------------------------------------------------------------------

template <class F>
void fields_of(F& f, field_value<F, state_spec>& v) {
  f("name", v.name);
  f("role", v.role);
  f("chinese", v.chinese);
  f("english", v.english);
}

template <class F>
void fields_of(F& f, field_value<F, band_spec>& v) {
  f("edge", v.edge);
  f("closed", v.closed);
  f("state", v.state);
  f("upper", v.upper);
}

template <class F>
void fields_of(F& f, field_value<F, score_point>& v) {
  f("at", v.at);
  f("score", v.score);
}

template <class F>
void fields_of(F& f, field_value<F, band_list>& v) {
  f("quantity", v.quantity);
  f("bands", v.bands);
  f("below", v.below);
  f("below_without_answer", v.below_without_answer);
  f("score", v.score);
  f("decimals", v.decimals);
  f("name", v.name);
}

template <class F>
void fields_of(F& f, field_value<F, condition>& v) {
  f("quantity", v.quantity);
  f("edge", v.edge);
  f("closed", v.closed);
}

template <class F>
void fields_of(F& f, field_value<F, method_rule>& v) {
  f("name", v.name);
  f("facts", v.facts);
  f("outcome", v.outcome);
  f("index", v.index);
  f("where", v.where);
  f("score", v.score);
}

template <class F>
void fields_of(F& f, field_value<F, method_spec>& v) {
  f("name", v.name);
  f("version", v.version);
  f("source", v.source);
  f("states", v.states);
  f("rules", v.rules);
  f("band_lists", v.band_lists);
  f("node_bands", v.node_bands);
  f("ceiling", v.ceiling);
  f("deadlines", v.deadlines);
  f("all_met", v.all_met);
  f("verified", v.verified);
  f("caveat", v.caveat);
  f("base", v.base);
  f("zero_stands_as", v.zero_stands_as);
  f("limit_exponent", v.limit_exponent);
  f("changes", v.changes);
  f("fewest_changes", v.fewest_changes);
}

/// A method that keeps all rules, or throws `invalid_programme` with those that it breaks.
inline method_spec checked(method_spec method) {
  std::vector<finding> wrong;
  for (finding& f : validate_method(method)) {
    if (f.severity == severity::error) wrong.push_back(std::move(f));
  }
  if (!wrong.empty()) throw invalid_programme(std::move(wrong));
  return method;
}

// -- projects ------------------------------------------------------------------------------------

/// All of a project but those within it.
template <class F>
void fields_of(F& f, field_value<F, project_spec>& v) {
  f("id", v.id);
  f("name", v.name);
  f("weight", v.weight);
  f("window", v.window);
  f("due", v.due);
  f("responsible", v.responsible);
  f("roll_up", v.roll_up);
  f("group", v.group);
  f("targets", v.targets);
  f("text", v.text);
  f("note", v.note);
  f("source", v.source);
}

/// Projects that nest, as one list in which each comes after the one it lies in, with its level.
struct project_tree_view {
  const std::vector<project_spec>& roots;
};
struct project_tree {
  std::vector<project_spec>& roots;
};

template <class F>
void fields_of(F& f, const project_tree_view& tree) {
  struct placed {
    const project_spec* project;
    std::uint32_t level;
  };
  std::vector<placed> waiting, all;
  const auto put_off = [&waiting](const std::vector<project_spec>& list, std::uint32_t level) {
    for (auto p = list.rbegin(); p != list.rend(); ++p) waiting.push_back({&*p, level});
  };
  put_off(tree.roots, 0);
  while (!waiting.empty()) {
    const placed next = waiting.back();
    waiting.pop_back();
    all.push_back(next);
    put_off(next.project->projects, next.level + 1);
  }
  const std::uint64_t count = all.size();
  f("count", count);
  for (const placed& one : all) {
    f("level", one.level);
    f("project", *one.project);
  }
}

template <class F>
void fields_of(F& f, project_tree& tree) {
  const std::size_t count = f.count();
  std::vector<project_spec*> open;  // the last project of each level: nothing is added beside it while it is open
  for (std::size_t i = 0; i < count; ++i) {
    f.set_index(i);
    std::uint32_t level = 0;
    f("level", level);
    if (level >= max_depth) {
      f.refuse(code::too_deep, std::to_string(level + std::uint64_t{1}) + " levels", "at most " + std::to_string(max_depth),
               "projects are nested too deep");
    }
    if (level > open.size()) f.refuse(code::malformed, "", "a project that it lies in", "a project lies in none");
    open.resize(level);
    std::vector<project_spec>& list = level == 0 ? tree.roots : open.back()->projects;
    f("project", list.emplace_back());
    open.push_back(&list.back());
  }
}

// -- programmes ----------------------------------------------------------------------------------

template <class F>
void fields_of(F& f, field_value<F, defaults_spec>& v) {
  f("minimum_coverage_of_reading", v.minimum_coverage_of_reading);
  f("minimum_coverage_of_node", v.minimum_coverage_of_node);
  f("allowed_failed_periods", v.allowed_failed_periods);
  f("score_cap", v.score_cap);
  f("too_early_below", v.too_early_below);
}

template <class F>
void fields_of(F& f, field_value<F, programme_spec>& v) {
  f("id", v.id);
  f("name", v.name);
  f("source", v.source);
  f("note", v.note);
  f("window", v.window);
  f("method", v.method);
  f("methods", v.methods);
  f("defaults", v.defaults);
  f("roll_up", v.roll_up);
  f("places", v.places);
  f("indicators", v.indicators);
  std::conditional_t<F::reads, project_tree, const project_tree_view> tree{v.projects};
  f("projects", tree);
}

}  // namespace attain::inline v0::io::detail
