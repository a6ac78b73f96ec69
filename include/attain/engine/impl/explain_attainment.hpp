#pragma once

// Baseline, goal, attainment, expected share, gap and score of a cell (rules A, B, F, P).

#include <attain/engine/impl/explain_reading.hpp>
#include <attain/engine/impl/terms.hpp>
#include <attain/engine/judging.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

class attainment_explainer {
 public:
  attainment_explainer(const explained_cell& of, reading_explainer& readings, step_list& to)
      : of_(of), goal_(of.goal()), readings_(readings), to_(to), now_(of.result()), judged_(of.data.cells[of.cell]) {}

  found_steps found;

  void run() {
    baseline_and_goal();
    if (of_.target.reading_only) return;
    if (of_.target.judging == judging::once) {
      reached_or_not();
      attainment();
      expected();
      gap();
    } else {
      periods();
    }
    score();
  }

 private:
  // A number as people read it, in parentheses how it came about.
  std::optional<std::size_t> put(step_kind kind, const char* rule, const std::string& name, const answer<double>& value,
                                 const std::string& how, bool is_share, step_working working = {}) {
    std::string text = name + ": ";
    if (value.has_value()) {
      text += kind == step_kind::gap ? points(*value) : is_share ? percent(*value) : of_.amount(*value);
    } else {
      text += "none, " + in_words(value.why());
    }
    if (!how.empty() && value.has_value()) text += " (" + how + ")";
    const auto step = to_.add_answer(kind, rule, std::move(text), value, working.how, std::move(working.inputs));
    // A hold lacks no baseline (rule A2a), and has no expected share and no gap.
    to_[to_.size() - 1].aside = !value.has_value() && goal_.course == course::hold &&
                                (kind == step_kind::baseline || value.why() == reason::not_applicable);
    return step;
  }

  double tolerance_of(double edge) const noexcept {
    return 1e-9 * (goal_.has_baseline ? (std::max)(std::abs(edge), std::abs(edge - goal_.baseline)) : std::abs(edge));
  }

  // -- what is asked --------------------------------------------------------------------------------

  void baseline_and_goal() {
    if (of_.target.reading_only) {
      to_.add(step_kind::goal, "", "no aim: a reading only");
      return;
    }
    if (of_.target.judging == judging::recurring) {
      found.goal = to_.add(step_kind::goal, "A7", "goal: in each of " + std::to_string(of_.target.period_count) + " periods",
                           of_.target.period_count);
      return;
    }
    found.baseline = put(step_kind::baseline, "B1", "baseline", now_.baseline(), "", false);
    static constexpr const char* compares[] = {"at least", "at most", "between", "above", "below"};
    static constexpr const char* courses[] = {"not judged", "progress from the baseline", "a hold", "a cap"};
    std::string how = std::string(compares[static_cast<std::size_t>(goal_.compare)]) + (goal_.strict ? ", strictly" : "");
    if (goal_.compare == comparison::band) how += " this and " + of_.amount(goal_.upper);
    how += "; " + std::string(courses[static_cast<std::size_t>(goal_.course)]);
    found.goal =
        put(step_kind::goal, goal_.course == course::hold ? "B3" : "A1", "goal", now_.goal(), how, false, goal_working());
  }

  // A change from the baseline (rule B1: of accumulators the declared one, which only makes the goal).
  step_working goal_working() const {
    const terms now = terms_at(of_.plan.targets()[of_.target.target], of_.from.known_at);
    const bool is_top = of_.place() == of_.plan.targets()[of_.target.target].place;
    if (!now.aim || now.aim->change == change_kind::none || now.aim->from_previous_period || !is_top) return {};
    const double base = is_accumulator(of_.indicator.kind) ? now.baseline.value_or(0) : goal_.baseline;
    const step_input from = to_.input("baseline", found.baseline, base);
    if (now.aim->change == change_kind::amount) return {step_operation::sum, {from, {"change", now.aim->goal}}};
    return {step_operation::compound, {from, {"rate", now.aim->goal / 100}, {"times", 1}}};
  }

