#include <attain/core/error.hpp>
#include <attain/ledger/ledger.hpp>

#include "ledger/random_entries.hpp"
#include "support/catch.hpp"
#include "support/observations.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

using namespace attain;
using namespace attain::test;

static_assert(std::is_copy_constructible_v<ledger> && std::is_nothrow_move_assignable_v<ledger>);
static_assert(sizeof(ledger) == sizeof(std::shared_ptr<void>));

namespace {

std::vector<observation> sorted_as_text(std::vector<observation> entries) {
  const auto key = [](const observation& o) {
    std::string text = o.indicator + '|' + o.place + '|';
    for (const auto& [dimension, category] : o.dimensions) text += dimension + '=' + category + ';';
    text += '|' + o.step + '|' + o.stage + '|' + o.scope + '|' + o.unit + '|' + to_string(o.about) + '|';
    text += to_string(*o.recorded) + '|' + std::to_string(o.low) + '|' + std::to_string(o.high) + '|' + o.author + '|' + o.source +
            '|' + o.evidence + '|' + o.note + '|' + o.key;
    text += std::string("|") + (o.withdrawn ? "w" : "") + (o.missing ? "m" : "") + (o.low_open ? "l" : "") +
            (o.high_open ? "h" : "") + (o.form == amount_form::share_of_goal ? "s" : "");
    return text;
  };
  std::sort(entries.begin(), entries.end(), [&](const observation& a, const observation& b) { return key(a) < key(b); });
  return entries;
}

template <class Error>
Error error_of(ledger& book, const std::vector<observation>& entries) {
  try {
    book.append(entries);
  } catch (const Error& e) {
    return e;
  }
  FAIL("nothing was thrown");
  throw;
}

}  // namespace

TEST_CASE("a new ledger is empty", "[ledger][ledger]") {
  const ledger book;
  CHECK(book.empty());
  CHECK(book.observations().empty());
  CHECK(book.entries("lifts", "east").empty());
  CHECK_FALSE(book.last_recorded().has_value());
  CHECK(book == ledger());
}

TEST_CASE("a ledger gives back what was appended, with the recorded day made plain", "[ledger][ledger]") {
  ledger book;
  observation o = report("lifts", "east", "2021-06", 12);
  o.recorded.reset();
  o.dimensions = {{"sex", "f"}, {"age", "15-24"}};
  o.author = "bureau";
  o.source = "https://example.org/1";
  o.evidence = "photograph";
  o.note = "first\nsecond";
  o.key = "key 1";
  o.unit = "台";
  o.stage = "开工";
  o.scope = "urban";
  book.append(o);
  REQUIRE(book.size() == 1);
  observation back = book.observations().front();
  CHECK(back.recorded == date(2021, 6, 30));
  CHECK(back.dimensions == std::vector<std::pair<std::string, std::string>>{{"age", "15-24"}, {"sex", "f"}});
  CHECK(back == normalised(o));
}

TEST_CASE("every form of an entry survives: interval, open ends, share, missing, withdrawn (R11)", "[ledger][ledger]") {
  ledger book;
  observation open = report("a", "", "2021-01", 180);
  open.high_open = true;
  observation share = report("b", "", "2021-01", 0.5);
  share.form = amount_form::share_of_goal;
  const std::vector<observation> entries = {open, interval("a", "", "2021-02", 97, 99), share,
                                            without_amount("c", "", "2021-01", reason::withheld),
                                            withdrawal("c", "", "2021-02")};
  book.append(entries);
  CHECK(book.observations() == entries);
}

TEST_CASE("a correction is kept beside what it corrects, in the order of recording (R1)", "[ledger][ledger]") {
  ledger book;
  book.append(report("lifts", "east", "2021-06", 15, "2021-07-09"));
  book.append(report("lifts", "east", "2021-06", 12, "2021-07-03"));
  book.append(withdrawal("lifts", "east", "2021-06", "2021-07-20"));
  const auto history = book.entries("lifts", "east");
  REQUIRE(history.size() == 3);
  CHECK(history[0].low == 12);
  CHECK(history[1].low == 15);
  CHECK(history[2].withdrawn);
  CHECK(book.last_recorded() == date(2021, 7, 20));
}

