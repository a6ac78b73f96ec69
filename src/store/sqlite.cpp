#include "sqlite.hpp"

#include <new>

namespace attain::inline v0::io::detail {

namespace {

code code_of(int result) noexcept {
  switch (result & 0xFF) {
    case SQLITE_FULL:
      return code::disk_full;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return code::in_use;
    case SQLITE_READONLY:
      return code::read_only;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return code::unreadable_file;
    case SQLITE_CORRUPT:
      return code::damaged;
    case SQLITE_NOTADB:
      return code::not_a_ledger;
    case SQLITE_TOOBIG:
      return code::too_large;
    default:
      return code::io_failure;
  }
}

std::string message_of(code what) {
  switch (what) {
    case code::disk_full:
      return "there is no room left on the disk";
    case code::in_use:
      return "another program holds the file";
    case code::read_only:
      return "the file cannot be written";
    case code::unreadable_file:
      return "the file cannot be opened";
    case code::damaged:
      return "the structure of the file is damaged";
    case code::not_a_ledger:
      return "the file is no ledger";
    case code::too_large:
      return "a text is longer than a record can hold";
    default:
      return "reading or writing the file failed";
  }
}

}  // namespace

void throw_store(code what, const std::string& where, std::string message, std::string expected, std::string text) {
  throw store_error(finding{.code = what,
                            .where = where,
                            .text = escaped_excerpt(text),
                            .expected = std::move(expected),
                            .message = std::move(message)});
}

void throw_sqlite(int result, sqlite3* db, const std::string& path) {
  if ((result & 0xFF) == SQLITE_NOMEM) throw std::bad_alloc();
  const code what = code_of(result);
  const char* said = db == nullptr ? sqlite3_errstr(result) : sqlite3_errmsg(db);
  throw_store(what, path, message_of(what), {}, said);
}

connection::connection(const std::string& path, int flags) : path_(path) {
  sqlite3* db = nullptr;
  const int result = sqlite3_open_v2(path.c_str(), &db, flags | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX, nullptr);
  db_.reset(db);
  if (result != SQLITE_OK) throw_sqlite(result, db, path);
}

void connection::run(const char* sql) { check(sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr)); }

void connection::roll_back() noexcept {
  if (db_ != nullptr && in_transaction()) sqlite3_exec(db_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

statement::statement(const connection& on, const char* sql) : path_(on.path()) {
  sqlite3_stmt* made = nullptr;
  const int result = sqlite3_prepare_v3(on.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &made, nullptr);
  statement_.reset(made);
  if (result != SQLITE_OK) throw_sqlite(result, on.get(), path_);
}

std::string_view statement::text(int column) const { return view_of(sqlite3_column_text(get(), column), column); }

std::string_view statement::bytes(int column) const { return view_of(sqlite3_column_blob(get(), column), column); }

/// What is empty or NULL lies nowhere, and so does what there was no memory for.
std::string_view statement::view_of(const void* at, int column) const {
  if (at != nullptr) return {static_cast<const char*>(at), static_cast<std::size_t>(sqlite3_column_bytes(get(), column))};
  if (sqlite3_errcode(sqlite3_db_handle(get())) == SQLITE_NOMEM) throw std::bad_alloc();
  return {};
}

void statement::fail(int result) const { throw_sqlite(result, sqlite3_db_handle(get()), path_); }

}  // namespace attain::inline v0::io::detail
