#pragma once

#include <attain/core/sort_stably.hpp>
#include <attain/engine/impl/node_weights.hpp>
#include <attain/engine/impl/roll_up_part.hpp>
#include <attain/engine/roll_up.hpp>
#include <attain/engine/uncertainty.hpp>
#include <attain/judge/draws.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <span>
#include <utility>

namespace attain::inline v0 {
namespace detail {

// Node cells of a node at those of its places that none of its places lies within.
inline std::vector<std::uint32_t> cells_at_lowest_places(const compiled& from, const programme& plan,
                                                         std::uint32_t node_plan_index) {
  const compiled_nodes& n = from.nodes;
  std::vector<std::uint32_t> cells(n.of_node.begin() + n.of_node_begin[node_plan_index],
                                   n.of_node.begin() + n.of_node_begin[node_plan_index + 1]);
  std::vector<std::uint8_t> has_below(plan.places().size(), 0);
  for (const std::uint32_t cell : cells) {
    for (std::uint32_t up = plan.place_parents()[n.place[cell]]; up != none; up = plan.place_parents()[up]) has_below[up] = 1;
  }
  std::erase_if(cells, [&](std::uint32_t cell) { return has_below[n.place[cell]] != 0; });
  return cells;
}

// The node cells that the results of @p units follow from: those below, and where scores make weights the other places of the
// node.
inline std::vector<std::uint32_t> cells_behind(const compiled& from, std::span<const std::uint32_t> units) {
  const compiled_nodes& n = from.nodes;
  std::vector<std::uint8_t> seen(n.plan.size(), 0);
  std::vector<std::uint32_t> all;
  std::vector<std::uint32_t> open;
  const auto visit = [&](std::uint32_t at) {
    if (seen[at] != 0) return;
    seen[at] = 1;
    all.push_back(at);
    open.push_back(at);
  };
  for (const std::uint32_t unit : units) visit(unit);
  while (!open.empty()) {
    const std::uint32_t at = open.back();
    open.pop_back();
    const std::uint32_t plan = n.plan[at];
    if (n.plans[plan].weights == weighting::entropy) {
      for (std::uint32_t i = n.of_node_begin[plan]; i < n.of_node_begin[plan + 1]; ++i) {
        if (n.in_sample[n.of_node[i]] != 0) visit(n.of_node[i]);
      }
    }
    for (std::uint32_t c = n.child_begin[at]; c < n.child_begin[at + 1]; ++c) {
      if (!n.children[c].is_cell) visit(n.children[c].index);
    }
  }
  std::sort(all.begin(), all.end());
  return all;
}

inline answer<double> mean_of_node(const node_result& of) {
  return of.attainment_missing != 0 ? answer<double>(static_cast<reason>(of.attainment_missing)) : answer<double>(of.attainment);
}

inline std::vector<double> weights_of(const family& of) {
  std::vector<double> weights;
  for (const family_member& child : of.children) weights.push_back(child.weight);
  return weights;
}

// Of children that enter a mean; 0 of the others.
inline std::vector<double> weights_in_mean(const family& of) {
  std::vector<double> weights;
  for (const family_member& child : of.children) weights.push_back(child.in_mean ? child.weight : 0);
  return weights;
}

// An error of the data moves the attainment of this cell.
inline bool has_error(const cell_columns& cells, std::size_t cell) {
  constexpr std::uint16_t asked = cell_flag::applicable | cell_flag::has_score | cell_flag::answered;
  return (cells.flags[cell] & (asked | cell_flag::hold_stream | cell_flag::not_due)) == asked;
}

// What a score was before it was brought within 0 and its cap.
inline double score_before_cap(const cell_columns& cells, std::size_t cell, double cap) {
  const double attained = cells.attainment[cell];
  const bool is_cut = cells.attainment_missing[cell] == 0 && std::clamp(attained, 0.0, cap) == cells.score[cell];
  return is_cut ? attained : cells.score[cell];
}

}  // namespace detail

struct totals::state {
  struct part_place {
    std::uint32_t family = 0;
    std::uint32_t child = 0;
  };

