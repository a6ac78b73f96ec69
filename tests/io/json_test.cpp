#include <attain/core/error.hpp>
#include <attain/io/json.hpp>
#include <attain/model/built_in_methods.hpp>
#include <attain/model/validate.hpp>

#include "support/catch.hpp"
#include "support/paths.hpp"
#include "support/peak_memory.hpp"
#include "support/random_specs.hpp"
#include "support/small_stack.hpp"

#include <cmath>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace attain;

namespace {

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  REQUIRE(in);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// A valid programme of one target, with the given text for its aim and indicator.
std::string with_aim(std::string_view aim, std::string_view unit = "台", std::string_view kind = "level") {
  return R"({"format": "attain-programme/1", "id": "x", "window": {"start": "2021-01-01", "due": "2021-12-31"},
    "indicators": [{"id": "i", "unit": ")" + std::string(unit) + R"(", "kind": ")" + std::string(kind) + R"("}],
    "projects": [{"id": "1", "targets": [{"id": "1.1", "indicator": "i", "baseline": 1, "aim": )" + std::string(aim) + "}]}]}";
}

aim aim_of(std::string_view text, std::string_view unit = "台") {
  return *io::parse_programme(with_aim(text, unit)).projects.at(0).targets.at(0).aim;
}

double goal_of(std::string_view amount, std::string_view unit) {
  return aim_of("{\"at_least\": " + std::string(amount) + "}", unit).goal;
}

std::vector<finding> refusal_of(std::string_view text, std::string_view file = {}) {
  try {
    io::parse_programme(text, file);
  } catch (const invalid_input& refused) {
    return refused.findings();
  }
  return {};
}

/// Seconds that hostile input of one MiB may take.
#if defined(__SANITIZE_ADDRESS__)
constexpr double patience = 15;
#else
constexpr double patience = 3;
#endif

