"""The engine as the Python package `attain` gives it: the tables of an evaluation as rows with the oracle's names."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attain

from .generate import Case, write_files

Row = dict[str, Any]

ANSWERS = ("reading", "baseline", "goal", "attainment", "expected", "gap", "pace", "days_ahead")


def engine_rows(case: Case) -> tuple[list[Row], list[Row]]:
    """The engine's cells and nodes of a case, read from its two files."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_files(case, folder)
        plan = attain.read_programme(folder)
        book = attain.read_observations(folder, plan)
    now = attain.evaluate(plan, book, as_of=case.as_of, known_at=case.known_at)
    return _cells(now), _nodes(now)


def _cells(now: attain.Evaluation) -> list[Row]:
    table = now.target_table(at_places=True)
    rows = table.rows()
    for answer in ANSWERS:
        for row, reason in zip(rows, table[answer].reasons(), strict=True):
            row[answer + "_reason"] = _word(reason)
    for row in rows:
        result = now[row["target"], row["place"]]
        row["status_reason"] = row.pop("reason")
        row["is_hold_like"] = row.pop("is_hold")
        row["reversible"] = result.is_reversible
        lacks_baseline = row["attainment_reason"] == "baseline_missing"  # where the oracle has it (A5)
        row["of_goal"] = result.of_goal if lacks_baseline else None
    return rows


def _nodes(now: attain.Evaluation) -> list[Row]:
    rows = now.project_table(at_places=True).rows()
    for row in rows:
        row["node"] = row.pop("project") or ""
        row["spi"] = row.pop("pace")
    return rows


def _word(reason: attain.Reason | None) -> str | None:
    return None if reason is None else str(reason)
