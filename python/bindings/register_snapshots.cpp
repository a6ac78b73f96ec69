#include "snapshots.hpp"

#include "bind.hpp"
#include "register.hpp"

#include <attain/io/archive.hpp>

#include <string>
#include <utility>
#include <variant>

using attain::evaluation;
using attain::ledger;
using attain::method_spec;
using attain::programme;
namespace io = attain::io;

template <class T>
std::string snapshot_of(const T& value) {
  return io::to_snapshot(value);
}
template <class T>
T from_snapshot(std::string_view bytes) {
  return io::from_snapshot<T>(bytes);
}

template std::string snapshot_of(const programme&);
template std::string snapshot_of(const ledger&);
template std::string snapshot_of(const evaluation&);
template std::string snapshot_of(const method_spec&);
template programme from_snapshot(std::string_view);
template ledger from_snapshot(std::string_view);
template evaluation from_snapshot(std::string_view);
template method_spec from_snapshot(std::string_view);

namespace {

using anything = std::variant<ledger, programme, evaluation, method_spec>;

io::snapshot_form form_of(const std::string& word) {
  for (const io::snapshot_form form : {io::snapshot_form::binary, io::snapshot_form::text}) {
    if (to_string(form) == word) return form;
  }
  refuse_option("form", word, "binary or text", "there is no such form of a snapshot");
}

anything load(const std::string& path) {
  const std::string bytes = io::read_snapshot_file(path);
  switch (io::inspect_snapshot(bytes).kind) {
    case io::snapshot_kind::programme: return io::from_snapshot<programme>(bytes);
    case io::snapshot_kind::ledger: return io::from_snapshot<ledger>(bytes);
    case io::snapshot_kind::evaluation: return io::from_snapshot<evaluation>(bytes);
    case io::snapshot_kind::method: break;
  }
  return io::from_snapshot<method_spec>(bytes);
}

void register_info(py::module_& m) {
  py::class_<io::snapshot_info> bound(m, "SnapshotInfo", R"(What the envelope of a snapshot says.)");
  set_public_class(bound);
  bound.def_readonly("version", &io::snapshot_info::version, "Version of the format.")
      .def_property_readonly("form", [](const io::snapshot_info& info) { return std::string(to_string(info.form)); }, "binary or text.")
      .def_property_readonly("kind", [](const io::snapshot_info& info) { return std::string(to_string(info.kind)); },
                             "programme, ledger, evaluation or method.")
      .def_readonly("written_by", &io::snapshot_info::written_by, "Version of attain that wrote it.")
      .def_readonly("length", &io::snapshot_info::length, "Bytes behind the envelope.")
      .def("__eq__", [](const io::snapshot_info& a, const io::snapshot_info& b) { return a == b; }, py::is_operator())
      .def("__repr__", [](const io::snapshot_info& info) {
        return "<attain.SnapshotInfo " + std::string(to_string(info.kind)) + ", " + std::string(to_string(info.form)) + ", format " +
               std::to_string(info.version) + ", written by " + attain::escaped_excerpt(info.written_by) + ">";
      });
  bound.attr("__hash__") = py::none();
}

}  // namespace

void register_snapshots(py::module_& m) {
  register_info(m);
  m.def(
      "save_snapshot",
      [](const anything& value, const std::string& path, const std::string& form) {
        const io::snapshot_form as = form_of(form);
        const py::gil_scoped_release released;
        std::visit([&](const auto& one) { io::save_snapshot(one, path, as); }, value);
      },
      "value"_a, "path"_a, "form"_a, "Puts a snapshot in the place of a file: wholly, or not at all.");
  m.def("load_snapshot", &load, "path"_a, py::call_guard<py::gil_scoped_release>(), "What a snapshot file holds.");
  m.def("inspect_snapshot", &io::inspect_snapshot_file, "path"_a, py::call_guard<py::gil_scoped_release>(),
        "What the envelope of a snapshot file says.");
}