/// Of the processor, so that a busy machine changes little.
template <class F>
double seconds(F&& f) {
  const std::clock_t begin = std::clock();
  f();
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

/// A method that has every field.
method_spec full_method() {
  method_spec m;
  m.name = "ours";
  m.version = 3;
  m.source = "s";
  m.verified = false;
  m.caveat = "c";
  m.base = base_rule::eve;
  m.zero_stands_as = 0.001;
  m.limit_exponent = 2;
  m.changes = 4;
  m.fewest_changes = 2;
  m.states = {{"good", role::on_track, "好", "Good"}, {"bad", role::behind, "", ""}};
  band_list share{.quantity = quantity::attainment,
                  .bands = {{0.9, true, 0, {}}, {0.8, true, 1, 0.89}, {0.5, false, 0, {}}},
                  .below = 1,
                  .below_without_answer = true,
                  .score = {{0, -5}, {1, 5}},
                  .decimals = 2,
                  .name = "share"};
  m.band_lists = {share, {.quantity = quantity::score, .below = 1, .name = "scores"}};
  m.rules = {{"none", all_of(fact::not_applicable), outcome::no_answer, 0, {}, {}},
             {"all of it", all_of(fact::due, fact::reached), outcome::state, 0, {{quantity::gap, 0, true}, {quantity::pace, 1, false}}, 5.0},
             {"", 0, outcome::bands, 0, {}, {}}};
  m.node_bands = 1;
  m.ceiling = 1;
  m.deadlines = false;
  m.all_met = 0;
  return m;
}

/// A specification that has every field.
programme_spec full_spec() {
  programme_spec s;
  s.id = "full";
  s.name = "Every \"field\", once\n";
  s.source = "https://example.org/?a=1&b=2";
  s.note = "便民\t民生";
  s.window = period{date{2021, 1, 1}, date{2022, 1, 1}};
  s.method = "custom:ours@2";
  s.methods = {full_method()};
  s.defaults = {0.5, 0.7, 2, 1.5, 0.1};
  s.roll_up.aggregator = "mean_min";
  s.roll_up.floor = 0.01;
  s.roll_up.alpha = 0.5;
  s.roll_up.beta = 0.25;
  s.roll_up.weights = {.by = weighting::comparisons,
                       .comparisons = {{"1", "2", 3}},
                       .priority = priority_method::row_geometric_mean,
                       .index = random_index::saaty_2005};
  s.roll_up.minimum_coverage = 0.25;
  s.roll_up.not_due = not_due_policy::count_as_zero;
  s.roll_up.missing = missing_policy::refuse;
  s.roll_up.rules = {{.name = "safety first", .effect = rule_effect::grade_ceiling, .of = {"1.1", "1.2"}, .when = rule_condition::failing,
                      .count = 2, .grade = "at_risk"},
                     {.effect = rule_effect::deduction, .of = {"1.1"}, .when = rule_condition::below, .below = 0.5, .score = 0.2,
                      .per_unit = 0.005, .most = 0.1}};
  s.places = {{"city", "City", "", 1}, {"east", "East", "city", 2.5}};

  indicator_spec count;
  count.id = "lifts";
  count.name = "Lifts";
  count.unit = "台";
  count.kind = indicator_kind::running_total;
  count.period = frequency::ten_days;
  count.maximum_age = 40;
  count.allowed_lag = 0;
  count.natural_limit = 900;
  count.indivisible = false;
  count.counted_from = origin::ever;
  count.eve_amount = 566;
  count.dimensions = {{"sex", {"f", "m"}, true}, {"age", {"0-14", "15-24"}, false}};
  count.stage = "开工";
  count.scope = "city";
  count.note = "n";
  count.source = "s";
  indicator_spec level;
  level.id = "insured";
  level.unit = "人";
  level.kind = indicator_kind::level;
  level.period_days = 10;
  level.across_places = combination::weighted_mean;
  level.weighted_by = "lifts";
  indicator_spec ratio;
  ratio.id = "share";
  ratio.unit = "%";
  ratio.kind = indicator_kind::ratio;
  ratio.numerator = "lifts";
  ratio.denominator = "insured";
  indicator_spec steps;
  steps.id = "system";
  steps.kind = indicator_kind::steps;
  steps.steps = {{"draft", "Draft", 1, std::nullopt}, {"adopt", "", 2, date{2021, 7, 1}}};
  indicator_spec rating;
  rating.id = "service";
  rating.kind = indicator_kind::rating;
  rating.scale = {{"good", 1}, {"fair", 0.6}};
  rating.authors = {"office", "press"};
  indicator_spec formula;
  formula.id = "index";
  formula.unit = "台/人";
  formula.kind = indicator_kind::formula;
  formula.expression = "custom:index@1";
  formula.inputs = {"lifts", "insured"};
  s.indicators = {count, level, ratio, steps, rating, formula};

  target_spec t;
  t.id = "1.1";
  t.name = "Lifts";
  t.text = "加装既有住宅电梯139台";
  t.note = "n";
  t.source = "s";
  t.indicator = "lifts";
  t.aim = at_least(139);
  t.aim->strict = true;
  t.aim->change = change_kind::percent;
  t.aim->from_previous_period = true;
  t.place = "city";
  t.quotas = {{"east", 80, std::nullopt}, {"west", 59, 10}};
  t.cadence = cadence{cadence_kind::every, frequency::quarter};
  t.judged = hold_judging::each_period;
  t.allowed_failed_periods = 1;
  t.window = period{date{2021, 3, 1}, date{2021, 10, 1}};
  t.baseline = -0.125;
  t.trajectory.kind = trajectory_kind::checkpoints;
  t.trajectory.checkpoints = {{date{2021, 6, 30}, 0.5, false}, {date{2021, 9, 30}, 100, true}};
  t.trajectory.joined_by_lines = false;
  t.standard = true;
  t.open_group = true;
  t.weight = 3;
  t.belongs = belonging::attribute;
  t.belongs_to = "1.2";
  t.partition = true;
  t.aliases = {{"1.3", at_most(115), "达到115元"}, {"1.4", std::nullopt, ""}};
  t.disaggregation = {{"sex", "f"}};
  t.withdrawn = true;
  t.withdrawn_on = date{2021, 11, 1};
  t.withdrawn_reason = "merged";
  t.recorded = date{2021, 5, 1};
  t.author = "a";
  t.reason = "r";
  target_row row;
  row.recorded = date{2021, 1, 1};
  row.author = "b";
  row.reason = "first";
  row.aim = about(100, 7);
  row.aim->tolerance_is_amount = true;
  row.baseline = 0;
  row.weight = 1;
  row.window = s.window;
  row.quotas = std::vector<quota_spec>{};
  t.history = {row, {}};

  const auto shaped = [&](std::string id, attain::trajectory shape, std::optional<aim> goal) {
    target_spec other;
    other.id = std::move(id);
    other.indicator = "insured";
    other.aim = goal;
    other.trajectory = std::move(shape);
    return other;
  };
  attain::trajectory step_on{.kind = trajectory_kind::step};
  step_on.step_day = date{2021, 7, 1};
  attain::trajectory logistic{.kind = trajectory_kind::logistic};
  logistic.midpoint = 0.25;
  attain::trajectory seasonal{.kind = trajectory_kind::seasonal};
  seasonal.seasonal = {1, 2, 3, 4};
  project_spec inner;
  inner.id = "1a";
  inner.targets = {t,
                   shaped("2.1", {.kind = trajectory_kind::straight}, rises()),
                   shaped("2.2", {.kind = trajectory_kind::step}, falls()),
                   shaped("2.3", step_on, between(-1e-300, 1.5e300)),
                   shaped("2.4", logistic, about(0.1)),
                   shaped("2.5", seasonal, std::nullopt)};
  project_spec outer;
  outer.id = "1";
  outer.name = "Lifts";
  outer.weight = 0;
  outer.window = period{date{2021, 1, 1}, date{2021, 7, 1}};
  outer.due = date{2021, 6, 30};
  outer.responsible = {"建设局", "财政局"};
  outer.roll_up.aggregator = "power_mean";
  outer.roll_up.exponent = 2;
  outer.roll_up.divisor = divisor::n_minus_1;
  outer.roll_up.weights = {.by = weighting::measure, .measures = {{"1a", "1.1"}}, .transform = entropy_transform::min_max};
  outer.roll_up.minimum_coverage = 0;
  outer.roll_up.rules = {{.effect = rule_effect::bonus, .of = {"1.1"}, .when = rule_condition::met, .points = 0.02}};
  outer.group = true;
  outer.projects = {inner};
  outer.text = "t";
  outer.note = "n";
  outer.source = "s";
  s.projects = {outer};
  return s;
}

/// A thread of which the stack holds little: recursion over the text would not survive.
template <class F>
void on_small_stack(F&& f) {
  test::run_on_stack(256 * 1024, f);
}

}  // namespace

