#include <attain/core/error.hpp>
#include <attain/io/dhis2.hpp>

#include "support/builders.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"
#include "support/small_stack.hpp"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace attain;

namespace {

std::string period_text(std::string_view text) {
  const auto read = io::parse_dhis2_period(text);
  return read ? to_string(read->start) + " " + to_string(read->last()) : std::string(to_string(read.problem().code));
}

std::string set_of(const std::string& values) { return "{\"dataValues\": [" + values + "]}"; }

std::string value_with(const std::string& fields) {
  return set_of(R"({"dataElement": "lifts", "period": "202101", "orgUnit": "east")" + (fields.empty() ? "" : ", " + fields) +
                "}");
}

observation only(const std::string& json, const io::dhis2_ids& ids = {}) {
  const auto all = io::dhis2_from_json(json, ids).book.observations();
  REQUIRE(all.size() == 1);
  return all[0];
}

std::vector<finding> refusal_of(const std::string& json, const io::dhis2_ids& ids = {}) {
  try {
    io::dhis2_from_json(json, programme(test::lifts()), ids);
  } catch (const invalid_input& refused) {
    return refused.findings();
  }
  return {};
}

}  // namespace

// -- periods ---------------------------------------------------------------------------------------

TEST_CASE("every form of a DHIS2 period is its days", "[io][dhis2]") {
  CHECK(period_text("20180115") == "2018-01-15 2018-01-15");
  CHECK(period_text("2018-01-15") == "2018-01-15 2018-01-15");
  CHECK(period_text("2018W3") == "2018-01-15 2018-01-21");
  CHECK(period_text("2004W10") == "2004-03-01 2004-03-07");
  CHECK(period_text("2011W52") == "2011-12-26 2012-01-01");
  CHECK(period_text("2015W53") == "2015-12-28 2016-01-03");
  CHECK(period_text("2015WedW5") == "2015-01-28 2015-02-03");
  CHECK(period_text("2015ThuW6") == "2015-02-05 2015-02-11");
  CHECK(period_text("2015SatW7") == "2015-02-07 2015-02-13");
  CHECK(period_text("2015SunW8") == "2015-02-15 2015-02-21");
  CHECK(period_text("2016W1") == "2016-01-04 2016-01-10");
  CHECK(period_text("2021SunW1") == "2020-12-27 2021-01-02");
  CHECK(period_text("2015BiW1") == "2014-12-29 2015-01-11");
  CHECK(period_text("2015BiW27") == "2015-12-28 2016-01-10");
  CHECK(period_text("200403") == "2004-03-01 2004-03-31");
  CHECK(period_text("2017-02") == "2017-02-01 2017-02-28");
  CHECK(period_text("200401B") == "2004-01-01 2004-02-29");
  CHECK(period_text("200406B") == "2004-11-01 2004-12-31");
  CHECK(period_text("2004Q1") == "2004-01-01 2004-03-31");
  CHECK(period_text("2004S2") == "2004-07-01 2004-12-31");
  CHECK(period_text("2004AprilS1") == "2004-04-01 2004-09-30");
  CHECK(period_text("2004AprilS2") == "2004-10-01 2005-03-31");
  CHECK(period_text("2004") == "2004-01-01 2004-12-31");
  CHECK(period_text("2004April") == "2004-04-01 2005-03-31");
  CHECK(period_text("2004July") == "2004-07-01 2005-06-30");
  CHECK(period_text("2004Oct") == "2004-10-01 2005-09-30");
}

TEST_CASE("a period that is none is refused, and so is one that does not exist", "[io][dhis2]") {
  for (const char* text : {"", "18", "2018W", "2018Q", "2018NovS1", "2018Nov", "2018 Q1", "2018q1", "201801b", "2018-1",
                           "2018-01-1", "2018-0115", "201801-15", "LAST_YEAR"}) {
    CAPTURE(text);
    CHECK(period_text(text) == "malformed_period");
  }
  for (const char* text :
       {"2018W0", "2018W53", "2018BiW27", "201813", "201800", "2018Q5", "2018S3", "201807B", "20180230", "0000", "9999"}) {
    CAPTURE(text);
    CHECK(period_text(text) == "out_of_range");
  }
}

