#include <attain/judge/method.hpp>
#include <attain/model/words.hpp>

#include "support/catch.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

const std::string none = "no answer";

std::string name_of(std::uint8_t state) { return state == no_state ? none : time_proportional().states.at(state).name; }

/// The state that the default method gives for some facts and quantities.
std::string state_of(std::uint16_t facts, const judged_quantities& of = {}) {
  return name_of(judge(time_proportional(), facts, of).state);
}

std::string rule_of(std::uint16_t facts, const judged_quantities& of = {}) {
  return time_proportional().rules.at(judge(time_proportional(), facts, of).rule).name;
}

std::string by_gap(double gap) { return state_of(0, {.gap = gap}); }
std::string of_hold(std::optional<double> a) { return state_of(all_of(fact::hold), {.attainment = a}); }

double next_above(double x) { return std::nextafter(x, std::numeric_limits<double>::infinity()); }
double next_below(double x) { return std::nextafter(x, -std::numeric_limits<double>::infinity()); }

}  // namespace

TEST_CASE("the default method is time_proportional, version 1, and says where it is from (S)", "[judge][method]") {
  const method_spec& method = time_proportional();
  CHECK(method.name == "time_proportional");
  CHECK(method.version == 1);
  CHECK_THAT(method.source, ContainsSubstring("thresholds of the attain project"));  // ours, not law
  CHECK(find_method("time_proportional") == &method);
}

TEST_CASE("the default method has the six states of section S, each with its role", "[judge][method]") {
  const std::vector<std::pair<std::string, role>> wanted{{"met", role::met},       {"on_track", role::on_track},
                                                         {"at_risk", role::at_risk}, {"behind", role::behind},
                                                         {"missed", role::missed},   {"not_due", role::not_due}};
  std::vector<std::pair<std::string, role>> states;
  for (const state_spec& s : time_proportional().states) states.emplace_back(s.name, s.role);
  CHECK(states == wanted);
}

TEST_CASE("nodes apply rule 11, and a failing child or hold caps them at at_risk (S)", "[judge][method]") {
  const method_spec& method = time_proportional();
  CHECK(method.band_lists.at(method.node_bands).quantity == quantity::gap);
  CHECK(name_of(band_of(method.band_lists.at(method.node_bands), -0.1)) == "at_risk");
  CHECK(method.states.at(method.ceiling.value()).role == role::at_risk);
}

// -- S1 to S11, one by one --------------------------------------------------------------------------

TEST_CASE("each rule decides by its own facts (S1 to S11)", "[judge][method]") {
  struct row {
    const char* rule;
    std::uint16_t facts;
    judged_quantities of;
    std::string state;
  };
  const row rows[] = {
      {"S1", all_of(fact::not_applicable), {}, none},
      {"S2", all_of(fact::before_start), {}, "not_due"},
      {"S3", all_of(fact::reached_for_good), {}, "met"},
      {"S4", all_of(fact::out_of_reach), {}, "missed"},
      {"S5", all_of(fact::due, fact::covers_due, fact::reached), {}, "met"},
      {"S5", all_of(fact::due, fact::covers_due), {}, "missed"},
      {"S5", all_of(fact::due, fact::reached), {}, none},
      {"S5", all_of(fact::due), {}, none},
      {"S6", all_of(fact::nothing_expected), {}, "not_due"},
      {"S7", all_of(fact::unreadable), {}, none},
      {"S8", all_of(fact::reached_reversibly, fact::reached), {}, "met"},
      {"S9", all_of(fact::hold, fact::reached), {.attainment = 1}, "on_track"},
      {"S9", all_of(fact::hold), {.attainment = 0.96}, "at_risk"},
      {"S9", all_of(fact::hold), {.attainment = 0.9}, "behind"},
      {"S9", all_of(fact::hold, fact::without_attainment), {}, "behind"},  // A4: not scalable
      {"S10", all_of(fact::without_attainment), {}, none},
      {"S11", 0, {.gap = 0}, "on_track"},
      {"S11", all_of(fact::reached), {.gap = -0.1}, "at_risk"},
      {"S11", all_of(fact::covers_due), {.gap = -0.5}, "behind"},
  };
  for (const row& r : rows) {
    CAPTURE(r.rule, r.facts);
    CHECK(rule_of(r.facts, r.of) == r.rule);
    CHECK(state_of(r.facts, r.of) == r.state);
  }
}

