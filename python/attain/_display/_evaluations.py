"""The results of an evaluation: as text for terminals, as HTML for notebooks."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from attain import _text
from attain._display._parts import LIMIT, cell, flat, headings_of, listed, table_of, words_of
from attain._display._results import gap_of, goal_of, reading_of, status_of

if TYPE_CHECKING:
    from attain._core import Evaluation, ProjectResult, Reason, TargetResult
    from attain.catalogue import Words

_T = TypeVar("_T")

_HEADINGS = ("item", "target", "reading", "goal", "unit", "attainment", "expected", "gap", "reports_to", "status")
_RIGHT = (False, False, True, True, False, True, True, True, False, False)
_REPORTS_TO = _HEADINGS.index("reports_to")
_SAID_ENOUGH = ("not_applicable", "withdrawn", "not_started", "not_due")
"""Reasons that need no sentence where the table has a reading."""


class _Line(NamedTuple):
    """A line of the table of an evaluation."""

    depth: int
    is_target: bool
    cells: tuple[str, ...]


def text_table(
    now: Evaluation,
    *,
    place: str | None = None,
    limit: int | None = None,
    name_width: int = 44,
    width: int | None = None,
    language: str = "en",
) -> str:
    """The results of an evaluation as a text table: programme, projects and targets; what has no answer at the end, by reason.

    Attainment and expected are in percent, the gap in percentage points. ``≥`` before a reading says that something is missing from
    it: it is a lower bound. Where the reports of a target end before the as-of day, a column has the day that they go to, for which its
    expected share and gap stand (rule P1). Chinese text is aligned.

    Parameters
    ----------
    place
        The results at this place; otherwise of the whole.
    limit
        At most so many lines of results.
    name_width
        Columns of the names, which are cut.
    width
        Columns of a terminal: names are cut further until lines fit, and where that is not enough each line becomes two.
    language
        "en" or "zh"; what the programme says stays as it is.
    """
    words = words_of(language)
    shown, silent, left_out = _lines(now, place, limit, words)
    headings, right, shown = _without_empty(shown)
    rows: list[tuple[str, ...]] = [headings_of(words, headings)]
    for line in shown:
        item, name, *rest = line.cells
        indent = "  " * line.depth
        rows.append((indent + item, _text.cut(name, name_width), *rest))
    head, *body = _text.fitted(rows, right=right, limit=width, flexible=1)
    lines = [*head, "", *flat(body)]
    lines[len(head)] = "─" * max(_text.width(line) for line in lines)
    if left_out:
        lines.append("…")
    for reason, items in silent.items():
        lines += ["", *_text.folded(_silent(reason, items, words), width)]
        lines += _text.wrapped([_text.cut(item, name_width) for item in items], indent="  ", limit=min(120, width or 120), separator=words("between_names"))
    heads = [_title(now, place, words), _counts(now, place, words)]
    heads += [words("reports_end")] if "reports_to" in headings else []
    told = [line for text in heads for line in _text.folded(text, width)]
    return "\n".join([*told, "", *lines])


def unreported_text(now: Evaluation, *, place: str | None = None, width: int | None = None, language: str = "en") -> str:
    """What was not reported by the as-of day, in lines: what is overdue, and what is not due yet. Nothing if nothing is missing."""
    from attain._unreported import frequencies, told, unreported

    missing = unreported(now)
    if not missing:
        return ""
    words, inside = words_of(language), None if place is None else _places_within(now, place)
    missing = [one for one in missing if inside is None or one.place in inside]
    specs = [programme.to_dict() for programme in getattr(now.plan, "programmes", None) or [now.plan]]
    names = {kind: {one["id"]: one.get("name") or one["id"] for spec in specs for one in spec.get(kind, [])} for kind in ("indicators", "places")}
    lines = told(missing, frequencies(now.plan), words, root=_roots(now, None)[0].place, **names)
    return "\n".join(line for text in lines for line in _text.folded(text, width))


def _places_within(now: Evaluation, place: str) -> set[str]:
    """A place and all below it."""
    inside = {place}
    for programme in getattr(now.plan, "programmes", None) or [now.plan]:
        for one in programme.to_dict().get("places", []):  # parents come before children
            if one.get("within") in inside:
                inside.add(one["id"])
    return inside


def _without_empty(lines: list[_Line]) -> tuple[tuple[str, ...], tuple[bool, ...], list[_Line]]:
    """Headings, their sides and lines, without the days that reports go to where they go to the as-of day everywhere."""
    if any(line.cells[_REPORTS_TO] for line in lines):
        return _HEADINGS, _RIGHT, lines
    without = [line._replace(cells=_cut_out(line.cells)) for line in lines]
    return _cut_out(_HEADINGS), _cut_out(_RIGHT), without


def _cut_out(cells: tuple[_T, ...]) -> tuple[_T, ...]:
    return (*cells[:_REPORTS_TO], *cells[_REPORTS_TO + 1 :])


def _silent(reason: Reason, items: list[str], words: Words) -> str:
    named, sentence = words(f"reason_{reason}"), reason.sentence(words.language)
    return words("table_silent", reason=named, count=len(items), sentence=sentence)


def _counts(now: Evaluation, place: str | None, words: Words) -> str:
    """How many targets there are of each status."""
    statuses = Counter(now.target_table(place=place, columns=["status"])["status"])
    silent = statuses.pop(None, 0)
    labels = now.method.labels(language="zh") if words.language == "zh" else {}
    parts = [
        words("table_count", count=count, what=labels.get(status, status.replace("_", " "))) for status, count in statuses.items()
    ]
    parts.append(words("table_without_status", count=silent))
    return words("table_targets", count=silent + statuses.total(), parts=listed(parts, words))


def _title(now: Evaluation, place: str | None, words: Words) -> str:
    name = " + ".join(root.name or root.id for root in _roots(now, None))
    known = "" if now.known_at is None else words("table_known_at", day=now.known_at)
    where = "" if place is None else words("table_at_place", place=place)
    return words("table_as_of", name=name, day=now.as_of) + known + where


def _roots(now: Evaluation, place: str | None) -> list[ProjectResult]:
    programmes = getattr(now.plan, "programmes", None) or [now.plan]
    return [now.project(programme.id, place) for programme in programmes]


def _lines(
    now: Evaluation, place: str | None, limit: int | None, words: Words
) -> tuple[list[_Line], dict[Reason, list[str]], bool]:
    """The lines with something to say, the targets without by reason, and whether the limit left something out."""
    silent: dict[Reason, list[str]] = {}
    every = (line for root in _roots(now, place) for line in _of_project(root, 0, now, silent, words))
    shown = list(every if limit is None else islice(every, limit))
    left_out = limit is not None and next(every, None) is not None
    return shown, silent, left_out


def _of_project(
    project: ProjectResult, depth: int, now: Evaluation, silent: dict[Reason, list[str]], words: Words
) -> Iterator[_Line]:
    """The line of a project and those below it. One in which nothing was ever reported has its reason for a status."""
    yield _Line(depth, False, _project_cells(project, now, words))
    yield from _below(project, depth, now, silent, words)


def _below(project: ProjectResult, depth: int, now: Evaluation, silent: dict[Reason, list[str]], words: Words) -> Iterator[_Line]:
    for target in project.targets:
        reason = target.reason_of("reading") if target.aim is None else target.reason
        is_silent = target.reading is None and target.status is None
        if reason is not None and (is_silent or target.aim is not None and str(reason) not in _SAID_ENOUGH):
            silent.setdefault(reason, []).append(f"{target.id} {target.name or target.text}".rstrip())
        if not is_silent:
            yield _Line(depth + 1, True, _target_cells(target, now, words))
    for child in project.projects:
        yield from _of_project(child, depth + 1, now, silent, words)


def _project_cells(project: ProjectResult, now: Evaluation, words: Words) -> tuple[str, ...]:
    cells = ("", "", "", _text.percent(project.attainment), _text.percent(project.expected), gap_of(project))
    days = {target.data_day for target in _targets(project) if target.status is not None}
    return (project.id, project.name, *cells, _reports_to(days, now), _project_status(project, words))


def _targets(project: ProjectResult) -> Iterator[TargetResult]:
    """The targets in a project and in those below it."""
    open_ = [project]
    while open_:
        one = open_.pop()
        yield from one.targets
        open_ += reversed(one.projects)


def _reports_to(days: set[datetime.date | None], now: Evaluation) -> str:
    """The one day that reports go to, if that is before the as-of day."""
    day = next(iter(days)) if len(days) == 1 else None
    return str(day) if day is not None and day < now.as_of else ""


def _target_cells(target: TargetResult, now: Evaluation, words: Words) -> tuple[str, ...]:
    return (
        target.id,
        target.name or target.text,
        reading_of(target),
        goal_of(target),
        _unit(target, words),
        _text.percent(target.attainment),
        _text.percent(target.expected),
        gap_of(target),
        _reports_to({target.data_day}, now),
        words("reading_only").lower() if target.aim is None else status_of(target, words),
    )


def _project_status(project: ProjectResult, words: Words) -> str:
    status = status_of(project, words)
    if project.reason == "incomplete" and project.coverage == 0:
        reasons = {target.reason for target in _targets(project) if target.reason is not None}
        return f"– {words(f'reason_{reasons.pop()}')}" if len(reasons) == 1 else status
    if project.reason == "incomplete":
        return words("table_answered", status=status, share=_text.percent(project.coverage))
    return status


def _unit(target: TargetResult, words: Words) -> str:
    if target.is_recurring:
        return words("table_periods", period=target.unit)
    return "" if target.unit == "share" else target.unit


def evaluation_text(now: Evaluation) -> str:
    return text_table(now, limit=LIMIT)


def evaluation_html(now: Evaluation, language: str = "en") -> str:
    words = words_of(language)
    shown, silent, left_out = _lines(now, None, LIMIT, words)
    headings, sides, shown = _without_empty(shown)
    rows = []
    for line in shown:
        item, *rest = line.cells
        weight = "normal" if line.is_target else "bold"
        cells = [cell(item, right=False, style=f"padding-left:{0.5 + line.depth}em")]
        cells += [cell(text, right=right) for text, right in zip(rest, sides[1:], strict=True)]
        rows.append(f'<tr style="font-weight:{weight}">{"".join(cells)}</tr>')
    if left_out:
        rows.append(f'<tr><td colspan="{len(headings)}">…</td></tr>')
    notes = [f"<p>{escape(_silent(reason, items, words))}</p>" for reason, items in silent.items()]
    return table_of(_title(now, None, words), list(headings_of(words, headings)), sides, rows) + "".join(notes)
