"""What is due to report: the numbers that a programme needs by a day and that nobody has reported yet.

One number serves every target that reads it, so what is due is a list of *series* (an indicator at a place, for a step or a
category), each with its periods or its day, and with the targets that wait for it. docs/excel.md says the rule in words.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from attain import _core

Days = tuple[datetime.date, datetime.date]
"""First and last day."""

_DAY = datetime.timedelta(days=1)
_REFERENCE = re.compile(r"\[((?:[^\]]|\]\])*)\]")


@dataclass(frozen=True)
class Due:
    """One number that is asked for."""

    indicator: str
    kind: str
    place: str
    days: Days
    by_day: bool
    """Whether the report is about the last of the days, instead of all of them."""
    step: str
    dimensions: Mapping[str, str]
    stage: str
    scope: str
    unit: str
    targets: tuple[str, ...]
    is_overdue: bool
    last: Mapping[str, Any] | None
    """The latest entry of the series with an amount."""

    @property
    def about(self) -> str:
        """The period or day, as the readers take it."""
        return self.days[1].isoformat() if self.by_day else _core.period_text(self.days)

    @property
    def key(self) -> str:
        """What tells this number from all others of the programme. No id has a slash in it."""
        named = [self.indicator, self.place, self.about, self.step, dimensions_text(self.dimensions)]
        return "/".join(named).rstrip("/")


@dataclass(frozen=True)
class _Asked:
    """A series that a target reads."""

    indicator: str
    place: str
    step: str
    dimensions: tuple[tuple[str, str], ...]


@dataclass
class _Need:
    """For which days, and for whom, a series is needed."""

    window: Days
    every_period: bool
    targets: list[str]


class Programme:
    """What finding out needs of a programme: its parts by id, as they are in programme.json."""

    def __init__(self, plan: _core.Programme) -> None:
        values = plan.to_dict()
        self.id: str = plan.id
        self.name: str = plan.name
        self.indicators: dict[str, Any] = {indicator["id"]: indicator for indicator in values["indicators"]}
        self.places: dict[str, Any] = {place["id"]: place for place in values.get("places", [])}
        self.root_place = plan.place_ids[0]
        self.targets: dict[str, tuple[Any, Any, Days | None]] = {}
        """Each target, its project and its window."""
        self.responsible: dict[str, Sequence[str]] = {}
        """The units of each target: its project's own, or those of the project above."""
        self._add_targets(values.get("projects", []), plan.window, [])

    def _add_targets(self, projects: Sequence[Any], window: Days | None, responsible: Sequence[str]) -> None:
        for project in projects:
            own = _window_of(project) or window
            units = project.get("responsible") or responsible
            self._add_targets(project.get("projects", []), own, units)
            for target in project.get("targets", []):
                self.targets[target["id"]] = (target, project, _window_of(target) or own)
                self.responsible[target["id"]] = units

    def is_within(self, place: str, above: str) -> bool:
        """Whether a place is another one or lies in it."""
        while place:
            if place == above:
                return True
            place = self.places.get(place, {}).get("within", "")
        return False

    def reported_inputs(self, indicator: str) -> Iterator[str]:
        """What is reported for an indicator: itself, or what it is computed from."""
        pending, seen = [indicator], set()
        while pending:
            id = pending.pop(0)
            if id in seen or id not in self.indicators:
                continue
            seen.add(id)
            spec = self.indicators[id]
            if spec["kind"] == "ratio":
                pending += [spec["numerator"], spec["denominator"]]
            elif spec["kind"] == "formula":
                references = [match.replace("]]", "]") for match in _REFERENCE.findall(_half_width(spec["expression"]))]
                pending += [*spec.get("inputs", []), *references]
            else:
                yield id


def find_due(
    plan: _core.Programme,
    book: _core.Ledger,
    as_of: datetime.date,
    *,
    place: str | None = None,
    responsible: str | None = None,
    latest_only: bool = False,
) -> list[Due]:
    """All that is due by the close of a day, in the order of the targets.

    Parameters
    ----------
    place
        Only this place and those in it.
    responsible
        Only targets of projects for which this unit is responsible, and of those below that name no other.
    latest_only
        Only the latest period of each series, not the earlier ones that nobody reported.
    """
    programme = Programme(plan)
    entries = _standing_entries(programme, book)
    due: list[Due] = []
    for asked, need in _needs(programme, entries, as_of, responsible).items():
        if place is not None and not programme.is_within(asked.place, place):
            continue
        due += _due_of(programme, asked, need, entries, as_of, latest_only)
    return due


