#pragma once

/** What tests say about findings. */

#include <attain/core/finding.hpp>
#include <attain/model/validate.hpp>

#include "support/catch.hpp"

#include <string>
#include <vector>

namespace attain::test {

/// One line for each, for messages and comparison.
inline std::string lines_of(const std::vector<finding>& found) {
  std::string text;
  for (const finding& f : found) text += to_string(f) + "\n";
  return text;
}

/// The only finding of a specification; fails the test unless there is exactly one.
inline finding only_finding(const programme_spec& spec) {
  const std::vector<finding> found = validate(spec);
  INFO(lines_of(found));
  REQUIRE(found.size() == 1);
  return found.front();
}

}  // namespace attain::test
