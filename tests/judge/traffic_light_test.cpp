#include <attain/judge/traffic_light.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

using namespace attain;

TEST_CASE("the bands of every published rule cover the line in order", "[judge][traffic_light]") {
  for (const light_rule& rule : light_rules()) {
    CAPTURE(rule.name);
    CHECK(std::is_sorted(rule.bands.begin(), rule.bands.end(),
                         [](const light_band& a, const light_band& b) { return a.end < b.end; }));
    CHECK(std::isinf(rule.bands.back().end));
    CHECK(find_light_rule(rule.name) == &rule);
    CHECK_FALSE(rule.source.empty());
    for (const light_band& band : rule.bands) CHECK((band.stated || band.shows == light::amber));
  }
  CHECK(std::is_sorted(light_rules().begin(), light_rules().end(),
                       [](const light_rule& a, const light_rule& b) { return a.name < b.name; }));
  CHECK(find_light_rule("fema") == nullptr);
}

TEST_CASE("a value in a gap of a published rule says so", "[judge][traffic_light]") {
  const light_rule& rule = *find_light_rule("points_25");
  CHECK(light_of(rule, 25) == shown_light{light::amber, false});
  CHECK(light_of(rule, 24) == shown_light{light::amber, true});
  CHECK(light_of(rule, 25.5) == shown_light{light::red, true});
}

TEST_CASE("of two figures the worst light shows", "[judge][traffic_light]") {
  const std::vector<answer<double>> figures{1.0, 1.2};
  CHECK(light_of(*find_light_rule("fema_mip"), figures)->shows == light::red);
  const std::vector<answer<double>> none_of_one{1.0, reason::denominator_zero};
  CHECK(light_of(*find_light_rule("fema_mip"), none_of_one) == reason::denominator_zero);
}

TEST_CASE("a whole takes its light from the share of green parts", "[judge][traffic_light]") {
  std::vector<light> parts(10, light::green);
  CHECK(*light_by_share_green(parts) == light::green);
  parts[0] = light::red;
  CHECK(*light_by_share_green(parts) == light::amber);
  CHECK(*worst_light(parts) == light::red);
  parts[1] = parts[2] = light::amber;
  CHECK(*light_by_share_green(parts) == light::red);
  CHECK(light_by_share_green({}) == reason::no_observation);
}

TEST_CASE("a container's gauge is the last of its children's", "[judge][traffic_light]") {
  CHECK(gauge_of(0.3 - 0.2, 0.1) == gauge::on_schedule);
  CHECK(gauge_of(reason::no_observation, 0.1) == gauge::unknown);
  const std::vector<gauge> parts{gauge::ahead, gauge::behind, gauge::on_schedule};
  CHECK(roll_up_gauges(parts) == gauge::behind);
  CHECK(roll_up_gauges({}) == gauge::unknown);
}
