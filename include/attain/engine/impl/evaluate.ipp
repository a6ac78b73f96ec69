#pragma once

#include <attain/core/in_threads.hpp>
#include <attain/engine/custom.hpp>
#include <attain/engine/evaluate.hpp>
#include <attain/engine/impl/alike_nodes.hpp>
#include <attain/engine/impl/judge_by_each.hpp>
#include <attain/engine/impl/judge_plain.hpp>
#include <attain/engine/impl/plain_targets.hpp>
#include <attain/engine/judging.hpp>
#include <attain/engine/measures.hpp>
#include <attain/engine/read.hpp>
#include <attain/engine/roll_up.hpp>
#include <attain/model/known_methods.hpp>
#include <attain/model/validate_method.hpp>
#include <attain/model/words.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace attain::inline v0 {
namespace detail {

// One method of a programme, or those that judge all.
inline bool any_method(const compiled& from, std::uint32_t own_method, std::span<const judge_into> judges, auto is) {
  return std::ranges::any_of(judges, [&](const judge_into& one) { return is(from.method(own_method, one.by)); });
}

// Judges targets as of a day, each key read once, however many targets share it (rule R13).
class target_judge {
 public:
  /// @param plain_apart whether plain cells need not be read with the others: no method asks for whole targets
  target_judge(const compiled& from, std::int32_t as_of, std::span<const judge_into> judges, bool plain_apart,
               known_conclusions& conclusions)
      : from_(from),
        as_of_(as_of),
        judges_(judges),
        plain_apart_(plain_apart),
        readings_(from),
        series_(from),
        plain_(from, as_of, judges, conclusions) {}

  void judge(std::uint32_t number) {
    const target_plan& target = from_.cells.targets[number];
    read(target);
    std::optional<plain_target> plain = plain_apart_ ? plain_form(from_, number) : std::nullopt;
    const plain_terms terms{{target}, target.method};
    for (std::uint32_t c = target.first_cell; c < target.first_cell + target.cell_count; ++c) {
      if (plain && place_at(from_, from_.readings.keys[target.key], c, *plain)) {
        std::uint32_t passed = 0;
        plain_.judge(*plain, terms, passed);
      } else {
        judge_cell(target, c);
      }
    }
    for (const judge_into& one : judges_) {
      const used_method& method = from_.method(target.method, one.by);
      if (method.function != nullptr) judge_column(from_, target, method, one);
    }
  }

  void finish() { plain_.finish(); }

 private:
  void read(const target_plan& target) {
    if (target.key != key_) readings_.read(key_ = target.key, as_of_);
    const auto asks_for_series = [](const used_method& m) { return m.series; };
    if (series_key_ != key_ && any_method(from_, target.method, judges_, asks_for_series)) {
      series_.read(series_key_ = key_, as_of_);
    }
  }

  void judge_cell(const target_plan& target, std::uint32_t cell) {
    const std::uint32_t place = from_.cells.reading[cell];
    judge_by_each(from_, target, cell, readings_.at(place), as_of_, judges_, [&] { return series_.at(place); });
  }

