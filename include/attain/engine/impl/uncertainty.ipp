#pragma once

#include <attain/engine/impl/kernel_drawer.hpp>
#include <attain/engine/impl/plain_totals.hpp>
#include <attain/engine/impl/reweighed_node.hpp>
#include <attain/engine/impl/totals_part.hpp>
#include <attain/engine/impl/weight_ranges.hpp>
#include <attain/engine/uncertainty.hpp>
#include <attain/judge/draws.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>

namespace attain::inline v0 {

struct totals::state {
  detail::totals_part of;
  std::optional<detail::plain_totals> plain{};

  state(const evaluation& from, std::string_view project, ranked among) : of(from, project, among) {
    if (among != ranked::projects) plain = detail::plain_totals_maker(of).make();
  }

  std::vector<answer<weight_range>> stable_weights() const {
    if (plain) {
      const auto exact = attain::stable_weights(plain->scores.tree, plain->scores.sheet);
      if (exact.has_value()) return of_parts(*exact);
    }
    return detail::weight_range_finder(of).find();
  }

  firmness draw(const firmness_options& options) const {
    if (plain) return firmness_of(plain->scores.tree, plain->scores.sheet, of.scores, options);
    return detail::count_draws(of.scores, options, [&] { return detail::kernel_drawer(of, options); });
  }

 private:
  std::vector<answer<weight_range>> of_parts(const std::vector<weight_range>& of_nodes) const {
    std::vector<answer<weight_range>> all(of.parts.size(), reason::not_applicable);
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (plain->node_of_part[i] != none) all[i] = of_nodes[plain->node_of_part[i]];
    }
    return all;
  }
};

ATTAIN_INLINE totals::totals(const evaluation& from, std::string_view project, ranked among)
    : state_(std::make_shared<const state>(from, project, among)) {}

ATTAIN_INLINE const names_of_totals& totals::names() const noexcept { return state_->of.names; }
ATTAIN_INLINE const std::vector<answer<double>>& totals::scores() const noexcept { return state_->of.scores; }
ATTAIN_INLINE const std::vector<std::int32_t>& totals::ranks() const noexcept { return state_->of.ranks; }
ATTAIN_INLINE bool totals::is_plain() const noexcept { return state_->plain.has_value(); }
ATTAIN_INLINE std::vector<without_node> totals::leave_one_out() const { return detail::totals_without_each(state_->of); }
ATTAIN_INLINE std::vector<answer<weight_range>> totals::stable_weights() const { return state_->stable_weights(); }
ATTAIN_INLINE firmness totals::draw(const firmness_options& options) const { return state_->draw(options); }

ATTAIN_INLINE answer<scores_of_places> scores_at_places(const evaluation& from, std::string_view project) {
  const totals of(from, project, ranked::places);
  if (of.state_->plain) {
    scores_of_places made = of.state_->plain->scores;
    score_sheet& sheet = made.sheet;
    for (std::size_t i = 0; i < sheet.score.size(); ++i) {
      sheet.score[i] = std::clamp(sheet.score[i], 0.0, sheet.cap[i % sheet.cap.size()]);
    }
    sheet.cap.clear();
    return made;
  }
  const bool any = std::any_of(of.scores().begin(), of.scores().end(), [](const answer<double>& s) { return s.has_value(); });
  return any ? reason::not_comparable : reason::no_observation;
}

}  // namespace attain::inline v0
