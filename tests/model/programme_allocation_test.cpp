#include <attain/model/portfolio.hpp>

#include "support/builders.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <cstdlib>
#include <new>
#include <optional>

// Replaces the allocation of this test binary, so that the n-th one of a scope can be made to fail (G6).

namespace {

thread_local std::optional<std::size_t> allocations_left;

void* try_to_allocate(std::size_t size) noexcept {
  if (allocations_left && (*allocations_left)-- == 0) {
    allocations_left.reset();
    return nullptr;
  }
  return std::malloc(size == 0 ? 1 : size);
}

void* allocate(std::size_t size) {
  if (void* const memory = try_to_allocate(size)) return memory;
  throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return try_to_allocate(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return try_to_allocate(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

using namespace attain;
using namespace attain::test;

namespace {

/// Runs @p work once, so that what is made only once is there, and then with the first, second, … allocation failing, until it
/// succeeds; gives how often it failed.
template <class Work>
std::size_t failures_of(Work work) {
  work();
  for (std::size_t n = 0;; ++n) {
    allocations_left = n;
    try {
      work();
      allocations_left.reset();
      return n;
    } catch (const std::bad_alloc&) {
      allocations_left.reset();
    }
  }
}

}  // namespace

TEST_CASE("making a programme fails at any allocation without a trace (G6)", "[model][programme]") {
  programme_spec spec = city();
  lift_target(spec).aim->goal = 140;  // with a warning
  const programme_spec before = spec;
  std::optional<programme> made;
  CHECK(failures_of([&] { made.emplace(spec); }) > 100);
  CHECK(spec == before);
  CHECK(made->warnings().size() == 1);

  const programme first = *made;
  CHECK(failures_of([&] { made.emplace(first.spec()); }) > 100);
  CHECK(*made == first);
}

TEST_CASE("refusing a programme, or making a portfolio, fails at any allocation without a trace (G6)", "[model][portfolio]") {
  programme_spec wrong = city();
  wrong.places[1].within = "town";
  wrong.indicators[in_city::total].expression = "[residents] +";
  std::size_t refusals = 0;
  CHECK(failures_of([&] {
          try {
            programme refused(wrong);
          } catch (const invalid_programme& e) {
            refusals += e.findings().size();
          }
        }) > 100);
  CHECK(refusals == 4);  // two findings, before and after the failures

  programme_spec other = city();
  other.id = "other";
  const programme a(city());
  const programme b(other);
  std::size_t places = 0;
  CHECK(failures_of([&] { places = portfolio({a, b}).places().size(); }) > 5);
  CHECK(places == 4);
}
