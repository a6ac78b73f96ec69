#pragma once

// How a method came to a state: its rules up to the one that decided, and the bands that cut a quantity.

#include <attain/engine/impl/explained_cell.hpp>
#include <attain/judge/method.hpp>
#include <attain/model/words.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

/// Whether a quantity is at or above an edge, as a step.
inline std::size_t add_edge(step_list& to, step_kind kind, const std::string& rule, std::string text, const step_input& measured,
                            const step_input& edge, bool closed) {
  const double tolerance = 1e-9 * std::abs(edge.value);
  return to.add_aside(kind, rule, std::move(text), is_past(measured.value, edge.value, closed) ? 1 : 0,
                      closed ? step_operation::at_least : step_operation::above, {measured, edge, {"tolerance", tolerance}});
}

/** The bands of a list from the top down to the one that holds; each gives its state.

  @p measured is the step of the quantity, none where it has no answer.
*/
inline std::vector<step_input> add_bands(step_list& to, const method_spec& method, const band_list& list, const std::string& rule,
                                         std::optional<std::size_t> measured, double scale) {
  std::vector<step_input> held;
  const auto give = [&](std::size_t step, std::size_t state) {
    to[step].state = method.states[state].name;
    held.push_back(to.input(method.states[state].name, step));
    return *to[step].value == 1;
  };
  if (measured) {
    step_input value = to.input(std::string(to_string(list.quantity)), *measured);
    if (list.decimals) {
      const double decimals = *list.decimals;
      const std::size_t step = to.add_aside(step_kind::quantity, rule, "rounded", rounded(value.value, *list.decimals),
                                            step_operation::round_half_up, {value, {"decimals", decimals}});
      value = to.input(value.name, step);
    }
    for (const band_spec& band : list.bands) {
      step_input edge{"edge", band.edge};
      if (scale != 1 && band.edge > 0) {
        const std::size_t scaled_edge = to.add_aside(step_kind::quantity, rule, "edge near the limit", band.edge * scale,
                                                     step_operation::product, {edge, {"limit factor", scale}});
        edge = to.input("edge", scaled_edge);
      }
      const std::string text = std::string(band.closed ? "at or above " : "above ") + to_text(band.edge);
      if (give(add_edge(to, step_kind::band, rule, text, value, edge, band.closed), band.state)) return held;
    }
  } else if (!list.below_without_answer) {
    return held;
  }
  give(to.add_aside(step_kind::band, rule, "below", 1), list.below);
  return held;
}

/// The score of a list at a value: between which points it lies.
inline std::optional<step_working> score_working(const step_list& to, const band_list& list, std::size_t measured, double scale) {
  if (list.score.empty()) return std::nullopt;
  const double value = *to.out.steps[measured].value;
  const score_point* before = nullptr;
  for (const score_point& point : list.score) {
    const double at = scaled(point.at, scale);
    if (value < at) {
      if (before == nullptr) return step_working{step_operation::take, {{"score", point.score}}};
      return step_working{step_operation::line,
                          {to.input("value", measured),
                           {"from", scaled(before->at, scale)},
                           {"from_score", before->score},
                           {"to", at},
                           {"to_score", point.score}}};
    }
    before = &point;
  }
  return step_working{step_operation::take, {{"score", before->score}}};
}

}  // namespace attain::inline v0::detail
