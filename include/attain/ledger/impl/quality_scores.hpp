#pragma once

// Scores of consistency, which follow from findings, and the sums over the indicators of a programme.

#include <attain/core/sort_stably.hpp>
#include <attain/ledger/quality.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

/// Programme and indicator.
using indicator_key = std::pair<std::uint32_t, std::uint32_t>;

/// Places with a warning, except one about their plan or the calendar, contradict themselves or others. @p reporting are the
/// numbers of places with entries.
inline void add_consistency(const std::map<indicator_key, std::size_t>& reporting, std::span<const quality_finding> findings,
                            std::vector<quality_score>& scores) {
  std::map<indicator_key, std::set<std::uint32_t>> doubtful;
  for (const quality_finding& f : findings) {
    const bool contradicts = f.severity == severity::warning && f.place != none && f.check != quality_check::goal_moved &&
                             f.check != quality_check::future_day;
    if (contradicts) doubtful[{f.programme, f.indicator}].insert(f.place);
  }
  for (const auto& [key, places] : reporting) {
    const auto found = doubtful.find(key);
    quality_score score{.measure = quality_measure::internal_consistency, .programme = key.first, .indicator = key.second};
    score.of = places;
    score.divergent = found == doubtful.end() ? 0 : (std::min)(found->second.size(), places);
    score.count = score.of - score.divergent;
    score.share = static_cast<double>(score.count) / static_cast<double>(score.of);
    scores.push_back(score);
  }
}

/// The sums over the indicators of each programme, before its own; a measure and variant each.
inline void add_totals(std::vector<quality_score>& scores) {
  const auto key = [](const quality_score& s) { return std::tuple(s.programme, s.measure, s.variant, s.threshold.value_or(0)); };
  std::map<std::tuple<std::uint32_t, quality_measure, std::string_view, double>, quality_score> totals;
  for (const quality_score& s : scores) {
    quality_score& sum = totals.try_emplace(key(s), quality_score{.measure = s.measure, .programme = s.programme}).first->second;
    sum.count += s.count;
    sum.of += s.of;
    sum.not_calculable += s.not_calculable;
    sum.divergent += s.divergent;
    sum.threshold = s.threshold;
    sum.variant = s.variant;
  }
  for (auto& [of, sum] : totals) {
    if (sum.of != 0) sum.share = static_cast<double>(sum.count) / static_cast<double>(sum.of);
    scores.push_back(sum);
  }
  sort_stably(std::span(scores), [&](const quality_score& a, const quality_score& b) {
    return std::tuple(a.programme, a.indicator + 1, a.measure) < std::tuple(b.programme, b.indicator + 1, b.measure);
  });
}

}  // namespace attain::inline v0::detail
