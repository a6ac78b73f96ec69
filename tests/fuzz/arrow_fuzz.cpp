/** Tables through the Arrow C stream interface. The interface hands over bare pointers, so a producer's pointers and lengths are
   right here; types, offsets, nulls, dictionaries, sizes of batches and all contents are the fuzzer's. Oracles: a table that was
   read is exported and read again as the same table; everything that was handed over is released exactly once. */
#include "fuzz.hpp"

#include <attain/core/error.hpp>
#include <attain/io/arrow.hpp>
#include <attain/io/table.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <deque>
#include <memory>
#include <vector>

using namespace attain;

namespace {

int alive = 0;  // arrays and schemas that were handed over and not yet released

/// A schema or array with what it points into.
struct owned_schema {
  std::string format, name;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> pointers;
  ArrowSchema dictionary{};
};

struct owned_array {
  std::deque<std::vector<std::uint64_t>> memory;  // aligned for everything
  std::vector<const void*> buffers;
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> pointers;
  ArrowArray dictionary{};
};

template <class Struct, class Owner>
void release(Struct* one) {
  auto* const owner = static_cast<Owner*>(one->private_data);
  for (Struct* child : owner->pointers) {
    if (child->release != nullptr) child->release(child);
  }
  if (owner->dictionary.release != nullptr) owner->dictionary.release(&owner->dictionary);
  delete owner;
  one->release = nullptr;
  --alive;
}

void finish(ArrowSchema& schema, std::unique_ptr<owned_schema> owner) {
  schema.format = owner->format.c_str();
  schema.name = owner->name.c_str();
  for (ArrowSchema& child : owner->children) owner->pointers.push_back(&child);
  schema.n_children = static_cast<std::int64_t>(owner->pointers.size());
  schema.children = owner->pointers.data();
  schema.dictionary = owner->dictionary.release != nullptr ? &owner->dictionary : nullptr;
  schema.release = &release<ArrowSchema, owned_schema>;
  schema.private_data = owner.release();
  ++alive;
}

void finish(ArrowArray& array, std::unique_ptr<owned_array> owner) {
  for (ArrowArray& child : owner->children) owner->pointers.push_back(&child);
  array.n_buffers = static_cast<std::int64_t>(owner->buffers.size());
  array.buffers = owner->buffers.data();
  array.n_children = static_cast<std::int64_t>(owner->pointers.size());
  array.children = owner->pointers.data();
  array.dictionary = owner->dictionary.release != nullptr ? &owner->dictionary : nullptr;
  array.release = &release<ArrowArray, owned_array>;
  array.private_data = owner.release();
  ++alive;
}

struct column_type {
  std::string format, name;
  std::string of_dictionary;  ///< format of its values; empty: it has none
};

constexpr std::array formats{"g",  "f",   "i",   "l",    "C",      "s", "b",  "u", "U",
                             "vu", "tdD", "tdm", "tss:", "d:10,2", "n", "+l", "z", "L"};
constexpr std::array names{"indicator", "place", "day", "start",  "end",       "amount",
                           "recorded",  "unit",  "key", "period", "withdrawn", "note"};

std::vector<column_type> take_types(fuzz::input& from) {
  std::vector<column_type> types(from.below(8));
  for (column_type& type : types) {
    type.name = from.below(8) == 0 ? std::string(from.text(12)) : names[from.below(names.size())];
    type.name.resize(std::min(type.name.size(), type.name.find('\0')));
    type.format = formats[from.below(formats.size())];
    if (from.below(4) == 0) {
      static constexpr std::array indices{"c", "i", "l", "S", "L"};
      type.format = indices[from.below(indices.size())];
      type.of_dictionary = from.below(4) != 0 ? "u" : formats[from.below(formats.size())];
    }
  }
  return types;
}

ArrowSchema schema_of(const std::vector<column_type>& types) {
  auto owner = std::make_unique<owned_schema>();
  owner->format = "+s";
  for (const column_type& type : types) {
    auto child = std::make_unique<owned_schema>();
    child->format = type.format;
    child->name = type.name;
    if (!type.of_dictionary.empty()) {
      auto values = std::make_unique<owned_schema>();
      values->format = type.of_dictionary;
      finish(child->dictionary, std::move(values));
    }
    finish(owner->children.emplace_back(), std::move(child));
  }
  ArrowSchema made{};
  finish(made, std::move(owner));
  return made;
}

/// Bytes of the fuzzer's for so many values of a size, and zeros behind them.
void* add_buffer(owned_array& owner, fuzz::input& from, std::size_t bytes) {
  std::vector<std::uint64_t>& memory = owner.memory.emplace_back(bytes / 8 + 2);
  const std::string_view taken = from.text(255);
  std::memcpy(memory.data(), taken.data(), std::min(taken.size(), bytes));
  owner.buffers.push_back(memory.data());
  return memory.data();
}

template <class Offset>
void add_texts(owned_array& owner, fuzz::input& from, std::size_t count) {
  const std::string_view text = from.text(100);
  auto* const offsets = static_cast<Offset*>(add_buffer(owner, from, (count + 1) * sizeof(Offset)));
  for (std::size_t i = 0; i <= count; ++i) {  // they may fall, but never lead outside: no reader could know
    offsets[i] = static_cast<Offset>(std::min<std::uint64_t>(static_cast<std::uint64_t>(offsets[i]), text.size()));
    if (i > 0 && from.below(16) != 0) offsets[i] = std::max(offsets[i], offsets[i - 1]);
  }
  std::vector<std::uint64_t>& memory = owner.memory.emplace_back(text.size() / 8 + 2);
  std::memcpy(memory.data(), text.data(), text.size());
  owner.buffers.push_back(memory.data());
}

void add_views(owned_array& owner, fuzz::input& from, std::size_t count) {
  struct view {
    std::int32_t size;
    char beginning[4];
    std::int32_t buffer, offset;
  };
  add_buffer(owner, from, count * sizeof(view));
  const std::string_view text = from.text(100);
  std::vector<std::uint64_t>& memory = owner.memory.emplace_back(text.size() / 8 + 2);
  std::memcpy(memory.data(), text.data(), text.size());
  owner.buffers.push_back(memory.data());
  std::vector<std::uint64_t>& lengths = owner.memory.emplace_back(1);
  lengths[0] = text.size();
  owner.buffers.push_back(lengths.data());
}

ArrowArray array_of(const column_type& type, std::size_t rows, fuzz::input& from) {
  ArrowArray made{};
  auto owner = std::make_unique<owned_array>();
  made.offset = static_cast<std::int64_t>(from.below(4));
  made.length = static_cast<std::int64_t>(rows + from.below(3));
  const auto count = static_cast<std::size_t>(made.offset + made.length) + 8;  // the batch may have an offset, too
  if (from.flip()) {
    add_buffer(*owner, from, count / 8 + 1);
    made.null_count = -1;
  } else {
    owner->buffers.push_back(nullptr);
  }
  if (type.format == "u" || type.format == "z") {
    add_texts<std::int32_t>(*owner, from, count);
  } else if (type.format == "U") {
    add_texts<std::int64_t>(*owner, from, count);
  } else if (type.format == "vu") {
    add_views(*owner, from, count);
  } else if (type.format == "n") {
    owner->buffers.clear();
    made.null_count = made.length;
  } else {
    add_buffer(*owner, from, count * 16);  // decimals are the widest
  }
  if (!type.of_dictionary.empty()) owner->dictionary = array_of({type.of_dictionary, {}, {}}, from.below(6), from);
  finish(made, std::move(owner));
  return made;
}

/// A stream whose batches the fuzzer makes up as they are asked for.
struct source {
  fuzz::input& from;
  std::vector<column_type> types;
  std::size_t batches;
  bool is_released = false;

