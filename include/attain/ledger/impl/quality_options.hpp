#pragma once

// The options of a quality report.

#include <attain/core/arguments.hpp>
#include <attain/core/id.hpp>
#include <attain/ledger/quality.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>

namespace attain::inline v0::detail {

/// Throws `invalid_option` for what they may not be.
inline void check_quality_options(const portfolio& plan, const quality_options& options) {
  const auto share = [](double value, std::string_view name) {
    require(value >= 0 && value <= 1, name, value, "a share from 0 to 1");
  };
  share(options.minimum_completeness, "minimum_completeness");
  share(options.minimum_timeliness, "minimum_timeliness");
  require(options.steady_within >= 0 && std::isfinite(options.steady_within), "steady_within", options.steady_within,
          "0 or more");
  require(options.reference_years >= 1, "reference_years", options.reference_years, "1 or more");
  require(options.equal_in_a_row >= 2, "equal_in_a_row", options.equal_in_a_row, "2 or more");
  require(options.days_to_report.value_or(0) >= 0, "days_to_report", options.days_to_report.value_or(0), "0 or more");
  require(options.slips.tolerance > 0 && options.slips.tolerance < 0.5, "slips", options.slips.tolerance,
          "a tolerance above 0 and below 0.5");
  for (std::size_t i = 0; i < options.outliers.size(); ++i) {
    const double threshold = options.outliers[i].threshold;
    require(threshold >= 0 && std::isfinite(threshold), place_of("outliers", i), threshold, "a threshold of 0 or more");
  }
  for (std::size_t i = 0; i < options.related.size(); ++i) {
    const related_indicators& pair = options.related[i];
    require(pair.tolerance >= 0 && std::isfinite(pair.tolerance), place_of("related", i), pair.tolerance,
            "a tolerance of 0 or more");
    for (const std::string& id : {pair.first, pair.second}) {
      const bool is_known = std::any_of(plan.programmes().begin(), plan.programmes().end(), [&](const programme& p) {
        const auto found = p.find_indicator(id);
        return found && is_reported(p.indicators()[*found].kind);
      });
      if (is_known) continue;
      refuse_argument(code::unknown_indicator, place_of("related", i), escaped_excerpt(id), "an indicator that is reported",
                      "no programme has the indicator " + escaped_excerpt(id) + " reported");
    }
  }
}

}  // namespace attain::inline v0::detail