// -- reading -------------------------------------------------------------------------------------

TEST_CASE("parse_programme reads the example of the documentation", "[io][json]") {
  const programme_spec read = io::parse_programme(R"({
  "format": "attain-programme/1",
  "id": "lesson",
  "name": "Three counties, one year",
  "window": {"start": "2021-01-01", "due": "2021-12-31"},
  "places": [{"id": "city"}, {"id": "east", "within": "city"}, {"id": "west", "within": "city"}],
  "indicators": [{"id": "lifts", "unit": "台", "kind": "increment", "period": "month"}],
  "projects": [
    {"id": "1", "name": "Lifts", "targets": [
      {"id": "1.1", "indicator": "lifts", "aim": {"at_least": 139}, "quotas": {"east": 80, "west": 59}}]}
  ]
})");

  programme_spec made;
  made.id = "lesson";
  made.name = "Three counties, one year";
  made.window = period{date{2021, 1, 1}, date{2022, 1, 1}};
  made.places = {{"city"}, {"east", "", "city"}, {"west", "", "city"}};
  indicator_spec lifts;
  lifts.id = "lifts";
  lifts.unit = "台";
  lifts.period = frequency::month;
  made.indicators = {lifts};
  target_spec target;
  target.id = "1.1";
  target.indicator = "lifts";
  target.aim = at_least(139);
  target.quotas = {{"east", 80, {}}, {"west", 59, {}}};
  project_spec project;
  project.id = "1";
  project.name = "Lifts";
  project.targets = {target};
  made.projects = {project};
  CHECK(read == made);
}

TEST_CASE("a JSON number is a held amount and text is read in the indicator's unit", "[io][json]") {
  struct row {
    std::string_view text;
    std::string_view unit;
    double goal;
  };
  const auto [text, unit, goal] = GENERATE(
      row{"139", "台", 139}, row{"\"139\"", "台", 139}, row{"\"139台\"", "台", 139}, row{"\"１,３９０\"", "台", 1390},
      row{"\"5.85万\"", "人", 58500}, row{"\"5.85万人\"", "人", 58500}, row{"\"17.9亿元\"", "元", 1.79e9},
      row{"\"17.9亿元\"", "万元", 1.79e9}, row{"3200", "万元", 3200}, row{"\"3200\"", "万元", 3.2e7}, row{"0.6", "%", 0.6},
      row{"\"60%\"", "%", 0.6}, row{"\"60\"", "%", 0.6}, row{"\"2公顷\"", "亩", 30}, row{"-0.0", "人", 0}, row{"1e3", "人", 1000},
      row{"9007199254740993", "人", 9007199254740992.0}, row{"123456789012345678901234567890", "人", 123456789012345678901234567890.0});
  CAPTURE(text, unit);
  CHECK(goal_of(text, unit) == goal);
  CHECK_FALSE(std::signbit(goal_of("-0", unit)));
}

