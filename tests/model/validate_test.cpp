#include <attain/model/validate.hpp>

#include "support/builders.hpp"
#include "support/catch.hpp"
#include "support/findings.hpp"

#include <limits>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

/// Makes one change to `city()` and expects exactly one finding; or only notes which codes are expected.
class checker {
 public:
  explicit checker(bool only_notes = false) : only_notes_(only_notes) {}

  template <class Edit>
  void operator()(std::string_view what, code expected, std::string_view where, Edit edit, severity level = severity::error) {
    noted_.insert(expected);
    if (only_notes_) return;
    programme_spec spec = city();
    edit(spec);
    check(what, expected, where, level, spec);
  }
  const std::set<code>& noted() const noexcept { return noted_; }

 private:
  static void check(std::string_view what, code expected, std::string_view where, severity level, const programme_spec& spec) {
    INFO(what);
    const finding f = only_finding(spec);
    INFO(to_string(f));
    CHECK(f.code == expected);
    CHECK(f.where == where);
    CHECK(f.severity == level);
    CHECK(!f.message.empty());
  }

  bool only_notes_;
  std::set<code> noted_;
};

void head(checker& finds) {
  using spec = programme_spec;
  finds("no id", code::invalid_id, "/id", [](spec& s) { s.id.clear(); });
  finds("a slash in the id", code::invalid_id, "/id, column 2", [](spec& s) { s.id = "a/b"; });
  finds("a line break in the name (U4)", code::invalid_id, "/name, column 2", [](spec& s) { s.name = "a\nb"; });
  finds("a name of more than 4 KiB (U4)", code::too_large, "/name", [](spec& s) { s.name = std::string(4097, 'x'); });
  finds("a note that is not UTF-8", code::bad_encoding, "/note", [](spec& s) { s.note = "a\xff"; });
  finds("a note of more than 64 KiB", code::too_large, "/note", [](spec& s) { s.note = std::string(65537, 'x'); });
  finds("due before start", code::due_before_start, "/window/due",
        [](spec& s) { s.window = period{date(2021, 1, 1), date(2021, 1, 1)}; });
  finds("an unknown method", code::unknown_method, "/method", [](spec& s) { s.method = "proportional"; });
  finds("a custom method without a version", code::malformed_custom, "/method", [](spec& s) { s.method = "custom:mine"; });
  finds("an unknown aggregator", code::unknown_aggregator, "/roll_up/aggregator", [](spec& s) { s.roll_up.aggregator = "mean"; });
  finds("a coverage beyond 1 (D3)", code::out_of_range, "/defaults/minimum_coverage_of_node",
        [](spec& s) { s.defaults.minimum_coverage_of_node = 60; });
  finds("a negative coverage", code::out_of_range, "/defaults/minimum_coverage_of_reading",
        [](spec& s) { s.defaults.minimum_coverage_of_reading = -0.1; });
  finds("a coverage that is no number (N2)", code::not_finite, "/roll_up/minimum_coverage",
        [](spec& s) { s.roll_up.minimum_coverage = not_a_number; });
  finds("fewer than no failed periods", code::out_of_range, "/defaults/allowed_failed_periods",
        [](spec& s) { s.defaults.allowed_failed_periods = -1; });
  finds("a score cap of 0 (U1)", code::out_of_range, "/defaults/score_cap", [](spec& s) { s.defaults.score_cap = 0; });
  finds("an infinite score cap", code::not_finite, "/defaults/score_cap", [](spec& s) { s.defaults.score_cap = infinite; });
  finds("too early beyond the end (P2)", code::out_of_range, "/defaults/too_early_below",
        [](spec& s) { s.defaults.too_early_below = 2; });
}

void places(checker& finds) {
  using spec = programme_spec;
  finds("an id with a space at the end (U1)", code::invalid_id, "/places/3/id", [](spec& s) {
    s.places.push_back({.id = "north ", .within = "city"});
    s.places.erase(s.places.begin() + 3);
    lift_target(s).quotas[0].place = "east";
  });
  finds("two places with one id", code::duplicate_id, "/places/4/id",
        [](spec& s) { s.places.push_back({.id = "west", .within = "east"}); });
  finds(
      "ids that differ in case only (U3)", code::confusable_id, "/places/4/id",
      [](spec& s) { s.places.push_back({.id = "East", .within = "city"}); }, severity::warning);
  finds(
      "ids that look alike (U2)", code::confusable_id, "/places/4/id",
      [](spec& s) { s.places.push_back({.id = "\u0435ast", .within = "city"}); }, severity::warning);  // a Cyrillic e
  finds("a place in one that does not exist (G3)", code::dangling_id, "/places/4/within",
        [](spec& s) { s.places.push_back({.id = "north", .within = "town"}); });
  finds("two roots", code::several_root_places, "/places/4/within", [](spec& s) { s.places.push_back({.id = "town"}); });
  finds("a place within itself (G1)", code::cycle, "/places/4/within",
        [](spec& s) { s.places.push_back({.id = "north", .within = "north"}); });
  finds("a negative weight", code::negative_weight, "/places/1/weight", [](spec& s) { s.places[1].weight = -1; });
  finds("a weight that is no number", code::not_finite, "/places/1/weight", [](spec& s) { s.places[1].weight = infinite; });
  finds("siblings without weight (R8)", code::weights_sum_to_zero, "/places/1/weight",
        [](spec& s) { s.places[1].weight = s.places[2].weight = 0; });
}

