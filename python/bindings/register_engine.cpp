/** Evaluations, and what makes them. */
#include "arrow_capsules.hpp"
#include "bind.hpp"
#include "custom.hpp"
#include "plans.hpp"
#include "register.hpp"
#include "snapshots.hpp"

#include <attain/engine/earned_value.hpp>
#include <attain/engine/evaluate.hpp>
#include <attain/engine/evaluation.hpp>
#include <attain/io/table.hpp>
#include <attain/ledger/binding_scopes.hpp>

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace {

using attain::date;
using attain::evaluate_options;
using attain::evaluation;
using attain::ledger;
using attain::portfolio;
using attain::programme;
using attain::io::result_places;
using attain::io::table;

attain::target_result target_at(const evaluation& now, const std::string& id, const std::optional<std::string>& place) {
  return place ? now.target(id, *place) : now.target(id);
}

attain::project_result project_at(const evaluation& now, const std::string& id, const std::optional<std::string>& place) {
  return place ? now.project(id, *place) : now.project(id);
}

result_places places_of(bool at_places) { return at_places ? result_places::every : result_places::own; }

table target_table_of(const evaluation& now, const std::optional<std::string>& place, bool at_places, const std::vector<std::string>& columns) {
  if (place) return attain::io::target_table_at(now, *place, columns);
  return attain::io::target_table(now, places_of(at_places), columns);
}

table project_table_of(const evaluation& now, const std::optional<std::string>& place, bool at_places) {
  return place ? attain::io::project_table_at(now, *place) : attain::io::project_table(now, places_of(at_places));
}

typed<"Programme | Portfolio"> plan_of(const evaluation& now) { return plan_object(now.plan()); }

using chosen = std::variant<attain::method_spec, std::string>;

std::vector<attain::method_choice> choices_of(const std::vector<chosen>& from) {
  std::vector<attain::method_choice> choices;
  for (const chosen& one : from) {
    std::visit([&](const auto& method) { choices.emplace_back(method); }, one);
  }
  return choices;
}

void register_evaluation(py::module_& m) {
  py::class_<evaluation> bound(m, "Evaluation", R"(The results of one evaluation: every target and project, at every place, as of one day.

It keeps what it saw: it stays valid and unchanged whatever is appended to the ledger. ``now["22.1"]`` is the result of a target,
``now["22.1", "east"]`` at a place, ``now.project("22")`` that of a project, ``now.root`` that of the whole. As a table (``to_pandas``,
``to_polars``, ``to_arrow``, Arrow stream) it is :attr:`targets`.
)");
  set_public_class(bound);
  bound.def_property_readonly("as_of", &evaluation::as_of, "What had happened at the close of this day.")
      .def_property_readonly("known_at", &evaluation::known_at, "What had been reported by this day; None: everything recorded.")
      .def_property_readonly("plan", &plan_of, "The programme, or the portfolio of several.")
      .def_property_readonly("book", &evaluation::book, "The ledger as it was.")
      .def("__getitem__", [](const evaluation& now, const std::string& id) { return now.target(id); }, "id"_a,
           R"(A target by its id, an alias, or ``programme/target``, at its own place.

Raises
------
UnknownId
    There is none; ``nearest`` holds the ids that resemble it.
)")
      .def("__getitem__", [](const evaluation& now, const std::pair<std::string, std::string>& id_and_place) {
             return now.target(id_and_place.first, id_and_place.second);
           }, "id_and_place"_a, "A target at a place: ``now[\"22.1\", \"east\"]``.")
      .def("__contains__", [](const evaluation& now, const std::string& id) { return now.plan().find_target(id).has_value(); }, "id"_a)
      .def("__iter__", [](const evaluation& now) { return typed<"collections.abc.Iterator[TargetResult]">(py::iter(py::cast(now.targets()))); },
           "The results of all targets at their own places, in the order of the programme.")
      .def("__len__", [](const evaluation& now) { return now.targets().size(); })
      .def("target", &target_at, "id"_a, "place"_a = py::none(), "A target by its id, at its own place or at a given one. Raises UnknownId.")
      .def("project", &project_at, "id"_a, "place"_a = py::none(),
           "A project by its id, at the root place or at a given one; the programme's id is the root. Raises UnknownId.")
      .def_property_readonly("root", &evaluation::root, "The whole: the root of the (first) programme.")
      .def_property_readonly(
          "method", [](const evaluation& now) { return now.data().compiled->method(0, now.data().by.get()).spec; },
          "The method in front as data; of a portfolio without a choice that of its first programme.")
      .def_property_readonly("methods", &evaluation::methods, "The methods that judged, as ``name@version``, the one in front first.")
      .def("by", &evaluation::by, "method"_a, R"(The same evaluation judged by another of its methods, by ``name`` or ``name@version``.

Raises
------
UnknownId
    It was not among the methods asked for.
)")
      .def("disagreements", [](const evaluation& now, bool at_places) { return attain::io::disagreement_table(now, places_of(at_places)); },
           py::kw_only(), "at_places"_a = false, py::call_guard<py::gil_scoped_release>(), R"(One row a target whose status differs between the methods that judged it, by what the states mean.

Parameters
----------
at_places
    At every place that a target has a result at, instead of each at its own.

Returns
-------
Table
    ``programme``, ``project``, ``target``, ``place``; then a column a method, named ``name@version``, with its status.
)")
      .def("results", &evaluation::targets, py::kw_only(), "at_places"_a = false,
           "Results of all targets at their own places, in the order of the programme; ``at_places`` adds those at the places below.")
      .def_property_readonly("targets", [](const evaluation& now) { return attain::io::target_table(now); },
                             "One row a target, at its own place; :meth:`target_table` has more.")
      .def_property_readonly("projects", [](const evaluation& now) { return attain::io::project_table(now); },
                             "One row a project, the programme first, at the root place; :meth:`project_table` has more.")
      .def("target_table", &target_table_of, py::kw_only(), "place"_a = py::none(), "at_places"_a = false,
           "columns"_a = std::vector<std::string>{}, py::call_guard<py::gil_scoped_release>(), R"(One row a target.

Parameters
----------
place
    The targets that have results at this place, there. Otherwise each at its own place.
at_places
    Every target at every place that it has a result at. Readings, attainments and the like are then not copied.
columns
    Only these columns.

Returns
-------
Table
    ``programme``, ``project``, ``target``, ``name``, ``place``, ``indicator``, ``unit``; ``reading``, ``baseline``, ``goal``, ``upper_goal`` in
    ``unit``; ``attainment``, ``expected``, ``gap``, ``pace`` and ``coverage`` as shares; ``days_ahead`` in days; ``data_day``; ``status``, and where
    there is none its ``reason``; ``is_hold``.

Raises
------
UnknownId
    There is no such place or column.
)")
      .def("project_table", &project_table_of, py::kw_only(), "place"_a = py::none(), "at_places"_a = false,
           py::call_guard<py::gil_scoped_release>(), R"(One row a node of the programme tree, the root first.

Parameters
----------
place
    The nodes that have results at this place, there. Otherwise at the root place.
at_places
    Every node at every place that it has results at.

Returns
-------
Table
    ``programme``, ``project`` (missing for the root), ``name``, ``within``, ``place``; ``attainment``, ``expected``, ``gap``, ``pace``,
    ``hold_share``, ``lower``, ``upper`` and ``coverage`` as shares; ``due``; ``status``, and where there is none its ``reason``; ``targets``,
    ``targets_met``, ``targets_missed``, ``targets_not_due``, counted over applicable targets with weight.

Raises
------
UnknownId
    There is no such place.
)")
      .def(
          "earned_value",
          [](const evaluation& now, const std::string& project, std::vector<std::string> cost, std::vector<std::string> budget, double total,
             const std::optional<std::string>& place) {
            return earned_value_of(now, project, {std::move(cost), std::move(budget), total}, place);
          },
          "project"_a = "", py::kw_only(), "cost"_a = std::vector<std::string>{}, "budget"_a = std::vector<std::string>{}, "total"_a = 1.0,
          "place"_a = py::none(), py::call_guard<py::gil_scoped_release>(),
          R"(Earned value of a project, or of the whole: the judgements of the roll-up, added up as money.

Parameters
----------
project
    Its id; "" is the whole.
cost
    Indicators of money spent. A target that reads one is a cost of the target that it is an input of, or of its project; its goal is the
    budget, unless ``budget`` names indicators.
budget
    Indicators of money to be spent, read by targets in the same way.
total
    Where no budget is declared: what the whole programme is worth, spread by weight.
place
    At this place; otherwise at that of the programme's root.

Raises
------
UnknownId
    There is no such project, indicator or place.
InvalidOption
    The total is not positive.
)")
      .def(
          "earned_value_table",
          [](const evaluation& now, std::vector<std::string> cost, std::vector<std::string> budget, double total,
             const std::optional<std::string>& place) {
            return attain::io::earned_value_table(now, {std::move(cost), std::move(budget), total}, place);
          },
          py::kw_only(), "cost"_a = std::vector<std::string>{}, "budget"_a = std::vector<std::string>{}, "total"_a = 1.0,
          "place"_a = py::none(), py::call_guard<py::gil_scoped_release>(),
          R"(The same for every node of the programme tree, one row each, the root first.

Returns
-------
Table
    ``project`` (missing for the root), ``name``, ``place``; ``budget``, ``planned``, ``earned``, ``cost``, ``coverage``; ``schedule_variance``,
    ``cost_variance``, ``schedule_index``, ``cost_index``, ``combined_index``, ``share_complete``, ``estimate_at_completion`` with the factor CPI,
    ``variance_at_completion``, ``to_complete_index``; ``start``, and in days from it ``duration``, ``earned_schedule``, ``actual_time``,
    ``time_variance``, ``duration_at_completion``; ``time_index``.
)")
      .def_property_readonly(
          "plot",
          [](py::object self) {
            py::getattr(self, "as_of");  // a TypeError of an object that was never made
            return typed<"attain.plots.Plots">(from_package("attain.plots", "Plots")(self));
          },
          "Its plots, by matplotlib: ``now.plot.bullets()``, ``now.plot.s_curve()`` and others.")
      .def("__repr__", [](py::object self) { return from_package("attain._display", "evaluation_text")(self).cast<std::string>(); })
      .def("_repr_html_", [](py::object self) { return from_package("attain._display", "evaluation_html")(self).cast<std::string>(); });
  bound.def(pickled_as_snapshot<evaluation>());
  has_no_truth_value(bound, "ask for now.root.status or for a target: now[\"22.1\"].status == \"met\"");
  copies_are_itself(bound);
  leaves_as_table(bound, [](const evaluation& now) { return attain::io::target_table(now); });
}

}  // namespace

