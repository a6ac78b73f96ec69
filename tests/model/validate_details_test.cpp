#include <attain/model/validate.hpp>

#include "support/builders.hpp"
#include "support/catch.hpp"
#include "support/findings.hpp"
#include "support/small_stack.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

struct edit {
  std::string_view what;
  std::function<void(programme_spec&)> make;
};

std::string only_line(programme_spec spec, const std::function<void(programme_spec&)>& make) {
  make(spec);
  return to_string(only_finding(spec));
}

/// `city()` with `expression` as the formula for a number of persons.
programme_spec with_formula(std::string expression, std::string unit = "人") {
  programme_spec spec = city();
  spec.indicators[in_city::total].expression = std::move(expression);
  spec.indicators[in_city::total].unit = std::move(unit);
  return spec;
}

double seconds(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

TEST_CASE("validate gives every finding at once, in the order of the text, those between targets last", "[model][validate]") {
  programme_spec spec = city();
  spec.method = "mine";
  spec.places[1].weight = -1;
  spec.indicators[in_city::lifts].unit.clear();
  spec.indicators[in_city::share].denominator.clear();
  lift_target(spec).aim->goal = 138;
  target_of(spec, 0, 1).belongs_to = "9.9";
  spec.projects[2].weight = -1;
  target_of(spec, 2, 1).indicator = "bilding";
  std::vector<std::string> found;
  for (const finding& f : validate(spec)) found.push_back(std::string(to_string(f.code)) + " " + f.where);
  CHECK(found == std::vector<std::string>{
                     "unknown_method /method",
                     "negative_weight /places/1/weight",
                     "missing_field /indicators/0/unit",
                     "ratio_without_parts /indicators/6/denominator",
                     "quotas_differ_from_goal /projects/0/targets/0/quotas",
                     "negative_weight /projects/2/weight",
                     "dangling_id /projects/2/targets/1/indicator",
                     "dangling_id /projects/0/targets/1/part_of",
                 });
}

TEST_CASE("a finding carries the values, the text and what was expected", "[model][validate]") {
  CHECK(only_line(city(), [](programme_spec& s) { lift_target(s).quotas[0].goal = 79; }) ==
        "warning quotas_differ_from_goal at /projects/0/targets/0/quotas: the quotas below city add up to 138, its goal is 139 "
        "(found \"138\"; expected 139)");
  CHECK(only_line(city(), [](programme_spec& s) { lift_target(s).indicator = "lift"; }) ==
        "error dangling_id at /projects/0/targets/0/indicator: there is no indicator lift; did you mean \"lifts\"? "
        "(found \"lift\"; expected \"lifts\", \"insured\", \"residents\", \"price\", \"loans\", \"small-loans\", \"share\", \"total\", "
        "\"building\", \"mood\" or \"score\")");
  CHECK(only_line(city(), [](programme_spec& s) { target_of(s, 0, 1).belongs_to = "1"; }) ==
        "error dangling_id at /projects/0/targets/1/part_of: 1 is a project, not a target "
        "(found \"1\"; expected the id of a target)");
  CHECK(only_line(city(), [](programme_spec& s) { s.places.push_back({.id = "west", .within = "city"}); }) ==
        "error duplicate_id at /places/4/id: the place id west is taken by /places/2/id (found \"west\"; expected an id of its "
        "own)");
  CHECK(only_line(city(),
                  [](programme_spec& s) {
                    s.window = period{date(2021, 1, 1), date(2020, 12, 1)};
                    s.projects[0].window = s.projects[1].window = s.projects[2].window = s.projects[3].window =
                        parse_period("2021");
                  }) ==
        "error due_before_start at /window/due: the window starts on 2021-01-01 and is due on 2020-11-30 "
        "(found \"2020-11-30\"; expected 2021-01-01 or later)");
  CHECK(only_line(city(), [](programme_spec& s) { level_target(s).aliases[0].aim->goal = 61; }) ==
        "warning alias_contradicts at /projects/1/targets/0/aliases/0/aim/at_least: the alias 2.1b asks for at_least 2061, not "
        "what "
        "its target asks (rule U4) (found \"61\"; expected what 2.1 asks: at_least 2060)");
  CHECK(only_line(city(), [](programme_spec& s) { target_of(s, 0, 1).indicator = "insured"; }) ==
        "error unit_mismatch at /projects/0/targets/1/part_of: the part 1.2 is in 人, the whole 1.1 in 台 (found \"人\"; "
        "expected 台)");
  CHECK(only_line(city(),
                  [](programme_spec& s) {
                    level_target(s).aim->goal = 1990;
                    level_target(s).aliases.clear();
                    level_target(s).history.clear();
                  }) ==
        "warning goal_reached_at_baseline at /projects/1/targets/0/aim/at_least: the baseline 2000 already reaches the goal "
        "1990, so "
        "it is judged as a hold (found \"1990\"; expected a goal beyond 2000)");
}

TEST_CASE("a goal of many hundred percent is asked about unless it starts from as much, and of permille likewise", "[model][validate]") {
  const auto asked = [](std::string unit, double goal, std::optional<double> baseline = std::nullopt) {
    programme_spec spec = programme_of({level("rate", std::move(unit))}, {target("1.1", "rate", at_least(goal))});
    spec.projects[0].targets[0].baseline = baseline;
    return lines_of(validate(spec));
  };
  CHECK(asked("%", 92) ==
        "warning doubtful_amount at /projects/0/targets/0/aim/at_least: a number without quotes is the share itself, so the goal is "
        "9200% (found \"92\"; expected 0.92 or \"92%\")\n");
  CHECK(asked("%", 4.9).empty());
  CHECK_FALSE(asked("%", 92, 90).empty());  // both without their sign
  CHECK_FALSE(asked("%", 6, 0.9).empty());
  CHECK(asked("%", 6, 4.5).empty());        // from 450 % to 600 %
  CHECK(asked("‰", 12.5) ==
        "warning doubtful_amount at /projects/0/targets/0/aim/at_least: a number without quotes is the share itself, so the goal is "
        "12500‰ (found \"12.5\"; expected 0.0125 or \"12.5‰\")\n");
  CHECK(asked("‰", 0.0125).empty());
  CHECK(asked("人", 92).empty());
}

TEST_CASE("what a file may contain is escaped and cut in a finding", "[model][validate]") {
  programme_spec spec = city();
  spec.method = "<b>\x1b[31m" + std::string(500, 'x');
  const finding f = only_finding(spec);
  CHECK(f.text.find('\x1b') == std::string::npos);
  CHECK(f.text.size() < 120);
  spec = city();
  lift_target(spec).quotas.push_back({.place = "a/b~c", .goal = 1});
  CHECK(only_finding(spec).where == "/projects/0/targets/0/quotas/a~1b~0c");
}

TEST_CASE("a cycle is shown with its whole path (G1)", "[model][validate]") {
  const auto places = [](programme_spec& s) {
    s.places.insert(s.places.end(), {{.id = "a", .within = "b"}, {.id = "b", .within = "c"}, {.id = "c", .within = "a"}});
  };
  CHECK_THAT(only_line(city(), places), ContainsSubstring("places lie within one another: a → b → c → a"));

  const auto formulas = [](programme_spec& s) {
    s.indicators.push_back(formula_of("x", "人", "[residents] + [y]"));
    s.indicators.push_back(formula_of("y", "人", "[z] / 2"));
    s.indicators.push_back(formula_of("z", "人", "max([x], [insured])"));
  };
  CHECK_THAT(only_line(city(), formulas), ContainsSubstring("indicators are computed from one another: x → y → z → x"));

  const auto belonging = [](programme_spec& s) {
    for (std::size_t i = 0; i < 3; ++i) {
      target_spec t = target("c" + std::to_string(i), "lifts", at_least(1));
      t.belongs = belonging::attribute;
      t.belongs_to = "c" + std::to_string((i + 1) % 3);
      s.projects[0].targets.push_back(t);
    }
  };
  CHECK_THAT(only_line(city(), belonging), ContainsSubstring("targets belong to one another: c0 → c1 → c2 → c0"));
}

TEST_CASE("two cycles are both found", "[model][validate]") {
  programme_spec spec = city();
  spec.places.insert(
      spec.places.end(),
      {{.id = "a", .within = "b"}, {.id = "b", .within = "a"}, {.id = "c", .within = "c"}, {.id = "d", .within = "a"}});
  const auto found = validate(spec);
  REQUIRE(found.size() == 2);
  CHECK_THAT(found[0].message, EndsWith("a → b → a"));
  CHECK_THAT(found[1].message, EndsWith("c → c"));
}

TEST_CASE("deep and long input is refused by name on a stack of 256 KiB (G2)", "[model][validate]") {
  const auto found_in = [](const programme_spec& spec) {
    std::vector<finding> found;
    run_on_stack(256 * 1024, [&] { found = validate(spec); });
    return found;
  };
  programme_spec spec = city();
  SECTION("projects 3,000 deep") {
    project_spec inner = project("p", {});
    for (int i = 0; i < 3000; ++i) {
      project_spec outer = project("p" + std::to_string(i), {});
      outer.projects.push_back(std::move(inner));
      inner = std::move(outer);
    }
    spec.projects.push_back(std::move(inner));
    const auto found = found_in(spec);
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == code::too_deep);
    CHECK(std::count(found[0].where.begin(), found[0].where.end(), '/') == 2 * 65);
  }
  SECTION("a chain of 100,000 places") {
    for (int i = 0; i < 100000; ++i)
      spec.places.push_back({.id = "p" + std::to_string(i), .within = i == 0 ? "city" : "p" + std::to_string(i - 1)});
    const auto found = found_in(spec);
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == code::too_deep);
  }
  SECTION("a cycle of 100,000 places") {
    for (int i = 0; i < 100000; ++i)
      spec.places.push_back({.id = "p" + std::to_string(i), .within = "p" + std::to_string((i + 1) % 100000)});
    const auto found = found_in(spec);
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == code::cycle);
    CHECK_THAT(found[0].message, ContainsSubstring("(99901 more)"));
    CHECK(found[0].message.size() < 2000);
  }
  SECTION("a chain of 100,000 attributes and one of 1,000 formulas") {
    for (int i = 0; i < 100000; ++i) {
      target_spec t = target("t" + std::to_string(i), "lifts", at_least(1));
      t.belongs = belonging::attribute;
      t.belongs_to = i == 0 ? "1.1" : "t" + std::to_string(i - 1);
      spec.projects[0].targets.push_back(std::move(t));
    }
    for (int i = 0; i < 1000; ++i)
      spec.indicators.push_back(
          formula_of("f" + std::to_string(i), "人", i == 0 ? "[residents]" : "-[f" + std::to_string(i - 1) + "]"));
    CHECK(lines_of(found_in(spec)).empty());
  }
}

