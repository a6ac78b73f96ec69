#include <attain/core/memo.hpp>

#include "support/catch.hpp"

#include <memory>

using namespace attain;

TEST_CASE("a memo makes a value once for a key and anew for another", "[core][memo]") {
  memo last;
  int made = 0;
  const auto get = [&](memo::key key) {
    return last.get<int>(key, [&] {
      ++made;
      return std::make_shared<const int>(static_cast<int>(key.state) * 10);
    });
  };
  CHECK(*get({1, 5}) == 10);
  CHECK(*get({1, 5}) == 10);
  CHECK(made == 1);
  CHECK(*get({1, 6}) == 10);
  CHECK(*get({2, 6}) == 20);
  CHECK(made == 3);
}

TEST_CASE("a value outlives the memo that remembered it, and is let go when another replaces it", "[core][memo]") {
  std::weak_ptr<const int> first;
  std::shared_ptr<const int> kept;
  {
    memo last;
    first = last.get<int>({1, 0}, [] { return std::make_shared<const int>(1); });
    CHECK_FALSE(first.expired());
    kept = last.get<int>({2, 0}, [] { return std::make_shared<const int>(2); });
    CHECK(first.expired());
  }
  CHECK(*kept == 2);
}
