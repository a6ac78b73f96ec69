#include "arrow_chunks.hpp"

#include <attain/core/error.hpp>

#include <algorithm>
#include <utility>

namespace attain::inline v0::io {

namespace detail {

void throw_bad_arrow(attain::code what, std::string where, std::string_view text, std::string message, std::string expected) {
  throw invalid_input(
      finding{severity::error, what, std::move(where), escaped_excerpt(text), std::move(expected), std::move(message)});
}

}  // namespace detail

namespace {

using namespace detail;

/// One of the C structs, released when it goes.
template <class Struct>
class owned {
 public:
  owned() = default;
  owned(const owned&) = delete;
  owned& operator=(const owned&) = delete;
  ~owned() {
    if (value.release != nullptr) value.release(&value);
  }
  Struct value{};
};

struct stream_guard {
  ArrowArrayStream* stream;
  ~stream_guard() {
    if (stream->release != nullptr) stream->release(stream);
  }
};

void check(ArrowArrayStream* stream, int result) {
  if (result == 0) return;
  const char* message = stream->get_last_error(stream);
  throw_bad_arrow(code::malformed, {}, message == nullptr ? "" : message, "the stream reports an error", {});
}

void check_batch(const ArrowSchema& schema, const ArrowArray& batch) {
  const auto malformed = [](const char* message) { throw_bad_arrow(code::malformed, {}, {}, message, "a stream of tables"); };
  if (batch.n_children != schema.n_children) malformed("a batch has not as many columns as the schema");
  if (batch.length < 0 || batch.offset < 0) malformed("a batch has a negative length or offset");
  for (std::int64_t c = 0; c < batch.n_children; ++c) {
    const ArrowArray& child = *batch.children[c];
    if (child.offset < 0 || child.length < batch.offset + batch.length) malformed("a column is shorter than its batch");
  }
  if (batch.null_count == 0 || batch.n_buffers == 0 || batch.buffers[0] == nullptr) return;
  const arrow_chunk rows{
      .array = &batch, .offset = static_cast<std::size_t>(batch.offset), .rows = static_cast<std::size_t>(batch.length)};
  for (std::size_t row = 0; row < rows.rows; ++row) {
    if (rows.is_null(row)) malformed("a row is missing as a whole");
  }
}

std::string name_of(const ArrowSchema& schema) { return schema.name == nullptr ? std::string{} : std::string(schema.name); }

void check_names(const ArrowSchema& schema) {
  std::vector<std::string> names;
  for (std::int64_t c = 0; c < schema.n_children; ++c) {
    std::string name = name_of(*schema.children[c]);
    if (std::find(names.begin(), names.end(), name) != names.end()) {
      throw_bad_arrow(code::duplicate_field, name, name, "the column is there twice", "each name once");
    }
    names.push_back(std::move(name));
  }
}

}  // namespace

table import_stream(ArrowArrayStream* from) {
  const stream_guard guard{from};
  owned<ArrowSchema> schema;
  check(from, from->get_schema(from, &schema.value));
  if (std::string_view(schema.value.format) != "+s") {
    throw_bad_arrow(code::wrong_type, {}, schema.value.format, "this is one column, not a table of named columns", "a table");
  }
  check_names(schema.value);

  std::vector<std::shared_ptr<const owned<ArrowArray>>> batches;
  for (;;) {
    auto batch = std::make_shared<owned<ArrowArray>>();
    check(from, from->get_next(from, &batch->value));
    if (batch->value.release == nullptr) break;
    check_batch(schema.value, batch->value);
    if (batch->value.length > 0) batches.push_back(std::move(batch));
  }

  table made;
  for (const auto& batch : batches) made.rows += static_cast<std::size_t>(batch->value.length);
  for (std::int64_t c = 0; c < schema.value.n_children; ++c) {
    std::vector<arrow_chunk> chunks;
    for (const auto& batch : batches) {
      const ArrowArray& child = *batch->value.children[c];
      chunks.push_back({&child, static_cast<std::size_t>(child.offset + batch->value.offset),
                        static_cast<std::size_t>(batch->value.length), batch});
    }
    made.columns.push_back(column_of_chunks(name_of(*schema.value.children[c]), *schema.value.children[c], chunks));
  }
  return made;
}

}  // namespace attain::inline v0::io
