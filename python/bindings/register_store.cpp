/** Ledgers in files. */
#include "arrow_capsules.hpp"
#include "bind.hpp"
#include "register.hpp"
#include "rows.hpp"

#include <attain/io/store.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

using attain::date;
using attain::ledger;
using attain::programme;
using attain::io::column;
using attain::io::column_kind;
using attain::io::decision;
using attain::io::evidence_reference;
using attain::io::goal_change;
using attain::io::ledger_store;
using attain::io::moment;
using attain::io::stored_batch;
using attain::io::stored_entry;
using attain::io::table;

using moment_like = typed<"datetime.datetime | str | None">;
using evidence_like = typed<"dict[str, str] | str | None">;
using entries_like = typed<"Ledger | collections.abc.Iterable[attain.specs.Observation] | typing.Any">;
using batch_like = typed<"Batch | int">;
using row_out = typed<"attain.specs.Observation">;
using moment_out = typed<"datetime.datetime">;
using text_or_none = std::optional<std::string>;

// -- conversions ---------------------------------------------------------------------------------

moment_out to_python(const moment& at) {
  const py::module_ datetime = py::module_::import("datetime");
  const py::object timedelta = datetime.attr("timedelta"), utc = datetime.attr("timezone").attr("utc");
  const py::object epoch = datetime.attr("datetime")(1970, 1, 1, "tzinfo"_a = utc);
  const py::object zone = datetime.attr("timezone")(timedelta("minutes"_a = at.offset_minutes()));
  return (epoch + timedelta("microseconds"_a = at.microseconds())).attr("astimezone")(zone);
}

/// The clock of this machine is read here, where the caller names no moment, and nowhere in C++.
moment moment_of(const moment_like& at) {
  static constexpr const char* what = "at: a datetime with a time zone, its text, or None for now";
  if (py::isinstance<py::str>(at)) return attain::io::parse_moment(text_argument(at, what));
  const py::module_ datetime = py::module_::import("datetime");
  const py::object type = datetime.attr("datetime");
  const py::object when = at.is_none() ? type.attr("now")().attr("astimezone")() : py::object(at);
  if (!py::isinstance(when, type)) throw py::type_error(what);
  const py::object offset = when.attr("utcoffset")();
  if (offset.is_none()) {
    throw attain::invalid_input(attain::finding{.code = attain::code::malformed_date,
                                                .where = "at",
                                                .text = attain::escaped_excerpt(py::str(when).cast<std::string>()),
                                                .expected = "a datetime with a time zone",
                                                .message = "a moment has a time zone"});
  }
  const py::object timedelta = datetime.attr("timedelta");
  const py::object epoch = type(1970, 1, 1, "tzinfo"_a = datetime.attr("timezone").attr("utc"));
  return moment((when - epoch).attr("__floordiv__")(timedelta("microseconds"_a = 1)).cast<std::int64_t>(),
                offset.attr("__floordiv__")(timedelta("minutes"_a = 1)).cast<int>());
}

evidence_reference evidence_of(const evidence_like& from) {
  evidence_reference made;
  if (from.is_none()) return made;
  static constexpr const char* what = "evidence is text, or a dictionary of texts: uri, sha256, page";
  if (!py::isinstance<py::dict>(from)) {
    made.uri = text_argument(from, what);
    return made;
  }
  for (const auto& [key, value] : py::reinterpret_borrow<py::dict>(from)) {
    const std::string name = text_argument(key, what);
    std::string* const field = name == "uri" ? &made.uri : name == "sha256" ? &made.sha256 : name == "page" ? &made.page : nullptr;
    if (field == nullptr) throw py::type_error("evidence has uri, sha256 and page, no " + name);
    *field = text_argument(value, what);
  }
  return made;
}

decision decision_of(const std::string& author, const text_or_none& reason, const moment_like& at) {
  return {moment_of(at), author, reason.value_or("")};
}

