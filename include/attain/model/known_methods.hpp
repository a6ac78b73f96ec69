#pragma once

/** The names of the methods that may be meant, for what is expected where one is unknown. */

#include <attain/model/built_in_methods.hpp>

#include <algorithm>
#include <span>
#include <string>
#include <vector>

namespace attain::inline v0::detail {

/// `earned_value, germany, … or unsd_2023`: the built-in methods and those given, each once.
inline std::string known_methods(std::span<const method_spec> own) {
  std::vector<std::string> names;
  for (const auto& methods : {built_in_methods(), own})
    for (const method_spec& method : methods) names.push_back(method.name);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  std::string all;
  for (std::size_t i = 0; i < names.size(); ++i) all += (i == 0 ? "" : i + 1 < names.size() ? ", " : " or ") + names[i];
  return all;
}

}  // namespace attain::inline v0::detail
