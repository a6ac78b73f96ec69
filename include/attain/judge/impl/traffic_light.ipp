#pragma once

#include <attain/judge/traffic_light.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace attain::inline v0 {
namespace detail {

inline constexpr double endless = std::numeric_limits<double>::infinity();

inline std::vector<light_rule> made_light_rules() {
  using enum light;
  const light_band gap_to_085{0.85, false, amber, false};
  const light_band gap_to_095{0.95, false, amber, false};
  return {
      {.name = "cpi_130",
       .source = "stoplightchart.com",
       .figure = light_figure::cost_index,
       .bands = {{1, false, red}, {1.3, true, amber}, {endless, true, green}}},
      {.name = "eac_105",
       .source = "slideplayer.com 14980917, programme metrics",
       .figure = light_figure::estimate_share,
       .bands = {{1, true, green}, {1.05, true, amber}, {endless, true, red}},
       .roll_up = light_roll_up::share_green},
      {.name = "easyprojects",
       .source = "Easy Projects help; an index of exactly 1 is not stated",
       .figure = light_figure::indices,
       .bands = {{1, false, amber}, {1, true, amber, false}, {endless, true, green}},
       .pairing = light_pairing::count,
       .roll_up = light_roll_up::worst},
      {.name = "fema_mip",
       .source = "FEMA MIP dashboard FAQ; far ahead is a warning about the plan",
       .figure = light_figure::indices,
       .bands = {{0.90, false, red}, {0.95, false, amber}, {1.05, true, green}, {1.10, true, amber}, {endless, true, red}},
       .roll_up = light_roll_up::sum_first},
      {.name = "points_20",
       .source = "Planning Planet forum 1005641; \"about 10 behind\" leaves 0 to 10 and 10 to 20 open",
       .figure = light_figure::points_behind,
       .bands = {{0, true, green}, {10, false, amber, false}, {10, true, amber}, {20, true, amber, false}, {endless, true, red}}},
      {.name = "points_25",
       .source = "Telescope docs; exactly 25 behind is not stated",
       .figure = light_figure::points_behind,
       .bands = {{0, true, green}, {25, false, amber}, {25, true, amber, false}, {endless, true, red}}},
      {.name = "spi_cpi_95_85",
       .source = "\"Understanding EVA V2\", scribd 627123060; printed to two decimals, so 0.84 to 0.85 and 0.94 to 0.95 are open",
       .figure = light_figure::indices,
       .bands = {{0.84, true, red}, gap_to_085, {0.94, true, amber}, gap_to_095, {endless, true, green}}},
  };
}

}  // namespace detail

ATTAIN_INLINE std::span<const light_rule> light_rules() {
  static const std::vector<light_rule> rules = detail::made_light_rules();
  return rules;
}

ATTAIN_INLINE const light_rule* find_light_rule(std::string_view name) {
  const auto rules = light_rules();
  const auto found = std::find_if(rules.begin(), rules.end(), [&](const light_rule& r) { return r.name == name; });
  return found == rules.end() ? nullptr : &*found;
}

ATTAIN_INLINE light_rule camms_rule(double on_track, double off_track) {
  return {.name = "camms",
          .source = "Camms Strategy docs; both figures are the user's",
          .figure = light_figure::period_percent,
          .bands = {{off_track, false, light::red}, {on_track, false, light::amber}, {detail::endless, true, light::green}}};
}

ATTAIN_INLINE shown_light light_of(const light_rule& rule, double value) noexcept {
  for (const light_band& band : rule.bands) {
    const double hair = std::isinf(band.end) ? 0 : 1e-9 * std::abs(band.end);
    if (band.end_inside ? value <= band.end + hair : value < band.end - hair) return {band.shows, band.stated};
  }
  return {rule.bands.back().shows, rule.bands.back().stated};
}

ATTAIN_INLINE answer<shown_light> light_of(const light_rule& rule, std::span<const answer<double>> figures) {
  shown_light all;
  int not_green = 0;
  for (const answer<double>& figure : figures) {
    if (!figure.has_value()) return figure.why();
    const shown_light one = light_of(rule, *figure);
    not_green += one.shows == light::green ? 0 : 1;
    all.shows = (std::max)(all.shows, one.shows);
    all.stated = all.stated && one.stated;
  }
  if (figures.empty()) return reason::no_observation;
  if (rule.pairing == light_pairing::count) {
    all.shows = not_green == 0 ? light::green : not_green < static_cast<int>(figures.size()) ? light::amber : light::red;
  }
  return all;
}

ATTAIN_INLINE answer<light> light_by_share_green(std::span<const light> parts) {
  if (parts.empty()) return reason::no_observation;
  const auto green = static_cast<std::size_t>(std::count(parts.begin(), parts.end(), light::green));
  if (10 * green < 8 * parts.size()) return light::red;
  return 10 * green > 9 * parts.size() ? light::green : light::amber;
}

ATTAIN_INLINE answer<light> worst_light(std::span<const light> parts) {
  if (parts.empty()) return reason::no_observation;
  return *std::max_element(parts.begin(), parts.end());
}

ATTAIN_INLINE gauge gauge_of(const answer<double>& reported, const answer<double>& computed) noexcept {
  if (!reported.has_value() || !computed.has_value()) return gauge::unknown;
  const double hair = 1e-9 * std::abs(*computed);
  if (*reported > *computed + hair) return gauge::ahead;
  return *reported < *computed - hair ? gauge::behind : gauge::on_schedule;
}

ATTAIN_INLINE gauge roll_up_gauges(std::span<const gauge> parts) noexcept {
  return parts.empty() ? gauge::unknown : *std::max_element(parts.begin(), parts.end());
}

ATTAIN_INLINE std::string_view to_string(light one) noexcept {
  static constexpr std::string_view words[] = {"green", "amber", "red"};
  return words[static_cast<std::size_t>(one)];
}

ATTAIN_INLINE std::string_view to_string(gauge one) noexcept {
  static constexpr std::string_view words[] = {"on_schedule", "ahead", "behind", "unknown"};
  return words[static_cast<std::size_t>(one)];
}

}  // namespace attain::inline v0