void indicators(checker& finds) {
  using spec = programme_spec;
  const auto indicator = [](std::size_t i, auto edit) { return [i, edit](spec& s) { edit(s.indicators[i]); }; };
  using one = indicator_spec;
  finds("two indicators with one id", code::duplicate_id, "/indicators/11/id",
        [](spec& s) { s.indicators.push_back(increment("lifts")); });
  finds("no unit", code::missing_field, "/indicators/0/unit", indicator(in_city::lifts, [](one& i) { i.unit.clear(); }));
  finds("a unit that is none", code::unknown_unit, "/indicators/0/unit",
        indicator(in_city::lifts, [](one& i) { i.unit = "台//户"; }));
  finds("steps in pieces", code::unit_mismatch, "/indicators/8/unit",
        indicator(in_city::building, [](one& i) { i.unit = "台"; }));
  finds("a calendar period and days", code::conflicting_fields, "/indicators/0/period",
        indicator(in_city::lifts, [](one& i) { i.period_days = 30; }));
  finds("a period of no days (D2)", code::out_of_range, "/indicators/4/period", indicator(in_city::loans, [](one& i) {
          i.period.reset();
          i.period_days = 0;
        }));
  finds("a negative age", code::out_of_range, "/indicators/2/maximum_age",
        indicator(in_city::residents, [](one& i) { i.maximum_age = -1; }));
  finds("a lag of a thousand years and more", code::out_of_range, "/indicators/2/allowed_lag",
        indicator(in_city::residents, [](one& i) { i.allowed_lag = std::numeric_limits<int>::max(); }));
  finds("an amount on the eve that is no number", code::not_finite, "/indicators/1/eve_amount",
        indicator(in_city::insured, [](one& i) { i.eve_amount = not_a_number; }));
  finds("an amount on the eve of a total of the window (R5)", code::unused_field, "/indicators/1/eve_amount",
        indicator(in_city::insured,
                  [](one& i) {
                    i.counted_from = origin::window;
                    i.eve_amount = 5;
                  }),
        severity::warning);
  finds("an increment that combines like a level", code::unused_field, "/indicators/0/across_places",
        indicator(in_city::lifts, [](one& i) { i.across_places = combination::least; }), severity::warning);
  finds("weights of a sum", code::unused_field, "/indicators/2/weighted_by",
        indicator(in_city::residents, [](one& i) { i.weighted_by = "lifts"; }), severity::warning);
  finds("a numerator of a level", code::unused_field, "/indicators/2/numerator",
        indicator(in_city::residents, [](one& i) { i.numerator = "lifts"; }), severity::warning);
  finds("steps of an increment", code::unused_field, "/indicators/0/steps",
        indicator(in_city::lifts, [](one& i) { i.steps = {{.id = "a"}}; }), severity::warning);
  finds("a scale of a level", code::unused_field, "/indicators/2/scale",
        indicator(in_city::residents, [](one& i) { i.scale = {{"good", 1}}; }), severity::warning);
  finds("inputs of a formula that names its own", code::unused_field, "/indicators/7/inputs",
        indicator(in_city::total, [](one& i) { i.inputs = {"lifts"}; }), severity::warning);
  finds("a weighted mean without weights (R9)", code::missing_field, "/indicators/3/weighted_by",
        indicator(in_city::price, [](one& i) { i.weighted_by.clear(); }));
  finds("a mean weighted by what is not there", code::dangling_id, "/indicators/3/weighted_by",
        indicator(in_city::price, [](one& i) { i.weighted_by = "resident"; }));
  finds("a mean weighted by a ratio", code::wrong_kind, "/indicators/3/weighted_by",
        indicator(in_city::price, [](one& i) { i.weighted_by = "share"; }));
  finds("a mean weighted by itself (G1)", code::cycle, "/indicators/3",
        indicator(in_city::price, [](one& i) { i.weighted_by = "price"; }));
  finds("a ratio without a denominator", code::ratio_without_parts, "/indicators/6/denominator",
        indicator(in_city::share, [](one& i) { i.denominator.clear(); }));
  finds("a ratio of what is not there", code::dangling_id, "/indicators/6/numerator",
        indicator(in_city::share, [](one& i) { i.numerator = "loan"; }));
  finds("a ratio of ratings (R7a)", code::wrong_kind, "/indicators/6/numerator",
        indicator(in_city::share, [](one& i) { i.numerator = "mood"; }));
  finds("a formula without an expression", code::missing_field, "/indicators/7/expression",
        indicator(in_city::total, [](one& i) { i.expression.clear(); }));
  finds("a formula that does not parse", code::malformed_formula, "/indicators/7/expression, column 15",
        indicator(in_city::total, [](one& i) { i.expression = "[residents] + "; }));
  finds("a formula of nothing", code::malformed_formula, "/indicators/7/expression",
        indicator(in_city::total, [](one& i) { i.expression = "1 + 2"; }));
  finds("a formula of what is not there", code::dangling_id, "/indicators/7/expression",
        indicator(in_city::total, [](one& i) { i.expression = "[residants]"; }));
  finds("a formula that adds persons and money", code::unit_mismatch, "/indicators/7/expression",
        indicator(in_city::total, [](one& i) { i.expression = "[residents] + [loans]"; }));
  finds("a formula that gives another unit than it declares", code::unit_mismatch, "/indicators/7/unit",
        indicator(in_city::total, [](one& i) { i.unit = "户"; }));
  finds("a formula of itself (G1)", code::cycle, "/indicators/7",
        indicator(in_city::total, [](one& i) { i.expression = "[total] + [insured]"; }));
  finds("a formula with a custom formula in it", code::wrong_kind, "/indicators/7/expression",
        indicator(in_city::total, [](one& i) { i.expression = "[residents] * [score]"; }));
  finds("a custom formula without inputs", code::missing_field, "/indicators/10/inputs",
        indicator(in_city::score, [](one& i) { i.inputs.clear(); }));
  finds("a custom formula of what is not there", code::dangling_id, "/indicators/10/inputs/1",
        indicator(in_city::score, [](one& i) { i.inputs[1] = "residant"; }));
  finds("a custom formula of a ratio", code::wrong_kind, "/indicators/10/inputs/1",
        indicator(in_city::score, [](one& i) { i.inputs[1] = "share"; }));
  finds("a custom formula without a version", code::malformed_custom, "/indicators/10/expression",
        indicator(in_city::score, [](one& i) { i.expression = "custom:score"; }));
  finds("steps that are none", code::missing_field, "/indicators/8/steps",
        indicator(in_city::building, [](one& i) { i.steps.clear(); }));
  finds("two steps with one id", code::duplicate_id, "/indicators/8/steps/1/id",
        indicator(in_city::building, [](one& i) { i.steps[1].id = "design"; }));
  finds("a negative step", code::negative_weight, "/indicators/8/steps/0/weight",
        indicator(in_city::building, [](one& i) { i.steps[0].weight = -0.2; }));
  finds("steps without weight", code::steps_without_weight, "/indicators/8/steps",
        indicator(in_city::building, [](one& i) { i.steps[0].weight = i.steps[1].weight = 0; }));
  finds("steps out of order", code::steps_out_of_order, "/indicators/8/steps/1/due",
        indicator(in_city::building, [](one& i) { i.steps[1].due = date(2021, 3, 30); }));
  finds("a grade beyond 1", code::out_of_range, "/indicators/9/scale/good",
        indicator(in_city::mood, [](one& i) { i.scale[0].second = 100; }));
  finds("two grades with one name", code::duplicate_id, "/indicators/9/scale/fair",
        indicator(in_city::mood, [](one& i) { i.scale.emplace_back("fair", 0.5); }));
  finds("an author twice (R14)", code::duplicate_id, "/indicators/9/authors/2",
        indicator(in_city::mood, [](one& i) { i.authors.push_back("press"); }));
  finds("a dimension without categories (R10)", code::missing_field, "/indicators/4/dimensions/0/categories",
        indicator(in_city::loans, [](one& i) { i.dimensions = {{.id = "bank"}}; }));
  finds("a category twice", code::duplicate_id, "/indicators/2/dimensions/0/categories/2",
        indicator(in_city::residents, [](one& i) { i.dimensions[0].categories.push_back("m"); }));
}

