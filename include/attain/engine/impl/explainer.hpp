#pragma once

// Reruns the path of one answer and writes down its steps.

#include <attain/core/number_text.hpp>
#include <attain/core/unit.hpp>
#include <attain/engine/evaluation.hpp>
#include <attain/engine/gather.hpp>
#include <attain/engine/impl/compile_outcomes.hpp>
#include <attain/engine/impl/compile_readings.hpp>
#include <attain/engine/impl/missing.hpp>
#include <attain/engine/measures.hpp>
#include <attain/engine/read.hpp>
#include <attain/model/words.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace attain::inline v0::detail {

/// Beyond this, no decimals are left, and what is multiplied by more is not finite in the end.
inline constexpr double most_rounded = 1e15;

inline std::string percent(double share) {
  return std::abs(share) < most_rounded ? to_text(std::round(share * 10000) / 100) + "%" : to_text(share) + " times";
}

class explainer {
 public:
  explainer(const evaluation_data& data, std::uint32_t cell)
      : data_(data),
        from_(*data.compiled),
        cell_(cell),
        target_(from_.cells.targets[from_.cells.target_of[cell]]),
        plan_(data.plan.programmes()[target_.programme]),
        spec_(*plan_.targets()[target_.target].spec),
        indicator_(plan_.indicators()[plan_.targets()[target_.target].indicator]),
        key_(from_.readings.keys[target_.key]),
        day_((std::min)(data.as_of.days(), target_.due)) {}

  explanation run() {
    out_.subject = spec_.id + " at " + place_name(from_.cells.place[cell_]) + " as of " + to_string(data_.as_of);
    entries();
    reading();
    baseline_and_goal();
    if (target_.judging == judging::once) {
      attainment_and_expected();
    } else {
      periods();
    }
    decision();
    checks();
    return std::move(out_);
  }

 private:
  std::string amount(double x) const {
    if (indicator_.unit.empty()) return to_text(x);
    const double written = parse_unit(indicator_.unit).written(x);
    return std::isfinite(written) ? to_text(written) + " " + indicator_.unit : to_text(x);  // 1e307 is no percentage
  }
  const std::string& place_name(std::uint32_t place) const { return plan_.places()[place].id; }
  static std::string because(std::uint8_t missing) { return std::string(to_string(static_cast<reason>(missing))); }

  explanation_step& add(step_kind kind, std::string rule, std::string text) {
    explanation_step& step = out_.steps.emplace_back();
    step.kind = kind;
    step.rule = std::move(rule);
    step.text = std::move(text);
    return step;
  }

  void add_number(step_kind kind, std::string rule, const std::string& name, const answer<double>& value, std::string how,
                  bool as_share, std::vector<std::pair<std::string, double>> inputs = {}) {
    std::string text = name + ": ";
    if (value.has_value()) {
      text += as_share ? percent(*value) : amount(*value);
    } else {
      text += "none, " + std::string(to_string(value.why()));
    }
    if (!how.empty()) text += " (" + how + ")";
    explanation_step& step = add(kind, std::move(rule), std::move(text));
    if (value.has_value()) {
      step.value = *value;
    } else {
      step.missing = value.why();
    }
    step.inputs = std::move(inputs);
  }

  void find(severity level, code what, std::string message) {
    out_.findings.push_back({level, what, spec_.id + " at " + place_name(from_.cells.place[cell_]), {}, {}, std::move(message)});
  }

  // Every entry that was ever made, and what became of it (rules R1, R2).
  void entries() {
    const ledger_view view = from_.bound.ledger();
    const std::int32_t known = from_.known_at ? from_.known_at->days() : (std::numeric_limits<std::int32_t>::max)();
    gatherer gather(from_.bound, view, known);
    row_buffer buffer;
    for (std::uint32_t m = 0; m < key_.member_count; ++m) {
      const std::uint32_t member = from_.readings.members[key_.first_member + m].indicator;
      const indicator_spec& spec = plan_.indicators()[member];
      std::vector<entry> standing_entries;
      gather_entries(gather, member, standing_entries);
      for (const strand& s : from_.bound.strands_at(target_.programme, member, from_.cells.place[cell_])) {
        for (const series_part& part : from_.bound.parts(s)) {
          const row_slice rows = view.rows(part.series, buffer);
          for (std::size_t i = 0; i < rows.size; ++i) describe(view.entry(rows.at(i)), spec, s, known, standing_entries);
        }
      }
    }
  }

