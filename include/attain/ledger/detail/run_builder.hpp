#pragma once

/** Many entries in any order become a run.

  Rows are dealt out to partitions of neighbouring series, each small enough for the cache, straight into the columns of the run.
  Then each partition is put in order by counting: by last day, and what comes out by series, which keeps the order of days. Only
  the entries of one series and day, of which there are few, are compared. Apart from the run itself it needs 6 bytes a row.
*/
#include <attain/core/in_threads.hpp>
#include <attain/ledger/detail/run.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

/** What is to become a run.

  @tparam Rows  plain(): a function of i that gives row i without extras; whole(i): row i with them
*/
template <class Rows>
class run_builder {
 public:
  /// Rows whose series is `nowhere` are left out. @p parts is how many threads to use.
  run_builder(column<series_id> series, const Rows& rows, bool has_extras, std::uint32_t series_count, std::size_t parts = 1)
      : series_(std::move(series)), rows_(rows), has_extras_(has_extras), series_count_(series_count), parts_(parts) {}

  template <class Texts, class Batches>
  std::shared_ptr<const run> build(const Texts& texts, const Batches& batches) {
    if (series_.size() <= few_rows || series_.size() < series_count_ / 16) {
      build_from_few(texts, batches);
    } else {
      deal_out();
      sort_partitions(texts, batches);
    }
    set_extras();
    run_->finish();
    return std::move(run_);
  }

 private:
  struct record {
    std::int32_t last_day;
    std::uint32_t length_and_flags;
    batch_id batch;
    std::uint32_t series;  ///< within its partition
    double amount;
  };
  struct entry {
    row_fields fields;
    std::uint32_t origin;
  };
  static constexpr std::size_t few_rows = 1024;
  static constexpr std::size_t rows_of_a_partition = 65536;
  static constexpr std::size_t most_partitions = 2048;
  static constexpr unsigned most_shift = 16;  // series are numbered within a partition by sixteen bits

  /// What one thread needs to put partitions in order.
  struct bench {
    std::vector<record> records;         ///< of the partition, by day
    std::vector<std::uint32_t> origins;  ///< of the records, if there are extras
    std::vector<std::uint32_t> next;     ///< where the next row of a day, or of a series, goes
    std::vector<std::uint64_t> numbers;  ///< day and row, to be sorted
    std::vector<entry> compared;
  };

  /// Where the rows are few compared with the series, sorting them is cheaper than looking at every series.
  template <class Texts, class Batches>
  void build_from_few(const Texts& texts, const Batches& batches) {
    std::vector<std::uint64_t> by_series;
    for (std::uint32_t i = 0; i < series_.size(); ++i) {
      if (series_[i] != nowhere) by_series.push_back(std::uint64_t{series_[i]} << 32 | i);
    }
    std::sort(by_series.begin(), by_series.end());
    make_run(by_series.size());
    const auto plain = rows_.plain();
    for (std::size_t row = 0; row < by_series.size(); ++row) {
      const auto from = static_cast<std::uint32_t>(by_series[row]);
      write(row, plain(from), from);
    }
    bench at;
    for (std::size_t from = 0, to = 0; from < by_series.size(); from = to) {
      const std::uint64_t series = by_series[from] >> 32;
      while (to < by_series.size() && by_series[to] >> 32 == series) ++to;
      run_->directory.add(static_cast<series_id>(series), static_cast<std::uint32_t>(from));
      if (to - from > 1) compare_rows(at, from, to, texts, batches);
    }
  }

  void make_run(std::size_t rows) {
    run_ = std::make_shared<run>(rows, series_count_);
    if (has_extras_) origin_ = column<std::uint32_t>(rows);
  }

  void deal_out() {
    const std::size_t wanted = (std::min)(series_.size() / rows_of_a_partition + 1, most_partitions);
    while (shift_ < most_shift && (std::size_t{series_count_} >> shift_) >= wanted * 2) ++shift_;
    const std::size_t partitions = (std::size_t{series_count_} >> shift_) + 1;
    std::vector<std::vector<std::uint32_t>> next(parts_, std::vector<std::uint32_t>(partitions, 0u));  // row of each partition
    in_threads(parts_, [&](std::size_t part) { count_part(part, next[part]); });
    partition_.assign(partitions + 1, 0u);
    std::uint32_t row = 0;
    for (std::size_t p = 0; p < partitions; ++p) {
      partition_[p] = row;
      for (std::vector<std::uint32_t>& of_part : next) row += std::exchange(of_part[p], row);
    }
    partition_[partitions] = row;
    make_run(row);
    dealt_series_ = column<std::uint16_t>(row);
    in_threads(parts_, [&](std::size_t part) { deal_out_part(part, next[part].data()); });
    series_ = {};
  }

