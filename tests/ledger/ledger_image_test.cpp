#include <attain/core/error.hpp>
#include <attain/ledger/ledger_image.hpp>

#include "ledger/random_entries.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <utility>
#include <vector>

using namespace attain;

namespace {

template <class T>
attain::detail::column<T> column_of(std::span<const T> values) {
  attain::detail::column<T> made(values.size());
  std::copy(values.begin(), values.end(), made.begin());
  return made;
}

template <class T>
std::vector<T> vector_of(std::span<const T> values) {
  return {values.begin(), values.end()};
}

/// The image of a ledger with columns of its own.
ledger_image own_image(const ledger& book) {
  const ledger_image_view view = image_of(book);
  ledger_image image{.tables = view.tables, .runs = {}};
  for (const run_image_view& run : view.runs) {
    image.runs.push_back({run.series, run.count, column_of(run.last_day), column_of(run.length_and_flags), column_of(run.batch),
                          column_of(run.amount), vector_of(run.high_rows), vector_of(run.evidence_rows), vector_of(run.note_rows),
                          vector_of(run.key_rows), vector_of(run.high), vector_of(run.evidence), vector_of(run.note),
                          vector_of(run.key)});
  }
  return image;
}

/// A ledger with runs and a tail.
ledger image_book() {
  ledger book;
  book.append(test::random_entries(300, 31));
  const auto more = test::random_entries(400, 32);
  for (std::size_t i = 300; i < more.size(); ++i) book.append(more[i]);
  return book;
}

/// What is wrong with an image after a change, "code at where" of the first finding; empty if nothing is.
std::string wrong_after(const std::function<void(ledger_image&)>& change) {
  ledger_image image = own_image(image_book());
  change(image);
  try {
    ledger_from(std::move(image));
  } catch (const invalid_input& refused) {
    const finding& first = refused.findings().front();
    return std::string(to_string(first.code)) + " at " + first.where;
  }
  return {};
}

}  // namespace

TEST_CASE("a ledger taken up from its image is the same ledger", "[ledger][ledger_image]") {
  const ledger book = image_book();
  const ledger back = ledger_from(own_image(book));
  CHECK(back == book);
  CHECK(back.size() == book.size());
  CHECK(back.last_recorded() == book.last_recorded());
  CHECK(back.observations() == book.observations());
  CHECK(ledger_from(own_image(ledger())) == ledger());
}

TEST_CASE("a ledger taken up from its image goes on as the other would", "[ledger][ledger_image]") {
  ledger book = image_book();
  observation keyed{.indicator = "lifts", .about = {date(2021, 1, 1), date(2021, 2, 1)}, .low = 1, .high = 1, .key = "own"};
  book.append(keyed);
  ledger back = ledger_from(own_image(book));
  const auto more = test::random_entries(200, 33);
  for (ledger* one : {&book, &back}) {
    for (std::size_t i = 0; i < 100; ++i) {
      observation entry = more[i];
      entry.key.clear();
      one->append(entry);
    }
  }
  CHECK(back == book);
  back.append(keyed);  // the same entry under its key is no new one
  CHECK(back == book);
  keyed.high = 2;
  CHECK_THROWS_AS(back.append(keyed), ledger_conflict);
}

