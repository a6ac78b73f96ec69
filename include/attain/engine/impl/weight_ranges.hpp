#pragma once

// How far weights may move without any two units changing places, by trying.

#include <attain/core/sort_stably.hpp>
#include <attain/engine/impl/reweighed_node.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

class weight_range_finder {
 public:
  explicit weight_range_finder(const totals_part& of) : of_(of), nodes_(of) {
    for (std::uint32_t u = 0; u < of.scores.size(); ++u) {
      if (of.scores[u].has_value()) order_.push_back(u);
    }
    sort_stably(std::span(order_), [&](std::uint32_t a, std::uint32_t b) { return *of.scores[a] > *of.scores[b]; });
  }

  std::vector<answer<weight_range>> find() {
    std::vector<answer<weight_range>> all(of_.parts.size(), reason::not_applicable);
    for (std::size_t i = 0; i < of_.parts.size(); ++i) {
      const bool is_weighed =
          !of_.plan_of(of_.family_of_child(of_.parts[i])).has_data_weights() && of_.member(of_.parts[i]).in_mean;
      if (is_weighed) all[i] = range_of(of_.parts[i]);
    }
    return all;
  }

 private:
  static constexpr int steps = 64;
  static constexpr double precision = 1e-9;

  // What a child has, and what a share of its own makes of the weights of its family.
  struct moved_share {
    const family& of;
    std::size_t child;
    std::vector<double> counted;
    double sum;
    double share;

    std::vector<double> weights_at(double t) const {
      std::vector<double> weights = weights_of(of);
      for (std::size_t k = 0; k < weights.size(); ++k) {
        if (counted[k] > 0) weights[k] = k == child ? t * sum : counted[k] * (1 - t) / (1 - share);
      }
      return weights;
    }
  };

  weight_range range_of(const totals_part::weighed_child& part) {
    const family& f = of_.family_of_child(part);
    std::vector<double> counted = weights_in_mean(f);
    const double own = counted[part.child];
    const double sum = std::accumulate(counted.begin(), counted.end(), 0.0);
    if (own == sum) return {.share = 1, .least = 1, .most = 1};
    const moved_share moved{f, part.child, std::move(counted), sum, own / sum};
    reweighed_node& node = nodes_.above(part);
    return {.share = moved.share, .least = last_kept(moved, node, 0), .most = last_kept(moved, node, 1)};
  }

  // Towards 0 or 1, where the child or its siblings would have no weight any more.
  double last_kept(const moved_share& moved, reweighed_node& node, double end) const {
    const auto keeps = [&](double t) { return keeps_order(node.totals_with(moved.weights_at(t))); };
    double kept = moved.share;
    for (int s = 1; s <= steps; ++s) {
      const double t = s < steps ? moved.share + (end - moved.share) * s / steps : end + (moved.share - end) * precision;
      if (keeps(t)) {
        kept = t;
        continue;
      }
      double lost = t;
      while (std::abs(lost - kept) > precision) {
        const double middle = (kept + lost) / 2;
        (keeps(middle) ? kept : lost) = middle;
      }
      return kept;
    }
    return end;
  }

  bool keeps_order(const std::vector<answer<double>>& moved) const {
    for (std::size_t u = 0; u < of_.scores.size(); ++u) {
      if (moved[u].has_value() != of_.scores[u].has_value()) return false;
    }
    for (std::size_t i = 0; i + 1 < order_.size(); ++i) {
      const double gap = *moved[order_[i]] - *moved[order_[i + 1]];
      const bool were_equal = *of_.scores[order_[i]] == *of_.scores[order_[i + 1]];
      if (were_equal ? std::abs(gap) > 1e-12 : gap < 0) return false;
    }
    return true;
  }

  const totals_part& of_;
  reweighed_nodes nodes_;
  std::vector<std::uint32_t> order_;  // units with a score, the best first
};

}  // namespace attain::inline v0::detail
