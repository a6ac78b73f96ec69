#pragma once

/** Many draws of the scores of several units under uncertain weights and data, counted by rank.

  `judge/firmness.hpp` draws those of a tree of weighted means, `engine/uncertainty.hpp` those of a programme.
*/

#include <attain/core/answer.hpp>
#include <attain/core/in_threads.hpp>
#include <attain/core/random.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace attain::inline v0 {

enum class weight_noise : std::uint8_t {
  fixed,
  dirichlet,  ///< shares of siblings have a Dirichlet distribution about those given; `amount` is its concentration
  relative,   ///< each weight times 1 + e, e uniform within ± `amount`, at most 1
};

struct firmness_options {
  std::uint64_t seed = 0;
  std::size_t draws = 10000;
  int threads = 1;
  weight_noise weights = weight_noise::dirichlet;
  double amount = 100;
  double data_error = 0;  ///< standard deviation of a normal error of each leaf's score
};

struct firmness {
  std::vector<answer<double>> scores;  ///< as given
  std::vector<std::int32_t> ranks;
  std::vector<double> answered;  ///< share of the draws in which it has a score; 0 of a unit without one as given
  std::vector<double> mean;      ///< of the draws in which it has a score; the same for the next two
  std::vector<double> deviation;
  std::vector<double> mean_rank;
  std::vector<double> rank_share;  ///< acceptability: unit times rank − 1, the share of draws in which it has that rank
};

/// 1 and how many units score higher, so that equal ones share the best rank; 0 of a unit without a score.
std::vector<std::int32_t> ranks_by_score(std::span<const answer<double>> scores);

namespace detail {

/// Throws `invalid_option` for options that cannot be.
void check_firmness(const firmness_options& options);

/// The scores of one draw; a unit may lack one.
struct drawn_scores {
  std::vector<double> score;
  std::vector<std::uint8_t> has;

  explicit drawn_scores(std::size_t units) : score(units, 0), has(units, 1) {}
};

// What some draws add up to. Scores are added as what they lie off the one as given, which keeps small deviations exact.
class draw_sums {
 public:
  explicit draw_sums(std::size_t units) : off_(units, 0), square_(units, 0), rank_(units * units, 0) {}

  // Only of units that have a score as given.
  void add(const drawn_scores& of, std::span<const answer<double>> reference, std::vector<std::uint32_t>& order) {
    const std::size_t units = reference.size();
    order.clear();
    for (std::uint32_t u = 0; u < units; ++u) {
      if (!reference[u].has_value() || of.has[u] == 0) continue;
      order.push_back(u);
      const double off = of.score[u] - *reference[u];
      off_[u] += off;
      square_[u] += off * off;
    }
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return of.score[a] > of.score[b]; });
    std::size_t rank = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
      if (i > 0 && of.score[order[i]] < of.score[order[i - 1]]) rank = i;
      ++rank_[order[i] * units + rank];
    }
  }

  void add(const draw_sums& other) {
    for (std::size_t u = 0; u < off_.size(); ++u) {
      off_[u] += other.off_[u];
      square_[u] += other.square_[u];
    }
    for (std::size_t i = 0; i < rank_.size(); ++i) rank_[i] += other.rank_[i];
  }

  void put_into(firmness& made, std::size_t draws) const {
    const std::size_t units = off_.size();
    made.mean.assign(units, 0);
    made.deviation.assign(units, 0);
    made.mean_rank.assign(units, 0);
    made.answered.assign(units, 0);
    made.rank_share.assign(units * units, 0);
    for (std::size_t u = 0; u < units; ++u) {
      std::uint64_t scored = 0;
      double ranks = 0;
      for (std::size_t r = 0; r < units; ++r) {
        const std::uint32_t times = rank_[u * units + r];
        scored += times;
        ranks += static_cast<double>(times) * static_cast<double>(r + 1);
        made.rank_share[u * units + r] = times / static_cast<double>(draws);
      }
      if (scored == 0) continue;
      const auto n = static_cast<double>(scored);
      const double off = off_[u] / n;
      made.answered[u] = n / static_cast<double>(draws);
      made.mean[u] = *made.scores[u] + off;
      made.deviation[u] = std::sqrt((std::max)(0.0, square_[u] / n - off * off));
      made.mean_rank[u] = ranks / n;
    }
  }

 private:
  std::vector<double> off_, square_;
  std::vector<std::uint32_t> rank_;  ///< units times units
};

/** Draws and counts. `make()` gives each thread something with `void draw(random_stream&, drawn_scores&)`.

  Draws are added up in blocks, and blocks in their order, whoever drew them.
*/
template <class Make>
firmness count_draws(std::vector<answer<double>> scores, const firmness_options& options, const Make& make) {
  check_firmness(options);
  firmness made;
  made.ranks = ranks_by_score(scores);
  made.scores = std::move(scores);
  const std::size_t units = made.scores.size();
  constexpr std::size_t block = 1024;
  const std::size_t blocks = (options.draws + block - 1) / block;
  std::vector<draw_sums> sums(blocks, draw_sums(units));
  const std::size_t threads = (std::min)(static_cast<std::size_t>(options.threads), blocks);
  in_threads(threads, [&](std::size_t first) {
    auto drawer = make();
    drawn_scores drawn(units);
    std::vector<std::uint32_t> order;
    for (std::size_t b = first; b < blocks; b += threads) {
      const std::size_t end = (std::min)(options.draws, (b + 1) * block);
      for (std::size_t d = b * block; d < end; ++d) {
        random_stream random(options.seed, d);
        drawer.draw(random, drawn);
        sums[b].add(drawn, made.scores, order);
      }
    }
  });
  draw_sums all(units);
  for (const draw_sums& one : sums) all.add(one);
  all.put_into(made, options.draws);
  return made;
}

/** Weights of siblings at random about those given; those of 0 stay. Of fewer than two that have a weight nothing is drawn.

  @param to may be @p given
*/
inline void draw_weights(random_stream& random, const firmness_options& options, std::span<const double> given,
                         std::span<double> to) {
  if (options.weights == weight_noise::fixed) return;
  double all = 0;
  double least = 0;
  std::size_t positive = 0;
  for (const double w : given) {
    if (!(w > 0)) continue;
    all += w;
    least = positive == 0 ? w : (std::min)(least, w);
    ++positive;
  }
  if (positive < 2) return;
  if (options.weights == weight_noise::relative) {
    for (std::size_t i = 0; i < given.size(); ++i) {
      if (given[i] > 0) to[i] = given[i] * (1 + options.amount * (2 * random.uniform() - 1));
    }
    return;
  }
  if (options.amount * (least / all) >= 0.01) {
    for (std::size_t i = 0; i < given.size(); ++i) {
      if (given[i] > 0) to[i] = random.gamma(options.amount * given[i] / all);
    }
    return;
  }
  // Gamma numbers of very small shapes underflow; their logarithms do not, and only their ratios count.
  double greatest = -std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (!(given[i] > 0)) continue;
    const double shape = options.amount * given[i] / all;
    to[i] = std::log(random.gamma(shape + 1)) + std::log(random.uniform()) / shape;
    greatest = (std::max)(greatest, to[i]);
  }
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (given[i] > 0) to[i] = std::exp(to[i] - greatest);
  }
}

}  // namespace detail

}  // namespace attain::inline v0
