/** Formulas of project control over plain numbers: what attain.control holds. */
#include "bind.hpp"
#include "register.hpp"

#include <attain/core/id.hpp>
#include <attain/core/number_text.hpp>
#include <attain/judge/decomposition.hpp>
#include <attain/judge/earned_value.hpp>
#include <attain/judge/progress_rules.hpp>
#include <attain/judge/traffic_light.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace {

using attain::answer;
using attain::earned_amounts;
using attain::earned_time;
using attain::reason;

answer<double> answer_of(std::optional<double> number) {
  if (!number) return reason::not_applicable;
  return *number;
}

/// The value of a word of an option. Throws `invalid_option` with the words there are.
template <class Value, std::size_t Size>
Value choice(const char* option, const std::string& word, const std::pair<const char*, Value> (&choices)[Size]) {
  std::string all;
  for (const auto& [name, value] : choices) {
    if (name == word) return value;
    all += (all.empty() ? "" : ", ") + std::string(name);
  }
  refuse_option(option, word, all, "there is no such " + std::string(option));
}

constexpr std::pair<const char*, attain::performance_factor> factors[] = {
    {"one", attain::performance_factor::one},
    {"cost", attain::performance_factor::cost},
    {"schedule", attain::performance_factor::schedule},
    {"schedule_time", attain::performance_factor::schedule_time},
    {"combined", attain::performance_factor::combined},
    {"combined_time", attain::performance_factor::combined_time},
    {"weighted", attain::performance_factor::weighted},
    {"weighted_time", attain::performance_factor::weighted_time},
};

constexpr std::pair<const char*, attain::duration_method> duration_methods[] = {
    {"planned_value", attain::duration_method::planned_value},
    {"earned_duration", attain::duration_method::earned_duration},
    {"earned_schedule", attain::duration_method::earned_schedule},
};

constexpr std::pair<const char*, attain::duration_factor> duration_factors[] = {
    {"one", attain::duration_factor::one},
    {"schedule", attain::duration_factor::schedule},
    {"combined", attain::duration_factor::combined},
};

using factor_argument = std::variant<double, std::string>;

answer<double> factor_from(const factor_argument& factor, const earned_amounts& of, std::optional<double> time_index) {
  if (const double* number = std::get_if<double>(&factor)) return *number;
  return factor_of(choice("factor", std::get<std::string>(factor), factors), of, answer_of(time_index));
}

std::string text_of(const answer<double>& number) { return number.has_value() ? attain::to_text(*number) : "None"; }

template <class Class>
void set_control(Class& bound) {
  set_public_class(bound);
  bound.attr("__module__") = "attain.control";
}