  static source& of(ArrowArrayStream* stream) { return *static_cast<source*>(stream->private_data); }

  static int get_schema(ArrowArrayStream* stream, ArrowSchema* out) {
    *out = schema_of(of(stream).types);
    return 0;
  }
  static int get_next(ArrowArrayStream* stream, ArrowArray* out) {
    source& self = of(stream);
    *out = ArrowArray{};
    if (self.batches-- == 0) return 0;
    if (self.from.below(32) == 0) return 5;
    const std::size_t rows = self.from.below(20);
    auto owner = std::make_unique<owned_array>();
    ArrowArray made{};
    made.length = static_cast<std::int64_t>(rows);
    made.offset = static_cast<std::int64_t>(self.from.below(4) == 0 ? self.from.below(3) : 0);
    owner->buffers.push_back(nullptr);
    for (const column_type& type : self.types) owner->children.push_back(array_of(type, rows, self.from));
    finish(made, std::move(owner));
    *out = made;
    return 0;
  }
  static const char* get_last_error(ArrowArrayStream*) { return "the fuzzer's error"; }
  static void release(ArrowArrayStream* stream) {
    fuzz::require(!of(stream).is_released, "a stream was released twice");
    of(stream).is_released = true;
    stream->release = nullptr;
  }
};

bool same(const io::column& a, const io::column& b) {
  if (a.name != b.name || a.kind != b.kind || a.size() != b.size()) return false;
  for (std::size_t row = 0; row < a.size(); ++row) {
    if (a.is_missing(row) != b.is_missing(row)) return false;
    if (a.is_missing(row)) continue;
    switch (a.kind) {
      case io::column_kind::number:
        if (std::bit_cast<std::uint64_t>(a.numbers[row]) != std::bit_cast<std::uint64_t>(b.numbers[row])) return false;
        break;
      case io::column_kind::flag:
        if (a.flags[row] != b.flags[row]) return false;
        break;
      case io::column_kind::word:
        if (a.word(row) != b.word(row)) return false;
        break;
      default:
        if (a.integers[row] != b.integers[row]) return false;
    }
  }
  return true;
}

void go_through(fuzz::input& from) {
  source made{from, take_types(from), from.below(4)};
  ArrowArrayStream stream{&source::get_schema, &source::get_next, &source::get_last_error, &source::release, &made};
  io::table read;
  try {
    read = io::import_stream(&stream);
  } catch (const invalid_input&) {
    fuzz::require(made.is_released, "a stream that was refused was not released");
    return;
  }
  fuzz::require(made.is_released, "a stream was not released");
  ArrowArrayStream out{};
  io::export_stream(read, &out);
  const io::table again = io::import_stream(&out);
  fuzz::require(again.rows == read.rows && again.columns.size() == read.columns.size(), "a table comes back with another shape");
  for (std::size_t i = 0; i < read.columns.size(); ++i) {
    fuzz::require(same(read.columns[i], again.columns[i]), "a column comes back changed: " + read.columns[i].name);
  }
  ledger book;
  try {
    io::append_table(book, read);
    fuzz::require(book.size() <= read.rows, "a table has given more entries than it has rows");
  } catch (const error&) {
    fuzz::require(book.empty(), "a table that was refused has left entries");
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::input from(data, size);
  go_through(from);
  fuzz::require(alive == 0, "what was handed over is not released exactly once");
  return 0;
}
