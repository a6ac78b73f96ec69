#pragma once

// Which cells of one evaluation are those of another: matched by the ids of programme, target or project, and place.

#include <attain/engine/evaluation.hpp>

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace attain::inline v0::detail {

class pairing {
 public:
  pairing(const evaluation_data& a, const evaluation_data& b) {
    if (same_layout(a, b)) return;
    identical_ = false;
    cells_.assign(a.compiled->cells.place.size(), none);
    nodes_.assign(a.compiled->nodes.plan.size(), none);
    plans_.assign(a.compiled->nodes.plans.size(), none);
    std::unordered_map<std::string_view, std::uint32_t> programmes;
    for (std::uint32_t k = 0; k < b.plan.programmes().size(); ++k) programmes.emplace(b.plan.programmes()[k].id(), k);
    for (std::uint32_t k = 0; k < a.plan.programmes().size(); ++k) {
      const auto other = programmes.find(a.plan.programmes()[k].id());
      if (other != programmes.end()) match(a, k, b, other->second);
    }
  }

  std::uint32_t cell(std::uint32_t of_a) const noexcept { return identical_ ? of_a : cells_[of_a]; }
  std::uint32_t node(std::uint32_t of_a) const noexcept { return identical_ ? of_a : nodes_[of_a]; }
  /// A node of the programme tree, whatever its place.
  std::uint32_t plan(std::uint32_t of_a) const noexcept { return identical_ ? of_a : plans_[of_a]; }
  bool identical() const noexcept { return identical_; }

 private:
  static bool same_ids(const programme& a, const programme& b) {
    if (a.same_as(b)) return true;
    if (a.id() != b.id() || a.targets().size() != b.targets().size() || a.nodes().size() != b.nodes().size() ||
        a.places().size() != b.places().size()) {
      return false;
    }
    for (std::size_t i = 0; i < a.targets().size(); ++i) {
      if (a.targets()[i].spec->id != b.targets()[i].spec->id || a.targets()[i].node != b.targets()[i].node) return false;
    }
    for (std::size_t i = 1; i < a.nodes().size(); ++i) {
      if (a.nodes()[i].spec->id != b.nodes()[i].spec->id || a.nodes()[i].parent != b.nodes()[i].parent) return false;
    }
    for (std::size_t i = 0; i < a.places().size(); ++i) {
      if (a.places()[i].id != b.places()[i].id) return false;
    }
    return true;
  }

  static bool same_layout(const evaluation_data& a, const evaluation_data& b) {
    if (a.plan.programmes().size() != b.plan.programmes().size()) return false;
    for (std::size_t i = 0; i < a.plan.programmes().size(); ++i) {
      if (!same_ids(a.plan.programmes()[i], b.plan.programmes()[i])) return false;
    }
    if (a.compiled == b.compiled) return true;
    const attain::compiled& x = *a.compiled;
    const attain::compiled& y = *b.compiled;
    return x.cells.place == y.cells.place && x.cells.target_of == y.cells.target_of && x.nodes.plan == y.nodes.plan &&
           x.nodes.place == y.nodes.place;
  }

  void match(const evaluation_data& a, std::uint32_t number_a, const evaluation_data& b, std::uint32_t number_b) {
    const programme& p = a.plan.programmes()[number_a];
    const programme& q = b.plan.programmes()[number_b];
    const attain::compiled& x = *a.compiled;
    const attain::compiled& y = *b.compiled;
    std::vector<std::uint32_t> places(p.places().size(), none);
    for (std::uint32_t i = 0; i < places.size(); ++i) places[i] = q.find_place(p.places()[i].id).value_or(none);
    for (std::uint32_t t = x.first_target[number_a]; t < x.first_target[number_a + 1]; ++t) {
      const target_plan& target = x.cells.targets[t];
      const auto other = q.find_target(p.targets()[target.target].spec->id);
      if (!other) continue;
      for (std::uint32_t c = target.first_cell; c < target.first_cell + target.cell_count; ++c) {
        const std::uint32_t place = places[x.cells.place[c]];
        if (place != none) cells_[c] = y.find_cell(y.first_target[number_b] + *other, place).value_or(none);
      }
    }
    for (std::uint32_t node = 0; node < p.nodes().size(); ++node) {
      const auto other = node == 0 ? std::optional<std::uint32_t>(0) : q.find_project(p.nodes()[node].spec->id);
      if (!other) continue;
      const std::uint32_t plan = x.nodes.first_plan[number_a] + node;
      plans_[plan] = y.nodes.first_plan[number_b] + *other;
      for (std::uint32_t i = x.nodes.of_node_begin[plan]; i < x.nodes.of_node_begin[plan + 1]; ++i) {
        const std::uint32_t place = places[x.nodes.place[x.nodes.of_node[i]]];
        if (place != none) nodes_[x.nodes.of_node[i]] = y.find_node_cell(number_b, *other, place).value_or(none);
      }
    }
  }

  bool identical_ = true;
  std::vector<std::uint32_t> cells_;
  std::vector<std::uint32_t> nodes_;
  std::vector<std::uint32_t> plans_;
};

}  // namespace attain::inline v0::detail
