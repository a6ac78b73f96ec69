#include "io/archive_values.hpp"
#include "support/catch.hpp"
#include "support/random_specs.hpp"
#include "support/small_stack.hpp"

#include <attain/core/error.hpp>
#include <attain/engine/custom.hpp>

#include <cstddef>
#include <cstdlib>
#include <limits>
#include <locale>
#include <memory>
#include <string>
#include <string_view>
#include <typeinfo>
#include <utility>
#include <vector>

using namespace attain;
using io::snapshot_form;
using io::snapshot_kind;

namespace {

/// A value through a body without envelope.
template <class T>
T through_body(const T& value, snapshot_form form) {
  std::string body;
  io::detail::write_body(value, form, body);
  T back = io::detail::blank<T>();
  io::detail::read_body(body, form, back);
  return back;
}

/// The first finding of what reading a body throws, as "code at where"; empty if it is read.
template <class T>
std::string wrong_in(const std::string& body, snapshot_form form = snapshot_form::text) {
  T value = io::detail::blank<T>();
  try {
    io::detail::read_body(body, form, value);
  } catch (const invalid_input& refused) {
    return std::string(to_string(refused.code())) + " at " + refused.findings().front().where;
  }
  return {};
}

/// How many fields an aggregate has.
struct anything {
  template <class T>
  operator T() const {
    std::abort();  // only asked for its type
  }
};
template <class T, class... Fields>
consteval std::size_t field_count() {
  if constexpr (requires { T{Fields{}..., anything{}}; }) {
    return field_count<T, Fields..., anything>();
  } else {
    return sizeof...(Fields);
  }
}

/// Counts the fields that go into a snapshot.
struct counted_fields {
  static constexpr bool reads = false;
  std::size_t count = 0;

  template <class T>
  void operator()(const char*, const T&) {
    ++count;
  }
};

template <class T>
std::size_t fields_in_snapshot() {
  counted_fields counted;
  io::detail::fields_of(counted, std::as_const(*std::make_unique<T>(io::detail::blank<T>())));
  return counted.count;
}

template <class... T>
void check_that_all_fields_are_saved() {
  const auto check = [](std::size_t saved, std::size_t all, const char* type) {
    INFO(type);
    CHECK(saved == all);
  };
  (check(fields_in_snapshot<T>(), field_count<T>(), typeid(T).name()), ...);
}

struct deep_projects {
  std::uint32_t levels, step;
};

template <class F>
void fields_of(F& f, const deep_projects& v) {
  const std::uint64_t count = v.levels;
  f("count", count);
  for (std::uint32_t i = 0; i < v.levels; ++i) {
    const std::uint32_t level = i * v.step;
    f("level", level);
    f("project", project_spec{.id = "p"});
  }
}

/// The body of a programme whose projects are nested so deep, each @p step levels below the one before.
void body_of_levels(std::uint32_t levels, snapshot_form form, std::string& body, std::uint32_t step = 1) {
  const programme_spec nothing;
  io::detail::write_body(nothing, form, body);
  body.resize(body.size() - (form == snapshot_form::text ? 3 : 8));  // all but the count of projects: " 0" and the line break
  std::string projects;
  io::detail::write_body(deep_projects{levels, step}, form, projects);
  body += form == snapshot_form::text ? " " + projects : projects;
}

/// Thousands with points and a decimal comma, as a program may have set it.
class strange_numbers : public std::numpunct<char> {
  char do_decimal_point() const override { return ','; }
  char do_thousands_sep() const override { return '.'; }
  std::string do_grouping() const override { return "\3"; }
};

}  // namespace

