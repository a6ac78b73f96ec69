#include <attain/engine/custom.hpp>

#include "engine/scene.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <vector>

using namespace attain;
using namespace attain::test;

// Nothing here is known to the library: a method, an aggregator and a formula function come from outside.

namespace {

/// Two states of its own words, by the share of the way alone.
custom_method traffic_light() {
  custom_method m;
  m.description.name = "traffic_light";
  m.description.version = 3;
  m.description.states = {{"green", role::on_track}, {"red", role::behind}, {"amber", role::at_risk}, {"done", role::met}, {"waiting", role::not_due}};
  m.description.band_lists = {{.quantity = quantity::attainment, .bands = {{0.7, true, 0, {}}, {0.5, true, 2, {}}}, .below = 1}};
  m.description.ceiling = 2;
  m.judge = [](const judged_columns& of, std::span<std::uint8_t> state) {
    for (std::size_t i = 0; i < state.size(); ++i) {
      if (of.attainment_missing[i] == 0) state[i] = of.attainment[i] >= 0.7 ? 0 : 1;
    }
  };
  return m;
}

evaluation evaluated(const scene& of, const custom_functions& functions, date as_of = date(2021, 9, 30)) {
  return evaluate(programme(of.spec), ledger(of.said), {.as_of = as_of, .custom = std::make_shared<custom_functions>(functions)});
}

/// Lifts of the east and the west, and a formula of the user over them and the residents.
scene weighted_lifts() {
  scene of{programme_of({increment("lifts", "元"), increment("doors", "元"), formula_of("score", "分", "custom:score@1")},
                        {target("1.1", "score", at_least(100))}),
           {report("lifts", "east", until_september, 10), report("doors", "east", until_september, 3),
            report("lifts", "west", until_september, 20), report("doors", "west", until_september, 4)}};
  of.spec.indicators[2].inputs = {"lifts", "doors"};
  return of;
}

}  // namespace

// -- A method ---------------------------------------------------------------------------------------

TEST_CASE("a method of the user judges with its own words", "[engine][custom]") {
  scene of = with_projects(1);
  of.spec.method = "custom:light@3";
  add_promise(of, 0, "1.1", 80);
  add_promise(of, 0, "1.2", 60);
  add_promise(of, 0, "1.3", std::nullopt).weight = 0;
  const evaluation now = evaluated(of, {.methods = {{"light@3", traffic_light()}}});
  CHECK(status_of(now.target("1.1")) == "green");
  CHECK(status_of(now.target("1.2")) == "red");
  CHECK(now.target("1.3").status() == reason::no_observation);
  CHECK(now.target("1.1").status()->means() == role::on_track);
  CHECK(now.target("1.1").status()->method().name == "traffic_light");
  CHECK(now.target("1.1").status()->method().version == 3);
}

TEST_CASE("nodes are judged by the bands and the ceiling that a method declares", "[engine][custom]") {
  scene of = with_projects(2);
  of.spec.method = "custom:light@3";
  add_promise(of, 0, "1.1", 100);
  add_promise(of, 0, "1.2", 50);
  add_promise(of, 1, "2.1", 90);
  const evaluation now = evaluated(of, {.methods = {{"light@3", traffic_light()}}});
  CHECK(is_near(now.project("1").attainment(), 0.75));
  CHECK(status_of(now.project("1")) == "amber");  // 0.75 would be green, but one child is red
  CHECK(status_of(now.project("2")) == "green");
  CHECK(status_of(now.root()) == "green");
}

TEST_CASE("a method sees whole columns, one call a target, a row a place", "[engine][custom]") {
  scene of{lifts(), {report("lifts", "east", until_september, 60), report("lifts", "west", until_september, 10)}};
  of.spec.method = "custom:seen@1";
  std::vector<std::size_t> rows;
  std::vector<double> attainment;
  std::vector<double> expected;
  custom_method seen = traffic_light();
  seen.judge = [&](const judged_columns& c, std::span<std::uint8_t> state) {
    rows.push_back(state.size());
    attainment.assign(c.attainment.begin(), c.attainment.end());
    expected.assign(c.expected.begin(), c.expected.end());
    for (std::size_t i = 0; i < state.size(); ++i) {
      CHECK((c.facts[i] & static_cast<std::uint16_t>(fact::due)) == 0);
      CHECK(c.gap[i] == c.attainment[i] - c.expected[i]);
    }
  };
  const evaluation now = evaluated(of, {.methods = {{"seen@1", seen}}});
  CHECK(rows == std::vector<std::size_t>{3});
  CHECK(attainment == std::vector{70.0 / 139, 0.75, 10.0 / 59});
  CHECK(expected[0] == std::floor(0.75 * 139 + 1e-9) / 139);
  CHECK_FALSE(now.target("1.1").status().has_value());
}

