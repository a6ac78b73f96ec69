#pragma once

#include <attain/engine/custom.hpp>
#include <attain/engine/evaluate.hpp>
#include <attain/core/in_threads.hpp>
#include <attain/engine/judging.hpp>
#include <attain/engine/measures.hpp>
#include <attain/engine/read.hpp>
#include <attain/engine/roll_up.hpp>
#include <attain/model/validate_method.hpp>
#include <attain/model/words.hpp>

#include <algorithm>
#include <utility>

namespace attain::inline v0 {
namespace detail {

/// A method and the columns that its judgements go to; without a method each target's own.
struct judge_into {
  const used_method* by = nullptr;
  cell_columns* to = nullptr;
};

// A method of the user sees the whole column at once.
inline void judge_column(const compiled& from, const target_plan& target, const used_method& method, cell_columns& to) {
  const auto column = [&](const auto& values) { return std::span(values).subspan(target.first_cell, target.cell_count); };
  std::vector<std::uint8_t> states(target.cell_count, no_state);
  method.function->judge({column(to.facts), column(to.attainment), column(to.attainment_missing), column(to.expected),
                          column(to.expected_missing), column(to.gap), column(to.gap_missing)},
                         states);
  for (std::uint32_t c = target.first_cell; c < target.first_cell + target.cell_count; ++c) {
    cell_result result = to[c];
    verdict decided;
    decided.state = states[c - target.first_cell];
    if (decided.state >= method.spec.states.size()) decided.state = no_state;
    settle(from, target, c, method.spec, decided, result);
    to.put(c, result);
  }
}

// Judges the cells of one target by each method; `reading_at` gives the reading of a reading cell of its key, `series_at` its
// dated readings.
template <class ReadingAt, class SeriesAt>
void judge_target(const compiled& from, std::uint32_t number, const ReadingAt& reading_at, const SeriesAt& series_at,
                  std::int32_t as_of, std::span<const judge_into> judges) {
  const target_plan& target = from.cells.targets[number];
  const std::uint32_t end = target.first_cell + target.cell_count;
  for (std::uint32_t c = target.first_cell; c < end; ++c) {
    cell_result judged = judge_cell(from, target, c, reading_at(from.cells.reading[c]), as_of);
    const auto decide = [&](const used_method& method, cell_result& result) {
      if (method.function != nullptr) return;
      const auto series = method.series ? series_at(from.cells.reading[c]) : std::span<const dated_amount>();
      const cell_measures measures(from, target, c, method.spec, result, series);
      settle(from, target, c, method.spec, judge(method.spec, result.facts, measures), result);
    };
    for (const judge_into& other : judges.subspan(1)) {
      const used_method& method = from.method(target.method, other.by);
      cell_result result = judged;
      decide(method, result);
      if (method.function != nullptr) {
        other.to->put(c, result);
      } else {
        other.to->put_verdict(c, result);  // the rest is the same for all
      }
    }
    decide(from.method(target.method, judges[0].by), judged);
    judges[0].to->put(c, judged);
  }
  for (const judge_into& one : judges) {
    const used_method& method = from.method(target.method, one.by);
    if (method.function != nullptr) judge_column(from, target, method, *one.to);
  }
}

inline bool asks_for_series(const compiled& from, std::uint32_t target, std::span<const judge_into> judges) {
  return std::ranges::any_of(
      judges, [&](const judge_into& one) { return from.method(from.cells.targets[target].method, one.by).series; });
}

// A key is read once, however many targets share it (rule R13).
inline void judge_all(const compiled& from, std::span<const std::uint32_t> order, std::int32_t as_of,
                      std::span<const judge_into> judges) {
  reader readings(from);
  series_reader series(from);
  std::uint32_t key = none;
  std::uint32_t series_key = none;
  for (const std::uint32_t number : order) {
    if (from.cells.targets[number].key != key) {
      key = from.cells.targets[number].key;
      readings.read(key, as_of);
    }
    if (series_key != key && asks_for_series(from, number, judges)) {
      series_key = key;
      series.read(key, as_of);
    }
    judge_target(
        from, number, [&](std::uint32_t cell) { return readings.at(cell); }, [&](std::uint32_t cell) { return series.at(cell); },
        as_of, judges);
  }
}

inline void judge_in_threads(const compiled& from, std::int32_t as_of, int threads, std::span<const judge_into> judges) {
  const std::span<const std::uint32_t> order(from.cells.by_key);
  const auto key_of = [&](std::size_t i) { return from.cells.targets[order[i]].key; };
  const auto wanted = static_cast<std::size_t>(threads);
  const std::size_t parts = order.size() < 2 * wanted ? 1 : wanted;
  std::vector<std::size_t> first(parts + 1, order.size());
  for (std::size_t part = 0; part < parts; ++part) {
    first[part] = order.size() * part / parts;
    while (first[part] != 0 && first[part] != order.size() && key_of(first[part]) == key_of(first[part] - 1)) ++first[part];
  }
  in_threads(parts, [&](std::size_t part) {
    judge_all(from, order.subspan(first[part], first[part + 1] - first[part]), as_of, judges);
  });
}

// Partitions (rule U4), then the nodes; @p like is the same judged by another method.
inline void roll_up_all(evaluation_data& data, int threads, const evaluation_data* like = nullptr) {
  const compiled& from = *data.compiled;
  for (const std::uint32_t whole_target : from.cells.wholes) {
    const target_plan& target = from.cells.targets[whole_target];
    for (std::uint32_t c = target.first_cell; c < target.first_cell + target.cell_count; ++c) {
      cell_result whole = data.cells[c];
      stand_in(from, target, from.cells.place[c], data.cells, whole);
      data.cells.put(c, whole);
    }
  }
  const rolled_up before{like == nullptr ? nullptr : &like->cells, like == nullptr ? nullptr : &like->nodes};
  roll_up(from, data.cells, data.as_of.days(), data.nodes, data.weights, data.by.get(), before, threads);
}

using chosen_methods = std::vector<std::shared_ptr<const used_method>>;

/// Judged by each of the methods, the first in front; by the programmes' own if there is none.
inline evaluation evaluate(const portfolio& plan, const ledger& book, std::shared_ptr<const compiled> from, date as_of,
                           int threads, const chosen_methods& methods) {
  std::vector<std::shared_ptr<evaluation_data>> all;
  std::vector<judge_into> judges;
  for (std::size_t i = 0; i < (std::max)(methods.size(), std::size_t{1}); ++i) {
    all.push_back(std::make_shared<evaluation_data>(evaluation_data{plan, book, as_of, from}));
    evaluation_data& data = *all.back();
    if (i < methods.size()) data.by = methods[i];
    const bool keep_scores =
        data.by != nullptr
            ? data.by->scores || data.by->series
            : std::ranges::any_of(from->cells.methods, [](const used_method& own) { return own.scores || own.series; });
    data.cells.resize(from->cells.place.size(), keep_scores);
    judges.push_back({data.by.get(), &data.cells});
  }
  judge_in_threads(*from, as_of.days(), threads, judges);
  roll_up_all(*all[0], threads);
  for (std::size_t i = 1; i < all.size(); ++i) {
    all[i]->cells.take_judged(all[0]->cells);
    roll_up_all(*all[i], threads, all[0].get());
    all[0]->others.push_back(all[i]);
  }
  return evaluation(std::move(all[0]));
}

/// What the options name, or throws with everything that is wrong about it.
inline chosen_methods choose_methods(const portfolio& plan, const evaluate_options& options) {
  chosen_methods chosen;
  std::vector<finding> wrong;
  for (std::size_t i = 0; i < options.methods.size(); ++i) {
    const method_choice& choice = options.methods[i];
    const std::string where = "methods/" + std::to_string(i);
    const auto refuse = [&](code what, std::string expected, std::string message) {
      wrong.push_back({severity::error, what, where, escaped_excerpt(choice.name), std::move(expected), std::move(message)});
    };
    if (is_custom(choice.name) && !choice.spec) {
      const auto name = std::string_view(choice.name).substr(custom_prefix.size());
      const bool supplied = options.custom != nullptr && options.custom->methods.contains(name);
      if (!supplied) {
        refuse(code::unsupplied_custom, "a function of this name in the options",
               "no method was supplied for " + escaped_excerpt(choice.name));
        continue;
      }
      const custom_method& method = options.custom->methods.find(name)->second;
      chosen.push_back(std::make_shared<const used_method>(method.description, std::make_shared<const custom_method>(method)));
      continue;
    }
    const method_spec* spec = choice.spec ? &*choice.spec : nullptr;
    for (const programme& p : plan.programmes()) {
      if (spec == nullptr) spec = find_method(p.spec().methods, choice.name);
    }
    if (spec == nullptr) spec = find_method(choice.name);
    if (spec == nullptr) {
      const auto near = nearest_methods(choice.name, plan.programmes()[0].spec().methods);
      refuse(code::unknown_method, near.empty() ? "a method that exists" : near.front(),
             "there is no method " + escaped_excerpt(choice.name));
      continue;
    }
    const auto add = [&](std::vector<finding> found, const std::string& of) {
      for (finding& f : found) {
        if (f.severity != severity::error) continue;
        f.where = of + f.where;
        wrong.push_back(std::move(f));
      }
    };
    if (choice.spec) add(validate_method(*spec), where);
    for (const programme& p : plan.programmes()) add(needs_of_method(*spec, p.spec()), p.id() + "#");
    chosen.push_back(std::make_shared<const used_method>(*spec));
  }
  if (!wrong.empty()) throw invalid_option(std::move(wrong));
  return chosen;
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
  const auto methods = detail::choose_methods(plan, options);
  return detail::evaluate(plan, book, detail::remembered(plan, book, options), options.as_of, options.threads, methods);
}

ATTAIN_INLINE std::vector<evaluation> history(const portfolio& plan, const ledger& book, std::span<const date> days,
                                              const evaluate_options& options) {
  const auto methods = detail::choose_methods(plan, options);
  const auto from = detail::remembered(plan, book, options);
  std::vector<evaluation> result;
  result.reserve(days.size());
  for (const date day : days) result.push_back(detail::evaluate(plan, book, from, day, options.threads, methods));
  return result;
}

}  // namespace attain::inline v0
