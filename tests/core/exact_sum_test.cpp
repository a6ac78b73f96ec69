#include <attain/core/exact_sum.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

using namespace attain;

namespace {

constexpr double largest = std::numeric_limits<double>::max();
constexpr double smallest = std::numeric_limits<double>::denorm_min();

exact_sum sum_of(const std::vector<double>& terms) {
  exact_sum sum;
  for (const double x : terms) sum.add(x);
  return sum;
}

bool same_bits(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }

/// Finite doubles of every size, sign and exponent.
double any_double(std::mt19937_64& random) {
  for (;;) {
    const double x = std::bit_cast<double>(random());
    if (std::isfinite(x)) return x;
  }
}

double of_moderate_size(std::mt19937_64& random) {
  const double x = static_cast<double>(static_cast<std::int64_t>(random())) * 0x1p-63;
  return std::ldexp(x, static_cast<int>(random() % 60) - 30);
}

}  // namespace

TEST_CASE("an exact sum is rounded once, as Python's math.fsum does", "[core][exact_sum]") {
  CHECK(sum_of({}).rounded() == 0);
  CHECK(sum_of({0.1, 0.2}).rounded() == 0.1 + 0.2);
  CHECK(sum_of(std::vector<double>(10, 0.1)).rounded() == 1.0);
  CHECK(sum_of({0.7, 0.1}).rounded() == 0.7999999999999999);
  CHECK(sum_of({1e100, 1.0, -1e100}).rounded() == 1.0);
  CHECK(sum_of({1e16, 1.0, 1e-16}).rounded() == 10000000000000002.0);
  CHECK(sum_of({1e308, 1e308, -1e308, -1e308, 3.5}).rounded() == 3.5);
  CHECK(sum_of({largest, std::ldexp(1.0, 970), -largest}).rounded() == std::ldexp(1.0, 970));
  CHECK(sum_of({1.0, std::ldexp(1.0, -1074), -1.0}).rounded() == smallest);
  CHECK(sum_of({-3.5, 1.25}).rounded() == -2.25);
}

TEST_CASE("a tie is rounded to even, and any remainder below breaks it", "[core][exact_sum]") {
  const double ulp = std::ldexp(1.0, -52);
  CHECK(sum_of({1.0, ulp / 2}).rounded() == 1.0);
  CHECK(sum_of({1.0 + ulp, ulp / 2}).rounded() == 1.0 + 2 * ulp);
  CHECK(sum_of({1.0, ulp / 2, smallest}).rounded() == 1.0 + ulp);
  CHECK(sum_of({1.0, ulp / 2, -smallest}).rounded() == 1.0);
  CHECK(sum_of({-1.0, -ulp / 2, -smallest}).rounded() == -1.0 - ulp);
  CHECK(sum_of({-1.0, -ulp / 2}).rounded() == -1.0);
  CHECK(sum_of({2.0 - ulp, ulp / 2}).rounded() == 2.0);  // the carry reaches a new binade
}

TEST_CASE("zeros sum to +0, whatever their signs", "[core][exact_sum]") {
  CHECK(same_bits(sum_of({}).rounded(), 0.0));
  CHECK(same_bits(sum_of({-0.0, -0.0}).rounded(), 0.0));
  CHECK(same_bits(sum_of({5.5, -5.5}).rounded(), 0.0));
}

TEST_CASE("subnormal numbers are summed exactly", "[core][exact_sum]") {
  CHECK(sum_of({smallest, smallest, smallest}).rounded() == 3 * smallest);
  CHECK(sum_of({std::numeric_limits<double>::min(), -smallest}).rounded() == std::numeric_limits<double>::min() - smallest);
  CHECK(sum_of({smallest, -smallest, -smallest}).rounded() == -smallest);
}

TEST_CASE("a sum beyond the largest double is an infinity of its sign and still exact", "[core][exact_sum]") {
  exact_sum sum = sum_of({largest, largest});
  CHECK(sum.rounded() == std::numeric_limits<double>::infinity());
  sum.subtract(largest);
  CHECK(sum.rounded() == largest);
  CHECK(sum_of({-largest, -largest}).rounded() == -std::numeric_limits<double>::infinity());
  const double half_ulp = std::ldexp(1.0, 970);
  CHECK(std::isinf(sum_of({largest, half_ulp}).rounded()));  // a tie, rounded up to even
  CHECK(sum_of({largest, half_ulp, -smallest}).rounded() == largest);
  exact_sum many;
  for (int i = 0; i < 5000; ++i) many.add(largest);
  CHECK(std::isinf(many.rounded()));
  for (int i = 0; i < 4999; ++i) many.subtract(largest);
  CHECK(many.rounded() == largest);
}

