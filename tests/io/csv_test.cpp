#include <attain/core/error.hpp>
#include <attain/core/number_text.hpp>
#include <attain/io/csv.hpp>
#include <attain/io/json.hpp>

#include "support/catch.hpp"
#include "support/paths.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <limits>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace attain;

namespace {

const programme& plan() {
  static const programme p = io::programme_from_json(R"({
    "format": "attain-programme/1", "id": "lesson", "window": {"start": "2021-01-01", "due": "2021-12-31"},
    "places": [{"id": "city"}, {"id": "east", "within": "city"}, {"id": "west", "within": "city"}],
    "indicators": [
      {"id": "lifts", "unit": "台", "kind": "increment", "period": "month"},
      {"id": "visits", "unit": "人次", "kind": "increment", "period": "day"},
      {"id": "insured", "unit": "人", "kind": "level"},
      {"id": "spending", "unit": "万元", "kind": "running_total"},
      {"id": "recovery", "unit": "%", "kind": "level"},
      {"id": "forest", "unit": "亩", "kind": "level"},
      {"id": "system", "kind": "steps", "steps": [{"id": "draft"}, {"id": "adopt"}]},
      {"id": "service", "kind": "rating", "scale": {"good": 1, "已完成": 0.9, "fair": 0.6}}],
    "projects": [{"id": "1", "targets": [{"id": "1.1", "indicator": "lifts", "aim": {"at_least": 139}}]}]})");
  return p;
}

constexpr period month(int year, unsigned number) { return {date{year, number, 1}, date{year, number, 1} + 28}; }

observation about(std::string indicator, period when, double amount) {
  observation o{.indicator = std::move(indicator), .about = when};
  o.low = o.high = amount;
  return o;
}

std::vector<finding> refusal_of(std::string_view csv, std::string_view file = {}) {
  try {
    io::parse_observations(csv, plan(), file);
  } catch (const invalid_input& refused) {
    return refused.findings();
  }
  return {};
}

/// The one observation of a text with one row.
observation only(std::string_view csv) {
  const auto all = io::parse_observations(csv, plan());
  REQUIRE(all.size() == 1);
  return all[0];
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

}  // namespace

// -- reading -------------------------------------------------------------------------------------

TEST_CASE("parse_observations reads every column", "[io][csv]") {
  const auto all = io::parse_observations(
      "key,note,evidence,source,author,recorded,scope,stage,dimensions,form,unit,amount,period,place,indicator\n"
      "k1,n,e,s,a,2021-07-05,city,建成,sex=f;age=15-24,share_of_goal,,50%,2021Q2,east,lifts\n",
      plan());
  observation o{.indicator = "lifts", .place = "east", .about = {date{2021, 4, 1}, date{2021, 7, 1}}};
  o.low = o.high = 0.5;
  o.form = amount_form::share_of_goal;
  o.dimensions = {{"sex", "f"}, {"age", "15-24"}};
  o.stage = "建成";
  o.scope = "city";
  o.recorded = date{2021, 7, 5};
  o.author = "a";
  o.source = "s";
  o.evidence = "e";
  o.note = "n";
  o.key = "k1";
  CHECK(all == std::vector<observation>{o});
}

TEST_CASE("a row is about a period, a day, or all days from start to end", "[io][csv]") {
  const auto when = [](std::string_view columns, std::string_view cells) {
    return only("indicator,amount," + std::string(columns) + "\nvisits,1," + std::string(cells) + "\n").about;
  };
  CHECK(when("period", "2021-02") == period{date{2021, 2, 1}, date{2021, 3, 1}});
  CHECK(when("period", "2021-01-01/2021-06-30") == period{date{2021, 1, 1}, date{2021, 7, 1}});
  CHECK(when("period", "2021年上半年") == period{date{2021, 1, 1}, date{2021, 7, 1}});
  CHECK(when("period", "2021-06-30") == period{date{2021, 6, 30}, date{2021, 7, 1}});
  CHECK(when("day", "2021-06-30") == period{date{2021, 6, 30}, date{2021, 7, 1}});
  CHECK(when("start,end", "2021-06-01,2021-06-30") == period{date{2021, 6, 1}, date{2021, 7, 1}});
  CHECK(when("start,end,period,day", "2021-06-30,2021-06-30,,") == period{date{2021, 6, 30}, date{2021, 7, 1}});
}

