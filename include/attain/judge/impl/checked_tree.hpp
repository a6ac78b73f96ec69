#pragma once

// A tree of weighted means with its scores, checked, and what every use of it needs side by side.

#include <attain/core/error.hpp>
#include <attain/core/number_text.hpp>
#include <attain/judge/firmness.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

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

}  // namespace attain::inline v0::detail