TEST_CASE("no order of the addends changes a bit (U7)", "[core][exact_sum]") {
  std::mt19937_64 random(1);
  for (int round = 0; round < 50; ++round) {
    std::vector<double> terms;
    for (int i = 0; i < 500; ++i) terms.push_back(round % 2 == 0 ? of_moderate_size(random) : any_double(random));
    const exact_sum first = sum_of(terms);
    for (int i = 0; i < 5; ++i) {
      std::shuffle(terms.begin(), terms.end(), random);
      const exact_sum again = sum_of(terms);
      REQUIRE(again == first);
      REQUIRE(same_bits(again.rounded(), first.rounded()));
    }
  }
}

TEST_CASE("no partition into partial sums changes a bit (U7)", "[core][exact_sum]") {
  std::mt19937_64 random(2);
  for (int round = 0; round < 50; ++round) {
    std::vector<double> terms;
    for (int i = 0; i < 3000; ++i) terms.push_back(of_moderate_size(random));
    const exact_sum whole = sum_of(terms);
    exact_sum merged;
    for (std::size_t begin = 0; begin < terms.size();) {
      const std::size_t end = std::min(terms.size(), begin + random() % 700);
      exact_sum part;
      for (; begin < end; ++begin) part.add(terms[begin]);
      merged.add(part);
    }
    REQUIRE(merged == whole);
    REQUIRE(same_bits(merged.rounded(), whole.rounded()));
  }
}

TEST_CASE("subtracting undoes adding exactly, term by term or sum by sum", "[core][exact_sum]") {
  std::mt19937_64 random(3);
  std::vector<double> terms;
  for (int i = 0; i < 5000; ++i) terms.push_back(any_double(random));
  exact_sum sum = sum_of(terms);
  std::shuffle(terms.begin(), terms.end(), random);
  for (const double x : terms) sum.subtract(x);
  CHECK(sum == exact_sum{});
  CHECK(same_bits(sum.rounded(), 0.0));

  exact_sum whole = sum_of(terms);
  whole.subtract(sum_of(terms));
  CHECK(whole == exact_sum{});
}

TEST_CASE("merging thousands of sums loses nothing", "[core][exact_sum]") {
  exact_sum part;
  for (int i = 0; i < 2047; ++i) part.add(largest);
  exact_sum sum;
  for (int i = 0; i < 5000; ++i) sum.add(part);
  for (int i = 0; i < 5000; ++i) sum.subtract(part);
  sum.add(0.25);
  CHECK(sum.rounded() == 0.25);
}

TEST_CASE("long runs of equal addends never spill over, whatever their exponent", "[core][exact_sum]") {
  const double full = 2.0 - std::ldexp(1.0, -52);  // every bit of the significand is set
  for (int exponent = -40; exponent <= 40; ++exponent) {
    for (const double x : {std::ldexp(full, exponent), -std::ldexp(full, exponent)}) {
      exact_sum sum;
      for (int i = 0; i < 8192; ++i) sum.add(x);
      REQUIRE(sum.rounded() == x * 8192);
      sum.add(sum);
      for (int i = 0; i < 8192; ++i) sum.add(x);
      REQUIRE(sum.rounded() == x * 24576);
    }
  }
}

TEST_CASE("a sum can be added to itself", "[core][exact_sum]") {
  exact_sum sum = sum_of({0.1, 0.2});
  sum.add(sum);
  CHECK(sum == sum_of({0.1, 0.2, 0.1, 0.2}));
  sum.subtract(sum);
  CHECK(sum == exact_sum{});
}

TEST_CASE("two sums are equal when their exact values are, not when they round alike", "[core][exact_sum]") {
  CHECK(sum_of({1.0, 2.0}) == sum_of({3.0}));
  CHECK(sum_of({1.0, std::ldexp(1.0, -60)}).rounded() == sum_of({1.0}).rounded());
  CHECK_FALSE(sum_of({1.0, std::ldexp(1.0, -60)}) == sum_of({1.0}));
  CHECK_FALSE(sum_of({1.0}) == sum_of({-1.0}));
}