TEST_CASE("a period that DHIS2 has a word for comes back from it (property)", "[io][dhis2]") {
  for (int year : {1999, 2004, 2015, 2018, 2020}) {
    const auto check = [](const std::string& text) {
      CAPTURE(text);
      const auto first = io::parse_dhis2_period(text);
      if (!first) return;
      const auto written = io::to_dhis2_period(*first);
      REQUIRE(written);
      CHECK(*io::parse_dhis2_period(*written) == *first);
    };
    const std::string y = std::to_string(year);
    for (int n = 1; n <= 53; ++n) {
      for (const char* form : {"W", "WedW", "ThuW", "SatW", "SunW", "BiW", "Q", "S", "AprilS"})
        check(y + form + std::to_string(n));
      const std::string two = (n < 10 ? "0" : "") + std::to_string(n);
      for (const std::string& form : {two, two + "B", two + "28"}) check(y + form);
    }
    for (const char* form : {"", "April", "July", "Oct"}) check(y + form);
  }
  CHECK(io::to_dhis2_period(parse_period("2018-01")) == "201801");
  CHECK(io::to_dhis2_period(parse_period("2018-W03")) == "2018W3");
  CHECK_FALSE(io::to_dhis2_period(parse_period("2018-01-01/2018-05-03")));
}

// -- reading ---------------------------------------------------------------------------------------

TEST_CASE("a data value is an observation with all that it says", "[io][dhis2]") {
  const observation o = only(value_with(
      R"("categoryOptionCombo": "c1", "attributeOptionCombo": "a1", "value": "12.5", "storedBy": "john", "created": "2021-01-31",
         "lastUpdated": "2021-02-03T23:59:38.000+0000", "comment": "counted twice", "followup": true)"));
  CHECK(o.indicator == "lifts");
  CHECK(o.place == "east");
  CHECK(o.about == parse_period("2021-01"));
  CHECK(o.low == 12.5);
  CHECK(o.dimensions ==
        std::vector<std::pair<std::string, std::string>>{{"attributeOptionCombo", "a1"}, {"categoryOptionCombo", "c1"}});
  CHECK(o.author == "john");
  CHECK(o.recorded == date{2021, 2, 3});
  CHECK(o.note == "counted twice\ndhis2 followup");
  CHECK(only(value_with(R"("value": 7, "created": "2021-01-31", "comment": null, "followup": false)")).recorded ==
        date{2021, 1, 31});
}

TEST_CASE("no value is no observation, and never zero; a deletion is a withdrawal (R1)", "[io][dhis2]") {
  CHECK(only(value_with("")).missing == reason::no_observation);
  CHECK(only(value_with(R"("value": "")")).missing == reason::no_observation);
  CHECK(only(value_with(R"("value": null)")).missing == reason::no_observation);
  CHECK_FALSE(only(value_with(R"("value": "0")")).missing);
  const observation gone = only(value_with(R"("value": "3", "deleted": true)"));
  CHECK(gone.withdrawn);
  CHECK(gone.low == 0);
}

TEST_CASE("a value that is no number is kept as text, with a warning", "[io][dhis2]") {
  const io::dhis2_results read = io::dhis2_from_json(
      value_with(R"("value": "true", "comment": "dhis2 value: x\ndhis2 followup")"), programme(test::lifts()));
  const observation entry = read.book.observations().at(0);
  CHECK(entry.missing == reason::not_comparable);
  CHECK(entry.note == "dhis2 comment: dhis2 value: x\ndhis2 comment: dhis2 followup\ndhis2 value: true");
  REQUIRE(read.findings.size() == 1);
  CHECK(read.findings[0].severity == severity::warning);
  CHECK(read.findings[0].where == "1:90#/dataValues/0/value");
  const io::dhis2_text written = io::to_dhis2(read.book);
  CHECK(written.losses.empty());
  CHECK(io::dhis2_from_json(written.json).book.observations() == read.book.observations());
  CHECK(written.json.find("\"value\": \"true\"") != std::string::npos);
}

TEST_CASE("what stands at the top is said of the values that do not say it", "[io][dhis2]") {
  const auto all =
      io::dhis2_from_json(R"({"dataSet": "d", "completeDate": "2021-02-01", "period": "202101", "orgUnit": "east", "dataValues": [
                                           {"dataElement": "a", "value": "1"}, {"dataElement": "b", "value": "2", "orgUnit": "west"}]})")
          .book.observations();
  REQUIRE(all.size() == 2);
  CHECK(all[0].place == "east");
  CHECK(all[1].place == "west");
}

