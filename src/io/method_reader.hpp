#pragma once
/** From JSON to a way of judging (docs/methods/README.md): a file of its own, or an element of a programme's `methods`. */
#include "json_fields.hpp"

#include <attain/model/method.hpp>

#include <cstdint>
#include <string_view>

namespace attain::inline v0::io::detail {

inline constexpr std::string_view method_format = "attain-method/1";

/// Reads the method at @p node; only a file of its own says its format. What it should not say is noted in @p values.
void read_method(json_values& values, std::uint32_t node, bool is_file, method_spec& to);

}  // namespace attain::inline v0::io::detail
