#pragma once
/** What may stand where a plan is wanted. */
#include "bind.hpp"

#include <attain/model/portfolio.hpp>

#include <vector>

using plan_like = typed<"Programme | Portfolio | list[Programme]">;

inline attain::portfolio portfolio_of(const py::object& plan) {
  if (py::isinstance<attain::programme>(plan)) return plan.cast<attain::programme>();
  if (py::isinstance<attain::portfolio>(plan)) return plan.cast<attain::portfolio>();
  return attain::portfolio(plan.cast<std::vector<attain::programme>>());
}
