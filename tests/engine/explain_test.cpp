#include <attain/core/number_text.hpp>
#include <attain/engine/explain.hpp>

#include "engine/scene.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

const explanation_step& step_of(const explanation& why, step_kind kind) {
  const auto found = std::ranges::find_if(why.steps, [&](const explanation_step& s) { return s.kind == kind && !s.aside; });
  REQUIRE(found != why.steps.end());
  return *found;
}

std::vector<std::string> texts_of(const explanation& why, step_kind kind) {
  std::vector<std::string> texts;
  for (const explanation_step& s : why.steps) {
    if (s.kind == kind && !s.aside) texts.push_back(s.text);
  }
  return texts;
}

std::vector<code> codes_of(const std::vector<finding>& findings) {
  std::vector<code> codes;
  for (const finding& f : findings) codes.push_back(f.code);
  return codes;
}

}  // namespace

TEST_CASE("an explanation says what it is about, and has one line a step", "[engine][explain]") {
  const explanation why = lifts_of({report("lifts", "east", until_september, 60)}).at("2021-09-30").target("1.1", "east").explain();
  CHECK(why.subject == "1.1 at east as of 2021-09-30");
  const std::string text = why.text();
  CHECK_THAT(text, StartsWith(why.subject + "\n"));
  const auto aside = std::ranges::count(why.steps, true, &explanation_step::aside);
  CHECK(static_cast<std::ptrdiff_t>(why.steps.size()) - aside + 1 == std::ranges::count(text, '\n'));
  for (const explanation_step& s : why.steps) CHECK((text.find(s.text) != std::string::npos || s.aside));
}

TEST_CASE("the steps carry the numbers that the answers have", "[engine][explain]") {
  const target_result result = lifts_of({report("lifts", "east", until_september, 60)}).at("2021-09-30").target("1.1", "east");
  const explanation why = result.explain();
  CHECK(step_of(why, step_kind::goal).value == 80);
  CHECK(step_of(why, step_kind::attainment).value == result.attainment().value());
  CHECK(step_of(why, step_kind::expected).value == result.expected().value());
  CHECK(step_of(why, step_kind::gap).value == result.gap().value());
  CHECK(step_of(why, step_kind::status).rule == "S11");
  CHECK_THAT(step_of(why, step_kind::status).text, ContainsSubstring("on track"));
}

TEST_CASE("an attainment beyond all percents is told in times", "[engine][explain]") {
  const target_result result = lifts_of({report("lifts", "west", until_september, 1e307)}).at("2021-09-30").target("1.1", "west");
  REQUIRE(result.attainment().value() > 1e305);
  CHECK_THAT(step_of(result.explain(), step_kind::attainment).text, ContainsSubstring(" times"));
}

TEST_CASE("an amount that its unit cannot write is told as it is held", "[engine][explain]") {
  for (const auto& [unit, amount] : {std::pair{"%", 1e307}, std::pair{"万元", 5e-324}}) {
    scene of = one(level("x", unit), target("1.1", "x", at_least(amount)), {report("x", "city", "2021-09-30", amount)});
    const target_result result = of.at("2021-09-30").target("1.1");
    CHECK_THAT(step_of(result.explain(), step_kind::reading).text, ContainsSubstring(to_text(amount)));
    CHECK_NOTHROW(result.findings());
  }
}

TEST_CASE("every entry is listed with what became of it (R1, R2)", "[engine][explain]") {
  const scene of = lifts_of({report("lifts", "west", "2021-05", 9, "2021-06-05"), report("lifts", "west", "2021-05", 3, "2021-07-12"),
                             report("lifts", "west", "2021-10", 4, "2021-11-01"), report("lifts", "west", "2021-06", 5, "2021-12-01"),
                             report("lifts", "west", "2020-12-20/2021-01-05", 2)});
  const explanation why = of.at("2021-09-30", "2021-11-15").target("1.1", "west").explain();
  const auto texts = texts_of(why, step_kind::entry);
  REQUIRE(texts.size() == 5);
  const auto fate_of = [&](const std::string& about, const std::string& amount) {
    for (const std::string& text : texts) {
      if (text.find("lifts " + about + ": " + amount) != std::string::npos) return text;
    }
    return std::string("not listed");
  };
  CHECK_THAT(fate_of("2021-05", "9"), ContainsSubstring("superseded"));
  CHECK_THAT(fate_of("2021-05", "3"), ContainsSubstring("used"));
  CHECK_THAT(fate_of("2021-10", "4"), ContainsSubstring("after the as-of day"));
  CHECK_THAT(fate_of("2021-06", "5"), ContainsSubstring("not yet known"));
  CHECK_THAT(fate_of("2020-12-20/2021-01-05", "2"), ContainsSubstring("straddles"));
  std::multiset<std::string_view> fates;
  for (const explanation_step& step : why.steps) {
    CHECK(step.fate.has_value() == (step.kind == step_kind::entry && !step.aside));
    if (step.fate) fates.insert(to_string(*step.fate));
  }
  CHECK(fates == std::multiset<std::string_view>{"superseded", "used", "after_as_of", "not_yet_known", "straddles_window"});
}

