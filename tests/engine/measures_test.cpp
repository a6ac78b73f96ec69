#include <attain/engine/measures.hpp>
#include <attain/engine/tracker.hpp>

#include "engine/scene.hpp"
#include "support/catch.hpp"

#include <optional>
#include <string>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

/// A level that is to go from 100 in 2015 to its goal by the end of 2030, reported for the years from 2015 on.
scene yearly(aim asked, const std::vector<double>& amounts, int first_year = 2015) {
  scene of{programme_of({level("x")}, {target("1.1", "x", asked)})};
  of.spec.window = parse_period("2016/2030");
  of.spec.indicators[0].period = frequency::year;
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    of.said.push_back(report("x", "city", std::to_string(first_year + static_cast<int>(i)), amounts[i]));
  }
  return of;
}

evaluation judged(const scene& of, const char* day, std::vector<method_choice> methods) {
  return evaluate(programme(of.spec), ledger(of.said), {.as_of = parse_date(day), .methods = std::move(methods)});
}

aim strict(aim asked) {
  asked.strict = true;
  return asked;
}

/// A method that shows one quantity.
method_spec showing(quantity what, base_rule base = base_rule::eve_or_later) {
  method_spec m;
  m.name = "show";
  m.states = {{"shown", role::on_track, {}, {}}};
  m.rules = {{"only", 0, outcome::bands, 0, {}, {}}};
  m.band_lists = {{.quantity = what, .name = "only"}, {.quantity = quantity::gap, .name = "nodes"}};
  m.node_bands = 1;
  m.base = base;
  return m;
}

answer<double> shown(const scene& of, quantity what, const char* day = "2021-06-30", base_rule base = base_rule::eve_or_later) {
  return judged(of, day, {showing(what, base)}).target("1.1").measured();
}

}  // namespace

TEST_CASE("growth is measured from the eve of the window to the latest reading (S11a)", "[engine][measures]") {
  const scene of = yearly(at_least(200), {100, 105, 110, 110, 120, 130});
  CHECK(is_near(shown(of, quantity::growth), growth(100, 130, 5, direction::up).value()));
  CHECK(is_near(shown(of, quantity::growth, "2018-06-30"), growth(100, 110, 2, direction::up).value()));
  CHECK(is_near(shown(of, quantity::growth_ratio), growth_ratio(100, 130, 5, 200, 15, direction::up).value()));
  CHECK(is_near(shown(of, quantity::change_by_due), change_by_due(100, 130, 5, 200, 10).value()));
  CHECK(shown(of, quantity::lead) == -70.0);
  CHECK(shown(of, quantity::mean_change) == 6.0);
  CHECK(shown(of, quantity::last_change) == 10.0);
  CHECK(is_near(shown(of, quantity::rest_by_due), 6.0 * 10 / 70));
}

TEST_CASE("without a reading of the eve the base is what the method says", "[engine][measures]") {
  const scene later = yearly(at_least(200), {100, 110}, 2018);
  CHECK(is_near(shown(later, quantity::growth), 0.1));
  CHECK(shown(later, quantity::growth, "2021-06-30", base_rule::eve) == reason::baseline_missing);
  const scene around = yearly(at_least(200), {100, 121}, 2014);  // 2014 and 2015
  CHECK(shown(around, quantity::growth, "2016-06-30") == reason::too_few_observations);
  CHECK(is_near(shown(around, quantity::growth, "2016-06-30", base_rule::eve_or_nearest), 0.21));
}

TEST_CASE("quantities of a direction without a number are those that need none", "[engine][measures]") {
  const scene of = yearly(falls(), {100, 90});
  CHECK(is_near(shown(of, quantity::growth), 0.1));
  CHECK(shown(of, quantity::growth_ratio) == reason::not_applicable);
}

