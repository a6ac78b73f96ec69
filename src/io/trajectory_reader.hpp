#pragma once
/** From JSON to the way that is planned from baseline to goal (docs/programme-format.md). */
#include "json_amounts.hpp"
#include "json_fields.hpp"

#include <attain/model/trajectory.hpp>

#include <cstdint>

namespace attain::inline v0::io::detail {

/// Reads the trajectory at @p node: a word or an object. What it should not say is noted in @p values.
void read_trajectory(json_values& values, std::uint32_t node, const amount_reader& amounts, trajectory& to);

}  // namespace attain::inline v0::io::detail
