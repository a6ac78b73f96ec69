#pragma once

/** How firm the ranks of places are: the scores of one project at its places, for `judge/firmness.hpp` (docs/firmness.md).

  The tree is that of the programme below the project, with the weights in force; the scores are those of the evaluation, a target
  without an answer at a place leaving its weight to its siblings as in the roll-up. Targets without a score anywhere, such as holds,
  are left out. Units are the places that have none of the project's places within them.
*/

#include <attain/core/answer.hpp>
#include <attain/core/config.hpp>
#include <attain/engine/evaluation.hpp>
#include <attain/judge/firmness.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0 {

struct scores_of_places {
  score_tree tree;
  score_sheet sheet;
  std::vector<std::string> nodes;   ///< ids of the nodes of the tree
  std::vector<std::string> places;  ///< ids of the units
};

/// `not_comparable` if some node below is no weighted mean, `no_observation` without any score. Throws `unknown_id`.
answer<scores_of_places> scores_at_places(const evaluation& from, std::string_view project = {});

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/engine/impl/uncertainty.ipp>
#endif
