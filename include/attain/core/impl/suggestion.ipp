#pragma once

#include <attain/core/suggestion.hpp>

#include <attain/core/error.hpp>
#include <attain/core/id.hpp>

#include <vector>

namespace attain::inline v0::detail {

ATTAIN_INLINE std::string any_of(std::span<const std::string> names) {
  std::string all;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) all += i + 1 < names.size() ? ", " : " or ";
    all.append("\"").append(escaped_excerpt(names[i])).append("\"");
  }
  return all;
}

ATTAIN_INLINE std::string did_you_mean(std::string_view wanted, std::span<const std::string> known) {
  const std::vector<std::string> near = nearest_ids(wanted, known);
  return near.empty() ? std::string{} : "; did you mean " + any_of(near) + "?";
}

ATTAIN_INLINE std::string any_of_few(std::span<const std::string> known, std::string_view otherwise) {
  return known.empty() || known.size() > few_names ? std::string(otherwise) : any_of(known);
}

}  // namespace attain::inline v0::detail
