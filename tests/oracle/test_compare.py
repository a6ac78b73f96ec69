"""The comparison and the generator can fail, and the generator exercises what it says."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from typing import Any

import pytest

from .compare import compare
from .exact import REASONS
from .generate import (
    Case,
    amount_text,
    count_features,
    generate,
    observations_text,
    programme_text,
)
from .judging import ANSWERS
from .oracle import evaluate
from .shrink import shrink

PROGRAMMES, LEAST = 2000, 25  # a fortieth; the full count is 500 of 20,000


def _echo(case: Case) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The oracle's own answers as an engine would give them, in doubles."""
    said = evaluate(case.programme, case.observations, case.as_of, case.known_at)
    rows = []
    answers: list[Any] = [*said.cells.values(), *said.nodes.values()]
    for row in answers:
        rows.append({k: float(v) if hasattr(v, "numerator") and not isinstance(v, (int, bool)) else v
                     for k, v in asdict(row).items()})
    return rows[:len(said.cells)], rows[len(said.cells):]


@pytest.mark.parametrize("seed", range(20))
def test_the_oracle_agrees_with_itself_in_doubles(seed: int) -> None:
    case = generate(seed)
    assert compare(case.programme, case.observations, case.as_of, case.known_at, *_echo(case)) == []


def test_a_changed_number_status_or_reason_is_a_difference() -> None:
    for seed in range(50):
        case = generate(seed)
        cells, nodes = _echo(case)
        spoilt = [{**c, "status": "met" if c["status"] != "met" else "missed"} for c in cells]
        assert compare(case.programme, case.observations, case.as_of, case.known_at, spoilt, nodes)
        off = [{**n, "coverage": (n["coverage"] or 0) + 1e-11} for n in nodes]
        assert compare(case.programme, case.observations, case.as_of, case.known_at, cells, off)
        assert compare(case.programme, case.observations, case.as_of, case.known_at, cells[1:], nodes)


def test_every_feature_is_exercised() -> None:
    rare = {f: n for f, n in count_features(PROGRAMMES).items() if n < LEAST}
    assert not rare


def test_every_status_and_reason_occurs() -> None:
    statuses, reasons = set(), set()
    for seed in range(800):
        case = generate(seed)
        for made in evaluate(case.programme, case.observations, case.as_of, case.known_at).cells.values():
            statuses.add(made.status)
            reasons |= {made.reading_reason, made.attainment_reason, made.pace_reason, made.status_reason}
    assert {*ANSWERS, "not_due", None} == statuses
    assert set(REASONS) - reasons <= {"too_few_observations", "overflow"}  # of projections, of user formulas


def test_a_seed_gives_one_case() -> None:
    assert programme_text(generate(7)) == programme_text(generate(7))
    assert observations_text(generate(7)) == observations_text(generate(7))


def test_the_files_say_what_the_case_says() -> None:
    for seed in range(100):
        case = generate(seed)
        assert json.loads(programme_text(case)) == case.programme
        rows = list(csv.DictReader(io.StringIO(observations_text(case))))
        assert len(rows) == len(case.observations) <= 40
        for row, said in zip(rows, case.observations):
            if "amount" in said:
                assert row["amount"] == amount_text(said["amount"])


def _has_missed(case: Case) -> bool:
    cells = evaluate(case.programme, case.observations, case.as_of, case.known_at).cells
    return any(cell.status == "missed" for cell in cells.values())


def test_a_case_shrinks_to_what_shows_the_difference() -> None:
    case = next(c for c in map(generate, range(200)) if len(c.observations) > 20 and _has_missed(c))
    small = shrink(case, _has_missed)
    assert _has_missed(small)
    assert len(small.observations) < 10 and programme_text(small).count('"aim"') == 1
