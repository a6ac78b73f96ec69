#pragma once

// A node at a place, explained from its children to its status (rules U).

#include <attain/engine/impl/explain_node_status.hpp>
#include <attain/engine/impl/explained_cell.hpp>
#include <attain/engine/impl/node_rules.hpp>
#include <attain/engine/roll_up.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

class node_explainer {
 public:
  node_explainer(const evaluation_data& data, std::uint32_t node_cell)
      : data_(data),
        from_(*data.compiled),
        cell_(node_cell),
        plan_(from_.nodes.plans[from_.nodes.plan[node_cell]]),
        result_(data.nodes[node_cell]),
        same_(std::shared_ptr<const evaluation_data>(), &data),
        now_(same_, node_cell) {}

  explanation run() {
    to_.out.subject = now_.id() + " at " + now_.place() + " as of " + to_string(data_.as_of);
    children();
    weights();
    means();
    holds_and_coverage();
    bounds();
    node_status_explainer(same_, cell_, failing_, found_, to_).run();
    return std::move(to_.out);
  }

 private:
  static std::string shown(const answer<double>& a) { return a.has_value() ? percent(*a) : "none, " + in_words(a.why()); }

  // -- children -------------------------------------------------------------------------------------

  // Of the children what a mean takes, in the form of inputs.
  struct columns {
    std::vector<step_input> attainment, expected, lower, upper, answered, due, held, holds, score;
  };

  void children() {
    for_each_contribution(
        from_, cell_, data_.cells, data_.nodes, data_.weights,
        [&](std::uint32_t at, const contribution& part) { child(from_.nodes.children[at], part); }, data_.by.get());
  }

  void child(const child_ref& ref, const contribution& part) {
    const std::string name = ref.is_cell ? target_result(same_, ref.index).id() : project_result(same_, ref.index).id();
    explanation_step& step = to_.add(step_kind::child, "U2", name + ": " + fate_of(part));
    step.inputs = {{"weight", part.weight}};
    if (part.weight <= 0) return;
    const double w = part.weight;
    const auto put = [&](std::vector<step_input>& to, double value) { to.push_back({name, value, w}); };
    if (part.in_mean) {
      step.value = part.attainment;
      step.inputs.push_back({"expected", part.expected});
      put(all_.expected, part.expected);
      all_.attainment.push_back(to_.weighed(name, to_.size() - 1, w));
    }
    if (part.in_bounds) {
      put(all_.lower, part.lower);
      put(all_.upper, part.upper);
    }
    put(all_.answered, part.answered);
    put(all_.due, part.due);
    put(all_.held, part.held);
    put(all_.holds, part.holds);
    if (part.scored) put(all_.score, part.method_score);
    failing_ += part.failing ? 1 : 0;
  }

  static std::string fate_of(const contribution& part) {
    if (part.in_mean) return percent(part.attainment) + " of " + percent(part.expected) + " expected";
    if (part.weight <= 0) return "left out, weight 0 or not applicable";
    if (part.leaves.not_due == part.leaves.all) return "left out, not due";
    if (part.holds > 0) return part.held > 0 ? "holds" : "does not hold";
    return "no answer";
  }

  void weights() {
    if (plan_.weights == weighting::given) return;
    explanation_step& step = to_.add(step_kind::roll_up, "U11", "weights by " + std::string(in_words(plan_.weights)));
    if (plan_.has_data_weights() && data_.weights.missing[cell_] != 0) {
      step.missing = static_cast<reason>(data_.weights.missing[cell_]);
      step.text += ": none, " + in_words(*step.missing);
    }
    if (plan_.consistency.has_value()) {
      step.text += ", consistency ratio " + brief_text(*plan_.consistency);
      step.inputs.push_back({"consistency_ratio", *plan_.consistency});
    }
  }

  // -- means (rules U2, U10, U12) -------------------------------------------------------------------

  // How the aggregator of the node makes one number of several.
  step_working aggregated(std::vector<step_input> inputs) const {
    const aggregator& how = plan_.aggregate;
    const auto with = [&](step_operation what, std::vector<step_input> parameters = {}) {
      inputs.insert(inputs.end(), parameters.begin(), parameters.end());
      return step_working{what, std::move(inputs)};
    };
    switch (how.kind) {
      case aggregation::weighted_mean:
        return with(step_operation::weighted_mean);
      case aggregation::geometric_mean:
        return with(step_operation::power_mean, {{"exponent", 0}});
      case aggregation::harmonic_mean:
        return with(step_operation::power_mean, {{"exponent", -1}});
      case aggregation::power_mean:
        return with(step_operation::power_mean, {{"exponent", how.exponent}});
      case aggregation::least:
      case aggregation::worst:
        return with(step_operation::least);
      case aggregation::greatest:
        return with(step_operation::greatest);
      case aggregation::mean_min:
        return with(step_operation::mean_min, {{"alpha", how.alpha}, {"beta", how.beta}});
      case aggregation::penalised_mean:
        return with(step_operation::penalised_mean, {{"n_minus_1", how.spread == divisor::n_minus_1 ? 1.0 : 0.0}});
      case aggregation::weighted_median:
        return with(step_operation::weighted_median);
      case aggregation::share_met:
        return with(step_operation::share_met);
      case aggregation::all_met:
        return with(step_operation::all_met);
      case aggregation::custom:
        return with(step_operation::function);
    }
    return {};
  }

