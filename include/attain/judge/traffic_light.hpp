#pragma once

/** Published traffic-light rules over earned-value figures, as data. Each is one organisation's, none is a standard.

  A rule cuts a quantity into bands that together cover the line. Several of the published ones leave gaps: such a band shows amber,
  since their green and red are stated, and is marked as not stated. Figures without an answer show no light.
*/

#include <attain/core/answer.hpp>
#include <attain/core/config.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace attain::inline v0 {

enum class light : std::uint8_t { green, amber, red };

/// What a rule looks at; where it is two figures, both in this order.
enum class light_figure : std::uint8_t {
  indices,         ///< SPI and CPI
  cost_index,      ///< CPI
  points_behind,   ///< planned − actual completion, in percentage points
  estimate_share,  ///< EAC / baseline
  period_percent,  ///< actual completion / period target, in percent
};

/// From the end of the band before it up to `end`; the last band ends at infinity.
struct light_band {
  double end = 0;
  bool end_inside = false;
  light shows = light::green;
  bool stated = true;  ///< false: the publisher does not say what holds here
};

/// How the lights of two figures become one: the worst; or amber for one that is not green and red for both.
enum class light_pairing : std::uint8_t { worst, count };

/// How the lights of parts become that of the whole.
enum class light_roll_up : std::uint8_t { unsaid, worst, sum_first, share_green };

struct light_rule {
  std::string name{};
  std::string source{};
  light_figure figure = light_figure::indices;
  std::vector<light_band> bands{};
  light_pairing pairing = light_pairing::worst;
  light_roll_up roll_up = light_roll_up::unsaid;
};

struct shown_light {
  light shows = light::green;
  bool stated = true;  ///< false: in a gap of the published rule
  friend bool operator==(const shown_light&, const shown_light&) = default;
};

/// The rules, in alphabetical order: cpi_130, eac_105, easyprojects, fema_mip, points_20, points_25, spi_cpi_95_85.
std::span<const light_rule> light_rules();
/// None if there is no rule of that name.
const light_rule* find_light_rule(std::string_view name);
/// The configurable rule of Camms Strategy: green from one figure on, red below another.
light_rule camms_rule(double on_track, double off_track);

/// The light of one value; an edge is compared with tolerance 1e-9·|edge| (rule B2).
shown_light light_of(const light_rule& rule, double value) noexcept;
/// The light of all figures of a rule; a figure without an answer gives its reason.
answer<shown_light> light_of(const light_rule& rule, std::span<const answer<double>> figures);

/// The whole from its parts: red below 80 % green, green above 90 %, amber between (rule eac_105); no parts: `no_observation`.
answer<light> light_by_share_green(std::span<const light> parts);
answer<light> worst_light(std::span<const light> parts);

/// TaskJuggler's gauge, reported completion against the one computed from today; of several the one that comes last here.
enum class gauge : std::uint8_t { on_schedule, ahead, behind, unknown };
gauge gauge_of(const answer<double>& reported, const answer<double>& computed) noexcept;
gauge roll_up_gauges(std::span<const gauge> parts) noexcept;

std::string_view to_string(light one) noexcept;
std::string_view to_string(gauge one) noexcept;

}  // namespace attain::inline v0

#ifndef ATTAIN_COMPILED
#include <attain/judge/impl/traffic_light.ipp>
#endif
