#pragma once

// The status of a node: each case of section S up to the one that decides, the ceiling, and what rules made of it.

#include <attain/engine/impl/explain_rules.hpp>
#include <attain/engine/impl/explained_cell.hpp>
#include <attain/engine/impl/node_costs.hpp>
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

/// Steps of a node that its status refers to; none where there is no such number.
struct node_steps {
  std::optional<std::size_t> attainment{}, expected{}, score{};
  std::size_t coverage = 0;
};

class node_status_explainer {
 public:
  /// @p failing is the number of direct children that are missed or behind.
  node_status_explainer(const std::shared_ptr<const evaluation_data>& data, std::uint32_t node_cell, double failing,
                        const node_steps& found, step_list& to)
      : data_(*data),
        from_(*data->compiled),
        cell_(node_cell),
        plan_(from_.nodes.plans[from_.nodes.plan[node_cell]]),
        method_(from_.method(plan_.method, data->by.get()).spec),
        result_(data->nodes[node_cell]),
        now_(data, node_cell),
        failing_(failing),
        found_(found),
        to_(to) {}

  void run() {
    // Latest first: what rules did to the state, the ceiling, and the state before.
    std::vector<step_input> candidates = cases();
    if (result_.capped) {
      const std::size_t failing =
          condition("a missed or late child of a project", plan_.is_project && failing_ > 0, step_operation::above,
                    {{"failing", plan_.is_project ? failing_ : 0.0}, {"none", 0}, {"tolerance", 0}});
      const std::size_t unmet =
          condition("a hold that does not hold", result_.leaves.unmet_holds > 0, step_operation::above,
                    {{"unmet holds", static_cast<double>(result_.leaves.unmet_holds)}, {"none", 0}, {"tolerance", 0}});
      const std::size_t step =
          to_.add(step_kind::ceiling, "S", "a missed or late child, or a hold that does not hold, sets the ceiling", 1,
                  step_operation::any, {to_.input("failing", failing), to_.input("unmet holds", unmet)});
      to_[step].state = method_.states[*method_.ceiling].name;
      candidates.insert(candidates.begin(), to_.input("ceiling", step));
    }
    put_rules_in_front(candidates);
    const answer<status> decided = now_.status();
    explanation_step& last =
        to_.add(step_kind::status, "S", (decided.has_value() ? "status: " : "status: no answer, ") + in_words(decided));
    last.operation = step_operation::first;
    last.inputs = std::move(candidates);
    if (decided.has_value()) {
      last.state = decided->name();
    } else {
      last.missing = decided.why();
    }
  }

 private:
  std::size_t condition(const char* text, bool holds, step_operation how, std::vector<step_input> inputs) {
    return to_.add_aside(step_kind::rule, "S", text, holds ? 1 : 0, how, std::move(inputs));
  }

  // Each case in its order, up to the one that decides; the state it gives, none for no answer.
  std::vector<step_input> cases() {
    std::vector<step_input> candidates;
    const leaf_counts& n = result_.leaves;
    const step_input all{"targets", static_cast<double>(n.all)};
    const auto decides = [&](std::size_t step, std::string state) {
      to_[step].state = std::move(state);
      candidates.push_back(to_.input(to_[step].text, step));
      return *to_[step].value == 1;
    };
    const auto name_of = [&](role means) {
      for (const state_spec& s : method_.states) {
        if (s.role == means) return s.name;
      }
      return std::string();
    };
    const auto count = [](std::int32_t number) { return static_cast<double>(number); };
    if (decides(condition("no applicable target", n.all == 0, step_operation::equal, {all, {"none", 0}}), "")) return candidates;
    if (!method_.deadlines) {
      if (method_.all_met) {
        const std::vector<step_input> judged{{"met", count(n.met)}, {"judged", count(n.judged)}};
        const std::size_t same = condition("all judged are met", n.met == n.judged, step_operation::equal, judged);
        const std::size_t some = condition("some are judged", n.judged > 0, step_operation::above,
                                           {{"judged", count(n.judged)}, {"none", 0}, {"tolerance", 0}});
        const bool holds = n.judged > 0 && n.met == n.judged;
        if (decides(condition("all met", holds, step_operation::all, {to_.input("same", same), to_.input("some", some)}),
                    method_.states[*method_.all_met].name))
          return candidates;
      }
      append_bands(candidates);
      return candidates;
    }
    if (decides(condition("all not due", n.not_due == n.all, step_operation::equal, {{"not due", count(n.not_due)}, all}),
                name_of(role::not_due)))
      return candidates;
    const double least = plan_.minimum_coverage;
    if (decides(condition("coverage under the minimum", result_.coverage < least - 1e-9, step_operation::below,
                          {to_.input("coverage", found_.coverage), {"minimum", least}, {"tolerance", 1e-9}}),
                ""))
      return candidates;
    if (decides(condition("all met", n.met == n.all, step_operation::equal, {{"met", count(n.met)}, all}), name_of(role::met)))
      return candidates;
    const double as_of = data_.as_of.days();
    const std::size_t due =
        plan_.declared_due
            ? condition("due", as_of >= *plan_.declared_due, step_operation::at_least,
                        {{"as of", as_of}, {"due", static_cast<double>(*plan_.declared_due)}, {"tolerance", 0}})
            : condition("due", n.running == 0, step_operation::equal, {{"running", count(n.running)}, {"none", 0}});
    const bool is_due = *to_[due].value == 1;
    const std::size_t missed = condition("some missed", n.missed > 0, step_operation::above,
                                         {{"missed", count(n.missed)}, {"none", 0}, {"tolerance", 0}});
    const std::size_t due_and_missed = condition("due, some missed", is_due && n.missed > 0, step_operation::all,
                                                 {to_.input("due", due), to_.input("missed", missed)});
    if (decides(due_and_missed, name_of(role::missed))) return candidates;
    if (decides(due, "")) return candidates;
    if (found_.attainment) {
      append_bands(candidates);
      return candidates;
    }
    const bool all_hold = n.unmet_holds == 0 || !method_.ceiling;
    const std::size_t hold =
        to_.add_aside(step_kind::rule, "S", all_hold ? "no progress below, all hold" : "no progress below, some do not hold", 1);
    decides(hold, all_hold ? name_of(role::on_track) : method_.states[*method_.ceiling].name);
    return candidates;
  }