void projects(checker& finds) {
  using spec = programme_spec;
  finds("a project with the id of another", code::duplicate_id, "/projects/3/projects/0/id",
        [](spec& s) { s.projects[3].projects[0].id = "1"; });
  finds("a target with the id of a project", code::duplicate_id, "/projects/1/targets/2/id",
        [](spec& s) { target_of(s, 1, 2).id = "1"; });
  finds("an alias with the id of a target", code::duplicate_id, "/projects/1/targets/0/aliases/0/id",
        [](spec& s) { level_target(s).aliases[0].id = "1.2"; });
  finds("a negative weight", code::negative_weight, "/projects/2/weight", [](spec& s) { s.projects[2].weight = -0.5; });
  finds("projects without weight", code::weights_sum_to_zero, "/projects", [](spec& s) {
    for (project_spec& p : s.projects) p.weight = 0;
  });
  finds("targets without weight", code::weights_sum_to_zero, "/projects/0/targets", [](spec& s) { lift_target(s).weight = 0; });
  finds(
      "only readings and attributes (U4)", code::weights_sum_to_zero, "/projects/3/projects/0/targets",
      [](spec& s) {
        monthly_target(s).aim.reset();
        monthly_target(s).cadence.reset();
      },
      severity::warning);
  finds(
      "a project of nothing", code::empty_project, "/projects/4", [](spec& s) { s.projects.push_back(project("5", {})); },
      severity::warning);
  finds("a programme of nothing", code::empty_project, "", [](spec& s) { s.projects.clear(); }, severity::warning);
  finds("a project that ends before it begins", code::due_before_start, "/projects/1/window/due", [](spec& s) {
    s.projects[3].window = s.window;
    s.projects[1].window = period{date(2021, 2, 1), date(2021, 1, 1)};
    level_target(s).window = s.window;
    target_of(s, 1, 1).window = target_of(s, 1, 2).window = s.window;
  });
  finds("a project due before it starts", code::due_before_start, "/projects/1/due",
        [](spec& s) { s.projects[1].due = date(2020, 12, 31); });
  finds("an unknown aggregator", code::unknown_aggregator, "/projects/1/roll_up/aggregator",
        [](spec& s) { s.projects[1].roll_up.aggregator = "best"; });
  finds("a coverage beyond 1", code::out_of_range, "/projects/1/roll_up/minimum_coverage",
        [](spec& s) { s.projects[1].roll_up.minimum_coverage = 1.5; });
  finds("a responsible unit with a line break", code::invalid_id, "/projects/1/responsible/1, column 2",
        [](spec& s) { s.projects[1].responsible = {"city council", "a\rb"}; });
}

