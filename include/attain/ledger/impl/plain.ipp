#pragma once

#include <attain/ledger/plain.hpp>

namespace attain::inline v0 {

ATTAIN_INLINE plain_fold plain_fold_of(std::span<const fold_rule> rules) noexcept {
  const auto is_increment = [](const fold_rule& rule) { return rule.kind == indicator_kind::increment; };
  if (rules.size() > most_plain_members) return plain_fold::general;
  if (rules.size() > 1) return std::all_of(rules.begin(), rules.end(), is_increment) ? plain_fold::tuples : plain_fold::general;
  const fold_rule& only = rules[0];
  if (is_increment(only)) return plain_fold::increments;
  if (only.kind == indicator_kind::level) return only.inside_only ? plain_fold::levels_inside : plain_fold::levels;
  const bool since_start = only.kind == indicator_kind::running_total && only.counted_from == origin::window;
  return since_start ? plain_fold::totals : plain_fold::general;
}

}  // namespace attain::inline v0
