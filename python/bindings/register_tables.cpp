/** Tables and their columns, and the ways out: NumPy, Arrow, data frames. */
#include "arrow_capsules.hpp"
#include "bind.hpp"
#include "register.hpp"

#include <attain/io/table.hpp>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace {

using attain::io::column;
using attain::io::column_kind;
using attain::io::table;

/// A read-only array over memory that the column keeps.
template <class T>
py::array view_of(const column& from, std::span<const T> values, const py::dtype& type) {
  py::capsule owner(new column(from), [](void* kept) { delete static_cast<column*>(kept); });
  py::array array(type, {values.size()}, {sizeof(T)}, values.data(), owner);
  array.attr("flags").attr("writeable") = false;
  return array;
}

py::array values_of(const column& from) {
  switch (from.kind) {
    case column_kind::number: return view_of(from, from.numbers, py::dtype::of<double>());
    case column_kind::flag: return view_of(from, from.flags, py::dtype("bool"));
    case column_kind::count:
    case column_kind::day:
    case column_kind::word: break;
  }
  return view_of(from, from.integers, py::dtype::of<std::int32_t>());
}

typed<"numpy.typing.NDArray[numpy.bool_] | None"> missing_of(const column& from) {
  if (from.missing.empty()) return py::object(py::none());
  return py::object(view_of(from, from.missing, py::dtype::of<std::uint8_t>()).attr("astype")(py::dtype("bool")));
}

py::object value_at(const column& from, std::size_t row) {
  if (from.is_missing(row)) return py::none();
  switch (from.kind) {
    case column_kind::number: return py::float_(from.numbers[row]);
    case column_kind::count: return py::int_(from.integers[row]);
    case column_kind::day: return py::cast(attain::date::from_days(from.integers[row]));
    case column_kind::flag: return py::bool_(from.flags[row] != 0);
    case column_kind::word: break;
  }
  return py::str(from.word(row).data(), from.word(row).size());
}

py::list list_of(const column& from) {
  py::list values(from.size());
  for (std::size_t row = 0; row < from.size(); ++row) values[row] = value_at(from, row);
  return values;
}

typed<"list[Reason | None]"> reasons_of(const column& from) {
  py::list reasons(from.size());
  for (std::size_t row = 0; row < from.size(); ++row) reasons[row] = from.why(row);
  return typed<"list[Reason | None]">(reasons);
}

/// A place in a sequence, counted from the end if negative.
std::size_t row_at(std::ptrdiff_t index, std::size_t size) {
  if (index < 0) index += static_cast<std::ptrdiff_t>(size);
  if (index < 0 || index >= static_cast<std::ptrdiff_t>(size)) throw py::index_error("row out of range");
  return static_cast<std::size_t>(index);
}

void register_column(py::module_& m) {
  py::class_<column> bound(m, "Column", R"(One column of a table: numbers, counts, days, flags or words.

A sequence of values, with None where one is missing.
)");
  set_public_class(bound);
  bound.def_readonly("name", &column::name, "Its name.")
      .def_property_readonly("kind", [](const column& c) { return to_string(c.kind); },
                             "What it holds: \"number\", \"count\", \"day\", \"flag\" or \"word\".")
      .def("__len__", &column::size)
      .def("__getitem__", [](const column& c, std::ptrdiff_t row) { return value_at(c, row_at(row, c.size())); }, "row"_a)
      .def("__iter__", [](const column& c) { return typed<"collections.abc.Iterator[typing.Any]">(py::iter(list_of(c))); })
      .def("to_list", &list_of, "The values, with None where one is missing.")
      .def("reasons", &reasons_of, "Why each value is missing: a Reason, or None where there is a value or no reason is known.")
      .def_property_readonly("words", [](const column& c) { return std::vector<std::string>(c.words.begin(), c.words.end()); },
                             "Of words: what the positions in ``values`` mean.")
      .def_property_readonly("values", &values_of, R"(The memory of the column as a read-only array, without copying.

float64 of numbers, int32 of counts, of days (since 1970-01-01) and of words (positions in ``words``), bool of flags. Shape
``(rows,)``. Where ``missing`` is True the value means nothing.
)")
      .def_property_readonly("missing", &missing_of, "Where values are missing, as a bool array; None if none is.")
      .def("to_numpy", [](py::object self) { return typed<"numpy.typing.NDArray[typing.Any]">(from_package("attain._frames", "column_to_numpy")(self)); },
           R"(The values as an array of shape ``(rows,)``.

Numbers and counts: read-only and without copying if nothing is missing, else float64 with NaN. Days: datetime64[D] with NaT. Words:
object with None. Flags: bool.
)")
      .def("__array__", [](py::object self, const py::object& dtype, const py::object& copy) {
        return typed<"numpy.typing.NDArray[typing.Any]">(from_package("attain._frames", "column_to_array")(self, dtype, copy));
      }, "dtype"_a = py::none(), "copy"_a = py::none())
      .def("__repr__", [](py::object self) { return from_package("attain._display", "column_text")(self).cast<std::string>(); });
}

