#pragma once

/** Interprets a method (rules S): from the facts and quantities of a cell to a state, or to no answer.

  The default method is data like any other; `method_of` finds the built-in ones by name. A method of the user judges whole
  columns
  (`engine/custom.hpp`).
*/

#include <attain/core/config.hpp>
#include <attain/model/method.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace attain::inline v0 {

/// `time_proportional`, version 1: attainment against the share of time that has passed (序时进度). Thresholds are ours, not law.
const method_spec& time_proportional();

/// A built-in method by name, none if there is no such.
const method_spec* find_method(std::string_view name) noexcept;
std::span<const std::string_view> method_names() noexcept;

/// Marks "no answer" among states.
inline constexpr std::uint8_t no_state = 0xFF;

/// The quantities of a cell that bands can cut; none where there is no answer.
struct judged_quantities {
  std::optional<double> gap{};
  std::optional<double> attainment{};
  std::optional<double> pace{};
};

/// What a method said, and by which of its rules.
struct verdict {
  std::uint8_t state = no_state;
  std::uint8_t rule = 0;
};

/// The first rule whose facts all hold. Every method ends with a rule without facts.
verdict judge(const method_spec& method, std::uint16_t facts, const judged_quantities& of) noexcept;

/// The state of a band list; an edge is compared with tolerance 1e-9·|edge| (rule B2).
std::uint8_t band_of(const band_list& list, std::optional<double> value) noexcept;

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/judge/impl/method.ipp>
#endif
