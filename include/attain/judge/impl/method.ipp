#pragma once

#include <attain/judge/method.hpp>

#include <array>
#include <cmath>

namespace attain::inline v0 {

ATTAIN_INLINE const method_spec& time_proportional() {
  enum : std::size_t { met, on_track, at_risk, behind, missed, not_due };
  enum : std::size_t { by_gap, by_shortfall };
  static const method_spec method{
      .name = "time_proportional",
      .version = 1,
      .source = "semantics, section S; thresholds of the attain project",
      .states = {{"met", role::met},
                 {"on_track", role::on_track},
                 {"at_risk", role::at_risk},
                 {"behind", role::behind},
                 {"missed", role::missed},
                 {"not_due", role::not_due}},
      .rules = {{"S1", all_of(fact::not_applicable), outcome::no_answer, 0},
                {"S2", all_of(fact::before_start), outcome::state, not_due},
                {"S3", all_of(fact::reached_for_good), outcome::state, met},
                {"S4", all_of(fact::out_of_reach), outcome::state, missed},
                {"S5", all_of(fact::due, fact::covers_due, fact::reached), outcome::state, met},
                {"S5", all_of(fact::due, fact::covers_due), outcome::state, missed},
                {"S5", all_of(fact::due), outcome::no_answer, 0},
                {"S6", all_of(fact::nothing_expected), outcome::state, not_due},
                {"S7", all_of(fact::unreadable), outcome::no_answer, 0},
                {"S8", all_of(fact::reached_reversibly), outcome::state, met},
                {"S9", all_of(fact::hold, fact::reached), outcome::state, on_track},
                {"S9", all_of(fact::hold), outcome::bands, by_shortfall},
                {"S10", all_of(fact::without_attainment), outcome::no_answer, 0},
                {"S11", 0, outcome::bands, by_gap}},
      .band_lists = {{quantity::gap, {{-0.05, true, on_track}, {-0.15, true, at_risk}}, behind},
                     {quantity::attainment, {{0.95, true, at_risk}}, behind}},
      .node_bands = by_gap,
      .ceiling = at_risk,
  };
  return method;
}

ATTAIN_INLINE std::span<const std::string_view> method_names() noexcept {
  static constexpr std::array<std::string_view, 1> names{"time_proportional"};
  return names;
}

ATTAIN_INLINE const method_spec* find_method(std::string_view name) noexcept {
  return name == method_names()[0] ? &time_proportional() : nullptr;
}

ATTAIN_INLINE std::uint8_t band_of(const band_list& list, std::optional<double> value) noexcept {
  if (value) {
    for (const band_spec& band : list.bands) {
      const double tolerance = 1e-9 * std::abs(band.edge);
      const bool inside = band.closed ? *value >= band.edge - tolerance : *value > band.edge + tolerance;
      if (inside) return static_cast<std::uint8_t>(band.state);
    }
  }
  return static_cast<std::uint8_t>(list.below);
}

ATTAIN_INLINE verdict judge(const method_spec& method, std::uint16_t facts, const judged_quantities& of) noexcept {
  std::uint8_t number = 0;
  for (const method_rule& rule : method.rules) {
    if ((facts & rule.facts) != rule.facts) {
      ++number;
      continue;
    }
    if (rule.outcome == outcome::no_answer) return {no_state, number};
    if (rule.outcome == outcome::state) return {static_cast<std::uint8_t>(rule.index), number};
    const band_list& list = method.band_lists[rule.index];
    const std::optional<double> value = list.quantity == quantity::gap          ? of.gap
                                        : list.quantity == quantity::attainment ? of.attainment
                                                                                : of.pace;
    return {band_of(list, value), number};
  }
  return {};
}

}  // namespace attain::inline v0