namespace {

/// Section S, once more, as it reads.
std::string as_written(std::uint16_t facts, const judged_quantities& of) {
  const auto is = [facts](fact f) { return (facts & static_cast<std::uint16_t>(f)) != 0; };
  if (is(fact::not_applicable)) return none;
  if (is(fact::before_start)) return "not_due";
  if (is(fact::reached_for_good)) return "met";
  if (is(fact::out_of_reach)) return "missed";
  if (is(fact::due)) {
    if (!is(fact::covers_due)) return none;
    return is(fact::reached) ? "met" : "missed";
  }
  if (is(fact::nothing_expected)) return "not_due";
  if (is(fact::unreadable)) return none;
  if (is(fact::reached_reversibly)) return "met";
  if (is(fact::hold)) {
    if (is(fact::reached)) return "on_track";
    return 1 - *of.attainment <= 0.05 ? "at_risk" : "behind";
  }
  if (is(fact::without_attainment)) return none;
  if (*of.gap >= -0.05) return "on_track";
  return *of.gap >= -0.15 ? "at_risk" : "behind";
}

}  // namespace

TEST_CASE("the first match wins, for every combination of facts (S)", "[judge][method]") {
  constexpr unsigned combinations = 1u << 12;
  for (unsigned facts = 0; facts < combinations; ++facts) {
    for (const double gap : {0.2, -0.04, -0.06, -0.14, -0.16}) {
      for (const double a : {0.97, 0.93}) {
        const judged_quantities of{.gap = gap, .attainment = a, .pace = 1};
        const auto set = static_cast<std::uint16_t>(facts);
        if (state_of(set, of) != as_written(set, of)) {
          CAPTURE(facts, gap, a);
          CHECK(state_of(set, of) == as_written(set, of));
        }
      }
    }
  }
}

// -- the bands --------------------------------------------------------------------------------------

TEST_CASE("a gap of −0.05 is on track, and −0.15 at risk, the edges included (S11)", "[judge][method]") {
  CHECK(by_gap(1) == "on_track");
  CHECK(by_gap(0) == "on_track");
  CHECK(by_gap(-0.049) == "on_track");
  CHECK(by_gap(-0.05) == "on_track");
  CHECK(by_gap(-0.051) == "at_risk");
  CHECK(by_gap(-0.149) == "at_risk");
  CHECK(by_gap(-0.15) == "at_risk");
  CHECK(by_gap(-0.151) == "behind");
  CHECK(by_gap(-1) == "behind");
}

TEST_CASE("an edge of the bands is met within 1e-9·|edge| (B2, S11)", "[judge][method]") {
  for (const auto& [edge, at, under] : {std::tuple(-0.05, "on_track", "at_risk"), std::tuple(-0.15, "at_risk", "behind")}) {
    const double tolerance = 1e-9 * std::abs(edge);
    CAPTURE(edge);
    CHECK(by_gap(next_above(edge)) == at);
    CHECK(by_gap(next_below(edge)) == at);
    CHECK(by_gap(edge - 0.999 * tolerance) == at);
    CHECK(by_gap(edge - 1.001 * tolerance) == under);
  }
  CHECK(0.7 - 0.75 < -0.05);
  CHECK(by_gap(0.7 - 0.75) == "on_track");
  CHECK(0.6 - 0.75 < -0.15);
  CHECK(by_gap(0.6 - 0.75) == "at_risk");
}

TEST_CASE("a hold is at risk as long as 1 − a is at most 0.05 (S9)", "[judge][method]") {
  CHECK(of_hold(1) == "at_risk");  // not reached, as a strict goal may be
  CHECK(of_hold(0.951) == "at_risk");
  CHECK(of_hold(0.95) == "at_risk");
  CHECK(of_hold(next_below(0.95)) == "at_risk");
  CHECK(of_hold(0.95 - 0.999e-9 * 0.95) == "at_risk");
  CHECK(of_hold(0.95 - 1.001e-9 * 0.95) == "behind");
  CHECK(of_hold(0.949) == "behind");
  CHECK(of_hold(0) == "behind");
  CHECK(of_hold(std::nullopt) == "behind");
}

TEST_CASE("an open edge belongs to the band below it (B2)", "[judge][method]") {
  const band_list more_than_half{.quantity = quantity::pace, .bands = {{0.5, false, 0, {}}}, .below = 1};
  CHECK(band_of(more_than_half, 0.5) == 1);
  CHECK(band_of(more_than_half, 0.5 + 0.499e-9) == 1);
  CHECK(band_of(more_than_half, 0.5 + 0.501e-9) == 0);
}