TEST_CASE("near a natural limit bands ask for less growth", "[engine][measures]") {
  scene of = yearly(rises(), {90, 90.6});  // 0.67 % a year
  CHECK(status_of(judged(of, "2017-06-30", {"open_sdg"}).target("1.1")) == "moderate_progress");
  of.spec.indicators[0].natural_limit = 100;
  CHECK(status_of(judged(of, "2017-06-30", {"open_sdg"}).target("1.1")) == "substantial_progress");
  of.said.back() = report("x", "city", "2016", 90.9);  // 1 %
  CHECK(status_of(judged(of, "2017-06-30", {"unsd_2023"}).target("1.1")) == "fair_progress");  // whose note knows no limits
}

TEST_CASE("of the planned amount and of the goal are shares that more is better of", "[engine][measures]") {
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", 60.0);
  add_promise(of, 0, "1.2", 90.0, at_most(100));
  const auto at = [&](quantity what, const char* id) { return judged(of, "2021-09-30", {showing(what)}).target(id).measured(); };
  CHECK(at(quantity::of_planned, "1.1") == 60.0 / 75);
  CHECK(at(quantity::of_goal, "1.1") == 0.6);
  CHECK(at(quantity::closeness, "1.1") == 0.6);
  CHECK(at(quantity::of_planned, "1.2") == 75.0 / 90);
  CHECK(is_near(at(quantity::spi, "1.1"), 0.8));
}

TEST_CASE("a method that needs growth is refused where a target adds up", "[engine][measures]") {
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", 60.0);
  CHECK_THROWS_AS(judged(of, "2021-09-30", {"open_sdg"}), invalid_option);
  try {
    judged(of, "2021-09-30", {"open_sgd", "open_sdg"});
  } catch (const invalid_option& refused) {
    REQUIRE(refused.findings().size() == 2);
    CHECK(refused.findings()[0].code == code::unknown_method);
    CHECK(refused.findings()[0].expected == "open_sdg");
    CHECK(refused.findings()[1].code == code::method_needs_more);
    CHECK(refused.findings()[1].where == "lesson#/projects/0/targets/0/indicator");
  }
}

TEST_CASE("beside what grows a target that adds up has no growth, and the others are judged (S11h)", "[engine][measures]") {
  const std::vector<double> amounts{100, 105, 110, 110, 120, 130};
  scene mixed = yearly(at_least(200), amounts);
  mixed.spec.indicators.push_back(increment("built"));
  mixed.spec.indicators.push_back(ratio("each", "x", "built"));
  mixed.spec.projects[0].targets.push_back(target("1.2", "built", at_least(10)));
  mixed.spec.projects[0].targets.push_back(target("1.3", "each", at_least(10)));
  mixed.said.push_back(report("built", "city", "2016", 3));
  for (const char* method : {"open_sdg", "open_sdg@1", "germany", "unsd_2023"}) {
    const evaluation alone = judged(yearly(at_least(200), amounts), "2021-06-30", {method});
    const evaluation now = judged(mixed, "2021-06-30", {method});
    CHECK(status_of(now.target("1.1")) == status_of(alone.target("1.1")));
    for (const char* id : {"1.2", "1.3"}) {
      CHECK(now.target(id).status() == reason::not_comparable);
      CHECK(now.target(id).explain().text().find("growth from") == std::string::npos);
    }
  }
}

TEST_CASE("several methods judge side by side, and each as it would alone (S11e)", "[engine][measures]") {
  const scene of = yearly(at_least(200), {100, 105, 110, 110, 120, 130});
  const std::vector<method_choice> methods{"open_sdg", "germany", "unsd_2023", "time_proportional", "open_sdg@1"};
  const evaluation now = judged(of, "2021-06-30", methods);
  CHECK(now.methods().size() == methods.size());
  for (const method_choice& one : methods) {
    const evaluation alone = judged(of, "2021-06-30", {one});
    const evaluation beside = now.by(one.name);
    CHECK(beside.data().cells[0] == alone.data().cells[0]);
    CHECK(beside.data().nodes == alone.data().nodes);
  }
  CHECK(status_of(now.target("1.1")) == "substantial_progress");
  CHECK(status_of(now.by("germany").target("1.1")) == "sun_and_cloud");
  CHECK_THROWS_AS(now.by("toladata"), unknown_id);
}

