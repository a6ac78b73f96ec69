"""The engine's answers beside the oracle's: exact on reasons and statuses, to 1e-12 on numbers.

`compare` needs only rows; those of the engine come from the installed Python package (engine.py). As a command it compares
many programmes on all processors, prints every difference and how many programmes used each feature, and exits with 1 on any.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from multiprocessing import Pool
from typing import Any

from .days import iso
from .generate import Case, feature_table, generate
from .judging import Cell
from .oracle import evaluate
from .rolling import NodeRow

Row = dict[str, Any]

CELL_NUMBERS = ("reading", "baseline", "goal", "attainment", "expected", "gap", "pace", "days_ahead")
CELL_PLAIN = ("status", "status_reason", "is_hold_like", "reversible")
NODE_NUMBERS = ("attainment", "expected", "spi", "hold_share", "coverage", "lower", "upper")
NODE_PLAIN = ("status", "reason")
JUDGED = ("status", "status_reason", "reversible", "score", "reason")  # what a knife edge may turn


def compare(programme: Row, observations: list[Row], as_of: str, known_at: str | None, engine_rows: Iterable[Row],
            engine_nodes: Iterable[Row]) -> list[str]:
    """The differences, one line each. Engine rows are dicts with the oracle's field names; a field that a row does
    not have is not compared. Rows are keyed by (target, place) and (node, place)."""
    said = evaluate(programme, observations, as_of, known_at)
    edges = {place for (_, place), cell in said.cells.items() if cell.knife_edge}
    lines = _keys("cell", said.cells, {(r["target"], r["place"]): r for r in engine_rows}, _cell_differences)
    nodes = {(r["node"], r["place"]): r for r in engine_nodes}
    for row in said.nodes.values():
        row.knife_edge = row.knife_edge or bool(edges)
    return lines + _keys("node", said.nodes, nodes, _node_differences)


def _keys(kind: str, oracle: dict[Any, Any], engine: dict[Any, Row], differences: Any) -> list[str]:
    lines = [f"{kind} {key}: only the oracle has it" for key in oracle if key not in engine]
    lines += [f"{kind} {key}: only the engine has it" for key in engine if key not in oracle]
    for key, mine in oracle.items():
        if key in engine:
            lines += [f"{kind} {key}: {line}" for line in differences(mine, engine[key])]
    return lines


def _cell_differences(mine: Cell, theirs: Row) -> list[str]:
    numbers = tuple(n for n in CELL_NUMBERS if n != "days_ahead" or not mine.days_on_edge)
    lines = _numbers(mine, theirs, numbers) + _plain(mine, theirs, CELL_PLAIN, mine.knife_edge)
    lines += [line for name in CELL_NUMBERS for line in _plain(mine, theirs, (name + "_reason",), False)]
    if not mine.knife_edge:
        lines += _numbers(mine, theirs, ("score", "of_goal"))
    if mine.reading is not None:
        lines += _numbers(mine, theirs, ("coverage",))
        if "data_day" in theirs and _day(theirs["data_day"]) != _day(mine.data_day):
            lines.append(f"data_day: oracle {_day(mine.data_day)}, engine {_day(theirs['data_day'])}")
    return lines


def _node_differences(mine: NodeRow, theirs: Row) -> list[str]:
    return _numbers(mine, theirs, NODE_NUMBERS) + _plain(mine, theirs, NODE_PLAIN, mine.knife_edge)


def _numbers(mine: Any, theirs: Row, names: tuple[str, ...]) -> list[str]:
    lines = []
    for name in names:
        a: Fraction | None = getattr(mine, name)
        if name in theirs and not same_number(a, theirs[name], name):
            lines.append(f"{name}: oracle {_show(a)}, engine {theirs[name]}")
    return lines


def same_number(a: Fraction | None, b: float | None, name: str = "") -> bool:
    """|a - b| <= 1e-12 max(1, |a|); days come out of a division by a slope and are allowed 1e-8."""
    if a is None or b is None:
        return a is None and b is None
    tolerance = Fraction(1, 10**8) if name == "days_ahead" else Fraction(1, 10**12)
    return abs(a - Fraction(b)) <= tolerance * max(Fraction(1), abs(a))


def _plain(mine: Any, theirs: Row, names: tuple[str, ...], at_edge: bool) -> list[str]:
    return [f"{name}: oracle {getattr(mine, name)}, engine {theirs[name]}" for name in names
            if name in theirs and not (at_edge and name in JUDGED) and getattr(mine, name) != theirs[name]]


def _show(value: Fraction | None) -> str:
    return "none" if value is None else f"{float(value)!r}"


def _day(value: None | int | str | date) -> str | None:
    if isinstance(value, int):
        return iso(value)
    return value.isoformat() if isinstance(value, date) else value


def differences(case: Case) -> list[str]:
    """Where the engine differs from the oracle; a case that it refuses is a difference too."""
    import attain  # the oracle and its tests do without

    from .engine import engine_rows

    try:
        cells, nodes = engine_rows(case)
    except attain.Error as error:
        return [f"refused: {error}"]
    return compare(case.programme, case.observations, case.as_of, case.known_at, cells, nodes)


def _compared(seed: int) -> tuple[int, set[str], list[str]]:
    case = generate(seed)
    return seed, case.features, differences(case)


def main(count: int, seed: int) -> int:
    """Compares `count` programmes from `seed` on."""
    features: Counter[str] = Counter()
    differing = 0
    with Pool() as pool:
        for number, used, lines in pool.imap(_compared, range(seed, seed + count), chunksize=20):
            features.update(used)
            differing += bool(lines)
            for line in lines:
                print(f"seed {number}: {line}", flush=True)
    print(feature_table(features))
    print(f"{count} programmes compared, {differing} differ")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, int(sys.argv[2]) if len(sys.argv) > 2 else 0))