void register_earned(py::module_& m) {
  py::class_<earned_amounts> amounts(m, "EarnedAmounts", R"(Cumulative amounts of a piece of work at the close of the status day, all in one unit.

Parameters
----------
budget, planned, earned, cost
    BAC, PV, EV and AC; None where one is not known.

What follows from them is a number, or None where it is not defined: never 0, infinite or cut off. Amounts of parts add up to the whole
first; ratios are formed of the sums.
)");
  set_control(amounts);
  amounts.def(py::init([](std::optional<double> budget, std::optional<double> planned, std::optional<double> earned, std::optional<double> cost) {
                return earned_amounts{answer_of(budget), answer_of(planned), answer_of(earned), answer_of(cost)};
              }),
              py::kw_only(), "budget"_a = py::none(), "planned"_a = py::none(), "earned"_a = py::none(), "cost"_a = py::none());
  amounts.def_property_readonly("budget", [](const earned_amounts& of) { return of.budget; }, "BAC: of all the work.")
      .def_property_readonly("planned", [](const earned_amounts& of) { return of.planned; }, "PV: of the work that was to be done.")
      .def_property_readonly("earned", [](const earned_amounts& of) { return of.earned; }, "EV: of the work that was done.")
      .def_property_readonly("cost", [](const earned_amounts& of) { return of.cost; }, "AC: what that work cost.")
      .def_property_readonly("schedule_variance", &attain::schedule_variance, "SV = EV − PV.")
      .def_property_readonly("cost_variance", &attain::cost_variance, "CV = EV − AC.")
      .def_property_readonly("relative_schedule_variance", &attain::relative_schedule_variance, "SV / PV, a share.")
      .def_property_readonly("relative_cost_variance", &attain::relative_cost_variance, "CV / EV, a share.")
      .def_property_readonly("schedule_index", &attain::schedule_index, "SPI = EV / PV.")
      .def_property_readonly("cost_index", &attain::cost_index, "CPI = EV / AC.")
      .def_property_readonly("combined_index", &attain::combined_index, "SCI = SPI · CPI, also called critical ratio.")
      .def_property_readonly("share_complete", &attain::share_complete, "EV / BAC.")
      .def_property_readonly("share_planned", &attain::share_planned, "PV / BAC.")
      .def_property_readonly("share_spent", &attain::share_spent, "AC / BAC.")
      .def(
          "estimate_at_completion",
          [](const earned_amounts& of, const factor_argument& factor, std::optional<double> time_index) {
            return estimate_at_completion(of, factor_from(factor, of, time_index));
          },
          "factor"_a = "cost", py::kw_only(), "time_index"_a = py::none(),
          R"(EAC = AC + (BAC − EV) / factor; once all is earned it is AC whatever the factor.

Parameters
----------
factor
    "one", "cost" (CPI), "schedule" (SPI), "schedule_time" (SPI(t)), "combined" (SCI), "combined_time", "weighted" (0.8 CPI + 0.2 SPI),
    "weighted_time", or a number.
time_index
    SPI(t), for the factors that need it.
)")
      .def(
          "estimate_to_complete",
          [](const earned_amounts& of, const factor_argument& factor, std::optional<double> time_index) {
            return estimate_to_complete(of, estimate_at_completion(of, factor_from(factor, of, time_index)));
          },
          "factor"_a = "cost", py::kw_only(), "time_index"_a = py::none(), "ETC = EAC − AC.")
      .def(
          "variance_at_completion",
          [](const earned_amounts& of, std::optional<double> estimate) { return variance_at_completion(of, answer_of(estimate)); },
          "estimate"_a, "VAC = BAC − EAC.")
      .def(
          "to_complete_index",
          [](const earned_amounts& of, std::optional<double> funds) {
            return to_complete_index(of, funds ? answer_of(funds) : of.budget);
          },
          "funds"_a = py::none(),
          "TCPI = (BAC − EV) / (funds − AC), of the budget if no funds are given; None where the funds are used up and work is left.")
      .def("__repr__", [](const earned_amounts& of) {
        return "attain.control.EarnedAmounts(budget=" + text_of(of.budget) + ", planned=" + text_of(of.planned) +
               ", earned=" + text_of(of.earned) + ", cost=" + text_of(of.cost) + ")";
      });

  py::class_<earned_time> in_time(m, "EarnedTime", R"(Where a piece of work stands in time, in one unit on one calendar.

Parameters
----------
duration, earned, actual
    PD, the planned duration; ES, the earned schedule; AT, the time since the start.
)");
  set_control(in_time);
  in_time.def(py::init([](std::optional<double> duration, std::optional<double> earned, std::optional<double> actual) {
                return earned_time{answer_of(duration), answer_of(earned), answer_of(actual)};
              }),
              py::kw_only(), "duration"_a = py::none(), "earned"_a = py::none(), "actual"_a = py::none());
  in_time.def_property_readonly("duration", [](const earned_time& of) { return of.duration; }, "PD.")
      .def_property_readonly("earned", [](const earned_time& of) { return of.earned; }, "ES.")
      .def_property_readonly("actual", [](const earned_time& of) { return of.actual; }, "AT.")
      .def_property_readonly("time_variance", &attain::time_variance, "SV(t) = ES − AT.")
      .def_property_readonly("time_index", &attain::time_index, "SPI(t) = ES / AT.")
      .def("__repr__",
           [](const earned_time& of) {
             return "attain.control.EarnedTime(duration=" + text_of(of.duration) + ", earned=" + text_of(of.earned) +
                    ", actual=" + text_of(of.actual) + ")";
           })
      .def(
          "to_complete_index",
          [](const earned_time& of, std::optional<double> end) {
            return to_complete_time_index(of, end ? answer_of(end) : of.duration);
          },
          "end"_a = py::none(), "TSPI = (PD − ES) / (end − AT), to end as planned if no end is given; None where that time has passed.")
      .def(
          "duration_at_completion",
          [](const earned_time& of, const earned_amounts& amounts_of, const std::string& method, const std::string& factor) {
            return duration_at_completion(choice("method", method, duration_methods), choice("factor", factor, duration_factors), amounts_of, of);
          },
          "amounts"_a, py::kw_only(), "method"_a = "earned_schedule", "factor"_a = "schedule",
          R"(EAC(t): when the work will be done, in time from its start.

Parameters
----------
method
    "planned_value", "earned_duration" or "earned_schedule".
factor
    The pace of the rest: "one" as planned, "schedule" SPI (of earned schedule SPI(t)), "combined" that times CPI.
)");

  m.def(
      "earned_schedule",
      [](const std::vector<double>& planned, double earned, double now) { return attain::earned_schedule(planned, earned, now); },
      "planned"_a, "earned"_a, "now"_a,
      R"(ES: the time, in periods from the start, by which as much was planned as is earned.

Parameters
----------
planned
    Cumulative planned value at the ends of the periods 1, 2, …
earned
    What is earned.
now
    AT: where the plan stands still at what is earned, ES is as near to it as the plan allows.

Raises
------
InvalidOption
    The planned values fall.
)");
}

