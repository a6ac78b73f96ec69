/** Trackers, which keep an evaluation current. */
#include "bind.hpp"
#include "custom.hpp"
#include "plans.hpp"
#include "register.hpp"
#include "rows.hpp"

#include <attain/engine/tracker.hpp>
#include <attain/io/table.hpp>

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

using attain::date;
using attain::evaluation;
using attain::portfolio;
using attain::programme;

using id_and_place = std::pair<std::string, std::string>;

/// What an observation changed, by ids.
struct changes {
  std::vector<id_and_place> targets;
  std::vector<id_and_place> projects;
};

/// A tracker, and the programmes whose ids it speaks of.
class named_tracker {
 public:
  named_tracker(portfolio plan, attain::ledger book, attain::evaluate_options options)
      : plan_(plan), tracker_(std::move(plan), std::move(book), std::move(options)) {}

  /// Calls `work(tracker)` without the GIL, one call after the other, whatever threads they come from.
  template <class Work>
  auto alone(Work&& work) {
    if (at_work_ == std::this_thread::get_id()) throw py::value_error("a function that a tracker calls cannot use the tracker");
    const py::gil_scoped_release released;
    const std::lock_guard turn(one_at_a_time_);
    struct worker {
      explicit worker(std::atomic<std::thread::id>& of) : at_work(of) { at_work = std::this_thread::get_id(); }
      ~worker() { at_work = std::thread::id(); }
      std::atomic<std::thread::id>& at_work;
    } const here(at_work_);
    return work(tracker_);
  }

  changes apply(const attain::io::table& row) {
    return alone([&](attain::tracker& tracker) {
      attain::ledger one;
      const auto all = plan_.programmes();
      append_table(one, row, all.size() == 1 ? &all[0] : nullptr);
      return named(tracker.apply(one.observations().front()));
    });
  }

 private:
  changes named(const attain::tracked_changes& changed) const {
    changes made;
    const attain::compiled& from = tracker_.compiled();
    for (const std::uint32_t cell : changed.cells) {
      const attain::target_plan& target = from.cells.targets[from.cells.target_of[cell]];
      const programme& plan = plan_.programmes()[target.programme];
      made.targets.emplace_back(full_id(plan, plan.targets()[target.target].spec->id), plan.places()[from.cells.place[cell]].id);
    }
    for (const std::uint32_t node : changed.nodes) {
      const auto& first = from.nodes.first_plan;
      const auto after = std::upper_bound(first.begin(), first.end(), from.nodes.plan[node]);
      const auto number = static_cast<std::size_t>(after - first.begin()) - 1;
      const programme& plan = plan_.programmes()[number];
      const attain::project_spec* project = plan.nodes()[from.nodes.plan[node] - first[number]].spec;
      made.projects.emplace_back(project == nullptr ? plan.id() : full_id(plan, project->id), plan.places()[from.nodes.place[node]].id);
    }
    return made;
  }

  std::string full_id(const programme& plan, const std::string& id) const {
    return plan_.programmes().size() == 1 ? id : plan.id() + "/" + id;
  }

  portfolio plan_;
  attain::tracker tracker_;
  std::mutex one_at_a_time_;
  std::atomic<std::thread::id> at_work_{};
};

date as_of(named_tracker& t) {
  return t.alone([](const attain::tracker& tracker) { return tracker.as_of(); });
}

}  // namespace

void register_tracker(py::module_& m) {
  py::class_<changes> changed(m, "Changes", "What an observation changed.");
  set_public_class(changed);
  changed.def_readonly("targets", &changes::targets, "Targets that were judged anew, as (id, place).")
      .def_readonly("projects", &changes::projects, "Projects that were rolled up anew, as (id, place).")
      .def("__repr__", [](const changes& c) {
        return "<attain.Changes: " + std::to_string(c.targets.size()) + " of targets, " + std::to_string(c.projects.size()) + " of projects>";
      });

  py::class_<named_tracker> bound(m, "Tracker", R"(Keeps an evaluation current while observations arrive.

An observation touches its target and what is above it, nothing else; what comes out is the same, to the last bit, as a full run over
the longer ledger.

Parameters
----------
plan, book, as_of, known_at
    As for :func:`attain.evaluate`. The ledger that is given stays as it is.
)");
  set_public_class(bound);
  bound
      .def(py::init([](const plan_like& plan, const attain::ledger& book, date as_of, std::optional<date> known_at,
                       const py::object& methods, const py::object& aggregators, const py::object& formulas) {
             portfolio all = portfolio_of(plan);
             attain::evaluate_options options{as_of, known_at, custom_functions_of(methods, aggregators, formulas)};
             attain::ledger said = book;  // another thread may append meanwhile
             const py::gil_scoped_release released;
             return std::make_unique<named_tracker>(std::move(all), std::move(said), std::move(options));
           }),
           "plan"_a, "book"_a, py::kw_only(), "as_of"_a, "known_at"_a = py::none(), "methods"_a = py::none(),
           "aggregators"_a = py::none(), "formulas"_a = py::none())
      .def_property_readonly("as_of", [](named_tracker& t) { return as_of(t); }, "What had happened at the close of this day.")
      .def_property_readonly(
          "book", [](named_tracker& t) { return t.alone([](const attain::tracker& tracker) { return tracker.book(); }); },
          "The ledger with what was applied.")
      .def(
          "apply",
          [](named_tracker& t, const typed<"attain.specs.Observation">& entry) {
            const attain::io::table row = table_of_rows(py::make_tuple(entry));
            return t.apply(row);
          },
          "entry"_a, R"(Appends an entry, with the columns of observations.csv as keys, and brings everything above it up to date.

Raises
------
InvalidInput, LedgerConflict
    As :meth:`Ledger.append` does; then nothing has changed.
)")
      .def("snapshot", [](named_tracker& t) { return t.alone([](const attain::tracker& tracker) { return tracker.snapshot(); }); },
           "The current state as an evaluation of its own; costs a full run.")
      .def(
          "move_to", [](named_tracker& t, date as_of) { t.alone([&](attain::tracker& tracker) { tracker.move_to(as_of); }); }, "as_of"_a,
          "Moves the as-of day; costs a full run.")
      .def("__repr__", [](named_tracker& t) { return "<attain.Tracker as of " + to_string(as_of(t)) + ">"; });
}
