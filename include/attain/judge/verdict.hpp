#pragma once

/** What a method is given of a cell or node, and what it says: a quantity, and a verdict with its state, score and rule. */

#include <attain/core/config.hpp>
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

/// A quantity of several cells, with the scale 1.
struct quantity_column {
  const double* value;
  const std::uint8_t* missing;
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

/// The score of a value: linear between points, flat beyond the ends; none of a list without points.
std::optional<double> score_of(const band_list& list, const quantity_value& of) noexcept;

}  // namespace attain::inline v0