  evaluation from;
  std::int32_t as_of = 0;
  std::uint32_t programme_number = 0;
  names_of_totals names{};
  std::shared_ptr<const used_method> by{};
  std::optional<detail::roll_up_part> part{};
  std::vector<detail::family> families{};
  std::vector<std::uint32_t> family_of{};  // node of the programme → family, none without one
  std::vector<std::uint32_t> unit{};       // node cells of the part
  std::vector<answer<double>> scores{};
  std::vector<std::int32_t> ranks{};
  std::vector<part_place> parts{};
  std::vector<double> leaves{};  // targets with weight below a node of the programme, where some weights are their number
  std::optional<scores_of_places> plain{};
  std::vector<std::uint32_t> node_of_part{};  // in the plain tree, none for what is not in it
  std::vector<std::uint32_t> leaf_parts{};    // parts that are its leaves, in its order

  explicit state(const evaluation& of) : from(of) {}

  const compiled& whole() const noexcept { return *from.data().compiled; }
  const programme& plan() const noexcept { return from.plan().programmes()[programme_number]; }
  const node_plan& plan_of(const detail::family& f) const noexcept { return part->from.nodes.plans[f.plan]; }

  // The node of the programme that a node plan of the part, or of the whole, stands for.
  std::uint32_t node_in_part(std::uint32_t plan_of_part) const { return node_of_plan(part->plan_number[plan_of_part]); }
  std::uint32_t node_of_plan(std::uint32_t number) const { return number - whole().nodes.first_plan[programme_number]; }
  const std::string& id_of_node(std::uint32_t node) const { return node == 0 ? plan().id() : plan().nodes()[node].spec->id; }
  const std::string& id_of_target(std::uint32_t number) const {
    return plan().targets()[whole().cells.targets[number].target].spec->id;
  }

  void start(std::string_view project, ranked among) {
    const evaluation_data& data = from.data();
    const compiled& c = whole();
    const std::uint32_t top = from.project(project).node_cell();
    programme_number = c.programme_of(top);
    as_of = data.as_of.days();
    by = detail::without_costs(data.by);
    names.among = among;

    std::vector<std::uint32_t> cells;
    switch (among) {
      case ranked::places:
        cells = detail::cells_at_lowest_places(c, plan(), c.nodes.plan[top]);
        break;
      case ranked::projects:
        for (std::uint32_t i = c.nodes.child_begin[top]; i < c.nodes.child_begin[top + 1]; ++i) {
          if (!c.nodes.children[i].is_cell) cells.push_back(c.nodes.children[i].index);
        }
        break;
      case ranked::itself:
        cells.push_back(top);
        break;
    }
    part.emplace(detail::roll_up_source{c, data.cells, data.nodes}, detail::cells_behind(c, cells));
    detail::drop_costs(part->from);
    for (const std::uint32_t cell : cells) {
      unit.push_back(part->node_cell(cell));
      scores.push_back(detail::mean_of_node(data.nodes[cell]));
      names.units.push_back(among == ranked::places ? plan().places()[c.nodes.place[cell]].id
                                                    : id_of_node(node_of_plan(c.nodes.plan[cell])));
    }
    ranks = ranks_by_score(scores);

    families = detail::families_of(*part, by.get());
    family_of.assign(plan().nodes().size(), none);
    for (std::uint32_t f = 0; f < families.size(); ++f) {
      family_of[node_in_part(families[f].plan)] = f;
      for (std::uint32_t k = 0; k < families[f].children.size(); ++k) {
        const detail::family_member& child = families[f].children[k];
        if (child.weight <= 0) continue;
        parts.push_back({f, k});
        names.parts.push_back(child.is_target ? id_of_target(child.number) : id_of_node(node_in_part(child.number)));
      }
    }
    count_leaves();
    if (among != ranked::projects) find_plain();
  }

  // Rule U11, as when compiling.
  void count_leaves() {
    const auto counts = [&](const detail::family& f) { return plan_of(f).weights == weighting::leaf_count; };
    if (std::none_of(families.begin(), families.end(), counts)) return;
    const compiled& c = whole();
    leaves.assign(plan().nodes().size(), 0);
    for (std::uint32_t t = c.first_target[programme_number]; t < c.first_target[programme_number + 1]; ++t) {
      const target_plan& target = c.cells.targets[t];
      if (target.cell_count == 0 || c.cells.weight[target.first_cell] <= 0) continue;
      leaves[plan().targets()[target.target].node] += 1;
    }
    for (auto i = static_cast<std::uint32_t>(plan().nodes().size()); i-- > 1;) {
      if (plan().nodes()[i].spec->weight > 0) leaves[plan().nodes()[i].parent] += leaves[i];
    }
  }

