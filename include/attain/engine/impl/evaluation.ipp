#pragma once

#include <attain/core/exact_sum.hpp>
#include <attain/core/id.hpp>
#include <attain/engine/evaluation.hpp>
#include <attain/engine/impl/explain_node.hpp>
#include <attain/engine/impl/explain_target.hpp>
#include <attain/engine/impl/node_costs.hpp>
#include <attain/engine/impl/node_rules.hpp>
#include <attain/engine/impl/node_weights.hpp>
#include <attain/engine/measures.hpp>

#include <algorithm>
#include <utility>

namespace attain::inline v0 {
namespace detail {

inline const programme& programme_of(const evaluation_data& data, std::uint32_t number) { return data.plan.programmes()[number]; }

// Shared with what keeps it alive.
inline std::shared_ptr<const method_spec> method_spec_of(const evaluation_data& data, std::uint32_t number) {
  if (data.by != nullptr) return {data.by, &data.by->spec};
  return {data.compiled, &data.compiled->cells.methods[number].spec};
}

// Rule P3: the earned day against t*, or against as-of once due has passed.
inline answer<double> days_ahead(const evaluation_data& data, std::uint32_t cell) {
  const compiled& from = *data.compiled;
  const target_plan& target = from.cells.targets[from.cells.target_of[cell]];
  const bool holds = (data.cells.flags[cell] & cell_flag::hold_stream) != 0;
  if (target.judging != judging::once || holds) return reason::not_applicable;  // P3a
  const std::uint8_t missing = data.cells.gap_missing[cell];
  if (missing != 0) return static_cast<reason>(missing);
  const std::int32_t as_of = data.as_of.days();
  const std::int32_t day = (std::min)(as_of, target.due);
  const double a = data.cells.attainment[cell];
  const bool is_reached = (data.cells.flags[cell] & cell_flag::reached) != 0;
  if (a >= 1 && is_reached) return static_cast<double>(target.due - first_reached_day(from, target, cell, day));
  const double now = as_of >= target.due ? as_of : (std::min)(day, data.cells.data_day[cell]);
  if (a >= 1) return target.due - now;
  const auto [first, last] = from.cells.curves[target.curve].when(a);
  const double earned = (std::min)(a <= 0 ? now : (std::max)(now, first), last);  // an interval: the nearest day of it
  return earned - now;
}

}  // namespace detail

// -- targets ----------------------------------------------------------------------------------------

ATTAIN_INLINE const target_plan& target_result::plan() const noexcept {
  return data_->compiled->cells.targets[data_->compiled->cells.target_of[cell_]];
}

ATTAIN_INLINE const target_spec& target_result::spec() const noexcept {
  return *detail::programme_of(*data_, plan().programme).targets()[plan().target].spec;
}

ATTAIN_INLINE const indicator_spec& target_result::indicator() const noexcept {
  const programme& p = detail::programme_of(*data_, plan().programme);
  return p.indicators()[p.targets()[plan().target].indicator];
}

ATTAIN_INLINE const std::string& target_result::place() const noexcept {
  return detail::programme_of(*data_, plan().programme).places()[data_->compiled->cells.place[cell_]].id;
}

ATTAIN_INLINE answer<double> target_result::number(double value, std::uint8_t missing) const {
  if (missing != 0) return static_cast<reason>(missing);
  return value;
}

ATTAIN_INLINE answer<double> target_result::reading() const {
  return number(data_->cells.reading[cell_], data_->cells.reading_missing[cell_]);
}

ATTAIN_INLINE answer<double> target_result::baseline() const {
  const cell_goal& goal = data_->compiled->cells.goal[cell_];
  if (plan().reading_only) return reason::not_applicable;
  if (goal.has_baseline) return goal.baseline;
  return goal.missing == static_cast<std::uint8_t>(reason::not_applicable) ? reason::not_applicable : reason::baseline_missing;
}

ATTAIN_INLINE answer<double> target_result::goal() const {
  const cell_goal& goal = data_->compiled->cells.goal[cell_];
  if (goal.unknown) return reason::baseline_missing;
  const bool only_withdrawn = goal.missing == static_cast<std::uint8_t>(reason::withdrawn);
  if (goal.missing != 0 && !only_withdrawn) return static_cast<reason>(goal.missing);
  if (plan().judging == judging::recurring) return static_cast<double>(plan().period_count);
  return goal.stated;
}

ATTAIN_INLINE answer<double> target_result::upper_goal() const {
  const cell_goal& goal = data_->compiled->cells.goal[cell_];
  const bool only_withdrawn = goal.missing == static_cast<std::uint8_t>(reason::withdrawn);
  if (goal.missing != 0 && !only_withdrawn) return static_cast<reason>(goal.missing);
  if (goal.compare != comparison::band || plan().judging == judging::recurring) return reason::not_applicable;
  return goal.upper;
}

ATTAIN_INLINE answer<double> target_result::attainment() const {
  return number(data_->cells.attainment[cell_], data_->cells.attainment_missing[cell_]);
}

ATTAIN_INLINE answer<double> target_result::expected() const {
  return number(data_->cells.expected[cell_], data_->cells.expected_missing[cell_]);
}

ATTAIN_INLINE answer<double> target_result::gap() const {
  return number(data_->cells.gap[cell_], data_->cells.gap_missing[cell_]);
}

ATTAIN_INLINE answer<double> target_result::pace() const {
  const answer<double> a = attainment();
  const bool cap_only = a.has_value() && gap() == reason::not_scalable;  // a cap whose used share has no answer still has a ratio
  if (!gap().has_value() && !cap_only) return gap().why();
  if (is_too_early(data_->cells.expected[cell_], plan().too_early_below)) return reason::too_early;  // rule P2
  return *a / data_->cells.expected[cell_];
}

ATTAIN_INLINE answer<double> target_result::days_ahead() const { return detail::days_ahead(*data_, cell_); }

ATTAIN_INLINE answer<double> target_result::of_goal() const {
  if (!reading().has_value()) return reading().why();
  const cell_goal& goal = data_->compiled->cells.goal[cell_];
  if (goal.missing != 0) return static_cast<reason>(goal.missing);
  if (plan().judging == judging::recurring) return *reading() / plan().period_count;
  return share_of_goal(goal, *reading());
}

ATTAIN_INLINE answer<attain::status> target_result::status() const {
  const std::uint8_t state = data_->cells.state[cell_];
  if (state == no_state) return static_cast<reason>(data_->cells.state_missing[cell_]);
  return attain::status(detail::method_spec_of(*data_, plan().method), state);
}

ATTAIN_INLINE answer<double> target_result::measured() const {
  const cell_columns& cells = data_->cells;
  if ((cells.flags[cell_] & cell_flag::measured) == 0) return status().has_value() ? reason::not_applicable : status().why();
  if (!cells.measured.empty()) return cells.measured[cell_];
  // Kept only where it takes more than the judged numbers.
  const method_spec& method = data_->compiled->method(plan().method, data_->by.get()).spec;
  const quantity what = method.band_lists[method.rules[cells.rule[cell_]].index].quantity;
  return cell_measures(*data_->compiled, plan(), cell_, method, cells[cell_], {})(what).value;
}

ATTAIN_INLINE answer<double> target_result::score() const {
  if ((data_->cells.flags[cell_] & cell_flag::scored) == 0) return status().has_value() ? reason::not_applicable : status().why();
  return data_->cells.method_score[cell_];
}

ATTAIN_INLINE double target_result::coverage() const noexcept { return data_->cells.covered[cell_]; }

ATTAIN_INLINE answer<date> target_result::data_day() const {
  if (data_->cells.reading_missing[cell_] != 0) return static_cast<reason>(data_->cells.reading_missing[cell_]);
  return date::from_days(data_->cells.data_day[cell_]);
}

ATTAIN_INLINE bool target_result::is_hold() const noexcept { return (data_->cells.flags[cell_] & cell_flag::hold_stream) != 0; }
ATTAIN_INLINE bool target_result::is_reached() const noexcept { return (data_->cells.flags[cell_] & cell_flag::reached) != 0; }
ATTAIN_INLINE bool target_result::is_reversible() const noexcept {
  return (data_->cells.flags[cell_] & cell_flag::reversible) != 0;
}

ATTAIN_INLINE std::vector<finding> target_result::findings() const { return explain().findings; }
ATTAIN_INLINE explanation target_result::explain() const {
  explanation why = detail::explain_cell(*data_, cell_);
  if (!plan().reading_only) why.method = detail::method_spec_of(*data_, plan().method);
  return why;
}

// -- nodes ------------------------------------------------------------------------------------------

ATTAIN_INLINE const node_result& project_result::result() const noexcept { return data_->nodes[node_]; }

ATTAIN_INLINE project_result::position project_result::where() const noexcept {
  const compiled_nodes& n = data_->compiled->nodes;
  const std::uint32_t number = data_->compiled->programme_of(node_);
  return {number, n.plan[node_] - n.first_plan[number]};
}

ATTAIN_INLINE bool project_result::is_root() const noexcept { return where().node == 0; }

ATTAIN_INLINE const std::string& project_result::id() const noexcept {
  const position at = where();
  const programme& p = detail::programme_of(*data_, at.programme);
  return at.node == 0 ? p.id() : p.nodes()[at.node].spec->id;
}

ATTAIN_INLINE const std::string& project_result::name() const noexcept {
  const position at = where();
  const programme& p = detail::programme_of(*data_, at.programme);
  return at.node == 0 ? p.spec().name : p.nodes()[at.node].spec->name;
}

ATTAIN_INLINE const std::string& project_result::place() const noexcept {
  return detail::programme_of(*data_, where().programme).places()[data_->compiled->nodes.place[node_]].id;
}

ATTAIN_INLINE answer<double> project_result::attainment() const {
  if (result().attainment_missing != 0) return static_cast<reason>(result().attainment_missing);
  return result().attainment;
}

ATTAIN_INLINE answer<double> project_result::expected() const {
  if (result().attainment_missing != 0) return static_cast<reason>(result().attainment_missing);
  return result().expected;
}

ATTAIN_INLINE answer<double> project_result::gap() const {
  if (result().attainment_missing != 0) return static_cast<reason>(result().attainment_missing);
  return result().attainment - result().expected;
}

ATTAIN_INLINE answer<double> project_result::pace() const {
  if (result().attainment_missing != 0) return static_cast<reason>(result().attainment_missing);
  const double early = detail::programme_of(*data_, where().programme).spec().defaults.too_early_below;
  if (is_too_early(result().expected, early)) return reason::too_early;
  return result().attainment / result().expected;
}

ATTAIN_INLINE answer<double> project_result::hold_share() const {
  if (result().hold_missing != 0) return static_cast<reason>(result().hold_missing);
  return result().hold_share;
}

ATTAIN_INLINE answer<double> project_result::lower() const {
  if (result().bounds_missing != 0) return static_cast<reason>(result().bounds_missing);
  return result().lower;
}

ATTAIN_INLINE answer<double> project_result::upper() const {
  if (result().bounds_missing != 0) return static_cast<reason>(result().bounds_missing);
  return result().upper;
}

ATTAIN_INLINE double project_result::coverage() const noexcept { return result().coverage; }

ATTAIN_INLINE answer<attain::status> project_result::status() const {
  if (result().state == no_state) return static_cast<reason>(result().state_missing);
  const compiled_nodes& n = data_->compiled->nodes;
  return attain::status(detail::method_spec_of(*data_, n.plans[n.plan[node_]].method), result().state);
}

ATTAIN_INLINE answer<double> project_result::score() const {
  if (!result().scored) return status().has_value() ? reason::not_applicable : status().why();
  return result().method_score;
}

namespace detail {

// Declared, else the latest of the applicable leaves (section S, nodes).
inline std::optional<std::int32_t> due_of_node(const evaluation_data& data, std::uint32_t node) {
  const compiled& from = *data.compiled;
  if (const auto declared = from.nodes.plans[from.nodes.plan[node]].declared_due) return declared;
  std::optional<std::int32_t> latest;
  std::vector<std::uint32_t> open{node};
  while (!open.empty()) {
    const std::uint32_t at = open.back();
    open.pop_back();
    for (std::uint32_t c = from.nodes.child_begin[at]; c < from.nodes.child_begin[at + 1]; ++c) {
      const child_ref child = from.nodes.children[c];
      if ((child.is_cell ? from.cells.weight : from.nodes.weight)[child.index] <= 0) continue;
      if (!child.is_cell) {
        open.push_back(child.index);
      } else if ((data.cells.flags[child.index] & cell_flag::applicable) != 0) {
        const std::int32_t due = from.cells.targets[from.cells.target_of[child.index]].due;
        latest = latest ? (std::max)(*latest, due) : due;
      }
    }
  }
  return latest;
}

}  // namespace detail

ATTAIN_INLINE answer<date> project_result::due() const {
  const std::optional<std::int32_t> due = detail::due_of_node(*data_, node_);
  return due ? answer<date>(date::from_days(*due)) : reason::not_applicable;
}

ATTAIN_INLINE leaf_counts project_result::leaves() const noexcept { return result().leaves; }

ATTAIN_INLINE answer<double> project_result::attainment_before_rules() const {
  const compiled_nodes& n = data_->compiled->nodes;
  if (n.plans[n.plan[node_]].rule_count == 0 || result().attainment_missing != 0) return attainment();
  return result().before_rules;
}

ATTAIN_INLINE std::vector<fired_rule> project_result::rules() const {
  if (result().fired == 0) return {};
  const compiled& from = *data_->compiled;
  const node_plan& plan = from.nodes.plans[from.nodes.plan[node_]];
  const detail::node_rules all(from, node_, data_->cells, data_->by.get());
  std::int32_t failing = 0;
  detail::for_each_contribution(
      from, node_, data_->cells, data_->nodes, data_->weights,
      [&](std::uint32_t, const contribution& child) { failing += child.failing ? 1 : 0; }, data_->by.get());
  const auto status_of = [&](std::uint8_t state, std::uint8_t missing) -> answer<attain::status> {
    if (state == no_state) return static_cast<reason>(missing);
    return attain::status(detail::method_spec_of(*data_, plan.method), state);
  };
  std::vector<fired_rule> fired;
  node_result now = result();
  now.attainment = now.before_rules;
  for (std::uint32_t i = 0; i < all.count(); ++i) {
    if ((now.fired >> i & 1u) == 0) continue;
    fired_rule& step = fired.emplace_back(fired_rule{.rule = &all.rule(i).spec});
    if (now.attainment_missing != 0) continue;
    step.score_before = now.attainment;
    now.attainment = all.score_after(all.rule(i), now.attainment);
    step.score_after = now.attainment;
  }
  now.state = no_state;
  now.state_missing = 0;
  const auto costs = detail::costs_of(from, data_->cells, node_, data_->by.get());
  const quantity_value cost = costs ? costs->index(node_) : quantity_value{.missing = detail::as_missing(reason::not_applicable)};
  detail::judge_node(from, plan, failing, data_->as_of.days(), now, data_->by.get(), cost);
  for (std::uint32_t i = 0, k = 0; i < all.count(); ++i) {
    if ((now.fired >> i & 1u) == 0) continue;
    fired[k].status_before = status_of(now.state, now.state_missing);
    now.state = all.state_after(all.rule(i), now.state);
    fired[k++].status_after = status_of(now.state, now.state_missing);
  }
  return fired;
}

ATTAIN_INLINE weighting project_result::weights_by() const noexcept {
  const compiled_nodes& n = data_->compiled->nodes;
  return n.plans[n.plan[node_]].weights;
}

ATTAIN_INLINE std::vector<child_weight> project_result::weights() const {
  const compiled& from = *data_->compiled;
  const bool from_data = from.nodes.plans[from.nodes.plan[node_]].has_data_weights();
  if (from_data && data_->weights.missing[node_] != 0) return {};
  std::vector<child_weight> weights;
  exact_sum all;
  for (std::uint32_t c = from.nodes.child_begin[node_]; c < from.nodes.child_begin[node_ + 1]; ++c) {
    const child_ref child = from.nodes.children[c];
    const double weight = from_data ? data_->weights.of_child[c] : detail::static_weight(from, child);
    all.add(weight);
    weights.push_back({child.is_cell ? target_result(data_, child.index).id() : project_result(data_, child.index).id(), weight});
  }
  if (all.rounded() > 0) {
    for (child_weight& child : weights) child.weight /= all.rounded();
  }
  return weights;
}

ATTAIN_INLINE answer<double> project_result::consistency_ratio() const {
  const compiled_nodes& n = data_->compiled->nodes;
  return n.plans[n.plan[node_]].consistency;
}

ATTAIN_INLINE std::vector<project_result> project_result::projects() const {
  const compiled_nodes& n = data_->compiled->nodes;
  std::vector<project_result> below;
  for (std::uint32_t c = n.child_begin[node_]; c < n.child_begin[node_ + 1]; ++c) {
    if (!n.children[c].is_cell) below.emplace_back(data_, n.children[c].index);
  }
  return below;
}

ATTAIN_INLINE std::vector<target_result> project_result::targets() const {
  const compiled_nodes& n = data_->compiled->nodes;
  std::vector<target_result> below;
  for (std::uint32_t c = n.child_begin[node_]; c < n.child_begin[node_ + 1]; ++c) {
    if (n.children[c].is_cell) below.emplace_back(data_, n.children[c].index);
  }
  return below;
}

ATTAIN_INLINE explanation project_result::explain() const {
  explanation why = detail::explain_node(*data_, node_);
  const compiled_nodes& n = data_->compiled->nodes;
  why.method = detail::method_spec_of(*data_, n.plans[n.plan[node_]].method);
  return why;
}

// -- all --------------------------------------------------------------------------------------------

namespace detail {

// Ids near to one that nobody knows, of whatever kind the range holds.
template <class Specs, class Id>
[[noreturn]] void throw_unknown(std::string kind, std::string_view id, const Specs& specs, Id id_of) {
  std::vector<std::string> ids;
  for (const auto& s : specs) ids.push_back(id_of(s));
  throw unknown_id(std::move(kind), std::string(id), nearest_ids(id, ids));
}

}  // namespace detail

ATTAIN_INLINE std::uint32_t evaluation::place_in(std::uint32_t programme, std::string_view place) const {
  return detail::programme_of(*data_, programme).place_index(place);
}

ATTAIN_INLINE target_result evaluation::target(std::string_view id) const {
  const auto found = data_->plan.find_target(id);
  if (!found) detail::programme_of(*data_, 0).target_index(id);
  const programme& p = detail::programme_of(*data_, found->programme);
  const std::uint32_t plan = data_->compiled->first_target[found->programme] + found->target;
  return {data_, *data_->compiled->find_cell(plan, p.targets()[found->target].place)};
}

ATTAIN_INLINE target_result evaluation::target(std::string_view id, std::string_view place) const {
  const auto found = data_->plan.find_target(id);
  if (!found) detail::programme_of(*data_, 0).target_index(id);
  const std::uint32_t plan = data_->compiled->first_target[found->programme] + found->target;
  const auto cell = data_->compiled->find_cell(plan, place_in(found->programme, place));
  if (!cell) {
    const programme& p = detail::programme_of(*data_, found->programme);
    const target_plan& t = data_->compiled->cells.targets[plan];
    std::vector<std::uint32_t> places(data_->compiled->cells.place.begin() + t.first_cell,
                                      data_->compiled->cells.place.begin() + t.first_cell + t.cell_count);
    detail::throw_unknown("place of target " + std::string(id), place, places, [&](std::uint32_t k) { return p.places()[k].id; });
  }
  return {data_, *cell};
}

ATTAIN_INLINE project_result evaluation::project(std::string_view id) const {
  const auto found = data_->plan.find_project(id);
  if (!found) detail::programme_of(*data_, 0).project_index(id);
  return {data_,
          data_->compiled->nodes
              .of_node[data_->compiled->nodes.of_node_begin[data_->compiled->nodes.first_plan[found->programme] + found->node]]};
}

ATTAIN_INLINE project_result evaluation::project(std::string_view id, std::string_view place) const {
  const auto found = data_->plan.find_project(id);
  if (!found) detail::programme_of(*data_, 0).project_index(id);
  const auto cell = data_->compiled->find_node_cell(found->programme, found->node, place_in(found->programme, place));
  if (!cell) {
    const compiled_nodes& n = data_->compiled->nodes;
    const programme& p = detail::programme_of(*data_, found->programme);
    const std::uint32_t plan = n.first_plan[found->programme] + found->node;
    std::vector<std::uint32_t> cells(n.of_node.begin() + n.of_node_begin[plan], n.of_node.begin() + n.of_node_begin[plan + 1]);
    detail::throw_unknown("place of project " + std::string(id), place, cells,
                          [&](std::uint32_t k) { return p.places()[n.place[k]].id; });
  }
  return {data_, *cell};
}

ATTAIN_INLINE project_result evaluation::root() const {
  return {data_, data_->compiled->nodes.of_node[data_->compiled->nodes.of_node_begin[0]]};
}

ATTAIN_INLINE std::vector<std::string> evaluation::methods() const {
  std::vector<std::string> names;
  if (data_->by == nullptr) {
    for (const used_method& own : data_->compiled->cells.methods) names.push_back(reference_to(own.spec));
  } else {
    names.push_back(reference_to(data_->by->spec));
  }
  for (const auto& other : data_->others) names.push_back(reference_to(other->by->spec));
  return names;
}

ATTAIN_INLINE evaluation evaluation::by(std::string_view method) const {
  const auto is_named = [&](const method_spec& spec) { return spec.name == method || reference_to(spec) == method; };
  const bool in_front = data_->by != nullptr
                            ? is_named(data_->by->spec)
                            : data_->compiled->cells.methods.size() == 1 && is_named(data_->compiled->cells.methods[0].spec);
  if (in_front) return *this;
  for (const auto& other : data_->others) {
    if (is_named(other->by->spec)) return evaluation(other);
  }
  throw unknown_id("method", std::string(method), nearest_ids(method, methods()));
}

ATTAIN_INLINE std::vector<target_result> evaluation::targets(bool at_places) const {
  const compiled_cells& c = data_->compiled->cells;
  std::vector<target_result> all;
  for (const target_plan& t : c.targets) {
    const std::uint32_t own = detail::programme_of(*data_, t.programme).targets()[t.target].place;
    for (std::uint32_t cell = t.first_cell; cell < t.first_cell + t.cell_count; ++cell) {
      if (at_places || c.place[cell] == own) all.emplace_back(data_, cell);
    }
  }
  return all;
}

}  // namespace attain::inline v0
