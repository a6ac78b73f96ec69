#include <attain/core/page_store.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <random>
#include <thread>
#include <utility>
#include <vector>

using attain::detail::free_pages;
using attain::detail::give_pages;
using attain::detail::large_page;
using attain::detail::take_pages;

TEST_CASE("of free stretches the smallest that is large enough is taken", "[core][page_store]") {
  std::byte memory[100];
  free_pages free;
  CHECK(free.take(1) == nullptr);
  CHECK(free.give(memory, 10));
  CHECK(free.give(memory + 20, 5));
  CHECK(free.take(11) == nullptr);
  CHECK(free.take(4) == memory + 20);
  CHECK(free.take(4) == memory);
  CHECK(free.bytes() == 7);
}

TEST_CASE("stretches that touch become one", "[core][page_store]") {
  std::byte memory[100];
  free_pages free;
  CHECK(free.give(memory, 10));
  CHECK(free.give(memory + 20, 10));
  CHECK(free.give(memory + 10, 10));
  REQUIRE(free.stretches().size() == 1);
  CHECK(free.stretches()[0].bytes == 30);
  CHECK(free.take(30) == memory);
  CHECK(free.stretches().empty());
}

TEST_CASE("what there is no room for is not kept", "[core][page_store]") {
  std::byte memory[400];
  free_pages free;
  std::size_t kept = 0;
  while (kept < 100 && free.give(memory + 4 * kept, 2)) ++kept;
  CHECK(kept == 64);
  CHECK(free.bytes() == 2 * kept);
  CHECK(free.give(memory + 2, 2));  // it lies between two others
  CHECK(free.stretches().size() == kept - 1);
}

TEST_CASE("nothing is free twice, whatever is taken and given", "[core][page_store][property]") {
  std::mt19937 random(3);
  std::byte memory[512];
  std::vector<bool> is_free(512, true);
  free_pages free;
  REQUIRE(free.give(memory, 512));
  std::vector<std::pair<std::byte*, std::size_t>> taken;
  for (int i = 0; i < 5000; ++i) {
    if (random() % 2 == 0) {
      const std::size_t bytes = 1 + random() % 40;
      auto* const found = static_cast<std::byte*>(free.take(bytes));
      if (found == nullptr) continue;
      taken.emplace_back(found, bytes);
      for (auto at = found - memory; at < found - memory + static_cast<std::ptrdiff_t>(bytes); ++at) {
        REQUIRE(is_free[static_cast<std::size_t>(at)]);
        is_free[static_cast<std::size_t>(at)] = false;
      }
    } else if (!taken.empty()) {
      std::swap(taken[random() % taken.size()], taken.back());
      const auto [begin, bytes] = taken.back();
      if (!free.give(begin, bytes)) continue;
      taken.pop_back();
      for (std::size_t k = 0; k < bytes; ++k) is_free[static_cast<std::size_t>(begin - memory) + k] = true;
    }
    REQUIRE(free.bytes() == static_cast<std::size_t>(std::ranges::count(is_free, true)));
  }
}

TEST_CASE("pages of several threads are their own", "[core][page_store]") {
  std::vector<std::thread> threads;
  std::vector<int> spoilt(4);
  for (std::size_t t = 0; t < spoilt.size(); ++t) {
    threads.emplace_back([&spoilt, t] {
      for (std::size_t i = 0; i < 40; ++i) {
        const std::size_t bytes = (1 + (i + t) % 3) * large_page - 100;
        auto* const pages = static_cast<unsigned char*>(take_pages(bytes));
        std::memset(pages, static_cast<int>(t + 1), bytes);
        std::this_thread::yield();
        spoilt[t] += static_cast<int>(std::count_if(pages, pages + bytes, [t](unsigned char c) { return c != t + 1; }));
        give_pages(pages, bytes);
      }
    });
  }
  for (std::thread& one : threads) one.join();
  CHECK(std::ranges::count(spoilt, 0) == 4);
}

#if !defined(__SANITIZE_ADDRESS__)  // it ends the process where the system would refuse
TEST_CASE("more pages than there can be are refused", "[core][page_store]") {
  CHECK_THROWS_AS(take_pages(static_cast<std::size_t>(-1) / 2), std::bad_alloc);
  CHECK_THROWS_AS(take_pages(static_cast<std::size_t>(-1)), std::bad_alloc);
}
#endif
