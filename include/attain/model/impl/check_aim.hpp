#pragma once
/** What can be wrong with an aim, by itself and with the baseline that it is measured from. */
#include <attain/core/config.hpp>
#include <attain/model/impl/check_indicators.hpp>
#include <attain/model/impl/finding_list.hpp>
#include <attain/model/target.hpp>

#include <cmath>
#include <optional>

namespace attain::inline v0::detail {

/// Drops what is not finite: it is reported where it stands, and nothing is concluded from it.
inline std::optional<double> finite(std::optional<double> number) noexcept {
  return number && std::isfinite(*number) ? number : std::nullopt;
}

/// What an aim is judged with.
struct aim_context {
  const checked_indicator& indicator;
  cadence_kind cadence = cadence_kind::by;
  std::optional<double> declared_baseline{};  ///< finite

  /// Rule B1: kinds that begin at 0, whatever baseline is declared to make the goal of a change.
  bool begins_at_zero() const noexcept {
    const indicator_kind kind = indicator.spec->kind;
    return is_accumulator(kind) || kind == indicator_kind::steps || kind == indicator_kind::rating;
  }
  std::optional<double> baseline() const noexcept { return begins_at_zero() ? std::optional<double>(0) : declared_baseline; }
};

/// The number of an aim as an amount, a change added to the declared baseline; none of `rises` and `falls`, or if it is not
/// finite.
std::optional<double> goal_number(const aim& a, const aim_context& context);

/// Where an aim asks the amount to lie; an end that it leaves open has none.
struct aim_edges {
  std::optional<double> lower{};
  std::optional<double> upper{};
  bool strict = false;
};

/// The edges in numbers, if the programme declares enough to know them.
std::optional<aim_edges> edges_of(const aim& a, const aim_context& context);

/// Rule B2's tolerance around an edge.
double tolerance_of(double edge, std::optional<double> baseline);

/// Whether the two ask for the same as far as the programme declares it; true where it does not.
bool agree(const aim& a, const aim& b, const aim_context& context);

/// The field that holds the number of an aim: `at_least`, …
path field_of(const aim& a, const path& aim_field);

void check_aim(const aim& a, const path& where, const aim_context& context, finding_list& found);

/// A change needs something to be measured from.
void check_has_baseline(const aim& a, const path& where, const aim_context& context, finding_list& found);

/// Warns if the goal is reached before anything is done (rule B3).
void check_not_yet_reached(const aim& a, const path& where, const aim_context& context, finding_list& found);

}  // namespace attain::inline v0::detail

#ifndef ATTAIN_COMPILED
#include <attain/model/impl/check_aim.ipp>
#endif
