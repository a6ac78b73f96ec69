"""What bars and timelines show, whatever draws them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from attain import _core, _text
from attain._report.curve import month_ends
from attain._report.format import Format
from attain._report.other_days import Functions, on_days
from attain._report.outline import outline_of
from attain.catalogue import Words
from attain.errors import InvalidOption


def results_of(now: _core.Evaluation, of: str) -> list[_core.TargetResult | _core.ProjectResult]:
    """What has a bar: the projects, or the targets that ask for something."""
    if of == "targets":
        return [result for result in now if result.aim is not None]
    if of == "projects":
        return list(now.root.projects)
    message = f"bars are of projects or targets, not of {of[:40]}"
    finding = _core.Finding(code="invalid_option", message=message, where="of", expected="projects or targets")
    raise InvalidOption(message, (finding,))


def label_of(result: _core.TargetResult | _core.ProjectResult, words: Words) -> str:
    """What stands beside a bar: how much is attained, and the status."""
    word = words("no_answer") if result.status is None else result.status_label(language=words.language)
    if isinstance(result, _core.TargetResult) and result.is_hold:
        return words("label_to_keep", status=word)
    return word if result.attainment is None else f"{_text.percent(result.attainment)} {word}"


@dataclass(frozen=True, slots=True)
class Way:
    """One target over time, in amounts as they are held. A target without a way to go has nothing ``planned``."""

    result: _core.TargetResult
    title: str
    planned: list[tuple[datetime.date, float]]
    read: list[tuple[datetime.date, float]]
    begin: datetime.date
    end: datetime.date
    write: Format


def way_of(now: _core.Evaluation, functions: Functions, target: str, place: str | None, words: Words) -> Way:
    """The planned way of a target, and its readings by the days of its reports. Raises UnknownId."""
    assert isinstance(now.plan, _core.Programme)
    outline = outline_of(now.plan)
    result = now.target(target, place)
    start, due = outline.starts[result.id], outline.dues[result.id]
    days = [start - datetime.timedelta(days=1), *month_ends(start, due)]
    if now.as_of not in days:
        days = sorted([*days, now.as_of])
    # Without a report a target is planned for the day itself.
    then, unreported = (
        [one.target(target, result.place) for one in on_days(now, days, functions, book=book)]
        for book in (now.book, _core.Ledger())
    )
    read = {
        one.data_day: one.reading
        for day, one in zip(days, then, strict=True)
        if day <= now.as_of and one.reading is not None and one.data_day is not None
    }
    return Way(
        result=result,
        title=f"{result.id} {result.name or result.text}".strip(),
        planned=[(day, amount) for day, one in zip(days, unreported, strict=True) if (amount := _planned(one, result)) is not None],
        read=sorted(read.items()),
        begin=days[0],
        end=max(due, now.as_of),
        write=Format(words, outline.indicators),
    )


def _planned(then: _core.TargetResult, now: _core.TargetResult) -> float | None:
    """The amount that was planned by a day, of a target with a way to go."""
    if then.expected is None or now.goal is None or now.is_recurring:
        return None
    base = now.baseline or 0.0
    return base + then.expected * (now.goal - base)
