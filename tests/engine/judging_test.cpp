#include <attain/engine/judging.hpp>

#include "engine/bits.hpp"
#include "engine/scene.hpp"
#include "support/catch.hpp"

#include <cstdint>
#include <string>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

bool has(const evaluation& now, const char* target, std::uint16_t flag) {
  return (now.data().cells.flags[now.target(target).cell()] & flag) != 0;
}

bool holds(const evaluation& now, const char* target, fact what) {
  return (now.data().cells.facts[now.target(target).cell()] & static_cast<std::uint16_t>(what)) != 0;
}

scene promise_of(std::optional<double> said, aim asked = at_least(100)) {
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", said, asked);
  return of;
}

}  // namespace

TEST_CASE("five percent expected is enough for a pace, less is too early (P2)", "[engine][judging]") {
  CHECK_FALSE(is_too_early(0.05, 0.05));
  CHECK_FALSE(is_too_early(0.05 - 1e-12, 0.05));
  CHECK(is_too_early(0.0499, 0.05));
  CHECK(is_too_early(0, 0.05));
}

TEST_CASE("whole units are expected where only these exist (F2)", "[engine][judging]") {
  scene of{programme_of({increment("x", "台")}, {target("1.1", "x", at_least(10))}), {report("x", "city", until_september, 7)}};
  CHECK(is_near(of.at("2021-09-30").target("1.1").expected(), 0.7));  // 7.5 lifts are 7
  CHECK(is_near(of.at("2021-09-30").target("1.1").gap(), 0));
  of.spec.indicators[0].indivisible = false;
  CHECK(is_near(of.at("2021-09-30").target("1.1").expected(), 0.75));
  of.spec.indicators[0].indivisible = true;
  of.spec.projects[0].targets[0].aim = about(10);
  CHECK(is_near(of.at("2021-09-30").target("1.1").expected(), 0.75));  // only of a floor
}

TEST_CASE("flags tell what a roll-up needs to know", "[engine][judging]") {
  const evaluation reached = promise_of(120).at("2021-09-30");
  for (const std::uint16_t flag : {cell_flag::applicable, cell_flag::reached, cell_flag::proven, cell_flag::has_score, cell_flag::answered,
                                   cell_flag::met, cell_flag::seen, cell_flag::covers_due}) {
    INFO(flag);
    CHECK(has(reached, "1.1", flag));
  }
  for (const std::uint16_t flag : {cell_flag::hold_stream, cell_flag::not_due, cell_flag::missed, cell_flag::failing, cell_flag::reversible}) {
    INFO(flag);
    CHECK_FALSE(has(reached, "1.1", flag));
  }
  CHECK(has(promise_of(10).at("2021-09-30"), "1.1", cell_flag::failing));
  CHECK(has(promise_of(10, at_most(100)).at("2021-09-30"), "1.1", cell_flag::hold_stream));
  CHECK_FALSE(has(promise_of(std::nullopt).at("2021-09-30"), "1.1", cell_flag::seen));
  CHECK_FALSE(has(promise_of(std::nullopt).at("2021-09-30"), "1.1", cell_flag::answered));
}

TEST_CASE("facts are those of the rules of section S", "[engine][judging]") {
  CHECK(holds(promise_of(1).at("2020-12-31"), "1.1", fact::before_start));
  CHECK(holds(promise_of(1).at("2021-12-31"), "1.1", fact::due));
  CHECK_FALSE(holds(promise_of(1).at("2021-12-30"), "1.1", fact::due));
  CHECK(holds(promise_of(100).at("2021-09-30"), "1.1", fact::reached_for_good));
  CHECK(holds(promise_of(101, at_most(100)).at("2021-09-30"), "1.1", fact::out_of_reach));
  CHECK_FALSE(holds(promise_of(100, at_most(100)).at("2021-09-30"), "1.1", fact::out_of_reach));
  CHECK(holds(promise_of(std::nullopt).at("2021-09-30"), "1.1", fact::unreadable));
  CHECK(holds(promise_of(120, between(80, 110)).at("2021-09-30"), "1.1", fact::out_of_reach));  // an upper edge of what piles up
}

TEST_CASE("a bound with gaps proves a floor reached and a cap exceeded, and nothing else (R8)", "[engine][judging]") {
  scene of = promise_of(std::nullopt);
  of.said = {report("of-1.1", "city", "2021-01", 100)};
  CHECK(has(of.at("2021-09-30"), "1.1", cell_flag::proven));
  of.spec.projects[0].targets[0].aim = at_most(150);
  CHECK(has(of.at("2021-09-30"), "1.1", cell_flag::reached));
  CHECK_FALSE(has(of.at("2021-09-30"), "1.1", cell_flag::proven));
  of.spec.projects[0].targets[0].aim = at_most(99);
  CHECK(status_of(of.at("2021-09-30").target("1.1")) == "missed");
}

TEST_CASE("a score is the attainment within 0 and the cap, 1 where proven, and of a due level its share (U1, A1a, A5)", "[engine][judging]") {
  const auto score = [](const scene& of, const char* day) {
    const evaluation now = of.at(day);
    return now.data().cells.score[now.target("1.1").cell()];
  };
  CHECK(score(promise_of(42), "2021-09-30") == 0.42);
  CHECK(score(promise_of(142), "2021-09-30") == 1);
  CHECK(score(promise_of(-5), "2021-09-30") == 0);
  scene proven = promise_of(std::nullopt);
  proven.said = {report("of-1.1", "city", "2021-01", 100)};
  CHECK(score(proven, "2021-09-30") == 1);
}

TEST_CASE("periods are counted when they have closed (A7)", "[engine][judging]") {
  scene of{programme_of({increment("x", "次")}, {target("1.1", "x", at_least(2))}),
           {report("x", "city", "2021-01", 2), report("x", "city", "2021-03", 1), interval("x", "city", "2021-04", 1, 3)}};
  of.spec.projects[0].targets[0].cadence = cadence{cadence_kind::every, frequency::month};
  const evaluation now = of.at("2021-04-30");
  const compiled& from = *now.data().compiled;
  const auto count = [&](const char* day) { return count_periods(from, from.cells.targets[0], 0, parse_date(day).days()); };
  CHECK(count("2021-01-30").closed == 0);
  CHECK(count("2021-01-31").kept == 1);
  const period_count april = count("2021-04-30");
  CHECK(april.all == 12);
  CHECK(april.closed == 4);
  CHECK(april.kept == 1);
  CHECK(april.failed == 2);
  CHECK(april.surely_failed == 1);  // "1–3" may have been enough
  CHECK(april.unreported() == 1);
  CHECK(april.last_known == parse_date("2021-04-30").days());
}