  // Standing entries of one member at the place.
  void gather_entries(gatherer& gather, std::uint32_t member, std::vector<entry>& entries) const {
    const indicator_spec& spec = plan_.indicators()[member];
    const auto about = division_of(spec, spec_.disaggregation);
    gatherer::request request{
        .scope = target_.programme, .indicator = member, .spec = &spec, .about = about, .place = from_.cells.place[cell_]};
    const cell_goal& goal = from_.cells.goal[cell_];
    if (goal.missing == 0 && !target_.reading_only) request.goal = goal.stated;
    gather(request, entries);
  }

  void describe(const observation& o, const indicator_spec& spec, const strand& s, std::int32_t known,
                const std::vector<entry>& standing_entries) {
    const std::int32_t last = o.about.last().days();
    const std::int32_t first = o.about.start.days();
    const bool stands = std::any_of(standing_entries.begin(), standing_entries.end(), [&](const entry& e) {
      return e.first == first && e.last == last && e.recorded == o.recorded->days();
    });
    std::string fate = "used";
    std::string rule = "R1";
    if (o.recorded->days() > known) {
      fate = "not yet known";
      rule = "R2";
    } else if (last > day_) {
      fate = last > target_.due ? "after due" : "after the as-of day";
      rule = "R2";
    } else if (!s.comparable) {
      fate = "not comparable: " + (o.stage.empty() ? o.scope : o.stage);
      rule = "R12";
    } else if (o.withdrawn) {
      fate = "withdraws what was reported";
    } else if (o.missing) {
      fate = "reported without an amount: " + std::string(to_string(*o.missing));
      rule = "R6";
    } else if (!stands) {
      fate = "superseded";
    } else if (spec.kind == indicator_kind::increment && (first < target_.start || last > target_.due)) {
      fate = last < target_.start ? "before the window" : "straddles the window";
      rule = "R4";
    }
    std::string text = spec.id + " " + to_string(o.about) + ": ";
    if (!o.missing && !o.withdrawn) {
      text += to_text(o.low);
      if (o.high != o.low) text += "–" + to_text(o.high);
      if (o.high_open) text += "+";
      if (!o.unit.empty()) text += " " + o.unit;
    }
    text += ", recorded " + to_string(*o.recorded);
    if (!o.author.empty()) text += " by " + o.author;
    explanation_step& step = add(step_kind::entry, rule, text + " – " + fate);
    if (!o.missing && !o.withdrawn) step.value = o.low;
    if (o.missing) step.missing = *o.missing;
  }

  void reading() {
    reader_.read(target_.key, day_);
    const std::uint32_t cell = from_.cells.reading[cell_];
    reading_ = reader_.at(cell);
    const member_columns& columns = reader_.columns();
    const std::size_t row = cell - key_.first_cell;
    if (reading_.missing == 0 && columns.own[row] == 0) {
      for (std::uint32_t c = 0; c < from_.readings.child_count[cell]; ++c) {
        const std::uint32_t child = from_.readings.child_begin[cell] + c;
        const cell_reading r = reader_.at(child);
        const std::string where = place_name(from_.readings.place[child]);
        explanation_step& step =
            add(step_kind::child, "R9", where + ": " + (r.missing == 0 ? amount(r.amount.low) : because(r.missing)));
        if (r.missing == 0) {
          step.value = r.amount.low;
        } else {
          step.missing = static_cast<reason>(r.missing);
        }
        step.inputs.emplace_back("share", from_.readings.share[child]);
      }
    }
    const answer<double> value =
        target_.judging == judging::recurring
            ? (reading_.missing == 0 ? answer<double>(reading_.amount.low) : static_cast<reason>(reading_.missing))
            : target_result_().reading();
    std::string how = reading_.missing == 0 ? "as of " + to_string(date::from_days(reading_.data_day)) : std::string();
    std::vector<std::pair<std::string, double>> inputs;
    if (reading_.missing == 0 && key_.member_count > 1) {
      for (std::uint32_t m = 0; m < key_.member_count; ++m) {
        const std::uint32_t member = from_.readings.members[key_.first_member + m].indicator;
        inputs.emplace_back(plan_.indicators()[member].id, columns.low[row * key_.member_count + m]);
      }
    }
    static constexpr const char* rules[] = {"R4", "R5", "R6", "R7", "A9", "R14", "R7"};
    add_number(step_kind::reading, rules[static_cast<std::size_t>(indicator_.kind)], "reading", value, std::move(how), false,
               std::move(inputs));
    if (reading_.missing == 0 && !key_.immediate) {
      explanation_step& step =
          add(step_kind::coverage, "R8", "covered share of its time and places: " + percent(reading_.covered));
      step.value = reading_.covered;
    }
  }