def dimensions_text(dimensions: Mapping[str, str]) -> str:
    """``sex=f;age=15-24``"""
    return ";".join(f"{dimension}={category}" for dimension, category in sorted(dimensions.items()))


# -- which series ----------------------------------------------------------------------------------

Entries = dict[tuple[str, str], list[Mapping[str, Any]]]
"""The standing entries of an indicator at a place, by their last day."""


def _needs(programme: Programme, entries: Entries, as_of: datetime.date, responsible: str | None) -> dict[_Asked, _Need]:
    needs: dict[_Asked, _Need] = {}
    for id, (target, _, window) in programme.targets.items():
        if window is None or as_of < window[0] or "withdrawn" in target or "indicator" not in target:
            continue
        if responsible is not None and responsible not in programme.responsible[id]:
            continue
        every = isinstance(target.get("cadence"), Mapping) or target.get("judged") == "each_period"
        for indicator in programme.reported_inputs(target["indicator"]):
            for asked in _series_of(programme, target, indicator, entries):
                need = needs.setdefault(asked, _Need(window, every, []))
                need.window = (min(need.window[0], window[0]), max(need.window[1], window[1]))
                need.every_period = need.every_period or every
                need.targets.append(id)
    return needs


def _series_of(programme: Programme, target: Any, indicator: str, entries: Entries) -> Iterator[_Asked]:
    dimensions = tuple(sorted(target.get("disaggregation", {}).items()))
    spec = programme.indicators[indicator]
    steps = [step["id"] for step in spec.get("steps", [])] or [""]
    places = _places_of(programme, target, indicator, entries)
    for place in places:
        for step in steps:
            yield _Asked(indicator, place, step, dimensions)
    if weight := spec.get("weighted_by"):  # of the places whose levels are combined
        home = target.get("place", programme.root_place)
        yield from (_Asked(weight, place, "", ()) for place in places if place != home)


def _places_of(programme: Programme, target: Any, indicator: str, entries: Entries) -> list[str]:
    """Where a number is asked for: where quotas are; else at the target's place, unless only places in it reported before."""
    home = target.get("place", programme.root_place)
    quotas = list(target.get("quotas", {}))
    lowest = [place for place in quotas if not any(other != place and programme.is_within(other, place) for other in quotas)]
    if lowest:
        return lowest
    if (indicator, home) in entries:
        return [home]
    before = [place for place in programme.places if (indicator, place) in entries and programme.is_within(place, home)]
    return before or [home]


# -- which periods ---------------------------------------------------------------------------------


def _due_of(
    programme: Programme, asked: _Asked, need: _Need, entries: Entries, as_of: datetime.date, latest_only: bool
) -> Iterator[Due]:
    spec = programme.indicators[asked.indicator]
    at_place = entries.get((asked.indicator, asked.place), [])
    series = [entry for entry in at_place if _is_of(entry, asked)]
    last = next((entry for entry in reversed(series) if "amount" in entry and entry["end"] <= as_of), None)
    until = min(as_of, need.window[1])
    if spec["kind"] == "steps":
        if last is not None and (last["amount"] == 1 or last["end"] == until):
            return
        closed = [(until, until)]
    else:
        closed = list(_closed_periods(spec, need.window, until))
        if not (spec["kind"] == "increment" or need.every_period) or latest_only:
            closed = closed[-1:]
    for days in closed:
        if spec["kind"] != "steps" and (_is_reported(days, series, spec["kind"]) or _is_reported_in_parts(days, at_place, asked, spec)):
            continue
        yield Due(
            indicator=asked.indicator,
            kind=spec["kind"],
            place=asked.place,
            days=days,
            by_day=spec["kind"] != "increment" or days[0] == days[1],
            step=asked.step,
            dimensions=dict(asked.dimensions),
            stage=spec.get("stage", ""),
            scope=spec.get("scope", ""),
            unit=spec.get("unit", ""),
            targets=tuple(need.targets),
            is_overdue=days != closed[-1],
            last=last,
        )


