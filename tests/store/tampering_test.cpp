/** Rule of the format: whatever is changed by other means is refused, or changes nothing that is read. */
#include <attain/io/store.hpp>

#include <attain/core/error.hpp>

#include "ledger/random_entries.hpp"
#include "store_support.hpp"
#include "support/builders.hpp"
#include "support/catch.hpp"

#include <random>

using namespace attain;
using namespace attain::test;
using io::ledger_store;
using io::store_access;

namespace {

constexpr io::store_options for_reading{.access = store_access::read};

/// Everything that a reader can see.
struct contents {
  ledger counted;
  ledger with_pending;
  std::size_t said = 0;
  std::string batches{};
  std::string goals{};
  io::chain_head head{};

  friend bool operator==(const contents&, const contents&) = default;
};

contents read_all(const std::string& path) {
  const ledger_store book(path, for_reading);
  contents seen{.counted = book.ledger(), .with_pending = book.ledger({.pending = true}), .head = book.verify()};
  for (int i = 0; i < 4; ++i) seen.said += book.history("indicator" + std::to_string(i), "place1").size();
  for (const io::stored_batch& one : book.batches()) {
    seen.batches += std::to_string(one.number) + one.handed_in.author + one.handed_in.key + to_string(one.handed_in.at) +
                    std::string(to_string(one.state)) + one.handed_in.evidence.uri + one.handed_in.note + "\n";
  }
  for (const io::goal_change& one : book.goal_changes()) seen.goals += one.target + one.field + one.after.value_or("-") + "\n";
  return seen;
}

/// A file with every kind of record. Returns its bytes.
std::string make_ledger(const std::string& path) {
  {
    ledger_store book(path);
    book.adopt(programme(lifts()), {noon(1), "Li", ""});
    for (unsigned seed = 0; seed < 2; ++seed) {
      std::vector<observation> entries = random_entries(30, seed);
      for (observation& o : entries) o.key.clear();
      record(book, entries, "batch " + std::to_string(seed));
    }
    submit(book, random_entries(10, 7), {.at = noon(4), .author = "Zhao", .evidence = {.uri = "file:a.pdf"}, .note = "pending"});
    book.withdraw(submit(book, {report("lifts", "east", "2026-08", 10)}).number, by_wang("twice"));
  }
  return read_bytes(path);
}

std::string hex(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) {
    const auto c = static_cast<unsigned char>(byte);
    constexpr char digits[] = "0123456789abcdef";
    text += digits[c >> 4];
    text += digits[c & 15];
  }
  return text;
}

}  // namespace

