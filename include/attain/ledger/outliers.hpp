#pragma once

/** How far single values stand out of their series, by a variant that has a name (docs/data-quality.md).

  Tools in use disagree about what "the" z-score outlier is: whose standard deviation, which constant, > or ≥, and what happens
  where the spread is 0. Here each is a variant, and results carry its word.

  Formulas as in the data quality app of WHO for DHIS2 (2017 to 2020), the annual report app after it (2024) and DHIS2 itself;
  modified scores after B. Iglewicz, D. C. Hoaglin, How to Detect and Handle Outliers (1993). Throws `invalid_option` for values
  that are not finite and for a threshold that is negative.
*/

#include <attain/core/answer.hpp>
#include <attain/core/config.hpp>
#include <attain/model/words.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace attain::inline v0 {

/// d = x − mean for z, x − median for the others.
enum class outlier_variant : std::uint8_t {
  z_sample,          ///< d/s, s over n − 1
  z_population,      ///< d/s, s over n
  modified_z,        ///< 0.6745·d/MAD
  modified_z_1486,   ///< d/(1.486·MAD)
  modified_z_exact,  ///< d·Φ⁻¹(3/4)/MAD
  mean_deviation_z,  ///< d/(1.253314·mean |d|): what modified scores fall back to where MAD is 0
};

template <>
struct detail::word_table<outlier_variant> {
  static constexpr std::string_view words[] = {"z_sample",        "z_population",     "modified_z",
                                               "modified_z_1486", "modified_z_exact", "mean_deviation_z"};
};

/// A variant with what decides: which scores stand out, and what happens where the spread is 0.
struct outlier_test {
  outlier_variant variant = outlier_variant::modified_z;
  double threshold = 3.5;
  bool at_threshold = false;          ///< a score of the threshold itself stands out, too (≥)
  bool falls_back = true;             ///< modified scores, to `mean_deviation_z` where MAD is 0; else not scorable
  bool constant_scores_zero = false;  ///< a series without any spread scores 0; else it is not scorable

  bool stands_out(double score) const noexcept;

  friend bool operator==(const outlier_test&, const outlier_test&) = default;
};

inline constexpr outlier_test who_extreme{outlier_variant::z_sample, 3};
inline constexpr outlier_test who_moderate{outlier_variant::z_sample, 2};
inline constexpr outlier_test who_modified{outlier_variant::modified_z, 3.5, false, true, true};
inline constexpr outlier_test who_2024_modified{outlier_variant::modified_z_1486, 3.5, false, true, true};
inline constexpr outlier_test dhis2_z{outlier_variant::z_population, 3, true};
inline constexpr outlier_test dhis2_modified{outlier_variant::modified_z, 3, true, false};
inline constexpr outlier_test dhis2_analytics_modified{outlier_variant::modified_z, 3, false, false, true};

struct outlier_scores {
  outlier_variant used = outlier_variant::modified_z;  ///< `mean_deviation_z` where a modified score fell back
  double center = 0;                                   ///< mean or median
  std::vector<double> scores{};                        ///< signed, one a value
};

/** The score of each value.

  `too_few_observations` where no value of so short a series could stand out, whatever it is: with 3 standard deviations of the
  sample that is up to 10 values. `denominator_zero` where there is no spread to compare with.
*/
answer<outlier_scores> score_outliers(std::span<const double> values, const outlier_test& test = {});

/// The largest absolute score that one of n values can have: (n − 1)/√n of `z_sample`, √(n − 1) of `z_population`, of the others
/// no limit from 3 values on, but n/1.253314 of `mean_deviation_z`.
double greatest_score(outlier_variant variant, std::size_t n) noexcept;

/// Whether some value could stand out of n.
bool can_detect(const outlier_test& test, outlier_variant used, std::size_t n) noexcept;

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/ledger/impl/outliers.ipp>
#endif
