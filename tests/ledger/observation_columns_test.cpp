#include <attain/core/error.hpp>
#include <attain/ledger/ledger.hpp>
#include <attain/ledger/observation_columns.hpp>

#include "ledger/random_entries.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

/// Observations as columns, and the memory behind them.
class as_columns {
 public:
  explicit as_columns(const std::vector<observation>& entries) {
    columns.size = entries.size();
    columns.indicator = coded(entries, [](const observation& o) { return o.indicator; });
    columns.place = coded(entries, [](const observation& o) { return o.place; });
    columns.dimensions = coded(entries, [](const observation& o) {
      std::string text;
      for (const auto& [dimension, category] : o.dimensions) text += (text.empty() ? "" : ";") + dimension + '=' + category;
      return text;
    });
    columns.step = coded(entries, [](const observation& o) { return o.step; });
    columns.stage = coded(entries, [](const observation& o) { return o.stage; });
    columns.scope = coded(entries, [](const observation& o) { return o.scope; });
    columns.unit = coded(entries, [](const observation& o) { return o.unit; });
    columns.author = coded(entries, [](const observation& o) { return o.author; });
    columns.source = coded(entries, [](const observation& o) { return o.source; });
    columns.evidence = coded(entries, [](const observation& o) { return o.evidence; });
    columns.note = coded(entries, [](const observation& o) { return o.note; });
    columns.key = coded(entries, [](const observation& o) { return o.key; });
    for (const observation& o : entries) {
      first_day.push_back(o.about.start.days());
      last_day.push_back(o.about.last().days());
      recorded.push_back(o.recorded ? o.recorded->days() : o.about.last().days());
      low.push_back(o.low);
      high.push_back(o.high);
      low_open.push_back(o.low_open);
      high_open.push_back(o.high_open);
      share_of_goal.push_back(o.form == amount_form::share_of_goal);
      withdrawn.push_back(o.withdrawn);
      missing.push_back(o.missing ? static_cast<std::uint8_t>(*o.missing) : std::uint8_t{0});
    }
    columns.first_day = first_day;
    columns.last_day = last_day;
    columns.recorded = recorded;
    columns.low = low;
    columns.high = high;
    columns.low_open = low_open;
    columns.high_open = high_open;
    columns.share_of_goal = share_of_goal;
    columns.withdrawn = withdrawn;
    columns.missing = missing;
  }

  observation_columns columns;
  std::vector<std::int32_t> first_day, last_day, recorded;
  std::vector<double> low, high;
  std::vector<std::uint8_t> low_open, high_open, share_of_goal, withdrawn, missing;

 private:
  template <class Text>
  coded_column coded(const std::vector<observation>& entries, Text&& text) {
    std::map<std::string, std::uint32_t> known;
    auto& codes = codes_.emplace_back();
    auto& dictionary = dictionaries_.emplace_back();
    for (const observation& o : entries) {
      const auto [at, is_new] = known.emplace(text(o), static_cast<std::uint32_t>(known.size()));
      if (is_new) dictionary.push_back(texts_.emplace_back(at->first));
      codes.push_back(at->second);
    }
    return {codes, dictionary};
  }

  std::deque<std::vector<std::uint32_t>> codes_;
  std::deque<std::vector<std::string_view>> dictionaries_;
  std::deque<std::string> texts_;
};

std::vector<finding> findings_of(const observation_columns& columns) {
  ledger book;
  try {
    book.append_columns(columns);
  } catch (const error& e) {
    CHECK(book.empty());
    return e.findings();
  }
  FAIL("nothing was thrown");
  return {};
}

}  // namespace

TEST_CASE("columns say what the same observations say", "[ledger][observation_columns]") {
  for (const std::size_t count : {1u, 63u, 500u, 5000u}) {
    const auto entries = random_entries(count, static_cast<unsigned>(count));
    ledger by_structs, by_columns;
    by_structs.append(entries);
    by_columns.append_columns(as_columns(entries).columns);
    CHECK(by_columns.size() == count);
    CHECK(by_columns.observations() == by_structs.observations());
  }
}

