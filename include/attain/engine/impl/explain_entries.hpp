#pragma once

// The entries of a cell, and what became of each (rules R1, R2).

#include <attain/core/missing.hpp>
#include <attain/engine/gather.hpp>
#include <attain/engine/impl/compile_readings.hpp>
#include <attain/engine/impl/explained_cell.hpp>
#include <attain/ledger/reading_terms.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

class entry_explainer {
 public:
  entry_explainer(const explained_cell& of, step_list& to) : of_(of), to_(to) {}

  /// Every entry that was ever made about what the cell reads at its place.
  void list() {
    for (std::uint32_t m = 0; m < of_.key.member_count; ++m) {
      const std::uint32_t member = of_.from.readings.members[of_.key.first_member + m].indicator;
      const std::vector<entry> stand = standing_of(member, of_.place(), of_.known());
      const indicator_spec& spec = of_.plan.indicators()[member];
      row_buffer buffer;
      for (const strand& s : of_.from.bound.strands_at(of_.target.programme, member, of_.place())) {
        for (const series_part& part : of_.from.bound.parts(s)) {
          const row_slice rows = of_.from.bound.ledger().rows(part.series, buffer);
          for (std::size_t i = 0; i < rows.size; ++i)
            list(of_.from.bound.ledger().entry(rows.at(i)), spec, member, s, part.scale, stand);
        }
      }
    }
    for (listed& l : listed_) {
      if (l.fate == entry_fate::not_read && is_replaced(l)) to_[l.step].fate = l.fate = entry_fate::superseded;
    }
  }

  bool empty() const noexcept { return listed_.empty(); }

  /// The standing entries of one indicator at a place, as the cell reads them, as they were known then.
  std::vector<entry> standing_of(std::uint32_t member, std::uint32_t place, std::int32_t known) const {
    gatherer gather(of_.from.bound, of_.from.bound.ledger(), known);
    const indicator_spec& spec = of_.plan.indicators()[member];
    const auto about = division_of(spec, of_.spec.disaggregation);
    gatherer::request request{.scope = of_.target.programme, .indicator = member, .spec = &spec, .about = about, .place = place};
    const cell_goal& goal = of_.goal();
    const bool is_told = goal.missing == 0 || (goal.missing == as_missing(reason::withdrawn) && !goal.unknown);
    if (is_told && !of_.target.reading_only) request.goal = goal.stated;
    std::vector<entry> entries;
    gather(request, entries);
    return entries;
  }

  /// A term of a reading as an input: linked to the entries that it is made of, which are marked as used.
  step_input input_of(const reading_term& term, std::uint32_t member, bool high, bool with_weight) {
    const std::optional<double> weight = with_weight ? std::optional(term.factor) : std::nullopt;
    const std::string name = to_string(period{date::from_days(term.of.first), date::from_days(term.of.last) + 1});
    const double value = term.end(high);
    if (term.declared) return {"eve, declared", value, weight};
    for (listed& l : listed_) {
      if (l.member != member || !l.matches(term.of)) continue;
      return to_.weighed(name, use(l, value), weight);
    }
    if (const auto sum = sum_of_categories(term.of, member, value)) return to_.weighed(name, *sum, weight);
    return {name, value, weight};
  }

  /// Entries that stand but are in no reading so far have another fate. To be called when the readings are written.
  void finish(bool own_reading) {
    for (const listed& l : listed_) {
      const bool may_be_unread = l.fate == entry_fate::used && own_reading && !l.used && of_.target.judging == judging::once;
      finish(l, may_be_unread && !is_open_step(l) ? entry_fate::not_read : l.fate);
    }
  }

 private:
  struct listed {
    std::size_t step = 0;
    std::uint32_t member = 0;
    entry as{};  ///< in the indicator's unit
    std::uint32_t division = strand::undivided;
    bool asked = false;  ///< about the categories that the target names; of none, undivided
    bool is_amount = false;
    bool used = false;
    entry_fate fate = entry_fate::used;
    std::string about_fate;  ///< the other stage or scope, the reason for having no amount
    std::string text;

    bool matches(const entry& e) const noexcept {
      const bool same_amount = as.slot != 0 ? as.slot == e.slot : as.low == e.low && as.high == e.high;
      return is_amount && as.first == e.first && as.last == e.last && as.recorded == e.recorded && same_amount && asked;
    }
  };

  // Rule R1, of the categories that the target does not name.
  bool is_replaced(const listed& l) const {
    return std::any_of(listed_.begin(), listed_.end(), [&](const listed& later) {
      return later.member == l.member && later.division == l.division && later.as.slot == l.as.slot &&
             later.as.first == l.as.first && later.as.last == l.as.last && l.as.recorded < later.as.recorded &&
             later.as.recorded <= of_.known();
    });
  }

