#pragma once

// Splits the change of one node among its children, which may be cells or nodes (rule U8).

#include <attain/core/bounded_sum.hpp>
#include <attain/engine/custom.hpp>
#include <attain/engine/impl/pairing.hpp>
#include <attain/engine/roll_up.hpp>
#include <attain/judge/aggregate.hpp>
#include <attain/judge/attainment.hpp>
#include <attain/judge/decomposition.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace attain::inline v0::detail {

// A child of a node in both evaluations, or in one of them.
struct split_child {
  std::uint32_t before = none;  ///< cell or node cell
  std::uint32_t after = none;
  bool is_cell = false;
  bool has_before = false;  ///< a score, which the other side shows where it has none
  bool has_after = false;
  double score_before = 0;
  double score_after = 0;
  double carry = 0;     ///< what a change of its score by 1 counts for
  double coverage = 0;  ///< that it, or others, have an answer now, or no longer
  double plan = 0;      ///< that weights or membership changed
  double error = 0;     ///< standard error of its part, where orders were sampled

  bool in_both() const noexcept { return has_before && has_after; }
};

struct node_split {
  std::vector<split_child> children;
  double coverage = 0;  ///< of the node as a whole, where it cannot be told by child
  double plan = 0;
  double rules = 0;
  double error = 0;  ///< standard error of coverage and plan here, where orders were sampled
};

class change_splitter {
 public:
  change_splitter(const evaluation_data& before, const evaluation_data& after)
      : before_(before), after_(after), to_before_(after, before), to_after_(before, after) {}

  const pairing& to_before() const noexcept { return to_before_; }

  // False if the node has no attainment on one of the sides, so that there is no change.
  bool split(std::uint32_t node_after, node_split& to) {
    const std::uint32_t node_before = to_before_.node(node_after);
    if (node_before == none) return false;
    const node_result& a = before_.nodes[node_before];
    const node_result& b = after_.nodes[node_after];
    if (a.attainment_missing != 0 || b.attainment_missing != 0) return false;
    const node_plan& plan_a = plan_of(before_, node_before);
    const node_plan& plan_b = plan_of(after_, node_after);
    raised_ = plan_a.aggregate.floor == plan_b.aggregate.floor;
    pair_children(node_before, node_after, to);
    to.coverage = to.plan = to.error = 0;
    to.rules = by_rules(plan_b, b) - by_rules(plan_a, a);
    const std::optional<double> exponent = common_exponent(plan_a, plan_b);
    if (raised_ && exponent && is_smooth(*exponent)) {
      split_smoothly(*exponent, to);
    } else if (raised_ && takes_least(plan_a) && takes_least(plan_b)) {
      split_worst(to);
    } else {
      split_by_coalitions(plan_a, plan_b, to);
    }
    heed_zeros(to);
    if (plan_a.aggregate.floor || plan_b.aggregate.floor) heed_floors(to);
    return true;
  }

  // Of a node in both, whatever a floor makes of it.
  double own_change(const split_child& child) const noexcept {
    return after_.nodes[child.after].attainment - before_.nodes[child.before].attainment;
  }

  // What of the change of a target's score is its plan's: the mean of judging by the earlier and by the later goal.
  change_components of_target(const split_child& child) const {
    const double change = child.score_after - child.score_before;
    if (before_.compiled == after_.compiled) return {.performance = change};
    const cell_goal& goal_a = before_.compiled->cells.goal[child.before];
    const cell_goal& goal_b = after_.compiled->cells.goal[child.after];
    const target_plan& plan_a = target_of(before_, child.before);
    const target_plan& plan_b = target_of(after_, child.after);
    const bool same_terms = goal_a == goal_b && plan_a.judging == plan_b.judging && plan_a.score_cap == plan_b.score_cap &&
                            plan_a.start == plan_b.start && plan_a.due == plan_b.due;
    if (same_terms) return {.performance = change};
    if (plan_a.judging != judging::once || plan_b.judging != judging::once) return {.plan = change};
    const auto judged = [](const cell_goal& goal, const target_plan& plan, const evaluation_data& by, std::uint32_t cell) {
      if (by.cells.reading_missing[cell] != 0) return std::optional<double>();
      const double x = by.cells.reading[cell];
      const answer<double> share = attainment_of(goal, amount{.low = x, .high = x});
      return share.has_value() ? std::optional(std::clamp(*share, 0.0, plan.score_cap)) : std::nullopt;
    };
    const auto aa = judged(goal_a, plan_a, before_, child.before);
    const auto ab = judged(goal_a, plan_a, after_, child.after);
    const auto ba = judged(goal_b, plan_b, before_, child.before);
    const auto bb = judged(goal_b, plan_b, after_, child.after);
    if (!aa || !ab || !ba || !bb) return {.plan = change};
    const double performance = ((*ab - *aa) + (*bb - *ba)) / 2;
    return {.performance = performance, .plan = change - performance};
  }

