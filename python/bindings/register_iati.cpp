/** Results of IATI activities. */
#include "bind.hpp"
#include "register.hpp"

#include <attain/io/iati.hpp>
#include <attain/model/words.hpp>

#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace {

using attain::finding;
using attain::io::iati_options;
using attain::io::iati_results;

/// A word of an enumeration that an option can be.
template <class Enum>
Enum option(const char* name, const std::string& word) {
  if (const auto known = attain::parse_word<Enum>(word)) return *known;
  refuse_option(name, word, attain::one_of(attain::words_of<Enum>()), "there is no such word");
}

iati_options options_of(std::string id, const std::string& kind, const std::optional<std::string>& direction,
                        std::optional<attain::date> recorded, bool partial) {
  iati_options made{
      .id = std::move(id), .kind = option<attain::indicator_kind>("kind", kind), .recorded = recorded, .partial = partial};
  if (direction) made.direction = option<attain::aim_kind>("direction", *direction);
  return made;
}

}  // namespace

void register_iati(py::module_& m) {
  py::class_<iati_results> bound(m, "IatiResults",
                                 R"(What :func:`attain.read_iati` has read: a programme and what was reported.)");
  set_public_class(bound);
  bound.def_readonly("plan", &iati_results::plan, "The programme: an activity is a project, a result a project within it.")
      .def_readonly("book", &iati_results::book, "The actuals, as a ledger.")
      .def_readonly("findings", &iati_results::findings,
                    "Warnings and notes; with ``partial`` also the errors of what was left out.")
      .def_readonly("refused", &iati_results::refused, "How many activities were left out; 0 without ``partial``.")
      .def("__repr__", [](const iati_results& read) {
        return "<attain.IatiResults of " + std::to_string(read.plan.spec().projects.size()) + " activities, " +
               std::to_string(read.book.size()) + " actuals, " + std::to_string(read.findings.size()) + " findings>";
      });
  m.def(
      "read_iati",
      [](const std::string& path, std::string id, const std::string& kind, const std::optional<std::string>& direction,
         std::optional<attain::date> recorded,
         bool partial) { return attain::io::read_iati(path, options_of(std::move(id), kind, direction, recorded, partial)); },
      "path"_a, py::kw_only(), "id"_a, "kind"_a, "direction"_a, "recorded"_a, "partial"_a,
      py::call_guard<py::gil_scoped_release>(), "A programme and a ledger from a file of IATI activities.");
  m.def(
      "to_iati",
      [](const attain::programme& plan, const attain::ledger& book, std::string ref, std::string type, std::string name,
         std::string status) {
        const attain::ledger said = book;  // another thread may append meanwhile
        const py::gil_scoped_release released;
        attain::io::iati_text written =
            attain::io::to_iati(plan, said, {std::move(ref), std::move(type), std::move(name), std::move(status)});
        return std::pair(std::move(written.xml), std::move(written.losses));
      },
      "plan"_a, "book"_a, py::kw_only(), "publisher"_a, "publisher_type"_a, "publisher_name"_a, "activity_status"_a,
      "The text of IATI 2.03, and what it has no word for.");
}
