/** Data value sets of DHIS2. */
#include "bind.hpp"
#include "register.hpp"

#include <attain/io/dhis2.hpp>

#include <pybind11/stl.h>

#include <map>
#include <optional>
#include <string>
#include <utility>

namespace {

using attain::io::dhis2_ids;
using attain::io::dhis2_results;

using id_map = std::map<std::string, std::string>;

dhis2_ids ids_of(const id_map& elements, const id_map& places, const id_map& categories, bool skip_unmapped) {
  return {
      {elements.begin(), elements.end()}, {places.begin(), places.end()}, {categories.begin(), categories.end()}, skip_unmapped};
}

}  // namespace

void register_dhis2(py::module_& m) {
  py::class_<dhis2_results> bound(m, "Dhis2Results",
                                  R"(What :func:`attain.read_dhis2` has read: a ledger, and what to look at.)");
  set_public_class(bound);
  bound.def_readonly("book", &dhis2_results::book, "The data values, as a ledger.")
      .def_readonly("findings", &dhis2_results::findings,
                    "Warnings: values that are no numbers and are kept as text; a note: what was passed over.")
      .def("__repr__", [](const dhis2_results& read) {
        return "<attain.Dhis2Results of " + std::to_string(read.book.size()) + " entries, " +
               std::to_string(read.findings.size()) + " findings>";
      });
  m.def(
      "read_dhis2",
      [](const std::string& path, const std::optional<attain::programme>& plan, const id_map& elements, const id_map& places,
         const id_map& categories, bool skip_unmapped) {
        const dhis2_ids ids = ids_of(elements, places, categories, skip_unmapped);
        return plan ? attain::io::read_dhis2(path, *plan, ids) : attain::io::read_dhis2(path, ids);
      },
      "path"_a, "plan"_a, py::kw_only(), "elements"_a, "places"_a, "categories"_a, "skip_unmapped"_a,
      py::call_guard<py::gil_scoped_release>(), "A ledger from a file with a data value set.");
  m.def(
      "to_dhis2",
      [](const attain::ledger& book, const std::optional<attain::programme>& plan, const id_map& elements, const id_map& places,
         const id_map& categories) {
        const attain::ledger said = book;  // another thread may append meanwhile
        const py::gil_scoped_release released;
        const dhis2_ids ids = ids_of(elements, places, categories, false);
        attain::io::dhis2_text written = plan ? attain::io::to_dhis2(said, *plan, ids) : attain::io::to_dhis2(said, ids);
        return std::pair(std::move(written.json), std::move(written.losses));
      },
      "book"_a, "plan"_a, py::kw_only(), "elements"_a, "places"_a, "categories"_a,
      "The text of a data value set, and what DHIS2 has no word for.");
}
