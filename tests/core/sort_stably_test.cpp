#include <attain/core/sort_stably.hpp>

#include <algorithm>
#include <cstdint>
#include <string>

#include "support/catch.hpp"

namespace {

struct item {
  std::uint32_t key;
  std::uint32_t given;  // its place in the order that was given
};

/// @p count items with keys below @p keys, the same on every machine.
std::vector<item> scattered(std::uint32_t count, std::uint32_t keys) {
  std::vector<item> items;
  std::uint32_t state = 1;
  for (std::uint32_t i = 0; i < count; ++i) {
    state = state * 1664525 + 1013904223;
    items.push_back({(state >> 16) % keys, i});
  }
  return items;
}

constexpr auto by_key = [](const item& a, const item& b) { return a.key < b.key; };

}  // namespace

TEST_CASE("sort_stably puts lists of every length in order and keeps the order of equals", "[core][sort_stably]") {
  for (std::uint32_t count = 0; count < 200; ++count) {
    for (const std::uint32_t keys : {1u, 3u, 1000u}) {
      auto items = scattered(count, keys);
      auto expected = items;
      std::sort(expected.begin(), expected.end(),
                [](const item& a, const item& b) { return a.key != b.key ? a.key < b.key : a.given < b.given; });
      attain::sort_stably(std::span(items), by_key);
      const bool equal = std::equal(items.begin(), items.end(), expected.begin(), expected.end(),
                                    [](const item& a, const item& b) { return a.key == b.key && a.given == b.given; });
      CAPTURE(count, keys);
      CHECK(equal);
    }
  }
}

TEST_CASE("sort_stably compares a list that is in order once from end to end", "[core][sort_stably]") {
  auto items = scattered(10'000, 1000);
  attain::sort_stably(std::span(items), by_key);
  std::size_t compared = 0;
  attain::sort_stably(std::span(items), [&](const item& a, const item& b) {
    ++compared;
    return a.key < b.key;
  });
  CHECK(compared < items.size() * 11 / 10);
}

TEST_CASE("sort_stably moves what cannot be compared bytewise", "[core][sort_stably]") {
  std::vector<std::string> words;
  for (int i = 99; i >= 0; --i) words.push_back("a word that is too long to be kept in place " + std::to_string(i));
  auto expected = words;
  std::sort(expected.begin(), expected.end());
  attain::sort_stably(std::span(words), [](const std::string& a, const std::string& b) { return a < b; });
  CHECK(words == expected);
}
