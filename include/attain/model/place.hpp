#pragma once
/** A node of the area tree: country, province, city, county. */
#include <string>

namespace attain::inline v0 {

struct place_spec {
  std::string id{};
  std::string name{};
  std::string within{};      ///< id of the parent; empty for the root
  double weight = 1;         ///< in the covered share of places where there are no quotas (rule R8)

  friend bool operator==(const place_spec&, const place_spec&) = default;
};

}  // namespace attain::inline v0