  // -- plain weighted means -------------------------------------------------------------------------

  void find_plain() {
    for (const detail::family& f : families) {
      const node_plan& p = plan_of(f);
      const bool is_plain = p.aggregate.kind == aggregation::weighted_mean && !p.has_data_weights() && p.rule_count == 0 &&
                            !p.aggregate.floor && !p.count_not_due && !p.count_missing && !p.refuse_missing;
      if (!is_plain) return;
    }
    const compiled_nodes& n = part->from.nodes;
    scores_of_places made;
    std::vector<std::uint32_t> in_tree(n.plans.size(), none);
    const auto add = [&](std::uint32_t parent, double weight, const std::string& id) {
      made.tree.parent.push_back(parent);
      made.tree.weight.push_back(weight);
      made.nodes.push_back(id);
      return static_cast<std::uint32_t>(made.tree.size() - 1);
    };
    const std::uint32_t top = n.plan[unit.front()];
    in_tree[top] = add(0, 1, id_of_node(node_in_part(top)));
    node_of_part.assign(parts.size(), none);
    for (const bool of_targets : {false, true}) {  // leaves come last, in the order of the programme
      for (std::uint32_t i = 0; i < parts.size(); ++i) {
        const detail::family& f = families[parts[i].family];
        const detail::family_member& child = f.children[parts[i].child];
        if (child.is_target != of_targets || !child.in_mean || in_tree[f.plan] == none) continue;
        const std::uint32_t at = add(in_tree[f.plan], child.weight, names.parts[i]);
        node_of_part[i] = at;
        if (!of_targets) in_tree[child.number] = at;
        if (of_targets) leaf_parts.push_back(i);
      }
    }
    if (leaf_parts.empty()) return;
    fill_sheet(made);
    made.places = names.units;
    plain = std::move(made);
  }

  void fill_sheet(scores_of_places& made) const {
    const compiled_nodes& n = part->from.nodes;
    made.sheet.units = unit.size();
    const std::size_t width = leaf_parts.size();
    made.sheet.score.assign(unit.size() * width, 0);
    made.sheet.missing.assign(unit.size() * width, 1);
    std::vector<std::uint32_t> unit_at(plan().places().size(), none);
    for (std::uint32_t u = 0; u < unit.size(); ++u) unit_at[n.place[unit[u]]] = u;
    for (std::size_t l = 0; l < width; ++l) {
      const detail::family_member& child = families[parts[leaf_parts[l]].family].children[parts[leaf_parts[l]].child];
      const double cap = part->from.cells.targets[child.number].score_cap;
      made.sheet.cap.push_back(cap);
      for (const std::uint32_t node_cell : families[parts[leaf_parts[l]].family].node_cells) {
        const std::uint32_t u = unit_at[n.place[node_cell]];
        for (std::uint32_t c = n.child_begin[node_cell]; c < n.child_begin[node_cell + 1]; ++c) {
          const std::uint32_t cell = n.children[c].index;
          const bool is_this = n.children[c].is_cell && part->from.cells.target_of[cell] == child.number;
          if (!is_this || !detail::has_error(part->cells, cell)) continue;
          made.sheet.score[u * width + l] = detail::score_before_cap(part->cells, cell, cap);
          made.sheet.missing[u * width + l] = 0;
        }
      }
    }
    if (std::none_of(made.sheet.missing.begin(), made.sheet.missing.end(), [](std::uint8_t m) { return m != 0; })) {
      made.sheet.missing.clear();
    }
  }

  // -- one node with other weights ------------------------------------------------------------------

  // The nodes from one to the units, the rest as it is.
  class path {
   public:
    path(const state& of, std::uint32_t family_number)
        : of_(of), part_(detail::roll_up_source{of.part->from, of.part->cells, of.part->nodes}, cells_of(of, family_number)) {
      families_ = detail::families_of(part_, of.by.get());
      family_of_.assign(of.family_of.size(), none);
      for (std::uint32_t f = 0; f < families_.size(); ++f) family_of_[node_of(families_[f].plan)] = f;
      own_ = family_of_[of.node_in_part(of.families[family_number].plan)];
    }

    const detail::family& own() const noexcept { return families_[own_]; }

