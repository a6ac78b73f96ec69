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
  refuse_option("weights", word, "fixed, dirichlet or relative", "weights cannot be drawn like this");
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

attain::ranked ranked_of(const std::string& word) {
  if (word == "places") return attain::ranked::places;
  if (word == "projects") return attain::ranked::projects;
  if (word == "itself") return attain::ranked::itself;
  refuse_option("among", word, "places, projects or itself", "totals cannot be ranked among these");
}

void register_tables_of_totals(py::module_& m) {
  using attain::totals;
  m.def(
      "leave_one_out_table",
      [](const attain::evaluation& now, const std::string& project, const std::string& among) {
        const attain::ranked whose = ranked_of(among);
        const py::gil_scoped_release released;
        const totals of(now, project, whose);
        return attain::io::leave_one_out_table(of.names(), of.leave_one_out());
      },
      "now"_a, "project"_a = "", py::kw_only(), "among"_a = "places",
      R"(What each part of a project decides: its totals as if a target, project or group below had the weight 0.

They are what :func:`attain.evaluate` gives for the programme with this weight, whatever the nodes have; a rule that names the part stays.

Parameters
----------
now
    The evaluation.
project
    A project, group or, by default, the whole.
among
    Whose totals: "places", the project at its lowest places; "projects", those directly within it; "itself", its own alone.

Returns
-------
Table
    A row a part left out and unit: ``without``, ``place`` (or ``project``), ``score`` and ``rank`` without the part, and
    ``mean_rank_shift``, the mean change of a rank.

Raises
------
UnknownId
    There is no such project.
InvalidOption
    ``among`` is none of these words.
)");
  m.def(
      "stable_weights_table",
      [](const attain::evaluation& now, const std::string& project, const std::string& among) {
        const attain::ranked whose = ranked_of(among);
        const py::gil_scoped_release released;
        const totals of(now, project, whose);
        return attain::io::weight_range_table(of.names(), of.stable_weights());
      },
      "now"_a, "project"_a = "", py::kw_only(), "among"_a = "places",
      R"(How far weights may move while no two units change places, the siblings' in proportion.

Exact for weighted means without missing scores; otherwise searched in 64 steps to each side and narrowed down to 1e-9.

Parameters
----------
now, project, among
    As of :func:`leave_one_out_table`.

Returns
-------
Table
    A row a target, project or group below: ``node``, ``share`` among its siblings, and the ``least`` and ``most`` that it may be. None for
    one that enters no mean, and for one whose weight follows from data.

Raises
------
UnknownId, InvalidOption
    As of :func:`leave_one_out_table`.
)");
  const auto define_draws = [&](const char* name, attain::io::table (*table_from)(const attain::names_of_totals&, const attain::firmness&), const char* doc) {
    m.def(
        name,
        [table_from](const attain::evaluation& now, const std::string& project, const std::string& among, std::uint64_t seed, std::size_t draws,
                     int threads, const std::string& noise, double amount, double data_error) {
          const attain::ranked whose = ranked_of(among);
          const attain::firmness_options options{.seed = seed,
                                                 .draws = draws,
                                                 .threads = threads,
                                                 .weights = noise_of(noise),
                                                 .amount = amount,
                                                 .data_error = data_error};
          const py::gil_scoped_release released;
          const totals of(now, project, whose);
          return table_from(of.names(), of.draw(options));
        },
        "now"_a, "project"_a = "", py::kw_only(), "among"_a = "places", "seed"_a = 0, "draws"_a = 10000, "threads"_a = 1, "noise"_a = "dirichlet",
        "amount"_a = 100.0, "data_error"_a = 0.0, doc);
  };
  define_draws("ranks_table", &attain::io::firmness_table,
               R"(How firm totals and their ranks are: weights and scores drawn at random, through the roll-up of the programme.

The same numbers for a seed on any number of threads.

Parameters
----------
now, project, among
    As of :func:`leave_one_out_table`.
seed, draws, threads, noise, amount
    As of :func:`draw_ranks`.
data_error
    Standard deviation of a normal error of the attainment of each target that has a score, before it is brought within 0 and its cap.

Returns
-------
Table
    A row a unit: ``place`` (or ``project``), ``score`` and ``rank`` as evaluated; ``answered``, the share of draws in which it has a score;
    over these ``mean`` and ``deviation`` of the score and ``mean_rank``; ``first``, the share of draws with rank 1.

Raises
------
UnknownId, InvalidOption
    As of :func:`leave_one_out_table`, and for options that cannot be.
)");
  define_draws("rank_shares_table", &attain::io::rank_share_table,
               R"(The draws of :func:`ranks_table` by rank.

Parameters
----------
now, project, among, seed, draws, threads, noise, amount, data_error
    As of :func:`ranks_table`.

Returns
-------
Table
    A row a unit and rank: ``place`` (or ``project``), ``rank`` and the ``share`` of draws in which the unit has it.

Raises
------
UnknownId, InvalidOption
    As of :func:`ranks_table`.
)");
}

}  // namespace

void register_firmness(py::module_& m) {
  register_tables_of_totals(m);
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
