#pragma once
/** What is in the file of a ledger: tables, indexes and triggers, word for word (docs/ledger-store.md). Private. */
#include "sqlite.hpp"

#include <array>
#include <cstddef>
#include <string_view>

namespace attain::inline v0::io::detail {

/// "attL": at byte 68 of the file.
inline constexpr std::int64_t application_id = 0x6174744C;
/// At byte 60 of the file.
inline constexpr std::int64_t format_version = 1;

/// The kinds of records, each a table. Every table begins with `seq` and ends with `hash`.
enum class record_kind : std::uint8_t { text, series, batch, entry, decision, goal };

struct record_table {
  std::string_view name;
  int columns;         ///< `seq` and `hash` included
  const char* select;  ///< all columns, in the order of `seq`
  const char* insert;
  const char* last;  ///< `seq` and `hash` of the last row
};

inline constexpr std::size_t record_kinds = 6;
extern const std::array<record_table, record_kinds> record_tables;

inline const record_table& table_of(record_kind kind) noexcept { return record_tables[static_cast<std::size_t>(kind)]; }

/// Makes the tables in an empty database, within the caller's transaction.
void make_schema(connection& in);
/// Whether the database is empty: without tables and never given an application id.
bool is_empty_database(const connection& in);
/// Throws `store_error` unless this is the file of a ledger, of this format, with nothing in it that does not belong there.
void check_schema(const connection& in);

}  // namespace attain::inline v0::io::detail
