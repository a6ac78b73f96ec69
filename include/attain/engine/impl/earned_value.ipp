#pragma once

#include <attain/core/error.hpp>
#include <attain/core/id.hpp>
#include <attain/core/missing.hpp>
#include <attain/core/number_text.hpp>
#include <attain/engine/earned_value.hpp>
#include <attain/engine/impl/explained_cell.hpp>
#include <attain/engine/impl/planned_curve.hpp>
#include <attain/engine/read.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

namespace attain::inline v0 {

// Reads one programme at one place: first what every target there is worth, then the sums of any node.
class earned_value_reader {
 public:
  earned_value_reader(const evaluation& from, std::uint32_t number, const earned_value_options& options)
      : now_(from),
        data_(from.data()),
        from_(*data_.compiled),
        plan_(data_.plan.programmes()[number]),
        cost_(flags_of(options.cost)),
        budget_(flags_of(options.budget)),
        total_(options.total) {}

  void collect(std::uint32_t root) {
    visit(root, 1);
    declare_budgets();
    if (!declared_) {
      for (earned_value::part& p : parts_) p.budget *= total_;
      return;
    }
    for (std::size_t i = 0; i < parts_.size(); ++i) parts_[i].budget = declared_of_[i];
  }

  earned_value read(std::uint32_t node_cell) const {
    earned_value made(project_result(now_.share(), node_cell));
    made.data_ = now_.share();
    const auto below = [&](std::uint32_t node) {
      while (node != none && node != node_cell) node = from_.nodes.parent[node];
      return node == node_cell;
    };
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      if (below(home_[i])) made.parts_.push_back(parts_[i]);
    }
    std::uint8_t cost_missing = 0;
    double cost = 0;
    for (const money& m : money_) {
      if (!m.is_cost || !below(m.node)) continue;
      const std::uint8_t missing = data_.cells.reading_missing[m.cell];
      if (missing == detail::as_missing(reason::not_applicable) || missing == detail::as_missing(reason::withdrawn)) continue;
      cost_missing = detail::first_of(cost_missing, missing);
      if (missing != 0) continue;
      cost += data_.cells.reading[m.cell];
      made.costs_.emplace_back(target_of(m.cell).spec->id, data_.cells.reading[m.cell]);
    }
    if (cost_missing != 0) {
      made.amounts_.cost = static_cast<reason>(cost_missing);
    } else if (!made.costs_.empty()) {
      made.amounts_.cost = cost;
    }
    sum(made, node_cell);
    return made;
  }

 private:
  // A target that reads money, and the target or node that it is spent on.
  struct money {
    std::uint32_t cell = 0;
    std::uint32_t node = 0;
    std::uint32_t of_target = none;  ///< in the programme
    bool is_cost = false;
  };

  const programme_target& target_of(std::uint32_t cell) const {
    return plan_.targets()[from_.cells.targets[from_.cells.target_of[cell]].target];
  }

  std::vector<std::uint8_t> flags_of(const std::vector<std::string>& ids) const {
    std::vector<std::uint8_t> flags(plan_.indicators().size(), 0);
    for (const std::string& id : ids) {
      if (const auto found = plan_.find_indicator(id)) flags[*found] = 1;
    }
    return flags;
  }

  // What has a budget: progress that applies here, or a node with some.
  bool has_budget(const child_ref& child) const {
    if (!child.is_cell) return data_.nodes[child.index].leaves.progress > 0;
    const std::uint16_t flags = data_.cells.flags[child.index];
    const programme_target& target = target_of(child.index);
    return (flags & cell_flag::applicable) != 0 && (flags & cell_flag::hold_stream) == 0 && cost_[target.indicator] == 0 &&
           budget_[target.indicator] == 0;
  }

  // Children of a node with their shares of the whole: by weight among those with a budget, as in the means of the roll-up.
  void visit(std::uint32_t root, double share_of_root) {
    std::vector<std::pair<std::uint32_t, double>> open{{root, share_of_root}};
    while (!open.empty()) {
      const auto [node, share] = open.back();
      open.pop_back();
      const std::uint32_t begin = from_.nodes.child_begin[node];
      const std::uint32_t end = from_.nodes.child_begin[node + 1];
      const auto weight_of = [&](const child_ref& child) {
        if (!has_budget(child)) return 0.0;
        return child.is_cell ? from_.cells.weight[child.index] : from_.nodes.weight[child.index];
      };
      double all = 0;
      for (std::uint32_t c = begin; c < end; ++c) all += weight_of(from_.nodes.children[c]);
      for (std::uint32_t c = end; c-- > begin;) {
        const child_ref child = from_.nodes.children[c];
        const double part = all > 0 ? share * weight_of(child) / all : 0;
        if (!child.is_cell) {
          open.emplace_back(child.index, part);
        } else {
          visit_cell(child.index, node, part);
        }
      }
    }
  }