TEST_CASE("an image that no ledger has is refused by the name of what is wrong", "[ledger][ledger_image]") {
  CHECK(wrong_after([](ledger_image&) {}) == "");

  // texts
  CHECK(wrong_after([](ledger_image& i) { i.tables.text_lengths.clear(); }) == "malformed at text 1, length");
  CHECK(wrong_after([](ledger_image& i) { i.tables.text_lengths[1] = 1u << 30; }) == "malformed at text 2, length");
  CHECK(wrong_after([](ledger_image& i) { i.tables.text_bytes += "more"; }).starts_with("malformed at text"));
  CHECK(wrong_after([](ledger_image& i) {
          const std::uint32_t length = i.tables.text_lengths[1];
          i.tables.text_lengths.push_back(length);
          i.tables.text_bytes += i.tables.text_bytes.substr(0, length);
        }).starts_with("duplicate_id at text"));
  CHECK(wrong_after([](ledger_image& i) { i.tables.text_bytes[0] = '\xFF'; }).starts_with("bad_encoding at text"));

  // series and batches
  CHECK(wrong_after([](ledger_image& i) { i.tables.indicator[2] = 0; }) == "malformed at series 3, indicator");
  CHECK(wrong_after([](ledger_image& i) { i.tables.place[2] = 100000; }) == "out_of_range at series 3, place");
  CHECK(wrong_after([](ledger_image& i) { i.tables.unit.pop_back(); }).starts_with("malformed at series"));
  CHECK(wrong_after([](ledger_image& i) {
          for (auto* c : {&i.tables.indicator, &i.tables.place, &i.tables.dimensions, &i.tables.step, &i.tables.stage,
                          &i.tables.scope, &i.tables.unit}) {
            (*c)[1] = (*c)[0];
          }
        }) == "duplicate_id at series 2, indicator");
  CHECK(wrong_after([](ledger_image& i) { i.tables.recorded[0] = 3000000; }) == "out_of_range at batch 1, recorded");
  CHECK(wrong_after([](ledger_image& i) { i.tables.source[0] = 100000; }) == "out_of_range at batch 1, source");

  // runs
  CHECK(wrong_after([](ledger_image& i) { i.runs[0].batch = {}; }) == "malformed at run 1, rows");
  CHECK(wrong_after([](ledger_image& i) { i.runs.emplace_back(); }).starts_with("malformed at run"));
  CHECK(wrong_after([](ledger_image& i) { i.runs[0].series[0] = 100000; }) == "malformed at run 1, series");
  CHECK(wrong_after([](ledger_image& i) { ++i.runs[0].count[0]; }) == "malformed at run 1, series");
  CHECK(wrong_after([](ledger_image& i) { i.runs[0].count[0] = 0xFFFFFFFFu; }) == "malformed at run 1, series");
  CHECK(wrong_after([](ledger_image& i) { std::swap(i.runs[0].series[0], i.runs[0].series[1]); }) ==
        "malformed at run 1, series");
  CHECK(wrong_after([](ledger_image& i) { i.runs[0].key_rows[0] = 100000; }) == "malformed at run 1, key");
  CHECK(wrong_after([](ledger_image& i) { i.runs[0].note.pop_back(); }).starts_with("malformed at note of run"));
  CHECK(wrong_after([](ledger_image& i) { i.runs[0].evidence[0] = 0; }) == "malformed at run 1, evidence");
  CHECK(wrong_after([](ledger_image& i) { i.runs[0].key[1] = i.runs[0].key[0]; }).starts_with("key_conflict at text"));
}

TEST_CASE("a row that no ledger has is refused by its number", "[ledger][ledger_image]") {
  const auto plain_row = [](const run_image& run) {
    std::size_t row = 0;
    while ((run.length_and_flags[row] & row_flag::content) != 0) ++row;
    return row;
  };
  const auto after = [&](auto change) {
    std::size_t row = 0;
    const std::string wrong = wrong_after([&](ledger_image& image) {
      row = plain_row(image.runs[0]);
      change(image.runs[0], row);
    });
    const std::string name = " at run 1, row " + std::to_string(row + 1);
    const std::size_t at = wrong.find(name);
    return at == std::string::npos ? wrong : wrong.substr(0, at) + wrong.substr(at + name.size());
  };
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(after([&](run_image& r, std::size_t i) { r.amount[i] = nan; }) == "out_of_range, amount");
  CHECK(after([](run_image& r, std::size_t i) { r.amount[i] = HUGE_VAL; }) == "out_of_range, amount");
  CHECK(after([](run_image& r, std::size_t i) { r.last_day[i] = 0x7FFFFFFF; }) == "out_of_range, amount");
  CHECK(after([](run_image& r, std::size_t i) { r.last_day[i] = -0x7FFFFFFF - 1; }) == "out_of_range, amount");
  CHECK(after([](run_image& r, std::size_t i) { r.length_and_flags[i] &= ~row_flag::length; }) == "out_of_range, amount");
  CHECK(after([](run_image& r, std::size_t i) { r.length_and_flags[i] |= 1u << 31; }) == "malformed, length_and_flags");
  CHECK(after([](run_image& r, std::size_t i) { r.length_and_flags[i] |= row_flag::missing | row_flag::withdrawn; }) ==
        "out_of_range, amount");
  CHECK(after([](run_image& r, std::size_t i) {
          r.length_and_flags[i] |= row_flag::missing;
          r.amount[i] = 200;  // no reason has this number
        }) == "out_of_range, amount");
  CHECK(after([](run_image& r, std::size_t i) {
          r.length_and_flags[i] |= row_flag::missing;
          r.amount[i] = 1.5;
        }) == "out_of_range, amount");
  CHECK(after([](run_image& r, std::size_t i) {
          r.length_and_flags[i] |= row_flag::withdrawn;
          r.amount[i] = 5;
        }) == "out_of_range, amount");
  CHECK(after([](run_image& r, std::size_t i) { r.batch[i] = 100000; }) == "out_of_range, batch");
  CHECK(after([](run_image& r, std::size_t i) { r.length_and_flags[i] |= row_flag::interval; }) == "malformed at run 1, high");
  CHECK(after([&](run_image& r, std::size_t) { r.high[0] = nan; }).starts_with("out_of_range at run 1, row"));
  CHECK(after([](run_image& r, std::size_t) { std::swap(r.last_day[0], r.last_day[r.count[0] - 1]); }).starts_with("malformed"));
}