  void baseline_and_goal() {
    const cell_goal& goal = from_.cells.goal[cell_];
    if (target_.reading_only) {
      add(step_kind::goal, "", "no aim: a reading only");
      return;
    }
    if (target_.judging == judging::recurring) {
      add(step_kind::goal, "A7", "goal: in each of " + std::to_string(target_.period_count) + " periods").value =
          target_.period_count;
      return;
    }
    add_number(step_kind::baseline, "B1", "baseline", target_result_().baseline(), "", false);
    static constexpr const char* compares[] = {"at least", "at most", "between", "above", "below"};
    static constexpr const char* courses[] = {"not judged", "progress from the baseline", "a hold", "a cap"};
    std::string how = std::string(compares[static_cast<std::size_t>(goal.compare)]) + (goal.strict ? ", strictly" : "");
    if (goal.compare == comparison::band) how += " this and " + amount(goal.upper);
    how += "; " + std::string(courses[static_cast<std::size_t>(goal.course)]);
    add_number(step_kind::goal, goal.course == course::hold ? "B3" : "A1", "goal", target_result_().goal(), how, false);
  }

  void attainment_and_expected() {
    const target_result now = target_result_();
    const cell_goal& goal = from_.cells.goal[cell_];
    if (target_.reading_only) return;
    const bool hold = goal.course == course::hold;
    const bool cap = goal.course == course::cap;
    std::vector<std::pair<std::string, double>> inputs{{"reading", data_.cells.reading[cell_]}, {"goal", goal.goal}};
    if (goal.has_baseline) inputs.emplace_back("baseline", goal.baseline);
    const char* how = hold  ? "held or not, else the share of the goal"
                      : cap ? "within the cap or not"
                            : "(reading − baseline) / (goal − baseline)";
    add_number(step_kind::attainment,
               hold  ? "A2"
               : cap ? "A3"
                     : "A1",
               "attainment", now.attainment(), how, true, std::move(inputs));
    if (now.expected().has_value()) {
      const std::int32_t pace_day =
          reading_.missing == 0 && day_ - reading_.data_day <= key_.allowed_lag ? (std::min)(day_, reading_.data_day) : day_;
      const double plain = from_.cells.curves[target_.curve].at(pace_day);
      explanation_step& step = add(step_kind::trajectory, "F1",
                                   "planned by the close of " + to_string(date::from_days(pace_day)) + ": " + percent(plain));
      step.value = plain;
    }
    add_number(step_kind::expected, "F2", "expected", now.expected(), "", true);
    add_number(step_kind::gap, "P1", "gap", now.gap(), cap ? "expected − used" : "attainment − expected", true);
  }

  void periods() {
    const std::uint64_t first = target_.first_outcome + std::uint64_t{cell_ - target_.first_cell} * target_.period_count;
    static constexpr const char* outcomes[] = {"not reported", "kept", "failed", "failed by its unfavourable end"};
    for (std::uint32_t i = 0; i < target_.period_count; ++i) {
      const std::int32_t end = from_.cells.period_end[target_.first_period + i];
      if (end > day_) break;
      const reading_key& key = from_.readings.keys[from_.cells.period_keys[target_.first_period_key + i]];
      const period about{date::from_days(key.start), date::from_days(end) + 1};
      add(step_kind::period, "A7", to_string(about) + ": " + outcomes[static_cast<std::size_t>(from_.cells.outcomes[first + i])]);
    }
    const target_result now = target_result_();
    add_number(step_kind::attainment, target_.judging == judging::recurring ? "A7" : "A2", "attainment", now.attainment(), "",
               true);
    add_number(step_kind::expected, "A7", "expected", now.expected(), "", true);
    add_number(step_kind::gap, "P1", "gap", now.gap(), "attainment − expected", true);
  }

