"""A programme.json as the oracle's own objects, as known on one day.

Rules: D1-D3 (defaults), T1 (the row of a target's history that holds), R9, R9b, R9c (goals of places and where cells
exist), U4 (weights of parts), A2 (cadence of a ratio of accumulators).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from .days import Day, day
from .exact import ONE, ZERO, exact

ACCUMULATORS = ("increment", "running_total")
COUNTED_UNITS = {"人", "人次", "台", "套", "所", "个", "户", "家", "项", "座", "件", "次", "名", "辆"}


@dataclass
class Place:
    index: int
    id: str
    weight: Fraction
    parent: int = -1
    children: list[int] = field(default_factory=list)


@dataclass
class Indicator:
    id: str
    kind: str
    spec: dict[str, Any]
    across: str
    dimensions: dict[str, tuple[tuple[str, ...], bool]]

    def get(self, name: str, default: Any = None) -> Any:
        return self.spec.get(name, default)

    @property
    def accumulates(self) -> bool:
        return self.kind in ACCUMULATORS

    @property
    def adds_up(self) -> bool:
        """Its readings sum across places (R9c) and across categories (R10a)."""
        return self.accumulates or (self.kind == "level" and self.across == "sum")

    @property
    def indivisible(self) -> bool:
        return bool(self.get("indivisible", self.get("unit") in COUNTED_UNITS))


@dataclass
class Target:
    """One target as its row in force says (T1)."""

    index: int
    id: str
    indicator: Indicator
    aim: dict[str, Any] | None
    place: int
    quotas: dict[int, tuple[Fraction, Fraction | None]]
    cadence: str  # by, throughout, or every
    every: str | None
    each_period: bool
    allowed_failed: int
    start: Day
    due: Day
    baseline: Fraction | None
    trajectory: Any
    standard: bool
    open_group: bool
    weight: Fraction
    part_of: str | None
    partition: bool
    categories: tuple[tuple[str, str], ...]
    withdrawn: bool

    @property
    def days(self) -> int:
        return self.due - self.start + 1

    @property
    def has_absolute_number(self) -> bool:
        return self.aim is not None and "change" not in self.aim and not ({"rises", "falls"} & set(self.aim))


@dataclass
class Node:
    id: str
    weight: Fraction
    due: Day | None
    is_project: bool  # rule S: the root and groups have no ceiling
    aggregator: str
    minimum_coverage: Fraction
    count_not_due: bool
    roll_up: dict[str, Any] = field(default_factory=dict)
    nodes: list[Node] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)


@dataclass
class Plan:
    places: list[Place]
    place_of: dict[str, int]
    root_place: int
    indicators: dict[str, Indicator]
    targets: list[Target]
    root: Node
    minimum_reading: Fraction
    score_cap: Fraction
    too_early_below: Fraction


def read_plan(programme: dict[str, Any], known_at: Day | None) -> Plan:
    return _Reader(programme, known_at).plan


class _Reader:
    def __init__(self, programme: dict[str, Any], known_at: Day | None) -> None:
        self.known_at = known_at
        self.defaults = programme.get("defaults", {})
        places = _places(programme.get("places") or [{"id": "all"}])
        place_of = {p.id: p.index for p in places}
        self.plan = Plan(
            places, place_of, next(p.index for p in places if p.parent < 0),
            {i["id"]: _indicator(i) for i in programme["indicators"]}, [], _node("", programme, self.defaults, False),
            exact(self.defaults.get("minimum_coverage_of_reading", 0.6)), exact(self.defaults.get("score_cap", 1)),
            exact(self.defaults.get("too_early_below", 0.05)))
        for project in programme["projects"]:
            self._project(project, self.plan.root, programme.get("window"))

    def _project(self, spec: dict[str, Any], parent: Node, window: dict[str, str] | None) -> None:
        window = spec.get("window", window)
        node = _node(spec["id"], spec, self.defaults, not spec.get("group", False))
        parent.nodes.append(node)
        for child in spec.get("projects", []):
            self._project(child, node, window)
        for target in spec.get("targets", []):
            made = self._target(target, window)
            self.plan.targets.append(made)
            node.targets.append(made)

    def _target(self, spec: dict[str, Any], window: dict[str, str] | None) -> Target:
        plan = self.plan
        row = row_in_force(spec, self.known_at)
        span = row.get("window") or window or {}
        indicator = plan.indicators[spec["indicator"]]
        aim = row.get("aim")
        cadence = spec.get("cadence") or self._default_cadence(indicator, aim)
        every = cadence["every"] if isinstance(cadence, dict) else None
        belongs = any(k in spec for k in ("part_of", "attribute_of", "input_of")) or aim is None
        withdrawn = spec.get("withdrawn")
        return Target(
            len(plan.targets), spec["id"], indicator, aim,
            plan.place_of[spec["place"]] if "place" in spec else plan.root_place,
            {plan.place_of[p]: _quota(q) for p, q in row.get("quotas", {}).items()},
            "every" if every else cadence, every, spec.get("judged") == "each_period",
            spec.get("allowed_failed_periods", self.defaults.get("allowed_failed_periods", 0)),
            day(span["start"]), day(span["due"]),
            exact(row["baseline"]) if "baseline" in row else None,
            spec.get("trajectory"), spec.get("standard", False), spec.get("open_group", False),
            exact(row.get("weight", 0 if belongs else 1)), spec.get("part_of"), spec.get("partition", False),
            tuple(sorted(spec.get("disaggregation", {}).items())),
            withdrawn is not None and (self.known_at is None or day(withdrawn["recorded"]) <= self.known_at))

    def _default_cadence(self, indicator: Indicator, aim: dict[str, Any] | None) -> str:
        """A2: a ratio of two accumulators with an absolute aim is held."""
        if indicator.kind != "ratio" or aim is None or "change" in aim or {"rises", "falls"} & set(aim):
            return "by"
        sides = (self.plan.indicators[indicator.get(s)] for s in ("numerator", "denominator"))
        return "throughout" if all(side.accumulates for side in sides) else "by"


def row_in_force(spec: dict[str, Any], known_at: Day | None) -> dict[str, Any]:
    """T1: the last row recorded by known_at, before the first row the first; it keeps what it leaves out."""
    history = spec.get("history", [])
    own = spec.get("recorded")
    if not history or known_at is None or own is None or day(own) <= known_at:
        return spec
    known = [row for row in history if day(row["recorded"]) <= known_at]
    row = known[-1] if known else history[0]
    changed = {k: row[k] for k in ("aim", "baseline", "weight", "window", "quotas") if k in row}
    return {**spec, **changed}


def _quota(quota: Any) -> tuple[Fraction, Fraction | None]:
    if isinstance(quota, dict):
        return exact(quota["goal"]), exact(quota["baseline"]) if "baseline" in quota else None
    return exact(quota), None


def _places(specs: list[dict[str, Any]]) -> list[Place]:
    places = [Place(i, s["id"], exact(s.get("weight", 1))) for i, s in enumerate(specs)]
    index = {p.id: p.index for p in places}
    for place, spec in zip(places, specs):
        if "within" in spec:
            place.parent = index[spec["within"]]
            places[place.parent].children.append(place.index)
    return places


def _indicator(spec: dict[str, Any]) -> Indicator:
    dimensions = {d["id"]: (tuple(d["categories"]), bool(d.get("complete", False))) for d in spec.get("dimensions", [])}
    kind = spec["kind"]
    across = "sum" if kind in ACCUMULATORS else spec.get("across_places", "none") if kind == "level" else "none"
    return Indicator(spec["id"], kind, spec, across, dimensions)


def _node(name: str, spec: dict[str, Any], defaults: dict[str, Any], is_project: bool) -> Node:
    roll_up = spec.get("roll_up", {})
    minimum = roll_up.get("minimum_coverage", defaults.get("minimum_coverage_of_node", 0.6))
    if roll_up.get("missing") == "refuse":
        minimum = 1
    return Node(name, exact(spec.get("weight", 1)) if name else ONE, day(spec["due"]) if "due" in spec else None,
                is_project, roll_up.get("aggregator", "weighted_mean"), exact(minimum),
                roll_up.get("not_due") == "count_as_zero", roll_up)


def quota_weight(plan: Plan, target: Target, place: int) -> Fraction:
    """R8a: the place's goal or quota, else the sum of those below it, 0 without any."""
    if place in target.quotas:
        return target.quotas[place][0]
    return sum((quota_weight(plan, target, c) for c in plan.places[place].children), ZERO)


def goal_number(plan: Plan, target: Target, place: int) -> Fraction | None:
    """R9: the g of a place with an absolute number: its own, else its quota, else (R9c) the sum of those below."""
    if place == target.place:
        assert target.aim is not None
        number = next((target.aim[k] for k in ("at_least", "at_most", "about") if k in target.aim), None)
        return None if number is None else exact(number)
    if place in target.quotas:
        return target.quotas[place][0]
    if not target.indicator.adds_up:
        return None
    below = [g for g in (goal_number(plan, target, c) for c in plan.places[place].children) if g is not None]
    return sum(below, ZERO) if below else None


def cell_places(plan: Plan, target: Target) -> list[int]:
    """R9c: the target's place, its quotas and the places in between."""
    found = {target.place}
    for place in target.quotas:
        while place not in found:
            found.add(place)
            place = plan.places[place].parent
    return sorted(found)