TEST_CASE("without a number to reach germany judges mean and last change, and too few years by neither", "[engine][measures]") {
  const auto symbol = [](const std::vector<double>& amounts) {
    return status_of(judged(yearly(rises(), amounts), "2021-06-30", {"germany"}).target("1.1"));
  };
  CHECK(symbol({100, 105, 110, 112, 120, 130}) == "sun");
  CHECK(symbol({100, 105, 110, 112, 120, 119}) == "sun_and_cloud");
  CHECK(symbol({100, 105, 110, 90, 85, 86}) == "cloud");
  CHECK(symbol({100, 105, 110, 90, 85, 84}) == "thunderstorm");
  CHECK(symbol({100, 105, 110, 120}) == "sun");
  CHECK(symbol({100, 105, 110}) == "too_few_observations");
  CHECK(symbol({100, 95}) == "too_few_observations");
}

TEST_CASE("what is to be held and was lost has no way to the goal left: without a reading of its day no symbol (S11b)",
          "[engine][measures]") {
  const scene of = yearly(at_least(90), {100, 60, 65, 70, 75, 80, 85});
  const auto symbol = [&](const char* day) { return status_of(judged(of, day, {"germany"}).target("1.1")); };
  CHECK(symbol("2022-03-31") == "cloud");
  CHECK(symbol("2026-06-30") == "stale");
  CHECK(shown(of, quantity::rest_by_due, "2022-03-31") == reason::not_applicable);
  CHECK_NOTHROW(judged(of, "2026-06-30", {"germany"}).target("1.1").explain());
}

TEST_CASE("a latest reading that reaches the goal but for rounding has a lead of 0 (B2)", "[engine][measures]") {
  const scene of = yearly(at_least(0.8), {0.1, 0.5, 0.6, 0.7, 0.75, 0.7 + 0.1});
  REQUIRE(0.7 + 0.1 < 0.8);
  CHECK(shown(of, quantity::lead) == 0.0);
  CHECK(status_of(judged(of, "2021-06-30", {"germany"}).target("1.1")) == "sun");
  CHECK(status_of(judged(of, "2021-06-30", {"open_sdg"}).target("1.1")) == "target_achieved");
  CHECK_NOTHROW(judged(of, "2021-06-30", {"germany"}).target("1.1").explain());
}

TEST_CASE("a goal that is to be passed is not met by standing at it, by methods of growth either (B2)", "[engine][measures]") {
  const std::vector<double> amounts{100, 104, 108, 112, 116, 120};
  for (const char* day : {"2021-06-30", "2022-01-31"}) {
    const scene at = yearly(strict(at_least(120)), amounts), past = yearly(strict(at_least(119.9)), amounts);
    CHECK(shown(at, quantity::lead, day).value() < 0);
    CHECK(status_of(judged(at, day, {"open_sdg"}).target("1.1")) != "target_achieved");
    CHECK(status_of(judged(past, day, {"open_sdg"}).target("1.1")) == "target_achieved");
    CHECK_NOTHROW(judged(at, day, {"open_sdg"}).target("1.1").explain());
  }
}

TEST_CASE("scores of a method are averaged up the tree, a group counting once (S11d)", "[engine][measures]") {
  scene of = yearly(rises(), {100, 102});
  for (int i = 2; i <= 3; ++i) {
    const std::string name = "x" + std::to_string(i);
    of.spec.indicators.push_back(level(name));
    of.said.push_back(report(name, "city", "2015", 100));
    of.said.push_back(report(name, "city", "2016", i == 2 ? 100 : 90));
  }
  of.spec.projects[0].projects.push_back(project("group", {target("2.1", "x2", rises()), target("2.2", "x3", rises())}));
  const evaluation now = judged(of, "2017-01-31", {"open_sdg"});
  CHECK(now.target("1.1").score() == 5.0);
  CHECK(now.target("2.1").score() == -2.5);
  CHECK(now.target("2.2").score() == -5.0);
  CHECK(now.project("group").score() == -3.75);
  CHECK(now.root().score() == 0.625);
  CHECK(status_of(now.root()) == "moderate_progress");
}

