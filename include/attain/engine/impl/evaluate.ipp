#pragma once

#include <attain/engine/custom.hpp>
#include <attain/engine/evaluate.hpp>
#include <attain/core/in_threads.hpp>
#include <attain/engine/judging.hpp>
#include <attain/engine/read.hpp>
#include <attain/engine/roll_up.hpp>

#include <algorithm>
#include <utility>

namespace attain::inline v0 {
namespace detail {

// Judges the cells of one target; `reading_at` gives the reading of a reading cell of its key. A method of the user sees the
// whole column at once.
template <class ReadingAt>
void judge_target(const compiled& from, std::uint32_t number, const ReadingAt& reading_at, std::int32_t as_of, cell_columns& to) {
  const target_plan& target = from.cells.targets[number];
  const used_method& method = from.cells.methods[target.method];
  const std::uint32_t end = target.first_cell + target.cell_count;
  if (method.custom == none) {
    for (std::uint32_t c = target.first_cell; c < end; ++c) {
      const cell_reading reading = reading_at(from.cells.reading[c]);
      cell_result result = judge_cell(from, target, c, reading, as_of);
      const judged_quantities quantities = quantities_of(result, target.too_early_below);
      settle(from, target, c, judge(method.spec, result.facts, quantities), result);
      to.put(c, result);
    }
    return;
  }
  for (std::uint32_t c = target.first_cell; c < end; ++c) {
    to.put(c, judge_cell(from, target, c, reading_at(from.cells.reading[c]), as_of));
  }
  const auto column = [&](const auto& values) { return std::span(values).subspan(target.first_cell, target.cell_count); };
  std::vector<std::uint8_t> states(target.cell_count, no_state);
  from.custom->methods[method.custom].judge(
      {column(to.facts), column(to.attainment), column(to.attainment_missing), column(to.expected), column(to.expected_missing),
       column(to.gap), column(to.gap_missing)},
      states);
  for (std::uint32_t c = target.first_cell; c < end; ++c) {
    cell_result result = to[c];
    std::uint8_t state = states[c - target.first_cell];
    if (state >= method.spec.states.size()) state = no_state;
    settle(from, target, c, {state, 0}, result);
    to.put(c, result);
  }
}

// A key is read once, however many targets share it (rule R13).
inline void judge_all(const compiled& from, std::span<const std::uint32_t> order, std::int32_t as_of, cell_columns& to) {
  reader readings(from);
  std::uint32_t key = none;
  for (const std::uint32_t number : order) {
    if (from.cells.targets[number].key != key) {
      key = from.cells.targets[number].key;
      readings.read(key, as_of);
    }
    judge_target(
        from, number, [&](std::uint32_t cell) { return readings.at(cell); }, as_of, to);
  }
}

inline void judge_in_threads(const compiled& from, std::int32_t as_of, int threads, cell_columns& to) {
  const std::span<const std::uint32_t> order(from.cells.by_key);
  const auto key_of = [&](std::size_t i) { return from.cells.targets[order[i]].key; };
  const auto wanted = static_cast<std::size_t>(threads);
  const std::size_t parts = order.size() < 2 * wanted ? 1 : wanted;
  std::vector<std::size_t> first(parts + 1, order.size());
  for (std::size_t part = 0; part < parts; ++part) {
    first[part] = order.size() * part / parts;
    while (first[part] != 0 && first[part] != order.size() && key_of(first[part]) == key_of(first[part] - 1)) ++first[part];
  }
  in_threads(parts,
             [&](std::size_t part) { judge_all(from, order.subspan(first[part], first[part + 1] - first[part]), as_of, to); });
}

inline evaluation evaluate(const portfolio& plan, const ledger& book, std::shared_ptr<const compiled> from, date as_of,
                           int threads) {
  auto data = std::make_shared<evaluation_data>(evaluation_data{plan, book, as_of, from});
  data->cells.resize(from->cells.place.size());
  judge_in_threads(*from, as_of.days(), threads, data->cells);
  for (const std::uint32_t whole_target : from->cells.wholes) {
    const target_plan& target = from->cells.targets[whole_target];
    for (std::uint32_t c = target.first_cell; c < target.first_cell + target.cell_count; ++c) {
      cell_result whole = data->cells[c];
      stand_in(*from, target, from->cells.place[c], data->cells, whole);
      data->cells.put(c, whole);
    }
  }
  roll_up(*from, data->cells, as_of.days(), data->nodes);
  return evaluation(std::move(data));
}

inline std::shared_ptr<const compiled> remembered(const portfolio& plan, const ledger& book, const evaluate_options& options) {
  if (options.threads < 1) {
    throw invalid_option(finding{.severity = severity::error,
                                 .code = code::invalid_option,
                                 .where = "threads",
                                 .text = std::to_string(options.threads),
                                 .expected = "at least 1",
                                 .message = "threads is " + std::to_string(options.threads)});
  }
  // What functions of the user do is not known by their address, so their compiled form is not remembered.
  if (options.custom != nullptr) return compile(plan, book, options.known_at, options.custom.get(), options.threads);
  const memo::key key{book.view().state_id(), options.known_at ? std::int64_t{options.known_at->days()} : INT64_MAX};
  return plan.compiled_form().get<compiled>(key, [&] { return compile(plan, book, options.known_at, nullptr, options.threads); });
}

}  // namespace detail

ATTAIN_INLINE evaluation evaluate(const portfolio& plan, const ledger& book, const evaluate_options& options) {
  return detail::evaluate(plan, book, detail::remembered(plan, book, options), options.as_of, options.threads);
}

ATTAIN_INLINE std::vector<evaluation> history(const portfolio& plan, const ledger& book, std::span<const date> days,
                                              const evaluate_options& options) {
  const auto from = detail::remembered(plan, book, options);
  std::vector<evaluation> result;
  result.reserve(days.size());
  for (const date day : days) result.push_back(detail::evaluate(plan, book, from, day, options.threads));
  return result;
}

}  // namespace attain::inline v0