TEST_CASE("programmes, ledgers, evaluations and methods come back equal from both forms", "[io][archive]") {
  for (const snapshot_form form : test::both_forms) {
    INFO(io::to_string(form));
    const programme plan = test::archived_programme();
    CHECK(io::from_snapshot<programme>(io::to_snapshot(plan, form)) == plan);
    const ledger book = test::archived_ledger();
    const ledger back = io::from_snapshot<ledger>(io::to_snapshot(book, form));
    CHECK(back == book);
    CHECK(back.observations() == book.observations());
    CHECK(io::from_snapshot<ledger>(io::to_snapshot(ledger(), form)) == ledger());
    for (const method_spec& method : built_in_methods()) {
      CHECK(io::from_snapshot<method_spec>(io::to_snapshot(method, form)) == method);
    }
    const evaluation now = test::archived_evaluation();
    CHECK(test::same_evaluation(io::from_snapshot<evaluation>(io::to_snapshot(now, form)), now));
  }
}

TEST_CASE("every field of a specification comes back, numbers to the last bit", "[io][archive]") {
  for (unsigned seed = 0; seed < 300; ++seed) {
    test::random_specs random(seed);
    const programme_spec spec = random.programme();
    INFO(seed);
    CHECK(through_body(spec, snapshot_form::binary) == spec);
    CHECK(through_body(spec, snapshot_form::text) == spec);
  }
}

TEST_CASE("a field that is added to what snapshots hold is missed here until it is saved", "[io][archive]") {
  check_that_all_fields_are_saved<aim, cadence, checkpoint, trajectory, quota_spec, target_row, alias_spec, target_spec,
                                  comparison_spec, weights_spec, rule_spec, roll_up_spec, step_spec, dimension_spec,
                                  indicator_spec, place_spec, state_spec, band_spec, score_point, band_list, condition,
                                  method_rule, method_spec, defaults_spec, programme_spec, cell_columns, data_weights,
                                  ledger_image_tables, run_image_view>();
  CHECK(fields_in_snapshot<project_spec>() == field_count<project_spec>() - 1);  // projects within it go into the list of all
  counted_fields of_nodes;
  io::detail::fields_of_nodes(of_nodes, node_results{});
  CHECK(of_nodes.count == field_count<node_result>() - 1 + field_count<leaf_counts>());
}

TEST_CASE("equal values give equal bytes", "[io][archive]") {
  for (const snapshot_kind kind : test::all_kinds) {
    for (const snapshot_form form : test::both_forms) CHECK(test::archived(kind, form) == test::archived(kind, form));
  }
  const ledger book = test::archived_ledger();
  const std::string once = io::to_snapshot(book);
  CHECK(io::to_snapshot(io::from_snapshot<ledger>(once)) == once);
}

TEST_CASE("the locale of a program changes nothing", "[io][archive]") {
  const std::string as_ever = test::archived(snapshot_kind::evaluation, snapshot_form::text);
  const std::locale before = std::locale::global(std::locale(std::locale::classic(), new strange_numbers));
  const std::string strange = test::archived(snapshot_kind::evaluation, snapshot_form::text);
  const bool read = test::same_evaluation(io::from_snapshot<evaluation>(strange), test::archived_evaluation());
  std::locale::global(before);
  CHECK(strange == as_ever);
  CHECK(read);
}

TEST_CASE("an evaluation shows the results that were saved and judges nothing again", "[io][archive]") {
  const evaluation now = test::archived_evaluation();
  evaluation_data changed = now.data();
  changed.cells.reading.edit()[0] = 41;
  const evaluation as_saved{std::make_shared<const evaluation_data>(std::move(changed))};
  const evaluation back = io::from_snapshot<evaluation>(io::to_snapshot(as_saved));
  CHECK(back.data().cells.reading[0] == 41);
  CHECK(now.data().cells.reading[0] != 41);
  CHECK(back.plan().programmes()[0] == now.plan().programmes()[0]);
  CHECK(test::same_evaluation(
      evaluate(back.plan(), back.book(),
               {.as_of = back.as_of(), .known_at = back.known_at(), .methods = {"own", "toladata", "global_fund"}}),
      now));
}

