#pragma once

/** Idempotency keys: the same entry under the same key is dropped, another one is a conflict that names both. */
#include <attain/core/date.hpp>
#include <attain/core/number_text.hpp>
#include <attain/core/period.hpp>
#include <attain/ledger/detail/intake.hpp>
#include <attain/ledger/detail/ledger_state.hpp>
#include <attain/ledger/detail/problems.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

inline bool same_entry(const keyed_entry& a, const keyed_entry& b) noexcept {
  const row_fields &x = a.fields, &y = b.fields;
  constexpr std::uint32_t said = row_flag::content | row_flag::length;
  return a.series == b.series && x.last_day == y.last_day && ((x.length_and_flags ^ y.length_and_flags) & said) == 0 &&
         x.batch == y.batch && x.amount == y.amount && x.high == y.high && x.evidence == y.evidence && x.note == y.note;
}

/// "lifts at east, 2021-06: 12, recorded 2021-07-03"
inline std::string describe(const ledger_draft& draft, const keyed_entry& entry) {
  const packed_series series = draft.series[entry.series];
  const row_fields& f = entry.fields;
  std::string text(draft.texts[series.indicator]);
  if (series.place != 0) text.append(" at ").append(draft.texts[series.place]);
  const date end = date::from_days(f.last_day) + 1;
  text.append(", ").append(to_string(period{end - static_cast<int>(f.length_and_flags & row_flag::length), end})).append(": ");
  if ((f.length_and_flags & row_flag::withdrawn) != 0) {
    text += "withdrawn";
  } else if ((f.length_and_flags & row_flag::missing) != 0) {
    text += to_string(static_cast<reason>(static_cast<int>(f.amount)));
  } else {
    text += to_text(f.amount);
    if (f.high != f.amount) text.append(" to ").append(to_text(f.high));
  }
  return text.append(", recorded ").append(to_string(date::from_days(draft.batches[f.batch].recorded)));
}

/** Calls `drop(row)` for entries that are there already, in the ledger or further up in the same append.

  @param keyed     (key, row) of the rows with a key
  @param entry_at  entry_at(row): the entry
  @param place_of  place_of(row): where it is
*/
template <class EntryAt, class PlaceOf, class Drop>
void settle_keys(const ledger_draft& draft, std::vector<std::pair<text_id, std::uint32_t>> keyed, EntryAt&& entry_at,
                 PlaceOf&& place_of, Drop&& drop, problem_list& conflicts) {
  std::sort(keyed.begin(), keyed.end());
  keyed_entry standing;
  std::string whose;
  for (std::size_t i = 0; i < keyed.size(); ++i) {
    const auto [key, row] = keyed[i];
    if (i == 0 || key != keyed[i - 1].first) {
      if (const std::optional<keyed_entry> before = draft.find_key(key)) {
        standing = *before;
        whose = "in the ledger";
      } else {
        standing = entry_at(row);
        whose = place_of(row).field("key");
        continue;
      }
    }
    const keyed_entry entry = entry_at(row);
    if (same_entry(standing, entry)) {
      drop(row);
    } else {
      conflicts.add(code::key_conflict, place_of(row).field("key"), draft.texts[key], "one entry for each key",
                    "the key has another entry (" + whose + "): " + describe(draft, standing) + "; here: " + describe(draft, entry));
    }
  }
}

}  // namespace attain::inline v0::detail