TEST_CASE("the period and the day of recording are kept apart (R2)", "[ledger][ledger]") {
  ledger book;
  book.append(report("lifts", "east", "2021", 139, "2022-01-15"));
  const observation back = book.observations().front();
  CHECK(back.about == parse_period("2021"));
  CHECK(back.recorded == date(2022, 1, 15));
}

TEST_CASE("a copy, a view and their entries stay what they were when the ledger goes on (T2)", "[ledger][ledger]") {
  ledger book;
  book.append(random_entries(300, 1));
  const ledger before = book;
  const ledger_view view = book.view();
  const auto seen = before.observations();
  for (const observation& o : random_entries(300, 2)) {
    observation other = o;
    if (!other.key.empty()) other.key += " again";
    book.append(other);
  }
  CHECK(before.observations() == seen);
  CHECK(view.size() == 300);
  CHECK(book.size() == 600);
  CHECK(before != book);
}

TEST_CASE("two copies go on independently (T2)", "[ledger][ledger]") {
  ledger first;
  first.append(random_entries(100, 3));
  ledger second = first;
  first.append(report("only in the first", "east", "2021-06", 1));
  second.append(report("only in the second", "west", "2021-07", 2));
  second.append(report("only in the first", "east", "2021-06", 3));
  CHECK(first.entries("only in the first", "east").front().low == 1);
  CHECK(second.entries("only in the first", "east").front().low == 3);
  CHECK(first.entries("only in the second", "west").empty());
}

TEST_CASE("the order of appending never matters (R1)", "[ledger][ledger]") {
  const auto entries = random_entries(600, 4);
  ledger at_once;
  at_once.append(entries);
  const auto expected = at_once.observations();
  REQUIRE(expected.size() == entries.size());

  std::mt19937 random(5);
  for (int round = 0; round < 20; ++round) {
    auto shuffled = entries;
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    ledger book;
    const std::span all(shuffled);
    for (std::size_t at = 0; at < all.size();) {
      const std::size_t size = std::min<std::size_t>(1 + random() % (round % 2 == 0 ? 3 : 200), all.size() - at);
      if (size == 1) book.append(all[at]);
      else book.append(all.subspan(at, size));
      at += size;
    }
    CHECK(book.observations() == expected);
    CHECK(book == at_once);
  }
}

TEST_CASE("nothing is lost or invented by merging", "[ledger][ledger]") {
  std::vector<observation> expected;
  ledger book;
  for (unsigned seed = 10; seed < 30; ++seed) {
    auto entries = random_entries(1 + seed * 13 % 170, seed);
    for (observation& o : entries) {
      if (!o.key.empty()) o.key += " of " + std::to_string(seed);
      expected.push_back(normalised(o));
    }
    book.append(entries);
    CHECK(book.size() == expected.size());
  }
  CHECK(sorted_as_text(book.observations()) == sorted_as_text(expected));
}

TEST_CASE("ledgers are equal if they hold the same entries, however often each was reported", "[ledger][ledger]") {
  const observation o = report("lifts", "east", "2021-06", 12);
  ledger once, twice, other;
  once.append(o);
  twice.append(o);
  twice.append(o);
  other.append(report("lifts", "east", "2021-06", 13));
  CHECK(once != twice);
  CHECK(twice.size() == 2);
  CHECK(once != other);
  once.append(o);
  CHECK(once == twice);
}

TEST_CASE("series without entries make no difference", "[ledger][ledger]") {
  ledger a, b;
  a.append(report("lifts", "east", "2021-06", 12));
  b.series_for(report("roads", "west", "2021-06", 0));
  b.append(report("lifts", "east", "2021-06", 12));
  CHECK(a == b);
  CHECK(b.observations().size() == 1);
}

TEST_CASE("zero has no sign", "[ledger][ledger]") {
  ledger a, b;
  a.append(report("lifts", "east", "2021-06", 0.0));
  b.append(report("lifts", "east", "2021-06", -0.0));
  CHECK_FALSE(std::signbit(b.observations().front().low));
  CHECK(a == b);
}

// -- keys ----------------------------------------------------------------------------------------

