#pragma once

// Judges plain cells, straight from the events of their key.

#include <attain/core/config.hpp>
#include <attain/engine/compiled.hpp>
#include <attain/engine/impl/cell_rules.hpp>
#include <attain/engine/impl/judge_by_each.hpp>
#include <attain/engine/impl/missing.hpp>
#include <attain/engine/impl/read_plain.hpp>
#include <attain/engine/impl/usual_goal.hpp>
#include <attain/engine/measures.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

namespace attain::inline v0::detail {

// What methods ask of a plain cell, worked out once for all of them.
class plain_measures {
 public:
  plain_measures(const target_terms& terms, const cell_goal& goal, const cell_result& judged) noexcept
      : terms_(terms), goal_(goal), judged_(judged) {}

  ATTAIN_HOT inline quantity_value operator()(quantity what) const {
    if (what == quantity::gap) return {.value = judged_.gap, .missing = judged_.gap_missing};
    if (what == quantity::attainment) return {.value = judged_.attainment, .missing = judged_.attainment_missing};
    const auto i = static_cast<std::size_t>(what);
    if ((is_known_ >> i & 1u) == 0) find(what);
    return {.value = known_[i].value, .missing = known_[i].missing};
  }

 private:
  struct known {
    double value;
    std::uint8_t missing;
  };

  void find(quantity what) const noexcept {
    const auto i = static_cast<std::size_t>(what);
    const answer<double> found = judged_quantity(what, terms_, judging::once, goal_, judged_);
    known_[i] = {found.value_or(0), found.has_value() ? std::uint8_t{0} : as_missing(found.why())};
    is_known_ |= 1u << i;
  }

  const target_terms& terms_;
  const cell_goal& goal_;
  const cell_result& judged_;
  mutable std::array<known, static_cast<std::size_t>(quantity::cpi) + 1> known_;
  mutable unsigned is_known_ = 0;
};

ATTAIN_HOT inline void judge_plain(const compiled& from, const plain_target& target, const plain_terms& terms,
                                   std::int32_t as_of, std::span<const judge_into> judges, month_position& last) {
  const cell_reading reading = read_plain(from.readings.blocks[target.block].plain, target, as_of);
  const auto judge = [&]<bool Usual>(std::bool_constant<Usual>, const cell_goal& goal, const cell_reading& of) {
    cell_result judged = judge_as<Usual>(from, target, target, terms, goal, target.cell, of, as_of, last);
    const plain_measures known(terms, goal, judged);
    const auto decide = [&](const used_method& method) { return method.judge(judged.facts, known); };
    put_by_each(from, terms, terms.method, judging::once, goal, target.cell, judged, judges, decide);
  };
  const cell_goal floor = usual_goal<comparison::at_least>(target.goal, target.baseline);
  const cell_goal limit = usual_goal<comparison::at_most>(target.goal, target.baseline);
  if (reading.missing != 0 || as_of < target.start) {
    judge(std::false_type{}, target.direction > 0 ? floor : limit, reading);
  } else if (target.direction > 0) {
    judge(std::true_type{}, floor, one_amount(reading));
  } else {
    judge(std::true_type{}, limit, one_amount(reading));
  }
}

inline void judge_plain(const compiled& from, std::span<const plain_target> targets, std::int32_t as_of,
                        std::span<const judge_into> judges) {
  constexpr std::size_t ahead = 8;  // so many targets before they are read, their events are asked for
  month_position last;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (i + ahead < targets.size()) {
      const plain_target& next = targets[i + ahead];
      const plain_events& events = from.readings.blocks[next.block].plain;
      const std::uint64_t latest = next.event_count == 0 ? 0 : next.event_count - 1;
      ATTAIN_PREFETCH(events.day.data() + next.first_event + latest);
      ATTAIN_PREFETCH(events.covered.data() + next.first_event + latest);
      ATTAIN_PREFETCH(events.amount.data() + next.first_amount + (next.is_ratio ? 2 * latest : latest));
    }
    judge_plain(from, targets[i], from.cells.plain_terms[targets[i].terms], as_of, judges, last);
  }
}

}  // namespace attain::inline v0::detail