  // Of `about` the near edge is not the number of the aim.
  step_input edge(double x) const {
    return found.goal && now_.goal() == x ? to_.input("goal", *found.goal) : step_input{"goal", x};
  }

  // Rule B2.
  void reached_or_not() {
    if (judged_.reading_missing != 0 || goal_.missing != 0) return;
    const double x = judged_.reading;
    step_working working;
    std::vector<step_input>& inputs = working.inputs;
    inputs.push_back(to_.input("reading", found.reading, x));
    if (goal_.compare == comparison::band) {
      working.how = step_operation::inside;
      inputs.insert(inputs.end(), {edge(goal_.goal),
                                   {"upper", goal_.upper},
                                   {"tolerance", tolerance_of(goal_.goal)},
                                   {"upper_tolerance", tolerance_of(goal_.upper)}});
    } else {
      inputs.insert(inputs.end(), {edge(goal_.goal), {"tolerance", tolerance_of(goal_.goal)}});
      switch (goal_.compare) {
        case comparison::at_least:
          working.how = goal_.strict ? step_operation::above : step_operation::at_least;
          break;
        case comparison::at_most:
          working.how = goal_.strict ? step_operation::below : step_operation::at_most;
          break;
        case comparison::above:
          working.how = step_operation::above;
          break;
        case comparison::below:
        case comparison::band:
          working.how = step_operation::below;
          break;
      }
    }
    const double is_reached = reached(goal_, x) ? 1 : 0;
    found.reached = to_.add_aside(step_kind::fact, "B2", is_reached == 1 ? "reached" : "not reached", is_reached, working.how,
                                  std::move(working.inputs));
  }

  // -- attainment -----------------------------------------------------------------------------------

  void attainment() {
    const bool hold = goal_.course == course::hold;
    const bool cap = goal_.course == course::cap;
    const char* how = hold  ? "held or not, else the share of the goal"
                      : cap ? "within the cap or not"
                            : "(reading − baseline) / (goal − baseline)";
    const answer<double> a = now_.attainment();
    found.attainment = put(step_kind::attainment,
                           hold  ? "A2"
                           : cap ? "A3"
                                 : "A1",
                           "attainment", a, how, true, a.has_value() ? attainment_working(*a) : step_working{});
  }

  step_working attainment_working(double a) {
    const double x = judged_.reading;
    const step_input reading = to_.input("reading", found.reading, x);
    const bool is_reached = reached(goal_, x);
    const bool rises = goal_.compare == comparison::above || goal_.compare == comparison::below;
    const bool progress = goal_.course == course::progress;
    if (rises || (is_reached && a == 1 && found.reached)) return {step_operation::take, {to_.input("reached", *found.reached)}};
    if (!progress) return share_of_goal_working(x);
    const step_input baseline = to_.input("baseline", found.baseline, goal_.baseline);
    if (goal_.compare != comparison::band) return {step_operation::share_of_way, {reading, baseline, edge(goal_.goal)}};
    const bool from_above = goal_.baseline > goal_.upper;
    const double near_edge = from_above ? goal_.upper : goal_.goal;
    const double beyond = from_above ? goal_.goal - x : x - goal_.upper;
    if (beyond <= 0) return {step_operation::share_of_way, {reading, baseline, edge(near_edge)}};
    const step_input far_edge = edge(from_above ? goal_.goal : goal_.upper);
    const std::size_t excess = to_.add_aside(step_kind::attainment, "A6", "beyond the band", beyond, step_operation::difference,
                                             from_above ? std::vector{far_edge, reading} : std::vector{reading, far_edge});
    const std::size_t way = to_.add_aside(
        step_kind::attainment, "A6", "way to the band", std::abs(near_edge - goal_.baseline), step_operation::difference,
        from_above ? std::vector{baseline, edge(near_edge)} : std::vector{edge(near_edge), baseline});
    return {step_operation::complement, {to_.input("excess", excess), to_.input("way", way)}};
  }

