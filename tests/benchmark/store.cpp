/** A ledger in a file: `benchmark_store [ENTRIES] [FOLDER] [THREADS]`, 10 million in the current folder with 1 thread unless
  given.

  Hands entries in, in batches of 10,000 that are approved; then reads them in one process in turns: SQLite's scan of the columns
  that loading needs, each value taken, and loading itself, which checks every hash. Prints lines of JSON with seconds and ratios.
*/
#include "measure.hpp"

#include <attain/io/store.hpp>

#include <sqlite3.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

using namespace attain;

namespace {

constexpr std::size_t rows_of_batch = 10'000;

/// Monthly reports of 100 indicators at 2,200 places, in random order.
class reports {
 public:
  reports() {
    for (std::size_t i = 0; i < 100; ++i) names_.push_back("indicator" + std::to_string(i));
    for (std::size_t i = 0; i < 2200; ++i) names_.push_back("county" + std::to_string(i));
    words_.assign(names_.begin(), names_.end());
  }

  observation_columns next(std::size_t rows) {
    indicator_.resize(rows);
    place_.resize(rows);
    first_.resize(rows);
    last_.resize(rows);
    amount_.resize(rows);
    for (std::size_t i = 0; i < rows; ++i) {
      state_ = state_ * 6364136223846793005u + 1442695040888963407u;
      const auto draw = static_cast<std::uint32_t>(state_ >> 33);
      const date month = add_months(date(2022, 1, 1), static_cast<int>(draw % 48));
      indicator_[i] = draw / 48 % 100;
      place_[i] = 100 + draw / 4800 % 2200;
      first_[i] = month.days();
      last_[i] = month.last_of_month().days();
      amount_[i] = static_cast<double>(draw % 100'003) / 7;
    }
    observation_columns columns;
    columns.size = rows;
    columns.indicator = {indicator_, words_};
    columns.place = {place_, words_};
    columns.first_day = first_;
    columns.last_day = last_;
    columns.low = amount_;
    return columns;
  }

 private:
  std::vector<std::string> names_;
  std::vector<std::string_view> words_;
  std::vector<std::uint32_t> indicator_, place_;
  std::vector<std::int32_t> first_, last_;
  std::vector<double> amount_;
  std::uint64_t state_ = 42;
};

/// Takes every value of the columns that loading needs. Returns something that depends on all of them.
double scan(const std::string& path) {
  sqlite3* db = nullptr;
  sqlite3_stmt* rows = nullptr;
  if (sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK) std::abort();
  sqlite3_exec(db, "PRAGMA cache_size = -65536", nullptr, nullptr, nullptr);
  const char* sql =
      "SELECT seq, batch, series, first_day, last_day, low, high, flags, missing, recorded, author, source, evidence, note, key "
      "FROM "
      "entry ORDER BY seq";
  if (sqlite3_prepare_v2(db, sql, -1, &rows, nullptr) != SQLITE_OK) std::abort();
  double sum = 0;
  while (sqlite3_step(rows) == SQLITE_ROW) {
    for (int column = 0; column < 15; ++column) {
      switch (sqlite3_column_type(rows, column)) {
        case SQLITE_INTEGER:
          sum += static_cast<double>(sqlite3_column_int64(rows, column));
          break;
        case SQLITE_FLOAT:
          sum += sqlite3_column_double(rows, column);
          break;
        case SQLITE_TEXT:
          sum += sqlite3_column_bytes(rows, column);
          break;
        default:
          break;
      }
    }
  }
  sqlite3_finalize(rows);
  sqlite3_close(db);
  return sum;
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t entries = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 10'000'000;
  const std::string path = (std::filesystem::path(argc > 2 ? argv[2] : ".") / "benchmark.attain").string();
  const int threads = argc > 3 ? std::atoi(argv[3]) : 1;
  std::filesystem::remove(path);
  const io::moment at = io::parse_moment("2026-10-01T09:00:00+08:00");
  {
    io::ledger_store book(path);
    reports all;
    double taken = 0;
    for (std::size_t done = 0; done < entries; done += rows_of_batch) {
      const observation_columns columns = all.next((std::min)(rows_of_batch, entries - done));
      taken += benchmark::seconds([&] {
        book.approve(book.submit(columns, {.at = at, .author = "Li", .key = {}, .evidence = {}, .note = {}}).number,
                     {at, "Wang", {}});
      });
    }
    benchmark::tell("append", {{"seconds", taken},
                               {"entries_a_second", static_cast<double>(entries) / taken},
                               {"file_bytes", static_cast<double>(std::filesystem::file_size(path))}});
  }

  const io::ledger_store book(path, {.access = io::store_access::read});
  double sum = 0;
  std::vector<double> scans, loads;
  for (int turn = 0; turn < 3; ++turn) {
    scans.push_back(benchmark::seconds([&] { sum += scan(path); }));
    loads.push_back(benchmark::seconds([&] { sum += static_cast<double>(book.ledger({.threads = threads}).size()); }));
  }
  benchmark::tell("scan", scans, {{"check", sum}});
  benchmark::tell(
      "load", loads,
      {{"times_the_scan", *std::min_element(loads.begin(), loads.end()) / *std::min_element(scans.begin(), scans.end())}});
  benchmark::tell("verify", benchmark::repeated(1, [&] { static_cast<void>(book.verify()); }));
  return 0;
}
