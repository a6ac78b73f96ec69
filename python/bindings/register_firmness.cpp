/** How firm scores and ranks are: what attain.firmness holds. */
#include "bind.hpp"
#include "register.hpp"

#include <attain/core/error.hpp>
#include <attain/engine/uncertainty.hpp>
#include <attain/io/firmness_table.hpp>
#include <attain/judge/firmness.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

using attain::answer;
using attain::score_sheet;
using attain::score_tree;

using rows = typed<"list[dict[str, typing.Any]]">;

/// Units with their scores, None where one is missing.
score_sheet sheet_of(const std::vector<std::vector<std::optional<double>>>& scores) {
  score_sheet made{.units = scores.size(), .score = {}};
  bool any_missing = false;
  for (const auto& unit : scores) {
    for (const auto& score : unit) {
      made.score.push_back(score.value_or(0));
      made.missing.push_back(score ? 0 : 1);
      any_missing = any_missing || !score;
    }
  }
  if (!any_missing) made.missing.clear();
  return made;
}

score_tree tree_of(std::vector<std::uint32_t> parents, std::vector<double> weights) { return {std::move(parents), std::move(weights)}; }

attain::weight_noise noise_of(const std::string& word) {
  if (word == "fixed") return attain::weight_noise::fixed;
  if (word == "dirichlet") return attain::weight_noise::dirichlet;
  if (word == "relative") return attain::weight_noise::relative;
  throw attain::invalid_option(attain::finding{.severity = attain::severity::error,
                                               .code = attain::code::invalid_option,
                                               .where = "weights",
                                               .text = attain::escaped_excerpt(word),
                                               .expected = "fixed, dirichlet or relative",
                                               .message = "weights cannot be drawn like this"});
}

py::object rank_of(std::int32_t rank) { return rank == 0 ? py::object(py::none()) : py::object(py::int_(rank)); }

rows rows_of(const attain::firmness& of) {
  py::list made;
  const std::size_t units = of.scores.size();
  for (std::size_t u = 0; u < units; ++u) {
    py::dict row;
    const bool has = of.scores[u].has_value();
    const auto or_none = [&](double number) { return has ? py::object(py::float_(number)) : py::object(py::none()); };
    row["score"] = of.scores[u];
    row["rank"] = rank_of(of.ranks[u]);
    row["mean"] = or_none(of.mean[u]);
    row["deviation"] = or_none(of.deviation[u]);
    row["mean_rank"] = or_none(of.mean_rank[u]);
    row["rank_share"] = std::vector<double>(of.rank_share.begin() + static_cast<std::ptrdiff_t>(u * units),
                                            of.rank_share.begin() + static_cast<std::ptrdiff_t>((u + 1) * units));
    made.append(row);
  }
  return rows(made);
}

py::dict row_of(const attain::without_node& one) {
  py::dict row;
  row["node"] = one.node;
  row["scores"] = one.scores;
  py::list ranks;
  for (const std::int32_t rank : one.ranks) ranks.append(rank_of(rank));
  row["ranks"] = ranks;
  row["mean_rank_shift"] = one.mean_rank_shift;
  return row;
}

rows rows_of(const std::vector<attain::weight_range>& ranges) {
  py::list made;
  for (const attain::weight_range& range : ranges) {
    py::dict row;
    row["share"] = range.share;
    row["least"] = range.least;
    row["most"] = range.most;
    made.append(row);
  }
  return rows(made);
}

/// A table of what is worked out from the scores of a project at its places; None where these cannot be told.
template <class Make>
typed<"Table | None"> table_of_places(const attain::evaluation& now, const std::string& project, const Make& make) {
  const auto made = [&]() -> std::optional<attain::io::table> {
    const py::gil_scoped_release released;
    const auto found = attain::scores_at_places(now, project);
    return found.has_value() ? make(*found) : std::nullopt;
  }();
  return typed<"Table | None">(py::cast(made));
}

