/** Two evaluations side by side, and why a total moved. */
#include "arrow_capsules.hpp"
#include "bind.hpp"
#include "register.hpp"

#include <attain/engine/compare.hpp>
#include <attain/io/table.hpp>

#include <optional>
#include <string>
#include <vector>

namespace {

using attain::change_components;
using attain::evaluation;
using attain::evaluation_comparison;
using attain::node_change;
using attain::rank_change;

typed<"list[dict[str, typing.Any]]"> rows_of(const std::vector<rank_change>& ranks) {
  py::list rows;
  for (const rank_change& r : ranks) {
    py::dict row;
    row["id"] = r.id;
    row["place"] = r.place;
    row["before"] = r.before;
    row["after"] = r.after;
    row["rank_before"] = r.before.has_value() ? py::object(py::int_(r.rank_before)) : py::none();
    row["rank_after"] = r.after.has_value() ? py::object(py::int_(r.rank_after)) : py::none();
    row["own"] = r.own;
    row["others"] = r.others;
    rows.append(row);
  }
  return typed<"list[dict[str, typing.Any]]">(rows);
}

void register_change(py::module_& m) {
  py::class_<node_change> bound(m, "Change", R"(Why the attainment of one project, or of the whole, moved between two evaluations.

``performance``, ``coverage``, ``rules`` and ``plan`` add up to ``change``, and so do the rows of :attr:`parts`: what each target, and each
node of which something changed as a whole, contributed. Shares, never percent.
)");
  set_public_class(bound);
  const auto component = [&](const char* name, double change_components::*value, const char* doc) {
    bound.def_property_readonly(name, [value](const node_change& c) { return c.components().*value; }, doc);
  };
  bound.def_property_readonly("id", &node_change::id, "Id of the project; of a root that of the programme.")
      .def_property_readonly("name", &node_change::name, "Its name; may be empty.")
      .def_property_readonly("place", &node_change::place, "Id of the place.")
      .def_property_readonly("before", &node_change::before, "Its attainment in the earlier evaluation.")
      .def_property_readonly("after", &node_change::after, "Its attainment in the later one.")
      .def_property_readonly("change", &node_change::change, "The difference; None where one of them has no answer.");
  component("performance", &change_components::performance, "Targets came further, or fell back.");
  component("coverage", &change_components::coverage, "What has an answer changed, so that other weights are in force.");
  component("rules", &change_components::rules, "What the rules of nodes took or gave.");
  component("plan", &change_components::plan, "A goal, a baseline, a weight or what belongs to the programme changed.");
  bound.def_property_readonly("parts", [](const node_change& c) { return attain::io::change_table(c); },
                              "One row a target or node that contributed, the largest first.")
      .def(
          "sentence",
          [](const node_change& c, const std::string& language) {
            return c.sentence(language_of(language));
          },
          "language"_a = "en", "The change in one sentence, in English (\"en\") or Chinese (\"zh\").")
      .def("__str__", [](const node_change& c) { return c.sentence(); })
      .def("__repr__", [](py::object self) { return from_package("attain._display", "change_text")(self).cast<std::string>(); })
      .def("_repr_html_", [](py::object self) { return from_package("attain._display", "change_html")(self).cast<std::string>(); });
  has_no_truth_value(bound, "ask for change.change");
  copies_are_itself(bound);
  leaves_as_table(bound, [](const node_change& c) { return attain::io::change_table(c); });
}

void register_comparison(py::module_& m) {
  py::class_<evaluation_comparison> bound(m, "Comparison", R"(Two evaluations side by side: why totals moved, exactly.

Made by :func:`attain.compare`. As a table it is :attr:`parts` of the whole.
)");
  set_public_class(bound);
  bound.def_property_readonly("before", &evaluation_comparison::before, "The earlier evaluation.")
      .def_property_readonly("after", &evaluation_comparison::after, "The later one.")
      .def(
          "change",
          [](const evaluation_comparison& c, const std::string& project, const std::optional<std::string>& place) {
            return c.change(project, place);
          },
          "project"_a = "", "place"_a = py::none(), py::call_guard<py::gil_scoped_release>(),
          "The change of a project, or of the whole if the id is \"\"; at a place, or at the root place. Raises UnknownId.")
      .def_property_readonly(
          "projects", [](const evaluation_comparison& c) { return attain::io::comparison_table(c); },
          "One row a node of the later programme at the root place: before, after, change, and its four components.")
      .def(
          "ranks_of_projects",
          [](const evaluation_comparison& c, const std::string& within, const std::optional<std::string>& place) {
            return rows_of(c.ranks_of_projects(within, place));
          },
          "within"_a = "", "place"_a = py::none(),
          R"(How the projects directly within one changed ranks, 1 the highest.

``own`` places were gained by the project's own change (negative: lost), ``others`` by that of the others.
)")
      .def(
          "ranks_of_places",
          [](const evaluation_comparison& c, const std::string& project) { return rows_of(c.ranks_of_places(project)); }, "project"_a = "",
          "The same for the places at which a project has results, within its own.")
      .def(
          "sentence",
          [](const evaluation_comparison& c, const std::string& language) {
            return c.change().sentence(language_of(language));
          },
          "language"_a = "en", "The change of the whole in one sentence, in English (\"en\") or Chinese (\"zh\").")
      .def("__repr__", [](py::object self) {
        return from_package("attain._display", "change_text")(self.attr("change")()).cast<std::string>();
      })
      .def("_repr_html_", [](py::object self) {
        return from_package("attain._display", "change_html")(self.attr("change")()).cast<std::string>();
      });
  has_no_truth_value(bound, "ask for comparison.change().change");
  copies_are_itself(bound);
  leaves_as_table(bound, [](const evaluation_comparison& c) { return attain::io::change_table(c.change()); });
}

}  // namespace

void register_compare(py::module_& m) {
  register_change(m);
  register_comparison(m);
  m.def("compare", &attain::compare, "before"_a, "after"_a, py::call_guard<py::gil_scoped_release>(),
        R"(Why totals moved between two evaluations: what each target contributed, exactly (rule U8).

The evaluations may differ in the as-of day, in what was known, in the ledger or in the programme; targets, projects and places are matched
by their ids.

Parameters
----------
before, after : Evaluation

Returns
-------
Comparison
    ``print(attain.compare(before, after))`` says what moved the whole; ``.change("22")`` is that of a project.
)");
}
