"""The oracle: evaluates a programme against observations, from the words of docs/semantics.md, exactly.

`evaluate` takes the dict of a programme.json, a list of observation dicts (the columns of observations.csv, typed:
an amount is a number, a pair of ends with None for an open one, or a name of a rating's scale), and the two days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from .days import day
from .entries import Ledger
from .judging import Cell, judge
from .places import Reader
from .plan import cell_places, read_plan
from .rolling import NodeRow, Roller

DayLike = str | int | date


@dataclass
class Evaluation:
    cells: dict[tuple[str, str], Cell]  # by target and place
    nodes: dict[tuple[str, str], NodeRow]  # by project ("" is the root) and place


def evaluate(programme: dict[str, Any], observations: list[dict[str, Any]], as_of: DayLike,
             known_at: DayLike | None = None) -> Evaluation:
    known = None if known_at is None else day(known_at)
    on = day(as_of)
    plan = read_plan(programme, known)
    ledger = Ledger(plan, observations, known)
    cells = {}
    for target in plan.targets:
        reader = Reader(plan, ledger, target)
        for place in cell_places(plan, target):
            cell = judge(plan, reader, target, place, on)
            cells[cell.target, cell.place] = cell
    return Evaluation(cells, Roller(plan, cells, on).roll())
