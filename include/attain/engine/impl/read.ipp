#pragma once

#include <attain/core/bounded_sum.hpp>
#include <attain/core/exact_sum.hpp>
#include <attain/core/missing.hpp>
#include <attain/engine/custom.hpp>
#include <attain/engine/read.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

namespace attain::inline v0 {
namespace detail {

constexpr std::uint8_t low_end = 1;
constexpr std::uint8_t high_end = 2;

}  // namespace detail

ATTAIN_INLINE void member_columns::make_room(std::size_t places, std::size_t members) {
  if (low.size() < places * members) {
    low.resize(places * members);
    high.resize(places * members);
  }
  if (missing.size() >= places) return;
  covered.resize(places);
  data_day.resize(places);
  reach.resize(places);
  missing.resize(places);
  open.resize(places);
  seen.resize(places);
  own.resize(places);
}

ATTAIN_INLINE void read_own(const compiled& from, const reading_key& key, std::uint32_t reading_cell, std::int32_t day,
                            member_columns& to, std::size_t row) noexcept {
  const compiled_readings& r = from.readings;
  const std::span<const std::int32_t> days = r.event_days(key, reading_cell);
  std::size_t count = days.size();
  if (count != 0 && days[count - 1] > day) {
    count = static_cast<std::size_t>(std::upper_bound(days.begin(), days.end(), day) - days.begin());
  }
  if (count == 0) {
    to.missing[row] = detail::as_missing(reason::no_observation);
    to.seen[row] = 0;
    to.own[row] = 0;
    return;
  }
  const event_block& block = r.blocks[key.block];
  const std::uint64_t e = r.event_begin[reading_cell] + count - 1;
  const std::uint64_t amounts = key.first_amount + (e - key.first_event) * key.member_count;
  const double* low = &(key.plain ? block.plain.amount : block.low)[amounts];
  const double* high = key.plain ? low : &block.high[amounts];
  double covered = 0;
  bool stale = day - days[count - 1] > key.maximum_age;
  to.seen[row] = 1;
  to.data_day[row] = to.reach[row] = days[count - 1];
  if (key.plain) {
    covered = block.plain.covered[e];
    to.missing[row] = covered == 0 ? detail::as_missing(reason::no_observation) : std::uint8_t{0};
    to.open[row] = 0;
  } else {
    covered = block.covered[e];
    to.missing[row] = block.missing[e];
    to.open[row] = block.open[e];
    if (key.joint) {
      const std::uint64_t j = key.first_joint + (e - key.first_event);
      to.data_day[row] = block.data_day[j];
      to.reach[row] = block.reach[j];
      stale = day > block.fresh_until[j];
    }
  }
  if (key.immediate) to.data_day[row] = to.reach[row] = day;
  if (to.missing[row] == 0 && stale) to.missing[row] = detail::as_missing(reason::stale);
  to.own[row] = to.missing[row] == 0 || to.missing[row] == detail::as_missing(reason::ambiguous);
  to.covered[row] = key.covered_in_days ? covered / (day - key.start + 1) : covered;
  for (std::uint32_t m = 0; m < key.member_count; ++m) {
    to.low[row * key.member_count + m] = low[m];
    to.high[row * key.member_count + m] = high[m];
  }
}

namespace detail {

// What the children of a place make of its reading, besides amounts.
struct combined_row {
  bounded_sum covered;
  std::int32_t data_day = (std::numeric_limits<std::int32_t>::min)();
  std::int32_t reach = (std::numeric_limits<std::int32_t>::max)();
  bool any = false;  // with amounts
  std::uint8_t seen = 0;
  std::uint8_t open = 0;
  std::uint8_t missing = 0;  // of the children without

  void add(const member_columns& columns, std::size_t child, double share) noexcept {
    any = true;
    open |= columns.open[child];
    covered.add(columns.covered[child] * share);
    data_day = (std::max)(data_day, columns.data_day[child]);
    if (share > 0) reach = (std::min)(reach, columns.reach[child]);
  }