 private:
  // A child on one side: whether it belongs there, and what it weighs and scores.
  struct side {
    bool exists = false;
    bool in_mean = false;
    bool as_zero = false;  ///< without a score of its own (rules U5, U9)
    double weight = 0;
    double score = 0;
  };
  struct both_sides {
    side before;
    side after;
  };

  static const node_plan& plan_of(const evaluation_data& of, std::uint32_t node) {
    return of.compiled->nodes.plans[of.compiled->nodes.plan[node]];
  }
  static const target_plan& target_of(const evaluation_data& of, std::uint32_t cell) {
    return of.compiled->cells.targets[of.compiled->cells.target_of[cell]];
  }

  // What counted as zero on one side only brought its score along, which is coverage (rule U8b).
  void heed_zeros(node_split& to) const {
    for (std::size_t i = 0; i < sides_.size(); ++i) {
      if (sides_[i].before.as_zero == sides_[i].after.as_zero) continue;
      split_child& child = to.children[i];
      child.coverage += child.carry * (child.score_after - child.score_before);
      child.carry = 0;
    }
  }

  // What a floor takes from the change of a node is no part of it above (rule U10).
  void heed_floors(node_split& to) const {
    for (split_child& child : to.children) {
      if (child.is_cell || !child.in_both()) continue;
      const double own = own_change(child);
      const double raised = child.score_after - child.score_before;
      if (raised != own) child.carry *= own == 0 ? 0 : raised / own;
    }
  }

  static bool takes_least(const node_plan& plan) noexcept {
    return plan.aggregate.kind == aggregation::worst || plan.aggregate.kind == aggregation::least;
  }
  static double by_rules(const node_plan& plan, const node_result& result) noexcept {
    return plan.rule_count == 0 ? 0 : result.attainment - result.before_rules;
  }
  static std::optional<double> common_exponent(const node_plan& a, const node_plan& b) {
    const std::optional<double> exponent = exponent_of(a.aggregate);
    if (!exponent || !std::isfinite(*exponent)) return std::nullopt;
    return exponent == exponent_of(b.aggregate) ? exponent : std::nullopt;
  }
  static bool same_aggregator(const node_plan& a, const node_plan& b) noexcept {
    const aggregator& x = a.aggregate;
    const aggregator& y = b.aggregate;
    return x.kind == y.kind && x.exponent == y.exponent && x.alpha == y.alpha && x.beta == y.beta && x.spread == y.spread &&
           x.floor == y.floor && a.custom == b.custom;
  }

  // A mean with an exponent of 0 or less is smooth only where all scores are positive.
  bool is_smooth(double exponent) const {
    if (exponent > 0) return exponent >= 1 || all_scores([](double s) { return s >= 0; });
    return all_scores([](double s) { return s > 0; });
  }
  template <class Holds>
  bool all_scores(Holds holds) const {
    return std::all_of(sides_.begin(), sides_.end(), [&](const both_sides& s) {
      return (!s.before.in_mean || holds(s.before.score)) && (!s.after.in_mean || holds(s.after.score));
    });
  }

  static side side_of(const contribution& c, bool has_score) noexcept {
    if (c.weight <= 0 || c.leaves.all == 0) return {.score = c.attainment};
    return {.exists = true, .in_mean = c.in_mean, .as_zero = c.in_mean && !has_score, .weight = c.weight, .score = c.attainment};
  }