void targets(checker& finds) {
  using spec = programme_spec;
  finds("no indicator", code::missing_field, "/projects/0/targets/0/indicator",
        [](spec& s) { lift_target(s).indicator.clear(); });
  finds("an indicator that is not there (G3)", code::dangling_id, "/projects/0/targets/0/indicator",
        [](spec& s) { lift_target(s).indicator = "lift"; });
  finds("a place that is not there", code::dangling_id, "/projects/0/targets/1/place",
        [](spec& s) { target_of(s, 0, 1).place = "est"; });
  finds("no window anywhere", code::missing_window, "/projects/3/projects/0/targets/0/window", [](spec& s) {
    for (std::size_t i = 0; i < 3; ++i) s.projects[i].window = s.window;
    s.window.reset();
  });
  finds("due before start", code::due_before_start, "/projects/1/targets/2/window/due",
        [](spec& s) { target_of(s, 1, 2).window = period{date(2021, 5, 1), date(2021, 5, 1)}; });
  finds("fewer than no failed periods", code::out_of_range, "/projects/3/projects/0/targets/0/allowed_failed_periods",
        [](spec& s) { monthly_target(s).allowed_failed_periods = -1; });
  finds("a negative weight", code::negative_weight, "/projects/1/targets/2/weight",
        [](spec& s) { target_of(s, 1, 2).weight = -1; });
  finds("a baseline that is no number", code::not_finite, "/projects/1/targets/2/baseline",
        [](spec& s) { target_of(s, 1, 2).baseline = infinite; });
  finds(
      "a withdrawal that is none", code::unused_field, "/projects/1/targets/2/withdrawn",
      [](spec& s) { target_of(s, 1, 2).withdrawn_reason = "merged"; }, severity::warning);
  finds("a dimension that is not declared (R10a)", code::dangling_id, "/projects/1/targets/1/disaggregation/age",
        [](spec& s) { target_of(s, 1, 1).disaggregation = {{"age", "f"}}; });
  finds("a category that is not declared", code::dangling_id, "/projects/1/targets/1/disaggregation/sex",
        [](spec& s) { target_of(s, 1, 1).disaggregation = {{"sex", "w"}}; });
  finds("a category of nothing that a ratio is computed from", code::dangling_id, "/projects/2/targets/0/disaggregation/sex",
        [](spec& s) { target_of(s, 2, 0).disaggregation = {{"sex", "f"}}; });
  finds("a dimension twice", code::duplicate_id, "/projects/1/targets/1/disaggregation/sex",
        [](spec& s) { target_of(s, 1, 1).disaggregation.emplace_back("sex", "m"); });
  finds("each period of an indicator without one", code::no_calendar_period, "/projects/2/targets/0/judged",
        [](spec& s) { target_of(s, 2, 0).judged = hold_judging::each_period; });
  finds("each period in a window shorter than one (A2)", code::no_whole_period, "/projects/1/targets/2/window", [](spec& s) {
    target_of(s, 1, 2).judged = hold_judging::each_period;
    target_of(s, 1, 2).window = parse_period("2021-02-02/2021-03-30");
  });
  finds("every year in a window of eleven months (A7)", code::no_whole_period, "/projects/3/projects/0/targets/0/window",
        [](spec& s) {
          monthly_target(s).cadence->every = frequency::year;
          monthly_target(s).window = parse_period("2021-02-01/2021-12-31");
        });
  finds("every year in the project's window of a month", code::no_whole_period, "/projects/3/projects/0/targets/0/cadence",
        [](spec& s) {
          monthly_target(s).cadence->every = frequency::year;
          s.projects[3].window = parse_period("2021-02");
        });
  finds("every day of eight thousand years (A7b)", code::too_large, "/projects/3/projects/0/targets/0/window", [](spec& s) {
    monthly_target(s).cadence->every = frequency::day;
    monthly_target(s).window = parse_period("2021-01-01/9998-12-31");
  });
  finds("a step due after the target (A9)", code::outside_window, "/projects/2/targets/1/indicator",
        [](spec& s) { s.indicators[in_city::building].steps[1].due = date(2022, 1, 1); });
}

