#pragma once

/** A programme with every way of reading, judging and adding up, and reports about it at random: corrections, withdrawals, back-dated
    and straddling entries, intervals, shares of goals, categories and steps. */

#include <attain/engine/custom.hpp>
#include <attain/judge/method.hpp>
#include <attain/ledger/observation.hpp>

#include "support/builders.hpp"
#include "support/observations.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace attain::test {

inline constexpr int villages = 40;         ///< of the west: more children than are added up again
inline constexpr int small_promises = 36;   ///< of project "many", likewise

/// In the middle: the lower of the two if there is no middle one.
inline void median(const child_columns& of, std::span<double> out) {
  std::vector<double> values;
  for (std::size_t i = 0; i < out.size(); ++i) {
    values.assign(of.value.begin() + of.begin[i], of.value.begin() + of.begin[i + 1]);
    if (values.empty()) continue;
    const std::size_t middle = (values.size() - 1) / 2;
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(middle), values.end());
    out[i] = values[middle];
  }
}

/// Good from half the way on, late below, and silent where there is no attainment; reached or not for holds.
inline custom_method halfway() {
  custom_method m;
  m.description = time_proportional();
  m.description.name = "halfway";
  m.description.rules.clear();
  m.judge = [](const judged_columns& of, std::span<std::uint8_t> state) {
    for (std::size_t i = 0; i < state.size(); ++i) {
      if ((of.facts[i] & static_cast<std::uint16_t>(fact::not_applicable)) != 0 || of.attainment_missing[i] != 0) continue;
      state[i] = of.attainment[i] >= 1 ? 0 : of.attainment[i] >= 0.5 ? 1 : 3;
    }
  };
  return m;
}

inline std::shared_ptr<const custom_functions> functions_of_the_user() {
  auto all = std::make_shared<custom_functions>();
  all->formulas["twice@1"] = [](std::span<const std::span<const double>> inputs, std::span<double> out) {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = 2 * inputs[0][i] + inputs[1][i];
  };
  all->aggregators["median@1"] = median;
  all->methods["halfway@1"] = halfway();
  return all;
}

inline target_spec every_month(target_spec t) {
  t.cadence = cadence{cadence_kind::every, frequency::month};
  return t;
}

inline target_spec throughout(target_spec t, std::optional<hold_judging> judged = std::nullopt) {
  t.cadence = cadence{cadence_kind::throughout};
  t.judged = judged;
  return t;
}

inline target_spec with_weight(target_spec t, double weight) {
  t.weight = weight;
  return t;
}

inline target_spec with_baseline(target_spec t, double baseline) {
  t.baseline = baseline;
  return t;
}

inline target_spec at_place(target_spec t, std::string place) {
  t.place = std::move(place);
  return t;
}

inline target_spec part_of(target_spec t, std::string whole) {
  t.belongs = belonging::part;
  t.belongs_to = std::move(whole);
  return t;
}