  void count_part(std::size_t part, std::vector<std::uint32_t>& count) const {
    const auto [begin, end] = part_of(series_.size(), part, parts_);
    for (std::size_t i = begin; i < end; ++i) {
      if (series_[i] != nowhere) ++count[series_[i] >> shift_];
    }
  }

  void deal_out_part(std::size_t part, std::uint32_t* const next_row) {
    // What the loop needs is in local variables: the compiler must not think that writing a row changes them.
    std::uint16_t* const series = dealt_series_.data();
    std::uint32_t* const origin = origin_.data();
    std::int32_t* const last = run_->last_day.data();
    std::uint32_t* const length_and_flags = run_->length_and_flags.data();
    batch_id* const batch = run_->batch.data();
    double* const amount = run_->amount.data();
    const unsigned shift = shift_;
    const series_id mask = (series_id{1} << shift) - 1;
    const series_id* const series_of = series_.data();
    const auto plain = rows_.plain();
    const auto [begin, end] = part_of(series_.size(), part, parts_);
    for (std::size_t i = begin; i < end; ++i) {
      const series_id s = series_of[i];
      if (s == nowhere) continue;
      const std::uint32_t to = next_row[s >> shift]++;
      const row_fields f = plain(i);
      series[to] = static_cast<std::uint16_t>(s & mask);
      last[to] = f.last_day;
      length_and_flags[to] = f.length_and_flags;
      batch[to] = f.batch;
      amount[to] = f.amount;
      if (origin != nullptr) origin[to] = static_cast<std::uint32_t>(i);
    }
  }

  /// The series of a sparse directory are written in their order: by one thread.
  template <class Texts, class Batches>
  void sort_partitions(const Texts& texts, const Batches& batches) {
    const bool is_dense = run_->directory.is_dense();
    std::uint32_t* const first = is_dense ? run_->directory.begin_all(series_count_) : nullptr;
    const std::size_t parts = is_dense ? parts_ : 1;
    const std::size_t partitions = partition_.size() - 1;
    in_threads(parts, [&](std::size_t part) {
      bench at;
      const auto [begin, end] = part_of(partitions, part, parts);
      for (std::size_t p = begin; p < end; ++p) {
        take_by_day(at, partition_[p], partition_[p + 1]);
        put_by_series(at, p, first);
        compare_where_days_repeat(at, p, first == nullptr, texts, batches);
      }
    });
  }

  /// Copies the rows of a partition into the records, in the order of their last days.
  void take_by_day(bench& at, std::uint32_t begin, std::uint32_t end) const {
    const std::size_t size = end - begin;
    at.records.resize(size);
    at.origins.resize(has_extras_ ? size : 0);
    if (size == 0) return;
    const std::int32_t* const last = run_->last_day.data();
    const auto [least, most] = std::minmax_element(last + begin, last + end);
    const std::int32_t first = *least;
    const auto days = static_cast<std::size_t>(std::int64_t{*most} - first) + 1;
    if (days > 4 * size + few_rows) {  // too few rows for so many days to count
      at.numbers.clear();
      for (std::uint32_t row = begin; row < end; ++row) {
        at.numbers.push_back(static_cast<std::uint64_t>(std::int64_t{last[row]} - first) << 32 | row);
      }
      std::sort(at.numbers.begin(), at.numbers.end());
      for (std::size_t i = 0; i < size; ++i) take(at, i, static_cast<std::uint32_t>(at.numbers[i]));
      return;
    }
    at.next.assign(days + 1, 0u);
    std::uint32_t* const next = at.next.data();
    for (std::uint32_t row = begin; row < end; ++row) ++next[last[row] - first + 1];
    for (std::size_t day = 1; day < days; ++day) next[day] += next[day - 1];
    for (std::uint32_t row = begin; row < end; ++row) take(at, next[last[row] - first]++, row);
  }

  ATTAIN_HOT void take(bench& at, std::size_t to, std::uint32_t row) const {
    at.records[to] = {run_->last_day[row], run_->length_and_flags[row], run_->batch[row], dealt_series_[row], run_->amount[row]};
    if (has_extras_) at.origins[to] = origin_[row];
  }

