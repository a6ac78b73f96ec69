#pragma once

/** Whether reports came, and when: completeness, timeliness, order of arrival (WHO 1a to 1d). */

#include <attain/core/statistics.hpp>
#include <attain/ledger/impl/quality_series.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace attain::inline v0::detail {

class report_checks {
 public:
  report_checks(quality_context& context, const quality_subject& subject)
      : context_(context), subject_(subject), received_(subject.periods.size()) {}

  /// What stands of one strand of the place at hand.
  void see(std::uint32_t place, std::span<const reported_value> values) {
    std::int32_t earliest_later = (std::numeric_limits<std::int32_t>::max)();  // recorded day of anything about a later period
    for (std::size_t i = values.size(); i-- > 0;) {
      const reported_value& value = values[i];
      see_one(place, value);
      if (value.first_recorded > earliest_later && value.first_recorded > value.last) tell_back_dated(place, values, i);
      earliest_later = (std::min)(earliest_later, value.first_recorded);
      if (value.is_received) receive(value);
    }
  }

  /// Closes the place; @p usual is the median of its amounts, for the effect of gaps in what adds up.
  void finish_place(std::uint32_t place, answer<double> usual) {
    const auto due = received_.size();
    if (due == 0) {
      ++not_calculable_;
      return;
    }
    std::size_t came = 0, with_amount = 0, in_time = 0;
    for (std::size_t i = 0; i < due; ++i) {
      came += received_[i].is_received;
      with_amount += received_[i].has_amount;
      in_time += received_[i].is_received && received_[i].day <= due_day(i);
      if (received_[i].is_received && received_[i].day > due_day(i)) tell_late(place, i);
    }
    tell_missing(place, usual);
    compare_years(place);
    due_ += due;
    came_ += came;
    with_amount_ += with_amount;
    in_time_ += in_time;
    const auto share = [due](std::size_t count) { return static_cast<double>(count) / static_cast<double>(due); };
    incomplete_places_ += share(came) < context_.options.minimum_completeness - 1e-9;
    places_without_amounts_ += share(with_amount) < context_.options.minimum_completeness - 1e-9;
    late_places_ += share(in_time) < context_.options.minimum_timeliness - 1e-9;
    std::fill(received_.begin(), received_.end(), arrival{});
  }

  void finish() {
    const auto score = [&](quality_measure measure, std::size_t count, std::size_t divergent, double threshold) {
      context_.score({.measure = measure,
                      .indicator = subject_.indicator,
                      .count = count,
                      .of = due_,
                      .not_calculable = not_calculable_,
                      .divergent = divergent,
                      .threshold = threshold});
    };
    score(quality_measure::completeness, came_, incomplete_places_, context_.options.minimum_completeness);
    score(quality_measure::data_completeness, with_amount_, places_without_amounts_, context_.options.minimum_completeness);
    score(quality_measure::timeliness, in_time_, late_places_, context_.options.minimum_timeliness);
    context_.score({.measure = quality_measure::steady_completeness,
                    .indicator = subject_.indicator,
                    .count = compared_ - unsteady_,
                    .of = compared_,
                    .not_calculable = without_years_,
                    .divergent = unsteady_,
                    .threshold = context_.options.steady_within});
  }

 private:
  struct arrival {
    std::int32_t day = (std::numeric_limits<std::int32_t>::max)();
    row_position where;
    bool is_received = false;
    bool has_amount = false;
  };

  std::int32_t due_day(std::size_t period) const { return subject_.periods[period].second + subject_.days_to_report; }

  void see_one(std::uint32_t place, const reported_value& value) {
    const auto about = [&](quality_check check) { return quality_context::about(check, subject_, place, value); };
    if (value.is_ambiguous) context_.find(about(quality_check::contradiction));
    if (!value.is_received) return;
    if (value.first_recorded < value.last) {
      auto early = about(quality_check::early_report);
      early.score = static_cast<double>(value.last - value.first_recorded);
      context_.find(early);
    }
    if (value.last > context_.as_of) {
      context_.find(about(quality_check::future_day));
    } else if (subject_.is_read && !is_read(value)) {
      context_.find(about(quality_check::outside_window));
    }
    if (value.was_corrected && value.recorded > value.last + subject_.days_to_report) {
      auto late = about(quality_check::late_correction);
      late.value = value.amount;
      late.expected = value.first_amount;
      late.score = static_cast<double>(value.recorded - value.last - subject_.days_to_report);
      context_.find(late);
    }
  }

  bool is_read(const reported_value& value) const {
    return std::any_of(subject_.read_days.begin(), subject_.read_days.end(),
                       [&](const auto& days) { return value.last >= days.first && value.first <= days.second; });
  }

