#pragma once
/** One promise: an indicator, an aim, a window, a trajectory and a weight, optionally with quotas by place. */
#include <attain/core/date.hpp>
#include <attain/core/period.hpp>
#include <attain/model/aim.hpp>
#include <attain/model/trajectory.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace attain::inline v0 {

/// The goal of one place (rule R9).
struct quota_spec {
  std::string place{};
  double goal = 0;
  std::optional<double> baseline{};

  friend bool operator==(const quota_spec&, const quota_spec&) = default;
};

/** A row of a target's history: what was promised from `recorded` on (rule T1).

  What a row leaves out is as the present row of the target has it.
*/
struct target_row {
  std::optional<date> recorded{};
  std::string author{};
  std::string reason{};
  std::optional<attain::aim> aim{};
  std::optional<double> baseline{};
  std::optional<double> weight{};
  std::optional<period> window{};
  std::optional<std::vector<quota_spec>> quotas{};

  friend bool operator==(const target_row&, const target_row&) = default;
};

/// The same promise in other words (提高5元, 达到115元): one target, two ids (rule U4).
struct alias_spec {
  std::string id{};
  std::optional<attain::aim> aim{};
  std::string text{};

  friend bool operator==(const alias_spec&, const alias_spec&) = default;
};

/// How a target belongs to another one; it then has weight 0 unless given one (rule U4).
enum class belonging : std::uint8_t { none, part, attribute, input };

struct target_spec {
  std::string id{};
  std::string name{};
  std::string indicator{};
  std::optional<attain::aim> aim{};              ///< none: a reading only
  std::string place{};                           ///< empty: the root place
  std::vector<quota_spec> quotas{};
  std::optional<attain::cadence> cadence{};      ///< none: `by`, and for ratios rule A2
  std::optional<hold_judging> judged{};
  std::optional<int> allowed_failed_periods{};
  std::optional<period> window{};                ///< else the project's
  std::optional<double> baseline{};
  attain::trajectory trajectory{};
  bool standard = false;                         ///< a standard to be raised (rule F3)
  bool open_group = false;                       ///< rule A8
  std::optional<double> weight{};

  belonging belongs = belonging::none;
  std::string belongs_to{};                      ///< id of the target it is part, attribute or input of
  bool partition = false;                        ///< its parts add up to it and stand in for it
  std::vector<alias_spec> aliases{};
  std::vector<std::pair<std::string, std::string>> disaggregation{};

  bool withdrawn = false;
  std::optional<date> withdrawn_on{};            ///< known from this day on; none: always
  std::string withdrawn_reason{};

  std::optional<date> recorded{};                ///< when the present row was written; none: always
  std::string author{};
  std::string reason{};
  std::vector<target_row> history{};             ///< oldest first

  std::string text{};                            ///< the published clause
  std::string note{};
  std::string source{};

  friend bool operator==(const target_spec&, const target_spec&) = default;
};

}  // namespace attain::inline v0
