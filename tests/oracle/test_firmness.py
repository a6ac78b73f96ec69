"""Totals with one part left out, and with other weights, beside the oracle's (docs/firmness.md); and weights of incomplete comparisons.

The oracle evaluates the edited programme: a part left out has the weight 0; a weight that moves leaves the others as they are, so that
their proportions stay.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import attain
import pytest
from attain import firmness

from .combining import priorities
from .compare import same_number
from .generate import Case, generate, write_files
from .oracle import evaluate

SIZE = 8
ENOUGH = 12  # parts of one programme


def evaluation_of(case: Case, folder: Path) -> attain.Evaluation:
    write_files(case, folder)
    plan = attain.read_programme(folder)
    return attain.evaluate(plan, attain.read_observations(folder, plan), as_of=case.as_of, known_at=case.known_at)


def children(node: dict[str, Any], above: dict[str, Any] | None = None) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Every project and target with the node above it."""
    if above is not None:
        yield node, above
    for child in node.get("projects", []):
        yield from children(child, node)
    for target in node.get("targets", []):
        yield target, node


def with_weight(programme: dict[str, Any], part: str, weight: float) -> dict[str, Any]:
    edited = copy.deepcopy(programme)
    for child, _ in children(edited):
        if child["id"] == part:
            child["weight"] = weight
    return edited


def totals(case: Case, programme: dict[str, Any], units: list[str], among: str) -> list[Fraction | None]:
    rows = evaluate(programme, case.observations, case.as_of, case.known_at).nodes
    root = next(place["id"] for place in programme["places"] if "within" not in place)
    keys = [("", unit) if among == "places" else (unit, root) for unit in units]
    return [rows[key].attainment if key in rows else None for key in keys]


def by_part(table: attain.Table, among: str) -> dict[str, list[dict[str, Any]]]:
    parts: dict[str, list[dict[str, Any]]] = {}
    for row in table.rows():
        parts.setdefault(row["without"], []).append(row)
    for rows in parts.values():
        assert [row["place" if among == "places" else "project"] for row in rows]
    return parts


@pytest.mark.parametrize("first", range(0, 48, SIZE))
@pytest.mark.parametrize("among", ["places", "projects"])
def test_leaving_a_part_out_is_the_programme_without_its_weight(first: int, among: str, tmp_path: Path) -> None:
    compared = 0
    for seed in range(first, first + SIZE):
        case = generate(seed)
        now = evaluation_of(case, tmp_path)
        parts = by_part(firmness.leave_one_out_table(now, among=among), among)  # type: ignore[arg-type]
        for part, rows in list(parts.items())[:ENOUGH]:
            units = [row["place" if among == "places" else "project"] for row in rows]
            for row, expected in zip(rows, totals(case, with_weight(case.programme, part, 0), units, among), strict=True):
                assert same_number(expected, row["score"]), f"seed {seed} without {part}: {row}, oracle {expected}"
                compared += 1
    assert compared > 0


def order(of: list[Fraction | None]) -> list[tuple[int, int]]:
    """Which of two is higher, but for what differs by less than rounding."""
    return [
        (i, j)
        for i, a in enumerate(of)
        for j, b in enumerate(of)
        if a is not None and b is not None and a > b + Fraction(1, 10**11)
    ]


@pytest.mark.parametrize("first", range(0, 48, SIZE))
def test_within_its_interval_a_weight_keeps_the_order_and_just_beyond_it_does_not(first: int, tmp_path: Path) -> None:
    for seed in range(first, first + SIZE):
        case = generate(seed)
        now = evaluation_of(case, tmp_path)
        units = [row["place"] for row in firmness.ranks_table(now, draws=1).rows()]
        given = {child["id"]: child for child, above in children(case.programme) if above.get("roll_up", {}).get("weights", {"by": "given"})["by"] == "given"}
        before = order(totals(case, case.programme, units, "places"))
        rows = [row for row in firmness.stable_weights_table(now).rows() if row["share"] is not None and row["node"] in given and 0 < row["share"] < 1]
        for row in rows[:ENOUGH]:
            weight = given[row["node"]].get("weight", 1)

            def at(share: float, row: dict[str, Any] = row, weight: float = weight) -> list[tuple[int, int]]:
                moved = weight * share / (1 - share) * (1 - row["share"]) / row["share"]
                return order(totals(case, with_weight(case.programme, row["node"], moved), units, "places"))

            step = 1e-6
            if row["least"] > step:
                assert not set(at(row["least"] - step)) >= set(before), f"seed {seed}: {row}"
            if row["most"] < 1 - step:
                assert not set(at(row["most"] + step)) >= set(before), f"seed {seed}: {row}"
            for share in (row["least"] + step, (row["least"] + row["share"]) / 2, (row["most"] + row["share"]) / 2, row["most"] - step):
                if row["least"] < share < row["most"]:
                    reversed_pairs = {(j, i) for i, j in before}
                    assert not reversed_pairs & set(at(share)), f"seed {seed}: {row} at {share}"


@pytest.mark.parametrize("seed", range(12))
def test_priorities_of_incomplete_comparisons_are_the_oracles_u11d(seed: int) -> None:
    rng = random.Random(seed)
    children = ["a", "b", "c", "d", "e"][: rng.randint(3, 5)]
    chain = list(zip(children, children[1:], strict=False))  # connects them
    others = [(a, b) for i, a in enumerate(children) for b in children[i + 2 :]]
    pairs = {pair: rng.choice((0.25, 0.5, 1, 2, 3, 5)) for pair in chain + rng.sample(others, rng.randint(0, len(others)))}
    expected = priorities([{"child": a, "over": b, "times": times} for (a, b), times in pairs.items()], "eigenvector")
    found = attain.weights.priorities(attain.weights.comparison_matrix(children, pairs)).weights
    for child, weight in zip(children, found, strict=True):
        assert same_number(expected[child], float(weight)), f"{pairs}: {child} {float(weight)}, oracle {float(expected[child])}"
