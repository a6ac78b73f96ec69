#pragma once

/** What a method may ask of one judged cell: every quantity of `model/method.hpp` but those of nodes.

  Quantities of growth and chances need the dated readings of the cell, which `series_reader` takes from the events of a key through the
  first kernel. Nothing throws; an undefined quantity has its reason.
*/

#include <attain/core/config.hpp>
#include <attain/engine/compiled.hpp>
#include <attain/engine/judging.hpp>
#include <attain/engine/read.hpp>
#include <attain/judge/attainment_rules.hpp>
#include <attain/judge/growth.hpp>
#include <attain/judge/method.hpp>
#include <attain/judge/projection.hpp>

#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace attain::inline v0 {

/// The readings of every place of a key, one a day on which something was reported there or within it.
class series_reader {
 public:
  explicit series_reader(const compiled& from) : from_(&from), reader_(from) {}

  /// Reads a key up to the close of @p day. The result holds until the next call.
  void read(std::uint32_t key, std::int32_t day);

  /// The readings at a place of the key that was read last, by day; those that are one number.
  std::span<const dated_amount> at(std::uint32_t reading_cell) const noexcept;

 private:
  const compiled* from_;
  reader reader_;
  std::uint32_t first_cell_ = 0;
  std::vector<std::int32_t> days_;
  std::vector<std::vector<dated_amount>> readings_;
};

/// What an amount must be to be as the goal asks; of an accumulator what is still to come. Beyond an open edge by the next number.
struct asked_edges {
  std::optional<double> least{};
  std::optional<double> most{};
};
asked_edges edges_of(const cell_goal& goal, double taken) noexcept;

/// How far past its goal what stands there but for rounding is (rule B2): a little short of one that is to be passed.
double lead_at_goal(const cell_goal& goal, double edge) noexcept;

/// What a chance of reaching the goal follows from (rule S11g): the amounts of the last readings that lie a period apart, of an
/// accumulator what was added in each; and how many periods are left.
struct projected_series {
  bool counts = false;
  std::vector<double> amounts;
  double periods = 0;
  asked_edges asked{};
};

/// A quantity that needs no dated readings, of a cell that is judged so often towards that goal.
answer<double> judged_quantity(quantity what, const target_terms& terms, judging how, const cell_goal& goal,
                               const cell_result& result) noexcept;

/// The quantities of one cell, each worked out when it is asked for.
class cell_measures {
 public:
  /// All arguments must outlive it; @p series may be empty where no quantity of growth is asked for.
  cell_measures(const compiled& from, const target_plan& target, std::uint32_t cell, const method_spec& method,
                const cell_result& result, std::span<const dated_amount> series) noexcept
      : target_(target),
        goal_(from.cells.goal[cell]),
        method_(method),
        result_(result),
        series_(series),
        accumulates_(from.readings.keys[target.key].accumulates),
        is_measured_(!from.readings.keys[target.key].immediate),
        grows_(from.readings.keys[target.key].grows) {}

  quantity_value operator()(quantity what) const;

  /// The reading that growth is measured from (`base_rule`), with what takes the place of 0. None of what does not grow (rule S11h).
  answer<dated_amount> base() const;
  /// What the chance follows from; has an answer wherever the chance has one.
  answer<projected_series> projected() const;

 private:
  answer<double> chance() const;
  quantity_value grown(quantity what) const;
  double without_zero(double amount) const noexcept;

  const target_plan& target_;
  const cell_goal& goal_;
  const method_spec& method_;
  const cell_result& result_;
  std::span<const dated_amount> series_;
  bool accumulates_;
  bool is_measured_;  ///< neither steps nor ratings
  bool grows_;
};

ATTAIN_HOT inline answer<double> judged_quantity(quantity what, const target_terms& terms, judging how, const cell_goal& goal,
                                                 const cell_result& r) noexcept {
  const auto over_expected = [&]() -> answer<double> {
    if (r.expected > 0) return r.attainment / r.expected;
    return reason::too_early;
  };
  switch (what) {
    case quantity::gap:
      if (r.gap_missing != 0) return static_cast<reason>(r.gap_missing);
      return r.gap;
    case quantity::attainment:
      if (r.attainment_missing != 0) return static_cast<reason>(r.attainment_missing);
      return r.attainment;
    case quantity::pace:
    case quantity::spi:
      if (r.gap_missing != 0) return static_cast<reason>(r.gap_missing);
      if (what == quantity::pace && is_too_early(r.expected, terms.too_early_below)) return reason::too_early;
      return over_expected();
    default:
      break;
  }
  if (r.reading_missing != 0) return static_cast<reason>(r.reading_missing);
  if (goal.missing != 0) return static_cast<reason>(goal.missing);
  const bool counts_periods = how == judging::recurring;
  if (what == quantity::closeness) {
    if (counts_periods) return reason::not_applicable;
    if (goal.stated <= 0) return reason::not_scalable;
    return 1 - std::abs(r.reading - goal.stated) / goal.stated;
  }
  if (counts_periods) {
    if (what == quantity::of_goal) {
      if (r.attainment_missing != 0) return static_cast<reason>(r.attainment_missing);
      return r.attainment;
    }
    if (r.gap_missing != 0) return static_cast<reason>(r.gap_missing);
    return over_expected();
  }
  const bool is_hold = goal.course == course::hold;
  if (what == quantity::of_goal || is_hold) return detail::share_of(goal, r.reading);
  if (r.expected_missing != 0) return static_cast<reason>(r.expected_missing);
  const double from = goal.has_baseline ? goal.baseline : 0;
  cell_goal planned = goal;
  planned.goal = planned.stated = from + r.expected * (goal.stated - from);
  if (planned.goal == 0) return reason::denominator_zero;
  return detail::share_of(planned, r.reading);
}

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/engine/impl/measures.ipp>
#endif