TEST_CASE("many broken references cost no more than linear time (G3)", "[model][validate]") {
  const auto broken = [](int count) {
    programme_spec spec = lifts();
    for (int i = 0; i < count; ++i) {
      target_spec t = target("t" + std::to_string(i), "lifts", at_least(1));
      t.belongs = belonging::attribute;
      t.belongs_to = "u" + std::to_string(i);
      t.place = "nowhere" + std::to_string(i);
      spec.projects[0].targets.push_back(std::move(t));
    }
    return seconds([&] { CHECK(validate(spec).size() == 2u * static_cast<std::size_t>(count)); });
  };
  broken(1000);
  const double few = broken(2000);
  const double many = broken(20000);
  INFO(few << " s, " << many << " s");
  CHECK(many < 30 * few + 0.5);
}

TEST_CASE("formulas that are small by themselves may not grow too large together (G5)", "[model][validate]") {
  programme_spec spec = city();
  spec.indicators.push_back(formula_of("f0", "人", "[residents] + [residents]"));
  const auto add = [&spec](int i) {
    const std::string before = "[f" + std::to_string(i - 1) + "]";
    spec.indicators.push_back(formula_of("f" + std::to_string(i), "人", before + " + " + before));
  };
  for (int i = 1; i <= 10; ++i) add(i);
  CHECK(lines_of(validate(spec)).empty());  // 4,095 nodes
  add(11);
  const finding f = only_finding(spec);
  CHECK(f.code == code::too_large);
  CHECK(f.where == "/indicators/22/expression");
  for (int i = 12; i <= 40; ++i) add(i);
  CHECK(validate(spec).size() < 5);  // reported where it grows too large, not by all that follow
}

