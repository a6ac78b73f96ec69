#pragma once
/** From a JSON document to a programme specification (docs/programme-format.md). */
#include "json_fields.hpp"

#include <attain/model/programme.hpp>

#include <optional>
#include <string_view>

namespace attain::inline v0::io::detail {

inline constexpr std::string_view programme_format = "attain-programme/1";

/// What the document says, or nothing if it is of another format. What it should not say is noted in @p values.
std::optional<programme_spec> read_programme(json_values& values);

}  // namespace attain::inline v0::io::detail
