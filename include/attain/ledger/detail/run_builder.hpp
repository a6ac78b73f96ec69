#pragma once

/** Many entries in any order become a run.

  Two passes: rows are dealt out to partitions of neighbouring series, each small enough for the cache, straight into the columns
  of the run; then each partition is sorted in place. Apart from the run itself it needs 6 bytes a row.
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
    run_->finish();
    return std::move(run_);
  }

 private:
  struct record {
    std::int32_t last_day;
    std::uint32_t length_and_flags;
    batch_id batch;
    std::uint32_t origin;  ///< which row it was, if there are extras
    double amount;
  };
  static constexpr unsigned position_bits = 12;  // an identity takes 52
  static constexpr std::size_t most_numbers = std::size_t{1} << position_bits;
  static constexpr std::uint64_t position_mask = most_numbers - 1;
  static constexpr std::size_t few_rows = 1024;
  static constexpr std::size_t rows_of_a_partition = 131072;
  static constexpr std::size_t most_partitions = 2048;
  static constexpr unsigned most_shift = 16;  // series are numbered within a partition by sixteen bits

  /// What one thread needs to sort partitions.
  struct bench {
    std::vector<std::uint32_t>
        start;  ///< of the partition at hand: where the rows of a series begin, and end once they are there
    std::vector<record> records;
    std::vector<std::uint64_t> numbers = std::vector<std::uint64_t>(most_numbers);
  };

  /// Where the rows are few compared with the series, sorting them is cheaper than looking at every series.
  template <class Texts, class Batches>
  void build_from_few(const Texts& texts, const Batches& batches) {
    std::vector<std::uint64_t> by_series;
    for (std::uint32_t i = 0; i < series_.size(); ++i) {
      if (series_[i] != nowhere) by_series.push_back(std::uint64_t{series_[i]} << 32 | i);
    }
    std::sort(by_series.begin(), by_series.end());
    run_ = std::make_shared<run>(by_series.size(), series_count_);
    bench at;
    const auto plain = rows_.plain();
    for (std::size_t from = 0; from < by_series.size(); from += at.records.size()) {
      const auto series = static_cast<series_id>(by_series[from] >> 32);
      at.records.clear();
      for (std::size_t i = from; i < by_series.size() && by_series[i] >> 32 == series; ++i) {
        const auto origin = static_cast<std::uint32_t>(by_series[i]);
        const row_fields f = plain(origin);
        at.records.push_back({f.last_day, f.length_and_flags, f.batch, origin, f.amount});
      }
      run_->directory.add(series, static_cast<std::uint32_t>(from));
      write_sorted(at, at.records.data(), at.records.size(), from, texts, batches);
    }
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
    run_ = std::make_shared<run>(row, series_count_);
    dealt_series_ = column<std::uint16_t>(row);
    if (has_extras_) dealt_origin_ = column<std::uint32_t>(row);
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
    std::uint32_t* const origin = dealt_origin_.data();
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

  /// Extras, and the series of a sparse directory, are written in their order: by one thread.
  template <class Texts, class Batches>
  void sort_partitions(const Texts& texts, const Batches& batches) {
    const bool in_order = has_extras_ || !run_->directory.is_dense();
    std::uint32_t* const first = run_->directory.is_dense() ? run_->directory.begin_all(series_count_) : nullptr;
    const std::size_t parts = in_order ? 1 : parts_;
    const std::size_t partitions = partition_.size() - 1;
    in_threads(parts, [&](std::size_t part) {
      bench at;
      const auto [begin, end] = part_of(partitions, part, parts);
      for (std::size_t p = begin; p < end; ++p) {
        take_partition(at, p);
        sort_partition(at, p, first, texts, batches);
      }
    });
  }

  /// Copies a partition into the records, series by series.
  void take_partition(bench& at, std::size_t p) const {
    const std::uint32_t begin = partition_[p], end = partition_[p + 1];
    at.start.assign((std::size_t{1} << shift_) + 1, 0u);
    for (std::uint32_t row = begin; row < end; ++row) ++at.start[dealt_series_[row] + std::size_t{1}];
    for (std::size_t s = 1; s < at.start.size(); ++s) at.start[s] += at.start[s - 1];
    if (at.records.size() < end - begin) at.records.resize(end - begin);
    for (std::uint32_t row = begin; row < end; ++row) {
      at.records[at.start[dealt_series_[row]]++] = {run_->last_day[row], run_->length_and_flags[row], run_->batch[row],
                                                    has_extras_ ? dealt_origin_[row] : 0, run_->amount[row]};
    }
  }

  template <class Texts, class Batches>
  void sort_partition(bench& at, std::size_t p, std::uint32_t* first, const Texts& texts, const Batches& batches) {
    const std::uint32_t begin = partition_[p];
    const std::size_t first_series = p << shift_;
    const std::size_t count = (std::min)(std::size_t{1} << shift_, series_count_ - first_series);
    std::uint32_t from = 0;
    for (std::size_t s = 0; s < count; ++s) {
      const std::uint32_t to = at.start[s];
      if (first != nullptr) first[first_series + s] = begin + from;
      if (from == to) continue;
      if (first == nullptr) run_->directory.add(static_cast<series_id>(first_series + s), begin + from);
      write_sorted(at, at.records.data() + from, to - from, begin + from, texts, batches);
      from = to;
    }
  }

  /// Writes the rows of a series in their order, mostly by sorting plain numbers: an identity and, in the lowest bits, a
  /// position.
  template <class Texts, class Batches>
  void write_sorted(bench& by, record* rows, std::size_t size, std::size_t at, const Texts& texts, const Batches& batches) {
    const auto before = [&](const record& a, const record& b) {
      const std::uint64_t identity_a = identity_of(a), identity_b = identity_of(b);
      return identity_a != identity_b ? identity_a < identity_b : compare_within_identity(whole(a), whole(b), texts, batches) < 0;
    };
    bool repeats = false;  // whether some identity has several entries
    if (size <= most_numbers) {
      for (std::size_t i = 0; i < size; ++i) by.numbers[i] = identity_of(rows[i]) << position_bits | i;
      sort_numbers(by.numbers.data(), size);
      for (std::size_t i = 1; i < size; ++i) repeats |= by.numbers[i] >> position_bits == by.numbers[i - 1] >> position_bits;
      if (repeats) {
        std::sort(
            by.numbers.begin(), by.numbers.begin() + static_cast<std::ptrdiff_t>(size), [&](std::uint64_t a, std::uint64_t b) {
              return a >> position_bits != b >> position_bits ? a < b : before(rows[a & position_mask], rows[b & position_mask]);
            });
      }
      for (std::size_t i = 0; i < size; ++i) write(at + i, rows[by.numbers[i] & position_mask]);
    } else {
      std::sort(rows, rows + size, before);
      for (std::size_t i = 0; i < size; ++i) write(at + i, rows[i]);
      repeats = true;
    }
    if (!repeats) return;
    mark_identities(
        run_->last_day.data(), run_->length_and_flags.data(), run_->batch.data(), run_->amount.data(), at, at + size,
        [this](std::size_t i) { return run_->high_of(i); }, [&](batch_id id) { return batches[id].recorded; });
  }

  static void sort_numbers(std::uint64_t* numbers, std::size_t size) {
    if (size > 64) {
      std::sort(numbers, numbers + size);
      return;
    }
    for (std::size_t i = 1; i < size; ++i) {
      const std::uint64_t number = numbers[i];
      std::size_t hole = i;
      for (; hole != 0 && number < numbers[hole - 1]; --hole) numbers[hole] = numbers[hole - 1];
      numbers[hole] = number;
    }
  }

  static std::uint64_t identity_of(const record& r) noexcept { return detail::identity_of(r.last_day, r.length_and_flags); }

  row_fields whole(const record& from) const {
    if (has_extras_) return rows_.whole(from.origin);
    return {from.last_day, from.length_and_flags, from.batch, from.amount, from.amount, 0, 0, 0};
  }

  void write(std::size_t row, const record& from) {
    run_->last_day[row] = from.last_day;
    run_->length_and_flags[row] = from.length_and_flags;
    run_->batch[row] = from.batch;
    run_->amount[row] = from.amount;
    if (has_extras_) run_->set_extras(row, rows_.whole(from.origin));
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
  column<std::uint32_t> dealt_origin_;
};

}  // namespace attain::inline v0::detail
