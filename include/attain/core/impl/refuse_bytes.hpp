#pragma once

/** The first question to any text from outside: is it short enough, and is it UTF-8? Private. */

#include <attain/core/finding.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace attain::inline v0::detail {

/// The finding if not.
std::optional<finding> refuse_bytes(std::string_view text, std::string_view where, std::size_t max_bytes);

}  // namespace attain::inline v0::detail

#ifndef ATTAIN_COMPILED
#include <attain/core/impl/refuse_bytes.ipp>
#endif
