#pragma once

/** Whether two results are the same to the last bit, and if not where they differ first. */

#include <attain/engine/evaluation.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace attain::test {

inline bool same_bits(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }
template <class T>
bool same_bits(const T& a, const T& b) {
  return a == b;
}

/// Whether all numbers, flags and reasons of two cells have the same bits.
inline bool same_bits(const cell_result& a, const cell_result& b) {
  return a == b && same_bits(a.reading, b.reading) && same_bits(a.attainment, b.attainment) && same_bits(a.expected, b.expected) &&
         same_bits(a.gap, b.gap) && same_bits(a.covered, b.covered) && same_bits(a.score, b.score) &&
         same_bits(a.score_covered, b.score_covered);
}

inline bool same_bits(const node_result& a, const node_result& b) {
  constexpr std::array numbers{&node_result::attainment, &node_result::expected, &node_result::hold_share, &node_result::coverage,
                               &node_result::lower,      &node_result::upper,    &node_result::answered,   &node_result::due,
                               &node_result::applicable, &node_result::holds,    &node_result::held,     &node_result::before_rules};
  bool same = a == b;
  for (const auto number : numbers) same = same && same_bits(a.*number, b.*number);
  return same;
}

/// "attainment of cell 3: 0.5, 0.25", or nothing.
inline std::string difference(const cell_columns& a, const cell_columns& b) {
  if (a.size() != b.size()) return "number of cells: " + std::to_string(a.size()) + ", " + std::to_string(b.size());
  std::string found;
  const auto compare = [&](const char* name, const auto& x, const auto& y) {
    for (std::size_t i = 0; i < x.size() && found.empty(); ++i) {
      if (same_bits(x[i], y[i])) continue;
      found = std::string(name) + " of cell " + std::to_string(i) + ": " + std::to_string(x[i]) + ", " + std::to_string(y[i]);
    }
  };
  compare("reading_missing", a.reading_missing, b.reading_missing);
  compare("reading", a.reading, b.reading);
  compare("covered", a.covered, b.covered);
  compare("data_day", a.data_day, b.data_day);
  compare("attainment_missing", a.attainment_missing, b.attainment_missing);
  compare("attainment", a.attainment, b.attainment);
  compare("expected_missing", a.expected_missing, b.expected_missing);
  compare("expected", a.expected, b.expected);
  compare("gap_missing", a.gap_missing, b.gap_missing);
  compare("gap", a.gap, b.gap);
  compare("facts", a.facts, b.facts);
  compare("state", a.state, b.state);
  compare("state_missing", a.state_missing, b.state_missing);
  compare("rule", a.rule, b.rule);
  compare("flags", a.flags, b.flags);
  compare("score", a.score, b.score);
  compare("score_covered", a.score_covered, b.score_covered);
  return found;
}

/// "node 2: attainment 0.5, 0.25; state 1, 2; …", or nothing.
inline std::string difference(std::span<const node_result> a, std::span<const node_result> b) {
  if (a.size() != b.size()) return "number of nodes: " + std::to_string(a.size()) + ", " + std::to_string(b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (same_bits(a[i], b[i])) continue;
    return "node " + std::to_string(i) + ": attainment " + std::to_string(a[i].attainment) + ", " + std::to_string(b[i].attainment) +
           "; coverage " + std::to_string(a[i].coverage) + ", " + std::to_string(b[i].coverage) + "; state " +
           std::to_string(a[i].state) + ", " + std::to_string(b[i].state);
  }
  return {};
}

inline std::string difference(const evaluation& a, const evaluation& b) {
  const std::string cells = difference(a.data().cells, b.data().cells);
  return cells.empty() ? difference(a.data().nodes, b.data().nodes) : cells;
}

/// The cell and what it belongs to, for messages.
inline std::string name_of_cell(const evaluation& now, std::size_t cell) {
  const target_result result(now.share(), static_cast<std::uint32_t>(cell));
  return result.id() + " at " + result.place();
}

}  // namespace attain::test