TEST_CASE("an entry that no reading takes, one without an amount and a withdrawal say so (R1, R6)", "[engine][explain]") {
  observation withheld = report("insured", "city", "2021-04-30", 0);
  withheld.missing = reason::withheld;
  observation taken_back = report("insured", "city", "2021-05-31", 0, "2021-07-01");
  taken_back.withdrawn = true;
  observation planned = report("insured", "city", "2021-06-30", 9);
  planned.stage = "planned";
  indicator_spec insured = level("insured");
  insured.maximum_age = 365;
  const scene of = one(insured, target("2.1", "insured", at_least(20)),
                       {report("insured", "city", "2021-01-31", 5), report("insured", "city", "2021-03-31", 6), withheld,
                        report("insured", "city", "2021-05-31", 7), taken_back, planned, report("insured", "city", "2022-01-31", 8)});
  std::multiset<std::string_view> fates;
  for (const explanation_step& step : of.at("2022-02-28").target("2.1").explain().steps) {
    if (step.fate) fates.insert(to_string(*step.fate));
  }
  CHECK(fates == std::multiset<std::string_view>{"after_due", "not_comparable", "not_read", "superseded", "used", "withdraws",
                                                 "without_amount"});
}

TEST_CASE("a report that goes further than the other side of its ratio says so (R7)", "[engine][explain]") {
  scene of = one(ratio("churn", "churned", "customers"), target("1.1", "churn", at_most(0.03)),
                 {report("churned", "city", "2021-04", 22), report("churned", "city", "2021-05", 31),
                  report("customers", "city", "2021-05-30", 915)});
  of.spec.indicators.push_back(increment("churned", "户"));
  of.spec.indicators.push_back(level("customers", "户"));
  const std::vector<std::string> texts = texts_of(of.at("2021-05-31").target("1.1").explain(), step_kind::entry);
  REQUIRE(texts.size() == 3);
  CHECK_THAT(texts[0], EndsWith(" – used"));
  CHECK_THAT(texts[1], EndsWith(" – stands, and is not in the reading, which goes to 2021-05-30"));
  CHECK_THAT(texts[2], EndsWith(" – used"));
}

TEST_CASE("every step is told apart, and one that is open counts as such (A9)", "[engine][explain]") {
  indicator_spec system{
      .id = "system", .kind = indicator_kind::steps, .steps = {{.id = "draft"}, {.id = "adopt"}, {.id = "open"}}};
  std::vector<observation> said;
  for (const auto& [step, done] : {std::pair{"draft", 1}, {"adopt", 1}, {"open", 0}}) {
    said.push_back(report("system", "city", "2021-09-30", done));
    said.back().step = step;
  }
  const scene of = one(system, target("1.9", "system", at_least(1)), said);
  const auto texts = texts_of(of.at("2021-09-30").target("1.9").explain(), step_kind::entry);
  REQUIRE(texts.size() == 3);
  for (const std::string& text : texts) CHECK_THAT(text, EndsWith(" – used"));
  CHECK_THAT(texts[0] + texts[1] + texts[2], ContainsSubstring("system adopt 2021-09-30: 1"));
}

TEST_CASE("an answer that is missing is explained by its reason", "[engine][explain]") {
  const explanation why = lifts_of({}).at("2021-09-30").target("1.1").explain();
  CHECK(step_of(why, step_kind::reading).missing == reason::no_observation);
  CHECK(step_of(why, step_kind::status).missing == reason::no_observation);
  CHECK(step_of(why, step_kind::status).rule == "S7");
}

