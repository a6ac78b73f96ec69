#pragma once
/** What can be wrong with one target, apart from its relations to other targets. */
#include <attain/core/config.hpp>
#include <attain/model/impl/check_indicators.hpp>
#include <attain/model/impl/check_places.hpp>
#include <attain/model/impl/finding_list.hpp>
#include <attain/model/target.hpp>

#include <cstdint>
#include <optional>

namespace attain::inline v0::detail {

/// What the rest of the programme says about a target.
struct target_context {
  const programme_spec& programme;
  std::optional<period> project_window;
  checked_places& places;
  checked_indicators& indicators;
};

/// Rule A2: declared, else `throughout` for an absolute aim at a ratio of accumulators.
cadence cadence_of(const target_spec& target, const checked_indicator& indicator);

/// Rule U4: declared, else 1, or 0 for what belongs to another target or asks for nothing.
double weight_of(const target_spec& target) noexcept;

void check_target(const target_spec& target, const path& where, const target_context& context, finding_list& found);

}  // namespace attain::inline v0::detail

#ifndef ATTAIN_COMPILED
#include <attain/model/impl/check_target.ipp>
#endif
