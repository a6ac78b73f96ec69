#pragma once
/** What is inside a ledger store: the file, the lock, and transactions that notice when something else was at the file. Private.
 */
#include "chain.hpp"
#include "known_names.hpp"
#include "schema.hpp"
#include "sqlite.hpp"
#include "writer_lock.hpp"

#include <attain/io/store.hpp>

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace attain::inline v0::io {

class ledger_store::implementation {
 public:
  implementation(const std::string& path, store_options options);
  ~implementation();

  const std::string& path() const noexcept { return path_; }
  store_access access() const noexcept { return access_; }
  const detail::connection& db() const noexcept { return *db_; }

  /** One consistent state of the file. Waits for other threads; throws in a forked child. */
  class reading {
   public:
    explicit reading(implementation& of);
    ~reading() { of_.roll_back(); }
    reading(const reading&) = delete;
    reading& operator=(const reading&) = delete;

   private:
    std::unique_lock<std::mutex> alone_;
    implementation& of_;
  };

  /** A transaction that appends. Unless it is committed, nothing happened.

    Throws `changed_elsewhere` unless the file is the one that was opened and ends with the record that was appended last.
  */
  class writing {
   public:
    explicit writing(implementation& of);
    ~writing() {
      of_.roll_back();
      if (!committed_) of_.names_.forget();
    }
    writing(const writing&) = delete;
    writing& operator=(const writing&) = delete;

    detail::record_writer& records() noexcept { return *records_; }
    /// What is put there is forgotten unless the transaction is committed.
    detail::known_names& names() noexcept { return of_.names_; }
    void commit();

   private:
    std::unique_lock<std::mutex> alone_;
    implementation& of_;
    std::optional<detail::record_writer> records_;
    bool committed_ = false;
  };

 private:
  void open_file(bool create);
  void configure();
  void must_be_mine() const;
  void must_be_the_same_files() const;
  bool has_its_log() const noexcept;
  void leave_file() noexcept;
  void open_again();
  void begin(const char* how);
  void roll_back() noexcept {
    if (db_) db_->roll_back();
  }

  std::string path_;
  std::string log_path_;  ///< of the write-ahead log
  store_access access_;
  long process_;
  std::optional<detail::writer_lock> lock_;
  std::optional<detail::connection> db_;
  std::mutex alone_;

  std::optional<detail::file_identity> file_;
  std::optional<detail::file_identity> journal_;  ///< of the log
  std::int64_t schema_version_ = -1;
  detail::link last_;
  detail::known_names names_;
  std::optional<detail::link> perhaps_last_;  ///< of a transaction of which is not known whether it was committed
};

namespace detail {

/// The rows of a query about batches, with their state as of a day if there is one.
std::map<batch_number, stored_batch> read_batches(const connection& in, std::optional<date> known_at = {});
/// One of them, if there is one.
std::optional<stored_batch> read_batch(const connection& in, batch_number number);
std::optional<batch_number> find_batch(const connection& in, std::string_view key);

/// A moment as it stands in two columns. Throws `store_error` (`broken_chain`) for what is none.
moment moment_at(const statement& row, int column);
decision decision_at(const statement& row, int column);  ///< four columns: at, utc_offset, author, reason

/// What is wrong with who, when and why; throws `invalid_input` with every problem.
void check(const submission& how);
void check(const decision& by);

}  // namespace detail

}  // namespace attain::inline v0::io