TEST_CASE("an aim reads each of its forms", "[io][json]") {
  CHECK(aim_of(R"({"at_least": 5})") == at_least(5));
  CHECK(aim_of(R"({"at_most": 5})") == at_most(5));
  CHECK(aim_of(R"({"about": 5})") == about(5));
  CHECK(aim_of(R"({"about": 5, "tolerance": "10%"})") == about(5, 0.1));
  CHECK(aim_of(R"({"between": [2, "3台"]})") == between(2, 3));
  CHECK(aim_of(R"({"rises": true})") == rises());
  CHECK(aim_of(R"({"falls": true})") == falls());

  aim strict = at_most(5);
  strict.strict = true;
  CHECK(aim_of(R"({"strict": true, "at_most": 5})") == strict);
  aim amount = about(5, 2);
  amount.tolerance_is_amount = true;
  CHECK(aim_of(R"({"about": 5, "tolerance_amount": "2台"})") == amount);
  aim change = at_least(-3);
  change.change = change_kind::amount;
  CHECK(aim_of(R"({"at_least": "-3台", "change": "amount"})") == change);
}

TEST_CASE("the goal of a rating may be a name of its scale", "[io][json]") {
  const auto with_aim = [](const std::string& aim) {
    return R"({"format": "attain-programme/1", "id": "p", "window": {"start": "2021-01-01", "due": "2021-12-31"},
      "indicators": [{"id": "x", "kind": "rating", "scale": {"good": 1, "fair": 0.6}}],
      "projects": [{"id": "1", "targets": [{"id": "1.1", "indicator": "x", "aim": )" +
           aim + "}]}]}";
  };
  CHECK(io::parse_programme(with_aim(R"({"at_least": "fair"})")).projects[0].targets[0].aim->goal == 0.6);
  CHECK(io::parse_programme(with_aim(R"({"between": ["fair", "good"]})")).projects[0].targets[0].aim->upper == 1);
  CHECK(io::parse_programme(with_aim(R"({"at_least": "80%"})")).projects[0].targets[0].aim->goal == 0.8);
  try {
    io::parse_programme(with_aim(R"({"at_least": "god"})"));
    FAIL("read");
  } catch (const invalid_input& e) {
    CHECK(e.findings()[0].message == "the rating is not on the scale; did you mean \"good\"?");
    CHECK(e.findings()[0].expected == "\"good\" or \"fair\", or a number from 0 to 1");
  }
}

TEST_CASE("a change is read in percent or in percentage points", "[io][json]") {
  CHECK(aim_of(R"({"at_least": 10, "change": "percent"})").goal == 10);
  CHECK(aim_of(R"({"at_least": "10%", "change": "percent"})").goal == 10);
  CHECK(aim_of(R"({"at_least": "5个百分点", "change": "amount"})", "%").goal == 0.05);
  CHECK(aim_of(R"({"at_least": 0.05, "change": "amount"})", "%").goal == 0.05);
  CHECK(refusal_of(with_aim(R"({"at_least": "5个百分点"})", "%")).at(0).code == code::unit_differs);
}

TEST_CASE("the units of indicators hold for targets that stand before them", "[io][json]") {
  const auto spec = io::parse_programme(R"({"projects": [{"targets": [{"aim": {"at_least": "60%"}, "indicator": "i", "id": "1.1"}],
    "id": "1"}], "indicators": [{"kind": "level", "unit": "%", "id": "i"}], "id": "x", "format": "attain-programme/1"})");
  CHECK(spec.projects.at(0).targets.at(0).aim == at_least(0.6));
}

TEST_CASE("a byte order mark and any white space around the document are read", "[io][json]") {
  const std::string text = with_aim("{\"at_least\": 1}");
  CHECK(io::parse_programme("\xef\xbb\xbf \r\n\t" + text + "\r\n") == io::parse_programme(text));
}

TEST_CASE("parse_programme leaves to validate what only validate can say", "[io][json]") {
  const programme_spec spec = io::parse_programme(with_aim(R"({"between": [3, 2]})"));
  CHECK(spec.projects.at(0).targets.at(0).aim->upper == 2);
  CHECK_FALSE(validate(spec).empty());
}

// -- refusing ------------------------------------------------------------------------------------

TEST_CASE("a finding says file, line, column and pointer", "[io][json]") {
  const std::string text = "{\n  \"格式\": 1,\n  \"a/b~c\": [\n    {}]}";
  const auto findings = refusal_of(text, "plan.json");
  REQUIRE(findings.size() == 6);
  CHECK(findings[0].where == "plan.json:1:1");
  CHECK(findings[4].where == "plan.json:2:3#/格式");
  CHECK(findings[5].where == "plan.json:3:3#/a~1b~0c");
  CHECK(refusal_of("[", "").at(0).where == "1:2");
  CHECK_THAT(refusal_of("[", "two\nlines").at(0).where, test::StartsWith("two\\u{0a}lines:1:2"));
}