  bool is_asked(const indicator_spec& spec, std::uint32_t member, const strand& s) const {
    const std::vector<division::item> asked = division_of(spec, of_.spec.disaggregation);
    if (asked.empty() || s.division == strand::undivided) return asked.empty() && s.division == strand::undivided;
    const auto& items = of_.from.bound.divisions(of_.target.programme, member)[s.division].items;
    return std::equal(items.begin(), items.end(), asked.begin(), asked.end());
  }

  // A step that is not done is in no sum, and counts as open unless a later day says otherwise.
  bool is_open_step(const listed& l) const {
    return l.as.slot != 0 && l.as.low < 1 && std::none_of(listed_.begin(), listed_.end(), [&](const listed& other) {
             return other.member == l.member && other.as.slot == l.as.slot && other.fate == entry_fate::used &&
                    l.as.last < other.as.last;
           });
  }

  void finish(const listed& l, entry_fate fate) {
    to_[l.step].fate = fate;
    to_[l.step].text = l.text + " – " + std::string(told(fate)) + (l.about_fate.empty() ? "" : ": " + l.about_fate);
    if (fate == entry_fate::not_read && is_too_late_for_the_others(l)) {
      to_[l.step].rule = "R7";
      to_[l.step].text += ", which goes to " + to_string(date::from_days(of_.reading.data_day));
    }
  }

  // Of what is computed from several a reading goes as far as all of them do.
  bool is_too_late_for_the_others(const listed& l) const {
    return of_.key.member_count > 1 && of_.reading.missing == 0 && l.asked && l.as.last > of_.reading.data_day;
  }

  static std::string_view told(entry_fate fate) noexcept {
    switch (fate) {
      case entry_fate::used: return "used";
      case entry_fate::not_read: return "stands, and is not in the reading";
      case entry_fate::superseded: return "superseded";
      case entry_fate::withdraws: return "withdraws what was reported";
      case entry_fate::without_amount: return "reported without an amount";
      case entry_fate::not_yet_known: return "not yet known";
      case entry_fate::after_due: return "after due";
      case entry_fate::after_as_of: return "after the as-of day";
      case entry_fate::not_comparable: return "not comparable";
      case entry_fate::before_window: return "before the window";
      case entry_fate::straddles_window: return "straddles the window";
    }
    return {};
  }

  void list(const observation& o, const indicator_spec& spec, std::uint32_t member, const strand& s, const unit_scale& scale,
            std::span<const entry> stand) {
    listed& l = listed_.emplace_back();
    l.member = member;
    l.division = s.division;
    l.asked = is_asked(spec, member, s);
    l.is_amount = !o.missing && !o.withdrawn && s.comparable != 0 && o.recorded->days() <= of_.known();
    l.as = {.first = o.about.start.days(), .last = o.about.last().days(), .recorded = o.recorded->days()};
    if (s.step != strand::undivided) l.as.slot = s.step + 1;
    std::vector<step_input> inputs;
    step_operation how = step_operation::given;
    if (l.is_amount && o.form == amount_form::share_of_goal) {
      const double goal = of_.goal().stated;
      l.as.low = (std::min)(o.low * goal, o.high * goal);
      l.as.high = (std::max)(o.low * goal, o.high * goal);
      how = step_operation::product;
      inputs = {{"share", o.low}, {"goal", goal}};
    } else if (l.is_amount) {
      l.as.low = scale(o.low);
      l.as.high = scale(o.high);
      if (l.as.low != o.low && o.low != 0) {
        how = step_operation::product;
        inputs = {{"reported", o.low}, {"unit", l.as.low / o.low}};
      }
    }
    std::string rule = "R1";
    l.fate = fate_of(o, spec, s, l, stand, rule);
    if (l.fate == entry_fate::not_comparable) l.about_fate = o.stage.empty() ? o.scope : o.stage;
    if (l.fate == entry_fate::without_amount) l.about_fate = in_words(*o.missing);
    l.text = text_of(o, spec);
    explanation_step& step = to_.add(step_kind::entry, rule, l.text);
    l.step = to_.size() - 1;
    if (o.missing) step.missing = *o.missing;
    if (!l.is_amount) {
      if (!o.missing && !o.withdrawn) step.value = o.low;
      return;
    }
    step.value = l.as.low;
    step.operation = how;
    step.inputs = std::move(inputs);
    if (l.as.low == l.as.high) return;
    step.operation = step_operation::least;
    step.inputs = {{"low", l.as.low}, {"high", l.as.high}};
  }

