#pragma once

#include <attain/core/error.hpp>

#include <cassert>
#include <utility>

namespace attain::inline v0 {

namespace detail {

ATTAIN_INLINE std::string lines_of(const std::vector<finding>& findings) {
  constexpr std::size_t shown = 20;
  std::string lines;
  for (std::size_t i = 0; i < findings.size() && i < shown; ++i) {
    if (i > 0) lines += '\n';
    lines += to_string(findings[i]);
  }
  if (findings.size() > shown) lines += "\n… and " + std::to_string(findings.size() - shown) + " more";
  return lines;
}

ATTAIN_INLINE finding no_such_id(const std::string& kind, const std::string& id, const std::vector<std::string>& nearest,
                                 std::string_view rather) {
  std::string expected;
  for (const auto& candidate : nearest) {
    expected += expected.empty() ? "one of the existing ids, perhaps " : ", ";
    expected += escaped_excerpt(candidate);
  }
  return {severity::error, code::unknown_id, {}, escaped_excerpt(id), std::move(expected),
          "there is no such " + kind + (rather.empty() ? "" : "; " + std::string(rather))};
}

}  // namespace detail

ATTAIN_INLINE error::error(std::vector<finding> findings)
    : std::runtime_error(detail::lines_of(findings)),
      findings_(std::make_shared<const std::vector<finding>>(std::move(findings))) {
  assert(!findings_->empty());
}

ATTAIN_INLINE error::error(finding only) : error(std::vector<finding>{std::move(only)}) {}

ATTAIN_INLINE unknown_id::unknown_id(std::string kind, std::string id, std::vector<std::string> nearest, std::string_view rather)
    : error(detail::no_such_id(kind, id, nearest, rather)),
      looked_up_(std::make_shared<const look_up>(look_up{std::move(kind), std::move(id), std::move(nearest)})) {}

}  // namespace attain::inline v0