TEST_CASE("what validate finds has its place in the text, and the type of the error tells the two apart", "[io][json]") {
  const std::string text = with_aim("{\n\"between\": [3, 2]}");
  CHECK_THROWS_AS(io::programme_from_json(text), invalid_programme);
  CHECK_THROWS_AS(io::programme_from_json(text + "x"), invalid_input);
  try {
    io::programme_from_json(text, "plan.json");
  } catch (const invalid_programme& refused) {
    CHECK_THAT(refused.findings().at(0).where, test::StartsWith("plan.json:4:"));
    CHECK_THAT(refused.findings().at(0).where, test::ContainsSubstring("#/projects/0/targets/0/aim"));
  }
}

TEST_CASE("check_programme tells warnings too", "[io][json]") {
  const auto findings = io::check_programme(R"({"format": "attain-programme/1", "id": "x",
    "window": {"start": "2021-01-01", "due": "2021-12-31"}, "indicators": [{"id": "i", "unit": "人", "kind": "level"}],
    "projects": [{"id": "1", "targets": [{"id": "1.1", "indicator": "i", "baseline": 5, "aim": {"at_least": 4}}]}]})",
                                            "plan.json");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].severity == severity::warning);
  CHECK_THAT(findings[0].where, test::StartsWith("plan.json:3:"));
  CHECK(io::check_programme("{").at(0).code == code::malformed_json);
}

TEST_CASE("a goal that says its percent is not asked what it means", "[io][json]") {
  const auto asked_about = [](std::string goal) {
    return io::check_programme(R"({"format": "attain-programme/1", "id": "x",
      "window": {"start": "2021-01-01", "due": "2021-12-31"}, "indicators": [{"id": "i", "unit": "%", "kind": "level"}],
      "projects": [{"id": "1", "targets": [{"id": "1.1", "indicator": "i", "aim": {"at_least": )" + goal + "}}]}]}")
        .size();
  };
  CHECK(asked_about("6") == 1);
  CHECK(asked_about("\"600%\"") == 0);
  CHECK(asked_about("\"600\"") == 0);
}

TEST_CASE("a file that cannot be read is refused with its name", "[io][json]") {
  const auto nowhere = (test::source_dir() / "no" / "such.json").string();
  try {
    io::read_programme(nowhere);
    FAIL("nothing was thrown");
  } catch (const invalid_input& refused) {
    CHECK(refused.code() == code::unreadable_file);
    CHECK(refused.findings().at(0).where == nowhere);
  }
  CHECK_THROWS_AS(io::read_programme(test::source_dir().string()), invalid_input);
}

TEST_CASE("every beginning of a programme text is refused, and so is every text with a byte changed or read (P1, P7)", "[io][json]") {
  const std::string text = io::to_json(full_spec());
  for (std::size_t size = 0; size + 2 < text.size(); ++size) {
    INFO(size);
    REQUIRE_FALSE(refusal_of(std::string_view(text).substr(0, size)).empty());
  }
  std::mt19937 random(1);
  std::size_t refused = 0;
  for (int i = 0; i < 5000; ++i) {
    std::string changed = text;
    for (int n = 0; n <= i % 3; ++n) changed[random() % changed.size()] = static_cast<char>(random() % 256);
    refused += refusal_of(changed).empty() ? 0 : 1;
  }
  CHECK(refused > 2500);
}

