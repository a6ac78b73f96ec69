#pragma once

/** The only door to Catch2. What it gives works with Catch2 v2 and v3: TEST_CASE, SECTION,
    CHECK, REQUIRE, GENERATE, CAPTURE, INFO, CHECK_THROWS_AS, CHECK_THROWS_MATCHES and the
    matchers below. No Approx and no SKIP, which differ between the two. */

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

#include <exception>
#include <string>
#include <utility>

namespace attain::test {

using Catch::Matchers::EndsWith;
using Catch::Matchers::StartsWith;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using Catch::Matchers::WithinULP;

#if __has_include(<catch2/catch_all.hpp>)
using Catch::Matchers::ContainsSubstring;
using exception_matcher = Catch::Matchers::MatcherBase<std::exception>;
#else
inline auto ContainsSubstring(const std::string& text) { return Catch::Matchers::Contains(text); }
using exception_matcher = Catch::MatcherBase<std::exception>;
#endif

/// For CHECK_THROWS_MATCHES: what() contains the text.
class MessageContains : public exception_matcher {
 public:
  explicit MessageContains(std::string text) : text_(std::move(text)) {}

  bool match(const std::exception& thrown) const override { return std::string(thrown.what()).find(text_) != std::string::npos; }
  std::string describe() const override { return "has a message with \"" + text_ + "\""; }

 private:
  std::string text_;
};

}  // namespace attain::test