TEST_CASE("the same entry under the same key is appended once", "[ledger][keys]") {
  observation o = report("lifts", "east", "2021-06", 12);
  o.key = "k";
  ledger book;
  book.append(o);
  const auto state = book.view().state_id();
  book.append(o);
  CHECK(book.size() == 1);
  CHECK(book.view().state_id() == state);
  book.append(std::vector{o, report("lifts", "west", "2021-06", 1), o});
  CHECK(book.size() == 2);
  book.append(std::vector<observation>(100, o));
  CHECK(book.size() == 2);
}

TEST_CASE("a key is remembered through every merge", "[ledger][keys]") {
  auto entries = random_entries(500, 6);
  for (std::size_t i = 0; i < entries.size(); ++i) entries[i].key = "key " + std::to_string(i);
  ledger book;
  for (const observation& o : entries) book.append(o);
  REQUIRE(book.size() == 500);
  book.append(entries);
  CHECK(book.size() == 500);
  for (observation& o : entries) o.note += "!";
  CHECK(error_of<ledger_conflict>(book, entries).findings().size() == 500);
}

TEST_CASE("another entry under a key is refused, and both are named", "[ledger][keys]") {
  observation o = report("lifts", "east", "2021-06", 12, "2021-07-03");
  o.key = "k";
  ledger book;
  book.append(o);
  const ledger before = book;
  o.low = o.high = 13;
  const auto error = error_of<ledger_conflict>(book, {report("lifts", "west", "2021-06", 1), o});
  REQUIRE(error.findings().size() == 1);
  const finding& f = error.findings().front();
  CHECK(f.code == code::key_conflict);
  CHECK(f.where == "row 2, key");
  CHECK(f.text == "k");
  CHECK_THAT(f.message, ContainsSubstring("lifts at east, 2021-06: 12, recorded 2021-07-03"));
  CHECK_THAT(f.message, ContainsSubstring("lifts at east, 2021-06: 13, recorded 2021-07-03"));
  CHECK(book == before);
  CHECK(book.view().state_id() == before.view().state_id());
}

TEST_CASE("two entries under one key within an append are refused, with the rows of both", "[ledger][keys]") {
  observation a = report("lifts", "east", "2021-06", 12), b = report("lifts", "east", "2021-06", 13);
  a.key = b.key = "k";
  ledger book;
  const auto error = error_of<ledger_conflict>(book, {a, report("x", "", "2021", 1), b});
  REQUIRE(error.findings().size() == 1);
  CHECK(error.findings().front().where == "row 3, key");
  CHECK_THAT(error.findings().front().message, ContainsSubstring("row 1, key"));
  CHECK(book.empty());
}

TEST_CASE("each part of an entry tells it from another under the same key", "[ledger][keys]") {
  observation base = report("lifts", "east", "2021-06", 12, "2021-07-03");
  base.key = "k";
  const auto with = [&](auto change) {
    observation o = base;
    change(o);
    return o;
  };
  const observation others[] = {
      with([](observation& o) { o.indicator = "roads"; }),
      with([](observation& o) { o.place = "west"; }),
      with([](observation& o) { o.about = parse_period("2021-06-01/2021-06-29"); }),
      with([](observation& o) { o.about = parse_period("2021-05/2021-06"); }),
      with([](observation& o) { o.high = 13; }),
      with([](observation& o) { o.high_open = true; }),
      with([](observation& o) { o.form = amount_form::share_of_goal; }),
      with([](observation& o) { o.withdrawn = true; }),
      with([](observation& o) { o.missing = reason::withheld; }),
      with([](observation& o) { o.dimensions = {{"sex", "f"}}; }),
      with([](observation& o) { o.step = "s"; }),
      with([](observation& o) { o.stage = "s"; }),
      with([](observation& o) { o.scope = "s"; }),
      with([](observation& o) { o.unit = "台"; }),
      with([](observation& o) { o.recorded = date(2021, 7, 4); }),
      with([](observation& o) { o.author = "a"; }),
      with([](observation& o) { o.source = "s"; }),
      with([](observation& o) { o.evidence = "e"; }),
      with([](observation& o) { o.note = "n"; }),
  };
  for (const observation& other : others) {
    ledger book;
    book.append(base);
    CHECK_THROWS_AS(book.append(other), ledger_conflict);
    CHECK(book.size() == 1);
  }
}