std::int64_t number_of(const batch_like& batch) {
  return py::isinstance<stored_batch>(batch) ? batch.cast<const stored_batch&>().number : batch.cast<std::int64_t>();
}

// -- entries -------------------------------------------------------------------------------------

/// What a column of days or words points into, with a day where none was given.
struct dated_column {
  std::vector<std::int32_t> integers;
  std::vector<std::string_view> words;
  std::string day_text;
};

/// The table with the day @p day where its rows do not say when they were recorded.
table with_recorded(table from, date day) {
  column* given = nullptr;
  for (column& one : from.columns) {
    if (one.name == "recorded") given = &one;
  }
  auto dated = std::make_shared<dated_column>();
  if (given == nullptr) {
    dated->integers.assign(from.rows, day.days());
    from.columns.push_back({.name = "recorded", .kind = column_kind::day, .integers = dated->integers, .owners = {dated}});
    return from;
  }
  const bool is_word = given->kind == column_kind::word;
  if (given->missing.empty() || (!is_word && given->kind != column_kind::day)) return from;
  dated->integers.assign(given->integers.begin(), given->integers.end());
  std::int32_t filler = day.days();
  if (is_word) {
    dated->day_text = to_string(day);
    dated->words.assign(given->words.begin(), given->words.end());
    filler = static_cast<std::int32_t>(dated->words.size());
    dated->words.push_back(dated->day_text);
    given->words = dated->words;
  }
  for (std::size_t row = 0; row < from.rows; ++row) {
    if (given->is_missing(row)) dated->integers[row] = filler;
  }
  given->integers = dated->integers;
  given->missing = {};
  given->owners.push_back(dated);
  return from;
}

ledger entries_of(const entries_like& from, const std::optional<programme>& plan, date day) {
  if (py::isinstance<ledger>(from)) return from.cast<ledger>();
  const bool is_table = py::hasattr(from, "__arrow_c_stream__");
  const table rows = with_recorded(is_table ? table_from_capsule(from) : table_of_rows(from), day);
  const py::gil_scoped_release released;
  ledger book;
  append_table(book, rows, plan ? &*plan : nullptr);
  return book;
}

// -- the store -----------------------------------------------------------------------------------

/// A store that can be closed before its object is gone; a call that is under way keeps it open until it returns.
class closable_store {
 public:
  closable_store(const std::string& path, attain::io::store_options options)
      : path_(path), store_(std::make_shared<ledger_store>(path, options)) {}