TEST_CASE("a row without an amount says why (R1)", "[io][csv]") {
  CHECK(only("indicator,period,missing\nlifts,2021-01,withheld\n").missing == reason::withheld);
  CHECK(only("indicator,period,amount,missing\nlifts,2021-01,,not_applicable\n").missing == reason::not_applicable);
  const observation withdrawn = only("indicator,period,withdrawn,recorded\nlifts,2021-01,true,2021-03-01\n");
  CHECK(withdrawn.withdrawn);
  CHECK_FALSE(withdrawn.missing);
  CHECK(only("indicator,period,amount,withdrawn\nlifts,2021-01,4,false\n") == only("indicator,period,amount\nlifts,2021-01,4\n"));
}

TEST_CASE("amounts come out as they are held, with that unit where it is not the indicator's", "[io][csv]") {
  struct row {
    std::string_view indicator;
    std::string_view amount;
    std::string_view unit;
    double held;
    std::string_view held_in;
  };
  const auto [indicator, amount, unit, held, held_in] = GENERATE(
      row{"insured", "139", "", 139, ""}, row{"insured", "１３９", "", 139, ""}, row{"insured", "\"1,200\"", "", 1200, ""},
      row{"insured", "5.85万", "", 58500, ""}, row{"insured", "5.85万人", "", 58500, ""}, row{"insured", "5.85", "万人", 58500, ""},
      row{"insured", "-0", "", 0, ""}, row{"insured", "-3.25", "", -3.25, ""}, row{"insured", "1e3", "", 1000, ""},
      row{"insured", "007", "", 7, ""}, row{"insured", "0.1", "", 0.1, ""}, row{"insured", "123456789.12345678", "", 123456789.12345678, ""},
      row{"spending", "3200", "", 3.2e7, "元"}, row{"spending", "17.9亿元", "", 1.79e9, "元"}, row{"spending", "5", "元", 5, "元"},
      row{"recovery", "60%", "", 0.6, "1"}, row{"recovery", "60", "", 0.6, "1"}, row{"recovery", "60", "%", 0.6, "1"},
      row{"recovery", "0.6", "1", 0.6, "1"}, row{"recovery", "600‰", "", 0.6, "1"}, row{"forest", "2公顷", "", 30, ""},
      row{"forest", "0.1", "公顷", 1.5, ""});
  CAPTURE(indicator, amount, unit);
  const observation o = only("indicator,day,amount,unit\n" + std::string(indicator) + ",2021-06-30," + std::string(amount) + "," +
                             std::string(unit) + "\n");
  CHECK(o.low == held);
  CHECK(o.high == held);
  CHECK_FALSE(std::signbit(o.low) != (held < 0));
  CHECK(o.unit == held_in);
}

TEST_CASE("an amount may be an interval or have an open end (R11)", "[io][csv]") {
  const auto amount = [](std::string text) { return only("indicator,period,amount\nlifts,2021-01," + text + "\n"); };
  const observation interval = amount("97–99");
  CHECK(interval.low == 97);
  CHECK(interval.high == 99);
  const observation more = amount("180余");
  CHECK(more.low == 180);
  CHECK(more.high_open);
  CHECK_FALSE(more.low_open);
  CHECK(amount("近200").low_open);
}

TEST_CASE("a rating is a name of its scale or a number, and a step is done or open (R14, A9)", "[io][csv]") {
  const auto rating = [](std::string text) { return only("indicator,day,amount\nservice,2021-01-31," + text + "\n").low; };
  CHECK(rating("good") == 1);
  CHECK(rating("已完成") == 0.9);
  CHECK(rating("0.25") == 0.25);
  CHECK(rating("70%") == 0.7);
  CHECK(only("indicator,day,step,amount\nsystem,2021-01-31,adopt,1\n").step == "adopt");
  CHECK(only("indicator,day,step,amount\nsystem,2021-01-31,adopt,0\n").low == 0);
}

