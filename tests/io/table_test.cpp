#include <attain/core/error.hpp>
#include <attain/engine/evaluate.hpp>
#include <attain/engine/explain.hpp>
#include <attain/io/csv.hpp>
#include <attain/io/table.hpp>

#include "support/builders.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace attain;

namespace {

const programme& plan() {
  static const programme p([] {
    programme_spec city = test::city();
    city.indicators[test::in_city::score] = test::increment("score", "分");  // instead of a function of the user
    return city;
  }());
  return p;
}

ledger book() {
  return io::ledger_from_csv(
      "indicator,place,period,day,amount,missing,withdrawn,recorded,note,key\n"
      "lifts,south,2021-01,,40,,,2021-02-05,first,k1\n"
      "lifts,west,2021-01,,9,,,2021-02-05,,\n"
      "lifts,west,2021-01,,,,true,2021-03-05,,\n"
      "lifts,west,2021-02,,180余,,,2021-03-05,,\n"
      "residents,west,,2021-01-31,,withheld,,,,\n",
      plan());
}

evaluation now() { return evaluate(plan(), book(), {.as_of = date(2021, 3, 31)}); }

std::vector<std::string> names_of(const io::table& of) {
  std::vector<std::string> names;
  for (const io::column& c : of.columns) names.push_back(c.name);
  return names;
}

std::vector<std::string_view> words_of(const io::column& of) {
  std::vector<std::string_view> words;
  for (std::size_t row = 0; row < of.size(); ++row) words.push_back(of.is_missing(row) ? std::string_view{} : of.word(row));
  return words;
}

/// A column of words that live as long as the program.
io::column words(std::string name, std::span<const std::string_view> dictionary, std::span<const std::int32_t> positions) {
  return {.name = std::move(name), .kind = io::column_kind::word, .integers = positions, .words = dictionary};
}

/// What `append_table` found wrong, as "code at where".
std::vector<std::string> refused(const io::table& from, const programme* checked_by = nullptr) {
  ledger kept;
  std::vector<std::string> found;
  try {
    append_table(kept, from, checked_by);
  } catch (const error& e) {
    for (const finding& f : e.findings()) found.push_back(std::string(to_string(f.code)) + " at " + f.where);
  }
  CHECK(kept.empty());
  return found;
}

constexpr std::string_view ids[] = {"lifts", "east", "nowhere", "2021-02", "5", "?"};
constexpr std::int32_t lifts_twice[] = {0, 0};
constexpr std::int32_t ends[] = {18658, 18686};     // 2021-01-31, 2021-02-28
constexpr std::int32_t starts[] = {18628, 18659};   // 2021-01-01, 2021-02-01
constexpr double amounts[] = {1, 2.5};
constexpr std::uint8_t second_missing[] = {0, io::column::unexplained};

io::table two_rows() {
  return {.rows = 2,
          .columns = {words("indicator", ids, lifts_twice),
                      {.name = "start", .kind = io::column_kind::day, .integers = starts},
                      {.name = "end", .kind = io::column_kind::day, .integers = ends},
                      {.name = "amount", .kind = io::column_kind::number, .numbers = amounts}}};
}

}  // namespace

TEST_CASE("a table of targets has one row a target at its own place", "[io][table]") {
  const evaluation e = now();
  const io::table t = io::target_table(e);
  REQUIRE(t.rows == e.targets().size());
  for (std::size_t row = 0; row < t.rows; ++row) {
    const target_result result = e.targets()[row];
    CHECK(t.at("target").word(row) == result.id());
    CHECK(t.at("place").word(row) == result.place());
    for (const auto& [name, answer] : {std::pair{"reading", result.reading()}, std::pair{"goal", result.goal()},
                                       std::pair{"baseline", result.baseline()}, std::pair{"attainment", result.attainment()},
                                       std::pair{"expected", result.expected()}, std::pair{"gap", result.gap()},
                                       std::pair{"pace", result.pace()}, std::pair{"days_ahead", result.days_ahead()}}) {
      const io::column& c = t.at(name);
      INFO(result.id() << " " << name);
      CHECK(c.is_missing(row) == !answer.has_value());
      if (answer.has_value()) CHECK(c.numbers[row] == *answer);
      if (!answer.has_value()) CHECK(c.why(row) == answer.why());
    }
    CHECK(t.at("status").is_missing(row) == !result.status().has_value());
    CHECK(t.at("reason").is_missing(row) == result.status().has_value());
  }
}

