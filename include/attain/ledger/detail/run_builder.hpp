#pragma once

/** Many entries in any order become a run.

  Two passes: rows are dealt out to partitions of neighbouring series, each small enough for the cache, straight into the columns
  of the run; then each partition is sorted in place. Apart from the run itself it needs 8 bytes a row.
*/
#include <attain/ledger/detail/run.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

/** What is to become a run.

  @tparam Rows  plain(i): row i without extras; whole(i): with them
*/
template <class Rows>
class run_builder {
 public:
  /// Rows whose series is `nowhere` are left out.
  run_builder(column<series_id> series, const Rows& rows, bool has_extras, std::uint32_t series_count)
      : series_(std::move(series)), rows_(rows), has_extras_(has_extras), series_count_(series_count) {}

  template <class Texts, class Batches>
  std::shared_ptr<const run> build(const Texts& texts, const Batches& batches) {
    deal_out();
    for (std::size_t p = 0; p + 1 < partition_.size(); ++p) {
      take_partition(p);
      sort_partition(p, texts, batches);
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
  static constexpr std::size_t rows_of_a_partition = 131072;
  static constexpr std::size_t most_partitions = 2048;

  void deal_out() {
    const std::size_t wanted = std::min(series_.size() / rows_of_a_partition + 1, most_partitions);
    while ((std::size_t{series_count_} >> shift_) >= wanted * 2) ++shift_;
    partition_.assign((std::size_t{series_count_} >> shift_) + 2, 0u);
    for (const series_id s : series_) {
      if (s != nowhere) ++partition_[(s >> shift_) + 1];
    }
    for (std::size_t p = 1; p < partition_.size(); ++p) partition_[p] += partition_[p - 1];

    run_ = std::make_shared<run>(partition_.back(), series_count_);
    dealt_series_ = column<series_id>(partition_.back());
    if (has_extras_) dealt_origin_ = column<std::uint32_t>(partition_.back());
    std::vector<std::uint32_t> next(partition_.begin(), partition_.end() - 1);
    for (std::size_t i = 0; i < series_.size(); ++i) {
      const series_id s = series_[i];
      if (s == nowhere) continue;
      const std::uint32_t to = next[s >> shift_]++;
      const row_fields f = rows_.plain(i);
      dealt_series_[to] = s;
      run_->last_day[to] = f.last_day;
      run_->length_and_flags[to] = f.length_and_flags;
      run_->batch[to] = f.batch;
      run_->amount[to] = f.amount;
      if (has_extras_) dealt_origin_[to] = static_cast<std::uint32_t>(i);
    }
    series_ = {};
  }

  /// Copies a partition into `records_`, series by series.
  void take_partition(std::size_t p) {
    const std::uint32_t begin = partition_[p], end = partition_[p + 1];
    const auto first_series = static_cast<series_id>(p << shift_);
    start_.assign((std::size_t{1} << shift_) + 1, 0u);
    for (std::uint32_t row = begin; row < end; ++row) ++start_[dealt_series_[row] - first_series + 1];
    for (std::size_t s = 1; s < start_.size(); ++s) start_[s] += start_[s - 1];
    if (records_.size() < end - begin) records_.resize(end - begin);
    for (std::uint32_t row = begin; row < end; ++row) {
      records_[start_[dealt_series_[row] - first_series]++] = {run_->last_day[row], run_->length_and_flags[row], run_->batch[row],
                                                              has_extras_ ? dealt_origin_[row] : 0, run_->amount[row]};
    }
  }

  template <class Texts, class Batches>
  void sort_partition(std::size_t p, const Texts& texts, const Batches& batches) {
    const auto before = [&](const record& a, const record& b) {
      const std::uint64_t identity_a = identity_of(a.last_day, a.length_and_flags);
      const std::uint64_t identity_b = identity_of(b.last_day, b.length_and_flags);
      return identity_a != identity_b ? identity_a < identity_b : compare_within_identity(whole(a), whole(b), texts, batches) < 0;
    };
    const std::uint32_t begin = partition_[p];
    std::uint32_t from = 0;
    for (std::size_t s = 0; s + 1 < start_.size(); ++s) {
      const std::uint32_t to = start_[s];
      if (from == to) continue;
      sort_records(records_.data() + from, records_.data() + to, before);
      run_->directory.add(static_cast<series_id>((p << shift_) + s), begin + from);
      for (std::uint32_t i = from; i < to; ++i) write(begin + i, records_[i]);
      mark_identities(run_->last_day.data(), run_->length_and_flags.data(), run_->batch.data(), run_->amount.data(), begin + from,
                      begin + to, [this](std::size_t i) { return run_->high_of(i); },
                      [&](batch_id id) { return batches[id].recorded; });
      from = to;
    }
  }

  template <class Before>
  static void sort_records(record* begin, record* end, const Before& before) {
    if (end - begin > 32) {
      std::sort(begin, end, before);
      return;
    }
    for (record* i = begin + 1; i < end; ++i) {
      const record row = *i;
      record* hole = i;
      for (; hole != begin && before(row, hole[-1]); --hole) *hole = hole[-1];
      *hole = row;
    }
  }

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
  unsigned shift_ = 0;
  std::vector<std::uint32_t> partition_;  ///< where the rows of a partition begin
  std::shared_ptr<run> run_;
  column<series_id> dealt_series_;
  column<std::uint32_t> dealt_origin_;
  std::vector<std::uint32_t> start_;      ///< of the partition at hand: where the rows of a series begin, and end once they are there
  std::vector<record> records_;
};

}  // namespace attain::inline v0::detail
