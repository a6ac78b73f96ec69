#include <attain/core/missing.hpp>

#include "support/catch.hpp"

using attain::reason;
using attain::detail::as_missing;
using attain::detail::first_of;

TEST_CASE("a value needs no reason: no reason is 0 (N)", "[core][missing]") { CHECK(as_missing(reason::not_applicable) != 0); }

TEST_CASE("of two reasons the one that takes precedence is given, whichever comes first (N)", "[core][missing]") {
  const auto stale = as_missing(reason::stale);
  const auto unreported = as_missing(reason::no_observation);
  CHECK(first_of(stale, unreported) == unreported);
  CHECK(first_of(unreported, stale) == unreported);
}

TEST_CASE("a reason beside none is given (N)", "[core][missing]") {
  const auto stale = as_missing(reason::stale);
  CHECK(first_of(0, stale) == stale);
  CHECK(first_of(stale, 0) == stale);
  CHECK(first_of(0, 0) == 0);
}
