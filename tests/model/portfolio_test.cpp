#include <attain/model/portfolio.hpp>

#include "support/builders.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <string>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

programme named(std::string id, std::vector<place_spec> places) {
  programme_spec spec = lifts();
  spec.id = std::move(id);
  spec.places = std::move(places);
  spec.projects[0].targets[0].quotas.clear();
  return programme(spec);
}

std::vector<finding> findings_of(std::vector<programme> programmes) {
  try {
    portfolio made(std::move(programmes));
  } catch (const invalid_programme& refused) {
    return refused.findings();
  }
  return {};
}

}  // namespace

TEST_CASE("a programme is a portfolio of one, in which its own ids are enough", "[model][portfolio]") {
  const programme plan(lifts());
  const portfolio one = plan;
  REQUIRE(one.programmes().size() == 1);
  CHECK(one.programmes()[0].same_as(plan));
  CHECK(one.places().size() == 3);
  CHECK(one.place_parents()[2] == 0);
  CHECK(one.shared_place(0, 2) == 2);
  CHECK(one.find_target("1.1")->target == 0);
  CHECK(one.find_target("lesson/1.1")->target == 0);
  CHECK(one.find_project("1")->node == 1);
  CHECK(one.find_project("lesson/1")->node == 1);
  CHECK(one.find_project("")->node == 0);
  CHECK(one.find_project("lesson")->node == 0);
  CHECK(!one.find_target("other/1.1"));
  CHECK(!one.find_target("lesson"));
  CHECK(!one.find_target("1.2"));
}

TEST_CASE("places with one id are one place, parents before children", "[model][portfolio]") {
  const portfolio both({named("a", {{.id = "city"}, {.id = "east", .within = "city"}}),
                        named("b", {{.id = "west", .within = "city"}, {.id = "city"}, {.id = "east", .within = "city"}}),
                        named("c", {{.id = "elsewhere"}})});
  std::vector<std::string> ids;
  for (const place_spec& p : both.places()) ids.push_back(p.id);
  CHECK(ids == std::vector<std::string>{"city", "east", "west", "elsewhere"});
  const auto parents = both.place_parents();
  CHECK(std::vector<std::uint32_t>(parents.begin(), parents.end()) == std::vector<std::uint32_t>{none, 0, 0, none});
  CHECK(both.shared_place(0, 1) == 1);  // east
  CHECK(both.programmes()[1].places()[1].id == "west");
  CHECK(both.shared_place(1, 0) == 0);  // city
  CHECK(both.shared_place(1, 1) == 2);  // west
  CHECK(both.shared_place(1, 2) == 1);  // east
  CHECK(both.shared_place(2, 0) == 3);
  CHECK(both.find_place("west") == 2u);
  CHECK(!both.find_place("north"));
}

TEST_CASE("in a portfolio of several a target needs its programme", "[model][portfolio]") {
  const portfolio both({named("a", {}), named("b", {})});
  CHECK(!both.find_target("1.1"));
  CHECK(!both.find_project("1"));
  CHECK(!both.find_project(""));
  CHECK(both.find_target("b/1.1")->programme == 1);
  CHECK(both.find_project("b/1")->programme == 1);
  CHECK(both.find_project("b")->node == 0);
  CHECK(both.find_project("b/")->node == 0);
  CHECK(!both.find_target("c/1.1"));
  CHECK(!both.find_target("b/1.2"));
  CHECK(!both.find_target("b/1.1/"));
}

TEST_CASE("a portfolio refuses an empty list, equal ids and places that disagree, all at once", "[model][portfolio]") {
  const auto empty = findings_of({});
  REQUIRE(empty.size() == 1);
  CHECK(empty[0].code == code::missing_field);

  const auto twice = findings_of({named("a", {}), named("b", {}), named("a", {})});
  REQUIRE(twice.size() == 1);
  CHECK(twice[0].code == code::duplicate_id);
  CHECK(twice[0].where == "/2/id");
  CHECK_THAT(twice[0].message, ContainsSubstring("0 and 2"));

  const std::vector<place_spec> first{{.id = "city"}, {.id = "east", .within = "city"}, {.id = "west", .within = "city"}};
  const auto moved = findings_of(
      {named("a", first), named("b", {{.id = "city"}, {.id = "west", .within = "city"}, {.id = "east", .within = "west"}}),
       named("c", {{.id = "east"}}), named("d", {{.id = "city"}, {.id = "east", .within = "city", .weight = 2}})});
  REQUIRE(moved.size() == 3);
  CHECK(moved[0].code == code::places_disagree);
  CHECK(moved[0].message == "place east lies within west in programme b");
  CHECK(moved[0].expected == "within city, as in an earlier programme");
  CHECK(moved[1].message == "place east lies at the root in programme c");
  CHECK(moved[2].message == "place east has weight 2 in programme d");
  CHECK(moved[2].expected == "1, as in an earlier programme");
}

TEST_CASE("a portfolio of 2,200 programmes with 100,000 projects is made in linear time", "[model][portfolio]") {
  const auto made_in = [](int programmes, int projects) {
    std::vector<programme> list;
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < programmes; ++i) {
      programme_spec spec{.id = "p" + std::to_string(i), .window = parse_period("2021")};
      const std::string county = "county-" + std::to_string(i);
      spec.places = {{.id = "country"}, {.id = county, .within = "country"}};
      spec.indicators = {increment("lifts")};
      for (int k = 0; k < projects; ++k)
        spec.projects.push_back(project(std::to_string(k), {target(std::to_string(k) + ".1", "lifts", at_least(1))}));
      list.emplace_back(std::move(spec));
    }
    const portfolio all(std::move(list));
    CHECK(all.places().size() == static_cast<std::size_t>(programmes) + 1);
    CHECK(all.find_target("p" + std::to_string(programmes - 1) + "/" + std::to_string(projects - 1) + ".1")->target ==
          static_cast<std::uint32_t>(projects - 1));
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  made_in(22, 45);
  const double tenth = made_in(220, 45);
  const double whole = made_in(2200, 45);
  const double as_one = made_in(1, 99000);
  INFO("220 programmes: " << tenth << " s, 2,200: " << whole << " s, one of 99,000 projects: " << as_one << " s");
  CHECK(whole < 40 * tenth + 0.5);
  CHECK(as_one < 4 * whole + 0.5);
}

TEST_CASE("programmes of a portfolio share the numbers of their indicators, whose kinds lie side by side", "[model][portfolio]") {
  programme_spec first = programme_of({increment("lifts"), increment("asked")}, {target("1.1", "lifts", at_least(1))});
  first.id = "first";
  first.indicators.push_back({.id = "rate", .unit = "%", .kind = indicator_kind::ratio, .numerator = "lifts", .denominator = "asked"});
  programme_spec second = programme_of({increment("asked"), increment("lifts")}, {target("1.1", "lifts", at_least(1))});
  second.id = "second";
  const portfolio both({programme(first), programme(second)});
  const auto numbers = [&](std::uint32_t programme) {
    const auto all = both.indicator_numbers(programme);
    return std::vector(all.begin(), all.end());
  };
  CHECK(numbers(0) == std::vector<std::uint32_t>{0, 1, none});
  CHECK(numbers(1) == std::vector<std::uint32_t>{1, 0});
  CHECK(std::ranges::equal(both.indicator_kinds(0), std::vector{indicator_kind::increment, indicator_kind::increment, indicator_kind::ratio}));
  CHECK(both.indicator_kinds(1).size() == 2);
  CHECK(portfolio(programme(first)).indicator_numbers(0).empty());
  CHECK(portfolio(programme(first)).indicator_kinds(0).empty());
}
