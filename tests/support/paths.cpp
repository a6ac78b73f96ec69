#include "support/paths.hpp"

namespace attain::test {

std::filesystem::path source_dir() { return ATTAIN_SOURCE_DIR; }

std::filesystem::path shared_dir() { return source_dir() / ".." / "shared"; }

}  // namespace attain::test