  // Rules A2, A4 for an amount outside.
  step_working share_of_goal_working(double x) const {
    const step_input reading = to_.input("reading", found.reading, x);
    const bool inverse = goal_.compare == comparison::at_most || (goal_.compare == comparison::band && x > goal_.upper);
    const step_input goal = edge(inverse && goal_.compare == comparison::band ? goal_.upper : goal_.goal);
    return {step_operation::quotient, inverse ? std::vector{goal, reading} : std::vector{reading, goal}};
  }

  // -- expected share and gap -----------------------------------------------------------------------

  void expected() {
    const answer<double> value = now_.expected();
    step_working working;
    if (value.has_value()) {
      const bool late = of_.reading.missing == 0 && of_.day - of_.reading.data_day > of_.key.allowed_lag;
      const bool by_data = judged_.reading_missing == 0 && !late;
      const std::int32_t pace_day = by_data ? (std::min)(of_.day, of_.reading.data_day) : of_.day;  // t* of rule P1
      const std::size_t planned = trajectory(pace_day);
      working.inputs.push_back(to_.input("planned", planned));
      working.how = step_operation::take;
      if (*to_[planned].value != *value) {
        working.how = step_operation::whole_units;
        working.inputs.push_back(edge(goal_.goal));
      }
    }
    found.expected = put(step_kind::expected, "F2", "expected", value, "", true, std::move(working));
  }

  std::size_t trajectory(std::int32_t day) {
    const expected_curve& curve = of_.from.cells.curves[of_.target.curve];
    const expected_curve::working made = curve.working_at(day);
    using form = expected_curve::working::form;
    step_working working;
    if (made.what == form::months) working = {step_operation::quotient, {{"months passed", made.passed}, {"months", made.all}}};
    if (made.what == form::line) {
      working = {step_operation::line,
                 {{"day", static_cast<double>(day)},
                  {"from", made.from.day},
                  {"from_share", made.from.share},
                  {"to", made.to.day},
                  {"to_share", made.to.share}}};
    }
    if (made.what == form::logistic) {
      working = {step_operation::logistic,
                 {{"days passed", made.passed}, {"midpoint", made.midpoint}, {"steepness", made.steepness}}};
    }
    const double planned = curve.at(day);
    return to_.add(step_kind::trajectory, "F1",
                   "planned by the close of " + to_string(date::from_days(day)) + ": " + percent(planned), planned, working.how,
                   std::move(working.inputs));
  }

  void gap() {
    const answer<double> value = now_.gap();
    const bool cap = goal_.course == course::cap;
    const answer<double> used = cap ? used_of_cap(goal_, of_.reading.amount) : answer<double>(reason::not_applicable);
    step_working working;
    if (value.has_value() && used.has_value()) {
      const double high = of_.reading.amount.high;
      const bool of_nothing = goal_.goal == 0;
      const std::size_t share = to_.add_aside(
          step_kind::gap, "A3", "used of the cap", *used, of_nothing ? step_operation::given : step_operation::quotient,
          of_nothing ? std::vector<step_input>{} : std::vector{to_.input("reading", found.reading, high), edge(goal_.goal)});
      working = {step_operation::difference, {to_.input("expected", found.expected, judged_.expected), to_.input("used", share)}};
    } else if (value.has_value() && !cap) {
      working = {step_operation::difference,
                 {to_.input("attainment", found.attainment, judged_.attainment),
                  to_.input("expected", found.expected, judged_.expected)}};
    }
    found.gap =
        put(step_kind::gap, "P1", "gap", value, cap ? "expected − used" : "attainment − expected", true, std::move(working));
  }

  // -- period by period (rules A2, A7) --------------------------------------------------------------