TEST_CASE("a state that a method does not have is no answer", "[engine][custom]") {
  scene of = with_projects(1);
  of.spec.method = "custom:wild@1";
  add_promise(of, 0, "1.1", 80);
  custom_method wild = traffic_light();
  wild.judge = [](const judged_columns&, std::span<std::uint8_t> state) { std::ranges::fill(state, std::uint8_t{77}); };
  CHECK_FALSE(evaluated(of, {.methods = {{"wild@1", wild}}}).target("1.1").status().has_value());
}

// -- An aggregator ----------------------------------------------------------------------------------

TEST_CASE("an aggregator of the user combines attainment and expected with the same children and weights (U2)", "[engine][custom]") {
  scene of = with_projects(1);
  of.spec.projects[0].roll_up.aggregator = "custom:geometric@1";
  add_promise(of, 0, "1.1", 64).weight = 2;
  add_promise(of, 0, "1.2", 125);
  add_promise(of, 0, "1.3", std::nullopt).weight = 0.5;
  add_promise(of, 0, "1.4", 10).weight = 0;
  std::vector<std::vector<double>> values;
  std::vector<std::vector<double>> weights;
  const auto geometric = [&](const child_columns& c, std::span<double> out) {
    values.emplace_back(c.value.begin(), c.value.end());
    weights.emplace_back(c.weight.begin(), c.weight.end());
    for (std::size_t i = 0; i < out.size(); ++i) {
      double product = 1;
      double weight = 0;
      for (std::uint32_t k = c.begin[i]; k < c.begin[i + 1]; ++k) {
        product *= std::pow(c.value[k], c.weight[k]);
        weight += c.weight[k];
      }
      out[i] = std::pow(product, 1 / weight);
    }
  };
  const evaluation now = evaluated(of, {.aggregators = {{"geometric@1", geometric}}});
  CHECK(is_near(now.project("1").attainment(), std::cbrt(0.64 * 0.64)));
  CHECK(is_near(now.project("1").expected(), 0.75));
  CHECK(is_near(now.root().attainment(), std::cbrt(0.64 * 0.64)));
  REQUIRE(values.size() == 4);  // then both bounds
  CHECK(values[0] == std::vector{0.64, 1.0});
  CHECK(values[1] == std::vector{0.75, 0.75});
  CHECK(weights[0] == weights[1]);
  CHECK(weights[0][0] == 2 * weights[0][1]);
}

TEST_CASE("an aggregator is called once for all nodes of a level that name it", "[engine][custom]") {
  scene of = with_projects(3);
  for (std::size_t p = 0; p < 3; ++p) {
    of.spec.projects[p].roll_up.aggregator = "custom:first@1";
    add_promise(of, p, std::to_string(p + 1) + ".1", 10.0 * static_cast<double>(p + 1));
  }
  std::vector<std::size_t> calls;
  const auto first = [&](const child_columns& c, std::span<double> out) {
    calls.push_back(out.size());
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = c.value[c.begin[i]];
  };
  CHECK(is_near(evaluated(of, {.aggregators = {{"first@1", first}}}).root().attainment(), 0.2));
  CHECK(calls == std::vector<std::size_t>{3, 3, 3, 3});  // attainment, expected, both bounds
}

TEST_CASE("what an aggregator gives that is not finite is an overflow", "[engine][custom]") {
  scene of = with_projects(1);
  of.spec.projects[0].roll_up.aggregator = "custom:broken@1";
  add_promise(of, 0, "1.1", 60);
  const auto broken = [](const child_columns&, std::span<double> out) { std::ranges::fill(out, std::numeric_limits<double>::quiet_NaN()); };
  CHECK(evaluated(of, {.aggregators = {{"broken@1", broken}}}).project("1").attainment() == reason::overflow);
}

// -- A formula function -----------------------------------------------------------------------------

