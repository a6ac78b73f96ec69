#pragma once

#include <attain/core/error.hpp>
#include <attain/core/number_text.hpp>
#include <attain/core/random.hpp>
#include <attain/judge/firmness.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <thread>
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
  }

  static constexpr std::uint32_t no_leaf = 0xFFFFFFFFu;

  std::size_t nodes() const noexcept { return tree_.size(); }
  std::size_t units() const noexcept { return sheet_.units; }
  std::size_t leaves() const noexcept { return leaves_.size(); }
  bool complete() const noexcept { return complete_; }
  const std::vector<std::uint32_t>& children(std::uint32_t node) const noexcept { return children_[node]; }
  const score_tree& tree() const noexcept { return tree_; }
  double score(std::size_t unit, std::size_t leaf) const noexcept { return sheet_.score[unit * leaves() + leaf]; }
  std::uint32_t leaf_node(std::size_t leaf) const noexcept { return leaves_[leaf]; }

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

  std::span<const double> row(std::size_t unit) const noexcept {
    return std::span(sheet_.score).subspan(unit * leaves(), leaves());
  }

 private:
  bool is_missing(std::size_t cell) const noexcept { return !sheet_.missing.empty() && sheet_.missing[cell] != 0; }

  const score_tree& tree_;
  const score_sheet& sheet_;
  std::vector<std::vector<std::uint32_t>> children_;
  std::vector<std::uint32_t> leaves_;
  std::vector<std::uint32_t> leaf_of_;
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

ATTAIN_INLINE std::vector<without_node> leave_one_out(const score_tree& tree, const score_sheet& sheet) {
  const detail::checked_tree of(tree, sheet);
  const std::vector<std::int32_t> reference = ranks_by_score(detail::all_scores(of, tree.weight));
  std::vector<without_node> all;
  for (std::uint32_t node = 1; node < tree.size(); ++node) {
    std::vector<double> weight = tree.weight;
    weight[node] = 0;
    without_node one{.node = node, .scores = detail::all_scores(of, weight), .ranks = {}};
    one.ranks = ranks_by_score(one.scores);
    double shift = 0;
    std::size_t ranked = 0;
    for (std::size_t u = 0; u < of.units(); ++u) {
      if (one.ranks[u] == 0 || reference[u] == 0) continue;
      shift += std::abs(one.ranks[u] - reference[u]);
      ++ranked;
    }
    one.mean_rank_shift = ranked > 0 ? shift / static_cast<double>(ranked) : 0;
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

// What some draws add up to.
struct draw_sums {
  std::vector<double> score, square;
  std::vector<std::uint32_t> rank;  ///< units times units

  explicit draw_sums(std::size_t units) : score(units, 0), square(units, 0), rank(units * units, 0) {}
};

class drawer {
 public:
  drawer(const checked_tree& of, const firmness_options& options, std::span<const answer<double>> reference)
      : of_(of), options_(options), reference_(reference), scores_(of.units()), noisy_(of.leaves()) {}

  void draw(std::size_t number, draw_sums& to) {
    random_stream random(options_.seed, number);
    weight_ = of_.tree().weight;
    draw_weights(random);
    if (of_.complete()) {
      of_.shares(weight_, node_share_, leaf_share_);
      for (std::size_t u = 0; u < of_.units(); ++u) {
        const std::span<const double> row = of_.row(u);
        double sum = 0;
        for (std::size_t l = 0; l < row.size(); ++l) sum += leaf_share_[l] * row[l];
        scores_[u] = sum;
      }
      if (options_.data_error > 0) {  // errors of the leaves are one normal error of their weighted sum
        double squares = 0;
        for (const double share : leaf_share_) squares += share * share;
        const double deviation = options_.data_error * std::sqrt(squares);
        for (double& score : scores_) score += deviation * random.normal();
      }
    } else {
      for (std::size_t u = 0; u < of_.units(); ++u) {
        const std::span<const double> row = of_.row(u);
        noisy_.assign(row.begin(), row.end());
        if (options_.data_error > 0) {
          for (double& score : noisy_) score += options_.data_error * random.normal();
        }
        scores_[u] = of_.combine(weight_, noisy_, u, sum_, present_).value_or(0);
      }
    }
    count(to);
  }

 private:
  void draw_weights(random_stream& random) {
    if (options_.weights == weight_noise::fixed) return;
    for (std::uint32_t parent = 0; parent < of_.nodes(); ++parent) {
      const auto& children = of_.children(parent);
      if (children.size() < 2) continue;
      double all = 0;
      for (const std::uint32_t c : children) all += of_.tree().weight[c];
      for (const std::uint32_t c : children) {
        double& weight = weight_[c];
        if (weight <= 0) continue;
        weight = options_.weights == weight_noise::dirichlet ? random.gamma(options_.amount * weight / all)
                                                             : weight * (1 + options_.amount * (2 * random.uniform() - 1));
      }
    }
  }

  void count(draw_sums& to) {
    order_.clear();
    for (std::uint32_t u = 0; u < of_.units(); ++u) {
      if (!reference_[u].has_value()) continue;
      order_.push_back(u);
      to.score[u] += scores_[u];
      to.square[u] += scores_[u] * scores_[u];
    }
    std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) { return scores_[a] > scores_[b]; });
    std::size_t rank = 0;
    for (std::size_t i = 0; i < order_.size(); ++i) {
      if (i > 0 && scores_[order_[i]] < scores_[order_[i - 1]]) rank = i;
      ++to.rank[order_[i] * of_.units() + rank];
    }
  }

  const checked_tree& of_;
  const firmness_options& options_;
  std::span<const answer<double>> reference_;
  std::vector<double> scores_, noisy_, weight_, node_share_, leaf_share_, sum_, present_;
  std::vector<std::uint32_t> order_;
};