inline programme_spec lively(const std::string& method = "time_proportional") {
  programme_spec spec = programme_of(
      {increment("lifts"), running_total("insured", "人"), level("residents"), level("price", "元", combination::weighted_mean),
       increment("loans", "元"), increment("small-loans", "元"), ratio("share", "small-loans", "loans"),
       formula_of("total", "人", "[residents] + [insured] * 60%"),
       steps("building", {{.id = "design", .weight = 0.25, .due = date(2021, 3, 31)}, {.id = "build", .weight = 0.75}}), rating("mood"),
       formula_of("score", "分", "custom:twice@1"), level("best", "分", combination::greatest), level("worst", "分", combination::least),
       increment("overtime", "元"), level("buses", "%"), increment("inspections", "次"), ratio("full", "beds", "residents"),
       level("beds", "人"), running_total("ever", "人")},
      {});
  spec.method = method;
  spec.places.push_back({.id = "south", .within = "east", .weight = 3});
  for (int v = 0; v < villages; ++v) spec.places.push_back({.id = "village-" + std::to_string(v), .within = "west", .weight = 1.0 + v % 3});
  const auto named = [&](const std::string& id) -> indicator_spec& {
    return *std::ranges::find(spec.indicators, id, &indicator_spec::id);
  };
  named("insured").counted_from = origin::year;
  named("ever").counted_from = origin::ever;
  named("residents").dimensions = {{.id = "sex", .categories = {"f", "m"}, .complete = true}};
  named("price").weighted_by = "residents";
  named("mood").scale = {{"good", 1}, {"fair", 0.6}};
  named("mood").authors = {"council", "press"};
  named("score").inputs = {"lifts", "residents"};

  target_spec quotas = target("1.1", "lifts", at_least(139));
  quotas.quotas = {{.place = "south", .goal = 60}, {.place = "west", .goal = 79}};
  target_spec by_village = target("1.2", "insured", at_least(400));
  for (int v = 0; v < villages; ++v) by_village.quotas.push_back({.place = "village-" + std::to_string(v), .goal = 10});
  target_spec women = target("2.2", "residents", at_least(40));
  women.disaggregation = {{"sex", "f"}};
  target_spec whole = target("4.1", "loans", at_least(300));
  whole.partition = true;
  aim rising = rises();
  rising.from_previous_period = true;
  target_spec withdrawn = target("6.9", "lifts", at_least(5));
  withdrawn.withdrawn = true;

  project_spec many = project("many", {});
  many.group = true;
  for (int i = 0; i < small_promises; ++i) {
    many.targets.push_back(with_weight(target("many." + std::to_string(i), i % 3 == 0 ? "overtime" : "lifts", at_least(3 + 7 * i)), 0.5 + i % 4));
  }
  spec.projects = {
      project("1", {quotas, by_village, at_place(target("1.3", "lifts", at_least(30)), "east"), target("1.4", "ever", at_least(120))}),
      project("2", {with_baseline(target("2.1", "residents", at_least(400)), 100), women, target("2.3", "price", at_least(50)),
                    target("2.4", "best", at_least(9)), with_baseline(target("2.5", "worst", at_most(2)), 10),
                    target("2.6", "residents", about(300)), target("2.7", "total", at_least(500)), target("2.8", "full", at_least(0.5))}),
      project("3", {target("3.1", "share", at_least(0.6)), target("3.2", "building", at_least(1)), target("3.3", "mood", at_least(0.8)),
                    target("3.4", "score", at_least(200)), target("3.5", "overtime", at_most(60)), target("3.6", "best", rises())}),
      project("4", {whole, part_of(target("4.2", "loans", at_least(200)), "4.1"),
                    part_of(target("4.3", "small-loans", at_least(100)), "4.1")}),
      project("5", {every_month(target("5.1", "inspections", at_least(2))), throughout(target("5.2", "buses", at_least(0.8)), hold_judging::each_period),
                    throughout(target("5.3", "buses", at_least(0.7))), every_month(target("5.4", "buses", rising)),
                    every_month(at_place(target("5.5", "ever", at_least(4)), "east")), every_month(target("5.6", "price", at_least(20)))}),
      project("6", {withdrawn, with_weight(target("6.1", "best", between(4, 8)), 0), {.id = "6.2", .indicator = "loans"}}),
      many};
  spec.projects[2].roll_up.aggregator = "worst";
  spec.projects[3].projects = {project("4.a", {target("4.a.1", "inspections", at_least(50))})};
  spec.projects[4].roll_up.aggregator = "custom:median@1";
  spec.projects[5].roll_up.not_due = not_due_policy::count_as_zero;
  return spec;
}

/// The same with other roll-ups: every aggregator, way to weigh, policy and rule is in one of the two.
inline programme_spec lively_roll_ups(bool other) {
  programme_spec spec = lively();
  const auto node = [&](std::size_t project, const char* aggregator) -> roll_up_spec& {
    roll_up_spec& r = spec.projects[project].roll_up;
    r.aggregator = aggregator;
    return r;
  };
  spec.roll_up = {.aggregator = other ? "power_mean" : "geometric_mean", .floor = 0.01};
  if (other) spec.roll_up.exponent = -2;
  spec.roll_up.weights.by = other ? weighting::leaf_count : weighting::equal;
  spec.roll_up.rules = {{.effect = rule_effect::ceiling, .of = {"1.1", "2.1", "6.1"}, .when = rule_condition::failing, .score = 0.5},
                        {.effect = rule_effect::grade_ceiling, .of = {"3.4"}, .when = rule_condition::unmet, .grade = "at_risk"}};
  node(0, other ? "share_met" : "weighted_mean").weights = {.by = weighting::entropy,
                                                            .transform = other ? entropy_transform::min_max_tenth : entropy_transform::shares};
  spec.projects[0].roll_up.rules = {
      {.effect = rule_effect::deduction, .of = {"1.1", "1.3"}, .when = rule_condition::unmet, .per_unit = 0.002, .most = 0.2},
      {.effect = rule_effect::bonus, .of = {"1.4"}, .when = rule_condition::met, .score = 1, .points = 0.05}};
  node(1, other ? "all_met" : "mean_min").weights = {.by = weighting::measure,
                                                     .measures = {{"2.1", "1.1"}, {"2.2", "4.1"}, {"2.3", "6.2"}, {"2.4", "1.4"}, {"2.5", "many.1"},
                                                                  {"2.6", "1.2"}, {"2.7", "3.5"}, {"2.8", "6.2"}}};
  if (!other) spec.projects[1].roll_up.alpha = 0.5;
  node(2, other ? "greatest" : "least").missing = other ? missing_policy::refuse : missing_policy::count_as_zero;
  node(3, other ? "harmonic_mean" : "weighted_median").floor = 0.05;
  spec.projects[3].roll_up.weights = {.by = weighting::comparisons, .comparisons = {{"4.1", "4.a", 3}}};
  node(4, "custom:median@1").missing = missing_policy::count_as_zero;
  spec.projects[4].roll_up.rules = {{.effect = rule_effect::fail, .of = {"5.1", "5.2", "5.4"}, .when = rule_condition::failing, .count = 2}};
  node(6, other ? "weighted_mean" : "penalised_mean").divisor = other ? divisor::n : divisor::n_minus_1;
  spec.projects[6].roll_up.rules = {
      {.effect = rule_effect::veto, .of = {"many.3"}, .when = rule_condition::below, .below = 0.3, .score = 0.1},
      {.effect = rule_effect::deduction, .of = {"many.0", "many.1"}, .when = rule_condition::failing, .count = 2, .points = 0.1}};
  if (other) spec.projects[6].roll_up.missing = missing_policy::count_as_zero;
  return spec;
}

