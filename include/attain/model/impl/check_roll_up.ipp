#pragma once

#include <attain/model/comparisons.hpp>
#include <attain/model/impl/check_roll_up.hpp>
#include <attain/model/words.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace attain::inline v0::detail {

ATTAIN_INLINE void check_parameters(const path& where, const roll_up_spec& roll_up, finding_list& found) {
  const std::string& name = roll_up.aggregator;
  const bool is_power = name == to_string(aggregation::power_mean);
  const bool is_mean_min = name == to_string(aggregation::mean_min);
  const path exponent{&where, "exponent"};
  if (is_power && !roll_up.exponent)
    found.error(code::missing_field, exponent, "", "a number: 1 is the mean, 2 the root mean square",
                "a power mean has no exponent");
  if (!is_power) found.check_unused(roll_up.exponent.has_value(), exponent, "the aggregator " + name);
  if (roll_up.exponent) found.check_finite(exponent, *roll_up.exponent, "exponent");

  const path floor{&where, "floor"};
  const bool needs_positive = name == to_string(aggregation::geometric_mean) || name == to_string(aggregation::harmonic_mean) ||
                              (is_power && roll_up.exponent && *roll_up.exponent <= 0);
  if (roll_up.floor) {
    found.check_share(floor, *roll_up.floor, "floor");
  } else if (needs_positive) {
    found.error(code::no_floor, floor, "",
                "the least that a score counts as, such as 0.01; 0 makes the node 0 where one child is",
                "scores may be 0, and a " + name + " needs them positive");
  }

  const path alpha{&where, "alpha"};
  const path beta{&where, "beta"};
  if (!is_mean_min) {
    found.check_unused(roll_up.alpha.has_value(), alpha, "the aggregator " + name);
    found.check_unused(roll_up.beta.has_value(), beta, "the aggregator " + name);
  }
  if (roll_up.alpha) found.check_share(alpha, *roll_up.alpha, "alpha");
  if (roll_up.beta && found.check_finite(beta, *roll_up.beta, "beta") && *roll_up.beta < 0)
    found.error(code::out_of_range, beta, shown(*roll_up.beta), "0 or more", "beta is " + shown(*roll_up.beta));
  if (name != to_string(aggregation::penalised_mean))
    found.check_unused(roll_up.divisor != divisor::n, {&where, "divisor"}, "the aggregator " + name);
  found.check_unused(name == to_string(aggregation::worst) && roll_up.missing == missing_policy::count_as_zero,
                     {&where, "missing"}, "the aggregator worst");
}

/// Not negative, if given.
ATTAIN_INLINE void check_size(const path& where, const std::optional<double>& size, finding_list& found) {
  if (!size || !found.check_finite(where, *size, where.field) || *size >= 0) return;
  found.error(code::out_of_range, where, shown(*size), "0 or more", std::string(where.field) + " is " + shown(*size));
}