  void means() {
    const answer<double> before = now_.attainment_before_rules();
    const bool is_mean = plan_.aggregate.kind == aggregation::weighted_mean;
    const std::string by = is_mean ? std::string() : " by " + std::string(in_words(plan_.aggregate.kind));
    step_working working = before.has_value() ? aggregated(all_.attainment) : step_working{};
    found_.attainment = to_.add_answer(step_kind::roll_up, is_mean ? "U2" : "U10",
                                       "attainment" + by + (plan_.rule_count > 0 ? " before rules: " : ": ") + shown(before),
                                       before, working.how, std::move(working.inputs));
    rules_on_the_score();
    const answer<double> expected = now_.expected();
    working = expected.has_value() ? expected_working(*expected) : step_working{};
    found_.expected = to_.add_answer(step_kind::expected, "U2", "expected: " + shown(expected), expected, working.how,
                                     std::move(working.inputs));
    if (result_.scored) {
      found_.score = to_.add_aside(step_kind::score, "S11d", "score of the method", result_.method_score,
                                   step_operation::weighted_mean, all_.score);
    }
  }

  // Under `worst` that of the child that has come least far (rule U2b).
  step_working expected_working(double expected) const {
    if (plan_.aggregate.kind != aggregation::worst) return aggregated(all_.expected);
    for (std::size_t i = 0; i < all_.expected.size(); ++i) {
      if (all_.expected[i].value == expected && all_.attainment[i].value == result_worst())
        return {step_operation::take, {all_.expected[i]}};
    }
    return {};
  }
  double result_worst() const { return now_.attainment_before_rules().value_or(0); }

  void rules_on_the_score() {
    if (plan_.rule_count == 0) return;
    const node_rules rules(from_, cell_, data_.cells, data_.by.get());
    std::optional<std::size_t> score = found_.attainment;
    std::uint32_t number = 0;
    for (const fired_rule& fired : now_.rules()) {
      while ((result_.fired >> number & 1u) == 0) ++number;
      const node_rule& rule = rules.rule(number++);
      step_working working;
      if (score) working = rule_working(rules, rule, *score);
      if (score) {
        score = to_.add(step_kind::rule, "U12", text_of(fired), *fired.score_after, working.how, std::move(working.inputs));
      } else {
        to_.add(step_kind::rule, "U12", text_of(fired));
      }
    }
    const answer<double> after = now_.attainment();
    found_.attainment =
        to_.add_answer(step_kind::roll_up, "U12", "attainment after rules: " + shown(after), after, step_operation::take,
                       score && after.has_value() ? std::vector{to_.input("score", *score)} : std::vector<step_input>{});
  }

  static std::string text_of(const fired_rule& fired) {
    const rule_spec& rule = *fired.rule;
    std::string text = (rule.name.empty() ? "" : rule.name + ", ") + in_words(to_string(rule.effect));
    if (fired.score_before.has_value()) text += ": score " + percent(*fired.score_before) + " to " + percent(*fired.score_after);
    const std::string before = in_words(fired.status_before);
    const std::string after = in_words(fired.status_after);
    if (before != after) text += ", status " + before + " to " + after;
    return text;
  }

  step_working rule_working(const node_rules& rules, const node_rule& rule, std::size_t score) {
    const step_input before = to_.input("before", score);
    const rule_spec& spec = rule.spec;
    switch (spec.effect) {
      case rule_effect::veto:
        return {step_operation::take, {{"score", spec.score.value_or(0)}}};
      case rule_effect::ceiling:
        return {step_operation::least, {before, {"ceiling", *spec.score}}};
      case rule_effect::deduction:
        return {step_operation::deduct, {before, size_of(rules, rule), {"floor", spec.score.value_or(0)}}};
      case rule_effect::bonus: {
        std::vector<step_input> inputs{before, size_of(rules, rule)};
        if (spec.score) inputs.push_back({"cap", *spec.score});
        return {step_operation::add_up_to, std::move(inputs)};
      }
      case rule_effect::grade_ceiling:
      case rule_effect::fail:
      case rule_effect::worst_status:
        break;
    }
    return {step_operation::take, {before}};
  }

