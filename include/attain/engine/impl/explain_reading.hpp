#pragma once

// An amount at a place: from its entries or from the places within, and what a ratio or a formula makes of its members.

#include <attain/engine/impl/explain_entries.hpp>
#include <attain/engine/impl/own_events.hpp>
#include <attain/model/formula.hpp>
#include <attain/model/formula_value.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

class reading_explainer {
 public:
  reading_explainer(const explained_cell& of, entry_explainer& entries, step_list& to) : of_(of), entries_(entries), to_(to) {}

  /// How the reading of a key at one of its places came to @p value as of a day. Precondition: it has an amount there.
  step_working of(std::uint32_t key, std::uint32_t reading_cell, std::int32_t day, double value, bool aside) {
    readings_.emplace(of_.from);
    readings_->read(key, day);
    key_ = &of_.from.readings.keys[key];
    cell_ = reading_cell;
    row_ = reading_cell - key_->first_cell;
    day_ = (std::min)(day, key_->due);
    aside_ = aside;
    switch (key_->derive) {
      case derivation::plain:
        return member(0, value != low(0) && value == high(0));
      case derivation::custom:
        return {step_operation::function, all_members()};
      case derivation::ratio:
        return quotient_of(value);
      case derivation::formula:
        return formula_of();
    }
    return {};
  }

 private:
  double low(std::uint32_t m) const noexcept { return readings_->columns().low[row_ * key_->member_count + m]; }
  double high(std::uint32_t m) const noexcept { return readings_->columns().high[row_ * key_->member_count + m]; }
  const key_member& member_of(std::uint32_t m) const noexcept { return of_.from.readings.members[key_->first_member + m]; }
  const indicator_spec& spec_of(std::uint32_t m) const { return of_.plan.indicators()[member_of(m).indicator]; }

  step_working member(std::uint32_t m, bool upper) {
    return readings_->columns().own[row_] != 0 ? own(m, upper) : children(m, upper);
  }

  // A step for one member of a tuple.
  std::size_t member_step(std::uint32_t m, bool upper) {
    step_working working = member(m, upper);
    const double value = upper ? high(m) : low(m);
    const std::size_t made = to_.add(step_kind::reading, "R7", spec_of(m).id + ": " + amount_text(spec_of(m), value), value,
                                     working.how, std::move(working.inputs));
    to_[made].aside = aside_;
    return made;
  }

  std::vector<step_input> all_members() {
    std::vector<step_input> inputs;
    for (std::uint32_t m = 0; m < key_->member_count; ++m) inputs.push_back(to_.input(spec_of(m).id, member_step(m, false)));
    return inputs;
  }

  // -- own entries (rules R4 to R6, A9, R14) --------------------------------------------------------

  step_working own(std::uint32_t m, bool upper) {
    std::vector<std::vector<entry>> members;
    std::vector<fold_rule> rules;
    std::vector<std::vector<double>> weights(key_->member_count);
    std::vector<std::vector<std::int32_t>> days(key_->member_count);
    const std::uint32_t place = of_.from.readings.place[cell_];
    const bool at_root = of_.plan.place_parents()[place] == none;
    for (std::uint32_t i = 0; i < key_->member_count; ++i) {
      members.push_back(entries_.standing_of(member_of(i).indicator, place, of_.known()));
      rules.push_back(fold_rule_of(of_.plan.resolved(member_of(i).indicator), *key_, at_root));
      for (const step_spec& s : spec_of(i).steps) {
        weights[i].push_back(s.weight);
        days[i].push_back(s.due ? s.due->days() : key_->due);
      }
      rules[i].step_weights = weights[i];
      rules[i].step_days = days[i];
    }
    const indicator_kind kind = rules[0].kind;
    const bool one_kind = std::all_of(rules.begin(), rules.end(), [&](const fold_rule& r) { return r.kind == kind; });
    std::int32_t day = day_;
    if (members.size() > 1 && one_kind) {
      const std::int32_t since = kind == indicator_kind::level ? (std::numeric_limits<std::int32_t>::min)() : rules[0].start;
      keep_common(members, since, kind == indicator_kind::increment);
    } else if (members.size() > 1) {
      day = readings_->columns().data_day[row_];
    }
    const std::vector<reading_term> terms = terms_of(members[m], rules[m], day);
    const bool plain = std::all_of(terms.begin(), terms.end(), [](const reading_term& t) { return t.factor == 1; });
    step_working working;
    working.how = !plain ? step_operation::weighted_sum : terms.size() == 1 ? step_operation::take : step_operation::sum;
    for (const reading_term& t : terms) working.inputs.push_back(entries_.input_of(t, member_of(m).indicator, upper, !plain));
    return working;
  }

