#include <attain/ledger/detail/run_builder.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <cstdint>
#include <random>
#include <tuple>
#include <vector>

using namespace attain;
using namespace attain::detail;

namespace {

struct given {
  std::vector<series_id> series;
  std::vector<row_fields> fields;

  auto plain() const noexcept {
    return [all = fields.data()](std::size_t row) noexcept { return all[row]; };
  }
  const row_fields& whole(std::size_t row) const noexcept { return fields[row]; }
};

given random_rows(std::size_t count, std::uint32_t series_count, unsigned seed, std::uint32_t days = 100, bool extras = false) {
  std::mt19937 random(seed);
  given rows;
  for (std::size_t i = 0; i < count; ++i) {
    rows.series.push_back(random() % 50 == 0 ? nowhere : static_cast<series_id>(random() % series_count));
    row_fields f;
    f.last_day = static_cast<std::int32_t>(random() % days) - 50;
    f.length_and_flags = 1 + static_cast<std::uint32_t>(random() % 3);
    f.batch = static_cast<batch_id>(random() % 5);
    f.amount = f.high = static_cast<double>(random() % 3);
    if (extras && random() % 3 == 0) {
      f.length_and_flags |= row_flag::interval;
      f.high += 1 + static_cast<double>(random() % 2);
    }
    if (extras && random() % 3 == 0) f.evidence = 1 + static_cast<text_id>(random() % 4);
    if (extras && random() % 3 == 0) f.note = 1 + static_cast<text_id>(random() % 4);
    rows.fields.push_back(f);
  }
  return rows;
}

/// What decides the order and the flags, one tuple a row.
using told = std::tuple<series_id, std::int32_t, std::int32_t, std::int32_t, bool, double, double, text_id, text_id>;

told tell(series_id series, const row_fields& f, std::int32_t recorded) {
  return {series,
          f.last_day,
          -static_cast<std::int32_t>(f.length_and_flags & row_flag::length),
          recorded,
          (f.length_and_flags & row_flag::interval) != 0,
          f.amount,
          f.high,
          f.evidence,
          f.note};
}

void check_against_sorting(const given& rows, std::uint32_t series_count, bool extras = false) {
  const interned<key_store<batch_key>> none;
  interner batches(none);
  // Of entries with extras each batch has a day of its own, so that authors do not come before evidence in the order.
  for (std::int32_t day = 0; day < 5; ++day)
    batches.find_or_add({extras ? day : day / 2, extras ? 0 : static_cast<text_id>(day), 0});
  text_table no_texts;
  interner texts(no_texts);
  for (const char* text : {"", "a", "b", "c", "d"}) texts.find_or_add(text);

  column<series_id> series(rows.series.size());
  std::copy(rows.series.begin(), rows.series.end(), series.data());
  run_builder builder(std::move(series), rows, extras, series_count);
  const auto built = builder.build(texts, batches);

  std::vector<told> expected, found;
  for (std::size_t i = 0; i < rows.series.size(); ++i) {
    const row_fields& f = rows.fields[i];
    if (rows.series[i] == nowhere) continue;
    expected.push_back(tell(rows.series[i], f, batches[f.batch].recorded));
  }
  std::sort(expected.begin(), expected.end());

  bool flags_right = true;
  for (series_id s = 0; s < series_count; ++s) {
    const row_range range = built->directory.find(s);
    bool tied = false;
    for (std::uint32_t row = range.begin; row < range.end; ++row) {
      const row_fields f = built->fields(row);
      found.push_back(tell(s, f, batches[f.batch].recorded));
      const auto identity = [&](std::uint32_t r) { return identity_of(built->last_day[r], built->length_and_flags[r]); };
      const bool followed = row + 1 < range.end && identity(row + 1) == identity(row);
      const bool same_day = row > range.begin && identity(row - 1) == identity(row) &&
                            batches[built->batch[row - 1]].recorded == batches[f.batch].recorded;
      tied = same_day && (tied || built->amount[row - 1] != f.amount || built->high_of(row - 1) != f.high);
      flags_right = flags_right && followed == ((f.length_and_flags & row_flag::followed) != 0) &&
                    tied == ((f.length_and_flags & row_flag::tie) != 0);
    }
  }
  CHECK(found == expected);
  CHECK(flags_right);
}

}  // namespace

TEST_CASE("a run is what sorting all rows gives, however many rows and series there are", "[ledger][run_builder]") {
  struct shape {
    std::size_t rows;
    std::uint32_t series;
  };
  const shape shapes[] = {{0, 3},      {1, 1},        {500, 7},          {500, 100'000},    {5'000, 1},
                          {20'000, 3}, {20'000, 900}, {20'000, 300'000}, {300'000, 100'000}};
  unsigned seed = 0;
  for (const auto& [rows, series] : shapes) {
    CAPTURE(rows, series);
    check_against_sorting(random_rows(rows, series, ++seed), series);
  }
}

TEST_CASE("days that lie far apart are in order, too", "[ledger][run_builder]") {
  check_against_sorting(random_rows(3'000, 20, 1, 2'000'000), 20);
  check_against_sorting(random_rows(200'000, 9'000, 2, 2'000'000), 9'000);
}

TEST_CASE("high ends and texts stay with their rows", "[ledger][run_builder]") {
  check_against_sorting(random_rows(700, 9, 1, 100, true), 9, true);
  check_against_sorting(random_rows(20'000, 900, 2, 100, true), 900, true);
  check_against_sorting(random_rows(20'000, 300'000, 3, 100, true), 300'000, true);
}