void register_progress(py::module_& m) {
  m.def(
      "fixed_formula",
      [](double at_start, bool started, bool finished) { return attain::fixed_formula(at_start, {started, finished}); }, "at_start"_a,
      py::kw_only(), "started"_a, "finished"_a = false,
      "x/y rules: so much of the budget is earned once the work has started, all of it at the end; 0 is 0/100, 0.5 is 50/50, 1 is 100/0.");
  m.def(
      "gated_progress",
      [](double reported, const std::vector<std::pair<double, bool>>& gates) {
        std::vector<attain::progress_gate> all;
        for (const auto& [share, passed] : gates) all.push_back({share, passed});
        return attain::gated_progress(reported, all);
      },
      "reported"_a, "gates"_a = std::vector<std::pair<double, bool>>{},
      "Percent complete, a share: what is reported, up to the first gate ``(share, passed)`` that is not passed.");
  m.def(
      "weighted_milestones",
      [](const std::vector<double>& weights, const std::vector<double>& done, bool sum_to_one) {
        return weighted_milestones(weights, done, sum_to_one ? attain::milestone_total::one : attain::milestone_total::any);
      },
      "weights"_a, "done"_a, py::kw_only(), "sum_to_one"_a = false,
      R"(Σ w·done / Σ w, where a share of a milestone is partial credit.

Raises
------
InvalidOption
    There are no milestones, weights do not match or are negative, or do not add up to 1 where they must.
)");
  m.def("units_complete", &attain::units_complete, "done"_a, "planned"_a,
        "Completed or equivalent units, earned standards: done / planned; None where nothing is planned.");
  m.def("level_of_effort", &attain::level_of_effort, "planned"_a, "budget"_a,
        "PV / BAC: what was planned is earned, whatever is reported.");
  m.def("apportioned", &attain::apportioned, "factor"_a, "earned_of_base"_a, "A share of what another piece of work has earned.");
}

constexpr const char* figure_words[] = {"indices", "cost_index", "points_behind", "estimate_share", "period_percent"};

/// A rule by its name, or that of Camms for its two figures.
attain::light_rule rule_of(const std::string& name, const std::optional<std::pair<double, double>>& thresholds) {
  if (name == "camms" && thresholds) return attain::camms_rule(thresholds->first, thresholds->second);
  if (const auto* rule = attain::find_light_rule(name)) return *rule;
  std::vector<std::string> names{"camms"};
  for (const auto& rule : attain::light_rules()) names.push_back(rule.name);
  throw attain::unknown_id("traffic-light rule", name, attain::nearest_ids(name, names));
}

std::vector<attain::light> lights_of(const std::vector<std::string>& words) {
  constexpr std::pair<const char*, attain::light> lights[] = {
      {"green", attain::light::green}, {"amber", attain::light::amber}, {"red", attain::light::red}};
  std::vector<attain::light> all;
  for (const std::string& word : words) all.push_back(choice("light", word, lights));
  return all;
}

answer<std::string> word_of(const answer<attain::light>& light) {
  if (!light.has_value()) return light.why();
  return std::string(to_string(*light));
}

