#pragma once

#include <attain/core/number_text.hpp>
#include <attain/core/sort_stably.hpp>
#include <attain/engine/compare.hpp>
#include <attain/engine/impl/change_splitter.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace attain::inline v0 {
namespace detail {

inline void add_scaled(change_components& to, const change_components& more, double by) noexcept {
  to.performance += by * more.performance;
  to.coverage += by * more.coverage;
  to.rules += by * more.rules;
  to.plan += by * more.plan;
}

}  // namespace detail

struct evaluation_comparison::state {
  std::vector<change_components> nodes;
};

ATTAIN_INLINE answer<double> node_change::change() const {
  if (before_.has_value() && after_.has_value()) return *after_ - *before_;
  if (before_.has_value()) return after_.why();
  return after_.has_value() ? before_.why() : first_of(before_.why(), after_.why());
}

ATTAIN_INLINE const std::vector<change_components>& evaluation_comparison::components() const noexcept { return state_->nodes; }

// One sweep, children before parents: what a child's components come to above it.
ATTAIN_INLINE evaluation_comparison compare(const evaluation& before, const evaluation& after) {
  auto made = std::make_shared<evaluation_comparison::state>();
  const compiled_nodes& n = after.data().compiled->nodes;
  made->nodes.resize(n.plan.size());
  detail::change_splitter splitter(before.data(), after.data());
  detail::node_split split;
  for (std::uint32_t node = static_cast<std::uint32_t>(n.plan.size()); node-- > 0;) {  // levels come parents first
    if (!splitter.split(node, split)) continue;
    change_components& sum = made->nodes[node];
    sum = {.coverage = split.coverage, .rules = split.rules, .plan = split.plan};
    for (const detail::split_child& child : split.children) {
      sum.coverage += child.coverage;
      sum.plan += child.plan;
      if (!child.in_both() || child.carry == 0) continue;
      if (!child.is_cell) {
        detail::add_scaled(sum, made->nodes[child.after], child.carry);
      } else {
        detail::add_scaled(sum, splitter.of_target(child), child.carry);
      }
    }
  }
  return {before, after, std::move(made)};
}

namespace detail {

inline answer<double> attainment_of_node(const evaluation_data& of, std::uint32_t node) {
  if (node == none) return reason::not_applicable;
  const node_result& r = of.nodes[node];
  if (r.attainment_missing != 0) return static_cast<reason>(r.attainment_missing);
  return r.attainment;
}

// A target or node of one of the evaluations, in words; the scores are still open.
inline change_part part_named(const evaluation& of, std::uint32_t index, bool is_target) {
  if (is_target) {
    const target_result target(of.share(), index);
    return {.id = target.id(), .name = target.spec().name, .is_target = true, .place = target.place()};
  }
  const project_result node(of.share(), index);
  return {.id = node.id(), .name = node.name(), .is_target = false, .place = node.place()};
}

}  // namespace detail

