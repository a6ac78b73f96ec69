#include <attain/ledger/detail/number_set.hpp>

#include "support/catch.hpp"

#include <random>
#include <set>
#include <vector>

using attain::detail::number_set;

TEST_CASE("a number set lists its members and ranks every number", "[ledger][number_set]") {
  for (const std::size_t bound : {1u, 63u, 64u, 65u, 1000u}) {
    std::mt19937 random(static_cast<unsigned>(bound));
    number_set numbers(bound);
    std::set<std::size_t> expected;
    for (std::size_t i = 0; i < bound / 2 + 1; ++i) {
      const std::size_t n = random() % bound;
      numbers.insert(n);
      expected.insert(n);
    }
    CHECK(numbers.members() == std::vector<std::size_t>(expected.begin(), expected.end()));
    std::size_t smaller = 0;
    for (std::size_t n = 0; n < bound; ++n) {
      CHECK(numbers.rank(n) == smaller);
      smaller += expected.count(n);
    }
  }
}