  static std::string rounded(double x) { return to_text(std::abs(x) < most_rounded ? std::round(x * 1e4) / 1e4 : x); }

  // What a method of growth measured from and to, and what stood for 0.
  void growth_of(const method_spec& method) {
    if (!needs_series(method)) return;
    series_reader series(from_);
    series.read(target_.key, day_);
    const auto readings = series.at(from_.cells.reading[cell_]);
    const cell_result judged = data_.cells[cell_];
    const cell_measures measures(from_, target_, cell_, method, judged, readings);
    const answer<dated_amount> base = measures.base();
    if (readings.empty() || !base.has_value()) return;
    const dated_amount& latest = readings.back();
    explanation_step& step = add(step_kind::baseline, "S11a",
                                 "growth from " + amount(base->amount) + " on " + to_string(date::from_days(base->day)) + " to " +
                                     amount(latest.amount) + " on " + to_string(date::from_days(latest.day)));
    step.value = base->amount;
    step.inputs = {{"latest", latest.amount}, {"years", years_between(base->day, latest.day)}};
    if (method.zero_stands_as) step.inputs.emplace_back("zero_stands_as", *method.zero_stands_as);
  }

  void decision() {
    if (target_.reading_only) return;
    const method_spec& method = from_.method(target_.method, data_.by.get()).spec;
    growth_of(method);
    const bool by_data = data_.cells.rule[cell_] < method.rules.size();
    const std::string rule = by_data ? method.rules[data_.cells.rule[cell_]].name : std::string();
    const answer<status> decided = target_result_().status();
    std::string text = decided.has_value() ? "status: " + std::string(decided->name())
                                           : "status: no answer, " + std::string(to_string(decided.why()));
    if (target_result_().is_reversible()) text += ", until the next reading";
    const answer<double> measured = target_result_().measured();
    const answer<double> score = target_result_().score();
    if (measured.has_value()) {
      text += ", " + std::string(to_string(method.band_lists[method.rules[data_.cells.rule[cell_]].index].quantity)) + " " +
              rounded(*measured);
    }
    if (score.has_value()) text += ", score " + rounded(*score);
    explanation_step& step = add(step_kind::status, rule, text + " (" + method.name + " " + std::to_string(method.version) + ")");
    if (!decided.has_value()) step.missing = decided.why();
    if (measured.has_value()) step.value = *measured;
    if (score.has_value()) step.inputs.emplace_back("score", *score);
  }

  // What a person should look at.
  void checks() {
    notes();
    if (reading_.missing == 0 && !key_.immediate && reading_.covered < 1 - 1e-9 && !target_.reading_only) {
      const bool places = reader_.columns().own[from_.cells.reading[cell_] - key_.first_cell] == 0;
      find(severity::note, places ? code::gap_in_places : code::gap_in_time,
           "reports cover " + percent(reading_.covered) + (places ? " of the places and time" : " of the time"));
    }
    own_against_children();
    missed_checkpoints();
    moved_goal();
  }

  void notes() {
    const std::int32_t known = from_.known_at ? from_.known_at->days() : (std::numeric_limits<std::int32_t>::max)();
    gatherer gather(from_.bound, from_.bound.ledger(), known);
    if (key_.member_count != 1) return;
    if (indicator_.kind == indicator_kind::steps || indicator_.kind == indicator_kind::rating) return;
    std::vector<entry> entries;
    gather_entries(gather, from_.readings.members[key_.first_member].indicator, entries);
    std::erase_if(entries, [&](const entry& e) { return e.last > day_; });
    const bool at_root = plan_.place_parents()[from_.cells.place[cell_]] == none;
    std::vector<event> events;
    reading_notes remarks;
    fold(entries, fold_rule_of(plan_.resolved(plan_.targets()[target_.target].indicator), key_, at_root), events, &remarks);
    for (const auto& remark : remarks.remarks()) {
      const period about{date::from_days(remark.first), date::from_days(remark.last) + 1};
      find(severity::warning, remark.code, std::string(to_string(remark.code)) + ": " + to_string(about));
    }
  }

