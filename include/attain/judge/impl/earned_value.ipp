#pragma once

#include <attain/core/error.hpp>
#include <attain/core/number_text.hpp>
#include <attain/judge/earned_value.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

namespace attain::inline v0 {
namespace detail {

// A result of answers: a finite value if all have one, else the reason that comes first (section N).
template <class Formula>
answer<double> from_both(const answer<double>& a, const answer<double>& b, Formula formula) {
  if (a.has_value() && b.has_value()) {
    const answer<double> made = formula(*a, *b);
    return made.has_value() && !std::isfinite(*made) ? reason::overflow : made;
  }
  if (!a.has_value() && !b.has_value()) return first_of(a.why(), b.why());
  return a.has_value() ? b.why() : a.why();
}

inline answer<double> difference(const answer<double>& a, const answer<double>& b) {
  return from_both(a, b, [](double x, double y) -> answer<double> { return x - y; });
}

inline answer<double> product(const answer<double>& a, const answer<double>& b) {
  return from_both(a, b, [](double x, double y) -> answer<double> { return x * y; });
}

inline answer<double> quotient(const answer<double>& a, const answer<double>& b) {
  return from_both(a, b, [](double x, double y) -> answer<double> {
    if (y == 0) return reason::denominator_zero;
    return x / y;
  });
}

// What is left of a whole: 0 within the tolerance of rule B2.
inline answer<double> rest_of(const answer<double>& whole, const answer<double>& done) {
  return from_both(whole, done, [](double x, double y) -> answer<double> {
    return std::abs(x - y) <= 1e-9 * std::abs(x) ? 0 : x - y;
  });
}

// What the rest needs of what is left to do it in.
inline answer<double> needed_index(const answer<double>& rest, const answer<double>& left) {
  return from_both(rest, left, [](double work, double means) -> answer<double> {
    if (work <= 0) return 0;
    if (means <= 0) return reason::infeasible;
    return work / means;
  });
}

}  // namespace detail

ATTAIN_INLINE answer<double> schedule_variance(const earned_amounts& of) { return detail::difference(of.earned, of.planned); }
ATTAIN_INLINE answer<double> cost_variance(const earned_amounts& of) { return detail::difference(of.earned, of.cost); }

ATTAIN_INLINE answer<double> relative_schedule_variance(const earned_amounts& of) {
  return detail::quotient(schedule_variance(of), of.planned);
}

ATTAIN_INLINE answer<double> relative_cost_variance(const earned_amounts& of) {
  return detail::quotient(cost_variance(of), of.earned);
}

ATTAIN_INLINE answer<double> schedule_index(const earned_amounts& of) { return detail::quotient(of.earned, of.planned); }
ATTAIN_INLINE answer<double> cost_index(const earned_amounts& of) { return detail::quotient(of.earned, of.cost); }

ATTAIN_INLINE answer<double> combined_index(const earned_amounts& of) {
  return detail::product(schedule_index(of), cost_index(of));
}

ATTAIN_INLINE answer<double> share_complete(const earned_amounts& of) { return detail::quotient(of.earned, of.budget); }
ATTAIN_INLINE answer<double> share_planned(const earned_amounts& of) { return detail::quotient(of.planned, of.budget); }
ATTAIN_INLINE answer<double> share_spent(const earned_amounts& of) { return detail::quotient(of.cost, of.budget); }

ATTAIN_INLINE answer<double> factor_of(performance_factor which, const earned_amounts& of, const answer<double>& time_index) {
  const auto weigh = [&](const answer<double>& schedule) {
    return detail::from_both(cost_index(of), schedule,
                             [](double cpi, double spi) -> answer<double> { return 0.8 * cpi + 0.2 * spi; });
  };
  switch (which) {
    case performance_factor::cost:
      return cost_index(of);
    case performance_factor::schedule:
      return schedule_index(of);
    case performance_factor::schedule_time:
      return time_index;
    case performance_factor::combined:
      return combined_index(of);
    case performance_factor::combined_time:
      return detail::product(time_index, cost_index(of));
    case performance_factor::weighted:
      return weigh(schedule_index(of));
    case performance_factor::weighted_time:
      return weigh(time_index);
    case performance_factor::one:
      break;
  }
  return 1;
}

ATTAIN_INLINE answer<double> estimate_at_completion(const earned_amounts& of, const answer<double>& factor) {
  const answer<double> rest = detail::rest_of(of.budget, of.earned);
  if (rest.has_value() && *rest <= 0) return of.cost;
  return detail::from_both(of.cost, detail::quotient(rest, factor),
                           [](double cost, double to_go) -> answer<double> { return cost + to_go; });
}

ATTAIN_INLINE answer<double> estimate_to_complete(const earned_amounts& of, const answer<double>& estimate) {
  return detail::difference(estimate, of.cost);
}

ATTAIN_INLINE answer<double> variance_at_completion(const earned_amounts& of, const answer<double>& estimate) {
  return detail::difference(of.budget, estimate);
}

ATTAIN_INLINE answer<double> to_complete_index(const earned_amounts& of, const answer<double>& funds) {
  return detail::needed_index(detail::rest_of(of.budget, of.earned), detail::difference(funds, of.cost));
}

ATTAIN_INLINE answer<double> earned_schedule(std::span<const double> planned, double earned, double now) {
  if (planned.empty()) return reason::too_few_observations;
  double before = 0;
  for (std::size_t i = 0; i < planned.size(); ++i) {
    if (!std::isfinite(planned[i]) || planned[i] < before) {
      throw invalid_option(finding{.severity = severity::error,
                                   .code = code::invalid_option,
                                   .where = "planned/" + std::to_string(i),
                                   .text = to_text(planned[i]),
                                   .expected = "at least the one before",
                                   .message = "planned values never fall"});
    }
    before = planned[i];
  }
  const double hair = 1e-9 * planned.back();
  const auto end_of = [](auto at, auto begin) { return static_cast<double>(at - begin) + 1; };
  const auto reaches = std::lower_bound(planned.begin(), planned.end(), earned - hair);
  const auto passes = std::upper_bound(planned.begin(), planned.end(), earned + hair);
  if (passes == planned.end()) {
    const auto first = std::lower_bound(planned.begin(), planned.end(), planned.back() - hair);
    return end_of(first, planned.begin());
  }
  if (reaches != passes || earned <= hair) {  // PV stands at what is earned at the end of some period, or at the start
    const double from = earned <= hair ? 0 : end_of(reaches, planned.begin());
    const double to = passes == planned.begin() ? 0 : end_of(passes - 1, planned.begin());
    return std::clamp(now, from, to);
  }
  const double start = passes == planned.begin() ? 0 : *(passes - 1);
  return end_of(passes, planned.begin()) - 1 + (earned - start) / (*passes - start);
}

ATTAIN_INLINE answer<double> time_variance(const earned_time& of) { return detail::difference(of.earned, of.actual); }
ATTAIN_INLINE answer<double> time_index(const earned_time& of) { return detail::quotient(of.earned, of.actual); }

ATTAIN_INLINE answer<double> to_complete_time_index(const earned_time& of, const answer<double>& end) {
  return detail::needed_index(detail::rest_of(of.duration, of.earned), detail::difference(end, of.actual));
}

ATTAIN_INLINE answer<double> duration_at_completion(duration_method method, duration_factor factor, const earned_amounts& of,
                                                    const earned_time& in_time) {
  const bool on_earned_schedule = method == duration_method::earned_schedule;
  const answer<double> schedule = on_earned_schedule ? time_index(in_time) : schedule_index(of);
  const answer<double> pace = factor == duration_factor::one        ? answer<double>(1.0)
                              : factor == duration_factor::schedule ? schedule
                                                                    : detail::product(schedule, cost_index(of));
  if (method == duration_method::planned_value) {
    if (factor != duration_factor::one) return detail::quotient(in_time.duration, pace);
    const answer<double> rate = detail::quotient(of.budget, in_time.duration);
    return detail::difference(in_time.duration, detail::quotient(schedule_variance(of), rate));
  }
  const answer<double> done =
      on_earned_schedule ? in_time.earned : detail::product(in_time.actual, schedule_index(of));
  const answer<double> whole =
      on_earned_schedule ? in_time.duration
                         : detail::from_both(in_time.duration, in_time.actual,
                                             [](double pd, double at) -> answer<double> { return (std::max)(pd, at); });
  const answer<double> rest = detail::rest_of(whole, done);
  if (rest.has_value() && *rest == 0) return in_time.actual;
  return detail::from_both(in_time.actual, detail::quotient(rest, pace),
                           [](double passed, double to_go) -> answer<double> { return passed + to_go; });
}

}  // namespace attain::inline v0
