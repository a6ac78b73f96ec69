#include <attain/io/table.hpp>

#include "ledger/quality_scene.hpp"
#include "support/catch.hpp"

#include <string>

using namespace attain;
using namespace attain::test;

TEST_CASE("the table of findings outlives its report and names the entry of each", "[io][quality]") {
  quality_scene of;
  auto amounts = ordinary_year();
  amounts[4] *= 1000;
  of.months("east", amounts);
  of.entries[4].key = "east/5";
  of.entries[4].author = "office";
  const io::table found = io::quality_table(of.report_now());
  std::size_t row = 0;
  while (row < found.rows && found.at("check").word(row) != "magnitude_slip") ++row;
  REQUIRE(row < found.rows);
  CHECK(found.at("place").word(row) == "east");
  CHECK(found.at("key").word(row) == "east/5");
  CHECK(found.at("author").word(row) == "office");
  CHECK(found.at("source").is_missing(row));
  CHECK(found.at("target").is_missing(row));
  CHECK(found.at("value").numbers[row] == 107000);
  CHECK(found.at("threshold").numbers[row] == 3);
  CHECK(found.at("effect").why(row) == reason::not_applicable);
  CHECK(found.at("start").integers[row] == date(2021, 5, 1).days());
  CHECK(found.at("recorded").integers[row] == date(2021, 6, 10).days());
  CHECK_THAT(std::string(found.at("sentence").word(row)), ContainsSubstring("× 1000: is a digit"));
}

TEST_CASE("the table of scores has the whole before its indicators, and a reason where nothing could be judged", "[io][quality]") {
  quality_scene of;
  of.months("east", {100, 101, 99});
  const io::table scores = io::quality_score_table(of.report_now());
  REQUIRE(scores.rows > 0);
  CHECK(scores.at("indicator").is_missing(0));
  bool past_the_whole = false;
  for (std::size_t row = 0; row < scores.rows; ++row) {
    past_the_whole = past_the_whole || !scores.at("indicator").is_missing(row);
    CHECK(past_the_whole == !scores.at("indicator").is_missing(row));
    const double of_how_many = scores.at("of").integers[row];
    if (of_how_many == 0) {
      CHECK(scores.at("share").why(row) == reason::too_few_observations);
    } else {
      CHECK(scores.at("share").numbers[row] == scores.at("count").integers[row] / of_how_many);
    }
  }
}

TEST_CASE("a report without findings is a table without rows", "[io][quality]") {
  quality_scene of;
  of.options.as_of = date(2022, 3, 31);
  of.months("east", ordinary_year());
  const io::table found = io::quality_table(of.report_now());
  CHECK(found.rows == 0);
  CHECK(found.columns.size() == 23);
}