  // The weight in force of a child, where weights follow from data (rule U11).
  static double weight_from_data(const evaluation_data& of, std::uint32_t node, const child_ref& child) noexcept {
    const compiled_nodes& n = of.compiled->nodes;
    for (std::uint32_t c = n.child_begin[node]; c < n.child_begin[node + 1]; ++c) {
      if (n.children[c].index == child.index && n.children[c].is_cell == child.is_cell) return of.weights.of_child[c];
    }
    return 0;
  }

  side side_of(const evaluation_data& of, const child_ref& child, std::uint32_t node) const noexcept {
    const node_plan& above = plan_of(of, node);
    side found = side_by_plan(of, child, above);
    if (above.has_data_weights() && found.exists) {
      found.weight = weight_from_data(of, node, child);
      found.exists = found.weight > 0;
      found.in_mean = found.in_mean && found.exists;
    }
    return found;
  }

  side side_by_plan(const evaluation_data& of, const child_ref& child, node_plan above) const noexcept {
    const std::uint32_t i = child.index;
    if (!raised_) above.aggregate.floor.reset();
    if (!child.is_cell) {
      return side_of(contribution_of(*of.compiled, i, of.nodes[i], above, of.by.get()), of.nodes[i].attainment_missing == 0);
    }
    const judged_leaf leaf = of.cells.leaf(i);
    const bool has_score = (leaf.flags & cell_flag::answered) != 0 && (leaf.flags & cell_flag::not_due) == 0;
    return side_of(contribution_of(*of.compiled, i, leaf, above), has_score);
  }

  // Whether a cell is a child of the node also where both are looked at from the other evaluation.
  static bool is_below(const evaluation_data& of, const child_ref& child, std::uint32_t node) {
    if (!child.is_cell) return of.compiled->nodes.parent[child.index] == node;
    const target_plan& target = target_of(of, child.index);
    const std::uint32_t home = of.plan.programmes()[target.programme].targets()[target.target].node;
    return of.compiled->nodes.first_plan[target.programme] + home == of.compiled->nodes.plan[node];
  }

  void pair_children(std::uint32_t node_before, std::uint32_t node_after, node_split& to) {
    to.children.clear();
    sides_.clear();
    const compiled_nodes& a = before_.compiled->nodes;
    const compiled_nodes& b = after_.compiled->nodes;
    const bool identical = to_before_.identical();
    const auto partner_of = [](const pairing& by, const child_ref& child) {
      return child.is_cell ? by.cell(child.index) : by.node(child.index);
    };
    for (std::uint32_t c = b.child_begin[node_after]; c < b.child_begin[node_after + 1]; ++c) {
      const child_ref child = b.children[c];
      child_ref partner{partner_of(to_before_, child), child.is_cell};
      if (!identical && partner.index != none && !is_below(before_, partner, node_before)) partner.index = none;
      add_child(partner.index == none ? side{} : side_of(before_, partner, node_before), side_of(after_, child, node_after),
                partner.index, child.index, child.is_cell, to);
    }
    if (identical) return;
    for (std::uint32_t c = a.child_begin[node_before]; c < a.child_begin[node_before + 1]; ++c) {
      const child_ref child = a.children[c];
      const std::uint32_t partner = partner_of(to_after_, child);
      if (partner != none && is_below(after_, {partner, child.is_cell}, node_after)) continue;
      add_child(side_of(before_, child, node_before), side{}, child.index, none, child.is_cell, to);
    }
  }

  void add_child(const side& a, const side& b, std::uint32_t before, std::uint32_t after, bool is_cell, node_split& to) {
    if (!a.in_mean && !b.in_mean) return;
    sides_.push_back({a, b});
    to.children.push_back({.before = before,
                           .after = after,
                           .is_cell = is_cell,
                           .has_before = a.in_mean,
                           .has_after = b.in_mean,
                           .score_before = a.in_mean ? a.score : b.score,
                           .score_after = b.in_mean ? b.score : a.score});
  }

  // Presence where membership is looked at apart from it: a child that is only on one side is present as it is there.
  static bool present_before(const both_sides& s) noexcept { return s.before.exists ? s.before.in_mean : s.after.in_mean; }
  static bool present_after(const both_sides& s) noexcept { return s.after.exists ? s.after.in_mean : s.before.in_mean; }

