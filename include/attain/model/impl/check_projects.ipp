#pragma once

#include <attain/model/impl/check_projects.hpp>

#include <attain/core/exact_sum.hpp>
#include <attain/model/impl/check_aim.hpp>
#include <attain/model/impl/check_roll_up.hpp>
#include <attain/model/impl/check_target.hpp>
#include <attain/model/impl/check_units.hpp>
#include <attain/model/impl/flat_tree.hpp>
#include <attain/model/impl/references.hpp>
#include <attain/model/words.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0::detail {

class project_check {
 public:
  project_check(const programme_spec& spec, checked_places& places, checked_indicators& indicators, finding_list& found)
      : spec_(spec), places_(places), indicators_(indicators), found_(found), projects_(flatten(spec.projects)) {}

  void run() {
    check_weights(spec_.projects, {}, root_);
    paths_.reserve(projects_.size());  // paths point to one another
    windows_.reserve(projects_.size());
    std::size_t targets = 0;
    for (const flat_project& project : projects_) targets += project.spec->targets.size();
    targets_.reserve(targets);
    ids_.reserve(projects_.size() + targets);
    for (const flat_project& project : projects_) {
      const bool on_top = project.parent == none;
      paths_.push_back({on_top ? &root_ : &paths_[project.parent], "projects", project.position});
      const std::optional<period>& inherited = on_top ? spec_.window : windows_[project.parent];
      windows_.push_back(project.spec->window ? project.spec->window : inherited);
      check_project(project, paths_.back(), windows_.back());
      if (project.depth <= max_depth) check_targets(project, paths_.back(), windows_.back());
    }
    for (std::uint32_t i = 0; i < targets_.size(); ++i) check_belonging(i);
    check_cycles();
    check_partitions();
    check_roll_ups();
  }

 private:
  struct placed_target {
    const target_spec* spec;
    std::uint32_t project;
    std::uint32_t position;
    std::optional<period> window;
    std::uint32_t whole = none;  // that it is part of
    std::vector<std::uint32_t> parts{};
  };
  static constexpr std::uint32_t project_id = none;  // in place of the index of a target

  path where(const placed_target& t) const { return {&paths_[t.project], "targets", t.position}; }

  void check_project(const flat_project& flat, const path& here, const std::optional<period>& window) {
    const project_spec& project = *flat.spec;
    if (flat.depth > max_depth)
      found_.error(code::too_deep, here, project.id, "at most " + std::to_string(max_depth) + " levels",
                   "the project " + escaped_excerpt(project.id) + " lies too deep");
    ids_.add(project.id, project_id, here, {&here, "id"}, found_);
    found_.check_name({&here, "name"}, project.name);
    found_.check_weight({&here, "weight"}, project.weight);
    found_.check_window({&here, "window"}, project.window);
    if (project.due && window && *project.due < window->start)
      found_.error(code::due_before_start, {&here, "due"}, to_string(*project.due), to_string(window->start) + " or later",
                   "the project " + escaped_excerpt(project.id) + " is due before it starts on " + to_string(window->start));
    for (std::size_t i = 0; i < project.responsible.size(); ++i)
      found_.check_name({&here, "responsible", i}, project.responsible[i]);
    check_roll_up({&here, "roll_up"}, project.roll_up, found_);
    found_.check_text({&here, "text"}, project.text);
    found_.check_text({&here, "note"}, project.note);
    found_.check_text({&here, "source"}, project.source);
    check_weights(project.projects, project.targets, here);
  }

  /// A node without children, or whose children all have weight 0, has no mean.
  void check_weights(const std::vector<project_spec>& projects, const std::vector<target_spec>& targets, const path& here) {
    if (projects.empty() && targets.empty()) {
      found_.warning(code::empty_project, here, "", "projects or targets",
                     std::string(&here == &root_ ? "the programme" : "the project") + " has neither projects nor targets");
      return;
    }
    bool asks = !projects.empty();
    bool has_weight = false;
    for (const project_spec& p : projects) has_weight = has_weight || p.weight != 0;  // a bad weight is reported by itself
    for (const target_spec& t : targets) {
      has_weight = has_weight || weight_of(t) != 0;
      asks = asks || (t.aim && t.belongs == belonging::none);
    }
    if (has_weight) return;
    const path field{&here, targets.empty() ? "projects" : "targets"};
    if (asks)
      found_.error(code::weights_sum_to_zero, field, "0", "a positive weight somewhere", "nothing here has a weight");
    else
      found_.warning(code::weights_sum_to_zero, field, "0", "an aim or a weight somewhere",
                     "nothing here is asked for: readings and what belongs to other targets have weight 0");
  }