  void periods() {
    static constexpr const char* outcomes[] = {"not reported", "kept", "failed", "failed by its unfavourable end"};
    const bool recurring = of_.target.judging == judging::recurring;
    const compiled_cells& c = of_.from.cells;
    const std::uint64_t first =
        of_.target.first_outcome + std::uint64_t{of_.cell - of_.target.first_cell} * of_.target.period_count;
    std::vector<step_input> kept;
    std::vector<step_input> shares;
    double closed = 0;
    double known = 0;
    for (std::uint32_t i = 0; i < of_.target.period_count; ++i) {
      const std::int32_t end = c.period_end[of_.target.first_period + i];
      if (end > of_.day) break;
      closed += 1;
      const std::uint32_t number = c.period_keys[of_.target.first_period_key + i];
      const period about{date::from_days(of_.from.readings.keys[number].start), date::from_days(end) + 1};
      const period_outcome outcome = c.outcomes[first + i];
      const std::string text = to_string(about) + ": " + outcomes[static_cast<std::size_t>(outcome)];
      if (outcome == period_outcome::unknown) {
        to_.add(step_kind::period, "A7", text).missing = reason::no_observation;
        continue;
      }
      known += 1;
      const auto [how, inputs] = period_working(number, end, c.outcome_amount[first + i]);
      const std::size_t step = to_.add(step_kind::period, "A7", text, outcome == period_outcome::kept ? 1 : 0, how, inputs);
      kept.push_back(to_.input(to_string(about), step));
      if (c.outcome_share[first + i] >= 0) shares.push_back({to_string(about), c.outcome_share[first + i]});
    }
    const std::size_t sum = to_.add_aside(step_kind::period, "A7", "periods kept", sum_of(kept), step_operation::sum, kept);
    if (now_.reading().has_value() && recurring) {
      const double unreported = closed - known;
      const double countable = static_cast<double>(of_.target.period_count) - unreported;
      const std::size_t all = to_.add_aside(
          step_kind::period, "A7", "periods that count", countable, step_operation::difference,
          {to_.input("periods", found.goal, static_cast<double>(of_.target.period_count)), {"unreported", unreported}});
      const std::size_t told = to_.add_aside(step_kind::period, "A7", "periods known", known);
      found.attainment = put(step_kind::attainment, "A7", "attainment", now_.attainment(), "", true,
                             {step_operation::quotient, {to_.input("kept", sum), to_.input("periods", all)}});
      found.expected = put(step_kind::expected, "A7", "expected", now_.expected(), "", true,
                           {step_operation::quotient, {to_.input("known", told), to_.input("periods", all)}});
    } else {
      found.attainment = put(step_kind::attainment, recurring ? "A7" : "A2", "attainment", now_.attainment(), "", true,
                             {step_operation::least, shares});
      found.expected = put(step_kind::expected, "A7", "expected", now_.expected(), "", true);
    }
    found.gap = put(step_kind::gap, "P1", "gap", now_.gap(), "attainment − expected", true,
                    found.attainment && found.expected
                        ? step_working{step_operation::difference,
                                       {to_.input("attainment", *found.attainment), to_.input("expected", *found.expected)}}
                        : step_working{});
  }

