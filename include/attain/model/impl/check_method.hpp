#pragma once
/** Checks of one way of judging, wherever it stands: in a file of its own or in a programme. */
#include <attain/core/config.hpp>
#include <attain/model/impl/finding_list.hpp>
#include <attain/model/method.hpp>

namespace attain::inline v0::detail {

/// @param where the method as a JSON pointer
void check_method(const method_spec& method, const path& where, finding_list& found);

}  // namespace attain::inline v0::detail

#ifndef ATTAIN_COMPILED
#include <attain/model/impl/check_method.ipp>
#endif
