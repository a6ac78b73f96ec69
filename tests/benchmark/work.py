"""The work that everybody is given, as columns in memory, and what attain's C++ made of it.

A file NAME.TYPE holds one column in little-endian; `benchmark_engine --write` writes them.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

import numpy
import numpy.typing

Array = numpy.typing.NDArray[Any]
Columns = dict[str, Array]

TYPES = {"u8": "<u1", "u32": "<u4", "i32": "<i4", "f64": "<f8"}


class Kind(IntEnum):
    """What a target reads."""

    LEVEL = 0
    INCREMENT = 1
    RATIO = 2


class State(IntEnum):
    """Codes of the default method (section S)."""

    MET = 0
    ON_TRACK = 1
    AT_RISK = 2
    BEHIND = 3
    MISSED = 4
    NOT_DUE = 5
    NONE = 255


class Reason(IntEnum):
    """Those of section N that can occur in this work, by their precedence; 0 is an answer."""

    ANSWER = 0
    NOT_STARTED = 4
    NO_OBSERVATION = 7
    NOT_DUE = 8
    STALE = 9
    INCOMPLETE = 10


Names = dict[str, tuple[str, ...]]  # of columns, by table
Results = dict[str, Columns]

# What a peer returns for each table: numbers, and codes that are compared exactly.
TABLES: Names = {
    "target": (
        "reading",
        "reading_missing",
        "attainment",
        "attainment_missing",
        "expected",
        "gap",
        "gap_missing",
        "state",
        "state_missing",
    ),
    "project": ("attainment", "attainment_missing", "expected", "coverage", "state", "state_missing"),
    "programme": ("attainment", "attainment_missing", "expected", "coverage", "state", "state_missing"),
}


@dataclass(frozen=True)
class Work:
    """Reports in random order, and the targets that read them. Days are counted from 1970-01-01."""

    folder: Path
    indicators: list[str]
    places: list[str]
    rows: Columns  # indicator, place (codes), first_day, last_day, recorded, amount
    targets: Columns  # programme, project, indicator, kind, start, due, baseline, goal

    @property
    def days(self) -> list[datetime.date]:
        """The as-of days that attain's results are there for, in order."""
        return sorted(datetime.date.fromisoformat(p.name) for p in self.folder.glob("20??-??-??"))


def load(folder: Path) -> Work:
    """The work in a folder that `benchmark_engine --write` filled."""
    return Work(
        folder=folder,
        indicators=(folder / "indicators.txt").read_text("utf-8").splitlines(),
        places=(folder / "places.txt").read_text("utf-8").splitlines(),
        rows=columns(folder, "row_"),
        targets=columns(folder, "target_"),
    )


def columns(folder: Path, prefix: str) -> Columns:
    """All columns of a folder whose name begins so, by the rest of the name."""
    return {
        file.stem.removeprefix(prefix): numpy.fromfile(file, dtype=TYPES[file.suffix[1:]])
        for file in sorted(folder.glob(prefix + "*"))
    }


def day_number(day: datetime.date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - datetime.date(1970, 1, 1).toordinal()
