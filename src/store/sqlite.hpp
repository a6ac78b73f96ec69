#pragma once
/** SQLite, as the store uses it: connections and statements that let go of themselves, and errors as ours. Private. */
#include <attain/core/error.hpp>

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace attain::inline v0::io::detail {

/// Throws what an SQLite result code stands for: `store_error`, or `std::bad_alloc`.
[[noreturn]] void throw_sqlite(int result, sqlite3* db, const std::string& path);

[[noreturn]] void throw_store(code what, const std::string& where, std::string message, std::string expected = {},
                              std::string text = {});

class connection {
 public:
  /// Opens without looking into the file. @p flags are those of sqlite3_open_v2. Not for several threads at once.
  connection(const std::string& path, int flags);

  sqlite3* get() const noexcept { return db_.get(); }
  const std::string& path() const noexcept { return path_; }

  /// Runs statements of our own that return nothing of interest; never text from outside.
  void run(const char* sql);
  bool in_transaction() const noexcept { return sqlite3_get_autocommit(db_.get()) == 0; }
  /// Ends a transaction that failed. SQLite may have done so itself.
  void roll_back() noexcept;
  /// Lets go without closing, in a process that does not own the connection.
  void abandon() noexcept { static_cast<void>(db_.release()); }

  void check(int result) const {
    if (result != SQLITE_OK) throw_sqlite(result, db_.get(), path_);
  }

 private:
  struct closer {
    void operator()(sqlite3* db) const noexcept { sqlite3_close_v2(db); }
  };
  std::string path_;
  std::unique_ptr<sqlite3, closer> db_;
};

/// A prepared statement of fixed text. Values are bound, never written into it.
class statement {
 public:
  statement(const connection& on, const char* sql);

  statement& bind(int at, std::int64_t value) { return bound(sqlite3_bind_int64(get(), at, value)); }
  statement& bind(int at, double value) { return bound(sqlite3_bind_double(get(), at, value)); }
  /// The text must live until the next step is done.
  statement& bind(int at, std::string_view text) {
    return bound(
        sqlite3_bind_text64(get(), at, text.data() == nullptr ? "" : text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8));
  }
  statement& bind_bytes(int at, std::string_view bytes) {
    return bound(sqlite3_bind_blob64(get(), at, bytes.data(), bytes.size(), SQLITE_STATIC));
  }
  statement& bind_null(int at) { return bound(sqlite3_bind_null(get(), at)); }

  /// Whether there is another row.
  bool step() {
    const int result = sqlite3_step(get());
    if (result == SQLITE_ROW) return true;
    if (result != SQLITE_DONE) fail(result);
    return false;
  }
  /// Ready to be bound and stepped again.
  void reset() noexcept { sqlite3_reset(get()); }

  int type(int column) const noexcept { return sqlite3_column_type(get(), column); }
  bool is_null(int column) const noexcept { return type(column) == SQLITE_NULL; }
  std::int64_t integer(int column) const noexcept { return sqlite3_column_int64(get(), column); }
  double real(int column) const noexcept { return sqlite3_column_double(get(), column); }
  /// Valid until the next step, as are bytes.
  std::string_view text(int column) const;
  std::string_view bytes(int column) const;

  sqlite3_stmt* get() const noexcept { return statement_.get(); }

 private:
  struct finisher {
    void operator()(sqlite3_stmt* one) const noexcept { sqlite3_finalize(one); }
  };

  statement& bound(int result) {
    if (result != SQLITE_OK) fail(result);
    return *this;
  }
  [[noreturn]] void fail(int result) const;
  std::string_view view_of(const void* at, int column) const;

  std::string path_;
  std::unique_ptr<sqlite3_stmt, finisher> statement_;
};

}  // namespace attain::inline v0::io::detail
