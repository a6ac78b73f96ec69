#pragma once
/** Entries of the file as observations, found by batch, key or series, without reading the rest. Private. */
#include "entry_row.hpp"
#include "sqlite.hpp"

#include <attain/io/store.hpp>

#include <cstdint>
#include <string_view>

namespace attain::inline v0::io::detail {

class stored_entries {
 public:
  explicit stored_entries(const connection& in);

  /// Calls `visit(number, batch, observation)` for each, in the order of their numbers; `recorded` is always given.
  template <class Visit>
  void of_batch(batch_number batch, Visit&& visit) {
    // The entries of a batch are the records that follow it.
    of_batch_.bind(1, batch).bind(2, batch + count_of(batch));
    visit_rows(of_batch_, visit);
  }
  template <class Visit>
  void of_key(std::string_view key, Visit&& visit) {
    of_key_.bind(1, key);
    visit_rows(of_key_, visit);
  }
  template <class Visit>
  void about(std::string_view indicator, std::string_view place, Visit&& visit) {
    place.empty() ? about_.bind_null(2) : about_.bind(2, place);
    about_.bind(1, indicator);
    visit_rows(about_, visit);
  }

 private:
  template <class Visit>
  void visit_rows(statement& rows, Visit& visit) {
    while (rows.step()) visit(rows.integer(entry_column::seq), rows.integer(entry_column::batch), observation_at(rows));
    rows.reset();
  }

  std::int64_t count_of(batch_number batch);
  observation observation_at(const statement& row);
  std::string text(std::int64_t number);

  statement of_batch_;
  statement of_key_;
  statement about_;
  statement batch_;
  statement series_;
  statement text_;
};

}  // namespace attain::inline v0::io::detail