TEST_CASE("quotes, line ends, a byte order mark and blank rows are read as RFC 4180 and spreadsheets have them", "[io][csv]") {
  const auto expected = io::parse_observations("indicator,period,amount,note\nlifts,2021-01,4,\"a \"\"b\"\", c\nd\"\nlifts,2021-02,5,\n", plan());
  REQUIRE(expected.size() == 2);
  CHECK(expected[0].note == "a \"b\", c\nd");
  for (const std::string_view same : {
           "\xef\xbb\xbfindicator,period,amount,note\nlifts,2021-01,4,\"a \"\"b\"\", c\nd\"\nlifts,2021-02,5,\n",
           "indicator,period,amount,note\r\nlifts,2021-01,4,\"a \"\"b\"\", c\nd\"\r\nlifts,2021-02,5,\r\n",
           "indicator,period,amount,note\nlifts,2021-01,4,\"a \"\"b\"\", c\nd\"\nlifts,2021-02,5,",
           "\n\nindicator,period,amount,note\n\nlifts,2021-01,4,\"a \"\"b\"\", c\nd\"\n,,,\r\nlifts,2021-02,5,\"\"\n\n\n",
           "\"indicator\",\"period\",\"amount\",\"note\"\n\"lifts\",\"2021-01\",\"4\",\"a \"\"b\"\", c\nd\"\n\"lifts\",\"2021-02\",\"5\",\"\"\n",
       }) {
    CHECK(io::parse_observations(same, plan()) == expected);
  }
  CHECK(io::parse_observations("indicator,period,amount", plan()).empty());
  CHECK(only("indicator,period,amount,note\nlifts,2021-01,4,\"a\r\nb\"\n").note == "a\r\nb");
}

TEST_CASE("without a programme ids are taken as they are and amounts stay as written", "[io][csv]") {
  const auto all = io::parse_observations(
      "indicator,place,day,amount,unit,step\n"
      "anything,anywhere,2021-06-30,60,%,\n"
      "anything,,2021-06-30,60%,,\n"
      "anything,,2021-06-30,5.85万人,,\n"
      "anything,,2021-06-30,3200,万元,\n"
      "anything,,2021-06-30,17.9亿元,万元,\n"
      "anything,,2021-06-30,0.6,,draft\n");
  REQUIRE(all.size() == 6);
  const auto is = [&](std::size_t i, double amount, std::string_view unit) { return all[i].low == amount && all[i].unit == unit; };
  CHECK(is(0, 60, "%"));
  CHECK(is(1, 60, "%"));
  CHECK(is(2, 58500, "人"));
  CHECK(is(3, 3200, "万元"));
  CHECK(is(4, 179000, "万元"));
  CHECK(is(5, 0.6, ""));
  CHECK(all[0].place == "anywhere");
  CHECK(all[5].step == "draft");
  CHECK_THROWS_AS(io::parse_observations("indicator,day,amount\n\"a\nb\",2021-06-30,1\n"), invalid_input);
}

TEST_CASE("a ledger from CSV holds the observations of the same text", "[io][csv]") {
  for (const char* name : {"counties-lesson", "guangzhou-2017", "nanchang-2021", "us-goals-fy2022"}) {
    INFO(name);
    const auto folder = test::source_dir() / "examples" / name;
    const programme example = io::read_programme((folder / "programme.json").string());
    std::ifstream in(folder / "observations.csv", std::ios::binary);
    const std::string csv{std::istreambuf_iterator<char>(in), {}};
    const auto entries = io::parse_observations(csv, example);
    CHECK(entries.size() > 10);
    CHECK(io::ledger_from_csv(csv, example) == ledger(entries));
    CHECK(io::read_observations((folder / "observations.csv").string(), example) == ledger(entries));
    CHECK(io::parse_observations(io::to_csv(entries), example) == entries);
  }
}

