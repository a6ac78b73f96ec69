#include <attain/ledger/digits.hpp>

#include "support/catch.hpp"

#include <cmath>
#include <vector>

using namespace attain;
using namespace attain::test;

TEST_CASE("rounded amounts have a Whipple index of 500, even digits one of 100", "[ledger][digits]") {
  std::vector<double> rounded, even;
  for (int i = 0; i < 60; ++i) {
    rounded.push_back(100 + 5 * i);
    even.push_back(100 + i);
  }
  CHECK(last_digits_of(rounded).value().whipple == 500);
  CHECK(last_digits_of(rounded).value().are_uneven());
  CHECK(last_digits_of(even).value().whipple == 100);
  CHECK(last_digits_of(even).value().chi_square == 0);
}

TEST_CASE("chi square of last digits is that of equal shares", "[ledger][digits]") {
  std::vector<double> values;
  for (int i = 0; i < 100; ++i) values.push_back(i < 20 ? 110 : 100 + i % 10);
  // 20 more on 0: 8 of each of the others, 28 of 0
  CHECK_THAT(last_digits_of(values).value().chi_square, WithinAbs((18 * 18 + 9 * 2 * 2) / 10.0, 1e-9));
}

TEST_CASE("fewer than fifty whole amounts of at least 100 are not enough for last digits", "[ledger][digits]") {
  std::vector<double> values(49, 100.0);
  CHECK(last_digits_of(values).why() == reason::too_few_observations);
  values.push_back(99);
  values.push_back(100.5);
  CHECK(last_digits_of(values).why() == reason::too_few_observations);
  values.push_back(-120);
  CHECK(last_digits_of(values).value().n == 50);
}

TEST_CASE("amounts that grow evenly over orders of magnitude follow Benford's law, uniform ones do not", "[ledger][digits]") {
  std::vector<double> grown, uniform;
  for (int i = 0; i < 3000; ++i) {
    grown.push_back(std::pow(10.0, 4 * i / 3000.0));
    uniform.push_back(1 + i * 3.3333);
  }
  const first_digits close = first_digits_of(grown).value();
  CHECK(close.fit == benford_fit::close);
  CHECK(close.counts[0] == 904);  // 3000 · log₁₀ 2, rounded up once a decade
  CHECK(first_digits_of(uniform).value().fit == benford_fit::poor);
}

TEST_CASE("first digits need 500 values over three orders of magnitude", "[ledger][digits]") {
  std::vector<double> narrow, few;
  for (int i = 0; i < 600; ++i) narrow.push_back(100 + i);
  for (int i = 0; i < 499; ++i) few.push_back(std::pow(10.0, i / 100.0));
  CHECK(first_digits_of(narrow).why() == reason::too_few_observations);
  CHECK(first_digits_of(few).why() == reason::too_few_observations);
  few.push_back(0);
  CHECK(first_digits_of(few).why() == reason::too_few_observations);
  few.push_back(7);
  CHECK(first_digits_of(few).value().n == 500);
}

TEST_CASE("the first digit of a power of ten is 1, of one less it is 9", "[ledger][digits]") {
  std::vector<double> values;
  for (int i = 0; i < 250; ++i) values.push_back(std::pow(10.0, i % 15));
  for (int i = 0; i < 250; ++i) values.push_back(std::pow(10.0, 1 + i % 14) - 1);
  const first_digits found = first_digits_of(values).value();
  CHECK(found.counts[0] == 250);
  CHECK(found.counts[8] == 250);
}
