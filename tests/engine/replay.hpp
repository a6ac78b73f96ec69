#pragma once

/** Recomputes explanations from their steps alone, as docs/explaining.md defines the operations. Nothing of the library's
    arithmetic is used. */

#include <attain/engine/explain.hpp>
#include <attain/judge/projection.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attain::test {

/// A number by its name among the inputs.
inline double named(const explanation_step& s, std::string_view name) {
  for (const step_input& i : s.inputs) {
    if (i.name == name) return i.value;
  }
  throw std::runtime_error("no input named " + std::string(name) + " in: " + s.text);
}

/// Of means: the inputs that have a weight.
inline std::vector<step_input> weighted_inputs(const explanation_step& s) {
  std::vector<step_input> of;
  for (const step_input& i : s.inputs) {
    if (i.weight && *i.weight > 0) of.push_back(i);
  }
  return of;
}

template <class Of>
double mean_over(const std::vector<step_input>& of, Of f) {
  long double sum = 0;
  long double weight = 0;
  for (const step_input& i : of) {
    sum += static_cast<long double>(*i.weight) * static_cast<long double>(f(i.value));
    weight += static_cast<long double>(*i.weight);
  }
  return static_cast<double>(sum / weight);
}

inline double least_of(const std::vector<step_input>& of) { return std::ranges::min_element(of, {}, &step_input::value)->value; }
inline double greatest_of(const std::vector<step_input>& of) {
  return std::ranges::max_element(of, {}, &step_input::value)->value;
}

inline double power_mean_over(const std::vector<step_input>& of, double p) {
  if (std::isinf(p)) return p > 0 ? greatest_of(of) : least_of(of);
  if (p <= 0 && least_of(of) == 0) return 0;
  if (p == 0) return std::exp(mean_over(of, [](double x) { return std::log(x); }));
  return std::pow(mean_over(of, [&](double x) { return std::pow(x, p); }), 1 / p);
}

inline double penalised_over(const std::vector<step_input>& of, bool n_minus_1) {
  const double mean = mean_over(of, [](double x) { return x; });
  double square = mean_over(of, [&](double x) { return (x - mean) * (x - mean); });
  const auto n = static_cast<double>(of.size());
  if (n_minus_1) square *= n / (n - 1);
  return square == 0 ? mean : mean - square / mean;
}

inline double median_over(std::vector<step_input> of) {
  std::ranges::sort(of, {}, &step_input::value);
  double all = 0;
  for (const step_input& i : of) all += *i.weight;
  double below = 0;
  for (std::size_t i = 0; i + 1 < of.size(); ++i) {
    below += *of[i].weight;
    if (std::abs(below - all / 2) <= 1e-12 * all) return (of[i].value + of[i + 1].value) / 2;
    if (below > all / 2) return of[i].value;
  }
  return of.back().value;
}

inline double logistic_of(double u, double midpoint, double steepness) {
  const auto raw = [&](double t) { return 1 / (1 + std::exp(-steepness * (t - midpoint))); };
  return (raw(u) - raw(0)) / (raw(1) - raw(0));
}

inline double limit_factor_of(double base, double limit, double exponent) {
  const double b = std::abs(base);
  const double l = std::abs(limit);
  return b >= 2 * l ? 1 : 1 - std::pow(b <= l ? b / l : (2 * l - b) / l, exponent);
}

/// The chance that a level, or what is still to be counted, is as asked after so many periods.
inline std::optional<double> chance_of(const explanation_step& s) {
  std::vector<double> amounts;
  double reached = 1;
  double kept = 1;
  for (const step_input& i : s.inputs) {
    if (i.name == "amount" || i.name == "count") amounts.push_back(i.value);
  }
  const auto put = [&](const auto& of) {
    for (const step_input& i : s.inputs) {
      if (i.name == "at_least") reached = of.chance_of_at_least(i.value);
      if (i.name == "at_most") kept = of.chance_of_at_most(i.value);
    }
  };
  const double periods = s.inputs.at(0).value;
  if (s.operation == step_operation::count_chance) {
    put(projected_count_of(amounts, periods).value());
  } else {
    put(projection_of(amounts, periods).value());
  }
  return std::max(0.0, reached + kept - 1);
}

