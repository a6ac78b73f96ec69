#pragma once

#include <attain/core/in_threads.hpp>
#include <attain/core/sort_stably.hpp>
#include <attain/engine/compile.hpp>
#include <attain/engine/custom.hpp>
#include <attain/engine/impl/compile_cells.hpp>
#include <attain/engine/impl/compile_nodes.hpp>
#include <attain/engine/impl/compile_outcomes.hpp>
#include <attain/engine/impl/compile_readings.hpp>
#include <attain/engine/impl/plain_targets.hpp>
#include <attain/ledger/binding_scopes.hpp>

#include <algorithm>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attain::inline v0 {
namespace detail {

// Every custom name of a portfolio that nobody supplied.
inline void check_supplied(const portfolio& plan, const custom_functions& given) {
  std::vector<finding> missing;
  const auto require = [&](std::string_view name, std::string_view kind, const auto& functions, const auto& where) {
    if (!is_custom(name)) return;
    if (functions.find(name.substr(custom_prefix.size())) != functions.end()) return;
    missing.push_back({.severity = severity::error,
                       .code = code::unsupplied_custom,
                       .where = where(),
                       .text = escaped_excerpt(name),
                       .expected = "a function of this name in the options",
                       .message = "no " + std::string(kind) + " was supplied for " + escaped_excerpt(name)});
  };
  for (const programme& p : plan.programmes()) {
    require(p.spec().method, "method", given.methods, [&] { return p.id() + "#/method"; });
    for (std::uint32_t i = 0; i < p.indicators().size(); ++i) {
      if (p.resolved(i).derive != derivation::custom) continue;
      require(p.indicators()[i].expression, "formula function", given.formulas,
              [&] { return p.id() + "#/indicators/" + std::to_string(i) + "/expression"; });
    }
    for (const programme_node& node : p.nodes()) {
      const roll_up_spec& roll_up = node.spec == nullptr ? p.spec().roll_up : node.spec->roll_up;
      require(roll_up.aggregator, "aggregator", given.aggregators,
              [&] { return node.spec == nullptr ? p.id() : p.id() + "/" + node.spec->id; });
    }
  }
  if (!missing.empty()) throw invalid_option(std::move(missing));
}

inline std::uint32_t method_number(compiled_plan& to, const programme& plan, const custom_functions* custom) {
  const std::string& name = plan.spec().method;
  if (!is_custom(name)) {
    const method_spec& method = *method_meant(plan.spec().methods, name);
    for (std::uint32_t i = 0; i < to.cells.methods.size(); ++i) {
      if (to.cells.methods[i].function == nullptr && to.cells.methods[i].spec == method) return i;
    }
    to.cells.methods.edit().emplace_back(method);
    return static_cast<std::uint32_t>(to.cells.methods.size() - 1);
  }
  const custom_method& supplied = custom->methods.find(name.substr(custom_prefix.size()))->second;
  to.cells.methods.edit().emplace_back(supplied.description, std::make_shared<const custom_method>(supplied));
  return static_cast<std::uint32_t>(to.cells.methods.size() - 1);
}

// Rule U4: the parts that stand in for a partition. A partition that is part of another comes before it.
inline void add_parts(compiled_plan& to, const programme& plan, std::uint32_t first) {
  const auto targets = plan.targets();
  std::vector<std::pair<std::uint32_t, std::uint32_t>> wholes;  // depth and target
  for (std::uint32_t whole = 0; whole < targets.size(); ++whole) {
    if (!targets[whole].is_partition) continue;
    target_plan& t = to.cells.targets.edit()[first + whole];
    t.first_part = static_cast<std::uint32_t>(to.cells.parts.size());
    for (std::uint32_t part = 0; part < targets.size(); ++part) {
      if (targets[part].belongs_to == whole && targets[part].spec->belongs == belonging::part) {
        to.cells.parts.edit().push_back(first + part);
      }
    }
    t.part_count = static_cast<std::uint32_t>(to.cells.parts.size()) - t.first_part;
    std::uint32_t depth = 0;
    for (std::uint32_t up = targets[whole].belongs_to; up != none; up = targets[up].belongs_to) ++depth;
    wholes.emplace_back(depth, first + whole);
  }
  sort_stably(std::span(wholes), [](const auto& a, const auto& b) { return a.first > b.first; });
  for (const auto& whole : wholes) to.cells.wholes.edit().push_back(whole.second);
}

// What no ledger changes. @p by_goals: see `key_compiler`.
inline std::shared_ptr<const compiled_plan> compile_plan(const portfolio& plan, std::optional<date> known_at, bool by_goals,
                                                         const custom_functions* custom) {
  auto to = std::make_shared<compiled_plan>();
  const auto used = std::make_shared<used_functions>();
  to->custom = used;
  key_compiler keys(*to, *used, by_goals, custom);
  cell_compiler cells(*to, keys, known_at);
  std::vector<double> weights;
  std::vector<std::uint32_t> methods;
  std::size_t targets = 0;
  for (const programme& p : plan.programmes()) targets += p.targets().size();
  keys.reserve(targets);
  cells.reserve(targets);
  weights.reserve(targets);
  auto& first_target = to->first_target.edit();
  for (std::uint32_t k = 0; k < plan.programmes().size(); ++k) {
    const programme& p = plan.programmes()[k];
    const place_index places(p);
    methods.push_back(method_number(*to, p, custom));
    keys.enter(k, p);
    cells.enter(k, p, places, methods.back());
    first_target.push_back(static_cast<std::uint32_t>(to->cells.targets.size()));
    for (std::uint32_t t = 0; t < p.targets().size(); ++t) {
      cells.compile_target(t);
      weights.push_back(terms_at(p.targets()[t], known_at).weight);
    }
    add_parts(*to, p, first_target.back());
  }
  to->first_key.push_back(static_cast<std::uint32_t>(to->keys.size()));
  first_target.push_back(static_cast<std::uint32_t>(to->cells.targets.size()));

  auto& by_key = to->cells.by_key.edit();
  by_key.resize(to->cells.targets.size());
  for (std::uint32_t i = 0; i < by_key.size(); ++i) by_key[i] = i;
  sort_stably(std::span(by_key),
              [&](std::uint32_t a, std::uint32_t b) { return to->cells.targets[a].key < to->cells.targets[b].key; });

  node_compiler nodes(*to, plan, std::move(weights));
  std::vector<std::string_view> aggregators;
  const auto aggregator_number = [&](std::string_view name) {
    const auto known_name = std::find(aggregators.begin(), aggregators.end(), name);
    const auto number = static_cast<std::uint32_t>(known_name - aggregators.begin());
    if (known_name == aggregators.end()) {
      aggregators.push_back(name);
      used->aggregators.push_back(custom->aggregators.find(name)->second);
    }
    return number;
  };
  for (std::uint32_t k = 0; k < plan.programmes().size(); ++k) nodes.add_programme(k, methods[k], aggregator_number);
  nodes.finish();
  return to;
}

// Made once for a portfolio, unless functions of the user belong to it: what these do is not known by their address.
inline std::shared_ptr<const compiled_plan> plan_of(const portfolio& plan, std::optional<date> known_at, bool by_goals,
                                                    const custom_functions* custom) {
  if (custom != nullptr) {
    check_supplied(plan, *custom);
    return compile_plan(plan, known_at, by_goals, custom);
  }
  const memo::key key{by_goals ? 1u : 0u, known_at ? std::int64_t{known_at->days()} : INT64_MAX};
  return plan.compiled_plan().get<compiled_plan>(key, [&] {
    check_supplied(plan, {});
    return compile_plan(plan, known_at, by_goals, nullptr);
  });
}

// Programmes are dealt out to threads one after the other, so that each has about as many keys.
inline void compile_readings_of(compiled& to, const portfolio& plan, int threads, phase_watch& compiling) {
  const compiled_plan& form = *to.plan;
  const std::int32_t known = to.known_at ? to.known_at->days() : (std::numeric_limits<std::int32_t>::max)();
  const auto programmes = static_cast<std::uint32_t>(plan.programmes().size());
  const auto parts = (std::max)(1u, (std::min)(static_cast<std::uint32_t>(threads), programmes));
  std::vector<std::uint32_t> first(parts + std::size_t{1}, programmes);
  for (std::uint32_t part = 0; part < parts; ++part) {
    const std::uint64_t key = std::uint64_t{form.keys.size()} * part / parts;
    first[part] = static_cast<std::uint32_t>(std::lower_bound(form.first_key.begin(), form.first_key.end() - 1, key) -
                                             form.first_key.begin());
  }
  const auto keys_of = [&](std::uint32_t part) {
    const std::uint32_t begin = form.first_key[first[part]];
    return std::span(to.readings.keys).subspan(begin, form.first_key[first[part + 1]] - begin);
  };
  std::vector<reading_compiler> compilers;
  compilers.reserve(parts);
  for (std::uint32_t part = 0; part < parts; ++part) compilers.emplace_back(form, to.bound, known, part);
  in_threads(parts, [&](std::size_t number) {
    const auto part = static_cast<std::uint32_t>(number);
    compilers[part].reserve(keys_of(part).size());
    for (std::uint32_t k = first[part]; k < first[part + 1]; ++k) {
      compilers[part].compile(k, plan.programmes()[k], to.readings.keys);
      if (!compiling.advance(1, part == 0)) return;
    }
  });
  for (std::uint32_t part = 0; part < parts; ++part) compilers[part].append_to(to.readings, keys_of(part));
}

// The reading cell of each cell.
inline void link_readings(compiled& to, const portfolio& plan, int threads) {
  to.cells.reading.resize(to.cells.place.size());
  const std::span<const target_plan> targets(to.cells.targets);
  const std::span<const std::uint32_t> place_of(to.cells.place);
  const std::span<const reading_key> keys(to.readings.keys);
  const std::span<const std::uint32_t> places_of_keys(to.readings.place);
  const std::size_t parts = parts_of_targets(targets.size(), threads);
  in_threads(parts, [&](std::size_t part) {
    std::optional<place_index> places;
    std::uint32_t programme = none;
    const auto [begin, end] = part_of(targets.size(), part, parts);
    for (const target_plan& t : targets.subspan(begin, end - begin)) {
      const reading_key& key = keys[t.key];
      if (key.cell_count == 1) {
        to.cells.reading[t.first_cell] = key.first_cell;
        continue;
      }
      if (programme != t.programme) places.emplace(plan.programmes()[programme = t.programme]);
      const auto here = places_of_keys.subspan(key.first_cell, key.cell_count);
      for (std::uint32_t i = t.first_cell; i < t.first_cell + t.cell_count; ++i) {
        to.cells.reading[i] = key.first_cell + places->position(here, place_of[i]);
      }
    }
  });
}

inline bool needs_keys_by_goals(const compiled& from) {
  for (std::size_t k = 0; k < from.readings.keys.size(); ++k) {
    if (from.readings.keys[k].uses_goals && from.plan->sources[k].goals_differ) return true;
  }
  return false;
}

// The tracker changes its own copy.
inline std::shared_ptr<compiled> compile_own(const portfolio& plan, const ledger& book, std::optional<date> known_at,
                                             const custom_functions* custom, int threads,
                                             const progress_function& progress = {}) {
  phase_watch compiling(progress, phase::compiling, plan.programmes().size());
  const auto bind = [&](bool by_goals) {
    const auto form = plan_of(plan, known_at, by_goals, custom);
    auto to = std::make_shared<compiled>(compiled{.plan = form,
                                                  .bound = attain::binding(scopes_of(plan), book.view()),
                                                  .known_at = known_at,
                                                  .cells = form->cells,
                                                  .nodes = form->nodes,
                                                  .first_target = form->first_target,
                                                  .formulas = form->formulas,
                                                  .custom = form->custom});
    to->readings.keys = form->keys;
    to->readings.members = form->members;
    compile_readings_of(*to, plan, threads, compiling);
    return to;
  };
  std::shared_ptr<compiled> to = bind(false);
  if (needs_keys_by_goals(*to)) to = bind(true);
  link_readings(*to, plan, threads);
  outcome_compiler outcomes(*to, plan);
  outcomes.find_baselines();
  outcomes.find_outcomes();
  sort_out_plain(*to, threads);
  compiling.finish();
  return to;
}

}  // namespace detail

ATTAIN_INLINE std::shared_ptr<const compiled> compile(const portfolio& plan, const ledger& book, std::optional<date> known_at,
                                                      const custom_functions* custom, int threads,
                                                      const progress_function& progress) {
  return detail::compile_own(plan, book, known_at, custom, threads, progress);
}

}  // namespace attain::inline v0
