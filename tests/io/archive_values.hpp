#pragma once

/** One of everything that a snapshot can hold, and whether what comes back is the same. */

#include <attain/engine/evaluate.hpp>
#include <attain/io/archive.hpp>
#include <attain/ledger/ledger.hpp>
#include <attain/model/built_in_methods.hpp>

#include "support/builders.hpp"
#include "support/observations.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attain::test {

inline constexpr io::snapshot_form both_forms[] = {io::snapshot_form::binary, io::snapshot_form::text};

/// A programme with something of every kind, and a method and rules of its own.
inline programme archived_programme() {
  programme_spec spec = city();
  spec.indicators[in_city::score] = increment("score", "分");  // instead of a function of the user
  spec.name = "南昌 \"quoted\" 2021";
  spec.note = "two\nlines and a canary: <script>=cmd'); DROP";
  method_spec own = time_proportional();
  own.name = "own";
  own.version = 3;
  spec.methods = {own};
  spec.method = "own@3";
  spec.projects[0].roll_up.rules = {{.name = "late", .effect = rule_effect::ceiling, .of = {"1.1"}, .score = 0.5}};
  spec.projects[1].responsible = {"office", "bureau"};
  return programme(std::move(spec));
}

inline ledger archived_ledger() {
  ledger book;
  book.append(report("lifts", "south", "2021-01", 40, "2021-02-05"));
  observation keyed = report("lifts", "west", "2021-01", 9, "2021-02-06");
  keyed.key = "k1";
  keyed.author = "office";
  keyed.source = "https://example.org/1";
  keyed.evidence = "photograph 1";
  keyed.note = "first\nreport";
  book.append(keyed);
  observation interval = report("lifts", "west", "2021-02", 180, "2021-03-05");
  interval.high = 189;
  book.append(interval);
  observation open = report("lifts", "west", "2021-03", 180, "2021-04-05");
  open.high_open = true;
  book.append(open);
  book.append(withdrawal("lifts", "west", "2021-01", "2021-03-07"));
  book.append(without_amount("residents", "west", "2021-01-31", reason::withheld));
  observation women = report("residents", "east", "2021-03-31", 0.1 + 0.2);
  women.dimensions = {{"sex", "f"}};
  book.append(women);
  book.append(report("price", "east", "2021-03-31", 6999.995));
  return book;
}

inline evaluation archived_evaluation() {
  return evaluate(archived_programme(), archived_ledger(),
                  {.as_of = date(2021, 3, 31), .known_at = date(2021, 4, 30), .methods = {"own", "toladata", "global_fund"}});
}

/// Whether the results of one method are the same, and everything that is said about them.
inline bool same_results(const evaluation& a, const evaluation& b) {
  const evaluation_data &x = a.data(), &y = b.data();
  if (a.as_of() != b.as_of() || a.known_at() != b.known_at() || !(a.book() == b.book()) || a.methods() != b.methods())
    return false;
  if (x.cells.size() != y.cells.size() || x.nodes != y.nodes || !(x.weights == y.weights)) return false;
  for (std::size_t cell = 0; cell < x.cells.size(); ++cell) {
    if (!(x.cells[cell] == y.cells[cell])) return false;
  }
  const auto of_a = a.targets(true), of_b = b.targets(true);
  for (std::size_t i = 0; i < of_a.size(); ++i) {
    if (of_a[i].explain().text() != of_b[i].explain().text()) return false;
  }
  return a.root().explain().text() == b.root().explain().text();
}

inline bool same_evaluation(const evaluation& a, const evaluation& b) {
  if (a.plan().programmes().size() != b.plan().programmes().size() || a.methods() != b.methods()) return false;
  for (std::size_t i = 0; i < a.plan().programmes().size(); ++i) {
    if (!(a.plan().programmes()[i] == b.plan().programmes()[i])) return false;
  }
  if (!same_results(a, b) || a.data().others.size() != b.data().others.size()) return false;
  for (std::size_t i = 0; i < a.data().others.size(); ++i) {
    const std::string method = a.methods()[i + 1];
    if (!same_results(a.by(method), b.by(method))) return false;
  }
  return true;
}

/// A snapshot of the kind and form with everything in it.
inline std::string archived(io::snapshot_kind kind, io::snapshot_form form) {
  switch (kind) {
    case io::snapshot_kind::programme:
      return io::to_snapshot(archived_programme(), form);
    case io::snapshot_kind::ledger:
      return io::to_snapshot(archived_ledger(), form);
    case io::snapshot_kind::evaluation:
      return io::to_snapshot(archived_evaluation(), form);
    case io::snapshot_kind::method:
      return io::to_snapshot(*find_method("open_sdg"), form);
  }
  return {};
}

/// Takes a snapshot up, whatever its kind.
inline void take_up(io::snapshot_kind kind, std::string_view bytes) {
  switch (kind) {
    case io::snapshot_kind::programme:
      static_cast<void>(io::from_snapshot<programme>(bytes));
      break;
    case io::snapshot_kind::ledger:
      static_cast<void>(io::from_snapshot<ledger>(bytes));
      break;
    case io::snapshot_kind::evaluation:
      static_cast<void>(io::from_snapshot<evaluation>(bytes));
      break;
    case io::snapshot_kind::method:
      static_cast<void>(io::from_snapshot<method_spec>(bytes));
      break;
  }
}

inline constexpr io::snapshot_kind all_kinds[] = {io::snapshot_kind::programme, io::snapshot_kind::ledger,
                                                  io::snapshot_kind::evaluation, io::snapshot_kind::method};

}  // namespace attain::test
