#pragma once

#include <attain/core/error.hpp>
#include <attain/core/number_text.hpp>
#include <attain/judge/firmness.hpp>
#include <attain/judge/draws.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace attain::inline v0 {
namespace detail {

[[noreturn]] inline void refuse_firmness(std::string where, std::string text, std::string expected) {
  throw invalid_option(finding{.severity = severity::error,
                               .code = code::invalid_option,
                               .where = std::move(where),
                               .text = std::move(text),
                               .expected = std::move(expected),
                               .message = "the tree, the sheet or an option cannot be"});
}

// The tree with what every draw needs: its leaves, and the siblings of each node side by side.
class checked_tree {
 public:
  checked_tree(const score_tree& tree, const score_sheet& sheet) : tree_(tree), sheet_(sheet) {
    const std::size_t n = tree.size();
    if (n == 0 || tree.weight.size() != n) refuse_firmness("weight", std::to_string(tree.weight.size()), "one for each node");
    children_.resize(n);
    for (std::uint32_t i = 1; i < n; ++i) {
      if (tree.parent[i] >= i) refuse_firmness("parent/" + std::to_string(i), std::to_string(tree.parent[i]), "a node before it");
      if (!(tree.weight[i] >= 0) || !std::isfinite(tree.weight[i])) {
        refuse_firmness("weight/" + std::to_string(i), to_text(tree.weight[i]), "0 or more");
      }
      children_[tree.parent[i]].push_back(i);
    }
    leaf_of_.assign(n, no_leaf);
    for (std::uint32_t i = 0; i < n; ++i) {
      if (!children_[i].empty()) continue;
      leaf_of_[i] = static_cast<std::uint32_t>(leaves_.size());
      leaves_.push_back(i);
    }
    const std::size_t cells = sheet.units * leaves_.size();
    if (sheet.score.size() != cells) refuse_firmness("score", std::to_string(sheet.score.size()), std::to_string(cells));
    if (!sheet.missing.empty() && sheet.missing.size() != cells) {
      refuse_firmness("missing", std::to_string(sheet.missing.size()), std::to_string(cells));
    }
    for (std::size_t i = 0; i < cells; ++i) {
      complete_ = complete_ && !is_missing(i);
      if (!is_missing(i) && !std::isfinite(sheet.score[i])) {
        refuse_firmness("score/" + std::to_string(i), to_text(sheet.score[i]), "a number");
      }
    }
    if (sheet.cap.empty()) return;
    if (sheet.cap.size() != leaves_.size())
      refuse_firmness("cap", std::to_string(sheet.cap.size()), std::to_string(leaves_.size()));
    for (std::size_t l = 0; l < leaves_.size(); ++l) {
      if (!(sheet.cap[l] > 0)) refuse_firmness("cap/" + std::to_string(l), to_text(sheet.cap[l]), "above 0");
    }
    counted_ = sheet.score;
    for (std::size_t i = 0; i < cells; ++i) counted_[i] = within_cap(counted_[i], i % leaves_.size());
  }

  static constexpr std::uint32_t no_leaf = 0xFFFFFFFFu;

  std::size_t nodes() const noexcept { return tree_.size(); }
  std::size_t units() const noexcept { return sheet_.units; }
  std::size_t leaves() const noexcept { return leaves_.size(); }
  bool complete() const noexcept { return complete_; }
  const std::vector<std::uint32_t>& children(std::uint32_t node) const noexcept { return children_[node]; }
  const score_tree& tree() const noexcept { return tree_; }
  double score(std::size_t unit, std::size_t leaf) const noexcept { return row(unit)[leaf]; }
  bool has_caps() const noexcept { return !sheet_.cap.empty(); }
  double cap(std::size_t leaf) const noexcept { return sheet_.cap[leaf]; }
  double within_cap(double score, std::size_t leaf) const noexcept {
    return has_caps() ? std::clamp(score, 0.0, sheet_.cap[leaf]) : score;
  }
  std::uint32_t leaf_of(std::size_t node) const noexcept { return leaf_of_[node]; }
  bool is_missing(std::size_t unit, std::size_t leaf) const noexcept { return is_missing(unit * leaves() + leaf); }
  bool is_complete(std::size_t unit) const noexcept {
    for (std::size_t l = 0; !complete_ && l < leaves(); ++l) {
      if (is_missing(unit, l)) return false;
    }
    return true;
  }

