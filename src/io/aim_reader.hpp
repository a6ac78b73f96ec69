#pragma once
/** From JSON to what a target aims at (docs/programme-format.md). */
#include "json_amounts.hpp"
#include "json_fields.hpp"

#include <attain/model/aim.hpp>

#include <cstdint>

namespace attain::inline v0::io::detail {

/// Whether there is one aim at @p node, its number read or refused. What it should not say is noted in @p values.
bool read_aim(json_values& values, std::uint32_t node, const amount_reader& amounts, aim& to);

}  // namespace attain::inline v0::io::detail
