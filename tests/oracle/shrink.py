"""Makes a case that shows a difference as small as it can be: fewer targets, observations and places.

`python -m oracle.shrink SEED [FOLDER]` (from tests/) prints what remains, and writes its two files.
"""

from __future__ import annotations

import copy
import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from .compare import differences
from .generate import Case, generate, write_files

Differs = Callable[[Case], bool]


def shrink(case: Case, differs: Differs) -> Case:
    """Applies every reduction that keeps the difference, until none does."""
    shrunk = True
    while shrunk:
        shrunk = False
        for smaller in _smaller(case):
            if _still(smaller, differs):
                case, shrunk = smaller, True
                break
    return case


def _still(case: Case, differs: Differs) -> bool:
    try:
        return differs(case)
    except (ValueError, LookupError, AssertionError):  # a reduction may leave a programme that is no longer valid
        return False


def _smaller(case: Case) -> Iterator[Case]:
    rows = case.observations
    for size in (16, 4, 1):
        for at in range(0, len(rows), size):
            yield replace(case, observations=rows[:at] + rows[at + size:])
    for number in range(_count(case.programme)):
        programme = copy.deepcopy(case.programme)
        _drop_target(programme["projects"], number)
        yield replace(case, programme=programme)
    for holder_path in _optional_fields(case.programme):
        programme = copy.deepcopy(case.programme)
        holder: Any = programme
        for key in holder_path[:-1]:
            holder = holder[key]
        del holder[holder_path[-1]]
        yield replace(case, programme=programme)
    if case.known_at is not None:
        yield replace(case, known_at=None)


def _targets(projects: list[dict[str, Any]]) -> Iterator[tuple[list[Any], int]]:
    for project in projects:
        yield from _targets(project.get("projects", []))
        for at in range(len(project.get("targets", []))):
            yield project["targets"], at


def _count(programme: dict[str, Any]) -> int:
    return sum(1 for _ in _targets(programme["projects"]))


def _drop_target(projects: list[dict[str, Any]], number: int) -> None:
    holder, at = list(_targets(projects))[number]
    del holder[at]


_REQUIRED = {"format", "id", "window", "indicator", "aim", "kind", "unit", "within", "start", "due", "numerator",
             "denominator", "expression", "steps", "day", "share", "amount"}


def _optional_fields(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in _REQUIRED and key not in ("projects", "targets", "indicators", "places"):
                yield (*path, key)
            yield from _optional_fields(value, (*path, key))
    elif isinstance(node, list):
        for at, value in enumerate(node):
            if path[-1] in ("projects", "indicators", "places") and isinstance(value, dict):
                yield (*path, at)
            yield from _optional_fields(value, (*path, at))


def _kinds(case: Case) -> set[str]:
    """The differences of a case without their places and numbers: what must stay while it shrinks."""
    return {re.sub(r"\(.*?\)|-?\d[\d.e-]*", "", line) for line in differences(case)}


if __name__ == "__main__":
    whole = generate(int(sys.argv[1]))
    wanted = min(_kinds(whole))
    small = shrink(whole, lambda case: wanted in _kinds(case))
    print(json.dumps(small.programme, ensure_ascii=False, indent=1))
    for row in small.observations:
        print(json.dumps(row, ensure_ascii=False))
    print(small.as_of, small.known_at, *differences(small), sep="\n")
    if len(sys.argv) > 2:
        write_files(small, Path(sys.argv[2]))