  void visit_cell(std::uint32_t cell, std::uint32_t node, double share) {
    const programme_target& target = target_of(cell);
    const bool is_cost = cost_[target.indicator] != 0;
    if (is_cost || budget_[target.indicator] != 0) {
      money_.push_back({cell, node, target.belongs_to, is_cost});
      return;
    }
    const std::uint16_t flags = data_.cells.flags[cell];
    if (share <= 0) return;
    const bool not_due = (flags & cell_flag::not_due) != 0;
    const bool answered = !not_due && (flags & cell_flag::answered) != 0;
    parts_.push_back({.cell = cell,
                      .budget = share,
                      .attained = answered ? data_.cells.score[cell] : 0,
                      .expected = answered ? data_.cells.expected[cell] : 0,
                      .answered = answered,
                      .not_due = not_due});
    home_.push_back(node);
  }

  // Budgets by target or node: readings of the budget indicators, else goals of the costs.
  void declare_budgets() {
    declared_of_.assign(parts_.size(), 0);
    const bool by_indicator = std::any_of(budget_.begin(), budget_.end(), [](std::uint8_t b) { return b != 0; });
    for (const money& m : money_) {
      if (by_indicator == m.is_cost) continue;
      double amount = 0;
      if (by_indicator) {
        if (data_.cells.reading_missing[m.cell] != 0) continue;
        amount = data_.cells.reading[m.cell];
      } else {
        const cell_goal& goal = from_.cells.goal[m.cell];
        if (goal.missing != 0 || from_.cells.targets[from_.cells.target_of[m.cell]].reading_only) continue;
        amount = goal.stated;
      }
      declared_ = true;
      spread(m, amount);
    }
  }

  // Over the target that the money is for, else by weight over those of its node.
  void spread(const money& m, double amount) {
    const auto belongs = [&](std::size_t i) {
      if (m.of_target != none) {
        return from_.cells.targets[from_.cells.target_of[parts_[i].cell]].target == m.of_target;
      }
      std::uint32_t node = home_[i];
      while (node != none && node != m.node) node = from_.nodes.parent[node];
      return node == m.node;
    };
    double weight = 0;
    for (std::size_t i = 0; i < parts_.size(); ++i) weight += belongs(i) ? parts_[i].budget : 0;
    if (weight <= 0) return;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      if (belongs(i)) declared_of_[i] += amount * parts_[i].budget / weight;
    }
  }

  void sum(earned_value& to, std::uint32_t node_cell) const {
    if (to.parts_.empty()) return;
    detail::planned_curve curve(from_);
    double budget = 0;
    double earned = 0;
    double planned = 0;
    double due = 0;
    double answered = 0;
    std::int32_t now = (std::numeric_limits<std::int32_t>::min)();
    for (const earned_value::part& p : to.parts_) {
      budget += p.budget;
      due += p.not_due ? 0 : p.budget;
      if (p.answered || p.not_due) curve.add(p.cell, p.budget);
      if (!p.answered) continue;
      answered += p.budget;
      earned += p.budget * p.attained;
      planned += p.budget * p.expected;
      now = (std::max)(now, pace_day(p.cell));
    }
    to.coverage_ = due > 0 ? answered / due : 0;
    to.amounts_.budget = budget;
    const double minimum = from_.nodes.plans[from_.nodes.plan[node_cell]].minimum_coverage;
    if (due > 0 && to.coverage_ < minimum - 1e-9) {
      to.amounts_.planned = to.amounts_.earned = to.time_.earned = to.time_.actual = reason::incomplete;
    } else {
      to.amounts_.planned = planned;
      to.amounts_.earned = earned;
    }
    if (curve.empty()) return;
    to.start_ = date::from_days(curve.start());
    to.time_.duration = static_cast<double>(curve.due() - curve.start() + 1);
    if (!to.amounts_.earned.has_value()) return;
    const std::int32_t as_of = data_.as_of.days();
    if (as_of < curve.start()) {
      to.time_.earned = to.time_.actual = reason::not_started;
      return;
    }
    const bool finished = earned >= curve.budget() * (1 - 1e-9);
    if (finished) {
      now = finished_on(to.parts_);
    } else if (as_of >= curve.due() || answered == 0) {
      now = as_of;
    }
    to.time_.actual = static_cast<double>(now - curve.start() + 1);
    to.time_.earned = curve.when(earned, *to.time_.actual);
  }

  // t* of rule P1: up to where a target's pace is known.
  std::int32_t pace_day(std::uint32_t cell) const {
    const target_plan& target = from_.cells.targets[from_.cells.target_of[cell]];
    const std::int32_t day = (std::min)(data_.as_of.days(), target.due);
    if (target.judging != judging::once || data_.cells.reading_missing[cell] != 0) return day;
    const std::int32_t data_day = data_.cells.data_day[cell];
    return day - data_day > from_.readings.keys[target.key].allowed_lag ? day : (std::min)(day, data_day);
  }

  // The day on which the last of them reached its goal.
  std::int32_t finished_on(std::span<const earned_value::part> parts) const {
    std::int32_t last = (std::numeric_limits<std::int32_t>::min)();
    for (const earned_value::part& p : parts) {
      if (!p.answered) continue;
      const target_plan& target = from_.cells.targets[from_.cells.target_of[p.cell]];
      const std::int32_t day = (std::min)(data_.as_of.days(), target.due);
      const bool by_reading = target.judging == judging::once && data_.cells.reading_missing[p.cell] == 0 &&
                              (data_.cells.flags[p.cell] & cell_flag::reached) != 0;
      last = (std::max)(last, by_reading ? first_reached_day(from_, target, p.cell, day) : day);
    }
    return last;
  }

  const evaluation& now_;
  const evaluation_data& data_;
  const compiled& from_;
  const programme& plan_;
  std::vector<std::uint8_t> cost_;
  std::vector<std::uint8_t> budget_;
  double total_;
  std::vector<earned_value::part> parts_;  ///< budget is the share of the whole until budgets are known
  std::vector<std::uint32_t> home_;        ///< node cell of each
  std::vector<money> money_;
  std::vector<double> declared_of_;
  bool declared_ = false;
};

