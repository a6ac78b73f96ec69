#pragma once
/** The units of sums and comparisons in a formula (docs/formula.md). */
#include <attain/core/config.hpp>
#include <attain/core/unit.hpp>
#include <attain/model/formula.hpp>
#include <attain/model/impl/finding_list.hpp>

#include <optional>
#include <vector>

namespace attain::inline v0::detail {

/// Whether amounts as they are held can be added without conversion: 万元 and 元, but not 亩 and 公顷.
bool same_measure(const unit& a, const unit& b);

/** Reports unit_mismatch if the formula adds or compares what does not add.

  @param units of its inputs, none where unknown
  @return the unit of its value; none if that is a plain number, a compound, or unknown
*/
std::optional<unit> check_units(const formula& f, const std::vector<std::optional<unit>>& units, const path& where,
                                finding_list& found);

}  // namespace attain::inline v0::detail

#ifndef ATTAIN_COMPILED
#include <attain/model/impl/check_units.ipp>
#endif