/// Reports about `lively()`. Amounts repeat, so that corrections restore what was, and are not all binary fractions.
class reports {
 public:
  explicit reports(unsigned seed) : random_(seed) {}

  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }

  observation next() {
    static const std::vector<std::string> indicators{"lifts", "insured", "residents", "price", "loans", "small-loans", "best", "worst",
                                                     "overtime", "buses", "inspections", "beds", "ever", "building", "mood"};
    const std::string& indicator = indicators[static_cast<std::size_t>(below(static_cast<int>(indicators.size())))];
    observation o = report(indicator, place(indicator), period(indicator), amount(indicator));
    o.recorded = o.about.last() + below(80);
    if (indicator == "building") {
      o.step = below(2) == 0 ? "design" : "build";
      return o;
    }
    if (indicator == "mood") {
      o.author = below(2) == 0 ? "council" : "press";
      return o;
    }
    const int trouble = below(40);
    if (trouble < 3) {
      o.withdrawn = true;
    } else if (trouble < 6) {
      o.missing = below(2) == 0 ? reason::withheld : reason::no_observation;
    } else if (trouble < 8) {
      o.high = o.low + 1;
    } else if (trouble == 8) {
      o.high_open = true;
    } else if (trouble == 9 && indicator == "lifts") {
      o.low = o.high = 0.5;
      o.form = amount_form::share_of_goal;
    } else if (trouble == 10 && indicator == "residents") {
      o.dimensions = {{"sex", below(2) == 0 ? "f" : "m"}};
    } else if (trouble == 11) {
      o.stage = "planned";
    }
    return o;
  }

 private:
  std::string place(const std::string& indicator) {
    if (indicator == "building" || indicator == "mood" || indicator == "buses") return "city";
    switch (below(8)) {
      case 0: return "city";
      case 1: return "east";
      case 2: return "west";
      case 3: return "south";
      default: return "village-" + std::to_string(below(villages));
    }
  }

  std::string period(const std::string& indicator) {
    const int month = 1 + below(12);
    const std::string text = (month < 10 ? "2021-0" : "2021-") + std::to_string(month);
    const bool sums = indicator == "lifts" || indicator == "loans" || indicator == "small-loans" || indicator == "overtime";
    switch (below(16)) {
      case 0: return sums ? "2021Q" + std::to_string(1 + below(4)) : text + "-15";
      case 1: return "2020-12";
      case 2: return sums ? "2020-12-20/2021-01-10" : "2020-12-31";
      case 3: return "2022-01";
      default: return text;
    }
  }

  double amount(const std::string& indicator) {
    static constexpr std::array<double, 8> amounts{0, 1, 2, 3, 5, 7.1, 10, 33.3};
    if (indicator == "building") return below(3) == 0 ? 0 : 1;
    if (indicator == "mood") return below(2) == 0 ? 1 : 0.6;
    const double x = amounts[static_cast<std::size_t>(below(static_cast<int>(amounts.size())))];
    return indicator == "buses" ? x / 40 : x;
  }

  std::mt19937 random_;
};

}  // namespace attain::test
