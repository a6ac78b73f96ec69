#include <attain/io/json.hpp>

#include <attain/core/error.hpp>
#include <attain/model/words.hpp>

#include "json_text.hpp"
#include "method_writer.hpp"
#include "programme_reader.hpp"

#include <optional>
#include <utility>

namespace attain::inline v0::io {

namespace {

using namespace detail;

/// Writes specifications, field by field in the order of docs/programme-format.md.
class programme_writer {
 public:
  void write(const programme_spec& spec) {
    out_.open_object();
    field("format", programme_format);
    field("id", spec.id);
    unless_empty("name", spec.name);
    unless_empty("source", spec.source);
    unless_empty("note", spec.note);
    if_given("window", spec.window);
    if (spec.method != programme_spec{}.method) field("method", spec.method);
    unless_empty("methods", spec.methods);
    if (spec.defaults != defaults_spec{}) field("defaults", spec.defaults);
    if (spec.roll_up != roll_up_spec{}) field("roll_up", spec.roll_up);
    unless_empty("places", spec.places);
    field("indicators", spec.indicators);
    field("projects", spec.projects);
    out_.close();
  }

  json_text& out() noexcept { return out_; }

 private:
  template <class T>
  void field(std::string_view name, const T& value) {
    out_.name(name);
    put(value);
  }
  template <class T>
  void unless_empty(std::string_view name, const T& value) {
    if (!value.empty()) field(name, value);
  }
  template <class T>
  void if_given(std::string_view name, const std::optional<T>& value) {
    if (value) field(name, *value);
  }
  template <class T>
  void unless(const T& absent, std::string_view name, const T& value) {
    if (!(value == absent)) field(name, value);
  }

  void put(const method_spec& method) { write_method(out_, method, false); }
  void put(std::string_view value) { out_.text(value); }
  void put(const std::string& value) { out_.text(value); }
  void put(double value) { out_.number(value); }
  void put(int value) { out_.number(value); }
  void put(bool value) { out_.truth(value); }
  void put(date value) { out_.text(attain::to_string(value)); }
  void put(frequency value) { out_.text(attain::to_string(value)); }
  template <Worded Enum>
  void put(Enum value) {
    out_.text(attain::to_string(value));
  }
  template <class T>
  void put(const std::vector<T>& list) {
    out_.open_list();
    for (const auto& element : list) put(element);
    out_.close();
  }
  template <class T>
  void put(const std::vector<std::pair<std::string, T>>& named) {
    out_.open_object();
    for (const auto& [name, value] : named) field(name, value);
    out_.close();
  }

  void put(const period& window) {
    out_.open_object();
    field("start", window.start);
    field("due", window.last());
    out_.close();
  }

  void put(const defaults_spec& given) {
    const defaults_spec absent;
    out_.open_object();
    unless(absent.minimum_coverage_of_reading, "minimum_coverage_of_reading", given.minimum_coverage_of_reading);
    unless(absent.minimum_coverage_of_node, "minimum_coverage_of_node", given.minimum_coverage_of_node);
    unless(absent.allowed_failed_periods, "allowed_failed_periods", given.allowed_failed_periods);
    unless(absent.score_cap, "score_cap", given.score_cap);
    unless(absent.too_early_below, "too_early_below", given.too_early_below);
    out_.close();
  }

  void put(const roll_up_spec& roll_up) {
    const roll_up_spec absent;
    out_.open_object();
    unless(absent.aggregator, "aggregator", roll_up.aggregator);
    if_given("exponent", roll_up.exponent);
    if_given("floor", roll_up.floor);
    if_given("alpha", roll_up.alpha);
    if_given("beta", roll_up.beta);
    unless(absent.divisor, "divisor", roll_up.divisor);
    unless(absent.weights, "weights", roll_up.weights);
    if_given("minimum_coverage", roll_up.minimum_coverage);
    unless(absent.not_due, "not_due", roll_up.not_due);
    unless(absent.missing, "missing", roll_up.missing);
    unless_empty("rules", roll_up.rules);
    out_.close();
  }

  void put(const weights_spec& weights) {
    const weights_spec absent;
    out_.open_object();
    field("by", weights.by);
    unless_empty("measures", weights.measures);
    unless_empty("comparisons", weights.comparisons);
    unless(absent.priority, "priority", weights.priority);
    unless(absent.index, "index", weights.index);
    unless(absent.transform, "transform", weights.transform);
    out_.close();
  }