  // @param refused  why the amounts that there are make none
  void put(member_columns& columns, std::size_t row, std::uint8_t refused) const noexcept {
    const bool own_reason = columns.seen[row] != 0 && columns.missing[row] != 0;
    columns.seen[row] = seen;
    if (any) {
      columns.missing[row] = refused;
      if (refused != 0) return;
      columns.open[row] = open;
      columns.covered[row] = covered.rounded();
      columns.data_day[row] = data_day;
      columns.reach[row] = reach;
    } else if (!own_reason && missing != 0) {  // rule R9a
      columns.missing[row] = missing;
    }
  }
};

// Where every amount is one number, and all add up.
inline void add_up_children(const compiled_readings& r, const reading_key& key, std::uint32_t reading_cell,
                            member_columns& columns, combined_row combined) noexcept {
  const std::size_t row = reading_cell - key.first_cell;
  const std::uint32_t begin = r.child_begin[reading_cell];
  const std::uint32_t end = begin + r.child_count[reading_cell];
  const std::uint32_t members = key.member_count;
  for (std::uint32_t child = begin; child < end; ++child) {
    const std::size_t c = child - key.first_cell;
    combined.seen |= columns.seen[c];
    if (columns.missing[c] == 0) {
      combined.add(columns, c, r.share[child]);
    } else {
      combined.missing = first_of(combined.missing, columns.missing[c]);
    }
  }
  std::uint8_t refused = 0;
  for (std::uint32_t m = 0; combined.any && m < members; ++m) {
    short_sum sum;
    for (std::size_t c = begin - key.first_cell; c < end - key.first_cell; ++c) {
      if (columns.missing[c] == 0) sum.add(columns.low[c * members + m]);
    }
    const double total = sum.rounded();
    columns.low[row * members + m] = columns.high[row * members + m] = total;
    if (!std::isfinite(total)) refused = as_missing(reason::overflow);
  }
  combined.put(columns, row, refused);
}

}  // namespace detail

ATTAIN_INLINE void combine_children(const compiled& from, const reading_key& key, std::uint32_t reading_cell,
                                    member_columns& columns, std::span<const member_columns* const> weights) {
  const compiled_readings& r = from.readings;
  const std::size_t row = reading_cell - key.first_cell;
  if (columns.own[row] != 0 || r.child_count[reading_cell] == 0) return;

  const std::uint32_t members = key.member_count;
  const std::span<const key_member> member(&r.members[key.first_member], members);
  const auto combines = [](combination how) { return [how](const key_member& m) { return m.across == how; }; };
  if (std::ranges::any_of(member, combines(combination::none))) return;
  detail::combined_row combined;
  combined.seen = columns.seen[row];
  if (r.lacks_children[reading_cell] != 0) combined.missing = detail::as_missing(reason::no_observation);
  if (key.plain && std::ranges::all_of(member, combines(combination::sum))) {
    return detail::add_up_children(r, key, reading_cell, columns, combined);
  }

  const std::uint32_t begin = r.child_begin[reading_cell];
  const std::uint32_t end = begin + r.child_count[reading_cell];
  const auto weight_of = [&](std::uint32_t child, std::uint32_t m) -> const double* {
    const std::uint32_t cell = r.weight_cell[key.first_weight + (child - key.first_cell) * members + m];
    if (cell == none) return nullptr;
    const std::size_t w = cell - r.keys[member[m].weight_key].first_cell;
    return weights[m]->missing[w] == 0 ? &weights[m]->low[w] : nullptr;
  };
  const auto usable = [&](std::uint32_t child) {
    if (columns.missing[child - key.first_cell] != 0) return false;
    for (std::uint32_t m = 0; m < members; ++m) {
      if (member[m].across == combination::weighted_mean && weight_of(child, m) == nullptr) return false;
    }
    return true;
  };
  for (std::uint32_t child = begin; child < end; ++child) {
    const std::size_t c = child - key.first_cell;
    combined.seen |= columns.seen[c];
    if (usable(child)) {
      combined.add(columns, c, r.share[child]);
      continue;
    }
    const bool weightless = columns.missing[c] == 0;  // rule R9d
    const std::uint8_t why = weightless ? detail::as_missing(reason::no_observation) : columns.missing[c];
    combined.missing = detail::first_of(combined.missing, why);
  }
  std::uint8_t refused = 0;
  // A weighted mean is shared out by the children's weights in hand; nothing else needs them.
  for (std::uint32_t m = 0; combined.any && m < members; ++m) {
    double* low = &columns.low[row * members + m];
    double* high = &columns.high[row * members + m];
    const combination across = member[m].across;
    if (across == combination::sum || across == combination::weighted_mean) {
      const auto weight_in_hand = [&](std::uint32_t child) { return across == combination::sum ? 1 : *weight_of(child, m); };
      short_sum lows, highs, weight;
      bool is_interval = false;
      bool overflows = false;
      const auto add_to = [&overflows](short_sum& sum, double x) { std::isfinite(x) ? sum.add(x) : void(overflows = true); };
      for (std::uint32_t child = begin; child < end; ++child) {
        if (!usable(child)) continue;
        const std::size_t c = (child - key.first_cell) * members + m;
        const double w = weight_in_hand(child);
        add_to(lows, columns.low[c] * w);
        if (across != combination::sum) weight.add(w);
        is_interval |= columns.low[c] != columns.high[c];
      }
      for (std::uint32_t child = begin; is_interval && child < end; ++child) {
        if (usable(child)) add_to(highs, columns.high[(child - key.first_cell) * members + m] * weight_in_hand(child));
      }
      const double by = across == combination::sum ? 1 : weight.rounded();
      if (by == 0) {
        refused = detail::as_missing(reason::denominator_zero);
        break;
      }
      *low = overflows ? std::numeric_limits<double>::infinity() : lows.rounded() / by;
      *high = is_interval ? highs.rounded() / by : *low;
    } else {
      bool first = true;
      for (std::uint32_t child = begin; child < end; ++child) {
        if (!usable(child)) continue;
        const std::size_t c = (child - key.first_cell) * members + m;
        const auto pick = [&](double a, double b) { return across == combination::least ? (std::min)(a, b) : (std::max)(a, b); };
        *low = first ? columns.low[c] : pick(*low, columns.low[c]);
        *high = first ? columns.high[c] : pick(*high, columns.high[c]);
        first = false;
      }
    }
    if (!std::isfinite(*low) || !std::isfinite(*high)) {
      refused = detail::as_missing(reason::overflow);
      break;
    }
  }
  combined.put(columns, row, refused);
}

ATTAIN_INLINE cell_reading derive(const compiled& from, const reading_key& key, const member_columns& columns, std::size_t row) {
  cell_reading result;
  result.seen = columns.seen[row] != 0;
  result.missing = columns.missing[row];
  if (result.missing != 0) return result;
  result.covered = columns.covered[row];
  result.data_day = columns.data_day[row];
  result.reach = columns.reach[row];
  const double* low = &columns.low[row * key.member_count];
  const double* high = &columns.high[row * key.member_count];
  const bool low_open = (columns.open[row] & detail::low_end) != 0;
  const bool high_open = (columns.open[row] & detail::high_end) != 0;
  const auto refuse = [&](reason why) {
    result.missing = detail::as_missing(why);
    return result;
  };
  switch (key.derive) {
    case derivation::plain:
    case derivation::custom:
      result.amount = {low[0], high[0], low_open, high_open};
      return result;
    case derivation::ratio: {
      if (low_open || high_open) return refuse(reason::not_comparable);
      if (low[1] == 0 && high[1] == 0) return refuse(reason::denominator_zero);
      if (low[1] <= 0 && high[1] >= 0) return refuse(reason::not_comparable);  // an interval with 0 in it (rule R11c)
      const std::array<double, 4> ends{low[0] / low[1], low[0] / high[1], high[0] / low[1], high[0] / high[1]};
      result.amount.low = *std::min_element(ends.begin(), ends.end());
      result.amount.high = *std::max_element(ends.begin(), ends.end());
      if (!std::isfinite(result.amount.low) || !std::isfinite(result.amount.high)) return refuse(reason::overflow);
      return result;
    }
    case derivation::formula: {
      std::vector<answer<double>> inputs;
      inputs.reserve(key.member_count);
      for (std::uint32_t m = 0; m < key.member_count; ++m) {
        if (low_open || high_open || low[m] != high[m]) return refuse(reason::not_comparable);
        inputs.emplace_back(low[m]);
      }
      const answer<double> value = from.formulas[key.formula](inputs);
      if (!value.has_value()) return refuse(value.why());
      result.amount = {*value, *value};
      return result;
    }
  }
  return result;
}

ATTAIN_INLINE void reader::sweep(const reading_key& key, std::int32_t day, member_columns& to) {
  const std::int32_t until = (std::min)(day, key.due);
  to.make_room(key.cell_count, key.member_count);
  std::vector<const member_columns*> weights;
  for (const member_columns& of_member : weights_) weights.push_back(&of_member);
  for (std::uint32_t i = key.cell_count; i-- > 0;) {
    read_own(*from_, key, key.first_cell + i, until, to, i);
    combine_children(*from_, key, key.first_cell + i, to, weights);
  }
}

ATTAIN_INLINE void reader::read(std::uint32_t key, std::int32_t day) {
  const reading_key& k = from_->readings.keys[key];
  weights_.clear();
  if (k.first_weight != none) {
    std::vector<member_columns> weights(k.member_count);
    for (std::uint32_t m = 0; m < k.member_count; ++m) {
      const std::uint32_t weight_key = from_->readings.members[k.first_member + m].weight_key;
      if (weight_key != none) sweep(from_->readings.keys[weight_key], (std::min)(day, k.due), weights[m]);
    }
    weights_ = std::move(weights);
  }
  key_ = key;
  sweep(k, day, columns_);
  if (k.derive != derivation::custom) return;
  std::vector<std::uint32_t> rows(k.cell_count);
  std::iota(rows.begin(), rows.end(), 0u);
  derive_custom(*from_, k, rows, columns_, custom_);
}

ATTAIN_INLINE void derive_custom(const compiled& from, const reading_key& key, std::span<const std::uint32_t> rows,
                                 const member_columns& columns, std::vector<cell_reading>& derived) {
  derived.resize(rows.size());
  std::vector<std::size_t> called;  // a function sees only rows with all inputs
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::size_t first = std::size_t{rows[i]} * key.member_count;
    bool plain = columns.open[rows[i]] == 0;
    for (std::uint32_t m = 0; m < key.member_count; ++m) plain = plain && columns.low[first + m] == columns.high[first + m];
    derived[i] = derive(from, key, columns, rows[i]);
    if (derived[i].missing != 0) continue;
    if (plain) {
      called.push_back(i);
    } else {
      derived[i].missing = detail::as_missing(reason::not_comparable);
    }
  }
  if (called.empty()) return;
  std::vector<std::vector<double>> inputs(key.member_count, std::vector<double>(called.size()));
  std::vector<std::span<const double>> spans;
  for (std::uint32_t m = 0; m < key.member_count; ++m) {
    for (std::size_t k = 0; k < called.size(); ++k)
      inputs[m][k] = columns.low[std::size_t{rows[called[k]]} * key.member_count + m];
    spans.emplace_back(inputs[m]);
  }
  std::vector<double> values(called.size(), 0);
  from.custom->formulas[key.formula](spans, values);
  for (std::size_t k = 0; k < called.size(); ++k) {
    cell_reading& r = derived[called[k]];
    r.amount = {values[k], values[k]};
    if (!std::isfinite(values[k])) r.missing = detail::as_missing(reason::overflow);
  }
}

