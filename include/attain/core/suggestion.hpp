#pragma once

/** What may have been meant by a name that is none: the end of a message, and what was expected.

  Names come escaped and cut, as in every message. Nothing here throws except for lack of memory.
*/

#include <attain/core/config.hpp>
#include <attain/core/id.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0::detail {

/// So many names are listed in full where one of them is expected.
inline constexpr std::size_t few_names = 12;

/// `"a", "b" or "c"`; nothing without names.
std::string any_of(std::span<const std::string> names);

/// The end of a message: `; did you mean "a" or "b"?`, or nothing if no known name resembles @p wanted.
std::string did_you_mean(std::string_view wanted, std::span<const std::string> known);

/// The same of what has an id and a name: the ids of those that are called so, else those that resemble it.
template <class Specs>
std::string did_you_mean_one_of(std::string_view wanted, const Specs& specs) {
  const std::string key = confusable_key(wanted);
  std::vector<std::string> ids;
  std::vector<std::string> called;
  for (const auto& spec : specs) {
    ids.emplace_back(spec.id);
    if (!spec.name.empty() && confusable_key(spec.name) == key) called.emplace_back(spec.id);
  }
  return called.empty() ? did_you_mean(wanted, ids) : "; did you mean " + any_of(called) + "?";
}

/// What is expected where one of @p known is: all of them if they are few, else @p otherwise.
std::string any_of_few(std::span<const std::string> known, std::string_view otherwise);

}  // namespace attain::inline v0::detail

#ifndef ATTAIN_COMPILED
#include <attain/core/impl/suggestion.ipp>
#endif