TEST_CASE("a table of every place points into the evaluation, and keeps it", "[io][table]") {
  io::column reading;
  const double* held = nullptr;
  {
    const evaluation e = now();
    held = e.data().cells.attainment.data();
    const io::table t = io::target_table(e, io::result_places::every);
    CHECK(t.rows == e.targets(true).size());
    CHECK(t.at("attainment").numbers.data() == held);
    CHECK(t.at("reading").numbers.data() == e.data().cells.reading.data());
    CHECK(t.at("expected").numbers.data() == e.data().cells.expected.data());
    CHECK(t.at("gap").numbers.data() == e.data().cells.gap.data());
    CHECK(t.at("coverage").numbers.data() == e.data().cells.covered.data());
    reading = t.at("attainment");
  }
  CHECK(reading.numbers.data() == held);
  CHECK(reading.numbers[0] == now().data().cells.attainment[0]);
}

TEST_CASE("a table of one place has the targets with a cell there", "[io][table]") {
  const io::table t = io::target_table_at(now(), "south");
  for (const std::string_view place : words_of(t.at("place"))) CHECK(place == "south");
  CHECK(t.at("target").word(0) == "1.1");
  CHECK(t.at("reading").numbers[0] == 40);
  CHECK_THROWS_AS(io::target_table_at(now(), "sout"), unknown_id);
  CHECK_THROWS_AS(io::project_table_at(now(), "sout"), unknown_id);
}

TEST_CASE("a table may be asked for a few columns, in their order", "[io][table]") {
  const std::vector<std::string> wanted{"status", "target", "reading"};
  CHECK(names_of(io::target_table(now(), io::result_places::own, wanted)) == wanted);
  CHECK(names_of(io::target_table(now()).select(wanted)) == wanted);
  const std::vector<std::string> wrong{"readin"};
  CHECK_THROWS_AS(io::target_table(now(), io::result_places::own, wrong), unknown_id);
  CHECK_THROWS_AS(io::target_table(now()).at("readin"), unknown_id);
  CHECK(io::target_table(now()).find("readin") == nullptr);
}

TEST_CASE("a table of projects has the root first", "[io][table]") {
  const evaluation e = now();
  const io::table t = io::project_table(e);
  CHECK(words_of(t.at("project")) == std::vector<std::string_view>{"", "1", "2", "3", "4", "4.a"});
  CHECK(words_of(t.at("within"))[5] == "4");
  CHECK(t.at("coverage").numbers[0] == e.root().coverage());
  CHECK(t.at("targets").integers[0] == e.root().leaves().all);
  CHECK(io::project_table(e, io::result_places::every).rows > t.rows);
}

TEST_CASE("the unit of a reading is without scale, and of a recurring target its period", "[io][table]") {
  const io::table t = io::target_table(now());
  const auto unit_of = [&](std::string_view target) {
    const auto all = words_of(t.at("target"));
    return words_of(t.at("unit"))[static_cast<std::size_t>(std::find(all.begin(), all.end(), target) - all.begin())];
  };
  CHECK(unit_of("1.1") == "台");
  CHECK(unit_of("3.1") == "share");
  CHECK(unit_of("3.2") == "share");
  CHECK(unit_of("4.1") == "month");
}

TEST_CASE("a slice of a table copies nothing and ends where the table ends", "[io][table]") {
  const io::table t = io::target_table(now(), io::result_places::every);
  const io::table s = t.slice(2, 3);
  CHECK(s.rows == 3);
  CHECK(s.at("coverage").numbers.data() == t.at("coverage").numbers.data() + 2);
  CHECK(t.slice(t.rows - 1, 10).rows == 1);
  CHECK(t.slice(t.rows + 5, 10).rows == 0);
}

TEST_CASE("a table of a ledger has the columns that are in use, in canonical order", "[io][table]") {
  const io::table t = io::ledger_table(book());
  CHECK(names_of(t) == std::vector<std::string>{"indicator", "place", "start", "end", "amount", "high_open", "missing", "withdrawn",
                                                "recorded", "note", "key"});
  CHECK(t.rows == 5);
  CHECK(names_of(io::ledger_table(ledger())) ==
        std::vector<std::string>{"indicator", "place", "start", "end", "amount", "recorded"});
}

TEST_CASE("a ledger comes back from its table", "[io][table]") {
  ledger back;
  append_table(back, io::ledger_table(book()));
  CHECK(back == book());
  ledger checked;
  append_table(checked, io::ledger_table(book()), &plan());
  CHECK(checked == book());
}

TEST_CASE("many rows and few rows are read alike", "[io][table]") {
  const io::table t = io::ledger_table(book());
  ledger few, many;
  for (int times = 0; times < 20; ++times) append_table(few, t);
  io::table repeated{.rows = t.rows * 20};
  std::vector<std::vector<std::int32_t>> integers(t.columns.size());
  std::vector<std::vector<double>> numbers(t.columns.size());
  std::vector<std::vector<std::uint8_t>> flags(t.columns.size()), missing(t.columns.size());
  for (std::size_t c = 0; c < t.columns.size(); ++c) {
    const io::column& from = t.columns[c];
    for (int times = 0; times < 20; ++times) {
      integers[c].insert(integers[c].end(), from.integers.begin(), from.integers.end());
      numbers[c].insert(numbers[c].end(), from.numbers.begin(), from.numbers.end());
      flags[c].insert(flags[c].end(), from.flags.begin(), from.flags.end());
      missing[c].insert(missing[c].end(), from.missing.begin(), from.missing.end());
    }
    repeated.columns.push_back({from.name, from.kind, numbers[c], integers[c], flags[c], from.words, missing[c], from.owners});
  }
  append_table(many, repeated);
  CHECK(few == many);
}