TEST_CASE("a portfolio's evaluation comes back with all its programmes", "[io][archive]") {
  programme_spec other = test::lifts();
  other.id = "other";
  const portfolio both({programme(test::lifts()), programme(other)});
  ledger book;
  book.append(test::report("lifts", "east", "2021-01", 7));
  const evaluation now = evaluate(both, book, {.as_of = date(2021, 2, 28)});
  const evaluation back = io::from_snapshot<evaluation>(io::to_snapshot(now));
  CHECK(test::same_evaluation(back, now));
  CHECK(back.target("other/1.1", "east").reading() == 7.0);
}

TEST_CASE("an evaluation with weights from data comes back", "[io][archive]") {
  programme_spec spec = test::programme_of({test::increment("a"), test::increment("b")},
                                           {test::target("1.1", "a", at_least(10)), test::target("1.2", "b", at_least(20))});
  for (target_spec& t : spec.projects[0].targets) t.quotas = {{.place = "east", .goal = 4}, {.place = "west", .goal = 6}};
  spec.projects[0].roll_up.weights.by = weighting::entropy;
  ledger book;
  for (const char* place : {"east", "west"}) {
    book.append(test::report("a", place, "2021-01", 3));
    book.append(test::report("b", place, "2021-01", place[0] == 'e' ? 1 : 2));
  }
  const evaluation now = evaluate(programme(spec), book, {.as_of = date(2021, 1, 31)});
  REQUIRE(!now.data().weights.of_child.empty());
  CHECK(test::same_evaluation(io::from_snapshot<evaluation>(io::to_snapshot(now)), now));
}

TEST_CASE("functions of the user cannot be saved, and that is said before anything is written", "[io][archive]") {
  programme_spec spec = test::lifts();
  spec.projects[0].roll_up.aggregator = "custom:least@1";
  auto own = std::make_shared<custom_functions>();
  own->aggregators["least@1"] = [](const child_columns& of, std::span<double> out) {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = of.begin[i] < of.value.size() ? of.value[of.begin[i]] : 0;
  };
  const evaluation now = evaluate(programme(spec), ledger(), {.as_of = date(2021, 1, 31), .custom = own});
  CHECK_THROWS_AS(io::to_snapshot(now), invalid_option);
  CHECK(io::from_snapshot<programme>(io::to_snapshot(programme(spec))) == programme(spec));
}

TEST_CASE("what cannot be a number is neither written nor read", "[io][archive]") {
  method_spec method = time_proportional();
  method.limit_exponent = std::numeric_limits<double>::infinity();
  CHECK_THROWS_AS(io::to_snapshot(method), error);
  std::string body;
  CHECK_THROWS_AS(io::detail::write_body(place_spec{.id = "x", .weight = std::numeric_limits<double>::quiet_NaN()},
                                         snapshot_form::text, body),
                  invalid_input);
  place_spec place{.id = "x"};
  body.clear();
  io::detail::write_body(place, snapshot_form::binary, body);
  body.replace(body.size() - 8, 8, std::string(6, '\0') + "\xF0\x7F");
  CHECK(wrong_in<place_spec>(body, snapshot_form::binary) == "not_finite at weight");
}

TEST_CASE("an empty programme and a wrong method are refused as if they were made here (S8)", "[io][archive]") {
  const auto snapshot_of = [](const auto& body, snapshot_kind kind) {
    return io::detail::seal(kind, snapshot_form::binary,
                            [&](std::string& to) { io::detail::write_body(body, snapshot_form::binary, to); });
  };
  programme_spec wrong = test::lifts();
  wrong.projects[0].targets[0].indicator = "no such";
  wrong.projects[0].targets[0].place = "nowhere";
  try {
    io::from_snapshot<programme>(snapshot_of(wrong, snapshot_kind::programme));
    FAIL("it was read");
  } catch (const invalid_programme& refused) {
    CHECK(refused.findings().size() >= 2);
  }
  method_spec empty{.name = "empty"};
  CHECK_THROWS_AS(io::from_snapshot<method_spec>(snapshot_of(empty, snapshot_kind::method)), invalid_programme);
  CHECK_THROWS_AS(io::to_snapshot(empty), invalid_programme);
}