  // -- places within (rule R9) ----------------------------------------------------------------------

  step_working children(std::uint32_t m, bool upper) {
    const compiled_readings& r = of_.from.readings;
    step_working working;
    switch (member_of(m).across) {
      case combination::sum:
        working.how = step_operation::sum;
        break;
      case combination::weighted_mean:
        working.how = step_operation::weighted_mean;
        break;
      case combination::least:
        working.how = step_operation::least;
        break;
      case combination::greatest:
        working.how = step_operation::greatest;
        break;
      case combination::none:
        return working;
    }
    for (std::uint32_t c = r.child_begin[cell_]; c < r.child_begin[cell_] + r.child_count[cell_]; ++c) {
      if (!is_usable(c)) continue;
      const std::size_t at = (c - key_->first_cell) * key_->member_count + m;
      const member_columns& columns = readings_->columns();
      step_input input{of_.place_name(r.place[c]), upper ? columns.high[at] : columns.low[at]};
      if (working.how == step_operation::weighted_mean) input.weight = *weight_of(c, m);
      working.inputs.push_back(std::move(input));
    }
    return working;
  }

  const double* weight_of(std::uint32_t child, std::uint32_t m) const noexcept {
    const compiled_readings& r = of_.from.readings;
    const std::uint32_t cell = r.weight_cell[key_->first_weight + (child - key_->first_cell) * key_->member_count + m];
    if (cell == none) return nullptr;
    const member_columns& weights = readings_->weights()[m];
    const std::size_t at = cell - r.keys[member_of(m).weight_key].first_cell;
    return weights.missing[at] == 0 ? &weights.low[at] : nullptr;
  }

  bool is_usable(std::uint32_t child) const noexcept {
    if (readings_->columns().missing[child - key_->first_cell] != 0) return false;
    for (std::uint32_t m = 0; m < key_->member_count; ++m) {
      if (member_of(m).across == combination::weighted_mean && weight_of(child, m) == nullptr) return false;
    }
    return true;
  }

  // -- derived indicators (rule R7) -----------------------------------------------------------------

  // Of intervals the ends that give the value (rule R11c).
  step_working quotient_of(double value) {
    bool ends[2] = {false, false};
    for (const bool n : {false, true}) {
      for (const bool d : {false, true}) {
        if ((n ? high(0) : low(0)) / (d ? high(1) : low(1)) != value) continue;
        ends[0] = n;
        ends[1] = d;
      }
    }
    const std::size_t numerator = member_step(0, ends[0]);
    const std::size_t denominator = member_step(1, ends[1]);
    return {step_operation::quotient, {to_.input("numerator", numerator), to_.input("denominator", denominator)}};
  }

  // An operand on the stack: what it came to, and the step that did.
  struct operand {
    std::optional<std::size_t> step;
    std::string name;
  };

  step_working formula_of() {
    const formula& f = of_.from.formulas[key_->formula];
    std::vector<std::size_t> members;
    for (std::uint32_t m = 0; m < key_->member_count; ++m) members.push_back(member_step(m, false));
    std::vector<formula_value> values;  // the first operand of the next node on top
    std::vector<operand> operands;
    step_working last;
    for (std::size_t i = f.nodes.size(); i-- > 0;) {
      const formula_node& node = f.nodes[i];
      if (node.what == formula_node::kind::number) {
        values.push_back(formula_value::of(node.number));
        operands.push_back({std::nullopt, to_text(node.number)});
        last = {step_operation::given, {}};
        continue;
      }
      if (node.what == formula_node::kind::input) {
        values.push_back(formula_value::of(low(node.input)));
        operands.push_back({members[node.input], spec_of(node.input).id});
        last = {step_operation::take, {to_.input(spec_of(node.input).id, members[node.input])}};
        continue;
      }
      last = apply_node(node, values, operands);
      const formula_value made = value_of(node, &values.back());
      values.resize(values.size() - node.operands, formula_value::of(0.0));
      operands.resize(operands.size() - node.operands);
      values.push_back(made);
      if (i == 0) break;
      const std::string name(spelling_of(node.what));
      const answer<double> value = made.missing ? answer<double>(made.why) : answer<double>(made.amount);
      const std::string text = name + ": " + (made.missing ? "none, " + in_words(made.why) : brief_text(made.amount));
      const auto step = to_.add_answer(step_kind::formula, "R7", text, value, last.how, std::move(last.inputs));
      to_[to_.size() - 1].aside = aside_;
      operands.push_back({step, name});
    }
    return last;
  }