TEST_CASE("columns that several threads append are the same to the last bit (D5)", "[ledger][observation_columns]") {
  constexpr std::uint32_t count = 200'000;  // fewer are not worth a thread
  std::mt19937 random(7);
  const std::vector<std::string_view> indicators{"lifts", "nurseries", "never", "paths"}, places{"east", "west", "north"};
  std::vector<std::uint32_t> indicator, place;
  std::vector<std::int32_t> day, recorded;
  std::vector<double> low;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto number = static_cast<std::uint32_t>(random() % 3);
    indicator.push_back(number == 2 ? 3 : number);
    place.push_back(static_cast<std::uint32_t>(random() % 3));
    day.push_back(static_cast<std::int32_t>(18000 + random() % 900));
    recorded.push_back(day.back() + static_cast<std::int32_t>(random() % 9));
    low.push_back(static_cast<double>(random() % 50));
  }
  observation_columns columns;
  columns.size = count;
  columns.indicator = {indicator, indicators};
  columns.place = {place, places};
  columns.last_day = day;
  columns.recorded = recorded;
  columns.low = low;
  ledger alone, together;
  alone.append_columns(columns);
  together.append_columns(columns, 3);
  REQUIRE(together.view().series_count() == alone.view().series_count());
  for (series_id s = 0; s < alone.view().series_count(); ++s) {
    const row_slice a = alone.view().rows(std::uint32_t{0}, s);
    const row_slice b = together.view().rows(std::uint32_t{0}, s);
    REQUIRE(b.size == a.size);
    CHECK(std::equal(a.last_day, a.last_day + a.size, b.last_day));
    CHECK(std::equal(a.length_and_flags, a.length_and_flags + a.size, b.length_and_flags));
    CHECK(std::equal(a.batch, a.batch + a.size, b.batch));
    CHECK(std::equal(a.amount, a.amount + a.size, b.amount));
  }
  columns.low = {};
  low[150'000] = std::nan("");
  columns.low = low;
  CHECK_THROWS_AS(together.append_columns(columns, 3), invalid_input);
}

TEST_CASE("columns are appended to what is there", "[ledger][observation_columns]") {
  auto first = random_entries(900, 1), second = random_entries(700, 2);
  for (observation& o : second) o.key.clear();
  ledger by_structs, by_columns;
  by_structs.append(first);
  by_structs.append(second);
  by_columns.append_columns(as_columns(second).columns);
  by_columns.append_columns(as_columns(first).columns);
  CHECK(by_columns == by_structs);
}

TEST_CASE("columns that are left out have the values of an observation made plain", "[ledger][observation_columns]") {
  const std::vector<std::string_view> texts = {"lifts", "unused\nand wrong"};
  const std::vector<std::uint32_t> codes = {0, 0};
  const std::vector<std::int32_t> days = {0, 31};
  const std::vector<double> amounts = {1, 2};
  observation_columns columns;
  columns.size = 2;
  columns.indicator = {codes, texts};
  columns.last_day = days;
  columns.low = amounts;
  ledger book;
  book.append_columns(columns);
  const auto back = book.observations();
  REQUIRE(back.size() == 2);
  CHECK(back[0] == report("lifts", "", "1970-01-01", 1));
  CHECK(back[1] == report("lifts", "", "1970-02-01", 2));
}

TEST_CASE("a text that is in a dictionary twice is one text", "[ledger][observation_columns]") {
  const std::vector<std::string_view> indicators = {"lifts", "roads", "lifts"}, places = {"east", "", "east", ""};
  std::vector<std::uint32_t> indicator, place;
  std::vector<std::int32_t> days;
  std::vector<double> amounts;
  for (std::uint32_t i = 0; i < 300; ++i) {
    indicator.push_back(i % 3);
    place.push_back(i % 4);
    days.push_back(static_cast<std::int32_t>(i));
    amounts.push_back(i);
  }
  observation_columns columns;
  columns.size = 300;
  columns.indicator = {indicator, indicators};
  columns.place = {place, places};
  columns.last_day = days;
  columns.low = amounts;
  ledger book;
  book.append_columns(columns);
  CHECK(book.view().series_count() == 4);
  CHECK(book.entries("lifts", "east").size() == 100);
}

