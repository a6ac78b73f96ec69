#pragma once
/** How firm totals are, as tables (docs/firmness.md): rows of places or projects, of parts and of ranks instead of plain vectors.

  The first column about a unit is `place` or, where projects or a project itself are asked about, `project`.
*/
#include <attain/core/answer.hpp>
#include <attain/core/config.hpp>
#include <attain/engine/uncertainty.hpp>
#include <attain/io/table.hpp>
#include <attain/judge/firmness.hpp>

#include <vector>

namespace attain::inline v0::io {

/// One row a unit: `score` and `rank` as given; `answered`, the share of draws in which it has a score; over these `mean` and
/// `deviation` of the score and `mean_rank`; `first`, the share of draws in which it has rank 1.
table firmness_table(const names_of_totals& of, const firmness& found);

/// One row a unit and rank: `rank` and `share` of the draws in which the unit has the rank.
table rank_share_table(const names_of_totals& of, const firmness& found);

/// One row a part and unit: `without` (the part), the unit, its `score` and `rank` without the part, and the `mean_rank_shift` of
/// the part.
table leave_one_out_table(const names_of_totals& of, const std::vector<without_node>& found);

/// One row a part: `node` (the part), its `share` among its siblings, and the `least` and `most` that it may be.
table weight_range_table(const names_of_totals& of, const std::vector<answer<weight_range>>& found);

}  // namespace attain::inline v0::io
