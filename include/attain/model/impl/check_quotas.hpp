#pragma once
/** What can be wrong with the goals of places (rules R9, R9b, R9c). */
#include <attain/core/config.hpp>
#include <attain/model/impl/check_aim.hpp>
#include <attain/model/impl/check_places.hpp>
#include <attain/model/impl/finding_list.hpp>
#include <attain/model/target.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace attain::inline v0::detail {

/// The quotas of one row of a target.
struct quota_context {
  const aim* asked = nullptr;            ///< null: nothing
  std::optional<std::uint32_t> place{};  ///< where the goal applies, if that is known
  std::string_view place_id{};
};

void check_quotas(const std::vector<quota_spec>& quotas, const path& where, const quota_context& context,
                  const aim_context& judged, checked_places& places, finding_list& found);

}  // namespace attain::inline v0::detail

#ifndef ATTAIN_COMPILED
#include <attain/model/impl/check_quotas.ipp>
#endif
