/** Earned value of the nodes of a programme. */
#include "bind.hpp"
#include "register.hpp"

#include <attain/engine/earned_value.hpp>

void register_earned_value(py::module_& m) {
  using attain::earned_value;
  py::class_<earned_value> bound(m, "EarnedValue", R"(The earned value of one project, group or programme at one place.

What follows from the amounts and the times are answers of :attr:`amounts` and :attr:`time`: ``of.amounts.cost_index``,
``of.time.time_index``.
)");
  set_public_class(bound);
  bound.def_property_readonly("node", &earned_value::node, "The result of the node.")
      .def_property_readonly("amounts", &earned_value::amounts, "Budget, planned, earned and cost, summed over what lies below.")
      .def_property_readonly("time", &earned_value::time,
                             "In days from the start: the planned duration, the earned schedule, and the time passed (once all is earned, until it was).")
      .def_property_readonly("start", &earned_value::start, "First day of the first window below.")
      .def_property_readonly("coverage", &earned_value::coverage, "Share of the due budget that has an answer.")
      .def("explain", &earned_value::explain, "The sums from their parts, and the figures from the sums.")
      .def("__repr__", [](const earned_value& of) { return of.explain().text(); });
  has_no_truth_value(bound, "ask for a figure: of.amounts.schedule_index");
  copies_are_itself(bound);
}
