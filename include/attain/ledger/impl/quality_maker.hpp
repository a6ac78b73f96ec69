#pragma once

// The findings and scores of a portfolio, programme by programme and indicator by indicator.

#include <attain/core/sort_stably.hpp>
#include <attain/ledger/binding_scopes.hpp>
#include <attain/ledger/impl/quality_amounts.hpp>
#include <attain/ledger/impl/quality_asked.hpp>
#include <attain/ledger/impl/quality_between.hpp>
#include <attain/ledger/impl/quality_programme.hpp>
#include <attain/ledger/impl/quality_reports.hpp>
#include <attain/ledger/impl/quality_scores.hpp>
#include <attain/ledger/impl/quality_series.hpp>
#include <attain/ledger/quality.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

struct quality_results {
  std::vector<quality_finding> findings{};
  std::vector<quality_score> scores{};
  std::vector<std::vector<std::optional<int>>> days_to_report{};  ///< by programme and indicator
};

class quality_maker {
 public:
  /// All of them outlive the results.
  quality_maker(const portfolio& plan, const ledger& book, const quality_options& options)
      : plan_(plan), options_(options), bound_(scopes_of(plan), book.view()), asked_(plan) {}

  quality_results make() && {
    for (std::uint32_t k = 0; k < plan_.programmes().size(); ++k) check_programme(k);
    put_in_order(made_.findings);
    add_consistency(reporting_, made_.findings, made_.scores);
    add_totals(made_.scores);
    return std::move(made_);
  }

 private:
  void check_programme(std::uint32_t number) {
    const programme& plan = plan_.programmes()[number];
    quality_context context(plan, number, bound_, options_, made_.findings, made_.scores);
    auto& days = made_.days_to_report.emplace_back(plan.indicators().size());
    const std::vector<char> is_kept = programme_checks::kept(plan, options_);
    std::vector<std::vector<placed_amount>> wholes(plan.indicators().size());
    for (std::uint32_t i = 0; i < plan.indicators().size(); ++i) {
      if (!is_reported(plan.indicators()[i].kind)) continue;
      const quality_subject subject = subject_of(context, i);
      if (subject.is_read && subject.spec->period) days[i] = subject.days_to_report;
      auto amounts = check_indicator(context, subject);
      if (is_kept[i] != 0) wholes[i] = std::move(amounts);
    }
    programme_checks(context, wholes).check();
  }

  quality_subject subject_of(const quality_context& context, std::uint32_t indicator) const {
    const asked_of_indicator& asked = asked_.of(context.number, indicator);
    const programme_indicator& resolved = context.plan.resolved(indicator);
    quality_subject made{.indicator = indicator, .spec = &context.plan.indicators()[indicator], .is_read = asked.is_read};
    made.start = asked.start;
    made.due = asked.due;
    made.asked = asked.sums;
    if (asked.is_read) made.read_days = asked_.days_read(context.number, indicator);
    made.days_to_report = options_.days_to_report.value_or(resolved.allowed_lag.value_or(2 * asked.reporting_days_of(resolved)));
    if (asked.is_read && made.spec->period) {
      const period window{date::from_days(asked.start), date::from_days(asked.due) + 1};
      for (const period& p : whole_periods(*made.spec->period, window)) {
        const std::int32_t last = p.last().days();
        if (last <= context.as_of && last + made.days_to_report <= context.told) made.periods.emplace_back(p.start.days(), last);
      }
    }
    return made;
  }

  std::vector<placed_amount> check_indicator(quality_context& context, const quality_subject& subject) {
    const auto strands = bound_.strands(context.number, subject.indicator);
    report_checks reports(context, subject);
    amount_checks amounts(context, subject);
    between_series between(context, subject, bound_.divisions(context.number, subject.indicator));
    const bool ties_are_authors = subject.spec->kind == indicator_kind::rating;
    std::size_t next = 0, reporting = 0;
    for (const std::uint32_t place : asked_.of(context.number, subject.indicator).places_with(strands)) {
      answer<double> usual = reason::no_observation;
      bool has_reported = false;
      for (; next < strands.size() && strands[next].place == place; ++next) {
        const strand& of = strands[next];
        if (of.comparable == 0) continue;
        read_series(bound_.ledger(), bound_.rows(of, buffer_), context.known, values_);
        if (ties_are_authors) {
          for (auto& value : values_) value.is_ambiguous = value.was_corrected = false;
        }
        reports.see(place, values_);
        const bool is_whole = of.division == strand::undivided && of.step == strand::undivided;
        amounts.see(place, values_, is_whole);
        if (is_whole) usual = amounts.usual();
        between.see(place, of, values_);
        has_reported = has_reported || !values_.empty();
      }
      reporting += has_reported;
      reports.finish_place(place, usual);
      between.finish_place(place);
    }
    reports.finish();
    amounts.finish();
    between.finish();
    if (reporting != 0) reporting_[{context.number, subject.indicator}] = reporting;
    return std::move(between).take_wholes();
  }

  static void put_in_order(std::vector<quality_finding>& findings) {
    const auto key = [](const quality_finding& f) {
      return std::tuple(f.programme, f.indicator, f.place + 1, f.first_day, f.last_day, f.check, f.other);
    };
    sort_stably(std::span(findings), [&](const quality_finding& a, const quality_finding& b) { return key(a) < key(b); });
  }

  const portfolio& plan_;
  const quality_options& options_;
  binding bound_;
  asked_of_reports asked_;
  quality_results made_;
  std::map<indicator_key, std::size_t> reporting_;  ///< places with entries
  row_buffer buffer_;
  std::vector<reported_value> values_;
};

}  // namespace attain::inline v0::detail
