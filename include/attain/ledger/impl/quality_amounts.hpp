#pragma once

/** What the amounts of one series say by themselves: outliers, slips, falls, copies, limits, years and digits. */

#include <attain/core/statistics.hpp>
#include <attain/ledger/digits.hpp>
#include <attain/ledger/impl/quality_series.hpp>
#include <attain/ledger/impl/totals_so_far.hpp>
#include <attain/ledger/outliers.hpp>
#include <attain/ledger/slips.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace attain::inline v0::detail {

class amount_checks {
 public:
  amount_checks(quality_context& context, const quality_subject& subject)
      : context_(context), subject_(subject), tallies_(context.options.outliers.size()) {}

  /// The series of one strand; @p is_whole: undivided, so that years may be compared.
  void see(std::uint32_t place, std::span<const reported_value> values, bool is_whole) {
    if (subject_.spec->kind == indicator_kind::steps || subject_.spec->kind == indicator_kind::rating) return;
    const bool is_total = subject_.spec->kind == indicator_kind::running_total;
    check_counts(place, values);
    select(values);
    if (is_total) {
      check_totals(place);
    } else {
      check_slips(place, 0, amounts_.size());
      check_copies(place);
      if (subject_.spec->kind == indicator_kind::increment) check_totals_so_far(place);
    }
    check_limit(place);
    all_amounts_.insert(all_amounts_.end(), amounts_.begin(), amounts_.end());
    if (is_whole) check_years(place);
    if (is_total) steps_instead_of_totals();
    check_outliers(place);
    usual_ = median(amounts_);
  }

  /// The median amount of the series that was seen last.
  const answer<double>& usual() const noexcept { return usual_; }

  void finish() {
    for (std::size_t i = 0; i < tallies_.size(); ++i) {
      const outlier_test& test = context_.options.outliers[i];
      const tally& all = tallies_[i];
      context_.score({.measure = quality_measure::outliers,
                      .indicator = subject_.indicator,
                      .count = all.flagged,
                      .of = all.values,
                      .not_calculable = all.not_calculable,
                      .divergent = all.divergent,
                      .threshold = test.threshold,
                      .variant = to_string(test.variant)});
      if (all.longest_undetectable == 0) continue;
      quality_finding blind{.check = quality_check::cannot_detect, .indicator = subject_.indicator};
      blind.first_day = subject_.start;
      blind.last_day = subject_.due;
      blind.threshold = test.threshold;
      blind.score = greatest_score(test.variant, all.longest_undetectable);
      blind.variant = to_string(test.variant);
      blind.n = static_cast<std::uint32_t>(all.longest_undetectable);
      context_.find(blind);
    }
    context_.score({.measure = quality_measure::over_time,
                    .indicator = subject_.indicator,
                    .count = compared_ - changed_,
                    .of = compared_,
                    .not_calculable = without_years_,
                    .divergent = changed_,
                    .threshold = context_.options.steady_within,
                    .variant = to_string(context_.options.trend)});
    check_digits();
  }

 private:
  struct tally {
    std::size_t flagged = 0;
    std::size_t values = 0;
    std::size_t not_calculable = 0;
    std::size_t divergent = 0;
    std::size_t longest_undetectable = 0;
  };

  // Amounts of periods as long as the indicator is reported for, up to the as-of day, one a day where days decide (rule R6a).
  void select(std::span<const reported_value> values) {
    chosen_.clear();
    amounts_.clear();
    const bool is_increment = subject_.spec->kind == indicator_kind::increment;
    const int days = is_increment ? context_.plan.resolved(subject_.indicator).reporting_days : 0;
    for (const reported_value& value : values) {
      if (!value.has_amount || value.last > context_.as_of) continue;
      const int length = value.last - value.first + 1;
      if (days != 0 && (length * 10 < days * 7 || length * 10 > days * 13)) continue;
      if (!is_increment && !chosen_.empty() && chosen_.back()->last == value.last) {
        if (chosen_.back()->recorded > value.recorded) continue;
        chosen_.pop_back();
        amounts_.pop_back();
      }
      chosen_.push_back(&value);
      amounts_.push_back(value.amount);
    }
  }

  quality_finding about(quality_check check, std::uint32_t place, std::size_t at) const {
    quality_finding made = quality_context::about(check, subject_, place, *chosen_[at]);
    made.value = amounts_[at];
    return made;
  }

  // -- slips and copies ----------------------------------------------------------------------------------

