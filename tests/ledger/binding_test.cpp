#include <attain/ledger/binding.hpp>
#include <attain/ledger/ledger.hpp>

#include "ledger/bound_amounts.hpp"
#include "support/builders.hpp"
#include "support/catch.hpp"
#include "support/observations.hpp"

#include <string>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

/// A programme's part of a binding, kept alive.
struct plan {
  std::vector<indicator_spec> indicators;
  std::vector<place_spec> places{{.id = "city"}, {.id = "east", .within = "city"}, {.id = "west", .within = "city"}};

  binding_scope scope() const { return {indicators, places}; }
};

binding bound_to(const plan& to, const ledger& book) {
  const binding_scope scope = to.scope();
  return binding({&scope, 1}, book.view());
}

binding bound_to(const std::vector<plan>& to, const ledger& book) {
  std::vector<binding_scope> scopes;
  for (const plan& p : to) scopes.push_back(p.scope());
  return binding(scopes, book.view());
}

observation with_unit(observation o, std::string unit) {
  o.unit = std::move(unit);
  return o;
}

}  // namespace

TEST_CASE("each indicator finds its series by place", "[ledger][binding]") {
  const plan lifts_and_roads{{increment("lifts"), increment("roads", "公里"), increment("silent")}};
  ledger book;
  book.append(std::vector{report("lifts", "west", "2021-06", 3), report("roads", "east", "2021-06", 9),
                          report("lifts", "east", "2021-06", 1), report("lifts", "east", "2021-07", 2)});
  const binding bound = bound_to(lifts_and_roads, book);
  CHECK(bound.findings().empty());
  REQUIRE(bound.strands(0, 0).size() == 2);
  CHECK(bound.strands(0, 0)[0].place == 1);
  CHECK(amounts(bound, bound.strands(0, 0)[0]) == std::vector<double>{1, 2});
  CHECK(bound.strands(0, 0)[1].place == 2);
  CHECK(amounts(bound, bound.strands(0, 0)[1]) == std::vector<double>{3});
  CHECK(bound.strands(0, 1).size() == 1);
  CHECK(bound.strands(0, 2).empty());
  CHECK(bound.strands_at(0, 0, 2).size() == 1);
  CHECK(bound.strands_at(0, 0, 0).empty());
}

TEST_CASE("an entry without a place is about the root place, as is one that names it", "[ledger][binding]") {
  ledger book;
  book.append(std::vector{report("lifts", "", "2021-06", 1, "2021-07-01"), report("lifts", "city", "2021-06", 2, "2021-07-02"),
                          report("lifts", "city", "2021-05", 3)});
  const plan one{{increment("lifts")}};
  const binding bound = bound_to(one, book);
  const auto strands = bound.strands_at(0, 0, 0);
  REQUIRE(strands.size() == 1);
  CHECK(strands[0].part_count == 2);
  // a correction under the other name of the place corrects
  row_buffer buffer;
  const row_slice rows = bound.rows(strands[0], buffer);
  CHECK(std::vector<double>(rows.amount, rows.amount + 3) == std::vector<double>{3, 1, 2});
  CHECK((rows.length_and_flags[1] & row_flag::followed) != 0);
}

TEST_CASE("amounts are converted into the form in which the indicator holds them", "[ledger][binding]") {
  ledger book;
  book.append(std::vector{
      report("area", "", "2021-01", 30), with_unit(report("area", "", "2021-02", 2), "公顷"),
      with_unit(report("money", "", "2021-01", 3200), "万元"), report("money", "", "2021-02", 5),
      with_unit(report("rate", "", "2021-01", 7), "%"), report("rate", "", "2021-02", 0.6),
      with_unit(report("big area", "", "2021-01", 30), "亩"),
  });
  const plan p{{increment("area", "亩"), increment("money", "元"), level("rate", "%"), increment("big area", "公顷")}};
  const binding bound = bound_to(p, book);
  CHECK(bound.findings().empty());
  CHECK(amounts(bound, bound.strands(0, 0)[0]) == std::vector<double>{30, 30});
  CHECK(amounts(bound, bound.strands(0, 1)[0]) == std::vector<double>{32000000, 5});
  CHECK(amounts(bound, bound.strands(0, 2)[0]) == std::vector<double>{0.07, 0.6});
  CHECK(amounts(bound, bound.strands(0, 3)[0]) == std::vector<double>{2});
}

TEST_CASE("a correction in another unit corrects (R1)", "[ledger][binding]") {
  ledger book;
  book.append(std::vector{report("lifts", "east", "2021-06", 58000, "2021-07-01"),
                          with_unit(report("lifts", "east", "2021-06", 5.85, "2021-07-02"), "万台")});
  const plan p{{increment("lifts")}};
  const binding bound = bound_to(p, book);
  REQUIRE(bound.strands(0, 0).size() == 1);
  CHECK(amounts(bound, bound.strands(0, 0)[0]) == std::vector<double>{58000, 58500});
}