    // The totals with these weights at the node; those above it that count leaves have @p fewer of them.
    std::vector<answer<double>> totals_with(std::vector<double> weights, double fewer = 0) {
      detail::weigh(part_, own(), weights);
      std::vector<std::uint32_t> counted;
      if (fewer > 0) counted = count_fewer(fewer);
      part_.run(of_.as_of, of_.by.get());
      for (const std::uint32_t f : counted) {
        std::vector<double> as_before = detail::weights_of(families_[f]);
        detail::weigh(part_, families_[f], as_before);
      }
      std::vector<answer<double>> totals = of_.scores;
      for (std::size_t u = 0; u < totals.size(); ++u) {
        const std::uint32_t at = part_.node_cell(of_.unit[u]);
        if (at != none) totals[u] = detail::mean_of_node(part_.nodes[at]);
      }
      return totals;
    }

   private:
    static std::vector<std::uint32_t> cells_of(const state& of, std::uint32_t family_number) {
      std::vector<std::uint32_t> cells;
      for (std::uint32_t f = family_number; f != none; f = of.family_above(f)) {
        cells.insert(cells.end(), of.families[f].node_cells.begin(), of.families[f].node_cells.end());
      }
      std::sort(cells.begin(), cells.end());
      return cells;
    }

    // The node of the programme that a node plan of this part stands for.
    std::uint32_t node_of(std::uint32_t plan) const { return of_.node_in_part(part_.plan_number[plan]); }

    // Families that weigh by leaves, from the one above the node on.
    std::vector<std::uint32_t> count_fewer(double fewer) {
      std::vector<std::uint32_t> changed;
      std::uint32_t below = node_of(own().plan);
      for (std::uint32_t at = of_.node_above(below); at != none && family_of_[at] != none; at = of_.node_above(at)) {
        const detail::family& f = families_[family_of_[at]];
        if (part_.from.nodes.plans[f.plan].weights == weighting::leaf_count) {
          std::vector<double> weights;
          for (const detail::family_member& child : f.children) {
            const std::uint32_t node = child.is_target ? none : node_of(child.number);
            const double count = child.is_target ? 1 : of_.leaves[node] - (node == below ? fewer : 0);
            weights.push_back(child.weight > 0 ? count : 0);
          }
          detail::weigh(part_, f, weights);
          changed.push_back(family_of_[at]);
        }
        below = at;
      }
      return changed;
    }

    const state& of_;
    detail::roll_up_part part_;
    std::vector<detail::family> families_;
    std::vector<std::uint32_t> family_of_;
    std::uint32_t own_ = 0;
  };

  std::uint32_t node_above(std::uint32_t node) const { return plan().nodes()[node].parent; }
  std::uint32_t family_above(std::uint32_t family_number) const {
    const std::uint32_t above = node_above(node_in_part(families[family_number].plan));
    return above == none ? none : family_of[above];
  }

  std::vector<without_node> leave_one_out() const {
    std::vector<without_node> all;
    std::optional<path> at;
    for (std::uint32_t i = 0; i < parts.size(); ++i) {
      const detail::family& f = families[parts[i].family];
      if (i == 0 || parts[i].family != parts[i - 1].family) at.emplace(*this, parts[i].family);
      const detail::family_member& child = f.children[parts[i].child];
      std::vector<double> weights = detail::weights_of(f);
      weights[parts[i].child] = 0;
      const double leaves_less = leaves.empty() ? 0 : child.is_target ? 1 : leaves[node_in_part(child.number)];
      without_node one{.node = i, .scores = at->totals_with(std::move(weights), leaves_less), .ranks = {}};
      detail::put_ranks(ranks, one);
      all.push_back(std::move(one));
    }
    return all;
  }

  // -- how far weights may move ---------------------------------------------------------------------

  std::vector<answer<weight_range>> stable_weights() const {
    std::vector<answer<weight_range>> all(parts.size(), reason::not_applicable);
    if (plain) {
      const auto exact = attain::stable_weights(plain->tree, plain->sheet);
      for (std::size_t i = 0; exact.has_value() && i < parts.size(); ++i) {
        if (node_of_part[i] != none) all[i] = (*exact)[node_of_part[i]];
      }
      if (exact.has_value()) return all;
    }
    std::vector<std::uint32_t> order;
    for (std::uint32_t u = 0; u < scores.size(); ++u) {
      if (scores[u].has_value()) order.push_back(u);
    }
    sort_stably(std::span(order), [&](std::uint32_t a, std::uint32_t b) { return *scores[a] > *scores[b]; });
    std::optional<path> at;
    for (std::uint32_t i = 0; i < parts.size(); ++i) {
      const detail::family& f = families[parts[i].family];
      if (i == 0 || parts[i].family != parts[i - 1].family) at.emplace(*this, parts[i].family);
      if (!plan_of(f).has_data_weights() && f.children[parts[i].child].in_mean) all[i] = range_of(f, parts[i].child, order, *at);
    }
    return all;
  }