TEST_CASE("a field out of range is refused by its name (S8)", "[io][archive]") {
  // a target in text form: words, numbers and texts behind their lengths
  const std::string aim = "8 at_least 1.39e2 0 5e-2 0 1 4 none 0";
  CHECK(wrong_in<attain::aim>(aim) == "");
  CHECK(wrong_in<attain::aim>("8 at_leest 1.39e2 0 5e-2 0 1 4 none 0") == "out_of_range at kind");
  CHECK(wrong_in<attain::aim>("8 at_least nan 0 5e-2 0 1 4 none 0") == "malformed at goal");
  CHECK(wrong_in<attain::aim>("8 at_least 1e999 0 5e-2 0 1 4 none 0") == "malformed at goal");
  CHECK(wrong_in<attain::aim>("8 at_least 1.39e2 0 5e-2 7 1 4 none 0") == "out_of_range at tolerance_is_amount");
  CHECK(wrong_in<attain::aim>("8 at_least 1.39e2 0 5e-2 0 -1 4 none 0") == "out_of_range at strict");
  CHECK(wrong_in<attain::aim>("8 at_least 1.39e2 0 5e-2 0 300 4 none 0") == "out_of_range at strict");
  CHECK(wrong_in<attain::aim>("8 at_least 1.39e2 0 5e-2 0 1 4 gone 0") == "out_of_range at change");
  CHECK(wrong_in<attain::aim>("8 at_least 1.39e2 0 5e-2 0 1 4 none") == "malformed at from_previous_period");
  CHECK(wrong_in<attain::aim>(aim + " 1") == "malformed at body");
  CHECK(wrong_in<attain::aim>("4294967295 at_least") == "too_large at kind");
  CHECK(wrong_in<attain::aim>("8at_least 1") == "malformed at kind");

  CHECK(wrong_in<period>("18628 18628") == "malformed_period at end");
  CHECK(wrong_in<period>("18628 18000") == "malformed_period at end");
  CHECK(wrong_in<period>("-719163 18000") == "out_of_range at start");
  CHECK(wrong_in<period>("18628 3000000") == "out_of_range at end");
  CHECK(wrong_in<checkpoint>("99999999999 1 0") == "out_of_range at day");
  CHECK(wrong_in<trajectory>("4 step 2 18628") == "out_of_range at step_day");
  CHECK(wrong_in<trajectory>("4 step 1 18628 99") == "too_large at checkpoints");
  CHECK(wrong_in<trajectory>("4 step 1 18628 1 18628 1 3 1 0.5 10 0") == "out_of_range at checkpoints/0/is_amount");
  CHECK(wrong_in<trajectory>("4 step 1 18628 0 1 0.5 10 1000 1 2 3") == "too_large at seasonal");
  CHECK(wrong_in<method_rule>("1 S 65536 5 state 0 0 0") == "out_of_range at facts");
  CHECK(wrong_in<method_rule>("1 S 1 5 guess 0 0 0") == "out_of_range at outcome");
  CHECK(wrong_in<cadence>("5 every 9 fortnight") == "out_of_range at every");
}

TEST_CASE("projects nested ever deeper are refused on a small stack", "[io][archive]") {
  constexpr std::uint32_t levels = 100'000;
  for (const snapshot_form form : test::both_forms) {
    std::string body;
    body_of_levels(levels, form, body);
    std::string wrong;
    test::run_on_stack(256 << 10, [&] { wrong = wrong_in<programme_spec>(body, form); });
    CHECK(wrong == "too_deep at projects/64");
  }
}

