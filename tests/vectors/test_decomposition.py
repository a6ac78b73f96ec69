"""Decompositions of change, and what one part of a composite decides, against what others published."""

import csv
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

from attain import control, firmness

Published = Callable[[str], Path]


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def shapley_of(costs: list[float]) -> list[float]:
    """The airport game: a runway costs what the largest of its users needs."""
    return control.shapley(len(costs), lambda marks: max((cost for cost, mark in zip(costs, marks, strict=True) if mark), default=0.0))


def lmdi_of(case: dict[str, Any]) -> dict[str, list[float]]:
    """Effects of the factors, summed over the categories; multiplicative ones from the same weights."""
    before, after = case["V0"], case["VT"]
    by_category = [
        control.split_product(before[j], after[j], [factor[j] for factor in case["X0"]], [factor[j] for factor in case["XT"]])
        for j in range(len(before))
    ]
    additive = [math.fsum(parts) for parts in zip(*by_category, strict=True)]
    mean = control.logarithmic_mean(math.fsum(after), math.fsum(before))
    return {"additive": additive, "multiplicative": [math.exp(effect / mean) for effect in additive]}


def test_decomposition_cases(published: Published, reproduce: Any) -> None:
    cases = json.loads(published("composites/decomposition_cases.json").read_text("utf-8"))["cases"]
    tally = reproduce("composites/decomposition_cases", 5)
    for case in cases:
        expected = case["expect"]
        if case["method"] == "shapley":
            ours = {"values": shapley_of(case["input"]["costs"])}
        else:
            ours = lmdi_of(case["input"])
            ours["total"] = [math.fsum(case["input"]["VT"]) - math.fsum(case["input"]["V0"])]
            ours["ratio"] = [math.fsum(case["input"]["VT"]) / math.fsum(case["input"]["V0"])]
        wrong = {}
        for name, values in expected.items():
            wanted = values if isinstance(values, list) else [values]
            if any(abs(a - b) > case["abs_tol"] for a, b in zip(ours[name], wanted, strict=True)):
                wrong[name] = ours[name]
        tally.check(case["id"], not wrong, wrong)


class Asem:
    """The composite of 51 countries and 49 indicators that COINr ships: its tree, and its normalised data."""

    def __init__(self, published: Published) -> None:
        meta = [row for row in rows_of(published("composites/coinr_asem/asem_meta.csv")) if row["Level"]]
        meta.sort(key=lambda row: -int(row["Level"]))
        self.nodes = [row["iCode"] for row in meta]
        number = {code: at for at, code in enumerate(self.nodes)}
        data = rows_of(published("composites/coinr_asem/stage_normalised.csv"))
        self.countries = [row["uCode"] for row in data]
        leaves = [row["iCode"] for row in meta if row["Level"] == "1"]
        self.of: dict[str, Any] = {
            "parents": [number[row["Parent"]] if row["Parent"] else 0 for row in meta],
            "weights": [float(row["Weight"]) for row in meta],
            "scores": [[float(row[leaf]) for leaf in leaves] for row in data],
        }


def test_leaving_out_a_pillar(published: Published, reproduce: Any) -> None:
    asem = Asem(published)
    scores = rows_of(published("composites/coinr_asem/remove_level2_scores.csv"))
    ranks = rows_of(published("composites/coinr_asem/remove_level2_ranks.csv"))
    shifts = {row["element"]: float(row["mean_abs_rank_diff"]) for row in rows_of(published("composites/coinr_asem/remove_level2_meanabsdiff.csv"))}
    without = {asem.nodes[one["node"]]: one for one in firmness.leave_one_out(**asem.of)}
    tally = reproduce("composites/coinr_asem: leave-one-out", 51 * 2 * 9 + 8)
    nominal = firmness.tree_scores(**asem.of)
    as_given = [1 + sum(other > own for other in nominal) for own in nominal]
    for at, country in enumerate(asem.countries):
        score_row, rank_row = scores[at], ranks[at]
        assert score_row["uCode"] == rank_row["uCode"] == country
        tally.near(f"{country}, score", nominal[at], float(score_row["Nominal"]), within=1e-9)
        tally.check(f"{country}, rank", as_given[at] == int(rank_row["Nominal"]), as_given[at])
        for pillar in shifts:
            if pillar == "Nominal":
                continue
            tally.near(f"{country} without {pillar}, score", without[pillar]["scores"][at], float(score_row[pillar]), within=1e-9)
            rank = without[pillar]["ranks"][at]
            tally.check(f"{country} without {pillar}, rank", rank == int(rank_row[pillar]), rank)
    for pillar, shift in shifts.items():
        if pillar != "Nominal":
            tally.near(f"{pillar}, shift", without[pillar]["mean_rank_shift"], shift, within=1e-9)


def test_ranks_of_the_composite_are_drawn_the_same_on_any_number_of_threads(published: Published) -> None:
    asem = Asem(published)
    one = firmness.draw_ranks(**asem.of, seed=1, draws=3000)
    assert one == firmness.draw_ranks(**asem.of, seed=1, draws=3000, threads=2)
    assert all(abs(math.fsum(unit["rank_share"]) - 1) < 1e-9 for unit in one)
    assert all(abs(unit["mean"] - unit["score"]) < 0.5 for unit in one)


def test_every_weight_of_the_composite_has_a_range(published: Published) -> None:
    asem = Asem(published)
    ranges = firmness.stable_weights(**asem.of)
    assert ranges is not None
    assert all(r["least"] <= r["share"] <= r["most"] for r in ranges)
