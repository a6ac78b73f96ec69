#pragma once
/** Tables through the Arrow C stream interface, without Arrow.

  https://arrow.apache.org/docs/format/CStreamInterface.html: three C structs, which every data frame library reads and writes.
  Out: numbers, counts, days and words are given as they lie in memory (float64, int32, date32, int32 positions in a dictionary of
  utf8); only flags and what is missing are packed into bits. The stream has one batch. It keeps the table as long as any buffer
  is in use; releasing may happen on any thread and touches nothing else. In: what is laid out alike is not copied. Sliced arrays,
  several batches, dictionaries, large and view texts, integers of all widths, decimals, timestamps at midnight without a zone are
  read; lists, structs and times of the day are not.
*/
#include <attain/io/table.hpp>

#include <cstdint>

// As the Arrow project publishes them, so that any other copy of these definitions is the same.
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

extern "C" {

struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};

}  // extern "C"

#endif  // ARROW_C_DATA_INTERFACE

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

extern "C" {

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};

}  // extern "C"

#endif  // ARROW_C_STREAM_INTERFACE

namespace attain::inline v0::io {

/// Makes @p out a schema of the table's columns, which the caller releases.
void export_schema(const table& from, ArrowSchema* out);

/// Makes @p out a stream of the table, which the caller releases.
void export_stream(const table& from, ArrowArrayStream* out);

/** Reads a stream to its end and releases it, also when throwing.

  Arrays are kept until the last column that points into them is gone. Throws `invalid_input`: `wrong_type` for a stream that is
  no table, or a column of a type that is not read (`where` is its name); `malformed` for what contradicts the interface or for an
  error that the stream reports; `duplicate_field` for a name that stands twice; `out_of_range` for a timestamp within a day.
*/
table import_stream(ArrowArrayStream* from);

}  // namespace attain::inline v0::io
