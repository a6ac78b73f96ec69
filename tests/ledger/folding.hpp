#pragma once

/** From raw entries to readings, as the tests of entries and readings use them. */

#include <attain/ledger/reading.hpp>
#include <attain/ledger/reading_together.hpp>

#include "support/entries.hpp"

#include <limits>
#include <string_view>
#include <utility>
#include <vector>

namespace attain::test {

/// A rule for a window, "2021" unless told otherwise.
inline fold_rule rule_for(indicator_kind kind, std::string_view window = "2021") {
  const period days = parse_period(window);
  return {.kind = kind, .start = days.start.days(), .due = days.last().days()};
}

/// What has been folded, asked by day.
struct folded {
  std::vector<event> events{};
  reading_notes notes{};

  const event* at(std::string_view as_of) const { return event_at(events, day(as_of)); }

  /// The amount as of a day, of an interval its low end.
  answer<double> on(std::string_view as_of) const {
    const event* e = at(as_of);
    if (e == nullptr) return reason::no_observation;
    if (e->missing != 0) return static_cast<reason>(e->missing);
    return e->low;
  }
  double high_on(std::string_view as_of) const { return at(as_of)->high; }
  double covered_on(std::string_view as_of) const { return at(as_of)->covered; }

  std::vector<code> remarks() const {
    std::vector<code> codes;
    for (const auto& r : notes.remarks()) codes.push_back(r.code);
    return codes;
  }
};

inline folded folded_from(std::vector<entry> entries, const fold_rule& rule) {
  folded result;
  standing(entries);
  fold(entries, rule, result.events, &result.notes);
  return result;
}

/// Several members folded together: the pair of amounts of two members as of a day.
struct folded_tuple {
  std::vector<event> events{};
  std::vector<std::pair<double, double>> amounts{};
  std::size_t members = 0;

  const event* at(std::string_view as_of) const { return event_at(events, day(as_of)); }

  answer<std::vector<double>> on(std::string_view as_of) const {
    const event* e = at(as_of);
    if (e == nullptr) return reason::no_observation;
    if (e->missing != 0) return static_cast<reason>(e->missing);
    std::vector<double> lows;
    const auto index = static_cast<std::size_t>(e - events.data());
    for (std::size_t m = 0; m < members; ++m) lows.push_back(amounts[index * members + m].first);
    return lows;
  }
};

inline folded_tuple folded_together(std::vector<std::vector<entry>> members, const std::vector<fold_rule>& rules) {
  folded_tuple result;
  result.members = members.size();
  for (auto& entries : members) standing(entries);
  fold_together(members, rules, result.events, result.amounts);
  return result;
}

inline const fold_rule sums = rule_for(indicator_kind::increment);
inline const fold_rule totals = rule_for(indicator_kind::running_total);
inline const fold_rule levels = rule_for(indicator_kind::level);

}  // namespace attain::test
