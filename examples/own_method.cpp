// Judging by a method of one's own, beside the built-in one: first a method that is data, then one that is a function.
//
// The town grades by the share of the way alone: 80 % is green, 60 % yellow, less is red.

#include <attain.hpp>
#include <attain/engine/custom.hpp>
#include <attain/io/csv.hpp>
#include <attain/io/json.hpp>

#include <cstddef>
#include <cstdint>
#include <iostream>
#include <memory>
#include <span>
#include <string>

using namespace attain;

namespace {

enum colour : std::uint8_t { green, yellow, red };

/// What both have: the words, what each means to the nodes above, and the bands, from the top down.
method_spec town_grades() {
  method_spec grades;
  grades.name = "town_grades";
  grades.source = "an invented notice";
  grades.states = {{.name = "green", .role = role::on_track},
                   {.name = "yellow", .role = role::at_risk},
                   {.name = "red", .role = role::behind}};
  grades.band_lists = {{.quantity = quantity::attainment,
                        .bands = {{.edge = 0.8, .state = green}, {.edge = 0.6, .state = yellow}},
                        .below = red,
                        .name = "grades"}};
  grades.deadlines = false;  // projects are cut by the bands, too
  return grades;
}

/// As data: one rule without conditions, which cuts the attainment by the bands. A programme file can carry it.
method_spec as_data() {
  method_spec grades = town_grades();
  grades.rules = {{.name = "bands", .outcome = outcome::bands, .index = 0}};
  return grades;
}

/// As a function, for what a share alone cannot say: what is out of reach for good is red, however far it came.
custom_method as_function() {
  custom_method strict{.description = town_grades(), .judge = {}};
  strict.description.name = "strict_grades";
  strict.judge = [](const judged_columns& of, std::span<std::uint8_t> state) {
    for (std::size_t place = 0; place < state.size(); ++place) {
      const bool lost = (of.facts[place] & all_of(fact::out_of_reach)) != 0;
      if (of.attainment_missing[place] != 0) continue;  // no answer stays no answer
      state[place] = lost || of.attainment[place] < 0.6 ? red : of.attainment[place] < 0.8 ? yellow : green;
    }
  };
  return strict;
}

std::string said(const answer<status>& of) { return std::string(of.has_value() ? of->name() : to_string(of.why())); }

}  // namespace

int main() {
  const programme plan = io::read_programme("examples/counties-lesson/programme.json");
  const ledger book = io::read_observations("examples/counties-lesson/observations.csv", plan);

  const auto own = std::make_shared<custom_functions>();
  own->methods["strict_grades@1"] = as_function();
  const evaluation now = evaluate(
      plan, book,
      {.as_of = date{2021, 9, 30}, .custom = own, .methods = {"time_proportional", as_data(), "custom:strict_grades@1"}});

  for (const target_result& target : now.targets()) {
    std::cout << target.id();
    for (const std::string& method : now.methods()) {
      std::cout << "  " << method << ' ' << said(now.by(method).target(target.id()).status());
    }
    std::cout << '\n';
  }
}