TEST_CASE("a file with changed bytes is refused or reads as before", "[store][tampering]") {
  const temporary_folder folder;
  const std::string original = make_ledger(folder.file("original"));
  REQUIRE(original.size() > 50'000);
  const contents expected = read_all(folder.file("original"));
  std::mt19937 random(20261001);
  int refused = 0, unaffected = 0;
  for (int i = 0; i < 3000; ++i) {
    std::string changed = original;
    const unsigned edits = i % 3 == 0 ? 1 + random() % 4 : 1;
    for (unsigned edit = 0; edit < edits; ++edit) {
      char& byte = changed[random() % changed.size()];
      byte = static_cast<char>(i % 2 == 0 ? static_cast<unsigned char>(byte) ^ (1u << (random() % 8)) : random() % 256);
    }
    if (changed == original) continue;
    write_bytes(folder.file(), changed);
    CAPTURE(i);
    try {
      const contents seen = read_all(folder.file());
      REQUIRE(seen == expected);
      ++unaffected;
    } catch (const store_error&) {
      ++refused;
    }
    for (const char* part : {"-wal", "-shm"}) std::filesystem::remove(folder.file() + part);
  }
  CHECK(refused > 500);
  CHECK(unaffected > 0);  // free space within pages
}

TEST_CASE("a file that was cut is refused", "[store][tampering]") {
  const temporary_folder folder;
  const std::string original = make_ledger(folder.file("original"));
  for (std::size_t size = 1; size < original.size(); size += 509) {
    write_bytes(folder.file(), original.substr(0, size));
    CAPTURE(size);
    CHECK_THROWS_AS(read_all(folder.file()), store_error);
  }
}

TEST_CASE("SQL that changes records is stopped by the file, and found out where the file was told not to", "[store][tampering]") {
  const temporary_folder folder;
  make_ledger(folder.file("original"));
  const io::chain_head kept = ledger_store(folder.file("original"), for_reading).head();

  struct edit {
    const char* table;  ///< whose guards are in the way
    const char* sql;
  };
  const edit edits[] = {
      {"entry", "UPDATE entry SET low = 1000 WHERE seq = (SELECT min(seq) FROM entry WHERE low IS NOT NULL)"},
      {"entry", "UPDATE entry SET recorded = 1 WHERE seq = (SELECT max(seq) FROM entry)"},
      {"entry", "UPDATE entry SET hash = zeroblob(32) WHERE seq = (SELECT min(seq) FROM entry)"},
      {"entry", "DELETE FROM entry WHERE seq = (SELECT min(seq) + 1 FROM entry)"},
      {"entry", "DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)"},
      {"entry", "UPDATE entry SET seq = -seq WHERE seq = (SELECT min(seq) FROM entry)"},
      {"entry", "UPDATE entry SET author = NULL, note = author WHERE author IS NOT NULL"},
      {"entry",
       "INSERT INTO entry SELECT max(seq) + 1, batch, series, first_day, last_day, 5, NULL, 0, NULL, NULL, NULL, NULL, NULL, "
       "NULL, NULL, hash FROM entry"},
      {"text", "UPDATE text SET text = 'indicator9' WHERE text = 'indicator1'"},
      {"text", "DELETE FROM text WHERE text = 'place1'"},
      {"series", "UPDATE series SET place = NULL WHERE place IS NOT NULL"},
      {"batch", "UPDATE batch SET author = 'Nobody' WHERE author = 'Li'"},
      {"batch", "UPDATE batch SET entries = entries - 1 WHERE key = 'batch 1'"},
      {"batch", "UPDATE batch SET at = at + 86400000000"},
      {"batch", "UPDATE batch SET note = '' WHERE note IS NULL"},
      {"decision", "UPDATE decision SET kind = 'approve' WHERE kind = 'withdraw'"},
      {"decision", "DELETE FROM decision WHERE kind = 'approve'"},
      {"decision",
       "INSERT INTO decision SELECT 1000, at, utc_offset, 'Wang', NULL, (SELECT max(seq) FROM batch), 'approve', hash FROM "
       "decision LIMIT 1"},
      {"goal", "UPDATE goal SET after = 'at_least 100' WHERE field = 'aim'"},
      {"goal", "UPDATE goal SET after_result = 1"},
      {"goal", "DELETE FROM goal WHERE field = 'weight'"},
  };
  for (const edit& one : edits) {
    CAPTURE(one.sql);
    const std::string table = one.table;
    std::filesystem::copy_file(folder.file("original"), folder.file(), std::filesystem::copy_options::overwrite_existing);
    if (!std::string_view(one.sql).starts_with("INSERT")) CHECK(run_sql(folder.file(), one.sql) == SQLITE_CONSTRAINT);

    // Who takes the guards away for a while leaves a file that looks as before.
    std::string guards;
    {
      sqlite3* db = nullptr;
      REQUIRE(sqlite3_open(folder.file().c_str(), &db) == SQLITE_OK);
      sqlite3_stmt* read = nullptr;
      REQUIRE(sqlite3_prepare_v2(db, "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?1", -1, &read,
                                 nullptr) == SQLITE_OK);
      sqlite3_bind_text(read, 1, one.table, -1, SQLITE_STATIC);
      while (sqlite3_step(read) == SQLITE_ROW)
        guards += std::string(reinterpret_cast<const char*>(sqlite3_column_text(read, 0))) + ";";
      sqlite3_finalize(read);
      sqlite3_close(db);
    }
    REQUIRE(run_sql(folder.file(), "DROP TRIGGER " + table + "_is_never_changed; DROP TRIGGER " + table + "_is_never_deleted; " +
                                       one.sql + "; " + guards) == SQLITE_OK);
    {
      const ledger_store book(folder.file(), for_reading);
      CHECK(refused_as([&] { book.verify(); }) == "broken_chain");
      CHECK(refused_as([&] { book.ledger(); }) == "broken_chain");
      CHECK(refused_as([&] { book.verify(kept); }) == "broken_chain");
    }
    for (const char* part : {"-wal", "-shm"}) std::filesystem::remove(folder.file() + part);
  }
}

TEST_CASE("verify names the first record that was changed", "[store][tampering]") {
  const temporary_folder folder;
  make_ledger(folder.file());
  REQUIRE(run_sql(folder.file(), "PRAGMA writable_schema = ON; DROP TRIGGER entry_is_never_changed") == SQLITE_OK);
  REQUIRE(run_sql(folder.file(),
                  "UPDATE entry SET low = 7 WHERE seq = 60; UPDATE entry SET low = 7 WHERE seq = 70; "
                  "CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'a ledger is "
                  "append-only'); END") == SQLITE_OK);
  const ledger_store book(folder.file(), for_reading);
  try {
    book.verify();
    FAIL("the change was not noticed");
  } catch (const store_error& e) {
    CHECK_THAT(e.findings().front().where, EndsWith(", record 60"));
  }
}

TEST_CASE("an older copy, or another history, is found out by a head that was kept", "[store][tampering]") {
  const temporary_folder folder;
  make_ledger(folder.file("old"));
  std::filesystem::copy_file(folder.file("old"), folder.file("new"));
  std::filesystem::copy_file(folder.file("old"), folder.file("other"));
  io::chain_head kept;
  {
    ledger_store book(folder.file("new"));
    record(book, {report("lifts", "east", "2026-09", 12)});
    kept = book.head();
    CHECK(book.verify(kept) == kept);
    record(book, {report("lifts", "east", "2026-10", 13)});
    CHECK_NOTHROW(book.verify(kept));
  }
  {
    const ledger_store book(folder.file("old"), for_reading);
    CHECK_NOTHROW(book.verify());
    CHECK(refused_as([&] { book.verify(kept); }) == "older_copy");
  }
  ledger_store other(folder.file("other"));
  record(other, {report("lifts", "east", "2026-09", 99)});
  record(other, {report("lifts", "east", "2026-10", 13)});
  CHECK_NOTHROW(other.verify());
  CHECK(refused_as([&] { other.verify(kept); }) == "broken_chain");
}

TEST_CASE("what does not belong in a ledger is refused before it can run", "[store][tampering]") {
  const temporary_folder folder;
  make_ledger(folder.file("original"));
  for (const char* sql : {"CREATE TRIGGER mine AFTER INSERT ON entry BEGIN DELETE FROM batch; END",
                          "CREATE VIEW mine AS SELECT load_extension('x')", "CREATE TABLE mine(x CHECK (abs(x)))",
                          "CREATE INDEX mine ON entry(low)", "DROP TRIGGER batch_is_never_changed", "DROP INDEX text_by_text",
                          "ALTER TABLE entry RENAME COLUMN low TO lo", "CREATE VIRTUAL TABLE mine USING fts5(x)",
                          "PRAGMA user_version = 9", "PRAGMA application_id = 1"}) {
    CAPTURE(sql);
    std::filesystem::copy_file(folder.file("original"), folder.file(), std::filesystem::copy_options::overwrite_existing);
    REQUIRE(run_sql(folder.file(), sql) == SQLITE_OK);
    CHECK_THROWS_AS(ledger_store(folder.file(), for_reading), store_error);
    CHECK_THROWS_AS(ledger_store(folder.file()), store_error);
    for (const char* part : {"-wal", "-shm"}) std::filesystem::remove(folder.file() + part);
  }
}

TEST_CASE("the published layout is what the file holds", "[store][tampering]") {
  const temporary_folder folder;
  const std::string bytes = make_ledger(folder.file());
  CHECK(bytes.substr(0, 16) == std::string("SQLite format 3\0", 16));
  CHECK(hex(std::string_view(bytes).substr(60, 4)) == "00000001");
  CHECK(bytes.substr(68, 4) == "attL");
}
