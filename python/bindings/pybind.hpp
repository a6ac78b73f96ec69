#pragma once
/** The only door to pybind11. Every file of the bindings includes it first, so that all of them know the same conversions.

  pybind11/chrono.h stays outside: it reads dates through the local time zone and shifts them by a day east of Greenwich.
*/
#include <pybind11/native_enum.h>
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

namespace py = pybind11;
using namespace pybind11::literals;

#include "casters.hpp"
