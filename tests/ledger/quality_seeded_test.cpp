/** Errors put into clean data at random: nearly all of them are found, and nearly nothing else is. Fixed seeds; shares are
   counted over all series of a run. */

#include <attain/core/random.hpp>
#include <attain/ledger/quality.hpp>

#include "ledger/quality_scene.hpp"
#include "support/catch.hpp"

#include <cmath>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

constexpr int county_count = 1000;
constexpr int month_count = 24;

std::string county(int number) { return "county-" + std::to_string(number); }

/// Monthly counts of many counties over two years: a level of their own, a season, and noise of 15 % around it.
class clean_counties {
 public:
  explicit clean_counties(std::uint64_t seed, indicator_kind kind = indicator_kind::increment) {
    scene.spec.window = parse_period("2020/2021");
    scene.spec.indicators[0].kind = kind;
    scene.spec.indicators[0].counted_from = origin::ever;
    scene.spec.places = {{.id = "country"}};
    scene.options.as_of = date(2021, 12, 31);
    for (int c = 0; c < county_count; ++c) {
      scene.spec.places.push_back({.id = county(c), .within = "country"});
      random_stream random(seed, static_cast<std::uint64_t>(c));
      const double usual = 50 * std::exp(4 * random.uniform());
      double total = 0;
      for (int m = 0; m < month_count; ++m) {
        const double season = 1 + 0.2 * std::sin(2 * 3.141592653589793 * m / 12);
        const double amount = std::round(usual * season * std::exp(0.15 * random.normal()));
        total += amount;
        const double said = kind == indicator_kind::running_total ? total : amount;
        scene.add("lifts", county(c), month_text(2020 + m / 12, m % 12 + 1), said);
      }
    }
  }

  observation& at(int c, int m) { return scene.entries[static_cast<std::size_t>(c * month_count + m)]; }
  void multiply(int c, int m, double factor) { at(c, m).low = at(c, m).high = at(c, m).low * factor; }

  quality_scene scene;
};

/// Place and first day of what a check found.
std::set<std::pair<std::string, std::int32_t>> spots(const quality_report& made, quality_check check) {
  std::set<std::pair<std::string, std::int32_t>> found;
  for (const quality_finding& f : made.findings()) {
    if (f.check == check) found.emplace(std::string(made.place_id(f)), f.first_day);
  }
  return found;
}

/// One slip in each county, at a month and by a power of ten of its own.
double share_of_slips_found(std::uint64_t seed, indicator_kind kind) {
  clean_counties data(seed, kind);
  constexpr int powers[] = {-4, -3, -2, -1, 1, 2, 3, 4, 8};
  std::vector<int> month_of;
  for (int c = 0; c < county_count; ++c) {
    random_stream random(seed + 1, static_cast<std::uint64_t>(c));
    // A running total that starts too small is in order: nothing tells it from a slow start.
    const int from = kind == indicator_kind::running_total ? 1 : 0;
    month_of.push_back(from + static_cast<int>(random.below(static_cast<std::uint32_t>(month_count - from))));
    data.multiply(c, month_of.back(), std::pow(10.0, powers[random.below(9)]));
  }
  const quality_report made = data.scene.report_now();
  const auto found = spots(made, quality_check::magnitude_slip);
  int seen = 0;
  for (int c = 0; c < county_count; ++c) {
    seen += found.count({county(c), data.at(c, month_of[static_cast<std::size_t>(c)]).about.start.days()}) != 0 ? 1 : 0;
  }
  return static_cast<double>(seen) / county_count;
}

}  // namespace

TEST_CASE("at least 99 of 100 slips of magnitude are found, wherever they lie", "[ledger][quality][seeded]") {
  CHECK(share_of_slips_found(11, indicator_kind::increment) >= 0.99);
  CHECK(share_of_slips_found(12, indicator_kind::level) >= 0.99);
  CHECK(share_of_slips_found(13, indicator_kind::running_total) >= 0.99);
}

TEST_CASE("clean data raise a warning about fewer than 1 in 100 series, and a slip about fewer than 1 in 1000",
          "[ledger][quality][seeded]") {
  for (const auto kind : {indicator_kind::increment, indicator_kind::level, indicator_kind::running_total}) {
    const quality_report made = clean_counties(21, kind).scene.report_now();
    std::set<std::string> warned;
    for (const quality_finding& f : made.findings()) {
      if (f.severity == severity::warning) warned.emplace(made.place_id(f));
    }
    CHECK(warned.size() <= county_count / 100);
    CHECK(spots(made, quality_check::magnitude_slip).size() <= county_count / 1000);
    CHECK(spots(made, quality_check::same_series).empty());
    CHECK(spots(made, quality_check::last_digits).empty());
    CHECK(spots(made, quality_check::first_digits).empty());
  }
}

TEST_CASE("fewer than 1 in 100 clean amounts lie beyond three standard deviations or a modified score of 3.5",
          "[ledger][quality][seeded]") {
  clean_counties data(31);
  for (const outlier_test& test : {who_extreme, who_modified, dhis2_z}) {
    data.scene.options.outliers = {test};
    const quality_score score = data.scene.scored(quality_measure::outliers);
    CHECK(score.of == county_count * month_count);
    CHECK(score.share.value() <= 0.01);
  }
}

TEST_CASE("every copied quarter is found, and fewer than 1 in 100 clean series seem copied", "[ledger][quality][seeded]") {
  clean_counties data(41);
  const std::size_t clean = spots(data.scene.report_now(), quality_check::copied_forward).size();
  CHECK(clean <= county_count / 100);
  for (int c = 0; c < county_count; ++c) {
    const int from = 3 + c % 18;
    for (int m = from + 1; m < from + 3; ++m) data.at(c, m).low = data.at(c, m).high = data.at(c, from).low;
  }
  CHECK(spots(data.scene.report_now(), quality_check::copied_forward).size() >= county_count);
}

TEST_CASE("every fall of a running total is found, and clean totals have none", "[ledger][quality][seeded]") {
  clean_counties data(51, indicator_kind::running_total);
  CHECK(spots(data.scene.report_now(), quality_check::falling_total).empty());
  for (int c = 0; c < county_count; ++c) data.multiply(c, 5 + c % 18, 1.5);  // too large, so that the next falls
  const auto falls = spots(data.scene.report_now(), quality_check::falling_total);
  std::size_t expected = 0;
  for (int c = 0; c < county_count; ++c) {
    const int next = 6 + c % 18;
    if (next < month_count && data.at(c, next).low < data.at(c, next - 1).low) ++expected;
  }
  CHECK(falls.size() == expected);
  CHECK(expected > county_count / 2);
}

TEST_CASE("every county that copies another is found", "[ledger][quality][seeded]") {
  clean_counties data(61);
  for (int c = 0; c < county_count; c += 100) {
    for (int m = 0; m < month_count; ++m) data.at(c + 1, m).low = data.at(c + 1, m).high = data.at(c, m).low;
  }
  CHECK(spots(data.scene.report_now(), quality_check::same_series).size() == county_count / 100);
}