TEST_CASE("maps translate ids, and what is in none of them is refused or passed over", "[io][dhis2]") {
  io::dhis2_ids ids;
  ids.elements = {{"lifts", "elevators"}, {"people.f", "women"}};
  ids.places = {{"east", ""}};
  ids.categories = {{"default", ""}, {"f", "sex=f"}};
  CHECK(only(value_with(R"("value": "1", "categoryOptionCombo": "f")"), ids).indicator == "elevators");
  CHECK(only(value_with(R"("value": "1", "categoryOptionCombo": "f")"), ids).place.empty());
  CHECK(only(value_with(R"("value": "1", "categoryOptionCombo": "f")"), ids).dimensions ==
        std::vector<std::pair<std::string, std::string>>{{"sex", "f"}});
  CHECK(only(value_with(R"("value": "1", "categoryOptionCombo": "default")"), ids).dimensions.empty());
  const observation operand = only(
      set_of(R"({"dataElement": "people", "categoryOptionCombo": "f", "period": "2021", "orgUnit": "east", "value": "1"})"), ids);
  CHECK(operand.indicator == "women");
  CHECK(operand.dimensions.empty());

  const std::string strange = set_of(R"({"dataElement": "lift", "period": "2021", "orgUnit": "east", "value": "text"})");
  try {
    io::dhis2_from_json(strange, ids);
    FAIL("read");
  } catch (const invalid_input& refused) {
    REQUIRE(refused.findings().size() == 1);
    CHECK(refused.code() == code::unknown_id);
    CHECK_THAT(refused.findings()[0].message, test::EndsWith("did you mean \"lifts\"?"));
  }
  ids.skip_unmapped = true;
  const io::dhis2_results passed = io::dhis2_from_json(strange, ids);
  CHECK(passed.book.empty());
  REQUIRE(passed.findings.size() == 1);
  CHECK_THAT(passed.findings[0].message, test::EndsWith(": 1"));
  ids.categories["x"] = "sex";
  CHECK_THROWS_AS(io::dhis2_from_json(strange, ids), invalid_option);
}