  void put(const comparison_spec& comparison) {
    out_.open_object();
    field("child", comparison.child);
    field("over", comparison.over);
    field("times", comparison.times);
    out_.close();
  }

  void put(const rule_spec& rule) {
    const rule_spec absent;
    out_.open_object();
    unless_empty("name", rule.name);
    field("effect", rule.effect);
    field("of", rule.of);
    unless(absent.when, "when", rule.when);
    unless(absent.below, "below", rule.below);
    unless(absent.count, "count", rule.count);
    if_given("score", rule.score);
    unless_empty("grade", rule.grade);
    if_given("points", rule.points);
    if_given("per_unit", rule.per_unit);
    if_given("most", rule.most);
    out_.close();
  }

  void put(const place_spec& place) {
    out_.open_object();
    field("id", place.id);
    unless_empty("name", place.name);
    unless_empty("within", place.within);
    unless(1.0, "weight", place.weight);
    out_.close();
  }

  void put(const step_spec& step) {
    out_.open_object();
    field("id", step.id);
    unless_empty("name", step.name);
    unless(1.0, "weight", step.weight);
    if_given("due", step.due);
    out_.close();
  }

  void put(const dimension_spec& dimension) {
    out_.open_object();
    field("id", dimension.id);
    field("categories", dimension.categories);
    unless(false, "complete", dimension.complete);
    out_.close();
  }

  void put(const indicator_spec& indicator) {
    out_.open_object();
    field("id", indicator.id);
    unless_empty("name", indicator.name);
    unless_empty("unit", indicator.unit);
    field("kind", indicator.kind);
    if_given("period", indicator.period);
    if (!indicator.period) if_given("period", indicator.period_days);
    if_given("maximum_age", indicator.maximum_age);
    if_given("allowed_lag", indicator.allowed_lag);
    if_given("natural_limit", indicator.natural_limit);
    if_given("indivisible", indicator.indivisible);
    unless(origin::window, "origin", indicator.counted_from);
    if_given("eve_amount", indicator.eve_amount);
    unless(combination::none, "across_places", indicator.across_places);
    unless_empty("weighted_by", indicator.weighted_by);
    unless_empty("numerator", indicator.numerator);
    unless_empty("denominator", indicator.denominator);
    unless_empty("expression", indicator.expression);
    unless_empty("inputs", indicator.inputs);
    unless_empty("steps", indicator.steps);
    unless_empty("scale", indicator.scale);
    unless_empty("authors", indicator.authors);
    unless_empty("dimensions", indicator.dimensions);
    unless_empty("stage", indicator.stage);
    unless_empty("scope", indicator.scope);
    unless_empty("note", indicator.note);
    unless_empty("source", indicator.source);
    out_.close();
  }

  void put(const project_spec& project) {
    if (++depth_ > max_depth) {
      out_.refuse(code::too_deep, project.id, "at most " + std::to_string(max_depth) + " levels of projects",
                  "projects are nested too deep");
      out_.text({});
      --depth_;
      return;
    }
    out_.open_object();
    field("id", project.id);
    unless_empty("name", project.name);
    unless(1.0, "weight", project.weight);
    if_given("window", project.window);
    if_given("due", project.due);
    unless_empty("responsible", project.responsible);
    if (project.roll_up != roll_up_spec{}) field("roll_up", project.roll_up);
    unless(false, "group", project.group);
    unless_empty("projects", project.projects);
    unless_empty("targets", project.targets);
    unless_empty("note", project.note);
    unless_empty("source", project.source);
    unless_empty("text", project.text);
    out_.close();
    --depth_;
  }

  void put(const target_spec& target) {
    out_.open_object();
    field("id", target.id);
    unless_empty("name", target.name);
    unless_empty("text", target.text);
    unless_empty("note", target.note);
    unless_empty("source", target.source);
    field("indicator", target.indicator);
    if_given("aim", target.aim);
    unless_empty("place", target.place);
    unless_empty("quotas", target.quotas);
    if_given("cadence", target.cadence);
    if_given("judged", target.judged);
    if_given("allowed_failed_periods", target.allowed_failed_periods);
    if_given("window", target.window);
    if_given("baseline", target.baseline);
    if (target.trajectory.kind != trajectory_kind::by_default) field("trajectory", target.trajectory);
    unless(false, "standard", target.standard);
    unless(false, "open_group", target.open_group);
    if_given("weight", target.weight);
    if (target.belongs != belonging::none) field(attain::to_string(target.belongs), target.belongs_to);
    unless(false, "partition", target.partition);
    unless_empty("aliases", target.aliases);
    unless_empty("disaggregation", target.disaggregation);
    if (target.withdrawn) put_withdrawal(target);
    unless_empty("history", target.history);
    if_given("recorded", target.recorded);
    unless_empty("author", target.author);
    unless_empty("reason", target.reason);
    out_.close();
  }

