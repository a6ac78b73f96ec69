"""Small programmes for the hand-computed cases."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from .exact import ONE, exact
from .judging import Cell
from .oracle import Evaluation, evaluate
from .rolling import NodeRow

YEAR = {"start": "2021-01-01", "due": "2021-12-31"}
CITY = [{"id": "city"}, {"id": "east", "within": "city"}, {"id": "west", "within": "city"}]
MONTHS = tuple(f"2021-{m:02d}" for m in range(1, 13))
Rows = list[dict[str, Any]]


def indicator(kind: str, name: str = "x", **more: Any) -> dict[str, Any]:
    return {"id": name, "unit": "元", "kind": kind, "indivisible": False, **more}


def monthly(amounts: list[Any], name: str = "x", **more: Any) -> Rows:
    """One increment a month from January."""
    return [{"indicator": name, "period": m, "amount": a, **more} for m, a in zip(MONTHS, amounts) if a is not None]


def on(day: str, amount: Any, name: str = "x", **more: Any) -> dict[str, Any]:
    return {"indicator": name, "day": day, "amount": amount, **more}


def programme(targets: Rows, indicators: Rows, places: Rows | None = None, window: dict[str, str] = YEAR,
              **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "format": "attain-programme/1", "id": "p", "window": window, "indicators": indicators,
        "projects": [{"id": "1", "targets": [{"id": f"1.{i + 1}", "indicator": "x", **t} for i, t in enumerate(targets)]}]}
    if places:
        made["places"] = places
    return {**made, **more}


def run(target: dict[str, Any], rows: Rows, as_of: str, kind: Any = "increment", known_at: str | None = None,
        places: Rows | None = None, window: dict[str, str] = YEAR, **more: Any) -> Evaluation:
    """Evaluates one target over one indicator (a kind, or the list of indicators)."""
    indicators = [indicator(kind)] if isinstance(kind, str) else kind
    return evaluate(programme([target], indicators, places, window, **more), rows, as_of, known_at)


def cell(target: dict[str, Any], rows: Rows, as_of: str, kind: Any = "increment", place: str = "", **more: Any) -> Cell:
    cells = run(target, rows, as_of, kind, **more).cells
    return cells["1.1", place or ("city" if more.get("places") else "all")]


def node(targets: Rows, indicators: Rows, rows: Rows, as_of: str, name: str = "1", **more: Any) -> NodeRow:
    return evaluate(programme(targets, indicators, **more), rows, as_of).nodes[name, "all"]


def near(value: Fraction | None, number: float) -> bool:
    return value is not None and abs(value - exact(number)) <= Fraction(1, 10**12) * max(ONE, abs(value))


def of(row: Any, *names: str) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in names)
