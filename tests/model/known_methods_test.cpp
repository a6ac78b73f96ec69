#include <attain/model/known_methods.hpp>

#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace attain;

TEST_CASE("every method that may be meant is listed once, those of the programme among them", "[model][known_methods]") {
  std::vector<method_spec> own(1);
  own[0].name = "ours";
  const std::string listed = detail::known_methods(own);
  CHECK(listed.find("ours") != std::string::npos);
  for (const method_spec& method : built_in_methods()) {
    const std::size_t at = listed.find(method.name);
    CHECK(at != std::string::npos);
  }
  CHECK(listed.find("open_sdg, open_sdg,") == std::string::npos);
  CHECK(listed.find(" or ") != std::string::npos);
}