TEST_CASE("the text has words where the data have codes", "[engine][explain]") {
  const explanation why =
      lifts_of({report("lifts", "east", until_september, 50)}).at("2021-09-30").target("1.1", "east").explain();
  const explanation_step& status = step_of(why, step_kind::status);
  CHECK(status.text == "status: at risk; gap -12.5 points (time_proportional 1)");
  CHECK(status.state == "at_risk");
  const explanation silent = lifts_of({}).at("2021-09-30").target("1.1", "east").explain();
  CHECK(step_of(silent, step_kind::reading).text == "reading: none, not reported");
  CHECK(step_of(silent, step_kind::status).text == "status: no answer, not reported (time_proportional 1)");
  CHECK(step_of(silent, step_kind::gap).text == "gap: none, not reported");
  for (const explanation* one : {&why, &silent}) {
    for (const explanation_step& s : one->steps) {
      const bool is_of_method = s.kind == step_kind::status;
      CHECK((s.text.find('_') == std::string::npos || is_of_method));
    }
  }
}

TEST_CASE("what a person should look at is said in words, without its code", "[engine][explain]") {
  scene of = one(running_total("x", "所"), target("1.1", "x", at_least(20)),
                 {report("x", "city", "2021-03-31", 9), report("x", "city", "2021-06-30", 7)});
  const explanation why = of.at("2021-06-30").target("1.1").explain();
  REQUIRE(codes_of(why.findings) == std::vector{code::running_total_falls});
  CHECK_THAT(why.text(), EndsWith("  ! warning at 1.1 at city: the running total falls at 2021-06-30\n"));
}

TEST_CASE("an explanation names the method that judged, and a reading only has none", "[engine][explain]") {
  scene of = lifts_of({report("lifts", "east", until_september, 60)});
  const evaluation now =
      evaluate(programme(of.spec), ledger(of.said), {.as_of = parse_date("2021-09-30"), .methods = {"toladata"}});
  CHECK(now.target("1.1", "east").explain().method->name == "toladata");
  CHECK(now.root().explain().method->name == "toladata");
  of.spec.projects[0].targets[0].aim.reset();
  of.spec.projects[0].targets[0].quotas.clear();
  CHECK(of.at("2021-09-30").target("1.1").explain().method == nullptr);
}

TEST_CASE("a hold is told without a baseline, an expected share and a gap that it cannot have (A2, A2a)", "[engine][explain]") {
  scene of = one(level("x", "%"), target("1.1", "x", at_least(0.9)), {report("x", "city", "2021-09-30", 0.91853)});
  of.spec.projects[0].targets[0].cadence = cadence{cadence_kind::throughout};
  const explanation why = of.at("2021-09-30").target("1.1").explain();
  CHECK(texts_of(why, step_kind::baseline).empty());
  CHECK(texts_of(why, step_kind::expected).empty());
  CHECK(texts_of(why, step_kind::gap).empty());
  CHECK(step_of(why, step_kind::reading).text == "reading: 91.853% (as of 2021-09-30)");
}

TEST_CASE("numbers are told to four decimals and small ones to four digits, and kept as they are", "[engine][explain]") {
  const auto told = [](const std::string& unit, double amount) {
    scene of = one(level("x", unit), target("1.1", "x", at_least(1)), {report("x", "city", "2021-09-30", amount)});
    const explanation why = of.at("2021-09-30").target("1.1").explain();
    CHECK(step_of(why, step_kind::reading).value == amount);
    return step_of(why, step_kind::reading).text;
  };
  CHECK(told("km", 22.0 / 7) == "reading: 3.1429 km (as of 2021-09-30)");
  CHECK(told("km", 1.0 / 3000) == "reading: 0.0003333 km (as of 2021-09-30)");
  CHECK(told("share", 1.0 / 3) == "reading: 33.33% (as of 2021-09-30)");
}

TEST_CASE("an entry of a category says which one (R10)", "[engine][explain]") {
  indicator_spec people = increment("people", "人");
  people.dimensions = {{.id = "sex", .categories = {"f", "m"}, .complete = true}};
  observation women = report("people", "city", "2021-06", 7);
  women.dimensions = {{"sex", "f"}};
  observation men = report("people", "city", "2021-06", 5);
  men.dimensions = {{"sex", "m"}};
  scene of = one(people, target("1.1", "people", at_least(20)), {women, men});
  const std::vector<std::string> texts = texts_of(of.at("2021-06-30").target("1.1").explain(), step_kind::entry);
  REQUIRE(texts.size() == 2);
  CHECK_THAT(texts[0], StartsWith("people sex=f 2021-06: 7, recorded"));
  CHECK_THAT(texts[1], StartsWith("people sex=m 2021-06: 5, recorded"));
}

