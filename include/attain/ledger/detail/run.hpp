#pragma once

/** A run: entries in columns, sorted, never changed.

  Twenty bytes a row. Where the rows of a series begin is looked up in its *directory*. What few entries have (high ends of
  intervals, evidence, notes, keys) lies in side columns of pairs of a row and a value.
*/
#include <attain/core/column.hpp>
#include <attain/core/config.hpp>
#include <attain/core/hash_index.hpp>
#include <attain/ledger/detail/row_order.hpp>
#include <attain/ledger/rows.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

struct row_range {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/** Which rows belong to a series.

  Dense: for every series the first row. Sparse: the series that are present with their first rows, and buckets of series ids of
  about one present series each, so that both find their rows in constant time.
*/
class run_directory {
 public:
  /// Dense if the rows are many compared with the series. Series are then added in ascending order.
  run_directory(std::uint32_t series_count, std::size_t rows) : dense_(series_count <= 2 * rows) {
    if (dense_) first_.reserve(series_count + std::size_t{1});
  }

  void add(series_id series, std::uint32_t first_row) {
    if (dense_) {
      while (first_.size() <= series) first_.push_back(first_row);
    } else {
      series_.push_back(series);
      first_.push_back(first_row);
    }
  }

  bool is_dense() const noexcept { return dense_; }
  /// Of a dense one, for all series at once: where each begins, to be written before `finish`.
  std::uint32_t* begin_all(std::uint32_t series_count) {
    first_.resize(series_count);
    return first_.data();
  }

  void finish(std::uint32_t rows) {
    first_.push_back(rows);
    if (dense_ || series_.empty()) return;
    while ((series_.back() >> shift_) > series_.size()) ++shift_;
    bucket_.assign((series_.back() >> shift_) + std::size_t{2}, 0u);
    for (const series_id series : series_) ++bucket_[(series >> shift_) + 1];
    for (std::size_t i = 1; i < bucket_.size(); ++i) bucket_[i] += bucket_[i - 1];
  }

  row_range find(series_id series) const noexcept {
    if (dense_) return series + std::size_t{1} < first_.size() ? row_range{first_[series], first_[series + 1]} : row_range{};
    const std::size_t bucket = series >> shift_;
    if (bucket + 1 >= bucket_.size()) return {};
    const auto begin = series_.begin() + bucket_[bucket];
    const auto end = series_.begin() + bucket_[bucket + 1];
    const auto found = std::lower_bound(begin, end, series);
    if (found == end || *found != series) return {};
    const auto i = static_cast<std::size_t>(found - series_.begin());
    return {first_[i], first_[i + 1]};
  }

  /// Where a series begins if that takes no search, else `nowhere`.
  std::uint32_t first_row(series_id series) const noexcept { return dense_ && series < first_.size() ? first_[series] : nowhere; }

  /// Positions to walk over; of a dense directory some may have no rows.
  std::size_t size() const noexcept { return first_.size() - 1; }
  series_id series(std::size_t i) const noexcept { return dense_ ? static_cast<series_id>(i) : series_[i]; }
  row_range rows(std::size_t i) const noexcept { return {first_[i], first_[i + 1]}; }

  std::size_t memory_bytes() const noexcept {
    return (series_.capacity() + first_.capacity() + bucket_.capacity()) * sizeof(std::uint32_t);
  }

 private:
  bool dense_;
  unsigned shift_ = 0;
  std::vector<series_id> series_;      ///< sparse only
  std::vector<std::uint32_t> first_;   ///< and the number of rows at the end
  std::vector<std::uint32_t> bucket_;  ///< sparse only: where the series of a bucket begin
};

/// A value of some rows.
template <class T>
struct side_column {
  std::vector<std::uint32_t> rows;  ///< ascending
  std::vector<T> values;

