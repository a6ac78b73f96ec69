#include <attain/ledger/slips.hpp>

#include "support/catch.hpp"

#include <cmath>
#include <vector>

using namespace attain;
using namespace attain::test;

TEST_CASE("a value ten times its neighbours has slipped by one", "[ledger][slips]") {
  const std::vector<double> values{100, 104, 97, 1010, 99, 102};
  const auto slip = find_slip(values, 3);
  REQUIRE(slip);
  CHECK(slip->power == 1);
  CHECK(slip->expected == 100);
  CHECK_THAT(slip->exponent, WithinAbs(1.0043, 5e-5));
  for (const std::size_t clean : {0u, 1u, 2u, 4u, 5u}) CHECK_FALSE(find_slip(values, clean));
}

TEST_CASE("slips are of 10, 100, 1000, 万 and 亿, either way", "[ledger][slips]") {
  for (const int power : {-8, -4, -3, -2, -1, 1, 2, 3, 4, 8}) {
    for (std::size_t at = 0; at < 8; ++at) {
      std::vector<double> values{120, 125, 118, 130, 122, 127, 119, 124};
      values[at] *= std::pow(10.0, power);
      const auto slip = find_slip(values, at);
      INFO("power " << power << " at " << at);
      REQUIRE(slip);
      CHECK(slip->power == power);
    }
  }
}

TEST_CASE("what lies between the powers of ten is no slip", "[ledger][slips]") {
  const std::vector<double> values{100, 104, 97, 300, 99, 102};
  CHECK_FALSE(find_slip(values, 3));
  CHECK_FALSE(find_slip(std::vector<double>{100, 104, 97, 3e7, 99, 102}, 3));  // 10^5.5
}

TEST_CASE("fewer than three neighbours say nothing, and zeros are no neighbours", "[ledger][slips]") {
  CHECK_FALSE(find_slip(std::vector<double>{100, 104, 1000}, 2));
  CHECK_FALSE(find_slip(std::vector<double>{0, 0, 0, 0, 1000}, 4));
  CHECK(find_slip(std::vector<double>{0, 100, 0, 104, 0, 97, 1000}, 6));
  CHECK_FALSE(find_slip(std::vector<double>{100, 104, 97, 0}, 3));
}

TEST_CASE("a series that spreads over orders of magnitude has no slips", "[ledger][slips]") {
  const std::vector<double> wild{3, 400, 20, 9000, 70, 5, 800};
  for (std::size_t i = 0; i < wild.size(); ++i) CHECK_FALSE(find_slip(wild, i));
}

TEST_CASE("another slip among the neighbours does not hide one", "[ledger][slips]") {
  const std::vector<double> values{100, 1040, 97, 101, 990, 99, 102, 98};
  CHECK(find_slip(values, 1));
  CHECK(find_slip(values, 4));
}

TEST_CASE("a running total has slipped where it breaks its order", "[ledger][slips]") {
  const std::vector<double> up{100, 205, 3100, 395, 500};
  REQUIRE(find_slip_of_total(up, 2));
  CHECK(find_slip_of_total(up, 2)->power == 1);
  CHECK(find_slip_of_total(up, 2)->expected == 300);
  const std::vector<double> down{100, 205, 3.1, 395, 500};
  REQUIRE(find_slip_of_total(down, 2));
  CHECK(find_slip_of_total(down, 2)->power == -2);
  for (const std::size_t clean : {0u, 1u, 3u, 4u}) CHECK_FALSE(find_slip_of_total(up, clean));
}

TEST_CASE("the first and the last running total are compared with one more step", "[ledger][slips]") {
  CHECK(find_slip_of_total(std::vector<double>{1000, 200, 300, 400}, 0));
  CHECK(find_slip_of_total(std::vector<double>{100, 200, 300, 4000}, 3)->power == 1);
  CHECK(find_slip_of_total(std::vector<double>{100, 200, 300, 4}, 3)->power == -2);
  CHECK_FALSE(find_slip_of_total(std::vector<double>{100, 200, 300, 410}, 3));
}

TEST_CASE("a running total that starts slowly or comes to rest has no slips", "[ledger][slips]") {
  for (const std::vector<double>& so_far : {std::vector<double>{1, 5, 100, 400, 1000}, std::vector<double>{0, 0, 2, 30, 31, 31},
                                            std::vector<double>{10, 139, 139, 139}}) {
    for (std::size_t i = 0; i < so_far.size(); ++i) CHECK_FALSE(find_slip_of_total(so_far, i));
  }
}
