#pragma once

/** Of which standing entries a reading consists: what explain shows of a sum.

  Folding (`ledger/reading.hpp`) makes all readings of a series in one pass and keeps no account; this takes one of them apart.
*/

#include <attain/core/config.hpp>
#include <attain/ledger/entry.hpp>
#include <attain/ledger/reading.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace attain::inline v0 {

/// An entry in a sum: it counts `factor` times, −1 on the eve of the window, of a step with its share of the weight.
struct reading_term {
  entry of{};
  double factor = 1;
  bool declared = false;  ///< the amount on the eve is of the programme, not of the ledger

  /// What it adds to the low or the high end of the reading (rule R11): an amount that is taken away gives its other end.
  double end(bool high) const noexcept { return (factor > 0) == high ? of.high : of.low; }
};

/** The terms of the reading at the close of @p day, whose sum it is.

  Arguments as for `fold`. Precondition: the reading has an amount, that is, the event that holds on the day has one.
*/
std::vector<reading_term> terms_of(std::span<const entry> standing, const fold_rule& rule, std::int32_t day);

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/ledger/impl/reading_terms.ipp>
#endif