TEST_CASE("rows of nothing but amounts are looked at however many they are", "[ledger][ledger_image]") {
  std::vector<observation> reports;
  for (int i = 0; i < 3000; ++i) {
    const date day = date(1800, 1, 1) + i;
    const double amount = i % 10 == 0 ? 0 : i;
    for (const char* indicator : {"lifts", "schools"}) {
      reports.push_back(
          {.indicator = indicator, .about = {day, day + 1}, .low = amount, .high = amount, .recorded = date(2021, 1, 1)});
      if (i % 7 != 0) continue;
      reports.push_back({.indicator = indicator, .about = {day, day + 1}, .low = 1, .high = 1, .recorded = date(2021, 1, 1)});
      reports.push_back({.indicator = indicator, .about = {day, day + 1}, .low = 2, .high = 2, .recorded = date(2021, 2, 1)});
    }
  }
  ledger book;
  book.append(reports);
  const auto after = [&](const auto& change) {
    ledger_image image = own_image(book);
    REQUIRE(image.runs.size() == 1);
    change(image.runs[0]);
    try {
      const ledger back = ledger_from(std::move(image));
      CHECK(back == book);
      const run_image_view is = image_of(back).runs[0], was = image_of(book).runs[0];
      CHECK(std::equal(was.length_and_flags.begin(), was.length_and_flags.end(), is.length_and_flags.begin()));
      CHECK(std::none_of(is.amount.begin(), is.amount.end(), [](double amount) { return std::signbit(amount); }));
    } catch (const invalid_input& refused) {
      const finding& first = refused.findings().front();
      return std::string(to_string(first.code)) + " at " + first.where;
    }
    return std::string();
  };
  CHECK(after([](run_image&) {}).empty());
  CHECK(after([](run_image& r) {
          for (double& amount : r.amount) amount = amount == 0 ? -0.0 : amount;
          for (std::uint32_t& flags : r.length_and_flags) flags ^= row_flag::followed;
        }).empty());
  const std::size_t rows = reports.size();
  for (const std::size_t row : {std::size_t{0}, std::size_t{2047}, std::size_t{2048}, std::size_t{5000}, rows - 1}) {
    const std::string where = " at run 1, row " + std::to_string(row + 1);
    const std::string wrong = "out_of_range" + where + ", amount";
    CHECK(after([&](run_image& r) { r.amount[row] = -HUGE_VAL; }) == wrong);
    CHECK(after([&](run_image& r) { r.amount[row] = std::numeric_limits<double>::quiet_NaN(); }) == wrong);
    CHECK(after([&](run_image& r) { r.length_and_flags[row] &= ~row_flag::length; }) == wrong);
    const std::int32_t least = (std::numeric_limits<std::int32_t>::min)(), most = (std::numeric_limits<std::int32_t>::max)();
    const std::int32_t first = (date::min)().days(), last = (date::max)().days();
    for (const std::int32_t day : {least, least + 1, least + 400'000, first - 1, last, last + 1, most - 1, most}) {
      CHECK(after([&](run_image& r) { r.last_day[row] = day; }) == wrong);
    }
    CHECK(after([&](run_image& r) {
            r.last_day[row] = first + 9;
            r.length_and_flags[row] = 11;
          }) == wrong);
    CHECK(after([&](run_image& r) { r.batch[row] = 2; }) == "out_of_range" + where + ", batch");
    if (row == 0) continue;
    CHECK(after([&](run_image& r) { r.last_day[row] = r.last_day[row - 1] - 1; }) == "malformed" + where + ", last_day");
  }
}

TEST_CASE("what an image says of identities is found out again", "[ledger][ledger_image]") {
  const ledger book = image_book();
  ledger_image image = own_image(book);
  for (run_image& run : image.runs) {
    for (std::uint32_t& flags : run.length_and_flags) flags ^= row_flag::followed | row_flag::tie;
  }
  const ledger back = ledger_from(std::move(image));
  const ledger_view was = book.view(), is = back.view();
  for (std::uint32_t run = 0; run < was.run_count(); ++run) {
    for (series_id series = 0; series < was.series_count(); ++series) {
      const row_slice a = was.rows(run, series), b = is.rows(run, series);
      REQUIRE(a.size == b.size);
      CHECK(std::equal(a.length_and_flags, a.length_and_flags + a.size, b.length_and_flags));
    }
  }
}
