#pragma once

#include <attain/core/date.hpp>
#include <attain/core/sort_stably.hpp>
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
  const date start = date::from_days(rule.start);
  const bool yearly = rule.counted_from == origin::year;
  const bool starts_a_year = start.month() == 1 && start.day() == 1;
  const auto year_of = [](const entry& e) { return date::from_days(e.last).year(); };
  std::optional<reading_term> eve;
  if (rule.counted_from == origin::ever || (yearly && !starts_a_year)) {
    if (rule.eve_amount) {
      eve =
          reading_term{.of = {.first = rule.start - 1, .last = rule.start - 1, .low = *rule.eve_amount, .high = *rule.eve_amount},
                       .factor = -1,
                       .declared = true};
    } else {
      std::vector<entry> merged;
      for (const entry& e : one_a_day(standing, merged)) {
        if (e.last == rule.start - 1 && e.missing == 0) eve = reading_term{.of = e, .factor = -1};
      }
    }
  }
  for (std::size_t i = 0; i < usable.size(); ++i) {
    const bool counts = i + 1 == usable.size() || (yearly && year_of(usable[i + 1]) != year_of(usable[i]));
    if (!counts) continue;
    terms.push_back({.of = usable[i]});
    if (eve && (!yearly || year_of(usable[i]) == start.year())) terms.push_back(*eve);
  }
}

// Rules R6b, A9: the steps that are done.
inline void terms_of_steps(std::span<const entry> usable, const fold_rule& rule, std::vector<reading_term>& terms) {
  double whole = 0;
  for (const double w : rule.step_weights) whole += w;
  std::vector<std::optional<entry>> latest(rule.step_weights.size());
  for (const entry& e : usable) follow(latest[e.slot - 1], e);
  for (std::size_t s = 0; s < latest.size(); ++s) {
    if (latest[s] && latest[s]->low >= 1 - 1e-9) terms.push_back({.of = *latest[s], .factor = rule.step_weights[s] / whole});
  }
  for (reading_term& t : terms) t.of.low = t.of.high = 1;
}

// Rule R14: of the author who comes first.
inline void terms_of_rating(std::span<const entry> usable, const fold_rule& rule, std::vector<reading_term>& terms) {
  std::vector<std::optional<entry>> latest;
  for (const entry& e : usable) {
    const auto same = std::find_if(latest.begin(), latest.end(), [&](const auto& l) { return l->slot == e.slot; });
    follow(same == latest.end() ? latest.emplace_back() : *same, e);
  }
  const auto rank = [&](const auto& l) { return (std::min)(l->slot, rule.ranked_authors + 1); };
  const auto chosen =
      std::min_element(latest.begin(), latest.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  if (chosen != latest.end()) terms.push_back({.of = **chosen});
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
