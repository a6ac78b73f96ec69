#pragma once

/** Many entries in any order become a run.

  Two passes: rows are dealt out to partitions of neighbouring series, each small enough for the cache, then each partition is
  dealt out to its series and every series sorted. Apart from the result it needs 32 bytes a row, and 24 while the result is
  written.
*/
#include <attain/ledger/detail/run.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

/** What is to become a run.

  @tparam Fields  fields(i): what row i says as `row_fields`; extras may be left out unless `has_extras`
*/
template <class Fields>
class run_builder {
 public:
  /// Rows whose series is `nowhere` are left out.
  run_builder(column<series_id> series, const Fields& fields, bool has_extras, std::uint32_t series_count)
      : series_(std::move(series)), fields_(fields), has_extras_(has_extras), series_count_(series_count) {}

  template <class Texts, class Batches>
  std::shared_ptr<const run> build(const Texts& texts, const Batches& batches) {
    deal_out();
    result_ = std::make_shared<run>(records_.size(), series_count_);
    for (std::size_t p = 0; p + 1 < partition_.size(); ++p) sort_partition(p, texts, batches);
    result_->finish();
    return std::move(result_);
  }

 private:
  struct record {
    series_id series;
    std::int32_t last_day;
    std::uint32_t length_and_flags;
    batch_id batch;
    double amount;
  };
  struct sorted_row {
    std::uint64_t identity;
    std::uint32_t record;
  };
  static constexpr std::size_t rows_of_a_partition = 8192;
  static constexpr std::size_t most_partitions = 2048;

  void deal_out() {
    const std::size_t wanted = std::min(series_.size() / rows_of_a_partition + 1, most_partitions);
    while ((std::size_t{series_count_} >> shift_) >= wanted * 2) ++shift_;
    partition_.assign((std::size_t{series_count_} >> shift_) + 2, 0u);
    for (const series_id s : series_) {
      if (s != nowhere) ++partition_[(s >> shift_) + 1];
    }
    for (std::size_t p = 1; p < partition_.size(); ++p) partition_[p] += partition_[p - 1];

    records_ = column<record>(partition_.back());
    if (has_extras_) origin_ = column<std::uint32_t>(partition_.back());
    std::vector<std::uint32_t> next(partition_.begin(), partition_.end() - 1);
    for (std::size_t i = 0; i < series_.size(); ++i) {
      const series_id s = series_[i];
      if (s == nowhere) continue;
      const std::uint32_t to = next[s >> shift_]++;
      const row_fields f = fields_(i);
      records_[to] = {s, f.last_day, f.length_and_flags, f.batch, f.amount};
      if (has_extras_) origin_[to] = static_cast<std::uint32_t>(i);
    }
    series_ = {};
  }

  template <class Texts, class Batches>
  void sort_partition(std::size_t p, const Texts& texts, const Batches& batches) {
    const std::uint32_t begin = partition_[p], end = partition_[p + 1];
    if (begin == end) return;
    const auto first_series = static_cast<series_id>(p << shift_);
    const std::size_t series = std::size_t{1} << shift_;

    start_.assign(series + 1, 0u);
    for (std::uint32_t r = begin; r < end; ++r) ++start_[records_[r].series - first_series + 1];
    for (std::size_t s = 1; s <= series; ++s) start_[s] += start_[s - 1];
    if (sorted_.size() < end - begin) sorted_.resize(end - begin);
    for (std::uint32_t r = begin; r < end; ++r) {
      sorted_[start_[records_[r].series - first_series]++] = {identity_of(records_[r].last_day, records_[r].length_and_flags), r};
    }

    std::uint32_t from = 0;
    for (std::size_t s = 0; s < series; ++s) {
      const std::uint32_t to = start_[s];
      if (from == to) continue;
      const auto before = [&](const sorted_row& a, const sorted_row& b) {
        return a.identity != b.identity
                   ? a.identity < b.identity
                   : compare_within_identity(whole(a.record), whole(b.record), texts, batches) < 0;
      };
      sort_rows(sorted_.data() + from, sorted_.data() + to, before);
      result_->directory.add(first_series + static_cast<series_id>(s), begin + from);
      for (std::uint32_t i = from; i < to; ++i) write(begin + i, sorted_[i].record);
      mark_identities(result_->last_day.data(), result_->length_and_flags.data(), result_->batch.data(), result_->amount.data(),
                      begin + from, begin + to, [this](std::size_t i) { return result_->high_of(i); },
                      [&](batch_id id) { return batches[id].recorded; });
      from = to;
    }
  }

  template <class Before>
  static void sort_rows(sorted_row* begin, sorted_row* end, const Before& before) {
    if (end - begin > 32) {
      std::sort(begin, end, before);
      return;
    }
    for (sorted_row* i = begin + 1; i < end; ++i) {
      const sorted_row row = *i;
      sorted_row* hole = i;
      for (; hole != begin && before(row, hole[-1]); --hole) *hole = hole[-1];
      *hole = row;
    }
  }

  row_fields whole(std::uint32_t r) const {
    if (has_extras_) return fields_(origin_[r]);
    const record& from = records_[r];
    return {from.last_day, from.length_and_flags, from.batch, from.amount, from.amount, 0, 0, 0};
  }

  void write(std::size_t row, std::uint32_t r) {
    const record& from = records_[r];
    result_->last_day[row] = from.last_day;
    result_->length_and_flags[row] = from.length_and_flags;
    result_->batch[row] = from.batch;
    result_->amount[row] = from.amount;
    if (has_extras_) result_->set_extras(row, fields_(origin_[r]));
  }

  column<series_id> series_;
  const Fields& fields_;
  bool has_extras_;
  std::uint32_t series_count_;
  unsigned shift_ = 0;
  std::vector<std::uint32_t> partition_;  ///< where the records of a partition begin
  column<record> records_;
  column<std::uint32_t> origin_;          ///< which row a record was, if there are extras
  std::vector<std::uint32_t> start_;
  std::vector<sorted_row> sorted_;
  std::shared_ptr<run> result_;
};

}  // namespace attain::inline v0::detail
