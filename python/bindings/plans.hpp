#pragma once
/** What may stand where a plan is wanted. */
#include "bind.hpp"

#include <attain/model/portfolio.hpp>

#include <vector>

using plan_like = typed<"Programme | Portfolio | list[Programme]">;

inline attain::portfolio portfolio_of(const py::object& plan) {
  if (py::isinstance<attain::programme>(plan)) return plan.cast<attain::programme>();
  if (py::isinstance<attain::portfolio>(plan)) return plan.cast<attain::portfolio>();
  py::detail::make_caster<std::vector<attain::programme>> several;
  if (!several.load(plan, true)) throw py::type_error("a plan is a programme, a portfolio or a list of programmes");
  return attain::portfolio(py::detail::cast_op<std::vector<attain::programme>>(std::move(several)));
}

/// A portfolio as users made it: the programme itself if it is one.
inline typed<"Programme | Portfolio"> plan_object(const attain::portfolio& plan) {
  const auto all = plan.programmes();
  return py::object(all.size() == 1 ? py::cast(all[0]) : py::cast(plan));
}