def _closed_periods(spec: Any, window: Days, until: datetime.date) -> Iterator[Days]:
    """The periods of an indicator in a window that have ended, in their order.

    Without a period there is one: for an increment the time since the start, otherwise the day.
    """
    start, due = window
    frequency = spec.get("period")
    if frequency is None:
        yield (start if spec["kind"] == "increment" else until), until
    elif isinstance(frequency, str):
        days = _core.period_containing(frequency, start)
        while days[1] <= until:
            if days[0] >= start and days[1] <= due:
                yield days
            days = _core.period_containing(frequency, days[1] + _DAY)
    else:
        length = datetime.timedelta(days=frequency)
        while start + length - _DAY <= until:
            yield start, start + length - _DAY
            start += length


def _is_reported(days: Days, series: Sequence[Mapping[str, Any]], kind: str) -> bool:
    """Whether entries say what is asked: for an increment those that cover all its days, otherwise one of a day within."""
    if kind != "increment":
        return any(days[0] <= entry["end"] <= days[1] for entry in series)
    open_from = days[0]
    for entry in sorted(series, key=lambda entry: cast(datetime.date, entry["start"])):
        if entry["start"] <= open_from <= entry["end"]:
            open_from = entry["end"] + _DAY
    return open_from > days[1]


def _is_reported_in_parts(days: Days, at_place: Sequence[Mapping[str, Any]], asked: _Asked, spec: Any) -> bool:
    """Whether every category of a complete dimension was reported, which is as good as an undivided report (rule R10)."""
    if asked.dimensions or (spec["kind"] == "level" and spec.get("across_places") != "sum"):
        return False

    def is_reported(dimension: str, category: str) -> bool:
        part = [entry for entry in at_place if _dimensions_of(entry) == ((dimension, category),)]
        return _is_reported(days, part, spec["kind"])

    complete = [dimension for dimension in spec.get("dimensions", []) if dimension.get("complete")]
    return any(all(is_reported(one["id"], category) for category in one["categories"]) for one in complete)


# -- entries ---------------------------------------------------------------------------------------


def _standing_entries(programme: Programme, book: _core.Ledger) -> Entries:
    """Of entries about the same thing the one recorded last, without those that were withdrawn (rule R1) and of another stage or scope (R12)."""
    latest: dict[tuple[object, ...], Mapping[str, Any]] = {}
    for entry in book.entries():
        row: Mapping[str, Any] = {**entry, "place": entry.get("place") or programme.root_place}
        spec = programme.indicators.get(row["indicator"], {})
        if any(row.get(name, "") not in ("", spec.get(name, "")) for name in ("stage", "scope")):
            continue
        is_rating = spec.get("kind") == "rating"
        author = row.get("author") if is_rating else None
        identity = (row["indicator"], row["place"], row["start"], row["end"], row.get("step", ""), _dimensions_of(row), author)
        known = latest.get(identity)
        if known is None or _recorded(known) <= _recorded(row):
            latest[identity] = row
    entries: Entries = {}
    for row in sorted(latest.values(), key=lambda row: (row["end"], _recorded(row))):
        if not row.get("withdrawn"):
            entries.setdefault((row["indicator"], row["place"]), []).append(row)
    return entries


def _recorded(row: Mapping[str, Any]) -> datetime.date:
    return cast(datetime.date, row.get("recorded", row["end"]))


def _dimensions_of(row: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(row.get("dimensions", {}).items()))


def _is_of(entry: Mapping[str, Any], asked: _Asked) -> bool:
    return entry.get("step", "") == asked.step and _dimensions_of(entry) == asked.dimensions


def _window_of(part: Any) -> Days | None:
    window = part.get("window")
    return (_core.to_date(window["start"]), _core.to_date(window["due"])) if window else None


def _half_width(text: str) -> str:
    return text.replace("［", "[").replace("］", "]")
