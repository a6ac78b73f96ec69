#pragma once

#include <attain/core/sort_stably.hpp>
#include <attain/ledger/impl/fold_rating.hpp>
#include <attain/ledger/impl/fold_running_total.hpp>
#include <attain/ledger/impl/fold_steps.hpp>
#include <attain/ledger/impl/usable_entries.hpp>
#include <attain/ledger/reading_terms.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>

namespace attain::inline v0 {
namespace detail {

// Rule R4: what shares days is resolved together.
inline void terms_of_increments(std::span<const entry> usable, std::vector<reading_term>& terms) {
  std::vector<entry> sorted(usable.begin(), usable.end());
  sort_stably(std::span(sorted), [](const entry& a, const entry& b) { return a.first < b.first; });
  for (std::size_t i = 0; i < sorted.size();) {
    std::vector<entry> together{sorted[i]};
    std::int32_t last = sorted[i].last;
    for (++i; i < sorted.size() && sorted[i].first <= last; ++i) {
      together.push_back(sorted[i]);
      last = (std::max)(last, sorted[i].last);
    }
    sort_stably(std::span(together), [](const entry& a, const entry& b) { return a.last < b.last; });
    if (together.size() > 1) without_overlaps(together);
    for (const entry& e : together) terms.push_back({.of = e});
  }
}

// Rules R5, R5a: the latest total, the closed years, less what was there on the eve.
inline void terms_of_running_total(std::span<const entry> standing, std::span<const entry> usable, const fold_rule& rule,
                                   std::vector<reading_term>& terms) {
  const total_origin counted(rule);
  std::vector<entry> merged;
  const std::optional<entry> eve = counted.on_eve(one_a_day(standing, merged));
  for (std::size_t i = 0; i < usable.size(); ++i) {
    const bool counts = i + 1 == usable.size() || counted.parts(usable[i], usable[i + 1]);
    if (!counts) continue;
    terms.push_back({.of = usable[i]});
    if (eve && counted.contains_eve(usable[i])) {
      terms.push_back({.of = *eve, .factor = -1, .declared = rule.eve_amount.has_value()});
    }
  }
}

// Rules R6b, A9: the steps that are done.
inline void terms_of_steps(std::span<const entry> usable, const fold_rule& rule, std::vector<reading_term>& terms) {
  const double whole = sum_of_weights(rule);
  std::vector<std::optional<entry>> latest(rule.step_weights.size());
  for (const entry& e : usable) follow(latest[e.slot - 1], e);
  for (std::size_t s = 0; s < latest.size(); ++s) {
    if (latest[s] && is_done(*latest[s])) terms.push_back({.of = *latest[s], .factor = rule.step_weights[s] / whole});
  }
  for (reading_term& t : terms) t.of.low = t.of.high = 1;
}

// Rule R14: of the author who comes first.
inline void terms_of_rating(std::span<const entry> usable, const fold_rule& rule, std::vector<reading_term>& terms) {
  latest_by_author latest(rule.ranked_authors);
  for (const entry& e : usable) latest.add(e);
  if (!latest.empty()) terms.push_back({.of = latest.first()});
}

}  // namespace detail

ATTAIN_INLINE std::vector<reading_term> terms_of(std::span<const entry> standing, const fold_rule& rule, std::int32_t day) {
  std::vector<entry> merged;
  const bool one_of_a_day = rule.kind == indicator_kind::level || rule.kind == indicator_kind::running_total;
  std::vector<entry> usable;
  for (const entry& e : one_of_a_day ? detail::one_a_day(standing, merged) : standing) {
    if (detail::is_usable(e, rule) && e.last <= day && e.missing == 0) usable.push_back(e);
  }
  std::vector<reading_term> terms;
  switch (rule.kind) {
    case indicator_kind::increment:
      detail::terms_of_increments(usable, terms);
      break;
    case indicator_kind::running_total:
      detail::terms_of_running_total(standing, usable, rule, terms);
      break;
    case indicator_kind::level:
      if (!usable.empty()) terms.push_back({.of = usable.back()});
      break;
    case indicator_kind::steps:
      detail::terms_of_steps(usable, rule, terms);
      break;
    case indicator_kind::rating:
      detail::terms_of_rating(usable, rule, terms);
      break;
    case indicator_kind::ratio:
    case indicator_kind::formula:
      break;  // computed from others
  }
  return terms;
}

}  // namespace attain::inline v0
