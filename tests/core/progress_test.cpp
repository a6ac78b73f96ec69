#include <attain/core/in_threads.hpp>
#include <attain/core/progress.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace attain;

TEST_CASE("a phase tells of its beginning, its end, and at most every hundredth between, upwards", "[core][progress]") {
  for (const std::size_t whole : {0u, 1u, 7u, 100u, 12'345u}) {
    std::vector<progress> told;
    const progress_function tell = [&](const progress& now) { told.push_back(now); };
    detail::phase_watch watch(tell, phase::reading, whole);
    for (std::size_t i = 0; i < whole; ++i) CHECK(watch.advance(1));
    watch.finish();
    REQUIRE(told.size() >= 2);
    CHECK(told.size() <= 101);
    CHECK(told.front().share == 0);
    CHECK(told.back().share == 1);
    for (std::size_t i = 1; i < told.size(); ++i) CHECK(told[i - 1].share < told[i].share);
    for (const progress& one : told) CHECK(one.doing == phase::reading);
  }
}

TEST_CASE("more than was said to be done is never told as more than all", "[core][progress]") {
  std::vector<double> shares;
  const progress_function tell = [&](const progress& now) { shares.push_back(now.share); };
  detail::phase_watch watch(tell, phase::compiling, 2);
  for (int i = 0; i < 5; ++i) watch.advance(1);
  watch.finish();
  CHECK(shares == std::vector<double>{0, 0.5, 1});
}

TEST_CASE("whoever is told in many threads is told in the one that asked, and what it throws stops all of them", "[core][progress]") {
  const auto asked = std::this_thread::get_id();
  bool elsewhere = false;
  const progress_function tell = [&](const progress& now) {
    if (std::this_thread::get_id() != asked) elsewhere = true;
    if (now.share > 0) throw std::runtime_error("enough");
  };
  detail::phase_watch watch(tell, phase::judging, 1000);
  const auto work = [&](std::size_t part) {
    // Ends because part 0 throws. It alone does work: others could have done all of it before part 0 is there to tell of any.
    while (watch.advance(part == 0 ? 1 : 0, part == 0)) std::this_thread::yield();
  };
  CHECK_THROWS_WITH(detail::in_threads(3, work), "enough");
  CHECK_FALSE(elsewhere);
}

TEST_CASE("nobody who asks is told nothing, and work is then not cut into blocks", "[core][progress]") {
  detail::phase_watch watch({}, phase::judging, 10);
  CHECK(watch.block() > 10'000'000'000);
  CHECK(watch.advance(10));
  watch.finish();
}

TEST_CASE("a phase has a word", "[core][progress]") {
  CHECK(to_string(phase::reading) == "reading");
  CHECK(to_string(phase::indexing) == "indexing");
  CHECK(to_string(phase::compiling) == "compiling");
  CHECK(to_string(phase::judging) == "judging");
}
