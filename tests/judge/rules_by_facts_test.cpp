#include <attain/judge/rules_by_facts.hpp>

#include "support/catch.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <tuple>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

std::vector<std::uint8_t> every_third_missing(std::size_t count) {
  std::vector<std::uint8_t> missing(count, 0);
  for (std::size_t i = 0; i < count; i += 3) missing[i] = static_cast<std::uint8_t>(reason::no_observation);
  return missing;
}

auto parts(const verdict& v) { return std::tuple(v.state, v.rule, v.missing, v.measured, v.scored, v.value, v.score); }

/// Nine bands of one quantity, more than any built-in method has.
method_spec with_many_bands() {
  method_spec m;
  m.name = "many";
  m.states.resize(10);
  m.rules = {{"only", 0, outcome::bands, 0, {}, {}}};
  m.band_lists = {{.quantity = quantity::gap, .below = 9, .name = "only"}};
  for (std::size_t i = 0; i < 9; ++i) m.band_lists[0].bands.push_back({0.9 - 0.1 * static_cast<double>(i), i % 2 == 0, i, {}});
  return m;
}

std::vector<method_spec> methods_with_all_forms() {
  const auto built_in = built_in_methods();
  std::vector<method_spec> methods(built_in.begin(), built_in.end());
  methods.push_back(with_many_bands());
  return methods;
}

}  // namespace

TEST_CASE("rules that are made ready judge as they stand, of one cell and of many, at every edge and on both sides of it",
          "[judge][rules_by_facts]") {
  for (const method_spec& method : methods_with_all_forms()) {
    CAPTURE(method.name, method.version);
    std::vector<double> values{-1e300, -1, 0, 1, 1e300};
    const auto add_about = [&](double x) {
      constexpr double infinite = std::numeric_limits<double>::infinity();
      for (const double at : {x, std::nextafter(x, infinite), std::nextafter(x, -infinite)}) values.push_back(at);
    };
    const auto add_edge = [&](double edge, std::optional<int> decimals) {
      const double half = decimals ? 0.5 * std::pow(10, -*decimals) : 0;
      for (const double at : {edge, edge - 1e-9 * std::fabs(edge), edge + 1e-9 * std::fabs(edge), edge - half, edge + half}) {
        add_about(at);
        add_about(at - 1e-9 * half);
      }
    };
    for (const band_list& list : method.band_lists) {
      for (const band_spec& band : list.bands) add_edge(band.edge, list.decimals);
    }
    std::vector<std::uint16_t> facts{0, 0xffff};
    for (const method_rule& rule : method.rules) {
      facts.push_back(rule.facts);
      for (const condition& c : rule.where) add_edge(c.edge, {});
    }
    const rules_by_facts ready(method);
    std::size_t differ = 0;
    for (const std::uint16_t there : facts) {
      for (const double value : values) {
        for (const double scale : {1.0, 0.5}) {
          const auto measure_of = [&](quantity) { return quantity_value{.value = value, .scale = scale}; };
          const verdict one = ready.judge(method, there, measure_of), other = judge(method, there, measure_of);
          differ += parts(one) != parts(other);
        }
      }
      const std::vector<std::uint8_t> missing = every_third_missing(values.size());
      ready.judge_alike(
          method, there, values.size(),
          [&](quantity) {
            return quantity_column{values.data(), missing.data()};
          },
          [&](std::size_t i, const verdict& one) {
            const auto measure_of = [&](quantity) { return quantity_value{.value = values[i], .missing = missing[i]}; };
            differ += parts(one) != parts(judge(method, there, measure_of));
          });
    }
    CHECK(differ == 0);
  }
}
