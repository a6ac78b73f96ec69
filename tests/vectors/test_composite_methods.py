"""Single methods of composite indices: weights, normalisation, aggregation, treatment, comparisons in pairs, and what happens at edges."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy
import pytest
from tests.vectors.conftest import ROOT
from tests.vectors.test_composites import Find, Open, cases_of, close, column, descending_ranks, rows_of

import attain
from attain import Reason, aggregate, normalise, weights

# -- scikit-criteria, pymcdm, pyrepo-mcda, JMcDM, COINr -----------------------------------------------

SCALES = {
    "minmax": "min_max", "max": "share_of_greatest", "sum": "share_of_sum", "vector": "share_of_length", "linear_ratio": "ratio_to_best",
    "nonlinear": "nonlinear", "enhanced_accuracy": "enhanced_accuracy", "zavadskas_turskis": "zavadskas_turskis",
    "logarithmic": "logarithmic",
}  # fmt: skip


def normalised(given: dict[str, Any], scale: str) -> numpy.ndarray:
    columns = numpy.array(given["matrix"], dtype=float).T
    directions = given.get("directions", [1] * len(columns))
    scores = [normalise.sample(x, scale, larger_is_better=d > 0) for x, d in zip(columns, directions, strict=True)]  # type: ignore[arg-type]
    return numpy.stack(scores, axis=1)


def additive(given: dict[str, Any], rows: numpy.ndarray) -> numpy.ndarray:
    """Σ w s from the mean."""
    return numpy.asarray(aggregate.weighted_mean(rows, given["w"])) * sum(given["w"])


def mcdm_case(method: str, given: dict[str, Any]) -> dict[str, Any] | None:  # noqa: PLR0911  one line a method
    """What a case expects, from us; None if its method is no part of this."""
    if method == "weights.entropy":
        return {"weights": weights.entropy(given["matrix"])}
    if method.startswith("norm.") and "matrix" in given:
        return {"matrix": normalised(given, SCALES[method.removeprefix("norm.")])}
    if method == "norm.distance_to_target":
        up = given["direction"] > 0
        return {"x": normalise.distance_to_target(given["x"], given["target"], larger_is_better=up, cap=given["cap"])}
    if method == "norm.goalposts":
        posts = given["low"], given["high"]
        scores = [normalise.goalposts(x, worst=posts[::d][0], best=posts[::d][1]).only() for x, d in given["points"]]
        return {"x": scores}
    if method == "norm.minmax_range":
        low, high = given["l_u"]
        scores = numpy.asarray(normalise.sample(given["x"], "min_max")) * (high - low) + low
        return {"min": scores.min(), "max": scores.max()}
    if method == "norm.zscore_range":
        mean, spread = given["mean_sd"]
        scores = numpy.asarray(normalise.sample(given["x"], "z_score")) * spread + mean
        return {"mean": scores.mean(), "sd": scores.std(ddof=given["ddof"])}
    if method == "treat.skew_kurt":
        skew, kurt = normalise.skewness_and_kurtosis(given["x"])
        return {"skew": skew, "kurt": kurt, "pass_": normalise.winsorise(given["x"]).replaced == 0}
    if method == "treat.winsorise":
        treated = normalise.winsorise(given["x"], most_points=given["max_points"])
        skew, kurt = normalise.skewness_and_kurtosis(treated.values)
        return {"n_winsorised": treated.replaced, "x": treated.values, "skew": skew, "kurt": kurt}
    if method in ("agg.geometric", "agg.harmonic", "agg.power"):
        exponent = {"agg.geometric": 0, "agg.harmonic": -1}.get(method, given.get("p"))
        return {"y": aggregate.power_mean(given["x"], given["w"], exponent=exponent).only()}
    if method == "agg.arithmetic_threshold":
        rows = numpy.array(given["rows"], dtype=float)
        least = given["min_available_fraction"]
        return {"y": aggregate.weighted_mean(rows, given["w"], minimum_coverage=least, coverage_by="count")}
    return simple_weighting(method, given)


def simple_weighting(method: str, given: dict[str, Any]) -> dict[str, Any] | None:
    """Weighted sums and products of other packages, which do not normalise the weights."""
    if method == "mcdm.wsm":
        return {"scores": additive(given, numpy.array(given["matrix"], dtype=float))}
    if method == "mcdm.wsm_inverse_sum":
        scores = numpy.asarray(aggregate.weighted_mean(normalised(given, "share_of_sum"), given["w"]))
        return {"scores": scores, "ranks": descending_ranks(scores)}
    if method == "mcdm.wpm_log10_sum":
        scores = numpy.log10(numpy.asarray(aggregate.geometric_mean(normalised(given, "share_of_sum"), given["w"])))
        return {"scores": scores, "ranks": descending_ranks(scores)}
    if method == "mcdm.wsm_sum_norm":
        return {"scores": additive(given, normalised(given, "share_of_sum"))}
    if method == "mcdm.wpm_sum_norm":
        means = numpy.asarray(aggregate.geometric_mean(normalised(given, "share_of_sum"), given["w"]))
        return {"scores": means ** sum(given["w"])}
    return None


def test_the_cases_of_mcdm_packages(published: Find, reproduce: Open) -> None:
    """Entropy weights, normalisation, treatment, means; ranking methods, imputation and other weights are no part of this."""
    name = "composites/mcdm_cases.json"
    cases = cases_of(published(name))
    tally = reproduce(name, 38)
    for case in cases:
        ours = mcdm_case(case["method"], case["input"])
        if ours is None:
            tally.set_apart(case["id"], f"{case['method']} is not among the methods of this library")
            continue
        wrong = {
            key: ours[key] for key, value in case["expect"].items() if not close(as_numbers(ours[key]), as_numbers(value), case["abs_tol"] + 1e-12)
        }
        tally.check(case["id"], not wrong, wrong)


def as_numbers(value: Any) -> numpy.ndarray:
    return numpy.array(value, dtype=float)


# -- comparisons in pairs -----------------------------------------------------------------------------


def hierarchy(given: dict[str, Any]) -> tuple[dict[str, float], weights.Priorities, dict[str, weights.Priorities]]:
    """Priorities of the criteria, of the alternatives under each, and their products added up."""

    def judged(of: dict[str, Any]) -> weights.Priorities:
        pairs = {(a, b): times for a, b, times in of["pairs"]}
        said = {frozenset(pair) for pair in pairs}
        assert len(said) == len(of["elements"]) * (len(of["elements"]) - 1) // 2, "the comparisons are complete"
        return weights.priorities(weights.comparison_matrix(of["elements"], pairs), random_index="saaty_2005")

    goal = judged(given["goal"])
    below = {criterion: judged(of) for criterion, of in given["criteria"].items()}
    total: dict[str, float] = {}
    for criterion, weight in zip(given["goal"]["elements"], goal.weights, strict=True):
        for alternative, share in zip(given["criteria"][criterion]["elements"], below[criterion].weights, strict=True):
            total[alternative] = total.get(alternative, 0) + weight * share
    return total, goal, below


def all_near(ours: dict[str, float], expected: dict[str, float], within: float) -> bool:
    return ours.keys() == expected.keys() and all(abs(ours[k] - v) <= within for k, v in expected.items())


def ahp_case(case: dict[str, Any]) -> bool:  # noqa: PLR0911  one block a case
    name, given, expect, within = case["id"], case["input"], case["expect"], case.get("abs_tol", 0)
    if name == "ahp-saaty-drinks":
        matrix = weights.comparison_matrix(given["elements"], {(a, b): times for a, b, times in given["pairs"]})
        p = weights.priorities(matrix, random_index="saaty_2005")
        other = weights.priorities(matrix, random_index="donegan_dodd_1991")
        ratios = close([p.consistency_ratio, other.consistency_ratio], [expect["cr_saaty2005"], expect["cr_donegan_dodd"]], case["cr_tol"])
        return ratios and all_near(dict(zip(given["elements"], p.weights, strict=True)), expect["weights"], within)
    if name in ("ahp-saaty-cities", "ahp-leader"):
        total, goal, below = hierarchy(given)
        good = all_near(total, expect["weights"], within)
        if name == "ahp-leader":
            named = dict(zip(given["goal"]["elements"], goal.weights, strict=True))
            ratios = [goal.consistency_ratio, below["Experience"].consistency_ratio, below["Education"].consistency_ratio]
            printed = [expect[f"{of}_cr_saaty2005"] for of in ("goal", "experience", "education")]
            good = good and all_near(named, expect["goal_weights"], within) and close(ratios, printed, within)
        return good
    if name.startswith("ahp-incomplete"):
        elements = given["elements"]
        matrix = weights.comparison_matrix(elements, {(a, b): times for a, b, times in given["pairs"]})
        whole = weights.completed(matrix)
        good = all(abs(whole[elements.index(a), elements.index(b)] / x - 1) <= case["missing_rel_tol"] for a, b, x in expect["missing"])
        if "weights" in expect:
            p = weights.priorities(matrix, random_index="donegan_dodd_1991")
            ratio = p.consistency_ratio
            good = good and all_near(dict(zip(elements, p.weights, strict=True)), expect["weights"], within)
            good = good and ratio is not None and abs(ratio - expect["cr_donegan_dodd"]) <= within
        return good
    if name == "ahp-measured-values":
        values = given["values"]
        shares = normalise.sample(list(values.values()), "share_of_sum")
        return all_near(dict(zip(values, map(float, numpy.asarray(shares)), strict=True)), expect["weights"], within)
    if name == "ahp-hierarchy-rollup":
        return all_near(leaf_weights(given["tree"], given["root"], 1), expect["weights"], within)
    if name == "ahp-wang-chin-6":
        return close(weights.priorities(given["matrix"]).weights, expect["weights"], within)
    if name == "ahp-jmcdm-8-colmean":
        p = weights.priorities(given["matrix"], method="column_mean")
        ours = [p.lambda_max, p.consistency_index, p.consistency_ratio]
        return close(as_numbers(ours), [expect["lambda_max"], expect["ci"], expect["cr_saaty1980"]], within)
    if name == "ahp-papathanasiou":
        goal = weights.priorities(given["goal_matrix"]).weights
        scores = numpy.stack([weights.priorities(matrix).weights for matrix in given["alternatives"]], axis=1)
        return close(aggregate.weighted_mean(scores, goal), expect["scores"], within)
    assert name == "ahp-random-index-tables"
    return all(random_index_is(table, int(n), value) for table, of in expect.items() for n, value in of.items())


def leaf_weights(tree: dict[str, dict[str, float]], node: str, weight: float) -> dict[str, float]:
    """A leaf may stand under several parents."""
    total: dict[str, float] = {}
    for child, share in tree[node].items():
        below = leaf_weights(tree, child, weight * share) if child in tree else {child: weight * share}
        for leaf, part in below.items():
            total[leaf] = total.get(leaf, 0) + part
    return total


def random_index_is(table: str, n: int, value: float) -> bool:
    """From the ratio of an inconsistent matrix to its index."""
    named = {"saaty1980": "saaty_1980", "saaty2005": "saaty_2005", "donegan_dodd1991": "donegan_dodd_1991", "tummala_ling1998": "tummala_ling_1998"}
    matrix = numpy.ones((n, n))
    matrix[0, 1], matrix[1, 0] = 9, 1 / 9
    p = weights.priorities(matrix, random_index=named[table])  # type: ignore[arg-type]
    return p.consistency_ratio is not None and abs(p.consistency_index / p.consistency_ratio - value) <= 1e-12


def test_comparisons_in_pairs(published: Find, reproduce: Open) -> None:
    name = "composites/ahp_cases.json"
    cases = cases_of(published(name))
    tally = reproduce(name, 11)
    for case in cases:
        tally.check(case["id"], ahp_case(case))


# -- ASEM Sustainable Connectivity, by COINr ----------------------------------------------------------


class Asem:
    """The stages of the index, each from the one before."""

    def __init__(self, published: Find) -> None:
        self.folder = published("composites/coinr_asem")
        meta = rows_of(self.folder / "asem_meta.csv")
        self.leaves = [row for row in meta if row["Type"] == "Indicator"]
        self.nodes = [row for row in meta if row["Type"] in ("Indicator", "Aggregate")]
        self.data = rows_of(self.folder / "asem_data.csv")
        self.units = [row["uCode"] for row in self.data]

    def stage(self, name: str, codes: list[str]) -> dict[str, numpy.ndarray]:
        rows = {row["uCode"]: row for row in rows_of(self.folder / f"{name}.csv")}
        return {code: column((rows[unit] for unit in self.units), code) for code in codes}

    def roll_up(self, scores: dict[str, numpy.ndarray], *, least: float = 0, without: str = "") -> dict[str, numpy.ndarray]:
        """Level by level, arithmetic; ``least`` of the children must be there."""
        found = dict(scores)
        for level in ("2", "3", "4"):
            for node in (row["iCode"] for row in self.nodes if row["Level"] == level):
                children = [row for row in self.nodes if row["Parent"] == node and row["iCode"] != without]
                rows = numpy.stack([found[row["iCode"]] for row in children], axis=1)
                mean = aggregate.weighted_mean(
                    rows, [float(row["Weight"]) for row in children], minimum_coverage=least, coverage_by="count"
                )
                found[node] = numpy.asarray(mean)
        return found

    def normalised(self, columns: dict[str, numpy.ndarray]) -> dict[str, numpy.ndarray]:
        return {
            row["iCode"]: 100 * numpy.asarray(normalise.sample(columns[row["iCode"]], "min_max", larger_is_better=row["Direction"] == "1"))
            for row in self.leaves
        }


@pytest.fixture(scope="module")
def asem(published: Find) -> Asem:
    return Asem(published)


def test_the_stages_of_the_asem_index(asem: Asem, reproduce: Open) -> None:
    """From raw data: denominated, imputed by the mean of the group, winsorised, normalised, aggregated."""
    codes = [row["iCode"] for row in asem.leaves]
    tally = reproduce("composites/coinr_asem, stages", 4 * 49 + 60)
    groups = numpy.array([row["EurAsia_group"] for row in asem.data])
    now = {code: column(asem.data, code) for code in codes}
    for row in asem.leaves:
        if row["Denominator"]:
            now[row["iCode"]] = now[row["iCode"]] / column(asem.data, row["Denominator"])
    for stage in ("denominated", "imputed", "treated", "normalised", "aggregated"):
        if stage == "imputed":
            now = {code: imputed(x, groups) for code, x in now.items()}
        elif stage == "treated":
            now = {code: normalise.winsorise(x).values for code, x in now.items()}
        elif stage == "normalised":
            now = asem.normalised(now)
        elif stage == "aggregated":
            now = asem.roll_up(now)
        expected = asem.stage(f"stage_{stage}", list(now))
        for code, x in now.items():
            scale = 1e-9 if stage in ("normalised", "aggregated") else 1e-12 * numpy.nanmax(numpy.abs(expected[code]))
            tally.check(f"{stage} {code}", close(x, expected[code], scale))


def imputed(x: numpy.ndarray, groups: numpy.ndarray) -> numpy.ndarray:
    """The mean of the unit's group where a value is missing."""
    means = {group: numpy.nanmean(x[groups == group]) for group in set(groups)}
    return numpy.array([means[group] if math.isnan(value) else value for value, group in zip(x, groups, strict=True)])