inline void check_firmness(const firmness_options& options) {
  if (options.draws == 0) refuse_firmness("draws", "0", "at least 1");
  if (options.threads < 1) refuse_firmness("threads", std::to_string(options.threads), "at least 1");
  const bool in_range = options.weights == weight_noise::fixed ||
                        (options.amount > 0 && std::isfinite(options.amount) &&
                         (options.weights == weight_noise::dirichlet || options.amount <= 1));
  if (!in_range) refuse_firmness("amount", to_text(options.amount), "above 0, of relative noise at most 1");
  if (!(options.data_error >= 0) || !std::isfinite(options.data_error)) {
    refuse_firmness("data_error", to_text(options.data_error), "0 or more");
  }
}

}  // namespace detail

ATTAIN_INLINE firmness firmness_of(const score_tree& tree, const score_sheet& sheet, const firmness_options& options) {
  detail::check_firmness(options);
  const detail::checked_tree of(tree, sheet);
  firmness made;
  made.scores = detail::all_scores(of, tree.weight);
  made.ranks = ranks_by_score(made.scores);
  const std::size_t units = of.units();

  // Draws are added up in blocks, and blocks in their order, whoever drew them.
  constexpr std::size_t block = 1024;
  const std::size_t blocks = (options.draws + block - 1) / block;
  std::vector<detail::draw_sums> sums(blocks, detail::draw_sums(units));
  const auto work = [&](std::size_t first, std::size_t step) {
    detail::drawer drawer(of, options, made.scores);
    for (std::size_t b = first; b < blocks; b += step) {
      const std::size_t end = (std::min)(options.draws, (b + 1) * block);
      for (std::size_t d = b * block; d < end; ++d) drawer.draw(d, sums[b]);
    }
  };
  const auto threads = static_cast<std::size_t>(options.threads);
  std::vector<std::thread> workers;
  for (std::size_t t = 1; t < (std::min)(threads, blocks); ++t) workers.emplace_back(work, t, threads);
  work(0, threads);
  for (std::thread& worker : workers) worker.join();

  detail::draw_sums all(units);
  for (const detail::draw_sums& one : sums) {
    for (std::size_t u = 0; u < units; ++u) {
      all.score[u] += one.score[u];
      all.square[u] += one.square[u];
    }
    for (std::size_t i = 0; i < all.rank.size(); ++i) all.rank[i] += one.rank[i];
  }
  const auto n = static_cast<double>(options.draws);
  made.mean.assign(units, 0);
  made.deviation.assign(units, 0);
  made.mean_rank.assign(units, 0);
  made.rank_share.assign(units * units, 0);
  for (std::size_t u = 0; u < units; ++u) {
    made.mean[u] = all.score[u] / n;
    made.deviation[u] = std::sqrt((std::max)(0.0, all.square[u] / n - made.mean[u] * made.mean[u]));
    for (std::size_t r = 0; r < units; ++r) {
      const double share = all.rank[u * units + r] / n;
      made.rank_share[u * units + r] = share;
      made.mean_rank[u] += share * static_cast<double>(r + 1);
    }
  }
  return made;
}

}  // namespace attain::inline v0
