#pragma once

/** Magnitude slips: a value that is ten, a hundred, a thousand, 万 or 亿 times what its neighbours say, or that part of it.

  The neighbours of a value are those before it, and after it where these are fewer than asked for; zeros are passed by. What is
  expected is their median, of running totals what lies between them. A slip is seen where log₁₀|x/expected| is near ±1, ±2, ±3,
  ±4 or ±8 and outside the spread of the neighbours themselves. Throws `invalid_option` for values that are not finite.
*/

#include <attain/core/config.hpp>

#include <cstddef>
#include <optional>
#include <span>

namespace attain::inline v0 {

struct slip_rule {
  int neighbours = 6;
  int least_neighbours = 3;  ///< with fewer nothing is said
  /// How near to the power of ten. 0.1 would miss slips in series that vary by more than a tenth; 0.25 takes ×5.6 to ×17.8 for
  /// ×10.
  double tolerance = 0.25;

  friend bool operator==(const slip_rule&, const slip_rule&) = default;
};

struct magnitude_slip {
  int power = 0;        ///< of ten: 4 is 万, 8 is 亿; negative: too small
  double exponent = 0;  ///< log₁₀|x/expected|
  double expected = 0;

  friend bool operator==(const magnitude_slip&, const magnitude_slip&) = default;
};

/// Of the value at a position among amounts that do not pile up. Precondition: @p at lies in the series.
std::optional<magnitude_slip> find_slip(std::span<const double> values, std::size_t at, const slip_rule& rule = {});

/** Of a running total, which must also break its order: lie above the next total or below the one before. The last one may be too
    large only if it rises by more than three times the largest rise before it.
*/
std::optional<magnitude_slip> find_slip_of_total(std::span<const double> totals, std::size_t at, const slip_rule& rule = {});

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/ledger/impl/slips.ipp>
#endif
