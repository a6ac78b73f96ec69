"""Whether a contender's results are attain's: every number to 1e-9 of its size, every code exactly."""

from __future__ import annotations

from pathlib import Path

import numpy

from work import TABLES, Columns, Names, Results, columns

TOLERANCE = 1e-9
MISSING_WITH = {("project", "expected"): "attainment", ("programme", "expected"): "attainment"}  # rule U2


class Disagreement(Exception):
    """A contender says something else; the message shows where first."""


def check(results: Results, folder: Path, tables: Names = TABLES) -> int:
    """Compares with the results in a folder of `benchmark_engine`; returns how many values there were."""
    return sum(check_table(table, results[table], columns(folder, table + "_"), names) for table, names in tables.items())


def check_table(table: str, said: Columns, wanted: Columns, names: tuple[str, ...]) -> int:
    compared = 0
    for name in names:
        a, b = said[name], wanted[name]
        if a.shape != b.shape:
            raise Disagreement(f"{table}: {len(a)} of {name}, attain has {len(b)}")
        missing = wanted.get(MISSING_WITH.get((table, name), name) + "_missing")
        if b.dtype.kind == "f":
            size = numpy.maximum(1, numpy.abs(b))
            differs = ~(numpy.abs(a - b) <= TOLERANCE * size)
            if missing is not None:
                differs &= missing == 0
        else:
            differs = a != b
        if differs.any():
            at = int(numpy.flatnonzero(differs)[0])
            raise Disagreement(f"{table} {at}: {name} is {a[at]}, attain has {b[at]} ({int(differs.sum())} of {len(a)} differ)")
        compared += len(a)
    return compared