  void tell_back_dated(std::uint32_t place, std::span<const reported_value> values, std::size_t at) {
    auto told = quality_context::about(quality_check::back_dated, subject_, place, values[at]);
    told.score = static_cast<double>(values[at].first_recorded - values[at].last);
    for (std::size_t i = at + 1; i < values.size(); ++i) {
      told.n += values[i].last > values[at].last && values[i].first_recorded < values[at].first_recorded;
    }
    if (told.n != 0) context_.find(told);
  }

  /// Increments answer for the periods that they cover, all others for the one that their day lies in (rules R4, R6a).
  void receive(const reported_value& value) {
    const auto& periods = subject_.periods;
    if (subject_.spec->kind == indicator_kind::increment) {
      auto at = std::partition_point(periods.begin(), periods.end(), [&](const auto& p) { return p.first < value.first; });
      for (; at != periods.end() && at->second <= value.last; ++at)
        receive(value, static_cast<std::size_t>(at - periods.begin()));
    } else {
      const auto at = std::partition_point(periods.begin(), periods.end(), [&](const auto& p) { return p.second < value.last; });
      if (at != periods.end() && at->first <= value.last) receive(value, static_cast<std::size_t>(at - periods.begin()));
    }
  }

  void receive(const reported_value& value, std::size_t period) {
    arrival& arrived = received_[period];
    arrived.is_received = true;
    arrived.has_amount = arrived.has_amount || value.has_amount;
    if (value.first_recorded >= arrived.day) return;
    arrived.day = value.first_recorded;
    arrived.where = value.where;
  }

  quality_finding about_periods(quality_check check, std::uint32_t place, std::size_t from, std::size_t to) const {
    quality_finding made{.check = check, .indicator = subject_.indicator, .place = place};
    made.first_day = subject_.periods[from].first;
    made.last_day = subject_.periods[to].second;
    made.n = static_cast<std::uint32_t>(to - from + 1);
    return made;
  }

  void tell_late(std::uint32_t place, std::size_t period) {
    auto late = about_periods(quality_check::late_report, place, period, period);
    late.score = static_cast<double>(received_[period].day - due_day(period));
    late.threshold = static_cast<double>(subject_.days_to_report);
    late.entry = received_[period].where;
    context_.find(late);
  }

  void tell_missing(std::uint32_t place, const answer<double>& usual) {
    for (std::size_t i = 0; i < received_.size(); ++i) {
      if (received_[i].is_received) continue;
      std::size_t end = i + 1;
      while (end < received_.size() && !received_[end].is_received) ++end;
      auto missing = about_periods(quality_check::missing_report, place, i, end - 1);
      if (subject_.spec->kind == indicator_kind::increment && usual.has_value()) {
        missing.expected = usual;
        missing.effect = *usual * static_cast<double>(missing.n);
      }
      context_.find(missing);
      i = end;
    }
  }

  // WHO 1d: the completeness of the last year against the mean of those before.
  void compare_years(std::uint32_t place) {
    struct year_share {
      int year = 0;
      double due = 0;
      double came = 0;
    };
    std::vector<year_share> years;
    for (std::size_t i = 0; i < received_.size(); ++i) {
      const int year = date::from_days(subject_.periods[i].second).year();
      if (years.empty() || years.back().year != year) years.push_back({year});
      years.back().due += 1;
      years.back().came += received_[i].is_received ? 1 : 0;
    }
    std::vector<double> before;
    const auto most = static_cast<std::size_t>(context_.options.reference_years);
    for (std::size_t i = years.size() > most + 1 ? years.size() - 1 - most : 0; i + 1 < years.size(); ++i) {
      before.push_back(years[i].came / years[i].due);
    }
    const answer<double> reference = mean(before);
    if (!reference.has_value() || *reference == 0) {
      ++without_years_;
      return;
    }
    ++compared_;
    const double now = years.back().came / years.back().due;
    if (std::fabs(now / *reference - 1) <= context_.options.steady_within + 1e-9) return;
    ++unsteady_;
    auto changed = about_periods(quality_check::completeness_changed, place, 0, received_.size() - 1);
    changed.first_day = date(years.back().year, 1, 1).days();
    changed.value = now;
    changed.expected = reference;
    changed.score = now / *reference;
    changed.threshold = context_.options.steady_within;
    changed.n = static_cast<std::uint32_t>(before.size());
    context_.find(changed);
  }

  quality_context& context_;
  const quality_subject& subject_;
  std::vector<arrival> received_;  ///< of each period that is due, at the place at hand
  std::size_t due_ = 0, came_ = 0, with_amount_ = 0, in_time_ = 0;
  std::size_t incomplete_places_ = 0, places_without_amounts_ = 0, late_places_ = 0, not_calculable_ = 0;
  std::size_t compared_ = 0, unsteady_ = 0, without_years_ = 0;
};

}  // namespace attain::inline v0::detail