  entry_fate fate_of(const observation& o, const indicator_spec& spec, const strand& s, const listed& l,
                     std::span<const entry> stand, std::string& rule) const {
    const entry& as = l.as;
    const auto because_of = [&](const char* number, entry_fate fate) {
      rule = number;
      return fate;
    };
    const bool stands = std::any_of(stand.begin(), stand.end(), [&](const entry& e) {
      return e.first == as.first && e.last == as.last && e.recorded == as.recorded;
    });
    if (as.recorded > of_.known()) return because_of("R2", entry_fate::not_yet_known);
    if (as.last > of_.day) return because_of("R2", as.last > of_.target.due ? entry_fate::after_due : entry_fate::after_as_of);
    if (!s.comparable) return because_of("R12", entry_fate::not_comparable);
    if (o.withdrawn) return entry_fate::withdraws;
    if (o.missing) return because_of("R6", entry_fate::without_amount);
    if (!stands && l.asked) return entry_fate::superseded;
    if (spec.kind == indicator_kind::increment && (as.first < of_.target.start || as.last > of_.target.due)) {
      return because_of("R4", as.last < of_.target.start ? entry_fate::before_window : entry_fate::straddles_window);
    }
    if (!l.asked) return because_of("R10", entry_fate::not_read);  // unless a sum of categories takes it
    return entry_fate::used;
  }

  static std::string text_of(const observation& o, const indicator_spec& spec) {
    std::string text = spec.id + (o.step.empty() ? "" : " " + o.step);
    for (const auto& [dimension, category] : o.dimensions) text += " " + dimension + "=" + category;
    text += " " + to_string(o.about);
    if (!o.missing && !o.withdrawn) {
      std::string amount = to_text(o.low);
      if (o.high != o.low) amount += "–" + to_text(o.high);
      if (o.high_open) amount += "+";
      text += ": " + with_unit(std::move(amount), o.unit);
    }
    text += ", recorded " + to_string(*o.recorded);
    if (!o.author.empty()) text += " by " + o.author;
    return text;
  }

  // The step of an entry, with the end of its amount that is read.
  std::size_t use(listed& l, double value) {
    if (l.used && to_[l.step].value != value) {  // an interval: one period ends with its low end, the next begins with its high
      const step_operation end = value == l.as.low ? step_operation::least : step_operation::greatest;
      return to_.add_aside(step_kind::entry, "R11", l.text + ": its other end", value, end,
                           {{"low", l.as.low}, {"high", l.as.high}});
    }
    l.used = true;
    l.fate = entry_fate::used;
    explanation_step& step = to_[l.step];
    if (l.as.slot != 0 && step.value != value) {  // a step is done or not
      step.operation = step_operation::given;
      step.inputs.clear();
    } else if (l.as.low != l.as.high) {
      step.operation = value == l.as.low ? step_operation::least : step_operation::greatest;
    }
    step.value = value;
    return l.step;
  }

  // Rule R10: one period, from the categories of one dimension.
  std::optional<std::size_t> sum_of_categories(const entry& whole, std::uint32_t member, double value) {
    const auto divisions = of_.from.bound.divisions(of_.target.programme, member);
    const std::size_t dimensions = of_.plan.indicators()[member].dimensions.size();
    for (std::uint32_t d = 0; d < dimensions; ++d) {
      std::vector<listed*> parts;  // the latest of each category
      for (listed& l : listed_) {
        const bool of_period = l.member == member && l.is_amount && l.as.first == whole.first && l.as.last == whole.last;
        if (!of_period || l.division == strand::undivided) continue;
        const auto& items = divisions[l.division].items;
        if (items.size() != 1 || items[0].dimension != d) continue;
        const auto same = std::find_if(parts.begin(), parts.end(), [&](const listed* p) { return p->division == l.division; });
        if (same == parts.end()) {
          parts.push_back(&l);
        } else if ((*same)->as.recorded < l.as.recorded) {
          *same = &l;
        }
      }
      for (const bool high : {false, true}) {
        double sum = 0;
        for (const listed* p : parts) sum += high ? p->as.high : p->as.low;
        if (parts.empty() || std::abs(sum - value) > 1e-12 * std::abs(value)) continue;
        std::vector<step_input> inputs;
        for (listed* p : parts) inputs.push_back(to_.input(to_[p->step].text, use(*p, high ? p->as.high : p->as.low)));
        return to_.add_aside(step_kind::entry, "R10", "sum of its categories", value, step_operation::sum, std::move(inputs));
      }
    }
    return std::nullopt;
  }

  const explained_cell& of_;
  step_list& to_;
  std::vector<listed> listed_;
};

}  // namespace attain::inline v0::detail
