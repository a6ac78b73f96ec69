#include <attain/engine/gather.hpp>

#include "support/builders.hpp"
#include "support/catch.hpp"
#include "support/entries.hpp"
#include "support/observations.hpp"

#include <attain/ledger/ledger.hpp>
#include <attain/model/programme.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

constexpr std::int32_t always = std::numeric_limits<std::int32_t>::max();

/// The standing entries of the only indicator at the city.
struct gathered {
  std::vector<entry> entries;
  bool used_goal = false;
};

gathered gather(indicator_spec indicator, const std::vector<observation>& said, std::int32_t known_at = always,
                std::optional<double> goal = std::nullopt, std::vector<division::item> about = {}) {
  const programme plan(programme_of({std::move(indicator)}, {}));
  const ledger book(said);
  const std::vector<binding_scope> scopes{{plan.indicators(), plan.places()}};
  const binding bound(scopes, book.view());
  gatherer collect(bound, book.view(), known_at);
  gathered result;
  result.used_goal = collect({.scope = 0, .indicator = 0, .spec = &plan.indicators()[0], .about = about, .place = plan.place_index("city"), .goal = goal},
                             result.entries);
  return result;
}

indicator_spec by_sex(bool complete) {
  indicator_spec spec = increment("x", "人");
  spec.dimensions = {{.id = "sex", .categories = {"f", "m"}, .complete = complete}};
  return spec;
}

observation of_sex(const char* category, double amount) {
  observation o = report("x", "city", "2021-01", amount);
  o.dimensions = {{"sex", category}};
  return o;
}

}  // namespace

TEST_CASE("of one identity the entry that was recorded last stands, in time (R1, R2)", "[engine][gather]") {
  const std::vector<observation> said{report("x", "city", "2021-02", 5), report("x", "city", "2021-01", 3, "2021-04-01"),
                                      report("x", "city", "2021-01", 1, "2021-02-01"), report("x", "east", "2021-01", 100)};
  const auto now = gather(increment("x"), said);
  REQUIRE(now.entries.size() == 2);
  CHECK(now.entries[0].low == 3);
  CHECK(now.entries[1].low == 5);
  const auto then = gather(increment("x"), said, day("2021-03-31"));
  REQUIRE(then.entries.size() == 2);
  CHECK(then.entries[0].low == 1);
}

TEST_CASE("amounts come in the unit of the indicator", "[engine][gather]") {
  std::vector<observation> said{report("x", "city", "2021-01", 1.5), report("x", "city", "2021-02", 20000)};
  said[0].unit = "万元";
  const auto found = gather(increment("x", "元"), said).entries;
  REQUIRE(found.size() == 2);
  CHECK(found[0].low == 15000);
  CHECK(found[1].low == 20000);
}

TEST_CASE("a share of the goal becomes an amount where there is a goal, and is not comparable where there is none (R11b)", "[engine][gather]") {
  std::vector<observation> said{report("x", "city", "2021-01", 0.25)};
  said[0].form = amount_form::share_of_goal;
  const auto with_goal = gather(increment("x"), said, always, 80);
  CHECK(with_goal.used_goal);
  CHECK(with_goal.entries[0].low == 20);
  const auto without = gather(increment("x"), said);
  CHECK(without.entries[0].missing == static_cast<std::uint8_t>(reason::not_comparable));
}

TEST_CASE("a plain amount uses no goal", "[engine][gather]") {
  CHECK_FALSE(gather(increment("x"), {report("x", "city", "2021-01", 1)}, always, 80).used_goal);
}

TEST_CASE("all categories of a complete dimension make the undivided entry (R10)", "[engine][gather]") {
  const auto found = gather(by_sex(true), {of_sex("f", 3), of_sex("m", 4)}).entries;
  REQUIRE(found.size() == 1);
  CHECK(found[0].low == 7);
}

TEST_CASE("an undivided entry beats the categories (R10)", "[engine][gather]") {
  const auto found = gather(by_sex(true), {of_sex("f", 3), of_sex("m", 4), report("x", "city", "2021-01", 9)}).entries;
  REQUIRE(found.size() == 1);
  CHECK(found[0].low == 9);
}

TEST_CASE("asked about a category only its entries are read (R10)", "[engine][gather]") {
  const std::vector<observation> said{of_sex("f", 3), of_sex("m", 4), report("x", "city", "2021-01", 9)};
  const auto found = gather(by_sex(true), said, always, std::nullopt, {{0, 1}}).entries;
  REQUIRE(found.size() == 1);
  CHECK(found[0].low == 4);
}

TEST_CASE("an entry of another scope or stage is not comparable, and no reading (R12)", "[engine][gather]") {
  std::vector<observation> said{report("x", "city", "2021-01", 265)};
  said[0].scope = "whole city";
  const auto found = gather(increment("x"), said).entries;
  REQUIRE(found.size() == 1);
  CHECK(found[0].missing == static_cast<std::uint8_t>(reason::not_comparable));

  indicator_spec started = increment("x");
  started.stage = "started";
  said[0].scope.clear();
  said[0].stage = "started";
  CHECK(gather(started, said).entries[0].low == 265);
  said[0].stage = "built";
  CHECK(gather(started, said).entries[0].missing == static_cast<std::uint8_t>(reason::not_comparable));
}

TEST_CASE("steps keep which step, ratings whose they are (R14)", "[engine][gather]") {
  std::vector<observation> done{report("x", "city", "2021-01-31", 1), report("x", "city", "2021-02-28", 1)};
  done[0].step = "build";
  done[1].step = "design";
  const auto of_steps = gather(steps("x", {{.id = "design"}, {.id = "build"}}), done).entries;
  REQUIRE(of_steps.size() == 2);
  CHECK(of_steps[0].slot == 2);
  CHECK(of_steps[1].slot == 1);

  indicator_spec mood = rating("x");
  mood.scale = {{"good", 1}};
  mood.authors = {"council", "press"};
  std::vector<observation> said{report("x", "city", "2021-01-31", 1), report("x", "city", "2021-02-28", 1), report("x", "city", "2021-03-31", 1)};
  said[0].author = "press";
  said[1].author = "council";
  said[2].author = "somebody";
  const auto of_authors = gather(mood, said).entries;
  REQUIRE(of_authors.size() == 3);
  CHECK(of_authors[0].slot == 2);
  CHECK(of_authors[1].slot == 1);
  CHECK(of_authors[2].slot == 3);
}

TEST_CASE("a later state of the ledger is read with the same binding", "[engine][gather]") {
  const programme plan(programme_of({increment("x")}, {}));
  ledger book(std::vector{report("x", "city", "2021-01", 1)});
  const std::vector<binding_scope> scopes{{plan.indicators(), plan.places()}};
  const binding bound(scopes, book.view());
  gatherer collect(bound, book.view(), always);
  const gatherer::request request{.scope = 0, .indicator = 0, .spec = &plan.indicators()[0], .place = plan.place_index("city")};
  std::vector<entry> entries;
  book.append(report("x", "city", "2021-02", 2));
  collect(request, entries);
  CHECK(entries.size() == 1);
  collect.move_to(book.view());
  collect(request, entries);
  CHECK(entries.size() == 2);
}
