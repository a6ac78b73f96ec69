#include <attain/io/firmness_table.hpp>

#include "column_builder.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace attain::inline v0::io {
namespace {

using detail::keep;
using detail::number_column;
using detail::word_column;

/// Rows that repeat ids, whose texts live in a copy that the column keeps.
column ids(std::string name, const std::vector<std::string>& known, const std::vector<std::size_t>& of_row) {
  const auto kept = std::make_shared<const std::vector<std::string>>(known);
  word_column made(of_row.size());
  for (const std::size_t i : of_row) made.add((*kept)[i]);
  column words = std::move(made).finish(std::move(name));
  words.owners.push_back(kept);
  return words;
}

/// Numbers of units, which have none where the unit has no score.
template <class NumberOf>
column numbers(std::string name, const std::vector<answer<double>>& scores, NumberOf number_of) {
  number_column made(scores.size());
  for (std::size_t u = 0; u < scores.size(); ++u) {
    made.add(scores[u].has_value() ? answer<double>(number_of(u)) : answer<double>(scores[u].why()));
  }
  return std::move(made).finish(std::move(name));
}

/// Ranks; 0 is none.
column ranks(std::string name, std::vector<std::int32_t> values) {
  std::vector<std::uint8_t> missing;
  for (const std::int32_t rank : values) missing.push_back(rank == 0 ? column::unexplained : std::uint8_t{0});
  return detail::integer_column(std::move(name), column_kind::count, std::move(values), std::move(missing));
}

const char* unit_word(const names_of_totals& of) { return of.among == ranked::places ? "place" : "project"; }

std::vector<std::size_t> counted(std::size_t size) {
  std::vector<std::size_t> all(size);
  for (std::size_t i = 0; i < size; ++i) all[i] = i;
  return all;
}

}  // namespace

table firmness_table(const names_of_totals& of, const firmness& found) {
  const std::size_t units = found.scores.size();
  table made{.rows = units};
  made.columns = {ids(unit_word(of), of.units, counted(units)),
                  numbers("score", found.scores, [&](std::size_t u) { return *found.scores[u]; }),
                  ranks("rank", found.ranks),
                  numbers("answered", found.scores, [&](std::size_t u) { return found.answered[u]; }),
                  numbers("mean", found.scores, [&](std::size_t u) { return found.mean[u]; }),
                  numbers("deviation", found.scores, [&](std::size_t u) { return found.deviation[u]; }),
                  numbers("mean_rank", found.scores, [&](std::size_t u) { return found.mean_rank[u]; }),
                  numbers("first", found.scores, [&](std::size_t u) { return found.rank_share[u * units]; })};
  return made;
}

table rank_share_table(const names_of_totals& of, const firmness& found) {
  const std::size_t units = found.scores.size();
  std::vector<std::size_t> places;
  std::vector<std::int32_t> rank;
  number_column share(units * units);
  for (std::size_t u = 0; u < units; ++u) {
    if (!found.scores[u].has_value()) continue;
    for (std::size_t r = 0; r < units; ++r) {
      places.push_back(u);
      rank.push_back(static_cast<std::int32_t>(r) + 1);
      share.add(found.rank_share[u * units + r]);
    }
  }
  table made{.rows = places.size()};
  made.columns = {ids(unit_word(of), of.units, places), ranks("rank", std::move(rank)), std::move(share).finish("share")};
  return made;
}

table leave_one_out_table(const names_of_totals& of, const std::vector<without_node>& found) {
  const std::size_t units = of.units.size();
  std::vector<std::size_t> nodes;
  std::vector<std::size_t> places;
  std::vector<std::int32_t> rank;
  number_column score(found.size() * units);
  number_column shift(found.size() * units);
  for (const without_node& one : found) {
    for (std::size_t u = 0; u < units; ++u) {
      nodes.push_back(one.node);
      places.push_back(u);
      rank.push_back(one.ranks[u]);
      score.add(one.scores[u]);
      shift.add(one.mean_rank_shift);
    }
  }
  table made{.rows = nodes.size()};
  made.columns = {ids("without", of.parts, nodes), ids(unit_word(of), of.units, places), std::move(score).finish("score"),
                  ranks("rank", std::move(rank)), std::move(shift).finish("mean_rank_shift")};
  return made;
}

table weight_range_table(const names_of_totals& of, const std::vector<answer<weight_range>>& found) {
  const auto number = [&](const char* name, double weight_range::*value) {
    number_column made(found.size());
    for (const answer<weight_range>& range : found) {
      made.add(range.has_value() ? answer<double>((*range).*value) : answer<double>(range.why()));
    }
    return std::move(made).finish(name);
  };
  table made{.rows = found.size()};
  made.columns = {ids("node", of.parts, counted(found.size())), number("share", &weight_range::share),
                  number("least", &weight_range::least), number("most", &weight_range::most)};
  return made;
}

}  // namespace attain::inline v0::io
