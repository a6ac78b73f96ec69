#pragma once

/** A programme and reports whose quality is asked about, so that a test says the one thing that it is about. */

#include <attain/ledger/quality.hpp>

#include "support/builders.hpp"
#include "support/observations.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace attain::test {

/// 2021-01, 2021-02, … of any year.
inline std::string month_text(int year, int month) {
  return std::to_string(year) + (month < 10 ? "-0" : "-") + std::to_string(month);
}

/// One indicator "lifts" with a target for 2021 in a city with the counties east and west, and what was reported of it.
struct quality_scene {
  programme_spec spec = programme_of({increment("lifts")}, {target("1.1", "lifts", at_least(1000))});
  std::vector<observation> entries{};
  quality_options options{.as_of = date(2021, 12, 31)};

  indicator_spec& indicator() { return spec.indicators[0]; }
  target_spec& promise() { return spec.projects[0].targets[0]; }

  /// Monthly amounts from January on, each recorded ten days after its month.
  quality_scene& months(const std::string& place, const std::vector<double>& amounts, int year = 2021,
                        const std::string& indicator_id = "lifts") {
    for (std::size_t i = 0; i < amounts.size(); ++i) {
      add(indicator_id, place, month_text(year, static_cast<int>(i) + 1), amounts[i]);
    }
    return *this;
  }

  observation& add(const std::string& indicator_id, const std::string& place, const std::string& period, double amount,
                   int days_later = 10) {
    entries.push_back(report(indicator_id, place, period, amount));
    entries.back().recorded = entries.back().about.last() + days_later;
    return entries.back();
  }

  quality_report report_now() const { return quality(programme(spec), ledger(entries), options); }

  /// The findings of one check.
  std::vector<quality_finding> found(quality_check check) const {
    const quality_report made = report_now();
    std::vector<quality_finding> of_check;
    for (const quality_finding& f : made.findings()) {
      if (f.check == check) of_check.push_back(f);
    }
    return of_check;
  }

  /// The score of one measure and variant, of "lifts" unless told otherwise.
  quality_score scored(quality_measure measure, std::string_view variant = {}, std::uint32_t indicator_number = 0) const {
    const quality_report made = report_now();
    for (const quality_score& s : made.scores()) {
      if (s.measure == measure && s.indicator == indicator_number && (variant.empty() || s.variant == variant)) return s;
    }
    return {};
  }
};

/// A year of monthly amounts in which nothing is odd.
inline const std::vector<double>& ordinary_year() {
  static const std::vector<double> amounts{101, 96, 104, 99, 107, 93, 98, 102, 95, 106, 103, 97};
  return amounts;
}

}  // namespace attain::test
