#include <attain/core/impl/start_threads.hpp>
#include <attain/core/in_threads.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

using namespace attain;

TEST_CASE("every part is done once, and what failed first is thrown when all are done", "[core][in_threads]") {
  for (const std::size_t parts : {0u, 1u, 2u, 7u}) {
    std::vector<int> done(parts, 0);
    detail::in_threads(parts, [&](std::size_t part) { ++done[part]; });
    CHECK(done == std::vector<int>(parts, 1));
  }
  std::vector<int> done(4, 0);
  const auto fail = [&](std::size_t part) {
    ++done[part];
    if (part >= 2) throw std::runtime_error("part " + std::to_string(part));
  };
  CHECK_THROWS_WITH(detail::in_threads(4, fail), "part 2");
  CHECK(done == std::vector<int>(4, 1));
}

TEST_CASE("what the system has no thread for is done by the one that asked", "[core][in_threads]") {
  const auto start = [](const auto& work, std::size_t part) {
    if (part >= 3) throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again));
    return std::thread(work, part);
  };
  std::vector<int> done(6, 0);
  std::vector<std::thread::id> in(6);
  const auto work = [&](std::size_t part) {
    ++done[part];
    in[part] = std::this_thread::get_id();
  };
  detail::share_out(6, detail::part_work(work), start);
  CHECK(done == std::vector<int>(6, 1));
  CHECK(in[2] != std::this_thread::get_id());
  for (const std::size_t part : {0u, 3u, 4u, 5u}) CHECK(in[part] == std::this_thread::get_id());
}

TEST_CASE("parts cover everything and differ by at most one element", "[core][in_threads]") {
  for (const std::size_t size : {0u, 1u, 5u, 100u, 65537u}) {
    std::size_t at = 0;
    for (std::size_t part = 0; part < 7; ++part) {
      const auto [begin, end] = detail::part_of(size, part, 7);
      CHECK(begin == at);
      CHECK(end - begin <= size / 7 + 1);
      CHECK(end - begin >= size / 7);
      at = end;
    }
    CHECK(at == size);
  }
}