// -- refusals ------------------------------------------------------------------------------------

TEST_CASE("all problems of an append are reported at once and nothing is appended", "[ledger][ledger]") {
  const double infinite = std::numeric_limits<double>::infinity();
  std::vector<observation> entries(12, report("lifts", "east", "2021-06", 1));
  entries[0].low = entries[0].high = std::nan("");
  entries[1].high = infinite;
  entries[2].low = 2;
  entries[3].about = {date(2021, 6, 1), date(2021, 6, 1)};
  entries[4].about = {date(1, 1, 1), date(9999, 12, 31)};
  entries[5].indicator = "";
  entries[6].place = " east";
  entries[7].missing = reason::stale;
  entries[8].missing = reason::withheld;
  entries[8].withdrawn = true;
  entries[9].dimensions = {{"sex", "f"}, {"sex", "m"}};
  entries[10].dimensions = {{"a=b", "c"}};
  ledger book;
  const auto error = error_of<invalid_input>(book, entries);
  std::vector<std::pair<std::string, code>> found;
  for (const finding& f : error.findings()) found.emplace_back(f.where, f.code);
  CHECK(found == std::vector<std::pair<std::string, code>>{{"row 1, amount", code::not_finite},
                                                            {"row 2, amount", code::not_finite},
                                                            {"row 3, amount", code::out_of_range},
                                                            {"row 4, period", code::malformed_period},
                                                            {"row 5, period", code::out_of_range},
                                                            {"row 6, indicator", code::invalid_id},
                                                            {"row 7, place", code::invalid_id},
                                                            {"row 8, missing", code::out_of_range},
                                                            {"row 9, missing", code::malformed},
                                                            {"row 10, dimensions", code::duplicate_id},
                                                            {"row 11, dimensions", code::invalid_id}});
  CHECK(book.empty());
  CHECK(book == ledger());
}

TEST_CASE("a text is refused for what it is, even if the ledger has it in another role", "[ledger][ledger]") {
  observation o = report("lifts", "east", "2021-06", 1);
  o.note = "a/b";
  ledger book;
  book.append(o);
  CHECK_THROWS_AS(book.append(report("a/b", "east", "2021-06", 1)), invalid_input);
  observation unit_of_a_note = report("lifts", "east", "2021-06", 1);
  unit_of_a_note.unit = "a note";
  unit_of_a_note.author = std::string("bad\nauthor");
  CHECK_THROWS_AS(book.append(unit_of_a_note), invalid_input);
  CHECK(book.size() == 1);
}

TEST_CASE("a single entry is refused by the names of its fields", "[ledger][ledger]") {
  ledger book;
  observation o = report("lifts", "east", "2021-06", std::nan(""));
  o.note = "\xff";
  try {
    book.append(o);
    FAIL("nothing was thrown");
  } catch (const invalid_input& error) {
    REQUIRE(error.findings().size() == 2);
    CHECK(error.findings()[0].where == "amount");
    CHECK(error.findings()[1].where == "note");
    CHECK(error.findings()[1].code == code::bad_encoding);
  }
}

TEST_CASE("the amounts of what has no amount are not looked at", "[ledger][ledger]") {
  observation o = withdrawal("lifts", "east", "2021-06");
  o.low = std::nan("");
  ledger book;
  book.append(o);
  CHECK(book.observations().front().low == 0);
}

TEST_CASE("of very many problems a thousand are listed and the rest are counted", "[ledger][ledger]") {
  ledger book;
  const auto error = error_of<invalid_input>(book, std::vector<observation>(1500, report("", "east", "2021-06", 1)));
  CHECK(error.findings().size() == 1001);
  CHECK(error.findings().back().message == "500 more problems are not listed");
}

// -- appending by ids ----------------------------------------------------------------------------