  std::shared_ptr<ledger_store> get() const {
    if (store_ == nullptr) throw py::value_error("the ledger " + path_ + " is closed");
    return store_;
  }
  void close() {
    auto last = std::move(store_);
    const py::gil_scoped_release released;
    last.reset();
  }
  bool is_closed() const { return store_ == nullptr; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  std::shared_ptr<ledger_store> store_;
};

/// Calls `what(store)` without the GIL.
template <class What>
auto with(const closable_store& book, What&& what) {
  const std::shared_ptr<ledger_store> store = book.get();
  const py::gil_scoped_release released;
  return what(*store);
}

std::optional<attain::io::chain_head> head_of(const text_or_none& text) {
  return text ? std::optional(attain::io::parse_chain_head(*text)) : std::nullopt;
}

// -- what comes out ------------------------------------------------------------------------------

void register_decision(py::module_& m) {
  py::class_<decision> bound(m, "Decision", "Who decided something, when and why.");
  set_public_class(bound);
  bound.def_readonly("author", &decision::author, "Who decided.")
      .def_readonly("reason", &decision::reason, "Why; may be empty.")
      .def_property_readonly("at", [](const decision& d) { return to_python(d.at); }, "When, on the clock of whoever decided.")
      .def("__repr__", [](const decision& d) { return "<attain.Decision: " + d.author + ", " + to_string(d.at) + ">"; })
      .def("__eq__", [](const decision& a, const decision& b) { return a == b; }, py::is_operator());
  bound.attr("__hash__") = py::none();
  copies_are_itself(bound);
}

void register_batch(py::module_& m) {
  py::class_<stored_batch> bound(m, "Batch", "Entries that were handed in together, and what was decided about them.");
  set_public_class(bound);
  bound.def_readonly("number", &stored_batch::number, "The number of the record that opens it.")
      .def_readonly("entries", &stored_batch::entries, "How many entries it has.")
      .def_property_readonly("state", [](const stored_batch& b) { return std::string(to_string(b.state)); }, "pending, approved or withdrawn.")
      .def_property_readonly("at", [](const stored_batch& b) { return to_python(b.handed_in.at); }, "When it was handed in.")
      .def_property_readonly("author", [](const stored_batch& b) { return b.handed_in.author; }, "Who handed it in.")
      .def_property_readonly("key", [](const stored_batch& b) { return b.handed_in.key; }, "What makes it safe to repeat; may be empty.")
      .def_property_readonly("note", [](const stored_batch& b) { return b.handed_in.note; }, "What was said about it; may be empty.")
      .def_property_readonly(
          "evidence",
          [](const stored_batch& b) {
            const evidence_reference& e = b.handed_in.evidence;
            return typed<"dict[str, str]">(py::dict("uri"_a = e.uri, "sha256"_a = e.sha256, "page"_a = e.page));
          },
          "Where its proof lies: uri, sha256 and page; may be empty.")
      .def_readonly("approval", &stored_batch::approval, "The decision that made it count, or None.")
      .def_readonly("withdrawal", &stored_batch::withdrawal, "The decision that took it back, or None.")
      .def("__repr__", [](const stored_batch& b) {
        return "<attain.Batch " + std::to_string(b.number) + ": " + std::to_string(b.entries) +
               (b.entries == 1 ? " entry by " : " entries by ") + b.handed_in.author + ", " + std::string(to_string(b.state)) + ">";
      });
  copies_are_itself(bound);
}

void register_stored_entry(py::module_& m) {
  py::class_<stored_entry> bound(m, "StoredEntry", "An entry of a ledger in a file, and how it came in.");
  set_public_class(bound);
  bound.def_readonly("number", &stored_entry::number, "The number of its record.")
      .def_property_readonly("said", [](const stored_entry& e) { return row_out(row_of(e.said)); }, "The entry, as a row.")
      .def_readonly("batch", &stored_entry::batch, "The batch it came in with.")
      .def("__repr__", [](const stored_entry& e) {
        return "<attain.StoredEntry " + std::to_string(e.number) + ": " + e.said.indicator + ", " + to_string(e.said.about) + ", " +
               std::string(to_string(e.batch.state)) + ">";
      });
  copies_are_itself(bound);
}

void register_goal_change(py::module_& m) {
  py::class_<goal_change> bound(m, "GoalChange", "Something a target asks that became different.");
  set_public_class(bound);
  bound.def_readonly("number", &goal_change::number, "The number of its record.")
      .def_readonly("made", &goal_change::made, "Who changed it, when and why.")
      .def_readonly("programme", &goal_change::programme, "The programme of the target.")
      .def_readonly("target", &goal_change::target, "The target.")
      .def_readonly("field", &goal_change::field, "What of it: aim, baseline, weight, window, withdrawn, indicator, or \"goal at\" a place.")
      .def_readonly("before", &goal_change::before, "As it was, or None where there was none.")
      .def_readonly("after", &goal_change::after, "As it became, or None where there is none any more.")
      .def_readonly("data_day", &goal_change::data_day, "The last day that approved entries of its indicator were about, then.")
      .def_readonly("after_result", &goal_change::after_result,
                    "Whether the target, as it was or as it became, was due by then, so that its result was known.")
      .def("__repr__", [](const goal_change& c) {
        return "<attain.GoalChange " + c.target + ", " + c.field + ": " + c.before.value_or("none") + " to " + c.after.value_or("none") +
               (c.after_result ? ", after the result was known>" : ">");
      });
  copies_are_itself(bound);
}

}  // namespace