void register_engine(py::module_& m) {
  register_evaluation(m);

  m.def(
      "evaluate",
      [](const plan_like& plan, const ledger& book, date as_of, std::optional<date> known_at, int threads, const py::object& methods,
         const py::object& aggregators, const py::object& formulas, const std::vector<chosen>& method,
         const progress_like& progress) {
        const portfolio all = portfolio_of(plan);
        const evaluate_options options{as_of, known_at, custom_functions_of(methods, aggregators, formulas), threads, choices_of(method),
                                       progress_function_of(progress)};
        const ledger said = book;  // another thread may append meanwhile
        const py::gil_scoped_release released;
        return evaluate(all, said, options);
      },
      "plan"_a, "book"_a, "as_of"_a, "known_at"_a, "threads"_a.noconvert(), "methods"_a, "aggregators"_a, "formulas"_a, "method"_a,
      "progress"_a = py::none(), "Judges a portfolio by what a ledger says, as of a day.");
  m.def(
      "history",
      [](const plan_like& plan, const ledger& book, const std::vector<date>& days, std::optional<date> known_at, int threads,
         const py::object& methods, const py::object& aggregators, const py::object& formulas, const std::vector<chosen>& method,
         const progress_like& progress) {
        const portfolio all = portfolio_of(plan);
        const evaluate_options options{date::min(), known_at, custom_functions_of(methods, aggregators, formulas), threads,
                                       choices_of(method), progress_function_of(progress)};
        const ledger said = book;
        const py::gil_scoped_release released;
        return history(all, said, days, options);
      },
      "plan"_a, "book"_a, "days"_a, "known_at"_a, "threads"_a.noconvert(), "methods"_a, "aggregators"_a, "formulas"_a, "method"_a,
      "progress"_a = py::none(), "The same for several as-of days in one pass.");
  m.def(
      "unread",
      [](const plan_like& plan, const ledger& book) {
        const portfolio all = portfolio_of(plan);
        const ledger said = book;
        const py::gil_scoped_release released;
        const attain::binding bound(attain::scopes_of(all), said.view());
        return std::vector<attain::finding>(bound.findings().begin(), bound.findings().end());
      },
      "plan"_a, "book"_a, "What of a ledger cannot be read by the programmes: unknown ids and units that do not convert.");
}