def test_effective_weights_of_the_asem_index(asem: Asem, reproduce: Open) -> None:
    tree = {row["iCode"]: (row["Parent"] or None, float(row["Weight"])) for row in asem.nodes}
    ours = weights.effective(tree)
    rows = rows_of(asem.folder / "effective_weights.csv")
    tally = reproduce("composites/coinr_asem, effective weights", 60)
    for row in rows:
        tally.near(row["iCode"], ours[row["iCode"]], float(row["EffWeight"]), 1e-9)


def test_missing_data_thresholds_of_the_asem_index(asem: Asem, reproduce: Open) -> None:
    scores = asem.stage("missing_normalised", [row["iCode"] for row in asem.leaves])
    rows = rows_of(asem.folder / "missing_thresholds.csv")
    nodes = [row["iCode"] for row in asem.nodes if row["Level"] != "1"]
    tally = reproduce("composites/coinr_asem, missing thresholds", 4 * 11)
    for threshold in ("none", "0.5", "0.8", "1"):
        ours = asem.roll_up(scores, least=0 if threshold == "none" else float(threshold))
        expected = {row["uCode"]: row for row in rows if row["dat_thresh"] == threshold}
        for node in nodes:
            tally.check(f"{threshold} {node}", close(ours[node], column((expected[u] for u in asem.units), node), 1e-9))


