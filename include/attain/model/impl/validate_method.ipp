#pragma once

#include <attain/model/validate_method.hpp>

#include <attain/core/unit.hpp>
#include <attain/model/formula.hpp>
#include <attain/model/impl/check_method.hpp>
#include <attain/model/words.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace attain::inline v0 {
namespace detail {

/// Whether readings of an indicator are states of a day, so that they can grow: levels, and what is computed from levels alone.
inline bool is_dated_state(const programme_spec& plan, const std::string& id, int depth = 0) {
  const auto found =
      std::find_if(plan.indicators.begin(), plan.indicators.end(), [&](const indicator_spec& i) { return i.id == id; });
  if (found == plan.indicators.end() || depth > static_cast<int>(max_depth)) return true;  // found elsewhere
  switch (found->kind) {
    case indicator_kind::level:
      return true;
    case indicator_kind::ratio:
      return is_dated_state(plan, found->numerator, depth + 1) && is_dated_state(plan, found->denominator, depth + 1);
    case indicator_kind::formula: {
      std::vector<finding> passed_over;  // said elsewhere
      const bool custom = is_custom(found->expression);
      const auto inputs = custom ? found->inputs : try_parse_formula(found->expression, {}, passed_over).inputs;
      return std::all_of(inputs.begin(), inputs.end(),
                         [&](const std::string& input) { return is_dated_state(plan, input, depth + 1); });
    }
    case indicator_kind::increment:
    case indicator_kind::running_total:
    case indicator_kind::steps:
    case indicator_kind::rating:
      return false;
  }
  return false;
}

/// Calls `visit(target, its place)` for every target with an aim.
template <class Visitor>
void for_each_aimed(const std::vector<project_spec>& projects, const path& above, Visitor& visit) {
  for (std::size_t i = 0; i < projects.size(); ++i) {
    const path project{&above, "projects", i};
    for (std::size_t t = 0; t < projects[i].targets.size(); ++t) {
      if (projects[i].targets[t].aim) visit(projects[i].targets[t], path{&project, "targets", t});
    }
    for_each_aimed(projects[i].projects, project, visit);
  }
}

/// Which targets do not grow (rule S11h): errors if no other does, since the method was not meant for such a programme.
inline void find_needs(const method_spec& method, const programme_spec& plan, finding_list& found) {
  const path root;
  bool some_grow = false;
  const auto look = [&](const target_spec& target, const path&) {
    some_grow = some_grow || is_dated_state(plan, target.indicator);
  };
  for_each_aimed(plan.projects, root, look);
  const auto tell = [&](const target_spec& target, const path& where) {
    if (is_dated_state(plan, target.indicator)) return;
    const std::string said = "the method " + escaped_excerpt(method.name) + " needs the growth of " + escaped_excerpt(target.id);
    const path field{&where, "indicator"};
    const char* const expected = "a level, or a ratio or formula of levels";
    if (some_grow) {
      found.warning(code::method_needs_more, field, target.indicator, expected,
                    said + ", and what adds up over the window does not grow; it has no growth to be judged by (not_comparable)");
    } else {
      found.error(code::method_needs_more, field, target.indicator, expected,
                  said + ", and what adds up over the window does not grow; report it as a level, or leave it to another method");
    }
  };
  for_each_aimed(plan.projects, root, tell);
}

// Whether some target is an input of another one, in money.
inline bool has_costs(const programme_spec& plan, const std::vector<project_spec>& projects) {
  const auto is_cost = [&](const target_spec& target) {
    const auto found = std::find_if(plan.indicators.begin(), plan.indicators.end(),
                                    [&](const indicator_spec& i) { return i.id == target.indicator; });
    return target.belongs == belonging::input && found != plan.indicators.end() && is_money(found->unit);
  };
  return std::any_of(projects.begin(), projects.end(), [&](const project_spec& project) {
    return std::any_of(project.targets.begin(), project.targets.end(), is_cost) || has_costs(plan, project.projects);
  });
}

}  // namespace detail

ATTAIN_INLINE std::vector<finding> validate_method(const method_spec& method) {
  detail::finding_list found;
  const detail::path root;
  detail::check_method(method, root, found);
  return found.take();
}

ATTAIN_INLINE std::vector<finding> needs_of_method(const method_spec& method, const programme_spec& plan) {
  detail::finding_list found;
  const detail::path root;
  if (needs_growth(method)) detail::find_needs(method, plan, found);
  if (cost_bands(method) && !detail::has_costs(plan, plan.projects))
    found.error(code::method_needs_more, {&root, "projects"}, "", "a target that is an input_of another one, in money",
                "the method " + escaped_excerpt(method.name) +
                    " needs the money spent, and no target says it; add one that reads it, as input_of the target it is spent on");
  return found.take();
}

}  // namespace attain::inline v0