ATTAIN_INLINE cell_reading reader::at(std::uint32_t reading_cell) const {
  const reading_key& key = from_->readings.keys[key_];
  const std::size_t row = reading_cell - key.first_cell;
  return key.derive == derivation::custom ? custom_[row] : derive(*from_, key, columns_, row);
}

ATTAIN_INLINE std::int32_t first_reached_day(const compiled& from, const target_plan& target, std::uint32_t cell,
                                             std::int32_t day) {
  const compiled_readings& r = from.readings;
  const reading_key& key = r.keys[target.key];
  std::vector<std::int32_t> days;  // on which anything happened at the place or within it
  std::vector<std::uint32_t> open{from.cells.reading[cell]};
  while (!open.empty()) {
    const std::uint32_t at = open.back();
    open.pop_back();
    for (const std::int32_t on : r.event_days(key, at)) {
      if (on > day) break;
      days.push_back(on);
    }
    for (std::uint32_t c = 0; c < r.child_count[at]; ++c) open.push_back(r.child_begin[at] + c);
  }
  days.push_back(target.start);
  std::erase_if(days, [&](std::int32_t d) { return d < target.start; });
  std::sort(days.begin(), days.end(), std::greater<>());
  days.erase(std::unique(days.begin(), days.end()), days.end());

  reader readings(from);
  const auto reached_on = [&](std::int32_t on) {
    readings.read(target.key, on);
    const cell_reading reading = readings.at(from.cells.reading[cell]);
    return reading.missing == 0 && reached(from.cells.goal[cell], reading.amount).value_or(false);
  };
  std::int32_t first = day;
  for (const std::int32_t on : days) {
    if (on < first && !reached_on(first - 1)) break;  // a level may have gone stale in between
    if (!reached_on(on)) break;
    first = on;
  }
  return first;
}

}  // namespace attain::inline v0
