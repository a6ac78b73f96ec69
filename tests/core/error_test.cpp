#include <attain/core/error.hpp>

#include "support/catch.hpp"

#include <string>
#include <type_traits>
#include <vector>

using namespace attain;

static_assert(std::is_nothrow_copy_constructible_v<error>);
static_assert(std::is_nothrow_copy_constructible_v<unknown_id>);
static_assert(std::is_base_of_v<std::runtime_error, error>);

namespace {

finding numbered(int i) {
  return {severity::error, code::duplicate_id, "row " + std::to_string(i), "22.1", "", "the id is used twice"};
}

}  // namespace

TEST_CASE("an error carries every finding and the code of the first", "[core][error]") {
  finding second = numbered(2);
  second.code = code::cycle;
  const invalid_programme thrown({numbered(1), second});
  REQUIRE(thrown.findings().size() == 2);
  CHECK(thrown.findings()[1] == second);
  CHECK(thrown.code() == code::duplicate_id);
}

TEST_CASE("an error's message is one line for each finding", "[core][error]") {
  const invalid_input one(numbered(1));
  CHECK(one.what() == to_string(numbered(1)));
  const invalid_input two({numbered(1), numbered(2)});
  CHECK(two.what() == to_string(numbered(1)) + "\n" + to_string(numbered(2)));
}

TEST_CASE("an error's message stops after twenty lines and counts the rest", "[core][error]") {
  std::vector<finding> findings;
  for (int i = 0; i < 20; ++i) findings.push_back(numbered(i));
  CHECK_THAT(invalid_input(findings).what(), test::EndsWith(to_string(numbered(19))));
  findings.push_back(numbered(20));
  findings.push_back(numbered(21));
  const invalid_input many(findings);
  CHECK_THAT(many.what(), test::EndsWith(to_string(numbered(19)) + "\n… and 2 more"));
  CHECK(many.findings().size() == 22);
}

TEST_CASE("a copy of an error outlives the original", "[core][error]") {
  const error kept = [] {
    const invalid_option thrown(numbered(7));
    return error(thrown);
  }();
  CHECK(kept.findings().front() == numbered(7));
}

TEST_CASE("each error is caught as an error and as itself", "[core][error]") {
  CHECK_THROWS_AS(throw ledger_conflict(numbered(1)), ledger_conflict);
  CHECK_THROWS_AS(throw ledger_conflict(numbered(1)), error);
  CHECK_THROWS_AS(throw invalid_programme(numbered(1)), std::runtime_error);
}

TEST_CASE("an unknown id names what was looked for and the nearest ids", "[core][error]") {
  const unknown_id thrown("target", "22.l", {"22.1", "22.2"});
  CHECK(thrown.kind() == "target");
  CHECK(thrown.id() == "22.l");
  CHECK(thrown.nearest() == std::vector<std::string>{"22.1", "22.2"});
  CHECK(thrown.code() == code::unknown_id);
  CHECK(std::string(thrown.what()) ==
        "error unknown_id: there is no such target (found \"22.l\"; expected one of the existing ids, perhaps 22.1, 22.2)");
}

TEST_CASE("an unknown id without near ones suggests nothing", "[core][error]") {
  CHECK(std::string(unknown_id("place", "nowhere", {}).what()) == "error unknown_id: there is no such place (found \"nowhere\")");
}