void register_tables_of_places(py::module_& m) {
  using attain::scores_of_places;
  using made = std::optional<attain::io::table>;
  m.def(
      "leave_one_out_table",
      [](const attain::evaluation& now, const std::string& project) {
        return table_of_places(now, project, [](const scores_of_places& of) -> made {
          return attain::io::leave_one_out_table(of, attain::leave_one_out(of.tree, of.sheet));
        });
      },
      "now"_a, "project"_a = "",
      "What each part of a project decides: a row for each node left out and place, with ``without``, ``place``, ``score``, ``rank`` and "
      "``mean_rank_shift``. None as of :func:`scores_at_places`.");
  m.def(
      "stable_weights_table",
      [](const attain::evaluation& now, const std::string& project) {
        return table_of_places(now, project, [](const scores_of_places& of) -> made {
          const auto found = attain::stable_weights(of.tree, of.sheet);
          return found.has_value() ? made(attain::io::weight_range_table(of, *found)) : std::nullopt;
        });
      },
      "now"_a, "project"_a = "",
      "How far weights may move while all places keep their ranks: a row a node, with ``node``, ``share``, ``least`` and ``most``. None where a "
      "score is missing, and as of :func:`scores_at_places`.");
  const auto define_draws = [&](const char* name, attain::io::table (*table_from)(const scores_of_places&, const attain::firmness&), const char* doc) {
    m.def(
        name,
        [table_from](const attain::evaluation& now, const std::string& project, std::uint64_t seed, std::size_t draws, int threads,
                     const std::string& noise, double amount, double data_error) {
          const attain::firmness_options options{.seed = seed,
                                                 .draws = draws,
                                                 .threads = threads,
                                                 .weights = noise_of(noise),
                                                 .amount = amount,
                                                 .data_error = data_error};
          return table_of_places(now, project, [&](const scores_of_places& of) -> made {
            return table_from(of, attain::firmness_of(of.tree, of.sheet, options));
          });
        },
        "now"_a, "project"_a = "", py::kw_only(), "seed"_a = 0, "draws"_a = 10000, "threads"_a = 1, "noise"_a = "dirichlet", "amount"_a = 100.0,
        "data_error"_a = 0.0, doc);
  };
  define_draws("ranks_table", &attain::io::firmness_table,
               "How firm the ranks of places are, with the options of :func:`draw_ranks`: a row a place, with ``place``, ``score``, ``rank``, ``mean``, "
               "``deviation``, ``mean_rank`` and ``first``, the share of draws with rank 1. None as of :func:`scores_at_places`.");
  define_draws("rank_shares_table", &attain::io::rank_share_table,
               "The same by rank: a row a place and rank, with ``place``, ``rank`` and the ``share`` of draws in which the place has it.");
}

}  // namespace