void aims(checker& finds) {
  using spec = programme_spec;
  const auto lift = [](aim asked, std::optional<double> baseline = {}) {
    return [asked, baseline](spec& s) {
      lift_target(s) = target("1.1", "lifts", asked);
      lift_target(s).baseline = baseline;
    };
  };
  const auto residents = [](aim asked, std::optional<double> baseline) {
    return [asked, baseline](spec& s) {
      level_target(s) = target("2.1", "residents", asked);
      level_target(s).baseline = baseline;
    };
  };
  const auto monthly = [](aim asked) { return [asked](spec& s) { monthly_target(s).aim = asked; }; };
  finds("a goal that is no number (N2)", code::not_finite, "/projects/0/targets/0/aim/at_least", lift(at_least(not_a_number)));
  finds("an infinite upper edge", code::not_finite, "/projects/0/targets/0/aim/between/1", lift(between(100, infinite)));
  finds("a band upside down", code::edges_out_of_order, "/projects/0/targets/0/aim/between", lift(between(100, 90)));
  finds("a band without inside", code::edges_out_of_order, "/projects/0/targets/0/aim/between", lift(between(100, 100)));
  finds("a negative tolerance (A6)", code::out_of_range, "/projects/0/targets/0/aim/tolerance", lift(about(100, -0.05)));
  finds("a negative tolerance amount", code::out_of_range, "/projects/0/targets/0/aim/tolerance_amount",
        lift({.kind = aim_kind::about, .goal = 100, .tolerance = -1, .tolerance_is_amount = true}));
  finds("strictly about", code::unused_field, "/projects/0/targets/0/aim/strict",
        lift({.kind = aim_kind::about, .goal = 100, .strict = true}), severity::warning);
  finds("a band as a change", code::impossible_change, "/projects/0/targets/0/aim/change",
        lift({.kind = aim_kind::between, .goal = 1, .upper = 2, .change = change_kind::amount}, 100));
  finds("from the previous period without periods (A10)", code::impossible_change, "/projects/0/targets/0/aim/from",
        lift({.goal = 1, .change = change_kind::amount, .from_previous_period = true}));
  finds("from the previous period without a change", code::impossible_change, "/projects/3/projects/0/targets/0/aim/from",
        monthly({.goal = 1, .from_previous_period = true}));
  finds("a rating above 1", code::out_of_range, "/projects/2/targets/2/aim/at_least",
        [](spec& s) { target_of(s, 2, 2).aim->goal = 60; });
  finds("a change of an increment without a baseline (B1)", code::no_baseline, "/projects/0/targets/0/aim/at_least",
        lift(change(10, change_kind::percent)));
  finds("a change of a ratio of increments without a baseline (B1)", code::no_baseline, "/projects/2/targets/0/aim/rises",
        [](spec& s) { target_of(s, 2, 0).aim = rises(); });
  finds("a level that is already there (B3)", code::goal_reached_at_baseline, "/projects/1/targets/0/aim/at_least",
        residents(at_least(2000), 2000), severity::warning);
  finds("a level that is low enough", code::goal_reached_at_baseline, "/projects/1/targets/0/aim/at_most",
        residents(at_most(5), 4), severity::warning);
  finds("a level that is reached within the tolerance (B2)", code::goal_reached_at_baseline, "/projects/1/targets/0/aim/at_least",
        residents(at_least(0.8), 0.7 + 0.1), severity::warning);
  finds("a level inside the band (A6)", code::goal_reached_at_baseline, "/projects/1/targets/0/aim/about",
        residents(about(100), 104), severity::warning);
  finds(
      "a delivery of nothing", code::goal_reached_at_baseline, "/projects/0/targets/1/aim/at_least",
      [](spec& s) { target_of(s, 0, 1).aim->goal = 0; }, severity::warning);
  finds("a floor that may fall", code::goal_reached_at_baseline, "/projects/1/targets/0/aim/at_least",
        residents(change(-5), 2000), severity::warning);
  finds(
      "an alias that asks for something else (U4)", code::alias_contradicts, "/projects/1/targets/0/aliases/0/aim/at_least",
      [](spec& s) { level_target(s).aliases[0].aim->goal = 61; }, severity::warning);
  finds(
      "an alias in the other direction", code::alias_contradicts, "/projects/1/targets/0/aliases/0/aim/at_most",
      [](spec& s) { level_target(s).aliases[0].aim = at_most(2060); }, severity::warning);
  finds(
      "an alias that falls where the target rises", code::alias_contradicts, "/projects/1/targets/0/aliases/0/aim/falls",
      [](spec& s) { level_target(s).aliases[0].aim = falls(); }, severity::warning);
  finds("an alias that is no aim", code::not_finite, "/projects/1/targets/0/aliases/0/aim/at_least",
        [](spec& s) { level_target(s).aliases[0].aim = at_least(not_a_number); });
}

