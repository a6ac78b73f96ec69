#pragma once

#include <attain/core/sort_stably.hpp>
#include <attain/ledger/entry.hpp>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace attain::inline v0 {

ATTAIN_INLINE bool same_content(const entry& a, const entry& b) noexcept {
  return a.low == b.low && a.high == b.high && a.low_open == b.low_open && a.high_open == b.high_open &&
         a.withdrawn == b.withdrawn && a.missing == b.missing;
}

ATTAIN_INLINE void standing(std::vector<entry>& entries) {
  const auto in_order = [](const entry& a, const entry& b) {
    return std::tie(a.last, a.first, a.slot, a.recorded) < std::tie(b.last, b.first, b.slot, b.recorded);
  };
  if (!std::is_sorted(entries.begin(), entries.end(), in_order)) {
    sort_stably(std::span(entries), in_order);
  }
  const auto same_identity = [](const entry& a, const entry& b) {
    return a.last == b.last && a.first == b.first && a.slot == b.slot;
  };
  std::size_t kept = 0;
  for (std::size_t i = 0; i < entries.size();) {
    std::size_t end = i + 1;
    while (end < entries.size() && same_identity(entries[i], entries[end])) ++end;
    entry latest = entries[end - 1];
    bool ambiguous = false;
    for (std::size_t k = end - 1; k-- > i && entries[k].recorded == latest.recorded;) {
      ambiguous |= !same_content(entries[k], latest);
    }
    if (ambiguous) {  // without content, which would depend on the order of appending
      latest = {.first = latest.first, .last = latest.last, .recorded = latest.recorded, .slot = latest.slot, .ambiguous = true};
    }
    if (!latest.withdrawn) entries[kept++] = latest;
    i = end;
  }
  entries.resize(kept);
}

ATTAIN_INLINE void undivided(std::vector<entry>& entries, std::span<const dimension_slots> dimensions) {
  if (std::all_of(entries.begin(), entries.end(), [](const entry& e) { return e.slot == 0; })) return;

  const auto sum_of = [](std::span<const entry> parts, const dimension_slots& dimension) -> std::optional<entry> {
    std::optional<entry> sum;
    std::uint32_t present = 0;
    for (const entry& e : parts) {
      if (e.slot < dimension.first_slot || e.slot >= dimension.first_slot + dimension.count) continue;
      if (e.missing != 0) continue;
      ++present;
      if (!sum) {
        sum = e;
        sum->slot = 0;
        continue;
      }
      sum->low += e.low;
      sum->high += e.high;
      sum->low_open |= e.low_open;
      sum->high_open |= e.high_open;
      sum->ambiguous |= e.ambiguous;
      sum->recorded = (std::max)(sum->recorded, e.recorded);
    }
    if (!sum) return sum;
    const bool whole = present == dimension.count;
    if (!whole) {
      sum->covered = static_cast<double>(present) / dimension.count;
    } else if (!dimension.complete) {
      sum->covered = static_cast<double>(present - 1) / dimension.count;
    }
    return sum;
  };

  std::size_t kept = 0;
  for (std::size_t i = 0; i < entries.size();) {
    std::size_t end = i + 1;
    while (end < entries.size() && entries[end].last == entries[i].last && entries[end].first == entries[i].first) ++end;
    const std::span<const entry> parts(entries.data() + i, end - i);
    std::optional<entry> chosen;
    if (parts[0].slot == 0 && parts[0].missing == 0) chosen = parts[0];
    for (const dimension_slots& d : dimensions) {
      if (chosen || !d.complete) continue;
      if (auto sum = sum_of(parts, d); sum && sum->covered == 1) chosen = sum;
    }
    for (const dimension_slots& d : dimensions) {
      if (!chosen) chosen = sum_of(parts, d);
    }
    if (!chosen) {  // missing everywhere: the reason that takes precedence (section N)
      chosen =
          *std::min_element(parts.begin(), parts.end(), [](const entry& a, const entry& b) { return a.missing < b.missing; });
      chosen->slot = 0;
    }
    entries[kept++] = *chosen;
    i = end;
  }
  entries.resize(kept);
}

ATTAIN_INLINE bool without_overlaps(std::vector<entry>& entries) {
  // From the shortest to the longest, so that what a container holds has been decided before.
  sort_stably(std::span(entries), [](const entry& a, const entry& b) { return a.days() < b.days(); });
  std::vector<entry> pieces;
  for (const entry& container : entries) {
    const auto lies_inside = [&](const entry& e) { return container.first <= e.first && e.last <= container.last; };
    entry sum{.recorded = container.recorded};
    std::int32_t days = 0;
    for (const entry& piece : pieces) {
      if (!lies_inside(piece)) continue;
      sum.recorded = days == 0 ? piece.recorded : (std::max)(sum.recorded, piece.recorded);
      days += piece.days();
      sum.low += piece.low;
      sum.high += piece.high;
      sum.low_open |= piece.low_open;
      sum.high_open |= piece.high_open;
    }
    const auto agree = [](double a, double b) { return std::abs(a - b) <= 1e-9 * std::abs(b); };  // rule B2's tolerance
    const bool same_total = agree(sum.low, container.low) && agree(sum.high, container.high) &&
                            sum.low_open == container.low_open && sum.high_open == container.high_open;
    const bool tiles_stand =
        days == container.days() && (sum.recorded > container.recorded || (sum.recorded == container.recorded && same_total));
    if (tiles_stand) continue;
    if (container.recorded > sum.recorded) std::erase_if(pieces, lies_inside);
    pieces.push_back(container);  // beside its contents it is ambiguous, until a later container settles it (rule R4b)
  }
  std::sort(pieces.begin(), pieces.end(), [](const entry& a, const entry& b) { return a.first < b.first; });
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    if (pieces[i].first <= pieces[i - 1].last) return false;
  }
  entries = std::move(pieces);
  return true;
}

}  // namespace attain::inline v0
