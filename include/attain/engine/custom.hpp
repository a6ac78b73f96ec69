#pragma once

/** Functions of the user, by the name that a programme gives them: `custom:NAME@VERSION`.

  A programme is data and never holds a callable; an evaluation's options supply them, and a name that nobody supplied is
  refused before evaluating. Functions receive whole columns, one call a target or tree level, never one a cell. They must be
  pure: equal columns give equal results. What is not a finite number comes back as `overflow`.
*/

#include <attain/model/method.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace attain::inline v0 {

/// Computes one indicator from others: `inputs[i][row]`, all present, to `out[row]`.
using formula_function = std::function<void(std::span<const std::span<const double>> inputs, std::span<double> out)>;

/// The judged columns of one target, one row a place.
struct judged_columns {
  std::span<const std::uint16_t> facts;              ///< bits of `fact`
  std::span<const double> attainment;                ///< 0 where `attainment_missing`
  std::span<const std::uint8_t> attainment_missing;  ///< a `reason`, 0 with a value
  std::span<const double> expected;
  std::span<const std::uint8_t> expected_missing;
  std::span<const double> gap;
  std::span<const std::uint8_t> gap_missing;
};

/// A way of judging: its states, bands and ceiling as data, and a function that gives the state of each row, `no_state` for none.
struct custom_method {
  method_spec description;
  std::function<void(const judged_columns& of, std::span<std::uint8_t> state)> judge;
};

/// The children of the nodes of one level that have a value: node i has the rows from `begin[i]` up to `begin[i + 1]`.
struct child_columns {
  std::span<const std::uint32_t> begin;
  std::span<const double> value;
  std::span<const double> weight;
};

/// Combines the values of children to one a node; called for attainment and for expected with the same children and weights (rule
/// U2), then for the lower and the upper bounds.
using aggregator_function = std::function<void(const child_columns& of, std::span<double> out)>;

struct custom_functions {
  std::map<std::string, formula_function, std::less<>> formulas{};  ///< by `NAME@VERSION`
  std::map<std::string, custom_method, std::less<>> methods{};
  std::map<std::string, aggregator_function, std::less<>> aggregators{};
};

/// Of the functions those that a portfolio names, in the order in which its compiled form numbers them.
struct used_functions {
  std::vector<formula_function> formulas;
  std::vector<aggregator_function> aggregators;
};

}  // namespace attain::inline v0
