#include <attain/core/hash_index.hpp>

#include <cstdint>
#include <numeric>
#include <vector>

#include "support/catch.hpp"

using namespace attain::detail;

namespace {

/// Numbers and an index of them, as those who use an index keep both.
struct numbers {
  std::vector<std::uint64_t> all;
  hash_index index;
  std::uint32_t (*hash)(std::uint64_t);

  explicit numbers(std::uint32_t (*by)(std::uint64_t)) : hash(by) {}

  std::uint32_t find(std::uint64_t wanted) const {
    return index.find(hash(wanted), [&](std::uint32_t at) { return all[at] == wanted; });
  }
  std::uint32_t find_or_add(std::uint64_t wanted) {
    const auto count = static_cast<std::uint32_t>(all.size());
    index.reserve(all.size() + 1, count, [&](std::uint32_t at) { return hash(all[at]); });
    const std::uint32_t at = index.find_or_insert(hash(wanted), count, [&](std::uint32_t other) { return all[other] == wanted; });
    if (at == count) all.push_back(wanted);
    return at;
  }
};

std::uint32_t spread(std::uint64_t number) { return mix(number, 0); }
std::uint32_t one_for_all(std::uint64_t) { return 7; }

}  // namespace

TEST_CASE("an empty hash_index finds nothing", "[core][hash_index]") { CHECK(numbers(spread).find(1) == nowhere); }

TEST_CASE("a hash_index finds what was inserted, at its first position, however often it grew", "[core][hash_index]") {
  for (const auto hash : {spread, one_for_all}) {
    numbers known(hash);
    for (std::uint64_t n = 0; n < 500; ++n) CHECK(known.find_or_add(3 * n) == n);
    for (std::uint64_t n = 0; n < 500; ++n) {
      CHECK(known.find_or_add(3 * n) == n);
      CHECK(known.find(3 * n) == n);
      CHECK(known.find(3 * n + 1) == nowhere);
    }
  }
}

TEST_CASE("a hash_index takes very many at once as well as one after the other", "[core][hash_index]") {
  numbers known(spread);
  known.all.resize(200'000);
  std::iota(known.all.begin(), known.all.end(), std::uint64_t{0});
  const auto count = static_cast<std::uint32_t>(known.all.size());
  known.index.reserve(count, count, [&](std::uint32_t at) { return spread(known.all[at]); });
  std::uint32_t found = 0;
  for (const std::uint64_t n : known.all) found += known.find(n) == n;
  CHECK(found == count);
  CHECK(known.find(count) == nowhere);
}