TEST_CASE("sums and comparisons in a formula keep to one unit (docs/formula.md)", "[model][validate]") {
  for (const char* expression :
       {"[residents] + [insured]", "[residents] + 5", "max([residents], 0)", "[residents] * 60%",
        "[residents] * [share] + [insured]", "[insured] * ([loans] / [small-loans])",
        "if([loans] > [small-loans], [residents], [insured])", "coalesce([residents], [insured], 0)", "abs(-[residents])",
        "[loans] * [residents] / [loans]", "mean([residents], [insured])", "[lifts] * [residents] + [loans]",
        "sqrt([residents] * [insured])", "if([residents] > 0 and [lifts] > 0, [residents], 0)"}) {
    INFO(expression);
    CHECK(lines_of(validate(with_formula(expression))).empty());
  }
  for (const char* expression : {"[residents] + [loans]", "[residents] - [lifts]", "[residents] < [lifts]",
                                 "[loans] = [residents]", "min([residents], [lifts])", "sum(1, [residents], [lifts])",
                                 "coalesce([residents], [lifts])", "if(1, [residents], [lifts])", "[residents] + [share]",
                                 "2 * [residents] + [lifts] / 3", "if([lifts] > [residents], [residents], [insured])"}) {
    INFO(expression);
    programme_spec spec = with_formula(expression);
    const auto found = validate(spec);
    REQUIRE(!found.empty());
    CHECK(found.front().code == code::unit_mismatch);
    CHECK(found.front().where == "/indicators/7/expression");
  }
  CHECK(lines_of(validate(with_formula("[residents] / [insured]", "%"))).empty());
  CHECK(only_finding(with_formula("[residents] / [insured]", "人")).where == "/indicators/7/unit");
  CHECK(lines_of(validate(with_formula("[share] - 50%", "百分点"))).empty());

  programme_spec land = city();
  land.indicators.push_back(level("fields", "亩"));
  land.indicators.push_back(level("woods", "公顷"));
  land.indicators.push_back(formula_of("land", "亩", "[fields] + [woods]"));  // amounts are not converted inside a formula
  CHECK(only_finding(land).code == code::unit_mismatch);
  land.indicators.back().expression = "[fields] + 15 * [fields]";
  CHECK(lines_of(validate(land)).empty());
}

