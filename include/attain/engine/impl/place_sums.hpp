#pragma once

// What the children of a place add up to, kept current by the tracker.

#include <attain/core/bounded_sum.hpp>
#include <attain/core/exact_sum.hpp>
#include <attain/core/missing.hpp>
#include <attain/engine/read.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace attain::inline v0::detail {

/// One row of member columns.
struct member_row {
  std::vector<double> low, high;
  double covered = 0;
  std::int32_t data_day = 0;
  std::int32_t reach = 0;
  std::uint8_t missing = 0, open = 0, seen = 0, own = 0;

  friend bool operator==(const member_row&, const member_row&) = default;
};

inline void take(const member_columns& from, std::size_t row, std::size_t members, member_row& to) {
  to.low.assign(from.low.begin() + static_cast<std::ptrdiff_t>(row * members),
                from.low.begin() + static_cast<std::ptrdiff_t>((row + 1) * members));
  to.high.assign(from.high.begin() + static_cast<std::ptrdiff_t>(row * members),
                 from.high.begin() + static_cast<std::ptrdiff_t>((row + 1) * members));
  to.covered = from.covered[row];
  to.data_day = from.data_day[row];
  to.reach = from.reach[row];
  to.missing = from.missing[row];
  to.open = from.open[row];
  to.seen = from.seen[row];
  to.own = from.own[row];
}

inline void put(member_columns& to, std::size_t row, std::size_t members, const member_row& from) {
  std::copy(from.low.begin(), from.low.end(), to.low.begin() + static_cast<std::ptrdiff_t>(row * members));
  std::copy(from.high.begin(), from.high.end(), to.high.begin() + static_cast<std::ptrdiff_t>(row * members));
  to.covered[row] = from.covered;
  to.data_day[row] = from.data_day;
  to.reach[row] = from.reach;
  to.missing[row] = from.missing;
  to.open[row] = from.open;
  to.seen[row] = from.seen;
  to.own[row] = from.own;
}

/// What the children of a place add up to, kept current, where there are many and all members sum.
class place_sums {
 public:
  void put(const member_row& child, double share, int sign) {
    const std::size_t members = child.low.size();
    low_.resize(members);
    high_.resize(members);
    seen_ += child.seen != 0 ? sign : 0;
    if (child.missing != 0) {
      missing_[child.missing] += sign;
      return;
    }
    usable_ += sign;
    open_low_ += (child.open & low_end) != 0 ? sign : 0;
    open_high_ += (child.open & high_end) != 0 ? sign : 0;
    for (std::size_t m = 0; m < members; ++m) {
      sign > 0 ? low_[m].add(child.low[m]) : low_[m].subtract(child.low[m]);
      sign > 0 ? high_[m].add(child.high[m]) : high_[m].subtract(child.high[m]);
    }
    sign > 0 ? covered_.add(child.covered * share) : covered_.subtract(child.covered * share);
  }

  bool any() const noexcept { return usable_ > 0; }
  std::uint8_t first_missing() const noexcept {
    for (std::size_t why = 1; why < missing_.size(); ++why) {
      if (missing_[why] > 0) return static_cast<std::uint8_t>(why);
    }
    return 0;
  }
  /// False if a sum is too large for a double.
  bool write(member_row& to) const {
    bool fits = true;
    for (std::size_t m = 0; m < low_.size(); ++m) {
      to.low[m] = low_[m].rounded();
      to.high[m] = high_[m].rounded();
      fits = fits && std::isfinite(to.low[m]) && std::isfinite(to.high[m]);
    }
    to.covered = covered_.rounded();
    to.open = static_cast<std::uint8_t>((open_low_ > 0 ? low_end : 0) | (open_high_ > 0 ? high_end : 0));
    return fits;
  }
  bool seen() const noexcept { return seen_ > 0; }

  // The latest data day and the earliest reach are found again when the child that set them changes.
  std::int32_t data_day = (std::numeric_limits<std::int32_t>::min)();
  std::int32_t reach = (std::numeric_limits<std::int32_t>::max)();

 private:
  std::vector<exact_sum> low_, high_;
  bounded_sum covered_;
  std::array<std::int32_t, 32> missing_{};
  std::int32_t usable_ = 0, seen_ = 0, open_low_ = 0, open_high_ = 0;
};

}  // namespace attain::inline v0::detail