  void own_against_children() {
    const std::uint32_t cell = from_.cells.reading[cell_];
    const std::size_t row = cell - key_.first_cell;
    member_columns columns = reader_.columns();
    if (columns.own[row] == 0 || columns.missing[row] != 0 || from_.readings.child_count[cell] == 0 || !key_.adds_up) return;
    const double own = columns.low[row];
    columns.own[row] = 0;
    columns.missing[row] = as_missing(reason::no_observation);
    combine_children(from_, key_, cell, columns, {});
    if (columns.missing[row] != 0 || std::abs(own - columns.low[row]) <= 1e-9 * std::abs(own)) return;
    find(severity::warning, code::own_differs_from_children,
         "own report " + amount(own) + ", sum of the places within " + amount(columns.low[row]));
  }

  void missed_checkpoints() {
    if (spec_.trajectory.kind != trajectory_kind::checkpoints || target_.judging != judging::once) return;
    reader at_checkpoint(from_);
    for (const checkpoint& c : spec_.trajectory.checkpoints) {
      if (c.day.days() > day_) continue;
      at_checkpoint.read(target_.key, c.day.days());
      const cell_reading then = at_checkpoint.at(from_.cells.reading[cell_]);
      if (then.missing != 0) continue;
      const answer<double> share = attainment_of(from_.cells.goal[cell_], then.amount);
      const double planned = from_.cells.curves[target_.curve].at(c.day.days());
      if (share.has_value() && *share < planned - 1e-9) {
        find(severity::warning, code::checkpoint_missed,
             "checkpoint of " + to_string(c.day) + ": " + percent(*share) + " of the way, planned " + percent(planned));
      }
    }
  }

  // Rule T1: a goal that moved after the result was known.
  void moved_goal() {
    if (spec_.history.empty() || !spec_.recorded) return;
    const std::int32_t known = from_.known_at ? from_.known_at->days() : (std::numeric_limits<std::int32_t>::max)();
    if (spec_.recorded->days() > known) return;
    const target_row& before = spec_.history.back();
    if (!before.aim || !spec_.aim || *before.aim == *spec_.aim) return;
    const bool result_known = std::any_of(out_.steps.begin(), out_.steps.end(),
                                          [&](const explanation_step& s) { return s.kind == step_kind::entry; }) &&
                              (spec_.recorded->days() > target_.due || result_before(*spec_.recorded));
    if (!result_known) return;
    find(severity::warning, code::goal_moved_after_result,
         "the goal moved from " + amount(before.aim->goal) + " to " + amount(spec_.aim->goal) + " on " +
             to_string(*spec_.recorded) + ", after the result was known");
  }

  bool result_before(date moved) const {
    gatherer gather(from_.bound, from_.bound.ledger(), moved.days());
    std::vector<entry> entries;
    gather_entries(gather, from_.readings.members[key_.first_member].indicator, entries);
    return std::any_of(entries.begin(), entries.end(), [&](const entry& e) { return e.has_amount() && e.last >= target_.due; });
  }

  target_result target_result_() const {
    return {std::shared_ptr<const evaluation_data>(std::shared_ptr<const evaluation_data>(), &data_), cell_};
  }

  const evaluation_data& data_;
  const compiled& from_;
  std::uint32_t cell_;
  const target_plan& target_;
  const programme& plan_;
  const target_spec& spec_;
  const indicator_spec& indicator_;
  const reading_key& key_;
  std::int32_t day_;
  reader reader_{from_};
  cell_reading reading_;
  explanation out_;
};

inline explanation explain_cell(const evaluation_data& data, std::uint32_t cell) { return explainer(data, cell).run(); }

