#include <attain/engine/cell_columns.hpp>

#include "support/catch.hpp"

using namespace attain;

TEST_CASE("columns of cells give back what was put into them", "[engine][cell_columns]") {
  const cell_result r{.reading = 1, .attainment = 2, .expected = 3, .gap = 4, .covered = 5, .score = 6, .score_covered = 7, .data_day = 8,
                      .facts = 9, .flags = 10, .reading_missing = 11, .attainment_missing = 12, .expected_missing = 13, .gap_missing = 14,
                      .state = 15, .state_missing = 16, .rule = 17};
  cell_columns columns;
  columns.resize(3);
  cell_writer(columns).put(1, r);
  CHECK(columns.size() == 3);
  CHECK(columns[1] == r);
  CHECK_FALSE(columns[0] == r);
}

TEST_CASE("columns of another method share what no method decides, until they are written", "[engine][cell_columns]") {
  cell_columns one;
  one.resize(2);
  cell_writer(one).put(0, {.reading = 1, .state = 4});
  cell_columns other;
  other.resize_like(one, false);
  CHECK(other.reading.data() == one.reading.data());
  CHECK(other.score.data() == one.score.data());
  CHECK(other.state.data() != one.state.data());
  cell_writer(other, true).put_verdict(0, cell_result{.reading = 2, .state = 5});
  CHECK(other.reading.data() == one.reading.data());
  CHECK(other[0].reading == 1);
  CHECK(other[0].state == 5);
  CHECK(one[0].state == 4);
  cell_writer(other).put(0, {.reading = 3});
  CHECK(one[0].reading == 1);
}

TEST_CASE("the columns of several methods fit the block that is made for them", "[engine][cell_columns]") {
  for (const bool keep_scores : {false, true}) {
    for (const std::size_t cells : {0u, 1u, 63u, 1000u}) {
      const std::size_t room = cell_columns::room_for(cells, keep_scores) + cell_columns::room_for_verdicts(cells, keep_scores);
      const auto block = std::make_shared<detail::column_block>(room);
      cell_columns one;
      one.resize(cells, keep_scores, block);
      cell_columns other;
      other.resize_like(one, keep_scores, block);
      CHECK((cells == 0 || block->holds(one.reading.data())));
      CHECK((cells == 0 || block->holds(other.rule.data())));
      CHECK(block->take(1) == nullptr);
    }
  }
}
