/** Programmes and portfolios. */
#include "bind.hpp"
#include "register.hpp"
#include "snapshots.hpp"

#include <attain/engine/compile.hpp>
#include <attain/io/json.hpp>
#include <attain/model/portfolio.hpp>
#include <attain/model/validate.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using attain::finding;
using attain::portfolio;
using attain::programme;

/// The JSON pointer alone: of a text that was made from a dictionary, lines and columns mean nothing.
std::vector<finding> with_pointers(std::vector<finding> findings) {
  for (finding& f : findings) {
    const std::size_t hash = f.where.find('#');
    f.where = hash == std::string::npos ? std::string{} : f.where.substr(hash + 1);
  }
  return findings;
}

programme programme_from_values(const std::string& json) {
  try {
    return attain::io::programme_from_json(json);
  } catch (const attain::invalid_programme& e) {
    throw attain::invalid_programme(with_pointers(e.findings()));
  } catch (const attain::invalid_input& e) {
    throw attain::invalid_input(with_pointers(e.findings()));
  }
}

template <class Specs>
std::vector<std::string> ids_of(const Specs& specs) {
  std::vector<std::string> ids;
  for (const auto& spec : specs) ids.push_back(spec.id);
  return ids;
}

std::vector<std::string> target_ids(const programme& plan) {
  std::vector<std::string> ids;
  for (const auto& target : plan.targets()) ids.push_back(target.spec->id);
  return ids;
}

std::vector<std::string> project_ids(const programme& plan) {
  std::vector<std::string> ids;
  for (const auto& node : plan.nodes()) {
    if (node.spec != nullptr) ids.push_back(node.spec->id);
  }
  return ids;
}

std::string count_of(std::size_t count, const char* noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string summary(const programme& plan) {
  return attain::escaped_excerpt(plan.id()) + ": " + count_of(plan.nodes().size() - 1, "project") + ", " +
         count_of(plan.targets().size(), "target") + ", " + count_of(plan.places().size(), "place");
}

void register_programme(py::module_& m) {
  py::class_<programme> bound(m, "Programme", R"(The list, checked and flat: places, indicators, projects with targets.

A programme is always valid and never changes. It is made by :func:`attain.programme`, read by :func:`attain.read_programme`, or made
from a dictionary that is laid out as programme.json. To change one, take :meth:`to_dict`, edit it, and make anew.
)");
  set_public_class(bound);
  bound
      .def_static("from_json", [](const std::string& text) { return attain::io::programme_from_json(text); }, "text"_a,
                  py::call_guard<py::gil_scoped_release>(), R"(A valid programme from the text of a programme.json.

Raises
------
InvalidInput
    The text is no programme text; every problem is in ``findings``, with line, column and JSON pointer.
InvalidProgramme
    It is, and breaks a rule.
)")
      .def_static(
          "from_dict",
          [](const typed<"collections.abc.Mapping[str, typing.Any]">& values) {
            const auto json = from_package("attain._json", "to_json")(values).cast<std::string>();
            const py::gil_scoped_release released;
            return programme_from_values(json);
          },
          "values"_a, R"(A valid programme from a dictionary that is laid out as programme.json.

Days may be dates or text, amounts numbers or text. ``where`` of a finding is the JSON pointer of the value.

Raises
------
InvalidInput, InvalidProgramme
    With every problem in ``findings``.
)")
      .def("to_json", [](const programme& plan) { return attain::io::to_json(plan.spec()); }, py::call_guard<py::gil_scoped_release>(),
           "The canonical text of the programme; :meth:`from_json` gives an equal one again.")
      .def("to_dict", [](const programme& plan) { return typed<"dict[str, typing.Any]">(from_package("json", "loads")(attain::io::to_json(plan.spec()))); },
           "The programme as a dictionary that is laid out as programme.json.")
      .def_property_readonly("id", &programme::id, "Its id.")
      .def_property_readonly("name", [](const programme& plan) { return plan.spec().name; }, "Its name; may be empty.")
      .def_property_readonly("window", [](const programme& plan) { return plan.spec().window; },
                             "First and last day of its window, or None if each target has its own.")
      .def_property_readonly("method", [](const programme& plan) { return plan.spec().method; }, "The method that judges it.")
      .def_property_readonly("target_ids", &target_ids, "Ids of its targets, in the order of the list.")
      .def_property_readonly("project_ids", &project_ids, "Ids of its projects, parents before children.")
      .def_property_readonly("indicator_ids", [](const programme& plan) { return ids_of(plan.indicators()); }, "Ids of its indicators.")
      .def_property_readonly("place_ids", [](const programme& plan) { return ids_of(plan.places()); },
                             "Ids of its places, the root first and parents before children.")
      .def_property_readonly(
          "warnings", [](const programme& plan) { return std::vector<finding>(plan.warnings().begin(), plan.warnings().end()); },
          "What was found that does not make it invalid.")
      .def("__eq__", [](const programme& a, const programme& b) { return a == b; }, py::is_operator())
      .def("__hash__", [](const programme& plan) { return py::hash(py::str(plan.id())); })
      .def("__repr__", [](const programme& plan) { return "<attain.Programme " + summary(plan) + ">"; })
      .def("_repr_html_", [](py::object self) { return from_package("attain._display", "programme_html")(self).cast<std::string>(); })
      .def(pickled_as_snapshot<programme>());
  copies_are_itself(bound);
}

void register_portfolio(py::module_& m) {
  py::class_<portfolio> bound(m, "Portfolio", R"(Programmes that share a place tree and a ledger and are evaluated in one pass.

Places with one id are one place. The full id of a target is ``programme/target``.

Raises
------
InvalidProgramme
    The list is empty, ids of programmes repeat, or places disagree.
)");
  bound.def(py::init<std::vector<programme>>(), "programmes"_a)
      .def_property_readonly(
          "programmes", [](const portfolio& all) { return std::vector<programme>(all.programmes().begin(), all.programmes().end()); },
          "Its programmes, in the order given.")
      .def_property_readonly("place_ids", [](const portfolio& all) { return ids_of(all.places()); },
                             "Ids of the places of all, parents before children.")
      .def("__repr__",
           [](const portfolio& all) {
             std::string text = "<attain.Portfolio of " + count_of(all.programmes().size(), "programme") + ":";
             for (const programme& plan : all.programmes()) text += " " + attain::escaped_excerpt(plan.id());
             return text + ">";
           })
      .def("__reduce__", [](const portfolio& all) {
        return py::make_tuple(py::type::of<portfolio>(),
                              py::make_tuple(std::vector<programme>(all.programmes().begin(), all.programmes().end())));
      });
  set_public_class(bound);  // after its own way of being pickled
  copies_are_itself(bound);
}

}  // namespace

void register_model(py::module_& m) {
  register_programme(m);
  register_portfolio(m);
  m.def("read_programme", &attain::io::read_programme, "path"_a, py::call_guard<py::gil_scoped_release>(),
        "A valid programme from a file.");
  m.def(
      "check_programme",
      [](const py::bytes& json, const std::string& file) {
        const std::string_view text = json;
        const py::gil_scoped_release released;
        return attain::io::check_programme(text, file);
      },
      "json"_a, "file"_a, "Everything there is to say about a text, warnings included, at its place.");
}