TEST_CASE("of a target that names a category its reports are used, and those of others are in no reading (R10)",
          "[engine][explain]") {
  indicator_spec people = increment("people", "人");
  people.dimensions = {{.id = "sex", .categories = {"f", "m"}, .complete = true}};
  const auto of_sex = [](std::string sex, double amount, std::string_view recorded) {
    observation made = report("people", "city", "2021-06", amount, recorded);
    made.dimensions = {{"sex", std::move(sex)}};
    return made;
  };
  scene of = one(
      people, target("1.1", "people", at_least(20)),
      {of_sex("f", 7, "2021-07-03"), of_sex("f", 8, "2021-07-04"), of_sex("m", 5, "2021-07-02"), of_sex("m", 6, "2021-07-03")});
  const auto fates = [&] {
    std::vector<entry_fate> found;
    const explanation why = of.at("2021-06-30").target("1.1").explain();
    for (const explanation_step& s : why.steps) {
      if (s.kind == step_kind::entry && !s.aside) found.push_back(*s.fate);
    }
    return found;
  };
  using enum entry_fate;
  CHECK(fates() == std::vector{superseded, used, superseded, used});
  of.spec.projects[0].targets[0].disaggregation = {{"sex", "f"}};
  CHECK(fates() == std::vector{superseded, used, superseded, not_read});
  const explanation why = of.at("2021-06-30").target("1.1").explain();
  const explanation_step& reading = step_of(why, step_kind::reading);
  CHECK(reading.value == 8);
  CHECK(reading.inputs.at(0).step.has_value());
}

TEST_CASE("gaps in time and in places are findings (R8)", "[engine][explain]") {
  const evaluation now = lifts_of({report("lifts", "east", "2021H1", 60), report("lifts", "west", until_september, 30)}).at("2021-09-30");
  CHECK(codes_of(now.target("1.1", "east").findings()) == std::vector{code::gap_in_time});
  CHECK(codes_of(now.target("1.1").findings()) == std::vector{code::gap_in_places});
  CHECK(now.target("1.1", "west").findings().empty());
}

TEST_CASE("a gap in time names the periods that nothing was reported about (R8c)", "[engine][explain]") {
  scene of = lifts_of({report("lifts", "east", "2021-01", 4, "2021-02-01"), report("lifts", "east", "2021-03", 4, "2021-04-01"),
                       report("lifts", "east", "2021-06", 4, "2021-07-01")});
  of.spec.indicators[0].period = frequency::month;
  const auto told = [&](const std::string& id) { return of.at("2021-08-15").target(id, "east").findings()[0].message; };
  CHECK_THAT(told("1.1"), EndsWith("of the time; none for 2021-02, 2021-04/2021-05, 2021-07"));
  of.said.push_back(withdrawal("lifts", "east", "2021-06", "2021-08-01"));
  CHECK_THAT(told("1.1"), EndsWith("; none for 2021-02, 2021-04/2021-07"));

  target_spec& promise = of.spec.projects[0].targets[0];
  promise.quotas.clear();
  promise.place = "east";
  promise.aim = at_least(1);
  promise.cadence = cadence{cadence_kind::every, frequency::month};
  CHECK_THAT(told("1.1"), EndsWith("of the time; none for 2021-02, 2021-04/2021-07"));
}

TEST_CASE("a place's own report that differs from its children is a finding (R9)", "[engine][explain]") {
  scene of = lifts_of({report("lifts", "east", until_september, 60), report("lifts", "west", until_september, 40),
                       report("lifts", "city", until_september, 101)});
  const std::vector<finding> findings = of.at("2021-09-30").target("1.1").findings();
  REQUIRE(codes_of(findings) == std::vector{code::own_differs_from_children});
  CHECK_THAT(findings[0].message, ContainsSubstring("101") && ContainsSubstring("100"));
  of.said[2].low = of.said[2].high = 100;
  CHECK(of.at("2021-09-30").target("1.1").findings().empty());
}

TEST_CASE("a running total that falls is a finding (R5)", "[engine][explain]") {
  scene of{programme_of({running_total("x", "元")}, {target("1.1", "x", at_least(100))}),
           {report("x", "city", "2021-05-31", 50), report("x", "city", "2021-06-30", 40)}};
  CHECK(codes_of(of.at("2021-06-30").target("1.1").findings()) == std::vector{code::running_total_falls});
}

