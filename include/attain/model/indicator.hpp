#pragma once
/** What is counted or measured: unit, kind, and how it adds up along time and place. */
#include <attain/core/date.hpp>
#include <attain/core/period.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace attain::inline v0 {

enum class indicator_kind : std::uint8_t {
  increment,      ///< a report says the amount of its own period
  running_total,  ///< the total since the origin (截至6月底累计)
  level,          ///< the state on a day
  ratio,          ///< two other indicators
  steps,          ///< weighted steps are done
  rating,         ///< a judgement with its author
  formula,        ///< an expression over others
};

/// Where a running total starts (rule R5).
enum class origin : std::uint8_t { window, year, ever };

/// How a level adds up across places (rule R9).
enum class combination : std::uint8_t { none, sum, weighted_mean, least, greatest };

struct step_spec {
  std::string id{};
  std::string name{};
  double weight = 1;
  std::optional<date> due{};             ///< else the target's

  friend bool operator==(const step_spec&, const step_spec&) = default;
};

struct dimension_spec {
  std::string id{};
  std::vector<std::string> categories{};
  bool complete = false;                 ///< its categories add up to the whole (rule R10)

  friend bool operator==(const dimension_spec&, const dimension_spec&) = default;
};

struct indicator_spec {
  std::string id{};
  std::string name{};
  std::string unit{};                    ///< symbol, see `core/unit.hpp`
  indicator_kind kind = indicator_kind::increment;

  std::optional<frequency> period{};     ///< reporting period (rule D2)
  std::optional<int> period_days{};      ///< where it is not a calendar one
  std::optional<int> maximum_age{};      ///< days, else two reporting periods
  std::optional<int> allowed_lag{};      ///< days, else two reporting periods
  std::optional<bool> indivisible{};     ///< whole units only (rule F2), else what the unit says
  std::optional<double> natural_limit{}; ///< what it cannot pass, such as 100 %: near it methods ask for less growth

  origin counted_from = origin::window;  ///< running totals
  std::optional<double> eve_amount{};    ///< running totals: the total on the eve of the window, at the root place

  combination across_places = combination::none;  ///< levels
  std::string weighted_by{};             ///< of the weighted mean

  std::string numerator{};               ///< ratio
  std::string denominator{};

  std::string expression{};              ///< formula text, or `custom:NAME@VERSION`
  std::vector<std::string> inputs{};     ///< of a custom formula

  std::vector<step_spec> steps{};
  std::vector<std::pair<std::string, double>> scale{};  ///< rating: name and amount
  std::vector<std::string> authors{};    ///< rating: precedence (rule R14)

  std::vector<dimension_spec> dimensions{};
  std::string stage{};                   ///< what an entry carries or leaves empty (rule R12)
  std::string scope{};

  std::string note{};
  std::string source{};

  friend bool operator==(const indicator_spec&, const indicator_spec&) = default;
};

/// Whether amounts of this kind only pile up, so that a floor once reached stays reached.
constexpr bool is_accumulator(indicator_kind kind) noexcept {
  return kind == indicator_kind::increment || kind == indicator_kind::running_total;
}

/// Whether reports are made about it, rather than about others that it is computed from.
constexpr bool is_reported(indicator_kind kind) noexcept {
  return kind != indicator_kind::ratio && kind != indicator_kind::formula;
}

}  // namespace attain::inline v0