def test_leaving_one_pillar_of_the_asem_index_out(asem: Asem, reproduce: Open) -> None:
    scores = asem.stage("stage_normalised", [row["iCode"] for row in asem.leaves])
    pillars = [row["iCode"] for row in asem.nodes if row["Level"] == "2"]
    shifts = {row["element"]: float(row["mean_abs_rank_diff"]) for row in rows_of(asem.folder / "remove_level2_meanabsdiff.csv")}
    expected = asem.stage("remove_level2_scores", ["Nominal", *pillars])
    expected_ranks = asem.stage("remove_level2_ranks", ["Nominal", *pillars])
    nominal = descending_ranks(asem.roll_up(scores)["Index"])
    tally = reproduce("composites/coinr_asem, leave one out", 3 * 9)
    for without in ("Nominal", *pillars):
        index = asem.roll_up(scores, without=without)["Index"]
        ranks = descending_ranks(index)
        tally.check(f"{without} scores", close(index, expected[without], 1e-9))
        tally.check(f"{without} ranks", close(ranks, expected_ranks[without], 0))
        tally.near(f"{without} shift", float(numpy.abs(ranks - nominal).mean()), shifts[without], 1e-9)


# -- edges, where other code does what it happens to do ------------------------------------------------


def refused(call: Any) -> str | None:
    """The code of what an argument was refused for."""
    try:
        call()
    except attain.InvalidOption as problem:
        return problem.findings[0].code
    return None