TEST_CASE("a method without deadlines judges nodes by its bands alone, however little is covered (S11c)", "[engine][measures]") {
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", 60.0);
  for (const char* id : {"1.2", "1.3"}) add_promise(of, 0, id, std::nullopt);
  const evaluation now = judged(of, "2021-12-31", {"time_proportional", "earned_value"});
  CHECK(status_of(now.root()) == "incomplete");
  CHECK(status_of(now.by("earned_value").root()) == "incomplete");  // its leaf is too late to be judged
  const evaluation before = judged(of, "2021-09-30", {"time_proportional", "earned_value"});
  CHECK(status_of(before.root()) == "incomplete");
  CHECK(status_of(before.by("earned_value").root()) == "red");
  CHECK(before.by("earned_value").root().coverage() < 0.6);
}

TEST_CASE("a tracker judges by a method of the options as a full run does", "[engine][measures]") {
  const scene of = yearly(at_least(200), {100, 105, 110, 110, 120});
  const portfolio plan = programme(of.spec);
  for (const char* method : {"open_sdg", "earned_value"}) {
    tracker current(plan, ledger(of.said), {.as_of = date(2021, 6, 30), .methods = {method}});
    current.apply(report("x", "city", "2020", 130));
    const evaluation whole = current.snapshot();
    CHECK(current.cells()[0] == whole.data().cells[0]);
    CHECK(node_results(current.nodes().begin(), current.nodes().end()) == whole.data().nodes);
    CHECK(whole.methods().front() == reference_to(*find_method(method)));
  }
}

TEST_CASE("within one point of a goal of 100 % or 0 % counts as met, of other goals and units it does not",
          "[engine][measures]") {
  const auto status_by_unsd = [](aim asked, const char* unit, std::vector<double> amounts) {
    scene of = yearly(asked, amounts);
    of.spec.indicators[0].unit = unit;
    return word(judged(of, "2021-06-30", {"unsd_2023"}).target("1.1").status());
  };
  // Growth is far too slow, or goes the wrong way.
  CHECK(status_by_unsd(at_least(1), "%", {0.9915, 0.9914, 0.9913, 0.9912, 0.9911, 0.991}) == "on_track");
  CHECK(status_by_unsd(at_least(1), "%", {0.9895, 0.9894, 0.9893, 0.9892, 0.9891, 0.989}) == "stagnation");
  CHECK(status_by_unsd(at_most(0), "%", {0.005, 0.005, 0.006, 0.007, 0.008, 0.009}) == "on_track");
  CHECK(status_by_unsd(at_least(0.95), "%", {0.949, 0.948, 0.947, 0.946, 0.945, 0.944}) == "stagnation");
  CHECK(status_by_unsd(at_least(1), "人", {0.9915, 0.9914, 0.9913, 0.9912, 0.9911, 0.991}) == "stagnation");
}

TEST_CASE("a chance follows from readings a period apart, back from the last one (S11g)", "[engine][measures]") {
  const scene rising = yearly(at_least(120), {100, 104, 106, 109, 113});
  const std::vector<double> all{100, 104, 106, 109, 113};
  const double years = (date(2030, 12, 31) - date(2019, 12, 31)) / 366.0;
  const auto at = [&](const std::vector<double>& amounts, double left) {
    return projection_of(amounts, left)->chance_of_at_least(120);
  };
  const answer<double> found = shown(rising, quantity::chance, "2020-06-30");
  CHECK_THAT(*found, WithinAbs(at(all, years), 1e-3));
  CHECK(*found > 0.5);
  CHECK(shown(yearly(at_least(120), {100, 104}), quantity::chance, "2017-06-30") == reason::too_few_observations);
  // A gap begins the series anew.
  scene gap = yearly(at_least(120), {100, 104, 106, 109, 113});
  gap.said.erase(gap.said.begin() + 1);
  CHECK_THAT(*shown(gap, quantity::chance, "2020-06-30"), WithinAbs(at({106, 109, 113}, years), 1e-3));
  // Less is better, and a band.
  const std::vector<double> falling{200, 180, 170, 160};
  const double rest = (date(2030, 12, 31) - date(2018, 12, 31)) / 365.0;
  CHECK_THAT(*shown(yearly(at_most(120), falling), quantity::chance, "2019-06-30"),
             WithinAbs(projection_of(falling, rest)->chance_of_at_most(120), 1e-3));
  CHECK(shown(yearly(at_least(120), falling), quantity::chance, "2019-06-30") == reason::not_applicable);  // a hold
  const double within = *shown(yearly(between(110, 120), {100, 104, 106, 109}), quantity::chance, "2019-06-30");
  CHECK(within > 0);
  CHECK(within < *shown(yearly(at_least(110), {100, 104, 106, 109}), quantity::chance, "2019-06-30"));
}

