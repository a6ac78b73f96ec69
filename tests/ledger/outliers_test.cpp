#include <attain/ledger/outliers.hpp>

#include <attain/core/error.hpp>
#include <attain/core/statistics.hpp>

#include "support/catch.hpp"

#include <cmath>
#include <limits>
#include <optional>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

using number_series = std::vector<double>;

// Computed outside this library, to four decimals; the value that is scored comes last or where `at` says.
struct reference_series {
  const char* name;
  number_series values;
  std::size_t at;
  double mean, sample_deviation, population_deviation;
  double median, median_deviation, mean_deviation;
  double z_sample, z_population;
  std::optional<double> modified, fallback;
};

const std::vector<reference_series>& outlier_reference() {
  static const std::vector<reference_series> all{{"one high",
                                                  {100, 102, 98, 101, 99, 103, 97, 100, 102, 98, 101, 300},
                                                  11,
                                                  116.75,
                                                  57.7378,
                                                  55.2798,
                                                  100.5,
                                                  1.5,
                                                  18.0833,
                                                  3.1738,
                                                  3.3150,
                                                  89.7085,
                                                  8.8025},
                                                 {"eleven 0, one 40",
                                                  {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 40},
                                                  11,
                                                  3.3333,
                                                  11.5470,
                                                  11.0554,
                                                  0,
                                                  0,
                                                  3.3333,
                                                  3.1754,
                                                  3.3166,
                                                  {},
                                                  9.5746},
                                                 {"one low",
                                                  {100, 102, 98, 101, 99, 103, 97, 100, 102, 98, 101, 0},
                                                  11,
                                                  91.75,
                                                  28.9518,
                                                  27.7192,
                                                  100,
                                                  2,
                                                  9.75,
                                                  -3.1691,
                                                  -3.3100,
                                                  -33.7250,
                                                  -8.1834},
                                                 {"eight values",
                                                  {100, 101, 99, 100, 102, 98, 100, 5000},
                                                  7,
                                                  712.5,
                                                  1732.4120,
                                                  1620.5231,
                                                  100,
                                                  1,
                                                  613.25,
                                                  2.4749,
                                                  2.6458,
                                                  3305.05,
                                                  6.3753},
                                                 {"wide",
                                                  {100, 110, 90, 105, 95, 120, 80, 100, 115, 85, 100, 160},
                                                  11,
                                                  105,
                                                  20.8893,
                                                  20,
                                                  100,
                                                  10,
                                                  13.3333,
                                                  2.6329,
                                                  2.75,
                                                  4.047,
                                                  3.5905}};
  return all;
}

// A test that never says that it cannot detect anything, so that every score can be looked at.
outlier_test always(outlier_variant variant, bool falls_back = true) { return {variant, 0, true, falls_back}; }

double score_at(const reference_series& of, outlier_variant variant) {
  return score_outliers(of.values, always(variant)).value().scores[of.at];
}

const number_series constant_series(12, 50.0);

}  // namespace

TEST_CASE("the reference series have the published statistics", "[ledger][outliers]") {
  for (const reference_series& of : outlier_reference()) {
    INFO(of.name);
    CHECK_THAT(mean(of.values).value(), WithinAbs(of.mean, 5e-5));
    CHECK_THAT(standard_deviation(of.values).value(), WithinAbs(of.sample_deviation, 5e-5));
    CHECK_THAT(standard_deviation(of.values, divisor::n).value(), WithinAbs(of.population_deviation, 5e-5));
    CHECK_THAT(median(of.values).value(), WithinAbs(of.median, 5e-5));
    CHECK_THAT(median_deviation(of.values, of.median).value(), WithinAbs(of.median_deviation, 5e-5));
    CHECK_THAT(mean_deviation(of.values, of.median).value(), WithinAbs(of.mean_deviation, 5e-5));
  }
}

TEST_CASE("the reference series have the published scores, each variant its own", "[ledger][outliers]") {
  for (const reference_series& of : outlier_reference()) {
    INFO(of.name);
    CHECK_THAT(score_at(of, outlier_variant::z_sample), WithinAbs(of.z_sample, 5e-5));
    CHECK_THAT(score_at(of, outlier_variant::z_population), WithinAbs(of.z_population, 5e-5));
    CHECK_THAT(score_at(of, outlier_variant::mean_deviation_z), WithinAbs(*of.fallback, 5e-5));
    if (of.modified) {
      CHECK_THAT(score_at(of, outlier_variant::modified_z), WithinAbs(*of.modified, 5e-5));
      CHECK_THAT(score_at(of, outlier_variant::modified_z_1486), WithinRel(*of.modified / 0.6745 / 1.486, 1e-5));
      CHECK_THAT(score_at(of, outlier_variant::modified_z_exact), WithinRel(*of.modified / 0.6745 * 0.674489750196, 1e-5));
    }
  }
}

TEST_CASE("a series of one value throughout is not scorable, or 0 where a variant says so", "[ledger][outliers]") {
  CHECK(score_outliers(constant_series, who_extreme).why() == reason::denominator_zero);
  CHECK(score_outliers(constant_series, dhis2_z).why() == reason::denominator_zero);
  CHECK(score_outliers(constant_series, dhis2_modified).why() == reason::denominator_zero);
  CHECK(score_outliers(constant_series, who_modified).value().scores == number_series(12, 0.0));
}