def edge_decisions() -> dict[str, bool]:
    """Whether we do what docs/composites.md says, by the input that the set names."""
    nan = math.nan
    return {
        "constant column, min-max": normalise.sample([3, 3], "min_max").why(0) is Reason.denominator_zero,
        "z-score denominator": close(normalise.sample([1, 3], "z_score"), [-math.sqrt(0.5), math.sqrt(0.5)], 1e-15)
        and close(normalise.sample([1, 3], "z_score", divisor="n"), [-1, 1], 1e-15),
        "entropy weights, a zero in a column": close(weights.entropy([[0, 1], [1, 1]]), [1, 0], 1e-15),
        "geometric mean with a 0 or negative value": aggregate.geometric_mean([0, 1]).only() == 0
        and aggregate.geometric_mean([-1, 1]).why(0) is Reason.not_scalable,
        "harmonic mean of (-1, 1)": aggregate.harmonic_mean([-1, 1]).why(0) is Reason.not_scalable,
        "power mean p=2 of (1, NA, 3)": close(aggregate.power_mean([1, nan, 3], exponent=2), [math.sqrt(5)], 1e-14)
        and aggregate.power_mean([1, nan, 3], exponent=2, missing="refuse").why(0) is Reason.incomplete,
        "x/max(x) for (-2, -1)": normalise.sample([-2, -1], "share_of_greatest").why(0) is Reason.not_scalable,
        "distance to target when target < min(x)": normalise.distance_to_target([1, 2, 3], 0.5).why(0) is Reason.not_scalable,
        "all weights zero or all inputs missing": aggregate.weighted_mean([1, 2], [0, 0]).why(0) is Reason.no_observation
        and aggregate.weighted_mean([nan, nan]).why(0) is Reason.no_observation,
        "negative weights": refused(lambda: aggregate.weighted_mean([1, 2], [-1, 2])) == "negative_weight",
        "ranking ties": close(normalise.sample([5, 7, 7, 9], "rank"), [1, 2, 2, 4], 0)
        and close(normalise.sample([5, 7, 7, 9], "rank", ties="dense"), [1, 2, 2, 3], 0),
        "generalised mean, default arguments": close(aggregate.power_mean([1, 7], exponent=2), [5], 1e-14),
        "AMPI penalty POS against NEG": close(aggregate.penalised_mean([0.4, 0.6]), [0.48], 1e-15)
        and close(aggregate.penalised_mean([0.4, 0.6], penalty="up"), [0.52], 1e-15),
        "mean-min function, alpha=0": close(aggregate.mean_min([0.2, 0.4, 0.9], alpha=0), [0.5], 1e-15),
        "data threshold with unequal weights": aggregate.weighted_mean([[nan, nan, 1]], [10, 1, 1], minimum_coverage=1 / 3).why(0)
        is Reason.incomplete
        and aggregate.weighted_mean([[nan, nan, 1]], [10, 1, 1], minimum_coverage=1 / 3, coverage_by="count").only() == 1,
    }


LEFT_OUT = {
    "outranking matrix with a missing value, rows reversed": "outranking", 'Aggregate(f_ag = "a_copeland", by_df = TRUE)': "copeland",
    "log_GII(x)": "log_gii", "grey relational grade": "grey_relational_grade",
    "Sobol first-order estimator on an output with a large mean": "sobol", "get_noisy_weights with NoiseFactor > 1": "noisy",
}  # fmt: skip


def test_edges_are_decided_on_purpose(published: Find, reproduce: Open) -> None:
    """As docs/composites.md says of each; what is left out is not half there."""
    name = "composites/edge_behaviour.json"
    rows = json.loads(published(name).read_text("utf-8"))["rows"]
    decided = edge_decisions()
    said = (ROOT / "docs" / "composites.md").read_text("utf-8")
    tally = reproduce(name, 21)
    for row in rows:
        edge = row["input"]
        absent = LEFT_OUT.get(edge, "")
        holds = decided[edge] if edge in decided else not any(hasattr(of, absent) for of in (aggregate, normalise, weights))
        tally.check(edge, holds and edge in said, "decided otherwise, or not in docs/composites.md")