TEST_CASE("what looks unusual and is right has no findings", "[model][validate]") {
  const checkpoint june{date(2021, 6, 30), 70, true};
  const edit edits[] = {
      {"quotas at two levels that both add up",
       [](programme_spec& s) { lift_target(s).quotas.push_back({.place = "east", .goal = 80}); }},
      {"quotas that add up within the tolerance of B2",
       [](programme_spec& s) {
         lift_target(s).aim->goal = 0.3;
         target_of(s, 0, 1).aim->goal = 0.1;
         lift_target(s).quotas[0].goal = 0.1;
         lift_target(s).quotas[1].goal = 0.2;
       }},
      {"quotas of a level that does not add up",
       [](programme_spec& s) { target_of(s, 1, 2).quotas = {{.place = "east", .goal = 1}}; }},
      {"a change of a level from what is found on the eve (B1)",
       [](programme_spec& s) { target_of(s, 1, 2).aim = change(10, change_kind::percent); }},
      {"a level that rises (A10)", [](programme_spec& s) { target_of(s, 1, 2).aim = rises(); }},
      {"a change of a formula of levels (B1a)",
       [](programme_spec& s) {
         s.indicators[in_city::total].expression = "[residents] * 2";
         s.projects[1].targets.push_back(target("2.9", "total", change(5)));
       }},
      {"a change of an increment with a declared baseline",
       [](programme_spec& s) {
         target_of(s, 0, 1).aim = change(10, change_kind::percent);
         target_of(s, 0, 1).baseline = 30;
       }},
      {"a change from the period before, of an increment (A10)",
       [](programme_spec& s) {
         monthly_target(s).aim = aim{.goal = 5, .change = change_kind::percent, .from_previous_period = true};
       }},
      {"not below last year (B3)",
       [](programme_spec& s) {
         level_target(s).aim = change(0);
         level_target(s).aliases.clear();
       }},
      {"a cap that is not exceeded yet (A3)", [](programme_spec& s) { target_of(s, 0, 1).aim = at_most(0); }},
      {"a hold that is declared (A2)",
       [](programme_spec& s) {
         target_of(s, 1, 2).cadence = cadence{cadence_kind::throughout};
         target_of(s, 1, 2).baseline = 7000;
       }},
      {"a ratio of increments that is there already: a hold anyway (A2)",
       [](programme_spec& s) { target_of(s, 2, 0).baseline = 0.9; }},
      {"an alias that rises to a goal beyond the baseline", [](programme_spec& s) { level_target(s).aliases[0].aim = rises(); }},
      {"an alias in percent", [](programme_spec& s) { level_target(s).aliases[0].aim = change(3, change_kind::percent); }},
      {"an alias whose baseline nobody declared", [](programme_spec& s) { level_target(s).baseline.reset(); }},
      {"an alias in words only", [](programme_spec& s) { level_target(s).aliases[0].aim.reset(); }},
      {"a part of an alias",
       [](programme_spec& s) {
         lift_target(s).aliases = {{.id = "1.1b"}};
         target_of(s, 0, 1).belongs_to = "1.1b";
       }},
      {"a cap that is part of a floor", [](programme_spec& s) { target_of(s, 0, 1).aim = at_most(500); }},
      {"a part of a longer window",
       [](programme_spec& s) {
         target_of(s, 0, 1).aim->goal = 500;
         target_of(s, 0, 1).window = parse_period("2020/2025");
       }},
      {"a partition that adds up",
       [](programme_spec& s) {
         lift_target(s).partition = true;
         target_spec rest = target_of(s, 0, 1);
         rest.id = "1.3";
         rest.aim->goal = 100;
         s.projects[0].targets.push_back(rest);
       }},
      {"a part in 万元 of a whole in 元",
       [](programme_spec& s) {
         target_spec part = target("5.2", "small-loans", at_least(10));
         part.belongs = belonging::part;
         part.belongs_to = "5.1";
         s.projects.push_back(project("5", {target("5.1", "loans", at_least(20)), part}));
       }},
      {"an amount as checkpoint of an increment",
       [june](programme_spec& s) {
         lift_target(s).trajectory = {.kind = trajectory_kind::checkpoints,
                                      .checkpoints = {june, {date(2021, 12, 31), 139, true}}};
       }},
      {"falling checkpoints of a level that is to fall",
       [](programme_spec& s) {
         target_of(s, 1, 2).aim = at_most(50);
         target_of(s, 1, 2).baseline = 100;
         target_of(s, 1, 2).trajectory = {
             .kind = trajectory_kind::checkpoints,
             .checkpoints = {{date(2021, 3, 31), 90, true}, {date(2021, 6, 30), 70, true}, {date(2021, 9, 30), 0.6}}};
       }},
      {"a step on the due day",
       [](programme_spec& s) { lift_target(s).trajectory = {.kind = trajectory_kind::step, .step_day = date(2021, 12, 31)}; }},
      {"seasons without work",
       [](programme_spec& s) { lift_target(s).trajectory = {.kind = trajectory_kind::seasonal, .seasonal = {0, 3, 3, 0}}; }},
      {"a step without a day between two with one",
       [](programme_spec& s) {
         s.indicators[in_city::building].steps = {
             {.id = "a", .due = date(2021, 3, 1)}, {.id = "b", .weight = 0}, {.id = "c", .due = date(2021, 3, 1)}};
       }},
      {"a category of what a ratio is computed from (R10a)",
       [](programme_spec& s) {
         s.indicators[in_city::loans].dimensions = {{.id = "bank", .categories = {"a", "b"}}};
         target_of(s, 2, 0).disaggregation = {{"bank", "b"}};
       }},
      {"a withdrawn target",
       [](programme_spec& s) {
         monthly_target(s).withdrawn = true;
         monthly_target(s).withdrawn_on = date(2021, 8, 1);
         monthly_target(s).withdrawn_reason = "merged into 3.1";
       }},
      {"a project of weight 0 beside others", [](programme_spec& s) { s.projects[0].weight = 0; }},
      {"a project inside its own window only", [](programme_spec& s) { s.projects[3].window = parse_period("2021-01"); }},
      {"names in any script",
       [](programme_spec& s) {
         s.name = "南昌市2021年民生实事项目";
         s.projects[0].responsible = {"市住建局", "Département"};
       }},
      {"custom names",
       [](programme_spec& s) {
         s.method = "custom:my-method@2";
         s.roll_up.aggregator = "custom:geometric@1.0";
       }},
      {"ids that differ in one letter", [](programme_spec& s) { s.places.push_back({.id = "wesk", .within = "city"}); }},
      {"a window at the end of the calendar",
       [](programme_spec& s) { monthly_target(s).window = period{date(9999, 11, 1), date(9999, 12, 31)}; }},
  };
  for (const edit& e : edits) {
    INFO(e.what);
    programme_spec spec = city();
    e.make(spec);
    CHECK(lines_of(validate(spec)).empty());
  }
}

