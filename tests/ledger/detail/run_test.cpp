#include <attain/ledger/detail/run.hpp>

#include "support/catch.hpp"

#include <vector>

using namespace attain;
using namespace attain::detail;

namespace {

run_directory directory_of(std::uint32_t series_count, std::size_t rows, const std::vector<series_id>& present) {
  run_directory directory(series_count, rows);
  for (std::uint32_t i = 0; i < present.size(); ++i) directory.add(present[i], i * 3);
  directory.finish(static_cast<std::uint32_t>(present.size() * 3));
  return directory;
}

}  // namespace

TEST_CASE("a directory finds the rows of a series, dense or sparse", "[ledger][run]") {
  const std::vector<series_id> present = {0, 5, 6, 7, 900, 40'000, 99'999};
  for (const std::size_t rows : {std::size_t{21}, std::size_t{100'000}}) {
    const run_directory directory = directory_of(100'000, rows, present);
    for (std::uint32_t i = 0; i < present.size(); ++i) {
      const row_range found = directory.find(present[i]);
      CHECK(found.begin == i * 3);
      CHECK(found.end == i * 3 + 3);
    }
    for (const series_id absent : {1u, 4u, 8u, 899u, 901u, 99'998u, 100'000u, 4'000'000u}) {
      const row_range found = directory.find(absent);
      CHECK(found.begin == found.end);
    }
  }
}

TEST_CASE("a run knows the series of each row", "[ledger][run]") {
  for (const std::uint32_t series_count : {10u, 100'000u}) {  // dense, sparse
    run r(4, series_count);
    const series_id series[] = {2, 2, 7, 9};
    for (std::uint32_t i = 0; i < 4; ++i) {
      if (i == 0 || series[i] != series[i - 1]) r.directory.add(series[i], i);
      r.set(i, {static_cast<std::int32_t>(i), 1, 0, 0, 0, 0, 0, i == 2 ? 5u : 0u});
    }
    r.finish();
    for (std::uint32_t i = 0; i < 4; ++i) CHECK(r.series_of(i) == series[i]);
    CHECK(r.find_key(5) == 2);
    CHECK(r.find_key(4) == nowhere);
  }
}

TEST_CASE("an empty directory has no rows of anything", "[ledger][run]") {
  const run_directory directory = directory_of(5, 0, {});
  CHECK(directory.find(0).begin == directory.find(0).end);
  CHECK(directory.size() == 0);
}
