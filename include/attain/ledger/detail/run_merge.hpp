#pragma once

/** Two runs become one. Stretches of rows that only one of them has are copied whole. */
#include <attain/ledger/detail/run.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace attain::inline v0::detail {

class run_merger {
 public:
  run_merger(const run& a, const run& b, std::uint32_t series_count)
      : sources_{{a}, {b}}, merged_(std::make_shared<run>(a.size() + b.size(), series_count)) {}

  template <class Texts, class Batches>
  std::shared_ptr<const run> operator()(const Texts& texts, const Batches& batches) {
    auto& [a, b] = sources_;
    a.skip_empty();
    b.skip_empty();
    while (!a.done() || !b.done()) {
      const bool from_a = !a.done() && (b.done() || a.series() <= b.series());
      const bool from_b = !b.done() && (a.done() || b.series() <= a.series());
      merged_->directory.add(from_a ? a.series() : b.series(), static_cast<std::uint32_t>(written_));
      if (from_a && from_b) {
        interleave(a, b, texts, batches);
      } else {
        source& only = from_a ? a : b;
        copy(only, only.rows().end);
      }
      if (from_a) a.next();
      if (from_b) b.next();
    }
    merged_->finish();
    return merged_;
  }

 private:
  struct source {
    const run& from;
    bool has_extras = from.has_extras();
    std::size_t position = 0;       ///< in the directory
    std::uint32_t row = 0;          ///< the next to be copied
    std::size_t high = 0, evidence = 0, note = 0, key = 0;  ///< the next of the side columns

    bool done() const noexcept { return position == from.directory.size(); }
    series_id series() const noexcept { return from.directory.series(position); }
    row_range rows() const noexcept { return from.directory.rows(position); }
    void skip_empty() noexcept {
      while (!done() && rows().begin == rows().end) ++position;
    }
    void next() noexcept {
      ++position;
      skip_empty();
    }
  };

  template <class Texts, class Batches>
  void interleave(source& a, source& b, const Texts& texts, const Batches& batches) {
    const std::size_t begin = written_;
    const std::uint32_t end_a = a.rows().end, end_b = b.rows().end;
    while (a.row != end_a && b.row != end_b) {
      const std::uint64_t identity_a = identity_of(a.from.last_day[a.row], a.from.length_and_flags[a.row]);
      const std::uint64_t identity_b = identity_of(b.from.last_day[b.row], b.from.length_and_flags[b.row]);
      const bool a_first =
          identity_a != identity_b
              ? identity_a < identity_b
              : compare_within_identity(a.from.fields(a.row), b.from.fields(b.row), texts, batches) <= 0;
      source& first = a_first ? a : b;
      copy(first, first.row + 1);
    }
    copy(a, end_a);
    copy(b, end_b);
    mark_identities(merged_->last_day.data(), merged_->length_and_flags.data(), merged_->batch.data(), merged_->amount.data(),
                    begin, written_, [this](std::size_t i) { return merged_->high_of(i); },
                    [&](batch_id id) { return batches[id].recorded; });
  }

  void copy(source& s, std::uint32_t end) {
    // Mostly very few rows: a plain loop is faster than copying each column as a block.
    std::size_t to = written_;
    for (std::uint32_t row = s.row; row < end; ++row, ++to) {
      merged_->last_day[to] = s.from.last_day[row];
      merged_->length_and_flags[to] = s.from.length_and_flags[row];
      merged_->batch[to] = s.from.batch[row];
      merged_->amount[to] = s.from.amount[row];
    }
    if (s.has_extras) {
      copy_side(s.from.high, s.high, s.row, end, merged_->high);
      copy_side(s.from.evidence, s.evidence, s.row, end, merged_->evidence);
      copy_side(s.from.note, s.note, s.row, end, merged_->note);
      copy_side(s.from.key, s.key, s.row, end, merged_->key);
    }
    s.row = end;
    written_ = to;
  }

  template <class T>
  void copy_side(const side_column<T>& from, std::size_t& next, std::uint32_t begin, std::uint32_t end, side_column<T>& to) {
    for (; next < from.rows.size() && from.rows[next] < end; ++next) {
      to.add(written_ + (from.rows[next] - begin), from.values[next]);
    }
  }

  source sources_[2];
  std::shared_ptr<run> merged_;
  std::size_t written_ = 0;
};

}  // namespace attain::inline v0::detail