TEST_CASE("a recurring target at the end of the calendar is refused, not a crash", "[model][validate]") {
  programme_spec spec = city();
  monthly_target(spec).window = period{date(9999, 12, 1), date(9999, 12, 31)};
  CHECK(only_finding(spec).code == code::no_whole_period);
  spec = city();
  spec.projects[0].window = period{date::max(), date::min()};
  const auto found = validate(spec);
  REQUIRE(!found.empty());
  CHECK(found.front().code == code::due_before_start);
  CHECK_THAT(found.front().message, EndsWith("is due on before 0001-01-01"));
}

TEST_CASE("validating twice gives the same findings", "[model][validate]") {
  programme_spec spec = city();
  for (target_spec& t : spec.projects[1].targets) t.indicator += "x";
  spec.places[1].within = "nowhere";
  const auto first = validate(spec);
  CHECK(first == validate(spec));
  CHECK(first.size() == 4);
}

TEST_CASE("beyond 50,000 errors, and as many warnings, findings are counted", "[model][validate]") {
  programme_spec spec = city();
  const std::size_t without = validate(spec).size();
  spec.places.resize(spec.places.size() + 60'000);  // without ids
  const std::vector<finding> found = validate(spec);
  CHECK(found.size() <= without + 100'001);
  CHECK(found.back().severity == severity::note);
  CHECK(found.back().code == code::too_large);
  CHECK_THAT(found.back().message, ContainsSubstring("more findings are not listed"));
}
