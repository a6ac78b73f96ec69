#include <attain/model/validate.hpp>

#include "support/builders.hpp"
#include "support/catch.hpp"
#include "support/findings.hpp"

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace attain;
using namespace attain::test;

namespace {

using matrix = std::vector<std::vector<bool>>;

/// Warshall's transitive closure: which nodes lead back to themselves.
std::vector<bool> on_a_cycle(matrix leads_to) {
  const std::size_t n = leads_to.size();
  for (std::size_t k = 0; k < n; ++k)
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        if (leads_to[i][k] && leads_to[k][j]) leads_to[i][j] = true;
  std::vector<bool> result;
  for (std::size_t i = 0; i < n; ++i) result.push_back(leads_to[i][i]);
  return result;
}

/// The node numbers of a path "n3 → n1 → n3".
std::vector<std::size_t> nodes_of(std::string_view message) {
  std::vector<std::size_t> nodes;
  for (std::size_t at = message.find(": "); at != std::string_view::npos; at = message.find(" → ", at + 1))
    nodes.push_back(static_cast<std::size_t>(message[message.find('n', at + 2) + 1] - '0'));
  return nodes;
}

void check_cycles(const std::vector<finding>& found, const matrix& leads_to) {
  const std::vector<bool> expected = on_a_cycle(leads_to);
  std::vector<bool> reported(expected.size());
  for (const finding& f : found) {
    if (f.code != code::cycle) continue;
    INFO(f.message);
    const std::vector<std::size_t> nodes = nodes_of(f.message);
    REQUIRE(nodes.size() >= 2);
    CHECK(nodes.front() == nodes.back());
    for (std::size_t i = 0; i + 1 < nodes.size(); ++i) {
      CHECK(leads_to[nodes[i]][nodes[i + 1]]);  // every arrow is a reference
      reported[nodes[i]] = true;
      CHECK(std::count(nodes.begin(), nodes.end() - 1, nodes[i]) == 1);
    }
  }
  const auto none_of = [](const std::vector<bool>& list) { return std::find(list.begin(), list.end(), true) == list.end(); };
  CHECK(none_of(reported) == none_of(expected));
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK((!reported[i] || expected[i]));
}

std::string node(std::size_t i) { return "n" + std::to_string(i); }

}  // namespace

TEST_CASE("cycles between targets are found exactly where there are some (G1)", "[model][validate]") {
  std::mt19937 random(1);
  for (int round = 0; round < 500; ++round) {
    const std::size_t count = 2 + random() % 7;
    matrix leads_to(count, std::vector<bool>(count));
    programme_spec spec = programme_of({increment("lifts")}, {target("whole", "lifts", at_least(1))});
    for (std::size_t i = 0; i < count; ++i) {
      target_spec t = target(node(i), "lifts", at_least(1));
      t.belongs = belonging::attribute;
      const std::size_t to = random() % (count + 1);
      t.belongs_to = to == count ? "whole" : node(to);
      if (to < count) leads_to[i][to] = true;
      spec.projects[0].targets.push_back(t);
    }
    const auto found = validate(spec);
    INFO(lines_of(found));
    check_cycles(found, leads_to);
  }
}

TEST_CASE("cycles between formulas are found exactly where there are some (G1)", "[model][validate]") {
  std::mt19937 random(2);
  for (int round = 0; round < 500; ++round) {
    const std::size_t count = 2 + random() % 7;
    matrix leads_to(count, std::vector<bool>(count));
    programme_spec spec = lifts();
    for (std::size_t i = 0; i < count; ++i) {
      std::string expression = "[lifts]";
      for (std::size_t to = 0; to < count; ++to) {
        if (random() % count != 0) continue;
        expression += " + [" + node(to) + "]";
        leads_to[i][to] = true;
      }
      spec.indicators.push_back(formula_of(node(i), "台", expression));
    }
    const auto found = validate(spec);
    INFO(lines_of(found));
    check_cycles(found, leads_to);
  }
}
