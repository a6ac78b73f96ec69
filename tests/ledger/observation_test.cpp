#include <attain/ledger/observation.hpp>

#include "support/catch.hpp"

using namespace attain;

TEST_CASE("an observation names what it says and leaves out the rest", "[ledger][observation]") {
  const observation o{.indicator = "lifts", .about = parse_period("2021-06"), .low = 12, .high = 12};
  CHECK(o.place.empty());
  CHECK(o.form == amount_form::amount);
  CHECK_FALSE(o.missing.has_value());
  CHECK_FALSE(o.recorded.has_value());
  CHECK_FALSE(o.withdrawn);
}

TEST_CASE("observations are equal if all they say is equal", "[ledger][observation]") {
  const observation o{.indicator = "lifts", .about = parse_period("2021-06"), .low = 12, .high = 12};
  observation other = o;
  CHECK(o == other);
  other.dimensions = {{"sex", "f"}};
  CHECK(o != other);
}