  // Shares of the whole of all leaves, by weights; 0 for all where the weights of some siblings are.
  void shares(std::span<const double> weight, std::vector<double>& node_share, std::vector<double>& leaf_share) const {
    node_share.assign(nodes(), 0);
    leaf_share.assign(leaves(), 0);
    node_share[0] = 1;
    for (std::uint32_t i = 0; i < nodes(); ++i) {
      double all = 0;
      for (const std::uint32_t c : children_[i]) all += weight[c];
      for (const std::uint32_t c : children_[i]) node_share[c] = all > 0 ? node_share[i] * weight[c] / all : 0;
      if (leaf_of_[i] != no_leaf) leaf_share[leaf_of_[i]] = node_share[i];
    }
  }

  // A unit's score where leaves may be missing: their weight goes to their siblings.
  answer<double> combine(std::span<const double> weight, std::span<const double> scores, std::size_t unit,
                         std::vector<double>& sum, std::vector<double>& present) const {
    sum.assign(nodes(), 0);
    present.assign(nodes(), 0);
    for (std::size_t i = nodes(); i-- > 0;) {
      bool has = leaf_of_[i] != no_leaf;
      double value = 0;
      if (has) {
        const std::size_t cell = unit * leaves() + leaf_of_[i];
        has = !is_missing(cell);
        value = scores[leaf_of_[i]];
      } else if (present[i] > 0) {
        has = true;
        value = sum[i] / present[i];
      }
      if (i == 0) return has ? answer<double>(value) : reason::no_observation;
      if (!has) continue;
      sum[tree_.parent[i]] += weight[i] * value;
      present[tree_.parent[i]] += weight[i];
    }
    return reason::no_observation;
  }

  // The scores of a unit as they count, and as they are given.
  std::span<const double> row(std::size_t unit) const noexcept {
    return std::span(has_caps() ? counted_ : sheet_.score).subspan(unit * leaves(), leaves());
  }
  std::span<const double> given_row(std::size_t unit) const noexcept {
    return std::span(sheet_.score).subspan(unit * leaves(), leaves());
  }

 private:
  bool is_missing(std::size_t cell) const noexcept { return !sheet_.missing.empty() && sheet_.missing[cell] != 0; }

