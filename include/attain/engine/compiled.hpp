#pragma once

/** A portfolio and a ledger as flat arrays, for one `known_at` (design, section 5).

  Three layers, each in the order in which it is evaluated:
  1. *readings*: for every key (rule R13) its places, and for every place its events; amounts add up along the place tree;
  2. *cells*: for every target its places with the numbers of its goal, judged from the reading of the same place;
  3. *nodes*: for every node of the programme tree its places; judgements average up the tree, place by place.

  Everything that does not depend on the as-of day is decided here once. No strings, no pointers between elements; an index that
  refers to nothing is `none`. Compiled arrays never change; evaluations share them.
*/

#include <attain/core/config.hpp>
#include <attain/core/date.hpp>
#include <attain/judge/attainment.hpp>
#include <attain/judge/expected.hpp>
#include <attain/ledger/binding.hpp>
#include <attain/ledger/reading.hpp>
#include <attain/model/formula.hpp>
#include <attain/model/method.hpp>
#include <attain/model/programme.hpp>

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace attain::inline v0 {

struct used_functions;  // engine/custom.hpp

// -- 1. readings ------------------------------------------------------------------------------------

/// One plain indicator that a key reads.
struct key_member {
  std::uint32_t indicator = 0;  ///< in its programme
  combination across = combination::sum;
  std::uint32_t weight_key = none;  ///< of a weighted mean
};

/// An indicator (or the indicators that it is computed from) over one window, at all places (rule R13).
struct reading_key {
  std::uint32_t programme = 0;
  std::uint32_t first_member = 0;
  std::uint32_t member_count = 1;
  derivation derive = derivation::plain;
  std::uint32_t formula = none;  ///< in `compiled::formulas`, or `used_functions::formulas`
  std::int32_t start = 0;
  std::int32_t due = 0;
  std::int32_t maximum_age = (std::numeric_limits<std::int32_t>::max)();  ///< of one level, else no limit
  std::int32_t allowed_lag = 0;
  bool covered_in_days = false;  ///< events carry days, not shares
  bool immediate = false;        ///< steps and ratings: the data day is the as-of day (rule D4)
  bool adds_up = false;          ///< a sum, which a gap makes a lower bound (rule R8)
  bool accumulates = false;      ///< of accumulators only
  bool reaches_due = false;      ///< covers due only up to `reach` (running totals, mixed tuples; rules R5a, S5c)
  bool joint = false;            ///< events carry `data_day`, `reach` and `fresh_until` of their own
  bool inside_only = false;      ///< one period of several: levels must lie in it
  bool continues = false;        ///< starts after the origin of a running total of the window
  bool divided = false;          ///< reads only some categories (rule R10)
  bool uses_goals = false;       ///< some entries are shares of the goal (rule R11)
  std::uint32_t first_cell = 0;
  std::uint32_t cell_count = 0;
  std::uint64_t first_event = 0;
  std::uint64_t first_amount = 0;     ///< of `member_count` amounts an event
  std::uint64_t first_joint = 0;      ///< in `event_data_day`, `event_reach` and `event_fresh_until`
  std::uint32_t first_weight = none;  ///< in `weight_cell`: `member_count` a place; none without weighted means
};

struct compiled_readings {
  std::vector<key_member> members;
  std::vector<reading_key> keys;  ///< a key comes after the keys that weight it

  // one an element: a place of a key; parents before children, siblings adjacent
  std::vector<std::uint32_t> place;        ///< in its programme
  std::vector<std::uint32_t> child_begin;  ///< reading cell
  std::vector<std::uint32_t> child_count;
  std::vector<std::uint8_t> lacks_children;  ///< some place right within it has nothing to read
  std::vector<double> share;                 ///< weight among all siblings (rule R8a)
  std::vector<std::uint32_t> weight_cell;    ///< of weighted means: the reading cell of the same place in the weighting key
  std::vector<std::uint64_t> event_begin;    ///< one more than cells

  // one an element: an event
  std::vector<std::int32_t> event_day;
  std::vector<double> event_covered;
  std::vector<std::uint8_t> event_missing;
  std::vector<std::uint8_t> event_open;  ///< bit 0: low end, bit 1: high end
  std::vector<double> event_low;         ///< `member_count` an event
  std::vector<double> event_high;        ///< likewise; empty if there is no interval in the portfolio
  std::vector<std::int32_t> event_data_day;
  std::vector<std::int32_t> event_reach;
  std::vector<std::int32_t> event_fresh_until;
};

// -- 2. cells ---------------------------------------------------------------------------------------

/// How a target is judged over time.
enum class judging : std::uint8_t { once, recurring, each_period };

struct target_plan {
  std::uint32_t programme = 0;
  std::uint32_t target = 0;  ///< in its programme
  std::uint32_t key = 0;
  std::uint32_t curve = 0;
  std::uint32_t method = 0;
  std::uint32_t first_cell = 0;
  std::uint32_t cell_count = 0;
  std::int32_t start = 0;
  std::int32_t due = 0;
  attain::judging judging = attain::judging::once;
  std::int32_t allowed_failed = 0;
  std::uint32_t first_period = 0;  ///< in `period_end`
  std::uint32_t period_count = 0;
  std::uint32_t first_period_key = none;  ///< in `period_keys`
  std::uint32_t previous_key = none;      ///< key of the period before the first, of changes from period to period
  std::uint64_t first_outcome = 0;        ///< `period_count` for each cell
  double minimum_coverage = 0.6;
  double score_cap = 1;
  double too_early_below = 0.05;
  std::uint32_t first_part = 0;  ///< targets that stand in for it (rule U4)
  std::uint32_t part_count = 0;
  bool by_due = true;               ///< cadence `by` (rule S8)
  bool without_upper_edge = false;  ///< rule S3
  bool whole_units = false;         ///< rule F2, where it applies to the aim and unit
  bool open_group = false;          ///< rule A8
  bool withdrawn = false;
  bool reading_only = false;
  bool reads_eve = false;  ///< its baseline is the reading on the eve of the window (rule B1)
};

/// What a closed period of a recurring target or an each-period hold came to (rule A7a). `doubtful` failed by the unfavourable
/// end of an interval only (rule R11).
enum class period_outcome : std::uint8_t { unknown, kept, failed, doubtful };

/// A method that some programme is judged by.
struct used_method {
  method_spec spec;
  std::uint32_t custom = none;  ///< in `used_functions::methods`
};

struct compiled_cells {
  std::vector<target_plan> targets;  ///< by programme, in tree order
  std::vector<expected_curve> curves;
  std::vector<std::int32_t> period_end;    ///< last days of the periods of recurring targets and each-period holds
  std::vector<std::uint32_t> period_keys;  ///< their keys
  std::vector<std::uint32_t> wholes;       ///< target plans with parts, those within others first
  std::vector<std::uint32_t> parts;        ///< target plans
  std::vector<used_method> methods;
  std::vector<std::uint32_t> by_key;  ///< target plans in the order of their keys, so that each key is read once

  // one an element: a target at a place, by target, then place
  std::vector<std::uint32_t> place;
  std::vector<std::uint32_t> reading;    ///< reading cell
  std::vector<std::uint32_t> target_of;  ///< target plan
  std::vector<std::uint32_t> node;       ///< node cell above it, at the same place
  std::vector<double> weight;            ///< among its siblings, scaled (see `roll_up.hpp`)
  std::vector<cell_goal> goal;
  std::vector<period_outcome> outcomes;
  std::vector<double> outcome_amount;
  std::vector<double> outcome_share;  ///< x/g of the period, for each-period holds; −1 where it has none
};

// -- 3. nodes ---------------------------------------------------------------------------------------

/// How the children of a node are combined.
enum class aggregation : std::uint8_t { weighted_mean, worst, custom };

struct node_plan {
  aggregation aggregate = aggregation::weighted_mean;
  std::uint32_t custom = none;  ///< in `used_functions::aggregators`
  double minimum_coverage = 0.6;
  bool count_not_due = false;  ///< as zero (rule U5)
  bool is_project = true;      ///< the ceiling of rule S applies
  std::uint32_t method = 0;
  std::optional<std::int32_t> declared_due{};
};

/// A child of a node cell: another node cell, or a cell.
struct child_ref {
  std::uint32_t index = 0;
  bool is_cell = false;
};

struct compiled_nodes {
  std::vector<node_plan> plans;           ///< one a node of a programme, programmes one after the other
  std::vector<std::uint32_t> first_plan;  ///< of each programme, one more than programmes

  // one an element: a node at a place; levels of the tree one after the other, parents before children
  std::vector<std::uint32_t> plan;
  std::vector<std::uint32_t> place;
  std::vector<std::uint32_t> parent;
  std::vector<double> weight;              ///< among its siblings, scaled
  std::vector<double> all_weight;          ///< of all its children in the programme, scaled alike
  std::vector<std::uint32_t> child_begin;  ///< one more than node cells, in `children`
  std::vector<child_ref> children;
  std::vector<std::uint32_t> level_begin;  ///< first node cell of each level, and the end

  /// Node cells of one node of one programme: [first, last) positions in `of_node`, by place.
  std::vector<std::uint32_t> of_node_begin;
  std::vector<std::uint32_t> of_node;
};

// -- all ------------------------------------------------------------------------------------------

struct compiled {
  binding bound;  ///< to the ledger's state; explain and the tracker read entries through it
  std::optional<date> known_at{};
  compiled_readings readings{};
  compiled_cells cells{};
  compiled_nodes nodes{};
  std::vector<std::uint32_t> first_target{};  ///< target plan of each programme, one more than programmes
  std::vector<formula> formulas{};
  std::shared_ptr<const used_functions> custom{};  ///< of the user; never null

  /// The cell of a target at a place of its programme, if there is one.
  std::optional<std::uint32_t> find_cell(std::uint32_t target_plan, std::uint32_t place) const noexcept;
  /// The node cell of a node at a place, if there is one.
  std::optional<std::uint32_t> find_node_cell(std::uint32_t programme, std::uint32_t node, std::uint32_t place) const noexcept;
};

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/engine/impl/compiled.ipp>
#endif
