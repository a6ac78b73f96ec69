#include <attain/model/portfolio.hpp>

#include "support/builders.hpp"
#include "support/catch.hpp"
#include "support/failing_allocation.hpp"

#include <cstddef>
#include <optional>

using namespace attain;
using namespace attain::test;

namespace {

/// How often @p work fails for want of memory once what is made only once is there.
template <class Work>
std::size_t failures_of(Work work) {
  work();
  return attain::test::failures_of(work, [] {});
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