  // Closed form. The change of a normalised weight is coverage and plan, each by the mean of both orders.
  void split_smoothly(double exponent, node_split& to) {
    bounded_sum sum_00, sum_01, sum_10, sum_11;  // weights before or after, presence before or after
    bool weights_differ = false;
    for (const both_sides& s : sides_) {
      const bool p0 = present_before(s);
      const bool p1 = present_after(s);
      if (p0) sum_00.add(s.before.weight);
      if (p1) sum_01.add(s.before.weight);
      if (p0) sum_10.add(s.after.weight);
      if (p1) sum_11.add(s.after.weight);
      weights_differ = weights_differ || s.before.weight != s.after.weight;
    }
    const double w00 = sum_00.rounded();
    const double w01 = sum_01.rounded();
    const double w10 = sum_10.rounded();
    const double w11 = sum_11.rounded();
    const bool cross = w01 > 0 && w10 > 0;
    const auto transformed = [exponent](double score) { return exponent == 1 ? score : power_transform(exponent, score); };
    double f_a = 0;
    double f_b = 0;
    for (std::size_t i = 0; i < sides_.size(); ++i) {
      const both_sides& s = sides_[i];
      if (s.before.in_mean) f_a += s.before.weight / w00 * transformed(s.before.score);
      if (s.after.in_mean) f_b += s.after.weight / w11 * transformed(s.after.score);
    }
    const auto inverse = [exponent](double f) {
      return exponent == 1 ? f : exponent == 0 ? std::exp(f) : std::pow(f, 1 / exponent);
    };
    const double slope = exponent == 1 ? 1 : secant_slope(exponent, inverse(f_a), inverse(f_b));
    for (std::size_t i = 0; i < sides_.size(); ++i) {
      const both_sides& s = sides_[i];
      split_child& child = to.children[i];
      const bool p0 = present_before(s);
      const bool p1 = present_after(s);
      const double share_00 = p0 ? s.before.weight / w00 : 0;
      const double share_11 = p1 ? s.after.weight / w11 : 0;
      child.carry = carry_in_mean(exponent, (share_00 + share_11) / 2, child.score_before, child.score_after, slope);
      const double moved = share_11 - share_00;
      if (moved == 0 && !weights_differ) continue;
      double by_plan = weights_differ ? moved : 0;
      if (weights_differ && cross) {
        const double share_01 = p1 ? s.before.weight / w01 : 0;
        const double share_10 = p0 ? s.after.weight / w10 : 0;
        by_plan = ((share_10 - share_00) + (share_11 - share_01)) / 2;
      }
      const double above_mean = (transformed(child.score_before) + transformed(child.score_after)) / 2 - (f_a + f_b) / 2;
      if (above_mean == 0) continue;
      child.plan = by_plan * above_mean / slope;
      child.coverage = (moved - by_plan) * above_mean / slope;
    }
  }

  void split_worst(node_split& to) {
    constexpr double absent = std::numeric_limits<double>::infinity();
    std::vector<double> before;
    std::vector<double> after;
    for (const both_sides& s : sides_) {
      before.push_back(s.before.in_mean ? s.before.score : absent);
      after.push_back(s.after.in_mean ? s.after.score : absent);
    }
    const std::vector<double> parts = split_least(before, after);
    for (std::size_t i = 0; i < parts.size(); ++i) put_part(parts[i], i, to);
  }

  void put_part(double part, std::size_t i, node_split& to) const {
    split_child& child = to.children[i];
    const double change = child.score_after - child.score_before;
    if (child.in_both()) {
      child.carry = change == 0 ? 0 : part / change;
    } else if (sides_[i].before.exists && sides_[i].after.exists) {
      child.coverage = part;
    } else {
      child.plan = part;
    }
  }