TEST_CASE("a key that repeats its entry changes nothing", "[io][csv]") {
  const std::string once = "indicator,period,amount,key\nlifts,2021-01,4,a\nlifts,2021-02,5,b\n";
  CHECK(io::ledger_from_csv(once + "lifts,2021-01,4,a\n", plan()) == io::ledger_from_csv(once, plan()));
  CHECK_THROWS_AS(io::ledger_from_csv(once + "lifts,2021-01,5,a\n", plan()), ledger_conflict);
}

TEST_CASE("columns are named in English or Chinese", "[io][csv]") {
  const auto expected = io::parse_observations(
      "indicator,place,period,amount,unit,dimensions,recorded,author,source,evidence,note,key\n"
      "lifts,east,2021-01,4,台,sex=f,2021-02-01,a,b,c,d,e\n",
      plan());
  CHECK(io::parse_observations("指标,地区,时期,数值,单位,分类,记录日期,填报人,来源,佐证材料,备注,唯一键\nlifts,east,2021-01,4,台,"
                               "sex=f,2021-02-01,a,b,c,d,e\n",
                               plan()) == expected);
  CHECK(io::parse_observations("指标,place,时期,amount,单位,分类,recorded,填报人,来源,佐证材料,备注,唯一键\nlifts,east,2021-01,4,"
                               "台,sex=f,2021-02-01,a,b,c,d,e\n",
                               plan()) == expected);
  CHECK(only("指标,开始,结束,无数值的原因\nlifts,2021-01-01,2021-01-31,withheld\n").missing == reason::withheld);
  CHECK(only("指标,日期,步骤,数值\nsystem,2021-01-31,adopt,1\n").step == "adopt");
  CHECK(only("指标,时期,撤回\nlifts,2021-01,true\n").withdrawn);
  const auto twice = refusal_of("indicator,指标,period,amount\nlifts,lifts,2021-01,4\n");
  REQUIRE(twice.size() == 1);
  CHECK(twice[0].code == code::duplicate_field);
  CHECK(only("指标,报告期,数量,填报日期\nlifts,2021-01,4,2021-02-05\n") ==
        only("indicator,period,amount,recorded\nlifts,2021-01,4,2021-02-05\n"));
  const auto wrong = refusal_of("指标,时期,增减\nlifts,2021-01,4\n");
  REQUIRE(wrong.size() == 2);
  CHECK(wrong[0].code == code::missing_field);
  CHECK(wrong[1].code == code::unknown_field);
  for (const finding& f : wrong) CHECK(f.expected.find("amount (数值)") != std::string::npos);
}

TEST_CASE("a column by another name is told the name that it has here", "[io][csv]") {
  const auto meant_by = [](const std::string& name) {
    for (const finding& f : refusal_of("indicator,period,amount," + name + "\nlifts,2021-01,4,5\n"))
      if (f.code == code::unknown_field) return f.message;
    return std::string();
  };
  CHECK(meant_by("date") == "there is no such column; did you mean \"day\"?");
  CHECK(meant_by("区县") == "there is no such column; did you mean \"place\"?");
  CHECK(meant_by("plaec") == "there is no such column; did you mean \"place\"?");
}

