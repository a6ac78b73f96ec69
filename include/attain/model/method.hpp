#pragma once
/** A way of judging, as versioned data (rules S): states with labels, ordered rules over facts, and bands over quantities.

  The first rule whose facts and conditions all hold decides. It gives a state, or no answer, or looks a quantity up in a band
  list. Labels are presentation and take no part. A spec may be wrong: `validate_method` says so; `judge/method.hpp` interprets
  one, and `model/built_in_methods.hpp` holds those that come with the library.
*/
#include <attain/core/answer.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0 {

/// What a rule may ask of a judged cell; the numbers are those of section S.
enum class fact : std::uint16_t {
  not_applicable = 1u << 0,       ///< S1: withdrawn, or no goal here
  before_start = 1u << 1,         ///< S2
  reached_for_good = 1u << 2,     ///< S3: proven, and cannot be lost
  out_of_reach = 1u << 3,         ///< S4: cannot be met any more
  due = 1u << 4,                  ///< S5: as-of at or after due
  covers_due = 1u << 5,           ///< S5: the data decide the due day
  reached = 1u << 6,              ///< B2, as the reading stands
  nothing_expected = 1u << 7,     ///< S6
  unreadable = 1u << 8,           ///< S7: no usable reading, or stale
  reached_reversibly = 1u << 9,   ///< S8
  hold = 1u << 10,                ///< S9
  without_attainment = 1u << 11,  ///< S10
  open_ended = 1u << 12,          ///< the aim is a direction without a number: rises, falls
  decreasing = 1u << 13,          ///< less is better: at_most, falls
  share_at_end = 1u << 14,        ///< the goal is 0 % or 100 % of a share
};

inline constexpr std::size_t fact_count = 15;

/** The quantity that bands cut and conditions ask for.

  The first group is judged already, the second needs the dated readings of the cell (`judge/growth.hpp`, `judge/projection.hpp`), and
  what only nodes have comes last.
*/
enum class quantity : std::uint8_t {
  gap,         ///< attainment − expected (rule P1)
  attainment,  ///< share of the way (rules A)
  pace,        ///< attainment / expected, from an expected share of 0.05 (rule P2)
  spi,         ///< attainment / expected, however little is expected
  of_goal,     ///< reading / goal, of `at_most` goal / reading (rule A5)
  of_planned,  ///< reading / planned amount of the day, of `at_most` the inverse
  closeness,   ///< 1 − |reading − goal| / goal

  growth,              ///< compound growth a year in the wanted direction
  plain_growth,        ///< the same, whatever the sign of the base (Open SDG of 2023)
  growth_ratio,        ///< that over the growth that would reach the goal by due
  plain_growth_ratio,  ///< the same with signs as they fall (Open SDG of 2023)
  lead,                ///< latest reading past the goal, in the wanted direction
  change_by_due,       ///< share of the change from base to goal that the growth gives by due
  rest_by_due,         ///< share of the change still needed that the mean change gives by due
  mean_change,         ///< mean of the last yearly changes, in the wanted direction
  last_change,         ///< the last yearly change, in the wanted direction
  chance,              ///< of standing as the goal asks on the due day

  score,  ///< mean of the scores below a node
  cpi,    ///< earned value of a node / money spent on what is below it
};

/// What a state means to the nodes above, whatever a method calls it.
enum class role : std::uint8_t { met, on_track, at_risk, behind, missed, not_due };

/// Which reading growth is measured from. The eve is the last day before the window: 2015-12-31 of a window from 2016.
enum class base_rule : std::uint8_t {
  baseline,        ///< the baseline of the target (rule B1), dated at the eve
  eve,             ///< the reading of the eve alone
  eve_or_later,    ///< else the next available later one
  eve_or_nearest,  ///< else the next later one, else the last earlier one
};

struct state_spec {
  std::string name{};
  attain::role role = role::on_track;
  std::string chinese{};  ///< what people read; the name if empty
  std::string english{};

  friend bool operator==(const state_spec&, const state_spec&) = default;
};

/// The state as people read it; its name where it has no other word in that language.
inline std::string_view label_of(const state_spec& state, language in) noexcept {
  const std::string& label = in == language::chinese ? state.chinese : state.english;
  return label.empty() ? state.name : label;
}

/// At and above `edge` (above it only, if open) the band holds; bands are listed from the top down.
struct band_spec {
  double edge = 0;
  bool closed = true;
  std::size_t state = 0;
  std::optional<double> upper{};  ///< its upper end as the source prints it, checked against the band above

  friend bool operator==(const band_spec&, const band_spec&) = default;
};

