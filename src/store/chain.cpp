#include "chain.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace attain::inline v0::io::detail {

void record_bytes::add(double value) { number('R', std::bit_cast<std::uint64_t>(value)); }

void record_bytes::add(const statement& from, int column) {
  switch (from.type(column)) {
    case SQLITE_INTEGER:
      return add(from.integer(column));
    case SQLITE_FLOAT:
      return add(from.real(column));
    case SQLITE_TEXT:
      return add(from.text(column));
    case SQLITE_BLOB:
      number('B', from.bytes(column).size());
      bytes_ += from.bytes(column);
      return;
    default:
      return add_null();
  }
}

link last_link(const connection& in) {
  link last;
  for (const record_table& table : record_tables) {
    statement read(in, table.last);
    if (!read.step() || read.integer(0) <= last.number) continue;
    last.number = read.integer(0);
    const std::string_view hash = read.bytes(1);
    if (hash.size() != last.hash.size()) {
      throw_store(code::broken_chain, "record " + std::to_string(last.number), "the last record has no hash");
    }
    std::memcpy(last.hash.data(), hash.data(), hash.size());
  }
  return last;
}

// -- writing -------------------------------------------------------------------------------------

record_writer::record_writer(const connection& to, link last) : last_(last) {
  inserts_.reserve(record_tables.size());
  for (const record_table& table : record_tables) inserts_.emplace_back(to, table.insert);
}

void record_writer::begin(record_kind kind) {
  kind_ = kind;
  column_ = 0;
  bytes_.begin(last_.hash, table_of(kind).name);
  add(last_.number + 1);
}

void record_writer::add_null() {
  inserts_[static_cast<std::size_t>(kind_)].bind_null(++column_);
  bytes_.add_null();
}

void record_writer::add(std::int64_t value) {
  inserts_[static_cast<std::size_t>(kind_)].bind(++column_, value);
  bytes_.add(value);
}

void record_writer::add(double value) {
  inserts_[static_cast<std::size_t>(kind_)].bind(++column_, value);
  bytes_.add(value);
}

void record_writer::add(std::string_view text) {
  inserts_[static_cast<std::size_t>(kind_)].bind(++column_, text);
  bytes_.add(text);
}

std::int64_t record_writer::finish() {
  statement& insert = inserts_[static_cast<std::size_t>(kind_)];
  const digest hash = hash_.of(bytes_.get());
  insert.bind_bytes(++column_, bytes_of(hash));
  insert.step();
  insert.reset();
  last_ = {last_.number + 1, hash};
  return last_.number;
}

// -- walking -------------------------------------------------------------------------------------

record_walk::record_walk(const connection& over) : path_(over.path()) {
  tables_.reserve(record_tables.size());
  for (const record_table& table : record_tables) tables_.push_back({statement(over, table.select)});
}

bool record_walk::next() {
  if (!begun_) {
    for (table_rows& one : tables_) advance(one);
    begun_ = true;
  } else if (last_.number != 0) {
    advance(tables_[static_cast<std::size_t>(kind_)]);
  }
  const std::int64_t wanted = last_.number + 1;
  if (tables_[static_cast<std::size_t>(kind_)].at != wanted) {  // most records follow one of their own kind
    const auto first = std::min_element(tables_.begin(), tables_.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    if (first->at == done) return false;
    if (first->at < wanted) refuse(first->at, "two records have this number");
    if (first->at > wanted) refuse(wanted, "the record is missing");
    kind_ = static_cast<record_kind>(first - tables_.begin());
  }
  check_hash();
  return true;
}

void record_walk::check_hash() {
  const record_table& table = table_of(kind_);
  const statement& from = row();
  bytes_.begin(last_.hash, table.name);
  for (int column = 0; column + 1 < table.columns; ++column) bytes_.add(from, column);
  const digest hash = hash_.of(bytes_.get());
  if (from.type(table.columns - 1) != SQLITE_BLOB || from.bytes(table.columns - 1) != bytes_of(hash)) {
    refuse(last_.number + 1, "the record is not as it was written, or one before it was changed");
  }
  last_ = {last_.number + 1, hash};
}

void record_walk::refuse(std::int64_t number, std::string message) const {
  throw_store(code::broken_chain, path_ + ", record " + std::to_string(number), std::move(message),
              "the records that were appended, unchanged");
}

}  // namespace attain::inline v0::io::detail