TEST_CASE("a formula function computes after its inputs were added up over the places (R7)", "[engine][custom]") {
  const auto product = [](std::span<const std::span<const double>> inputs, std::span<double> out) {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = inputs[0][i] * inputs[1][i];
  };
  const target_result now = evaluated(weighted_lifts(), {.formulas = {{"score@1", product}}}).target("1.1");
  CHECK(now.reading() == 210.0);  // (10 + 20) · (3 + 4)
}

TEST_CASE("a formula function sees only rows with all of their inputs, and gives finite numbers or an overflow", "[engine][custom]") {
  scene of = weighted_lifts();
  bool called = false;
  const auto ratio_of = [&](std::span<const std::span<const double>> inputs, std::span<double> out) {
    called = true;
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = inputs[0][i] / (inputs[1][i] - 7);
  };
  CHECK(evaluated(of, {.formulas = {{"score@1", ratio_of}}}).target("1.1").reading() == reason::overflow);
  CHECK(called);

  called = false;
  of.said.erase(std::remove_if(of.said.begin(), of.said.end(), [](const observation& o) { return o.indicator == "doors"; }), of.said.end());
  CHECK(evaluated(of, {.formulas = {{"score@1", ratio_of}}}).target("1.1").reading() == reason::no_observation);
  CHECK_FALSE(called);
}

// -- Names ------------------------------------------------------------------------------------------

TEST_CASE("every custom name that nobody supplied is refused at once", "[engine][custom]") {
  scene of = weighted_lifts();
  of.spec.method = "custom:light@3";
  of.spec.roll_up.aggregator = "custom:median@1";
  of.spec.projects[0].roll_up.aggregator = "custom:median@2";
  const auto missing = [&](const custom_functions& functions) {
    std::vector<std::string> texts;
    try {
      evaluated(of, functions);
    } catch (const invalid_option& refused) {
      for (const finding& f : refused.findings()) {
        CHECK(f.code == code::unsupplied_custom);
        CHECK(f.severity == severity::error);
        texts.push_back(f.text + " of " + f.where);
      }
    }
    return texts;
  };
  CHECK(missing({}) == std::vector<std::string>{"custom:light@3 of lesson#/method", "custom:score@1 of lesson#/indicators/2/expression",
                                                "custom:median@1 of lesson", "custom:median@2 of lesson/1"});
  const auto nothing = [](const auto&, std::span<double>) {};
  CHECK(missing({.formulas = {{"score@1", nothing}}, .methods = {{"light@3", traffic_light()}}, .aggregators = {{"median@1", nothing}}}) ==
        std::vector<std::string>{"custom:median@2 of lesson/1"});
  CHECK_THROWS_AS(evaluate(programme(of.spec), ledger(), {.as_of = date(2021, 9, 30)}), invalid_option);
}

TEST_CASE("a programme that names no functions needs none, and one function may have many versions", "[engine][custom]") {
  scene of = with_projects(2);
  for (std::size_t p = 0; p < 2; ++p) {
    of.spec.projects[p].roll_up.aggregator = "custom:fixed@" + std::to_string(p + 1);
    add_promise(of, p, std::to_string(p + 1) + ".1", 60);
  }
  const auto fixed = [](double value) {
    return [value](const child_columns&, std::span<double> out) { std::ranges::fill(out, value); };
  };
  const evaluation now = evaluated(of, {.aggregators = {{"fixed@1", fixed(0.1)}, {"fixed@2", fixed(0.2)}, {"fixed@3", fixed(0.3)}}});
  CHECK(now.project("1").attainment() == 0.1);
  CHECK(now.project("2").attainment() == 0.2);
}

TEST_CASE("what a function is called with another time counts, for its results are not remembered by name", "[engine][custom]") {
  scene of = with_projects(1);
  of.spec.projects[0].roll_up.aggregator = "custom:fixed@1";
  add_promise(of, 0, "1.1", 60);
  const programme plan(of.spec);
  const ledger book(of.said);
  for (const double value : {0.25, 0.5}) {
    auto functions = std::make_shared<custom_functions>();
    functions->aggregators["fixed@1"] = [value](const child_columns&, std::span<double> out) { std::ranges::fill(out, value); };
    CHECK(evaluate(plan, book, {.as_of = date(2021, 9, 30), .custom = functions}).project("1").attainment() == value);
  }
}