TEST_CASE("without an answer a band list gives none, unless it says that it is below (S11b)", "[judge][method]") {
  band_list half{.quantity = quantity::pace, .bands = {{0.5, true, 0, {}}}, .below = 1};
  CHECK(band_of(half, std::nullopt) == no_state);
  const verdict none_given = cut(half, {.missing = static_cast<std::uint8_t>(reason::stale)});
  CHECK(none_given.missing == static_cast<std::uint8_t>(reason::stale));
  half.below_without_answer = true;
  CHECK(band_of(half, std::nullopt) == 1);
}

TEST_CASE("a band list rounds half up to its decimals before it cuts", "[judge][method]") {
  const band_list printed{.quantity = quantity::of_goal, .bands = {{0.9, true, 0, {}}}, .below = 1, .decimals = 2};
  CHECK(band_of(printed, 0.895) == 0);
  CHECK(band_of(printed, 0.8949) == 1);
}

TEST_CASE("a score is linear between its points, flat beyond them, and takes a step at two points in one place",
          "[judge][method]") {
  const band_list list{.score = {{-1, -10}, {0, 0}, {0, 1}, {2, 5}}};
  const auto score = [&](double x) { return score_of(list, {.value = x}).value(); };
  CHECK(score(-7) == -10);
  CHECK(score(-0.5) == -5);
  CHECK(score(0) == 1);
  CHECK(score(1) == 3);
  CHECK(score(9) == 5);
  CHECK_FALSE(score_of({}, {.value = 1}).has_value());
}

TEST_CASE("a scale moves the edges and abscissae above 0 and no others", "[judge][method]") {
  const band_list list{.bands = {{0.2, true, 0, {}}, {-0.2, true, 1, {}}}, .below = 2, .score = {{-1, -1}, {0, 0}, {1, 1}}};
  CHECK(band_of(list, {.value = 0.1, .scale = 0.5}) == 0);
  CHECK(band_of(list, {.value = -0.15, .scale = 0.5}) == 1);
  CHECK(score_of(list, {.value = 0.25, .scale = 0.5}) == 0.5);
  CHECK(score_of(list, {.value = -0.25, .scale = 0.5}) == -0.25);
  CHECK(score_of(list, {.value = 0, .scale = 0}) == 1.0);  // nothing more can be asked for
}

TEST_CASE("a rule with conditions holds where every quantity has an answer past its edge", "[judge][method]") {
  method_spec method;
  method.rules = {{"both", 0, outcome::state, 1, {{quantity::gap, 0, true}, {quantity::pace, 1, false}}, 5.0},
                  {"else", 0, outcome::state, 2, {}, {}}};
  const verdict both = judge(method, 0, judged_quantities{.gap = 0.0, .pace = 1.1});
  CHECK(both.state == 1);
  CHECK(both.scored);
  CHECK(both.score == 5);
  CHECK(judge(method, 0, judged_quantities{.gap = 0.0, .pace = 1.0}).state == 2);
  CHECK(judge(method, 0, judged_quantities{.gap = 0.0}).state == 2);
}

TEST_CASE("a band list without edges has one state", "[judge][method]") {
  CHECK(band_of(band_list{.below = 3}, 0.7) == 3);
}

TEST_CASE("each quantity that a band list can cut is the one it names", "[judge][method]") {
  const judged_quantities of{.gap = 0.1, .attainment = 0.2, .pace = 0.3};
  for (const auto& [what, edge] :
       {std::pair(quantity::gap, 0.1), std::pair(quantity::attainment, 0.2), std::pair(quantity::pace, 0.3)}) {
    method_spec method;
    method.rules = {{"only", 0, outcome::bands, 0, {}, {}}};
    method.band_lists = {{.quantity = what, .bands = {{edge + 0.05, true, 1, {}}, {edge - 0.05, true, 2, {}}}, .below = 3}};
    CHECK(judge(method, 0, of).state == 2);
    CHECK(judge(method, 0, of).value == edge);
    CHECK(judge(method, 0, judged_quantities{}).state == no_state);
  }
}

TEST_CASE("a rule asks for all of its facts (S)", "[judge][method]") {
  method_spec method;
  method.rules = {{"both", all_of(fact::due, fact::reached), outcome::state, 1, {}, {}}, {"else", 0, outcome::no_answer, 0, {}, {}}};
  const judged_quantities nothing;
  CHECK(judge(method, all_of(fact::due, fact::reached), nothing).state == 1);
  CHECK(judge(method, all_of(fact::due, fact::reached, fact::hold), nothing).state == 1);
  CHECK(judge(method, all_of(fact::due), nothing).state == no_state);
  CHECK(judge(method, all_of(fact::reached), nothing).rule == 1);
}