  // The id of a child, by which orders are drawn: those of the programmes may differ.
  std::string_view id_of(const split_child& child) const {
    const bool is_later = child.after != none;
    const evaluation_data& of = is_later ? after_ : before_;
    const std::uint32_t at = is_later ? child.after : child.before;
    if (!child.is_cell) {
      const compiled_nodes& n = of.compiled->nodes;
      const std::uint32_t number = of.compiled->programme_of(at);
      return of.plan.programmes()[number].nodes()[n.plan[at] - n.first_plan[number]].spec->id;
    }
    const target_plan& target = target_of(of, at);
    return of.plan.programmes()[target.programme].targets()[target.target].spec->id;
  }

  // Owen values: the scores that changed, then presence and weights as two parts of the node as a whole.
  void split_by_coalitions(const node_plan& plan_a, const node_plan& plan_b, node_split& to) const {
    std::vector<std::size_t> changed;
    bool presence = false;
    bool weights = !same_aggregator(plan_a, plan_b);
    for (std::size_t i = 0; i < sides_.size(); ++i) {
      const split_child& child = to.children[i];
      if (child.score_before != child.score_after) changed.push_back(i);
      presence = presence || present_before(sides_[i]) != present_after(sides_[i]);
      weights = weights || sides_[i].before.weight != sides_[i].after.weight;
    }
    std::sort(changed.begin(), changed.end(), [&](std::size_t a, std::size_t b) {
      const split_child& x = to.children[a];
      const split_child& y = to.children[b];
      return x.is_cell != y.is_cell ? x.is_cell : id_of(x) < id_of(y);
    });
    const std::size_t at_presence = changed.size();
    const std::size_t at_weights = at_presence + (presence ? 1 : 0);
    const std::size_t parts = at_weights + (weights ? 1 : 0);
    std::vector<double> scores(sides_.size());
    const auto value = [&](std::span<const std::uint8_t> marks) {
      for (std::size_t i = 0; i < sides_.size(); ++i) scores[i] = to.children[i].score_before;
      for (std::size_t i = 0; i < changed.size(); ++i) {
        if (marks[i] != 0) scores[changed[i]] = to.children[changed[i]].score_after;
      }
      const bool present = presence && marks[at_presence] != 0;
      const bool weighed = weights && marks[at_weights] != 0;
      return combined(scores, present, weighed, weighed ? plan_b : plan_a, weighed ? after_ : before_);
    };
    const auto [found, errors] = shapley(parts, value);
    const auto error_of = [&](std::size_t part) { return errors.empty() ? 0 : errors[part]; };
    for (std::size_t i = 0; i < changed.size(); ++i) {
      put_part(found[i], changed[i], to);
      to.children[changed[i]].error = error_of(i);
    }
    if (presence) to.coverage = found[at_presence];
    if (weights) to.plan = found[at_weights];
    if (presence || weights) to.error = std::hypot(presence ? error_of(at_presence) : 0, weights ? error_of(at_weights) : 0);
  }

  // What the node would be; without any child, and where that is no number, it stays at 0.
  double combined(const std::vector<double>& all, bool present, bool weighed, const node_plan& plan,
                  const evaluation_data& of) const {
    std::vector<double> scores;
    std::vector<double> weights;
    for (std::size_t i = 0; i < sides_.size(); ++i) {
      const double weight = weighed ? sides_[i].after.weight : sides_[i].before.weight;
      if (weight <= 0 || !(present ? present_after(sides_[i]) : present_before(sides_[i]))) continue;
      scores.push_back((std::max)(all[i], plan.aggregate.floor.value_or(all[i])));
      weights.push_back(weight);
    }
    if (scores.empty()) return 0;
    if (plan.aggregate.kind == aggregation::custom) {
      const std::uint32_t begin[] = {0, static_cast<std::uint32_t>(scores.size())};
      double out = 0;
      of.compiled->custom->aggregators[plan.custom]({begin, scores, weights}, std::span(&out, 1));
      return std::isfinite(out) ? out : 0;
    }
    aggregator how = plan.aggregate;
    how.floor.reset();
    return aggregate(how, scores, weights).value_or(0);
  }

  const evaluation_data& before_;
  const evaluation_data& after_;
  pairing to_before_;
  pairing to_after_;
  std::vector<both_sides> sides_;  ///< of the children of the node that is being split
  bool raised_ = true;             ///< scores count as its floor already; not where the floor is what changed
};

}  // namespace attain::inline v0::detail
