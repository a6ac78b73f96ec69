#include <attain/core/column_memory.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <utility>

#include "support/catch.hpp"

using attain::detail::column_allocator;
using attain::detail::column_block;
using attain::detail::growing_column;
using attain::detail::large_page;
using attain::detail::worth_large_pages;

TEST_CASE("columns of any size hold what is written", "[core][column_memory]") {
  for (const std::size_t bytes :
       {std::size_t{8}, worth_large_pages - 8, worth_large_pages, worth_large_pages + 8, 5 * large_page + 24}) {
    CAPTURE(bytes);
    growing_column<std::uint64_t> values(bytes / 8);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = i * 3;
    const growing_column<std::uint64_t> copy = values;
    values.resize(values.size() * 2);  // moves what is there
    bool kept = true;
    for (std::size_t i = 0; i < copy.size(); ++i) kept = kept && values[i] == i * 3 && copy[i] == i * 3;
    CHECK(kept);
  }
}

TEST_CASE("columns of a block lie side by side, and what it has no room for elsewhere", "[core][column_memory]") {
  const auto block = std::make_shared<column_block>(column_block::room_for(100) + column_block::room_for(8));
  const growing_column<char> first(100, column_allocator<char>(block));
  const growing_column<std::uint64_t> second(1, column_allocator<std::uint64_t>(block));
  const growing_column<char> third(1, column_allocator<char>(block));
  CHECK(block->holds(first.data()));
  CHECK(block->holds(second.data()));
  CHECK_FALSE(block->holds(third.data()));
  CHECK(reinterpret_cast<const char*>(second.data()) - first.data() == std::ptrdiff_t{column_block::room_for(100)});
}

TEST_CASE("a column keeps its block, a copy of it does not", "[core][column_memory]") {
  auto block = std::make_shared<column_block>(column_block::room_for(3 * sizeof(int)));
  growing_column<int> values({1, 2, 3}, column_allocator<int>(block));
  const growing_column<int> copy = values;
  CHECK_FALSE(block->holds(copy.data()));
  const std::weak_ptr<column_block> watched = block;
  block.reset();
  growing_column<int> moved;
  moved = std::move(values);
  CHECK(moved == copy);
  CHECK_FALSE(watched.expired());
  moved = copy;
  moved = growing_column<int>();
  CHECK(watched.expired());
}

TEST_CASE("values that are given are set, also in a column", "[core][column_memory]") {
  growing_column<int> values(3, 7);
  values.push_back(8);
  CHECK(values == growing_column<int>{7, 7, 7, 8});
}

TEST_CASE("a column larger than memory can be is refused", "[core][column_memory]") {
  column_allocator<double> memory;
  CHECK_THROWS_AS(memory.allocate(static_cast<std::size_t>(-1) / 4), std::bad_array_new_length);
}
