#pragma once

/** Files that are gone after the test, and short ways to hand something in. */

#include <attain/io/store.hpp>

#include "support/observations.hpp"

#include <sqlite3.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace attain::test {

/// A folder of its own for each test.
class temporary_folder {
 public:
  temporary_folder() {
    static int made = 0;
    path_ =
        std::filesystem::temp_directory_path() / ("attain-store-" + std::to_string(::getpid()) + "-" + std::to_string(++made));
    std::filesystem::create_directories(path_);
  }
  temporary_folder(const temporary_folder&) = delete;
  temporary_folder& operator=(const temporary_folder&) = delete;
  ~temporary_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  std::string file(std::string_view name = "city.attain") const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

inline std::string read_bytes(const std::string& path) {
  std::ifstream from(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(from), {}};
}

inline void write_bytes(const std::string& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

/// Noon of a day of October 2026 in Nanchang.
inline io::moment noon(int day) {
  return io::parse_moment("2026-10-" + std::string(day < 10 ? "0" : "") + std::to_string(day) + "T12:00:00+08:00");
}

inline io::submission by_li(std::string key = {}, int day = 1) {
  return {.at = noon(day), .author = "Li", .key = std::move(key)};
}

inline io::decision by_wang(std::string reason = {}, int day = 2) { return {noon(day), "Wang", std::move(reason)}; }

inline io::stored_batch submit(io::ledger_store& to, const std::vector<observation>& entries,
                               const io::submission& how = by_li()) {
  return to.submit(std::span<const observation>(entries), how);
}

/// Handed in by Li and approved by Wang.
inline io::stored_batch record(io::ledger_store& to, const std::vector<observation>& entries, std::string key = {}) {
  return to.approve(submit(to, entries, by_li(std::move(key))).number, by_wang());
}

/// SQL as somebody with a shell would run it. Returns SQLite's result code.
inline int run_sql(const std::string& path, const std::string& sql) {
  sqlite3* db = nullptr;
  int result = sqlite3_open(path.c_str(), &db);
  if (result == SQLITE_OK) result = sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr);
  sqlite3_close(db);
  return result;
}

/// The code of the error that @p what throws, if it throws one of ours.
template <class What>
std::string refused_as(What&& what) {
  try {
    what();
  } catch (const error& e) {
    return std::string(to_string(e.code()));
  }
  return "nothing";
}

// -- a small workload ------------------------------------------------------------------------------

inline const std::vector<observation> first_batch{report("lifts", "east", "2026-08", 10), report("lifts", "west", "2026-08", 4)};
inline const std::vector<observation> second_batch{report("lifts", "east", "2026-09", 12)};

/// What somebody does in a day. Safe to repeat. Throws `logic_error` if what was approved is not there then.
inline void work_of_a_day(std::unique_ptr<io::ledger_store>& book, const std::string& path) {
  if (book == nullptr) book = std::make_unique<io::ledger_store>(path);
  book->approve(submit(*book, first_batch, by_li("first")).number, by_wang());
  book->approve(submit(*book, second_batch, by_li("second")).number, by_wang());
  if (book->ledger().size() != 3 || book->history("lifts", "east").size() != 2) throw std::logic_error("the ledger is not whole");
}

}  // namespace attain::test