  void put_withdrawal(const target_spec& target) {
    out_.name("withdrawn");
    out_.open_object();
    if_given("recorded", target.withdrawn_on);
    unless_empty("reason", target.withdrawn_reason);
    out_.close();
  }

  void put(const target_row& row) {
    out_.open_object();
    if_given("recorded", row.recorded);
    unless_empty("author", row.author);
    unless_empty("reason", row.reason);
    if_given("aim", row.aim);
    if_given("baseline", row.baseline);
    if_given("weight", row.weight);
    if_given("window", row.window);
    if_given("quotas", row.quotas);
    out_.close();
  }

  void put(const alias_spec& alias) {
    out_.open_object();
    field("id", alias.id);
    if_given("aim", alias.aim);
    unless_empty("text", alias.text);
    out_.close();
  }

  void put(const std::vector<quota_spec>& quotas) {
    out_.open_object();
    for (const auto& quota : quotas) {
      out_.name(quota.place);
      if (!quota.baseline) {
        put(quota.goal);
        continue;
      }
      out_.open_object();
      field("goal", quota.goal);
      field("baseline", *quota.baseline);
      out_.close();
    }
    out_.close();
  }

  void put(const aim& aim) {
    out_.open_object();
    out_.name(attain::to_string(aim.kind));
    switch (aim.kind) {
      case aim_kind::rises:
      case aim_kind::falls: put(true); break;
      case aim_kind::between: put(std::vector<double>{aim.goal, aim.upper}); break;
      case aim_kind::at_least:
      case aim_kind::at_most:
      case aim_kind::about: put(aim.goal); break;
    }
    if (aim.kind == aim_kind::about && (aim.tolerance_is_amount || aim.tolerance != attain::aim{}.tolerance)) {
      field(aim.tolerance_is_amount ? "tolerance_amount" : "tolerance", aim.tolerance);
    }
    if (aim.kind == aim_kind::at_least || aim.kind == aim_kind::at_most) unless(false, "strict", aim.strict);
    if (aim.kind != aim_kind::rises && aim.kind != aim_kind::falls) unless(change_kind::none, "change", aim.change);
    if (aim.from_previous_period) field("from", std::string_view("previous_period"));
    out_.close();
  }

  void put(const cadence& cadence) {
    if (cadence.kind != cadence_kind::every) {
      put(cadence.kind);
      return;
    }
    out_.open_object();
    field("every", cadence.every);
    out_.close();
  }

  void put(const trajectory& trajectory) {
    const bool is_word = trajectory.kind == trajectory_kind::straight ||
                         (trajectory.kind == trajectory_kind::step && !trajectory.step_day);
    if (is_word) {
      put(trajectory.kind);
      return;
    }
    out_.open_object();
    out_.name(attain::to_string(trajectory.kind));
    switch (trajectory.kind) {
      case trajectory_kind::step: put(*trajectory.step_day); break;
      case trajectory_kind::checkpoints:
        put(trajectory.checkpoints);
        if (!trajectory.joined_by_lines) field("joined", std::string_view("steps"));
        break;
      case trajectory_kind::logistic:
        out_.open_object();
        unless(attain::trajectory{}.midpoint, "midpoint", trajectory.midpoint);
        unless(attain::trajectory{}.steepness, "steepness", trajectory.steepness);
        out_.close();
        break;
      case trajectory_kind::seasonal: put(trajectory.seasonal); break;
      case trajectory_kind::by_default:
      case trajectory_kind::straight: break;
    }
    out_.close();
  }

  void put(const checkpoint& point) {
    out_.open_object();
    field("day", point.day);
    field(point.is_amount ? "amount" : "share", point.share);
    out_.close();
  }

  json_text out_;
  std::size_t depth_ = 0;
};

}  // namespace

std::string to_json(const programme_spec& spec) {
  programme_writer writer;
  writer.write(spec);
  if (!writer.out().problems().empty()) throw invalid_programme(writer.out().problems());
  return writer.out().take();
}

}  // namespace attain::inline v0::io
