#pragma once

// A target at a place, explained from its entries to its status.

#include <attain/engine/impl/explain_attainment.hpp>
#include <attain/engine/impl/explain_checks.hpp>
#include <attain/engine/impl/explain_entries.hpp>
#include <attain/engine/impl/explain_reading.hpp>
#include <attain/engine/impl/explain_status.hpp>
#include <attain/engine/impl/explained_cell.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace attain::inline v0::detail {

// The places within, where they make up the reading (rule R9).
inline void explain_places_within(const explained_cell& of, step_list& to) {
  const compiled_readings& r = of.from.readings;
  const std::uint32_t cell = of.reading_cell();
  if (of.reading.missing != 0 || of.readings.columns().own[cell - of.key.first_cell] != 0) return;
  for (std::uint32_t child = r.child_begin[cell]; child < r.child_begin[cell] + r.child_count[cell]; ++child) {
    const cell_reading within = of.readings.at(child);
    const std::string where = of.place_name(r.place[child]) + ": ";
    explanation_step& step =
        to.add(step_kind::child, "R9", where + (within.missing == 0 ? of.amount(within.amount.low) : because(within.missing)));
    if (within.missing == 0) {
      step.value = within.amount.low;
    } else {
      step.missing = static_cast<reason>(within.missing);
    }
    step.inputs = {{"share", r.share[child]}};
  }
}

// Of a recurring target the amount of the whole window, beside the periods that are judged.
inline std::optional<std::size_t> explain_reading(const explained_cell& of, reading_explainer& readings, step_list& to) {
  explain_places_within(of, to);
  const bool has_amount = of.reading.missing == 0;
  const answer<double> whole = has_amount ? answer<double>(of.reading.amount.low) : static_cast<reason>(of.reading.missing);
  const answer<double> value = of.target.judging == judging::once ? of.result().reading() : whole;
  step_working working;
  if (has_amount && value.has_value()) working = readings.of(of.target.key, of.reading_cell(), of.day, *value, false);
  static constexpr const char* rules[] = {"R4", "R5", "R6", "R7", "A9", "R14", "R7"};
  std::string text = "reading: " + (value.has_value() ? of.amount(*value) : "none, " + in_words(value.why()));
  if (has_amount) text += " (as of " + to_string(date::from_days(of.reading.data_day)) + ")";
  const auto step = to.add_answer(step_kind::reading, rules[static_cast<std::size_t>(of.indicator.kind)], std::move(text), value,
                                  working.how, std::move(working.inputs));
  if (has_amount && !of.key.immediate) {
    to.add(step_kind::coverage, "R8", "covered share of its time and places: " + percent(of.reading.covered), of.reading.covered);
  }
  return step;
}

inline explanation explain_cell(const evaluation_data& data, std::uint32_t cell) {
  const explained_cell of(data, cell);
  step_list to;
  to.out.subject = of.spec.id + " at " + of.place_name(of.place()) + " as of " + to_string(data.as_of);
  entry_explainer entries(of, to);
  entries.list();
  reading_explainer readings(of, entries, to);
  attainment_explainer attainment(of, readings, to);
  attainment.found.reading = explain_reading(of, readings, to);
  attainment.run();
  const std::size_t row = of.reading_cell() - of.key.first_cell;
  entries.finish(of.reading.missing == 0 && of.readings.columns().own[row] != 0);
  if (!of.target.reading_only) status_explainer(of, attainment.found, to).run();
  cell_checks(of, entries, to.out.findings).run();
  return std::move(to.out);
}

}  // namespace attain::inline v0::detail
