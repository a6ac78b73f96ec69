#pragma once

/** Interprets a method (rules S): from the facts and quantities of a cell to a state and a score, or to no answer.

  The default method is data like any other (`model/built_in_methods.hpp`). A method of the user judges whole columns
  (`engine/custom.hpp`). Pure functions; nothing throws.
*/

#include <attain/core/config.hpp>
#include <attain/model/built_in_methods.hpp>
#include <attain/model/method.hpp>

#include <cstdint>
#include <optional>

namespace attain::inline v0 {

/// Marks "no answer" among states.
inline constexpr std::uint8_t no_state = 0xFF;

/** A quantity of a cell, or the reason for having none.

  Edges and abscissae above 0 are multiplied by `scale`: near a natural limit less growth is asked for.
*/
struct quantity_value {
  double value = 0;
  double scale = 1;
  std::uint8_t missing = 0;  ///< a `reason`, 0 with a value
};

/// The quantities that most methods cut; none where there is no answer.
struct judged_quantities {
  std::optional<double> gap{};
  std::optional<double> attainment{};
  std::optional<double> pace{};

  quantity_value operator()(quantity what) const noexcept;
};

/// What a method said, and by which of its rules.
struct verdict {
  std::uint8_t state = no_state;
  std::uint8_t rule = 0;
  std::uint8_t missing = 0;  ///< the reason of a quantity that the deciding bands could not cut
  bool measured = false;     ///< bands decided
  bool scored = false;
  double value = 0;  ///< of the quantity that they cut
  double score = 0;
};

/// Whether a value is at or above an edge, or above it only, with tolerance 1e-9·|edge| (rule B2).
constexpr bool is_past(double value, double edge, bool closed) noexcept {
  const double tolerance = 1e-9 * (edge < 0 ? -edge : edge);
  return closed ? value >= edge - tolerance : value > edge + tolerance;
}

/// The state of a band list; an edge is compared with tolerance 1e-9·|edge| (rule B2).
std::uint8_t band_of(const band_list& list, const quantity_value& of) noexcept;
std::uint8_t band_of(const band_list& list, std::optional<double> value) noexcept;

/// The score of a value: linear between points, flat beyond the ends; none of a list without points.
std::optional<double> score_of(const band_list& list, const quantity_value& of) noexcept;

/// A value as a band list cuts it: state, score and reason.
verdict cut(const band_list& list, const quantity_value& of) noexcept;

/** The first rule whose facts and conditions all hold; @p measure_of gives a `quantity_value` for a quantity, and is asked for no
   more than the rules need. */
template <class MeasureOf>
verdict judge(const method_spec& method, std::uint16_t facts, const MeasureOf& measure_of) {
  std::uint8_t number = 0;
  for (const method_rule& rule : method.rules) {
    bool holds = (facts & rule.facts) == rule.facts;
    for (std::size_t c = 0; holds && c < rule.where.size(); ++c) {
      const condition& asked = rule.where[c];
      const quantity_value m = measure_of(asked.quantity);
      holds = m.missing == 0 && is_past(m.value, asked.edge, asked.closed);
    }
    if (!holds) {
      ++number;
      continue;
    }
    verdict decided;
    if (rule.outcome == outcome::bands) {
      const band_list& list = method.band_lists[rule.index];
      decided = cut(list, measure_of(list.quantity));
    } else if (rule.outcome == outcome::state) {
      decided.state = static_cast<std::uint8_t>(rule.index);
      decided.scored = rule.score.has_value();
      decided.score = rule.score.value_or(0);
    }
    decided.rule = number;
    return decided;
  }
  return {};
}

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/judge/impl/method.ipp>
#endif