void quotas(checker& finds) {
  using spec = programme_spec;
  const auto quota = [](auto edit) { return [edit](spec& s) { edit(lift_target(s).quotas); }; };
  using list = std::vector<quota_spec>;
  finds("a quota that is no number", code::not_finite, "/projects/0/targets/0/quotas/south",
        quota([](list& q) { q[0].goal = not_a_number; }));
  finds("a baseline that is no number", code::not_finite, "/projects/0/targets/0/quotas/west/baseline",
        quota([](list& q) { q[1].baseline = infinite; }));
  finds("a quota of a place that is not there", code::dangling_id, "/projects/0/targets/0/quotas/north",
        quota([](list& q) { q.push_back({.place = "north", .goal = 1}); }));
  finds("a place twice", code::duplicate_id, "/projects/0/targets/0/quotas/west",
        quota([](list& q) { q.push_back({.place = "west", .goal = 1}); }));
  finds("a quota of the target's own place (R9c)", code::quota_outside_place, "/projects/0/targets/0/quotas/city",
        quota([](list& q) { q.push_back({.place = "city", .goal = 1}); }));
  finds("a quota beside the target's place (R9c)", code::quota_outside_place, "/projects/0/targets/0/quotas/west",
        [](spec& s) { lift_target(s).place = "east"; });
  finds("quotas that add up to less (R9)", code::quotas_differ_from_goal, "/projects/0/targets/0/quotas",
        quota([](list& q) { q[0].goal = 79; }), severity::warning);
  finds("quotas below a quota that add up to more", code::quotas_differ_from_goal, "/projects/0/targets/0/quotas/east",
        quota([](list& q) {
          q[0].goal = 81;
          q.push_back({.place = "east", .goal = 80});
        }),
        severity::warning);
  finds("quotas of a change (R9b)", code::quotas_not_allowed, "/projects/0/targets/0/quotas", [](spec& s) {
    lift_target(s).aim = change(39);
    lift_target(s).baseline = 100;
    lift_target(s).quotas[0].goal = -20;
  });
  finds("quotas of a band (R9b)", code::quotas_not_allowed, "/projects/1/targets/2/quotas", [](spec& s) {
    target_of(s, 1, 2).aim = between(1, 2);
    target_of(s, 1, 2).quotas = {{.place = "east", .goal = 1}};
  });
  finds("quotas of a reading", code::quotas_not_allowed, "/projects/1/targets/1/quotas",
        [](spec& s) { target_of(s, 1, 1).quotas = {{.place = "east", .goal = 1}}; });
}

