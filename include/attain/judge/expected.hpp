#pragma once

/** The share of the way that a trajectory plans by a day: F(t) of rules F1 to F4, and its inverse.

  A curve counts whole months, is a line through points (close of a day, share), or is the normalised logistic. It never falls, is
  0 at the close of the eve of the window and 1 at the close of its due day. A step is a rise between two closes.
*/

#include <attain/core/config.hpp>
#include <attain/core/date.hpp>
#include <attain/core/period.hpp>
#include <attain/model/trajectory.hpp>

#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace attain::inline v0 {

/// Where the close of a day lies among calendar months; kept from one question to the next, as most are about the same few days.
struct month_position {
  std::int32_t day = (std::numeric_limits<std::int32_t>::min)();
  int month = 0;    ///< counted from year 0
  double part = 0;  ///< of it that has passed

  static month_position of(std::int32_t day) noexcept;
};

class expected_curve {
 public:
  struct point {
    double day = 0;  ///< days since 1970-01-01, counted at the close
    double share = 0;
    friend bool operator==(const point&, const point&) = default;
  };

  /// Straight (rule F1), step, logistic or seasonal over @p window; checkpoints must be shares here.
  static expected_curve of(const trajectory& shape, const period& window);

  /// 序时进度 (rule F1): twelfths of a year by whole months, otherwise days.
  static expected_curve straight(const period& window);

  /// Rises at the closes of the given days in proportion to the given shares (rule F3). A day outside the window counts as its
  /// first or last (F3a).
  static expected_curve steps(const period& window, std::span<const point> rises);

  /// F at the close of @p day.
  double at(std::int32_t day) const noexcept;
  /// The same; @p last is the day that was asked about last, and becomes this one where months count.
  double at(std::int32_t day, month_position& last) const noexcept;

  /// The numbers that F at the close of a day is made of.
  struct working {
    enum class form : std::uint8_t {
      end,       ///< up to the eve 0, from the close of due 1
      months,    ///< passed / all
      line,      ///< between two points
      logistic,  ///< of the share of the days that have passed
    };
    form what = form::end;
    double passed = 0;  ///< months, or of a logistic a share
    double all = 0;     ///< months
    point from{};
    point to{};
    double midpoint = 0;
    double steepness = 0;
  };
  working working_at(std::int32_t day) const noexcept;

  /** The first and the last time at which F is @p share, linear between closes: one and the same on a slope, an interval on a
    plateau (rule P3), which a share within 1e-9 of it is on (P3b).

    Precondition: share < 1. Shares below 0 are taken as 0.
  */
  std::pair<double, double> when(double share) const noexcept;

  friend bool operator==(const expected_curve&, const expected_curve&) = default;

 private:
  /// Stays where it is until the eve of @p day, and is @p share at its close.
  void step_up(double day, double share);
  /// From the points.
  void find_ends() noexcept;

  int months_ = 0;             ///< of a window of whole months that is counted by them, else 0
  int first_month_ = 0;        ///< counted from year 0
  double eve_ = 0;             ///< up to its close F is 0
  double end_ = 0;             ///< from its close on it is 1
  std::vector<point> points_;  ///< of a line through points, both ends among them; else none
  double midpoint_ = 0;
  double steepness_ = 0;  // 0: a straight line, or one through points
};

/// Whole units only (rule F2): the largest whole number of units within F, as a share of @p goal.
double whole_units(double share, double goal) noexcept;

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/judge/impl/expected.ipp>
#endif
