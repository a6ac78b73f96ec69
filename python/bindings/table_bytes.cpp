#include "table_bytes.hpp"

#include <attain/core/error.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

namespace {

using attain::io::column;
using attain::io::column_kind;
using attain::io::table;

static_assert(std::endian::native == std::endian::little, "the layout is little-endian");

class byte_writer {
 public:
  void number(std::uint64_t value) { raw(&value, sizeof(value)); }
  void text(std::string_view value) {
    number(value.size());
    bytes_ += value;
  }
  template <class T>
  void values(std::span<const T> of) {
    raw(of.data(), of.size_bytes());
  }
  std::string take() && { return std::move(bytes_); }

 private:
  void raw(const void* from, std::size_t size) { bytes_.append(static_cast<const char*>(from), size); }

  std::string bytes_;
};

class byte_reader {
 public:
  explicit byte_reader(std::string_view bytes) : rest_(bytes) {}

  std::uint64_t number() {
    std::uint64_t value = 0;
    std::memcpy(&value, raw(sizeof(value)), sizeof(value));
    return value;
  }
  std::string_view text() {
    const std::uint64_t size = number();
    return {raw(size), static_cast<std::size_t>(size)};
  }
  template <class T>
  std::vector<T> values(std::uint64_t count) {
    if (count > rest_.size() / sizeof(T)) refuse();
    std::vector<T> read(static_cast<std::size_t>(count));
    if (count > 0) std::memcpy(read.data(), raw(count * sizeof(T)), count * sizeof(T));
    return read;
  }
  bool at_end() const { return rest_.empty(); }

  [[noreturn]] static void refuse() {
    throw attain::invalid_input(
        attain::finding{.code = attain::code::malformed, .message = "the contents of the pickle are no table of observations"});
  }

 private:
  const char* raw(std::uint64_t size) {
    if (size > rest_.size()) refuse();
    const char* at = rest_.data();
    rest_.remove_prefix(static_cast<std::size_t>(size));
    return at;
  }

  std::string_view rest_;
};

/// What a column that was read points into.
struct kept_column {
  std::vector<double> numbers;
  std::vector<std::int32_t> integers;
  std::vector<std::uint8_t> flags;
  std::vector<std::uint8_t> missing;
  std::vector<std::string> texts;
  std::vector<std::string_view> words;
};

void write(const column& from, byte_writer& to) {
  to.text(from.name);
  to.number(static_cast<std::uint64_t>(from.kind));
  to.number(from.missing.empty() ? 0 : 1);
  to.values(from.missing);
  switch (from.kind) {
    case column_kind::number: to.values(from.numbers); break;
    case column_kind::flag: to.values(from.flags); break;
    case column_kind::count:
    case column_kind::day:
    case column_kind::word: to.values(from.integers); break;
  }
  if (from.kind != column_kind::word) return;
  to.number(from.words.size());
  for (const std::string_view word : from.words) to.text(word);
}

column read(byte_reader& from, std::uint64_t rows) {
  auto kept = std::make_shared<kept_column>();
  column made{.name = std::string(from.text())};
  const std::uint64_t kind = from.number();
  if (kind > static_cast<std::uint64_t>(column_kind::word)) byte_reader::refuse();
  made.kind = static_cast<column_kind>(kind);
  if (from.number() != 0) kept->missing = from.values<std::uint8_t>(rows);
  switch (made.kind) {
    case column_kind::number: kept->numbers = from.values<double>(rows); break;
    case column_kind::flag: kept->flags = from.values<std::uint8_t>(rows); break;
    case column_kind::count:
    case column_kind::day:
    case column_kind::word: kept->integers = from.values<std::int32_t>(rows); break;
  }
  if (made.kind == column_kind::word) {
    const std::uint64_t count = from.number();
    for (std::uint64_t i = 0; i < count; ++i) kept->texts.emplace_back(from.text());
    kept->words.assign(kept->texts.begin(), kept->texts.end());
    for (std::size_t row = 0; row < kept->integers.size(); ++row) {
      const bool is_missing = !kept->missing.empty() && kept->missing[row] != 0;
      const std::int32_t position = kept->integers[row];
      if (position < 0 || (static_cast<std::uint64_t>(position) >= count && !(is_missing && position == 0))) byte_reader::refuse();
    }
  }
  made.numbers = kept->numbers;
  made.integers = kept->integers;
  made.flags = kept->flags;
  made.missing = kept->missing;
  made.words = kept->words;
  made.owners = {std::move(kept)};
  return made;
}

}  // namespace

std::string bytes_of(const table& from) {
  byte_writer to;
  to.number(from.rows);
  to.number(from.columns.size());
  for (const column& c : from.columns) write(c, to);
  return std::move(to).take();
}

table table_from_bytes(std::string_view bytes) {
  byte_reader from(bytes);
  table made{.rows = static_cast<std::size_t>(from.number())};
  const std::uint64_t columns = from.number();
  for (std::uint64_t i = 0; i < columns; ++i) made.columns.push_back(read(from, made.rows));
  if (!from.at_end() || (made.rows > 0 && columns == 0)) byte_reader::refuse();
  return made;
}
