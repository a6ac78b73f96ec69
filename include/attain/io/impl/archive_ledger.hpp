#pragma once

/** What a ledger consists of in a snapshot: the columns of its image. */
#include <attain/io/impl/archive_fields.hpp>

namespace attain::inline v0::io::detail {

template <class F>
void fields_of(F& f, field_value<F, ledger_image_tables>& v) {
  f("text_lengths", v.text_lengths);
  f("text_bytes", v.text_bytes);
  f("indicator", v.indicator);
  f("place", v.place);
  f("dimensions", v.dimensions);
  f("step", v.step);
  f("stage", v.stage);
  f("scope", v.scope);
  f("unit", v.unit);
  f("recorded", v.recorded);
  f("author", v.author);
  f("source", v.source);
}

template <class F, class Run>
void fields_of_run(F& f, Run& v) {
  f("series", v.series);
  f("count", v.count);
  f("last_day", v.last_day);
  f("length_and_flags", v.length_and_flags);
  f("batch", v.batch);
  f("amount", v.amount);
  f("high_rows", v.high_rows);
  f("high", v.high);
  f("evidence_rows", v.evidence_rows);
  f("evidence", v.evidence);
  f("note_rows", v.note_rows);
  f("note", v.note);
  f("key_rows", v.key_rows);
  f("key", v.key);
}

template <class F>
void fields_of(F& f, const run_image_view& v) {
  fields_of_run(f, v);
}
template <class F>
void fields_of(F& f, run_image& v) {
  fields_of_run(f, v);
}

template <class F>
void fields_of(F& f, const ledger_image_view& v) {
  f("tables", v.tables);
  f("runs", v.runs);
}
template <class F>
void fields_of(F& f, ledger_image& v) {
  f("tables", v.tables);
  f("runs", v.runs);
}

}  // namespace attain::inline v0::io::detail
