#include <attain/engine/evaluate.hpp>
#include <attain/engine/impl/cell_conclusion.hpp>

#include "support/catch.hpp"

#include <cstdint>
#include <random>
#include <vector>

using namespace attain;
using namespace attain::detail;

namespace {

bool has(const cell_conclusion& made, fact f) { return (made.facts & static_cast<std::uint16_t>(f)) != 0; }

/// A target to be reached by its due day, read on an amount that stands.
cell_conditions usual_conditions() {
  cell_conditions c;
  c.set(cell_condition::by_due | cell_condition::without_upper_edge | cell_condition::is_floor | cell_condition::progresses, true);
  c.set(cell_condition::seen | cell_condition::all_covered, true);
  return c;
}

}  // namespace

TEST_CASE("a goal is reached for good where no later report can take it back (S3)", "[engine][cell_conclusion]") {
  cell_conditions c = usual_conditions();
  c.set(cell_condition::reached, true);
  CHECK(has(conclude(c), fact::reached_for_good));
  CHECK((conclude(c).flags & cell_flag::proven) != 0);
  c.word &= ~cell_condition::all_covered;
  CHECK_FALSE(has(conclude(c), fact::reached_for_good));
  c.set(cell_condition::adds_up, true);  // what is missing can only add to it (R8)
  CHECK(has(conclude(c), fact::reached_for_good));
}

TEST_CASE("where several reasons apply, a cell gives the first of them (N)", "[engine][cell_conclusion]") {
  cell_conditions c = usual_conditions();
  c.set(lack::reading, as_missing(reason::no_observation));
  CHECK(conclude(c).attainment_missing == as_missing(reason::no_observation));
  c.set(cell_condition::before_start, true);
  CHECK(conclude(c).attainment_missing == as_missing(reason::not_started));
  CHECK(conclude(c).reading_missing == as_missing(reason::no_observation));
  c.set(lack::goal, as_missing(reason::withdrawn));
  CHECK(conclude(c).attainment_missing == as_missing(reason::withdrawn));
  CHECK((conclude(c).flags & cell_flag::applicable) == 0);
}

TEST_CASE("an amount that is late has an attainment, but no gap", "[engine][cell_conclusion]") {
  cell_conditions c = usual_conditions();
  c.set(cell_condition::late, true);
  CHECK(conclude(c).attainment_missing == 0);
  CHECK(conclude(c).gap_missing == as_missing(reason::stale));
}

TEST_CASE("conclusions are the same whether they are known already or not", "[engine][cell_conclusion][property]") {
  std::mt19937_64 random(5);
  std::vector<cell_conditions> all;
  for (int i = 0; i < 3000; ++i) {
    cell_conditions c{random() & 0x0FFFFFFFu};
    for (const lack of : {lack::goal, lack::reading, lack::share, lack::used}) {
      if (random() % 4 == 0) c.set(of, static_cast<std::uint8_t>(1 + random() % 18));
    }
    all.push_back(c);
  }
  known_conclusions known;
  for (int i = 0; i < 20000; ++i) {
    const cell_conditions& c = all[random() % (i % 2 == 0 ? 40 : all.size())];
    const cell_conclusion& found = known.of(c);
    const cell_conclusion made = conclude(c);
    REQUIRE(found.facts == made.facts);
    REQUIRE(found.flags == made.flags);
    REQUIRE(found.reading_missing == made.reading_missing);
    REQUIRE(found.attainment_missing == made.attainment_missing);
    REQUIRE(found.expected_missing == made.expected_missing);
    REQUIRE(found.gap_missing == made.gap_missing);
  }
}
