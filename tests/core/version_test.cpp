#include <attain/core/version.hpp>

#include "support/catch.hpp"

#include <string>

TEST_CASE("version_text is made of the three numbers", "[core][version]") {
  const std::string numbers = std::to_string(ATTAIN_VERSION_MAJOR) + "." + std::to_string(ATTAIN_VERSION_MINOR) + "." +
                              std::to_string(ATTAIN_VERSION_PATCH);
  CHECK(attain::version_text == numbers);
}
