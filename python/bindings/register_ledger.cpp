/** Ledgers. */
#include "arrow_capsules.hpp"
#include "bind.hpp"
#include "custom.hpp"
#include "register.hpp"
#include "rows.hpp"
#include "snapshots.hpp"

#include <attain/io/csv.hpp>
#include <attain/ledger/ledger.hpp>

#include <optional>
#include <string>
#include <vector>

namespace {

using attain::ledger;
using attain::programme;
using attain::io::table;

using day_like = typed<"datetime.date | str | None">;
using period_like = typed<"str | tuple[datetime.date | str, datetime.date | str] | None">;
using amount_like = typed<"float | str | None">;
using reason_like = typed<"Reason | str | None">;
using text_like = typed<"str | None">;
using dimensions_like = typed<"dict[str, str] | str | None">;
using rows_like = typed<"collections.abc.Iterable[attain.specs.Observation] | attain.specs.ArrowTable">;

using plan_or_none = std::optional<programme>;

const programme* pointer_to(const plan_or_none& plan) { return plan ? &*plan : nullptr; }

/// Other threads read the handle and append to it meanwhile: it changes under the GIL, when the longer ledger is made.
void append(ledger& to, const table& from, const plan_or_none& plan, int threads = 1) {
  for (;;) {
    const ledger before = to;
    ledger longer = before;
    {
      const py::gil_scoped_release released;
      append_table(longer, from, pointer_to(plan), threads);
    }
    if (to.size() == before.size()) {
      to = std::move(longer);
      return;
    }
  }
}

/// Rows, or the rows of a data frame or any other table.
table table_of(const rows_like& rows) {
  return py::hasattr(rows, "__arrow_c_stream__") ? table_from_capsule(rows) : table_of_rows(rows);
}

typed<"list[attain.specs.Observation]"> entries(const ledger& of, const std::optional<std::string>& indicator, const std::optional<std::string>& place) {
  const ledger book = of;  // making rows may let another thread append
  py::list rows;
  const auto add = [&](const attain::observation& entry) {
    if ((!indicator || entry.indicator == *indicator) && (!place || entry.place == *place)) rows.append(row_of(entry));
  };
  if (indicator && place) {
    for (const attain::observation& entry : book.entries(*indicator, *place)) add(entry);
  } else {
    book.for_each(add);
  }
  return typed<"list[attain.specs.Observation]">(rows);
}

attain::io::csv_options csv_options_of(const std::string& delimiter, const std::string& encoding, int threads) {
  const auto refuse = [](const char* name, const std::string& found, const char* expected) {
    refuse_option(name, found, expected, "this is none of the choices");
  };
  attain::io::csv_options options;
  if (delimiter.size() != 1) refuse("delimiter", delimiter, "a comma, a semicolon, a tab or a bar");
  options.delimiter = delimiter[0];
  if (encoding == "gb18030") {
    options.encoding = attain::io::text_encoding::gb18030;
  } else if (encoding != "utf-8") {
    refuse("encoding", encoding, "utf-8 or gb18030");
  }
  options.threads = threads;
  return options;
}

std::string summary(const ledger& book) {
  std::string text = "<attain.Ledger of " + std::to_string(book.size()) + (book.size() == 1 ? " entry" : " entries");
  if (const auto last = book.last_recorded()) text += ", the last recorded on " + to_string(*last);
  return text + ">";
}

}  // namespace

