#pragma once
/** A way of judging as canonical JSON: a file of its own, or an element of a programme's `methods`. */
#include "json_text.hpp"

#include <attain/model/method.hpp>

namespace attain::inline v0::io::detail {

/// A state or band list that does not exist is a problem of @p out.
void write_method(json_text& out, const method_spec& method, bool is_file);

}  // namespace attain::inline v0::io::detail