  // What a deduction takes or a bonus gives.
  step_input size_of(const node_rules& rules, const node_rule& rule) {
    const double size = rules.size_of(rule);
    const std::vector<double> units = rules.units_of(rule);
    if (!rule.spec.per_unit) {
      const double points = rule.spec.points.value_or(0);
      if (size == points) return {"points", points};
      return to_.input("points", to_.add_aside(step_kind::rule, "U12", "points", size, step_operation::least,
                                               {{"points", points}, {"most", *rule.spec.most}}));
    }
    double all = 0;
    std::vector<step_input> inputs;
    for (const double unit : units) {
      inputs.push_back({"units", unit});
      all += unit;
    }
    const std::size_t sum = to_.add_aside(step_kind::rule, "U12", "units", all, step_operation::sum, std::move(inputs));
    const std::size_t points = to_.add_aside(step_kind::rule, "U12", "points", *rule.spec.per_unit * all, step_operation::product,
                                             {{"per unit", *rule.spec.per_unit}, to_.input("units", sum)});
    if (!rule.spec.most) return to_.input("points", points);
    return to_.input("points", to_.add_aside(step_kind::rule, "U12", "points, at most", size, step_operation::least,
                                             {to_.input("points", points), {"most", *rule.spec.most}}));
  }

  // -- holds, coverage, bounds (rules U3, U6) -------------------------------------------------------

  static double weighted(const std::vector<step_input>& inputs) {
    double sum = 0;
    for (const step_input& input : inputs) sum += *input.weight * input.value;
    return sum;
  }

  step_working share_of(const char* a, std::vector<step_input> part, const char* b, std::vector<step_input> whole) {
    const double of_part = weighted(part);
    const double of_whole = weighted(whole);
    const std::size_t first = to_.add_aside(step_kind::coverage, "U6", a, of_part, step_operation::weighted_sum, std::move(part));
    const std::size_t second =
        to_.add_aside(step_kind::coverage, "U6", b, of_whole, step_operation::weighted_sum, std::move(whole));
    if (of_whole == 0) return {step_operation::given, {to_.input(a, first), to_.input(b, second)}};
    return {step_operation::quotient, {to_.input(a, first), to_.input(b, second)}};
  }

  void holds_and_coverage() {
    if (result_.hold_missing == 0) {
      step_working held = share_of("weight that holds", all_.held, "weight of holds", all_.holds);
      to_.add(step_kind::roll_up, "U3", "share of holds that hold: " + percent(result_.hold_share), result_.hold_share, held.how,
              std::move(held.inputs));
    }
    step_working covered = share_of("answered weight", all_.answered, "due weight", all_.due);
    found_.coverage = to_.add(step_kind::coverage, "U6", "answered share of what is due: " + percent(result_.coverage),
                              result_.coverage, covered.how, std::move(covered.inputs));
  }

  void bounds() {
    if (result_.bounds_missing != 0) return;
    step_working low = aggregated(all_.lower);
    step_working high = aggregated(all_.upper);
    // A penalty may grow with the score (rule U10a): then the smaller comes first.
    const bool swapped =
        plan_.aggregate.kind == aggregation::penalised_mean && *aggregate_of(all_.lower) > *aggregate_of(all_.upper);
    if (swapped) std::swap(low, high);
    const std::size_t lower =
        to_.add_aside(step_kind::roll_up, "U6", "with everything missing at 0", result_.lower, low.how, std::move(low.inputs));
    const std::size_t upper =
        to_.add_aside(step_kind::roll_up, "U6", "with everything missing at 1", result_.upper, high.how, std::move(high.inputs));
    explanation_step& step = to_.add(step_kind::roll_up, "U6", "");
    step.text = "with everything missing at 0 and at 1: " + percent(result_.lower) + " to " + percent(result_.upper);
    step.inputs = {to_.input("lower", lower), to_.input("upper", upper)};
  }

  std::optional<double> aggregate_of(const std::vector<step_input>& inputs) const {
    std::vector<double> scores;
    std::vector<double> weights;
    for (const step_input& input : inputs) {
      scores.push_back(input.value);
      weights.push_back(*input.weight);
    }
    aggregator bare = plan_.aggregate;
    bare.floor.reset();
    return aggregate(bare, scores, weights).value_or(0);
  }

  const evaluation_data& data_;
  const compiled& from_;
  std::uint32_t cell_;
  const node_plan& plan_;
  const node_result& result_;
  std::shared_ptr<const evaluation_data> same_;
  project_result now_;
  step_list to_;
  columns all_;
  double failing_ = 0;
  node_steps found_;
};

inline explanation explain_node(const evaluation_data& data, std::uint32_t node_cell) {
  return node_explainer(data, node_cell).run();
}

}  // namespace attain::inline v0::detail