TEST_CASE("another separator is read where it is named, and only there", "[io][csv]") {
  const std::string comma = "indicator,period,amount,note\nlifts,2021-01,\"1,200\",\"a;b\tc|d\"\nlifts,2021-02,5,\n";
  const auto expected = io::parse_observations(comma, plan());
  for (const char delimiter : {';', '\t', '|'}) {
    CAPTURE(delimiter);
    std::string text = comma;
    std::size_t quotes = 0;
    for (char& c : text) {
      quotes += c == '"' ? 1 : 0;
      if (c == ',' && quotes % 2 == 0) c = delimiter;
    }
    CHECK(io::parse_observations(text, plan(), {}, {.delimiter = delimiter}) == expected);
    CHECK(refusal_of(text).at(0).code == code::malformed_csv);
    try {
      io::parse_observations(comma, plan(), {}, {.delimiter = delimiter});
      FAIL("read");
    } catch (const invalid_input& refused) {
      CHECK(refused.findings()[0].message == "the columns are separated by commas");
    }
  }
  for (const char delimiter : {'"', '\n', ' ', 'a', '.', '\0'})
    CHECK_THROWS_AS(io::parse_observations(comma, plan(), {}, {.delimiter = delimiter}), invalid_option);
  // a decimal comma is no number, whatever separates the columns
  CHECK_THROWS_AS(io::parse_observations("indicator;period;amount\nlifts;2021-01;4,5\n", plan(), {}, {.delimiter = ';'}),
                  invalid_input);
}

TEST_CASE("GB 18030 is read where it is named, and only there", "[io][csv]") {
  const io::csv_options gb{.encoding = io::text_encoding::gb18030};
  // 指标,时期,数值,备注 / lifts,2021-01,4,电梯 in GBK, and one character of four bytes (㐀, U+3400)
  const std::string text =
      "\xd6\xb8\xb1\xea,\xca\xb1\xc6\xda,\xca\xfd\xd6\xb5,\xb1\xb8\xd7\xa2\nlifts,2021-01,4,\xb5\xe7\xcc\xdd\x81\x39\xee\x39\n";
  const auto read = io::parse_observations(text, plan(), {}, gb);
  REQUIRE(read.size() == 1);
  CHECK(read[0].note == "电梯㐀");
  CHECK(io::ledger_from_csv(text, plan(), {}, gb) == ledger(read));
  CHECK(refusal_of(text).at(0).code == code::bad_encoding);
  for (const std::string_view bad :
       {"indicator,period,amount\nlifts,2021-01,\xff\n", "indicator,period,amount\nlifts,2021-01,\xd6"}) {
    try {
      io::parse_observations(bad, plan(), "book.csv", gb);
      FAIL("read");
    } catch (const invalid_input& refused) {
      REQUIRE(refused.findings().size() == 1);
      CHECK(refused.code() == code::bad_encoding);
      CHECK(refused.findings()[0].where == "book.csv:2:15");
    }
  }
}

// -- refusing ------------------------------------------------------------------------------------

TEST_CASE("a finding says file, line and column of the cell", "[io][csv]") {
  const auto findings = refusal_of("indicator,place,period,amount\nlifts,\"east\",2021-01,x\nlifts,东,\"21\",\"\"\"\"\n", "book.csv");
  REQUIRE(findings.size() == 4);
  CHECK(findings[0].where == "book.csv:2:22");
  CHECK(findings[1].where == "book.csv:3:7");
  CHECK(findings[2].where == "book.csv:3:9");
  CHECK(findings[3].where == "book.csv:3:14");
  CHECK(refusal_of("").at(0).where == "1:1");
}

TEST_CASE("nothing is read in half", "[io][csv]") {
  const std::string good = "indicator,period,amount\nlifts,2021-01,4\n";
  CHECK(io::ledger_from_csv(good, plan()).size() == 1);
  CHECK_THROWS_AS(io::ledger_from_csv(good + "lifts,2021-02,x\n", plan()), invalid_input);
  CHECK_THROWS_AS(io::parse_observations(good + "lifts,2021-02,x\n", plan()), invalid_input);
}

TEST_CASE("a file of observations that cannot be read is refused with its name", "[io][csv]") {
  const std::string nowhere = (test::source_dir() / "no such.csv").string();
  try {
    io::read_observations(nowhere, plan());
    FAIL("nothing was thrown");
  } catch (const invalid_input& refused) {
    CHECK(refused.code() == code::unreadable_file);
    CHECK(refused.findings().at(0).where == nowhere);
  }
}

