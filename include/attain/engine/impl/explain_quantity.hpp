#pragma once

// The quantities that a method asks of a cell, as steps (`engine/measures.hpp`).

#include <attain/engine/impl/explain_reading.hpp>
#include <attain/engine/measures.hpp>
#include <attain/judge/attainment_rules.hpp>
#include <attain/judge/growth.hpp>
#include <attain/model/words.hpp>

#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

class quantity_explainer {
 public:
  quantity_explainer(const explained_cell& of, const found_steps& found, const method_spec& method, step_list& to)
      : of_(of), found_(found), method_(method), to_(to), judged_(of.data.cells[of.cell]), series_(of.from) {
    if (!needs_series(method)) return;
    series_.read(of.target.key, of.day);
    dated_ = series_.at(of.reading_cell());
  }

  /// The step of a quantity; none, with a step that says why, where it has no answer.
  std::optional<std::size_t> step_of(quantity what) {
    for (const auto& [known, step] : made_) {
      if (known == what) return step;
    }
    const quantity_value value = measures()(what);
    const std::string name(in_words(what));
    std::optional<std::size_t> step;
    if (value.missing != 0) {
      explanation_step& none = to_.add(step_kind::quantity, "", name + ": none, " + because(value.missing));
      none.missing = static_cast<reason>(value.missing);
      none.aside = true;
    } else {
      step_working working = of_quantity(what);
      step = to_.add_aside(step_kind::quantity, "", name, value.value, working.how, std::move(working.inputs));
    }
    made_.emplace_back(what, step);
    return step;
  }

  double scale_of(quantity what) const { return measures()(what).scale; }

  /// What growth was measured from and to, for people.
  void tell_growth() {
    const answer<dated_amount> base = measures().base();
    if (dated_.empty() || !base.has_value()) return;
    if (base->day < first_day) return;  // the eve of the calendar is no day that could be named
    const dated_amount& latest = dated_.back();
    const std::size_t step = to_.add(step_kind::baseline, "S11a",
                                     "growth from " + of_.amount(base->amount) + " on " + to_string(date::from_days(base->day)) +
                                         " to " + of_.amount(latest.amount) + " on " + to_string(date::from_days(latest.day)),
                                     base->amount);
    to_[step].inputs = {{"latest", latest.amount}, {"years", years_between(base->day, latest.day)}};
    if (method_.zero_stands_as) to_[step].inputs.push_back({"zero_stands_as", *method_.zero_stands_as});
  }

 private:
  cell_measures measures() const { return {of_.from, of_.target, of_.cell, method_, judged_, dated_}; }

  step_input reading() const { return to_.input("reading", found_.reading, judged_.reading); }
  step_input goal(double amount) const { return to_.input("goal", found_.goal, amount); }

  std::size_t aside(const char* name, double value, step_operation how, std::vector<step_input> inputs) {
    return to_.add_aside(step_kind::quantity, "", name, value, how, std::move(inputs));
  }

