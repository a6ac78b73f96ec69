#pragma once

// Which keys read the entries of a series, and at which of their places: what the tracker looks up for each observation.

#include <attain/engine/compiled.hpp>
#include <attain/engine/impl/place_index.hpp>
#include <attain/ledger/ledger_view.hpp>
#include <attain/model/portfolio.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

namespace attain::inline v0::detail {

class tracked_routes {
 public:
  struct route {
    std::uint32_t key = 0;
    std::uint32_t cell = 0;    ///< reading cell
    std::uint32_t member = 0;  ///< of the key
    unit_scale scale;
  };

  /// Both must outlive it.
  void start(const compiled& from, const portfolio& plan) {
    from_ = &from;
    plan_ = &plan;
    keys_of_.clear();
    places_.assign(plan.programmes().size(), std::nullopt);
    of_series_.assign(from.bound.ledger().series_count(), {});
    routes_.clear();
    for (auto k = static_cast<std::uint32_t>(from.readings.keys.size()); k-- > 0;) {
      const reading_key& key = from.readings.keys[k];
      for (std::uint32_t m = 0; m < key.member_count; ++m) {
        keys_of_[indicator_key(key.programme, from.readings.members[key.first_member + m].indicator)].push_back(k);
      }
    }
  }

  /// Of a series that the compiled form knows; @p book is a view of a state that has it.
  std::optional<std::span<const route>> find(const ledger_view& book, series_id series) {
    if (series >= of_series_.size()) return std::nullopt;
    range& known = of_series_[series];
    if (known.begin == none) {
      known.begin = static_cast<std::uint32_t>(routes_.size());
      find_new(book, series);
      known.count = static_cast<std::uint32_t>(routes_.size()) - known.begin;
    }
    return std::span<const route>(routes_).subspan(known.begin, known.count);
  }

  /// The reading cell of a place of a key, or `none`.
  std::uint32_t cell_at(const reading_key& key, std::uint32_t place) {
    const auto here = std::span(from_->readings.place).subspan(key.first_cell, key.cell_count);
    if (key.cell_count == 1) return here[0] == place ? key.first_cell : none;
    std::optional<place_index>& places = places_[key.programme];
    if (!places) places.emplace(plan_->programmes()[key.programme]);
    const std::uint32_t position = places->position(here, place);
    return position == none ? none : key.first_cell + position;
  }

 private:
  struct range {
    std::uint32_t begin = none;  ///< none: not asked for yet
    std::uint32_t count = 0;
  };

  static std::uint64_t indicator_key(std::uint32_t programme, std::uint32_t indicator) noexcept {
    return (std::uint64_t{programme} << 32) | indicator;
  }

  void find_new(const ledger_view& book, series_id series) {
    for (const auto& at : from_->bound.where(book, series)) {
      const series_part* part = part_of(at, series);
      if (part == nullptr) continue;  // in a unit or about a category that is not read
      const auto keys = keys_of_.find(indicator_key(at.scope, at.indicator));
      if (keys == keys_of_.end()) continue;
      for (const std::uint32_t k : keys->second) {
        const reading_key& key = from_->readings.keys[k];
        const std::uint32_t cell = cell_at(key, at.place);
        if (cell == none) continue;
        std::uint32_t member = 0;
        while (from_->readings.members[key.first_member + member].indicator != at.indicator) ++member;
        routes_.push_back({k, cell, member, part->scale});
      }
    }
  }

  const series_part* part_of(const attain::binding::place_of_series& at, series_id series) const {
    for (const strand& s : from_->bound.strands_at(at.scope, at.indicator, at.place)) {
      for (const series_part& part : from_->bound.parts(s)) {
        if (part.series == series) return &part;
      }
    }
    return nullptr;
  }

  const compiled* from_ = nullptr;
  const portfolio* plan_ = nullptr;
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> keys_of_;  ///< (programme, indicator) → keys, the last first
  std::vector<std::optional<place_index>> places_;                         ///< of a programme, once asked for
  std::vector<range> of_series_;                                           ///< in `routes_`
  std::vector<route> routes_;
};

}  // namespace attain::inline v0::detail