TEST_CASE("an entry appended by ids is the entry appended by texts", "[ledger][ledger]") {
  observation o = report("lifts", "east", "2021-06", 12, "2021-07-03");
  o.author = "bureau";
  ledger by_texts, by_ids;
  by_texts.append(o);
  by_texts.append(interval("lifts", "east", "2021-07", 1, 2));
  const series_id series = by_ids.series_for(o);
  const batch_id batch = by_ids.batch_for(date(2021, 7, 3), "bureau");
  CHECK(by_ids.empty());
  by_ids.append_row({.series = series, .batch = batch, .last_day = date(2021, 6, 30).days(), .length_and_flags = 30, .amount = 12,
                     .high = 12});
  by_ids.append_row({.series = series, .batch = by_ids.batch_for(date(2021, 7, 31)), .last_day = date(2021, 7, 31).days(),
                     .length_and_flags = 31, .amount = 1, .high = 2});
  CHECK(by_ids == by_texts);
  CHECK(by_ids.series_for(o) == series);
}

TEST_CASE("an entry appended by ids must be possible", "[ledger][ledger]") {
  ledger book;
  const series_id series = book.series_for(report("lifts", "east", "2021-06", 0));
  const batch_id batch = book.batch_for(date(2021, 7, 3));
  const ledger_row sound{.series = series, .batch = batch, .last_day = 0, .length_and_flags = 1, .amount = 1, .high = 1};
  const auto refuses = [&](auto change) {
    ledger_row row = sound;
    change(row);
    CHECK_THROWS_AS(book.append_row(row), invalid_input);
  };
  refuses([](ledger_row& r) { r.amount = std::nan(""); });
  refuses([](ledger_row& r) { r.amount = 2; });
  refuses([](ledger_row& r) { r.length_and_flags = 0; });
  refuses([](ledger_row& r) { r.last_day = std::numeric_limits<std::int32_t>::max(); });
  refuses([](ledger_row& r) {
    r.length_and_flags |= row_flag::missing;
    r.amount = static_cast<double>(reason::stale);
  });
  refuses([](ledger_row& r) {
    r.length_and_flags |= row_flag::missing;
    r.amount = 1e300;
  });
  refuses([](ledger_row& r) { r.length_and_flags |= row_flag::missing | row_flag::withdrawn; });
  CHECK(book.empty());
  book.append_row(sound);
  CHECK(book.size() == 1);
}

// -- size and threads ----------------------------------------------------------------------------

TEST_CASE("a million entries of a hundred thousand series take about 24 bytes each", "[ledger][ledger]") {
  constexpr std::size_t rows = 1'000'000, indicators = 10'000, places = 10;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < indicators + places; ++i) names.push_back("id" + std::to_string(i));
  const std::vector<std::string_view> texts(names.begin(), names.end());
  std::vector<std::uint32_t> indicator(rows), place(rows);
  std::vector<std::int32_t> day(rows);
  std::vector<double> amount(rows);
  std::mt19937 random(7);
  for (std::size_t i = 0; i < rows; ++i) {
    indicator[i] = static_cast<std::uint32_t>(random() % indicators);
    place[i] = static_cast<std::uint32_t>(random() % places);
    day[i] = 18000 + static_cast<std::int32_t>(random() % 60) * 30;
    amount[i] = static_cast<double>(i);
  }
  observation_columns columns;
  columns.size = rows;
  columns.indicator = {indicator, texts};
  columns.place = {place, texts};
  columns.last_day = day;
  columns.low = amount;
  ledger book;
  book.append_columns(columns);
  CHECK(book.size() == rows);
  CHECK(static_cast<double>(book.memory_bytes()) / rows < 24.0);
}

TEST_CASE("a ledger may be read by many threads while copies go on", "[ledger][ledger]") {
  ledger book;
  book.append(random_entries(400, 8));
  const auto expected = book.observations();
  const auto expected_entries = book.entries("indicator1", "place1");
  std::vector<std::thread> threads;
  std::vector<int> right(4, 0);
  for (std::size_t t = 0; t < right.size(); ++t) {
    threads.emplace_back([&, t] {
      ledger own = book;
      for (int i = 0; i < 50; ++i) own.append(report("own", "", "2021-06", i));
      right[t] = book.observations() == expected && book.entries("indicator1", "place1") == expected_entries && own.size() == 450;
    });
  }
  for (std::thread& t : threads) t.join();
  CHECK(right == std::vector<int>(4, 1));
}