  bool keeps_order(const std::vector<answer<double>>& moved, std::span<const std::uint32_t> order) const {
    for (std::size_t u = 0; u < scores.size(); ++u) {
      if (moved[u].has_value() != scores[u].has_value()) return false;
    }
    for (std::size_t i = 0; i + 1 < order.size(); ++i) {
      const double gap = *moved[order[i]] - *moved[order[i + 1]];
      const bool were_equal = *scores[order[i]] == *scores[order[i + 1]];
      if (were_equal ? std::abs(gap) > 1e-12 : gap < 0) return false;
    }
    return true;
  }

  weight_range range_of(const detail::family& f, std::size_t child, std::span<const std::uint32_t> order, path& at) const {
    const std::vector<double> counted = detail::weights_in_mean(f);
    const double sum = std::accumulate(counted.begin(), counted.end(), 0.0);
    const double share = counted[child] / sum;
    if (counted[child] == sum) return {.share = 1, .least = 1, .most = 1};
    const auto keeps = [&](double t) {
      std::vector<double> weights = detail::weights_of(f);
      for (std::size_t k = 0; k < weights.size(); ++k) {
        if (counted[k] > 0) weights[k] = k == child ? t * sum : counted[k] * (1 - t) / (1 - share);
      }
      return keeps_order(at.totals_with(std::move(weights)), order);
    };
    constexpr int steps = 64;
    constexpr double precision = 1e-9;
    const auto last_kept = [&](double end) {  // towards 0 or 1, where it or its siblings would have no weight any more
      double kept = share;
      for (int s = 1; s <= steps; ++s) {
        const double t = s < steps ? share + (end - share) * s / steps : end + (share - end) * precision;
        if (keeps(t)) {
          kept = t;
          continue;
        }
        double lost = t;
        while (std::abs(lost - kept) > precision) {
          const double middle = (kept + lost) / 2;
          (keeps(middle) ? kept : lost) = middle;
        }
        return kept;
      }
      return end;
    };
    return {.share = share, .least = last_kept(0), .most = last_kept(1)};
  }

  // -- draws ----------------------------------------------------------------------------------------

  class kernel_drawer {
   public:
    kernel_drawer(const state& of, const firmness_options& options) : of_(of), options_(options), part_(*of.part) {
      for (const detail::family& f : of.families) {
        const node_plan& plan = of.plan_of(f);
        if (plan.weights == weighting::measure) find_measures(f, plan);
        given_.push_back(plan.has_data_weights() ? std::vector<double>() : detail::weights_in_mean(f));
        weights_.push_back(detail::weights_of(f));
      }
      for (std::uint32_t cell = 0; options.data_error > 0 && cell < part_.cells.size(); ++cell) {
        if (part_.is_measure[cell] != 0 || !detail::has_error(part_.cells, cell)) continue;
        const double cap = part_.from.cells.targets[part_.from.cells.target_of[cell]].score_cap;
        leaves_.push_back({cell, detail::score_before_cap(part_.cells, cell, cap), cap});
      }
    }

    void draw(random_stream& random, detail::drawn_scores& to) {
      for (std::size_t f = 0; f < of_.families.size(); ++f) {
        if (given_[f].empty() || options_.weights == weight_noise::fixed) continue;
        drawn_ = weights_[f];
        detail::draw_weights(random, options_, given_[f], drawn_);
        detail::weigh(part_, of_.families[f], drawn_);
      }
      for (const measured& m : measured_) {
        drawn_ = m.reading;
        detail::draw_weights(random, options_, m.reading, drawn_);
        auto& readings = part_.cells.reading.edit();
        for (std::size_t k = 0; k < drawn_.size(); ++k) readings[m.cell[k]] = drawn_[k];
      }
      auto& drawn = part_.cells.score.edit();
      for (const leaf& l : leaves_) {
        drawn[l.cell] = std::clamp(l.score + options_.data_error * random.normal(), 0.0, l.cap);
      }
      part_.run(of_.as_of, of_.by.get());
      for (std::size_t u = 0; u < of_.unit.size(); ++u) {
        const node_result& result = part_.nodes[of_.unit[u]];
        to.has[u] = result.attainment_missing == 0 ? 1 : 0;
        to.score[u] = result.attainment;
      }
    }

