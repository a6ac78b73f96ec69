#pragma once

/** The version of the library. It is written here and nowhere else: the build and
    the Python package read these three lines. */

#include <string_view>

#define ATTAIN_VERSION_MAJOR 0
#define ATTAIN_VERSION_MINOR 1
#define ATTAIN_VERSION_PATCH 0

#define ATTAIN_DETAIL_TEXT(x) #x
#define ATTAIN_DETAIL_VERSION(major, minor, patch) \
  ATTAIN_DETAIL_TEXT(major) "." ATTAIN_DETAIL_TEXT(minor) "." ATTAIN_DETAIL_TEXT(patch)

namespace attain::inline v0 {

/// "0.1.0"
inline constexpr std::string_view version_text =
    ATTAIN_DETAIL_VERSION(ATTAIN_VERSION_MAJOR, ATTAIN_VERSION_MINOR, ATTAIN_VERSION_PATCH);

}  // namespace attain::inline v0

#undef ATTAIN_DETAIL_VERSION
#undef ATTAIN_DETAIL_TEXT
