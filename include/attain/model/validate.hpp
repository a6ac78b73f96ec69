#pragma once
/** Every finding of a programme at once: errors, which refuse it, and warnings, which are kept.

  `where` is the JSON pointer of the offending field, so that a programme made in code and one read from a file are described alike.
*/
#include <attain/core/config.hpp>
#include <attain/core/finding.hpp>
#include <attain/model/programme_spec.hpp>

#include <vector>

namespace attain::inline v0 {

/// All findings, in the order of the text; beyond 50,000 errors or as many warnings their number, as a note. Never throws.
std::vector<finding> validate(const programme_spec& spec);

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/model/impl/validate.ipp>
#endif