  void add(std::size_t row, T value) {
    rows.push_back(static_cast<std::uint32_t>(row));
    values.push_back(value);
  }
  /// The value of a row, or @p otherwise.
  T at(std::size_t row, T otherwise) const noexcept {
    const auto found = std::lower_bound(rows.begin(), rows.end(), row);
    return found != rows.end() && *found == row ? values[static_cast<std::size_t>(found - rows.begin())] : otherwise;
  }
  std::size_t memory_bytes() const noexcept {
    return rows.capacity() * sizeof(std::uint32_t) + values.capacity() * sizeof(T);
  }
  void shrink() {
    shrink_if_wasteful(rows);
    shrink_if_wasteful(values);
  }
};

struct run {
  column<std::int32_t> last_day;
  column<std::uint32_t> length_and_flags;
  column<batch_id> batch;
  column<double> amount;
  run_directory directory;
  side_column<double> high;
  side_column<text_id> evidence;
  side_column<text_id> note;
  side_column<text_id> key;
  std::vector<std::uint32_t> by_key;  ///< positions in `key`, by text id

  run(std::size_t rows, std::uint32_t series_count)
      : last_day(rows), length_and_flags(rows), batch(rows), amount(rows), directory(series_count, rows) {}

  std::size_t size() const noexcept { return last_day.size(); }

  bool has_extras() const noexcept {
    return !(high.rows.empty() && evidence.rows.empty() && note.rows.empty() && key.rows.empty());
  }

  /// Has the rows of a series fetched, about a dozen. A call that does no more than that would be taken for one without effect.
  ATTAIN_HOT void prefetch(series_id series) const noexcept {
    const std::size_t row = directory.first_row(series);
    if (row >= size()) return;
    ATTAIN_PREFETCH(&last_day[row]);
    ATTAIN_PREFETCH(&length_and_flags[row]);
    ATTAIN_PREFETCH(&amount[row]);
    ATTAIN_PREFETCH(&amount[row] + 8);
  }

  row_fields fields(std::size_t row) const noexcept {
    row_fields f{last_day[row], length_and_flags[row], batch[row], amount[row], amount[row], 0, 0, 0};
    if (has_extras()) {
      f.high = high_of(row);
      f.evidence = evidence.at(row, 0);
      f.note = note.at(row, 0);
      f.key = key.at(row, 0);
    }
    return f;
  }

  double high_of(std::size_t row) const noexcept {
    return (length_and_flags[row] & row_flag::interval) != 0 ? high.at(row, amount[row]) : amount[row];
  }

  void set(std::size_t row, const row_fields& f) {
    last_day[row] = f.last_day;
    length_and_flags[row] = f.length_and_flags;
    batch[row] = f.batch;
    amount[row] = f.amount;
    set_extras(row, f);
  }

  /// Rows must come in ascending order.
  void set_extras(std::size_t row, const row_fields& f) {
    if ((f.length_and_flags & row_flag::interval) != 0) high.add(row, f.high);
    if (f.evidence != 0) evidence.add(row, f.evidence);
    if (f.note != 0) note.add(row, f.note);
    if (f.key != 0) key.add(row, f.key);
  }

  void finish() {
    directory.finish(static_cast<std::uint32_t>(size()));
    high.shrink();
    evidence.shrink();
    note.shrink();
    key.shrink();
    by_key.resize(key.values.size());
    for (std::uint32_t i = 0; i < by_key.size(); ++i) by_key[i] = i;
    std::sort(by_key.begin(), by_key.end(), [this](auto a, auto b) { return key.values[a] < key.values[b]; });
  }

  /// The row with a key, or `nowhere`.
  std::uint32_t find_key(text_id text) const noexcept {
    const auto found = std::lower_bound(by_key.begin(), by_key.end(), text,
                                        [this](std::uint32_t i, text_id t) { return key.values[i] < t; });
    return found != by_key.end() && key.values[*found] == text ? key.rows[*found] : nowhere;
  }

  /// The series that a row belongs to.
  series_id series_of(std::uint32_t row) const noexcept {
    std::size_t low = 0, high_end = directory.size();  // the last position that begins at or before the row
    while (high_end - low > 1) {
      const std::size_t middle = low + (high_end - low) / 2;
      (directory.rows(middle).begin <= row ? low : high_end) = middle;
    }
    return directory.series(low);
  }

  std::size_t memory_bytes() const noexcept {
    return sizeof(run) + size() * 20 + directory.memory_bytes() + high.memory_bytes() + evidence.memory_bytes() +
           note.memory_bytes() + key.memory_bytes() + by_key.capacity() * sizeof(std::uint32_t);
  }
};

}  // namespace attain::inline v0::detail
