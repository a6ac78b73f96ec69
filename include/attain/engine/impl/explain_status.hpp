#pragma once

// Which rule of the method decided about a cell, and why (rules S).

#include <attain/engine/impl/explain_quantity.hpp>
#include <attain/engine/impl/explain_rules.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

class status_explainer {
 public:
  status_explainer(const explained_cell& of, const found_steps& found, step_list& to)
      : of_(of),
        method_(of.from.method(of.target.method, of.data.by.get())),
        to_(to),
        now_(of.result()),
        judged_(of.data.cells[of.cell]),
        quantities_(of, found, method_.spec, to),
        reached_(found.reached) {}

  void run() {
    if (needs_growth(method_.spec)) quantities_.tell_growth();
    std::vector<step_input> decided;
    const bool by_function = method_.function != nullptr;
    if (!by_function) decided = rules();
    const bool by_rule = !by_function && judged_.rule < method_.spec.rules.size();
    const std::string rule = by_rule ? method_.spec.rules[judged_.rule].name : std::string();
    const answer<status> state = now_.status();
    explanation_step& step = to_.add(step_kind::status, rule, text(state));
    step.operation = by_function ? step_operation::function : step_operation::first;
    step.inputs = std::move(decided);
    if (state.has_value()) {
      step.state = state->name();
    } else {
      step.missing = state.why();
    }
  }

 private:
  std::string text(const answer<status>& state) const {
    std::string text = (state.has_value() ? "status: " : "status: no answer, ") + in_words(state);
    if (now_.is_reversible()) text += "; until the next reading";
    if (now_.measured().has_value()) {
      const band_list& list = method_.spec.band_lists[method_.spec.rules[judged_.rule].index];
      text += "; " + in_words(list.quantity, *now_.measured());
    }
    if (now_.score().has_value()) text += "; score " + brief_text(*now_.score());
    return text + " (" + method_.spec.name + " " + std::to_string(method_.spec.version) + ")";
  }

  // What rules ask for: facts once each, then each rule up to the one that decided, and the bands of that.
  std::vector<step_input> rules() {
    std::vector<step_input> candidates;
    for (std::size_t i = 0; i < method_.spec.rules.size() && i <= judged_.rule; ++i) {
      const method_rule& rule = method_.spec.rules[i];
      std::vector<step_input> asked;
      for (std::size_t bit = 0; bit < fact_count; ++bit) {
        if ((rule.facts >> bit & 1u) != 0) asked.push_back(to_.input(std::string(fact_words[bit]), fact_step(bit)));
      }
      bool holds = (judged_.facts & rule.facts) == rule.facts;
      for (std::size_t c = 0; holds && c < rule.where.size(); ++c) {
        asked.push_back(condition_input(rule.where[c], rule.name));
        holds = asked.back().value == 1;
      }
      const std::size_t step = to_.add_aside(step_kind::rule, rule.name, holds ? "holds" : "does not hold", holds ? 1 : 0,
                                             step_operation::all, std::move(asked));
      if (rule.outcome == outcome::state) to_[step].state = method_.spec.states[rule.index].name;
      if (rule.outcome != outcome::bands) {
        candidates.push_back(to_.input(rule.name, step));
      } else if (holds) {
        const std::vector<step_input> bands = bands_of(rule);
        candidates.insert(candidates.end(), bands.begin(), bands.end());
      }
      if (holds && rule.score) give_score(rule.name, {step_operation::take, {{"score", *rule.score}}});
      if (holds) break;
    }
    return candidates;
  }

  step_input condition_input(const condition& asked, const std::string& rule) {
    const std::string name(to_string(asked.quantity));
    const std::optional<std::size_t> measured = quantities_.step_of(asked.quantity);
    if (!measured) return {name, 0};
    const std::string text =
        std::string(in_words(asked.quantity)) + (asked.closed ? " at or above " : " above ") + to_text(asked.edge);
    return to_.input(name,
                     add_edge(to_, step_kind::fact, rule, text, to_.input(name, *measured), {"edge", asked.edge}, asked.closed));
  }

  std::vector<step_input> bands_of(const method_rule& rule) {
    const band_list& list = method_.spec.band_lists[rule.index];
    const std::optional<std::size_t> measured = quantities_.step_of(list.quantity);
    const double scale = measured ? quantities_.scale_of(list.quantity) : 1;
    std::vector<step_input> bands = add_bands(to_, method_.spec, list, rule.name, measured, scale);
    if (measured) {
      if (const auto working = score_working(to_, list, *measured, scale)) give_score(rule.name, *working);
    }
    return bands;
  }

  void give_score(const std::string& rule, step_working working) {
    if (!now_.score().has_value()) return;
    to_.add_aside(step_kind::score, rule, "score of the method", *now_.score(), working.how, std::move(working.inputs));
  }

  // A fact that rules ask for, once; where days or the goal decide it, from them.
  std::size_t fact_step(std::size_t bit) {
    if (facts_[bit]) return *facts_[bit];
    const auto which = static_cast<fact>(1u << bit);
    const double holds = (judged_.facts >> bit & 1u) != 0 ? 1 : 0;
    const double as_of = of_.data.as_of.days();
    step_working working;
    if (which == fact::before_start) {
      working = {step_operation::below, {{"as of", as_of}, {"start", static_cast<double>(of_.target.start)}, {"tolerance", 0}}};
    } else if (which == fact::due) {
      working = {step_operation::at_least, {{"as of", as_of}, {"due", static_cast<double>(of_.target.due)}, {"tolerance", 0}}};
    } else if (which == fact::reached && reached_ && *to_[*reached_].value == holds) {
      working = {step_operation::take, {to_.input("reached", *reached_)}};
    }
    facts_[bit] = to_.add_aside(step_kind::fact, "", in_words(fact_words[bit]) + (holds == 1 ? ": yes" : ": no"), holds,
                                working.how, std::move(working.inputs));
    return *facts_[bit];
  }

  const explained_cell& of_;
  const used_method& method_;
  step_list& to_;
  target_result now_;
  cell_result judged_;
  quantity_explainer quantities_;
  std::optional<std::size_t> reached_;
  std::optional<std::size_t> facts_[fact_count]{};
};

}  // namespace attain::inline v0::detail
