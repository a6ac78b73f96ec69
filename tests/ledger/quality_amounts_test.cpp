#include <attain/ledger/quality.hpp>

#include "ledger/quality_scene.hpp"
#include "support/catch.hpp"

#include <random>
#include <vector>

using namespace attain;
using namespace attain::test;

TEST_CASE("an outlier is named by the first test that flags it, with its score and effect", "[ledger][quality]") {
  quality_scene of;
  of.months("east", {100, 102, 98, 101, 99, 103, 97, 100, 102, 98, 101, 300}).months("west", ordinary_year());
  const auto found = of.found(quality_check::outlier);
  REQUIRE(found.size() == 1);
  CHECK(found[0].variant == "z_sample");
  CHECK_THAT(found[0].score.value(), WithinAbs(3.1738, 5e-5));
  CHECK(found[0].threshold == 3.0);
  CHECK(found[0].n == 12);
  CHECK_THAT(found[0].effect.value(), WithinAbs(300 - 1101 / 11.0, 1e-9));
  const quality_score extreme = of.scored(quality_measure::outliers, "z_sample");
  CHECK(extreme.count == 1);
  CHECK(extreme.of == 24);
  CHECK(extreme.divergent == 1);
  CHECK(of.scored(quality_measure::outliers, "modified_z").count == 1);
}

TEST_CASE("where MAD is 0 the finding names the formula that was used", "[ledger][quality]") {
  quality_scene of;
  of.options.outliers = {who_modified};
  of.months("east", {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 40});
  const auto found = of.found(quality_check::outlier);
  REQUIRE(found.size() == 1);
  CHECK(found[0].variant == "mean_deviation_z");
  of.options.outliers = {dhis2_modified};
  CHECK(of.found(quality_check::outlier).empty());
  CHECK(of.scored(quality_measure::outliers).not_calculable == 1);  // never 0 of 12
  CHECK(of.scored(quality_measure::outliers).of == 0);
}

TEST_CASE("a series too short for a variant is said to be so and does not count as clean", "[ledger][quality]") {
  quality_scene of;
  of.options.outliers = {who_extreme};
  of.months("east", {100, 101, 99, 100, 102, 98, 100, 5000});
  CHECK(of.found(quality_check::outlier).empty());
  const auto blind = of.found(quality_check::cannot_detect);
  REQUIRE(blind.size() == 1);
  CHECK(blind[0].n == 8);
  CHECK_THAT(blind[0].score.value(), WithinAbs(2.475, 5e-4));
  CHECK(of.report_now().sentence(blind[0]).starts_with("Cannot detect with n = 8"));
  const quality_score score = of.scored(quality_measure::outliers);
  CHECK(score.of == 0);
  CHECK(score.not_calculable == 1);
  CHECK(score.share == reason::too_few_observations);
}

TEST_CASE("each place is a series of its own", "[ledger][quality]") {
  quality_scene of;
  std::vector<double> large;
  for (const double x : ordinary_year()) large.push_back(50 * x);
  of.months("east", ordinary_year()).months("west", large);
  CHECK(of.found(quality_check::outlier).empty());
  CHECK(of.found(quality_check::magnitude_slip).empty());
}

TEST_CASE("a slip of a power of ten is named by its power", "[ledger][quality]") {
  quality_scene of;
  auto amounts = ordinary_year();
  amounts[4] *= 10'000;
  of.months("east", amounts);
  const auto slips = of.found(quality_check::magnitude_slip);
  REQUIRE(slips.size() == 1);
  CHECK(slips[0].threshold == 4.0);
  CHECK_THAT(of.report_now().sentence(slips[0]), ContainsSubstring(" × 10000 (万)"));
  CHECK_THAT(of.report_now().sentence(slips[0], language::chinese), ContainsSubstring(" × 10000 (万)"));
}

TEST_CASE("a slip reads as a question that leaves the number as it is", "[ledger][quality]") {
  quality_scene of;
  auto amounts = ordinary_year();
  amounts[4] /= 10;
  of.months("east", amounts);
  const auto slips = of.found(quality_check::magnitude_slip);
  REQUIRE(slips.size() == 1);
  CHECK(slips[0].threshold == -1.0);
  CHECK_THAT(of.report_now().sentence(slips[0]), ContainsSubstring(" looks like the usual "));
  CHECK_THAT(of.report_now().sentence(slips[0]), ContainsSubstring(" ÷ 10: is a digit or the unit wrong?"));
}