namespace detail {

// Options that no programme of the portfolio can follow.
inline void check_earned_value(const evaluation& from, const earned_value_options& options) {
  if (!(options.total > 0) || !std::isfinite(options.total)) {
    throw invalid_option(finding{.severity = severity::error,
                                 .code = code::invalid_option,
                                 .where = "total",
                                 .text = to_text(options.total),
                                 .expected = "a positive amount",
                                 .message = "the budget of the whole is " + to_text(options.total)});
  }
  for (const std::vector<std::string>* ids : {&options.cost, &options.budget}) {
    for (const std::string& id : *ids) {
      const auto programmes = from.plan().programmes();
      const auto has = [&](const programme& p) { return p.find_indicator(id).has_value(); };
      if (std::none_of(programmes.begin(), programmes.end(), has)) programmes.front().indicator_index(id);
    }
  }
}

}  // namespace detail

ATTAIN_INLINE earned_value earned_value_of(const evaluation& from, std::string_view project, const earned_value_options& options,
                                           std::optional<std::string_view> place) {
  detail::check_earned_value(from, options);
  const project_result node = place ? from.project(project, *place) : from.project(project);
  const compiled& c = *from.data().compiled;
  const std::uint32_t number = c.programme_of(node.node_cell());
  earned_value_reader reader(from, number, options);
  reader.collect(*c.find_node_cell(number, 0, c.nodes.place[node.node_cell()]));
  return reader.read(node.node_cell());
}

ATTAIN_INLINE std::vector<earned_value> earned_values(const evaluation& from, const earned_value_options& options,
                                                      std::optional<std::string_view> place) {
  detail::check_earned_value(from, options);
  const compiled& c = *from.data().compiled;
  std::vector<earned_value> all;
  for (std::uint32_t number = 0; number < from.plan().programmes().size(); ++number) {
    const programme& plan = from.plan().programmes()[number];
    const auto at = place ? plan.find_place(*place) : std::optional<std::uint32_t>(0);
    if (place && !at && from.plan().programmes().size() == 1) plan.place_index(*place);
    const auto root = at ? c.find_node_cell(number, 0, *at) : std::nullopt;
    if (!root) continue;
    earned_value_reader reader(from, number, options);
    reader.collect(*root);
    for (std::uint32_t node = 0; node < plan.nodes().size(); ++node) {
      if (const auto cell = c.find_node_cell(number, node, *at)) all.push_back(reader.read(*cell));
    }
  }
  return all;
}

