#include <attain/core/column_memory.hpp>

#include <cstddef>
#include <cstdint>
#include <new>

#include "support/catch.hpp"

using attain::detail::column_allocator;
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

TEST_CASE("a large column begins on a large page", "[core][column_memory]") {
  const growing_column<char> values(worth_large_pages);
  CHECK(reinterpret_cast<std::uintptr_t>(values.data()) % large_page == 0);
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