inline explanation explain_node(const evaluation_data& data, std::uint32_t node_cell) {
  const compiled& from = *data.compiled;
  const node_result& r = data.nodes[node_cell];
  const project_result now({std::shared_ptr<const evaluation_data>(), &data}, node_cell);
  explanation out;
  out.subject = now.id() + " at " + now.place() + " as of " + to_string(data.as_of);
  const auto add = [&](step_kind kind, const char* rule, std::string text,
                       std::optional<double> value = {}) -> explanation_step& {
    return out.steps.emplace_back(explanation_step{kind, rule, std::move(text), value, {}, {}});
  };
  const auto shown = [](const answer<double>& a) {
    return a.has_value() ? percent(*a) : "none, " + std::string(to_string(a.why()));
  };
  const compiled_nodes& n = from.nodes;
  const node_plan& plan = n.plans[n.plan[node_cell]];
  for_each_contribution(
      from, node_cell, data.cells, data.nodes, data.weights,
      [&](std::uint32_t at, const contribution& part) {
        const child_ref child = n.children[at];
        const std::shared_ptr<const evaluation_data> same(std::shared_ptr<const evaluation_data>(), &data);
        const std::string& name = child.is_cell ? target_result(same, child.index).id() : project_result(same, child.index).id();
        std::string text = name + ": ";
        if (part.in_mean) {
          text += percent(part.attainment) + " of " + percent(part.expected) + " expected";
        } else if (part.weight <= 0) {
          text += "left out, weight 0 or not applicable";
        } else if (part.leaves.not_due == part.leaves.all) {
          text += "left out, not due";
        } else if (part.holds > 0) {
          text += part.held > 0 ? "holds" : "does not hold";
        } else {
          text += "no answer";
        }
        explanation_step& step = add(step_kind::child, "U2", std::move(text));
        step.inputs.emplace_back("weight", part.weight);
        if (part.in_mean) {
          step.value = part.attainment;
          step.inputs.emplace_back("expected", part.expected);
        }
      },
      data.by.get());
  if (plan.weights != weighting::given) {
    explanation_step& step = add(step_kind::roll_up, "U11", "weights by " + std::string(to_string(plan.weights)));
    if (plan.has_data_weights() && data.weights.missing[node_cell] != 0) {
      step.missing = static_cast<reason>(data.weights.missing[node_cell]);
      step.text += ": none, " + std::string(to_string(*step.missing));
    }
    if (plan.consistency.has_value()) {
      step.text += ", consistency ratio " + to_text(*plan.consistency);
      step.inputs.emplace_back("consistency_ratio", *plan.consistency);
    }
  }
  const answer<double> before = now.attainment_before_rules();
  const bool is_mean = plan.aggregate.kind == aggregation::weighted_mean;
  add(step_kind::roll_up, is_mean ? "U2" : "U10",
      "attainment" + (is_mean ? "" : " by " + std::string(to_string(plan.aggregate.kind))) +
          (plan.rule_count > 0 ? " before rules: " : ": ") + shown(before),
      before.has_value() ? std::optional(*before) : std::nullopt);
  for (const fired_rule& fired : now.rules()) {
    const rule_spec& rule = *fired.rule;
    const auto word = [](const answer<status>& s) { return std::string(s.has_value() ? s->name() : to_string(s.why())); };
    std::string text = (rule.name.empty() ? "" : rule.name + ", ") + std::string(to_string(rule.effect));
    if (fired.score_before.has_value()) text += ": score " + percent(*fired.score_before) + " to " + percent(*fired.score_after);
    if (word(fired.status_before) != word(fired.status_after))
      text += ", status " + word(fired.status_before) + " to " + word(fired.status_after);
    explanation_step& step = add(step_kind::rule, "U12", std::move(text));
    if (!fired.score_before.has_value()) continue;
    step.value = *fired.score_after;
    step.inputs.emplace_back("before", *fired.score_before);
  }
  if (plan.rule_count > 0) {
    add(step_kind::roll_up, "U12", "attainment after rules: " + shown(now.attainment()),
        now.attainment().has_value() ? std::optional(r.attainment) : std::nullopt);
  }
  add(step_kind::expected, "U2", "expected: " + shown(now.expected()),
      now.expected().has_value() ? std::optional(r.expected) : std::nullopt);
  if (r.hold_missing == 0) add(step_kind::roll_up, "U3", "share of holds that hold: " + percent(r.hold_share), r.hold_share);
  add(step_kind::coverage, "U6", "answered share of what is due: " + percent(r.coverage), r.coverage);
  if (r.bounds_missing == 0) {
    add(step_kind::roll_up, "U6", "with everything missing at 0 and at 1: " + percent(r.lower) + " to " + percent(r.upper))
        .inputs = {{"lower", r.lower}, {"upper", r.upper}};
  }
  if (r.capped) add(step_kind::ceiling, "S", "a missed or late child, or a hold that does not hold, sets the ceiling");
  const answer<status> decided = now.status();
  explanation_step& last = add(step_kind::status, "S",
                               decided.has_value() ? "status: " + std::string(decided->name())
                                                   : "status: no answer, " + std::string(to_string(decided.why())));
  if (!decided.has_value()) last.missing = decided.why();
  return out;
}

}  // namespace attain::inline v0::detail
