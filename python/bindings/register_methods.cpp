/** Ways of judging as data, and the formulas behind them. */
#include "bind.hpp"
#include "register.hpp"
#include "snapshots.hpp"

#include <attain/core/error.hpp>
#include <attain/core/id.hpp>
#include <attain/io/json.hpp>
#include <attain/judge/growth.hpp>
#include <attain/judge/projection.hpp>
#include <attain/judge/method.hpp>
#include <attain/model/built_in_methods.hpp>
#include <attain/model/words.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

using attain::method_spec;

/// The band list of that name.
const attain::band_list& bands_named(const method_spec& method, const std::string& name) {
  std::vector<std::string> names;
  for (const attain::band_list& list : method.band_lists) {
    if (list.name == name) return list;
    names.push_back(list.name);
  }
  throw attain::unknown_id("band list of " + method.name, name, attain::nearest_ids(name, names));
}

using named_states = std::vector<std::pair<std::string, std::string>>;

void register_method(py::module_& m) {
  py::class_<method_spec> bound(m, "MethodSpec", R"(A way of judging, as versioned data: states with labels, ordered rules over facts, and bands over quantities.

Built-in ones are found by :func:`attain.find_method`; a file of one is read by :func:`attain.read_method`; ``from_dict`` makes one from
a dictionary that is laid out as a method file.
)");
  set_public_class(bound);
  bound
      .def_static("from_json", [](const std::string& text) { return attain::io::method_from_json(text); }, "text"_a,
                  R"(A method from the text of a method file.

Raises
------
InvalidInput
    The text is no method text; every problem is in ``findings``.
InvalidProgramme
    Its bands have gaps or overlap, or something of it cannot be reached.
)")
      .def_static(
          "from_dict",
          [](const typed<"collections.abc.Mapping[str, typing.Any]">& values) {
            return attain::io::method_from_json(from_package("attain._json", "to_json")(values).cast<std::string>());
          },
          "values"_a, "A method from a dictionary that is laid out as a method file. Raises as :meth:`from_json`.")
      .def("to_json", [](const method_spec& method) { return attain::io::to_json(method); },
           "The canonical text of the method; :meth:`from_json` gives an equal one again.")
      .def("to_dict",
           [](const method_spec& method) { return typed<"dict[str, typing.Any]">(from_package("json", "loads")(attain::io::to_json(method))); },
           "The method as a dictionary that is laid out as a method file.")
      .def_readonly("name", &method_spec::name, "Its name.")
      .def_readonly("version", &method_spec::version, "Its version.")
      .def_readonly("source", &method_spec::source, "Where it is from.")
      .def_readonly("verified", &method_spec::verified, "Whether it was checked against what its publisher says.")
      .def_readonly("caveat", &method_spec::caveat, "What is uncertain about it; may be empty.")
      .def_property_readonly("reference", [](const method_spec& method) { return attain::reference_to(method); }, "``name@version``.")
      .def_property_readonly(
          "states",
          [](const method_spec& method) {
            named_states states;
            for (const attain::state_spec& s : method.states) states.emplace_back(s.name, attain::to_string(s.role));
            return typed<"dict[str, str]">(py::dict(py::cast(states)));
          },
          "Its states, and what each means to the nodes above.")
      .def(
          "labels",
          [](const method_spec& method, const std::string& language) {
            const bool chinese = language_of(language) == attain::language::chinese;
            named_states labels;
            for (const attain::state_spec& s : method.states) {
              const std::string& label = chinese ? s.chinese : s.english;
              labels.emplace_back(s.name, label.empty() ? s.name : label);
            }
            return typed<"dict[str, str]">(py::dict(py::cast(labels)));
          },
          py::kw_only(), "language"_a = "en", "What people read for each state, in English (\"en\") or Chinese (\"zh\").")
      .def_property_readonly(
          "bands",
          [](const method_spec& method) {
            named_states lists;
            for (const attain::band_list& list : method.band_lists) lists.emplace_back(list.name, attain::to_string(list.quantity));
            return typed<"dict[str, str]">(py::dict(py::cast(lists)));
          },
          "The names of its band lists, and the quantity that each cuts.")
      .def(
          "cut",
          [](const method_spec& method, const std::string& bands, std::optional<double> value, double scale) {
            attain::quantity_value of{.value = value.value_or(0), .scale = scale};
            if (!value) of.missing = static_cast<std::uint8_t>(attain::reason::no_observation);
            const attain::verdict decided = attain::cut(bands_named(method, bands), of);
            const auto state = decided.state == attain::no_state ? std::nullopt : std::optional(method.states[decided.state].name);
            return std::pair(state, decided.scored ? std::optional(decided.score) : std::nullopt);
          },
          "bands"_a, "value"_a, py::kw_only(), "scale"_a = 1.0, R"(The state and the score that a band list gives to a value.

Parameters
----------
bands
    Name of the band list.
value
    The quantity; None where there is none.
scale
    What edges above 0 are multiplied by: the factor near a natural limit.

Raises
------
UnknownId
    There is no such band list.
)")
      .def("__eq__", [](const method_spec& a, const method_spec& b) { return a == b; }, py::is_operator())
      .def("__hash__", [](const method_spec& method) { return py::hash(py::str(attain::reference_to(method))); })
      .def("__repr__", [](const method_spec& method) {
        return "<attain.MethodSpec " + attain::reference_to(method) + (method.verified ? ">" : ", unverified>");
      })
      .def(pickled_as_snapshot<method_spec>());
  copies_are_itself(bound);

  m.def("read_method", &attain::io::read_method, "path"_a, "A method from a file.");
  m.def(
      "built_in_methods", [] { return std::vector<method_spec>(attain::built_in_methods().begin(), attain::built_in_methods().end()); },
      "All methods that come with the library, by name, older versions first.");
  m.def(
      "find_method",
      [](const std::string& reference) {
        const method_spec* found = attain::find_method(reference);
        if (found == nullptr) throw attain::unknown_id("method", reference, attain::nearest_methods(reference, {}));
        return *found;
      },
      "reference"_a, R"(A built-in method by ``name``, the newest version, or ``name@version``.

Raises
------
UnknownId
    There is none; ``nearest`` holds the names that resemble it.
)");
}