void register_lights(py::module_& m) {
  m.def(
      "traffic_light",
      [](const std::string& rule, const std::vector<std::optional<double>>& figures, const std::optional<std::pair<double, double>>& thresholds) {
        std::vector<answer<double>> answers;
        for (const auto& figure : figures) answers.push_back(answer_of(figure));
        const auto shown = light_of(rule_of(rule, thresholds), answers);
        if (!shown.has_value()) return std::optional<std::pair<std::string, bool>>();
        return std::optional(std::pair(std::string(to_string(shown->shows)), shown->stated));
      },
      "rule"_a, "figures"_a, py::kw_only(), "thresholds"_a = py::none(),
      R"(The light that a published rule shows, and whether the rule states it or leaves a gap there; None where a figure has no answer.

Parameters
----------
rule
    One of :func:`traffic_light_rules`, or "camms".
figures
    What the rule looks at: SPI and CPI, CPI, points behind, EAC / baseline, or percent of the period's target.
thresholds
    Of "camms": on track from, off track below.
)");
  m.def(
      "traffic_light_rules",
      [] {
        py::list all;
        for (const auto& rule : attain::light_rules()) {
          py::list gaps;
          double from = 0;
          bool bounded = false;
          for (const auto& band : rule.bands) {
            if (!band.stated) gaps.append(py::make_tuple(bounded ? py::object(py::float_(from)) : py::none(), band.end));
            from = band.end;
            bounded = true;
          }
          py::dict one;
          one["name"] = rule.name;
          one["source"] = rule.source;
          one["figure"] = figure_words[static_cast<std::size_t>(rule.figure)];
          one["gaps"] = gaps;
          all.append(one);
        }
        return typed<"list[dict[str, typing.Any]]">(all);
      },
      "The published rules: name, source, the figure they look at, and the gaps ``(from, to)`` that they leave open.");
  m.def(
      "light_by_share_green",
      [](const std::vector<std::string>& parts) { return word_of(attain::light_by_share_green(lights_of(parts))); }, "parts"_a,
      "The light of a whole: red below 80 % green parts, green above 90 %, amber between; None without parts.");
  m.def(
      "worst_light", [](const std::vector<std::string>& parts) { return word_of(attain::worst_light(lights_of(parts))); }, "parts"_a,
      "The worst light of the parts; None without parts.");
  m.def(
      "gauge",
      [](std::optional<double> reported, std::optional<double> computed) {
        return std::string(to_string(attain::gauge_of(answer_of(reported), answer_of(computed))));
      },
      "reported"_a, "computed"_a,
      "TaskJuggler's gauge: \"on_schedule\", \"ahead\", \"behind\" or \"unknown\", from reported completion and the one computed from today.");
  m.def(
      "roll_up_gauges",
      [](const std::vector<std::string>& parts) {
        constexpr std::pair<const char*, attain::gauge> gauges[] = {{"on_schedule", attain::gauge::on_schedule},
                                                                    {"ahead", attain::gauge::ahead},
                                                                    {"behind", attain::gauge::behind},
                                                                    {"unknown", attain::gauge::unknown}};
        std::vector<attain::gauge> all;
        for (const std::string& part : parts) all.push_back(choice("gauge", part, gauges));
        return std::string(to_string(attain::roll_up_gauges(all)));
      },
      "parts"_a, "The gauge of a container: of those of its children the last in the order above.");
}

void register_decomposition(py::module_& m) {
  m.def(
      "shapley",
      [](std::size_t parts, const typed<"collections.abc.Callable[[list[int]], float]">& value, std::uint64_t seed, std::size_t orders) {
        const auto found = attain::shapley(
            parts, [&](std::span<const std::uint8_t> marks) { return value(std::vector<int>(marks.begin(), marks.end())).cast<double>(); }, seed,
            orders);
        return found.parts;
      },
      "parts"_a, "value"_a, "seed"_a = 0, "orders"_a = 2000,
      R"(Shapley values: what each part contributes to a whole, the mean over all orders in which the parts could join.

``value(marks)`` gives the whole of those parts whose mark is 1. Exact up to twelve parts, beyond that over so many orders.
)");
  m.def(
      "split_product",
      [](double before, double after, const std::vector<double>& factors_before, const std::vector<double>& factors_after) {
        return attain::split_product(before, after, factors_before, factors_after);
      },
      "before"_a, "after"_a, "factors_before"_a, "factors_after"_a,
      "Additive LMDI-I of one product: what each factor contributes to its change. All amounts positive.");
  m.def("logarithmic_mean", &attain::logarithmic_mean, "a"_a, "b"_a, "(a − b) / ln(a/b); of equal amounts that, and 0 if one of them is 0.");
}

}  // namespace

void register_control(py::module_& m) {
  register_decomposition(m);
  register_earned(m);
  register_progress(m);
  register_lights(m);
}
