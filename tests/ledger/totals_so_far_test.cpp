#include <attain/core/random.hpp>
#include <attain/ledger/impl/totals_so_far.hpp>
#include <attain/ledger/quality.hpp>

#include "ledger/quality_scene.hpp"
#include "support/catch.hpp"

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

/// East and west are to build so many lifts of their own; what east reported, month by month.
quality_scene with_goal(double goal, const std::vector<double>& amounts) {
  quality_scene of;
  of.promise().quotas = {{.place = "east", .goal = goal}, {.place = "west", .goal = 1000 - goal}};
  of.months("east", amounts);
  return of;
}

std::size_t asked_about(const quality_scene& of) { return of.found(quality_check::total_so_far).size(); }

/// Twelve amounts around one twelfth of a year's work, as they come or piled up.
std::vector<double> year_of(random_stream& random, double work, double spread, bool piled_up) {
  std::vector<double> amounts;
  double total = 0;
  for (int m = 0; m < 12; ++m) {
    const double amount = std::round(work / 12 * std::exp(spread * random.normal()));
    total += amount;
    amounts.push_back(piled_up ? total : amount);
  }
  return amounts;
}

bool is_asked_about(const std::vector<double>& amounts, std::optional<double> goal) {
  return detail::are_totals_so_far(amounts, detail::rising_from(amounts, 0), goal);
}

}  // namespace

TEST_CASE("amounts that rise throughout and pass the goal together are asked about", "[ledger][quality]") {
  const quality_scene of = with_goal(30, {3, 5, 8, 11, 15, 20});
  const auto found = of.found(quality_check::total_so_far);
  REQUIRE(found.size() == 1);
  CHECK(found[0].severity == severity::note);
  CHECK(found[0].value == 62.0);
  CHECK(found[0].expected == 20.0);
  CHECK(found[0].effect == 42.0);
  CHECK(found[0].threshold == 30.0);
  CHECK(found[0].n == 6);
  CHECK(found[0].first_day == date(2021, 1, 1).days());
  CHECK(found[0].last_day == date(2021, 6, 30).days());
  CHECK(
      of.report_now().sentence(found[0]) ==
      "6 amounts in a row never fall, the last is 20, and they add up to 62, past the goal of 30: what each period added, or the "
      "total so far?");
  CHECK(of.report_now().sentence(found[0], language::chinese) ==
        "连续6期只增不减，末期为20，合计62，已超过目标30：所报是当期数，还是截至当期的累计数？");
}

TEST_CASE("a month in which nothing was added says its total again", "[ledger][quality]") {
  CHECK(asked_about(with_goal(30, {3, 5, 5, 8, 8, 11, 15, 20})) == 1);
  CHECK(asked_about(with_goal(30, {0, 0, 5, 8, 8, 11, 15, 20})) == 1);
  CHECK(asked_about(with_goal(30, {8, 8, 8, 8, 8, 11, 15, 20})) == 0);  // four different amounts
}

TEST_CASE("growth that stays within its goal is not asked about, nor what passes it by far itself", "[ledger][quality]") {
  CHECK(asked_about(with_goal(62, {3, 5, 8, 11, 15, 20})) == 0);
  CHECK(asked_about(with_goal(61, {3, 5, 8, 11, 15, 20})) == 1);
  CHECK(asked_about(with_goal(10, {3, 5, 8, 11, 15, 20})) == 1);
  CHECK(asked_about(with_goal(9, {3, 5, 8, 11, 15, 20})) == 0);
}

TEST_CASE("fewer than six different amounts say too little, and so does a fall between them", "[ledger][quality]") {
  CHECK(asked_about(with_goal(20, {3, 5, 8, 11, 15})) == 0);
  CHECK(asked_about(with_goal(20, {3, 5, 8, 7, 11, 15})) == 0);
}