void trajectories(checker& finds) {
  using spec = programme_spec;
  const auto shape = [](trajectory t) { return [t](spec& s) { lift_target(s).trajectory = t; }; };
  const auto points = [shape](std::vector<checkpoint> list) {
    return shape({.kind = trajectory_kind::checkpoints, .checkpoints = std::move(list)});
  };
  const auto logistic = [shape](double midpoint, double steepness) {
    return shape({.kind = trajectory_kind::logistic, .midpoint = midpoint, .steepness = steepness});
  };
  const auto seasonal = [shape](std::vector<double> weights) {
    return shape({.kind = trajectory_kind::seasonal, .seasonal = std::move(weights)});
  };
  const date june(2021, 6, 30);
  const date september(2021, 9, 30);
  finds("a step after due", code::outside_window, "/projects/0/targets/0/trajectory/step",
        shape({.kind = trajectory_kind::step, .step_day = date(2022, 1, 1)}));
  finds("no checkpoints", code::missing_field, "/projects/0/targets/0/trajectory/checkpoints", points({}));
  finds("a checkpoint before the window", code::outside_window, "/projects/0/targets/0/trajectory/checkpoints/0/day",
        points({{date(2020, 12, 31), 0}, {june, 0.5}}));
  finds("checkpoints out of order", code::checkpoints_out_of_order, "/projects/0/targets/0/trajectory/checkpoints/1/day",
        points({{september, 0.3}, {june, 0.5}}));
  finds("a day twice", code::checkpoints_out_of_order, "/projects/0/targets/0/trajectory/checkpoints/1/day",
        points({{june, 0.3}, {june, 0.5}}));
  finds("a share that falls (F4)", code::checkpoints_out_of_order, "/projects/0/targets/0/trajectory/checkpoints/1/share",
        points({{june, 0.6}, {september, 0.5}}));
  finds("an amount that falls (F4)", code::checkpoints_out_of_order, "/projects/0/targets/0/trajectory/checkpoints/1/amount",
        points({{june, 0.6}, {september, 70, true}}));
  finds("a share beyond 1", code::out_of_range, "/projects/0/targets/0/trajectory/checkpoints/0/share", points({{june, 60}}));
  finds("an amount beyond the goal", code::out_of_range, "/projects/0/targets/0/trajectory/checkpoints/0/amount",
        points({{june, 140, true}}));
  finds("a share that is no number", code::not_finite, "/projects/0/targets/0/trajectory/checkpoints/0/share",
        points({{june, not_a_number}}));
  finds("less than everything at due (F4)", code::checkpoints_out_of_order,
        "/projects/0/targets/0/trajectory/checkpoints/0/share", points({{date(2021, 12, 31), 0.9}}));
  finds("amounts of a level without a declared baseline", code::no_baseline,
        "/projects/1/targets/2/trajectory/checkpoints/0/amount", [june](spec& s) {
          target_of(s, 1, 2).trajectory = {.kind = trajectory_kind::checkpoints, .checkpoints = {{june, 6500, true}}};
        });
  finds("a midpoint outside the window", code::out_of_range, "/projects/0/targets/0/trajectory/logistic/midpoint",
        logistic(1.5, 10));
  finds("no steepness", code::out_of_range, "/projects/0/targets/0/trajectory/logistic/steepness", logistic(0.5, 0));
  finds("infinite steepness", code::not_finite, "/projects/0/targets/0/trajectory/logistic/steepness", logistic(0.5, infinite));
  finds("no seasons", code::missing_field, "/projects/0/targets/0/trajectory/seasonal", seasonal({}));
  finds("a negative season", code::negative_weight, "/projects/0/targets/0/trajectory/seasonal/1", seasonal({1, -1, 3}));
  finds("seasons without weight", code::weights_sum_to_zero, "/projects/0/targets/0/trajectory/seasonal", seasonal({0, 0}));
  finds("seasons that add up to infinity", code::not_finite, "/projects/0/targets/0/trajectory/seasonal",
        seasonal({1e308, 1e308}));
  finds("more seasons than days", code::out_of_range, "/projects/0/targets/0/trajectory/seasonal",
        seasonal(std::vector<double>(366, 1)));
}

void history(checker& finds) {
  using spec = programme_spec;
  finds("a row without the day it was recorded (T1)", code::missing_field, "/projects/1/targets/0/history/0/recorded",
        [](spec& s) { level_target(s).history[0].recorded.reset(); });
  finds("a present row without the day it was recorded (T1)", code::missing_field, "/projects/1/targets/0/recorded",
        [](spec& s) { level_target(s).recorded.reset(); });
  finds("rows out of order", code::history_out_of_order, "/projects/1/targets/0/history/1/recorded",
        [](spec& s) { level_target(s).history[1].recorded = date(2021, 1, 10); });
  finds("a present row older than its history", code::history_out_of_order, "/projects/1/targets/0/recorded",
        [](spec& s) { level_target(s).recorded = date(2021, 2, 1); });
  finds("a goal of the past that is no number", code::not_finite, "/projects/1/targets/0/history/0/aim/at_least",
        [](spec& s) { level_target(s).history[0].aim = at_least(infinite); });
  finds("a negative weight of the past", code::negative_weight, "/projects/1/targets/0/history/1/weight",
        [](spec& s) { level_target(s).history[1].weight = -2; });
  finds("a window of the past that ends before it begins", code::due_before_start, "/projects/1/targets/0/history/1/window/due",
        [](spec& s) { level_target(s).history[1].window = period{date(2021, 1, 1), date(2020, 1, 1)}; });
  finds(
      "quotas of the past that differ from the goal of today", code::quotas_differ_from_goal,
      "/projects/1/targets/0/history/1/quotas",
      [](spec& s) { level_target(s).history[1].quotas = std::vector<quota_spec>{{.place = "east", .goal = 2000}}; },
      severity::warning);
  finds(
      "a goal of the past that was reached", code::goal_reached_at_baseline, "/projects/1/targets/0/history/0/aim/at_least",
      [](spec& s) { level_target(s).history[0].aim = at_least(1900); }, severity::warning);
  finds(
      "a baseline of the past that reaches the goal of today", code::goal_reached_at_baseline,
      "/projects/1/targets/0/aim/at_least", [](spec& s) { level_target(s).history[1].baseline = 2070; }, severity::warning);
  finds("a window of the past without a whole month", code::no_whole_period, "/projects/3/projects/0/targets/0/history/0/window",
        [](spec& s) {
          monthly_target(s).recorded = date(2021, 5, 1);
          monthly_target(s).history = {{.recorded = date(2021, 1, 1), .window = parse_period("2021-01-02/2021-01-31")}};
        });
}

