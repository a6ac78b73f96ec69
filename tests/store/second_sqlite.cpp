/** Another copy of SQLite, linked statically: a module of its own, as a plug-in brings one into a process. */
#include <sqlite3.h>

extern "C" {

/// Opens the file, counts its entries and closes it.
__attribute__((visibility("default"))) int count_entries(const char* path) {
  sqlite3* db = nullptr;
  sqlite3_stmt* read = nullptr;
  int count = -1;
  if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK &&
      sqlite3_prepare_v2(db, "SELECT count(*) FROM entry", -1, &read, nullptr) == SQLITE_OK && sqlite3_step(read) == SQLITE_ROW) {
    count = sqlite3_column_int(read, 0);
  }
  sqlite3_finalize(read);
  sqlite3_close(db);
  return count;
}

/// Where this copy of SQLite lies.
__attribute__((visibility("default"))) const char* where_sqlite_lies() { return sqlite3_libversion(); }
}
