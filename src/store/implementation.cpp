#include "implementation.hpp"

#include <unistd.h>

#include <utility>

namespace attain::inline v0::io {

using namespace detail;

ledger_store::implementation::implementation(const std::string& path, store_options options)
    : path_(resolved_path(path)), log_path_(path_ + "-wal"), access_(options.access), process_(::getpid()) {
  if (access_ == store_access::write) {
    if (!options.create && !identity_of(path_)) throw_store(code::unreadable_file, path_, "there is no such file");
    lock_.emplace(path_);
  }
  open_file(options.create);
}

// A child process has the parent's connection in its memory, but none of its locks: closing it would write to the file.
ledger_store::implementation::~implementation() {
  if (process_ == ::getpid()) {
    leave_file();
    return;
  }
  if (db_) db_->abandon();
  if (lock_) lock_->abandon();
}

/* Something that opens and closes the file in this process, as a second copy of SQLite does, makes SQLite lose its locks. That
   copy, or another program, may then take itself for the only one, fold the log into the file and remove it. What is written to
   the removed log after that is lost, and folding it in once more would bring old pages back. So the files are looked at before
   and after each commit; a connection to a log that was removed is closed without folding, and the file opened anew. */
bool ledger_store::implementation::has_its_log() const noexcept { return identity_of(log_path_) == journal_; }

void ledger_store::implementation::leave_file() noexcept {
  if (!db_) return;
  if (access_ == store_access::write && !(has_its_log() && identity_of(path_) == file_)) {
    sqlite3_db_config(db_->get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  }
  db_.reset();
}

void ledger_store::implementation::open_again() {
  leave_file();
  const link before = last_;
  open_file(false);
  last_ = before;
}

void ledger_store::implementation::open_file(bool create) {
  const bool writes = access_ == store_access::write;
  db_.emplace(path_, writes ? SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0) : SQLITE_OPEN_READONLY);
  configure();
  if (writes) {
    if (is_empty_database(*db_)) {
      db_->run("PRAGMA journal_mode = WAL");
      db_->run("BEGIN IMMEDIATE");
      try {
        make_schema(*db_);
        db_->run("COMMIT");
      } catch (...) {
        db_->roll_back();
        throw;
      }
    }
    check_schema(*db_);
    statement wal(*db_, "PRAGMA journal_mode = WAL");
    if (!wal.step() || wal.text(0) != "wal") {
      throw_store(code::io_failure, path_, "the file system has no write-ahead log", "a disk of this machine");
    }
  }
  schema_version_ = -1;
  begin("BEGIN");
  last_ = last_link(*db_);
  db_->roll_back();
  file_ = identity_of(path_);
  journal_ = identity_of(log_path_);
}

void ledger_store::implementation::configure() {
  sqlite3* const db = db_->get();
  db_->check(sqlite3_busy_timeout(db, 5000));
  db_->check(sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr));
  db_->check(sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr));
  db_->check(sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr));
  sqlite3_limit(db, SQLITE_LIMIT_LENGTH, 64 << 20);
  sqlite3_limit(db, SQLITE_LIMIT_SQL_LENGTH, 1 << 20);
  sqlite3_limit(db, SQLITE_LIMIT_EXPR_DEPTH, 100);
  sqlite3_limit(db, SQLITE_LIMIT_TRIGGER_DEPTH, 4);
  sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
  db_->run("PRAGMA cell_size_check = ON");
  db_->run("PRAGMA mmap_size = 0");
  db_->run("PRAGMA temp_store = MEMORY");
  db_->run("PRAGMA cache_size = -65536");
  db_->run("PRAGMA synchronous = FULL");
}

void ledger_store::implementation::must_be_mine() const {
  if (process_ != ::getpid()) {
    throw_store(code::forked, path_, "the store was opened by the process that this one was forked from",
                "a store opened in this process");
  }
}

void ledger_store::implementation::must_be_the_same_files() const {
  if (identity_of(path_) != file_) {
    throw_store(code::changed_elsewhere, path_, "the file was moved, removed or replaced", "the file that was opened");
  }
  if (lock_ && !lock_->holds()) {
    throw_store(code::changed_elsewhere, path_ + ".lock", "the lock file was removed or replaced", "the lock file left alone");
  }
}

void ledger_store::implementation::begin(const char* how) {
  if (!db_) open_file(false);  // opening it again has failed before
  db_->roll_back();            // so has ending a transaction, without memory
  db_->run(how);
  try {
    statement version(*db_, "PRAGMA schema_version");
    version.step();
    if (version.integer(0) == schema_version_) return;
    check_schema(*db_);
    schema_version_ = version.integer(0);
  } catch (...) {
    db_->roll_back();
    throw;
  }
}

ledger_store::implementation::reading::reading(implementation& of) : of_(of) {
  of.must_be_mine();  // before waiting: a thread that held the store when the process forked never lets go of it in the child
  alone_ = std::unique_lock(of.alone_);
  if (of.access_ == store_access::write && !of.has_its_log()) of.open_again();
  of.begin("BEGIN");
}

ledger_store::implementation::writing::writing(implementation& of) : of_(of) {
  of.must_be_mine();
  alone_ = std::unique_lock(of.alone_);
  if (of.access_ != store_access::write) {
    throw_store(code::read_only, of.path_, "the store was opened for reading", "a store opened for writing");
  }
  of.must_be_the_same_files();
  if (!of.has_its_log()) of.open_again();
  of.begin("BEGIN IMMEDIATE");
  try {
    const link found = last_link(*of.db_);
    if (found != of.last_ && found != of.perhaps_last_) {
      throw_store(code::changed_elsewhere, of.path_, "something else wrote to the ledger", to_string(head_of(of.last_)),
                  to_string(head_of(found)));
    }
    of.last_ = found;
    of.perhaps_last_.reset();
    records_.emplace(*of.db_, found);
  } catch (...) {
    of.db_->roll_back();
    throw;
  }
}

void ledger_store::implementation::writing::commit() {
  of_.must_be_the_same_files();
  const link made = records_->last();
  records_.reset();
  of_.perhaps_last_ = made;
  try {
    of_.db_->run("COMMIT");
    of_.must_be_the_same_files();
    if (!of_.has_its_log())
      throw_store(code::changed_elsewhere, of_.log_path_, "the log beside the file was removed or replaced");
  } catch (const store_error& failed) {
    of_.db_->roll_back();
    std::vector<finding> findings{finding{.code = code::outcome_unknown,
                                          .where = of_.path_,
                                          .expected = "the same call again, with the same key",
                                          .message = "it is not known whether what was handed in is recorded"}};
    findings.insert(findings.end(), failed.findings().begin(), failed.findings().end());
    throw store_error(std::move(findings));
  }
  of_.last_ = made;
  of_.perhaps_last_.reset();
  committed_ = true;
}

}  // namespace attain::inline v0::io
