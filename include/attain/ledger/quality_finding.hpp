#pragma once

/** What checks of data quality find, and how good the data are: findings and scores of a `quality_report`.

  A finding is something to ask about, never an accusation and never a correction: readings stay as reported. Each has a sentence
  in English and Chinese. Formulas and thresholds are in docs/data-quality.md.
*/

#include <attain/core/answer.hpp>
#include <attain/core/config.hpp>
#include <attain/core/finding.hpp>
#include <attain/ledger/rows.hpp>
#include <attain/model/programme_spec.hpp>
#include <attain/model/words.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace attain::inline v0 {

enum class quality_check : std::uint8_t {
  // reports
  missing_report,   ///< due and not received; one finding for periods that follow one another
  late_report,      ///< received after its due day
  early_report,     ///< recorded before its period was over
  back_dated,       ///< first recorded after a later period had been
  late_correction,  ///< another amount, recorded after the due day
  future_day,       ///< about a day after the as-of day
  outside_window,   ///< about days that no target reads
  contradiction,    ///< equal `recorded` with different contents (rule R1a)
  // amounts of one series
  outlier,           ///< a variant says that it stands out
  cannot_detect,     ///< series too short for a variant to find anything
  magnitude_slip,    ///< ×10, ×100, ×1000, 万, 亿 or that part of what its neighbours say
  falling_total,     ///< a running total falls without a declared reset
  copied_forward,    ///< equal amounts in a row
  total_so_far,      ///< amounts of periods that only ever rise, as totals would
  beyond_limit,      ///< beyond the natural limit of the indicator
  negative_count,    ///< fewer than none of what is counted whole
  fractional_count,  ///< a part of what is counted whole
  last_digits,       ///< uneven
  first_digits,      ///< far from Benford's law
  // between series
  same_series,         ///< two places report the same amounts throughout
  same_evidence,       ///< for several reports of one indicator
  part_exceeds_whole,  ///< more than that which it is part of
  categories_differ,   ///< from the undivided report
  places_differ,       ///< from the place that contains them (rule R9)
  related_differ,      ///< indicators that belong together do not agree
  // over time
  completeness_changed,  ///< against the years before
  changed_over_time,     ///< the year's amount against the years before
  goal_moved,            ///< after its result was known (rule T1)
};

/// What the scores are about; in all, `share` is `count` / `of`.
enum class quality_measure : std::uint8_t {
  completeness,          ///< reports received / due (WHO 1a)
  data_completeness,     ///< reports with an amount / due (1c)
  timeliness,            ///< reports received by their due day / due (1b)
  steady_completeness,   ///< places whose completeness is as in the years before / those that have such years (1d)
  outliers,              ///< amounts that stand out / amounts tested, by variant (2a to 2c)
  over_time,             ///< places whose year is as the years before let expect / those that have such years (2d)
  related,               ///< places at which two indicators agree / those with both (2e)
  internal_consistency,  ///< places without a contradiction in what they report / places that report
};

template <>
struct detail::word_table<quality_check> {
  static constexpr std::string_view words[] = {
      "missing_report", "late_report",          "early_report",      "back_dated",         "late_correction",   "future_day",
      "outside_window", "contradiction",        "outlier",           "cannot_detect",      "magnitude_slip",    "falling_total",
      "copied_forward", "total_so_far",         "beyond_limit",      "negative_count",     "fractional_count",  "last_digits",
      "first_digits",   "same_series",          "same_evidence",     "part_exceeds_whole", "categories_differ", "places_differ",
      "related_differ", "completeness_changed", "changed_over_time", "goal_moved"};
};
template <>
struct detail::word_table<quality_measure> {
  static constexpr std::string_view words[] = {"completeness", "data_completeness", "timeliness", "steady_completeness",
                                               "outliers",     "over_time",         "related",    "internal_consistency"};
};

/** One thing to look at, in numbers; `quality_report` has its texts.

  What `value`, `expected`, `score`, `threshold`, `effect` and `n` are depends on the check and is said in docs/data-quality.md;
  one that means nothing is `not_applicable`.
*/
struct quality_finding {
  quality_check check = quality_check::missing_report;
  attain::severity severity = attain::severity::note;
  std::uint32_t programme = 0;     ///< in the portfolio
  std::uint32_t indicator = none;  ///< in its programme, as the next two
  std::uint32_t place = none;      ///< none: about the indicator as a whole
  std::uint32_t target = none;     ///< of `goal_moved` and `part_exceeds_whole`
  std::uint32_t other = none;      ///< the indicator, place or dimension that it is compared with
  std::int32_t first_day = 0;      ///< days since 1970-01-01, both inclusive
  std::int32_t last_day = 0;
  answer<double> value = reason::not_applicable;
  answer<double> expected = reason::not_applicable;
  answer<double> score = reason::not_applicable;
  answer<double> threshold = reason::not_applicable;
  answer<double> effect = reason::not_applicable;
  std::string_view variant{};           ///< word of the formula, static
  std::uint32_t n = 0;                  ///< of how many values, reports or periods
  std::optional<row_position> entry{};  ///< the entry it is about
};

/// How good the data of one indicator, or of a programme, are in one respect.
struct quality_score {
  quality_measure measure = quality_measure::completeness;
  std::uint32_t programme = 0;
  std::uint32_t indicator = none;  ///< none: all indicators of the programme
  std::size_t count = 0;
  std::size_t of = 0;
  answer<double> share = reason::too_few_observations;  ///< count/of
  std::size_t not_calculable = 0;  ///< places, or pairs of a place and an indicator, left out for want of data
  std::size_t divergent = 0;       ///< places beyond the threshold
  answer<double> threshold = reason::not_applicable;
  std::string_view variant{};  ///< word of the formula, static
};

/// How grave findings of a check are: a note asks, a warning says that two reports cannot both be right.
severity severity_of(quality_check check) noexcept;

/** The sentence of a check with places to fill: `{value}`, `{value%}` as a share, `{other}`, …; what stands in `[…]` is left out
   if one of its places has nothing to fill it.
*/
std::string_view sentence_of(quality_check check, language in) noexcept;

/// "completeness", "完整性"
std::string_view label_of(quality_measure measure, language in) noexcept;

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/ledger/impl/quality_finding.ipp>
#endif