ATTAIN_INLINE node_change evaluation_comparison::change(std::string_view project, std::optional<std::string_view> place) const {
  const project_result top = place ? after_.project(project, *place) : after_.project(project);
  node_change made;
  made.id_ = top.id();
  made.name_ = top.name();
  made.place_ = top.place();
  made.components_ = state_->nodes[top.node_cell()];
  made.after_ = top.attainment();

  detail::change_splitter splitter(before_.data(), after_.data());
  made.before_ = detail::attainment_of_node(before_.data(), splitter.to_before().node(top.node_cell()));
  const auto put = [&](std::uint32_t before, std::uint32_t after, bool is_target, const change_components& components,
                       double error, const answer<double>& was, const answer<double>& is) {
    if (components == change_components{}) return;
    change_part part = detail::part_named(after != none ? after_ : before_, after != none ? after : before, is_target);
    part.before = was;
    part.after = is;
    part.components = components;
    part.standard_error = error;
    made.parts_.push_back(std::move(part));
  };
  const auto node_of = [&](std::uint32_t before, std::uint32_t after, const change_components& components, double error) {
    put(before, after, false, components, error, detail::attainment_of_node(before_.data(), before),
        detail::attainment_of_node(after_.data(), after));
  };

  struct open_node {
    std::uint32_t node;
    double carry;
    double relative_error;  ///< of the carry
    change_components in_parent;
    double error_in_parent;
  };
  std::vector<open_node> open{{top.node_cell(), 1, 0, {}, 0}};
  detail::node_split split;
  while (!open.empty()) {
    const open_node at = open.back();
    open.pop_back();
    const bool changed = splitter.split(at.node, split);
    // Errors of what is sampled here, and of what counts for above, are independent draws.
    const auto error_of = [&](const change_components& part, double here) {
      return std::hypot(at.carry * here, part.sum() * at.relative_error);
    };
    change_components whole;
    double error = at.error_in_parent;
    if (changed) {
      detail::add_scaled(whole, {.coverage = split.coverage, .rules = split.rules, .plan = split.plan}, at.carry);
      error = std::hypot(error, error_of(whole, split.error));
    }
    detail::add_scaled(whole, at.in_parent, 1);
    node_of(splitter.to_before().node(at.node), at.node, whole, error);
    if (!changed) continue;
    for (const detail::split_child& child : split.children) {
      change_components own;
      detail::add_scaled(own, {.coverage = child.coverage, .plan = child.plan}, at.carry);
      if (!child.is_cell) {
        if (child.in_both()) {
          const double part = child.carry * splitter.own_change(child);
          const double relative = part == 0 ? 0 : child.error / std::abs(part);
          open.push_back({child.after, at.carry * child.carry, std::hypot(at.relative_error, relative), own, error_of(own, 0)});
        } else {
          node_of(child.before, child.after, own, error_of(own, child.error));
        }
        continue;
      }
      if (child.in_both()) {
        detail::add_scaled(own, splitter.of_target(child), at.carry * child.carry);
      }
      put(child.before, child.after, true, own, error_of(own, child.error),
          child.has_before ? answer<double>(child.score_before) : reason::no_observation,
          child.has_after ? answer<double>(child.score_after) : reason::no_observation);
    }
  }
  std::sort(made.parts_.begin(), made.parts_.end(), [](const change_part& a, const change_part& b) {
    const double x = std::abs(a.components.sum());
    const double y = std::abs(b.components.sum());
    return x != y ? x > y : a.id != b.id ? a.id < b.id : a.place < b.place;
  });
  return made;
}

namespace detail {

inline std::string points(double share, bool with_plus) {
  const double rounded = std::round(std::abs(share) * 1000) / 10;
  const char* sign = rounded == 0 ? "" : share < 0 ? "−" : with_plus ? "+" : "";
  return sign + to_text(rounded);
}

// Shares of a total in tenths of a point, rounded so that they add up to the total as it is rounded: those whose rounding took or
// gave most are moved by one.
inline std::vector<double> tenths_adding_up(std::span<const double> shares, double total) {
  std::vector<double> tenths;
  double apart = std::round(total * 1000);
  for (const double share : shares) {
    tenths.push_back(std::round(share * 1000));
    apart -= tenths.back();
  }
  const double step = apart > 0 ? 1 : -1;
  std::vector<std::size_t> order(shares.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  sort_stably(std::span(order), [&](std::size_t a, std::size_t b) {
    return step * (tenths[a] - shares[a] * 1000) < step * (tenths[b] - shares[b] * 1000);
  });
  for (std::size_t i = 0; i < order.size() && static_cast<double>(i) < std::abs(apart); ++i) tenths[order[i]] += step;
  return tenths;
}

// Where the largest part of it comes from, unless that is performance.
inline const char* cause_of(const change_components& of, language in) {
  const double coverage = std::abs(of.coverage);
  const double rules = std::abs(of.rules);
  const double plan = std::abs(of.plan);
  const double most = (std::max)({std::abs(of.performance), coverage, rules, plan});
  const bool chinese = in == language::chinese;
  if (most == std::abs(of.performance)) return "";
  if (most == coverage) return chinese ? "（数据覆盖）" : " (coverage)";
  if (most == rules) return chinese ? "（规则）" : " (rules)";
  return chinese ? "（计划调整）" : " (plan)";
}

}  // namespace detail

ATTAIN_INLINE std::string node_change::sentence(language in) const {
  const bool chinese = in == language::chinese;
  const answer<double> moved = change();
  const std::string subject = name_.empty() ? id_ : name_;
  if (!moved.has_value()) {
    const std::string why(attain::sentence(moved.why(), in));
    return chinese ? subject + "：无法比较。" + why : subject + ": no change can be told. " + why;
  }
  const std::string level = detail::points(*after_, false) + "%";
  if (detail::points(*moved, false) == "0" && parts_.empty()) {
    return chinese ? subject + "：" + level + "，与上期持平。" : subject + ": " + level + ", unchanged.";
  }
  const std::string size = detail::points(std::abs(*moved), false);
  std::string text = subject + (chinese ? "：" : ": ") + level;
  if (chinese) {
    text += size == "0" ? "，基本持平" : (*moved > 0 ? "，上升" : "，下降") + size + "个百分点";
  } else {
    text += size == "0" ? ", about unchanged" : (*moved > 0 ? ", up " : ", down ") + size + (size == "1" ? " point" : " points");
  }
  const std::size_t shown = parts_.size() == 4 ? 4 : 3;  // a single one more takes no more words than its count
  std::vector<double> shares;
  for (const change_part& part : parts_) shares.push_back(part.components.sum());
  const std::vector<double> tenths = detail::tenths_adding_up(shares, *moved);
  double rest = 0;
  for (std::size_t i = shown; i < tenths.size(); ++i) rest += tenths[i];
  for (std::size_t i = 0; i < (std::min)(shown, parts_.size()); ++i) {
    const change_part& part = parts_[i];
    const std::string label = part.id + (part.name.empty() ? "" : " " + part.name) + detail::cause_of(part.components, in);
    const std::string amount = detail::points(tenths[i] / 1000, false);
    if (chinese) {
      text += (i == 0 ? "：" : "，") + label + (part.components.sum() < 0 ? "影响" : "贡献") + amount + "个百分点";
    } else {
      text += (i == 0 ? ": " : ", ") + amount + " from " + label;
    }
  }
  if (parts_.size() > shown) {
    const std::string count = std::to_string(parts_.size() - shown);
    const std::string amount = detail::points(rest / 1000, false);
    text += chinese ? "，其余" + count + "项合计" + amount + "个百分点" : ", " + amount + " from " + count + " others";
  }
  return text + (chinese ? "。" : ".");
}

// -- ranks ------------------------------------------------------------------------------------------

namespace detail {

// 1 and how many of the others are higher.
inline int rank_among(const answer<double>& own, const std::vector<answer<double>>& all, std::size_t self) {
  int rank = 1;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i != self && all[i].has_value() && *all[i] > *own) ++rank;
  }
  return rank;
}

}  // namespace detail

