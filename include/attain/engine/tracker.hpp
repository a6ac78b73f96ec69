#pragma once

/** Keeps an evaluation current while observations arrive (design, section 5).

  An observation touches its cell and the cells and nodes above it, nothing else; what comes out is the same, to the last bit, as
  a full run over the longer ledger. What the compiled form does not know costs a full run: the first report of a series, an entry
  before the window that a baseline is read from, shares of goals and single categories; moving the as-of day does, too.

  @code
  tracker now(plan, book, {.as_of = date{2021, 9, 30}});
  const auto& changed = now.apply({.indicator = "lifts", .place = "east", .about = parse_period("2021-09"), .low = 12, .high =
  12});
  @endcode
*/

#include <attain/core/config.hpp>
#include <attain/core/date.hpp>
#include <attain/engine/evaluate.hpp>
#include <attain/engine/read.hpp>
#include <attain/engine/roll_up.hpp>
#include <attain/ledger/ledger.hpp>
#include <attain/model/portfolio.hpp>

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace attain::inline v0 {

/// What an observation changed: positions in the columns of `compiled`, ascending and each once; after a full run all of them.
struct tracked_changes {
  std::vector<std::uint32_t> cells;
  std::vector<std::uint32_t> nodes;

  bool empty() const noexcept { return cells.empty() && nodes.empty(); }
};

class tracker {
 public:
  tracker(portfolio plan, ledger book, evaluate_options options);
  ~tracker();
  tracker(tracker&&) noexcept;
  tracker& operator=(tracker&&) noexcept;

  date as_of() const noexcept;
  const ledger& book() const noexcept;

  /** Appends the observation to the tracker's ledger and brings everything above it up to date.

    The result holds until the next call. Throws as `ledger::append` does, and then nothing has changed.
  */
  const tracked_changes& apply(const observation& entry);

  /// For those who append often: the series and batch of an observation, and a row of it.
  series_id series_for(const observation& like);
  batch_id batch_for(date recorded, std::string_view author = {}, std::string_view source = {});
  const tracked_changes& apply(const ledger_row& row);

  /// The current results, in the order of `compiled()`.
  const cell_columns& cells() const noexcept;
  std::span<const node_result> nodes() const noexcept;
  const attain::compiled& compiled() const noexcept;

  /// The current state as an evaluation of its own; costs a full run.
  evaluation snapshot() const;

  /// Moves the as-of day; costs a full run.
  void move_to(date as_of);

 private:
  struct state;
  std::unique_ptr<state> state_;
};

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/engine/impl/tracker.ipp>
#endif