  // An operation over the operands on the stack that have a value, the first one on top.
  step_working apply_node(const formula_node& node, std::span<const formula_value> values,
                          std::span<const operand> operands) const {
    using kind = formula_node::kind;
    step_working made;
    const std::size_t top = values.size() - 1;
    const auto operand_at = [&](std::size_t i) {
      return to_.input(operands[top - i].name, operands[top - i].step, values[top - i].amount);
    };
    const auto chosen = [&](std::size_t i) {
      made.how = step_operation::take;
      made.inputs.clear();
      if (!values[top - i].missing) made.inputs.push_back(operand_at(i));
    };
    for (std::size_t i = 0; i < node.operands; ++i) {
      if (!values[top - i].missing) made.inputs.push_back(operand_at(i));
    }
    const auto with_tolerance = [&](step_operation how) {
      made.how = how;
      made.inputs.push_back({"tolerance", 0});
    };
    switch (node.what) {
      case kind::add:
      case kind::sum:
        made.how = step_operation::sum;
        break;
      case kind::subtract:
        made.how = step_operation::difference;
        break;
      case kind::multiply:
        made.how = step_operation::product;
        break;
      case kind::divide:
        made.how = step_operation::quotient;
        break;
      case kind::power:
        made.how = step_operation::power;
        break;
      case kind::negate:
        made.how = step_operation::difference;
        made.inputs.insert(made.inputs.begin(), {"zero", 0});
        break;
      case kind::less:
        with_tolerance(step_operation::below);
        break;
      case kind::less_equal:
        with_tolerance(step_operation::at_most);
        break;
      case kind::greater:
        with_tolerance(step_operation::above);
        break;
      case kind::greater_equal:
        with_tolerance(step_operation::at_least);
        break;
      case kind::equal:
        made.how = step_operation::equal;
        break;
      case kind::not_equal:
        made.how = step_operation::different;
        break;
      case kind::logical_and:
        made.how = step_operation::all;
        break;
      case kind::logical_or:
        made.how = step_operation::any;
        break;
      case kind::logical_not:
        made.how = step_operation::equal;
        made.inputs.push_back({"zero", 0});
        break;
      case kind::minimum:
        made.how = step_operation::least;
        break;
      case kind::maximum:
        made.how = step_operation::greatest;
        break;
      case kind::mean:
        made.how = step_operation::weighted_mean;
        for (step_input& input : made.inputs) input.weight = 1;
        break;
      case kind::absolute:
        made.how = step_operation::absolute;
        break;
      case kind::square_root:
        made.how = step_operation::square_root;
        break;
      case kind::natural_logarithm:
        made.how = step_operation::logarithm;
        break;
      case kind::exponential:
        made.how = step_operation::exponential;
        break;
      case kind::choose:
        if (!values[top].missing) chosen(values[top].amount != 0 ? 1 : 2);
        break;
      case kind::coalesce:
        for (std::size_t i = node.operands; i-- > 0;) {
          if (!values[top - i].missing) chosen(i);
        }
        break;
      case kind::is_missing:
      case kind::number:
      case kind::input:
        made.how = step_operation::given;
        made.inputs.clear();
        break;
    }
    return made;
  }

  const explained_cell& of_;
  entry_explainer& entries_;
  step_list& to_;
  std::optional<reader> readings_;
  const reading_key* key_ = nullptr;
  std::uint32_t cell_ = 0;
  std::size_t row_ = 0;
  std::int32_t day_ = 0;
  bool aside_ = false;
};

}  // namespace attain::inline v0::detail