ATTAIN_INLINE void check_rule(const path& here, const rule_spec& rule, finding_list& found) {
  const std::string effect(to_string(rule.effect));
  found.check_name({&here, "name"}, rule.name);
  if (rule.of.empty())
    found.error(code::missing_field, {&here, "of"}, "", "ids of targets below the node",
                "the rule says of no target when it fires");
  const path count{&here, "count"};
  if (rule.count < 1 || (!rule.of.empty() && static_cast<std::size_t>(rule.count) > rule.of.size()))
    found.error(code::out_of_range, count, std::to_string(rule.count), "1 to " + std::to_string(rule.of.size()),
                "the rule asks for " + std::to_string(rule.count) + " of " + std::to_string(rule.of.size()) + " targets");
  const path below{&here, "below"};
  if (rule.when == rule_condition::below) {
    if (found.check_finite(below, rule.below, "limit") && rule.below <= 0)
      found.error(code::out_of_range, below, shown(rule.below), "more than 0", "no score is below " + shown(rule.below));
  } else {
    found.check_unused(rule.below != 0, below, "a rule that is not about a score");
  }

  const path score{&here, "score"};
  check_size(score, rule.score, found);
  if (rule.effect == rule_effect::ceiling && !rule.score)
    found.error(code::missing_field, score, "", "a share, such as 0.6", "the ceiling has no score");
  if (rule.effect == rule_effect::grade_ceiling || rule.effect == rule_effect::fail || rule.effect == rule_effect::worst_status)
    found.check_unused(rule.score.has_value(), score, "a " + effect);

  const path grade{&here, "grade"};
  if (rule.effect == rule_effect::grade_ceiling) {
    const auto means = parse_word<role>(rule.grade);
    if (!means || *means == role::not_due)
      found.error(rule.grade.empty() ? code::missing_field : code::out_of_range, grade, rule.grade,
                  one_of(words_of<role>().first(static_cast<std::size_t>(role::not_due))), "the grade ceiling has no grade");
  } else {
    found.check_unused(!rule.grade.empty(), grade, "a " + effect);
  }

  const bool adds = rule.effect == rule_effect::deduction || rule.effect == rule_effect::bonus;
  const std::pair<const char*, const std::optional<double>*> sizes[] = {
      {"points", &rule.points}, {"per_unit", &rule.per_unit}, {"most", &rule.most}};
  for (const auto& [field, size] : sizes) {
    check_size({&here, field}, *size, found);
    if (!adds) found.check_unused(size->has_value(), {&here, field}, "a " + effect);
  }
  if (!adds) return;
  if (!rule.points && !rule.per_unit)
    found.error(code::missing_field, {&here, "points"}, "", "points, or per_unit", "the " + effect + " does not say how much");
  if (rule.points && rule.per_unit)
    found.error(code::conflicting_fields, {&here, "per_unit"}, shown(*rule.per_unit), "points or per_unit, not both",
                "the " + effect + " says twice how much");
}

ATTAIN_INLINE void check_roll_up(const path& where, const roll_up_spec& roll_up, finding_list& found) {
  found.check_callable({&where, "aggregator"}, roll_up.aggregator, code::unknown_aggregator, "aggregator", aggregator_words);
  check_parameters(where, roll_up, found);
  if (roll_up.minimum_coverage) found.check_share({&where, "minimum_coverage"}, *roll_up.minimum_coverage, "minimum coverage");
  for (std::size_t i = 0; i < roll_up.rules.size(); ++i) check_rule({&where, "rules", i}, roll_up.rules[i], found);
  if (roll_up.rules.size() > max_rules)
    found.error(code::too_large, {&where, "rules"}, std::to_string(roll_up.rules.size()), "at most " + std::to_string(max_rules),
                "a node has too many rules");
}

/// The named children are exactly those that have a weight.
ATTAIN_INLINE bool check_match(const path& where, const std::set<std::string_view>& named,
                               const std::vector<weighed_child>& children, finding_list& found) {
  bool matches = true;
  for (const weighed_child& child : children) {
    if (!child.has_weight || named.contains(child.id)) continue;
    found.error(code::weights_do_not_match, where, child.id, "each child that has a weight",
                "nothing says what " + escaped_excerpt(child.id) + " weighs");
    matches = false;
  }
  for (const std::string_view id : named) {
    const auto child = std::find_if(children.begin(), children.end(), [&](const weighed_child& c) { return c.id == id; });
    if (child != children.end() && child->has_weight) continue;
    found.error(code::weights_do_not_match, where, id, "ids of children that have a weight",
                escaped_excerpt(id) + (child == children.end() ? " is no child here" : " has weight 0 and stays out"));
    matches = false;
  }
  return matches;
}