void register_store(py::module_& m) {
  register_decision(m);
  register_batch(m);
  register_stored_entry(m);
  register_goal_change(m);

  py::class_<closable_store> bound(m, "LedgerStore", R"(A ledger that stays: everything that was ever reported, in one file.

Made by :func:`open_ledger`; a context manager, which closes it. The file is append-only: entries come in batches, each handed in by one
person and approved by another, and a batch that is not approved does not count. Every record carries a hash of itself and of the one
before it. One process writes at a time, others may read. Every call is on the disk when it returns.

``at`` is when something happened, as a datetime with a time zone; None is now, by the clock of this machine.

Raises
------
StoreError
    The file cannot be used: in use, damaged, changed by something else, or on a disk that fails.
)");
  set_public_class(bound);
  bound
      .def(
          "submit",
          [](const closable_store& book, const entries_like& entries, const std::string& author, const text_or_none& key,
             const evidence_like& evidence, const text_or_none& note, const moment_like& at, const std::optional<programme>& plan) {
            const attain::io::submission how{moment_of(at), author, key.value_or(""), evidence_of(evidence), note.value_or("")};
            const ledger said = entries_of(entries, plan, how.at.day());
            return with(book, [&](ledger_store& store) { return store.submit(said, how); });
          },
          "entries"_a, py::kw_only(), "author"_a, "key"_a = py::none(), "evidence"_a = py::none(), "note"_a = py::none(),
          "at"_a = py::none(), "plan"_a = py::none(), R"(Records a batch, which is pending until somebody else approves it.

Parameters
----------
entries
    Rows as :class:`Ledger` takes them, any table that gives an Arrow stream, or a ledger. A row that does not say when it was recorded is
    recorded on the day of ``at``; the entries of a ledger have such a day already.
author
    Who hands it in.
key
    What makes it safe to repeat: the same batch under the same key is recorded once.
evidence
    Where the proof lies: a URI, or a dictionary with ``uri``, ``sha256`` and ``page``.
plan
    If given, indicators, places, steps and units are checked against it.

Raises
------
InvalidInput
    An entry, or who and when, cannot be; every problem is in ``findings``, and nothing was recorded.
LedgerConflict
    A key, of the batch or of an entry, stands for something else.
)")
      .def(
          "approve",
          [](const closable_store& book, const batch_like& batch, const std::string& author, const text_or_none& reason,
             const moment_like& at) {
            const decision by = decision_of(author, reason, at);
            return with(book, [&, number = number_of(batch)](ledger_store& store) { return store.approve(number, by); });
          },
          "batch"_a, py::kw_only(), "author"_a, "reason"_a = py::none(), "at"_a = py::none(), R"(From now on the batch counts.

Raises
------
LedgerConflict
    By the person who handed it in (``four_eyes``), or the batch was decided before (``already_decided``).
UnknownId
    There is no such batch.
)")
      .def(
          "withdraw",
          [](const closable_store& book, const batch_like& batch, const std::string& author, const std::string& reason,
             const moment_like& at) {
            const decision by = decision_of(author, reason, at);
            return with(book, [&, number = number_of(batch)](ledger_store& store) { return store.withdraw(number, by); });
          },
          "batch"_a, py::kw_only(), "author"_a, "reason"_a, "at"_a = py::none(),
          "Takes a batch back for good; one that was approved is taken back by another person than handed it in.")
      .def(
          "adopt",
          [](const closable_store& book, const programme& plan, const std::string& author, const text_or_none& reason,
             const moment_like& at) {
            const decision by = decision_of(author, reason, at);
            return with(book, [&](ledger_store& store) { return store.adopt(plan, by); });
          },
          "plan"_a, py::kw_only(), "author"_a, "reason"_a = py::none(), "at"_a = py::none(),
          "Records what of the targets differs from what was recorded last, and returns it; a reason is required but for the first time.")
      .def(
          "ledger",
          [](const closable_store& book, bool pending, const std::optional<date>& known_at, int threads) {
            return with(book, [&](ledger_store& store) { return store.ledger({pending, known_at, threads}); });
          },
          py::kw_only(), "pending"_a = false, "known_at"_a = py::none(), "threads"_a = 1, R"(The entries that count, as :func:`evaluate` takes them.

Every record is compared with its hash on the way.

Parameters
----------
pending
    Also those that nobody has approved yet.
known_at
    As the file stood at the close of that day, by the moments of its records.
)")
      .def(
          "history",
          [](const closable_store& book, const std::string& indicator, const std::string& place) {
            return with(book, [&](ledger_store& store) { return store.history(indicator, place); });
          },
          "indicator"_a, py::kw_only(), "place"_a = "",
          "What was ever said about an indicator at a place (\"\" is the root place), pending and withdrawn included, as it came in.")
      .def("batches", [](const closable_store& book) { return with(book, [](ledger_store& store) { return store.batches(); }); },
           "All batches, as they came in.")
      .def(
          "batch",
          [](const closable_store& book, std::int64_t number) {
            return with(book, [&](ledger_store& store) { return store.batch(number); });
          },
          "number"_a, "The batch of that number.")
      .def(
          "find_batch",
          [](const closable_store& book, const std::string& key) {
            return with(book, [&](ledger_store& store) { return store.find_batch(key); });
          },
          "key"_a, "The batch with that key, or None.")
      .def(
          "goal_changes",
          [](const closable_store& book, const std::string& target) {
            return with(book, [&](ledger_store& store) { return store.goal_changes(target); });
          },
          py::kw_only(), "target"_a = "", "How goals moved, of one target or of all.")
      .def(
          "verify",
          [](const closable_store& book, const text_or_none& head) {
            const auto kept = head_of(head);
            return to_string(with(book, [&](ledger_store& store) { return store.verify(kept); }));
          },
          "head"_a = py::none(), R"(Reads every record and the structure of the file, and returns the head.

Parameters
----------
head
    What :attr:`head` once was, kept elsewhere: proves that nothing up to it was changed or taken away.

Raises
------
StoreError
    ``broken_chain``, with the first bad record in ``where``; ``older_copy``: the file ends before ``head``.
)")
      .def("health", [](const closable_store& book) { return with(book, [](ledger_store& store) { return store.health(); }); },
           "Findings about what this SQLite and file system can promise.")
      .def_property_readonly(
          "head", [](const closable_store& book) { return to_string(with(book, [](ledger_store& store) { return store.head(); })); },
          "The number of the last record and its hash, to be kept elsewhere.")
      .def_property_readonly("path", &closable_store::path, "Where the file is.")
      .def_property_readonly("closed", &closable_store::is_closed, "Whether it was closed.")
      .def("close", &closable_store::close, "Folds everything into the one file and lets other writers in. May be called again.")
      .def("__enter__", [](py::object self) { return typed<"typing.Self">(self); })
      .def("__exit__", [](closable_store& book, const py::args&) { book.close(); })
      .def("__repr__", [](const closable_store& book) {
        return "<attain.LedgerStore " + book.path() + (book.is_closed() ? ", closed>" : ">");
      });

  m.def(
      "open_ledger",
      [](const std::string& path, bool read_only, bool create) {
        const py::gil_scoped_release released;
        using access = attain::io::store_access;
        return std::make_unique<closable_store>(path, attain::io::store_options{read_only ? access::read : access::write, create});
      },
      "path"_a, py::kw_only(), "read_only"_a = false, "create"_a = true, "A ledger in a file.");
}