TEST_CASE("a first amount larger than two mean steps is a stock of its own", "[ledger][quality]") {
  CHECK(asked_about(with_goal(100, {10, 15, 20, 25, 30, 35})) == 1);  // two steps
  CHECK(asked_about(with_goal(100, {11, 15, 20, 25, 30, 35})) == 0);
  CHECK(asked_about(with_goal(300, {100, 101, 103, 104, 106, 108})) == 0);
}

TEST_CASE("without a goal in numbers eight different amounts are needed", "[ledger][quality]") {
  quality_scene of;
  of.months("east", {3, 5, 8, 11, 15, 20, 22});
  CHECK(asked_about(of) == 0);
  of.add("lifts", "east", "2021-08", 25);
  const auto found = of.found(quality_check::total_so_far);
  REQUIRE(found.size() == 1);
  CHECK(of.report_now().sentence(found[0]) ==
        "8 amounts in a row never fall, the last is 25, and they add up to 109: what each period added, or the total so far?");
  // A goal for every month is none of their sum.
  of.promise().cadence = cadence{.kind = cadence_kind::every, .every = frequency::month};
  of.promise().place = "east";
  of.promise().aim = at_least(3);
  CHECK(asked_about(of) == 1);
}

TEST_CASE("a cap on every month is none on their sum (A2)", "[ledger][quality]") {
  quality_scene of;
  of.indicator().period = frequency::month;
  of.promise().place = "east";
  of.promise().aim = at_most(30);
  of.promise().cadence = cadence{.kind = cadence_kind::throughout};
  of.months("east", {3, 5, 8, 11, 15, 20});
  CHECK(asked_about(of) == 1);  // on the year
  of.promise().judged = hold_judging::each_period;
  CHECK(asked_about(of) == 0);
}

TEST_CASE("totals begin where the series, a year or the window does", "[ledger][quality]") {
  CHECK(asked_about(with_goal(30, {30, 3, 5, 8, 11, 15, 20})) == 0);
  quality_scene of = with_goal(30, {3, 5, 8, 11, 15, 20});
  of.add("lifts", "east", "2020-12", 44);  // the year before ended so
  CHECK(asked_about(of) == 1);
}

TEST_CASE("running totals and levels are not asked whether they are totals", "[ledger][quality]") {
  quality_scene of = with_goal(30, {3, 5, 8, 11, 15, 20});
  of.spec.indicators[0].kind = indicator_kind::running_total;
  CHECK(asked_about(of) == 0);
}

TEST_CASE("a cap that only the sum passes is a goal, too", "[ledger][quality]") {
  quality_scene of;
  of.promise().place = "east";
  of.promise().aim = at_most(30);
  of.months("east", {3, 5, 8, 11, 15, 20});
  CHECK(asked_about(of) == 1);
  of.promise().aim = between(40, 62);
  CHECK(asked_about(of) == 0);
}

TEST_CASE("of random years hardly any is asked about, of piled up ones most", "[ledger][quality]") {
  int clean = 0, clean_without_goal = 0, piled_up = 0, piled_up_without_goal = 0;
  constexpr int years = 20'000;
  for (std::uint64_t i = 0; i < years; ++i) {
    random_stream random(11, i);
    const double spread = 0.1 + 0.9 * random.uniform();
    const double goal = 60 * std::exp(4 * random.uniform());
    const double work = goal * std::exp(0.3 * random.normal()) / std::exp(spread * spread / 2);
    const std::vector<double> amounts = year_of(random, work, spread, false);
    clean += is_asked_about(amounts, goal);
    clean_without_goal += is_asked_about(amounts, std::nullopt);
    const std::vector<double> piled = year_of(random, work, spread, true);
    piled_up += is_asked_about(piled, goal);
    piled_up_without_goal += is_asked_about(piled, std::nullopt);
  }
  CHECK(clean <= 4);
  CHECK(clean_without_goal <= 2);
  CHECK(piled_up >= years * 85 / 100);
  CHECK(piled_up_without_goal >= years * 85 / 100);
}
