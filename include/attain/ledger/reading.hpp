#pragma once

/** The reading of an indicator at one place, as a step function of the as-of day (rules R2 to R8).

  Folding turns standing entries into *events*: on the day of each, the amount that holds until the next one. It is done once;
  a reading as of a day is then a look-up. Nothing here knows programmes or goals.
*/

#include <attain/core/config.hpp>
#include <attain/core/finding.hpp>
#include <attain/ledger/entry.hpp>
#include <attain/model/indicator.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace attain::inline v0 {

/// How one indicator is folded for one window.
struct fold_rule {
  indicator_kind kind = indicator_kind::increment;
  std::int32_t start = 0;  ///< first and last day of the window
  std::int32_t due = 0;
  origin counted_from = origin::window;                                 ///< running totals (rule R5)
  std::optional<double> eve_amount{};                                   ///< running totals: declared total on the eve
  std::int32_t maximum_age = (std::numeric_limits<std::int32_t>::max)();  ///< levels that are read together with others
  bool inside_only = false;                   ///< levels must lie in the window (rule R6, `every` and strict holds)
  std::span<const double> step_weights{};     ///< steps: slot i has weight i − 1
  std::span<const std::int32_t> step_days{};  ///< steps: due days
  std::uint32_t ranked_authors = 0;           ///< ratings: slots up to this are ranked, the rest come after them
};

/** What holds from `day` on, until the next event.

  `low` and `high` are the ends of the amount. An event with a reason has no amount. `covered` is, for increments, the number of
  days that the used periods have, otherwise a share: of a running total up to its data day, of steps the weight that is decided
  at due (rule A9).
*/
struct event {
  std::int32_t day = 0;
  std::int32_t data_day = 0;  ///< rule D4
  std::int32_t reach = 0;     ///< last day that accumulating members cover without a gap before it
  std::int32_t fresh_until = (std::numeric_limits<std::int32_t>::max)();  ///< last day on which no level of a tuple is stale
  double low = 0;
  double high = 0;
  double covered = 0;
  bool low_open = false;
  bool high_open = false;
  std::uint8_t missing = 0;  ///< a `reason`, 0 with an amount
};

/// Collects what a reading leaves out or doubts: straddling periods, overlaps, falls. Only explain asks for it.
class reading_notes {
 public:
  void note(code what, const entry& about);

  struct remark {
    attain::code code;
    std::int32_t first;
    std::int32_t last;
  };
  const std::vector<remark>& remarks() const noexcept { return remarks_; }

 private:
  std::vector<remark> remarks_;
};

/** Folds standing, undivided entries (steps and ratings: with their slots) into events in the order of their days.

  A place without any usable entry has no event before its first one: `no_observation`.
*/
void fold(std::span<const entry> entries, const fold_rule& rule, std::vector<event>& events, reading_notes* notes = nullptr);

/// The event that holds at the close of a day, if any. Precondition: in the order of their days.
const event* event_at(std::span<const event> events, std::int32_t day) noexcept;

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/ledger/impl/reading.ipp>
#endif