TEST_CASE("texts beyond the limits are refused by name (P2)", "[io][csv]") {
  const std::size_t size = io::max_observations_bytes + 1;
  const std::unique_ptr<char, decltype(&std::free)> zeros(static_cast<char*>(std::calloc(size, 1)), &std::free);
  REQUIRE(zeros);
  const auto findings = refusal_of({zeros.get(), size});
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].code == code::too_large);
  CHECK(findings[0].expected == "at most 1024 MiB");

  const std::string head = "indicator,period,amount,note\nlifts,2021-01,4,";
  CHECK(refusal_of(head + std::string(io::max_cell_bytes, 'x')).empty());
  CHECK(refusal_of(head + std::string(io::max_cell_bytes + 1, 'x')).at(0).code == code::too_large);
}

TEST_CASE("no text with a byte changed, lost or cut off does harm (P8)", "[io][csv]") {
  const std::string text =
      "indicator,place,period,amount,unit,missing,dimensions,note,recorded,key\n"
      "lifts,east,2021-01,4,台,,sex=f,\"a \"\"b\"\", c\nd\",2021-02-01,k1\n"
      "recovery,,2021-06-30,60%,,,,'=1+1,,\n"
      "insured,west,2021Q2,5.85万,,,,,2021-07-31,\n"
      "lifts,east,2021-02,,,withheld,,,2021-03-01,k2\n";
  REQUIRE(io::parse_observations(text, plan()).size() == 4);
  std::mt19937 random(1);
  std::size_t refused = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string changed = text;
    const std::size_t at = random() % changed.size();
    switch (i % 3) {
      case 0: changed[at] = static_cast<char>(random() % 256); break;
      case 1: changed.erase(at, 1 + random() % 5); break;
      default: changed.resize(at);
    }
    refused += refusal_of(changed).empty() ? 0 : 1;
  }
  CHECK(refused > 10000);
}

TEST_CASE("no CSV of one MiB takes long (P16)", "[io][csv]") {
  constexpr std::size_t mebibyte = std::size_t{1} << 20;
  const auto repeated = [](std::string text, auto&& part) {
    for (std::size_t i = 0; text.size() < mebibyte; ++i) text += part(i);
    return text;
  };
  const std::string head = "indicator,place,period,amount\n";
  const std::vector<std::string> hostile = {
      std::string(mebibyte, ','), std::string(mebibyte, '"'), std::string(mebibyte, '\r'), std::string(mebibyte, 'x'),
      head + std::string(mebibyte, '"'), head + std::string(mebibyte, ',') + "x",
      repeated("", [](std::size_t i) { return "column" + std::to_string(i) + ","; }),
      repeated("", [](std::size_t) { return std::string("amount,"); }),
      repeated(head, [](std::size_t) { return std::string("\"\n"); }),
      repeated(head, [](std::size_t) { return std::string("x\"\n"); }),
      repeated(head, [](std::size_t) { return std::string("\"\"x\n"); }),
      repeated(head, [](std::size_t i) { return "indicator" + std::to_string(i) + ",place" + std::to_string(i) + ",x,y\n"; }),
      repeated(head, [](std::size_t i) { return "lifts,east," + std::to_string(i) + ",1\n"; }),
      repeated(head, [](std::size_t i) { return "lifts,east,2021-01,4" + std::string(i % 7, '.') + "\n"; }),
      repeated(head, [](std::size_t) { return std::string("lifts,east\n"); }),
      repeated("indicator,period,amount,dimensions\n", [](std::size_t i) { return "lifts,2021-01,1,a" + std::to_string(i) + "\n"; }),
      "indicator,period,amount,dimensions\nlifts,2021-01,1," + repeated("a=b", [](std::size_t i) { return ";a" + std::to_string(i) + "=b"; }),
      head + "lifts,east,2021-01," + std::string(60000, '9') + "\n",
  };
  for (std::size_t i = 0; i < hostile.size(); ++i) {
    INFO("input " << i);
    CHECK(seconds([&] { CHECK_FALSE(refusal_of(hostile[i]).empty()); }) < patience);
  }
}