  // Whether a period is kept: its amount against the goal, where that is the same in all of them.
  step_working period_working(std::uint32_t number, std::int32_t end, double amount) {
    const terms now = terms_at(of_.plan.targets()[of_.target.target], of_.from.known_at);
    const reading_key& key = of_.from.readings.keys[number];
    std::optional<std::size_t> read;
    const auto here = std::span(of_.from.readings.place).subspan(key.first_cell, key.cell_count);
    const auto at = std::find(here.begin(), here.end(), of_.place());
    if (at != here.end()) {
      const auto cell = key.first_cell + static_cast<std::uint32_t>(at - here.begin());
      step_working working = readings_.of(number, cell, end, amount, true);
      read = to_.add_aside(step_kind::reading, "A7", "amount of the period", amount, working.how, std::move(working.inputs));
    }
    if (now.aim->from_previous_period) return {step_operation::given, {to_.input("reading", read, amount)}};
    const double tolerance = tolerance_of(goal_.goal);
    std::vector<step_input> inputs{to_.input("reading", read, amount), {"goal", goal_.goal}};
    step_operation how = step_operation::at_least;
    switch (goal_.compare) {
      case comparison::band:
        inputs.insert(inputs.end(),
                      {{"upper", goal_.upper}, {"tolerance", tolerance}, {"upper_tolerance", tolerance_of(goal_.upper)}});
        return {step_operation::inside, std::move(inputs)};
      case comparison::at_least:
        how = goal_.strict ? step_operation::above : step_operation::at_least;
        break;
      case comparison::at_most:
        how = goal_.strict ? step_operation::below : step_operation::at_most;
        break;
      case comparison::above:
        how = step_operation::above;
        break;
      case comparison::below:
        how = step_operation::below;
        break;
    }
    inputs.push_back({"tolerance", tolerance});
    return {how, std::move(inputs)};
  }

  static double sum_of(const std::vector<step_input>& inputs) {
    double sum = 0;
    for (const step_input& input : inputs) sum += input.value;
    return sum;
  }

  // -- what a roll-up takes (rules U1, A1a, A5, U4a) -------------------------------------------------

  void score() {
    if ((judged_.flags & cell_flag::has_score) == 0) return;
    const double score = judged_.score;
    const auto put_score = [&](step_operation how, std::vector<step_input> inputs) {
      to_.add_aside(step_kind::score, "U1", "in the means above: " + percent(score), score, how, std::move(inputs));
    };
    const step_input lower{"lower", 0};
    const step_input upper{"upper", of_.target.score_cap};
    const bool answered = (judged_.flags & cell_flag::answered) != 0;
    if ((answered && judged_.state == no_state) || !own_score(of_.from, of_.target, of_.cell, judged_)) {
      to_.add(step_kind::score, "U4a", "of its parts: " + percent(score), score, step_operation::weighted_mean,
              parts_of_the_whole());
      return;
    }
    if (found.attainment) return put_score(step_operation::clamp, {to_.input("attainment", *found.attainment), lower, upper});
    if (found.reached && *to_[*found.reached].value == 1)
      return put_score(step_operation::take, {to_.input("reached", *found.reached)});
    if (judged_.reading_missing != 0 || goal_.missing != 0) return put_score(step_operation::given, {});
    const answer<double> of_the_goal = share_of_goal(goal_, judged_.reading);
    if (!of_the_goal.has_value()) return put_score(step_operation::given, {});
    const step_working share = share_of_goal_working(judged_.reading);
    const std::size_t of_goal =
        to_.add_aside(step_kind::score, "A5", "share of the goal", *of_the_goal, share.how, share.inputs);
    put_score(step_operation::clamp, {to_.input("share", of_goal), lower, upper});
  }

  // The parts that stand in for a whole without an answer.
  std::vector<step_input> parts_of_the_whole() const {
    std::vector<step_input> parts;
    for (std::uint32_t p = of_.target.first_part; p < of_.target.first_part + of_.target.part_count; ++p) {
      const std::uint32_t number = of_.from.cells.parts[p];
      const auto part = of_.from.find_cell(number, of_.place());
      if (!part) continue;
      const std::uint16_t flags = of_.data.cells.flags[*part];
      constexpr std::uint16_t usable = cell_flag::has_score | cell_flag::answered | cell_flag::applicable;
      if ((flags & usable) != usable || (flags & cell_flag::not_due) != 0) continue;
      const target_spec& spec = *of_.plan.targets()[of_.from.cells.targets[number].target].spec;
      parts.push_back({spec.id, of_.data.cells.score[*part], of_.from.cells.goal[*part].stated});
    }
    return parts;
  }

  const explained_cell& of_;
  const cell_goal& goal_;
  reading_explainer& readings_;
  step_list& to_;
  target_result now_;
  cell_result judged_;
};

}  // namespace attain::inline v0::detail
