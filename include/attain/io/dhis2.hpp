#pragma once
/** DHIS2 `dataValueSets` in JSON, as observations (docs/dhis2.md).

  A data value is an observation: data element, organisation unit and period say what it is about, category and attribute option
  combinations are categories, `deleted` is a withdrawal. A value that is no number (DHIS2 has truth values, texts and days) has
  no amount, and is kept as text. Ids are taken as they are or translated by the caller's maps. All problems of a text are
  reported at once, `where` as in json.hpp; nothing is imported in half.
*/
#include <attain/core/finding.hpp>
#include <attain/core/period.hpp>
#include <attain/ledger/ledger.hpp>
#include <attain/model/programme.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0::io {

inline constexpr std::size_t max_dhis2_bytes = std::size_t{512} << 20;
inline constexpr std::size_t max_dhis2_values = 40'000'000;  ///< JSON values, ten or so for each data value

/// Their ids and ours. A map that is empty leaves ids as they are.
struct dhis2_ids {
  using map = std::map<std::string, std::string, std::less<>>;

  map elements{};    ///< data element, or `element.combination`, to indicator
  map places{};      ///< organisation unit to place; "" is the root place
  map categories{};  ///< category or attribute option combination to "sex=f;age=15-24", or "" for none
  /// Whether values of data elements, units and combinations that are not in a map are passed over; otherwise they are refused.
  bool skip_unmapped = false;
};

/** A period as DHIS2 writes it.

  `20180115`, `2018-01-15`; `2018W3` and weeks that begin on another day (`2018WedW3`, `Thu`, `Sat`, `Sun`); `2018BiW2`; `201801`,
  `2018-01`; `201801B` (two months); `2018Q1`; `2018S1`, `2018AprilS1`; `2018`; and years that begin in April, July or October
  (`2018April`). Weeks from Monday are ISO weeks, the others are counted as DHIS2 does. Finding: `malformed_period`,
  `out_of_range`.
*/
parsed<period> parse_dhis2_period(std::string_view text);
/// The same back, if DHIS2 has a word for it.
std::optional<std::string> to_dhis2_period(const period& p);

struct dhis2_results {
  ledger book;
  std::vector<finding> findings;  ///< warnings: values kept as text; a note: what was passed over
};

/** The data values of a text, as a ledger.

  With a programme, indicators and places are checked and amounts read in the units of the indicators, as in csv.hpp; without one
  an amount stays as written. Throws `invalid_input` and `ledger_conflict`.
*/
dhis2_results dhis2_from_json(std::string_view json, const programme& plan, const dhis2_ids& ids = {},
                              std::string_view file = {});
dhis2_results dhis2_from_json(std::string_view json, const dhis2_ids& ids = {}, std::string_view file = {});

/// The same from a file.
dhis2_results read_dhis2(const std::string& path, const programme& plan, const dhis2_ids& ids = {});
dhis2_results read_dhis2(const std::string& path, const dhis2_ids& ids = {});

struct dhis2_text {
  std::string json;
  std::vector<finding> losses;  ///< notes: what DHIS2 has no word for, each with its entry
};

/** The entries that stand in a ledger as a data value set: of each identity (rule R1) the one recorded last, a withdrawal as
    `deleted`.

  Reading with the same ids gives these entries again. With a programme, amounts are written in the units of the indicators.
  Throws `invalid_input` for text that is not UTF-8.
*/
dhis2_text to_dhis2(const ledger& book, const programme& plan, const dhis2_ids& ids = {});
dhis2_text to_dhis2(const ledger& book, const dhis2_ids& ids = {});

}  // namespace attain::inline v0::io
