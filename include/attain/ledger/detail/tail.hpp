#pragma once

/** The few latest entries, sorted like a run and copied with every state. When it is full it becomes a run. */
#include <attain/ledger/detail/row_order.hpp>
#include <attain/ledger/detail/run.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace attain::inline v0::detail {

struct tail {
  static constexpr std::size_t capacity = 64;

  std::uint32_t size = 0;
  series_id series[capacity];
  std::int32_t last_day[capacity];
  std::uint32_t length_and_flags[capacity];
  batch_id batch[capacity];
  double amount[capacity];
  double high[capacity];
  text_id evidence[capacity];
  text_id note[capacity];
  text_id key[capacity];

  tail() noexcept {}  // NOLINT: what lies behind `size` is not read
  tail(const tail& other) noexcept : size(other.size) {
    other.each_column(*this, [&](const auto* from, auto* to) { std::copy_n(from, size, to); });
  }
  tail& operator=(const tail&) = delete;

  bool full() const noexcept { return size == capacity; }

  row_range find(series_id s) const noexcept {
    const auto [begin, end] = std::equal_range(series, series + size, s);
    return {static_cast<std::uint32_t>(begin - series), static_cast<std::uint32_t>(end - series)};
  }

  row_fields fields(std::size_t row) const noexcept {
    return {last_day[row], length_and_flags[row], batch[row], amount[row], high[row], evidence[row], note[row], key[row]};
  }

  std::uint32_t find_key(text_id text) const noexcept {
    const auto found = std::find(key, key + size, text);
    return found != key + size ? static_cast<std::uint32_t>(found - key) : nowhere;
  }

  /// Precondition: not full
  template <class Texts, class Batches>
  void insert(series_id s, const row_fields& f, const Texts& texts, const Batches& batches) {
    const std::uint64_t identity = identity_of(f.last_day, f.length_and_flags);
    const row_range same = find(s);
    std::uint32_t at = same.end;
    while (at != same.begin) {
      const std::uint64_t other = identity_of(last_day[at - 1], length_and_flags[at - 1]);
      if (other < identity || (other == identity && compare_within_identity(fields(at - 1), f, texts, batches) <= 0)) break;
      --at;
    }
    each_column(*this, [&](const auto* from, auto* to) { std::copy_backward(from + at, from + size, to + size + 1); });
    series[at] = s;
    last_day[at] = f.last_day;
    length_and_flags[at] = f.length_and_flags;
    batch[at] = f.batch;
    amount[at] = f.amount;
    high[at] = f.high;
    evidence[at] = f.evidence;
    note[at] = f.note;
    key[at] = f.key;
    ++size;
    mark_identities(last_day, length_and_flags, batch, amount, same.begin, same.end + 1, [this](std::size_t i) { return high[i]; },
                    [&](batch_id id) { return batches[id].recorded; });
  }

  std::shared_ptr<const run> to_run(std::uint32_t series_count) const {
    auto result = std::make_shared<run>(size, series_count);
    for (std::uint32_t i = 0; i < size; ++i) {
      if (i == 0 || series[i] != series[i - 1]) result->directory.add(series[i], i);
      result->set(i, fields(i));
    }
    result->finish();
    return result;
  }

 private:
  template <class Copy>
  void each_column(tail& to, Copy&& copy) const {
    copy(series, to.series);
    copy(last_day, to.last_day);
    copy(length_and_flags, to.length_and_flags);
    copy(batch, to.batch);
    copy(amount, to.amount);
    copy(high, to.high);
    copy(evidence, to.evidence);
    copy(note, to.note);
    copy(key, to.key);
  }
};

}  // namespace attain::inline v0::detail
