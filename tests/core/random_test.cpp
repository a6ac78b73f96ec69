#include <attain/core/random.hpp>

#include "support/catch.hpp"

#include <array>
#include <cmath>
#include <cstdint>

using namespace attain;
using namespace attain::test;

namespace {

constexpr std::uint32_t ones = 0xFFFFFFFFu;

// Random123, tests/kat_vectors: philox4x32, 10 rounds.
static_assert(philox({0, 0, 0, 0}, {0, 0}) == std::array<std::uint32_t, 4>{0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u});
static_assert(philox({ones, ones, ones, ones}, {ones, ones}) ==
              std::array<std::uint32_t, 4>{0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu});
static_assert(philox({0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u}, {0xa4093822u, 0x299f31d0u}) ==
              std::array<std::uint32_t, 4>{0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u});

struct moments {
  double mean = 0;
  double variance = 0;
};

template <class Draw>
moments of(int draws, Draw draw) {
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < draws; ++i) {
    const double x = draw();
    sum += x;
    squares += x * x;
  }
  const double mean = sum / draws;
  return {mean, squares / draws - mean * mean};
}

}  // namespace

TEST_CASE("a stream is its seed and number, whatever others do", "[core][random]") {
  random_stream a(7, 3);
  random_stream b(7, 3);
  random_stream other(7, 4);
  CHECK(a.word() == b.word());
  CHECK(a.word() != other.word());
  CHECK(a.normal() == [&] {
    b.word();
    return b.normal();
  }());
}

TEST_CASE("uniform numbers lie inside 0 and 1 and have their moments", "[core][random]") {
  random_stream stream(1, 0);
  const moments m = of(200000, [&] {
    const double u = stream.uniform();
    REQUIRE((u > 0 && u < 1));
    return u;
  });
  CHECK_THAT(m.mean, WithinAbs(0.5, 0.003));
  CHECK_THAT(m.variance, WithinAbs(1.0 / 12, 0.001));
}

TEST_CASE("normal and gamma numbers have their moments", "[core][random]") {
  random_stream stream(2, 0);
  const moments normal = of(200000, [&] { return stream.normal(); });
  CHECK_THAT(normal.mean, WithinAbs(0, 0.01));
  CHECK_THAT(normal.variance, WithinAbs(1, 0.02));
  for (const double shape : {0.4, 1.0, 3.5}) {
    const moments gamma = of(200000, [&] { return stream.gamma(shape); });
    CHECK_THAT(gamma.mean, WithinRel(shape, 0.02));
    CHECK_THAT(gamma.variance, WithinRel(shape, 0.05));
  }
}

TEST_CASE("whole numbers below a bound are equally likely", "[core][random]") {
  random_stream stream(3, 0);
  std::array<int, 7> counts{};
  for (int i = 0; i < 70000; ++i) ++counts.at(stream.below(7));
  for (const int count : counts) CHECK_THAT(count, WithinAbs(10000, 400));
}