TEST_CASE("nesting is refused by a named limit on a small stack (P1)", "[io][json]") {
  for (const std::size_t levels : {std::size_t{100'000}, std::size_t{1'000'000}}) {
    for (const char* open : {"[", "{\"a\":"}) {
      std::string text;
      for (std::size_t i = 0; i < levels; ++i) text += open;
      std::vector<finding> findings;
      on_small_stack([&] { findings = refusal_of(text); });
      REQUIRE(findings.size() == 1);
      CHECK(findings[0].code == code::too_deep);
      CHECK_THAT(findings[0].expected, test::ContainsSubstring(std::to_string(io::max_json_depth)));
    }
  }
}

TEST_CASE("projects nest as deep as the model allows, and no deeper, on a small stack (P1)", "[io][json]") {
  const auto nested = [](std::size_t levels) {
    programme_spec spec;
    spec.id = "deep";
    spec.window = period{date{2021, 1, 1}, date{2022, 1, 1}};
    spec.indicators.resize(1);
    spec.indicators[0].id = "i";
    spec.indicators[0].unit = "人";
    project_spec project;
    project.id = "leaf";
    target_spec target;
    target.id = "t";
    target.indicator = "i";
    target.trajectory.kind = trajectory_kind::checkpoints;
    target.trajectory.checkpoints = {{date{2021, 6, 30}, 0.5, false}};
    project.targets = {target};
    for (std::size_t i = 1; i < levels; ++i) {
      project_spec outer;
      outer.id = "p" + std::to_string(i);
      outer.projects.push_back(std::move(project));
      project = std::move(outer);
    }
    spec.projects.push_back(std::move(project));
    return spec;
  };
  on_small_stack([&] {
    const programme_spec deepest = nested(max_depth);
    const bool same = io::parse_programme(io::to_json(deepest)) == deepest;
    CHECK(same);
    CHECK_THROWS_AS(io::to_json(nested(max_depth + 1)), invalid_programme);
  });
}

TEST_CASE("size and number of values are refused by named limits (P2)", "[io][json]") {
  const auto too_long = refusal_of(std::string(io::max_programme_bytes + 1, ' '));
  REQUIRE(too_long.size() == 1);
  CHECK(too_long[0].code == code::too_large);
  CHECK(too_long[0].expected == "at most 64 MiB");
  CHECK(refusal_of(std::string(io::max_programme_bytes, ' ')).at(0).code == code::malformed_json);

  std::string many = "[";
  while (many.size() < 2 * io::max_json_values) many += "0,";
  const auto too_many = refusal_of(many + "0]");
  REQUIRE(too_many.size() == 1);
  CHECK(too_many[0].code == code::too_large);
  CHECK_THAT(too_many[0].expected, test::ContainsSubstring(std::to_string(io::max_json_values)));
}

TEST_CASE("rows of next to nothing cost at most 64 MiB and 40 times their text", "[io][json]") {
  const std::string start = R"({"format": "attain-programme/1", "id": "x", "window": {"start": "2021-01-01", "due": "2021-12-31"},
    "indicators": [{"id": "i", "unit": "台", "kind": "increment"}], )";
  const std::string target = R"("projects": [{"id": "p", "targets": [{"id": "t", "indicator": "i")";
  const auto rows = [&](const std::string& begin, std::size_t count, auto&& row, const std::string& end) {
    std::string text = start + begin;
    for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "" : ",") + row(i);
    return text + end;
  };
  const auto numbered = [](std::size_t i) { return "{\"id\":\"" + std::to_string(i) + "\"}"; };
  const auto within = [](std::size_t i) { return "{\"id\":\"" + std::to_string(i) + "\",\"within\":\"r\"}"; };
  const auto same = [](std::size_t) { return std::string("{\"id\":\"1\"}"); };
  const auto empty = [](std::size_t) { return std::string("{}"); };
  struct {
    std::string text;
    std::string end;
  } const all[] = {
      {rows("\"projects\":[", 150'000, numbered, "]}"), "read"},
      {rows("\"projects\":[", 1'000'000, same, "]}"), "too_large"},
      {rows("\"places\":[", 1'000'000, same, "]," + target + "}]}]}"), "duplicate_id"},
      {rows("\"places\":[{\"id\":\"r\"},", 500'000, within, "]," + target + "}]}]}"), "read"},
      {rows(target + ",\"history\":[", 1'300'000, empty, "]}]}]}"), "too_large"},
      {rows(target + ",\"aliases\":[", 500'000, numbered, "]}]}]}"), "read"},
  };
  for (const auto& [text, end] : all) {
    std::string ended = "read";
    const std::size_t cost = test::memory_of([&] {
      try {
        io::programme_from_json(text);
      } catch (const error& refused) {
        ended = to_string(refused.code());
      }
    });
    CAPTURE(text.size(), cost);
    CHECK(ended == end);
    CHECK(cost <= test::memory_allowed(text.size()));
  }
  for (const char* list : {"states", "bands", "rules"}) {
    std::string text = R"({"format": "attain-method/1", "name": "x", ")" + std::string(list) + "\":[";
    for (int i = 0; i < 1'300'000; ++i) text += "{},";
    text += "{}]}";
    CAPTURE(list);
    CHECK(test::memory_of([&] { CHECK_THROWS_AS(io::method_from_json(text), invalid_input); }) <=
          test::memory_allowed(text.size()));
  }
}

TEST_CASE("no input of one MiB takes long (P16)", "[io][json]") {
  constexpr std::size_t mebibyte = std::size_t{1} << 20;
  const auto repeated = [](std::string_view begin, auto&& part, std::string_view end) {
    std::string text(begin);
    for (std::size_t i = 0; text.size() < mebibyte; ++i) text += part(i);
    return text + std::string(end);
  };
  const std::string start = R"({"format": "attain-programme/1", "id": "x", )";
  const std::vector<std::string> hostile = {
      repeated("{", [](std::size_t i) { return "\"k" + std::to_string(i) + "\": 1, "; }, "\"a\": 1}"),
      repeated("{", [](std::size_t) { return std::string("\"k\": 1, "); }, "\"a\": 1}"),
      repeated(start, [](std::size_t i) { return "\"indicator" + std::to_string(i) + "\": 1, "; }, "\"a\": 1}"),
      repeated(start + "\"places\": [", [](std::size_t) { return std::string("{\"id\": 1}, "); }, "1]}"),
      repeated(start + "\"indicators\": [", [](std::size_t) { return std::string("{}, "); }, "1]}"),
      repeated(start + "\"projects\": [", [](std::size_t i) { return "{\"id\": \"" + std::to_string(i) + "\"},"; }, "{\"id\": \"0\"}]}"),
      repeated(start + "\"projects\": [{\"id\": \"1\", \"targets\": [",
               [](std::size_t i) { return "{\"id\": \"" + std::to_string(i) + "\", \"indicator\": \"none\"},"; }, "{}]}]}"),
      start + "\"name\": \"" + std::string(mebibyte, 'x') + "\"}",
      start + "\"name\": \"" + std::string(mebibyte, '\\') + "\"}",
      start + "\"" + std::string(mebibyte, 'x') + "\": 1}",
      with_aim("{\"at_least\": " + std::string(mebibyte, '1') + "}"),
      with_aim("{\"at_least\": 0." + std::string(mebibyte, '0') + "1}"),
      with_aim("{\"at_least\": \"" + std::string(mebibyte, '1') + "\"}"),
      std::string(mebibyte, '['), std::string(mebibyte, ' '), std::string(mebibyte, '"'), std::string(mebibyte, '\xff')};
  for (std::size_t i = 0; i < hostile.size(); ++i) {
    INFO("input " << i);
    CHECK(seconds([&] { CHECK_FALSE(io::check_programme(hostile[i]).empty()); }) < patience);
  }
}

// -- writing -------------------------------------------------------------------------------------

TEST_CASE("to_json of a programme is that of its specification", "[io][json]") {
  const programme plan = io::programme_from_json(R"({"format": "attain-programme/1", "id": "town", "window": {"start": "2021-01-01", "due": "2021-12-31"},
    "indicators": [{"id": "lifts", "unit": "台", "kind": "increment"}],
    "projects": [{"id": "1", "targets": [{"id": "1.1", "indicator": "lifts", "aim": {"at_least": 139}}]}]})");
  CHECK(io::to_json(plan) == io::to_json(plan.spec()));
  CHECK(io::programme_from_json(io::to_json(plan)) == plan);
}

TEST_CASE("to_json writes the documented order, leaves defaults out and keeps short things on one line", "[io][json]") {
  programme_spec spec = io::parse_programme(R"({"projects": [{"targets": [{"quotas": {"west": 59, "east": {"baseline": 10, "goal": 80}},
    "aim": {"at_least": "139台"}, "indicator": "lifts", "weight": 1, "standard": false, "id": "1.1", "text": "加装电梯139台"}],
    "weight": 1.0, "id": "1", "roll_up": {}}], "defaults": {"score_cap": 1.0}, "method": "time_proportional",
    "indicators": [{"kind": "increment", "origin": "window", "unit": "台", "id": "lifts"}, {"id": "system", "kind": "steps",
    "steps": [{"id": "draft", "weight": 1}, {"due": "2021-07-01", "id": "adopt"}]}],
    "places": [{"id": "city"}, {"within": "city", "id": "east", "weight": 2.50}],
    "window": {"due": "2021-12-31", "start": "2021/1/1"}, "id": "lesson", "format": "attain-programme/1"})");
  CHECK(io::to_json(spec) == R"({
  "format": "attain-programme/1",
  "id": "lesson",
  "window": {"start": "2021-01-01", "due": "2021-12-31"},
  "places": [
    {"id": "city"},
    {"id": "east", "within": "city", "weight": 2.5}
  ],
  "indicators": [
    {"id": "lifts", "unit": "台", "kind": "increment"},
    {
      "id": "system",
      "kind": "steps",
      "steps": [
        {"id": "draft"},
        {"id": "adopt", "due": "2021-07-01"}
      ]
    }
  ],
  "projects": [
    {
      "id": "1",
      "targets": [
        {
          "id": "1.1",
          "text": "加装电梯139台",
          "indicator": "lifts",
          "aim": {"at_least": 139},
          "quotas": {"west": 59, "east": {"goal": 80, "baseline": 10}},
          "weight": 1
        }
      ]
    }
  ]
}
)");
}

