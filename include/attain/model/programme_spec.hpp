#pragma once
/** The list as plain data that may be wrong: places, indicators, projects with targets, defaults and method.

  `validate` says everything that is wrong with one; a `programme` is made from one that is right.
*/
#include <attain/model/indicator.hpp>
#include <attain/model/method.hpp>
#include <attain/model/place.hpp>
#include <attain/model/project.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace attain::inline v0 {

inline constexpr std::uint32_t none = 0xFFFFFFFFu;  ///< "no index"
inline constexpr std::uint32_t max_depth = 64;      ///< projects and places nest this deep and no deeper
/// Periods of one target that are judged each: 273 years of days. Each has a reading of its own, at every place.
inline constexpr int max_periods = 100'000;

/// What a programme may declare differently (rules D1 and D3).
struct defaults_spec {
  double minimum_coverage_of_reading = 0.6;
  double minimum_coverage_of_node = 0.6;
  int allowed_failed_periods = 0;
  double score_cap = 1;                  ///< of attainment in a roll-up (rule U1)
  double too_early_below = 0.05;         ///< no pace below this expected share (rule P2)

  friend bool operator==(const defaults_spec&, const defaults_spec&) = default;
};

struct programme_spec {
  std::string id{};
  std::string name{};
  std::string source{};
  std::string note{};
  std::optional<period> window{};
  std::string method = "time_proportional";  ///< built-in or of `methods`, `NAME` or `NAME@VERSION`; or `custom:NAME@VERSION`
  std::vector<method_spec> methods{};    ///< its own ways of judging
  defaults_spec defaults{};
  roll_up_spec roll_up{};                ///< of the root
  std::vector<place_spec> places{};      ///< none: one place, "all"
  std::vector<indicator_spec> indicators{};
  std::vector<project_spec> projects{};

  friend bool operator==(const programme_spec&, const programme_spec&) = default;
};

}  // namespace attain::inline v0