/// A point of a piecewise linear score. Two points at one abscissa are a step, whose later point holds there.
struct score_point {
  double at = 0;
  double score = 0;

  friend bool operator==(const score_point&, const score_point&) = default;
};

struct band_list {
  attain::quantity quantity = quantity::gap;
  std::vector<band_spec> bands{};
  std::size_t below = 0;              ///< state under the last edge
  bool below_without_answer = false;  ///< and where the quantity has no answer; else there is no answer
  std::vector<score_point> score{};   ///< of a value, flat beyond the ends; empty: none
  std::optional<int> decimals{};      ///< the quantity is rounded half up to so many before it is cut
  std::string name{};                 ///< by which files refer to it

  friend bool operator==(const band_list&, const band_list&) = default;
};

enum class outcome : std::uint8_t { state, no_answer, bands };

/// The quantity has an answer and is at or above the edge, or above it if open.
struct condition {
  attain::quantity quantity = quantity::gap;
  double edge = 0;
  bool closed = true;

  friend bool operator==(const condition&, const condition&) = default;
};

struct method_rule {
  std::string name{};       ///< e.g. S3, shown by explain
  std::uint16_t facts = 0;  ///< all of these hold
  attain::outcome outcome = outcome::state;
  std::size_t index = 0;           ///< of the state or of the band list
  std::vector<condition> where{};  ///< and all of these
  std::optional<double> score{};   ///< with a state

  friend bool operator==(const method_rule&, const method_rule&) = default;
};

struct method_spec {
  std::string name{};
  int version = 1;
  std::string source{};
  std::vector<state_spec> states{};
  std::vector<method_rule> rules{};
  std::vector<band_list> band_lists{};
  std::size_t node_bands = 0;            ///< band list applied to a node
  std::optional<std::size_t> ceiling{};  ///< state that a failing child or hold caps a node at
  bool deadlines = true;                 ///< nodes are not due, met and missed as in section S; else their bands alone decide
  std::optional<std::size_t> all_met{};  ///< without deadlines: state of a node below which every judged leaf is met

  bool verified = true;  ///< checked against what its publisher says
  std::string caveat{};  ///< what is uncertain about it
  base_rule base = base_rule::baseline;
  std::optional<double> zero_stands_as{};  ///< what takes the place of 0 in a growth; none: no answer
  double limit_exponent = 4.44;            ///< of the factor near a natural limit; 0: limits play no part
  int changes = 5;                         ///< so many yearly changes make a mean change
  int fewest_changes = 3;                  ///< and no fewer

  friend bool operator==(const method_spec&, const method_spec&) = default;
};

/// The facts as a bit set.
template <class... Facts>
constexpr std::uint16_t all_of(Facts... facts) noexcept {
  return static_cast<std::uint16_t>((0u | ... | static_cast<unsigned>(facts)));
}

/// Whether a quantity needs the dated readings of a cell, and whether it is one of growth.
constexpr bool needs_series(quantity q) noexcept { return q >= quantity::growth && q <= quantity::chance; }
constexpr bool is_of_growth(quantity q) noexcept { return needs_series(q) && q != quantity::chance; }

/// Calls `visit(quantity, band list or none)` for every quantity that a method asks for of a cell; nodes apart.
template <class Visitor>
void for_each_quantity(const method_spec& method, Visitor visit) {
  for (const method_rule& rule : method.rules) {
    for (const condition& c : rule.where) visit(c.quantity);
    if (rule.outcome == outcome::bands && rule.index < method.band_lists.size()) visit(method.band_lists[rule.index].quantity);
  }
}

inline bool needs_series(const method_spec& method) {
  bool any = false;
  for_each_quantity(method, [&](quantity q) { any = any || needs_series(q); });
  return any;
}

inline bool needs_growth(const method_spec& method) {
  bool any = false;
  for_each_quantity(method, [&](quantity q) { any = any || is_of_growth(q); });
  return any;
}

/// The band list over the cost index. Only nodes have one: it judges them beside `node_bands`, and the worse state counts.
inline std::optional<std::size_t> cost_bands(const method_spec& method) noexcept {
  for (std::size_t i = 0; i < method.band_lists.size(); ++i) {
    if (method.band_lists[i].quantity == quantity::cpi) return i;
  }
  return std::nullopt;
}

/// Whether a method gives scores besides states.
inline bool gives_scores(const method_spec& method) {
  for (const band_list& list : method.band_lists)
    if (!list.score.empty()) return true;
  for (const method_rule& rule : method.rules)
    if (rule.score) return true;
  return false;
}

}  // namespace attain::inline v0