void relations(checker& finds) {
  using spec = programme_spec;
  const auto part = [](auto edit) { return [edit](spec& s) { edit(target_of(s, 0, 1)); }; };
  using one = target_spec;
  finds("a part of nothing", code::missing_field, "/projects/0/targets/1/part_of", part([](one& t) { t.belongs_to.clear(); }));
  finds("a part of what is not there", code::dangling_id, "/projects/0/targets/1/part_of",
        part([](one& t) { t.belongs_to = "1.3"; }));
  finds("a part of a project", code::dangling_id, "/projects/0/targets/1/part_of", part([](one& t) { t.belongs_to = "1"; }));
  finds("something that belongs without saying how", code::missing_field, "/projects/0/targets/1",
        part([](one& t) { t.belongs = belonging::none; }));
  finds("a part of itself (G1)", code::cycle, "/projects/0/targets/1/part_of", part([](one& t) { t.belongs_to = "1.2"; }));
  finds("a part in another unit (U4)", code::unit_mismatch, "/projects/0/targets/1/part_of",
        part([](one& t) { t.indicator = "insured"; }));
  finds("a part that is larger than the whole", code::part_exceeds_whole, "/projects/0/targets/1/aim/at_least",
        part([](one& t) { t.aim->goal = 140; }), severity::warning);
  finds(
      "a partition without parts", code::partition_without_parts, "/projects/1/targets/2/partition",
      [](spec& s) { target_of(s, 1, 2).partition = true; }, severity::warning);
  finds(
      "a partition that does not add up (U4)", code::parts_differ_from_whole, "/projects/0/targets/0/partition",
      [](spec& s) { lift_target(s).partition = true; }, severity::warning);
}

}  // namespace

TEST_CASE("a programme with something of every kind has no findings", "[model][validate]") {
  CHECK(lines_of(validate(city())).empty());
  CHECK(lines_of(validate(lifts())).empty());
}

TEST_CASE("validate finds what is wrong with the head of a programme (D3)", "[model][validate]") {
  checker finds;
  head(finds);
}

TEST_CASE("validate finds what is wrong with a place", "[model][validate]") {
  checker finds;
  places(finds);
}

TEST_CASE("validate finds what is wrong with an indicator", "[model][validate]") {
  checker finds;
  indicators(finds);
}

TEST_CASE("validate finds what is wrong with a project", "[model][validate]") {
  checker finds;
  projects(finds);
}

TEST_CASE("validate finds what is wrong with a target", "[model][validate]") {
  checker finds;
  targets(finds);
}

TEST_CASE("validate finds what is wrong with an aim (B1, B3, A6, A10)", "[model][validate]") {
  checker finds;
  aims(finds);
}

TEST_CASE("validate finds what is wrong with quotas (R9, R9b, R9c)", "[model][validate]") {
  checker finds;
  quotas(finds);
}

TEST_CASE("validate finds what is wrong with a trajectory (F3, F4)", "[model][validate]") {
  checker finds;
  trajectories(finds);
}

TEST_CASE("validate finds what is wrong with the history of a target (T1)", "[model][validate]") {
  checker finds;
  history(finds);
}

TEST_CASE("validate finds what is wrong between targets (U4)", "[model][validate]") {
  checker finds;
  relations(finds);
}

TEST_CASE("every code of a programme is found by one of these tests", "[model][validate]") {
  checker notes(true);
  for (const auto part : {head, places, indicators, projects, targets, aims, quotas, trajectories, history, relations})
    part(notes);
  std::set<code> found = notes.noted();
  for (const code elsewhere : {code::too_deep, code::goal_moved_after_result, code::places_disagree, code::unsupplied_custom,
                               code::bands_overlap, code::bands_with_gap, code::method_needs_more, code::undecided, code::unknown_state,
                               code::unreachable, code::inconsistent_comparisons, code::no_floor, code::too_few_places, code::weights_do_not_match,
                               code::direction_contradicts, code::undeclared_direction})
    found.insert(elsewhere);
  for (auto what = static_cast<int>(code::alias_contradicts); what <= static_cast<int>(code::wrong_kind); ++what) {
    INFO(to_string(static_cast<code>(what)));
    CHECK(found.count(static_cast<code>(what)) == 1);
  }
}