void register_ledger(py::module_& m) {
  py::class_<ledger> bound(m, "Ledger", R"(All observations: append-only, a correction is a new entry.

Made from rows: dictionaries with the columns of observations.csv as keys (see :class:`attain.specs.Observation`), or from a data frame with these
columns, as :meth:`from_arrow` reads it. Appending never changes an
evaluation that was made before. Its entries have no order: the one that was recorded last counts, whenever it was appended.

Parameters
----------
rows
    The first entries.
plan
    If given, indicators, places, steps and units are checked against it.

Raises
------
InvalidInput
    A row cannot be an entry; every problem is in ``findings``, and nothing was appended.
LedgerConflict
    A key already has another entry.
)");
  set_public_class(bound);
  bound
      .def(py::init([](const rows_like& rows, const plan_or_none& plan) {
             ledger book;
             append(book, table_of(rows), plan);
             return book;
           }),
           "rows"_a = py::tuple(), "plan"_a = py::none())
      .def_static(
          "from_arrow",
          [](const py::object& source, const plan_or_none& plan, int threads) {
            ledger book;
            append(book, table_from_capsule(source), plan, threads);
            return book;
          },
          "table"_a, "plan"_a = py::none(), py::kw_only(), "threads"_a = 1, R"(A ledger from any table that gives an Arrow stream: of pandas 3, polars, pyarrow, duckdb.

Columns are named as in observations.csv; only ``indicator``, one of ``period``, ``day`` and ``end``, and one of ``amount``, ``missing`` and
``withdrawn`` are needed. Of a pandas frame, row labels without a name are left out. Ids are text, plain or dictionary-coded; days are dates, timestamps at midnight, whole numbers of days since
1970-01-01, or text; amounts are numbers, held as in the ledger (of % a share, of 万元 元), or text. The ledger is the same for any number
of ``threads``.

Raises
------
InvalidInput
    With every problem in ``findings``; ``where`` is ``row 3, amount``, counted from 1.
)")
      .def(
          "append",
          [](ledger& book, const std::string& indicator, const amount_like& amount, const period_like& period, const day_like& day,
             const day_like& start, const day_like& end, const text_like& place, const text_like& unit, const text_like& form,
             const reason_like& missing, bool withdrawn, const dimensions_like& dimensions, const text_like& step,
             const text_like& stage, const text_like& scope, const day_like& recorded, const text_like& author,
             const text_like& source, const text_like& evidence, const text_like& note, const text_like& key, const plan_or_none& plan) {
            py::dict row("indicator"_a = indicator, "amount"_a = amount, "period"_a = period, "day"_a = day, "start"_a = start,
                         "end"_a = end, "place"_a = place, "unit"_a = unit, "form"_a = form, "missing"_a = missing,
                         "dimensions"_a = dimensions, "step"_a = step, "stage"_a = stage, "scope"_a = scope,
                         "recorded"_a = recorded, "author"_a = author, "source"_a = source, "evidence"_a = evidence,
                         "note"_a = note, "key"_a = key);
            if (withdrawn) row["withdrawn"] = true;
            append(book, table_of_rows(py::make_tuple(row)), plan);
          },
          py::kw_only(), "indicator"_a, "amount"_a = py::none(), "period"_a = py::none(), "day"_a = py::none(),
          "start"_a = py::none(), "end"_a = py::none(), "place"_a = py::none(), "unit"_a = py::none(), "form"_a = py::none(),
          "missing"_a = py::none(), "withdrawn"_a = false, "dimensions"_a = py::none(), "step"_a = py::none(),
          "stage"_a = py::none(), "scope"_a = py::none(), "recorded"_a = py::none(), "author"_a = py::none(),
          "source"_a = py::none(), "evidence"_a = py::none(), "note"_a = py::none(), "key"_a = py::none(), "plan"_a = py::none(),
          R"(Appends one entry.

The arguments are the columns of observations.csv. An amount is a number, held as in the ledger (of % a share, of 万元 元), or text of the one
number parser: ``"5.85万"``, ``"180余"``. Repeating the same entry under a key does nothing.

Raises
------
InvalidInput
    It cannot be an entry; the ledger is as it was.
LedgerConflict
    The key already has another entry.
)")
      .def("extend", [](ledger& book, const rows_like& rows, const plan_or_none& plan) { append(book, table_of(rows), plan); }, "rows"_a,
           "plan"_a = py::none(), "Appends rows or a table, all or none, as :class:`Ledger` takes them.")
      .def(
          "extend_from_arrow",
          [](ledger& book, const py::object& source, const plan_or_none& plan) { append(book, table_from_capsule(source), plan); },
          "table"_a, "plan"_a = py::none(), "Appends the rows of a table, all or none, as :meth:`from_arrow` reads it.")
      .def("entries", &entries, "indicator"_a = py::none(), "place"_a = py::none(),
           "What was ever said, as rows: of all, of an indicator, of a place (\"\" is the root place); superseded and withdrawn entries included.")
      .def_property_readonly("table", [](const ledger& book) { return attain::io::ledger_table(book); }, "All entries as a table, in canonical order.")
      .def(
          "to_csv",
          [](const ledger& book, const plan_or_none& plan) {
            const ledger said = book;  // another thread may append meanwhile
            const py::gil_scoped_release released;
            return plan ? attain::io::to_csv(said.observations(), *plan) : attain::io::to_csv(said.observations());
          },
          "plan"_a = py::none(),
          R"(The text of an observations.csv; text that a spreadsheet would take for a formula is guarded.

Parameters
----------
plan
    The programme that it will be read with, as in its folder. An amount without a unit, which is as it is held, then gets the unit that it
    is held in where that is not the indicator's own: 0.6 of an indicator in % would be read as 0.6 %. Without it, read it without a programme.
)")
      .def_property_readonly("last_recorded", &ledger::last_recorded, "The latest recorded day, or None if there is no entry.")
      .def_property_readonly("memory_bytes", &ledger::memory_bytes, "Bytes held, texts included.")
      .def("__len__", &ledger::size)
      .def("__eq__", [](const ledger& a, const ledger& b) { return a == b; }, py::is_operator())
      .def("__copy__", [](const ledger& book) { return book; })
      .def("__deepcopy__", [](const ledger& book, const py::dict&) { return book; }, "memo"_a)
      .def("__repr__", &summary)
      .def("_repr_html_", [](py::object self) { return from_package("attain._display", "ledger_html")(self).cast<std::string>(); })
      .def(pickled_as_snapshot<ledger>());
  bound.attr("__hash__") = py::none();
  leaves_as_table(bound, [](const ledger& book) { return attain::io::ledger_table(book); });

  const auto read = [](const std::string& path, const plan_or_none& plan, const std::string& delimiter,
                       const std::string& encoding, int threads, const progress_like& progress) {
    attain::io::csv_options options = csv_options_of(delimiter, encoding, threads);
    options.progress = progress_function_of(progress);
    const py::gil_scoped_release released;
    return plan ? attain::io::read_observations(path, *plan, options) : attain::io::read_observations(path, options);
  };
  m.def("read_observations", read, "path"_a, "plan"_a = py::none(), py::kw_only(), "delimiter"_a = ",", "encoding"_a = "utf-8", "threads"_a = 1, "progress"_a = py::none(),
        "Observations from a file, as a ledger.");
  m.def(
      "ledger_from_csv",
      [](const std::string& csv, const plan_or_none& plan, int threads, const progress_like& progress) {
        const attain::io::csv_options options{.threads = threads, .progress = progress_function_of(progress)};
        const py::gil_scoped_release released;
        return plan ? attain::io::ledger_from_csv(csv, *plan, {}, options) : attain::io::ledger_from_csv(csv, {}, options);
      },
      "csv"_a, "plan"_a = py::none(), py::kw_only(), "threads"_a = 1, "progress"_a = py::none(), "Observations from CSV text, as a ledger.");
}