ATTAIN_INLINE void check_comparisons(const path& where, const weights_spec& weights, const std::vector<weighed_child>& children,
                                     finding_list& found) {
  std::set<std::string_view> named;
  std::set<std::pair<std::string_view, std::string_view>> pairs;
  bool usable = true;
  for (std::size_t i = 0; i < weights.comparisons.size(); ++i) {
    const comparison_spec& c = weights.comparisons[i];
    const path here{&where, "comparisons", i};
    named.insert({c.child, c.over});
    if (!(std::isfinite(c.times) && c.times > 0)) {
      found.error(code::out_of_range, {&here, "times"}, shown(c.times), "more than 0", "a comparison is not positive");
      usable = false;
    }
    const std::pair<std::string_view, std::string_view> pair = std::minmax<std::string_view>({c.child, c.over});
    if (c.child == c.over || !pairs.insert(pair).second) {
      found.error(code::weights_do_not_match, here, c.child, "each pair of children once",
                  c.child == c.over ? "a child is compared with itself" : "a pair of children is compared twice");
      usable = false;
    }
  }
  std::vector<std::string> ids;
  for (const weighed_child& child : children) {
    if (child.has_weight) ids.push_back(child.id);
  }
  if (ids.size() < 2 && weights.comparisons.empty()) return;
  if (!check_match({&where, "comparisons"}, named, children, found) || !usable) return;
  if (!are_connected(weights.comparisons, ids)) {
    found.error(code::weights_do_not_match, {&where, "comparisons"}, std::to_string(pairs.size()),
                "comparisons that connect all children", "some children are not compared with the others, not even by way of others");
    return;
  }
  const std::size_t all_pairs = ids.size() * (ids.size() - 1) / 2;
  if (pairs.size() < all_pairs && weights.priority != priority_method::eigenvector) {
    found.error(code::weights_do_not_match, {&where, "comparisons"}, std::to_string(pairs.size()), std::to_string(all_pairs),
                "some pairs of children are not compared, which only the priority method eigenvector allows");
    return;
  }
  const answer<double> ratio =
      priorities_of(comparison_matrix(weights.comparisons, ids), ids.size(), weights.priority, weights.index).consistency_ratio;
  if (ratio.has_value() && *ratio >= inconsistent_from)
    found.warning(code::inconsistent_comparisons, {&where, "comparisons"}, shown(*ratio),
                  "a consistency ratio below " + shown(inconsistent_from),
                  "the comparisons contradict one another: their consistency ratio is " + shown(*ratio));
}

ATTAIN_INLINE void check_weights_of(const path& where, const weights_spec& weights, const std::vector<weighed_child>& children,
                                    std::size_t places, finding_list& found) {
  const std::string by(to_string(weights.by));
  if (weights.by != weighting::measure) found.check_unused(!weights.measures.empty(), {&where, "measures"}, "weights by " + by);
  if (weights.by != weighting::comparisons)
    found.check_unused(!weights.comparisons.empty(), {&where, "comparisons"}, "weights by " + by);
  if (weights.by == weighting::given) return;
  for (const weighed_child& child : children) {
    if (child.is_declared && child.has_weight)
      found.warning(code::unused_field, {&where, "by"}, child.id, "children without weights of their own",
                    "the weight of " + escaped_excerpt(child.id) + " has no meaning where weights come by " + by);
  }
  if (weights.by == weighting::measure) {
    std::set<std::string_view> named;
    for (const auto& measure : weights.measures) named.insert(measure.first);
    check_match({&where, "measures"}, named, children, found);
  }
  if (weights.by == weighting::comparisons) check_comparisons(where, weights, children, found);
  if (weights.by == weighting::entropy && places < 2)
    found.error(code::too_few_places, {&where, "by"}, by, "at least 2 places without places below",
                "entropy weights compare places, and there are fewer than 2");
}

ATTAIN_INLINE void check_rule_target(const path& where, const rule_spec& rule, const target_spec& target, finding_list& found) {
  if (!target.aim) {
    found.error(code::wrong_kind, where, target.id, "a target with an aim",
                escaped_excerpt(target.id) + " is a reading only and has no status");
    return;
  }
  const bool has_distance = target.aim->kind == aim_kind::at_least || target.aim->kind == aim_kind::at_most;
  const bool is_periodic = target.cadence && target.cadence->kind == cadence_kind::every;
  if (rule.per_unit && (!has_distance || is_periodic))
    found.error(code::wrong_kind, where, target.id, "a target that asks for at least or at most an amount",
                "units short of the goal of " + escaped_excerpt(target.id) + " cannot be counted");
}

}  // namespace attain::inline v0::detail
