#pragma once
/** What can be wrong with a trajectory in its window (rules F3, F4). */
#include <attain/core/config.hpp>
#include <attain/model/impl/check_aim.hpp>
#include <attain/model/impl/finding_list.hpp>
#include <attain/model/target.hpp>

namespace attain::inline v0::detail {

/// @param target its aim and baseline turn amounts of checkpoints into shares
void check_trajectory(const target_spec& target, const period& window, const path& where, const aim_context& context,
                      finding_list& found);

}  // namespace attain::inline v0::detail

#ifndef ATTAIN_COMPILED
#include <attain/model/impl/check_trajectory.ipp>
#endif
