#pragma once

// Judges cells by each of several methods, into the columns of each.

#include <attain/core/config.hpp>
#include <attain/engine/cell_columns.hpp>
#include <attain/engine/compiled.hpp>
#include <attain/engine/custom.hpp>
#include <attain/engine/impl/cell_rules.hpp>
#include <attain/engine/judging.hpp>
#include <attain/engine/measures.hpp>
#include <attain/engine/read.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace attain::inline v0::detail {

/// A method and the columns that its judgements go to; without a method each target's own.
struct judge_into {
  const used_method* by = nullptr;
  cell_columns* to = nullptr;
  cell_writer write;
};

// Judges a cell from its reading; series() gives its dated readings to methods that ask for them.
template <class Series>
void judge_by_each(const compiled& from, const target_plan& target, std::uint32_t cell, const cell_reading& reading,
                   std::int32_t as_of, std::span<const judge_into> judges, const Series& series) {
  const cell_goal& goal = from.cells.goal[cell];
  cell_result judged = judge_cell(from, target, cell, reading, as_of);
  put_score(target, target.judging, goal, judged);
  judges[0].write.put_judged(cell, judged);  // the same for all
  const std::uint16_t within_reach = flags_within_reach(judged);
  for (const judge_into& one : judges) {
    const used_method& method = from.method(target.method, one.by);
    if (method.function != nullptr) {
      one.write.put_verdict(cell, judged);  // until `judge_column`
      continue;
    }
    const auto dated = method.series ? series() : std::span<const dated_amount>();
    const verdict decided = method.judge(judged.facts, cell_measures(from, target, cell, method.spec, judged, dated));
    one.write.put_verdict(cell, settled(target.judging, goal, method, decided, judged, within_reach));
  }
}

// A method of the user sees the whole column at once.
inline void judge_column(const compiled& from, const target_plan& target, const used_method& method, const judge_into& into) {
  const cell_columns& to = *into.to;
  const auto column = [&](const auto& values) {
    return std::span(values.data(), values.size()).subspan(target.first_cell, target.cell_count);
  };
  std::vector<std::uint8_t> states(target.cell_count, no_state);
  method.function->judge({column(to.facts), column(to.attainment), column(to.attainment_missing), column(to.expected),
                          column(to.expected_missing), column(to.gap), column(to.gap_missing)},
                         states);
  for (std::uint32_t c = target.first_cell; c < target.first_cell + target.cell_count; ++c) {
    cell_result result = to[c];
    verdict decided;
    decided.state = states[c - target.first_cell];
    if (decided.state >= method.spec.states.size()) decided.state = no_state;
    settle(from, target, c, method, decided, result);
    into.write.put_verdict(c, result);
  }
}

}  // namespace attain::inline v0::detail
