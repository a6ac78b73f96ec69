#pragma once
/** Arrow streams in Python capsules, and what every class has that can be taken as a table. */
#include "bind.hpp"

#include <attain/io/arrow.hpp>
#include <attain/io/table.hpp>

/// A capsule `arrow_array_stream`; every call gives a stream of its own.
py::capsule stream_capsule(const attain::io::table& from);
/// A capsule `arrow_schema`.
py::capsule schema_capsule(const attain::io::table& from);

/// Reads any object with `__arrow_c_stream__`. Throws TypeError for others.
attain::io::table table_from_capsule(const py::object& source);

/// `to_pandas`, `to_polars`, `to_arrow` and the Arrow interface of a class that @p table_of turns into a table.
template <class Class, class MakeTable>
void leaves_as_table(Class& bound, MakeTable make_table) {
  using owner = typename Class::type;
  const auto table_of = [make_table](const owner& self) {
    const py::gil_scoped_release released;
    return make_table(self);
  };
  bound
      .def(
          "__arrow_c_stream__",
          [table_of](const owner& self, const py::object&) { return stream_capsule(table_of(self)); },
          "requested_schema"_a = py::none(),
          "An Arrow stream of one batch, without copying numbers, days and words. The requested schema is not used.")
      .def("__arrow_c_schema__", [table_of](const owner& self) { return schema_capsule(table_of(self)); }, "The Arrow schema of that stream.")
      .def(
          "to_arrow",
          [table_of](const owner& self) { return typed<"pyarrow.Table">(from_package("attain._frames", "to_arrow")(table_of(self))); },
          "A pyarrow.Table, without copying numbers, days and words.")
      .def(
          "to_polars",
          [table_of](const owner& self) { return typed<"polars.DataFrame">(from_package("attain._frames", "to_polars")(table_of(self))); },
          "A polars.DataFrame; words are categorical.")
      .def(
          "to_pandas",
          [table_of](const owner& self) { return typed<"pandas.DataFrame">(from_package("attain._frames", "to_pandas")(table_of(self))); },
          R"(A pandas.DataFrame.

Missing numbers are NaN, missing days NaT; words are categorical. Counts and flags keep their type where none is missing. Why a number
is missing is in the column ``reason`` where it concerns the status, and in ``table[name].reasons()`` for any column.
)");
}