/// What a step comes to; none of what is given or was a function of the user, and of a state.
inline std::optional<double> recompute(const explanation_step& s) {
  using op = step_operation;
  const auto at = [&](std::size_t i) { return s.inputs.at(i).value; };
  const auto truth = [](bool holds) { return holds ? 1.0 : 0.0; };
  const auto holds = [](const step_input& i) { return i.value != 0; };
  const std::vector<step_input> means = weighted_inputs(s);
  double total = 0;
  switch (s.operation) {
    case op::given:
    case op::function:
    case op::worst:
    case op::first:
      return std::nullopt;
    case op::take:
      return at(0);
    case op::sum:
      for (const step_input& i : s.inputs) total += i.value;
      return total;
    case op::weighted_sum:
      for (const step_input& i : s.inputs) total += *i.weight * i.value;
      return total;
    case op::difference:
      return at(0) - at(1);
    case op::product:
      return at(0) * at(1);
    case op::quotient:
      return at(0) / at(1);
    case op::complement:
      return 1 - at(0) / at(1);
    case op::power:
      return std::pow(at(0), at(1));
    case op::absolute:
      return std::abs(at(0));
    case op::square_root:
      return std::sqrt(at(0));
    case op::logarithm:
      return std::log(at(0));
    case op::exponential:
      return std::exp(at(0));
    case op::round_half_up: {
      const double power = std::pow(10, at(1));
      return std::floor(at(0) * power + 0.5 + 1e-9) / power;
    }
    case op::least:
      return least_of(s.inputs);
    case op::greatest:
      return greatest_of(s.inputs);
    case op::weighted_mean:
      return mean_over(means, [](double x) { return x; });
    case op::power_mean:
      return power_mean_over(means, named(s, "exponent"));
    case op::mean_min: {
      const double mean = mean_over(means, [](double x) { return x; });
      const double beta = named(s, "beta");
      return mean - named(s, "alpha") * (std::hypot(mean - least_of(means), beta) - beta);
    }
    case op::penalised_mean:
      return penalised_over(means, named(s, "n_minus_1") == 1);
    case op::weighted_median:
      return median_over(means);
    case op::share_met:
      return mean_over(means, [](double x) { return x >= 1 - 1e-9 ? 1.0 : 0.0; });
    case op::all_met:
      return truth(least_of(means) >= 1 - 1e-9);
    case op::share_of_way:
      return (at(0) - at(1)) / (at(2) - at(1));
    case op::line:
      return at(2) + (at(4) - at(2)) * (at(0) - at(1)) / (at(3) - at(1));
    case op::logistic:
      return logistic_of(at(0), at(1), at(2));
    case op::whole_units:
      return std::floor(at(0) * at(1) + 1e-9) / at(1);
    case op::clamp:
      return std::min(std::max(at(0), at(1)), at(2));
    case op::growth_rate:
      return std::pow(at(1) / at(0), 1 / at(2)) - 1;
    case op::compound:
      return at(0) * std::pow(1 + at(1), at(2));
    case op::limit_factor:
      return limit_factor_of(at(0), at(1), at(2));
    case op::level_chance:
    case op::count_chance:
      return chance_of(s);
    case op::at_least:
      return truth(at(0) >= at(1) - at(2));
    case op::above:
      return truth(at(0) > at(1) + at(2));
    case op::at_most:
      return truth(at(0) <= at(1) + at(2));
    case op::below:
      return truth(at(0) < at(1) - at(2));
    case op::inside:
      return truth(at(0) >= at(1) - at(3) && at(0) <= at(2) + at(4));
    case op::equal:
      return truth(at(0) == at(1));
    case op::different:
      return truth(at(0) != at(1));
    case op::all:
      return truth(std::ranges::all_of(s.inputs, holds));
    case op::any:
      return truth(std::ranges::any_of(s.inputs, holds));
    case op::deduct:
      return std::max(at(0) - at(1), std::min(at(0), at(2)));
    case op::add_up_to:
      return s.inputs.size() < 3 ? at(0) + at(1) : std::min(at(0) + at(1), std::max(at(0), at(2)));
  }
  return std::nullopt;
}

/// The state of a step: of the first of its inputs that holds, or of the greatest.
inline std::string restate(const explanation& of, const explanation_step& s) {
  if (s.operation == step_operation::worst) {
    return of.steps.at(*std::ranges::max_element(s.inputs, {}, &step_input::value)->step).state;
  }
  for (const step_input& i : s.inputs) {
    if (i.value == 1) return of.steps.at(*i.step).state;
  }
  return "";
}

/// What does not follow from the steps before it; empty if all do.
inline std::vector<std::string> what_does_not_follow(const explanation& of) {
  std::vector<std::string> wrong;
  const auto refuse = [&](const explanation_step& s, std::string why) {
    wrong.push_back(of.subject + ": " + std::string(to_string(s.kind)) + " " + s.rule + " " + s.text + " [" +
                    std::string(to_string(s.operation)) + "]: " + std::move(why));
  };
  for (std::size_t number = 0; number < of.steps.size(); ++number) {
    const explanation_step& s = of.steps[number];
    for (const step_input& i : s.inputs) {
      if (!i.step) continue;
      if (*i.step >= number) refuse(s, "refers to a later step");
      if (of.steps[*i.step].value != i.value)
        refuse(s, "its " + i.name + " is not what step " + std::to_string(*i.step) + " came to");
    }
    const bool has_state = s.operation == step_operation::first || s.operation == step_operation::worst;
    if (has_state && restate(of, s) != s.state) refuse(s, "came to " + s.state + ", not " + restate(of, s));
    if (!s.value) {
      continue;
    }
    const std::optional<double> again = recompute(s);
    if (!again) continue;
    const double size = std::max(std::abs(*s.value), std::abs(*again));
    if (!(*s.value == *again || std::abs(*s.value - *again) <= 1e-12 * std::max(size, 1e-3))) {
      refuse(s, "came to " + std::to_string(*s.value) + ", not " + std::to_string(*again));
    }
  }
  return wrong;
}

}  // namespace attain::test