  /// Writes the records to their series. Then `next` says where the rows of each series end.
  void put_by_series(bench& at, std::size_t p, std::uint32_t* const first) {
    const std::uint32_t begin = partition_[p];
    const std::size_t count = series_of_partition(p);
    at.next.assign(count + 1, begin);
    std::uint32_t* const next = at.next.data();
    for (const record& r : at.records) ++next[r.series + 1];
    for (std::size_t s = 1; s < count; ++s) next[s] += next[s - 1] - begin;
    if (first != nullptr) std::copy(next, next + count, first + (p << shift_));
    std::int32_t* const last = run_->last_day.data();
    std::uint32_t* const length_and_flags = run_->length_and_flags.data();
    batch_id* const batch = run_->batch.data();
    double* const amount = run_->amount.data();
    std::uint32_t* const origin = origin_.data();
    for (std::size_t i = 0; i < at.records.size(); ++i) {
      const record& r = at.records[i];
      const std::uint32_t to = next[r.series]++;
      last[to] = r.last_day;
      length_and_flags[to] = r.length_and_flags;
      batch[to] = r.batch;
      amount[to] = r.amount;
      if (origin != nullptr) origin[to] = at.origins[i];
    }
  }

  std::size_t series_of_partition(std::size_t p) const noexcept {
    return (std::min)(std::size_t{1} << shift_, series_count_ - (p << shift_));
  }

  template <class Texts, class Batches>
  void compare_where_days_repeat(bench& at, std::size_t p, bool list_series, const Texts& texts, const Batches& batches) {
    const std::int32_t* const last = run_->last_day.data();
    std::size_t row = partition_[p];
    for (std::size_t s = 0; s < series_of_partition(p); ++s) {
      const std::size_t end = at.next[s];
      if (list_series && row != end)
        run_->directory.add(static_cast<series_id>((p << shift_) + s), static_cast<std::uint32_t>(row));
      for (std::size_t i = row + 1; i < end; ++i) {
        if (last[i] != last[i - 1]) continue;
        const std::size_t from = i - 1;
        while (i < end && last[i] == last[from]) ++i;
        compare_rows(at, from, i, texts, batches);
      }
      row = end;
    }
  }

  /// Puts rows of one series in their order, and marks those of one identity.
  template <class Texts, class Batches>
  void compare_rows(bench& at, std::size_t from, std::size_t to, const Texts& texts, const Batches& batches) {
    std::vector<entry>& entries = at.compared;
    entries.clear();
    for (std::size_t row = from; row < to; ++row) {
      const std::uint32_t origin = has_extras_ ? origin_[row] : 0;
      entries.push_back({has_extras_ ? rows_.whole(origin) : run_->fields(row), origin});
    }
    std::sort(entries.begin(), entries.end(), [&](const entry& a, const entry& b) {
      const std::uint64_t identity_a = identity_of(a.fields.last_day, a.fields.length_and_flags);
      const std::uint64_t identity_b = identity_of(b.fields.last_day, b.fields.length_and_flags);
      return identity_a != identity_b ? identity_a < identity_b : compare_within_identity(a.fields, b.fields, texts, batches) < 0;
    });
    for (std::size_t row = from; row < to; ++row) write(row, entries[row - from].fields, entries[row - from].origin);
    mark_identities(
        run_->last_day.data(), run_->length_and_flags.data(), run_->batch.data(), run_->amount.data(), from, to,
        [&](std::size_t row) { return entries[row - from].fields.high; }, [&](batch_id id) { return batches[id].recorded; });
  }

  void write(std::size_t row, const row_fields& f, std::uint32_t origin) {
    run_->last_day[row] = f.last_day;
    run_->length_and_flags[row] = f.length_and_flags;
    run_->batch[row] = f.batch;
    run_->amount[row] = f.amount;
    if (has_extras_) origin_[row] = origin;
  }

  void set_extras() {
    for (std::size_t row = 0; row < origin_.size(); ++row) run_->set_extras(row, rows_.whole(origin_[row]));
  }

  column<series_id> series_;
  const Rows& rows_;
  bool has_extras_;
  std::uint32_t series_count_;
  std::size_t parts_;
  unsigned shift_ = 0;
  std::vector<std::uint32_t> partition_;  ///< where the rows of a partition begin, and the end
  std::shared_ptr<run> run_;
  column<std::uint16_t> dealt_series_;  ///< of each row, within its partition
  column<std::uint32_t> origin_;        ///< which row each was, if there are extras
};

}  // namespace attain::inline v0::detail
