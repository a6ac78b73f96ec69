#pragma once
/** What a call that fits no signature is told. */
#include "pybind.hpp"

/** Has every function and method of the module say which argument is wrong, and which was perhaps meant.

  pybind11 by itself lists the whole signature and everything that was given. Called when all is registered: each function gets an overload
  that takes anything, is tried last, and raises the TypeError. Calls that fit cost what they did.
*/
void explain_wrong_calls(py::module_& m);
