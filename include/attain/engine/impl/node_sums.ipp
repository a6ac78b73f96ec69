#pragma once

#include <attain/core/missing.hpp>
#include <attain/engine/impl/leaf_sums.hpp>
#include <attain/engine/node_sums.hpp>

namespace attain::inline v0 {
namespace detail {

template <class Put>
void put_counts(leaf_counts& to, const leaf_counts& from, const Put& put) noexcept {
  put(to.withdrawn, from.withdrawn);
  put(to.not_applicable, from.not_applicable);
  put(to.all, from.all);
  put(to.not_due, from.not_due);
  put(to.met, from.met);
  put(to.missed, from.missed);
  put(to.unmet_holds, from.unmet_holds);
  put(to.progress, from.progress);
  put(to.running, from.running);
  put(to.judged, from.judged);
}

}  // namespace detail

ATTAIN_INLINE void leaf_counts::add(const leaf_counts& other) noexcept {
  detail::put_counts(*this, other, [](std::int32_t& to, std::int32_t count) { to += count; });
}

ATTAIN_INLINE void leaf_counts::subtract(const leaf_counts& other) noexcept {
  detail::put_counts(*this, other, [](std::int32_t& to, std::int32_t count) { to -= count; });
}

ATTAIN_INLINE reason leaf_counts::why_none() const noexcept {
  return not_applicable == 0 && withdrawn > 0 ? reason::withdrawn : reason::not_applicable;
}

ATTAIN_INLINE void node_sums::add(const detail::leaf_sums& leaves) noexcept {
  weight_.add(leaves.answered_);
  attainment_.add(leaves.attainment_);
  expected_.add(leaves.expected_);
  answered_.add(leaves.answered_);
  due_.add(leaves.due_);
  applicable_.add(leaves.applicable_);
  bounds_weight_.add(leaves.due_);
  lower_.add(leaves.attainment_);
  upper_.add(leaves.attainment_);  // and 1 of what has no answer
  upper_.add(leaves.due_);
  upper_.subtract(leaves.answered_);
  scored_weight_.add(leaves.scored_weight_);
  method_score_.add(leaves.method_score_);
  leaves_.add(leaves.leaves_);
  failing_ += leaves.failing_;
}

// put_in(sum, what) adds it or takes it away again. A child is a contribution, or a node.
template <class Child, class Put>
ATTAIN_HOT inline void node_sums::put(double w, const Child& child, bool in_mean, bool in_bounds, const Put& put_in) noexcept {
  const bounded_sum whole(w);
  const auto put_share = [&](bounded_sum& sum, double share) {  // mostly 0 or 1
    if (share != 0) put_in(sum, share == 1 ? whole : bounded_sum(w * share));
  };
  bounded_sum attained;
  if (in_mean) {
    attained.add(w * child.attainment);
    put_in(weight_, whole);
    put_in(attainment_, attained);
    put_share(expected_, child.expected);
  }
  put_share(answered_, child.answered);
  put_share(due_, child.due);
  put_share(applicable_, child.applicable);
  put_share(holds_, child.holds);
  put_share(held_, child.held);
  if (in_bounds) {
    const auto put_bound = [&](bounded_sum& sum, double bound) {  // mostly the attainment, or 0 or 1
      if (in_mean && bound == child.attainment) return put_in(sum, attained);
      put_share(sum, bound);
    };
    put_in(bounds_weight_, whole);
    put_bound(lower_, child.lower);
    put_bound(upper_, child.upper);
  }
  if (child.scored) {
    put_in(scored_weight_, whole);
    put_share(method_score_, child.method_score);
  }
}

ATTAIN_INLINE void node_sums::add(const contribution& child) noexcept {
  if (child.weight <= 0) return;
  put(child.weight, child, child.in_mean, child.in_bounds, [](bounded_sum& sum, const bounded_sum& x) { sum.add(x); });
  leaves_.add(child.leaves);
  failing_ += child.failing;
}

ATTAIN_INLINE void node_sums::add(double weight, const node_result& child, bool failing) noexcept {
  if (weight <= 0) return;
  put(weight, child, child.attainment_missing == 0, child.bounds_missing == 0,
      [](bounded_sum& sum, const bounded_sum& x) { sum.add(x); });
  leaves_.add(child.leaves);
  failing_ += failing;
}

ATTAIN_INLINE void node_sums::subtract(const contribution& child) noexcept {
  if (child.weight <= 0) return;
  put(child.weight, child, child.in_mean, child.in_bounds, [](bounded_sum& sum, const bounded_sum& x) { sum.subtract(x); });
  leaves_.subtract(child.leaves);
  failing_ -= child.failing;
}

ATTAIN_INLINE void node_sums::add_verdict(const contribution& child) noexcept {
  if (child.weight <= 0) return;
  if (child.scored) {
    scored_weight_.add(child.weight);
    method_score_.add(child.weight * child.method_score);
  }
  leaves_.add(child.leaves);
  failing_ += child.failing ? 1 : 0;
}

namespace detail {

// Sums as doubles, where most are nothing or equal to the one before.
class doubles_of_sums {
 public:
  double operator()(const bounded_sum& sum) noexcept {
    if (sum.is_zero()) return 0;
    if (sum == last_) return value_;
    last_ = sum;
    return value_ = sum.rounded();
  }

