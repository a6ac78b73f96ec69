#pragma once

/** How far long work has come, for whoever shows it or stops it. The library itself prints nothing. */

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

namespace attain::inline v0 {

/// What long work is at, in the order in which it happens. Work that is not needed is left out.
enum class phase : std::uint8_t {
  reading,    ///< text into rows
  indexing,   ///< rows into a ledger
  compiling,  ///< programme and ledger into flat arrays
  judging     ///< readings, judgements and roll-ups, of all days that were asked for
};

/// Its word.
constexpr std::string_view to_string(phase one) noexcept {
  constexpr std::string_view words[] = {"reading", "indexing", "compiling", "judging"};
  return words[static_cast<std::size_t>(one)];
}

struct progress {
  phase doing;
  double share;  ///< of this phase, 0…1; it never falls
};

/** Is told how far the work has come: at the beginning and at the end of each phase, and about a hundred times between.

  It is called in the thread that asked for the work, one call after the other, however many threads work. What it throws stops
  the work and comes out as it is; nothing has changed then. An empty one costs nothing.
*/
using progress_function = std::function<void(const progress&)>;

namespace detail {

/// Counts what is done of one phase, in any thread, and tells of it in the one that asked for the work.
class phase_watch {
 public:
  /// Tells of the beginning. @param tell outlives the watch; @param whole what there is to do, in any measure.
  phase_watch(const progress_function& tell, phase doing, std::size_t whole)
      : tell_(tell ? &tell : nullptr), doing_(doing), whole_(whole == 0 ? 1 : whole) {
    if (tell_ != nullptr) say(0);
  }
  phase_watch(const phase_watch&) = delete;
  phase_watch& operator=(const phase_watch&) = delete;

  /// How much to do before there is something to tell; more than there is if nobody asks.
  std::size_t block() const noexcept { return tell_ == nullptr ? SIZE_MAX / 2 : whole_ / steps + 1; }

  /** So much more is done. @p asked says whether this is the thread that asked for the work: then it tells. False where the work
      was stopped, for the other threads to return. */
  bool advance(std::size_t amount, bool asked = true) {
    if (tell_ == nullptr) return true;
    const std::size_t done = done_.fetch_add(amount, std::memory_order_relaxed) + amount;
    if (!asked) return !stopped_.load(std::memory_order_relaxed);
    const double share = static_cast<double>(done) / static_cast<double>(whole_);
    if (share >= told_ + 1.0 / steps && share < 1) say(share);
    return true;
  }

  /// Tells of the end.
  void finish() {
    if (tell_ != nullptr) say(1);
  }

 private:
  static constexpr std::size_t steps = 100;

  void say(double share) {
    told_ = share;
    try {
      (*tell_)({doing_, share});
    } catch (...) {
      stopped_ = true;
      throw;
    }
  }

  const progress_function* tell_;
  phase doing_;
  std::size_t whole_;
  double told_ = 0;  ///< in the thread that asked
  std::atomic<std::size_t> done_ = 0;
  std::atomic<bool> stopped_ = false;
};

}  // namespace detail
}  // namespace attain::inline v0
