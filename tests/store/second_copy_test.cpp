/** Two copies of SQLite in one process: opening and closing the file by one takes away the locks of the other. */
#include <attain/io/store.hpp>

#include <attain/core/error.hpp>

#include "store_support.hpp"
#include "support/catch.hpp"

#include <dlfcn.h>

#include <cstdlib>

using namespace attain;
using namespace attain::test;
using io::ledger_store;

namespace {

class second_sqlite {
 public:
  second_sqlite() : module_(::dlopen(ATTAIN_SECOND_SQLITE, RTLD_NOW | RTLD_LOCAL)) { REQUIRE(module_ != nullptr); }
  second_sqlite(const second_sqlite&) = delete;
  second_sqlite& operator=(const second_sqlite&) = delete;
  ~second_sqlite() { ::dlclose(module_); }

  int count_entries(const std::string& path) const { return function<int (*)(const char*)>("count_entries")(path.c_str()); }
  const char* place() const { return function<const char* (*)()>("where_sqlite_lies")(); }

 private:
  template <class Function>
  Function function(const char* name) const {
    return reinterpret_cast<Function>(::dlsym(module_, name));
  }

  void* module_;
};

/// Runs SQL in another process, with Python's own SQLite. Returns whether that went well.
bool runs_elsewhere(const std::string& path, const std::string& sql) {
  const std::string script = "import sqlite3; c = sqlite3.connect('" + path +
                             "', timeout=1, isolation_level=None); c.execute(\\\"" + sql + "\\\").fetchall(); c.close()";
  return std::system(("python3 -c \"" + script + "\" 2>/dev/null").c_str()) == 0;
}

const std::vector<observation> one_entry{report("lifts", "east", "2026-09", 12)};

}  // namespace

TEST_CASE("with a second SQLite in the process no acknowledged entry is lost", "[store][second_copy]") {
  const second_sqlite other;
  REQUIRE(other.place() != sqlite3_libversion());  // two copies indeed
  const temporary_folder folder;
  {
    ledger_store book(folder.file());
    record(book, one_entry, "a");
    CHECK(other.count_entries(folder.file()) == 1);  // the locks of our SQLite are gone from here on
    record(book, one_entry, "b");
    CHECK(other.count_entries(folder.file()) == 2);

    SECTION("another writer is kept out by the lock that is left") {
      CHECK(std::system(("python3 -c \"import fcntl; fcntl.flock(open('" + folder.file() +
                         ".lock'), fcntl.LOCK_EX | fcntl.LOCK_NB)\" 2>/dev/null")
                            .c_str()) != 0);
    }
    SECTION("another program that folds the log into the file and removes it changes nothing") {
      REQUIRE(runs_elsewhere(folder.file(), "PRAGMA wal_checkpoint(TRUNCATE)"));
      record(book, one_entry, "c");
      CHECK(book.ledger().size() == 3);
      CHECK(book.verify() == book.head());
    }
    SECTION("another program that writes is noticed") {
      REQUIRE(runs_elsewhere(folder.file(), "INSERT INTO text VALUES(99, 'mine', zeroblob(32))"));
      CHECK(refused_as([&] { record(book, one_entry, "c"); }) == "changed_elsewhere");
    }
  }
  const ledger_store again(folder.file(), {.access = io::store_access::read});
  CHECK(again.find_batch("a")->state == io::batch_state::approved);
  CHECK(again.find_batch("b")->state == io::batch_state::approved);
  CHECK(again.history("lifts", "east").size() >= 2);
}
