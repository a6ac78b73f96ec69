#pragma once
/** The chain of records: their bytes, their hashes, writing the next one and walking over all (docs/ledger-store.md). Private. */
#include "schema.hpp"
#include "sha256.hpp"
#include "sqlite.hpp"

#include <attain/io/store.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0::io::detail {

/// The last record. Before the first one: number 0, a hash of zeros.
struct link {
  std::int64_t number = 0;
  digest hash{};

  friend bool operator==(const link&, const link&) = default;
};

inline chain_head head_of(const link& last) { return {last.number, hexadecimal(last.hash)}; }

/** The bytes of a record that are hashed: the hash before it, the name of its table, its columns but the last.

  Each value is a letter and what follows: N nothing; I eight bytes, two's complement; R eight bytes, IEEE 754; T the length in
  eight bytes, then UTF-8. Numbers are big-endian. The name of the table is such a text.
*/
class record_bytes {
 public:
  void begin(const digest& before, std::string_view table) {
    bytes_.assign(bytes_of(before));
    add(table);
  }
  void add_null() { bytes_ += 'N'; }
  void add(std::int64_t value) { number('I', static_cast<std::uint64_t>(value)); }
  void add(double value);
  void add(std::string_view text) {
    number('T', text.size());
    bytes_ += text;
  }
  /// As SQLite holds it. Bytes are not among what a record can have but as its hash.
  void add(const statement& from, int column);

  std::string_view get() const noexcept { return bytes_; }

 private:
  void number(char letter, std::uint64_t value) {
    std::array<char, 9> made{letter};
    for (std::size_t i = 8; i > 0; --i, value >>= 8) made[i] = static_cast<char>(value & 0xFF);
    bytes_.append(made.data(), made.size());
  }

  std::string bytes_;
};

/// The last record in the file.
link last_link(const connection& in);

/// Appends records, within the caller's transaction.
class record_writer {
 public:
  record_writer(const connection& to, link last);

  /// Begins a record; its values follow in the order of the columns, then `finish`.
  void begin(record_kind kind);
  void add_null();
  void add(std::int64_t value);
  void add(double value);
  /// The text must live until `finish`.
  void add(std::string_view text);
  void add_unless_empty(std::string_view text) { text.empty() ? add_null() : add(text); }
  void add_unless_zero(std::int64_t value) { value == 0 ? add_null() : add(value); }
  /// The number of the record.
  std::int64_t finish();

  const link& last() const noexcept { return last_; }

 private:
  std::vector<statement> inserts_;
  record_bytes bytes_;
  sha256 hash_;
  link last_;
  record_kind kind_ = record_kind::text;
  int column_ = 0;
};

/// Every record in the order of its number, each compared with its hash.
class record_walk {
 public:
  explicit record_walk(const connection& over);

  /// Whether there is another record. Throws `store_error` (`broken_chain`) if it is not the one that was written.
  bool next();

  record_kind kind() const noexcept { return kind_; }
  std::int64_t number() const noexcept { return last_.number; }
  /// The columns of the record, in the order of its table.
  const statement& row() const noexcept { return tables_[static_cast<std::size_t>(kind_)].rows; }
  const link& last() const noexcept { return last_; }

  /// Throws `store_error` (`broken_chain`) about the current record.
  [[noreturn]] void refuse(std::string message) const { refuse(last_.number, std::move(message)); }

 private:
  struct table_rows {
    statement rows;
    std::int64_t at = 0;  ///< number of the current row; `done` after the last
  };
  static constexpr std::int64_t done = INT64_MAX;

  void advance(table_rows& one) const { one.at = one.rows.step() ? one.rows.integer(0) : done; }
  void check_hash();
  [[noreturn]] void refuse(std::int64_t number, std::string message) const;

  std::string path_;
  std::vector<table_rows> tables_;
  record_bytes bytes_;
  sha256 hash_;
  link last_;
  record_kind kind_ = record_kind::text;
  bool begun_ = false;
};

}  // namespace attain::inline v0::io::detail