 private:
  bounded_sum last_;
  double value_ = 0;
};

// The sums of a node, rounded.
struct node_totals {
  double weight = 0, attainment = 0, expected = 0;
  double answered = 0, due = 0, applicable = 0, holds = 0, held = 0;
  double bounds_weight = 0, lower = 0, upper = 0;
  double scored_weight = 0, method_score = 0;
};

ATTAIN_HOT inline void put_method_score(const node_totals& totals, node_result& to) noexcept {
  to.scored = totals.scored_weight != 0;
  to.method_score = to.scored ? totals.method_score / totals.scored_weight : 0;
}

// Weighted means, coverage and bounds; @p all is the weight of all children.
ATTAIN_HOT inline node_result means_of(const node_totals& totals, const leaf_counts& leaves, const node_plan& plan,
                                       double all) noexcept {
  node_result r;
  r.leaves = leaves;
  if (all > 0) {
    r.answered = totals.answered / all;
    r.due = totals.due / all;
    r.applicable = totals.applicable / all;
    r.holds = totals.holds / all;
    r.held = totals.held / all;
  }
  const reason why = leaves.all == 0                ? leaves.why_none()
                     : leaves.not_due == leaves.all ? reason::not_due
                     : leaves.progress == 0         ? reason::not_applicable
                                                    : reason::incomplete;
  if (totals.weight != 0) {
    r.attainment = totals.attainment / totals.weight;
    r.expected = totals.expected / totals.weight;
  } else {
    r.attainment_missing = as_missing(why);
  }
  if (totals.bounds_weight != 0) {
    r.lower = totals.lower / totals.bounds_weight;
    r.upper = totals.upper / totals.bounds_weight;
  } else {
    r.bounds_missing = as_missing(why);
  }
  put_method_score(totals, r);
  if (r.holds > 0) {
    r.hold_share = r.held / r.holds;
  } else {
    r.hold_missing = as_missing(reason::not_applicable);
  }
  r.coverage = r.due > 0 ? r.answered / r.due : 0;
  if (plan.refuse_missing && r.coverage < complete_share && r.attainment_missing == 0)
    r.attainment_missing = as_missing(reason::incomplete);  // rule U9
  return r;
}

// A product with 1/2 is exact, and so is its quotient: the mean of one leaf is the leaf.
ATTAIN_INLINE bool mean_of_one(double weight, const cell_columns& cells, std::uint32_t cell, node_result& to,
                               std::int32_t& failing) noexcept {
  constexpr double least = 0x1p-36;  // of its bits none is below those of a sum
  const double score = cells.score[cell] + 0.0, expected = cells.expected[cell] + 0.0;  // no sum is −0
  const std::uint16_t flags = cells.flags[cell];
  const bool kept = (score == 0 || score >= least) && (expected == 0 || expected >= least);
  if (weight != 0.5 || !kept || (flags & (cell_flag::scored | cell_flag::not_due)) != 0) return false;
  if (!count_leaf(cells, cell, to.leaves, failing)) return false;
  to.due = to.applicable = 1;
  to.hold_missing = as_missing(reason::not_applicable);
  if ((flags & cell_flag::answered) != 0) {
    to.answered = to.coverage = 1;
    to.attainment = to.lower = to.upper = score;
    to.expected = expected;
  } else {
    to.upper = 1;
    to.attainment_missing = as_missing(reason::incomplete);
  }
  return true;
}

// What has no answer counts as 0 in the lower bound, as 1 in the upper one.
ATTAIN_INLINE node_result leaf_sums::means(const node_plan& plan, double all) const noexcept {
  doubles_of_sums as_double;
  bounded_sum upper = attainment_;
  upper.add(due_);
  upper.subtract(answered_);
  node_totals totals;
  totals.applicable = as_double(applicable_);
  totals.due = totals.bounds_weight = as_double(due_);
  totals.answered = totals.weight = as_double(answered_);
  totals.expected = as_double(expected_);
  totals.attainment = totals.lower = as_double(attainment_);
  totals.upper = as_double(upper);
  totals.scored_weight = as_double(scored_weight_);
  totals.method_score = as_double(method_score_);
  return means_of(totals, leaves_, plan, all);
}

}  // namespace detail

ATTAIN_INLINE node_result node_sums::means_like(const node_result& other) const noexcept {
  node_result r = other;
  r.leaves = leaves_;
  r.state = no_state;
  r.state_missing = 0;
  r.capped = false;
  detail::node_totals totals;
  totals.scored_weight = scored_weight_.rounded();
  totals.method_score = method_score_.rounded();
  detail::put_method_score(totals, r);
  return r;
}

ATTAIN_INLINE node_result node_sums::means(const node_plan& plan, double all) const noexcept {
  detail::doubles_of_sums as_double;
  detail::node_totals totals;
  totals.applicable = as_double(applicable_);
  totals.due = as_double(due_);
  totals.bounds_weight = as_double(bounds_weight_);
  totals.answered = as_double(answered_);
  totals.weight = as_double(weight_);
  totals.holds = as_double(holds_);
  totals.held = as_double(held_);
  totals.expected = as_double(expected_);
  totals.attainment = as_double(attainment_);
  totals.lower = as_double(lower_);
  totals.upper = as_double(upper_);
  totals.scored_weight = as_double(scored_weight_);
  totals.method_score = as_double(method_score_);
  return detail::means_of(totals, leaves_, plan, all);
}

}  // namespace attain::inline v0
