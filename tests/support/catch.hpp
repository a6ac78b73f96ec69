#pragma once

/** The only door to Catch2. What it gives works with Catch2 v2 and v3: TEST_CASE, SECTION,
    CHECK, REQUIRE, GENERATE, CAPTURE, INFO, CHECK_THROWS_AS, CHECK_THROWS_MATCHES and the
    matchers below. No Approx and no SKIP, which differ between the two. */

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

#include <string>

namespace attain::test {

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using Catch::Matchers::WithinULP;

#if __has_include(<catch2/catch_all.hpp>)
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::EndsWith;
using Catch::Matchers::MessageMatches;
using Catch::Matchers::StartsWith;
#else
inline auto ContainsSubstring(const std::string& text) { return Catch::Matchers::Contains(text); }
using Catch::Matchers::EndsWith;
using Catch::Matchers::StartsWith;
#endif

}  // namespace attain::test