   private:
    struct leaf {
      std::uint32_t cell;
      double score;  // before it is cut
      double cap;
    };
    // Readings that weigh the children of a node cell.
    struct measured {
      std::vector<std::uint32_t> cell;
      std::vector<double> reading;
    };

    void find_measures(const detail::family& f, const node_plan& plan) {
      const compiled_nodes& n = part_.from.nodes;
      for (const std::uint32_t at : f.node_cells) {
        measured found;
        bool are_known = true;
        for (std::uint32_t c = n.child_begin[at]; c < n.child_begin[at + 1]; ++c) {
          const auto [is_target, number] = detail::identity_of(part_.from, n.children[c]);
          const contribution adds =
              detail::static_contribution(part_.from, n.children[c], part_.cells, part_.nodes, plan, of_.by.get());
          if (adds.weight <= 0 || !adds.in_mean) continue;
          for (std::uint32_t m = plan.first_measure; m < plan.first_measure + plan.measure_count; ++m) {
            const node_measure& measure = n.measures[m];
            if (measure.is_target != is_target || measure.child != number) continue;
            const std::uint32_t cell = n.watched[n.watch_begin[at] + measure.watched];
            are_known = are_known && cell != none && part_.cells.reading_missing[cell] == 0 && part_.cells.reading[cell] >= 0;
            if (!are_known) break;
            found.cell.push_back(cell);
            found.reading.push_back(part_.cells.reading[cell]);
          }
        }
        if (are_known && found.cell.size() > 1) measured_.push_back(std::move(found));
      }
    }

    const state& of_;
    const firmness_options& options_;
    detail::roll_up_part part_;
    std::vector<std::vector<double>> given_;    // weights by family; empty where they follow from data
    std::vector<std::vector<double>> weights_;  // of those in no mean, too
    std::vector<measured> measured_;
    std::vector<leaf> leaves_;
    std::vector<double> drawn_;
  };

  firmness draw(const firmness_options& options) const {
    if (!plain) {
      return detail::count_draws(scores, options, [&] { return kernel_drawer(*this, options); });
    }
    const detail::checked_tree tree(plain->tree, plain->sheet);
    return detail::count_draws(scores, options, [&] { return detail::tree_drawer(tree, options); });
  }
};

ATTAIN_INLINE totals::totals(const evaluation& from, std::string_view project, ranked among) {
  auto made = std::make_shared<state>(from);
  made->start(project, among);
  state_ = std::move(made);
}

ATTAIN_INLINE const names_of_totals& totals::names() const noexcept { return state_->names; }
ATTAIN_INLINE const std::vector<answer<double>>& totals::scores() const noexcept { return state_->scores; }
ATTAIN_INLINE const std::vector<std::int32_t>& totals::ranks() const noexcept { return state_->ranks; }
ATTAIN_INLINE bool totals::is_plain() const noexcept { return state_->plain.has_value(); }
ATTAIN_INLINE std::vector<without_node> totals::leave_one_out() const { return state_->leave_one_out(); }
ATTAIN_INLINE std::vector<answer<weight_range>> totals::stable_weights() const { return state_->stable_weights(); }
ATTAIN_INLINE firmness totals::draw(const firmness_options& options) const { return state_->draw(options); }

ATTAIN_INLINE answer<scores_of_places> scores_at_places(const evaluation& from, std::string_view project) {
  const totals of(from, project, ranked::places);
  const bool any = std::any_of(of.scores().begin(), of.scores().end(), [](const answer<double>& s) { return s.has_value(); });
  if (of.state_->plain) {
    scores_of_places made = *of.state_->plain;
    const std::size_t leaves = made.sheet.cap.size();
    for (std::size_t i = 0; i < made.sheet.score.size(); ++i)
      made.sheet.score[i] = std::clamp(made.sheet.score[i], 0.0, made.sheet.cap[i % leaves]);
    made.sheet.cap.clear();
    return made;
  }
  return any ? reason::not_comparable : reason::no_observation;
}

}  // namespace attain::inline v0