  step_working of_quantity(quantity what) {
    const cell_goal& asked = of_.goal();
    const auto over_expected = [&] {
      return step_working{step_operation::quotient,
                          {to_.input("attainment", found_.attainment, judged_.attainment),
                           to_.input("expected", found_.expected, judged_.expected)}};
    };
    if (what == quantity::chance) return of_chance();
    if (needs_series(what)) return of_growth(what);
    switch (what) {
      case quantity::gap:
        return {step_operation::take, {to_.input("gap", found_.gap, judged_.gap)}};
      case quantity::attainment:
        return {step_operation::take, {to_.input("attainment", found_.attainment, judged_.attainment)}};
      case quantity::pace:
      case quantity::spi:
        return over_expected();
      case quantity::closeness: {
        const std::size_t off =
            aside("off the goal", judged_.reading - asked.stated, step_operation::difference, {reading(), goal(asked.stated)});
        const std::size_t size =
            aside("distance", std::abs(judged_.reading - asked.stated), step_operation::absolute, {to_.input("off", off)});
        return {step_operation::complement, {to_.input("distance", size), goal(asked.stated)}};
      }
      default:
        break;
    }
    if (of_.target.judging == judging::recurring) {
      if (what == quantity::of_planned) return over_expected();
      return {step_operation::take, {to_.input("attainment", found_.attainment, judged_.attainment)}};
    }
    if (what == quantity::of_goal || asked.course == course::hold) return share_of(asked.goal, found_.goal);
    const double from = asked.has_baseline ? asked.baseline : 0;
    const std::size_t way = aside("way", asked.stated - from, step_operation::difference,
                                  {goal(asked.stated), to_.input("baseline", found_.baseline, from)});
    const std::size_t part = aside("planned part", judged_.expected * (asked.stated - from), step_operation::product,
                                   {to_.input("expected", found_.expected, judged_.expected), to_.input("way", way)});
    const double planned = from + judged_.expected * (asked.stated - from);
    return share_of(planned, aside("planned amount", planned, step_operation::sum,
                                   {to_.input("baseline", found_.baseline, from), to_.input("part", part)}));
  }

  // x/g, or g/x for at most; inside a band 1.
  step_working share_of(double of_amount, std::optional<std::size_t> step) {
    const cell_goal& asked = of_.goal();
    const step_input of = to_.input("goal", step, of_amount);
    if (asked.compare == comparison::at_least) return {step_operation::quotient, {reading(), of}};
    if (asked.compare == comparison::at_most) return {step_operation::quotient, {of, reading()}};
    if (judged_.reading < of_amount) return {step_operation::quotient, {reading(), of}};
    if (judged_.reading > asked.upper) return {step_operation::quotient, {{"upper", asked.upper}, reading()}};
    return {step_operation::inside, {reading(), of, {"upper", asked.upper}, {"tolerance", 0}, {"upper_tolerance", 0}}};
  }

  // What must still come, or stand, on the due day, and the amounts that this is expected from (rule S11g).
  step_working of_chance() {
    const projected_series of = *measures().projected();
    const double taken = of.counts ? dated_.back().amount : 0;
    const auto edge = [&](const char* name, double asked, double amount) -> step_input {
      const bool is_open = asked != amount - taken;  // the next number counts
      if (is_open) return {name, asked};
      if (!of.counts) return to_.input(name, found_.goal, asked);
      const std::size_t rest = aside("still to come", asked, step_operation::difference, {goal(amount), {"so far", taken}});
      return to_.input(name, rest);
    };
    std::vector<step_input> inputs{{"periods", of.periods}};
    if (of.asked.least) inputs.push_back(edge("at_least", *of.asked.least, of_.goal().goal));
    if (of.asked.most) inputs.push_back(edge("at_most", *of.asked.most, of.asked.least ? of_.goal().upper : of_.goal().goal));
    for (const double amount : of.amounts) inputs.push_back({of.counts ? "count" : "amount", amount});
    return {of.counts ? step_operation::count_chance : step_operation::level_chance, std::move(inputs)};
  }

  // -- growth (rule S11a) ---------------------------------------------------------------------------