  const score_tree& tree_;
  const score_sheet& sheet_;
  std::vector<std::vector<std::uint32_t>> children_;
  std::vector<std::uint32_t> leaves_;
  std::vector<std::uint32_t> leaf_of_;
  std::vector<double> counted_;
  bool complete_ = true;
};

inline std::vector<answer<double>> all_scores(const checked_tree& of, std::span<const double> weight) {
  std::vector<double> sum;
  std::vector<double> present;
  std::vector<answer<double>> scores;
  for (std::size_t u = 0; u < of.units(); ++u) scores.push_back(of.combine(weight, of.row(u), u, sum, present));
  return scores;
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

namespace detail {

// The ranks of units without a node, and how far they are from those with it.
inline void put_ranks(std::span<const std::int32_t> with_all, without_node& one) {
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

}  // namespace detail

ATTAIN_INLINE std::vector<without_node> leave_one_out(const score_tree& tree, const score_sheet& sheet) {
  const detail::checked_tree of(tree, sheet);
  const std::vector<std::int32_t> reference = ranks_by_score(detail::all_scores(of, tree.weight));
  std::vector<without_node> all;
  for (std::uint32_t node = 1; node < tree.size(); ++node) {
    std::vector<double> weight = tree.weight;
    weight[node] = 0;
    without_node one{.node = node, .scores = detail::all_scores(of, weight), .ranks = {}};
    detail::put_ranks(reference, one);
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

namespace detail {

// Draws of weighted means of one tree: of each unit the shares that its leaves have of the whole, by the weights drawn.
class tree_drawer {
 public:
  tree_drawer(const checked_tree& of, const firmness_options& options) : of_(of), options_(options), weight_(of.tree().weight) {
    for (std::uint32_t parent = 0; parent < of.nodes(); ++parent) {
      for (const std::uint32_t c : of.children(parent)) siblings_.push_back(of.tree().weight[c]);
    }
    drawn_.resize(siblings_.size());
    for (std::size_t u = 0; u < of.units(); ++u) is_complete_.push_back(of.is_complete(u) ? 1 : 0);
    if (options.data_error > 0) find_near();
  }

  void draw(random_stream& random, drawn_scores& to) {
    draw_all_weights(random);
    of_.shares(weight_, node_share_, leaf_share_);
    for (std::size_t u = 0; u < of_.units(); ++u) {
      to.has[u] = is_complete_[u] != 0 || find_shares(u) ? 1 : 0;
      if (to.has[u] == 0) continue;
      const std::span<const double> shares(is_complete_[u] != 0 ? leaf_share_ : unit_share_);
      const std::span<const double> row = of_.row(u);
      double sum = 0;
      for (std::size_t l = 0; l < row.size(); ++l) sum += shares[l] * row[l];
      to.score[u] = options_.data_error > 0 ? sum + error_of(u, shares, random) : sum;
    }
  }

 private:
  // Where an error may carry a score beyond 0 or the cap. From six deviations off (one in a thousand million) it does not, or
  // does in any case.
  void find_near() {
    const double far = 6 * options_.data_error;
    near_begin_.push_back(0);
    free_.assign(of_.units() * of_.leaves(), 0);
    for (std::size_t u = 0; u < of_.units(); ++u) {
      const std::span<const double> row = of_.given_row(u);
      for (std::uint32_t l = 0; l < row.size(); ++l) {
        if (of_.is_missing(u, l)) continue;
        const bool always_beyond = of_.has_caps() && (row[l] + far < 0 || row[l] - far > of_.cap(l));
        const bool never_beyond = !of_.has_caps() || (row[l] - far > 0 && row[l] + far < of_.cap(l));
        if (never_beyond) {
          free_[u * row.size() + l] = 1;
        } else if (!always_beyond) {
          near_.push_back(l);
        }
      }
      near_begin_.push_back(near_.size());
    }
  }

  // Errors of the leaves are one normal error of their weighted sum, but for those that may be cut off.
  double error_of(std::size_t u, std::span<const double> shares, random_stream& random) const {
    const double* free = free_.data() + u * shares.size();
    double squares = 0;
    for (std::size_t l = 0; l < shares.size(); ++l) squares += free[l] * (shares[l] * shares[l]);
    double error = options_.data_error * std::sqrt(squares) * random.normal();
    const std::span<const double> given = of_.given_row(u);
    const std::span<const double> counted = of_.row(u);
    for (std::size_t i = near_begin_[u]; i < near_begin_[u + 1]; ++i) {
      const std::uint32_t l = near_[i];
      error += shares[l] * (of_.within_cap(given[l] + options_.data_error * random.normal(), l) - counted[l]);
    }
    return error;
  }

  // Of a unit whose missing leaves leave their weight to their siblings; whether it has a score.
  bool find_shares(std::size_t u) {
    const std::size_t nodes = of_.nodes();
    const std::vector<std::uint32_t>& parent = of_.tree().parent;
    present_.assign(nodes, 0);
    has_.resize(nodes);
    for (std::size_t i = nodes; i-- > 0;) {
      const std::uint32_t leaf = of_.leaf_of(i);
      has_[i] = leaf != checked_tree::no_leaf ? !of_.is_missing(u, leaf) : present_[i] > 0;
      if (i > 0 && has_[i] != 0) present_[parent[i]] += weight_[i];
    }
    if (has_[0] == 0) return false;
    for_weight_.resize(nodes);
    unit_share_.resize(of_.leaves());
    for (std::size_t i = 0; i < nodes; ++i) {
      const double share = i == 0 ? 1 : has_[i] != 0 ? weight_[i] * for_weight_[parent[i]] : 0;
      const std::uint32_t leaf = of_.leaf_of(i);
      if (leaf != checked_tree::no_leaf) {
        unit_share_[leaf] = share;
      } else {
        for_weight_[i] = present_[i] > 0 ? share / present_[i] : 0;
      }
    }
    return true;
  }

  void draw_all_weights(random_stream& random) {
    if (options_.weights == weight_noise::fixed) return;
    drawn_ = siblings_;
    std::size_t first = 0;
    for (std::uint32_t parent = 0; parent < of_.nodes(); ++parent) {
      const auto& children = of_.children(parent);
      draw_weights(random, options_, std::span(siblings_).subspan(first, children.size()),
                   std::span(drawn_).subspan(first, children.size()));
      for (const std::uint32_t c : children) weight_[c] = drawn_[first++];
    }
  }

  const checked_tree& of_;
  const firmness_options& options_;
  std::vector<double> weight_;
  std::vector<double> siblings_, drawn_;   // weights, family by family
  std::vector<std::uint8_t> is_complete_;  // of units
  std::vector<double> node_share_, leaf_share_;
  std::vector<double> present_, for_weight_,
      unit_share_;  // of a unit that is not complete; shares for a weight of 1 below a node
  std::vector<std::uint8_t> has_;
  std::vector<std::size_t> near_begin_;  // of a unit, in `near_`
  std::vector<std::uint32_t> near_;      // leaves
  std::vector<double> free_;             // 1 for those that are added as one error
};

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

ATTAIN_INLINE firmness firmness_of(const score_tree& tree, const score_sheet& sheet, const firmness_options& options) {
  const detail::checked_tree of(tree, sheet);
  return detail::count_draws(detail::all_scores(of, tree.weight), options, [&] { return detail::tree_drawer(of, options); });
}

}  // namespace attain::inline v0