TEST_CASE("of a sum a chance is that of what is still to be counted (S11g)", "[engine][measures]") {
  scene of{programme_of({increment("x")}, {target("1.1", "x", at_least(139))})};
  of.said = {report("x", "city", "2021-01", 9), report("x", "city", "2021-02", 14), report("x", "city", "2021-03", 11)};
  const double left = (date(2021, 12, 31) - date(2021, 3, 31)) / 31.0;
  CHECK(is_near(shown(of, quantity::chance, "2021-03-31"),
                projected_count_of(std::vector<double>{9, 14, 11}, left)->chance_of_at_least(139 - 34)));
  of.said.push_back(report("x", "city", "2021-04", 1.5));
  CHECK(shown(of, quantity::chance, "2021-04-30") == reason::not_comparable);
  CHECK(shown(yearly(rises(), {100, 104, 106, 109}), quantity::chance, "2019-06-30") == reason::not_comparable);
}

TEST_CASE("the chance of more than a number is not that of the number itself (S11g, B2)", "[engine][measures]") {
  scene of{programme_of({increment("x")}, {target("1.1", "x", strict(at_least(120)))})};
  of.said = {report("x", "city", "2021-01", 14), report("x", "city", "2021-02", 5), report("x", "city", "2021-03", 14),
             report("x", "city", "2021-04", 3)};
  const double left = (date(2021, 12, 31) - date(2021, 4, 30)) / 31.0;
  const auto ahead = projected_count_of(std::vector<double>{14, 5, 14, 3}, left);
  CHECK(is_near(shown(of, quantity::chance, "2021-04-30"), ahead->chance_of_at_least(120 - 36 + 1)));
  // What has never moved and stands on the number is neither more nor less.
  scene stands = yearly(strict(at_least(120)), {120, 120, 120});
  stands.spec.projects[0].targets[0].baseline = 100;
  CHECK(shown(stands, quantity::chance, "2018-06-30") == 0.0);
  stands.spec.projects[0].targets[0].aim = strict(at_most(120));
  stands.spec.projects[0].targets[0].baseline = 140;
  CHECK(shown(stands, quantity::chance, "2018-06-30") == 0.0);
  stands.spec.projects[0].targets[0].aim = at_most(120);
  CHECK(shown(stands, quantity::chance, "2018-06-30") == 1.0);
}

TEST_CASE("likelihood judges by the chance what is not decided yet, and nodes by the gap (S11g)", "[engine][measures]") {
  scene of{programme_of({increment("x")}, {target("1.1", "x", at_least(139))})};
  const auto judged_at = [&](const char* day) { return judged(of, day, {"likelihood"}); };
  of.said = {report("x", "city", "2021-01", 9), report("x", "city", "2021-02", 14), report("x", "city", "2021-03", 11)};
  CHECK(status_of(judged_at("2021-03-31").target("1.1")) == "as_likely_as_not");
  of.said.push_back(report("x", "city", "2021-04", 40));
  CHECK(status_of(judged_at("2021-04-30").target("1.1")) == "likely");
  CHECK(status_of(judged_at("2021-04-30").root()) == "likely");
  of.said.push_back(report("x", "city", "2021-05", 70));
  CHECK(status_of(judged_at("2021-05-31").target("1.1")) == "met");
}
