#pragma once

// Readings of ratings: the latest of the author who comes first (rule R14).

#include <attain/ledger/impl/event_list.hpp>
#include <attain/ledger/impl/usable_entries.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace attain::inline v0::detail {

// The latest rating of each author, whose entries come in the order of their last days.
class latest_by_author {
 public:
  explicit latest_by_author(std::uint32_t ranked_authors) : ranked_authors_(ranked_authors) {}

  bool empty() const noexcept { return latest_.empty(); }

  void add(const entry& e) {
    const auto same = std::find_if(latest_.begin(), latest_.end(), [&](const auto& l) { return l->slot == e.slot; });
    follow(same == latest_.end() ? latest_.emplace_back() : *same, e);
  }

  // Of the author who comes first. Precondition: there is one.
  const entry& first() const noexcept {
    return **std::min_element(latest_.begin(), latest_.end(), [&](const auto& a, const auto& b) { return rank(*a) < rank(*b); });
  }

  // Whether those that come first do not agree.
  bool are_ambiguous() const noexcept {
    const entry& chosen = first();
    return std::any_of(latest_.begin(), latest_.end(),
                       [&](const auto& l) { return rank(*l) == rank(chosen) && (l->ambiguous || !same_content(*l, chosen)); });
  }

 private:
  // Authors without a rank come last, together.
  std::uint32_t rank(const entry& e) const noexcept { return (std::min)(e.slot, ranked_authors_ + 1); }

  std::uint32_t ranked_authors_;
  std::vector<std::optional<entry>> latest_;
};

inline void fold_rating(std::span<const entry> entries, const fold_rule& rule, std::vector<event>& events) {
  latest_by_author latest(rule.ranked_authors);
  std::uint8_t missing = 0;
  for (const entry& e : entries) {
    if (!is_usable(e, rule)) continue;
    missing = first_of(missing, e.missing);
    if (e.missing != 0) {
      if (latest.empty()) put(events, without_amount(e.last, missing));
      continue;
    }
    latest.add(e);
    event now = latest.are_ambiguous() ? without_amount(e.last, as_missing(reason::ambiguous)) : with_amount(latest.first(), 1);
    now.day = now.data_day = now.reach = e.last;
    put(events, now);
  }
}

}  // namespace attain::inline v0::detail
