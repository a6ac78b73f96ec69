#pragma once

/** Earned value and earned schedule: what a piece of work was to cost by a day, earned, and cost, and what follows from that.

  Pure functions of cumulative amounts in one unit, which need not be money. Each gives an answer: what has no value says why, and
  is never 0, infinite or cut off. Add amounts up over the parts of a whole first and form ratios of the sums; never average ratios.

  Definitions: PMI, Practice Standard for Earned Value Management (BAC, PV, EV, AC; older texts say BCWS, BCWP, ACWP); Lipke and
  Henderson, Earned Schedule (2006), for ES, SV(t), SPI(t), TSPI; Vandevoorde and Vanhoucke, IJPM 24 (2006), for the nine duration
  forecasts.
*/

#include <attain/core/answer.hpp>
#include <attain/core/config.hpp>

#include <cstdint>
#include <span>

namespace attain::inline v0 {

// -- amounts ----------------------------------------------------------------------------------------

/// Cumulative amounts at the close of the status day, all in one unit; a reason where one is not known.
struct earned_amounts {
  answer<double> budget = reason::not_applicable;   ///< BAC: of all the work
  answer<double> planned = reason::not_applicable;  ///< PV: of the work that was to be done
  answer<double> earned = reason::not_applicable;   ///< EV: of the work that was done
  answer<double> cost = reason::not_applicable;     ///< AC: what that work cost
};

answer<double> schedule_variance(const earned_amounts& of);          ///< SV = EV − PV
answer<double> cost_variance(const earned_amounts& of);              ///< CV = EV − AC
answer<double> relative_schedule_variance(const earned_amounts& of); ///< SV% = SV / PV, a share
answer<double> relative_cost_variance(const earned_amounts& of);     ///< CV% = CV / EV, a share
answer<double> schedule_index(const earned_amounts& of);             ///< SPI = EV / PV
answer<double> cost_index(const earned_amounts& of);                 ///< CPI = EV / AC
answer<double> combined_index(const earned_amounts& of);             ///< SCI = SPI · CPI, also called CSI and critical ratio
answer<double> share_complete(const earned_amounts& of);             ///< EV / BAC
answer<double> share_planned(const earned_amounts& of);              ///< PV / BAC
answer<double> share_spent(const earned_amounts& of);                ///< AC / BAC

// -- cost at completion -----------------------------------------------------------------------------

/// At which efficiency the rest of the work is thought to be done.
enum class performance_factor : std::uint8_t {
  one,                    ///< as planned: what happened so far was a single case
  cost,                   ///< CPI
  schedule,               ///< SPI
  schedule_time,          ///< SPI(t)
  combined,               ///< SCI
  combined_time,          ///< SPI(t) · CPI
  weighted,               ///< 0.8 CPI + 0.2 SPI
  weighted_time,          ///< 0.8 CPI + 0.2 SPI(t)
};

/// The value of a factor; @p time_index is SPI(t), where it is needed.
answer<double> factor_of(performance_factor which, const earned_amounts& of,
                         const answer<double>& time_index = reason::not_applicable);

/// EAC = AC + (BAC − EV) / factor; once all is earned it is AC whatever the factor.
answer<double> estimate_at_completion(const earned_amounts& of, const answer<double>& factor);
/// ETC = EAC − AC.
answer<double> estimate_to_complete(const earned_amounts& of, const answer<double>& estimate);
/// VAC = BAC − EAC.
answer<double> variance_at_completion(const earned_amounts& of, const answer<double>& estimate);
/// TCPI = (BAC − EV) / (funds − AC): the efficiency that the rest needs to end within @p funds, BAC or an EAC. `infeasible` where
/// the funds are used up and work is left; 0 where none is left.
answer<double> to_complete_index(const earned_amounts& of, const answer<double>& funds);

// -- earned schedule --------------------------------------------------------------------------------

/** ES: the time, in periods from the start, by which as much was planned as is earned.

  @p planned are the cumulative PV at the ends of the periods 1, 2, …; they start from 0 at time 0 and never fall. Between ends PV is
  a line. Where PV stands still at what is earned ES is an interval and @p now is clamped into it, so that work on plan is on time.
  From the last PV on, ES is the first time that reaches it.

  Throws `invalid_option` for planned values that fall or are not finite. No periods: `too_few_observations`.
*/
answer<double> earned_schedule(std::span<const double> planned, double earned, double now);

/// Where a piece of work stands in time; one unit, one calendar.
struct earned_time {
  answer<double> duration = reason::not_applicable;  ///< PD: planned, from start to end
  answer<double> earned = reason::not_applicable;    ///< ES
  answer<double> actual = reason::not_applicable;    ///< AT: passed since the start
};

answer<double> time_variance(const earned_time& of);  ///< SV(t) = ES − AT
answer<double> time_index(const earned_time& of);     ///< SPI(t) = ES / AT
/// TSPI = (PD − ES) / (end − AT): the pace that the rest needs to end at @p end, PD or an estimate. `infeasible` where that time has
/// passed and work is left; 0 where none is left.
answer<double> to_complete_time_index(const earned_time& of, const answer<double>& end);

/// How a duration is forecast.
enum class duration_method : std::uint8_t {
  planned_value,    ///< PD − SV / (BAC / PD), or PD / factor
  earned_duration,  ///< AT + (max(PD, AT) − AT · SPI) / factor
  earned_schedule,  ///< AT + (PD − ES) / factor
};

/// The pace at which the rest is thought to be done: as planned; SPI, of earned schedule SPI(t); that times CPI.
enum class duration_factor : std::uint8_t { one, schedule, combined };

/// EAC(t): when the work will be done, in time from its start.
answer<double> duration_at_completion(duration_method method, duration_factor factor, const earned_amounts& of,
                                      const earned_time& in_time);

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/judge/impl/earned_value.ipp>
#endif
