/** Errors that other data quality tools have shipped, each as a case that comes out wrong under it (docs/data-quality.md,
 * sources). */

#include <attain/ledger/quality.hpp>

#include "ledger/quality_scene.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <string>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

const std::vector<double> one_high{100, 102, 98, 101, 99, 103, 97, 100, 102, 98, 101, 300};
const std::vector<double> one_low{100, 102, 98, 101, 99, 103, 97, 100, 102, 98, 101, 0};
const std::vector<double> mostly_zero{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 40};

quality_scene tested_by(const outlier_test& test, const std::vector<double>& amounts) {
  quality_scene of;
  of.options.outliers = {test};
  of.months("east", amounts);
  return of;
}

}  // namespace

TEST_CASE("a loop over units instead of periods would not see a value behind as many places", "[ledger][quality][defect]") {
  quality_scene of = tested_by(who_modified, one_high);  // the twelfth month, of two places
  of.months("west", ordinary_year());
  REQUIRE(of.found(quality_check::outlier).size() == 1);
  CHECK(of.found(quality_check::outlier)[0].first_day == date(2021, 12, 1).days());
}

TEST_CASE("without the absolute value low outliers would not count", "[ledger][quality][defect]") {
  CHECK(tested_by(who_modified, one_low).scored(quality_measure::outliers).count == 1);
  CHECK(tested_by(who_extreme, one_low).scored(quality_measure::outliers).count == 1);
}

TEST_CASE("a mean deviation that calls the median deviation would leave the fallback dead", "[ledger][quality][defect]") {
  CHECK(tested_by(who_modified, mostly_zero).scored(quality_measure::outliers).count == 1);
  CHECK(tested_by(who_modified, mostly_zero).scored(quality_measure::outliers).of == 12);
}

TEST_CASE("a median of 0 taken for none would leave the series out", "[ledger][quality][defect]") {
  std::vector<double> around_zero{-3, -2, -1, 0, 0, 0, 1, 2, 3, -1, 1, 90};
  CHECK(tested_by(who_modified, around_zero).scored(quality_measure::outliers).count == 1);
  CHECK(tested_by(who_modified, mostly_zero).scored(quality_measure::outliers).not_calculable == 0);
}

TEST_CASE("a median that sorts what it is given would name another month", "[ledger][quality][defect]") {
  std::vector<double> early = one_high;
  std::swap(early[1], early[11]);
  const auto found = tested_by(who_modified, early).found(quality_check::outlier);
  REQUIRE(found.size() == 1);
  CHECK(found[0].first_day == date(2021, 2, 1).days());
}

TEST_CASE("a misspelt name would leave the list of places with extreme outliers empty", "[ledger][quality][defect]") {
  CHECK(tested_by(who_extreme, one_high).scored(quality_measure::outliers).divergent == 1);
}

TEST_CASE("sample and population deviation change who stands out", "[ledger][quality][defect]") {
  const std::vector<double> wide{100, 110, 90, 105, 95, 120, 80, 100, 115, 85, 100, 160};
  CHECK(tested_by({outlier_variant::z_population, 2.7}, wide).scored(quality_measure::outliers).count == 1);
  CHECK(tested_by({outlier_variant::z_sample, 2.7}, wide).scored(quality_measure::outliers).count == 0);
}

TEST_CASE("a ratio the wrong way round at one level would call every place divergent", "[ledger][quality][defect]") {
  quality_scene of;
  of.spec.indicators.push_back(increment("second"));
  for (const std::string& place : std::vector<std::string>{"east", "west"}) {
    of.months(place, {300, 300}).months(place, {100, 100}, 2021, "second");
  }
  of.options.related = {{"lifts", "second", indicator_relation::level, 0.1}};
  CHECK(of.scored(quality_measure::related).divergent == 0);
  CHECK(of.scored(quality_measure::related).share == 1.0);
}

TEST_CASE("percent compared with a fraction would call steady completeness divergent", "[ledger][quality][defect]") {
  quality_scene of;
  of.spec.window = parse_period("2020/2021");
  of.options.as_of = date(2022, 3, 31);
  of.months("east", ordinary_year(), 2020).months("east", ordinary_year(), 2021);
  CHECK(of.scored(quality_measure::steady_completeness).count == 1);
  CHECK(of.scored(quality_measure::steady_completeness).divergent == 0);
}

TEST_CASE("a threshold of 0 taken for none would fall back to another", "[ledger][quality][defect]") {
  CHECK(tested_by({outlier_variant::z_sample, 0}, ordinary_year()).scored(quality_measure::outliers).count == 12);
  quality_scene of;
  of.options.minimum_completeness = 0;
  of.options.as_of = date(2022, 3, 31);
  of.months("east", {100});
  CHECK(of.scored(quality_measure::completeness).divergent == 0);
}

TEST_CASE("a reference of 0 would divide by it", "[ledger][quality][defect]") {
  quality_scene of;
  of.spec.window = parse_period("2020/2021");
  of.months("east", std::vector<double>(12, 0.0), 2020).months("east", ordinary_year(), 2021);
  CHECK(of.scored(quality_measure::over_time).not_calculable == 1);
  CHECK(of.scored(quality_measure::over_time).of == 0);
  CHECK(of.found(quality_check::changed_over_time).empty());
}

TEST_CASE("scores on two scales would show 2.5 % for 25 %", "[ledger][quality][defect]") {
  quality_scene of;
  of.options.as_of = date(2022, 3, 31);
  of.months("east", {100, 101, 99});
  CHECK(of.scored(quality_measure::completeness).share == 0.25);
  CHECK(of.scored(quality_measure::data_completeness).share == 0.25);
  CHECK(of.scored(quality_measure::timeliness).share == 0.25);
  CHECK(of.scored(quality_measure::internal_consistency).share == 1.0);
}
