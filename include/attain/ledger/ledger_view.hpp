#pragma once

/** The engine's door to a ledger: one state of it, in columns and dense ids.

  A view holds its state: it stays what it was whatever is appended to the ledger (rule T2), and slices it gave stay valid while
  it lives. All members may be called from many threads at once. Nothing throws but for lack of memory; ids must be valid.
*/
#include <attain/core/config.hpp>
#include <attain/core/date.hpp>
#include <attain/ledger/observation.hpp>
#include <attain/ledger/rows.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace attain::inline v0 {

namespace detail {
struct ledger_state;
struct row_fields;
}

class ledger_view {
 public:
  /// Different for every state of every ledger, and growing: for caches.
  std::uint64_t state_id() const noexcept;
  std::size_t size() const noexcept;
  /// The latest recorded day of any entry, in days; the first of all days if there is none.
  std::int32_t max_recorded() const noexcept;

  // -- texts --------------------------------------------------------------------------------------
  std::uint32_t text_count() const noexcept;
  std::string_view text(text_id id) const noexcept;
  std::optional<text_id> find_text(std::string_view text) const noexcept;
  /// The (dimension, category) pairs of a text of `series_key::dimensions`, by dimension.
  std::vector<std::pair<std::string_view, std::string_view>> dimensions(text_id id) const;

  // -- series and batches -------------------------------------------------------------------------
  /// Series may be without entries.
  std::uint32_t series_count() const noexcept;
  series_key key(series_id id) const noexcept;
  std::optional<series_id> find_series(const series_key& key) const noexcept;
  /// The series about an indicator at a place, in no particular order.
  std::vector<series_id> series_at(text_id indicator, text_id place) const;

  std::uint32_t batch_count() const noexcept;
  batch_key batch(batch_id id) const noexcept;
  std::int32_t recorded(batch_id id) const noexcept;
  text_id author(batch_id id) const noexcept;

  // -- rows ---------------------------------------------------------------------------------------
  std::uint32_t run_count() const noexcept;
  /// The rows of a series in one run, without copying.
  row_slice rows(std::uint32_t run, series_id series) const noexcept;
  /// All rows of a series: without copying if they lie in one run, else merged into the buffer with `followed` and `tie` anew.
  row_slice rows(series_id series, row_buffer& buffer) const;
  /// All rows of several series that share their identities, merged into one slice and converted.
  row_slice rows(std::span<const series_part> parts, row_buffer& buffer) const;
  /// A hint that the rows of a series will soon be asked for.
  void prefetch(series_id series) const noexcept;
  /// The high end of a row of a slice that this view gave; for what is no interval, its amount.
  double high(const row_slice& slice, std::size_t i) const noexcept;
  /// Whether any entry names evidence, and what one names.
  bool has_evidence() const noexcept;
  text_id evidence(row_position where) const noexcept;
  /// The whole entry, `recorded` always given.
  observation entry(row_position where) const;

 private:
  friend class ledger;
  explicit ledger_view(std::shared_ptr<const detail::ledger_state> state) noexcept : state_(std::move(state)) {}

  row_slice merge(row_buffer& buffer) const;
  detail::row_fields fields_at(row_position where) const noexcept;

  std::shared_ptr<const detail::ledger_state> state_;
};

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/ledger/impl/ledger_view.ipp>
#endif