TEST_CASE("where MAD is 0 the WHO variant falls back and DHIS2's does not score", "[ledger][outliers]") {
  const number_series& values = outlier_reference()[1].values;
  const outlier_scores fallen = score_outliers(values, who_modified).value();
  CHECK(fallen.used == outlier_variant::mean_deviation_z);
  CHECK_THAT(fallen.scores[11], WithinAbs(9.5746, 5e-5));
  CHECK(who_modified.stands_out(fallen.scores[11]));
  CHECK(score_outliers(values, dhis2_modified).why() == reason::denominator_zero);
  CHECK(score_outliers(values, dhis2_analytics_modified).value().scores == number_series(12, 0.0));
}

TEST_CASE("what lies far below stands out as what lies far above", "[ledger][outliers]") {
  const number_series& low = outlier_reference()[2].values;
  CHECK(who_modified.stands_out(score_outliers(low, who_modified).value().scores[11]));
  CHECK(who_extreme.stands_out(score_outliers(low, who_extreme).value().scores[11]));
}

TEST_CASE("a z-score of the sample cannot detect anything in ten values", "[ledger][outliers]") {
  const reference_series& eight = outlier_reference()[3];
  CHECK(score_outliers(eight.values, who_extreme).why() == reason::too_few_observations);
  CHECK(who_modified.stands_out(score_outliers(eight.values, who_modified).value().scores[7]));
  CHECK_FALSE(can_detect(who_extreme, outlier_variant::z_sample, 10));
  CHECK(can_detect(who_extreme, outlier_variant::z_sample, 11));
  CHECK_THAT(greatest_score(outlier_variant::z_sample, 8), WithinAbs(2.475, 5e-4));
  CHECK_THAT(greatest_score(outlier_variant::z_sample, 10), WithinAbs(2.846, 5e-4));
  CHECK_THAT(greatest_score(outlier_variant::z_sample, 11), WithinAbs(3.015, 5e-4));
  CHECK_THAT(greatest_score(outlier_variant::z_sample, 12), WithinAbs(3.175, 5e-4));
}

TEST_CASE("the greatest score is reached by one value among equal ones", "[ledger][outliers]") {
  for (const std::size_t n : {2u, 3u, 5u, 8u, 12u, 40u}) {
    number_series values(n, 7.0);
    values[n / 2] = 1e6;
    for (const auto variant : {outlier_variant::z_sample, outlier_variant::z_population}) {
      CHECK_THAT(score_outliers(values, always(variant)).value().scores[n / 2], WithinRel(greatest_score(variant, n), 1e-9));
    }
    if (n > 2) {
      const auto fallen = score_outliers(values, always(outlier_variant::modified_z)).value();
      CHECK_THAT(fallen.scores[n / 2], WithinRel(greatest_score(outlier_variant::mean_deviation_z, n), 1e-9));
    }
  }
}

TEST_CASE("fewer than two values detect nothing", "[ledger][outliers]") {
  for (const outlier_test& test : {who_extreme, who_moderate, who_modified, dhis2_z, dhis2_modified}) {
    CHECK(score_outliers(number_series{}, test).why() == reason::too_few_observations);
    CHECK(score_outliers(number_series{5}, test).why() == reason::too_few_observations);
  }
  CHECK(score_outliers(number_series{1, 1, 1, 100}, who_modified).why() == reason::too_few_observations);  // 4/1.2533 < 3.5
}

TEST_CASE("at and beyond the threshold are two variants", "[ledger][outliers]") {
  const outlier_test beyond{outlier_variant::z_population, 2.75}, at{outlier_variant::z_population, 2.75, true};
  const double score = score_outliers(outlier_reference()[4].values, at).value().scores[11];
  CHECK(score == 2.75);
  CHECK(at.stands_out(score));
  CHECK_FALSE(beyond.stands_out(score));
}

TEST_CASE("a threshold of 0 is a threshold", "[ledger][outliers]") {
  const outlier_test none{outlier_variant::z_sample, 0};
  const outlier_scores found = score_outliers(number_series{1, 2, 3}, none).value();
  CHECK(none.stands_out(found.scores[0]));
  CHECK_FALSE(none.stands_out(found.scores[1]));
}

TEST_CASE("scoring keeps the values in their places", "[ledger][outliers]") {
  const number_series values{300, 98, 101, 99, 103, 97, 100, 102, 98, 101, 100, 102};
  for (const outlier_test& test : {who_extreme, who_modified}) {
    const auto found = score_outliers(values, test).value();
    CHECK(test.stands_out(found.scores[0]));
    for (std::size_t i = 1; i < values.size(); ++i) CHECK_FALSE(test.stands_out(found.scores[i]));
  }
}

TEST_CASE("values that are not finite and negative thresholds are refused", "[ledger][outliers]") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_THROWS_AS(score_outliers(number_series{1, nan, 3}, who_extreme), invalid_option);
  CHECK_THROWS_AS(score_outliers(number_series{1, 2, 3}, outlier_test{outlier_variant::z_sample, -1}), invalid_option);
  CHECK_THROWS_AS(score_outliers(number_series{1, 2, 3}, outlier_test{outlier_variant::z_sample, nan}), invalid_option);
}