TEST_CASE("amounts are numbers or text, and may be both", "[io][table]") {
  static constexpr std::string_view texts[] = {"180余", "5.85万台"};
  static constexpr std::int32_t positions[] = {0, 1};
  static constexpr std::uint8_t first_missing[] = {io::column::unexplained, 0};
  io::table t = two_rows();
  t.columns.back().missing = second_missing;
  io::column as_text = words("amount", texts, positions);
  as_text.missing = first_missing;
  t.columns.push_back(as_text);
  ledger found;
  append_table(found, t, &plan());
  const std::vector<observation> entries = found.observations();
  CHECK(entries[0].low == 1);
  CHECK(entries[1].low == 58500);

  t = two_rows();
  t.columns.back() = words("amount", texts, positions);
  ledger texts_only;
  append_table(texts_only, t, &plan());
  CHECK(texts_only.observations()[0].high_open);
}

TEST_CASE("what is wrong with a table is said by row and column, and nothing is appended", "[io][table]") {
  static constexpr std::int32_t second_unknown[] = {0, 2};
  static constexpr std::int32_t periods[] = {3, 5};
  static constexpr double not_finite[] = {1, std::numeric_limits<double>::infinity()};

  io::table t = two_rows();
  t.columns[0] = words("indicator", ids, second_unknown);
  CHECK(refused(t, &plan()) == std::vector<std::string>{"unknown_indicator at row 2, indicator"});

  t = two_rows();
  t.columns[3].numbers = not_finite;
  CHECK(refused(t) == std::vector<std::string>{"not_finite at row 2, amount"});

  t = two_rows();
  t.columns[3].missing = second_missing;
  CHECK(refused(t) == std::vector<std::string>{"missing_field at row 2, amount"});

  t = two_rows();
  t.columns.erase(t.columns.begin() + 1, t.columns.begin() + 3);
  CHECK(refused(t) == std::vector<std::string>{"missing_field at "});
  t.columns.push_back(words("period", ids, periods));
  CHECK(refused(t) == std::vector<std::string>{"malformed_period at row 2, period"});

  t = two_rows();
  std::swap(t.columns[1].name, t.columns[2].name);
  CHECK(refused(t) == std::vector<std::string>{"malformed_period at row 1, end", "malformed_period at row 2, end"});

  t = two_rows();
  t.columns.push_back(words("colour", ids, lifts_twice));
  CHECK(refused(t) == std::vector<std::string>{"unknown_field at colour"});
  t.columns.back().name = "start";
  CHECK(refused(t) == std::vector<std::string>{"duplicate_field at start"});

  t = two_rows();
  t.columns[0] = {.name = "indicator", .kind = io::column_kind::number, .numbers = amounts};
  CHECK(refused(t) == std::vector<std::string>{"wrong_type at indicator"});
}

TEST_CASE("a table without rows appends nothing", "[io][table]") {
  ledger kept;
  append_table(kept, io::table{});
  append_table(kept, two_rows().slice(0, 0));
  CHECK(kept.empty());
}

TEST_CASE("an explanation is two tables, of steps and of inputs", "[io][table]") {
  const evaluation now = evaluate(plan(), book(), {.as_of = date(2021, 6, 30)});
  const explanation why = now.target("1.1").explain();
  const io::table steps = io::step_table(why);
  const io::table inputs = io::step_input_table(why);
  REQUIRE(steps.rows == why.steps.size());
  std::size_t count = 0;
  for (std::size_t i = 0; i < why.steps.size(); ++i) {
    const explanation_step& s = why.steps[i];
    CHECK(steps.at("operation").word(i) == to_string(s.operation));
    CHECK(steps.at("value").is_missing(i) == !s.value.has_value());
    CHECK(steps.at("value").why(i) == (s.value ? std::nullopt : s.missing));
    for (const step_input& input : s.inputs) {
      CHECK(inputs.at("step").integers[count] == static_cast<std::int32_t>(i));
      CHECK(inputs.at("value").numbers[count] == input.value);
      CHECK(inputs.at("weight").is_missing(count) == !input.weight.has_value());
      CHECK(inputs.at("from_step").is_missing(count) == !input.step.has_value());
      ++count;
    }
  }
  CHECK(inputs.rows == count);
}
