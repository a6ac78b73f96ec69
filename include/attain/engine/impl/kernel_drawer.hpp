#pragma once

// Draws of weights and scores that go through the second kernel.

#include <attain/core/random.hpp>
#include <attain/engine/impl/node_weights.hpp>
#include <attain/engine/impl/totals_part.hpp>
#include <attain/judge/draws.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

class kernel_drawer {
 public:
  kernel_drawer(const totals_part& of, const firmness_options& options) : of_(of), options_(options), part_(of.part) {
    for (const family& f : of.families) {
      const node_plan& plan = of.plan_of(f);
      if (plan.weights == weighting::measure) find_measures(f, plan);
      given_.push_back(plan.has_data_weights() ? std::vector<double>() : weights_in_mean(f));
      weights_.push_back(weights_of(f));
    }
    for (std::uint32_t cell = 0; options.data_error > 0 && cell < part_.cells.size(); ++cell) {
      if (part_.is_measure[cell] != 0 || !has_error(part_.cells, cell)) continue;
      const double cap = part_.from.cells.targets[part_.from.cells.target_of[cell]].score_cap;
      leaves_.push_back({cell, score_before_cap(part_.cells, cell, cap), cap});
    }
  }

  void draw(random_stream& random, drawn_scores& to) {
    for (std::size_t f = 0; f < of_.families.size(); ++f) {
      if (given_[f].empty() || options_.weights == weight_noise::fixed) continue;
      drawn_ = weights_[f];
      draw_weights(random, options_, given_[f], drawn_);
      weigh(part_, of_.families[f], drawn_);
    }
    for (const measured& m : measured_) {
      drawn_ = m.reading;
      draw_weights(random, options_, m.reading, drawn_);
      auto& readings = part_.cells.reading.edit();
      for (std::size_t k = 0; k < drawn_.size(); ++k) readings[m.cell[k]] = drawn_[k];
    }
    auto& drawn = part_.cells.score.edit();
    for (const leaf& l : leaves_) {
      drawn[l.cell] = std::clamp(l.score + options_.data_error * random.normal(), 0.0, l.cap);
    }
    part_.run(of_.as_of, of_.by.get());
    for (std::size_t u = 0; u < of_.unit.size(); ++u) {
      const node_result& result = part_.nodes[of_.unit[u]];
      to.has[u] = result.attainment_missing == 0 ? 1 : 0;
      to.score[u] = result.attainment;
    }
  }

 private:
  struct leaf {
    std::uint32_t cell;
    double score;  // before it is cut
    double cap;
  };
  // Readings that weigh the children of a node cell.
  struct measured {
    std::vector<std::uint32_t> cell;
    std::vector<double> reading;
  };

  void find_measures(const family& f, const node_plan& plan) {
    const compiled_nodes& n = part_.from.nodes;
    for (const std::uint32_t at : f.node_cells) {
      measured found;
      bool are_known = true;
      for (std::uint32_t c = n.child_begin[at]; c < n.child_begin[at + 1]; ++c) {
        const auto [is_target, number] = identity_of(part_.from, n.children[c]);
        const contribution adds = static_contribution(part_.from, n.children[c], part_.cells, part_.nodes, plan, of_.by.get());
        if (adds.weight <= 0 || !adds.in_mean) continue;
        for (std::uint32_t m = plan.first_measure; m < plan.first_measure + plan.measure_count; ++m) {
          const node_measure& measure = n.measures[m];
          if (measure.is_target != is_target || measure.child != number) continue;
          const std::uint32_t cell = n.watched[n.watch_begin[at] + measure.watched];
          are_known = are_known && cell != none && part_.cells.reading_missing[cell] == 0 && part_.cells.reading[cell] >= 0;
          if (!are_known) break;
          found.cell.push_back(cell);
          found.reading.push_back(part_.cells.reading[cell]);
        }
      }
      if (are_known && found.cell.size() > 1) measured_.push_back(std::move(found));
    }
  }

  const totals_part& of_;
  const firmness_options& options_;
  roll_up_part part_;
  std::vector<std::vector<double>> given_;    // weights by family; empty where they follow from data
  std::vector<std::vector<double>> weights_;  // of those in no mean, too
  std::vector<measured> measured_;
  std::vector<leaf> leaves_;
  std::vector<double> drawn_;
};

}  // namespace attain::inline v0::detail