attain::direction direction_of(int sign) {
  if (sign != 1 && sign != -1) throw py::value_error("direction is 1 (up) or -1 (down), not " + std::to_string(sign));
  return sign > 0 ? attain::direction::up : attain::direction::down;
}

std::vector<attain::dated_amount> dated(const std::vector<std::pair<attain::date, double>>& amounts) {
  std::vector<attain::dated_amount> made;
  for (const auto& [day, amount] : amounts) made.push_back({day.days(), amount});
  std::sort(made.begin(), made.end(), [](const auto& a, const auto& b) { return a.day < b.day; });
  return made;
}

void register_growth(py::module_& m) {
  m.def(
      "growth", [](double first, double last, double years, int direction) { return attain::growth(first, last, years, direction_of(direction)); },
      "first"_a, "last"_a, "years"_a, py::kw_only(), "direction"_a,
      "Compound growth a year, positive where the amount moves as wanted; None where undefined.");
  m.def(
      "plain_growth",
      [](double first, double last, double years, int direction) { return attain::plain_growth(first, last, years, direction_of(direction)); },
      "first"_a, "last"_a, "years"_a, py::kw_only(), "direction"_a, "The same, whatever the sign of the amounts: the algorithm of Open SDG of 2023.");
  m.def(
      "growth_ratio",
      [](double base, double latest, double years, double goal, double years_to_goal, int direction) {
        return attain::growth_ratio(base, latest, years, goal, years_to_goal, direction_of(direction));
      },
      "base"_a, "latest"_a, "years"_a, "goal"_a, "years_to_goal"_a, py::kw_only(), "direction"_a,
      "Growth so far over the growth that leads from the base to the goal, by size; None where undefined.");
  m.def("plain_growth_ratio", &attain::plain_growth_ratio, "base"_a, "latest"_a, "years"_a, "goal"_a, "years_to_goal"_a,
        "The same with both signs as they fall: the algorithm of Open SDG of 2023.");
  m.def("limit_factor", &attain::limit_factor, "base"_a, "limit"_a, py::kw_only(), "exponent"_a = 4.44,
        "The share of a growth that can still be asked of what comes near its natural limit.");
  m.def("change_by_due", &attain::change_by_due, "base"_a, "latest"_a, "years"_a, "goal"_a, "years_left"_a,
        "The share of the change from base to goal that growth at the same rate gives by due; None where undefined.");
  m.def("rest_by_due", &attain::rest_by_due, "latest"_a, "mean_change"_a, "goal"_a, "years_left"_a,
        "Where a mean yearly change leads by due, as a share of the way from the latest amount to the goal.");
  m.def(
      "mean_change",
      [](const std::vector<std::pair<attain::date, double>>& amounts, int direction, int most, int fewest) {
        return attain::mean_change(dated(amounts), most, fewest, direction_of(direction));
      },
      "amounts"_a, py::kw_only(), "direction"_a, "most"_a = 5, "fewest"_a = 3,
      "The mean of the last yearly changes of (day, amount) pairs, in the wanted direction; None if there are too few.");
  const auto found = [](const std::optional<attain::dated_amount>& one) {
    return one ? std::optional(std::pair(attain::date::from_days(one->day), one->amount)) : std::nullopt;
  };
  m.def(
      "first_from",
      [found](const std::vector<std::pair<attain::date, double>>& amounts, attain::date day) {
        return found(attain::first_from(dated(amounts), day.days()));
      },
      "amounts"_a, "day"_a, "The first of (day, amount) pairs on a day or later; None if there is none.");
  m.def(
      "last_until",
      [found](const std::vector<std::pair<attain::date, double>>& amounts, attain::date day) {
        return found(attain::last_until(dated(amounts), day.days()));
      },
      "amounts"_a, "day"_a, "The last of (day, amount) pairs on a day or earlier; None if there is none.");
  m.def(
      "years_between", [](attain::date first, attain::date last) { return attain::years_between(first.days(), last.days()); }, "first"_a,
      "last"_a, "Whole years by the calendar, and the rest as a share of the year it lies in.");
}

