#pragma once

/** All observations: append-only, a correction is a new entry (rules R1, R2, T2).

  A ledger is a cheap handle to an immutable state. Appending makes this handle point to a new state; copies of the handle, views
  and evaluations keep what they saw. It needs no programme: what its texts mean is found out when the two are bound
  (ledger/binding.hpp). The order of appending never decides anything.

  Appending is all or nothing: it throws with every problem and leaves the ledger exactly as it was.
  - `invalid_input`: an id, text, period or number that cannot be (`where` is the row: "row 3", counted from 1);
  - `ledger_conflict` (`key_conflict`): an idempotency key that already has another entry. The same entry under the same key is
    no problem and is not appended again. Without a key it is: equal entries may be reported twice.

  Const members may be called from many threads at once, also while another handle is appended to.
*/
#include <attain/core/config.hpp>
#include <attain/core/date.hpp>
#include <attain/core/error.hpp>
#include <attain/ledger/ledger_view.hpp>
#include <attain/ledger/observation.hpp>
#include <attain/ledger/observation_columns.hpp>
#include <attain/ledger/rows.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace attain::inline v0 {

struct ledger_image;
struct ledger_image_view;

class ledger {
 public:
  ledger();
  explicit ledger(std::span<const observation> entries);

  void append(const observation& entry);
  void append(std::span<const observation> entries);
  /// On so many threads; what comes out does not depend on them.
  void append_columns(const observation_columns& columns, int threads = 1);

  // -- appending by ids, for those who append one entry at a time and often -------------------------
  /// The series of an entry, made if there is none. Throws `invalid_input` as `append` does.
  series_id series_for(const observation& like);
  batch_id batch_for(date recorded, std::string_view author = {}, std::string_view source = {});
  /// Throws `invalid_input` for amounts and periods that cannot be. The ids are trusted.
  void append_row(const ledger_row& row);

  std::size_t size() const noexcept;
  bool empty() const noexcept { return size() == 0; }
  /// Bytes held by this state, texts included; memory shared with other states counts in each.
  std::size_t memory_bytes() const noexcept;
  /// The latest recorded day, if there is an entry.
  std::optional<date> last_recorded() const noexcept;

  ledger_view view() const noexcept { return ledger_view(state_); }

  /// All entries in canonical order: by the texts of the series, then period, recorded day and content. `recorded` is
  /// always given, dimensions are sorted, what is not an amount has amount 0.
  std::vector<observation> observations() const;
  /// Calls `visit(const observation&)` for each, in the same order, without making all at once.
  template <class Visitor>
  void for_each(Visitor&& visit) const;

  /// What was ever said about an indicator at a place, superseded and withdrawn entries included, in canonical order.
  std::vector<observation> entries(std::string_view indicator, std::string_view place) const;

  /// Whether both hold the same entries.
  friend bool operator==(const ledger& a, const ledger& b) { return a.state_ == b.state_ || equal(a, b); }

  friend ledger_image_view image_of(const ledger& book);  // ledger/ledger_image.hpp
  friend ledger ledger_from(ledger_image image);

 private:
  static bool equal(const ledger& a, const ledger& b);
  std::vector<series_id> series_in_order() const;
  void put_in_order(std::vector<series_id>& series) const;

  std::shared_ptr<const detail::ledger_state> state_;
};

template <class Visitor>
void ledger::for_each(Visitor&& visit) const {
  const ledger_view seen = view();
  row_buffer buffer;
  for (const series_id series : series_in_order()) {
    const row_slice slice = seen.rows(series, buffer);
    for (std::size_t i = 0; i < slice.size; ++i) visit(seen.entry(slice.at(i)));
  }
}

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/ledger/impl/ledger.ipp>
#endif
