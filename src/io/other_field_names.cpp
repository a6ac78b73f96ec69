#include "other_field_names.hpp"

#include <attain/core/suggestion.hpp>
#include <attain/io/impl/field_suggestion.hpp>

#include <algorithm>
#include <vector>

namespace attain::inline v0::io::detail {

std::string did_you_mean_field(std::string_view name, std::span<const std::string_view> known) {
  std::string plain(name);  // as people write headings: "Reported on", "Due date"
  std::ranges::transform(plain, plain.begin(), [](char c) {
    return c == ' ' ? '_' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  });
  std::vector<std::string> meant;
  if (std::ranges::find(known, plain) != known.end()) meant.push_back(plain);
  for (const auto& [other, field] : other_field_names)
    if (other == plain && std::ranges::find(known, field) != known.end()) meant.emplace_back(field);
  if (!meant.empty()) return "; did you mean " + attain::detail::any_of(meant) + "?";
  return attain::detail::did_you_mean(name, std::vector<std::string>(known.begin(), known.end()));
}

}  // namespace attain::inline v0::io::detail