template <class Distribution>
attain::answer<double> chance(const attain::answer<Distribution>& of, std::optional<double> at_least, std::optional<double> at_most) {
  return of.transform([&](const Distribution& d) {
    const double reached = at_least ? d.chance_of_at_least(*at_least) : 1;
    const double kept = at_most ? d.chance_of_at_most(*at_most) : 1;
    return (std::max)(0.0, reached + kept - 1);
  });
}

void register_projection(py::module_& m) {
  m.def(
      "project_level",
      [](const std::vector<double>& amounts, double periods) {
        const auto found = attain::projection_of(amounts, periods);
        if (!found.has_value()) return typed<"dict[str, typing.Any] | None">(py::none());
        py::dict row;
        row["mean"] = found->mean;
        row["scale"] = found->scale;
        row["freedom"] = found->freedom;
        for (const int percent : {50, 80, 95}) {
          const double low = found->quantile((1 - percent / 100.0) / 2);
          row[py::str(std::to_string(percent))] = py::make_tuple(low, 2 * found->mean - low);
        }
        return typed<"dict[str, typing.Any] | None">(row);
      },
      "amounts"_a, "periods"_a,
      R"(Where a level will stand after so many periods.

Parameters
----------
amounts
    The level at the end of each period, the latest last.
periods
    How many are left; a part of one is one too.

Returns
-------
dict or None
    ``mean``, ``scale`` and ``freedom`` of a Student t distribution, and its central intervals ``"50"``, ``"80"`` and ``"95"`` (percent) as
    (low, high). None of fewer than 3 amounts.

Raises
------
InvalidOption
    An amount is not finite, or no period is left.
)");
  m.def(
      "level_chance",
      [](const std::vector<double>& amounts, double periods, std::optional<double> at_least, std::optional<double> at_most) {
        return chance(attain::projection_of(amounts, periods), at_least, at_most);
      },
      "amounts"_a, "periods"_a, py::kw_only(), "at_least"_a = py::none(), "at_most"_a = py::none(),
      R"(The chance that a level is within these edges after so many periods, from 0 to 1; None of fewer than 3 amounts.

Raises
------
InvalidOption
    An amount is not finite, or no period is left.
)");
  m.def(
      "count_chance",
      [](const std::vector<double>& counts, double periods, std::optional<double> at_least, std::optional<double> at_most) {
        return chance(attain::projected_count_of(counts, periods), at_least, at_most);
      },
      "counts"_a, "periods"_a, py::kw_only(), "at_least"_a = py::none(), "at_most"_a = py::none(),
      R"(The chance that so much is counted in the periods to come, from 0 to 1.

Parameters
----------
counts
    What was counted in each period so far, the latest last.
periods
    How many are to come; a part of one is one too.
at_least, at_most
    What is still to come.

Returns
-------
float or None
    None without a count, or if one is not whole.

Raises
------
InvalidOption
    A count is negative or not finite, or no period is left.
)");
}

}  // namespace

void register_methods(py::module_& m) {
  register_method(m);
  register_growth(m);
  register_projection(m);
}
