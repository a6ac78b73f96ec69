#pragma once
/** Everything that is wrong with a way of judging, and what a programme lacks to be judged by it.

  `where` of a finding is the JSON pointer of the value in a method file (docs/methods/README.md). All findings come at once.
  Nothing is thrown.
*/
#include <attain/core/config.hpp>
#include <attain/core/finding.hpp>
#include <attain/model/method.hpp>
#include <attain/model/programme_spec.hpp>

#include <vector>

namespace attain::inline v0 {

/** States, rules and bands that cannot be meant: gaps, overlaps, edges out of order, what nothing can reach, unknown states, and
    a last rule that leaves some cells undecided. */
std::vector<finding> validate_method(const method_spec& method);

/** The targets of a programme that lack what the quantities of a method need, with what to change (`method_needs_more`): errors if
    the method can judge none, else warnings, since such a target stays without an answer and the others have theirs (rule S11h). */
std::vector<finding> needs_of_method(const method_spec& method, const programme_spec& plan);

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/model/impl/validate_method.ipp>
#endif
