"""How the parts of a programme lie in the sheets of a workbook, both ways.

Each sheet has a heading row and one row for each part; a column is a field of programme.json under its own name. Fields that hold
several things are spread out (``window`` is ``start`` and ``due``, ``aim`` its own columns) or stand as JSON text. Amounts stand
in the unit of their indicator, as people write them: 90 of an indicator in % is ``"90"`` in programme.json, which is 0.9.
"""

from __future__ import annotations

from typing import Any

from attain import specs

PROGRAMME, PLACES, INDICATORS, STEPS, PROJECTS, TARGETS, QUOTAS, OBSERVATIONS = (
    "programme", "places", "indicators", "steps", "projects", "targets", "quotas", "observations",
)  # fmt: skip

_WINDOW = ["start", "due"]
AIM = list(specs.Aim.__annotations__)
"""The columns that an aim is spread over."""


def _fields(spec: Any, *, without: tuple[str, ...] = ()) -> list[str]:
    return [name for name in spec.__annotations__ if name not in without]


def _moved(fields: list[str], name: str, instead: list[str]) -> list[str]:
    at = fields.index(name)
    return [*fields[:at], *instead, *fields[at + 1 :]]


_TARGET_FIELDS = _fields(specs.TargetSpec, without=("quotas",))
for _name, _instead in (("window", ["window_start", "window_due"]), ("aim", AIM), ("cadence", ["cadence", "every"])):
    _TARGET_FIELDS = _moved(_TARGET_FIELDS, _name, _instead)

COLUMNS: dict[str, list[str]] = {
    PLACES: _fields(specs.PlaceSpec),
    INDICATORS: _fields(specs.IndicatorSpec, without=("steps",)),
    STEPS: ["indicator", *_fields(specs.StepSpec)],
    # Of a project `due` is the declared day of the node, so its window is told in full names.
    PROJECTS: [
        "within",
        *_moved(_fields(specs.ProjectSpec, without=("projects", "targets")), "window", ["window_start", "window_due"]),
    ],
    TARGETS: ["project", *_TARGET_FIELDS],
    QUOTAS: ["target", "place", "goal", "baseline"],
}
"""The columns of each sheet, in their order."""

FIELDS = ["format", "id", "name", "source", "note", *_WINDOW, "method", "methods", "defaults", "roll_up"]
"""The rows of the sheet of the programme itself: a field and its value."""

IDS = frozenset({
    "id", "within", "place", "target", "project", "indicator", "part_of", "attribute_of", "input_of", "weighted_by", "numerator",
    "denominator",
})  # fmt: skip
"""Columns that hold an id."""
TEXT = IDS | {
    "format", "name", "source", "note", "method", "unit", "kind", "origin", "across_places", "expression", "stage", "scope",
    "text", "author", "reason", "judged", "change", "from", "every",
}  # fmt: skip
"""Columns that hold text, whatever it looks like."""
DAYS = frozenset({"start", "due", "window_start", "window_due", "recorded"})
AMOUNTS = frozenset({"at_least", "at_most", "about", "tolerance_amount", "goal", "baseline", "natural_limit", "eve_amount"})
"""Columns that hold an amount in the unit of the indicator."""
FLAGS = frozenset({"indivisible", "group", "rises", "falls", "strict", "standard", "open_group", "partition"})
"""Columns that hold yes or no, written as true or false."""
LISTS = frozenset({"responsible", "authors", "inputs"})
"""Columns that hold several names, with semicolons between them."""


def is_percent_change(aim: dict[str, Any]) -> bool:
    """Whether the amounts of an aim are percentages of change, which have no unit."""
    return aim.get("change") == "percent"
