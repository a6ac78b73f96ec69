"""What the programme says about each project and target, with what it inherits: windows, responsible units, the way to it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from attain import _core


@dataclass(frozen=True, slots=True)
class Outline:
    """The specifications of a programme by id."""

    spec: dict[str, Any]
    indicators: dict[str, dict[str, Any]]
    place_names: dict[str, str]
    place_parents: dict[str, str]
    projects: dict[str, dict[str, Any]] = field(default_factory=dict)
    targets: dict[str, dict[str, Any]] = field(default_factory=dict)
    responsible: dict[str, list[str]] = field(default_factory=dict)
    paths: dict[str, list[str]] = field(default_factory=dict)
    starts: dict[str, datetime.date] = field(default_factory=dict)
    dues: dict[str, datetime.date] = field(default_factory=dict)

    def places_within(self, place: str) -> set[str]:
        """A place and all below it."""
        found = {place}
        for id, parent in self.place_parents.items():  # parents come before children
            if parent in found:
                found.add(id)
        return found

    def members(self, indicator: str) -> list[str]:
        """The indicators that are reported themselves and that this one is made of."""
        found: list[str] = []
        open_ = [indicator]
        while open_:
            id = open_.pop()
            spec = self.indicators.get(id, {})
            inputs = [spec[name] for name in ("denominator", "numerator") if name in spec] + list(
                reversed(spec.get("inputs", []))
            )
            if inputs:
                open_ += inputs
            elif id not in found:
                found.append(id)
        return found


def outline_of(plan: _core.Programme) -> Outline:
    """The outline of a programme."""
    spec = plan.to_dict()
    places = spec.get("places", [])
    made = Outline(
        spec=spec,
        indicators={one["id"]: one for one in spec.get("indicators", [])},
        place_names={one["id"]: one.get("name", "") or one["id"] for one in places},
        place_parents={one["id"]: one["within"] for one in places if one.get("within")},
    )
    window = spec.get("window")
    open_: list[tuple[dict[str, Any], list[str], list[str], Any]] = [
        (project, [], [], window) for project in reversed(spec.get("projects", []))
    ]
    while open_:
        project, path, responsible, window = open_.pop()
        id = project["id"]
        made.projects[id] = project
        made.paths[id] = path
        made.responsible[id] = responsible = project.get("responsible") or responsible
        window = project.get("window") or window
        for target in project.get("targets", []):
            made.targets[target["id"]] = target
            made.responsible[target["id"]] = responsible
            within = target.get("window") or window
            if within:
                made.starts[target["id"]] = _day(within["start"])
                made.dues[target["id"]] = _day(within["due"])
        below = [*path, project.get("name") or id]
        open_ += [(child, below, responsible, window) for child in reversed(project.get("projects", []))]
    return made


def _day(day: datetime.date | str) -> datetime.date:
    return day if isinstance(day, datetime.date) else datetime.date.fromisoformat(day)