TEST_CASE("projects as deep as may be come back on a small stack", "[io][archive]") {
  programme_spec spec = test::programme_of({test::increment("lifts")}, {});
  spec.projects.clear();
  std::vector<project_spec>* list = &spec.projects;
  for (std::uint32_t level = 0; level < max_depth; ++level) {
    list->push_back({.id = "p" + std::to_string(level)});
    if (level == max_depth - 1) list->back().targets = {test::target("1", "lifts", at_least(1))};
    list = &list->back().projects;
  }
  const programme plan(std::move(spec));
  bool same = false;
  test::run_on_stack(256 << 10, [&] { same = io::from_snapshot<programme>(io::to_snapshot(plan)) == plan; });
  CHECK(same);
}

TEST_CASE("a project that lies in none is refused", "[io][archive]") {
  std::string body;
  body_of_levels(3, snapshot_form::text, body, 2);
  CHECK(wrong_in<programme_spec>(body) == "malformed at projects/1");
}

TEST_CASE("an envelope says what is inside, and is all that is looked at", "[io][archive]") {
  const std::string bytes = test::archived(snapshot_kind::ledger, snapshot_form::text);
  const io::snapshot_info info = io::inspect_snapshot(bytes);
  CHECK(info.version == io::snapshot_version);
  CHECK(info.kind == snapshot_kind::ledger);
  CHECK(info.form == snapshot_form::text);
  CHECK(info.written_by == version_text);
  CHECK(bytes.size() == bytes.find('\n') + 1 + info.length);
  std::string damaged = bytes;
  damaged.back() = 'x';
  CHECK(io::inspect_snapshot(damaged) == info);
  CHECK(io::inspect_snapshot(bytes.substr(0, bytes.find('\n') + 1)) == info);
}

TEST_CASE("an envelope that names a version in other than printable ASCII is damaged", "[io][archive]") {
  for (const char* wrong : {"\xff", "0.1\x1b[31m", "0\t1"}) {
    const std::string bytes = std::string("attain snapshot 1 binary ledger ") + wrong + " 0000000000000008 0000000000000000\n";
    try {
      io::inspect_snapshot(bytes);
      FAIL("was read");
    } catch (const invalid_input& refused) {
      CHECK(refused.code() == code::damaged);
    }
  }
}

TEST_CASE("a newer version is refused before anything else is read (S5)", "[io][archive]") {
  for (const char* newer : {"attain snapshot 2 ", "attain snapshot 2 in some other way\n", "attain snapshot 999999999 binary"}) {
    INFO(newer);
    try {
      io::from_snapshot<ledger>(newer);
      FAIL("it was read");
    } catch (const invalid_input& refused) {
      CHECK(refused.code() == code::newer_version);
      CHECK(refused.findings().front().expected == "format 1 or older");
    }
  }
  std::string bytes = test::archived(snapshot_kind::ledger, snapshot_form::binary);
  bytes.replace(0, 17, "attain snapshot 2");
  CHECK_THROWS_AS(io::inspect_snapshot(bytes), invalid_input);
}

TEST_CASE("what is no snapshot, or one of another kind, is refused", "[io][archive]") {
  const auto code_of = [](std::string_view bytes) {
    try {
      io::from_snapshot<ledger>(bytes);
    } catch (const invalid_input& refused) {
      return std::string(to_string(refused.code()));
    }
    return std::string();
  };
  CHECK(code_of("") == "malformed");
  CHECK(code_of("{\"format\": \"attain-programme/1\"}") == "malformed");
  CHECK(code_of("attain snapshot") == "malformed");
  CHECK(code_of("attain snapshot 0 binary ledger 0.1.0 0000000000000000 0000000000000000\n") == "damaged");
  CHECK(code_of("attain snapshot 1 binary ledger 0.1.0 0000000000000000 0000000000000000\n") == "damaged");
  CHECK(code_of("attain snapshot 01 binary ledger") == "damaged");
  CHECK(code_of("attain snapshot one") == "damaged");
  CHECK(code_of(test::archived(snapshot_kind::programme, snapshot_form::binary)) == "malformed");
}