  void check_targets(const flat_project& flat, const path& here, const std::optional<period>& window) {
    for (std::size_t i = 0; i < flat.spec->targets.size(); ++i) {
      const target_spec& target = flat.spec->targets[i];
      const auto index = static_cast<std::uint32_t>(targets_.size());
      const path at{&here, "targets", i};
      targets_.push_back({.spec = &target,
                          .project = static_cast<std::uint32_t>(paths_.size() - 1),
                          .position = static_cast<std::uint32_t>(i),
                          .window = target.window ? target.window : window});
      ids_.add(target.id, index, here, {&at, "id"}, found_);
      for (std::size_t k = 0; k < target.aliases.size(); ++k) {
        const path alias{&at, "aliases", k};
        ids_.add(target.aliases[k].id, index, here, {&alias, "id"}, found_);
      }
      check_target(target, at, {spec_, window, places_, indicators_}, found_);
    }
  }

  void check_belonging(std::uint32_t i) {
    placed_target& t = targets_[i];
    if (t.spec->belongs == belonging::none && t.spec->belongs_to.empty()) return;
    const path here = where(t);
    const path field{&here, to_string(t.spec->belongs)};
    if (t.spec->belongs == belonging::none) {
      found_.error(code::missing_field, here, t.spec->belongs_to, "part_of, attribute_of or input_of",
                   "the target " + escaped_excerpt(t.spec->id) + " belongs to " + escaped_excerpt(t.spec->belongs_to) +
                       " without saying how");
      return;
    }
    const auto whole = ids_.resolve(t.spec->belongs_to, field, found_);
    if (!whole) return;
    if (*whole == project_id) {
      found_.error(code::dangling_id, field, t.spec->belongs_to, "the id of a target",
                   escaped_excerpt(t.spec->belongs_to) + " is a project, not a target");
      return;
    }
    t.whole = *whole;
    if (t.spec->belongs != belonging::part) return;
    targets_[*whole].parts.push_back(i);
    check_part(t, targets_[*whole], field);
  }

  void check_part(const placed_target& part, const placed_target& whole, const path& field) {
    const auto a = indicators_.ids.find(part.spec->indicator);
    const auto b = indicators_.ids.find(whole.spec->indicator);
    if (!a || !b || !indicators_.all[*a].measured_in || !indicators_.all[*b].measured_in) return;
    const unit& mine = *indicators_.all[*a].measured_in;
    const unit& its = *indicators_.all[*b].measured_in;
    if (!same_measure(mine, its)) {
      found_.error(code::unit_mismatch, field, mine.symbol(), std::string(its.symbol()),
                   "the part " + escaped_excerpt(part.spec->id) + " is in " + escaped_excerpt(mine.symbol()) + ", the whole " +
                       escaped_excerpt(whole.spec->id) + " in " + escaped_excerpt(its.symbol()));
      return;
    }
    const bool inside = part.window && whole.window && whole.window->contains(*part.window);
    const auto least = declared_goal(*part.spec, false);
    const auto most = declared_goal(*whole.spec, true);
    if (!inside || !least || !most || *least <= *most + tolerance_of(*most, std::nullopt)) return;
    const path here = where(part);
    const path aim_field{&here, "aim"};
    found_.warning(code::part_exceeds_whole, field_of(*part.spec->aim, aim_field), shown(*least), shown(*most) + " or less",
                   "the part " + escaped_excerpt(part.spec->id) + " asks for " + shown(*least) + ", the whole " +
                       escaped_excerpt(whole.spec->id) + " for " + shown(*most));
  }

  /// The number that an absolute aim names, of a band the edge asked for; of `at_most` only as an upper edge.
  static std::optional<double> declared_goal(const target_spec& t, bool upper_edge) {
    if (!t.aim || t.aim->change != change_kind::none) return std::nullopt;
    switch (t.aim->kind) {
      case aim_kind::at_least:
      case aim_kind::about: return finite(t.aim->goal);
      case aim_kind::between: return finite(upper_edge ? t.aim->upper : t.aim->goal);
      case aim_kind::at_most: return upper_edge ? finite(t.aim->goal) : std::nullopt;
      case aim_kind::rises:
      case aim_kind::falls: break;
    }
    return std::nullopt;
  }

  void check_cycles() {
    if (std::all_of(targets_.begin(), targets_.end(), [](const placed_target& t) { return t.whole == none; })) return;
    references wholes(targets_.size());
    for (std::uint32_t i = 0; i < targets_.size(); ++i)
      if (targets_[i].whole != none) wholes[i].push_back(targets_[i].whole);
    for (const std::vector<std::uint32_t>& cycle : resolve_order(wholes).cycles) {
      std::vector<std::string_view> ids;
      for (const std::uint32_t i : cycle) ids.push_back(targets_[i].spec->id);
      ids.push_back(ids.front());
      const placed_target& first = targets_[cycle.front()];
      const path here = where(first);
      found_.error(code::cycle, {&here, to_string(first.spec->belongs)}, ids.front(), "a target that does not belong to itself",
                   "targets belong to one another: " + joined_by_arrows(ids));
    }
  }

