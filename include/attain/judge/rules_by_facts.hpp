#pragma once

/** The rules of a method, made ready to judge many cells: what `judge` of judge/method.hpp says, in a fraction of the time. */

#include <attain/core/config.hpp>
#include <attain/judge/impl/bands.hpp>
#include <attain/judge/method.hpp>
#include <attain/judge/verdict.hpp>
#include <attain/model/method.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace attain::inline v0 {

/** Two look-ups by the facts find the rules that hold, however many there are, and every edge is the least value past it, with
    tolerance and rounding worked in, so that a comparison is left. */
class rules_by_facts {
 public:
  explicit rules_by_facts(const method_spec& method);

  /// The quantities that some rule asks for, one bit each.
  std::uint32_t asked() const noexcept { return asked_; }

  /// As `cut` of a band list of the same method.
  ATTAIN_HOT inline verdict cut(const method_spec& method, std::size_t list, const quantity_value& of) const {
    verdict decided;
    cut_of(method, list).of(of, decided);
    return decided;
  }

  /// As `judge` of the same method.
  template <class MeasureOf>
  ATTAIN_HOT inline verdict judge(const method_spec& method, std::uint16_t facts, const MeasureOf& measure_of) const {
    if (method.rules.size() > most) return v0::judge(method, facts, measure_of);
    verdict decided;
    for (std::uint64_t hold = holding(facts); hold != 0; hold &= hold - 1) {
      if (decides(method, static_cast<std::size_t>(std::countr_zero(hold)), measure_of, decided)) break;
    }
    return decided;
  }

  /** As `judge` of each of @p count cells with the same facts: column_of(quantity) gives their `quantity_column`, and
      put(i, verdict) takes what is said of each. */
  template <class ColumnOf, class Put>
  ATTAIN_HOT inline void judge_alike(const method_spec& method, std::uint16_t facts, std::size_t count, const ColumnOf& column_of,
                                     const Put& put) const {
    const std::uint64_t hold = method.rules.size() > most ? 0 : holding(facts);
    const auto first = static_cast<std::size_t>(std::countr_zero(hold));
    if (hold == 0 || rules_[first].conditions != 0) {
      for (std::size_t i = 0; i < count; ++i) {
        const auto measure_of = [&](quantity what) {
          const quantity_column column = column_of(what);
          return quantity_value{.value = column.value[i], .missing = column.missing[i]};
        };
        put(i, judge(method, facts, measure_of));
      }
      return;
    }
    const ready_rule& rule = rules_[first];
    verdict decided;
    decided.rule = static_cast<std::uint8_t>(first);
    if (rule.list == no_list) {
      decided.state = rule.state;
      decided.scored = rule.scored;
      decided.score = rule.score;
      for (std::size_t i = 0; i < count; ++i) put(i, decided);
      return;
    }
    const quantity_column column = column_of(lists_[rule.list].quantity);
    const ready_cut cut = cut_of(method, rule.list);
    for (std::size_t i = 0; i < count; ++i) {
      cut.of({.value = column.value[i], .missing = column.missing[i]}, decided);
      put(i, decided);
    }
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
  struct ready_list {
    std::uint32_t first_four;
    std::uint32_t fours;
    std::uint32_t first_state;
    attain::quantity quantity;
    bool scores;
  };

  // Those whose facts are there, one bit each.
  std::uint64_t holding(std::uint16_t facts) const noexcept {
    const std::uint16_t absent = static_cast<std::uint16_t>(~facts);
    return ~(without_low_[absent & 0xffu] | without_high_[absent >> 8]);
  }

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
      cut_of(method, rule.list).of(measure_of(lists_[rule.list].quantity), decided);
    }
    decided.rule = static_cast<std::uint8_t>(number);
    return true;
  }

  // A list as it cuts, apart from all others: what is written on the way does not make it be looked up again.
  struct ready_cut {
    const band_list& list;
    const std::array<double, 4>* edges;
    const std::array<double, 4>* edges_end;
    const std::uint8_t* states;
    bool scores;

    // All of @p decided but the rule.
    ATTAIN_HOT inline void of(const quantity_value& value, verdict& decided) const {
      if (value.missing != 0 || value.scale != 1) {
        const std::uint8_t rule = decided.rule;
        decided = detail::cut_by(list, value);
        decided.rule = rule;
        return;
      }
      std::size_t below = 0;  // so many edges: no way out of the loop, it would be guessed wrongly
      for (const std::array<double, 4>* four = edges; four != edges_end; ++four) {
        for (const double edge : *four) below += value.value < edge;
      }
      decided.state = states[below];
      decided.missing = 0;
      decided.measured = true;
      decided.value = value.value;
      decided.scored = scores;
      decided.score = scores ? *score_of(list, value) : 0;
    }
  };

  ATTAIN_HOT inline ready_cut cut_of(const method_spec& method, std::size_t number) const {
    const ready_list& list = lists_[number];
    const auto* const edges = edges_.data() + list.first_four;
    return {method.band_lists[number], edges, edges + list.fours, &states_[list.first_state], list.scores};
  }

  // One bit a rule: those that ask for one of the facts in an index, and those that there are not.
  std::array<std::uint64_t, 256> without_low_{};
  std::array<std::uint64_t, 256> without_high_{};
  std::vector<ready_rule> rules_;
  std::vector<ready_condition> conditions_;
  std::vector<ready_list> lists_;
  std::vector<std::array<double, 4>> edges_;  // from the top down, none above the one before it, then −∞
  std::vector<std::uint8_t> states_;          // above each edge of a list, then below all
  std::uint32_t asked_ = 0;
};

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/judge/impl/rules_by_facts.ipp>
#endif