TEST_CASE("a unit that does not convert is a finding and its entries are not read", "[ledger][binding]") {
  ledger book;
  book.append(std::vector{with_unit(report("people", "east", "2021-06", 5), "人次"), with_unit(report("people", "west", "2021-06", 5), "人次"),
                          report("people", "west", "2021-07", 7)});
  const plan p{{increment("people", "人")}};
  const binding bound = bound_to(p, book);
  REQUIRE(bound.findings().size() == 1);
  CHECK(bound.findings()[0].code == code::unit_differs);
  CHECK(bound.findings()[0].severity == severity::warning);
  CHECK(bound.findings()[0].where == "people");
  CHECK(bound.findings()[0].text == "人次");
  CHECK_THAT(bound.findings()[0].message, StartsWith("2 entries are "));
  REQUIRE(bound.strands(0, 0).size() == 1);
  CHECK(amounts(bound, bound.strands(0, 0)[0]) == std::vector<double>{7});
}

TEST_CASE("unknown ids are counted, one finding each", "[ledger][binding]") {
  ledger book;
  book.append(std::vector{report("lift", "east", "2021-06", 1), report("lift", "west", "2021-06", 1), report("lift", "east", "2021-07", 1),
                          report("lifts", "nowhere", "2021-06", 1), report("rate", "east", "2021-06", 1)});
  const plan p{{increment("lifts"), ratio("rate", "lifts", "lifts")}};
  const binding bound = bound_to(p, book);
  REQUIRE(bound.findings().size() == 3);
  CHECK(bound.findings()[0].code == code::unknown_indicator);
  CHECK(bound.findings()[0].text == "lift");
  CHECK_THAT(bound.findings()[0].message, StartsWith("3 entries are "));
  CHECK(bound.findings()[1].code == code::unknown_indicator);
  CHECK(bound.findings()[1].text == "rate");
  CHECK(bound.findings()[2].code == code::unknown_place);
  CHECK(bound.findings()[2].text == "nowhere");
  CHECK_THAT(bound.findings()[2].message, StartsWith("1 entry is "));
}

TEST_CASE("a series without entries is no finding", "[ledger][binding]") {
  ledger book;
  book.series_for(report("unheard of", "east", "2021-06", 1));
  const plan p{{increment("lifts")}};
  CHECK(bound_to(p, book).findings().empty());
}

TEST_CASE("another stage or scope is kept apart, an absent one is not another (R12)", "[ledger][binding]") {
  plan p{{increment("lifts")}};
  p.indicators[0].stage = "建成";
  observation started = report("lifts", "east", "2021-06", 100, "2021-07-09");
  started.stage = "开工";
  observation built = report("lifts", "east", "2021-06", 12, "2021-07-02");
  built.stage = "建成";
  observation elsewhere = report("lifts", "east", "2021-06", 7, "2021-07-09");
  elsewhere.scope = "urban";
  ledger book;
  book.append(std::vector{started, built, elsewhere, report("lifts", "east", "2021-06", 11, "2021-07-01")});
  const binding bound = bound_to(p, book);
  CHECK(bound.findings().empty());
  const auto strands = bound.strands(0, 0);
  REQUIRE(strands.size() == 2);
  CHECK(strands[0].comparable == 1);
  CHECK(amounts(bound, strands[0]) == std::vector<double>{11, 12});
  CHECK(strands[1].comparable == 0);
  CHECK(amounts(bound, strands[1]) == std::vector<double>{7, 100});
}

TEST_CASE("categories become divisions, undeclared ones a finding (R10a)", "[ledger][binding]") {
  plan p{{increment("trained", "人")}};
  p.indicators[0].dimensions = {{.id = "sex", .categories = {"f", "m"}, .complete = true}, {.id = "age", .categories = {"young"}}};
  const auto about = [](std::vector<std::pair<std::string, std::string>> dimensions, double amount) {
    observation o = report("trained", "east", "2021-06", amount);
    o.dimensions = std::move(dimensions);
    return o;
  };
  ledger book;
  book.append(std::vector{about({{"sex", "m"}}, 2), about({{"sex", "f"}}, 1), about({}, 3), about({{"sex", "f"}, {"age", "young"}}, 4),
                          about({{"sex", "x"}}, 5), about({{"school", "f"}}, 6)});
  const binding bound = bound_to(p, book);
  REQUIRE(bound.findings().size() == 2);
  CHECK(bound.findings()[0].code == code::unknown_id);
  CHECK(bound.findings()[0].where == "trained");
  CHECK(bound.findings()[0].text == "school=f");
  CHECK(bound.findings()[1].text == "sex=x");

  const auto divisions = bound.divisions(0, 0);
  REQUIRE(divisions.size() == 3);
  std::vector<std::pair<division, double>> found;
  const auto strands = bound.strands(0, 0);
  REQUIRE(strands.size() == 4);
  CHECK(strands[0].division == strand::undivided);
  CHECK(amounts(bound, strands[0]) == std::vector<double>{3});
  for (const strand& s : strands.subspan(1)) found.emplace_back(divisions[s.division], amounts(bound, s)[0]);
  const division women{{{0, 0}}}, men{{{0, 1}}}, young_women{{{0, 0}, {1, 0}}};
  for (const auto& [what, amount] : found) {
    if (amount == 1) CHECK(what == women);
    if (amount == 2) CHECK(what == men);
    if (amount == 4) CHECK(what == young_women);
  }
}