TEST_CASE("reading what was written gives the same specification, and writing it the same bytes", "[io][json]") {
  const programme_spec spec = full_spec();
  const std::string text = io::to_json(spec);
  CHECK(text == bytes_of(test::source_dir() / "tests" / "io" / "every_field.json"));
  const programme_spec again = io::parse_programme(text);
  CHECK(again == spec);
  CHECK(io::to_json(again) == text);
}

TEST_CASE("the examples survive being written and read", "[io][json]") {
  for (const char* name : {"counties-lesson", "guangzhou-2017", "nanchang-2021", "us-goals-fy2022"}) {
    INFO(name);
    const programme plan = io::read_programme((test::source_dir() / "examples" / name / "programme.json").string());
    const std::string text = io::to_json(plan.spec());
    CHECK(io::parse_programme(text) == plan.spec());
    CHECK(io::to_json(io::parse_programme(text)) == text);
  }
}

TEST_CASE("any specification survives being written and read, whether it is valid or not", "[io][json]") {
  for (unsigned seed = 0; seed < 1000; ++seed) {
    const programme_spec spec = test::random_specs(seed).programme();
    const std::string text = io::to_json(spec);
    INFO(seed);
    const programme_spec again = io::parse_programme(text);
    REQUIRE(again == spec);
    REQUIRE(io::to_json(again) == text);
  }
}

