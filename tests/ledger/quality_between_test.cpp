#include <attain/ledger/quality.hpp>

#include "ledger/quality_scene.hpp"
#include "support/catch.hpp"

#include <set>
#include <string>

using namespace attain;
using namespace attain::test;

TEST_CASE("two places with one series throughout are twins, unless one contains the other", "[ledger][quality]") {
  quality_scene of;
  of.months("east", ordinary_year()).months("west", ordinary_year());
  const auto twins = of.found(quality_check::same_series);
  REQUIRE(twins.size() == 1);
  CHECK(of.report_now().other_id(twins[0]) == "east");
  CHECK(of.report_now().place_id(twins[0]) == "west");
  CHECK(twins[0].n == 12);
  of.entries.clear();
  of.months("city", ordinary_year()).months("west", ordinary_year());
  CHECK(of.found(quality_check::same_series).empty());
  of.entries.clear();
  of.months("east", {1, 2, 3, 1, 2, 3}).months("west", {1, 2, 3, 1, 2, 3});  // small counts agree by chance
  CHECK(of.found(quality_check::same_series).empty());
}

TEST_CASE("one piece of evidence for two places or periods is found", "[ledger][quality]") {
  quality_scene of;
  of.add("lifts", "east", "2021-01", 100).evidence = "photo-1";
  of.add("lifts", "east", "2021-02", 101).evidence = "photo-2";
  of.add("lifts", "west", "2021-02", 90).evidence = "photo-1";
  of.add("lifts", "west", "2021-03", 90);
  of.add("lifts", "west", "2021-04", 91);
  const auto same = of.found(quality_check::same_evidence);
  REQUIRE(same.size() == 1);
  CHECK(same[0].n == 2);
  CHECK(of.report_now().place_id(same[0]) == "west");
  CHECK(of.report_now().entry(same[0])->evidence == "photo-1");
}

TEST_CASE("categories that do not sum to the undivided report are found (R10)", "[ledger][quality]") {
  quality_scene of;
  of.indicator().dimensions = {{.id = "sex", .categories = {"f", "m"}, .complete = true},
                               {.id = "age", .categories = {"old", "young"}}};
  of.add("lifts", "east", "2021-01", 100);
  of.add("lifts", "east", "2021-01", 40).dimensions = {{"sex", "f"}};
  of.add("lifts", "east", "2021-01", 50).dimensions = {{"sex", "m"}};
  of.add("lifts", "east", "2021-01", 60).dimensions = {{"age", "old"}};
  const auto differ = of.found(quality_check::categories_differ);
  REQUIRE(differ.size() == 1);
  CHECK(differ[0].value == 90.0);
  CHECK(differ[0].expected == 100.0);
  CHECK(of.report_now().other_id(differ[0]) == "sex");
  of.entries.back().low = of.entries.back().high = 101;  // a category of an incomplete dimension beyond the whole
  CHECK(of.found(quality_check::categories_differ).size() == 2);
}

TEST_CASE("a place that does not report what its places within sum to is found (R9)", "[ledger][quality]") {
  quality_scene of;
  of.add("lifts", "city", "2021-01", 100);
  of.add("lifts", "east", "2021-01", 60);
  CHECK(of.found(quality_check::places_differ).empty());  // the west may still report the rest
  of.add("lifts", "west", "2021-01", 30);
  const auto differ = of.found(quality_check::places_differ);
  REQUIRE(differ.size() == 1);
  CHECK(differ[0].effect == -10.0);
  of.entries.pop_back();
  of.add("lifts", "city", "2021-01", 50, 12);
  CHECK(of.found(quality_check::places_differ).size() == 1);  // the east alone exceeds it
}

TEST_CASE("a part that exceeds its whole is found (U4)", "[ledger][quality]") {
  quality_scene of;
  of.spec.indicators.push_back(increment("new-lifts"));
  target_spec part = target("1.2", "new-lifts", at_least(200));
  part.belongs = belonging::part;
  part.belongs_to = "1.1";
  of.spec.projects[0].targets.push_back(part);
  of.months("east", {100, 100, 100}).months("east", {20, 130, 100}, 2021, "new-lifts");
  const auto beyond = of.found(quality_check::part_exceeds_whole);
  REQUIRE(beyond.size() == 1);
  CHECK(beyond[0].value == 130.0);
  CHECK(of.report_now().target_id(beyond[0]) == "1.2");
  CHECK(of.report_now().other_id(beyond[0]) == "lifts");
}

TEST_CASE("related indicators are compared place by place, each relation its own way", "[ledger][quality]") {
  quality_scene of;
  of.spec.indicators.push_back(increment("second"));
  of.months("east", {100, 100}).months("east", {60, 60}, 2021, "second");
  of.months("west", {100, 100}).months("west", {110, 120}, 2021, "second");
  const auto disagreeing = [&](indicator_relation relation, double tolerance) {
    of.options.related = {{"lifts", "second", relation, tolerance}};
    std::set<std::string> places;
    const quality_report made = of.report_now();
    for (const quality_finding& f : made.findings()) {
      if (f.check == quality_check::related_differ) places.emplace(made.place_id(f));
    }
    return places;
  };
  CHECK(disagreeing(indicator_relation::about_equal, 0.1) == std::set<std::string>{"east", "west"});
  CHECK(disagreeing(indicator_relation::about_equal, 0.2) == std::set<std::string>{"east"});
  CHECK(disagreeing(indicator_relation::at_least, 0.1) == std::set<std::string>{"west"});
  CHECK(disagreeing(indicator_relation::dropout, 0.1) == std::set<std::string>{"west"});
  CHECK(disagreeing(indicator_relation::level, 0.1) == std::set<std::string>{"east", "west"});
  of.options.related = {{"lifts", "second", indicator_relation::dropout}};
  const quality_score score = of.scored(quality_measure::related, "dropout");
  CHECK(score.count == 1);
  CHECK(score.of == 2);
}

TEST_CASE("the ratio of a place and that of the whole are formed the same way round", "[ledger][quality]") {
  quality_scene of;
  of.spec.indicators.push_back(increment("second"));
  of.months("east", {100, 100}).months("east", {50, 50}, 2021, "second");
  of.months("west", {200, 200}).months("west", {100, 100}, 2021, "second");
  of.options.related = {{"lifts", "second", indicator_relation::level, 0.01}};
  CHECK(of.found(quality_check::related_differ).empty());
  CHECK(of.scored(quality_measure::related, "level").of == 2);
}
