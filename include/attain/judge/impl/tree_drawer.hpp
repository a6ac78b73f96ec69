#pragma once

// Draws of weighted means of one tree.

#include <attain/core/random.hpp>
#include <attain/judge/draws.hpp>
#include <attain/judge/impl/checked_tree.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace attain::inline v0::detail {

// Of each unit the shares that its leaves have of the whole, by the weights drawn.
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

}  // namespace attain::inline v0::detail
