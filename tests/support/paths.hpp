#pragma once

/** Where the tests find files.

  A test that reads `shared_dir()` carries the tag [shared]: where the folder is absent it is left out and counted as skipped.
*/

#include <filesystem>

namespace attain::test {

/// The root of this checkout: `source_dir() / "examples"`.
std::filesystem::path source_dir();

/// Published data that may not be copied into the checkout, in the folder `shared` beside it.
std::filesystem::path shared_dir();

}  // namespace attain::test