ATTAIN_INLINE explanation earned_value::explain() const {
  using how = step_operation;
  detail::step_list to;
  to.out.subject = "earned value of " + node_.id() + " at " + node_.place() + " as of " + to_string(data_->as_of);
  const auto add = [&](step_kind kind, const char* rule, const std::string& name, const answer<double>& value,
                       how what = how::given, std::vector<step_input> inputs = {}) {
    const std::string shown = value.has_value() ? detail::brief_text(*value) : "none, " + detail::in_words(value.why());
    return to.add_answer(kind, rule, name + ": " + shown, value, what, std::move(inputs));
  };
  const auto known = [&](std::vector<std::pair<const char*, std::optional<std::size_t>>> numbers) {
    std::vector<step_input> inputs;
    for (const auto& [name, step] : numbers) {
      if (step) inputs.push_back(to.input(name, *step));
    }
    return inputs;
  };
  std::vector<step_input> budgets, planned, earned, costs;
  for (const part& p : parts_) {
    const target_result target(data_, p.cell);
    budgets.push_back({target.id(), p.budget});
    if (!p.answered) {
      add(step_kind::child, "EV", target.id() + (p.not_due ? ", not due" : ", no answer"), 0.0);
      to[to.size() - 1].inputs = {{"budget", p.budget}};
      continue;
    }
    const std::size_t plan = to.add_aside(step_kind::expected, "PV", target.id() + ", planned", p.budget * p.expected,
                                          how::product, {{"budget", p.budget}, {"expected", p.expected}});
    planned.push_back(to.input(target.id(), plan));
    earned.push_back(to.input(target.id(), *add(step_kind::child, "EV", target.id() + ", earned", p.budget * p.attained,
                                                how::product, {{"budget", p.budget}, {"attainment", p.attained}})));
  }
  for (const auto& [id, amount] : costs_) costs.push_back(to.input(id, *add(step_kind::child, "AC", id + ", cost", amount)));
  const auto bac = add(step_kind::roll_up, "BAC", "budget", amounts_.budget, how::sum, budgets);
  const auto pv = add(step_kind::roll_up, "PV", "planned value", amounts_.planned, how::sum, planned);
  const auto ev = add(step_kind::roll_up, "EV", "earned value", amounts_.earned, how::sum, earned);
  const auto ac = add(step_kind::roll_up, "AC", "cost", amounts_.cost, how::sum, costs);
  add(step_kind::roll_up, "SPI", "schedule index, EV / PV", schedule_index(amounts_), how::quotient,
      known({{"earned", ev}, {"planned", pv}}));
  const auto cpi = add(step_kind::roll_up, "CPI", "cost index, EV / AC", cost_index(amounts_), how::quotient,
                       known({{"earned", ev}, {"cost", ac}}));
  const answer<double> estimate = estimate_at_completion(amounts_, cost_index(amounts_));
  std::vector<step_input> cost_and_rest;
  if (estimate == amounts_.cost) {
    cost_and_rest = known({{"cost", ac}});
  } else if (estimate.has_value()) {
    const double left = *amounts_.budget - *amounts_.earned;
    const std::size_t rest = to.add_aside(step_kind::roll_up, "EAC", "budget of the rest", left, how::difference,
                                          known({{"budget", bac}, {"earned", ev}}));
    const std::size_t cost_of_rest = to.add_aside(step_kind::roll_up, "EAC", "cost of the rest", left / *cost_index(amounts_),
                                                  how::quotient, known({{"rest", rest}, {"cost index", cpi}}));
    cost_and_rest = known({{"cost", ac}, {"cost of the rest", cost_of_rest}});
  }
  add(step_kind::roll_up, "EAC", "estimate at completion, AC + (BAC − EV) / CPI", estimate, how::sum, std::move(cost_and_rest));
  std::vector<step_input> days;
  for (const auto& [name, number] : {std::pair{"earned", time_.earned}, std::pair{"actual", time_.actual}}) {
    if (number.has_value()) days.push_back({name, *number});
  }
  add(step_kind::roll_up, "SPI(t)", "time index, ES / AT, in days", time_index(time_), how::quotient, std::move(days));
  return std::move(to.out);
}

}  // namespace attain::inline v0
