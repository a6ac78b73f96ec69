#pragma once

/** How firm scores and ranks of several units are that one tree of weighted means makes: what a part of it decides, how far a
  weight may move, and what uncertain weights and data leave of the ranks.

  OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 7, and Saisana, Saltelli, Tarantola, J. R. Statist. Soc. A
  168 (2005) 307–323; rank acceptability after Lahdelma and Salminen, SMAA-2, Operations Research 49 (2001) 444–454. Random
  numbers are those of `core/random.hpp`: draw i is stream i of the seed, so results do not depend on the number of threads.

  Functions throw `invalid_option` for a tree or a sheet that cannot be: sizes that differ, a parent that is not before its
  children, weights that are negative or no numbers.
*/

#include <attain/core/answer.hpp>
#include <attain/core/config.hpp>
#include <attain/judge/draws.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace attain::inline v0 {

/// A tree of weighted means, parents before children; node 0 is the root, nodes without children are leaves.
struct score_tree {
  std::vector<std::uint32_t> parent;  ///< of the root anything
  std::vector<double> weight;         ///< among its siblings, in any scale; of the root anything

  std::size_t size() const noexcept { return parent.size(); }
};

/// The scores of the leaves of a tree, unit by unit, in the order in which the leaves stand in the tree.
struct score_sheet {
  std::size_t units = 0;
  std::vector<double> score;            ///< `units` times the leaves
  std::vector<std::uint8_t> missing{};  ///< 1 where there is none; empty: none is missing
  /// Of each leaf: its scores count as from 0 to this, whatever they are, drawn ones too. Empty: they count as they are.
  std::vector<double> cap{};
};

/// The score of each unit: missing leaves leave their weight to their siblings; a unit without any leaf is `no_observation`.
std::vector<answer<double>> scores_of(const score_tree& tree, const score_sheet& sheet);

// -- one part at a time -----------------------------------------------------------------------------

/// The results without one node and what lies below it.
struct without_node {
  std::uint32_t node = 0;
  std::vector<answer<double>> scores;
  std::vector<std::int32_t> ranks;
  double mean_rank_shift = 0;  ///< mean over the units of |rank − rank with all|
};

/// Ranks the scores that are left, and says how far that is from the ranks with all.
void rank_without(std::span<const std::int32_t> with_all, without_node& one);

/// For every node but the root.
std::vector<without_node> leave_one_out(const score_tree& tree, const score_sheet& sheet);

/// The share among its siblings that a node has, and how far it may move, the others in proportion, without any two units
/// changing places.
struct weight_range {
  double share = 0;
  double least = 0;
  double most = 1;
};

/// For every node; of the root and of an only child 1. `incomplete` for a sheet with missing scores, where no range is exact.
answer<std::vector<weight_range>> stable_weights(const score_tree& tree, const score_sheet& sheet);

// -- all parts at once ------------------------------------------------------------------------------

/// Draws weights and scores, and counts. Throws `invalid_option` for no draws, fewer than one thread and amounts out of range.
firmness firmness_of(const score_tree& tree, const score_sheet& sheet, const firmness_options& options = {});

/// The same beside scores that were worked out elsewhere, one a unit, such as by a roll-up: the last bits may differ.
firmness firmness_of(const score_tree& tree, const score_sheet& sheet, std::vector<answer<double>> as_given,
                     const firmness_options& options);

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/judge/impl/firmness.ipp>
#endif
