#include <attain/core/suggestion.hpp>

#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace attain::detail;

TEST_CASE("names are joined with commas and an or", "[core][suggestion]") {
  CHECK(any_of(std::vector<std::string>{}).empty());
  CHECK(any_of(std::vector<std::string>{"a"}) == R"("a")");
  CHECK(any_of(std::vector<std::string>{"a", "b", "c"}) == R"("a", "b" or "c")");
  CHECK(any_of(std::vector<std::string>{"a\nb"}).find('\n') == std::string::npos);
}

TEST_CASE("what resembles a name may have been meant", "[core][suggestion]") {
  const std::vector<std::string> known{"lifts", "roads"};
  CHECK(did_you_mean("lift", known) == R"(; did you mean "lifts"?)");
  CHECK(did_you_mean("nurseries", known).empty());
}

TEST_CASE("what is called so was meant, else what resembles it", "[core][suggestion]") {
  struct named {
    std::string id;
    std::string name;
  };
  const std::vector<named> places{{"river", "滨河街道"}, {"hill", "Hill Street"}, {"port", ""}};
  CHECK(did_you_mean_one_of("滨河街道", places) == R"(; did you mean "river"?)");
  CHECK(did_you_mean_one_of("hill street", places) == R"(; did you mean "hill"?)");
  CHECK(did_you_mean_one_of("ports", places) == R"(; did you mean "port"?)");
  CHECK(did_you_mean_one_of("", places).empty());
}

TEST_CASE("a few names are listed, many are not", "[core][suggestion]") {
  std::vector<std::string> known{"a", "b"};
  CHECK(any_of_few(known, "an id") == R"("a" or "b")");
  known.resize(few_names + 1, "c");
  CHECK(any_of_few(known, "an id") == "an id");
  CHECK(any_of_few(std::vector<std::string>{}, "an id") == "an id");
}