  /// Whether amounts of [begin, end) differ by so much that one may have slipped at all.
  bool may_slip(std::size_t begin, std::size_t end) const {
    double least = 0, greatest = 0;
    for (std::size_t i = begin; i < end; ++i) {
      const double size = std::fabs(amounts_[i]);
      if (size == 0) continue;
      least = least == 0 ? size : (std::min)(least, size);
      greatest = (std::max)(greatest, size);
    }
    return least > 0 && std::log10(greatest / least) >= 1 - context_.options.slips.tolerance;
  }

  void tell_slip(std::uint32_t place, std::size_t at, const magnitude_slip& slip) {
    auto told = about(quality_check::magnitude_slip, place, at);
    told.expected = slip.expected;
    told.score = slip.exponent;
    told.threshold = static_cast<double>(slip.power);
    told.n = static_cast<std::uint32_t>(amounts_.size());
    context_.find(told);
  }

  void check_slips(std::uint32_t place, std::size_t begin, std::size_t end) {
    if (!may_slip(begin, end)) return;
    const std::span<const double> series(amounts_.data() + begin, end - begin);
    for (std::size_t i = 0; i < series.size(); ++i) {
      if (const auto slip = find_slip(series, i, context_.options.slips)) tell_slip(place, begin + i, *slip);
    }
  }

  void check_copies(std::uint32_t place) {
    const auto least = static_cast<std::size_t>(context_.options.equal_in_a_row);
    for (std::size_t begin = 0, end = 0; begin < amounts_.size(); begin = end) {
      end = begin + 1;
      while (end < amounts_.size() && amounts_[end] == amounts_[begin]) ++end;
      if (end - begin < least || amounts_[begin] == 0) continue;
      auto copied = about(quality_check::copied_forward, place, end - 1);
      copied.first_day = chosen_[begin]->first;
      copied.n = static_cast<std::uint32_t>(end - begin);
      context_.find(copied);
    }
  }

  // Totals begin where a series does, or a year or window.
  void check_totals_so_far(std::uint32_t place) {
    for (std::size_t begin = 0; begin < amounts_.size();) {
      const rising_run run = rising_from(amounts_, begin);
      const std::int32_t first = chosen_[begin]->first, last = chosen_[run.end - 1]->last;
      const date start = date::from_days(first);
      const bool may_begin = begin == 0 || first == subject_.start || (start.month() == 1 && start.day() == 1);
      const std::optional<double> goal = asked_of(subject_.asked, place, first, last);
      if (may_begin && are_totals_so_far(amounts_, run, goal)) {
        auto told = about(quality_check::total_so_far, place, run.end - 1);
        told.first_day = first;
        told.value = run.sum;
        told.expected = amounts_[run.end - 1];
        told.effect = run.sum - amounts_[run.end - 1];
        if (goal) told.threshold = *goal;
        told.n = static_cast<std::uint32_t>(run.end - run.begin);
        context_.find(told);
      }
      begin = run.end;
    }
  }

  void check_limit(std::uint32_t place) {
    const auto& limit = subject_.spec->natural_limit;
    if (!limit || subject_.spec->kind != indicator_kind::level) return;
    const answer<double> usually = median(amounts_);
    if (!usually.has_value()) return;
    // A limit is passed on the side where the others are not; a share cannot pass 100 % from below, nor a rate 0 from above.
    const bool is_upper = *usually <= *limit;
    for (std::size_t i = 0; i < amounts_.size(); ++i) {
      if (is_upper ? amounts_[i] <= *limit : amounts_[i] >= *limit) continue;
      auto beyond = about(quality_check::beyond_limit, place, i);
      beyond.expected = *limit;
      context_.find(beyond);
    }
  }

  // Of amounts of any period: whether they can be numbers of what comes in whole units only.
  void check_counts(std::uint32_t place, std::span<const reported_value> values) {
    if (!context_.plan.resolved(subject_.indicator).is_indivisible) return;
    for (const reported_value& value : values) {
      if (!value.has_amount || value.last > context_.as_of) continue;
      const bool is_whole = std::fabs(value.amount - std::round(value.amount)) <= 1e-9 * std::fabs(value.amount);
      if (value.amount < 0) tell_count(quality_check::negative_count, place, value);
      if (!is_whole) tell_count(quality_check::fractional_count, place, value);
    }
  }

  void tell_count(quality_check check, std::uint32_t place, const reported_value& value) {
    quality_finding told = quality_context::about(check, subject_, place, value);
    told.value = value.amount;
    context_.find(told);
  }

  // -- running totals --------------------------------------------------------------------------------------

  /// What a running total is counted since: totals of different cycles have nothing to do with one another (rule R5).
  int cycle_of(const reported_value& value) const {
    switch (subject_.spec->counted_from) {
      case origin::year:
        return date::from_days(value.last).year();
      case origin::window:
        return !subject_.is_read ? 0 : value.last < subject_.start ? 0 : value.last <= subject_.due ? 1 : 2;
      case origin::ever:
        break;
    }
    return 0;
  }