void register_table(py::module_& m) {
  py::class_<table> bound(m, "Table", R"(Named columns of one length.

It is handed on without copying to whatever reads Arrow streams: ``polars.DataFrame(table)``, ``pyarrow.table(table)``,
``pandas.DataFrame.from_arrow(table)``, or a query of duckdb. Copying a table, or taking part of one, copies no column.
)");
  set_public_class(bound);
  bound.def_static("from_arrow", &table_from_capsule, "table"_a, R"(A table from any that gives an Arrow stream: of pandas 3, polars, pyarrow, duckdb.

What is laid out alike is not copied. Numbers, whole numbers, days, flags and text are read, of several batches too; lists, structs and times of
the day are not.

Raises
------
InvalidInput
    A column is of a type that is not read, or the stream is no table.
)")
      .def_property_readonly("columns", [](const table& t) {
        std::vector<std::string> names;
        for (const column& c : t.columns) names.push_back(c.name);
        return names;
      }, "Names of the columns, in order.")
      .def_property_readonly("shape", [](const table& t) { return std::pair(t.rows, t.columns.size()); }, "Rows and columns.")
      .def("__len__", [](const table& t) { return t.rows; })
      .def("__contains__", [](const table& t, const std::string& name) { return t.find(name) != nullptr; }, "name"_a)
      .def("__getitem__", [](const table& t, const std::string& name) { return t.at(name); }, "name"_a, R"(The column of that name.

Raises
------
UnknownId
    There is none; ``nearest`` holds the names that resemble it.
)")
      .def("select", [](const table& t, const py::args& names) {
        py::detail::make_caster<std::vector<std::string>> columns;
        if (!columns.load(names, true)) throw py::type_error("columns are named by text");
        return t.select(py::detail::cast_op<std::vector<std::string>>(std::move(columns)));
      }, "The named columns in the given order.")
      .def("head", [](const table& t, std::size_t rows) { return t.slice(0, rows); }, "rows"_a = 5, "The first rows.")
      .def("slice", &table::slice, "begin"_a, "count"_a, "At most ``count`` rows from number ``begin`` on; fewer where the table ends.")
      .def("rows", [](const table& t) {
        std::vector<py::list> columns;
        for (const column& c : t.columns) columns.push_back(list_of(c));
        py::list rows(t.rows);
        for (std::size_t row = 0; row < t.rows; ++row) {
          py::dict one;
          for (std::size_t c = 0; c < columns.size(); ++c) one[py::str(t.columns[c].name)] = columns[c][row];
          rows[row] = std::move(one);
        }
        return typed<"list[dict[str, typing.Any]]">(rows);
      }, "A list of one dictionary a row, with None where a value is missing.")
      .def("to_dict", [](const table& t) {
        py::dict made;
        for (const column& c : t.columns) made[py::str(c.name)] = list_of(c);
        return typed<"dict[str, list[typing.Any]]">(made);
      }, "A dictionary of one list a column, with None where a value is missing.")
      .def("__eq__", [](const table& a, const table& b) {
        if (a.rows != b.rows || a.columns.size() != b.columns.size()) return false;
        for (std::size_t c = 0; c < a.columns.size(); ++c) {
          if (a.columns[c].name != b.columns[c].name || !list_of(a.columns[c]).equal(list_of(b.columns[c]))) return false;
        }
        return true;
      }, py::is_operator())
      .def("__repr__", [](py::object self) { return from_package("attain._display", "table_text")(self).cast<std::string>(); })
      .def("_repr_html_", [](py::object self) { return from_package("attain._display", "table_html")(self).cast<std::string>(); });
  bound.attr("__hash__") = py::none();
  copies_are_itself(bound);
  leaves_as_table(bound, [](const table& t) { return t; });
}

}  // namespace

void register_tables(py::module_& m) {
  register_column(m);
  register_table(m);
}
