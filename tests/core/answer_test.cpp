#include <attain/core/answer.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>

using namespace attain;

static_assert(std::is_trivially_copyable_v<answer<double>>);
static_assert(!std::is_trivially_copyable_v<answer<std::string>>);
static_assert(sizeof(answer<double>) == 16);
static_assert(!std::is_default_constructible_v<answer<double>>);
static_assert(!std::is_constructible_v<bool, answer<double>>);
static_assert(!std::is_convertible_v<answer<double>, double>);
static_assert(answer<int>(3).transform([](int x) { return x + 0.5; }) == 3.5);
static_assert(answer<int>(reason::stale).value_or(7) == 7);

namespace {

// Section N of the semantics, word by word.
constexpr std::string_view precedence[] = {
    "not_applicable",       "withdrawn",    "withheld",  "not_started",          "ambiguous",        "not_comparable",
    "no_observation",       "not_due",      "stale",     "incomplete",           "denominator_zero", "baseline_missing",
    "goal_equals_baseline", "not_scalable", "too_early", "too_few_observations", "overflow",
    "infeasible"};

}  // namespace

TEST_CASE("reasons stand in their order of precedence (section N)", "[core][answer]") {
  for (std::size_t i = 0; i < std::size(precedence); ++i) {
    const auto why = static_cast<reason>(i + 1);
    CHECK(to_string(why) == precedence[i]);
    CHECK(parse_reason(precedence[i]) == why);
  }
  CHECK(static_cast<int>(reason::infeasible) == 18);
}

TEST_CASE("of two reasons the one earlier in the order is given (section N)", "[core][answer]") {
  CHECK(first_of(reason::stale, reason::ambiguous) == reason::ambiguous);
  CHECK(first_of(reason::ambiguous, reason::stale) == reason::ambiguous);
  CHECK(first_of(reason::overflow, reason::overflow) == reason::overflow);
}

TEST_CASE("what is not comparable may be so by the method, too (S11g)", "[core][answer]") {
  CHECK(sentence(reason::not_comparable, language::english).find("the method cannot judge a promise of this kind") != std::string_view::npos);
  CHECK(sentence(reason::not_comparable, language::chinese).find("评判方法不适用于此类承诺") != std::string_view::npos);
}

TEST_CASE("an unknown word is no reason", "[core][answer]") {
  CHECK_FALSE(parse_reason("").has_value());
  CHECK_FALSE(parse_reason("Stale").has_value());
  CHECK_FALSE(parse_reason("stale ").has_value());
}

TEST_CASE("each reason has a label of its own in English and Chinese, without underscores", "[core][answer]") {
  std::set<std::string_view> seen;
  for (std::size_t i = 1; i <= std::size(precedence); ++i) {
    for (const language in : {language::english, language::chinese}) {
      const auto label = label_of(static_cast<reason>(i), in);
      CAPTURE(label);
      CHECK_FALSE(label.empty());
      CHECK(label.find('_') == std::string_view::npos);
      CHECK(seen.insert(label).second);
    }
  }
  CHECK(label_of(reason::no_observation, language::english) == "not reported");
  CHECK(label_of(reason::no_observation, language::chinese) == "未报送");
}

TEST_CASE("each reason has one sentence of its own in English and Chinese (section N)", "[core][answer]") {
  std::set<std::string_view> seen;
  for (std::size_t i = 1; i <= std::size(precedence); ++i) {
    const auto why = static_cast<reason>(i);
    const auto english = sentence(why, language::english);
    const auto chinese = sentence(why, language::chinese);
    CAPTURE(english, chinese);
    CHECK(english.ends_with("."));
    CHECK(chinese.ends_with("。"));
    CHECK(std::count(english.begin(), english.end(), '.') == 1);
    CHECK(seen.insert(english).second);
    CHECK(seen.insert(chinese).second);
  }
}

TEST_CASE("an answer holds a value", "[core][answer]") {
  const answer<double> a = 0.5;
  REQUIRE(a.has_value());
  CHECK(a.value() == 0.5);
  CHECK(*a == 0.5);
  CHECK(a.value_or(1) == 0.5);
  CHECK(a == 0.5);
  CHECK_FALSE(a == 0.25);
}

TEST_CASE("an answer holds the reason for having no value", "[core][answer]") {
  const answer<double> a = reason::baseline_missing;
  REQUIRE_FALSE(a.has_value());
  CHECK(a.why() == reason::baseline_missing);
  CHECK(a.value_or(1) == 1);
  CHECK(a == reason::baseline_missing);
  CHECK_FALSE(a == reason::stale);
  CHECK_FALSE(a == 0.0);
}

TEST_CASE("the value of no answer throws, naming the reason", "[core][answer]") {
  const answer<std::string> a = reason::stale;
  CHECK_THROWS_MATCHES(a.value(), bad_answer, test::MessageContains("stale"));
  CHECK_THROWS_AS(a.value(), std::logic_error);
  try {
    (void)answer<int>(reason::overflow).value();
    FAIL("nothing was thrown");
  } catch (const bad_answer& thrown) {
    CHECK(thrown.why() == reason::overflow);
  }
}

TEST_CASE("transform changes a value and keeps a reason", "[core][answer]") {
  const auto length = [](const std::string& text) { return text.size(); };
  CHECK(answer<std::string>(std::string("four")).transform(length) == std::size_t{4});
  CHECK(answer<std::string>(reason::withheld).transform(length) == reason::withheld);
}

TEST_CASE("an answer of a class reaches its members", "[core][answer]") {
  const answer<std::string> a(std::string("met"));
  CHECK(a->size() == 3);
  CHECK(answer<std::string>(a).value() == "met");
}

TEST_CASE("a false value is still a value", "[core][answer]") {
  CHECK(answer<bool>(false).has_value());
  CHECK(answer<bool>(false) == false);
  CHECK_FALSE(answer<bool>(reason::not_due).has_value());
}
