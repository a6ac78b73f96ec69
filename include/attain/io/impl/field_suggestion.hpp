#pragma once

// What is meant by a field that is not there.

#include <attain/core/config.hpp>

#include <span>
#include <string>
#include <string_view>

namespace attain::inline v0::io::detail {

/// The end of a message about a field that is not there: `; did you mean "period"?`, by what people call it or by its letters.
std::string did_you_mean_field(std::string_view name, std::span<const std::string_view> known);

}  // namespace attain::inline v0::io::detail