TEST_CASE("to_json refuses what JSON cannot say, with every pointer", "[io][json]") {
  programme_spec spec = full_spec();
  spec.name = "\xff";
  spec.defaults.score_cap = std::nan("");
  spec.projects[0].projects[0].targets[0].quotas[1].baseline = std::numeric_limits<double>::infinity();
  spec.projects[0].projects[0].targets[0].trajectory.checkpoints[1].share = -std::numeric_limits<double>::infinity();
  spec.indicators[4].scale[1].first = "f/\xc3";
  std::vector<std::string> found;
  try {
    io::to_json(spec);
  } catch (const invalid_programme& refused) {
    for (const finding& f : refused.findings()) found.push_back(std::string(to_string(f.code)) + " " + f.where);
  }
  CHECK(found == std::vector<std::string>{"bad_encoding /name", "not_finite /defaults/score_cap", "bad_encoding /indicators/4/scale",
                                          "not_finite /projects/0/projects/0/targets/0/quotas/west/baseline",
                                          "not_finite /projects/0/projects/0/targets/0/trajectory/checkpoints/1/amount"});
}

// -- Methods ----------------------------------------------------------------------------------------

TEST_CASE("every built-in method is the same after a way through its file", "[io][json]") {
  for (const method_spec& method : built_in_methods()) {
    INFO(reference_to(method));
    const std::string text = io::to_json(method);
    CHECK(io::method_from_json(text) == method);
    CHECK(io::to_json(io::method_from_json(text)) == text);
  }
}

TEST_CASE("a method file is refused with every problem at its place", "[io][json]") {
  const char* text = R"({"format": "attain-method/1", "name": "m", "versoin": 2,
    "states": [{"name": "good", "role": "on_track"}],
    "bands": [{"name": "b", "quantity": "pase", "below": "goood"}],
    "rules": [{"bands": "c"}, {"where": [{"quantity": "gap"}]}],
    "nodes": {"bands": "b"}})";
  std::vector<std::string> found;
  try {
    io::method_from_json(text, "m.json");
  } catch (const invalid_input& refused) {
    for (const finding& f : refused.findings()) found.push_back(std::string(to_string(f.code)) + " " + f.where);
  }
  CHECK(found == std::vector<std::string>{"unknown_field m.json:1:44#/versoin", "malformed m.json:3:41#/bands/0/quantity",
                                          "malformed m.json:3:58#/bands/0/below", "malformed m.json:4:25#/rules/0/bands",
                                          "missing_field m.json:4:31#/rules/1", "missing_field m.json:4:42#/rules/1/where/0"});
}

TEST_CASE("a method with a gap between its bands is refused where the band stands", "[io][json]") {
  std::string text = io::to_json(*find_method("hdi"));
  text.replace(text.find("0.799"), 5, "0.79");
  CHECK_THROWS_AS(io::method_from_json(text), invalid_programme);
}