  /// The parts of a partition stand in for the whole in proportion to their goals (rule U4).
  void check_partitions() {
    for (const placed_target& whole : targets_) {
      if (!whole.spec->partition) continue;
      const path here = where(whole);
      const path field{&here, "partition"};
      if (whole.parts.empty()) {
        found_.warning(code::partition_without_parts, field, "", "targets that are part_of it",
                       "the target " + escaped_excerpt(whole.spec->id) + " is a partition without parts");
        continue;
      }
      const auto goal = declared_goal(*whole.spec, false);
      exact_sum total;
      bool known = goal.has_value();
      for (const std::uint32_t i : whole.parts) {
        const auto part = declared_goal(*targets_[i].spec, false);
        known = known && part;
        if (known) total.add(*part);
      }
      if (!known || std::fabs(total.rounded() - *goal) <= tolerance_of(*goal, std::nullopt)) continue;
      found_.warning(code::parts_differ_from_whole, field, shown(total.rounded()), shown(*goal),
                     "the parts of " + escaped_excerpt(whole.spec->id) + " ask for " + shown(total.rounded()) +
                         " together, the whole for " + shown(*goal));
    }
  }

  /// What roll-ups say of children and of targets below them.
  void check_roll_ups() {
    check_relations(spec_.roll_up, none, root_, spec_.projects, {});
    for (std::uint32_t i = 0; i < projects_.size(); ++i) {
      const project_spec& project = *projects_[i].spec;
      check_relations(project.roll_up, i, paths_[i], project.projects, project.targets);
    }
  }

  void check_relations(const roll_up_spec& roll_up, std::uint32_t node, const path& here, const std::vector<project_spec>& projects,
                       const std::vector<target_spec>& targets) {
    const path field{&here, "roll_up"};
    const path weights{&field, "weights"};
    if (roll_up.weights != weights_spec{}) {
      std::vector<weighed_child> children;
      for (const project_spec& p : projects) children.push_back({p.id, p.weight != 0, p.weight != 1});
      for (const target_spec& t : targets) children.push_back({t.id, weight_of(t) != 0, t.weight && *t.weight != 1});
      check_weights_of(weights, roll_up.weights, children, count_leaf_places(), found_);
    }
    const path measures{&weights, "measures"};
    for (const auto& [child, target] : roll_up.weights.measures) {
      const path at{&measures, child};
      if (ids_.resolve(target, at, found_) == project_id)
        found_.error(code::dangling_id, at, target, "the id of a target", escaped_excerpt(target) + " is a project, not a target");
    }
    for (std::size_t r = 0; r < roll_up.rules.size(); ++r) {
      const path rule{&field, "rules", r};
      for (std::size_t k = 0; k < roll_up.rules[r].of.size(); ++k)
        check_watched(roll_up.rules[r], roll_up.rules[r].of[k], node, {&rule, "of", k});
    }
  }

  void check_watched(const rule_spec& rule, const std::string& id, std::uint32_t node, const path& at) {
    const auto target = ids_.resolve(id, at, found_);
    if (!target) return;
    bool lies_below = *target != project_id && node == none;
    if (*target != project_id && node != none) {
      for (std::uint32_t up = targets_[*target].project; up != none && !lies_below; up = projects_[up].parent)
        lies_below = up == node;
    }
    if (!lies_below)
      found_.error(code::dangling_id, at, id, "the id of a target below the node",
                   escaped_excerpt(id) + " is no target below the node that the rule is of");
    else
      check_rule_target(at, rule, *targets_[*target].spec, found_);
  }

  std::size_t count_leaf_places() const {
    if (spec_.places.empty()) return 1;
    std::set<std::string_view> above;
    for (const place_spec& place : spec_.places) above.insert(place.within);
    const auto is_leaf = [&](const place_spec& place) { return !above.contains(place.id); };
    return static_cast<std::size_t>(std::count_if(spec_.places.begin(), spec_.places.end(), is_leaf));
  }

  const path root_{};
  const programme_spec& spec_;
  checked_places& places_;
  checked_indicators& indicators_;
  finding_list& found_;
  id_space ids_{"target"};
  std::vector<flat_project> projects_;
  std::vector<path> paths_;                     // of projects
  std::vector<std::optional<period>> windows_;  // own or inherited
  std::vector<placed_target> targets_;
};

ATTAIN_INLINE void check_projects(const programme_spec& spec, checked_places& places, checked_indicators& indicators,
                                  finding_list& found) {
  project_check(spec, places, indicators, found).run();
}

}  // namespace attain::inline v0::detail