ATTAIN_INLINE std::vector<rank_change> evaluation_comparison::ranks(std::vector<std::uint32_t> node_cells) const {
  const detail::pairing to_before(after_.data(), before_.data());
  std::vector<answer<double>> before;
  std::vector<answer<double>> after;
  std::vector<rank_change> all;
  for (const std::uint32_t cell : node_cells) {
    before.push_back(detail::attainment_of_node(before_.data(), to_before.node(cell)));
    after.push_back(detail::attainment_of_node(after_.data(), cell));
    const project_result node(after_.share(), cell);
    all.push_back({.id = node.id(), .place = node.place(), .before = before.back(), .after = after.back()});
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (before[i].has_value()) all[i].rank_before = detail::rank_among(before[i], before, i);
    if (after[i].has_value()) all[i].rank_after = detail::rank_among(after[i], after, i);
    if (!before[i].has_value() || !after[i].has_value()) continue;
    const int moved_alone = detail::rank_among(after[i], before, i);
    all[i].own = all[i].rank_before - moved_alone;
    all[i].others = moved_alone - all[i].rank_after;
  }
  return all;
}

ATTAIN_INLINE std::vector<rank_change> evaluation_comparison::ranks_of_projects(std::string_view within,
                                                                                std::optional<std::string_view> place) const {
  const project_result top = place ? after_.project(within, *place) : after_.project(within);
  std::vector<std::uint32_t> cells;
  for (const project_result& child : top.projects()) cells.push_back(child.node_cell());
  return ranks(std::move(cells));
}

ATTAIN_INLINE std::vector<rank_change> evaluation_comparison::ranks_of_places(std::string_view project) const {
  const std::uint32_t top = after_.project(project).node_cell();
  const compiled_nodes& n = after_.data().compiled->nodes;
  const std::uint32_t plan = n.plan[top];
  std::vector<std::uint32_t> cells;
  for (std::uint32_t i = n.of_node_begin[plan]; i < n.of_node_begin[plan + 1]; ++i) {
    if (n.of_node[i] != top) cells.push_back(n.of_node[i]);
  }
  return ranks(std::move(cells));
}

}  // namespace attain::inline v0
