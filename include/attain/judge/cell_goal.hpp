#pragma once

/** The goal of one cell in numbers, and the amount that is held against it. */

#include <cstdint>

namespace attain::inline v0 {

/// What kind of answer a cell has.
enum class course : std::uint8_t {
  unjudged,  ///< a reading only
  progress,  ///< from the baseline to the goal
  hold,      ///< already there, to be kept (rules A2, B3)
  cap,       ///< not to be exceeded by an accumulator (rule A3)
};

/// The form that an amount is compared in.
enum class comparison : std::uint8_t { at_least, at_most, band, above, below };

/// The goal of one cell in numbers.
struct cell_goal {
  double stated = 0;  ///< the number of the aim: of `about` the middle of its band
  double goal = 0;    ///< what decides: of a band its lower edge
  double upper = 0;   ///< of a band: its upper edge
  double baseline = 0;
  bool has_baseline = false;
  attain::course course = attain::course::unjudged;
  comparison compare = comparison::at_least;
  bool strict = false;
  bool unknown = false;        ///< the goal cannot be told, whatever else `missing` says
  bool inside_is_one = false;  ///< a band without an upper edge: inside, a is 1 (rule A6)
  bool no_way = false;         ///< a change of 0 around a band: there is no way to go (rule B4)
  std::uint8_t missing = 0;    ///< a `reason`, 0 if there is a goal; the course is known all the same

  friend bool operator==(const cell_goal&, const cell_goal&) = default;
};

/// The two ends of an amount (rule R11).
struct amount {
  double low = 0;
  double high = 0;
  bool low_open = false;
  bool high_open = false;
};

}  // namespace attain::inline v0