  step_working of_growth(quantity what) {
    const double wanted = of_.target.direction > 0 ? 1 : -1;
    const step_input sign{"wanted direction", wanted};
    const auto with_sign = [&](std::size_t step, double by) {
      return step_working{step_operation::product, {to_.input("change", step), {"wanted direction", by}}};
    };
    if (what == quantity::mean_change) return with_sign(mean_of_changes(), wanted);
    const dated_amount& latest = dated_.back();
    if (what == quantity::last_change) return with_sign(change_since(dated_.size() - 2), wanted);
    const double stated = without_zero(of_.goal().stated);
    if (what == quantity::lead) {
      if (std::abs(latest.amount - stated) <= tolerance(of_.goal(), stated)) {
        const double lead = lead_at_goal(of_.goal(), stated);
        const char* const said = lead < 0 ? "at the goal, which is to be passed" : "at the goal within the tolerance of B2";
        return {step_operation::take, {{said, lead}}};
      }
      return with_sign(aside("past the goal", latest.amount - stated, step_operation::difference,
                             {{"latest", latest.amount}, {"goal", stated}}),
                       wanted);
    }
    const double years_left = years_between(latest.day, of_.target.due);
    if (what == quantity::rest_by_due) {
      const std::size_t change = mean_of_changes();
      const std::size_t gained = aside("change by due", *to_[change].value * years_left, step_operation::product,
                                       {to_.input("mean change", change), {"years left", years_left}});
      const std::size_t needed = aside("change needed", of_.goal().stated - latest.amount, step_operation::difference,
                                       {goal(of_.goal().stated), {"latest", latest.amount}});
      return {step_operation::quotient, {to_.input("gained", gained), to_.input("needed", needed)}};
    }
    const dated_amount base = *measures().base();
    const double years = years_between(base.day, latest.day);
    const std::size_t rate = growth_step("growth a year", base.amount, latest.amount, years);
    const double with_base = wanted * (base.amount < 0 ? -1 : 1);
    if (what == quantity::growth) return with_sign(rate, with_base);
    if (what == quantity::plain_growth) return with_sign(rate, wanted);
    if (what == quantity::change_by_due) {
      const double by_due = latest.amount * std::pow(1 + *to_[rate].value, years_left);
      const std::size_t led = aside("amount by due", by_due, step_operation::compound,
                                    {{"latest", latest.amount}, to_.input("growth", rate), {"years left", years_left}});
      return {step_operation::share_of_way, {to_.input("by due", led), {"base", base.amount}, {"goal", stated}}};
    }
    const std::size_t required = growth_step("growth needed", base.amount, stated, years_between(base.day, of_.target.due));
    if (what == quantity::plain_growth_ratio)
      return {step_operation::quotient, {to_.input("growth", rate), to_.input("needed", required)}};
    const std::size_t actual = aside("growth as wanted", with_base * *to_[rate].value, step_operation::product,
                                     {to_.input("growth", rate), {"wanted direction", with_base}});
    const std::size_t size = aside("growth needed, by size", std::abs(*to_[required].value), step_operation::absolute,
                                   {to_.input("needed", required)});
    return {step_operation::quotient, {to_.input("growth", actual), to_.input("needed", size)}};
  }

  std::size_t growth_step(const char* name, double from, double to, double years) {
    return aside(name, std::pow(to / from, 1 / years) - 1, step_operation::growth_rate,
                 {{"from", from}, {"to", to}, {"years", years}});
  }

  std::size_t change_since(std::size_t first) {
    const double from = dated_[first].amount;
    const double to = dated_.back().amount;
    return aside("change", to - from, step_operation::difference, {{"latest", to}, {"earlier", from}});
  }

  // Of the last yearly changes that are known without a gap.
  std::size_t mean_of_changes() {
    int changes = 0;
    std::size_t first = dated_.size() - 1;
    for (; first > 0 && changes < method_.changes; --first, ++changes) {
      const double years = years_between(dated_[first - 1].day, dated_[first].day);
      if (years < 0.5 || years > 1.5) break;
    }
    const std::size_t change = change_since(first);
    return aside("mean change a year", *to_[change].value / changes, step_operation::quotient,
                 {to_.input("change", change), {"changes", static_cast<double>(changes)}});
  }

  double without_zero(double amount) const noexcept { return amount == 0 ? method_.zero_stands_as.value_or(0) : amount; }

  const explained_cell& of_;
  const found_steps& found_;
  const method_spec& method_;
  step_list& to_;
  cell_result judged_;
  series_reader series_;
  std::span<const dated_amount> dated_{};
  std::vector<std::pair<quantity, std::optional<std::size_t>>> made_;
};

}  // namespace attain::inline v0::detail
