#pragma once

/** Interprets a method (rules S): from the facts and quantities of a cell to a state and a score, or to no answer.

  The default method is data like any other (`model/built_in_methods.hpp`). A method of the user judges whole columns
  (`engine/custom.hpp`). Pure functions; nothing throws.
*/

#include <attain/core/config.hpp>
#include <attain/judge/impl/bands.hpp>
#include <attain/judge/verdict.hpp>
#include <attain/model/built_in_methods.hpp>
#include <attain/model/method.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>

namespace attain::inline v0 {

/// The quantities that most methods cut; none where there is no answer.
struct judged_quantities {
  std::optional<double> gap{};
  std::optional<double> attainment{};
  std::optional<double> pace{};

  quantity_value operator()(quantity what) const noexcept;
};

/// The state of a band list; an edge is compared with tolerance 1e-9·|edge| (rule B2).
std::uint8_t band_of(const band_list& list, const quantity_value& of) noexcept;
std::uint8_t band_of(const band_list& list, std::optional<double> value) noexcept;

/// A value as a band list cuts it: state, score and reason.
verdict cut(const band_list& list, const quantity_value& of) noexcept;

namespace detail {

/// Whether the conditions of a rule hold, besides its facts; then what it decides is in @p decided.
template <class MeasureOf>
bool decides(const method_spec& method, std::size_t number, const MeasureOf& measure_of, verdict& decided) {
  const method_rule& rule = method.rules[number];
  for (const condition& asked : rule.where) {
    const quantity_value m = measure_of(asked.quantity);
    if (m.missing != 0 || !is_past(m.value, asked.edge, asked.closed)) return false;
  }
  if (rule.outcome == outcome::bands) {
    const band_list& list = method.band_lists[rule.index];
    decided = cut_by(list, measure_of(list.quantity));
  } else if (rule.outcome == outcome::state) {
    decided.state = static_cast<std::uint8_t>(rule.index);
    decided.scored = rule.score.has_value();
    decided.score = rule.score.value_or(0);
  }
  decided.rule = static_cast<std::uint8_t>(number);
  return true;
}

}  // namespace detail

/** The first rule whose facts and conditions all hold; @p measure_of gives a `quantity_value` for a quantity, and is asked for no
   more than the rules need. */
template <class MeasureOf>
verdict judge(const method_spec& method, std::uint16_t facts, const MeasureOf& measure_of) {
  verdict decided;
  for (std::size_t i = 0; i < method.rules.size(); ++i) {
    const std::uint16_t asked = method.rules[i].facts;
    if ((facts & asked) == asked && detail::decides(method, i, measure_of, decided)) break;
  }
  return decided;
}

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/judge/impl/method.ipp>
#endif