  const compiled& from_;
  std::int32_t as_of_;
  std::span<const judge_into> judges_;
  bool plain_apart_;
  reader readings_;
  series_reader series_;
  std::uint32_t key_ = none;
  std::uint32_t series_key_ = none;
  plain_judge plain_;
};

inline constexpr std::size_t plain_stretch = 1024;  ///< so many plain targets are judged for all days before the next

/// One as-of day of a run, and what judges on it.
struct judged_day {
  std::int32_t as_of = 0;
  std::vector<std::shared_ptr<evaluation_data>> by_method;
  std::vector<judge_into> judges;
};

// All days of a few plain targets: what was reported up to a day was so on every later one.
inline void judge_days(const compiled& from, std::span<const plain_target> targets, std::span<const judged_day> days,
                       known_conclusions& conclusions) {
  std::array<std::uint32_t, plain_stretch> passed{};
  for (std::size_t i = 0; i < days.size(); ++i) {
    if (i != 0 && days[i].as_of < days[i - 1].as_of) passed.fill(0);
    judge_plain(from, targets, days[i].as_of, days[i].judges, conclusions, passed);
  }
}

// All days of a stretch of targets before the next, as what they read lies at hand then.
inline void judge_in_threads(const compiled& from, std::span<const judged_day> days, int threads, phase_watch& judging) {
  const std::span<const judge_into> judges = days[0].judges;  // on other days the same methods judge
  // A series, or a function of the user, is of a whole target.
  const auto needs_target = [](const used_method& m) { return m.series || m.function != nullptr; };
  bool plain_apart = true;
  for (std::uint32_t own = 0; own < from.cells.methods.size(); ++own)
    plain_apart = plain_apart && !any_method(from, own, judges, needs_target);
  using numbers = std::span<const std::uint32_t>;
  const numbers order = plain_apart ? numbers(from.cells.others) : numbers(from.cells.by_key);
  const auto targets = plain_apart ? std::span<const plain_target>(from.cells.plain) : std::span<const plain_target>();
  const auto key_of = [&](std::size_t i) { return from.cells.targets[order[i]].key; };
  const auto wanted = static_cast<std::size_t>(threads);
  const std::size_t parts = order.size() + targets.size() < 2 * wanted ? 1 : wanted;
  const auto next_key = [&](std::size_t i) {  // from i on
    while (i != 0 && i < order.size() && key_of(i) == key_of(i - 1)) ++i;
    return (std::min)(i, order.size());
  };
  std::vector<std::size_t> first(parts + 1, order.size());
  for (std::size_t part = 0; part < parts; ++part) first[part] = next_key(order.size() * part / parts);
  const std::size_t block = judging.block() / days.size() + 1;  // targets
  const std::size_t stretch = (std::min)(plain_stretch, block);
  in_threads(parts, [&](std::size_t part) {
    known_conclusions conclusions;
    const auto [begin, end] = part_of(targets.size(), part, parts);
    for (std::size_t at = begin; at < end; at += stretch) {
      const auto here = targets.subspan(at, (std::min)(stretch, end - at));
      judge_days(from, here, days, conclusions);
      if (!judging.advance(here.size() * days.size(), part == 0)) return;
    }
    for (std::size_t at = first[part], to = 0; at < first[part + 1]; at = to) {
      to = (std::min)(next_key(at + block), first[part + 1]);
      for (const judged_day& day : days) {
        target_judge judge(from, day.as_of, day.judges, plain_apart, conclusions);
        for (const std::uint32_t number : order.subspan(at, to - at)) judge.judge(number);
        judge.finish();
      }
      if (!judging.advance((to - at) * days.size(), part == 0)) return;
    }
  });
}

// Partitions (rule U4), then the nodes; @p like is the same judged by another method.
inline void roll_up_all(evaluation_data& data, int threads, const rolled_up& like = {}) {
  const compiled& from = *data.compiled;
  for (const std::uint32_t whole_target : from.cells.wholes) {
    const target_plan& target = from.cells.targets[whole_target];
    for (std::uint32_t c = target.first_cell; c < target.first_cell + target.cell_count; ++c) {
      cell_result whole = data.cells[c];
      const std::uint16_t flags = whole.flags;
      stand_in(from, target, from.cells.place[c], data.cells, whole);
      if (whole.flags == flags) continue;
      data.cells.score.edit()[c] = whole.score;
      data.cells.score_covered.edit()[c] = whole.score_covered;
      data.cells.flags[c] = whole.flags;
    }
  }
  roll_up(from, data.cells, data.as_of.days(), data.nodes, data.weights, data.by.get(), like, threads);
}

using chosen_methods = std::vector<std::shared_ptr<const used_method>>;

/// A day of a run that is still to be judged. What all methods make of it lies in one piece of memory.
inline judged_day day_of_run(const portfolio& plan, const ledger& book, const std::shared_ptr<const compiled>& from, date as_of,
                             const chosen_methods& methods) {
  const std::size_t cells = from->cells.place.size();
  const std::size_t nodes = from->nodes.plan.size();
  const std::size_t results = (std::max)(methods.size(), std::size_t{1});
  const auto keeps_scores = [&](std::size_t i) {
    const auto own_scores = [](const used_method& own) { return own.scores || own.series; };
    return i < methods.size() ? own_scores(*methods[i]) : std::ranges::any_of(from->cells.methods, own_scores);
  };
  std::size_t room = cell_columns::room_for(cells, keeps_scores(0));
  for (std::size_t i = 1; i < results; ++i) room += cell_columns::room_for_verdicts(cells, keeps_scores(i));
  room += results * column_block::room_for(nodes * sizeof(node_result));
  const auto block = std::make_shared<column_block>(room);
  judged_day day;
  day.as_of = as_of.days();
  for (std::size_t i = 0; i < results; ++i) {
    day.by_method.push_back(std::make_shared<evaluation_data>(evaluation_data{plan, book, as_of, from}));
    evaluation_data& data = *day.by_method.back();
    if (i < methods.size()) data.by = methods[i];
    if (i == 0) {
      data.cells.resize(cells, keeps_scores(i), block);
    } else {
      data.cells.resize_like(day.by_method[0]->cells, keeps_scores(i), block);
    }
    data.nodes = node_results(column_allocator<node_result>(block));
    data.nodes.reserve(nodes);
    day.judges.push_back({data.by.get(), &data.cells, cell_writer(data.cells, i != 0)});
  }
  return day;
}

// What all methods make of a day, up the tree.
inline void roll_up_day(const compiled& from, const judged_day& day, int threads) {
  evaluation_data& front = *day.by_method[0];
  roll_up_all(front, threads);
  const auto children = day.by_method.size() > 1 ? forms_of_children(from, front.cells) : std::vector<children_form>();
  for (std::size_t i = 1; i < day.by_method.size(); ++i) {
    roll_up_all(*day.by_method[i], threads, {&front.cells, &front.nodes, children});
    front.others.push_back(day.by_method[i]);
  }
}

// Days of a long run side by side, unless functions of the user are called; of a short one, what a day is rolled up from.
inline void roll_up_days(const compiled& from, std::span<const judged_day> days, int threads) {
  const auto wanted = static_cast<std::size_t>(threads);
  constexpr std::size_t worth_a_thread = 8192;  // so many cells
  const bool side_by_side =
      days.size() >= 2 * wanted && days.size() * from.cells.place.size() >= worth_a_thread * wanted && from.custom->aggregators.empty();
  if (!side_by_side) {
    for (const judged_day& day : days) roll_up_day(from, day, threads);
    return;
  }
  in_threads(wanted, [&](std::size_t part) {
    const auto [begin, end] = part_of(days.size(), part, wanted);
    for (const judged_day& day : days.subspan(begin, end - begin)) roll_up_day(from, day, 1);
  });
}

/// As of each of the days, judged by each of the methods, the first in front; by the programmes' own if there is none.
inline std::vector<evaluation> evaluate(const portfolio& plan, const ledger& book, std::shared_ptr<const compiled> from,
                                        std::span<const date> days, int threads, const chosen_methods& methods,
                                        const progress_function& progress = {}) {
  std::vector<judged_day> run;
  run.reserve(days.size());
  for (const date as_of : days) run.push_back(day_of_run(plan, book, from, as_of, methods));
  phase_watch judging(progress, phase::judging, days.size() * from->cells.targets.size());
  if (!run.empty()) judge_in_threads(*from, run, threads, judging);
  roll_up_days(*from, run, threads);
  std::vector<evaluation> result;
  result.reserve(run.size());
  for (judged_day& day : run) result.emplace_back(std::move(day.by_method[0]));
  judging.finish();
  return result;
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
      const std::vector<method_spec>& own = plan.programmes()[0].spec().methods;
      const auto near = nearest_methods(choice.name, own);
      refuse(code::unknown_method, near.empty() ? known_methods(own) : near.front(),
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
  const auto compile_with = [&](const custom_functions* custom) {
    return compile(plan, book, options.known_at, custom, options.threads, options.progress);
  };
  if (options.custom != nullptr) return compile_with(options.custom.get());
  const memo::key key{book.view().state_id(), options.known_at ? std::int64_t{options.known_at->days()} : INT64_MAX};
  return plan.compiled_form().get<compiled>(key, [&] { return compile_with(nullptr); });
}

}  // namespace detail

ATTAIN_INLINE evaluation evaluate(const portfolio& plan, const ledger& book, const evaluate_options& options) {
  return history(plan, book, std::span(&options.as_of, 1), options)[0];
}

ATTAIN_INLINE std::vector<evaluation> history(const portfolio& plan, const ledger& book, std::span<const date> days,
                                              const evaluate_options& options) {
  const auto methods = detail::choose_methods(plan, options);
  return detail::evaluate(plan, book, detail::remembered(plan, book, options), days, options.threads, methods, options.progress);
}

}  // namespace attain::inline v0
