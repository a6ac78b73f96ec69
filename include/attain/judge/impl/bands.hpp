#pragma once

// How a band list cuts a quantity, to be compiled into the loops that judge.

#include <attain/core/config.hpp>
#include <attain/judge/verdict.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace attain::inline v0::detail {

// An edge or abscissa as it counts for this cell.
inline double scaled(double edge, double scale) noexcept { return edge > 0 ? edge * scale : edge; }

// Half up in decimal places (0 to 12), by what a reader of the printed number sees: 0.895 to two places is 0.90.
inline double rounded(double value, int decimals) noexcept {
  constexpr std::array<double, 13> powers{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12};
  const double power = powers[static_cast<std::size_t>(std::clamp(decimals, 0, 12))];
  return std::floor(value * power + 0.5 + 1e-9) / power;
}

ATTAIN_HOT inline std::uint8_t band_at(const band_list& list, const quantity_value& of) noexcept {
  if (of.missing != 0) return list.below_without_answer ? static_cast<std::uint8_t>(list.below) : no_state;
  const double value = list.decimals ? rounded(of.value, *list.decimals) : of.value;
  for (const band_spec& band : list.bands) {
    if (is_past(value, scaled(band.edge, of.scale), band.closed)) return static_cast<std::uint8_t>(band.state);
  }
  return static_cast<std::uint8_t>(list.below);
}

ATTAIN_HOT inline verdict cut_by(const band_list& list, const quantity_value& of) noexcept {
  verdict decided;
  decided.state = band_at(list, of);
  if (of.missing != 0) {
    if (decided.state == no_state) decided.missing = of.missing;
    return decided;
  }
  decided.measured = true;
  decided.value = of.value;
  if (!list.score.empty()) {
    decided.scored = true;
    decided.score = *score_of(list, of);
  }
  return decided;
}

}  // namespace attain::inline v0::detail
