#pragma once

/** Interprets a method (rules S): from the facts and quantities of a cell to a state and a score, or to no answer.

  The default method is data like any other (`model/built_in_methods.hpp`). A method of the user judges whole columns
  (`engine/custom.hpp`). Pure functions; nothing throws.
*/

#include <attain/core/config.hpp>
#include <attain/judge/impl/bands.hpp>
#include <attain/judge/verdict.hpp>
#include <attain/model/built_in_methods.hpp>
#include <attain/model/method.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace attain::inline v0 {

/// The quantities that most methods cut; none where there is no answer.
struct judged_quantities {
  std::optional<double> gap{};
  std::optional<double> attainment{};
  std::optional<double> pace{};

  quantity_value operator()(quantity what) const noexcept;
};

/// The state of a band list; an edge is compared with tolerance 1e-9·|edge| (rule B2).
std::uint8_t band_of(const band_list& list, const quantity_value& of) noexcept;
std::uint8_t band_of(const band_list& list, std::optional<double> value) noexcept;

/// A value as a band list cuts it: state, score and reason.
verdict cut(const band_list& list, const quantity_value& of) noexcept;

namespace detail {

/// Whether the conditions of a rule hold, besides its facts; then what it decides is in @p decided.
template <class MeasureOf>
bool decides(const method_spec& method, std::size_t number, const MeasureOf& measure_of, verdict& decided) {
  const method_rule& rule = method.rules[number];
  for (const condition& asked : rule.where) {
    const quantity_value m = measure_of(asked.quantity);
    if (m.missing != 0 || !is_past(m.value, asked.edge, asked.closed)) return false;
  }
  if (rule.outcome == outcome::bands) {
    const band_list& list = method.band_lists[rule.index];
    decided = cut_by(list, measure_of(list.quantity));
  } else if (rule.outcome == outcome::state) {
    decided.state = static_cast<std::uint8_t>(rule.index);
    decided.scored = rule.score.has_value();
    decided.score = rule.score.value_or(0);
  }
  decided.rule = static_cast<std::uint8_t>(number);
  return true;
}

}  // namespace detail

/** The first rule whose facts and conditions all hold; @p measure_of gives a `quantity_value` for a quantity, and is asked for no
   more than the rules need. */
template <class MeasureOf>
verdict judge(const method_spec& method, std::uint16_t facts, const MeasureOf& measure_of) {
  verdict decided;
  for (std::size_t i = 0; i < method.rules.size(); ++i) {
    const std::uint16_t asked = method.rules[i].facts;
    if ((facts & asked) == asked && detail::decides(method, i, measure_of, decided)) break;
  }
  return decided;
}

/** The rules of a method, made ready for many cells: two look-ups by the facts find those that hold, however many there are, and
    every edge is the least value past it, with tolerance and rounding worked in, so that a comparison is left. */
class rules_by_facts {
 public:
  explicit rules_by_facts(const method_spec& method);

  /// As `judge` of the same method.
  template <class MeasureOf>
  ATTAIN_HOT inline verdict judge(const method_spec& method, std::uint16_t facts, const MeasureOf& measure_of) const {
    if (method.rules.size() > most) return v0::judge(method, facts, measure_of);
    verdict decided;
    const std::uint16_t absent = static_cast<std::uint16_t>(~facts);
    std::uint64_t hold = ~(without_low_[absent & 0xffu] | without_high_[absent >> 8]);
    for (; hold != 0; hold &= hold - 1) {
      if (decides(method, static_cast<std::size_t>(std::countr_zero(hold)), measure_of, decided)) break;
    }
    return decided;
  }

 private:
  static constexpr std::size_t most = 64;
  static constexpr std::uint32_t no_list = 0xFFFFFFFF;
  struct ready_rule {
    std::uint32_t first_condition;
    std::uint32_t conditions;
    std::uint32_t list;  ///< that cuts; `no_list`: what follows is decided
    std::uint8_t state;
    bool scored;
    double score;
  };
  struct ready_condition {
    attain::quantity quantity;
    double from;
  };
  struct ready_edge {
    double from;
    std::uint8_t state;
  };
  struct ready_list {
    std::uint32_t first_edge;
    std::uint32_t edges;  ///< without the last one, −∞
    attain::quantity quantity;
    bool scores;
  };

  template <class MeasureOf>
  ATTAIN_HOT inline bool decides(const method_spec& method, std::size_t number, const MeasureOf& measure_of,
                                 verdict& decided) const {
    const ready_rule& rule = rules_[number];
    for (std::uint32_t c = rule.first_condition; c < rule.first_condition + rule.conditions; ++c) {
      const quantity_value m = measure_of(conditions_[c].quantity);
      if (m.missing != 0 || m.value < conditions_[c].from) return false;
    }
    if (rule.list == no_list) {
      decided.state = rule.state;
      decided.scored = rule.scored;
      decided.score = rule.score;
    } else {
      cut(method, rule.list, measure_of(lists_[rule.list].quantity), decided);
    }
    decided.rule = static_cast<std::uint8_t>(number);
    return true;
  }

  ATTAIN_HOT inline void cut(const method_spec& method, std::size_t number, const quantity_value& of, verdict& decided) const {
    if (of.missing != 0 || of.scale != 1) {
      decided = detail::cut_by(method.band_lists[number], of);
      return;
    }
    const ready_list& list = lists_[number];
    const ready_edge* edge = &edges_[list.first_edge];
    for (std::uint32_t left = list.edges; left != 0; --left)
      edge += of.value < edge->from;  // no way out: it would be guessed wrongly
    decided.state = edge->state;
    decided.measured = true;
    decided.value = of.value;
    if (!list.scores) return;
    decided.scored = true;
    decided.score = *score_of(method.band_lists[number], of);
  }

  // One bit a rule: those that ask for one of the facts in an index, and those that there are not.
  std::array<std::uint64_t, 256> without_low_{};
  std::array<std::uint64_t, 256> without_high_{};
  std::vector<ready_rule> rules_;
  std::vector<ready_condition> conditions_;
  std::vector<ready_list> lists_;
  std::vector<ready_edge> edges_;  // from the top down, none above the one before it; last −∞ with the state below
};

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/judge/impl/method.ipp>
#endif
