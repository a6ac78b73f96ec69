#pragma once

/** A ledger in whole columns, as it lies in memory: for those who write it somewhere and take it up again, such as snapshots.

  Texts, series and batches are listed once and named by their position; text 0 is the empty one. Entries lie in runs (see
  `ledger/rows.hpp`): rows sorted by series, then identity, recorded day and content. What few entries have (high ends of
  intervals, evidence, notes, keys) lies in side columns of row numbers, ascending, and values.

  Everybody else uses `ledger` and `observation`.
*/
#include <attain/core/column.hpp>
#include <attain/core/column_memory.hpp>
#include <attain/core/config.hpp>
#include <attain/ledger/ledger.hpp>
#include <attain/ledger/rows.hpp>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace attain::inline v0 {

/// What entries refer to, by position.
struct ledger_image_tables {
  std::vector<std::uint32_t> text_lengths;  ///< in bytes; the first is 0
  std::string text_bytes;                   ///< one text after the other

  // one an element: a series; all are texts
  detail::growing_column<text_id> indicator, place, dimensions, step, stage, scope, unit;

  // one an element: a batch
  std::vector<std::int32_t> recorded;  ///< days since 1970-01-01
  std::vector<text_id> author, source;
};

/// The rows of one run, where they lie.
struct run_image_view {
  detail::growing_column<series_id> series;     ///< those that have rows, ascending
  detail::growing_column<std::uint32_t> count;  ///< and how many

  // one an element: a row
  std::span<const std::int32_t> last_day;
  std::span<const std::uint32_t> length_and_flags;  ///< see `row_flag`; `followed` and `tie` say nothing here
  std::span<const batch_id> batch;
  std::span<const double> amount;

  std::span<const std::uint32_t> high_rows, evidence_rows, note_rows, key_rows;
  std::span<const double> high;
  std::span<const text_id> evidence, note, key;
};

/// The same with columns of its own.
struct run_image {
  detail::growing_column<series_id> series;
  detail::growing_column<std::uint32_t> count;

  detail::column<std::int32_t> last_day;
  detail::column<std::uint32_t> length_and_flags;
  detail::column<batch_id> batch;
  detail::column<double> amount;

  std::vector<std::uint32_t> high_rows, evidence_rows, note_rows, key_rows;
  std::vector<double> high;
  std::vector<text_id> evidence, note, key;
};

struct ledger_image_view {
  ledger_image_tables tables;
  std::vector<run_image_view> runs;
  std::vector<std::shared_ptr<const void>> owners;  ///< of what the spans point into
};

struct ledger_image {
  ledger_image_tables tables;
  std::vector<run_image> runs;
};

/// The image of a ledger; rows are not copied.
ledger_image_view image_of(const ledger& book);

/** The ledger of an image, whose columns become its own.

  Nothing is taken on trust: throws `invalid_input` with every problem if the image could not have come from a ledger, such as a
  row out of order, an id that is none or a text listed twice (`where` is "text 3", "series 3", "batch 3" or "run 1, row 3",
  counted from 1).
*/
ledger ledger_from(ledger_image image);

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/ledger/impl/ledger_image.ipp>
#endif
