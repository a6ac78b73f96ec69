#pragma once

/** Specifications at random, each field present or not, with text and numbers that are hard to write. They have the shape that a
    file can have, but need not be valid: what they name need not exist. */

#include <attain/model/programme.hpp>
#include <attain/model/words.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace attain::test {

class random_specs {
 public:
  explicit random_specs(unsigned seed) : random_(seed) {}

  programme_spec programme() {
    programme_spec s;
    s.id = text();
    maybe([&] { s.name = text(); });
    maybe([&] { s.note = text(); });
    maybe([&] { s.window = window(); });
    maybe([&] { s.defaults = {number(), number(), whole(), number(), number()}; });
    maybe([&] { s.roll_up = roll_up(); });
    for (int n = below(4); n > 0; --n) s.places.push_back({text(), text(), text(), number()});
    for (int n = below(5); n > 0; --n) s.indicators.push_back(indicator());
    for (int n = below(4); n > 0; --n) s.projects.push_back(project(3));
    return s;
  }

 private:
  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  template <class F>
  void maybe(F&& f) {
    if (below(2) == 0) f();
  }
  template <class T>
  std::optional<T> either(T value) {
    return below(2) == 0 ? std::optional<T>(std::move(value)) : std::nullopt;
  }

  std::string text() {
    static const std::vector<std::string> parts{"a", "22.1", "电梯", "\"", "\\", "/", "~", "\n", "\t", "\x01", "é", "😀", " ", "\u2028", "</script>"};
    std::string made;
    for (int n = below(6); n > 0; --n) made += parts[static_cast<std::size_t>(below(static_cast<int>(parts.size())))];
    return made;
  }
  /// Names of fields of one object, which may not repeat.
  std::vector<std::string> names(int most) {
    std::vector<std::string> made;
    for (int n = below(most); n > 0; --n) made.push_back(text() + std::to_string(n));
    return made;
  }
  double number() {
    switch (below(6)) {
      case 0: return below(1000);
      case 1: return -below(1000) / 8.0;
      case 2: return 0.1 * below(100);
      case 3: return std::ldexp(1.0 + below(1 << 20), below(400) - 200);
      case 4: return std::numeric_limits<double>::denorm_min() * (1 + below(9));
      default: return std::numeric_limits<double>::max() / (1 + below(9));
    }
  }
  int whole() { return below(2'000'000) - 1'000'000; }
  date day() { return date{2000, 1, 1} + below(20'000); }
  period window() {
    const date start = day();
    return {start, start + 1 + below(1000)};
  }
  template <class Enum>
  Enum word() {
    return static_cast<Enum>(below(static_cast<int>(words_of<Enum>().size())));
  }
  roll_up_spec roll_up() {
    roll_up_spec r;
    r.aggregator = text();
    r.exponent = either(number());
    r.floor = either(number());
    r.alpha = either(number());
    r.beta = either(number());
    r.divisor = word<divisor>();
    r.weights = {word<weighting>(), {}, {}, word<priority_method>(), word<random_index>(), word<entropy_transform>()};
    for (int n = below(3); n > 0; --n) r.weights.measures.emplace_back(text() + std::to_string(random_()), text());
    for (int n = below(3); n > 0; --n) r.weights.comparisons.push_back({text(), text(), number()});
    r.minimum_coverage = either(number());
    r.not_due = word<not_due_policy>();
    r.missing = word<missing_policy>();
    for (int n = below(3); n > 0; --n) r.rules.push_back(rule());
    return r;
  }
  rule_spec rule() {
    rule_spec r;
    r.name = text();
    r.effect = word<rule_effect>();
    r.of = names(3);
    r.when = word<rule_condition>();
    r.below = number();
    r.count = whole();
    r.score = either(number());
    r.grade = text();
    r.points = either(number());
    r.per_unit = either(number());
    r.most = either(number());
    return r;
  }

  indicator_spec indicator() {
    indicator_spec i;
    i.id = text() + std::to_string(random_());
    i.unit = "人";
    i.kind = word<indicator_kind>();
    if (below(2) == 0) i.period = static_cast<frequency>(below(7));
    else i.period_days = either(whole());
    i.maximum_age = either(whole());
    i.allowed_lag = either(whole());
    i.indivisible = either(below(2) == 0);
    i.counted_from = word<origin>();
    i.eve_amount = either(number());
    i.across_places = word<combination>();
    maybe([&] { i.weighted_by = text(); });
    maybe([&] { i.numerator = text(); });
    maybe([&] { i.denominator = text(); });
    maybe([&] { i.expression = text(); });
    i.inputs = names(4);
    for (int n = below(3); n > 0; --n) i.steps.push_back({text(), text(), number(), either(day())});
    for (const auto& name : names(4)) i.scale.emplace_back(name, number());
    i.authors = names(3);
    for (int n = below(3); n > 0; --n) i.dimensions.push_back({text(), names(4), below(2) == 0});
    maybe([&] { i.stage = text(); });
    maybe([&] { i.source = text(); });
    return i;
  }

  aim any_aim() {
    aim a;
    a.kind = word<aim_kind>();
    if (a.kind == aim_kind::rises || a.kind == aim_kind::falls) return a;
    a.goal = number();
    if (a.kind == aim_kind::between) a.upper = number();
    if (a.kind == aim_kind::about) {
      a.tolerance = number();
      a.tolerance_is_amount = below(2) == 0;
    }
    if (a.kind == aim_kind::at_least || a.kind == aim_kind::at_most) a.strict = below(2) == 0;
    a.change = word<change_kind>();
    a.from_previous_period = below(2) == 0;
    return a;
  }
  std::vector<quota_spec> quotas() {
    std::vector<quota_spec> made;
    for (const auto& name : names(4)) made.push_back({name, number(), either(number())});
    return made;
  }
  attain::trajectory any_trajectory() {
    attain::trajectory t;
    t.kind = word<trajectory_kind>();
    if (t.kind == trajectory_kind::step) t.step_day = either(day());
    if (t.kind == trajectory_kind::checkpoints) {
      for (int n = below(4); n > 0; --n) t.checkpoints.push_back({day(), number(), below(2) == 0});
      t.joined_by_lines = below(2) == 0;
    }
    if (t.kind == trajectory_kind::logistic) {
      maybe([&] { t.midpoint = number(); });
      maybe([&] { t.steepness = number(); });
    }
    if (t.kind == trajectory_kind::seasonal)
      for (int n = below(13); n > 0; --n) t.seasonal.push_back(number());
    return t;
  }

  target_spec target() {
    target_spec t;
    t.id = text();
    t.indicator = text();
    maybe([&] { t.aim = any_aim(); });
    maybe([&] { t.place = text(); });
    maybe([&] { t.quotas = quotas(); });
    maybe([&] {
      t.cadence = attain::cadence{word<cadence_kind>(), frequency::month};
      if (t.cadence->kind == cadence_kind::every) t.cadence->every = static_cast<frequency>(below(7));
    });
    maybe([&] { t.judged = word<hold_judging>(); });
    t.allowed_failed_periods = either(whole());
    t.window = either(window());
    t.baseline = either(number());
    t.trajectory = any_trajectory();
    t.standard = below(2) == 0;
    t.open_group = below(2) == 0;
    t.weight = either(number());
    t.belongs = word<belonging>();
    if (t.belongs != belonging::none) t.belongs_to = text();
    t.partition = below(2) == 0;
    for (int n = below(3); n > 0; --n) t.aliases.push_back({text(), either(any_aim()), text()});
    for (const auto& name : names(3)) t.disaggregation.emplace_back(name, text());
    t.withdrawn = below(2) == 0;
    if (t.withdrawn) {
      t.withdrawn_on = either(day());
      t.withdrawn_reason = text();
    }
    t.recorded = either(day());
    maybe([&] { t.author = text(); });
    for (int n = below(3); n > 0; --n) {
      target_row row;
      row.recorded = either(day());
      row.reason = text();
      row.aim = either(any_aim());
      row.baseline = either(number());
      row.weight = either(number());
      row.window = either(window());
      row.quotas = either(quotas());
      t.history.push_back(row);
    }
    return t;
  }

  project_spec project(int levels) {
    project_spec p;
    p.id = text();
    p.weight = below(2) == 0 ? 1 : number();
    p.window = either(window());
    p.due = either(day());
    p.responsible = names(4);
    maybe([&] { p.roll_up = roll_up(); });
    p.group = below(2) == 0;
    maybe([&] { p.text = text(); });
    if (levels > 0)
      for (int n = below(3); n > 0; --n) p.projects.push_back(project(levels - 1));
    for (int n = below(3); n > 0; --n) p.targets.push_back(target());
    return p;
  }

  std::mt19937 random_;
};

}  // namespace attain::test
