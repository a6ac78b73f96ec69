#include <attain/engine/evaluate.hpp>

#include <attain/engine/impl/read_plain.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

using attain::detail::count_until;

TEST_CASE("days up to another are counted from whatever is known of them", "[engine][read_plain]") {
  std::mt19937 random(1);
  for (int i = 0; i < 300; ++i) {
    std::vector<std::int32_t> days(random() % 70);
    std::int32_t day = -40;
    for (std::int32_t& d : days) d = day += 1 + static_cast<std::int32_t>(random() % 5);
    const auto count = static_cast<std::uint32_t>(days.size());
    for (std::int32_t until = -45; until < day + 5; until += 3) {
      const auto passed = static_cast<std::uint32_t>(std::upper_bound(days.begin(), days.end(), until) - days.begin());
      CHECK(count_until(days.data(), count, until) == passed);
      for (std::uint32_t known = 0; known <= passed; ++known) {
        CHECK(count_until(days.data(), known, count, until) == passed);
      }
    }
  }
}