TEST_CASE("integers up to 2^53 are summed as integers", "[core][exact_sum]") {
  std::mt19937_64 random(4);
  exact_sum sum;
  std::int64_t expected = 0;
  for (int i = 0; i < 100000; ++i) {
    const auto term = static_cast<std::int64_t>(random() % 20000000000) - 10000000000;
    expected += term;
    sum.add(static_cast<double>(term));
  }
  CHECK(sum.rounded() == static_cast<double>(expected));
}

TEST_CASE("an exact sum agrees with wide integers on random doubles near each other", "[core][exact_sum]") {
  // Multiples of 2^-40 below 2^12 in size: their sum is an integer number of 2^-40 in 64 bits.
  std::mt19937_64 random(5);
  for (int round = 0; round < 2000; ++round) {
    exact_sum sum;
    std::int64_t expected = 0;
    for (int i = 0; i < 20; ++i) {
      const auto term = static_cast<std::int64_t>(random() % (std::uint64_t{1} << 53)) - (std::int64_t{1} << 52);
      expected += term;
      sum.add(std::ldexp(static_cast<double>(term), -40));
    }
    REQUIRE(sum.rounded() == std::ldexp(static_cast<double>(expected), -40));  // int64 → double rounds to even
  }
}

TEST_CASE("a cleared sum is empty", "[core][exact_sum]") {
  exact_sum sum = sum_of({1e300, -2.5});
  sum.clear();
  CHECK(sum == exact_sum{});
  sum.add(2.5);
  CHECK(sum.rounded() == 2.5);
}

TEST_CASE("a running sum keeps what plain addition loses", "[core][exact_sum]") {
  running_sum sum;
  for (const double x : {1.0, 1e100, 1.0, -1e100}) sum.add(x);
  CHECK(sum.value() == 2.0);

  running_sum tenths;
  for (int i = 0; i < 1000000; ++i) tenths.add(0.1);
  CHECK_THAT(tenths.value(), test::WithinULP(100000.0, 1));
  CHECK(running_sum{}.value() == 0);
}

TEST_CASE("a running sum of a series stays within an ulp of the exact one", "[core][exact_sum]") {
  std::mt19937_64 random(6);
  for (int round = 0; round < 200; ++round) {
    exact_sum exact;
    running_sum running;
    for (int i = 0; i < 1000; ++i) {
      const double x = std::fabs(of_moderate_size(random));
      exact.add(x);
      running.add(x);
    }
    REQUIRE_THAT(running.value(), test::WithinULP(exact.rounded(), 1));
  }
}

TEST_CASE("a short sum is the exact sum, however much additions round", "[core][exact_sum]") {
  std::mt19937_64 random(20);
  const auto integer = [](std::mt19937_64& from) { return static_cast<double>(static_cast<int>(from() % 2000)) - 1000; };
  const auto decimal = [&](std::mt19937_64& from) { return integer(from) / 100; };
  const auto power = [](std::mt19937_64& from) { return std::ldexp(from() % 2 == 0 ? 1 : -1, static_cast<int>(from() % 130)); };
  for (int round = 0; round < 5000; ++round) {
    std::vector<double> terms;
    for (std::size_t i = random() % 12; i-- > 0;) {
      switch (round % 5) {
        case 0: terms.push_back(integer(random)); break;
        case 1: terms.push_back(decimal(random)); break;
        case 2: terms.push_back(power(random)); break;
        case 3: terms.push_back(of_moderate_size(random)); break;
        default: terms.push_back(any_double(random));
      }
    }
    short_sum sum;
    for (const double x : terms) sum.add(x);
    CHECK(same_bits(sum.rounded(), sum_of(terms).rounded()));
  }
}

TEST_CASE("a short sum survives the range of doubles, zeros and the smallest numbers", "[core][exact_sum]") {
  for (const std::vector<double>& terms : std::vector<std::vector<double>>{{},
                                                                           {-0.0},
                                                                           {-0.0, -0.0},
                                                                           {largest, largest, -largest, -largest, 3.5},
                                                                           {largest, largest},
                                                                           {smallest, -smallest, smallest},
                                                                           {1e16, 1, -1e16},
                                                                           {0.1, 0.2, 0.3}}) {
    short_sum sum;
    for (const double x : terms) sum.add(x);
    CHECK(same_bits(sum.rounded(), sum_of(terms).rounded()));
  }
}
