#pragma once

// What codes are called where people read an explanation; the data of its steps keep the codes.

#include <attain/core/answer.hpp>
#include <attain/core/number_text.hpp>
#include <attain/core/unit.hpp>
#include <attain/engine/evaluation.hpp>
#include <attain/model/words.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

namespace attain::inline v0::detail {

// -- numbers ---------------------------------------------------------------------------------------

/// Beyond this, no decimals are left, and what is multiplied by more is not finite in the end.
inline constexpr double most_rounded = 1e15;

/// To four decimals; smaller ones to four digits.
inline std::string brief_text(double x) {
  const double size = std::abs(x);
  if (size >= most_rounded || size == 0) return to_text(x);
  const double digits = size < 1 ? 3 - std::floor(std::log10(size)) : 4;
  const double scale = std::pow(10.0, digits);
  return std::isfinite(scale) ? to_text(std::round(x * scale) / scale) : to_text(x);
}

inline std::string percent(double share) {
  return std::abs(share) < most_rounded ? to_text(std::round(share * 10000) / 100) + "%" : to_text(share) + " times";
}

/// How far two shares are apart.
inline std::string points(double gap) {
  if (std::abs(gap) >= most_rounded) return to_text(gap) + " times";
  const double rounded = std::round(gap * 10000) / 100;
  return to_text(rounded) + (std::abs(rounded) == 1 ? " point" : " points");
}

/// A number and its unit: `5000 people`, `60%`.
inline std::string with_unit(std::string number, std::string_view unit) {
  if (unit.empty()) return number;
  return number + (unit == "%" || unit == "‰" ? "" : " ") + std::string(unit);
}

inline std::string amount_text(const indicator_spec& of, double x) {
  if (of.unit.empty()) return brief_text(x);
  if (of.unit == "share") return percent(x);
  const parsed<double> written = parse_unit(of.unit).try_written(x);
  return written ? with_unit(brief_text(*written), of.unit) : to_text(x);  // 1e307 is no percentage
}

// -- words -----------------------------------------------------------------------------------------

/// A code that is made of words.
inline std::string in_words(std::string_view code) {
  std::string text(code);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

inline std::string in_words(reason why) { return std::string(label_of(why, language::english)); }

inline std::string because(std::uint8_t missing) { return in_words(static_cast<reason>(missing)); }

/// A grade keeps its letter: `A2 – meets expectations`.
inline std::string in_words(const state_spec& state) {
  const std::string label(label_of(state, language::english));
  const bool is_grade = state.name.front() >= 'A' && state.name.front() <= 'Z' && label != state.name;
  return is_grade ? state.name + " – " + label : label;
}

inline std::string in_words(const answer<status>& of) { return of.has_value() ? in_words(of->state()) : in_words(of.why()); }

inline std::string_view in_words(aggregation by) noexcept {
  static constexpr std::string_view words[] = {
      "weighted mean",       "geometric mean",  "harmonic mean",         "power mean",      "the least",
      "the greatest",        "mean-min",        "penalised mean",        "weighted median", "the share that is met",
      "whether all are met", "the worst child", "a function of the user"};
  static_assert(std::size(words) == words_of<aggregation>().size());
  return words[static_cast<std::size_t>(by)];
}

inline std::string_view in_words(weighting by) noexcept {
  static constexpr std::string_view words[] = {"what is given",    "equal parts",          "the number of targets",
                                               "what is measured", "comparisons in pairs", "entropy"};
  static_assert(std::size(words) == words_of<weighting>().size());
  return words[static_cast<std::size_t>(by)];
}

inline std::string_view in_words(quantity what) noexcept {
  static constexpr std::string_view words[] = {"gap",
                                               "attainment",
                                               "pace",
                                               "schedule index",
                                               "share of the goal",
                                               "share of the plan",
                                               "closeness to the goal",
                                               "growth in the wanted direction",
                                               "growth",
                                               "growth in the wanted direction over that needed",
                                               "growth over that needed",
                                               "lead over the goal",
                                               "change by due over that needed",
                                               "change by due over what is left",
                                               "mean change a year in the wanted direction",
                                               "last change",
                                               "chance",
                                               "score",
                                               "cost index"};
  static_assert(std::size(words) == words_of<quantity>().size());
  return words[static_cast<std::size_t>(what)];
}

/// A quantity with its value: `gap -7.4 points`, `chance 64%`.
inline std::string in_words(quantity what, double value) {
  const std::string name(in_words(what));
  switch (what) {
    case quantity::gap:
      return name + " " + points(value);
    case quantity::attainment:
    case quantity::of_goal:
    case quantity::of_planned:
    case quantity::closeness:
    case quantity::growth:
    case quantity::plain_growth:
    case quantity::change_by_due:
    case quantity::rest_by_due:
    case quantity::chance:
      return name + " " + percent(value);
    default:
      return name + " " + brief_text(value);
  }
}

}  // namespace attain::inline v0::detail