TEST_CASE("equal amounts in a row ask whether they were counted, zeros and pairs do not", "[ledger][quality]") {
  quality_scene of;
  of.months("east", {100, 104, 104, 104, 98, 97, 97, 101, 0, 0, 0, 102});
  const auto copied = of.found(quality_check::copied_forward);
  REQUIRE(copied.size() == 1);
  CHECK(copied[0].n == 3);
  CHECK(copied[0].value == 104.0);
  CHECK(copied[0].first_day == date(2021, 2, 1).days());
  CHECK(copied[0].last_day == date(2021, 4, 30).days());
}

TEST_CASE("a fall of a running total is unexplained within its cycle and declared between cycles (R5)", "[ledger][quality]") {
  quality_scene of;
  of.spec.indicators = {running_total("lifts")};
  of.indicator().counted_from = origin::year;
  of.spec.window = parse_period("2020/2021");
  of.months("east", {100, 200, 300, 280, 400}, 2020).months("east", {90, 190}, 2021);
  const auto falls = of.found(quality_check::falling_total);
  REQUIRE(falls.size() == 1);
  CHECK(falls[0].value == 280.0);
  CHECK(falls[0].expected == 300.0);
  of.indicator().counted_from = origin::ever;
  CHECK(of.found(quality_check::falling_total).size() == 2);
}

TEST_CASE("outliers of running totals are looked for among their steps, over which no fall and no gap counts",
          "[ledger][quality]") {
  quality_scene of;
  of.spec.indicators = {running_total("lifts")};
  std::vector<double> so_far;
  double sum = 0;
  for (std::size_t i = 0; i < 12; ++i) so_far.push_back(sum += i == 7 ? 300 : ordinary_year()[i]);
  of.months("east", so_far);
  const auto found = of.found(quality_check::outlier);
  REQUIRE(found.size() == 1);
  CHECK(found[0].value == 300.0);
  of.entries.erase(of.entries.begin() + 6);  // July is missing: the step of August spans two months
  CHECK(of.found(quality_check::outlier).empty());
}

TEST_CASE("an amount beyond the natural limit is found on the side where the others are not", "[ledger][quality]") {
  quality_scene of;
  of.spec.indicators = {level("lifts", "%")};
  of.indicator().natural_limit = 1;
  of.months("east", {0.91, 0.92, 0.93, 1.2, 0.95});
  REQUIRE(of.found(quality_check::beyond_limit).size() == 1);
  CHECK(of.found(quality_check::beyond_limit)[0].value == 1.2);
}

TEST_CASE("what is counted whole is neither negative nor a fraction; other amounts may be both", "[ledger][quality]") {
  quality_scene of;
  of.spec.indicators = {increment("lifts", "台")};
  of.months("east", {10, 11, -2, 9, 10.5, 0});
  REQUIRE(of.found(quality_check::negative_count).size() == 1);
  CHECK(of.found(quality_check::negative_count)[0].value == -2.0);
  REQUIRE(of.found(quality_check::fractional_count).size() == 1);
  CHECK(of.found(quality_check::fractional_count)[0].value == 10.5);
  CHECK(of.found(quality_check::fractional_count)[0].severity == severity::warning);
  of.indicator().indivisible = false;
  CHECK(of.found(quality_check::negative_count).empty());
  CHECK(of.found(quality_check::fractional_count).empty());
  of.indicator() = level("lifts", "%");
  CHECK(of.found(quality_check::fractional_count).empty());
}

TEST_CASE("digits are asked about only where numbers are enough, and as a question", "[ledger][quality]") {
  quality_scene of;
  of.spec.window = parse_period("2017/2021");
  std::mt19937 random(3);
  for (int year = 2017; year <= 2021; ++year) {
    std::vector<double> rounded;
    for (int i = 0; i < 12; ++i) rounded.push_back(500 + 5 * static_cast<double>(random() % 60));
    of.months("east", rounded, year);
  }
  const auto uneven = of.found(quality_check::last_digits);
  REQUIRE(uneven.size() == 1);
  CHECK(uneven[0].value == 500.0);
  CHECK(uneven[0].severity == severity::note);
  CHECK(of.report_now().sentence(uneven[0]).ends_with("?"));
  CHECK(of.found(quality_check::first_digits).empty());
  of.entries.erase(of.entries.begin() + 40, of.entries.end());
  CHECK(of.found(quality_check::last_digits).empty());
}