TEST_CASE("a missed checkpoint is a finding and leaves the status alone (A11)", "[engine][explain]") {
  scene of{programme_of({increment("x", "元")}, {target("1.1", "x", at_least(100))}),
           {report("x", "city", "2021H1", 30), report("x", "city", "2021Q3", 60)}};
  of.spec.projects[0].targets[0].trajectory = {.kind = trajectory_kind::checkpoints, .checkpoints = {{date(2021, 6, 30), 0.5}}};
  CHECK(codes_of(of.at("2021-06-30").target("1.1").findings()) == std::vector{code::checkpoint_missed});
  CHECK(codes_of(of.at("2021-09-30").target("1.1").findings()) == std::vector{code::checkpoint_missed});
  CHECK(status_of(of.at("2021-09-30").target("1.1")) == "on_track");
}

TEST_CASE("a goal that moved after the result was known is a finding (T1)", "[engine][explain]") {
  scene of{programme_of({increment("x", "元")}, {target("1.1", "x", at_least(80))}), {report("x", "city", "2021", 85, "2022-01-10")}};
  target_spec& moved = of.spec.projects[0].targets[0];
  moved.recorded = date(2022, 1, 20);
  moved.history = {{.recorded = date(2021, 1, 10), .aim = at_least(100)}};
  CHECK(codes_of(of.at("2021-12-31").target("1.1").findings()) == std::vector{code::goal_moved_after_result});
  CHECK(of.at("2021-12-31", "2022-01-15").target("1.1").findings().empty());
  moved.recorded = date(2021, 7, 1);
  CHECK(of.at("2021-12-31").target("1.1").findings().empty());
}

TEST_CASE("the periods of a recurring target are listed with what they came to (A7)", "[engine][explain]") {
  scene of{programme_of({increment("x", "次")}, {target("1.1", "x", at_least(2))}),
           {report("x", "city", "2021-01", 2), report("x", "city", "2021-03", 1)}};
  of.spec.projects[0].targets[0].cadence = cadence{cadence_kind::every, frequency::month};
  CHECK(texts_of(of.at("2021-03-31").target("1.1").explain(), step_kind::period) ==
        std::vector<std::string>{"2021-01: kept", "2021-02: not reported", "2021-03: failed"});
}

TEST_CASE("a project is explained by its children with weights, means, coverage and the ceiling (U)", "[engine][explain]") {
  scene of = with_projects(1);
  add_promise(of, 0, "1.1", 100).weight = 2;
  add_promise(of, 0, "1.2", 50);
  const explanation why = of.at("2021-09-30").project("1").explain();
  CHECK(why.subject == "1 at city as of 2021-09-30");
  CHECK(texts_of(why, step_kind::child).size() == 2);
  const explanation_step& first = step_of(why, step_kind::child);
  CHECK(first.value == 1);
  CHECK(first.inputs.front().name == "weight");
  CHECK(step_of(why, step_kind::roll_up).value == of.at("2021-09-30").project("1").attainment().value());
  CHECK(step_of(why, step_kind::coverage).value == 1);
  CHECK_FALSE(texts_of(why, step_kind::ceiling).empty());
  CHECK_THAT(step_of(why, step_kind::status).text, ContainsSubstring("at risk"));
}

TEST_CASE("every kind of step has a word of its own", "[engine][explain]") {
  std::vector<std::string> words;
  for (int k = 0; k <= static_cast<int>(step_kind::ceiling); ++k) words.emplace_back(to_string(static_cast<step_kind>(k)));
  std::ranges::sort(words);
  CHECK(std::ranges::adjacent_find(words) == words.end());
  CHECK(to_string(step_kind::roll_up) == "roll_up");
}

TEST_CASE("every fate of an entry has a word of its own", "[engine][explain]") {
  std::set<std::string_view> words;
  for (int f = 0; f <= static_cast<int>(entry_fate::straddles_window); ++f) words.insert(to_string(static_cast<entry_fate>(f)));
  CHECK(words.size() == 11);
}

TEST_CASE("every operation has a word of its own", "[engine][explain]") {
  std::vector<std::string> words;
  for (int k = 0; k <= static_cast<int>(step_operation::first); ++k) words.emplace_back(to_string(static_cast<step_operation>(k)));
  std::ranges::sort(words);
  CHECK(std::ranges::adjacent_find(words) == words.end());
  CHECK(to_string(step_operation::first) == "first");
}