void register_firmness(py::module_& m) {
  register_tables_of_places(m);
  m.def(
      "scores_at_places",
      [](const attain::evaluation& now, const std::string& project) {
        const auto found = [&] {
          const py::gil_scoped_release released;
          return attain::scores_at_places(now, project);
        }();
        if (!found.has_value()) return typed<"dict[str, typing.Any] | None">(py::none());
        py::list scores;
        const std::size_t leaves = found->sheet.units == 0 ? 0 : found->sheet.score.size() / found->sheet.units;
        for (std::size_t u = 0; u < found->sheet.units; ++u) {
          py::list unit;
          for (std::size_t i = u * leaves; i < (u + 1) * leaves; ++i) {
            unit.append(found->sheet.missing[i] != 0 ? py::object(py::none()) : py::object(py::float_(found->sheet.score[i])));
          }
          scores.append(unit);
        }
        py::dict made;
        made["parents"] = found->tree.parent;
        made["weights"] = found->tree.weight;
        made["scores"] = scores;
        made["nodes"] = found->nodes;
        made["places"] = found->places;
        return typed<"dict[str, typing.Any] | None">(made);
      },
      "now"_a, "project"_a = "",
      R"(The tree below a project and the scores of its targets at its places, as the other functions take them; None if some node below is no
weighted mean, or without any score.

``parents``, ``weights`` and ``nodes`` (ids) are those of the tree, ``scores`` has a row for each of ``places``.
)");
  m.def(
      "tree_scores",
      [](std::vector<std::uint32_t> parents, std::vector<double> weights, const std::vector<std::vector<std::optional<double>>>& scores) {
        return scores_of(tree_of(std::move(parents), std::move(weights)), sheet_of(scores));
      },
      "parents"_a, "weights"_a, "scores"_a, "The score of each unit: the weighted mean of weighted means; missing leaves leave their weight to their siblings.");
  m.def(
      "leave_one_out",
      [](std::vector<std::uint32_t> parents, std::vector<double> weights, const std::vector<std::vector<std::optional<double>>>& scores) {
        py::list made;
        for (const auto& one : leave_one_out(tree_of(std::move(parents), std::move(weights)), sheet_of(scores))) made.append(row_of(one));
        return rows(made);
      },
      "parents"_a, "weights"_a, "scores"_a,
      R"(What a node decides: the results without it, for every node but the root.

Parameters
----------
parents
    Of each node of the tree, parents before children; node 0 is the root. Nodes without children are leaves.
weights
    Of each node among its siblings.
scores
    A row a unit: its score at each leaf, in the order of the tree, or None.

Returns
-------
list of dict
    ``node``; ``scores`` and ``ranks`` of the units without it; ``mean_rank_shift``, the mean change of a rank.
)");
  m.def(
      "stable_weights",
      [](std::vector<std::uint32_t> parents, std::vector<double> weights, const std::vector<std::vector<std::optional<double>>>& scores) {
        const auto found = stable_weights(tree_of(std::move(parents), std::move(weights)), sheet_of(scores));
        return found.has_value() ? std::optional(rows_of(*found)) : std::nullopt;
      },
      "parents"_a, "weights"_a, "scores"_a,
      "For each node the ``share`` among its siblings, and the ``least`` and ``most`` that it may be, the others in proportion, while all ranks stay; "
      "None where a score is missing.");
  m.def(
      "draw_ranks",
      [](std::vector<std::uint32_t> parents, std::vector<double> weights, const std::vector<std::vector<std::optional<double>>>& scores,
         std::uint64_t seed, std::size_t draws, int threads, const std::string& noise, double amount, double data_error) {
        const score_tree tree = tree_of(std::move(parents), std::move(weights));
        const score_sheet sheet = sheet_of(scores);
        const attain::firmness_options options{.seed = seed,
                                               .draws = draws,
                                               .threads = threads,
                                               .weights = noise_of(noise),
                                               .amount = amount,
                                               .data_error = data_error};
        const auto found = [&] {
          const py::gil_scoped_release released;
          return firmness_of(tree, sheet, options);
        }();
        return rows_of(found);
      },
      "parents"_a, "weights"_a, "scores"_a, py::kw_only(), "seed"_a = 0, "draws"_a = 10000, "threads"_a = 1, "noise"_a = "dirichlet",
      "amount"_a = 100.0, "data_error"_a = 0.0,
      R"(Draws weights and scores at random, and counts ranks. The same numbers for a seed on any number of threads.

Parameters
----------
parents, weights, scores
    As of :func:`leave_one_out`.
noise
    "dirichlet": shares of siblings about those given, ``amount`` is the concentration; "relative": each weight times 1 ± ``amount`` at most;
    "fixed".
data_error
    Standard deviation of a normal error of each score.

Returns
-------
list of dict
    For each unit ``score`` and ``rank`` as given; ``mean``, ``deviation`` and ``mean_rank`` of the draws; ``rank_share``, the share of draws in which it
    has rank 1, 2, …

Raises
------
InvalidOption
    The tree or an option cannot be.
)");
}
