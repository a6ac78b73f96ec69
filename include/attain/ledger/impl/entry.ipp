#pragma once

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
    std::stable_sort(entries.begin(), entries.end(), in_order);
  }
  const auto same_identity = [](const entry& a, const entry& b) {
    return a.last == b.last && a.first == b.first && a.slot == b.slot;
  };
  std::size_t kept = 0;
  for (std::size_t i = 0; i < entries.size();) {
    std::size_t end = i + 1;
    while (end < entries.size() && same_identity(entries[i], entries[end])) ++end;
    entry latest = entries[end - 1];
    for (std::size_t k = end - 1; k-- > i && entries[k].recorded == latest.recorded;) {
      if (!same_content(entries[k], latest)) latest.ambiguous = true;
    }
    if (latest.ambiguous) latest.withdrawn = false;
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
      sum->recorded = std::max(sum->recorded, e.recorded);
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
    if (!chosen) {
      chosen = parts[0];  // missing everywhere: the undivided reason first
      chosen->slot = 0;
    }
    entries[kept++] = *chosen;
    i = end;
  }
  entries.resize(kept);
}

ATTAIN_INLINE bool without_overlaps(std::vector<entry>& entries) {
  // From the shortest to the longest, so that what a container holds has been decided before.
  std::stable_sort(entries.begin(), entries.end(), [](const entry& a, const entry& b) { return a.days() < b.days(); });
  std::vector<entry> pieces;
  std::vector<std::size_t> inside;
  for (const entry& container : entries) {
    inside.clear();
    std::int64_t days = 0;
    std::int32_t recorded = 0;
    double low = 0;
    double high = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const entry& piece = pieces[i];
      if (piece.first < container.first || piece.last > container.last) continue;
      recorded = inside.empty() ? piece.recorded : std::max(recorded, piece.recorded);
      inside.push_back(i);
      days += piece.days();
      low += piece.low;
      high += piece.high;
    }
    if (inside.empty()) {
      pieces.push_back(container);
      continue;
    }
    bool disjoint = true;
    for (std::size_t a = 0; a < inside.size() && disjoint; ++a) {
      for (std::size_t b = a + 1; b < inside.size(); ++b) {
        const entry& x = pieces[inside[a]];
        const entry& y = pieces[inside[b]];
        if (x.first <= y.last && y.first <= x.last) disjoint = false;
      }
    }
    const bool tiled = disjoint && days == container.days();
    if (container.recorded > recorded) {
      for (std::size_t i = inside.size(); i-- > 0;) pieces.erase(pieces.begin() + static_cast<std::ptrdiff_t>(inside[i]));
      pieces.push_back(container);
    } else if (!tiled) {
      return false;
    } else if (container.recorded == recorded) {
      const auto agree = [](double a, double b) { return std::abs(a - b) <= 1e-9 * std::abs(b); };  // rule B2's tolerance
      if (!agree(low, container.low) || !agree(high, container.high)) return false;
    }
  }
  std::sort(pieces.begin(), pieces.end(), [](const entry& a, const entry& b) { return a.first < b.first; });
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    if (pieces[i].first <= pieces[i - 1].last) return false;
  }
  entries = std::move(pieces);
  return true;
}

}  // namespace attain::inline v0
