#pragma once

// Standing entries of a place, kept current while nothing but plain amounts is reported there.

#include <attain/engine/impl/own_events.hpp>
#include <attain/ledger/plain.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <vector>

namespace attain::inline v0::detail {

/// A plain amount that has just been appended to a series.
struct plain_arrival {
  plain_entry entry;
  std::int32_t recorded = 0;
};

/// The entries of all members of a key at one place.
class tracked_entries {
 public:
  /// False once something was reported that has to be resolved the general way.
  bool are_plain() const noexcept { return plain_; }
  std::span<const std::vector<plain_entry>> members() const noexcept { return members_; }

  /// What the ledger has for a place; gives up if that is not plain.
  void gather(own_events& events, const own_events::place_of_key& of) {
    if (!events.gather_plain(of, members_, &recorded_)) give_up();
  }

  void give_up() {
    plain_ = false;
    members_ = {};
    recorded_ = {};
  }

  /// Rule R1 for one more entry. False if it is ambiguous, and has been given up.
  bool insert(std::size_t member, const plain_arrival& arrived) {
    std::vector<plain_entry>& entries = members_[member];
    std::vector<std::int32_t>& recorded = recorded_[member];
    const plain_entry& e = arrived.entry;
    const auto found = std::lower_bound(entries.begin(), entries.end(), e, [&](const plain_entry& a, const plain_entry& b) {
      return std::tuple(a.last, a.first) < std::tuple(b.last, b.first);
    });
    const auto at = static_cast<std::size_t>(found - entries.begin());
    if (found == entries.end() || found->last != e.last || found->first != e.first) {
      entries.insert(found, e);
      recorded.insert(recorded.begin() + static_cast<std::ptrdiff_t>(at), arrived.recorded);
    } else if (recorded[at] < arrived.recorded) {
      *found = e;
      recorded[at] = arrived.recorded;
    } else if (recorded[at] == arrived.recorded &&
               std::bit_cast<std::uint64_t>(found->amount) != std::bit_cast<std::uint64_t>(e.amount)) {
      give_up();
    }
    return plain_;
  }

 private:
  bool plain_ = true;
  std::vector<std::vector<plain_entry>> members_;
  std::vector<std::vector<std::int32_t>> recorded_;
};

}  // namespace attain::inline v0::detail
