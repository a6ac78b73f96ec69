#pragma once

/** The order of the entries of a series, and which of them are about one identity (rules R1, R1a). */
#include <attain/ledger/detail/tables.hpp>
#include <attain/ledger/rows.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>

namespace attain::inline v0::detail {

/// Everything an entry says beside its series.
struct row_fields {
  std::int32_t last_day = 0;
  std::uint32_t length_and_flags = 0;
  batch_id batch = 0;
  double amount = 0;
  double high = 0;
  text_id evidence = 0;
  text_id note = 0;
  text_id key = 0;

  bool has_extras() const noexcept { return (length_and_flags & row_flag::interval) != 0 || (evidence | note | key) != 0; }
};

/// The same for the entries of one identity; ordered by last day, then first day. Below 2^52.
constexpr std::uint64_t identity_of(std::int32_t last, std::uint32_t length_and_flags) noexcept {
  const std::uint32_t day = static_cast<std::uint32_t>(last) ^ 0x80000000u;
  return std::uint64_t{day} << 20 | (row_flag::length - (length_and_flags & row_flag::length));
}

/// Whether two entries of one identity are the same entry by rule R1a.
inline bool same_content(std::uint32_t flags_a, double amount_a, double high_a, std::uint32_t flags_b, double amount_b,
                         double high_b) noexcept {
  return ((flags_a ^ flags_b) & row_flag::content) == 0 && amount_a == amount_b && high_a == high_b;
}

/** The order of two entries of one identity: by recorded day, then by all they say, so that equal means equal in everything
    and the order of appending cannot matter. Texts are compared, never ids.

  @tparam Texts, Batches  a table, or what adds to one
*/
template <class Texts, class Batches>
int compare_within_identity(const row_fields& a, const row_fields& b, const Texts& texts, const Batches& batches) {
  const auto three_way = [](auto x, auto y) { return x < y ? -1 : y < x ? 1 : 0; };
  const batch_key batch_a = batches[a.batch];
  const batch_key batch_b = batches[b.batch];
  if (const int c = three_way(batch_a.recorded, batch_b.recorded); c != 0) return c;
  if (const int c = three_way(a.length_and_flags & row_flag::content, b.length_and_flags & row_flag::content); c != 0) return c;
  if (const int c = three_way(a.amount, b.amount); c != 0) return c;
  if (const int c = three_way(a.high, b.high); c != 0) return c;
  const auto by_text = [&](text_id x, text_id y) { return x == y ? 0 : texts[x].compare(texts[y]); };
  if (const int c = by_text(batch_a.author, batch_b.author); c != 0) return c;
  if (const int c = by_text(batch_a.source, batch_b.source); c != 0) return c;
  if (const int c = by_text(a.evidence, b.evidence); c != 0) return c;
  if (const int c = by_text(a.note, b.note); c != 0) return c;
  return by_text(a.key, b.key);
}

/** Sets `tie` of row @p i of a series and `followed` of the one before; both are of one identity. Row @p i has no marks yet.

  @tparam High      high(i): the high end of row i
  @tparam Recorded  recorded(batch): the recorded day
*/
template <class High, class Recorded>
void mark_second(std::uint32_t* length_and_flags, const batch_id* batch, const double* amount, std::size_t i, High&& high,
                 Recorded&& recorded) {
  std::uint32_t& flags = length_and_flags[i];
  std::uint32_t& before = length_and_flags[i - 1];
  before |= row_flag::followed;
  if (recorded(batch[i]) != recorded(batch[i - 1])) return;
  if ((before & row_flag::tie) != 0 || !same_content(flags, amount[i], high(i), before, amount[i - 1], high(i - 1))) {
    flags |= row_flag::tie;
  }
}

/// Sets `followed` and `tie` of the sorted rows [@p from, @p to) of one series.
template <class High, class Recorded>
void mark_identities(const std::int32_t* last, std::uint32_t* length_and_flags, const batch_id* batch, const double* amount,
                     std::size_t from, std::size_t to, High&& high, Recorded&& recorded) {
  constexpr std::uint32_t marks = row_flag::followed | row_flag::tie;
  if (from == to) return;
  length_and_flags[from] &= ~marks;
  for (std::size_t i = from + 1; i < to; ++i) {
    length_and_flags[i] &= ~marks;
    if (identity_of(last[i], length_and_flags[i]) != identity_of(last[i - 1], length_and_flags[i - 1])) continue;
    mark_second(length_and_flags, batch, amount, i, high, recorded);
  }
}

}  // namespace attain::inline v0::detail