TEST_CASE("many series that are sparse among indicators and places are found", "[ledger][observation_columns]") {
  // so many pairs that they are not numbered
  std::vector<std::string> names;
  for (int i = 0; i < 3000; ++i) names.push_back("n" + std::to_string(i));
  const std::vector<std::string_view> texts(names.begin(), names.end());
  std::vector<std::uint32_t> indicator, place;
  for (std::uint32_t i = 0; i < 3000; ++i) {
    indicator.push_back(i);
    place.push_back(2999 - i);
  }
  const std::vector<std::int32_t> days(3000, 100);
  const std::vector<double> amounts(3000, 1);
  observation_columns columns;
  columns.size = 3000;
  columns.indicator = {indicator, texts};
  columns.place = {place, texts};
  columns.last_day = days;
  columns.low = amounts;
  ledger book;
  book.append_columns(columns);
  CHECK(book.view().series_count() == 3000);
  CHECK(book.entries("n7", "n2992").size() == 1);
  book.append_columns(columns);
  CHECK(book.view().series_count() == 3000);
  CHECK(book.entries("n7", "n2992").size() == 2);
}

TEST_CASE("keys in columns are kept as keys of observations are", "[ledger][observation_columns][keys]") {
  auto entries = random_entries(2000, 3);
  for (std::size_t i = 0; i < entries.size(); ++i) entries[i].key = "key " + std::to_string(i % 1900);
  for (std::size_t i = 1900; i < entries.size(); ++i) entries[i] = entries[i - 1900];
  ledger book;
  book.append_columns(as_columns(entries).columns);
  CHECK(book.size() == 1900);
  book.append_columns(as_columns(entries).columns);
  CHECK(book.size() == 1900);
  entries[1950].low = entries[1950].high = 17;
  entries[1950].missing.reset();
  entries[1950].withdrawn = false;
  const auto findings = findings_of(as_columns(entries).columns);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].code == code::key_conflict);
  CHECK(findings[0].where == "row 1951, key");
}

TEST_CASE("all that is wrong in columns is reported at once, each text where it is first used", "[ledger][observation_columns]") {
  auto entries = random_entries(8, 4);
  for (observation& o : entries) {
    o = report("lifts", "east", "2021-06", 1);
  }
  entries[2].place = entries[3].place = " x";
  entries[6].unit = "万";
  as_columns in(entries);
  in.low[0] = std::nan("");
  in.high[1] = 0;
  in.missing[4] = 200;
  in.last_day[5] = in.first_day[5] - 1;
  in.recorded[7] = 10'000'000;
  std::vector<std::pair<std::string, code>> found;
  for (const finding& f : findings_of(in.columns)) found.emplace_back(f.where, f.code);
  CHECK(found == std::vector<std::pair<std::string, code>>{{"row 1, amount", code::not_finite},
                                                            {"row 2, amount", code::out_of_range},
                                                            {"row 5, missing", code::out_of_range},
                                                            {"row 6, period", code::malformed_period},
                                                            {"row 8, recorded", code::out_of_range},
                                                            {"row 3, place", code::invalid_id},
                                                            {"row 7, unit", code::unknown_unit}});
}

TEST_CASE("codes outside their dictionary are refused", "[ledger][observation_columns]") {
  const as_columns in({report("lifts", "east", "2021-06", 1), report("lifts", "east", "2021-06", 1)});
  const std::vector<std::uint32_t> wild = {0, 7};
  observation_columns columns = in.columns;
  columns.place.codes = wild;
  const auto findings = findings_of(columns);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].where == "row 2, place");
  CHECK(findings[0].code == code::out_of_range);
}

TEST_CASE("columns that are missing or of another length are refused as options", "[ledger][observation_columns]") {
  const as_columns in({report("lifts", "east", "2021-06", 1), report("lifts", "east", "2021-06", 1)});
  observation_columns columns = in.columns;
  columns.low = {};
  columns.recorded = columns.recorded.first(1);
  ledger book;
  CHECK_THROWS_AS(book.append_columns(columns), invalid_option);
  const auto findings = findings_of(columns);
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].code == code::missing_field);
  CHECK(findings[0].where == "low");
  CHECK(findings[1].where == "recorded");
}

TEST_CASE("no columns at all append nothing", "[ledger][observation_columns]") {
  ledger book;
  book.append_columns({});
  CHECK(book.empty());
}
