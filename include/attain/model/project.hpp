#pragma once
/** One numbered item of a programme: a node that holds targets and, where items are nested, further projects.

  Copying and destroying follow the nesting; readers and `validate` refuse more than `max_depth` levels.
*/
#include <attain/model/roll_up.hpp>
#include <attain/model/target.hpp>

#include <optional>
#include <string>
#include <vector>

namespace attain::inline v0 {

struct project_spec {
  std::string id{};
  std::string name{};
  double weight = 1;
  std::optional<period> window{};        ///< inherited by what is below
  std::optional<date> due{};             ///< declared due day, else the latest of its leaves
  std::vector<std::string> responsible{};
  roll_up_spec roll_up{};
  bool group = false;                    ///< a heading only: the ceiling of a project does not apply
  std::vector<project_spec> projects{};
  std::vector<target_spec> targets{};

  std::string text{};
  std::string note{};
  std::string source{};

  friend bool operator==(const project_spec&, const project_spec&) = default;
};

}  // namespace attain::inline v0
