#include <attain/judge/progress_rules.hpp>

#include <attain/core/error.hpp>

#include "support/catch.hpp"

#include <vector>

using namespace attain;

TEST_CASE("a fixed formula earns its first part at the start and all at the end", "[judge][progress_rules]") {
  CHECK(fixed_formula(0.5, {}) == 0);
  CHECK(fixed_formula(0.5, {.started = true}) == 0.5);
  CHECK(fixed_formula(0.5, {.started = false, .finished = true}) == 1);
  CHECK(fixed_formula(0, {.started = true}) == 0);
  CHECK(fixed_formula(1, {.started = true}) == 1);
}

TEST_CASE("reported progress does not pass a gate that is shut", "[judge][progress_rules]") {
  const std::vector<progress_gate> gates{{0.3, true}, {0.6, false}, {1, false}};
  CHECK(gated_progress(0.2, gates) == 0.2);
  CHECK(gated_progress(0.9, gates) == 0.6);
  CHECK(gated_progress(1.2) == 1);
  CHECK(gated_progress(-0.1) == 0);
}

TEST_CASE("milestones earn in proportion to their weights", "[judge][progress_rules]") {
  const std::vector<double> weights{1, 2, 1};
  CHECK(*weighted_milestones(weights, std::vector<double>{1, 0.5, 0}) == 0.5);
  CHECK(weighted_milestones(std::vector<double>{0, 0}, std::vector<double>{1, 1}) == reason::denominator_zero);
}

TEST_CASE("milestones that cannot be weighed are refused", "[judge][progress_rules]") {
  const std::vector<double> one{1};
  CHECK_THROWS_AS(weighted_milestones({}, {}), invalid_option);
  CHECK_THROWS_AS(weighted_milestones(one, {}), invalid_option);
  CHECK_THROWS_AS(weighted_milestones(std::vector<double>{-1}, one), invalid_option);
  CHECK_THROWS_AS(weighted_milestones(std::vector<double>{0.75}, one, milestone_total::one), invalid_option);
}

TEST_CASE("level of effort earns what was planned", "[judge][progress_rules]") {
  CHECK(*level_of_effort(50, 200) == 0.25);
  CHECK(units_complete(3, 0) == reason::denominator_zero);
  CHECK(apportioned(0.2, 5000) == 1000);
}