  void check_totals(std::uint32_t place) {
    for (std::size_t begin = 0, end = 0; begin < amounts_.size(); begin = end) {
      const int cycle = cycle_of(*chosen_[begin]);
      end = begin + 1;
      while (end < amounts_.size() && cycle_of(*chosen_[end]) == cycle) ++end;
      for (std::size_t i = begin + 1; i < end; ++i) {
        if (amounts_[i] >= amounts_[i - 1] - 1e-9 * std::fabs(amounts_[i - 1])) continue;
        auto fall = about(quality_check::falling_total, place, i);
        fall.expected = amounts_[i - 1];
        fall.score = amounts_[i] - amounts_[i - 1];
        context_.find(fall);
      }
      if (!may_slip(begin, end)) continue;
      const std::span<const double> totals(amounts_.data() + begin, end - begin);
      for (std::size_t i = 0; i < totals.size(); ++i) {
        if (const auto slip = find_slip_of_total(totals, i, context_.options.slips)) tell_slip(place, begin + i, *slip);
      }
    }
  }

  /// What came between one report and the next; a fall is no amount, nor is a step over a gap.
  void steps_instead_of_totals() {
    const int days = context_.plan.resolved(subject_.indicator).reporting_days;
    std::vector<const reported_value*> chosen;
    std::vector<double> steps;
    for (std::size_t i = 0; i < chosen_.size(); ++i) {
      const bool is_first = i == 0 || cycle_of(*chosen_[i - 1]) != cycle_of(*chosen_[i]);
      const int since = is_first ? days_since_origin(*chosen_[i]) : chosen_[i]->last - chosen_[i - 1]->last;
      if (since <= 0 || (days != 0 && (since * 10 < days * 7 || since * 10 > days * 13))) continue;
      const double step = is_first ? amounts_[i] : amounts_[i] - amounts_[i - 1];
      if (step < 0 || !std::isfinite(step)) continue;
      chosen.push_back(chosen_[i]);
      steps.push_back(step);
    }
    chosen_.swap(chosen);
    amounts_.swap(steps);
  }

  int days_since_origin(const reported_value& value) const {
    switch (subject_.spec->counted_from) {
      case origin::year:
        return value.last - date(date::from_days(value.last).year(), 1, 1).days() + 1;
      case origin::window:
        return subject_.is_read && value.last <= subject_.due ? value.last - subject_.start + 1 : 0;
      case origin::ever:
        break;
    }
    return 0;
  }

  // -- outliers ------------------------------------------------------------------------------------------

  void check_outliers(std::uint32_t place) {
    is_told_.assign(amounts_.size(), false);
    for (std::size_t i = 0; i < tallies_.size(); ++i) {
      const outlier_test& test = context_.options.outliers[i];
      tally& all = tallies_[i];
      const answer<outlier_scores> found = score_outliers(amounts_, test);
      if (!found.has_value()) {
        if (amounts_.empty()) continue;
        ++all.not_calculable;
        if (found == reason::too_few_observations)
          all.longest_undetectable = (std::max)(all.longest_undetectable, amounts_.size());
        continue;
      }
      all.values += amounts_.size();
      std::size_t flagged = 0;
      for (const double score : found->scores) flagged += test.stands_out(score);
      all.flagged += flagged;
      // As in the app of WHO: one extreme value, or two that stand out less.
      const bool is_extreme = found->used <= outlier_variant::z_population && test.threshold >= 3;
      all.divergent += flagged >= (is_extreme ? 1u : 2u);
      if (flagged != 0 && context_.wants(quality_check::outlier)) tell_outliers(place, test, *found);
    }
  }

  void tell_outliers(std::uint32_t place, const outlier_test& test, const outlier_scores& found) {
    std::vector<double> others;
    for (std::size_t i = 0; i < amounts_.size(); ++i) {
      if (!test.stands_out(found.scores[i])) others.push_back(amounts_[i]);
    }
    const answer<double> usually = mean(others);
    for (std::size_t i = 0; i < amounts_.size(); ++i) {
      if (!test.stands_out(found.scores[i]) || is_told_[i]) continue;
      is_told_[i] = true;
      auto told = about(quality_check::outlier, place, i);
      told.expected = found.center;
      told.score = found.scores[i];
      told.threshold = test.threshold;
      told.effect = usually.transform([&](double m) { return amounts_[i] - m; });
      told.variant = to_string(found.used);
      told.n = static_cast<std::uint32_t>(amounts_.size());
      context_.find(told);
    }
  }

