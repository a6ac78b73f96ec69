#pragma once
/** The words that files, Python and messages use for the closed sets of the model, in one table.

  `to_string(aim_kind::at_least)` is "at_least" and `parse_word<aim_kind>("at_least")` is that value again.
*/
#include <attain/core/config.hpp>
#include <attain/model/aim.hpp>
#include <attain/model/indicator.hpp>
#include <attain/model/method.hpp>
#include <attain/model/roll_up.hpp>
#include <attain/model/target.hpp>
#include <attain/model/trajectory.hpp>

#include <cstddef>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace attain::inline v0 {

namespace detail {

/// The words of an enumeration in the order of its values, which begin at 0.
template <class Enum>
struct word_table;

template <>
struct word_table<indicator_kind> {
  static constexpr std::string_view words[] = {"increment", "running_total", "level", "ratio", "steps", "rating", "formula"};
};
template <>
struct word_table<origin> {
  static constexpr std::string_view words[] = {"window", "year", "ever"};
};
template <>
struct word_table<combination> {
  static constexpr std::string_view words[] = {"none", "sum", "weighted_mean", "least", "greatest"};
};
template <>
struct word_table<aim_kind> {
  static constexpr std::string_view words[] = {"at_least", "at_most", "about", "between", "rises", "falls"};
};
template <>
struct word_table<change_kind> {
  static constexpr std::string_view words[] = {"none", "amount", "percent"};
};
template <>
struct word_table<cadence_kind> {
  static constexpr std::string_view words[] = {"by", "every", "throughout"};
};
template <>
struct word_table<hold_judging> {
  static constexpr std::string_view words[] = {"window_to_date", "each_period"};
};
template <>
struct word_table<trajectory_kind> {
  static constexpr std::string_view words[] = {"by_default", "straight", "step", "checkpoints", "logistic", "seasonal"};
};
template <>
struct word_table<belonging> {
  static constexpr std::string_view words[] = {"none", "part_of", "attribute_of", "input_of"};
};
template <>
struct word_table<not_due_policy> {
  static constexpr std::string_view words[] = {"leave_out", "count_as_zero"};
};
template <>
struct word_table<missing_policy> {
  static constexpr std::string_view words[] = {"leave_out", "count_as_zero", "refuse"};
};
template <>
struct word_table<aggregation> {
  static constexpr std::string_view words[] = {
      "weighted_mean",  "geometric_mean",  "harmonic_mean", "power_mean", "least", "greatest", "mean_min",
      "penalised_mean", "weighted_median", "share_met",     "all_met",    "worst", "custom"};
};
template <>
struct word_table<divisor> {
  static constexpr std::string_view words[] = {"n", "n_minus_1"};
};
template <>
struct word_table<weighting> {
  static constexpr std::string_view words[] = {"given", "equal", "leaf_count", "measure", "comparisons", "entropy"};
};
template <>
struct word_table<priority_method> {
  static constexpr std::string_view words[] = {"eigenvector", "row_geometric_mean", "column_mean"};
};
template <>
struct word_table<random_index> {
  static constexpr std::string_view words[] = {"saaty_1980", "saaty_2005", "donegan_dodd_1991", "tummala_ling_1998"};
};
template <>
struct word_table<entropy_transform> {
  static constexpr std::string_view words[] = {"shares", "min_max", "min_max_tenth", "min_max_plus_one"};
};
template <>
struct word_table<rule_effect> {
  static constexpr std::string_view words[] = {"veto", "ceiling", "grade_ceiling", "deduction", "bonus", "fail", "worst_status"};
};
template <>
struct word_table<rule_condition> {
  static constexpr std::string_view words[] = {"missed", "failing", "unmet", "met", "below", "judged"};
};
template <>
struct word_table<quantity> {
  static constexpr std::string_view words[] = {"gap",
                                               "attainment",
                                               "pace",
                                               "spi",
                                               "of_goal",
                                               "of_planned",
                                               "closeness",
                                               "growth",
                                               "plain_growth",
                                               "growth_ratio",
                                               "plain_growth_ratio",
                                               "lead",
                                               "change_by_due",
                                               "rest_by_due",
                                               "mean_change",
                                               "last_change",
                                               "chance",
                                               "score",
                                               "cpi"};
};
template <>
struct word_table<base_rule> {
  static constexpr std::string_view words[] = {"baseline", "eve", "eve_or_later", "eve_or_nearest"};
};
template <>
struct word_table<role> {
  static constexpr std::string_view words[] = {"met", "on_track", "at_risk", "behind", "missed", "not_due"};
};

}  // namespace detail

/// An enumeration of the model that has words.
template <class Enum>
concept Worded = requires {
  detail::word_table<Enum>::words;
};

template <Worded Enum>
constexpr std::span<const std::string_view> words_of() noexcept {
  return detail::word_table<Enum>::words;
}

template <Worded Enum>
constexpr std::string_view to_string(Enum value) noexcept {
  return words_of<Enum>()[static_cast<std::size_t>(value)];
}

template <Worded Enum>
constexpr std::optional<Enum> parse_word(std::string_view word) noexcept {
  const auto words = words_of<Enum>();
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i] == word) return static_cast<Enum>(i);
  return std::nullopt;
}

/// The facts that rules of a method may ask for, in the order of their bits.
inline constexpr std::string_view fact_words[] = {
    "not_applicable", "before_start",     "reached_for_good", "out_of_reach",       "due",  "covers_due",
    "reached",        "nothing_expected", "unreadable",       "reached_reversibly", "hold", "without_attainment",
    "open_ended",     "decreasing",       "share_at_end"};
static_assert(std::size(fact_words) == fact_count);

/// Aggregators that a programme may name; any other is `custom:NAME@VERSION`.
inline constexpr std::span<const std::string_view> aggregator_words =
    words_of<aggregation>().first(static_cast<std::size_t>(aggregation::custom));

/// "a, b or c", to say what was expected.
std::string one_of(std::span<const std::string_view> words);

/** The name of something that the evaluation's options supply: `custom:NAME@VERSION`.

  Both parts are of ASCII letters, digits, `_`, `.`, `+` and `-`, and not empty.
*/
struct custom_name {
  std::string_view name;
  std::string_view version;
};

inline constexpr std::string_view custom_prefix = "custom:";

/// Whether the text means to be a custom name, well-formed or not.
constexpr bool is_custom(std::string_view text) noexcept { return text.starts_with(custom_prefix); }

std::optional<custom_name> parse_custom_name(std::string_view text) noexcept;

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/model/impl/words.ipp>
#endif
