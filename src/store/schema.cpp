#include "schema.hpp"

#include <algorithm>
#include <string>

namespace attain::inline v0::io::detail {

namespace {

struct schema_object {
  std::string_view type;
  std::string_view name;
  const char* sql;
};

// SQLite keeps these texts as they stand here, and they are compared with what a file holds: change nothing without a new format.
constexpr std::array schema{
    schema_object{"table", "text", "CREATE TABLE text(seq INTEGER PRIMARY KEY, text TEXT NOT NULL, hash BLOB NOT NULL) STRICT"},
    schema_object{"table", "series",
                  "CREATE TABLE series(seq INTEGER PRIMARY KEY, indicator INTEGER NOT NULL, place INTEGER, dimensions INTEGER, "
                  "step INTEGER, stage INTEGER, scope INTEGER, unit INTEGER, hash BLOB NOT NULL) STRICT"},
    schema_object{"table", "batch",
                  "CREATE TABLE batch(seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, utc_offset INTEGER NOT NULL, "
                  "author TEXT NOT NULL, key TEXT, evidence_uri TEXT, evidence_sha256 TEXT, evidence_page TEXT, note TEXT, "
                  "entries INTEGER NOT NULL, hash BLOB NOT NULL) STRICT"},
    schema_object{"table", "entry",
                  "CREATE TABLE entry(seq INTEGER PRIMARY KEY, batch INTEGER NOT NULL, series INTEGER NOT NULL, "
                  "first_day INTEGER NOT NULL, last_day INTEGER NOT NULL, low REAL, high REAL, flags INTEGER NOT NULL, "
                  "missing TEXT, recorded INTEGER, author INTEGER, source INTEGER, evidence INTEGER, note INTEGER, key INTEGER, "
                  "hash BLOB NOT NULL) STRICT"},
    schema_object{"table", "decision",
                  "CREATE TABLE decision(seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, utc_offset INTEGER NOT NULL, "
                  "author TEXT NOT NULL, reason TEXT, batch INTEGER NOT NULL, kind TEXT NOT NULL "
                  "CHECK (kind IN ('approve', 'withdraw')), hash BLOB NOT NULL) STRICT"},
    schema_object{"table", "goal",
                  "CREATE TABLE goal(seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, utc_offset INTEGER NOT NULL, "
                  "author TEXT NOT NULL, reason TEXT, programme TEXT NOT NULL, target TEXT NOT NULL, field TEXT NOT NULL, "
                  "before TEXT, after TEXT, data_day INTEGER, after_result INTEGER NOT NULL, hash BLOB NOT NULL) STRICT"},

    schema_object{"index", "text_by_text", "CREATE UNIQUE INDEX text_by_text ON text(text)"},
    schema_object{"index", "series_by_indicator", "CREATE INDEX series_by_indicator ON series(indicator, place)"},
    schema_object{"index", "batch_by_key", "CREATE UNIQUE INDEX batch_by_key ON batch(key) WHERE key IS NOT NULL"},
    schema_object{"index", "entry_by_key", "CREATE INDEX entry_by_key ON entry(key) WHERE key IS NOT NULL"},
    schema_object{"index", "decision_by_batch", "CREATE INDEX decision_by_batch ON decision(batch)"},
    schema_object{"index", "goal_by_target", "CREATE INDEX goal_by_target ON goal(programme, target)"},

#define ATTAIN_APPEND_ONLY(table)                                                         \
  schema_object{"trigger", #table "_is_never_changed",                                    \
                "CREATE TRIGGER " #table "_is_never_changed BEFORE UPDATE ON " #table     \
                " BEGIN SELECT RAISE(ABORT, 'a ledger is append-only'); END"},            \
      schema_object{"trigger", #table "_is_never_deleted",                                \
                    "CREATE TRIGGER " #table "_is_never_deleted BEFORE DELETE ON " #table \
                    " BEGIN SELECT RAISE(ABORT, 'a ledger is append-only'); END"}
    ATTAIN_APPEND_ONLY(text),
    ATTAIN_APPEND_ONLY(series),
    ATTAIN_APPEND_ONLY(batch),
    ATTAIN_APPEND_ONLY(entry),
    ATTAIN_APPEND_ONLY(decision),
    ATTAIN_APPEND_ONLY(goal),
#undef ATTAIN_APPEND_ONLY
};

std::int64_t pragma(const connection& in, const char* sql) {
  statement asked(in, sql);
  return asked.step() ? asked.integer(0) : 0;
}

}  // namespace

const std::array<record_table, record_kinds> record_tables{{
    {"text", 3, "SELECT seq, text, hash FROM text ORDER BY seq", "INSERT INTO text VALUES(?1, ?2, ?3)",
     "SELECT seq, hash FROM text ORDER BY seq DESC LIMIT 1"},
    {"series", 9, "SELECT seq, indicator, place, dimensions, step, stage, scope, unit, hash FROM series ORDER BY seq",
     "INSERT INTO series VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)", "SELECT seq, hash FROM series ORDER BY seq DESC LIMIT 1"},
    {"batch", 11,
     "SELECT seq, at, utc_offset, author, key, evidence_uri, evidence_sha256, evidence_page, note, entries, hash FROM batch "
     "ORDER BY seq",
     "INSERT INTO batch VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
     "SELECT seq, hash FROM batch ORDER BY seq DESC LIMIT 1"},
    {"entry", 16,
     "SELECT seq, batch, series, first_day, last_day, low, high, flags, missing, recorded, author, source, evidence, note, key, "
     "hash FROM entry ORDER BY seq",
     "INSERT INTO entry VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
     "SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1"},
    {"decision", 8, "SELECT seq, at, utc_offset, author, reason, batch, kind, hash FROM decision ORDER BY seq",
     "INSERT INTO decision VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", "SELECT seq, hash FROM decision ORDER BY seq DESC LIMIT 1"},
    {"goal", 13,
     "SELECT seq, at, utc_offset, author, reason, programme, target, field, before, after, data_day, after_result, hash FROM "
     "goal "
     "ORDER BY seq",
     "INSERT INTO goal VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
     "SELECT seq, hash FROM goal ORDER BY seq DESC LIMIT 1"},
}};

void make_schema(connection& in) {
  for (const schema_object& one : schema) in.run(one.sql);
  in.run("PRAGMA application_id = 1635021900");  // pragmas take no parameters
  in.run("PRAGMA user_version = 1");
  static_assert(application_id == 1635021900 && format_version == 1);
}

bool is_empty_database(const connection& in) {
  return pragma(in, "PRAGMA application_id") == 0 && pragma(in, "PRAGMA user_version") == 0 &&
         pragma(in, "SELECT count(*) FROM sqlite_schema") == 0;
}

void check_schema(const connection& in) {
  if (pragma(in, "PRAGMA application_id") != application_id) {
    throw_store(code::not_a_ledger, in.path(), "the file is no ledger", "a file made by open_ledger");
  }
  const std::int64_t version = pragma(in, "PRAGMA user_version");
  if (version != format_version) {
    throw_store(code::newer_version, in.path(), "the ledger is written in another version of the format",
                "format " + std::to_string(format_version), "format " + std::to_string(version));
  }
  statement read(in, "SELECT type, name, sql FROM sqlite_schema");
  std::size_t known = 0;
  while (read.step()) {
    const auto found = std::find_if(schema.begin(), schema.end(), [&](const schema_object& one) {
      return one.type == read.text(0) && one.name == read.text(1) && one.sql == read.text(2);
    });
    if (found == schema.end()) {
      throw_store(code::broken_chain, in.path(), "the file holds something that does not belong in a ledger",
                  "the tables, indexes and triggers of docs/ledger-store.md",
                  std::string(read.text(0)) + " " + std::string(read.text(1)));
    }
    ++known;
  }
  if (known != schema.size()) {
    throw_store(code::broken_chain, in.path(), "tables, indexes or triggers of the ledger are missing",
                std::to_string(schema.size()) + " of them", std::to_string(known));
  }
}

}  // namespace attain::inline v0::io::detail
