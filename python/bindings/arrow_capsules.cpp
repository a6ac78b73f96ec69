#include "arrow_capsules.hpp"

#include "bind.hpp"

#include <memory>
#include <string>

namespace {

constexpr const char* stream_name = "arrow_array_stream";
constexpr const char* schema_name = "arrow_schema";

/// A capsule frees its struct, and what is in it unless a consumer has taken that.
template <class Struct>
py::capsule capsule_of(std::unique_ptr<Struct> one, const char* name) {
  PyObject* made = PyCapsule_New(one.get(), name, [](PyObject* capsule) {
    auto* const held = static_cast<Struct*>(PyCapsule_GetPointer(capsule, PyCapsule_GetName(capsule)));
    if (held->release != nullptr) held->release(held);
    delete held;
  });
  if (made == nullptr) {
    one->release(one.get());
    throw py::error_already_set();
  }
  one.release();
  return py::reinterpret_steal<py::capsule>(made);
}

}  // namespace

py::capsule stream_capsule(const attain::io::table& from) {
  auto stream = std::make_unique<ArrowArrayStream>();
  export_stream(from, stream.get());
  return capsule_of(std::move(stream), stream_name);
}

py::capsule schema_capsule(const attain::io::table& from) {
  auto schema = std::make_unique<ArrowSchema>();
  export_schema(from, schema.get());
  return capsule_of(std::move(schema), schema_name);
}

attain::io::table table_from_capsule(const py::object& source) {
  if (!py::hasattr(source, "__arrow_c_stream__")) {
    throw py::type_error("a table with __arrow_c_stream__ is wanted (of pandas 3, polars, pyarrow or duckdb), not a " +
                         py::type::of(source).attr("__name__").cast<std::string>());
  }
  const py::object capsule = from_package("attain._frames", "as_observations")(source).attr("__arrow_c_stream__")();
  if (PyCapsule_IsValid(capsule.ptr(), stream_name) == 0) {
    throw py::type_error("__arrow_c_stream__ returned no capsule " + std::string(stream_name));
  }
  auto* const stream = static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule.ptr(), stream_name));
  if (stream->release == nullptr) throw py::value_error("the Arrow stream has been read already");
  const py::gil_scoped_release released;
  return attain::io::import_stream(stream);
}
