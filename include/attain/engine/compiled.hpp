#pragma once

/** A portfolio and a ledger as flat arrays, for one `known_at` (design, section 5).

  Three layers, each in the order in which it is evaluated:
  1. *readings*: for every key (rule R13) its places, and for every place its events; amounts add up along the place tree;
  2. *cells*: for every target its places with the numbers of its goal, judged from the reading of the same place;
  3. *nodes*: for every node of the programme tree its places; judgements average up the tree, place by place.

  Everything that does not depend on the as-of day is decided here once: what no ledger changes in the `compiled_plan`, which is
  made once a portfolio and shared; the rest for each state of a ledger. No strings, no pointers between elements; an index that
  refers to nothing is `none`. Compiled arrays never change; evaluations share them.
*/

#include <attain/core/config.hpp>
#include <attain/core/date.hpp>
#include <attain/core/shared_column.hpp>
#include <attain/engine/cell_columns.hpp>
#include <attain/judge/aggregate.hpp>
#include <attain/judge/attainment.hpp>
#include <attain/judge/expected.hpp>
#include <attain/judge/rules_by_facts.hpp>
#include <attain/ledger/binding.hpp>
#include <attain/ledger/plain.hpp>
#include <attain/ledger/reading.hpp>
#include <attain/model/formula.hpp>
#include <attain/model/method.hpp>
#include <attain/model/programme.hpp>
#include <attain/model/roll_up.hpp>

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace attain::inline v0 {

struct custom_method;   // engine/custom.hpp
struct used_functions;  // likewise

// -- 1. readings ------------------------------------------------------------------------------------

/// One plain indicator that a key reads.
struct key_member {
  std::uint32_t indicator = 0;  ///< in its programme
  combination across = combination::sum;
  std::uint32_t weight_key = none;  ///< of a weighted mean
};

/** An indicator (or the indicators that it is computed from) over one window, at all places (rule R13).

  What comes before `first_cell` is of the plan, the rest of the ledger.
*/
struct reading_key {
  std::uint32_t programme = 0;
  std::uint32_t first_member = 0;
  std::uint32_t member_count = 1;
  std::uint32_t formula = none;  ///< in `compiled::formulas`, or `used_functions::formulas`
  std::int32_t start = 0;
  std::int32_t due = 0;
  std::int32_t maximum_age = (std::numeric_limits<std::int32_t>::max)();  ///< of one level, else no limit
  std::int32_t allowed_lag = 0;
  derivation derive = derivation::plain;
  plain_fold fold = plain_fold::general;  ///< of entries that leave nothing to resolve
  bool covered_in_days : 1 = false;       ///< events carry days, not shares
  bool immediate : 1 = false;             ///< steps and ratings: the data day is the as-of day (rule D4)
  bool adds_up : 1 = false;               ///< a sum, which a gap makes a lower bound (rule R8)
  bool accumulates : 1 = false;           ///< of accumulators only
  bool grows : 1 = false;                 ///< a state of a day: of levels alone (rule S11h)
  bool reaches_due : 1 = false;           ///< covers due only up to `reach` (running totals, mixed tuples; rules R5a, S5c)
  bool joint : 1 = false;                 ///< several members: events carry `data_day`, `reach` and `fresh_until` of their own
  bool inside_only : 1 = false;           ///< one period of several: levels must lie in it
  bool continues : 1 = false;             ///< starts after the origin of a running total of the window
  bool divided : 1 = false;               ///< reads only some categories (rule R10)

  bool uses_goals : 1 = false;  ///< some entries are shares of the goal (rule R11)
  bool plain : 1 = false;       ///< its events are in `event_block::plain`
  std::uint32_t block = 0;      ///< of events
  std::uint32_t first_cell = 0;
  std::uint32_t cell_count = 0;
  std::uint32_t first_weight = none;  ///< in `weight_cell`: `member_count` a place; none without weighted means
  std::uint64_t first_event = 0;      ///< in its block
  std::uint64_t first_amount = 0;     ///< of `member_count` amounts an event
  std::uint64_t first_joint = 0;      ///< in `data_day`, `reach` and `fresh_until`
};

/// The events that one thread compiled, one an element.
struct event_block {
  plain_events plain;  ///< of keys whose entries leave nothing to resolve

  // of all others
  detail::growing_column<std::int32_t> day;
  std::vector<double> covered;
  std::vector<std::uint8_t> missing;
  std::vector<std::uint8_t> open;      ///< bit 0: low end, bit 1: high end
  detail::growing_column<double> low;  ///< `member_count` an event
  std::vector<double> high;            ///< likewise
  std::vector<std::int32_t> data_day;
  std::vector<std::int32_t> reach;
  std::vector<std::int32_t> fresh_until;
};

struct compiled_readings {
  shared_column<key_member> members;
  detail::growing_column<reading_key> keys;  ///< a key comes after the keys that weight it

  // one an element: a place of a key; parents before children, siblings adjacent
  std::vector<std::uint32_t> place;        ///< in its programme
  std::vector<std::uint32_t> child_begin;  ///< reading cell
  std::vector<std::uint32_t> child_count;
  std::vector<std::uint8_t> lacks_children;  ///< some place right within it has nothing to read
  std::vector<double> share;                 ///< weight among all siblings (rule R8a)
  std::vector<std::uint32_t> weight_cell;    ///< of weighted means: the reading cell of the same place in the weighting key
  std::vector<std::uint64_t> event_begin;    ///< in the block of its key
  std::vector<std::uint32_t> event_count;

  std::vector<event_block> blocks;

  /// The days of the events of a reading cell.
  std::span<const std::int32_t> event_days(const reading_key& key, std::uint32_t cell) const noexcept {
    const event_block& block = blocks[key.block];
    return std::span(key.plain ? block.plain.day : block.day).subspan(event_begin[cell], event_count[cell]);
  }
};

// -- 2. cells ---------------------------------------------------------------------------------------

/// How a target is judged over time.
enum class judging : std::uint8_t { once, recurring, each_period };

/// Shares that a programme sets for all of its targets.
struct target_terms {
  double minimum_coverage = 0.6;
  double score_cap = 1;
  double too_early_below = 0.05;

  friend bool operator==(const target_terms&, const target_terms&) = default;
};

struct target_plan : target_terms {
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
  std::uint32_t first_part = 0;           ///< targets that stand in for it (rule U4)
  std::uint32_t part_count = 0;
  bool by_due = true;               ///< cadence `by` (rule S8)
  bool without_upper_edge = false;  ///< rule S3
  bool whole_units = false;         ///< rule F2, where it applies to the aim and unit
  bool open_group = false;          ///< rule A8
  bool withdrawn = false;
  bool reading_only = false;
  bool reads_eve = false;        ///< its baseline is the reading on the eve of the window (rule B1)
  bool open_ended = false;       ///< its aim is a direction without a number
  bool is_share = false;         ///< its amounts are shares, written in %
  std::uint32_t cost_of = none;  ///< the target plan that it is an input in money of
  std::int8_t direction = 0;     ///< 1: more is better, −1: less, 0: a band
  std::optional<double> natural_limit{};
};

/** A target that leaves nothing to look up: judged once, at one place, from plain entries, with a goal in one direction that is
    approached from a baseline.

  Most targets are such. What judging them needs lies side by side here, under the names of `target_plan` and `reading_key`.
*/
struct plain_target {  // without initial values, so that columns of it are not cleared before they are written
  double goal;
  double baseline;
  std::uint64_t first_event;   ///< in the plain events of its block
  std::uint64_t first_amount;  ///< likewise: one an event, of a ratio two
  std::uint32_t event_count;
  std::uint32_t block;
  std::uint32_t number;  ///< target plan
  std::uint32_t cell;
  std::uint32_t curve;
  std::uint32_t terms;  ///< in `compiled_cells::plain_terms`
  std::int32_t start;
  std::int32_t due;
  std::int32_t maximum_age;
  std::int32_t allowed_lag;
  std::uint32_t conditions;  ///< of the target and its goal, see `impl/cell_conclusion.hpp`
  std::int8_t direction;     ///< 1: at least the goal, −1: at most
  bool is_ratio;
  bool covered_in_days;
  bool immediate;
  bool whole_units;

  static constexpr bool reading_only = false;
};

/// What many plain targets share.
struct plain_terms : target_terms {
  std::uint32_t method = 0;

  friend bool operator==(const plain_terms&, const plain_terms&) = default;
};

/// What a closed period of a recurring target or an each-period hold came to (rule A7a). `doubtful` failed by the unfavourable
/// end of an interval only (rule R11).
enum class period_outcome : std::uint8_t { unknown, kept, failed, doubtful };

/// A method that some programme is judged by.
struct used_method {
  method_spec spec;
  std::shared_ptr<const custom_method> function{};  ///< of the user
  bool series = false;                              ///< it asks for dated readings
  bool scores = false;                              ///< it gives scores
  std::optional<std::size_t> costs{};               ///< its band list over the cost index
  rules_by_facts rules;
  std::vector<std::uint16_t> state_flags{};  ///< that each state gives to a cell

  explicit used_method(method_spec of, std::shared_ptr<const custom_method> own = {})
      : spec(std::move(of)), function(std::move(own)), series(needs_series(spec)), scores(gives_scores(spec)), rules(spec) {
    costs = cost_bands(spec);
    for (const state_spec& state : spec.states) state_flags.push_back(flags_of(state.role));
  }

  /// What it says of a cell with these facts.
  template <class MeasureOf>
  ATTAIN_HOT inline verdict judge(std::uint16_t facts, const MeasureOf& measure_of) const {
    return rules.judge(spec, facts, measure_of);
  }
  /// What it says of each of several cells with the same facts, see `rules_by_facts`.
  template <class ColumnOf, class Put>
  ATTAIN_HOT inline void judge_alike(std::uint16_t facts, std::size_t count, const ColumnOf& column_of, const Put& put) const {
    rules.judge_alike(spec, facts, count, column_of, put);
  }
};

struct compiled_cells {
  // of the plan
  shared_column<target_plan> targets;  ///< by programme, in tree order
  shared_column<expected_curve> curves;
  shared_column<std::int32_t> period_end;    ///< last days of the periods of recurring targets and each-period holds
  shared_column<std::uint32_t> period_keys;  ///< their keys
  shared_column<std::uint32_t> wholes;       ///< target plans with parts, those within others first
  shared_column<std::uint32_t> parts;        ///< target plans
  shared_column<used_method> methods;
  shared_column<std::uint32_t> by_key;  ///< target plans in the order of their keys, so that each key is read once

  // one an element: a target at a place, by target, then place
  shared_column<std::uint32_t> place;
  shared_column<std::uint32_t> target_of;  ///< target plan
  shared_column<std::uint32_t> node;       ///< node cell above it, at the same place
  shared_column<double> weight;            ///< among its siblings, scaled (see `roll_up.hpp`)
  shared_column<cell_goal> goal;           ///< where the eve tells the baseline, of the ledger
  std::vector<std::uint32_t> reading;      ///< reading cell

  // of the ledger: all targets, in the order of their keys
  detail::growing_column<plain_target> plain;
  std::vector<attain::plain_terms> plain_terms;
  std::vector<std::uint32_t> others;  ///< target plans

  std::vector<period_outcome> outcomes;
  std::vector<double> outcome_amount;
  std::vector<double> outcome_share;  ///< x/g of the period, for each-period holds; −1 where it has none
};

// -- 3. nodes ---------------------------------------------------------------------------------------

/// Of what the roll-up of a node is made; see `model/roll_up.hpp`.
struct node_plan {
  aggregator aggregate{};
  std::uint32_t custom = none;  ///< in `used_functions::aggregators`
  double minimum_coverage = 0.6;
  bool is_additive = true;     ///< a weighted mean of static weights: its sums can be kept
  bool count_not_due = false;  ///< as zero (rule U5)
  bool count_missing = false;  ///< likewise (rule U9)
  bool refuse_missing = false;
  bool is_project = true;  ///< the ceiling of rule S applies
  std::uint32_t method = 0;
  std::optional<std::int32_t> declared_due{};
  weighting weights = weighting::given;
  entropy_transform transform = entropy_transform::shares;
  answer<double> consistency = reason::not_applicable;  ///< ratio of the comparisons that its weights come from
  std::uint32_t first_rule = 0;                         ///< in `compiled_nodes::rules`
  std::uint32_t rule_count = 0;
  std::uint32_t first_watch = 0;  ///< in `compiled_nodes::watch`: targets whose cells it reads besides its children
  std::uint32_t watch_count = 0;
  std::uint32_t first_measure = 0;  ///< in `compiled_nodes::measures`
  std::uint32_t measure_count = 0;

  /// Weights that are found when evaluating, from readings or from the scores themselves.
  bool has_data_weights() const noexcept { return weights == weighting::measure || weights == weighting::entropy; }
};

/// A rule of a node (rule U12); the targets that it asks about are those from `first` on among the node's watched ones.
struct node_rule {
  rule_spec spec;
  role grade = role::met;
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

/// A child of a node and the watched target that it is weighed by.
struct node_measure {
  std::uint32_t child = 0;  ///< target plan, or node plan
  bool is_target = false;
  std::uint32_t watched = 0;
};

/// A child of a node cell: another node cell, or a cell.
struct child_ref {
  std::uint32_t index = 0;
  bool is_cell = false;
};

struct compiled_nodes {
  shared_column<node_plan> plans;           ///< one a node of a programme, programmes one after the other
  shared_column<std::uint32_t> first_plan;  ///< of each programme, one more than programmes

  // one an element: a node at a place; levels of the tree one after the other, parents before children
  shared_column<std::uint32_t> plan;
  shared_column<std::uint32_t> place;
  shared_column<std::uint32_t> parent;
  shared_column<double> weight;              ///< among its siblings, scaled
  shared_column<double> all_weight;          ///< of all its children in the programme, scaled alike
  shared_column<std::uint32_t> child_begin;  ///< one more than node cells, in `children`
  shared_column<child_ref> children;
  shared_column<std::uint32_t> level_begin;  ///< first node cell of each level, and the end

  // what nodes read besides their children
  shared_column<node_rule> rules;
  shared_column<node_measure> measures;
  shared_column<std::uint32_t> watch;        ///< target plans
  shared_column<std::uint32_t> watch_begin;  ///< of a node cell, in `watched`; empty if no node watches anything
  shared_column<std::uint32_t> watched;      ///< cells, none where a target has none (rule R9c)
  shared_column<std::uint8_t> in_sample;     ///< of a node cell: no place of the node lies below; empty without entropy weights

  /// Node cells of one node of one programme: [first, last) positions in `of_node`, by place.
  shared_column<std::uint32_t> of_node_begin;
  shared_column<std::uint32_t> of_node;
};

// -- all ------------------------------------------------------------------------------------------

/// Goals of places: own, quotas, and sums of quotas in between (rule R9). By place.
using place_goal = std::pair<std::uint32_t, double>;

/// What a key asks a ledger for.
struct key_source {
  std::uint32_t indicator = 0;  ///< in its programme
  std::uint32_t top = 0;        ///< the place of its targets
  std::uint32_t target = none;  ///< the target in its programme whose categories it reads; none: all
  std::uint32_t first_goal = 0;
  std::uint32_t goal_count = 0;
  bool has_quotas = false;
  bool goals_differ = false;  ///< between its targets
};

/// What no ledger changes.
struct compiled_plan {
  detail::growing_column<reading_key> keys;
  std::vector<key_source> sources;  ///< of keys
  std::vector<place_goal> goals;
  std::vector<std::uint32_t> first_key;  ///< of each programme, one more than programmes
  shared_column<key_member> members;
  compiled_cells cells;
  compiled_nodes nodes;
  std::vector<std::uint32_t> eve_targets;     ///< target plans whose baseline is looked for in the ledger
  std::vector<std::uint32_t> period_targets;  ///< those that are judged period by period
  shared_column<std::uint32_t> first_target;
  shared_column<formula> formulas;
  std::shared_ptr<const used_functions> custom;
};

struct compiled {
  std::shared_ptr<const compiled_plan> plan;
  binding bound;  ///< to the ledger's state; explain and the tracker read entries through it
  std::optional<date> known_at{};
  compiled_readings readings{};
  compiled_cells cells{};
  compiled_nodes nodes{};
  shared_column<std::uint32_t> first_target{};  ///< target plan of each programme, one more than programmes
  shared_column<formula> formulas{};
  std::shared_ptr<const used_functions> custom{};  ///< of the user; never null

  /// The cell of a target at a place of its programme, if there is one.
  std::optional<std::uint32_t> find_cell(std::uint32_t target_plan, std::uint32_t place) const noexcept;
  /// The node cell of a node at a place, if there is one.
  std::optional<std::uint32_t> find_node_cell(std::uint32_t programme, std::uint32_t node, std::uint32_t place) const noexcept;

  /// The programme that a node cell belongs to.
  std::uint32_t programme_of(std::uint32_t node_cell) const noexcept;

  /// What judges where the method of a programme has this number: @p by for all, else the programme's own.
  const used_method& method(std::uint32_t number, const used_method* by) const noexcept {
    return by != nullptr ? *by : cells.methods[number];
  }
};

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/engine/impl/compiled.ipp>
#endif