// -- writing -------------------------------------------------------------------------------------

TEST_CASE("to_csv writes the columns in use, in the documented order", "[io][csv]") {
  observation first = about("lifts", {date{2021, 1, 1}, date{2021, 2, 1}}, 4);
  first.place = "east";
  observation second = about("lifts", {date{2021, 1, 1}, date{2021, 1, 8}}, -5);
  second.note = "one, \"two\"\nthree";
  observation third = about("service", {date{2021, 1, 1}, date{2022, 1, 1}}, 0);
  third.missing = reason::withheld;
  CHECK(io::to_csv(std::vector{first, second, third}) ==
        "indicator,place,period,amount,missing,note\n"
        "lifts,east,2021-01,4,,\n"
        "lifts,,2021-01-01/2021-01-07,-5,,\"one, \"\"two\"\"\nthree\"\n"
        "service,,2021,,withheld,\n");
  CHECK(io::to_csv({}) == "indicator,period,amount\n");
}

TEST_CASE("text that begins like a formula is guarded, comes back as it was, and numbers stay numbers (O2)", "[io][csv]") {
  for (const std::string text : {"=1+1", "+1", "-1", "@sum", "\tx", "\rx", "'", "''", "'x", "'=1", "''=1", "'''-", "＝1", "＋", "－", "＠",
                                 "x=1", " =1", "\"=1\"", "\n=1"}) {
    INFO(text);
    observation o = about("lifts", month(2021, 1), -1.5);
    o.note = text;
    const std::string csv = io::to_csv(std::vector{o});
    CHECK_THAT(csv, test::ContainsSubstring(",-1.5,"));
    CHECK(io::parse_observations(csv) == std::vector{o});
    const std::string cell = csv.substr(csv.rfind(",-1.5,") + 6);
    CHECK_FALSE((cell.starts_with('=') || cell.starts_with('+') || cell.starts_with('-') || cell.starts_with('@') ||
                 cell.starts_with('\t') || cell.starts_with("\"\r") || cell.starts_with("＝")));
  }
}

TEST_CASE("observations survive being written and read", "[io][csv]") {
  std::mt19937 random(7);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  const auto text = [&] {
    static const std::vector<std::string> parts{"a", "=", "+1", "-", "@", "'", "\"", ",", ";", "电梯", "é", "😀", " ", "x y", "22.1"};
    std::string made;
    for (int n = 1 + below(5); n > 0; --n) made += parts[static_cast<std::size_t>(below(static_cast<int>(parts.size())))];
    return made;
  };
  const auto id = [&] { return "=-@'a電,\"" + std::to_string(below(9)); };
  const auto number = [&]() -> double {
    switch (below(4)) {
      case 0: return below(1000);
      case 1: return -below(8000) / 8.0;
      case 2: return std::ldexp(1.0 + below(1 << 20), below(200) - 100);
      default: return 0.1 * below(1000);
    }
  };
  std::vector<observation> made;
  for (int i = 0; i < 5000; ++i) {
    const date start = date{2000, 1, 1} + below(9000);
    observation o{.indicator = id(), .about = {start, start + 1 + below(400)}};
    if (below(3) == 0) o.about = period_containing(static_cast<frequency>(below(7)), start);
    o.low = o.high = number();
    switch (below(8)) {
      case 0: o.high = o.low + std::abs(number()) + 1; break;
      case 1: o.low = o.high = std::abs(o.low); o.high_open = true; break;
      case 2: o.low = o.high = std::abs(o.low); o.low_open = true; break;
      case 3: o.low = o.high = 0; o.missing = reason::not_comparable; break;
      case 4: o.low = o.high = 0; o.withdrawn = true; break;
      case 5: o.form = amount_form::share_of_goal; break;
      default: o.unit = std::vector<std::string>{"%", "万元", "人", "元/人·月", "外语教师"}[static_cast<std::size_t>(below(5))];
    }
    if (below(2) == 0) o.place = id();
    if (below(3) == 0) o.dimensions = {{"sex", "f"}, {"-age", "15-24"}};
    if (below(3) == 0) o.step = id();
    if (below(3) == 0) o.stage = text();
    if (below(3) == 0) o.scope = text();
    if (below(2) == 0) o.recorded = start + below(300);
    if (below(3) == 0) o.author = text();
    if (below(3) == 0) o.source = text();
    if (below(3) == 0) o.evidence = text();
    if (below(2) == 0) o.note = text() + (below(2) == 0 ? "\r\n\"" : "\n") + text();
    if (below(2) == 0) o.key = text();
    made.push_back(o);
  }
  const std::string csv = io::to_csv(made);
  const auto read = io::parse_observations(csv);
  REQUIRE(read.size() == made.size());
  for (std::size_t i = 0; i < made.size(); ++i) {
    INFO(i << ": " << io::to_csv(std::vector{made[i]}) << io::to_csv(std::vector{read[i]}));
    REQUIRE(read[i] == made[i]);
  }
  CHECK(io::to_csv(read) == csv);
}