TEST_CASE("with a programme ids are checked and amounts are read in its units", "[io][dhis2]") {
  programme_spec spec = test::lifts();
  spec.indicators.push_back(test::level("rate", "%"));
  const auto read = io::dhis2_from_json(
      set_of(R"({"dataElement": "rate", "period": "202101", "orgUnit": "east", "value": "60"})"), programme(spec));
  CHECK(read.book.observations().at(0).low == 0.6);
  const auto found = refusal_of(set_of(R"({"dataElement": "lift", "period": "202101", "orgUnit": "east", "value": "1"},
    {"dataElement": "lifts", "period": "202113", "orgUnit": "east", "value": "1"},
    {"dataElement": "lifts", "period": "202101", "orgUnit": "est", "value": "1"},
    {"dataElement": "lifts", "period": "202101", "orgUnit": "east", "valeu": "1"},
    {"dataElement": "lifts", "orgUnit": "east", "value": "1", "lastUpdated": "yesterday", "deleted": "yes"})"));
  std::vector<code> codes;
  for (const finding& f : found) codes.push_back(f.code);
  CHECK(codes == std::vector<code>{code::unknown_indicator, code::out_of_range, code::unknown_place, code::unknown_field,
                                   code::missing_field, code::malformed_date, code::wrong_type});
  CHECK(found[0].where == "1:33#/dataValues/0/dataElement");
  CHECK_THAT(found[3].message, test::EndsWith("did you mean \"value\"?"));
}

TEST_CASE("what is no data value set is refused, on a small stack as well", "[io][dhis2]") {
  for (const std::string& text : std::vector<std::string>{"", "[]", "{}", R"({"dataValues": {}})", R"({"dataValues": [1]})",
                                                          R"({"dataValues": [], "dataValues": []})"}) {
    CAPTURE(text);
    CHECK_FALSE(refusal_of(text).empty());
  }
  test::run_on_stack(256 * 1024, [] {
    const auto found = refusal_of(std::string(100'000, '['));
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == code::too_deep);
  });
}

// -- writing ---------------------------------------------------------------------------------------

TEST_CASE("what was written comes back, corrections and withdrawals as they stand", "[io][dhis2]") {
  const io::dhis2_results first = io::dhis2_from_json(set_of(R"(
    {"dataElement": "a", "period": "202101", "orgUnit": "east", "value": "1", "lastUpdated": "2021-02-01"},
    {"dataElement": "a", "period": "202101", "orgUnit": "east", "value": "2", "lastUpdated": "2021-03-01", "comment": "mended <b>\"\u0001", "followup": true},
    {"dataElement": "a", "period": "2021W7", "orgUnit": "west", "value": "", "storedBy": "j", "lastUpdated": "2021-03-01"},
    {"dataElement": "b", "period": "2021Q1", "orgUnit": "west", "deleted": true, "lastUpdated": "2021-05-01"},
    {"dataElement": "b", "period": "2021Q2", "orgUnit": "west", "categoryOptionCombo": "f", "attributeOptionCombo": "x", "value": "-0.125", "lastUpdated": "2021-05-01"})"));
  const io::dhis2_text written = io::to_dhis2(first.book);
  CHECK(written.losses.empty());
  std::vector<observation> expected = first.book.observations();
  std::erase_if(expected, [](const observation& o) { return o.low == 1; });
  CHECK(io::dhis2_from_json(written.json).book.observations() == expected);
  CHECK(io::to_dhis2(io::dhis2_from_json(written.json).book).json == written.json);
}

TEST_CASE("maps and units are undone when writing", "[io][dhis2]") {
  programme_spec spec = test::lifts();
  spec.indicators.push_back(test::level("rate", "%"));
  spec.indicators.back().dimensions = {{.id = "sex", .categories = {"f", "m"}}};
  const programme plan(spec);
  io::dhis2_ids ids;
  ids.elements = {{"E1", "rate"}, {"E2.f", "lifts"}};
  ids.places = {{"U1", "east"}, {"U0", ""}};
  ids.categories = {{"F", "sex=f"}, {"D", ""}};
  const std::string json = set_of(R"(
    {"dataElement": "E1", "period": "202101", "orgUnit": "U1", "categoryOptionCombo": "F", "value": "12.5"},
    {"dataElement": "E1", "period": "202102", "orgUnit": "U0", "categoryOptionCombo": "D", "value": "60"},
    {"dataElement": "E2", "period": "202102", "orgUnit": "U1", "categoryOptionCombo": "f", "value": "3"})");
  const ledger book = io::dhis2_from_json(json, plan, ids).book;
  const io::dhis2_text written = io::to_dhis2(book, plan, ids);
  CHECK(written.losses.empty());
  CHECK(written.json.find("\"value\": \"12.5\"") != std::string::npos);
  CHECK(io::dhis2_from_json(written.json, plan, ids).book == book);
}

TEST_CASE("what DHIS2 has no word for is listed with its entry", "[io][dhis2]") {
  observation o{.indicator = "a", .place = "east", .about = parse_period("2021-01-01/2021-05-03"), .low = 1, .high = 1};
  ledger book;
  book.append(o);
  o.about = parse_period("2021");
  o.high = 2;
  book.append(o);
  o.high = 1;
  o.place = "";
  book.append(o);
  const io::dhis2_text written = io::to_dhis2(book);
  REQUIRE(written.losses.size() == 3);
  CHECK(io::dhis2_from_json(written.json).book.empty());
}

// -- DHIS2's own samples ---------------------------------------------------------------------------

TEST_CASE("the samples of DHIS2 are read and come back", "[io][dhis2][shared]") {
  const auto folder = test::shared_dir() / "vectors" / "systems" / "dhis2_formats";
  std::size_t values = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    const std::string name = file.path().filename().string();
    if (!name.starts_with("dataValue") || file.path().extension() != ".json") continue;
    CAPTURE(name);
    const io::dhis2_results read = io::read_dhis2(file.path().string());
    values += read.book.size();
    const io::dhis2_text written = io::to_dhis2(read.book);
    CHECK(written.losses.empty());
    CHECK(io::dhis2_from_json(written.json).book.size() <= read.book.size());
  }
  CHECK(values == 239);
}
