#pragma once

#include <attain/judge/draws.hpp>
#include <attain/judge/firmness.hpp>
#include <attain/judge/impl/checked_tree.hpp>
#include <attain/judge/impl/tree_drawer.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <utility>

namespace attain::inline v0 {
namespace detail {

ATTAIN_INLINE void check_firmness(const firmness_options& options) {
  if (options.draws == 0 || options.draws > 0xFFFFFFFFu)
    refuse_firmness("draws", std::to_string(options.draws), "from 1 to 4294967295");
  if (options.threads < 1) refuse_firmness("threads", std::to_string(options.threads), "at least 1");
  const bool in_range =
      options.weights == weight_noise::fixed || (options.amount > 0 && std::isfinite(options.amount) &&
                                                 (options.weights == weight_noise::dirichlet || options.amount <= 1));
  if (!in_range) refuse_firmness("amount", to_text(options.amount), "above 0, of relative noise at most 1");
  if (!(options.data_error >= 0) || !std::isfinite(options.data_error)) {
    refuse_firmness("data_error", to_text(options.data_error), "0 or more");
  }
}

}  // namespace detail

ATTAIN_INLINE std::vector<answer<double>> scores_of(const score_tree& tree, const score_sheet& sheet) {
  return detail::all_scores(detail::checked_tree(tree, sheet), tree.weight);
}

ATTAIN_INLINE std::vector<std::int32_t> ranks_by_score(std::span<const answer<double>> scores) {
  std::vector<double> sorted;
  for (const answer<double>& s : scores) {
    if (s.has_value()) sorted.push_back(*s);
  }
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::int32_t> ranks;
  for (const answer<double>& s : scores) {
    if (!s.has_value()) {
      ranks.push_back(0);
      continue;
    }
    const auto higher = sorted.end() - std::upper_bound(sorted.begin(), sorted.end(), *s);
    ranks.push_back(static_cast<std::int32_t>(higher) + 1);
  }
  return ranks;
}

ATTAIN_INLINE void rank_without(std::span<const std::int32_t> with_all, without_node& one) {
  one.ranks = ranks_by_score(one.scores);
  double shift = 0;
  std::size_t ranked = 0;
  for (std::size_t u = 0; u < with_all.size(); ++u) {
    if (one.ranks[u] == 0 || with_all[u] == 0) continue;
    shift += std::abs(one.ranks[u] - with_all[u]);
    ++ranked;
  }
  one.mean_rank_shift = ranked > 0 ? shift / static_cast<double>(ranked) : 0;
}

ATTAIN_INLINE std::vector<without_node> leave_one_out(const score_tree& tree, const score_sheet& sheet) {
  const detail::checked_tree of(tree, sheet);
  const std::vector<std::int32_t> reference = ranks_by_score(detail::all_scores(of, tree.weight));
  std::vector<without_node> all;
  for (std::uint32_t node = 1; node < tree.size(); ++node) {
    std::vector<double> weight = tree.weight;
    weight[node] = 0;
    without_node one{.node = node, .scores = detail::all_scores(of, weight), .ranks = {}};
    rank_without(reference, one);
    all.push_back(std::move(one));
  }
  return all;
}

ATTAIN_INLINE answer<std::vector<weight_range>> stable_weights(const score_tree& tree, const score_sheet& sheet) {
  const detail::checked_tree of(tree, sheet);
  if (!of.complete()) return reason::incomplete;
  std::vector<weight_range> ranges(tree.size(), {.share = 1, .least = 1, .most = 1});
  std::vector<double> node_share;
  std::vector<double> leaf_share;
  const auto scored = [&](std::span<const double> weight) {
    of.shares(weight, node_share, leaf_share);
    std::vector<double> scores(of.units(), 0);
    for (std::size_t u = 0; u < of.units(); ++u) {
      for (std::size_t l = 0; l < of.leaves(); ++l) scores[u] += leaf_share[l] * of.score(u, l);
    }
    return scores;
  };
  const std::vector<double> now = scored(tree.weight);
  std::vector<std::size_t> order(of.units());
  for (std::size_t u = 0; u < order.size(); ++u) order[u] = u;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return now[a] != now[b] ? now[a] > now[b] : a < b; });
  for (std::uint32_t parent = 0; parent < tree.size(); ++parent) {
    double all = 0;
    for (const std::uint32_t c : of.children(parent)) all += tree.weight[c];
    for (const std::uint32_t node : of.children(parent)) {
      if (all <= 0 || tree.weight[node] >= all) continue;
      // Every score is a line in the node's share t, through what it is at 0 and now (or, from 0, at a half).
      const double share = tree.weight[node] / all;
      std::vector<double> weight = tree.weight;
      weight[node] = 0;
      const std::vector<double> at_zero = scored(weight);
      double other = share;
      std::vector<double> at_other = now;
      if (share == 0) {
        other = 0.5;
        weight[node] = all;
        at_other = scored(weight);
      }
      weight_range range{.share = share, .least = 0, .most = 1};
      for (std::size_t i = 0; i + 1 < order.size(); ++i) {
        const double gap_at_zero = at_zero[order[i]] - at_zero[order[i + 1]];
        const double gap_there = at_other[order[i]] - at_other[order[i + 1]];
        const double slope = (gap_there - gap_at_zero) / other;
        if (slope == 0) continue;
        const double crossing = -gap_at_zero / slope;
        if (slope > 0) {
          range.least = (std::max)(range.least, (std::min)(crossing, share));
        } else {
          range.most = (std::min)(range.most, (std::max)(crossing, share));
        }
      }
      ranges[node] = range;
    }
  }
  return ranges;
}

ATTAIN_INLINE firmness firmness_of(const score_tree& tree, const score_sheet& sheet, const firmness_options& options) {
  return firmness_of(tree, sheet, scores_of(tree, sheet), options);
}

ATTAIN_INLINE firmness firmness_of(const score_tree& tree, const score_sheet& sheet, std::vector<answer<double>> as_given,
                                   const firmness_options& options) {
  const detail::checked_tree of(tree, sheet);
  if (as_given.size() != of.units()) {
    detail::refuse_firmness("as_given", std::to_string(as_given.size()), std::to_string(of.units()));
  }
  return detail::count_draws(std::move(as_given), options, [&] { return detail::tree_drawer(of, options); });
}

}  // namespace attain::inline v0