  void append_bands(std::vector<step_input>& candidates) {
    const std::vector<step_input> bands = bands_of(method_.node_bands);
    const std::optional<std::size_t> costs = cost_bands(method_);
    if (!costs || *costs == method_.node_bands) {
      candidates.insert(candidates.end(), bands.begin(), bands.end());
      return;
    }
    // The worse of two states; without one of them there is none.
    const std::optional<step_input> one = ranked(bands);
    const std::optional<step_input> other = ranked(bands_of(*costs));
    if (!one || !other) return;
    const std::size_t step = to_.add_aside(step_kind::band, "S", "the worse of both", 1, step_operation::worst, {*one, *other});
    to_[step].state = (one->value >= other->value ? *one : *other).name;
    candidates.push_back(to_.input(to_[step].state, step));
  }

  std::vector<step_input> bands_of(std::size_t list) {
    const band_list& bands = method_.band_lists[list];
    return add_bands(to_, method_, bands, "S", measured(bands.quantity), 1);
  }

  // The state that bands give, as a step whose value says how bad it is: 0 met to 4 missed.
  std::optional<step_input> ranked(std::vector<step_input> bands) {
    if (bands.empty() || bands.back().value != 1) return std::nullopt;
    const std::string name = bands.back().name;
    const auto found =
        std::find_if(method_.states.begin(), method_.states.end(), [&](const state_spec& s) { return s.name == name; });
    const std::size_t step = to_.add_aside(step_kind::band, "S", in_words(*found), static_cast<double>(found->role),
                                           step_operation::first, std::move(bands));
    to_[step].state = name;
    return to_.input(name, step);
  }

  // The quantity that the bands of a node cut.
  std::optional<std::size_t> measured(quantity what) {
    const auto costs = what == quantity::cpi ? costs_of(from_, data_.cells, cell_, data_.by.get()) : std::nullopt;
    const quantity_value value = measure_of(result_, what, costs ? costs->index(cell_) : quantity_value{});
    if (value.missing != 0) return std::nullopt;
    const std::string name(in_words(what));
    const auto two = [&](step_operation how) {
      return to_.add_aside(step_kind::quantity, "S", name, value.value, how,
                           {to_.input("attainment", found_.attainment, result_.attainment),
                            to_.input("expected", found_.expected, result_.expected)});
    };
    if (what == quantity::cpi) {
      const std::size_t earned = to_.add_aside(step_kind::quantity, "EV", "earned value of what has costs", costs->earned(cell_));
      const std::size_t spent = to_.add_aside(step_kind::quantity, "AC", "money spent", costs->spent(cell_));
      return to_.add_aside(step_kind::quantity, "CPI", name, value.value, step_operation::quotient,
                           {to_.input("earned", earned), to_.input("spent", spent)});
    }
    if (what == quantity::score) return found_.score;
    if (what == quantity::gap) return two(step_operation::difference);
    if (what == quantity::attainment) return found_.attainment;
    return two(step_operation::quotient);
  }

  // A rule that fired and gave another state (rule U12).
  void put_rules_in_front(std::vector<step_input>& candidates) {
    const std::vector<fired_rule> rules = now_.rules();
    for (std::size_t i = 0; i < rules.size(); ++i) {
      if (!rules[i].status_after.has_value() || rules[i].status_after == rules[i].status_before) continue;
      const std::string effect(to_string(rules[i].rule->effect));
      const std::size_t step = to_.add_aside(step_kind::rule, "U12", in_words(effect), 1);
      to_[step].state = rules[i].status_after->name();
      candidates.insert(candidates.begin(), to_.input(effect, step));
    }
  }

  const evaluation_data& data_;
  const compiled& from_;
  std::uint32_t cell_;
  const node_plan& plan_;
  const method_spec& method_;
  const node_result& result_;
  project_result now_;
  double failing_;
  const node_steps& found_;
  step_list& to_;
};

}  // namespace attain::inline v0::detail
