#pragma once

// What the parts of an explanation share: the cell that is explained, and the steps written so far.

#include <attain/engine/evaluation.hpp>
#include <attain/engine/explain.hpp>
#include <attain/engine/impl/explain_words.hpp>
#include <attain/engine/read.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

/// How a number comes about.
struct step_working {
  step_operation how = step_operation::given;
  std::vector<step_input> inputs{};
};

/// Steps in the order in which they were found.
class step_list {
 public:
  explanation out;

  explanation_step& add(step_kind kind, std::string rule, std::string text) {
    explanation_step& step = out.steps.emplace_back();
    step.kind = kind;
    step.rule = std::move(rule);
    step.text = std::move(text);
    return step;
  }

  /// A step that came to a number.
  std::size_t add(step_kind kind, std::string rule, std::string text, double value, step_operation how = step_operation::given,
                  std::vector<step_input> inputs = {}) {
    explanation_step& step = add(kind, std::move(rule), std::move(text));
    step.value = value;
    step.operation = how;
    step.inputs = std::move(inputs);
    return out.steps.size() - 1;
  }

  /// The same, in the data only.
  std::size_t add_aside(step_kind kind, std::string rule, std::string text, double value,
                        step_operation how = step_operation::given, std::vector<step_input> inputs = {}) {
    const std::size_t made = add(kind, std::move(rule), std::move(text), value, how, std::move(inputs));
    out.steps[made].aside = true;
    return made;
  }

  /// A step that came to a number, or to none for a reason; none then.
  std::optional<std::size_t> add_answer(step_kind kind, std::string rule, std::string text, const answer<double>& value,
                                        step_operation how, std::vector<step_input> inputs) {
    if (value.has_value()) return add(kind, std::move(rule), std::move(text), *value, how, std::move(inputs));
    explanation_step& step = add(kind, std::move(rule), std::move(text));
    step.missing = value.why();
    step.inputs = std::move(inputs);
    return std::nullopt;
  }

  /// What an earlier step came to, as an input. Precondition: it has a value.
  step_input input(std::string name, std::size_t step) const {
    return {std::move(name), *out.steps[step].value, std::nullopt, step};
  }
  step_input weighed(std::string name, std::size_t step, std::optional<double> weight) const {
    return {std::move(name), *out.steps[step].value, weight, step};
  }
  /// The same, or the number itself where no step came to it.
  step_input input(std::string name, std::optional<std::size_t> step, double otherwise) const {
    if (step && out.steps[*step].value == otherwise) return input(std::move(name), *step);
    return {std::move(name), otherwise};
  }

  std::size_t size() const noexcept { return out.steps.size(); }
  explanation_step& operator[](std::size_t step) noexcept { return out.steps[step]; }
};

/// Steps that later ones refer to; none where there is no such number.
struct found_steps {
  std::optional<std::size_t> reading{}, baseline{}, goal{}, reached{}, attainment{}, expected{}, gap{};
};

/// The cell that is explained, with what it was read from.
struct explained_cell {
  const evaluation_data& data;
  const compiled& from;
  std::uint32_t cell;
  const target_plan& target;
  const programme& plan;
  const target_spec& spec;
  const indicator_spec& indicator;
  const reading_key& key;
  std::int32_t day;
  reader readings;       ///< of the key
  cell_reading reading;  ///< of the cell

  explained_cell(const evaluation_data& of, std::uint32_t number)
      : data(of),
        from(*of.compiled),
        cell(number),
        target(from.cells.targets[from.cells.target_of[number]]),
        plan(of.plan.programmes()[target.programme]),
        spec(*plan.targets()[target.target].spec),
        indicator(plan.indicators()[plan.targets()[target.target].indicator]),
        key(from.readings.keys[target.key]),
        day((std::min)(of.as_of.days(), target.due)),
        readings(from) {
    readings.read(target.key, day);
    reading = readings.at(reading_cell());
  }

  std::uint32_t reading_cell() const noexcept { return from.cells.reading[cell]; }
  std::uint32_t place() const noexcept { return from.cells.place[cell]; }
  const cell_goal& goal() const noexcept { return from.cells.goal[cell]; }
  const std::string& place_name(std::uint32_t of) const { return plan.places()[of].id; }
  std::string amount(double x) const { return amount_text(indicator, x); }
  std::int32_t known() const noexcept {
    return from.known_at ? from.known_at->days() : (std::numeric_limits<std::int32_t>::max)();
  }
  target_result result() const {
    return {std::shared_ptr<const evaluation_data>(std::shared_ptr<const evaluation_data>(), &data), cell};
  }
};

}  // namespace attain::inline v0::detail
