#include <attain/io/arrow.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace attain::inline v0::io {

namespace {

/// What an exported schema owns. Children are released with it, unless a consumer moved them out.
struct schema_owner {
  std::string format;
  std::string name;
  std::vector<std::unique_ptr<ArrowSchema>> children;
  std::vector<ArrowSchema*> child_pointers;
  std::unique_ptr<ArrowSchema> dictionary;
};

template <class Struct>
void release_if_owned(Struct* one) {
  if (one != nullptr && one->release != nullptr) one->release(one);
}

void release_schema(ArrowSchema* schema) {
  std::unique_ptr<schema_owner> owner(static_cast<schema_owner*>(schema->private_data));
  for (const auto& child : owner->children) release_if_owned(child.get());
  release_if_owned(owner->dictionary.get());
  schema->release = nullptr;
}

void fill_schema(ArrowSchema* out, std::unique_ptr<schema_owner> owner, std::int64_t flags) {
  for (const auto& child : owner->children) owner->child_pointers.push_back(child.get());
  *out = ArrowSchema{.format = owner->format.c_str(),
                     .name = owner->name.c_str(),
                     .metadata = nullptr,
                     .flags = flags,
                     .n_children = static_cast<std::int64_t>(owner->children.size()),
                     .children = owner->child_pointers.data(),
                     .dictionary = owner->dictionary.get(),
                     .release = release_schema,
                     .private_data = nullptr};
  out->private_data = owner.release();
}

std::size_t bytes_of(std::span<const std::string_view> words) {
  std::size_t bytes = 0;
  for (const std::string_view word : words) bytes += word.size();
  return bytes;
}

bool needs_large_offsets(std::span<const std::string_view> words) {
  return bytes_of(words) > static_cast<std::size_t>((std::numeric_limits<std::int32_t>::max)());
}

const char* format_of(const column& from) {
  switch (from.kind) {
    case column_kind::number:
      return "g";
    case column_kind::day:
      return "tdD";
    case column_kind::flag:
      return "b";
    case column_kind::count:
    case column_kind::word:
      break;
  }
  return "i";
}

void fill_column_schema(const column& from, ArrowSchema* out) {
  auto owner = std::make_unique<schema_owner>();
  owner->format = format_of(from);
  owner->name = from.name;
  if (from.kind == column_kind::word) {
    auto words = std::make_unique<schema_owner>();
    words->format = needs_large_offsets(from.words) ? "U" : "u";
    owner->dictionary = std::make_unique<ArrowSchema>();
    fill_schema(owner->dictionary.get(), std::move(words), 0);
  }
  fill_schema(out, std::move(owner), from.missing.empty() ? 0 : ARROW_FLAG_NULLABLE);
}

/// What an exported array owns: the column that its buffers point into, and the buffers that were made for it. A child that was
/// moved out of its parent lives on by itself.
struct array_owner {
  column from;
  std::vector<std::uint8_t> validity;
  std::vector<std::uint8_t> bits;
  std::vector<std::uint8_t> offsets;
  std::string texts;
  std::vector<const void*> buffers;
  std::vector<std::unique_ptr<ArrowArray>> children;
  std::vector<ArrowArray*> child_pointers;
  std::unique_ptr<ArrowArray> dictionary;
};

void release_array(ArrowArray* array) {
  std::unique_ptr<array_owner> owner(static_cast<array_owner*>(array->private_data));
  for (const auto& child : owner->children) release_if_owned(child.get());
  release_if_owned(owner->dictionary.get());
  array->release = nullptr;
}

void fill_array(ArrowArray* out, std::unique_ptr<array_owner> owner, std::size_t length, std::size_t nulls) {
  for (const auto& child : owner->children) owner->child_pointers.push_back(child.get());
  *out = ArrowArray{.length = static_cast<std::int64_t>(length),
                    .null_count = static_cast<std::int64_t>(nulls),
                    .offset = 0,
                    .n_buffers = static_cast<std::int64_t>(owner->buffers.size()),
                    .n_children = static_cast<std::int64_t>(owner->children.size()),
                    .buffers = owner->buffers.data(),
                    .children = owner->child_pointers.data(),
                    .dictionary = owner->dictionary.get(),
                    .release = release_array,
                    .private_data = nullptr};
  out->private_data = owner.release();
}

/// One bit for each byte that is @p set: not zero, or zero.
std::vector<std::uint8_t> packed(std::span<const std::uint8_t> bytes, bool set) {
  std::vector<std::uint8_t> bits((bytes.size() + 7) / 8);
  const auto pack = [set](const std::uint8_t* from, std::size_t count) {
    unsigned made = 0;
    for (std::size_t i = 0; i < count; ++i) made |= static_cast<unsigned>((from[i] != 0) == set) << i;
    return static_cast<std::uint8_t>(made);
  };
  const std::size_t whole = bytes.size() / 8;
  for (std::size_t i = 0; i < whole; ++i) bits[i] = pack(bytes.data() + 8 * i, 8);
  if (whole < bits.size()) bits[whole] = pack(bytes.data() + 8 * whole, bytes.size() % 8);
  return bits;
}

template <class Offset>
std::vector<std::uint8_t> offsets_of(std::span<const std::string_view> words) {
  std::vector<std::uint8_t> bytes((words.size() + 1) * sizeof(Offset));
  auto* offsets = reinterpret_cast<Offset*>(bytes.data());
  offsets[0] = 0;
  for (std::size_t i = 0; i < words.size(); ++i) offsets[i + 1] = offsets[i] + static_cast<Offset>(words[i].size());
  return bytes;
}

void fill_words(std::span<const std::string_view> words, ArrowArray* out) {
  auto owner = std::make_unique<array_owner>();
  owner->offsets = needs_large_offsets(words) ? offsets_of<std::int64_t>(words) : offsets_of<std::int32_t>(words);
  owner->texts.reserve(bytes_of(words));
  for (const std::string_view word : words) owner->texts += word;
  owner->buffers = {nullptr, owner->offsets.data(), owner->texts.data()};
  fill_array(out, std::move(owner), words.size(), 0);
}

void fill_column(const column& from, ArrowArray* out) {
  static constexpr std::int64_t nothing = 0;  // a buffer without rows still has an address

  auto owner = std::make_unique<array_owner>();
  owner->from = from;
  std::size_t nulls = 0;
  const void* validity = nullptr;
  if (!from.missing.empty()) {
    owner->validity = packed(from.missing, false);
    validity = owner->validity.data();
    for (const std::uint8_t m : from.missing) nulls += m != 0;
  }
  const void* values = nullptr;
  switch (from.kind) {
    case column_kind::number:
      values = from.numbers.data();
      break;
    case column_kind::flag:
      owner->bits = packed(from.flags, true);
      values = owner->bits.data();
      break;
    case column_kind::count:
    case column_kind::day:
    case column_kind::word:
      values = from.integers.data();
      break;
  }
  if (from.kind == column_kind::word) {
    owner->dictionary = std::make_unique<ArrowArray>();
    fill_words(from.words, owner->dictionary.get());
  }
  owner->buffers = {validity, values == nullptr ? &nothing : values};
  fill_array(out, std::move(owner), from.size(), nulls);
}

void fill_table(const table& from, ArrowArray* out) {
  auto owner = std::make_unique<array_owner>();
  owner->buffers = {nullptr};
  for (const column& c : from.columns) {
    owner->children.push_back(std::make_unique<ArrowArray>());
    fill_column(c, owner->children.back().get());
  }
  fill_array(out, std::move(owner), from.rows, 0);
}

struct stream_owner {
  table from;
  bool is_done = false;
  std::string last_error;
};

/// What the interface returns for an exception: ENOMEM, the only thing that can go wrong.
template <class Work>
int guarded(ArrowArrayStream* stream, Work work) {
  auto& owner = *static_cast<stream_owner*>(stream->private_data);
  try {
    work(owner);
    return 0;
  } catch (const std::exception& failure) {
    owner.last_error = failure.what();
    return 12;
  }
}

int next_schema(ArrowArrayStream* stream, ArrowSchema* out) {
  return guarded(stream, [out](stream_owner& owner) { export_schema(owner.from, out); });
}

int next_array(ArrowArrayStream* stream, ArrowArray* out) {
  return guarded(stream, [out](stream_owner& owner) {
    *out = ArrowArray{};  // a released array marks the end
    if (owner.is_done) return;
    fill_table(owner.from, out);
    owner.is_done = true;
  });
}

const char* last_error(ArrowArrayStream* stream) {
  const auto& owner = *static_cast<stream_owner*>(stream->private_data);
  return owner.last_error.empty() ? nullptr : owner.last_error.c_str();
}

void release_stream(ArrowArrayStream* stream) {
  delete static_cast<stream_owner*>(stream->private_data);
  stream->release = nullptr;
}

}  // namespace

void export_schema(const table& from, ArrowSchema* out) {
  auto owner = std::make_unique<schema_owner>();
  owner->format = "+s";
  for (const column& c : from.columns) {
    owner->children.push_back(std::make_unique<ArrowSchema>());
    fill_column_schema(c, owner->children.back().get());
  }
  fill_schema(out, std::move(owner), 0);
}

void export_stream(const table& from, ArrowArrayStream* out) {
  *out = ArrowArrayStream{.get_schema = next_schema,
                          .get_next = next_array,
                          .get_last_error = last_error,
                          .release = release_stream,
                          .private_data = new stream_owner{.from = from, .last_error = {}}};
}

}  // namespace attain::inline v0::io
