#pragma once
/** A way of judging, as versioned data (rules S): states, ordered rules over facts, and bands over a quantity.

  The first rule whose facts all hold decides. It gives a state, or no answer, or looks a quantity up in a band list.
  `judge/method.hpp` holds the built-in ones and what interprets them.
*/
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace attain::inline v0 {

/// What a rule may ask of a judged cell; the numbers are those of section S.
enum class fact : std::uint16_t {
  not_applicable = 1u << 0,       ///< S1: withdrawn, or no goal here
  before_start = 1u << 1,         ///< S2
  reached_for_good = 1u << 2,     ///< S3: proven, and cannot be lost
  out_of_reach = 1u << 3,         ///< S4: cannot be met any more
  due = 1u << 4,                  ///< S5: as-of at or after due
  covers_due = 1u << 5,           ///< S5: the data decide the due day
  reached = 1u << 6,              ///< B2, as the reading stands
  nothing_expected = 1u << 7,     ///< S6
  unreadable = 1u << 8,           ///< S7: no usable reading, or stale
  reached_reversibly = 1u << 9,   ///< S8
  hold = 1u << 10,                ///< S9
  without_attainment = 1u << 11,  ///< S10
};

/// The quantity that bands cut.
enum class quantity : std::uint8_t { gap, attainment, pace };

/// What a state means to the nodes above, whatever a method calls it.
enum class role : std::uint8_t { met, on_track, at_risk, behind, missed, not_due };

struct state_spec {
  std::string name{};
  attain::role role = role::on_track;

  friend bool operator==(const state_spec&, const state_spec&) = default;
};

/// At and above `edge` (above it only, if open) the band holds; bands are listed from the top down.
struct band_spec {
  double edge = 0;
  bool closed = true;
  std::size_t state = 0;

  friend bool operator==(const band_spec&, const band_spec&) = default;
};

struct band_list {
  attain::quantity quantity = quantity::gap;
  std::vector<band_spec> bands{};
  std::size_t below = 0;                 ///< state under the last edge, and where the quantity has no answer

  friend bool operator==(const band_list&, const band_list&) = default;
};

enum class outcome : std::uint8_t { state, no_answer, bands };

struct method_rule {
  std::string name{};                    ///< e.g. S3, shown by explain
  std::uint16_t facts = 0;               ///< all of these hold
  attain::outcome outcome = outcome::state;
  std::size_t index = 0;                 ///< of the state or of the band list

  friend bool operator==(const method_rule&, const method_rule&) = default;
};

struct method_spec {
  std::string name{};
  int version = 1;
  std::string source{};
  std::vector<state_spec> states{};
  std::vector<method_rule> rules{};
  std::vector<band_list> band_lists{};
  std::size_t node_bands = 0;            ///< band list applied to the means of a node
  std::size_t ceiling = 0;               ///< state that a failing child or hold caps a node at

  friend bool operator==(const method_spec&, const method_spec&) = default;
};

/// The facts as a bit set.
template <class... Facts>
constexpr std::uint16_t all_of(Facts... facts) noexcept {
  return static_cast<std::uint16_t>((0u | ... | static_cast<unsigned>(facts)));
}


}  // namespace attain::inline v0
