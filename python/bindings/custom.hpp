#pragma once
/** Functions of the user in Python, as the engine calls them. */
#include "bind.hpp"

#include <attain/core/progress.hpp>
#include <attain/engine/custom.hpp>

#include <memory>

/** What an evaluation's options supply, from dictionaries by NAME@VERSION; null if all are empty.

  The engine may copy and drop the functions on any thread and without the GIL: they hold their Python half through a shared pointer
  that takes the GIL to let go of it, and take the GIL while they run. What they raise reaches the caller of `evaluate`.
*/
std::shared_ptr<const attain::custom_functions> custom_functions_of(const py::object& methods, const py::object& aggregators,
                                                                    const py::object& formulas);

using progress_like = typed<"collections.abc.Callable[[str, float], object] | None">;

/// Tells a function of Python, kept in the same way; none for None. What it raises, a KeyboardInterrupt too, stops the work.
attain::progress_function progress_function_of(const progress_like& told);