TEST_CASE("with the programme an amount that is held in another unit is written with it", "[io][csv]") {
  const std::vector<observation> held{about("recovery", month(2021, 1), 0.6), about("spending", month(2021, 1), 3.2e7),
                                      about("lifts", month(2021, 1), 4)};
  const auto read = io::parse_observations(io::to_csv(held, plan()), plan());
  REQUIRE(read.size() == 3);
  CHECK(read[0].low == 0.6);
  CHECK(read[0].unit == "1");
  CHECK(read[1].low == 3.2e7);
  CHECK(read[1].unit == "元");
  CHECK(read[2] == held[2]);
}

TEST_CASE("to_csv refuses what no text can say, with every row", "[io][csv]") {
  std::vector<observation> bad(9, about("lifts", month(2021, 1), 1));
  bad[0].low = std::nan("");
  bad[1].high = -1;
  bad[2].low_open = bad[2].high_open = true;
  bad[3].missing = reason::stale;
  bad[4].note = std::string("a\0b", 3);
  bad[5].dimensions = {{"sex", "f;m"}};
  bad[6].indicator = "";
  bad[7].about.end = bad[7].about.start;
  bad[8].unit = "台/";
  std::vector<std::string> found;
  try {
    io::to_csv(bad);
  } catch (const invalid_input& refused) {
    for (const finding& f : refused.findings()) found.push_back(std::string(to_string(f.code)) + " " + f.where);
  }
  CHECK(found == std::vector<std::string>{"not_finite row 1, amount", "out_of_range row 2, amount", "malformed_number row 3, amount",
                                          "malformed row 4, missing", "bad_encoding row 5, note", "invalid_id row 6, dimensions",
                                          "invalid_id row 7, indicator", "malformed_period row 8, period", "unknown_unit row 9, unit"});
}

TEST_CASE("whoever asks is told how far reading has come, and may stop it", "[io][csv]") {
  std::string text = "indicator,period,amount\n";
  for (int i = 0; i < 5000; ++i) text += "lifts,2021-" + std::string(i % 2 == 0 ? "01" : "02") + ",4\n";
  std::vector<progress> told;
  const io::csv_options watched{.progress = [&](const progress& now) { told.push_back(now); }};
  CHECK(io::ledger_from_csv(text, plan(), {}, watched) == io::ledger_from_csv(text, plan()));
  REQUIRE(told.size() > 90);
  CHECK(told.size() <= 103);
  CHECK(told.front().doing == phase::reading);
  CHECK(told.back().doing == phase::indexing);
  CHECK(told.back().share == 1);
  struct enough {};
  for (const phase stop : {phase::reading, phase::indexing}) {
    for (const double share : {0.0, 0.5, 1.0}) {
      const io::csv_options stopped{.progress = [&](const progress& now) {
        if (now.doing == stop && now.share >= share) throw enough{};
      }};
      CHECK_THROWS_AS(io::ledger_from_csv(text, plan(), {}, stopped), enough);
    }
  }
}
