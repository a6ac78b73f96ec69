#pragma once

/** How far the reports behind a programme can be trusted: what is missing, late, doubtful or contradictory
  (docs/data-quality.md).

  Findings ask and never correct; nothing here changes a reading. What cannot be judged, because a series is too short or has no
  spread, is said to be so and never counts as good. A pure function of programme, ledger and options; the results are in one
  order whatever the order of appending.

  A report is due at a place that has a quota of a target that reads the indicator, or that ever reported it (else at the targets'
  own place), for every whole period of the indicator's frequency in the windows of its targets, as soon as its due day has
  passed.
*/

#include <attain/core/config.hpp>
#include <attain/core/date.hpp>
#include <attain/ledger/ledger.hpp>
#include <attain/ledger/outliers.hpp>
#include <attain/ledger/quality_finding.hpp>
#include <attain/ledger/slips.hpp>
#include <attain/model/portfolio.hpp>
#include <attain/model/words.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0 {

/// How the amounts A and B of two indicators belong together, place by place (WHO 2e).
enum class indicator_relation : std::uint8_t {
  about_equal,  ///< A/B within 1 ± tolerance
  at_least,     ///< A/B ≥ 1 − tolerance
  dropout,      ///< (A − B)/A ≥ 0: no more come to the second step than to the first
  level,        ///< A/B within 1 ± tolerance of that of all places together
};

/// What the years before let expect: their mean, or the straight line through them, at least 0.
enum class expected_trend : std::uint8_t { constant, linear };

template <>
struct detail::word_table<indicator_relation> {
  static constexpr std::string_view words[] = {"about_equal", "at_least", "dropout", "level"};
};
template <>
struct detail::word_table<expected_trend> {
  static constexpr std::string_view words[] = {"constant", "linear"};
};

struct related_indicators {
  std::string first{};   ///< A
  std::string second{};  ///< B
  indicator_relation relation = indicator_relation::about_equal;
  double tolerance = 0.1;

  friend bool operator==(const related_indicators&, const related_indicators&) = default;
};

struct quality_options {
  date as_of;                      ///< what had happened, at the close of this day
  std::optional<date> known_at{};  ///< what had been reported; none: everything recorded
  std::optional<int>
      days_to_report{};               ///< from the end of a period to the due day of its report; none: the allowed lag (rule D2)
  double minimum_completeness = 0.9;  ///< under it a place is divergent, in data completeness likewise
  double minimum_timeliness = 0.75;
  double steady_within = 0.33;  ///< of completeness and amounts against the years before
  int reference_years = 3;
  expected_trend trend = expected_trend::constant;
  std::vector<outlier_test> outliers{who_extreme, who_modified, who_moderate};  ///< the first that flags an amount names it
  slip_rule slips{};
  int equal_in_a_row = 3;
  std::vector<related_indicators> related{};
  std::vector<quality_check> only{};  ///< findings of these checks alone; none: of all
};

class quality_report {
 public:
  date as_of() const noexcept;
  std::optional<date> known_at() const noexcept;
  const portfolio& plan() const noexcept;
  const ledger& book() const noexcept;
  /// From the end of a period to the due day of its report; none of an indicator of which no reports are due. Both numbers are in
  /// range.
  std::optional<int> days_to_report(std::uint32_t programme, std::uint32_t indicator) const noexcept;

  /// By programme, indicator, place, period and check.
  std::span<const quality_finding> findings() const noexcept;
  /// By programme and indicator, those of a whole programme before those of its indicators.
  std::span<const quality_score> scores() const noexcept;

  // -- texts of a finding of this report; empty where there is none ------------------------------------
  const std::string& programme_id(const quality_finding& of) const noexcept;
  std::string_view indicator_id(const quality_finding& of) const noexcept;
  std::string_view place_id(const quality_finding& of) const noexcept;
  std::string_view target_id(const quality_finding& of) const noexcept;
  /// The indicator, place or dimension that it is compared with.
  std::string_view other_id(const quality_finding& of) const noexcept;
  std::string sentence(const quality_finding& of, language in = language::english) const;
  /// The entry that it is about, if it is about one.
  std::optional<observation> entry(const quality_finding& of) const;

  /// Keeps what the texts point into.
  std::shared_ptr<const void> share() const noexcept { return data_; }

 private:
  struct data;
  friend quality_report quality(const portfolio& plan, const ledger& book, const quality_options& options);
  explicit quality_report(std::shared_ptr<const data> made) noexcept : data_(std::move(made)) {}

  std::shared_ptr<const data> data_;
};

/// Throws `invalid_option` for shares, days and numbers outside their range, and for related indicators that no programme has.
quality_report quality(const portfolio& plan, const ledger& book, const quality_options& options);

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/ledger/impl/quality.ipp>
#endif
