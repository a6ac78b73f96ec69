#pragma once

/** How firm totals are: the same roll-up with one part left out, with other weights, and with weights and scores drawn at random
  (docs/firmness.md).

  Everything goes through the second kernel (`engine/roll_up.hpp`), so that a total here is the one that `evaluate` would give
  with these weights and scores, whatever the nodes have: aggregators, missing policies, rules, nested groups, weights that follow
  from data. What is drawn are weights and scores; readings and the statuses of targets stay as judged, and a rule asks about them
  as it did. Where all nodes concerned are plain weighted means, draws are plain sums (`judge/firmness.hpp`) of the same random
  numbers.

  Weights are those of the programme, by whatever way it weighs. Those measured by readings are drawn place by place; entropy
  weights are not drawn but follow from the scores of each draw. Children that enter no mean of the units keep their weight.
*/

#include <attain/core/answer.hpp>
#include <attain/core/config.hpp>
#include <attain/engine/evaluation.hpp>
#include <attain/judge/firmness.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0 {

/// Whose totals are ranked.
enum class ranked : std::uint8_t {
  places,    ///< the project at those of its places that have none of its places within them
  projects,  ///< the projects and groups directly within it, at its own place
  itself,    ///< the project at its own place, alone
};

/// What the numbers below are about, by position.
struct names_of_totals {
  ranked among = ranked::places;
  std::vector<std::string> units;  ///< ids of places or projects
  std::vector<std::string> parts;  ///< ids of the targets and nodes with weight below the units; of several units each once
};

/// A project at its places as a tree of weighted means, for `judge/firmness.hpp`.
struct scores_of_places {
  score_tree tree;
  score_sheet sheet;
  std::vector<std::string> nodes;   ///< ids of the nodes of the tree
  std::vector<std::string> places;  ///< ids of the units
};

/// The totals of some units of an evaluation, to be worked out again. A cheap handle that keeps the evaluation alive.
class totals {
 public:
  /// Throws `unknown_id` for a project that does not exist.
  explicit totals(const evaluation& from, std::string_view project = {}, ranked among = ranked::places);

  const names_of_totals& names() const noexcept;
  /// Attainments, as in the evaluation.
  const std::vector<answer<double>>& scores() const noexcept;
  const std::vector<std::int32_t>& ranks() const noexcept;

  /** The totals without each part, as if its weight were 0 in the programme; a rule that names it stays.

    `without_node::node` is the position among the parts.
  */
  std::vector<without_node> leave_one_out() const;

  /** For every part the share among its siblings, and how far it may move, the others in proportion, without any two units
    changing places.

    Exact for weighted means that miss no score. Otherwise totals are worked out at 64 shares to each side and the first change is
    narrowed down to 1e-9, so that ranks which change and change back within one step are not seen. A part whose weight follows
    from data has none (`not_applicable`); of an only child all is 1.
  */
  std::vector<answer<weight_range>> stable_weights() const;

  /** Draws weights and scores, and counts. Throws `invalid_option` as `firmness_of` does, and what a function of the user throws.

    The error of `data_error` is one of the attainment, before it is brought within 0 and the cap of the target (rule U1): what
    lies well beyond its goal stays met. It concerns targets with a score that are due; holds have none.
  */
  firmness draw(const firmness_options& options = {}) const;

  /// Whether draws are plain sums.
  bool is_plain() const noexcept;

 private:
  friend answer<scores_of_places> scores_at_places(const evaluation& from, std::string_view project);
  struct state;
  std::shared_ptr<const state> state_;
};

/** Tree and scores of the places of a project, a target without an answer at a place leaving its weight to its siblings as in the
  roll-up. Parts without a score anywhere, such as holds, are left out.

  `not_comparable` if some node below is no plain weighted mean, `no_observation` without any score. Throws `unknown_id`.
*/
answer<scores_of_places> scores_at_places(const evaluation& from, std::string_view project = {});

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/engine/impl/uncertainty.ipp>
#endif
