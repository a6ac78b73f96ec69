#pragma once

// Judges plain cells, straight from the events of their key.

#include <attain/core/config.hpp>
#include <attain/engine/compiled.hpp>
#include <attain/engine/impl/alike_cells.hpp>
#include <attain/engine/impl/cell_conclusion.hpp>
#include <attain/engine/impl/cell_rules.hpp>
#include <attain/engine/impl/judge_by_each.hpp>
#include <attain/engine/impl/read_plain.hpp>
#include <attain/engine/impl/usual_goal.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace attain::inline v0::detail {

// Judges plain cells: first what no method decides, then by each method many that have the same facts.
class plain_judge {
 public:
  plain_judge(const compiled& from, std::int32_t as_of, std::span<const judge_into> judges, known_conclusions& conclusions)
      : from_(from),
        as_of_(as_of),
        judges_(judges),
        conclusions_(conclusions),
        alike_(std::make_unique_for_overwrite<std::array<alike_cells, kinds>>()) {
    for (const judge_into& one : judges) {
      if (one.by != nullptr) {
        asked_ |= one.by->rules.asked();
      } else {
        for (const used_method& own : from.cells.methods) asked_ |= own.rules.asked();
      }
    }
  }

  /// Some verdicts are open until `finish`. @p passed as for `read_plain`.
  ATTAIN_WHOLE void judge(const plain_target& target, const plain_terms& terms, std::uint32_t& passed) {
    const cell_reading reading = read_plain(from_.readings.blocks[target.block].plain, target, as_of_, passed);
    const cell_goal floor = usual_goal<comparison::at_least>(target.goal, target.baseline);
    const cell_goal limit = usual_goal<comparison::at_most>(target.goal, target.baseline);
    if (reading.missing != 0) {
      judge_as(target, terms, target.direction > 0 ? floor : limit, reading);
    } else if (target.direction > 0) {
      judge_as(target, terms, floor, one_amount(reading));
    } else {
      judge_as(target, terms, limit, one_amount(reading));
    }
  }

  void finish() {
    for (alike_cells& cells : *alike_) give_verdicts(cells);
  }

 private:
  static constexpr std::size_t kinds = 32;  // most cells have one of a few sets of facts

  ATTAIN_HOT inline void judge_as(const plain_target& target, const plain_terms& terms, const cell_goal& goal,
                                  const cell_reading& reading) {
    const auto conclusion_of = [&](const cell_conditions& c) -> const cell_conclusion& { return conclusions_.of(c); };
    cell_result r = judge_once(from_, target, target.allowed_lag, terms.minimum_coverage, goal, reading, as_of_,
                               {target.conditions}, last_month_, conclusion_of);
    put_score(terms, judging::once, goal, r);
    judges_[0].write.put_judged(target.cell, r);  // the same for all
    alike_cells& alike = (*alike_)[(r.facts * 0x9E37u >> 7) % kinds];
    if (!alike.fits(r.facts, terms.method)) give_verdicts(alike);
    alike.add(target.cell, r, terms, goal, asked_);
  }

  void give_verdicts(alike_cells& cells) {
    if (cells.is_empty()) return;
    for (const judge_into& one : judges_) cells.write_verdicts(from_.method(cells.own_method(), one.by), one.write);
    cells.clear();
  }

  const compiled& from_;
  std::int32_t as_of_;
  std::span<const judge_into> judges_;
  known_conclusions& conclusions_;
  std::uint32_t asked_ = 0;  ///< quantities, one bit each
  month_position last_month_;
  std::unique_ptr<std::array<alike_cells, kinds>> alike_;  ///< by their facts
};

/// @param passed  of each target: how many of its events are not after that day, or fewer; all of them on return
inline void judge_plain(const compiled& from, std::span<const plain_target> targets, std::int32_t as_of,
                        std::span<const judge_into> judges, known_conclusions& conclusions, std::span<std::uint32_t> passed) {
  constexpr std::size_t ahead = 8;  // so many targets before they are read, their events are asked for
  plain_judge judge(from, as_of, judges, conclusions);
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (i + ahead < targets.size()) {
      const plain_target& next = targets[i + ahead];
      const plain_events& events = from.readings.blocks[next.block].plain;
      const std::uint64_t latest = next.event_count == 0 ? 0 : next.event_count - 1;
      ATTAIN_PREFETCH(events.day.data() + next.first_event + latest);
      ATTAIN_PREFETCH(events.covered.data() + next.first_event + latest);
      ATTAIN_PREFETCH(events.amount.data() + next.first_amount + (next.is_ratio ? 2 * latest : latest));
    }
    judge.judge(targets[i], from.cells.plain_terms[targets[i].terms], passed[i]);
  }
  judge.finish();
}

}  // namespace attain::inline v0::detail
