#pragma once

/** Characters that names and numbers refuse, and what each is called. Private. */

#include <attain/core/config.hpp>

#include <string_view>

namespace attain::inline v0::detail {

/// Why a character may not stand in an id, or nothing.
std::string_view refusal_in_id(char32_t c) noexcept;

/// A name for a digit that is not 0–9, or nothing.
std::string_view foreign_digit(char32_t c) noexcept;

}  // namespace attain::inline v0::detail

#ifndef ATTAIN_COMPILED
#include <attain/core/impl/refused_characters.ipp>
#endif
