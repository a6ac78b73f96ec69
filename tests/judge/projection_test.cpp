#include <attain/judge/projection.hpp>

#include <attain/core/error.hpp>

#include "support/catch.hpp"

#include <cmath>
#include <vector>

using namespace attain;
using namespace attain::test;

using by_period = std::vector<double>;

TEST_CASE("chances and intervals of Student's t are those of scipy", "[judge][projection]") {
  struct row {
    double mean, scale;
    int freedom;
    double goal, chance, low, high;  // low and high: a tenth below, a tenth above
  };
  const row rows[] = {{100, 10, 2, 110, 0.21132486540518713, 81.1438191683585, 118.85618083164151},
                      {100, 10, 4, 110, 0.1869504831500295, 84.66793726286856, 115.33206273713144},
                      {100, 10, 11, 110, 0.1694003480981009, 86.36569681979479, 113.63430318020521},
                      {100, 10, 23, 95, 0.6890873623788358, 86.80539760859108, 113.19460239140894},
                      {0, 1, 1, 3, 0.10241638234956672, -3.077683537207806, 3.0776835372078066},
                      {50, 0.5, 5, 50, 0.5, 49.26205797560899, 50.73794202439101},
                      {50, 7.5, 3, 65, 0.06966298427942155, 37.716917320880704, 62.2830826791193}};
  for (const row& r : rows) {
    const projection of{.mean = r.mean, .scale = r.scale, .freedom = r.freedom};
    CHECK_THAT(of.chance_of_at_least(r.goal), WithinRel(r.chance, 1e-12));
    CHECK_THAT(of.chance_of_at_most(r.goal), WithinRel(1 - r.chance, 1e-12));
    CHECK_THAT(of.quantile(0.1), WithinRel(r.low, 1e-8));  // their quantiles are found to so many digits
    CHECK_THAT(of.quantile(0.9), WithinRel(r.high, 1e-8));
  }
  const projection cauchy{.mean = 0, .scale = 1, .freedom = 1};
  CHECK_THAT(cauchy.quantile(0.9), WithinRel(std::tan(0.4 * 3.14159265358979323846), 1e-13));
}

TEST_CASE("chances of negative binomial counts are those of scipy", "[judge][projection]") {
  struct row {
    double size, share, asked, chance;
  };
  const row rows[] = {{65.5, 0.5, 60, 0.6888764581406057},     {142.5, 2.0 / 3, 71, 0.5161128678247395},
                      {231.5, 0.8, 70, 0.08934493298516537},   {0.5, 0.25, 3, 0.20703125},
                      {7.5, 1.0 / 3, 20, 0.22838802901099603}, {5.5, 1.0 / 12, 60, 0.457896695197472}};
  for (const row& r : rows) {
    const double mean = r.size * (1 - r.share) / r.share;
    const projected_count of{.mean = mean, .variance = mean / r.share};
    CHECK_THAT(of.chance_of_at_least(r.asked), WithinRel(r.chance, 1e-11));
    CHECK_THAT(of.chance_of_at_most(r.asked - 1), WithinRel(1 - r.chance, 1e-11));
  }
  const projected_count some{.mean = 3, .variance = 6};
  CHECK(some.chance_of_at_least(0) == 1);
  CHECK(some.chance_of_at_most(-1) == 0);
  CHECK(some.chance_of_at_least(2.5) == some.chance_of_at_least(3));
}

// Worked out from docs/methods/likelihood.md by other code.
TEST_CASE("a level stands about its last amount with a shrunken slope", "[judge][projection]") {
  const auto three = projection_of(by_period{10, 12, 11}, 1.5).value();
  CHECK_THAT(three.mean, WithinRel(11.1875, 1e-14));
  CHECK_THAT(three.scale, WithinRel(1.9813584355184197, 1e-13));
  CHECK(three.freedom == 2);
  const auto eight = projection_of(by_period{3, 5, 4, 6, 8, 7, 9, 12}, 4.5).value();
  CHECK_THAT(eight.mean, WithinRel(14.005949866337096, 1e-12));
  CHECK_THAT(eight.scale, WithinRel(4.488505728354303, 1e-12));
  CHECK_THAT(eight.chance_of_at_least(14), WithinRel(0.5005103361887753, 1e-9));
  const auto line = projection_of(by_period{2.5, 5, 7.5, 10, 12.5, 15}, 1).value();
  CHECK(line.mean > 15);
  CHECK(line.mean < 17.5);  // shrunken even where all points lie on a line
  CHECK(line.scale > 0);
}

TEST_CASE("what is still to be counted follows from what each period added", "[judge][projection]") {
  const auto lifts = projected_count_of(by_period{9, 14, 11}, 9).value();
  CHECK_THAT(lifts.mean, WithinRel(104.30136986301369, 1e-13));
  CHECK_THAT(lifts.variance, WithinRel(417.20547945205476, 1e-13));
  CHECK_THAT(lifts.chance_of_at_least(105), WithinRel(0.4733371056909208, 1e-9));
  CHECK_THAT(projected_count_of(by_period{3, 0, 5, 2, 4, 6, 1}, 4).value().chance_of_at_least(12),
             WithinRel(0.5220750272597341, 1e-9));
  CHECK(projected_count_of(by_period{0, 0}, 3).value().mean > 0);
}

TEST_CASE("other units and another origin change nothing about a chance", "[judge][projection]") {
  const by_period y{3, 5, 4, 6, 8, 7, 9, 12};
  by_period other;
  for (const double v : y) other.push_back(1000 * v - 4e5);
  CHECK_THAT(projection_of(other, 4.5)->chance_of_at_least(1000 * 15.0 - 4e5),
             WithinRel(projection_of(y, 4.5)->chance_of_at_least(15), 1e-8));
}

TEST_CASE("what has never moved is certain", "[judge][projection]") {
  for (const std::size_t n : {3u, 9u}) {
    const auto still = projection_of(by_period(n, 7), 5).value();
    CHECK(still.chance_of_at_least(7) == 1);
    CHECK(still.chance_of_at_least(7.1) == 0);
    CHECK(still.chance_of_at_most(7) == 1);
    CHECK(still.quantile(0.9) == 7);
  }
}

TEST_CASE("there is no chance from too little, and none that cannot be asked for", "[judge][projection]") {
  CHECK(projection_of(by_period{1, 2}, 1) == reason::too_few_observations);
  CHECK(projected_count_of(by_period{}, 1) == reason::too_few_observations);
  CHECK(projected_count_of(by_period{1.5}, 1) == reason::not_comparable);
  CHECK(projection_of(by_period{1e308, -1e308, 1e308}, 1) == reason::overflow);
  CHECK_THROWS_AS(projection_of(by_period{1, 2, 3}, 0), invalid_option);
  CHECK_THROWS_AS(projection_of(by_period{1, 2, std::nan("")}, 1), invalid_option);
  CHECK_THROWS_AS(projected_count_of(by_period{1, -2}, 1), invalid_option);
}
