#include <attain/model/impl/check_roll_up.hpp>
#include <attain/model/validate.hpp>

#include "support/builders.hpp"
#include "support/catch.hpp"
#include "support/findings.hpp"

#include <string_view>

using namespace attain;
using namespace attain::test;

namespace {

/// Makes one change to `city()` and expects exactly one finding.
template <class Edit>
void finds(std::string_view what, code expected, std::string_view where, Edit edit, severity level = severity::error) {
  programme_spec changed = city();
  edit(changed);
  INFO(what);
  const finding f = only_finding(changed);
  INFO(to_string(f));
  CHECK(f.code == expected);
  CHECK(f.where == where);
  CHECK(f.severity == level);
  CHECK(!f.message.empty());
}

}  // namespace

TEST_CASE("validate finds parameters that an aggregator lacks or cannot have (U10)", "[model][validate]") {
  const auto root = [](auto edit) { return [edit](programme_spec& s) { edit(s.roll_up); }; };
  finds("a power mean without an exponent (U10)", code::missing_field, "/roll_up/exponent",
        root([](roll_up_spec& r) { r.aggregator = "power_mean"; }));
  finds("a geometric mean of scores that may be 0 (U10)", code::no_floor, "/roll_up/floor",
        root([](roll_up_spec& r) { r.aggregator = "geometric_mean"; }));
  finds("a power mean of exponent 0 likewise", code::no_floor, "/roll_up/floor", root([](roll_up_spec& r) {
          r.aggregator = "power_mean";
          r.exponent = -1;
        }));
  finds("a floor beyond 1", code::out_of_range, "/roll_up/floor", root([](roll_up_spec& r) { r.floor = 2; }));
  finds("an exponent of a mean", code::unused_field, "/roll_up/exponent", root([](roll_up_spec& r) { r.exponent = 2; }),
        severity::warning);
  finds("a negative beta (U10)", code::out_of_range, "/roll_up/beta", root([](roll_up_spec& r) {
          r.aggregator = "mean_min";
          r.beta = -1;
        }));
}

TEST_CASE("validate finds weights that do not match the children (U11)", "[model][validate]") {
  finds("a child without a measure (U11)", code::weights_do_not_match, "/roll_up/weights/measures", [](programme_spec& s) {
    s.roll_up.weights = {.by = weighting::measure, .measures = {{"1", "1.1"}, {"2", "2.2"}, {"3", "3.1"}}};
  });
  finds("a measure that is no target", code::dangling_id, "/projects/0/roll_up/weights/measures/1.1", [](programme_spec& s) {
    s.projects[0].roll_up.weights = {.by = weighting::measure, .measures = {{"1.1", "9.9"}}};
  });
  finds("a comparison that is not positive (U11)", code::out_of_range, "/projects/2/roll_up/weights/comparisons/0/times",
        [](programme_spec& s) {
          s.projects[2].roll_up.weights = {.by = weighting::comparisons,
                                           .comparisons = {{"3.1", "3.2", 0}, {"3.1", "3.3", 1}, {"3.1", "3.4", 1}}};
        });
  finds("children that no comparisons connect", code::weights_do_not_match, "/projects/2/roll_up/weights/comparisons", [](programme_spec& s) {
    s.projects[2].roll_up.weights = {.by = weighting::comparisons, .comparisons = {{"3.1", "3.2", 2}, {"3.3", "3.4", 1}}};
  });
  finds("pairs that are not compared without eigenvectors", code::weights_do_not_match, "/projects/2/roll_up/weights/comparisons", [](programme_spec& s) {
    s.projects[2].roll_up.weights = {.by = weighting::comparisons,
                                     .comparisons = {{"3.1", "3.2", 2}, {"3.1", "3.3", 1}, {"3.1", "3.4", 1}},
                                     .priority = priority_method::row_geometric_mean};
  });
  finds("a pair that is compared twice", code::weights_do_not_match, "/projects/1/roll_up/weights/comparisons/1", [](programme_spec& s) {
    s.projects[1].roll_up.weights = {.by = weighting::comparisons, .comparisons = {{"2.1", "2.3", 2}, {"2.3", "2.1", 1}}};
  });
  finds("comparisons that contradict one another (U11)", code::inconsistent_comparisons, "/projects/2/roll_up/weights/comparisons",
        [](programme_spec& s) {
          s.projects[2].roll_up.weights = {.by = weighting::comparisons,
                                           .comparisons = {{"3.1", "3.2", 9}, {"3.2", "3.3", 9}, {"3.3", "3.1", 9},
                                                           {"3.4", "3.1", 1}, {"3.4", "3.2", 1}, {"3.4", "3.3", 1}}};
        },
        severity::warning);
  finds("comparisons of weights that are given", code::unused_field, "/projects/1/roll_up/weights/comparisons",
        [](programme_spec& s) { s.projects[1].roll_up.weights.comparisons = {{"2.1", "2.3", 2}}; }, severity::warning);
  finds("entropy weights of one place (U11)", code::too_few_places, "/roll_up/weights/by", [](programme_spec& s) {
    s = lifts();
    s.places.clear();
    lift_target(s).quotas.clear();
    s.roll_up.weights.by = weighting::entropy;
  });
}

TEST_CASE("validate finds rules that cannot fire or do nothing (U12)", "[model][validate]") {
  const auto rule = [](rule_spec r) { return [r](programme_spec& s) { s.projects[0].roll_up.rules = {r}; }; };
  finds("a rule of a target elsewhere (U12)", code::dangling_id, "/projects/0/roll_up/rules/0/of/0",
        rule({.of = {"2.1"}, .score = 0.5}));
  finds("a rule of no target", code::missing_field, "/projects/0/roll_up/rules/0/of", rule({.score = 0.5}));
  finds("a rule of more targets than it names", code::out_of_range, "/projects/0/roll_up/rules/0/count",
        rule({.effect = rule_effect::fail, .of = {"1.1"}, .count = 2}));
  finds("a ceiling without a score", code::missing_field, "/projects/0/roll_up/rules/0/score", rule({.of = {"1.1"}}));
  finds("a grade that is none", code::out_of_range, "/projects/0/roll_up/rules/0/grade",
        rule({.effect = rule_effect::grade_ceiling, .of = {"1.1"}, .grade = "excellent"}));
  finds("a deduction of no size", code::missing_field, "/projects/0/roll_up/rules/0/points",
        rule({.effect = rule_effect::deduction, .of = {"1.1"}}));
  finds("a bonus of two sizes", code::conflicting_fields, "/projects/0/roll_up/rules/0/per_unit",
        rule({.effect = rule_effect::bonus, .of = {"1.1"}, .points = 0.1, .per_unit = 0.1}));
  finds("a negative deduction", code::out_of_range, "/projects/0/roll_up/rules/0/points",
        rule({.effect = rule_effect::deduction, .of = {"1.1"}, .points = -0.1}));
  finds("a limit that no score is below", code::out_of_range, "/projects/0/roll_up/rules/0/below",
        rule({.of = {"1.1"}, .when = rule_condition::below, .score = 0.5}));
  finds("units short of a band (U12)", code::wrong_kind, "/projects/1/roll_up/rules/0/of/0", [](programme_spec& s) {
    s.projects[1].roll_up.rules = {{.effect = rule_effect::deduction, .of = {"2.3"}, .per_unit = 0.1}};
  });
  finds("a rule of what is only read", code::wrong_kind, "/projects/1/roll_up/rules/0/of/0",
        [](programme_spec& s) { s.projects[1].roll_up.rules = {{.of = {"2.2"}, .score = 0.5}}; });
}
