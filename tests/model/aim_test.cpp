#include <attain/model/aim.hpp>

#include "support/catch.hpp"

using namespace attain;

TEST_CASE("an aim is made by its word", "[model][aim]") {
  CHECK(at_least(139) == aim{.kind = aim_kind::at_least, .goal = 139});
  CHECK(at_most(35) == aim{.kind = aim_kind::at_most, .goal = 35});
  CHECK(about(10'600, 0.1) == aim{.kind = aim_kind::about, .goal = 10'600, .tolerance = 0.1});
  CHECK(between(18, 22) == aim{.kind = aim_kind::between, .goal = 18, .upper = 22});
}

TEST_CASE("a cadence is made by its word", "[model][aim]") {
  CHECK(every(frequency::quarter) == cadence{.kind = cadence_kind::every, .every = frequency::quarter});
  CHECK(throughout() == cadence{.kind = cadence_kind::throughout});
  CHECK(cadence{}.kind == cadence_kind::by);
}
