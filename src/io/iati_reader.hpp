#pragma once
/** From the elements of one activity to a project, its indicators, places and observations (docs/iati.md). */
#include "iati_elements.hpp"

#include <attain/io/iati.hpp>

#include <string_view>

namespace attain::inline v0::io::detail {

/// Of what version a file says to be: the words of version 1 differ, and it had no narratives.
enum class iati_version : std::uint8_t { one, two, unknown };

iati_version parse_iati_version(std::string_view text) noexcept;

/// Elements outside of results that are read; others are passed over.
bool is_read(std::string_view child_of_activity) noexcept;

/// What is found is in `findings`. An activity without results has none of the rest.
iati_activity read_activity(const iati_elements& elements, const iati_options& options, iati_version version,
                            std::string_view file);

/// What a programme cannot be, at the element of @p elements that an activity begins with.
void check_activity(iati_activity& activity, const iati_elements& elements, std::string_view file);

}  // namespace attain::inline v0::io::detail
