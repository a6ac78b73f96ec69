#pragma once
/** How firm the ranks of places are, as tables (docs/firmness.md): rows of places, nodes and ranks instead of plain vectors. */
#include <attain/core/config.hpp>
#include <attain/engine/uncertainty.hpp>
#include <attain/io/table.hpp>
#include <attain/judge/firmness.hpp>

namespace attain::inline v0::io {

/// One row a place: `place`; `score` and `rank` as given; `mean` and `deviation` of the score and `mean_rank` over the draws;
/// `first`, the share of draws in which it has rank 1.
table firmness_table(const scores_of_places& of, const firmness& found);

/// One row a place and rank: `place`, `rank`, `share` of the draws in which the place has the rank.
table rank_share_table(const scores_of_places& of, const firmness& found);

/// One row a node and place: `without` (the node), `place`, its `score` and `rank` without the node, and the `mean_rank_shift` of
/// the node.
table leave_one_out_table(const scores_of_places& of, const std::vector<without_node>& found);

/// One row a node: `node`, its `share` among its siblings, and the `least` and `most` that it may be.
table weight_range_table(const scores_of_places& of, const std::vector<weight_range>& found);

}  // namespace attain::inline v0::io