  // -- years -----------------------------------------------------------------------------------------------

  struct year_amount {
    int year = 0;
    std::size_t reports = 0;
    double amount = 0;
    std::size_t last = 0;  ///< in `chosen_`
  };

  // WHO 2d: the last whole year against the years before, of years with as many reports.
  void check_years(std::uint32_t place) {
    if (amounts_.empty()) return;
    const date as_of = date::from_days(context_.as_of);
    const int current = as_of.month() == 12 && as_of.day() == 31 ? as_of.year() : as_of.year() - 1;
    std::vector<year_amount> years;
    std::size_t most = 0;
    for (std::size_t i = 0; i < amounts_.size(); ++i) {
      const int year = date::from_days(chosen_[i]->last).year();
      if (year > current) break;
      if (years.empty() || years.back().year != year) years.push_back({.year = year});
      year_amount& of = years.back();
      of.amount = subject_.spec->kind == indicator_kind::increment ? of.amount + amounts_[i] : amounts_[i];
      of.last = i;
      most = (std::max)(most, ++of.reports);
    }
    if (subject_.spec->kind == indicator_kind::running_total && subject_.spec->counted_from != origin::year) years.clear();
    std::vector<double> at, before;
    for (const year_amount& of : years) {
      if (of.year == current || of.year < current - context_.options.reference_years || of.reports != most) continue;
      at.push_back(of.year);
      before.push_back(of.amount);
    }
    const answer<double> reference = expected_in(current, at, before);
    const bool has_year = !years.empty() && years.back().year == current && years.back().reports == most;
    if (!has_year || !reference.has_value() || *reference == 0) {
      ++without_years_;
      return;
    }
    ++compared_;
    const double ratio = years.back().amount / *reference;
    if (std::fabs(ratio - 1) <= context_.options.steady_within + 1e-9) return;
    ++changed_;
    auto changed = about(quality_check::changed_over_time, place, years.back().last);
    changed.first_day = date(current, 1, 1).days();
    changed.last_day = date(current, 12, 31).days();
    changed.value = years.back().amount;
    changed.expected = reference;
    changed.score = ratio;
    changed.threshold = context_.options.steady_within;
    changed.variant = to_string(context_.options.trend);
    changed.n = static_cast<std::uint32_t>(before.size());
    context_.find(changed);
  }

  answer<double> expected_in(int year, std::span<const double> at, std::span<const double> amounts) const {
    const answer<double> usually = mean(amounts);
    if (context_.options.trend == expected_trend::constant || !usually.has_value()) return usually;
    if (amounts.size() < 2) return reason::too_few_observations;
    const double middle = *mean(at);
    double products = 0, squares = 0;
    for (std::size_t i = 0; i < at.size(); ++i) {
      products += (at[i] - middle) * (amounts[i] - *usually);
      squares += (at[i] - middle) * (at[i] - middle);
    }
    return (std::max)(0.0, *usually + products / squares * (year - middle));
  }

  // -- digits ------------------------------------------------------------------------------------------------

  void check_digits() {
    quality_finding about_all{.check = quality_check::last_digits, .indicator = subject_.indicator};
    about_all.first_day = subject_.start;
    about_all.last_day = (std::min)(subject_.due, context_.as_of);
    if (const auto last = last_digits_of(all_amounts_); last.has_value() && last->are_uneven()) {
      about_all.value = last->whipple;
      about_all.score = last->chi_square;
      about_all.threshold = 27.877;
      about_all.variant = "chi_square_9";
      about_all.n = static_cast<std::uint32_t>(last->n);
      context_.find(about_all);
    }
    if (const auto first = first_digits_of(all_amounts_); first.has_value() && first->fit == benford_fit::poor) {
      about_all.check = quality_check::first_digits;
      about_all.value = reason::not_applicable;
      about_all.score = first->mean_deviation;
      about_all.threshold = 0.015;
      about_all.variant = "nigrini_mean_deviation";
      about_all.n = static_cast<std::uint32_t>(first->n);
      context_.find(about_all);
    }
  }

  quality_context& context_;
  const quality_subject& subject_;
  std::vector<tally> tallies_;                 ///< of each test
  std::vector<const reported_value*> chosen_;  ///< of the series at hand, as the next two
  std::vector<double> amounts_;
  std::vector<bool> is_told_;
  std::vector<double> all_amounts_;  ///< of all series
  answer<double> usual_ = reason::no_observation;
  std::size_t compared_ = 0, changed_ = 0, without_years_ = 0;
};

}  // namespace attain::inline v0::detail