TEST_CASE("steps are found by their ids, an unknown one is a finding", "[ledger][binding]") {
  const plan p{{steps("rules", {{.id = "draft"}, {.id = "adopted"}}), increment("lifts")}};
  const auto done = [](std::string indicator, std::string step) {
    observation o = report(std::move(indicator), "", "2021-06-30", 1);
    o.step = std::move(step);
    return o;
  };
  ledger book;
  book.append(std::vector{done("rules", "adopted"), done("rules", "draft"), done("rules", "forgotten"), done("rules", ""), done("lifts", "draft")});
  const binding bound = bound_to(p, book);
  REQUIRE(bound.strands(0, 0).size() == 2);
  CHECK(bound.strands(0, 0)[0].step == 0);
  CHECK(bound.strands(0, 0)[1].step == 1);
  CHECK(bound.strands(0, 1).empty());
  CHECK(bound.findings().size() == 3);
  for (const finding& f : bound.findings()) CHECK(f.code == code::unknown_id);
}

TEST_CASE("programmes of one portfolio share a ledger", "[ledger][binding]") {
  std::vector<plan> plans(2, plan{{increment("lifts")}});
  plans[1].places = {{.id = "country"}, {.id = "east", .within = "country"}, {.id = "abroad", .within = "country"}};
  plans[1].indicators = {increment("roads"), increment("lifts")};
  ledger book;
  book.append(std::vector{report("lifts", "east", "2021-06", 1), report("lifts", "abroad", "2021-06", 2), report("lifts", "", "2021-06", 3),
                          report("lifts", "moon", "2021-06", 4)});
  const binding bound = bound_to(plans, book);
  REQUIRE(bound.strands(0, 0).size() == 2);
  CHECK(bound.strands_at(0, 0, 1).size() == 1);
  REQUIRE(bound.strands(1, 1).size() == 3);
  CHECK(amounts(bound, bound.strands_at(1, 1, 0)[0]) == std::vector<double>{3});
  CHECK(amounts(bound, bound.strands_at(1, 1, 2)[0]) == std::vector<double>{2});
  CHECK(bound.strands(1, 0).empty());
  // a place that one programme has is known
  REQUIRE(bound.findings().size() == 1);
  CHECK(bound.findings()[0].text == "moon");
}

TEST_CASE("an entry that two programmes cannot read counts once in the finding", "[ledger][binding]") {
  const std::vector<plan> plans(2, plan{{increment("people", "人")}});
  ledger book;
  book.append(with_unit(report("people", "east", "2021-06", 5), "人次"));
  const binding bound = bound_to(plans, book);
  REQUIRE(bound.findings().size() == 1);
  CHECK_THAT(bound.findings()[0].message, StartsWith("1 entry is "));
}

TEST_CASE("it is known where a series belongs, also one that came later", "[ledger][binding]") {
  std::vector<plan> plans(2, plan{{increment("lifts"), increment("roads")}});
  plans[1].indicators = {increment("roads"), increment("lifts")};
  plans[1].places.pop_back();
  ledger book;
  const series_id early = book.series_for(report("lifts", "west", "2021-06", 1));
  const binding bound = bound_to(plans, book);
  using place = binding::place_of_series;
  CHECK(bound.where(book.view(), early) == std::vector<place>{{0, 0, 2}});
  const auto later = [&](std::string indicator, std::string where) {
    const series_id series = book.series_for(report(std::move(indicator), std::move(where), "2021-06", 1));
    return bound.where(book.view(), series);
  };
  CHECK(later("lifts", "east") == std::vector<place>{{0, 0, 1}, {1, 1, 1}});
  CHECK(later("roads", "") == std::vector<place>{{0, 1, 0}, {1, 0, 0}});
  CHECK(later("roads", "moon").empty());
  CHECK(later("unheard of", "east").empty());
}

TEST_CASE("a binding keeps the state that it was made from (T2)", "[ledger][binding]") {
  ledger book;
  book.append(report("lifts", "east", "2021-06", 1));
  const plan p{{increment("lifts")}};
  const binding bound = bound_to(p, book);
  book.append(report("lifts", "east", "2021-07", 2));
  CHECK(amounts(bound, bound.strands(0, 0)[0]) == std::vector<double>{1});
  CHECK(bound.ledger().size() == 1);
}
