#pragma once

/** Short ways to an observation, so that a test says the one thing that it is about. */

#include <attain/core/date.hpp>
#include <attain/core/period.hpp>
#include <attain/ledger/observation.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace attain::test {

/// An amount of a period, recorded on its last day unless told otherwise.
inline observation report(std::string indicator, std::string place, std::string_view period, double amount,
                          std::string_view recorded = {}) {
  observation o{.indicator = std::move(indicator), .place = std::move(place), .about = parse_period(period), .low = amount,
                .high = amount};
  o.recorded = recorded.empty() ? o.about.last() : parse_date(recorded);
  return o;
}

inline observation withdrawal(std::string indicator, std::string place, std::string_view period, std::string_view recorded = {}) {
  observation o = report(std::move(indicator), std::move(place), period, 0, recorded);
  o.withdrawn = true;
  return o;
}

inline observation without_amount(std::string indicator, std::string place, std::string_view period, reason why,
                                  std::string_view recorded = {}) {
  observation o = report(std::move(indicator), std::move(place), period, 0, recorded);
  o.missing = why;
  return o;
}

inline observation interval(std::string indicator, std::string place, std::string_view period, double low, double high) {
  observation o = report(std::move(indicator), std::move(place), period, low);
  o.high = high;
  return o;
}

}  // namespace attain::test
